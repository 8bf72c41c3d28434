//! One file among the records: what it is, by its name and by what is in it.

use std::fs::FileType;
use std::os::unix::fs::FileTypeExt;
use std::path::Path;

use super::super::contents::{EMPTIED, missing, was_emptied, whole};
use super::super::encoding::Encoding;
use super::super::error::StoreError;
use super::super::format::FormatError;
use super::super::names::{is_id, is_nearly_session, time_name};
use super::super::record::RecordKind;
use super::super::records::Records;
use super::super::store::Store;
use super::copies::copy_of;
use super::marks::sides;
use super::walk::{Examiner, FolderEntry};
use super::{IssueKind, Repair};
use crate::journal::vault::openers::openers;
use crate::journal::vault::seal::{self, OpenError};
use crate::journal::vault::signs::begins_sealed;
use crate::session::Moment;

/// What is in a file.
enum FileContent {
    /// The name that it says it has, and when it began.
    Record(String, Moment),
    /// It is encrypted, and begins as it should.
    Sealed,
    /// Two versions, each of which is a record.
    Marks,
    Newer(String),
    Broken(String),
    /// Sealed for another key, and one lies beside the vault's.
    Waits,
}

impl<'s> Examiner<'s, '_> {
    /// Says what is wrong with one file among the records, if anything.
    pub(super) fn judge(&mut self, records: Records<'s>, entry: &FolderEntry) {
        let before = self.report.findings.len();
        self.judge_file(records, entry);
        for finding in &mut self.report.findings[before..] {
            finding.noun = records.kind.noun;
        }
    }

    fn judge_file(&mut self, records: Records<'s>, entry: &FolderEntry) {
        let FolderEntry { name, path, found } = entry;
        let split = Encoding::split(name);
        let id = split.map(|(id, _)| id).filter(|id| is_id(id));
        let copy = copy_of(name).filter(|_| id.is_none());
        if !found.is_file() {
            let folder_of_ours =
                matches!(name.len(), 2 | 4) && name.bytes().all(|c| c.is_ascii_digit());
            if id.is_some() || copy.is_some() || folder_of_ours {
                let why = what_stands_there(found.file_type());
                let fix = Some(Repair::Quarantine);
                let report = &mut self.report;
                report.add(IssueKind::NotAFile, path, Some(why.to_string()), fix);
            }
            return;
        }
        let form = split.map(|(_, form)| form);
        let nearly = is_nearly_session(name).then(|| form_of_copy(name));
        let Some(form) = form.or(copy.map(|_| form_of_copy(name))).or(nearly) else {
            return;
        };
        if let Some(id) = id.filter(|_| found.len() == 0) {
            if !was_emptied(path) {
                return self.unused(id, entry);
            }
            let (why, fix) = (Some(EMPTIED.to_string()), Some(Repair::Quarantine));
            return self.report.add(IssueKind::Unreadable, path, why, fix);
        }
        self.owner_and_mode(path, found);
        // What is sealed may have lost its ending.
        let form = match begins_sealed(path) {
            true => Encoding::Sealed,
            false => form,
        };
        let content = match look_into(records, path, form) {
            Ok(content) => content,
            // Gone since the folder was listed.
            Err(error) if missing(&error) => return,
            Err(error) => return self.closed(path, &error),
        };
        if let (Encoding::Sealed, Some(readers), Some(count)) = (form, self.readers, openers(path))
            && count > readers
        {
            let why = format!("{count} can open it, and the list has {readers}");
            self.report.add(IssueKind::Readers, path, Some(why), None);
        }
        let file = FileExamined {
            records,
            path,
            form,
            made: copy.map(|(_, who)| made_by(who)),
        };
        match (content, id, copy) {
            // What is written once has no two versions that both count.
            (FileContent::Marks, ..) if records.kind.written_once => {
                self.unreadable(&file, GIT_MARKS);
            }
            // Git does not put marks into an encrypted file: there they are somebody's words.
            (FileContent::Marks, Some(id), _) if form == Encoding::Plain => {
                let fix = Some(Repair::Split { id: id.to_string() });
                self.report.add(IssueKind::Marks, path, None, fix);
            }
            (FileContent::Newer(why), ..) => {
                self.report.add(IssueKind::Newer, path, Some(why), None);
            }
            // What only looks like one of ours may be anything.
            (FileContent::Broken(why), None, None) if split.is_none() => {
                self.report.add(IssueKind::Ignored, path, Some(why), None);
            }
            (FileContent::Broken(why), ..) => self.unreadable(&file, &why),
            (FileContent::Waits, ..) => {
                let why = Some(WAITS.to_string());
                self.report.add(IssueKind::Unreadable, path, why, None);
            }
            (content, Some(id), _) => self.named(&file, id, &content),
            (FileContent::Marks, None, _) => self.unreadable(&file, GIT_MARKS),
            (_, None, Some((id, who))) => self.copy(file, id, who.is_none()),
            (content, None, None) => self.misnamed(&file, &content),
        }
    }

    fn unreadable(&mut self, file: &FileExamined<'_>, why: &str) {
        let why = match &file.made {
            Some(made) => format!("{made}; {why}"),
            None => why.to_string(),
        };
        let fix = Some(Repair::Quarantine);
        let report = &mut self.report;
        report.add(IssueKind::Unreadable, file.path, Some(why), fix);
    }

    /// A record under a name of its own.
    fn named(&mut self, file: &FileExamined<'_>, id: &str, content: &FileContent) {
        let (path, form, kind) = (file.path, file.form, file.records.kind);
        if kind.written_once
            && let FileContent::Record(says, _) = content
            && says != id
        {
            return self.wrong_name(file, says);
        }
        self.report.records.add(kind);
        if let FileContent::Record(says, _) = content
            && form == Encoding::Plain
        {
            self.says(file, id, says);
        }
        if self.is_ahead(id) {
            self.report.add(IssueKind::Future, path, None, None);
        }
        if form == Encoding::Plain && self.is_sealed {
            self.report.add(IssueKind::Plain, path, None, None);
        }
        let to = file.records.path_in(id, form);
        if to != path {
            let time = time_of(id).to_string();
            let (sort, why) = match path.file_name() == to.file_name() {
                true => (IssueKind::Misplaced, None),
                false => (IssueKind::Misnamed, Some(NO_ENDING.to_string())),
            };
            let fix = Some(match kind.written_once {
                true => Repair::ReturnOrQuarantine(to),
                false => Repair::Return { to, time, form },
            });
            self.report.add(sort, path, why, fix);
        }
    }

    /// What a record of this name says that cannot be.
    fn says(&mut self, file: &FileExamined<'_>, id: &str, says: &str) {
        let path = file.path;
        if says != id {
            let fix = Some(Repair::OwnName { id: id.to_string() });
            let why = format!("the name in it is {says}");
            let report = &mut self.report;
            report.add(IssueKind::OtherName, path, Some(why), fix);
        }
        let text = whole(path)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok());
        let contradictions = file.records.kind.contradictions;
        let odd = text.map_or_else(Vec::new, |text| contradictions(&text));
        if !odd.is_empty() {
            let why = Some(odd.join("; "));
            self.report.add(IssueKind::Contradiction, path, why, None);
        }
    }

    /// A record that says that it has the name `says`.
    fn wrong_name(&mut self, file: &FileExamined<'_>, says: &str) {
        let why = format!("it says that it is {says}");
        if !is_id(says) {
            return self.unreadable(file, &why);
        }
        self.report.records.add(file.records.kind);
        let fix = Repair::ReturnOrQuarantine(file.records.path_in(says, file.form));
        let report = &mut self.report;
        report.add(IssueKind::WrongName, file.path, Some(why), Some(fix));
    }

    /// A sealed session that was given the name of an unfinished save.
    pub(super) fn renamed(&mut self, id: &str, path: &Path) {
        if self.store.is_being_saved(id, path, self.now) {
            return;
        }
        let (form, time) = (Encoding::Sealed, time_of(id).to_string());
        let to = self.store.sessions().path_in(id, form);
        let fix = Some(Repair::Return { to, time, form });
        self.report.add(IssueKind::Misnamed, path, None, fix);
    }

    /// A record under the name of a copy of `id`.
    fn copy(&mut self, file: FileExamined<'_>, id: &str, by_hand: bool) {
        let (path, form, kind) = (file.path, file.form, file.records.kind);
        self.report.records.add(kind);
        let original = match kind.written_once {
            true => file.records.path(id),
            false => file.records.path_in(id, form),
        };
        let time = time_of(id).to_string();
        let (sort, fix) = if same(self.store, path, &original) {
            (IssueKind::SameCopy, Some(Repair::RemoveCopy(original)))
        } else if !kind.written_once && by_hand && !original.exists() {
            let to = original;
            (IssueKind::Misnamed, Some(Repair::Return { to, time, form }))
        } else if !kind.written_once {
            (IssueKind::Copy, Some(Repair::Adopt { time, form }))
        } else if !original.exists() {
            let fix = Repair::ReturnOrQuarantine(original);
            (IssueKind::WrongName, Some(fix))
        } else {
            // Without the key nobody can tell whether the same words are in it.
            let is_known = form == Encoding::Plain || self.store.has_key();
            (
                IssueKind::ChangedCopy,
                is_known.then_some(Repair::Quarantine),
            )
        };
        self.report.add(sort, path, file.made, fix);
    }

    /// A record under another name. One that is sealed tells when it began to a key alone.
    fn misnamed(&mut self, file: &FileExamined<'_>, content: &FileContent) {
        let began = match content {
            FileContent::Record(says, _) if file.records.kind.written_once => {
                return self.wrong_name(file, says);
            }
            FileContent::Record(_, started) => started.0.parse::<jiff::Zoned>().ok(),
            _ => None,
        };
        self.report.records.add(file.records.kind);
        let fix = began.map(|at| Repair::Adopt {
            time: time_name(&at),
            form: file.form,
        });
        self.report.add(IssueKind::Misnamed, file.path, None, fix);
    }
}

/// A file that could be looked into.
struct FileExamined<'f> {
    records: Records<'f>,
    path: &'f Path,
    form: Encoding,
    /// Who made a copy, in words, where it is one.
    made: Option<String>,
}

/// What is in a file. Without a key what is sealed is only looked at from outside.
fn look_into(records: Records<'_>, path: &Path, form: Encoding) -> Result<FileContent, StoreError> {
    let bytes = match whole(path) {
        Err(error @ StoreError::TooLarge { .. }) => {
            return Ok(FileContent::Broken(error.to_string()));
        }
        bytes => bytes?,
    };
    if form == Encoding::Plain {
        return Ok(content(records.kind, &bytes));
    }
    if !records.store.has_key() {
        return Ok(match seal::header(&bytes) {
            Ok(()) => FileContent::Sealed,
            Err(error) => FileContent::Broken(error.to_string()),
        });
    }
    Ok(match records.store.opened(path, form, bytes) {
        Ok(text) => content(records.kind, &text),
        Err(StoreError::NotOpened {
            source: OpenError::NotForUs,
            ..
        }) if records.store.has_other_keys() => FileContent::Waits,
        Err(StoreError::NotOpened { source, .. }) => FileContent::Broken(source.to_string()),
        Err(error) => return Err(error),
    })
}

fn content(kind: &RecordKind, bytes: &[u8]) -> FileContent {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return FileContent::Broken(NOT_TEXT.to_string());
    };
    let is_record = |text: &str| (kind.head)(text).is_ok();
    // Marks within somebody's words leave a file that can be read, and words that are not theirs.
    let marked = sides(text);
    let two = marked
        .as_ref()
        .is_some_and(|(one, other)| is_record(one) && is_record(other));
    match (kind.head)(text) {
        _ if two => FileContent::Marks,
        Ok((says, started)) => FileContent::Record(says, started),
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

/// Whether two files hold the same: the same bytes or, as far as there is a key, the same words.
pub(super) fn same(store: &Store, one: &Path, other: &Path) -> bool {
    let (Ok(first), Ok(second)) = (whole(one), whole(other)) else {
        return false;
    };
    let words = |path, bytes: Vec<u8>| {
        let form = match seal::is_sealed(&bytes) {
            true => Encoding::Sealed,
            false => Encoding::Plain,
        };
        store.opened(path, form, bytes).ok()
    };
    first == second
        || matches!((words(one, first), words(other, second)), (Some(one), Some(other)) if one == other)
}

/// The time in the name of a session.
fn time_of(id: &str) -> &str {
    id.rsplit_once('-').map_or(id, |(time, _)| time)
}

/// What a copy is, in words.
fn made_by(who: Option<&str>) -> String {
    format!("a copy that {} made", who.unwrap_or("somebody"))
}

fn what_stands_there(kind: FileType) -> &'static str {
    if kind.is_symlink() {
        "a link"
    } else if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

const NO_ENDING: &str = "it’s encrypted, and its name doesn’t end with .age";
const WAITS: &str = "it’s encrypted for another key; one that lies beside yours may open it";
const NOT_TEXT: &str = "it isn’t text";
const GIT_MARKS: &str = "it holds two versions, with git’s conflict marks";
