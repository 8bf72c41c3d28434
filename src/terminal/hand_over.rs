//! The keyboard changes hands between two people.

use std::io;
use std::time::Duration;

use super::Terminal;

/// How long no key is taken when the keyboard changes hands.
pub(super) const HAND_OVER_PAUSE: Duration = Duration::from_millis(600);

impl Terminal {
    /// Clears everything, and takes no key for a moment: what one typed too much opens nothing.
    pub(super) fn change_hands(&mut self) -> io::Result<()> {
        self.notes.clear();
        self.late.clear();
        self.enter(true)?;
        self.screen.clear()?;
        self.answered_privately = false;
        std::thread::sleep(HAND_OVER_PAUSE);
        self.screen.forget_typeahead()
    }
}
