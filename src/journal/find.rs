//! Sessions by the names that people type.

use super::error::StoreError;
use super::names::is_id;
use super::store::Store;
use crate::session::{SessionId, short_id};

/// The word for the session that began last.
const LAST: &str = "last";

impl Store {
    /// The session that `name` means: `last`, a full name, or any beginning of the hex part that
    /// only one session has.
    pub fn find(&self, name: &str) -> Result<SessionId, StoreError> {
        let typed = name.trim();
        if typed == LAST {
            return self.last()?.ok_or_else(|| self.not_found(name));
        }
        let means = |id: &str| {
            if is_id(typed) {
                id == typed
            } else {
                !typed.is_empty() && short_id(id).starts_with(&typed.to_ascii_lowercase())
            }
        };
        let mut ids = Vec::new();
        for id in self.newest() {
            match id {
                Ok(id) if means(&id) && self.is_saved(&id) => ids.push(id),
                Ok(_) | Err(StoreError::OutOfPlace { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        match (ids.pop(), ids.is_empty()) {
            (Some(id), true) => Ok(id),
            (Some(id), false) => {
                ids.push(id);
                Err(StoreError::Ambiguous {
                    name: name.to_string(),
                    ids,
                })
            }
            (None, _) => Err(self.not_found(name)),
        }
    }

    fn last(&self) -> Result<Option<SessionId>, StoreError> {
        for id in self.newest() {
            match id {
                Ok(id) if self.is_saved(&id) => return Ok(Some(id)),
                Ok(_) | Err(StoreError::OutOfPlace { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Whether there is more than a claimed name.
    fn is_saved(&self, id: &str) -> bool {
        std::fs::metadata(self.path(id)).is_ok_and(|found| found.len() > 0)
    }

    fn not_found(&self, name: &str) -> StoreError {
        StoreError::NotFound {
            name: name.to_string(),
            newest: self.last().ok().flatten(),
        }
    }
}
