//! How a session is removed for good.

use std::fs;
use std::io;
use std::path::Path;

use super::error::{Doing, StoreError};
use super::form::Form;
use super::lock::{Lock, StoreLock};
use super::names::list;
use super::store::{Store, folder_of};

type Result<T> = std::result::Result<T, StoreError>;

impl Store {
    /// Removes a session, with its drafts and what unfinished saves left, and makes sure that it
    /// stays removed. One that is open elsewhere is not removed.
    pub fn delete(&self, id: &str) -> Result<()> {
        self.check()?;
        let path = self.session_file(id)?;
        if fs::symlink_metadata(&path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return Err(StoreError::Gone { id: id.to_string() });
        }
        let _all = StoreLock::take(self)?;
        let _lock = Lock::take(self, id)?;
        let drafts = self.drafts(id);
        match fs::remove_dir_all(&drafts) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(StoreError::io(Doing::Remove, &drafts, error));
            }
            _ => {}
        }
        let (month, start) = (folder_of(&path), format!(".{id}"));
        let entries = list(&month).map_err(|error| StoreError::io(Doing::List, &month, error))?;
        for (name, kind) in entries {
            if name.starts_with(&start) && !kind.is_dir() {
                self.remove(&month.join(name))?;
            }
        }
        for form in [Form::Plain, Form::Sealed] {
            self.remove(&self.path_in(id, form))?;
        }
        let folder = folder_of(&path);
        self.files
            .sync_dir(&folder)
            .map_err(|error| StoreError::io(Doing::SyncFolder, &folder, error))
    }

    pub(super) fn remove(&self, path: &Path) -> Result<()> {
        match self.files.remove(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(StoreError::io(Doing::Remove, path, error))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::tests::{saved, store};

    #[test]
    fn a_deleted_session_takes_its_drafts_and_leftovers_along() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let (gone, kept) = (saved(&store, 1), saved(&store, 2));
        let month = folder_of(&store.path(&gone.id));
        let draft = store.drafts(&gone.id).join("0badcafe").join("text.md");
        fs::create_dir_all(folder_of(&draft)).unwrap();
        let temp = month.join(format!(".{}.toml.9-9.tmp", gone.id));
        for path in [&draft, &temp] {
            fs::write(path, "words").unwrap();
        }
        store.delete(&gone.id).unwrap();
        assert!(!draft.exists() && !temp.exists());
        let names = list(&month).unwrap();
        assert_eq!(names.len(), 1);
        assert!(store.read(&kept.id).is_ok());
        assert!(matches!(store.read(&gone.id), Err(StoreError::Gone { .. })));
        assert!(matches!(
            store.delete(&gone.id),
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
        let error = store.delete(&session.id).unwrap_err();
        let told = format!("(process {})", std::process::id());
        assert!(error.to_string().ends_with(&told), "{error}");
        assert!(store.read(&session.id).is_ok());
    }
}
