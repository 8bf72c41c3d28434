//! Helpers for the tests of this module.

use std::path::Path;

use super::Store;
use super::error::{Operation, StoreError};
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

#[test]
fn what_may_not_be_read_is_said_as_that_and_not_as_what_may_not_be_written() {
    let home = tempfile::tempdir().unwrap();
    let hint = |doing| {
        let why = std::io::ErrorKind::PermissionDenied.into();
        let error = crate::error::Error::from(StoreError::io(doing, home.path(), why));
        error.hints.concat()
    };
    for doing in [Operation::List, Operation::Read] {
        assert!(hint(doing).contains("allowed to read it"), "{doing:?}");
    }
    assert!(hint(Operation::Create).contains("allowed to write there"));
}
