//! Changing a session that is not being done: under its lock, and saved as every session is.

use crate::error::Result;
use crate::home::Home;
use crate::journal::{Lock, Store};
use crate::session::Session;
use crate::text::first_words;

/// Changes a session and saves it. One that is open elsewhere is left alone, and so is the file when
/// the change is refused.
pub(super) fn change(
    store: &Store,
    id: &str,
    change: impl FnOnce(&mut Session) -> Result<()>,
) -> Result<Session> {
    let _lock = Lock::take(store, id)?;
    let mut session = store.sessions().read(id)?;
    let before = session.clone();
    change(&mut session)?;
    if session != before {
        store.sessions().save(&session)?;
    }
    Ok(session)
}

/// Whether what is shown of a session may stay in view afterwards.
pub(super) fn is_private(place: &Home, session: &Session) -> bool {
    session.answers.iter().any(|answer| answer.sensitive) || is_gated(place, session)
}

/// Whether the private safety questions stand before its exercise.
pub(super) fn is_gated(place: &Home, session: &Session) -> bool {
    let exercise = place.library.load(&session.exercise);
    exercise.is_ok_and(|exercise| exercise.head.gate)
}

/// A session in a line: its title and when it began.
pub(super) fn in_a_line(session: &Session) -> String {
    let title = first_words(&session.title, usize::MAX);
    format!("{title}, begun {}", session.started.minute())
}
