//! The keyboard changes hands between two people.

use std::io;
use std::time::Duration;

use super::Terminal;
use crate::ask::{Ask, Reply};

/// How long no key is taken when the keyboard changes hands.
pub(super) const HAND_OVER_PAUSE: Duration = Duration::from_millis(600);

impl Terminal {
    /// Where the keyboard changes hands, clears everything, and takes no key for a moment: what one typed too much opens nothing. What was
    /// asked for while it waits, such as help lines, is read first; returns what is typed there.
    pub(super) fn change_hands(&mut self, ask: &Ask) -> io::Result<Option<Reply>> {
        if !ask.hand_over {
            return Ok(None);
        }
        let held = self.held.as_ref();
        let is_open = held.is_some_and(|held| held.id == ask.id && !held.answered);
        let notes = std::mem::take(&mut self.notes);
        if is_open && !notes.is_empty() {
            let reply = self.read(|terminal| terminal.screen.note_lines(&notes))?;
            if reply.is_some() {
                return Ok(reply);
            }
        }
        self.late.clear();
        self.enter(true)?;
        self.screen.clear()?;
        self.answered_privately = false;
        std::thread::sleep(HAND_OVER_PAUSE);
        self.screen.forget_typeahead()?;
        Ok(None)
    }
}
