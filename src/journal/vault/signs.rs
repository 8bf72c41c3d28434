//! What says that there is, or was, a vault. Nobody who can write, rename or remove one file must
//! get plain words by it, so each sign alone is enough, and this machine remembers what it has seen.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use sha2::{Digest, Sha256};

use super::mixup::KeyMixup;
use super::seal::{MAGIC, Recipient};
use super::{OpenVault, Reader, Vault, readers};
use crate::journal::contents::{self, as_text, missing};
use crate::journal::encoding::Encoding;
use crate::journal::error::{Operation, StoreError};
use crate::journal::lock::changes_many;
use crate::journal::names::{is_id, list, months};
use crate::journal::store::Store;
use crate::journal::temp::{is_temp, unfinished};

type Result<T> = std::result::Result<T, StoreError>;

/// How deep folders are looked into, and how deep those beside the records.
const DEEP: usize = 64;
const BESIDE: usize = 5;

/// Longer than the file of a key for a few readers.
const LONGEST_KEY: usize = 16 << 10;

/// What this machine has seen of the vault.
struct Memory {
    own: Recipient,
    list: String,
    key: Option<String>,
}

impl Store {
    /// How the vault stands. This one function answers for texts and for saves.
    pub fn vault(&self) -> Result<Vault> {
        Ok(match self.vault_nearby()? {
            // Nothing needs a key that was there. The list is written before anything is remembered.
            Some(Vault::KeyMissing)
                if !there(&self.identity_file())?
                    && (there(&self.list_file())? || !there(&self.memory_file())?)
                    && !self.has_sealed() =>
            {
                Vault::TurningOn
            }
            Some(vault) => vault,
            None if self.ring.met.load(Ordering::Relaxed) || self.has_sealed() => Vault::KeyMissing,
            None => Vault::Off,
        })
    }

    /// How the vault stands, as far as that is known without a look at the name of every record; none
    /// where only that would tell. Enough for what was noted while the folders stood as they stand
    /// now, and never enough to save.
    pub fn vault_nearby(&self) -> Result<Option<Vault>> {
        self.leads_somewhere()?;
        if self.has_key_file()? {
            return Ok(Some(match self.is_turning_off()? {
                true => Vault::TurningOff,
                false => Vault::On,
            }));
        }
        // A file in the key's place that is no key is a sign too.
        let signs = there(&self.identity_file())?
            || there(&self.list_file())?
            || there(&self.memory_file())?
            || !self.key_copies().is_empty();
        Ok(signs.then_some(Vault::KeyMissing))
    }

    /// Whether all that is saved should be sealed. Where it can't be known how the vault stands, it is
    /// there if its key or the list of its readers is.
    pub(in crate::journal) fn seals_all(&self) -> bool {
        let is_there = match self.vault() {
            Ok(vault) => vault != Vault::Off,
            Err(_) => [self.identity_file(), self.list_file()]
                .iter()
                .any(|sign| sign.symlink_metadata().is_ok()),
        };
        is_there && !self.was_turned_off()
    }

    /// Whether the key is in its place, and may be one: a plain file that begins as age's do, and isn't cut
    /// off.
    pub(super) fn has_key_file(&self) -> Result<bool> {
        match contents::start(&self.identity_file(), LONGEST_KEY) {
            Ok(start) => Ok(start.starts_with(MAGIC) && self.is_whole_key(&start)),
            Err(StoreError::OutOfPlace { .. }) => Ok(false),
            Err(error) if missing(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether the file of the key isn't cut off, by its beginning.
    fn is_whole_key(&self, start: &[u8]) -> bool {
        let readers = self.readers().unwrap_or_default();
        let owner = readers.iter().find(|reader| reader.name == super::OWN);
        start.len() == LONGEST_KEY || readers::is_whole(start, readers::SECRET_HEAD, owner)
    }

    /// An error where nothing can be saved as the vault stands.
    pub fn can_save(&self) -> Result<()> {
        self.sealing().map(drop)
    }

    /// An error where no key lies here that a passphrase could open: then nobody is asked for one.
    pub fn needs_key(&self) -> Result<()> {
        let beside = || !self.key_copies().is_empty() || !self.kept_keys().is_empty();
        if self.has_key_file()? || beside() {
            return Ok(());
        }
        Err(self.key_missing())
    }

    /// Why nothing can be done without the key.
    pub fn key_missing(&self) -> StoreError {
        if let Some(path) = self.turned_off_elsewhere() {
            return KeyMixup::PutAway { path }.into();
        }
        StoreError::KeyMissing {
            path: self.identity_file(),
            kept: self.kept_keys().into_iter().next(),
        }
    }

    /// Why nothing can be saved while turning the vault on or off isn't finished.
    pub fn half_turned(&self, vault: Vault) -> StoreError {
        let (is_going, pid) = changes_many(self);
        let to = if vault == Vault::TurningOn {
            "on"
        } else {
            "off"
        };
        StoreError::HalfTurned { to, is_going, pid }
    }

    /// Notes that something sealed was met. Where nothing else tells of a vault, this does, for as long as
    /// this run lasts.
    pub(super) fn meet_sealed(&self) {
        if matches!(self.vault_nearby(), Ok(None)) {
            self.ring.met.store(true, Ordering::Relaxed);
        }
    }

    /// Whether anything below the records is called as sealed files are, wherever it was moved and
    /// whatever was put before or behind its name. Looked at once in a run.
    fn has_sealed(&self) -> bool {
        *self
            .ring
            .sealed
            .get_or_init(|| self.sealed_file().is_some())
    }

    /// The first file below the records that is called as sealed files are, or begins as they do under
    /// another name than a record's, or has lost its ending and is one of those that are looked into.
    /// Folders of records that were given another name count too.
    pub fn sealed_file(&self) -> Option<PathBuf> {
        let mut kinds = self.every_kind();
        let found = kinds.find_map(|records| {
            let mut plain = Vec::new();
            self.sealed_below(&records.folder(), DEEP, &mut plain)
                .or_else(|| looked_into(plain))
        });
        found.or_else(|| self.sealed_elsewhere())
    }

    /// The first sealed record in a folder of ours beside those of the records and the quarantine.
    fn sealed_elsewhere(&self) -> Option<PathBuf> {
        let mut ours = [&self.data, &self.state].into_iter();
        ours.find_map(|folder| self.sealed_beside(folder, BESIDE))
    }

    fn sealed_beside(&self, folder: &Path, deep: usize) -> Option<PathBuf> {
        let mut names = list(folder).unwrap_or_default().into_iter();
        names.find_map(|(name, kind)| {
            let path = folder.join(&name);
            if !kind.is_dir() {
                let (id, form) = Encoding::split(&name)?;
                return (form == Encoding::Sealed && is_id(id)).then_some(path);
            }
            if name.starts_with('.') {
                // Of what programs keep there only records that are built as ours are looked for.
                let mut months = months(&path);
                return months.find_map(|month| self.sealed_beside(&month, 0));
            }
            let is_other = path == self.quarantine() || self.records_at(&path).is_some();
            let deep = deep.checked_sub(1).filter(|_| !is_other)?;
            self.sealed_beside(&path, deep)
        })
    }

    /// The first sealed file below a folder. The records that are plain by their names come to `plain`.
    fn sealed_below(
        &self,
        folder: &Path,
        deep: usize,
        plain: &mut Vec<OsString>,
    ) -> Option<PathBuf> {
        let mut names = list(folder).unwrap_or_default().into_iter();
        names.find_map(|(name, kind)| {
            let path = folder.join(&name);
            if kind.is_dir() {
                return self.sealed_below(&path, deep.checked_sub(1)?, plain);
            }
            let called_sealed = name.to_ascii_lowercase().contains(SEALED);
            let is_record =
                !called_sealed && Encoding::split(&name).is_some_and(|(id, _)| is_id(id));
            if is_record {
                plain.push(path.into_os_string());
                return None;
            }
            // Nobody has lost anything with an unfinished save.
            let counts = !is_temp(&name) || self.is_renamed_session(&path);
            ((called_sealed || begins_sealed(&path)) && counts).then_some(path)
        })
    }

    /// Whether a file that is called as an unfinished save is a sealed session itself, which somebody gave
    /// that name: a save leaves it only while the session's own name is there, or is claimed at least.
    pub(in crate::journal) fn is_renamed_session(&self, path: &Path) -> bool {
        let name = path.file_name().and_then(|name| name.to_str());
        let Some(id) = name.and_then(unfinished) else {
            return false;
        };
        let is_there = |form: Encoding| {
            let own = path.with_file_name(format!("{id}{}", form.ending()));
            own.symlink_metadata().is_ok()
        };
        let kind = self.records_at(path).map(|records| records.kind);
        kind.is_some_and(|kind| !kind.written_once)
            && begins_sealed(path)
            && ![Encoding::Plain, Encoding::Sealed]
                .into_iter()
                .any(is_there)
    }

    /// Notes on this machine whose the vault is and who may read, as the person has just seen it.
    pub(super) fn remember(&self, own: &Recipient) -> Result<()> {
        self.make_folders(&self.state)?;
        let (list, key) = (digest(&self.list_file())?, digest(&self.identity_file())?);
        let text = format!("{OWN} = {own}\n{LIST} = {list}\n{KEY} = {key}\n");
        self.replace(&self.memory_file(), text.as_bytes())
    }

    /// Forgets the vault, which is off.
    pub fn forget(&self) -> Result<()> {
        self.remove(&self.memory_file())
    }

    /// Whether the list of who may read is another one than this machine has seen.
    pub fn list_has_changed(&self) -> bool {
        self.memory()
            .is_some_and(|memory| digest(&self.list_file()).is_ok_and(|list| list != memory.list))
    }

    /// Whether the file of the key is another one than opened the vault on this machine.
    pub fn key_has_changed(&self) -> bool {
        let noted = self.memory().and_then(|memory| memory.key);
        let is_other = |noted| digest(&self.identity_file()).is_ok_and(|key| key != noted);
        self.has_key_file().unwrap_or(false) && noted.is_some_and(is_other)
    }

    /// An error where the vault's owner is not among those who may read, or isn't known: then perhaps only
    /// strangers could.
    pub(super) fn needs_owner(&self, readers: &[Reader]) -> Result<()> {
        let Some(memory) = self.memory() else {
            let path = self.memory_file();
            // Nothing that is opened could be noted there.
            return Err(match path.is_dir() {
                true => StoreError::io(Operation::Read, &path, ErrorKind::IsADirectory.into()),
                false => StoreError::OwnerUnknown { path },
            });
        };
        if readers.iter().any(|reader| reader.recipient == memory.own) {
            return Ok(());
        }
        let path = self.list_file();
        Err(StoreError::OwnerMissing { path })
    }

    /// Whether a key is the vault's, as far as anything here says whose the vault is.
    pub fn is_own(&self, opened: &OpenVault) -> bool {
        let key = opened.identity.recipient();
        if let Some(memory) = self.memory() {
            return memory.own == key;
        }
        let readers = self.readers().unwrap_or_default();
        match readers.iter().find(|reader| reader.name == super::OWN) {
            Some(owner) => owner.recipient == key,
            None => readers.is_empty() || readers.iter().any(|reader| reader.recipient == key),
        }
    }

    fn memory(&self) -> Option<Memory> {
        let path = self.memory_file();
        let bytes = contents::whole(&path).ok()?;
        let text = as_text(&path, &bytes).ok()?;
        let value = |name: &str| {
            let mut lines = text.lines().filter_map(|line| line.split_once(" = "));
            lines.find(|(key, _)| *key == name).map(|(_, value)| value)
        };
        Some(Memory {
            own: value(OWN)?.parse().ok()?,
            list: value(LIST)?.to_string(),
            key: value(KEY).map(String::from),
        })
    }

    pub(super) fn memory_file(&self) -> PathBuf {
        self.state.join("vault")
    }
}

/// A digest of what is in a file; one that isn't there is empty.
fn digest(path: &Path) -> Result<String> {
    let bytes = match contents::whole(path) {
        Err(error) if missing(&error) => Vec::new(),
        bytes => bytes?,
    };
    let digest = Sha256::digest(bytes);
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Whether a file begins as sealed ones do, whatever it is called.
pub(in crate::journal) fn begins_sealed(path: &Path) -> bool {
    contents::start(path, MAGIC.len()).is_ok_and(|start| start == MAGIC)
}

/// The first sealed file among some of the records that are plain by their names.
fn looked_into(mut plain: Vec<OsString>) -> Option<PathBuf> {
    plain.sort_unstable();
    let (rest, newest) = plain.split_at(plain.len().saturating_sub(NEWEST));
    let spread = rest
        .iter()
        .rev()
        .step_by(rest.len().div_ceil(SPREAD).max(1));
    let mut paths = newest.iter().rev().chain(spread).map(Path::new);
    paths
        .find(|path| begins_sealed(path))
        .map(Path::to_path_buf)
}

/// So many of the newest records are looked into for a seal that their names don’t tell of, and so many
/// others, spread over all of them: all would be a look into each file.
const NEWEST: usize = 10;
const SPREAD: usize = 20;

/// What the names of sealed files have in them.
pub(super) const SEALED: &str = ".age";

fn there(path: &Path) -> Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(StoreError::io(Operation::Read, path, error)),
    }
}

const OWN: &str = "own";
const LIST: &str = "list";
const KEY: &str = "key";
