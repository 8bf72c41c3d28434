//! Names that narrow something down, such as those of exercises, tags and people. One that nothing has
//! is a slip: it's told, with what may have been meant.

use std::collections::BTreeSet;

use crate::error::{Error, Result};
use crate::format::did_you_mean;
use crate::journal::Store;
use crate::session::Session;

/// The names of one kind that are known, and when one of them is meant.
pub(super) struct KnownNames {
    names: BTreeSet<String>,
    is_meant: fn(known: &str, typed: &str) -> bool,
}

impl KnownNames {
    /// These, and those that are yet to be found.
    pub(super) fn new(
        names: impl IntoIterator<Item = String>,
        is_meant: fn(known: &str, typed: &str) -> bool,
    ) -> Self {
        let names = names.into_iter().collect();
        Self { names, is_meant }
    }

    /// Whether one of them is meant.
    pub(super) fn has(&self, typed: &str) -> bool {
        self.names.iter().any(|name| (self.is_meant)(name, typed))
    }

    /// Adds more of them.
    pub(super) fn add(&mut self, names: impl IntoIterator<Item = String>) {
        self.names.extend(names);
    }

    /// Whether one of them is meant, or one of those in the sessions that there are, which are added. What
    /// can't be read may have it.
    pub(super) fn has_in_sessions(
        &mut self,
        typed: &str,
        store: &Store,
        names: impl Fn(&Session) -> Vec<String>,
    ) -> bool {
        if self.has(typed) {
            return true;
        }
        for head in store.sessions().heads() {
            let Ok(head) = head else { return true };
            let names = names(&head);
            if names.iter().any(|name| (self.is_meant)(name, typed)) {
                return true;
            }
            self.add(names);
        }
        false
    }

    /// The error that nothing has this name, with the one that may have been meant.
    pub(super) fn refusal(&self, typed: &str, what: impl Into<String>) -> Error {
        let error = Error::usage(what);
        match did_you_mean(typed, self.names.iter().map(String::as_str)) {
            Some(question) => error.hint(question),
            None => error,
        }
    }

    /// Refuses a name that none of them is.
    pub(super) fn refuse_unknown(&self, typed: &str, what: impl Into<String>) -> Result<()> {
        match self.has(typed) {
            true => Ok(()),
            false => Err(self.refusal(typed, what)),
        }
    }
}
