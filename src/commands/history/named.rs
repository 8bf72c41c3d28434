//! A name on the command line that can be a session's or an exercise's.

use jiff::Zoned;

use crate::error::Result;
use crate::home::Home;
use crate::journal::StoreError;
use crate::session::SessionId;

/// What a name means.
pub(super) enum NameMatch {
    /// One session.
    Session(SessionId),
    /// All sessions of an exercise.
    Exercise(String),
}

/// What `name` means. The id of an exercise goes before the beginning of a session's name, and an
/// exercise that is gone is still known by its sessions.
pub(super) fn named(place: &Home, name: &str, now: &Zoned) -> Result<NameMatch> {
    let exercise = || NameMatch::Exercise(name.to_string());
    if place.library.heads().iter().any(|entry| entry.id == name) {
        return Ok(exercise());
    }
    match place.store.sessions().find(name, now) {
        Ok(id) => Ok(NameMatch::Session(id)),
        Err(error @ StoreError::NotFound { .. }) => {
            let mut heads = place.store.sessions().heads().flatten();
            if heads.any(|head| head.exercise == name) {
                Ok(exercise())
            } else {
                Err(error.into())
            }
        }
        Err(error) => Err(error.into()),
    }
}
