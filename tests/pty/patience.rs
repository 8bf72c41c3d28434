//! How long a test waits for what must come, and for what may.

use std::thread;
use std::time::Duration;

use crate::harness::Screen;

/// How often a test looks, with a short rest after each look, until what it waits for counts as
/// hanging. Two minutes and more: on a machine with forty things to do a program starts slowly.
const LOOKS: usize = 30_000;

/// How often it looks for what may never come.
const FEW_LOOKS: usize = 250;

/// Looks until it is so; false where it never comes, so that a test ends with words instead of being
/// held up.
pub(crate) fn until(is_so: impl FnMut() -> bool) -> bool {
    look_until(LOOKS, is_so)
}

/// Looks for a second until it is so.
pub(crate) fn soon(is_so: impl FnMut() -> bool) -> bool {
    look_until(FEW_LOOKS, is_so)
}

fn look_until(looks: usize, mut is_so: impl FnMut() -> bool) -> bool {
    (0..looks).any(|_| {
        is_so() || {
            thread::sleep(Duration::from_millis(4));
            false
        }
    })
}

impl Screen {
    /// Waits until the words stand on the screen or in the scrollback.
    pub(crate) fn wait_somewhere(&self, words: &str) {
        let come = until(|| self.everything().join("\n").contains(words));
        assert!(come, "this did not come: {words}");
    }

    /// Waits until the words have come for that many times, where they stand on the screen already.
    pub(crate) fn wait_times(&self, words: &str, times: usize) {
        let come = until(|| self.everything().join("\n").matches(words).count() >= times);
        assert!(come, "this did not come {times} times: {words}");
    }

    /// Waits until the last row that has anything ends so, as a question does behind which keys are read:
    /// what is typed before that is dropped, however long its words have stood there.
    pub(crate) fn wait_last_row(&self, end: &str) {
        let is_last = || {
            let rows = self.rows();
            let last = rows.iter().rfind(|row| !row.trim().is_empty());
            last.is_some_and(|last| last.trim_end().ends_with(end))
        };
        let come = until(is_last);
        assert!(come, "the last row never ended so: {end}");
    }
}
