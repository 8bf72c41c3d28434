//! Reading sessions: whole, or only their heads.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use memchr::memmem;
use rustix::fs::OFlags;
use rustix::io::Errno;

use super::encoding::Encoding;
use super::error::{Operation, StoreError};
use super::files::MOST;
use super::format::{self, ANSWERS, FormatError};
use super::store::{Store, is_name};
use crate::session::Session;

type Result<T> = std::result::Result<T, StoreError>;
type Parse = fn(&str) -> std::result::Result<Session, FormatError>;

impl Store {
    /// The session with this full name.
    pub fn read(&self, id: &str) -> Result<Session> {
        self.read_whole(id, format::from_text)
    }

    /// The session without its answers. Reads no more of the file than it needs.
    pub fn read_head(&self, id: &str) -> Result<Session> {
        self.check()?;
        is_name(id)?;
        let head = self.in_its_form(id, |path, form| match form {
            Encoding::Plain => session(
                id,
                path,
                as_text(path, &head_text(path)?)?,
                format::head_from_text,
            ),
            Encoding::Sealed => self.read_in(id, path, form, format::head_from_text),
        });
        match head {
            // A text in the head may hold what looks like its end; the whole file tells.
            Err(StoreError::Unreadable {
                source: FormatError::Toml { .. },
                ..
            }) => self.read_whole(id, format::head_from_text),
            head => head.map_err(|error| if_missing(error, id)),
        }
    }

    fn read_whole(&self, id: &str, parse: Parse) -> Result<Session> {
        self.check()?;
        is_name(id)?;
        self.in_its_form(id, |path, form| self.read_in(id, path, form, parse))
            .map_err(|error| if_missing(error, id))
    }

    fn read_in(&self, id: &str, path: &Path, form: Encoding, parse: Parse) -> Result<Session> {
        let content = self.content(path, form)?;
        session(id, path, as_text(path, &content)?, parse)
    }

    /// The heads of all saved sessions, newest first, each read when it is asked for.
    pub fn heads(&self) -> impl Iterator<Item = Result<Session>> + '_ {
        self.newest()
            .map(|id| self.read_head(&id?))
            .filter(|head| !matches!(head, Err(StoreError::Unsaved { .. })))
    }
}

/// The whole content of a session's file, whatever it is.
pub(super) fn whole(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?
        .read_to_end(&mut bytes)
        .map_err(|error| StoreError::io(Operation::Read, path, error))?;
    Ok(bytes)
}

/// The text in a file's content.
pub(super) fn as_text<'b>(path: &Path, bytes: &'b [u8]) -> Result<&'b str> {
    std::str::from_utf8(bytes).map_err(|error| {
        let error = io::Error::new(io::ErrorKind::InvalidData, error);
        StoreError::io(Operation::Read, path, error)
    })
}

/// All bytes of a session's file, in place of what is in `bytes`.
pub(super) fn whole_bytes(path: &Path, bytes: &mut Vec<u8>) -> Result<()> {
    bytes.clear();
    open(path)?
        .read_to_end(bytes)
        .map(|_| ())
        .map_err(|error| StoreError::io(Operation::Read, path, error))
}

/// Opens a session's file. A link is not followed, and a pipe is not waited for.
fn open(path: &Path) -> Result<File> {
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

/// The text of a file up to and with the line that ends the head. Most heads come with one read.
fn head_text(path: &Path) -> Result<Vec<u8>> {
    const CHUNK: usize = 4096;
    let mut file = open(path)?;
    let end = format!("\n{ANSWERS}").into_bytes();
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

fn understand<T>(path: &Path, parsed: std::result::Result<T, FormatError>) -> Result<T> {
    parsed.map_err(|source| StoreError::Unreadable {
        path: path.to_path_buf(),
        source,
    })
}

/// The session in `text`. The name of a file is the session's name: a copy under another name is
/// another session, and saving it must not touch the first.
pub(super) fn session(id: &str, path: &Path, text: &str, parse: Parse) -> Result<Session> {
    if text.is_empty() {
        return Err(StoreError::Unsaved { id: id.to_string() });
    }
    let id = id.to_string();
    understand(path, parse(text)).map(|session| Session { id, ..session })
}

fn if_missing(error: StoreError, id: &str) -> StoreError {
    if missing(&error) {
        StoreError::Gone { id: id.to_string() }
    } else {
        error
    }
}

/// Whether the error means that there is no such file.
pub(super) fn missing(error: &StoreError) -> bool {
    matches!(error, StoreError::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::journal::tests::{now, saved, store};
    use crate::session::{Moment, SessionNote};

    #[test]
    fn a_head_is_read_and_nothing_behind_it() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let mut session = saved(&store, 1);
        // Longer than one read, so that the end of the head falls anywhere.
        for length in [10, 3000, 3500, 3700, 4000, 9000] {
            session.notes = vec![SessionNote {
                at: Moment::new(&now()),
                text: "a".repeat(length),
                extra: toml::Table::new(),
            }];
            store.save(&session).unwrap();
            let path = store.path(&session.id);
            let mut bytes = fs::read(&path).unwrap();
            bytes.extend([0xff; 9000]);
            fs::write(&path, bytes).unwrap();
            let head = store.read_head(&session.id).unwrap();
            assert_eq!((head.notes, head.answers), (session.notes.clone(), vec![]));
            fs::remove_file(&path).unwrap();
        }
    }

    #[test]
    fn one_file_that_cannot_be_read_hides_no_other() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let sessions = [1, 2, 3, 4, 5, 6].map(|number| saved(&store, number));
        let path = |index: usize| store.path(&sessions[index].id);
        fs::write(path(0), "half a").unwrap();
        fs::write(path(1), [0xff, 0xfe]).unwrap();
        fs::write(path(2), "").unwrap();
        fs::remove_file(path(3)).unwrap();
        symlink(path(5), path(3)).unwrap();
        fs::remove_file(path(4)).unwrap();
        fs::create_dir(path(4)).unwrap();
        let (good, bad): (Vec<_>, Vec<_>) = store.heads().partition(std::result::Result::is_ok);
        assert_eq!(good.len(), 1);
        assert_eq!(bad.len(), 4);
        for error in bad {
            let error = error.unwrap_err().to_string();
            assert!(error.contains("/sessions/2026/11/"), "{error}");
        }
    }

    #[test]
    fn a_list_of_ten_reads_ten() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        for number in 0..12 {
            let session = saved(&store, number);
            if number < 2 {
                fs::write(store.path(&session.id), "half a").unwrap();
            }
        }
        assert!(store.heads().take(10).all(|head| head.is_ok()));
        assert_eq!(store.heads().filter(std::result::Result::is_err).count(), 2);
    }

    #[test]
    fn a_link_is_not_followed_and_a_pipe_is_not_waited_for() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let (one, two) = (saved(&store, 1), saved(&store, 2));
        let path = store.path(&one.id);
        fs::remove_file(&path).unwrap();
        symlink(store.path(&two.id), &path).unwrap();
        assert!(matches!(
            store.read(&one.id),
            Err(StoreError::OutOfPlace { .. })
        ));
        fs::remove_file(&path).unwrap();
        let pipe = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(pipe.unwrap().success());
        assert!(matches!(
            store.read(&one.id),
            Err(StoreError::OutOfPlace { .. })
        ));
    }

    #[test]
    fn a_copy_under_another_name_is_another_session() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let one = saved(&store, 1);
        let other = one.id.replace("00000001", "0000000f");
        fs::copy(store.path(&one.id), store.path(&other)).unwrap();
        let mut copy = store.read(&other).unwrap();
        assert_eq!(copy.id, other);
        copy.title = "Another".to_string();
        store.save(&copy).unwrap();
        assert_eq!(store.read(&one.id).unwrap(), one);
    }
}
