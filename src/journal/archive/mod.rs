//! One file with everything that is the person's: written whole or not at all, and proven before
//! anything of it is put back.
//!
//! It is a tar archive, so that any tool can look into it. First comes `HEAD`, which says what it
//! is, then the files by name, and last `SUMS` with the hash of each, as `sha256sum --check` reads
//! it: an archive that was cut off has none. The same files give the same archive, byte for byte.

mod pack;
mod prove;
mod put_back;

use std::path::{Path, PathBuf};

pub use pack::ArchiveContents;
pub use prove::{Proof, RestoreRefusal, prove};
pub use put_back::{FileComparison, RestorePlan};

use super::encoding::Encoding;
use super::record::RecordKind;
use super::records::KINDS;
use super::store::Store;
use crate::text::is_unsafe;

/// The newest format of an archive that this program reads, and the one that it writes.
pub const FORMAT: i64 = 1;

/// The first entry.
const HEAD: &str = "BACKUP";

/// What stands in the first entry before the number of the format.
const TITLE: &str = "trust-coach backup, format ";

/// The last entry.
const SUMS: &str = "SHA256SUMS";

/// How deep folders go.
const DEEP: usize = 8;

/// How many files an archive can hold.
const MANY: usize = 2_000_000;

/// Where what could not be read as a session is.
const QUARANTINE: &str = "quarantine";

/// The file of settings, which does not lie with the others.
const SETTINGS: &str = "config.toml";

/// The folders and files that belong to the person. Locks, drafts and caches do not: they are of one
/// machine.
const PARTS: [(&str, ArchivePart); 9] = [
    ("format", ArchivePart::File),
    ("contacts.toml", ArchivePart::File),
    (SETTINGS, ArchivePart::File),
    ("identities", ArchivePart::Folder),
    ("exercises", ArchivePart::Folder),
    ("plans", ArchivePart::Folder),
    ("rules", ArchivePart::Folder),
    ("packs", ArchivePart::Folder),
    (QUARANTINE, ArchivePart::Folder),
];

/// What decides which programs run, who can read what is saved, whom help names, and what is
/// pointed at: whoever puts an
/// archive back is asked about it.
const DECIDING: [&str; 4] = ["contacts.toml", SETTINGS, "identities", "rules"];

/// What may be links to where one keeps such things.
const FOLLOWED: [&str; 3] = ["exercises/", "plans/", "rules/"];

/// All parts, in the order of an archive: [`PARTS`], with the records before the last.
fn parts() -> impl Iterator<Item = (&'static str, ArchivePart)> {
    let records = KINDS.iter().map(|kind| (kind.folder, ArchivePart::Folder));
    let (last, others) = (PARTS.len() - 1, PARTS);
    let first = others.into_iter().take(last);
    first.chain(records).chain(PARTS.into_iter().skip(last))
}

/// The names of the folders and files in a home that an archive holds.
pub fn names() -> impl Iterator<Item = &'static str> {
    parts().map(|(name, _)| name)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ArchivePart {
    File,
    Folder,
}

/// Where files are on this machine.
#[derive(Clone, Debug)]
pub struct ArchiveRoots {
    data: PathBuf,
    settings: PathBuf,
}

impl ArchiveRoots {
    /// The store's folder, and the file with the settings.
    pub fn new(store: &Store, settings: PathBuf) -> Self {
        Self {
            data: store.data.clone(),
            settings,
        }
    }

    /// The file that has this name in an archive.
    fn path(&self, name: &str) -> PathBuf {
        if name == SETTINGS {
            self.settings.clone()
        } else {
            self.data.join(name)
        }
    }
}

/// Why a name cannot be one of a file of ours, in words. A name never leads out of our folders, and
/// never to a hidden file.
fn refuse(name: &str) -> Option<&'static str> {
    let parts: Vec<&str> = name.split('/').collect();
    let part = self::parts().find(|(first, _)| *first == parts[0]);
    let Some((_, part)) = part else {
        return Some("it isn’t one of ours");
    };
    let right = match part {
        ArchivePart::File => parts.len() == 1,
        ArchivePart::Folder => (2..=DEEP).contains(&parts.len()),
    };
    let odd = |part: &&str| part.is_empty() || part.starts_with('.') || part.contains('\\');
    if !right || parts.iter().any(odd) || name.contains(|c| is_unsafe(c) || c == '\n') {
        return Some("its name isn’t one of ours");
    }
    None
}

/// The kind of record that a file has to be, by its name; none where it is something else.
fn record_kind(name: &str) -> Option<&'static RecordKind> {
    let mut kinds = KINDS.into_iter();
    let kind = kinds.find(|kind| Path::new(name).starts_with(kind.folder));
    kind.filter(|_| Encoding::split(name).is_some())
}

#[cfg(test)]
mod tests;
