//! Whether every file of the sessions is as it should be, and what can be done where one is not.
//!
//! Looking changes nothing. A repair never throws words away: what it takes out of the way is moved,
//! and what it removes holds nothing, or nothing that is not also elsewhere.

mod copies;
mod judge;
mod ledger;
mod locks;
mod marks;
mod reach;
mod repair;
mod walk;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::encoding::Encoding;
use super::record::{Record, RecordCounts};
use crate::session::Session;
pub use repair::RepairOutcome;

/// What can be wrong. Each sort has one repair, or none that is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IssueKind {
    /// The data folder was written by a newer program; nothing else was looked at.
    NewerFolder,
    /// The file that says the data folder's format is missing or holds no number.
    NoFormat,
    /// It belongs to another user.
    NotYours,
    /// Others may read it, or its owner may not.
    Mode,
    /// A folder or file cannot be looked at.
    Closed,
    /// There is or was a vault, and nothing can be saved.
    Vault,
    /// Something is in the place of a lock, and is none.
    Lock,
    /// A link that leads nowhere, on the way to a folder.
    DanglingLink,
    /// It cannot be understood as a session.
    Unreadable,
    /// A session in two versions, with the marks that git puts between them.
    Marks,
    /// A session of a newer program.
    Newer,
    /// A link, pipe, folder or device where a session should be.
    NotAFile,
    /// Another version of a session, which a sync program has put beside it.
    Copy,
    /// A copy that is the same as the session it was made of.
    SameCopy,
    /// A copy of a fact that says something else: facts never change, so it was edited.
    ChangedCopy,
    /// A session in a file whose name does not fit a session.
    Misnamed,
    /// A fact in a file that has another name than the fact.
    WrongName,
    /// A session in the wrong folder for its month.
    Misplaced,
    /// A fact about a promise that is not there.
    Orphan,
    /// A record from a time that has not come yet.
    Future,
    /// A file that is nearly called as a session, and is not read.
    Ignored,
    /// A session with the name of another one in it.
    OtherName,
    /// A session that says what cannot be.
    Contradiction,
    /// A session that is not encrypted, though the vault is on.
    Plain,
    /// A file that is plain though the vault is on, and not ours.
    Foreign,
    /// A sealed session that more can open than the list has.
    Readers,
    /// A key beside the vault's, under another name.
    KeyCopy,
    /// A partner's lasting key that no list names, or one that isn't there.
    PartnerKey,
    /// A key isn't there, opens nothing, or isn't the one it was.
    LostKey,
    /// What a save that was cut off has left.
    Unfinished,
    /// A name that was taken for a session which then never began.
    Unused,
    /// A text that was open in an editor when the program ended.
    Draft,
    /// An exercise of the person's own that has errors.
    Exercise,
    /// A plan or a file of rules of the person's own that has errors, or a name that isn't read.
    OwnFile,
    /// The settings, or another file of the person's own, cannot be understood.
    Settings,
}

impl IssueKind {
    /// Every sort, in the order in which they are told, with its name for programs.
    pub const ALL: [(Self, &'static str); 35] = [
        (Self::NewerFolder, "newer-folder"),
        (Self::NoFormat, "no-format"),
        (Self::NotYours, "not-yours"),
        (Self::Mode, "mode"),
        (Self::Closed, "closed"),
        (Self::Vault, "vault"),
        (Self::Lock, "lock"),
        (Self::DanglingLink, "dangling-link"),
        (Self::Unreadable, "unreadable"),
        (Self::Marks, "marks"),
        (Self::Newer, "newer"),
        (Self::NotAFile, "not-a-file"),
        (Self::Copy, "copy"),
        (Self::SameCopy, "same-copy"),
        (Self::ChangedCopy, "changed-copy"),
        (Self::Misnamed, "misnamed"),
        (Self::WrongName, "wrong-name"),
        (Self::Misplaced, "misplaced"),
        (Self::Orphan, "orphan"),
        (Self::Future, "future"),
        (Self::Ignored, "ignored"),
        (Self::OtherName, "other-name"),
        (Self::Contradiction, "contradiction"),
        (Self::Plain, "plain"),
        (Self::Foreign, "foreign"),
        (Self::Readers, "readers"),
        (Self::KeyCopy, "key-copy"),
        (Self::PartnerKey, "partner-key"),
        (Self::LostKey, "lost-key"),
        (Self::Unfinished, "unfinished"),
        (Self::Unused, "unused"),
        (Self::Draft, "draft"),
        (Self::Exercise, "exercise"),
        (Self::OwnFile, "own-file"),
        (Self::Settings, "settings"),
    ];

    /// The name for programs.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(sort, _)| *sort == self)
            .map_or("unreadable", |(_, name)| name)
    }
}

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthIssue {
    /// What.
    pub sort: IssueKind,
    /// Where.
    pub path: PathBuf,
    /// What it is, or should be: a session or a fact.
    pub noun: &'static str,
    /// More about it, in words.
    pub why: Option<String>,
    fix: Option<Repair>,
}

impl HealthIssue {
    /// Something that only a person can repair.
    pub fn without_repair(sort: IssueKind, path: impl Into<PathBuf>, why: Option<String>) -> Self {
        Self {
            sort,
            path: path.into(),
            noun: Session::KIND.noun,
            why,
            fix: None,
        }
    }

    /// By sort, then sessions before the rest, then by path.
    fn order(&self) -> impl Ord + '_ {
        (self.sort, std::cmp::Reverse(self.noun), &self.path)
    }

    /// Whether there is a repair that is safe.
    pub fn can_be_repaired(&self) -> bool {
        self.fix.is_some()
    }
}

/// A repair.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Repair {
    /// Sets the mode.
    Mode(u32),
    /// Moves it to the quarantine.
    Quarantine,
    /// Gives it the name of a session of its own, that began at this time.
    Adopt { time: String, form: Encoding },
    /// Moves it to where its name says, or adopts it where something is there.
    Return {
        to: PathBuf,
        time: String,
        form: Encoding,
    },
    /// Moves what is written once to where its name says, or to the quarantine where something is
    /// there.
    ReturnOrQuarantine(PathBuf),
    /// Makes two sessions of two versions.
    Split { id: String },
    /// Writes the session's own name into it.
    OwnName { id: String },
    /// Removes a copy, if it still is the same as this file.
    RemoveCopy(PathBuf),
    /// Removes what this session has left, if it is not open.
    Sweep(String),
    /// Removes what an unfinished save of something else has left.
    RemoveTemp,
    /// Gives a key that is missing its name back.
    Key,
    /// Writes the format.
    Format,
}

/// What was found.
#[derive(Debug, Default)]
pub struct HealthReport {
    /// How many records are as they should be, or only lie or are named wrongly.
    pub records: RecordCounts,
    /// What is not as it should be, by sort, then by path.
    pub findings: Vec<HealthIssue>,
}

impl Repair {
    /// Sets the mode of what is there itself, or of a folder that a link leads to; what else a link leads
    /// to may be anybody's.
    fn mode(path: &Path, mode: u32) -> Option<Self> {
        (path.is_dir() || !path.is_symlink()).then_some(Self::Mode(mode))
    }
}

impl HealthReport {
    /// Looks at a file of the person's that isn't among the records: whether others may write to it,
    /// or, where it is `private`, read it.
    pub fn file(&mut self, path: &Path, private: bool) {
        let Ok(found) = fs::metadata(path) else {
            return;
        };
        let mode = found.permissions().mode();
        if mode & if private { 0o077 } else { 0o022 } != 0 {
            let why = format!(
                "others on this machine may use it (mode {:03o})",
                mode & 0o7777
            );
            self.add(IssueKind::Mode, path, Some(why), Repair::mode(path, 0o600));
        }
    }

    /// Notes which of the keys beside a missing one is the vault's: no other gets its name.
    pub fn key_is(&mut self, right: Option<&Path>) {
        let mut findings = self.findings.iter_mut();
        while let Some(key) = findings.find(|one| one.sort == IssueKind::KeyCopy) {
            key.fix = (right == Some(&key.path)).then_some(Repair::Key);
        }
    }

    fn add(
        &mut self,
        sort: IssueKind,
        path: impl Into<PathBuf>,
        why: Option<String>,
        fix: Option<Repair>,
    ) {
        self.findings.push(HealthIssue {
            sort,
            path: path.into(),
            noun: Session::KIND.noun,
            why,
            fix,
        });
    }
}

#[cfg(test)]
mod tests;
