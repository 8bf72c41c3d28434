//! Everything into one file.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

use super::super::beside::create_beside;
use super::super::contents::{EMPTIED, missing, was_emptied, whole};
use super::super::encoding::Encoding;
use super::super::error::{Operation, StoreError};
use super::super::record::{RecordCounts, RecordKind};
use super::super::store::{Store, WorkListener, folder_of};
use super::{
    ArchivePart, ArchiveRoots, DEEP, FOLLOWED, FORMAT, HEAD, QUARANTINE, SUMS, TITLE, parts,
    record_kind, refuse,
};
use crate::input::dangling_link;
use crate::journal::vault::seal;

type Result<T> = std::result::Result<T, StoreError>;

/// What went into an archive.
#[derive(Debug, Default)]
pub struct ArchiveContents {
    /// Its file. One that isn't whole never gets the name of one that is.
    pub path: PathBuf,
    /// Records.
    pub records: RecordCounts,
    /// Records that are encrypted.
    pub sealed: usize,
    /// All files.
    pub files: usize,
    /// Files that cannot be read as sessions; they went in as they are.
    pub broken: Vec<PathBuf>,
    /// What in the quarantine is no file, such as a link, so that no archive can hold it.
    pub no_files: Vec<PathBuf>,
    /// What did not go in, and why.
    pub left_out: Vec<(PathBuf, String)>,
}

impl Store {
    /// Writes everything into a new file at `to`, for its owner alone. The file is there whole, or
    /// not at all; where something couldn't be read, the rest goes into another one beside it. The
    /// caller holds the store's lock. `tell` hears how many files are in it; where it breaks, there is no file.
    pub fn pack(
        &self,
        place: &ArchiveRoots,
        to: &Path,
        tell: &mut WorkListener<'_>,
    ) -> Result<ArchiveContents> {
        self.check()?;
        if fs::symlink_metadata(to).is_ok() {
            let error = io::ErrorKind::AlreadyExists.into();
            return Err(StoreError::io(Operation::Create, to, error));
        }
        let (temp, file) = create_beside(to, |temp| self.files.create(temp))
            .map_err(|error| StoreError::io(Operation::Create, to, error))?;
        let done = self
            .pack_into(place, file, &temp, tell)
            .and_then(|mut packed| {
                packed.path = if packed.left_out.is_empty() {
                    to.to_path_buf()
                } else {
                    incomplete(to)
                };
                let renamed = self.files.rename_new(&temp, &packed.path);
                renamed.map_err(|error| StoreError::io(Operation::Rename, to, error))?;
                Ok(packed)
            });
        let packed = done.inspect_err(|_| drop(self.files.remove(&temp)))?;
        self.sync_folder(&folder_of(to))?;
        Ok(packed)
    }

    fn pack_into(
        &self,
        place: &ArchiveRoots,
        file: File,
        path: &Path,
        tell: &mut WorkListener<'_>,
    ) -> Result<ArchiveContents> {
        let mut pack = Packer {
            place,
            archive: Builder::new(BufWriter::new(ArchiveWriter { store: self, file })),
            sums: String::new(),
            packed: ArchiveContents::default(),
            tell,
        };
        let failed = |error| StoreError::io(Operation::Write, path, error);
        let head = format!("{TITLE}{FORMAT}\n");
        pack.entry(HEAD, head.as_bytes()).map_err(failed)?;
        // What a sync program keeps elsewhere lies here under a hidden name.
        for path in self.every_kind().flat_map(|it| it.misnamed("", true)) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with('.') {
                pack.leave_out(path, MISNAMED.to_string());
            }
        }
        for (name, part) in parts() {
            match part {
                ArchivePart::File => pack.file(name, true).map_err(failed)?,
                ArchivePart::Folder => pack.folder(name, DEEP).map_err(failed)?,
            }
        }
        let sums = std::mem::take(&mut pack.sums);
        pack.entry(SUMS, sums.as_bytes()).map_err(failed)?;
        let Packer {
            archive, packed, ..
        } = pack;
        let buffer = archive.into_inner().map_err(failed)?;
        let through = buffer
            .into_inner()
            .map_err(|error| failed(error.into_error()))?;
        let synced = self.files.sync(&through.file);
        synced.map_err(|error| StoreError::io(Operation::Sync, path, error))?;
        Ok(packed)
    }
}

/// A free name for what of a backup could be read.
fn incomplete(to: &Path) -> PathBuf {
    let name = |count: usize| {
        let mut name = to.as_os_str().to_owned();
        name.push(match count {
            1 => String::from(".incomplete"),
            _ => format!(".incomplete-{count}"),
        });
        PathBuf::from(name)
    };
    let mut count = 1;
    while fs::symlink_metadata(name(count)).is_ok() {
        count += 1;
    }
    name(count)
}

/// A file that is written through the store's files.
struct ArchiveWriter<'s> {
    store: &'s Store,
    file: File,
}

impl Write for ArchiveWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.store.files.write(&mut self.file, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Packer<'s, 't> {
    tell: &'s mut WorkListener<'t>,
    place: &'s ArchiveRoots,
    archive: Builder<BufWriter<ArchiveWriter<'s>>>,
    sums: String,
    packed: ArchiveContents,
}

impl Packer<'_, '_> {
    /// Everything in a folder, by name. Hidden files are not ours.
    fn folder(&mut self, name: &str, deep: usize) -> io::Result<()> {
        let folder = self.place.path(name);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if dangling_link(&folder).is_some() {
                    self.leave_out(folder, NOWHERE.to_string());
                }
                return Ok(());
            }
            Err(error) => {
                self.leave_out(folder, error.to_string());
                return Ok(());
            }
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry?;
            match entry.file_name().into_string() {
                Ok(file) if file.starts_with('.') => {}
                Ok(file) => names.push(file),
                Err(_) => self.leave_out(entry.path(), NOT_TEXT.to_string()),
            }
        }
        names.sort_unstable();
        for file in names {
            let name = format!("{name}/{file}");
            let follow = FOLLOWED.iter().any(|folder| name.starts_with(folder));
            let path = self.place.path(&name);
            let found = if follow {
                fs::metadata(&path)
            } else {
                fs::symlink_metadata(&path)
            };
            match found {
                Ok(found) if found.is_dir() && deep > 1 => self.folder(&name, deep - 1)?,
                _ => self.file(&name, follow)?,
            }
        }
        Ok(())
    }

    /// One file, which need not be there.
    fn file(&mut self, name: &str, follow: bool) -> io::Result<()> {
        if (self.tell)(self.packed.files).is_break() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let path = self.place.path(name);
        let from = if follow {
            fs::canonicalize(&path).unwrap_or_else(|_| path.clone())
        } else {
            path.clone()
        };
        let bytes = match whole(&from) {
            Ok(bytes) => bytes,
            Err(error) if missing(&error) => return Ok(()),
            Err(StoreError::OutOfPlace { .. })
                if name.starts_with(QUARANTINE) && (path.is_symlink() || !path.is_dir()) =>
            {
                self.packed.no_files.push(path);
                return Ok(());
            }
            Err(error) => {
                self.leave_out(path, reason(&error));
                return Ok(());
            }
        };
        if let Some(why) = refuse(name) {
            self.leave_out(path, why.to_string());
            return Ok(());
        }
        let mut name = name.to_string();
        if let Some(kind) = record_kind(&name) {
            // A name that was taken for a session which has not been saved to is nothing yet.
            if bytes.is_empty() {
                if was_emptied(&path) {
                    self.leave_out(path, EMPTIED.to_string());
                }
                return Ok(());
            }
            if can_be_put_back(kind, &name, &bytes) {
                self.packed.records.add(kind);
                self.packed.sealed += usize::from(seal::is_sealed(&bytes));
            } else {
                name = format!("{QUARANTINE}/{}", name.replace('/', "-"));
                self.packed.broken.push(path.clone());
            }
        }
        if header(&name, 0).is_none() {
            self.leave_out(path, TOO_LONG.to_string());
            return Ok(());
        }
        self.packed.files += 1;
        self.entry(&name, &bytes)
    }

    fn entry(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let header = header(name, bytes.len() as u64).ok_or(io::ErrorKind::InvalidInput)?;
        self.archive.append(&header, bytes)?;
        if name != HEAD {
            self.sums += &sum(name, bytes);
        }
        Ok(())
    }

    fn leave_out(&mut self, path: PathBuf, why: String) {
        self.packed.left_out.push((path, why));
    }
}

/// A line of the sums.
pub(super) fn sum(name: &str, bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{hash}  {name}\n")
}

/// Whether a record can be read, as far as that can be told without a key.
pub(super) fn can_be_put_back(kind: &RecordKind, name: &str, bytes: &[u8]) -> bool {
    match Encoding::split(name) {
        Some((_, Encoding::Sealed)) => seal::header(bytes).is_ok(),
        _ => std::str::from_utf8(bytes).is_ok_and(|text| (kind.head)(text).is_ok()),
    }
}

/// The header of a file: the same for everybody and at any time. None where the name is too long.
fn header(name: &str, size: u64) -> Option<Header> {
    let mut header = Header::new_ustar();
    header.set_path(name).ok()?;
    header.set_size(size);
    header.set_mode(0o600);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    header.set_entry_type(EntryType::Regular);
    header.set_cksum();
    Some(header)
}

fn reason(error: &StoreError) -> String {
    if let StoreError::OutOfPlace { .. } = error {
        return NOT_PLAIN.to_string();
    }
    match std::error::Error::source(error) {
        Some(source) => source.to_string(),
        None => error.to_string(),
    }
}

const NOWHERE: &str = "it’s a link that leads nowhere";
const MISNAMED: &str = "its name isn’t quite right, so it isn’t read";
const NOT_TEXT: &str = "its name isn’t text";
const NOT_PLAIN: &str = "it isn’t a regular file";
const TOO_LONG: &str = "its name is too long for an archive";
