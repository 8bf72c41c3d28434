//! Words that were typed for something which is saved only once it is whole, such as a promise: until
//! then they lie in a file of their own, which nobody but its owner can read.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::world::random;
use crate::error::Result;
use crate::input::{self, InputError};
use crate::output;

/// A file of such words, in a folder of its own.
#[derive(Debug)]
pub struct UnfinishedFile {
    folder: PathBuf,
}

impl UnfinishedFile {
    /// The place of a new one below a folder. Nobody can have made it before. Nothing is made yet.
    pub fn new(below: &Path) -> Result<Self> {
        let name = format!("{NAME}{:08x}{:08x}", random()?, random()?);
        Ok(Self {
            folder: below.join(name),
        })
    }

    /// The newest one below a folder, where there is any of ours.
    pub fn newest(below: &Path) -> Option<Self> {
        let us = rustix::process::geteuid().as_raw();
        let entries = fs::read_dir(below).into_iter().flatten().flatten();
        let ours = entries.filter(|entry| {
            let named = entry.file_name().to_string_lossy().starts_with(NAME);
            named
                && entry
                    .metadata()
                    .is_ok_and(|it| it.is_dir() && it.uid() == us)
        });
        let files = ours.map(|entry| Self {
            folder: entry.path(),
        });
        let dated = files.filter_map(|file| Some((file.changed()?, file)));
        dated.max_by_key(|(at, _)| *at).map(|(_, file)| file)
    }

    fn path(&self) -> PathBuf {
        self.folder.join("words.toml")
    }

    fn changed(&self) -> Option<SystemTime> {
        self.path().metadata().ok()?.modified().ok()
    }

    /// What stands in it.
    pub fn read(&self) -> std::result::Result<String, InputError> {
        input::read_file(&self.path(), MOST_BYTES)
    }

    /// Brings a text to the disk in the place of what stands there.
    pub fn write(&self, text: &str) -> io::Result<()> {
        if !self.folder.is_dir() {
            let mut builder = DirBuilder::new();
            builder.mode(0o700).recursive(true);
            builder.create(self.folder.parent().unwrap_or(&self.folder))?;
            builder.recursive(false).create(&self.folder)?;
        }
        let new = self.folder.join("words.new");
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

/// How the names of the folders begin.
const NAME: &str = "trust-coach-words-";

/// The most that is read again.
const MOST_BYTES: u64 = 1 << 20;

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn words_are_private_replaced_whole_found_again_and_gone_when_they_are_taken_away() {
        let home = tempfile::tempdir().unwrap();
        let below = home.path().join("drafts/promise");
        assert!(UnfinishedFile::newest(&below).is_none());
        let file = UnfinishedFile::new(&below).unwrap();
        assert!(!below.exists());
        for text in ["one", "two"] {
            file.write(text).unwrap();
            let found = UnfinishedFile::newest(&below).unwrap();
            assert_eq!(found.read().unwrap(), text);
        }
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file.folder), mode(&file.path())), (0o700, 0o600));
        assert_eq!(fs::read_dir(&file.folder).unwrap().count(), 1);
        file.remove();
        assert!(UnfinishedFile::newest(&below).is_none());
    }
}
