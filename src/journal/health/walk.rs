//! The walk over everything: folders, records and drafts.

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::super::contents::{missing, whole_text};
use super::super::encoding::Encoding;
use super::super::error::{Operation, StoreError};
use super::super::format::FormatError;
use super::super::lock::is_held;
use super::super::names::is_nearly_session;
use super::super::records::Records;
use super::super::store::{Store, WorkListener};
use super::super::sweep::is_plain_leftover;
use super::super::temp::unfinished;
use super::super::vault::Vault;
use super::super::vault::forms::has_words;
use super::super::vault::signs::begins_sealed;
use super::{HealthReport, IssueKind, Repair};
use crate::input::{dangling_link, foreign};

/// Leftovers that are younger may belong to a run that is still at it.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Names that were taken may be in use for a day.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How deep folders are looked into.
const DEEP: usize = 6;

/// The folder of a session's drafts, and that of one of them.
const DRAFTS_DEEP: usize = 2;

impl Store {
    /// Looks at every file, at the time `now`. Changes nothing. `tell` hears how many records were
    /// looked at; where it breaks, the report is of these.
    pub fn examine(&self, now: SystemTime, tell: &mut WorkListener<'_>) -> HealthReport {
        let mut examiner = Examiner {
            store: self,
            now,
            readers: None,
            is_sealed: self.seals_all(),
            report: HealthReport::default(),
            looked: 0,
            tell,
        };
        examiner.all();
        let mut report = examiner.report;
        report
            .findings
            .sort_by(|one, other| one.order().cmp(&other.order()));
        report
    }
}

/// One look at everything in a store.
pub(super) struct Examiner<'s, 't> {
    /// How many records were looked at.
    looked: usize,
    tell: &'s mut WorkListener<'t>,
    pub(super) store: &'s Store,
    pub(super) now: SystemTime,
    /// How many can read what is saved, where the vault is on.
    pub(super) readers: Option<usize>,
    /// Whether all that is saved should be sealed.
    pub(super) is_sealed: bool,
    pub(super) report: HealthReport,
}

impl<'s> Examiner<'s, '_> {
    fn all(&mut self) {
        let store = self.store;
        let no_format = self.lacks_format();
        match store.check() {
            Err(StoreError::Newer { path, found, known }) => {
                let why = FormatError::Newer { found, known }.to_string();
                return self
                    .report
                    .add(IssueKind::NewerFolder, path, Some(why), None);
            }
            Err(StoreError::LeadsNowhere { path }) => {
                self.report.add(IssueKind::DanglingLink, path, None, None);
            }
            Err(StoreError::NoFormat { path }) => {
                self.report
                    .add(IssueKind::NoFormat, path, None, Some(Repair::Format));
            }
            // The folder itself is looked at below.
            Err(StoreError::Io {
                doing: Operation::List,
                ..
            }) => {}
            Err(error) => self.closed(&store.data.join("format"), &error),
            Ok(()) if no_format => {
                self.report.add(
                    IssueKind::NoFormat,
                    store.data.join("format"),
                    None,
                    Some(Repair::Format),
                );
            }
            Ok(()) => {}
        }
        for name in ["plans", "rules", "quarantine"] {
            let folder = store.data.join(name);
            if dangling_link(&folder).is_some() {
                self.report.add(IssueKind::DanglingLink, folder, None, None);
            }
        }
        self.folders_of_others();
        self.keys_of_two();
        if let Ok(found) = fs::metadata(&store.data) {
            self.owner_and_mode(&store.data, &found);
        }
        if !matches!(
            store.vault(),
            Ok(Vault::Off) | Err(StoreError::LeadsNowhere { .. })
        ) && let Err(error) = store.sealing()
        {
            let in_disorder = match &error {
                StoreError::KeyMissing { path, .. }
                | StoreError::NoReaders { path }
                | StoreError::BadReaders { path, .. }
                | StoreError::OwnerMissing { path }
                | StoreError::OwnerUnknown { path } => Some(path.clone()),
                StoreError::HalfTurned { .. } | StoreError::KeyMixup(_) => Some(store.identities()),
                _ => None,
            };
            match in_disorder {
                Some(path) => {
                    let why = Some(error.to_string());
                    self.report.add(IssueKind::Vault, path, why, None);
                }
                None => {
                    let path = match &error {
                        StoreError::Io { path, .. } => path.clone(),
                        _ => store.list_file(),
                    };
                    self.closed(&path, &error);
                }
            }
        }
        for copy in store.key_copies() {
            let lost = store.identity_file().symlink_metadata().is_err();
            let fix = lost.then_some(Repair::Key);
            self.report.add(IssueKind::KeyCopy, copy, None, fix);
        }
        if matches!(store.vault(), Ok(Vault::KeyMissing)) {
            let is_needed = store.turned_off_elsewhere().is_none();
            for (nth, key) in store.kept_keys().into_iter().enumerate() {
                let fix = (nth == 0 && is_needed).then_some(Repair::Key);
                let why = Some(KEPT.to_string());
                self.report.add(IssueKind::KeyCopy, key, why, fix);
            }
        }
        match store.partners() {
            Ok(_) => {
                for path in store.unlisted_partner_keys() {
                    self.report.add(IssueKind::PartnerKey, path, None, None);
                }
            }
            Err(error) => self.closed(&store.partners_file(), &error),
        }
        self.readers = store.readers().ok().map(|readers| readers.len());
        for records in store.every_kind() {
            self.folder(records, &records.folder(), DEEP);
        }
        self.orphans();
        if self.is_sealed {
            self.strays();
        }
        for private in [store.data.join("identities"), store.quarantine()] {
            self.private(&private, DEEP);
        }
        for path in store.temps() {
            let found = path.symlink_metadata();
            if found.is_ok_and(|found| is_older(&found, self.now, HOUR)) {
                let fix = Some(Repair::RemoveTemp);
                self.report.add(IssueKind::Unfinished, path, None, fix);
            }
        }
        self.drafts_left();
        self.locks();
    }

    /// Something that cannot be looked at. Where that is because it, or a folder above it, belongs to
    /// somebody else, that is said.
    pub(super) fn closed(&mut self, path: &Path, error: &dyn std::error::Error) {
        if let Some((theirs, owner)) = foreign(path, self.store.us) {
            return self.not_yours(&theirs, owner);
        }
        let why = error
            .source()
            .map_or_else(|| error.to_string(), std::string::ToString::to_string);
        self.report.add(IssueKind::Closed, path, Some(why), None);
    }

    fn not_yours(&mut self, path: &Path, owner: u32) {
        let us = self.store.us;
        let why = format!("its owner has number {owner}, and you have number {us}");
        let mut known = self.report.findings.iter();
        // One folder closes many files.
        if !known.any(|one| one.sort == IssueKind::NotYours && one.path == path) {
            self.report.add(IssueKind::NotYours, path, Some(why), None);
        }
    }

    /// Whether there are records and nothing says the data folder's format.
    fn lacks_format(&self) -> bool {
        let mut kinds = self.store.every_kind();
        kinds.any(|records| records.folder().is_dir()) && !self.store.data.join("format").exists()
    }

    /// A folder with records, and those in it.
    fn folder(&mut self, records: Records<'s>, folder: &Path, deep: usize) {
        for entry in self.entries(folder) {
            if entry.name.starts_with('.') {
                self.leftover(&entry);
            } else if entry.found.is_dir() && Encoding::split(&entry.name).is_none() {
                if deep > 0 {
                    self.folder(records, &entry.path, deep - 1);
                }
            } else if dangling_link(&entry.path).is_some() && Encoding::split(&entry.name).is_none()
            {
                let path = entry.path;
                self.report.add(IssueKind::DanglingLink, path, None, None);
            } else {
                self.judge(records, &entry);
                self.looked += 1;
                if (self.tell)(self.looked).is_break() {
                    return;
                }
            }
        }
    }

    /// A folder whose content is private, whatever it is.
    fn private(&mut self, folder: &Path, deep: usize) {
        for FolderEntry { path, found, .. } in self.entries(folder) {
            if found.is_dir() {
                if deep > 0 {
                    self.private(&path, deep - 1);
                }
            } else if found.is_file() {
                self.owner_and_mode(&path, &found);
            }
        }
    }

    /// What is in a folder of ours, after a look at the folder itself.
    pub(super) fn entries(&mut self, folder: &Path) -> Vec<FolderEntry> {
        match fs::metadata(folder) {
            Ok(found) if found.is_dir() => self.owner_and_mode(folder, &found),
            Ok(_) => {
                self.closed(folder, &io::Error::from(io::ErrorKind::NotADirectory));
                return Vec::new();
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
            Err(error) => {
                self.closed(folder, &error);
                return Vec::new();
            }
        }
        let mut entries = match list(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.closed(folder, &error);
                return Vec::new();
            }
        };
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        entries
    }

    /// A name that was taken and never saved to.
    pub(super) fn unused(&mut self, id: &str, entry: &FolderEntry) {
        if is_older(&entry.found, self.now, DAY) && !is_held(self.store, id) {
            let fix = Some(Repair::Sweep(id.to_string()));
            self.report.add(IssueKind::Unused, &entry.path, None, fix);
        }
    }

    /// Whether a file or folder is its owner's alone, and the owner is us.
    pub(super) fn owner_and_mode(&mut self, path: &Path, found: &Metadata) {
        mode(&mut self.report, path, found);
        if found.uid() != self.store.us {
            self.not_yours(path, found.uid());
        }
    }

    /// What a save that was cut off has left.
    fn leftover(&mut self, FolderEntry { name, path, found }: &FolderEntry) {
        if let Some(id) = unfinished(name) {
            if self.store.is_renamed_session(path) {
                self.renamed(id, path);
            } else if is_plain_leftover(name, path) && self.is_sealed {
                if !self.store.is_being_saved(id, path, self.now) {
                    let why = Some(LEFT_PLAIN.to_string());
                    self.report.add(IssueKind::Plain, path, why, None);
                }
            } else if is_older(found, self.now, HOUR) {
                let fix = Some(Repair::Sweep(id.to_string()));
                self.report.add(IssueKind::Unfinished, path, None, fix);
            }
        } else if is_nearly_session(name) {
            let why = name.ends_with(".icloud").then(|| ELSEWHERE.to_string());
            self.report.add(IssueKind::Ignored, path, why, None);
        }
    }

    /// What is plain in the data folder beside the records, though the vault is on.
    fn strays(&mut self) {
        let strays = self.store.strays();
        for path in strays.copies {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            // Among the records, what is called nearly so was looked at there.
            let is_known = self.store.records_at(&path).is_some() && is_nearly_session(&name);
            if !is_known && has_words(&path) && !begins_sealed(&path) {
                self.report.add(IssueKind::Plain, path, None, None);
            }
        }
        for path in strays.foreign {
            self.report.add(IssueKind::Foreign, path, None, None);
        }
    }

    fn drafts_left(&mut self) {
        self.folders_of_drafts(&self.store.state.join("drafts"), DRAFTS_DEEP);
        let noted = self.store.draft_folders_file();
        if let Err(error) = whole_text(&noted)
            && !missing(&error)
        {
            self.closed(&noted, &error);
        }
        for text in self.store.drafts_left_at(self.now) {
            self.report.add(IssueKind::Draft, text, None, None);
        }
    }

    /// Looks at what lies in the folders of drafts, for who else can use it.
    fn folders_of_drafts(&mut self, folder: &Path, deep: usize) {
        for entry in self.entries(folder) {
            if entry.found.is_dir() && deep > 0 {
                self.folders_of_drafts(&entry.path, deep - 1);
            }
        }
    }
}

const KEPT: &str = "it was kept when you turned the vault off";
const LEFT_PLAIN: &str = "a save that was interrupted left it";
const ELSEWHERE: &str = "iCloud keeps it elsewhere; open its folder to have it fetched";

/// Something in a folder. What a link leads to is not looked at.
pub(super) struct FolderEntry {
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) found: Metadata,
}

fn list(folder: &Path) -> io::Result<Vec<FolderEntry>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        match fs::symlink_metadata(&path) {
            Ok(found) => all.push(FolderEntry { name, path, found }),
            // Gone since the folder was listed.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(all)
}

/// Whether only the owner can read a file or enter a folder, and can.
pub(super) fn mode(report: &mut HealthReport, path: &Path, found: &Metadata) {
    let mode = found.permissions().mode() & 0o7777;
    let needed = if found.is_dir() { 0o700 } else { 0o600 };
    let why = if mode & 0o077 != 0 {
        "other people on this machine can use it"
    } else if mode & needed & 0o500 != needed & 0o500 {
        "you aren’t allowed to read it yourself"
    } else {
        return;
    };
    let why = format!("{why} (mode {mode:03o})");
    report.add(IssueKind::Mode, path, Some(why), Repair::mode(path, needed));
}

fn is_older(found: &Metadata, now: SystemTime, age: Duration) -> bool {
    let changed = found.modified();
    changed.is_ok_and(|at| now.duration_since(at).is_ok_and(|old| old > age))
}
