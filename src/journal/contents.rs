//! What is in a file of ours, read with care: no link is followed, no pipe waited for, and nothing is
//! read that is larger than anything we write.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use memchr::memmem;
use rustix::fs::OFlags;
use rustix::io::Errno;
use toml::Table;

use super::error::{Operation, StoreError};
use super::files::MOST;

type Result<T> = std::result::Result<T, StoreError>;

/// The whole content of a file, whatever it is.
pub(super) fn whole(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?
        .read_to_end(&mut bytes)
        .map_err(|error| StoreError::io(Operation::Read, path, error))?;
    Ok(bytes)
}

/// The whole text of a file.
pub(super) fn whole_text(path: &Path) -> Result<String> {
    let bytes = whole(path)?;
    as_text(path, &bytes).map(String::from)
}

/// The first bytes of a file, at most so many.
pub(super) fn start(path: &Path, length: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length);
    open(path)?
        .take(length as u64)
        .read_to_end(&mut bytes)
        .map_err(|error| StoreError::io(Operation::Read, path, error))?;
    Ok(bytes)
}

/// The table in a file that only saves work: nothing where it is missing, hurt or much longer than
/// any that is written, since what it says is worked out again then.
pub(super) fn noted(path: &Path) -> Option<Table> {
    let bytes = start(path, LONGEST_NOTE + 1).ok()?;
    let is_short = bytes.len() <= LONGEST_NOTE;
    is_short.then(|| as_text(path, &bytes).ok()?.parse().ok())?
}

const LONGEST_NOTE: usize = 1 << 20;

/// The text in a file's content.
pub(super) fn as_text<'b>(path: &Path, bytes: &'b [u8]) -> Result<&'b str> {
    std::str::from_utf8(bytes).map_err(|error| {
        let error = io::Error::new(io::ErrorKind::InvalidData, error);
        StoreError::io(Operation::Read, path, error)
    })
}

/// All bytes of a file, in place of what is in `bytes`.
pub(super) fn whole_bytes(path: &Path, bytes: &mut Vec<u8>) -> Result<()> {
    bytes.clear();
    open(path)?
        .read_to_end(bytes)
        .map(|_| ())
        .map_err(|error| StoreError::io(Operation::Read, path, error))
}

/// Opens a file of ours. A link is not followed, and a pipe is not waited for.
pub(super) fn open(path: &Path) -> Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
        .map_err(|error| {
            if error.raw_os_error() == Some(Errno::LOOP.raw_os_error()) {
                out_of_place(path)
            } else {
                StoreError::io(Operation::Read, path, error)
            }
        })?;
    match file.metadata() {
        Ok(found) if !found.is_file() => Err(out_of_place(path)),
        Ok(found) if found.len() > MOST => Err(too_large(path)),
        Ok(_) => Ok(file),
        Err(error) => Err(StoreError::io(Operation::Read, path, error)),
    }
}

pub(super) fn too_large(path: &Path) -> StoreError {
    StoreError::TooLarge {
        path: path.to_path_buf(),
    }
}

fn out_of_place(path: &Path) -> StoreError {
    StoreError::OutOfPlace {
        path: path.to_path_buf(),
    }
}

/// The text of a file up to and with the line `end`. Most heads come with one read.
pub(super) fn head_text(path: &Path, end: &str) -> Result<Vec<u8>> {
    const CHUNK: usize = 4096;
    let mut file = open(path)?;
    let end = format!("\n{end}").into_bytes();
    let mut bytes = Vec::new();
    loop {
        let before = bytes.len();
        bytes.resize(before + CHUNK, 0);
        let read = match file.read(&mut bytes[before..]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                bytes.truncate(before);
                continue;
            }
            read => read.map_err(|error| StoreError::io(Operation::Read, path, error))?,
        };
        bytes.truncate(before + read);
        let from = before.saturating_sub(end.len());
        if let Some(at) = memmem::find(&bytes[from..], &end) {
            bytes.truncate(from + at + end.len());
            break;
        }
        if read == 0 {
            break;
        }
    }
    Ok(bytes)
}

/// Whether an empty file held something once, or was brought empty from elsewhere: a name that was
/// taken and not saved to yet hasn't changed since it was made.
pub(super) fn was_emptied(path: &Path) -> bool {
    let Ok(found) = std::fs::symlink_metadata(path) else {
        return false;
    };
    let is_changed = match (found.modified(), found.created()) {
        (Ok(changed), Ok(made)) => changed != made,
        // Not every disk knows; whoever takes a name saves to it at once.
        (Ok(changed), _) => changed.elapsed().is_ok_and(|age| age > MINUTE),
        _ => false,
    };
    found.is_file() && found.len() == 0 && is_changed
}

const MINUTE: Duration = Duration::from_secs(60);

/// What is said of it.
pub(super) const EMPTIED: &str =
    "it’s empty; a backup, or whatever syncs it, may have what was in it";

/// Whether the error means that there is no such file.
pub(super) fn missing(error: &StoreError) -> bool {
    matches!(error, StoreError::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_note_is_read_up_to_its_longest_and_nothing_beyond() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("days.toml");
        assert_eq!(noted(&path), None);
        let mut text = String::from("facts = 3\n#");
        text.push_str(&"x".repeat(LONGEST_NOTE - text.len()));
        fs::write(&path, &text).unwrap();
        assert_eq!(noted(&path).unwrap()["facts"].as_integer(), Some(3));
        fs::write(&path, text + "x").unwrap();
        assert_eq!(noted(&path), None);
        fs::write(&path, "facts = [").unwrap();
        assert_eq!(noted(&path), None);
    }

    #[test]
    fn a_file_was_emptied_that_has_changed_since_it_was_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("session.toml");
        assert!(!was_emptied(&path));
        fs::write(&path, "").unwrap();
        assert!(!was_emptied(&path), "a name that was taken just now");
        fs::write(&path, "words").unwrap();
        let day = std::time::SystemTime::now() - Duration::from_secs(86_400);
        let file = File::options().write(true).open(&path).unwrap();
        file.set_modified(day).unwrap();
        assert!(!was_emptied(&path), "there is something in it");
        file.set_len(0).unwrap();
        assert!(was_emptied(&path));
        file.set_modified(day).unwrap();
        assert!(
            was_emptied(&path),
            "whatever syncs gives files their times back"
        );
    }
}
