//! The folder for files that stood in the way: each is kept as it was, under a name that nothing
//! had before.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::error::{Operation, StoreError};
use super::store::{Store, folder_of, taken};

/// How many files of one name are kept.
const MANY: usize = 1000;

type Result<T> = std::result::Result<T, StoreError>;

impl Store {
    /// Where they lie.
    pub fn quarantine(&self) -> PathBuf {
        self.data.join("quarantine")
    }

    /// Where the saves of this store have put files aside since this was last asked.
    pub fn put_aside(&self) -> Vec<PathBuf> {
        std::mem::take(&mut *self.aside.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Brings `bytes`, which stood at `path`, to the disk under a new name, so that `path` may be
    /// written over.
    pub(super) fn keep_copy(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let folder = self.quarantine();
        self.make_folders(&folder)?;
        let (copy, file): (PathBuf, File) = first_free(&folder, path, Operation::Create, |copy| {
            self.files.create(copy)
        })?;
        if let Err(error) = self.fill(&copy, file, bytes) {
            let _ = self.files.remove(&copy);
            return Err(error);
        }
        self.sync_folder(&folder)?;
        let mut aside = self.aside.lock().unwrap_or_else(PoisonError::into_inner);
        aside.push(copy);
        Ok(())
    }

    /// The same for a file that is too large to be read.
    pub(super) fn move_aside(&self, path: &Path) -> Result<()> {
        let moved = self.quarantine_file(path)?;
        let mut aside = self.aside.lock().unwrap_or_else(PoisonError::into_inner);
        aside.push(moved);
        Ok(())
    }

    /// Moves what stands at `path`, whatever it is, to the quarantine under a new name.
    pub fn quarantine_file(&self, path: &Path) -> Result<PathBuf> {
        let folder = self.quarantine();
        self.make_folders(&folder)?;
        let (moved, ()) = first_free(&folder, path, Operation::Rename, |moved| {
            self.files.rename_new(path, moved)
        })?;
        self.sync_folder(&folder)?;
        self.sync_folder(&folder_of(path))?;
        Ok(moved)
    }
}

/// Does `make` with the first name for `path` in `folder` that is not taken: its own, else with a
/// number before its ending.
fn first_free<T>(
    folder: &Path,
    path: &Path,
    doing: Operation,
    make: impl Fn(&Path) -> io::Result<T>,
) -> Result<(PathBuf, T)> {
    let mut count = 1;
    loop {
        let free = folder.join(numbered(path, count));
        count += 1;
        match make(&free) {
            Ok(made) => return Ok((free, made)),
            Err(error) if taken(&error) && count <= MANY => {}
            Err(error) => return Err(StoreError::io(doing, &free, error)),
        }
    }
}

/// `a.toml`, `a.2.toml`, `a.3.toml`.
fn numbered(path: &Path, count: usize) -> OsString {
    let name = path.file_name().unwrap_or_default();
    if count == 1 {
        return name.to_os_string();
    }
    let mut numbered = path.file_stem().unwrap_or_default().to_os_string();
    numbered.push(format!(".{count}"));
    if let Some(ending) = path.extension() {
        numbered.push(".");
        numbered.push(ending);
    }
    numbered
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use crate::journal::tests::{saved, store};

    #[test]
    fn what_is_moved_takes_a_name_that_nothing_had() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let mut moved = Vec::new();
        for words in ["one", "two", "three"] {
            let path = home.path().join("a b.toml");
            fs::write(&path, words).unwrap();
            moved.push(store.quarantine_file(&path).unwrap());
            assert!(!path.exists());
        }
        let names = ["a b.toml", "a b.2.toml", "a b.3.toml"];
        assert_eq!(moved, names.map(|name| store.quarantine().join(name)));
        let words = moved.iter().map(|path| fs::read_to_string(path).unwrap());
        assert_eq!(words.collect::<Vec<_>>(), ["one", "two", "three"]);
        let mode = fs::metadata(store.quarantine()).unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o700);
    }

    #[test]
    fn a_folder_and_a_link_can_be_moved_and_what_the_link_leads_to_stays() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let kept = saved(&store, 1);
        let (folder, link) = (home.path().join("folder"), home.path().join("link"));
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("inside"), "words").unwrap();
        std::os::unix::fs::symlink(store.sessions().path(&kept.id), &link).unwrap();
        let moved = store.quarantine_file(&folder).unwrap();
        assert_eq!(fs::read_to_string(moved.join("inside")).unwrap(), "words");
        assert!(store.quarantine_file(&link).unwrap().is_symlink());
        assert_eq!(store.sessions().read(&kept.id).unwrap(), kept);
    }
}
