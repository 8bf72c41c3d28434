//! How a file comes to the disk whole, and goes from it.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{Operation, StoreError};
use super::store::{Store, folder_of};
use super::temp;

type Result<T> = std::result::Result<T, StoreError>;

impl Store {
    /// Saves a file that lies beside the sessions, for its owner alone: all of it, or nothing.
    pub fn save_beside(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.prepare()?;
        self.make_folders(&folder_of(path))?;
        self.replace(path, bytes)
    }

    /// Puts `bytes` in the place of the file: all of them, or nothing.
    pub(super) fn replace(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.put(path, bytes, |temp| self.files.rename(temp, path))
    }

    /// Makes a file: all of it, or nothing. One that is there stays as it is, and is an error.
    pub(super) fn put_new(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.put(path, bytes, |temp| self.files.rename_new(temp, path))
    }

    fn put(
        &self,
        path: &Path,
        bytes: &[u8],
        rename: impl FnOnce(&Path) -> io::Result<()>,
    ) -> Result<()> {
        let (temp, file) = self.create_temp(path)?;
        let done = self.fill(&temp, file, bytes).and_then(|()| {
            rename(&temp).map_err(|error| StoreError::io(Operation::Rename, path, error))
        });
        if let Err(error) = done {
            // The first error is the one that tells; a leftover is swept later.
            let _ = self.files.remove(&temp);
            return Err(error);
        }
        self.sync_folder(&folder_of(path))
    }

    pub(super) fn create_temp(&self, path: &Path) -> Result<(PathBuf, File)> {
        let (temp, made) = temp::create(path, |temp| self.files.create(temp));
        match made {
            Ok(file) => Ok((temp, file)),
            Err(error) => Err(StoreError::io(Operation::Create, &temp, error)),
        }
    }

    /// Writes a new file and returns once its content is on the disk.
    pub(super) fn fill(&self, path: &Path, mut file: File, bytes: &[u8]) -> Result<()> {
        self.write_all(path, &mut file, bytes)?;
        let synced = self.files.sync(&file);
        synced.map_err(|error| StoreError::io(Operation::Sync, path, error))
    }

    /// Writes all the bytes, which are not on the disk yet then.
    pub(super) fn write_all(&self, path: &Path, file: &mut File, bytes: &[u8]) -> Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            match self.files.write(file, rest) {
                Ok(0) => {
                    let error = io::ErrorKind::WriteZero.into();
                    return Err(StoreError::io(Operation::Write, path, error));
                }
                Ok(written) => rest = rest.get(written..).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(StoreError::io(Operation::Write, path, error)),
            }
        }
        Ok(())
    }

    /// Removes a file, which need not be there.
    pub(super) fn remove(&self, path: &Path) -> Result<()> {
        match self.files.remove(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(StoreError::io(Operation::Remove, path, error))
            }
            _ => Ok(()),
        }
    }

    /// Returns once the names in a folder are on the disk.
    pub(super) fn sync_folder(&self, folder: &Path) -> Result<()> {
        let synced = self.files.sync_dir(folder);
        synced.map_err(|error| StoreError::io(Operation::SyncFolder, folder, error))
    }
}
