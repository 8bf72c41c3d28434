//! Words of one's own in place of an option, and the moves between them and the list.

use super::ListQuestion;
use crate::terminal::list::ListView;

impl ListQuestion<'_> {
    /// Words of their own that stand there or were set aside.
    pub(in crate::terminal) fn own_words(&self) -> &str {
        match self.typed_words() {
            "" => &self.own,
            typed => typed,
        }
    }

    /// Words of their own that are typed: no number, and no command.
    pub(super) fn typed_words(&self) -> &str {
        let typed = self.typed.buffer.text();
        let is_other = typed.starts_with('/') || typed.trim().parse::<i64>().is_ok();
        if self.takes_words && !is_other {
            typed
        } else {
            ""
        }
    }

    /// Moves in the list: what is pointed at is what Enter takes.
    pub(super) fn step(&mut self, moves: impl FnOnce(&mut ListView)) {
        let is_command = self.typed.buffer.text().starts_with('/');
        if self.list.marks.is_none() && !is_command {
            self.set_aside();
        }
        moves(&mut self.list);
        if self.takes_words && self.list.at == self.list.last() && !is_command {
            self.typed.set(&std::mem::take(&mut self.own));
        }
    }

    /// Takes away what is typed, and keeps it where it is words of their own.
    pub(super) fn set_aside(&mut self) {
        if !self.typed_words().is_empty() {
            self.own = self.typed_words().to_string();
        }
        self.typed.set("");
        self.standing = false;
    }
}
