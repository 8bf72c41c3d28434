//! Whether an archive is whole and holds nothing that should not be put back.

use std::collections::HashSet;
use std::io::{self, Read};

use tar::{Archive, EntryType};

use super::super::files::MOST;
use super::super::format::FormatError;
use super::super::record::RecordCounts;
use super::super::store;
use super::pack::{can_be_put_back, sum};
use super::{FORMAT, HEAD, MANY, SUMS, TITLE, record_kind, refuse};
use crate::journal::vault::seal;

/// What is in an archive that was proven.
#[derive(Debug, Default)]
pub struct Proof {
    /// The files, as they come: name, and the line of its hash.
    pub(super) files: Vec<(String, String)>,
    /// How many records are in it.
    pub records: RecordCounts,
    /// How many of them are encrypted.
    pub sealed: usize,
}

impl Proof {
    /// How many files are in it.
    pub fn files(&self) -> usize {
        self.files.len()
    }
}

/// Why nothing of an archive is put back.
#[derive(Debug, thiserror::Error)]
pub enum RestoreRefusal {
    /// It could not be read.
    #[error("it could not be read: {0}")]
    Io(io::Error),
    /// It is no archive of ours.
    #[error("it isn’t a backup made by trust-coach")]
    NotOurs,
    /// A newer program wrote it, or the files in it.
    #[error("{0}")]
    Newer(FormatError),
    /// It ends before its last entry.
    #[error("it’s incomplete or damaged")]
    CutOff,
    /// A file in it has this name, and this is why it is refused.
    #[error("{0}: {1}")]
    Entry(String, String),
    /// What is in it is not what was put into it.
    #[error("it was changed or damaged after it was written")]
    Changed,
}

/// Reads a whole archive and proves it: every entry is a file of ours by its name, no larger than
/// one can be, every session can be read, nothing is missing and nothing has changed.
///
/// # Errors
///
/// The first thing that is not so.
pub fn prove(from: impl Read) -> Result<Proof, RestoreRefusal> {
    let mut proof = Proof::default();
    let (mut expected, mut names) = (String::new(), HashSet::new());
    let mut whole = false;
    each(from, |name, bytes| {
        if whole {
            return Err(refused(name, "it comes after the end"));
        }
        if names.len() >= MANY {
            return Err(refused(name, "there are too many files"));
        }
        match name {
            HEAD => return Ok(()),
            SUMS => {
                whole = true;
                return if bytes == expected.as_bytes() {
                    Ok(())
                } else {
                    Err(RestoreRefusal::Changed)
                };
            }
            _ => {}
        }
        if let Some(why) = refuse(name) {
            return Err(refused(name, why));
        }
        // Some file systems do not tell capitals from small letters.
        if !names.insert(name.to_lowercase()) {
            return Err(refused(name, "it’s there twice"));
        }
        if let Some(kind) = record_kind(name) {
            if !can_be_put_back(kind, name, bytes) {
                return Err(refused(
                    name,
                    &format!("it can’t be read as a {}", kind.noun),
                ));
            }
            proof.records.add(kind);
            proof.sealed += usize::from(seal::is_sealed(bytes));
        }
        if name == "format" {
            known_format(bytes)?;
        }
        let line = sum(name, bytes);
        expected += &line;
        proof.files.push((name.to_string(), line));
        Ok(())
    })?;
    if whole {
        Ok(proof)
    } else {
        Err(RestoreRefusal::CutOff)
    }
}

/// Hands each file of an archive on, the first one checked to say what it is.
pub(super) fn each(
    from: impl Read,
    mut with: impl FnMut(&str, &[u8]) -> Result<(), RestoreRefusal>,
) -> Result<(), RestoreRefusal> {
    let mut archive = Archive::new(from);
    let mut bytes = Vec::new();
    let mut first = true;
    // Raw: long names and other extensions come as entries of their own, and are refused.
    for entry in archive.entries().map_err(broken)?.raw(true) {
        let mut entry = entry.map_err(if first {
            |_| RestoreRefusal::NotOurs
        } else {
            broken
        })?;
        let name = entry.path_bytes().into_owned();
        let name = String::from_utf8(name).map_err(|_| RestoreRefusal::NotOurs)?;
        if first && name != HEAD {
            return Err(RestoreRefusal::NotOurs);
        }
        if entry.header().entry_type() != EntryType::Regular {
            return Err(refused(&name, "it isn’t a regular file"));
        }
        // The sums grow with the number of files.
        let most = if name == SUMS {
            MANY as u64 * 128
        } else {
            MOST
        };
        if entry.size() > most {
            return Err(refused(&name, "it’s too large"));
        }
        bytes.clear();
        let read = entry.read_to_end(&mut bytes).map_err(broken)?;
        if read as u64 != entry.size() {
            return Err(RestoreRefusal::CutOff);
        }
        if first {
            is_ours(&bytes)?;
            first = false;
        }
        with(&name, &bytes)?;
    }
    if first {
        return Err(RestoreRefusal::NotOurs);
    }
    // Behind the end stands nothing, or what fills a block.
    let mut rest = archive.into_inner();
    let mut block = [0; 4096];
    loop {
        match rest.read(&mut block).map_err(broken)? {
            0 => return Ok(()),
            read if block[..read].iter().all(|byte| *byte == 0) => {}
            _ => return Err(RestoreRefusal::Changed),
        }
    }
}

fn is_ours(head: &[u8]) -> Result<(), RestoreRefusal> {
    let text = std::str::from_utf8(head).ok();
    let number = text.and_then(|text| text.strip_prefix(TITLE)?.trim().parse::<i64>().ok());
    match number {
        Some(found) if found > FORMAT => Err(RestoreRefusal::Newer(FormatError::Newer {
            found,
            known: FORMAT,
        })),
        Some(1..) => Ok(()),
        _ => Err(RestoreRefusal::NotOurs),
    }
}

fn known_format(bytes: &[u8]) -> Result<(), RestoreRefusal> {
    let text = std::str::from_utf8(bytes).ok();
    match text.and_then(|text| text.trim().parse::<i64>().ok()) {
        Some(found) if found > store::FORMAT => Err(RestoreRefusal::Newer(FormatError::Newer {
            found,
            known: store::FORMAT,
        })),
        Some(1..) => Ok(()),
        _ => Err(refused("format", "it has no number in it")),
    }
}

fn broken(error: io::Error) -> RestoreRefusal {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => RestoreRefusal::CutOff,
        io::ErrorKind::Other | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            RestoreRefusal::Changed
        }
        _ => RestoreRefusal::Io(error),
    }
}

fn refused(name: &str, why: &str) -> RestoreRefusal {
    RestoreRefusal::Entry(name.to_string(), why.to_string())
}
