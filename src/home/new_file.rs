//! A file that a command writes where the person named it: new, for its owner alone, on the disk.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::folders::whole;
use super::world::World;
use crate::error::{Error, Result};
use crate::journal::{Disk, Files, create_beside};
use crate::output;

/// A file that is being written: under another name beside its place until it is whole. Unless it is
/// finished it is removed again.
pub struct NewFile {
    path: PathBuf,
    temp: PathBuf,
    file: File,
    finished: bool,
}

impl NewFile {
    /// Makes it, for its owner alone. A file that is there already is not touched.
    pub fn create(path: &Path) -> Result<Self> {
        Self::create_with(path, output::create_private)
    }

    fn create_with(path: &Path, make: fn(&Path) -> io::Result<File>) -> Result<Self> {
        if path.symlink_metadata().is_ok() {
            return Err(exists(path));
        }
        let made = create_beside(path, make);
        let (temp, file) = made.map_err(|error| failed(path, &error))?;
        Ok(Self {
            path: path.to_path_buf(),
            temp,
            file,
            finished: false,
        })
    }

    /// Brings it to the disk, and into its place.
    pub fn finish(mut self) -> Result<()> {
        let synced = self.file.sync_all();
        let placed = synced.and_then(|()| Disk.rename_new(&self.temp, &self.path));
        placed.map_err(|error| failed(&self.path, &error))?;
        self.finished = true;
        // Its name too, where the folder can do that: a stick may not.
        let folder = self
            .path
            .parent()
            .filter(|path| !path.as_os_str().is_empty());
        let _ = File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.finished {
            // Half a file is worse than none; what went wrong is told elsewhere.
            let _ = fs::remove_file(&self.temp);
        }
    }
}

/// Writes a text into a new file.
pub fn write_new(path: &Path, text: &str) -> Result<()> {
    write_into(NewFile::create(path)?, text)
}

/// The same for a file that others are meant to get, with the usual mode.
pub fn write_shared(path: &Path, text: &str) -> Result<()> {
    write_into(NewFile::create_with(path, output::create_shared)?, text)
}

fn write_into(mut file: NewFile, text: &str) -> Result<()> {
    let written = file.write_all(text.as_bytes());
    written.map_err(|error| failed(&file.path, &error))?;
    file.finish()
}

/// A file that would be in the way at the end is better told of at the beginning, and so is a place where
/// no file of theirs can be.
pub fn refuse_existing(path: &Path, world: &World<'_>) -> Result<()> {
    refuse_own(path, world)?;
    if path.symlink_metadata().is_ok() {
        return Err(exists(path));
    }
    Ok(())
}

/// Refuses a new file or folder among those that are read as sessions, exercises, keys or settings, whatever
/// the links on the way to it.
pub fn refuse_own(path: &Path, world: &World<'_>) -> Result<()> {
    if path == Path::new("-") {
        return Err(Error::usage(NO_STREAM).hint(NAME_A_FILE));
    }
    let (Some(whole), Ok(folders)) = (whole(path), world.folders()) else {
        return Ok(());
    };
    if folders.keep(&whole) {
        let ours = format!("{} {OURS}", path.display());
        return Err(Error::usage(ours).hint("choose another place"));
    }
    Ok(())
}

/// Why a file could not be written.
pub fn failed(path: &Path, error: &io::Error) -> Error {
    match error.kind() {
        ErrorKind::AlreadyExists => exists(path),
        _ => Error::failed(format!("could not write {}", path.display())).because(error),
    }
}

fn exists(path: &Path) -> Error {
    Error::usage(format!("{} already exists", path.display()))
        .hint("choose another name, or move that file away")
}

// Texts for people.
const NO_STREAM: &str = "this can’t be written to standard output";
const OURS: &str = "is where trust-coach keeps its own files";
const NAME_A_FILE: &str = "name a file or folder";

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }

    #[test]
    fn a_file_has_its_name_once_it_is_whole_and_what_came_there_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a".repeat(250));
        let mut file = NewFile::create(&path).unwrap();
        file.write_all(b"half ").unwrap();
        assert!(!path.exists());
        file.write_all(b"a word").unwrap();
        file.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "half a word");
        assert!(NewFile::create(&path).is_err());
        let other = folder.path().join("other");
        let file = NewFile::create(&other).unwrap();
        fs::write(&other, "theirs").unwrap();
        let error = file.finish().unwrap_err();
        assert!(error.message.contains("already exists"), "{error:?}");
        assert_eq!(fs::read_to_string(&other).unwrap(), "theirs");
        drop(NewFile::create(&folder.path().join("given up")).unwrap());
        assert_eq!(names(folder.path()).len(), 2);
    }

    #[test]
    fn what_was_left_of_one_that_was_cut_off_goes_with_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let left = |pid: u32| {
            let left = format!(".trust-coach-unfinished.{pid}-0.tmp");
            let left = folder.path().join(left);
            fs::write(&left, "words").unwrap();
            left
        };
        let (dead, alive) = (left(2_147_483_646), left(std::process::id()));
        let own = folder.path().join(".mine.2147483646-0.tmp");
        fs::write(&own, "theirs").unwrap();
        write_new(&folder.path().join("whole"), "words").unwrap();
        assert!(!dead.exists() && alive.exists() && own.exists());
    }
}
