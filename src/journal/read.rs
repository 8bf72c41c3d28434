//! Reading records whole, and of sessions only the heads.

use std::path::Path;

use super::contents::{EMPTIED, as_text, head_text, missing, was_emptied};
use super::encoding::Encoding;
use super::error::StoreError;
use super::format::{self, ANSWERS, FormatError};
use super::record::Record;
use super::records::{Records, is_name};
use super::vault::seal::is_sealed;
use crate::session::Session;

type Result<T> = std::result::Result<T, StoreError>;
type Parse<R> = fn(&str) -> std::result::Result<R, FormatError>;

impl<R: Record> Records<'_, R> {
    /// The record with this full name.
    pub fn read(&self, id: &str) -> Result<R> {
        self.read_whole(id, R::from_text)
    }

    fn read_whole(&self, id: &str, parse: Parse<R>) -> Result<R> {
        self.store.check()?;
        is_name(id)?;
        self.in_its_form(id, |path, form| self.read_in(id, path, form, parse))
            .map_err(|error| if_missing(error, id))
    }

    fn read_in(&self, id: &str, path: &Path, form: Encoding, parse: Parse<R>) -> Result<R> {
        let content = self.store.content(path, form)?;
        record(id, path, as_text(path, &content)?, parse)
    }
}

impl<'s> Records<'s, Session> {
    /// The session without its answers. Reads no more of the file than it needs.
    pub fn read_head(&self, id: &str) -> Result<Session> {
        self.store.check()?;
        is_name(id)?;
        let head = self.in_its_form(id, |path, form| match form {
            Encoding::Plain => {
                let head = head_text(path, ANSWERS)?;
                if is_sealed(&head) {
                    return self.read_in(id, path, form, format::head_from_text);
                }
                record(id, path, as_text(path, &head)?, format::head_from_text)
            }
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

    /// The session with its head and its ratings, given or skipped, and nothing else.
    pub fn read_ratings(&self, id: &str) -> Result<Session> {
        self.read_whole(id, format::ratings_from_text)
    }

    /// The heads of all saved sessions, newest first, each read when it is asked for.
    pub fn heads(self) -> impl Iterator<Item = Result<Session>> + 's {
        self.newest()
            .map(move |id| self.read_head(&id?))
            .filter(|head| !matches!(head, Err(StoreError::Unsaved { .. })))
    }
}

/// The record in `text`. The name of a file is the record's name: a copy under another name is
/// another record, and saving it must not touch the first.
pub(super) fn record<R: Record>(id: &str, path: &Path, text: &str, parse: Parse<R>) -> Result<R> {
    if text.is_empty() && !was_emptied(path) {
        return Err(StoreError::Unsaved { id: id.to_string() });
    }
    let parsed = match text.is_empty() {
        true => Err(FormatError::Shape(EMPTIED.to_string())),
        false => parse(text),
    };
    let parsed = parsed.map_err(|source| StoreError::Unreadable {
        path: path.to_path_buf(),
        source,
    })?;
    if R::KIND.written_once && parsed.id() != id {
        let says = format!("it says that it is {}", parsed.id());
        return Err(StoreError::Unreadable {
            path: path.to_path_buf(),
            source: FormatError::Shape(says),
        });
    }
    Ok(parsed.with_id(id.to_string()))
}

fn if_missing(error: StoreError, id: &str) -> StoreError {
    if missing(&error) {
        StoreError::Gone { id: id.to_string() }
    } else {
        error
    }
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
            store.sessions().save(&session).unwrap();
            let path = store.sessions().path(&session.id);
            let mut bytes = fs::read(&path).unwrap();
            bytes.extend([0xff; 9000]);
            fs::write(&path, bytes).unwrap();
            let head = store.sessions().read_head(&session.id).unwrap();
            assert_eq!((head.notes, head.answers), (session.notes.clone(), vec![]));
            fs::remove_file(&path).unwrap();
        }
    }

    #[test]
    fn one_file_that_cannot_be_read_hides_no_other() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let sessions = [1, 2, 3, 4, 5, 6].map(|number| saved(&store, number));
        let path = |index: usize| store.sessions().path(&sessions[index].id);
        fs::write(path(0), "half a").unwrap();
        fs::write(path(1), [0xff, 0xfe]).unwrap();
        fs::write(path(2), "").unwrap();
        fs::remove_file(path(3)).unwrap();
        symlink(path(5), path(3)).unwrap();
        fs::remove_file(path(4)).unwrap();
        fs::create_dir(path(4)).unwrap();
        let (good, bad): (Vec<_>, Vec<_>) = store
            .sessions()
            .heads()
            .partition(std::result::Result::is_ok);
        assert_eq!(good.len(), 1);
        assert_eq!(bad.len(), 5);
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
                fs::write(store.sessions().path(&session.id), "half a").unwrap();
            }
        }
        assert!(store.sessions().heads().take(10).all(|head| head.is_ok()));
        assert_eq!(
            store
                .sessions()
                .heads()
                .filter(std::result::Result::is_err)
                .count(),
            2
        );
    }

    #[test]
    fn a_link_is_not_followed_and_a_pipe_is_not_waited_for() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let (one, two) = (saved(&store, 1), saved(&store, 2));
        let path = store.sessions().path(&one.id);
        fs::remove_file(&path).unwrap();
        symlink(store.sessions().path(&two.id), &path).unwrap();
        assert!(matches!(
            store.sessions().read(&one.id),
            Err(StoreError::OutOfPlace { .. })
        ));
        fs::remove_file(&path).unwrap();
        let pipe = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(pipe.unwrap().success());
        assert!(matches!(
            store.sessions().read(&one.id),
            Err(StoreError::OutOfPlace { .. })
        ));
    }

    #[test]
    fn a_copy_under_another_name_is_another_session() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let one = saved(&store, 1);
        let other = one.id.replace("00000001", "0000000f");
        fs::copy(
            store.sessions().path(&one.id),
            store.sessions().path(&other),
        )
        .unwrap();
        let mut copy = store.sessions().read(&other).unwrap();
        assert_eq!(copy.id, other);
        copy.title = "Another".to_string();
        store.sessions().save(&copy).unwrap();
        assert_eq!(store.sessions().read(&one.id).unwrap(), one);
    }
}
