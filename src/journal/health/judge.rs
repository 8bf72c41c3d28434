//! One file among the sessions: what it is, by its name and by what is in it.

use std::fs::FileType;
use std::os::unix::fs::FileTypeExt;
use std::path::Path;
use std::time::SystemTime;

use super::super::encoding::Encoding;
use super::super::error::StoreError;
use super::super::format::{self, FormatError};
use super::super::names::{is_id, time_name};
use super::super::read::{missing, whole};
use super::super::store::Store;
use super::copies::copy_of;
use super::marks::sides;
use super::walk::{FolderEntry, mode};
use super::{HealthReport, IssueKind, Repair};
use crate::journal::vault::seal;
use crate::session::Session;

/// What is in a file.
enum FileContent {
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
    pub(super) fn judge(&self, report: &mut HealthReport, entry: &FolderEntry, now: SystemTime) {
        let FolderEntry { name, path, found } = entry;
        let form = Encoding::split(name).map(|(_, form)| form);
        let id = Encoding::split(name)
            .map(|(id, _)| id)
            .filter(|id| is_id(id));
        let copy = copy_of(name);
        let of_ours = id.is_some() || copy.is_some();
        if !found.is_file() {
            let folder_of_ours =
                matches!(name.len(), 2 | 4) && name.bytes().all(|c| c.is_ascii_digit());
            if of_ours || folder_of_ours {
                let why = Some(what_stands_there(found.file_type()));
                report.add(IssueKind::NotAFile, path, why, Some(Repair::Quarantine));
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
        report: &mut HealthReport,
        (id, form): (&str, Encoding),
        path: &Path,
        content: FileContent,
    ) {
        match content {
            // Git does not put marks into an encrypted file: there they are somebody's words.
            FileContent::Marks if form == Encoding::Plain => {
                let fix = Some(Repair::Split { id: id.to_string() });
                report.add(IssueKind::Marks, path, None, fix);
            }
            FileContent::Session(_) | FileContent::Sealed | FileContent::Marks => {
                report.sessions += 1;
                if form == Encoding::Plain && self.first_form() == Encoding::Sealed {
                    report.add(IssueKind::Plain, path, None, None);
                }
                let to = self.path_in(id, form);
                if to != path {
                    let time = time_of(id).to_string();
                    let fix = Some(Repair::Return { to, time, form });
                    report.add(IssueKind::Misplaced, path, None, fix);
                }
            }
            FileContent::Newer(why) => report.add(IssueKind::Newer, path, Some(why), None),
            FileContent::Broken(why) => {
                report.add(
                    IssueKind::Unreadable,
                    path,
                    Some(why),
                    Some(Repair::Quarantine),
                );
            }
        }
    }

    fn copy(
        &self,
        report: &mut HealthReport,
        (id, who): (&str, Option<&'static str>),
        (path, form): (&Path, Encoding),
        content: FileContent,
    ) {
        let made = match who {
            Some(who) => format!("a copy that {who} made"),
            None => String::from("a copy that somebody made"),
        };
        match content {
            FileContent::Session(_) | FileContent::Sealed => {
                report.sessions += 1;
                let original = self.path_in(id, form);
                if same(path, &original) {
                    report.add(
                        IssueKind::SameCopy,
                        path,
                        Some(made),
                        Some(Repair::RemoveCopy(original)),
                    );
                } else {
                    let fix = Some(Repair::Adopt {
                        time: time_of(id).to_string(),
                        form,
                    });
                    report.add(IssueKind::Copy, path, Some(made), fix);
                }
            }
            FileContent::Newer(why) => report.add(IssueKind::Newer, path, Some(why), None),
            FileContent::Marks => {
                let why = format!("{made}; {GIT_MARKS}");
                report.add(
                    IssueKind::Unreadable,
                    path,
                    Some(why),
                    Some(Repair::Quarantine),
                );
            }
            FileContent::Broken(why) => {
                let why = format!("{made}; {why}");
                report.add(
                    IssueKind::Unreadable,
                    path,
                    Some(why),
                    Some(Repair::Quarantine),
                );
            }
        }
    }
}

fn misnamed(report: &mut HealthReport, (path, form): (&Path, Encoding), content: FileContent) {
    match content {
        // What is in it tells when it began, and that takes a key.
        FileContent::Sealed => {
            report.sessions += 1;
            report.add(IssueKind::Misnamed, path, None, None);
        }
        FileContent::Session(session) => {
            report.sessions += 1;
            let began = session.started.0.parse::<jiff::Zoned>();
            let fix = began.ok().map(|at| Repair::Adopt {
                time: time_name(&at),
                form,
            });
            report.add(IssueKind::Misnamed, path, None, fix);
        }
        FileContent::Newer(why) => report.add(IssueKind::Newer, path, Some(why), None),
        FileContent::Marks => {
            let why = Some(GIT_MARKS.to_string());
            report.add(IssueKind::Unreadable, path, why, Some(Repair::Quarantine));
        }
        FileContent::Broken(why) => {
            report.add(
                IssueKind::Unreadable,
                path,
                Some(why),
                Some(Repair::Quarantine),
            );
        }
    }
}

impl Store {
    /// What is in a file. Without a key what is sealed is only looked at from outside.
    fn look_into(&self, path: &Path, form: Encoding) -> Result<FileContent, StoreError> {
        let bytes = match whole(path) {
            Err(error @ StoreError::TooLarge { .. }) => {
                return Ok(FileContent::Broken(error.to_string()));
            }
            bytes => bytes?,
        };
        if form == Encoding::Plain {
            return Ok(content(&bytes));
        }
        if !self.has_key() {
            return Ok(match seal::header(&bytes) {
                Ok(()) => FileContent::Sealed,
                Err(error) => FileContent::Broken(error.to_string()),
            });
        }
        Ok(match self.opened(path, form, bytes) {
            Ok(text) => content(&text),
            Err(StoreError::NotOpened { source, .. }) => FileContent::Broken(source.to_string()),
            Err(error) => return Err(error),
        })
    }
}

fn content(bytes: &[u8]) -> FileContent {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return FileContent::Broken(NOT_TEXT.to_string());
    };
    let is_session = |text: &str| format::from_text(text).is_ok();
    // Marks within somebody's words leave a file that can be read, and words that are not theirs.
    let marked = sides(text);
    let two = marked
        .as_ref()
        .is_some_and(|(one, other)| is_session(one) && is_session(other));
    match format::from_text(text) {
        _ if two => FileContent::Marks,
        Ok(session) => FileContent::Session(Box::new(session)),
        Err(error @ FormatError::Newer { .. }) => FileContent::Newer(error.to_string()),
        Err(error) if marked.is_some() => FileContent::Broken(format!("{GIT_MARKS}; {error}")),
        Err(error) => FileContent::Broken(error.to_string()),
    }
}

/// The form of a copy: its name may have more behind the ending.
fn form_of_copy(name: &str) -> Encoding {
    if name.contains(".toml.age") || name.ends_with(".age") {
        Encoding::Sealed
    } else {
        Encoding::Plain
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
