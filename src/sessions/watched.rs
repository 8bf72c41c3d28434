//! A prompter with somebody beside it who writes down what happens.

use std::io;
use std::sync::Arc;

use crate::ask::{Ask, Note, Prompter, Rejection, Reply, Retry};
use crate::wire::Wire;

/// Passes everything on to another prompter, and notes it as events where they are wanted. Events
/// that cannot be written are lost: a session does not end for them.
pub struct WatchedPrompter<'a> {
    inner: &'a mut dyn Prompter,
    events: Option<Arc<Wire>>,
}

impl<'a> WatchedPrompter<'a> {
    /// Watches `inner`.
    pub fn new(inner: &'a mut dyn Prompter, events: Option<Arc<Wire>>) -> Self {
        Self { inner, events }
    }

    fn tell(&self, event: impl FnOnce(&Wire) -> io::Result<()>) {
        if let Some(events) = &self.events {
            let _ = event(events);
        }
    }
}

impl Prompter for WatchedPrompter<'_> {
    fn say(&mut self, note: &Note) -> io::Result<()> {
        self.tell(|events| events.note(note));
        self.inner.say(note)
    }

    fn ask(&mut self, ask: &Ask) -> io::Result<Reply> {
        self.tell(|events| events.ask(ask));
        let reply = self.inner.ask(ask)?;
        self.tell(|events| events.reply(ask, &reply));
        Ok(reply)
    }

    fn reject(&mut self, ask: &Ask, reason: &Rejection) -> io::Result<Retry> {
        self.tell(|events| events.invalid(ask, reason));
        self.inner.reject(ask, reason)
    }
}
