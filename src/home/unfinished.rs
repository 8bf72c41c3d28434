//! Words that were typed for something which is saved only once it is whole, such as a promise: until
//! then they lie in a file of their own, which nobody but its owner can read.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::world::random;
use crate::error::Result;
use crate::input::{self, InputError};
use crate::output;

/// A file of such words, in a folder of its own. Whoever has it open holds the folder's lock.
#[derive(Debug)]
pub struct UnfinishedFile {
    folder: PathBuf,
    held: Option<File>,
}

impl UnfinishedFile {
    /// The place of a new one below a folder. Nobody can have made it before. Nothing is made yet.
    pub fn new(below: &Path) -> Result<Self> {
        let name = format!("{NAME}{:08x}{:08x}", random()?, random()?);
        Ok(Self {
            folder: below.join(name),
            held: None,
        })
    }

    /// Those of ours below a folder that no program has open.
    pub fn all(below: &Path) -> Vec<Self> {
        let us = rustix::process::geteuid().as_raw();
        let entries = fs::read_dir(below).into_iter().flatten().flatten();
        let ours = entries.filter(|entry| {
            let named = entry.file_name().to_string_lossy().starts_with(NAME);
            named
                && entry
                    .metadata()
                    .is_ok_and(|it| it.is_dir() && it.uid() == us)
        });
        let free = ours.filter_map(|entry| {
            let folder = entry.path();
            let held = hold(&folder).ok()?;
            Some(Self { folder, held })
        });
        free.collect()
    }

    /// Whether it lies in this folder.
    pub fn is_below(&self, below: &Path) -> bool {
        self.folder.parent() == Some(below)
    }

    fn path(&self) -> PathBuf {
        self.folder.join("words.toml")
    }

    /// Where a text lies until it is whole.
    fn new_path(&self) -> PathBuf {
        self.folder.join("words.new")
    }

    /// What stands for it: a program that was killed at its very first save left only the new text.
    fn readable(&self) -> PathBuf {
        let path = self.path();
        if path.exists() { path } else { self.new_path() }
    }

    /// When it was written last.
    pub fn changed(&self) -> Option<SystemTime> {
        self.readable().metadata().ok()?.modified().ok()
    }

    /// What stands in it.
    pub fn read(&self) -> std::result::Result<String, InputError> {
        input::read_file(&self.readable(), MOST_BYTES)
    }

    /// Brings a text to the disk in the place of what stands there.
    pub fn write(&mut self, text: &str) -> io::Result<()> {
        if !self.folder.is_dir() {
            let mut builder = DirBuilder::new();
            builder.mode(0o700).recursive(true);
            builder.create(self.folder.parent().unwrap_or(&self.folder))?;
            builder.recursive(false).create(&self.folder)?;
            self.held = hold(&self.folder)?;
        }
        let new = self.new_path();
        let _ = fs::remove_file(&new);
        let mut file = output::create_private(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, self.path())?;
        File::open(&self.folder)?.sync_all()
    }

    /// Takes it away.
    pub fn remove(&self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Locks a folder, where its disk knows locks. An error where another program has it.
fn hold(folder: &Path) -> io::Result<Option<File>> {
    let open = File::open(folder)?;
    match open.try_lock() {
        Ok(()) => Ok(Some(open)),
        Err(TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// How the names of the folders begin.
const NAME: &str = "trust-coach-words-";

/// The most that is read again.
const MOST_BYTES: u64 = 1 << 20;

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn words_are_private_replaced_whole_found_again_once_nobody_has_them_open_and_then_gone() {
        let home = tempfile::tempdir().unwrap();
        let below = home.path().join("drafts/promise");
        assert!(UnfinishedFile::all(&below).is_empty());
        let mut file = UnfinishedFile::new(&below).unwrap();
        assert!(!below.exists());
        for text in ["one", "two"] {
            file.write(text).unwrap();
            assert_eq!(file.read().unwrap(), text);
            // Nobody else finds it as long as it is open.
            assert!(UnfinishedFile::all(&below).is_empty());
        }
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file.folder), mode(&file.path())), (0o700, 0o600));
        assert_eq!(fs::read_dir(&file.folder).unwrap().count(), 1);
        drop(file);
        let found = UnfinishedFile::all(&below);
        assert_eq!(found[0].read().unwrap(), "two");
        fs::rename(found[0].path(), found[0].new_path()).unwrap();
        assert_eq!(
            found[0].read().unwrap(),
            "two",
            "killed before it was whole"
        );
        assert!(found[0].changed().is_some());
        found[0].remove();
        assert!(UnfinishedFile::all(&below).is_empty());
    }
}
