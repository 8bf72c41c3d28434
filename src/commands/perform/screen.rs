//! The screen that a person sits at: the full terminal, or lines alone.

use std::io::{self, Stderr};
use std::sync::Arc;

use super::{Mode, Place};
use crate::error::Result;
use crate::prompt::plain::{Plain, Stdin};
use crate::prompt::{Ask, Note, Prompter, Rejection, Reply, Retry};
use crate::runner::Desk;
use crate::view::text::width;
use crate::world::World;

pub(super) enum Screen {
    Plain(Box<Plain<Stdin, Stderr>>),
}

impl Screen {
    /// Opens the screen and begins to wait for signals, at which `on_signal` saves and gives the
    /// last line. A `private` one leaves nothing behind, as far as the mode can.
    pub(super) fn open(
        world: &World<'_>,
        _place: &Place,
        _mode: Mode,
        private: bool,
        desk: Arc<Desk>,
        _on_signal: impl FnOnce(i32) -> String + Send + 'static,
    ) -> Result<Self> {
        let _ = private;
        let width = width(world.terminal.columns);
        Ok(Self::Plain(Box::new(Plain::new(
            Stdin::default(),
            io::stderr(),
            width,
            desk,
        ))))
    }

    /// Ends with a last text, which the person has seen when this returns.
    pub(super) fn finish(self, last: Option<&str>) {
        let _ = last;
    }

    /// Ends with nothing of ours in view.
    pub(super) fn leave(self) {}

    fn inner(&mut self) -> &mut dyn Prompter {
        match self {
            Self::Plain(plain) => plain.as_mut(),
        }
    }
}

impl Prompter for Screen {
    fn say(&mut self, note: &Note) -> io::Result<()> {
        self.inner().say(note)
    }

    fn ask(&mut self, ask: &Ask) -> io::Result<Reply> {
        self.inner().ask(ask)
    }

    fn reject(&mut self, ask: &Ask, reason: &Rejection) -> io::Result<Retry> {
        self.inner().reject(ask, reason)
    }
}
