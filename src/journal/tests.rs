//! Helpers for the tests of this module.

use std::path::Path;

use super::Store;
use crate::home::folders::Folders;
use crate::session::Session;
use crate::test_support::pending;

/// The store below `home`.
pub(super) fn store(home: &Path) -> Store {
    let folders = Folders::under(home);
    Store::new(folders.data, folders.state)
}

/// A moment to begin at.
pub(super) fn now() -> jiff::Zoned {
    crate::test_support::now() + jiff::SignedDuration::from_millis(32)
}

/// An open session with one answer that is not given yet.
pub(super) fn session(id: &str) -> Session {
    Session {
        answers: vec![pending("act")],
        ..crate::test_support::session(id)
    }
}

/// A claimed and saved session.
pub(super) fn saved(store: &Store, hex: u32) -> Session {
    let session = session(&store.sessions().claim(&now(), || Ok(hex)).unwrap());
    store.sessions().save(&session).unwrap();
    session
}
