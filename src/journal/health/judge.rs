//! One file among the sessions: what it is, by its name and by what is in it.

use std::fs::FileType;
use std::os::unix::fs::FileTypeExt;
use std::path::Path;
use std::time::SystemTime;

use super::super::error::StoreError;
use super::super::form::Form;
use super::super::format::{self, FormatError};
use super::super::names::{is_id, time_name};
use super::super::read::{missing, whole};
use super::super::store::Store;
use super::copies::copy_of;
use super::marks::sides;
use super::walk::{Entry, mode};
use super::{Fix, Report, Sort};
use crate::journal::vault::seal;
use crate::session::Session;

/// What is in a file.
enum Content {
    Session(Box<Session>),
    /// It is encrypted, and begins as it should.
    Sealed,
    /// Two versions, each of which is a session.
    Marks,
    Newer(String),
    Broken(String),
}

impl Store {
    /// Says what is wrong with one file among the sessions, if anything.
    pub(super) fn judge(&self, report: &mut Report, entry: &Entry, now: SystemTime) {
        let Entry { name, path, found } = entry;
        let form = Form::split(name).map(|(_, form)| form);
        let id = Form::split(name).map(|(id, _)| id).filter(|id| is_id(id));
        let copy = copy_of(name);
        let of_ours = id.is_some() || copy.is_some();
        if !found.is_file() {
            let folder_of_ours =
                matches!(name.len(), 2 | 4) && name.bytes().all(|c| c.is_ascii_digit());
            if of_ours || folder_of_ours {
                let why = Some(what_stands_there(found.file_type()));
                report.add(Sort::NotAFile, path, why, Some(Fix::Quarantine));
            }
            return;
        }
        let Some(form) = form.or(copy.map(|_| form_of_copy(name))) else {
            return;
        };
        if let Some(id) = id.filter(|_| found.len() == 0) {
            return self.unused(report, id, entry, now);
        }
        self.owner(report, path, found);
        mode(report, path, found);
        match (self.look_into(path, form), id, copy) {
            (Ok(content), Some(id), _) => self.session(report, (id, form), path, content),
            (Ok(content), None, Some(copy)) => self.copy(report, copy, (path, form), content),
            (Ok(content), None, None) => misnamed(report, (path, form), content),
            // Gone since the folder was listed.
            (Err(error), ..) if missing(&error) => {}
            (Err(error), ..) => report.closed(path, &error),
        }
    }

    fn session(
        &self,
        report: &mut Report,
        (id, form): (&str, Form),
        path: &Path,
        content: Content,
    ) {
        match content {
            // Git does not put marks into an encrypted file: there they are somebody's words.
            Content::Marks if form == Form::Plain => {
                let fix = Some(Fix::Split { id: id.to_string() });
                report.add(Sort::Marks, path, None, fix);
            }
            Content::Session(_) | Content::Sealed | Content::Marks => {
                report.sessions += 1;
                if form == Form::Plain && self.first_form() == Form::Sealed {
                    report.add(Sort::Plain, path, None, None);
                }
                let to = self.path_in(id, form);
                if to != path {
                    let time = time_of(id).to_string();
                    let fix = Some(Fix::Return { to, time, form });
                    report.add(Sort::Misplaced, path, None, fix);
                }
            }
            Content::Newer(why) => report.add(Sort::Newer, path, Some(why), None),
            Content::Broken(why) => {
                report.add(Sort::Unreadable, path, Some(why), Some(Fix::Quarantine));
            }
        }
    }

    fn copy(
        &self,
        report: &mut Report,
        (id, who): (&str, Option<&'static str>),
        (path, form): (&Path, Form),
        content: Content,
    ) {
        let made = match who {
            Some(who) => format!("a copy that {who} made"),
            None => String::from("a copy that somebody made"),
        };
        match content {
            Content::Session(_) | Content::Sealed => {
                report.sessions += 1;
                let original = self.path_in(id, form);
                if same(path, &original) {
                    report.add(
                        Sort::SameCopy,
                        path,
                        Some(made),
                        Some(Fix::RemoveCopy(original)),
                    );
                } else {
                    let fix = Some(Fix::Adopt {
                        time: time_of(id).to_string(),
                        form,
                    });
                    report.add(Sort::Copy, path, Some(made), fix);
                }
            }
            Content::Newer(why) => report.add(Sort::Newer, path, Some(why), None),
            Content::Marks => {
                let why = format!("{made}; {GIT_MARKS}");
                report.add(Sort::Unreadable, path, Some(why), Some(Fix::Quarantine));
            }
            Content::Broken(why) => {
                let why = format!("{made}; {why}");
                report.add(Sort::Unreadable, path, Some(why), Some(Fix::Quarantine));
            }
        }
    }
}

fn misnamed(report: &mut Report, (path, form): (&Path, Form), content: Content) {
    match content {
        // What is in it tells when it began, and that takes a key.
        Content::Sealed => {
            report.sessions += 1;
            report.add(Sort::Misnamed, path, None, None);
        }
        Content::Session(session) => {
            report.sessions += 1;
            let began = session.started.0.parse::<jiff::Zoned>();
            let fix = began.ok().map(|at| Fix::Adopt {
                time: time_name(&at),
                form,
            });
            report.add(Sort::Misnamed, path, None, fix);
        }
        Content::Newer(why) => report.add(Sort::Newer, path, Some(why), None),
        Content::Marks => {
            let why = Some(GIT_MARKS.to_string());
            report.add(Sort::Unreadable, path, why, Some(Fix::Quarantine));
        }
        Content::Broken(why) => {
            report.add(Sort::Unreadable, path, Some(why), Some(Fix::Quarantine));
        }
    }
}

impl Store {
    /// What is in a file. Without a key what is sealed is only looked at from outside.
    fn look_into(&self, path: &Path, form: Form) -> Result<Content, StoreError> {
        let bytes = match whole(path) {
            Err(error @ StoreError::TooLarge { .. }) => {
                return Ok(Content::Broken(error.to_string()));
            }
            bytes => bytes?,
        };
        if form == Form::Plain {
            return Ok(content(&bytes));
        }
        if !self.has_key() {
            return Ok(match seal::header(&bytes) {
                Ok(()) => Content::Sealed,
                Err(error) => Content::Broken(error.to_string()),
            });
        }
        Ok(match self.opened(path, form, bytes) {
            Ok(text) => content(&text),
            Err(StoreError::NotOpened { source, .. }) => Content::Broken(source.to_string()),
            Err(error) => return Err(error),
        })
    }
}

fn content(bytes: &[u8]) -> Content {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Content::Broken(NOT_TEXT.to_string());
    };
    let is_session = |text: &str| format::from_text(text).is_ok();
    // Marks within somebody's words leave a file that can be read, and words that are not theirs.
    let marked = sides(text);
    let two = marked
        .as_ref()
        .is_some_and(|(one, other)| is_session(one) && is_session(other));
    match format::from_text(text) {
        _ if two => Content::Marks,
        Ok(session) => Content::Session(Box::new(session)),
        Err(error @ FormatError::Newer { .. }) => Content::Newer(error.to_string()),
        Err(error) if marked.is_some() => Content::Broken(format!("{GIT_MARKS}; {error}")),
        Err(error) => Content::Broken(error.to_string()),
    }
}

/// The form of a copy: its name may have more behind the ending.
fn form_of_copy(name: &str) -> Form {
    if name.contains(".toml.age") || name.ends_with(".age") {
        Form::Sealed
    } else {
        Form::Plain
    }
}

/// Whether two files hold the same.
pub(super) fn same(one: &Path, other: &Path) -> bool {
    matches!((whole(one), whole(other)), (Ok(one), Ok(other)) if one == other)
}

/// The time in the name of a session.
fn time_of(id: &str) -> &str {
    id.rsplit_once('-').map_or(id, |(time, _)| time)
}

fn what_stands_there(kind: FileType) -> String {
    let what = if kind.is_symlink() {
        "a link"
    } else if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    };
    what.to_string()
}

const NOT_TEXT: &str = "it is not text";
const GIT_MARKS: &str = "it holds two versions, with git's conflict marks";
