//! Helpers for the tests of this module.

use std::path::Path;

use toml::Table;

use super::Store;
use crate::exercise::StepKind;
use crate::home::folders::Folders;
use crate::session::{Answer, Moment, Outcome, Session, SessionState};

/// The store below `home`.
pub(super) fn store(home: &Path) -> Store {
    let folders = Folders::under(home);
    Store::new(folders.data, folders.state)
}

/// A moment to begin at.
pub(super) fn now() -> jiff::Zoned {
    "2026-11-22T18:45:01.032+01:00[Europe/Berlin]"
        .parse()
        .unwrap()
}

/// An open session with one answer that is not given yet.
pub(super) fn session(id: &str) -> Session {
    let at = Moment::new(&now());
    Session {
        id: id.to_string(),
        exercise: "apology".to_string(),
        exercise_version: 3,
        title: "A full apology".to_string(),
        lang: "en".to_string(),
        state: SessionState::Open,
        started: at,
        ended: None,
        seed: 4711,
        at: None,
        tags: Vec::new(),
        notes: Vec::new(),
        answers: vec![Answer {
            step: "act".to_string(),
            round: 1,
            kind: StepKind::Write,
            prompt: "What did you do?".to_string(),
            name: None,
            given: Outcome::Pending,
            item: None,
            label: None,
            at: None,
            unreached: false,
            sensitive: false,
            versions: Vec::new(),
            findings: Vec::new(),
            progress: None,
            extra: Table::new(),
        }],
        extra: Table::new(),
    }
}

/// A claimed and saved session.
pub(super) fn saved(store: &Store, hex: u32) -> Session {
    let session = session(&store.claim(&now(), || Ok(hex)).unwrap());
    store.save(&session).unwrap();
    session
}
