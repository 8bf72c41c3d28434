//! What happens in a session, for whoever listens: a file of events, a program on the other side.

use super::SessionEnd;
use crate::ask::{Ask, Note, Rejection, Reply};
use crate::review::Finding;
use crate::session::{Answer, AnswerId};

/// Something that happened in a session.
#[derive(Clone, Copy, Debug)]
pub enum Event<'e> {
    /// A text is about to be shown.
    Said(&'e Note),
    /// A question is about to be put.
    Asked(&'e Ask),
    /// This came back.
    Replied(&'e Ask, &'e Reply),
    /// It will not do.
    Rejected(&'e Ask, &'e Rejection),
    /// Everything up to here is saved.
    Saved,
    /// A rule found something in a text that it had not found there before.
    Found(&'e AnswerId, &'e Finding),
    /// A text has heavy words in it, or is about watching over somebody, for the first time in the session.
    HelpOffered(&'e AnswerId),
    /// What two people wrote alone is open to both from now on, at the step with this id; nothing where
    /// it stays closed.
    Shown(&'e str, &'e [&'e Answer]),
    /// The session ended for now.
    Ended(SessionEnd),
}
