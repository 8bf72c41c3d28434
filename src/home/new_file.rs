//! A file that a command writes where the person named it: new, for its owner alone, on the disk.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::world::World;
use crate::error::{Error, Result};
use crate::output;

/// A file that is being written. Unless it is finished it is removed again.
pub struct NewFile {
    path: PathBuf,
    file: File,
    finished: bool,
}

impl NewFile {
    /// Makes it. A file that is there already is not touched.
    pub fn create(path: &Path) -> Result<Self> {
        let file = output::create_private(path).map_err(|error| failed(path, &error))?;
        Ok(Self {
            path: path.to_path_buf(),
            file,
            finished: false,
        })
    }

    /// Brings it to the disk.
    pub fn finish(mut self) -> Result<()> {
        let synced = self.file.sync_all();
        synced.map_err(|error| failed(&self.path, &error))?;
        // Its name too, where the folder can do that: a stick may not.
        let folder = self
            .path
            .parent()
            .filter(|path| !path.as_os_str().is_empty());
        let _ = File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all());
        self.finished = true;
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
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Writes a text into a new file.
pub fn write_new(path: &Path, text: &str) -> Result<()> {
    let mut file = NewFile::create(path)?;
    let written = file.write_all(text.as_bytes());
    written.map_err(|error| failed(path, &error))?;
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

/// Refuses a new file among those that are read as sessions, exercises, keys or settings, whatever the
/// links on the way to it.
fn refuse_own(path: &Path, world: &World<'_>) -> Result<()> {
    if path == Path::new("-") {
        return Err(Error::usage(NO_STREAM).hint(NAME_A_FILE));
    }
    let folder = path.parent().filter(|path| !path.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize();
    let (Ok(folder), Some(name), Ok(folders)) = (folder, path.file_name(), world.folders()) else {
        return Ok(());
    };
    if folders.keep(&folder.join(name)) {
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
const NAME_A_FILE: &str = "name a file";
