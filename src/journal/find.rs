//! Records by the names that people type.

use jiff::{ToSpan, Zoned};

use super::contents::{EMPTIED, was_emptied};
use super::error::{Operation, StoreError};
use super::names::{is_id, time_name};
use super::records::Records;
use crate::session::{SessionId, short_id};

/// The word for the record that began last.
const LAST: &str = "last";

impl<R> Records<'_, R> {
    /// The record that `name` means at the time `now`: `last`, a full name, or any beginning of the
    /// hex part that only one record has. One that begins later than `now` isn't `last`.
    pub fn find(&self, name: &str, now: &Zoned) -> Result<SessionId, StoreError> {
        let typed = name.trim();
        if typed == LAST {
            let end = latest(now);
            let mut ids = self.saved().filter(|id| match id {
                Ok(id) => id.as_str() < end.as_str(),
                Err(error) => !matches!(error, StoreError::OutOfPlace { .. }),
            });
            return ids.next().transpose()?.ok_or_else(|| self.not_found(name));
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

    /// The same, for whoever changes or removes it: an error where `last` may be another one than a
    /// person would think.
    pub fn find_to_change(&self, name: &str, now: &Zoned) -> Result<SessionId, StoreError> {
        if name.trim() != LAST {
            return self.find(name, now);
        }
        let unclear = |why: String| StoreError::LastUnclear { why };
        let last = match self.saved().next() {
            None => return Err(self.not_found(name)),
            Some(Ok(id)) if id.as_str() < latest(now).as_str() => id,
            Some(Ok(id)) => {
                return Err(unclear(format!(
                    "{} says that it begins in the future, on {}-{}-{}",
                    short_id(&id),
                    &id[..4],
                    &id[4..6],
                    &id[6..8]
                )));
            }
            Some(Err(error)) => return Err(unclear(error.to_string())),
        };
        let newer = self.newest().flatten().take_while(|id| *id != last);
        let mut emptied = newer
            .map(|id| self.path(&id))
            .filter(|path| was_emptied(path));
        if let Some(path) = emptied.next() {
            return Err(unclear(format!("{}: {EMPTIED}", path.display())));
        }
        match self.misnamed(&last, true).into_iter().next() {
            Some(path) => Err(unclear(StoreError::Misnamed { path }.to_string())),
            None => Ok(last),
        }
    }

    /// The names under which there is more than a claim, newest first.
    fn saved(&self) -> impl Iterator<Item = Result<SessionId, StoreError>> {
        self.newest().filter_map(|id| {
            let id = match id {
                Ok(id) => id,
                error => return Some(error),
            };
            let path = self.path(&id);
            match std::fs::symlink_metadata(&path) {
                Ok(found) if found.len() == 0 => None,
                // Removed since the folder was listed.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
                Ok(_) => Some(Ok(id)),
                Err(error) => Some(Err(StoreError::io(Operation::Read, &path, error))),
            }
        })
    }

    /// Whether there is more than a claimed name.
    pub(super) fn is_saved(&self, id: &str) -> bool {
        std::fs::metadata(self.path(id)).is_ok_and(|found| found.len() > 0)
    }

    fn not_found(&self, name: &str) -> StoreError {
        let newest = self.saved().flatten().next();
        // What lies there under another name is no reason to say that there is nothing.
        let unread = newest.is_none().then(|| self.misnamed("", true));
        match unread.unwrap_or_default().into_iter().next() {
            Some(path) => StoreError::Misnamed { path },
            None => StoreError::NotFound {
                kind: self.kind,
                name: name.to_string(),
                newest,
            },
        }
    }
}

/// The first name that begins too late to be true: clocks of several machines differ a little.
pub(super) fn latest(now: &Zoned) -> String {
    time_name(&now.saturating_add(1.day()))
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
            assert_eq!(&store.sessions().find(name, &now()).unwrap(), id, "{name}");
        }
    }

    #[test]
    fn a_beginning_that_several_have_lists_them() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let one = saved(&store, 0xab00_0000);
        let two = saved(&store, 0xab00_0001);
        let Err(StoreError::Ambiguous { ids, .. }) = store.sessions().find("ab", &now()) else {
            panic!("it is not unique");
        };
        assert_eq!(ids, [two.id, one.id]);
    }

    #[test]
    fn a_name_that_nobody_has_is_told_with_the_newest() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        assert!(matches!(
            store.sessions().find("last", &now()),
            Err(StoreError::NotFound { newest: None, .. })
        ));
        let session = saved(&store, 1);
        store.sessions().claim(&now(), || Ok(2)).unwrap();
        for name in ["7", "", "00000002", "sessions/../.."] {
            let Err(StoreError::NotFound { newest, .. }) = store.sessions().find(name, &now())
            else {
                panic!("{name} was found");
            };
            assert_eq!(newest.as_ref(), Some(&session.id));
        }
    }

    #[test]
    fn a_session_of_the_future_is_not_the_last_and_nothing_is_changed_while_it_is_there() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let session = saved(&store, 1);
        let mut later = session.clone();
        later.id = "20990101T000000.000Z-00000002".to_string();
        store.sessions().make_month(&later.id).unwrap();
        store.sessions().save(&later).unwrap();
        let sessions = store.sessions();
        assert_eq!(sessions.find("last", &now()).unwrap(), session.id);
        let error = sessions.find_to_change("last", &now()).unwrap_err();
        assert!(error.to_string().contains("on 2099-01-01"), "{error}");
        assert_eq!(
            sessions.find_to_change("00000002", &now()).unwrap(),
            later.id
        );
    }

    #[test]
    fn nothing_is_changed_in_the_second_newest_while_the_newest_cannot_be_judged() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let (old, new) = (saved(&store, 1), saved(&store, 2));
        let path = store.sessions().path(&new.id);
        std::fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink("nowhere", &path).unwrap();
        let sessions = store.sessions();
        assert_eq!(sessions.find("last", &now()).unwrap(), old.id);
        let error = sessions.find_to_change("last", &now()).unwrap_err();
        assert!(matches!(error, StoreError::LastUnclear { .. }), "{error}");
    }
}
