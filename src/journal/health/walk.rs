//! The walk over everything: folders, sessions and drafts.

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::super::encoding::Encoding;
use super::super::error::StoreError;
use super::super::format::FormatError;
use super::super::lock::is_held;
use super::super::names::is_id;
use super::super::store::Store;
use super::super::sweep::unfinished;
use super::super::vault::Vault;
use super::{HealthReport, IssueKind, Repair};

/// Leftovers that are younger may belong to a run that is still at it.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Names that were taken may be in use for a day.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How deep folders are looked into.
const DEEP: usize = 6;

impl Store {
    /// Looks at every file, at the time `now`. Changes nothing.
    pub fn examine(&self, now: SystemTime) -> HealthReport {
        let mut report = HealthReport::default();
        match self.check() {
            Err(StoreError::Newer { path, found, known }) => {
                let why = FormatError::Newer { found, known }.to_string();
                report.add(IssueKind::NewerFolder, path, Some(why), None);
                return report;
            }
            Err(StoreError::NoFormat { path }) => {
                report.add(IssueKind::NoFormat, path, None, Some(Repair::Format));
            }
            Err(error) => report.closed(&self.data.join("format"), &error),
            Ok(()) if self.sessions().is_dir() && !self.data.join("format").exists() => {
                report.add(
                    IssueKind::NoFormat,
                    self.data.join("format"),
                    None,
                    Some(Repair::Format),
                );
            }
            Ok(()) => {}
        }
        if let Ok(found) = fs::metadata(&self.data) {
            self.owner(&mut report, &self.data, &found);
            mode(&mut report, &self.data, &found);
        }
        if matches!(self.vault(), Ok(Vault::On))
            && let Err(error) = self.readers()
        {
            report.closed(&self.list_file(), &error);
        }
        self.folder(&mut report, &self.sessions(), now, DEEP);
        for private in [self.data.join("identities"), self.quarantine()] {
            self.private(&mut report, &private, DEEP);
        }
        self.drafts_left(&mut report, now);
        report
            .findings
            .sort_by(|one, other| (one.sort, &one.path).cmp(&(other.sort, &other.path)));
        report
    }

    /// A folder with sessions, and those in it.
    fn folder(&self, report: &mut HealthReport, folder: &Path, now: SystemTime, deep: usize) {
        for entry in self.entries(report, folder) {
            if entry.name.starts_with('.') {
                leftover(report, &entry, now);
            } else if entry.found.is_dir() && Encoding::split(&entry.name).is_none() {
                if deep > 0 {
                    self.folder(report, &entry.path, now, deep - 1);
                }
            } else {
                self.judge(report, &entry, now);
            }
        }
    }

    /// A folder whose content is private, whatever it is.
    fn private(&self, report: &mut HealthReport, folder: &Path, deep: usize) {
        for FolderEntry { path, found, .. } in self.entries(report, folder) {
            if found.is_dir() {
                if deep > 0 {
                    self.private(report, &path, deep - 1);
                }
            } else if found.is_file() {
                self.owner(report, &path, &found);
                mode(report, &path, &found);
            }
        }
    }

    /// What is in a folder of ours, after a look at the folder itself.
    fn entries(&self, report: &mut HealthReport, folder: &Path) -> Vec<FolderEntry> {
        match fs::metadata(folder) {
            Ok(found) => {
                self.owner(report, folder, &found);
                mode(report, folder, &found);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
            Err(error) => {
                report.closed(folder, &error);
                return Vec::new();
            }
        }
        let mut entries = match list(folder) {
            Ok(entries) => entries,
            Err(error) => {
                report.closed(folder, &error);
                return Vec::new();
            }
        };
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        entries
    }

    /// A name that was taken and never saved to.
    pub(super) fn unused(
        &self,
        report: &mut HealthReport,
        id: &str,
        entry: &FolderEntry,
        now: SystemTime,
    ) {
        if is_older(&entry.found, now, DAY) && !is_held(self, id) {
            let fix = Some(Repair::Sweep(id.to_string()));
            report.add(IssueKind::Unused, &entry.path, None, fix);
        }
    }

    pub(super) fn owner(&self, report: &mut HealthReport, path: &Path, found: &Metadata) {
        if found.uid() != self.us {
            let (owner, us) = (found.uid(), self.us);
            let why = format!("its owner has number {owner}, and you have number {us}");
            report.add(IssueKind::NotYours, path, Some(why), None);
        }
    }

    fn drafts_left(&self, report: &mut HealthReport, now: SystemTime) {
        for FolderEntry { name, path, found } in self.entries(report, &self.state.join("drafts")) {
            if !found.is_dir() || (is_id(&name) && is_held(self, &name)) {
                continue;
            }
            for draft in self.entries(report, &path) {
                if !is_older(&draft.found, now, HOUR) || !draft.found.is_dir() {
                    continue;
                }
                let texts = self.entries(report, &draft.path);
                for text in texts.into_iter().filter(|text| text.found.is_file()) {
                    report.add(IssueKind::Draft, text.path, None, None);
                }
            }
        }
    }
}

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

/// What a save that was cut off has left.
fn leftover(
    report: &mut HealthReport,
    FolderEntry { name, path, found }: &FolderEntry,
    now: SystemTime,
) {
    if let Some(id) = unfinished(name).filter(|_| is_older(found, now, HOUR)) {
        let fix = Some(Repair::Sweep(id.to_string()));
        report.add(IssueKind::Unfinished, path, None, fix);
    }
}

/// Whether only the owner can read a file or enter a folder, and can.
pub(super) fn mode(report: &mut HealthReport, path: &Path, found: &Metadata) {
    let mode = found.permissions().mode() & 0o7777;
    let needed = if found.is_dir() { 0o700 } else { 0o600 };
    let why = if mode & 0o077 != 0 {
        "others on this machine may use it"
    } else if mode & needed & 0o500 != needed & 0o500 {
        "you may not read it yourself"
    } else {
        return;
    };
    let why = format!("{why} (mode {mode:03o})");
    report.add(IssueKind::Mode, path, Some(why), Some(Repair::Mode(needed)));
}

fn is_older(found: &Metadata, now: SystemTime, age: Duration) -> bool {
    let changed = found.modified();
    changed.is_ok_and(|at| now.duration_since(at).is_ok_and(|old| old > age))
}
