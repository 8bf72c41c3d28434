//! New files on their way to the disk: all of them get there at once, and have their names only then. So
//! whatever has its name after a power cut is whole, and the same work can be done again.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use super::error::{Operation, StoreError};
use super::store::{Store, folder_of};

type Result<T> = std::result::Result<T, StoreError>;

/// So many new files are worth waiting for the disk once.
pub(super) const BATCH: usize = 64;

/// New files on their way to the disk. Those without a name go when this is dropped.
pub(super) struct Addition<'s> {
    store: &'s Store,
    unnamed: Vec<UnnamedFile>,
    /// Those that are in their places.
    added: Vec<PathBuf>,
}

/// A file that is written, and perhaps not on the disk yet.
struct UnnamedFile {
    file: File,
    temp: PathBuf,
    /// Where it belongs.
    path: PathBuf,
}

impl<'s> Addition<'s> {
    /// Nothing yet.
    pub(super) fn new(store: &'s Store) -> Self {
        Self {
            store,
            unnamed: Vec::new(),
            added: Vec::new(),
        }
    }

    /// Writes a file that gets its name later. Its folder has to be there.
    pub(super) fn write(&mut self, path: &Path, bytes: &[u8]) -> Result<()> {
        let (temp, mut file) = self.store.create_temp(path)?;
        if let Err(error) = self.store.write_all(&temp, &mut file, bytes) {
            let _ = self.store.remove(&temp);
            return Err(error);
        }
        let path = path.to_path_buf();
        self.unnamed.push(UnnamedFile { file, temp, path });
        Ok(())
    }

    /// Whether it is time to [name](Self::name) what was written.
    pub(super) fn is_full(&self) -> bool {
        self.unnamed.len() >= BATCH
    }

    /// How many files have their names.
    pub(super) fn named(&self) -> usize {
        self.added.len()
    }

    /// Brings what was written to the disk, gives every file its name, and returns once the names are
    /// on the disk too. A name that is taken is an error.
    pub(super) fn name(&mut self) -> Result<()> {
        let Some(last) = self.unnamed.last() else {
            return Ok(());
        };
        let files: Vec<&File> = self.unnamed.iter().map(|unnamed| &unnamed.file).collect();
        let synced = self.store.files.sync_all(&files);
        synced.map_err(|error| StoreError::io(Operation::Sync, &last.temp, error))?;
        let mut folders = BTreeSet::new();
        while let Some(UnnamedFile { temp, path, .. }) = self.unnamed.last() {
            let renamed = self.store.files.rename_new(temp, path);
            renamed.map_err(|error| StoreError::io(Operation::Rename, path, error))?;
            folders.insert(folder_of(path));
            self.added
                .extend(self.unnamed.pop().map(|named| named.path));
        }
        let mut folders = folders.iter();
        folders.try_for_each(|folder| self.store.sync_folder(folder))
    }

    /// Takes away again what has got its name. What cannot be removed stays.
    pub(super) fn undo(self) {
        for path in &self.added {
            let _ = self.store.remove(path);
        }
        let folders: BTreeSet<_> = self.added.iter().map(|path| folder_of(path)).collect();
        for folder in folders {
            let _ = self.store.sync_folder(&folder);
        }
    }
}

impl Drop for Addition<'_> {
    fn drop(&mut self) {
        for UnnamedFile { temp, .. } in &self.unnamed {
            let _ = self.store.remove(temp);
        }
    }
}
