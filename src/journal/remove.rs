//! How a record is removed for good.

use std::fs;
use std::io;
use std::path::Path;

use super::encoding::Encoding;
use super::error::{Operation, StoreError};
use super::lock::{Lock, StoreLock};
use super::names::list;
use super::records::{Records, is_name};
use super::store::folder_of;
use super::temp::unfinished;

type Result<T> = std::result::Result<T, StoreError>;

impl<R> Records<'_, R> {
    /// Removes a record, with its drafts, what unfinished saves left, and what of it was put into the
    /// quarantine, and makes sure that it stays removed. One that is open elsewhere is not removed.
    pub fn delete(&self, id: &str) -> Result<()> {
        self.store.check()?;
        is_name(id)?;
        let path = self.path(id);
        if fs::symlink_metadata(&path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return Err(StoreError::Gone { id: id.to_string() });
        }
        let _all = StoreLock::take(self.store)?;
        let _lock = Lock::take(self.store, id)?;
        let (month, start) = (folder_of(&path), format!(".{id}"));
        self.remove_left(id, &month, &|name| name.starts_with(&start))?;
        let aside = self.store.quarantine();
        let entries =
            list(&aside).map_err(|error| StoreError::io(Operation::List, &aside, error))?;
        let mut any = false;
        for (name, _) in entries
            .iter()
            .filter(|(name, kind)| name.contains(id) && !kind.is_dir())
        {
            self.store.remove(&aside.join(name))?;
            any = true;
        }
        if any {
            self.store.sync_folder(&aside)?;
        }
        for form in [Encoding::Plain, Encoding::Sealed] {
            self.store.remove(&self.path_in(id, form))?;
        }
        self.store.sync_folder(&month)
    }

    /// Removes the drafts of a record whose lock is held, and what unfinished saves left of it.
    pub fn remove_leftovers(&self, id: &str) -> Result<()> {
        let month = folder_of(&self.path(id));
        self.remove_left(id, &month, &|name| unfinished(name) == Some(id))?;
        self.store.sync_folder(&month)
    }

    fn remove_left(&self, id: &str, month: &Path, is_left: &dyn Fn(&str) -> bool) -> Result<()> {
        let drafts = self.store.drafts(id);
        match fs::remove_dir_all(&drafts) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(StoreError::io(Operation::Remove, &drafts, error));
            }
            _ => {}
        }
        let entries = list(month).map_err(|error| StoreError::io(Operation::List, month, error))?;
        for (name, kind) in entries {
            if is_left(&name) && !kind.is_dir() {
                self.store.remove(&month.join(name))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use rustix::io::Errno;

    use super::*;
    use crate::journal::faulty::faulty;
    use crate::journal::tests::{saved, store};

    #[test]
    fn what_of_it_was_put_aside_goes_too() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let (gone, kept) = (saved(&store, 1), saved(&store, 2));
        for id in [&gone.id, &kept.id] {
            for _ in 0..2 {
                store
                    .keep_copy(&store.sessions().path(id), b"half a")
                    .unwrap();
            }
        }
        store.sessions().delete(&gone.id).unwrap();
        let names = list(&store.quarantine()).unwrap();
        assert_eq!(names.len(), 2);
        assert!(names.iter().all(|(name, _)| name.contains(&kept.id)));
    }

    #[test]
    fn a_removal_that_fails_says_so_and_can_be_done_again() {
        for step in [Operation::Remove, Operation::SyncFolder] {
            for error in [Errno::IO, Errno::ROFS, Errno::NOSPC] {
                let home = tempfile::tempdir().unwrap();
                let (store, files) = faulty(home.path());
                let (gone, kept) = (saved(&store, 1), saved(&store, 2));
                // So that the folder of locks is there.
                drop(StoreLock::take(&store).unwrap());
                files.fail(step, error);
                let failed = store.sessions().delete(&gone.id).unwrap_err();
                assert!(matches!(failed, StoreError::Io { doing, .. } if doing == step));
                // Nothing is half gone: it is there whole, or gone.
                let there = store.sessions().read(&gone.id).is_ok();
                assert_eq!(there, step == Operation::Remove);
                files.heal();
                assert_eq!(store.sessions().delete(&gone.id).is_ok(), there);
                assert_eq!(store.sessions().read(&kept.id).unwrap(), kept);
                assert!(matches!(
                    store.sessions().read(&gone.id),
                    Err(StoreError::Gone { .. })
                ));
            }
        }
    }

    #[test]
    fn a_deleted_session_takes_its_drafts_and_leftovers_along() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let (gone, kept) = (saved(&store, 1), saved(&store, 2));
        let month = folder_of(&store.sessions().path(&gone.id));
        let draft = store.drafts(&gone.id).join("0badcafe").join("text.md");
        fs::create_dir_all(folder_of(&draft)).unwrap();
        let temp = month.join(format!(".{}.toml.9-9.tmp", gone.id));
        for path in [&draft, &temp] {
            fs::write(path, "words").unwrap();
        }
        store.sessions().delete(&gone.id).unwrap();
        assert!(!draft.exists() && !temp.exists());
        let names = list(&month).unwrap();
        assert_eq!(names.len(), 1);
        assert!(store.sessions().read(&kept.id).is_ok());
        assert!(matches!(
            store.sessions().read(&gone.id),
            Err(StoreError::Gone { .. })
        ));
        assert!(matches!(
            store.sessions().delete(&gone.id),
            Err(StoreError::Gone { .. })
        ));
        assert_eq!(list(&store.locks()).unwrap().len(), 0);
    }

    #[test]
    fn a_session_that_is_open_is_not_deleted() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let session = saved(&store, 1);
        let _lock = Lock::take(&store, &session.id).unwrap();
        let error = store.sessions().delete(&session.id).unwrap_err();
        let told = format!("(process {})", std::process::id());
        assert!(error.to_string().ends_with(&told), "{error}");
        assert!(store.sessions().read(&session.id).is_ok());
    }
}
