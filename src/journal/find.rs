//! Records by the names that people type.

use super::error::StoreError;
use super::names::is_id;
use super::records::Records;
use crate::session::{SessionId, short_id};

/// The word for the record that began last.
const LAST: &str = "last";

impl<R> Records<'_, R> {
    /// The record that `name` means: `last`, a full name, or any beginning of the hex part that
    /// only one record has.
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
                    kind: self.kind,
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
            kind: self.kind,
            name: name.to_string(),
            newest: self.last().ok().flatten(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::tests::{now, saved, store};

    #[test]
    fn a_session_is_found_by_last_by_its_full_name_and_by_any_beginning_of_its_hex_part() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let (old, new) = (saved(&store, 0x9f3a_61c2), saved(&store, 0xab00_0000));
        store.sessions().claim(&now(), || Ok(0xffff_ffff)).unwrap();
        for (name, id) in [
            ("last", &new.id),
            ("9f3a61c2", &old.id),
            ("9", &old.id),
            ("AB0", &new.id),
            (old.id.as_str(), &old.id),
        ] {
            assert_eq!(&store.sessions().find(name).unwrap(), id, "{name}");
        }
    }

    #[test]
    fn a_beginning_that_several_have_lists_them() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let one = saved(&store, 0xab00_0000);
        let two = saved(&store, 0xab00_0001);
        let Err(StoreError::Ambiguous { ids, .. }) = store.sessions().find("ab") else {
            panic!("it is not unique");
        };
        assert_eq!(ids, [two.id, one.id]);
    }

    #[test]
    fn a_name_that_nobody_has_is_told_with_the_newest() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        assert!(matches!(
            store.sessions().find("last"),
            Err(StoreError::NotFound { newest: None, .. })
        ));
        let session = saved(&store, 1);
        store.sessions().claim(&now(), || Ok(2)).unwrap();
        for name in ["7", "", "00000002", "sessions/../.."] {
            let Err(StoreError::NotFound { newest, .. }) = store.sessions().find(name) else {
                panic!("{name} was found");
            };
            assert_eq!(newest.as_ref(), Some(&session.id));
        }
    }
}
