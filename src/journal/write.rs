//! How a file comes to the disk whole, and goes from it.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::error::{Operation, StoreError};
use super::store::{Store, TRIES, folder_of, taken};

type Result<T> = std::result::Result<T, StoreError>;

/// So much of a file's name is in that of its unfinished save: a name has 255 bytes at most.
const MOST_OF_NAME: usize = 50;

/// Whether a file is called as a save is that did not finish.
pub(super) fn is_temp(name: &str) -> bool {
    let name = name
        .strip_prefix('.')
        .and_then(|name| name.strip_suffix(".tmp"));
    let whose = name.and_then(|name| name.rsplit_once('.')?.1.split_once('-'));
    let is_number = |text: &str| text.parse::<u32>().is_ok();
    whose.is_some_and(|(pid, count)| is_number(pid) && is_number(count))
}

impl Store {
    /// Saves a file that lies beside the sessions, for its owner alone: all of it, or nothing.
    pub fn save_beside(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.prepare()?;
        self.make_folders(&folder_of(path))?;
        self.replace(path, bytes)
    }

    /// Puts `bytes` in the place of the file: all of them, or nothing.
    pub(super) fn replace(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let (temp, file) = self.create_temp(path)?;
        let done = self.fill(&temp, file, bytes).and_then(|()| {
            self.files
                .rename(&temp, path)
                .map_err(|error| StoreError::io(Operation::Rename, path, error))
        });
        if let Err(error) = done {
            // The first error is the one that tells; a leftover is swept later.
            let _ = self.files.remove(&temp);
            return Err(error);
        }
        self.sync_folder(&folder_of(path))
    }

    pub(super) fn create_temp(&self, path: &Path) -> Result<(PathBuf, File)> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name: String = name.chars().take(MOST_OF_NAME).collect();
        let mut tries = 0;
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let temp = path.with_file_name(format!(".{name}.{}-{count}.tmp", std::process::id()));
            tries += 1;
            match self.files.create(&temp) {
                Ok(file) => return Ok((temp, file)),
                // Left by a process that had this number before.
                Err(error) if taken(&error) && tries < TRIES => {}
                Err(error) => return Err(StoreError::io(Operation::Create, &temp, error)),
            }
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
