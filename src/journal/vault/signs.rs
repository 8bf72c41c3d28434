//! What says that there is, or was, a vault. Nobody who can write, rename or remove one file must
//! get plain words by it, so each sign alone is enough, and this machine remembers what it has seen.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::seal::{MAGIC, Recipient};
use super::{Reader, TURNING_OFF, Vault};
use crate::journal::contents::{self, as_text, missing};
use crate::journal::encoding::Encoding;
use crate::journal::error::{Operation, StoreError};
use crate::journal::names::{list, months};
use crate::journal::store::Store;

type Result<T> = std::result::Result<T, StoreError>;

/// So many of the newest months are looked at for sealed sessions.
const MONTHS: usize = 3;

/// What this machine has seen of the vault.
struct Memory {
    own: Recipient,
    list: String,
}

impl Store {
    /// How the vault stands. This one function answers for texts and for saves.
    pub fn vault(&self) -> Result<Vault> {
        if self.has_key_file()? {
            let off = self.unfinished()?.as_deref() == Some(TURNING_OFF);
            return Ok(if off { Vault::TurningOff } else { Vault::On });
        }
        // A file in the key's place that is no key is a sign too.
        let signs = there(&self.identity_file())?
            || there(&self.list_file())?
            || there(&self.memory_file())?
            || self.has_other_key()
            || self.has_sealed_lately();
        Ok(if signs { Vault::KeyMissing } else { Vault::Off })
    }

    /// Whether the key is in its place, and may be one: a plain file that begins as age's do.
    fn has_key_file(&self) -> Result<bool> {
        match contents::start(&self.identity_file(), MAGIC.len()) {
            Ok(start) => Ok(start == MAGIC),
            Err(StoreError::OutOfPlace { .. }) => Ok(false),
            Err(error) if missing(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether a key that is not the vault's lies beside it: another machine's, or one under another
    /// name. Those of vaults that were turned off are none.
    fn has_other_key(&self) -> bool {
        let names = list(&self.identities()).unwrap_or_default();
        let mut names = names.iter().map(|(name, _)| name);
        names.any(|name| name.ends_with(".age") && !name.starts_with("old-"))
    }

    fn has_sealed_lately(&self) -> bool {
        let ending = Encoding::Sealed.ending();
        self.every_kind().any(|records| {
            months(&records.folder()).take(MONTHS).any(|month| {
                let names = list(&month).unwrap_or_default();
                names.iter().any(|(name, _)| name.ends_with(ending))
            })
        })
    }

    /// Notes on this machine whose the vault is and who may read, as the person has just seen it.
    pub(super) fn remember(&self, own: &Recipient) -> Result<()> {
        self.make_folders(&self.state)?;
        let text = format!("{OWN} = {own}\n{LIST} = {}\n", self.list_digest()?);
        self.replace(&self.memory_file(), text.as_bytes())
    }

    /// Forgets the vault, which is off.
    pub(super) fn forget(&self) -> Result<()> {
        self.remove(&self.memory_file())
    }

    /// Whether the list of who may read is another one than this machine has seen.
    pub fn list_has_changed(&self) -> bool {
        self.memory()
            .is_some_and(|memory| self.list_digest().is_ok_and(|list| list != memory.list))
    }

    /// An error where the vault's owner is not among those who may read: then only strangers could.
    pub(super) fn needs_owner(&self, readers: &[Reader]) -> Result<()> {
        let Some(memory) = self.memory() else {
            return Ok(());
        };
        if readers.iter().any(|reader| reader.recipient == memory.own) {
            return Ok(());
        }
        let path = self.list_file();
        Err(StoreError::OwnerMissing { path })
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
        })
    }

    fn list_digest(&self) -> Result<String> {
        let path = self.list_file();
        let bytes = match contents::whole(&path) {
            Err(error) if missing(&error) => Vec::new(),
            bytes => bytes?,
        };
        let digest = Sha256::digest(bytes);
        Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn memory_file(&self) -> PathBuf {
        self.state.join("vault")
    }
}

fn there(path: &Path) -> Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(StoreError::io(Operation::Read, path, error)),
    }
}

const OWN: &str = "own";
const LIST: &str = "list";
