//! Text that comes in from outside: every file, stream, draft and paste is read through this one
//! door, so that marks, encodings and line ends mean the same everywhere.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, FileType, Mode, OFlags};

use crate::text::position::line_of;

/// Why something is not read as text.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// The system says no.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A folder, a pipe or a device: a pipe or a device would never end.
    #[error("it isn’t a file")]
    NotFile,
    /// It is larger than this many bytes.
    #[error("it’s larger than {}", size(*.0))]
    TooLarge(u64),
    /// It has NUL bytes in it, which no text has.
    #[error("it has NUL bytes in it, so it isn’t text")]
    Nul,
    /// It is text in no encoding that can be told, from this line on.
    #[error("it isn’t UTF-8 text (line {0})")]
    Encoding(usize),
}

fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 {
        format!("{} MB", bytes >> 20)
    } else {
        format!("{} KB", bytes >> 10)
    }
}

/// Opens a plain file, and nothing that could hang or never end.
///
/// # Errors
///
/// [`InputError::NotFile`] for a folder, a pipe or a device; otherwise what the system says.
pub fn open(path: &Path) -> Result<File, InputError> {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    let file = rustix::fs::openat(CWD, path, flags, Mode::empty()).map_err(io::Error::from)?;
    let found = rustix::fs::fstat(&file).map_err(io::Error::from)?;
    match FileType::from_raw_mode(found.st_mode) {
        FileType::RegularFile => Ok(File::from(file)),
        _ => Err(InputError::NotFile),
    }
}

/// The link on the way to `path` that leads nowhere, where there is one: what lies behind it is out
/// of reach, and must not be taken for something that isn't there.
pub fn dangling_link(path: &Path) -> Option<&Path> {
    for above in path.ancestors() {
        match above.symlink_metadata() {
            Ok(found) => {
                let missing = found.is_symlink() && !above.exists();
                return missing.then_some(above);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(_) => return None,
        }
    }
    None
}

/// Why nobody can look into a folder that is there.
///
/// # Errors
///
/// Why not. A folder that isn't there is fine, and so is a link that leads nowhere.
pub fn look_into(folder: &Path) -> io::Result<()> {
    match folder
        .read_dir()
        .and_then(|_| folder.join(".").symlink_metadata())
    {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// What belongs to another user than `us` on the way to `path`, with its owner: the path itself, or
/// the folder that hides it.
pub fn foreign(path: &Path, us: u32) -> Option<(PathBuf, u32)> {
    let mut above = path.ancestors();
    let (above, found) = above.find_map(|above| Some((above, above.symlink_metadata().ok()?)))?;
    (found.uid() != us).then(|| (above.to_path_buf(), found.uid()))
}

/// Reads a plain file of at most `most` bytes as text.
///
/// # Errors
///
/// Why it is not text, or cannot be read.
pub fn read_file(path: &Path, most: u64) -> Result<String, InputError> {
    read(open(path)?, most)
}

/// Reads a stream of at most `most` bytes as text.
///
/// # Errors
///
/// As [`read_file`].
pub fn read(stream: impl Read, most: u64) -> Result<String, InputError> {
    decode(read_bytes(stream, most)?)
}

/// Reads at most `most` bytes of a stream.
///
/// # Errors
///
/// As [`read_file`].
pub fn read_bytes(stream: impl Read, most: u64) -> Result<Vec<u8>, InputError> {
    let mut bytes = Vec::new();
    stream
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(InputError::TooLarge(most));
    }
    Ok(bytes)
}

/// Bytes as text: UTF-8, or UTF-16 by its mark. One byte order mark at the beginning goes.
///
/// # Errors
///
/// [`InputError::Nul`] or [`InputError::Encoding`].
pub fn decode(bytes: Vec<u8>) -> Result<String, InputError> {
    let text = match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => String::from_utf8(bytes).map_err(|error| {
            let (bytes, good) = (error.as_bytes(), error.utf8_error().valid_up_to());
            match bytes.contains(&0) {
                true => InputError::Nul,
                false => InputError::Encoding(line_of(bytes, good)),
            }
        })?,
    };
    if text.contains('\0') {
        return Err(InputError::Nul);
    }
    match text.strip_prefix('\u{feff}') {
        Some(rest) => Ok(rest.to_string()),
        None => Ok(text),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, InputError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.ok()
        .filter(|_| rest.is_empty())
        .ok_or(InputError::Encoding(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn a_mark_tells_the_encoding_and_goes() {
        let text = "A café, “quoted” 👪\r\n";
        let marked = format!("\u{feff}{text}");
        for bytes in [
            text.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            bytes(&marked, u16::to_le_bytes),
            bytes(&marked, u16::to_be_bytes),
        ] {
            assert_eq!(decode(bytes).unwrap(), text);
        }
        assert_eq!(decode("\u{feff}\u{feff}".into()).unwrap(), "\u{feff}");
    }

    #[test]
    fn what_is_not_text_is_refused_with_its_reason() {
        for (bytes, why) in [
            (
                b"one\ntwo\ncaf\xe9".as_slice(),
                "it isn’t UTF-8 text (line 3)",
            ),
            (b"a\0b", "it has NUL bytes in it, so it isn’t text"),
            (
                b"\x89PNG\r\n\x1a\n\0\0",
                "it has NUL bytes in it, so it isn’t text",
            ),
            (b"\xff\xfea", "it isn’t UTF-8 text (line 1)"),
            (b"\xff\xfe\x00\xd8", "it isn’t UTF-8 text (line 1)"),
        ] {
            assert_eq!(decode(bytes.to_vec()).unwrap_err().to_string(), why);
        }
    }

    #[test]
    fn a_link_that_leads_nowhere_is_named_wherever_it_stands_on_the_way() {
        let folder = tempfile::tempdir().unwrap();
        let (link, there) = (folder.path().join("link"), folder.path().join("there"));
        std::os::unix::fs::symlink(&there, &link).unwrap();
        for path in [&link, &link.join("a/b")] {
            assert_eq!(dangling_link(path), Some(link.as_path()));
        }
        assert_eq!(dangling_link(&there.join("a/b")), None);
        std::fs::create_dir(&there).unwrap();
        for path in [&link, &link.join("a/b")] {
            assert_eq!(dangling_link(path), None);
        }
    }

    #[test]
    fn only_a_plain_file_of_a_bearable_size_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        rustix::fs::mknodat(CWD, &pipe, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
        let large = folder.path().join("large");
        std::fs::write(&large, "12345").unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&large, &link).unwrap();
        for path in [
            &pipe,
            &folder.path().to_path_buf(),
            &std::path::PathBuf::from("/dev/zero"),
        ] {
            assert!(
                matches!(read_file(path, 9), Err(InputError::NotFile)),
                "{path:?}"
            );
        }
        assert!(matches!(read_file(&large, 4), Err(InputError::TooLarge(4))));
        assert_eq!(read_file(&link, 5).unwrap(), "12345");
        assert!(matches!(
            read_file(&folder.path().join("none"), 5),
            Err(InputError::Io(_))
        ));
    }
}
