//! What lies in the data folder beside the records: copies of them, which hold the same words, and files
//! that aren't ours. The vault can turn copies; the rest is only ever named.

use std::fs;
use std::path::{Path, PathBuf};

use super::forms::has_words;
use super::signs::begins_sealed;
use crate::journal::contents;
use crate::journal::encoding::Encoding;
use crate::journal::names::{ID_LENGTH, is_id, is_nearly_session, month_of};
use crate::journal::store::Store;
use crate::journal::temp::{is_temp, unfinished};

/// How deep folders are looked into, and at how many files.
const DEEP: usize = 16;
const MOST: usize = 50_000;

/// So much of a file tells whether it is a copy of a record.
const START: usize = 4096;

/// What is plain in the data folder by design, and holds no record.
const OURS: [&str; 4] = ["exercises", "packs", "plans", "rules"];
const OUR_FILES: [&str; 3] = ["config.toml", "contacts.toml", "format"];

/// What systems and sync programs put into every folder, without a word of anybody's; what git keeps is
/// packed, and out of reach.
const OF_PROGRAMS: [&str; 10] = [
    ".DS_Store",
    ".directory",
    ".git",
    ".gitattributes",
    ".gitignore",
    ".nomedia",
    ".stfolder",
    ".stignore",
    "Thumbs.db",
    "desktop.ini",
];

/// What lies beside the records.
#[derive(Debug, Default)]
pub struct Strays {
    /// Copies of records, plain or sealed.
    pub copies: Vec<PathBuf>,
    /// Files that are plain and not ours, and folders with too much in them to be looked through.
    pub foreign: Vec<PathBuf>,
}

/// What is expected in a folder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FolderKind {
    /// The data folder itself.
    Data,
    /// Records.
    Records,
    /// What could not be read as one.
    Quarantine,
    /// Other files of ours, which are plain.
    Ours,
    /// Anything.
    Other,
}

impl Store {
    /// Looks through the data folder for what lies beside the records. Follows no link.
    pub fn strays(&self) -> Strays {
        let mut walk = StrayWalk {
            store: self,
            found: Strays::default(),
            left: MOST,
        };
        walk.folder(&self.data, FolderKind::Data, DEEP);
        walk.found
    }

    /// Copies of records: what lies in the quarantine, and elsewhere in the data folder what is called
    /// as a record is, or nearly so, or begins as one.
    pub(super) fn beside(&self) -> Vec<PathBuf> {
        self.strays().copies
    }

    /// The copies of one record: by what they are called, or what they say.
    pub fn copies_of(&self, id: &str) -> Vec<PathBuf> {
        let is_of = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.contains(id) || named_inside(path).is_some_and(|named| named == id)
        };
        let mut copies = self.strays().copies;
        copies.retain(is_of);
        copies.sort();
        copies
    }

    /// Whether a path is below records or in the quarantine, where all that is sealed is ours.
    pub(super) fn is_among_records(&self, path: &Path) -> bool {
        self.records_at(path).is_some() || path.starts_with(self.quarantine())
    }
}

/// One look through the data folder.
struct StrayWalk<'s> {
    store: &'s Store,
    found: Strays,
    /// How many files may still be looked at.
    left: usize,
}

impl StrayWalk<'_> {
    fn folder(&mut self, folder: &Path, kind: FolderKind, deep: usize) {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        for entry in entries {
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            let Ok(found) = entry.file_type() else {
                continue;
            };
            if found.is_dir() {
                match (self.kind_below(&path, &name, kind), deep.checked_sub(1)) {
                    (Some(kind), Some(deep)) => self.folder(&path, kind, deep),
                    (Some(_), None) => self.found.foreign.push(path),
                    (None, _) => {}
                }
            } else if found.is_file() && !OF_PROGRAMS.contains(&&*name) {
                let Some(left) = self.left.checked_sub(1) else {
                    return self.found.foreign.push(folder.to_path_buf());
                };
                self.left = left;
                self.file(path, &name, kind);
            }
        }
    }

    /// What is expected in a folder below another; none where it isn't looked through.
    fn kind_below(&self, path: &Path, name: &str, above: FolderKind) -> Option<FolderKind> {
        let store = self.store;
        if OF_PROGRAMS.contains(&name) || path == store.state {
            return None;
        }
        if above != FolderKind::Data {
            return Some(above);
        }
        let is_records = store.every_kind().any(|records| records.folder() == path);
        Some(if is_records {
            FolderKind::Records
        } else if path == store.quarantine() {
            FolderKind::Quarantine
        } else if path == store.identities() || OURS.contains(&name) {
            FolderKind::Ours
        } else {
            FolderKind::Other
        })
    }

    fn file(&mut self, path: PathBuf, name: &str, kind: FolderKind) {
        let is_copy = match kind {
            FolderKind::Records if self.is_in_place(&path, name) => return,
            FolderKind::Quarantine => true,
            FolderKind::Records => is_nearly_session(name) || is_record(&path),
            FolderKind::Ours if begins_with_id(name) => true,
            // A key, a list, an exercise; or a copy that nothing can turn without harm.
            FolderKind::Ours if !is_record(&path) => return,
            FolderKind::Data if OUR_FILES.contains(&name) || is_temp(name) => return,
            FolderKind::Data | FolderKind::Ours | FolderKind::Other => begins_with_id(name),
        };
        if is_copy {
            self.found.copies.push(path);
        } else if has_words(&path) && !begins_sealed(&path) {
            self.found.foreign.push(path);
        }
    }

    /// Whether a file among records is one under its own name, or what a save of one has left.
    fn is_in_place(&self, path: &Path, name: &str) -> bool {
        let in_month = |id: &str| {
            let (year, month) = month_of(id);
            path.parent()
                .is_some_and(|folder| folder.ends_with(Path::new(year).join(month)))
        };
        let record = || {
            let (id, form) = Encoding::split(name).filter(|(id, _)| is_id(id))?;
            let records = self.store.records_at(path)?;
            (records.path_in(id, form) == path).then_some(())
        };
        record().is_some() || unfinished(name).is_some_and(in_month)
    }
}

/// Whether a file is called as a record and its copies are.
fn begins_with_id(name: &str) -> bool {
    let shown = name.trim_start_matches(['.', '#', '~']);
    shown.get(..ID_LENGTH).is_some_and(is_id)
}

/// Whether a file begins as a record does: with its name.
fn is_record(path: &Path) -> bool {
    named_inside(path).is_some()
}

/// The name of the record that a file begins as.
pub(in crate::journal) fn named_inside(path: &Path) -> Option<String> {
    let start = contents::start(path, START).unwrap_or_default();
    let text = String::from_utf8_lossy(&start);
    let mut names = text.lines().filter_map(|line| {
        let value = line.trim().strip_prefix("id")?.trim_start();
        Some(value.strip_prefix('=')?.trim().trim_matches(['"', '\'']))
    });
    names.find(|name| is_id(name)).map(String::from)
}
