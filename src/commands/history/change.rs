//! Changing a session that is not being done: under its lock, and saved as every session is.

use crate::error::Result;
use crate::journal::{Lock, Store};
use crate::session::Session;

/// Changes a session and saves it. One that is open elsewhere is left alone, and so is the file when
/// the change is refused.
pub(super) fn change(
    store: &Store,
    id: &str,
    change: impl FnOnce(&mut Session) -> Result<()>,
) -> Result<Session> {
    let _lock = Lock::take(store, id)?;
    let mut session = store.read(id)?;
    let before = session.clone();
    change(&mut session)?;
    if session != before {
        store.save(&session)?;
    }
    Ok(session)
}
