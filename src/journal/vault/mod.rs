//! The vault: sessions sealed for the readers of one list. Saving needs the list alone; reading
//! needs the key, which lies under the person's passphrase.

mod beside;
pub(in crate::journal) mod forms;
pub(super) mod keyring;
pub(super) mod mixup;
pub(in crate::journal) mod openers;
mod pad;
mod partners;
mod readers;
mod reseal;
pub mod seal;
pub(in crate::journal) mod signs;
pub(in crate::journal) mod strays;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};
use std::time::SystemTime;

use zeroize::Zeroizing;

use super::contents::{as_text, missing, whole};
use super::encoding::Encoding;
use super::error::StoreError;
use super::store::Store;
use crate::error::caught;
use crate::session::Moment;
use beside::KEPT;
use keyring::Keyring;
use seal::{Identity, Passphrase, Recipient, SealError};

pub use forms::EncodingCounts;
pub use readers::Reader;
pub use reseal::ResealTally;
pub use strays::Strays;

type Result<T> = std::result::Result<T, StoreError>;

/// How the vault stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vault {
    /// There is none.
    Off,
    /// What is saved is sealed.
    On,
    /// Turning it on has begun, and its key isn't there yet: nothing is sealed, and nothing is saved.
    TurningOn,
    /// Turning it off has begun and is not finished; what is saved is still sealed.
    TurningOff,
    /// There is or was one, and its key is not there: nothing is saved.
    KeyMissing,
}

/// The open vault: the key, and who may read.
#[derive(Debug)]
pub struct OpenVault {
    /// The key.
    pub identity: Identity,
    /// Who may read, as it stands under the passphrase.
    pub readers: Vec<Reader>,
    /// The key's file, where it isn't the one in the key's place.
    pub beside: Option<PathBuf>,
}

/// A list in the open that says other than the one under the passphrase.
#[derive(Debug)]
pub struct Mismatch {
    /// Who stands in the open and not under the passphrase.
    pub added: Vec<Reader>,
    /// Who stands under the passphrase and not in the open.
    pub missing: Vec<Reader>,
    /// When the file was changed last, as the disk says; none where it is gone.
    pub changed: Option<SystemTime>,
}

impl Store {
    /// The same sessions, with the key to read them.
    #[must_use]
    pub fn with_key(&self, key: Identity) -> Self {
        self.with_ring(Some(key))
    }

    /// The same sessions with the same key, where nothing is known yet of how the vault stands.
    pub(super) fn afresh(&self) -> Self {
        self.with_ring(self.key().cloned())
    }

    fn with_ring(&self, key: Option<Identity>) -> Self {
        let mut store = self.clone();
        store.ring = Arc::new(Keyring {
            key,
            ..Keyring::default()
        });
        store
    }

    /// Whether what is sealed can be read.
    pub fn has_key(&self) -> bool {
        self.key().is_some()
    }

    pub(super) fn key(&self) -> Option<&Identity> {
        self.ring.key.as_ref()
    }

    /// The form that was written when this run began.
    pub(super) fn first_form(&self) -> Encoding {
        *self.ring.first.get_or_init(|| match self.vault() {
            Ok(Vault::Off) => Encoding::Plain,
            _ => Encoding::Sealed,
        })
    }

    /// The form to look for first when a record is read, as far as that is known without a look at the
    /// names of all.
    pub(super) fn likely_form(&self) -> Encoding {
        *self.ring.likely.get_or_init(|| match self.vault_nearby() {
            Ok(None) => Encoding::Plain,
            _ => self.first_form(),
        })
    }

    /// Who can read what is saved now; none where it is saved plain. What was sealed once in a run
    /// stays so to its end.
    pub(super) fn sealing(&self) -> Result<Option<Arc<[Recipient]>>> {
        let known = &self.ring.readers;
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_none() {
            match self.vault()? {
                Vault::Off => return Ok(None),
                half @ Vault::TurningOn => return Err(self.half_turned(half)),
                Vault::KeyMissing => return Err(self.key_missing()),
                Vault::On | Vault::TurningOff => {}
            }
            let readers = self.readers()?;
            self.needs_owner(&readers)?;
            let readers = readers.into_iter().map(|reader| reader.recipient);
            *known = Some(readers.collect());
        }
        Ok(known.clone())
    }

    /// The content of a file of ours in this form, opened with our key where it is sealed.
    pub(super) fn content(&self, path: &Path, form: Encoding) -> Result<Zeroizing<Vec<u8>>> {
        self.opened(path, form, whole(path)?)
    }

    /// The content of what stood in a file in this form.
    pub(super) fn opened(
        &self,
        path: &Path,
        form: Encoding,
        bytes: Vec<u8>,
    ) -> Result<Zeroizing<Vec<u8>>> {
        // A name that is claimed and not saved to yet is empty in both forms. What is sealed may have
        // lost its ending.
        if bytes.is_empty() || (form == Encoding::Plain && !seal::is_sealed(&bytes)) {
            return Ok(Zeroizing::new(bytes));
        }
        let path = path.to_path_buf();
        let Some(key) = self.key() else {
            self.meet_sealed();
            return Err(StoreError::Sealed { path });
        };
        let content = seal::open(&bytes, key);
        let content = content.map_err(|source| StoreError::NotOpened { path, source })?;
        Ok(pad::without_pad(content))
    }

    /// Who can read what is saved from now on, as it stands in the open. An error where nobody
    /// could: then nothing must be saved.
    pub fn readers(&self) -> Result<Vec<Reader>> {
        let path = self.list_file();
        let bytes = match whole(&path) {
            // The list goes before the key.
            Err(error) if missing(&error) && self.is_turning_off()? => {
                return Err(self.half_turned(Vault::TurningOff));
            }
            Err(error) if missing(&error) => return Err(StoreError::NoReaders { path }),
            bytes => bytes?,
        };
        match readers::from_plain(as_text(&path, &bytes)?) {
            Ok(readers) if readers.is_empty() => Err(StoreError::NoReaders { path }),
            Ok(readers) => Ok(readers),
            Err(line) => Err(StoreError::BadReaders { path, line }),
        }
    }

    /// Makes the vault: a new key under the passphrase, made slow with the factor `work`. From now
    /// on what is saved is sealed for it; what is there already is turned by [`Store::seal_all`].
    pub fn make_vault(&self, now: &Moment, passphrase: &Passphrase, work: u8) -> Result<OpenVault> {
        self.prepare()?;
        let identity = caught(Identity::generate).ok_or_else(|| StoreError::CannotSeal {
            path: self.identity_file(),
            source: SealError::NoChance,
        })?;
        let reader = Reader {
            recipient: identity.recipient(),
            since: now.clone(),
            name: OWN.to_string(),
        };
        let opened = OpenVault {
            identity,
            readers: vec![reader],
            beside: None,
        };
        self.make_folders(&self.identities())?;
        // What stands in the key's place may be one that can be mended: it is not written over.
        if self.identity_file().symlink_metadata().is_ok() {
            return Err(self.key_missing());
        }
        // Slow, so it comes first: what follows is done in a moment.
        let key = self.locked(&opened, passphrase, work)?;
        // The key comes last: with it the vault is on, and then the list must be there.
        self.write_list(&opened.readers)?;
        self.note(None)?;
        self.replace(&self.identity_file(), &key)?;
        self.unlock(passphrase)
    }

    /// Opens the vault. Takes about a second.
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<OpenVault> {
        let opened = self.unlock_file(self.identity_file(), passphrase);
        match opened {
            Ok(opened) => {
                // Where this machine cannot note it, it is noted the next time.
                let _ = self.remember(&opened.identity.recipient());
                Ok(opened)
            }
            // A sync program may have put the other machine's version beside it.
            Err(error) => match self.unlock_beside(passphrase) {
                Ok(opened) => Ok(opened),
                Err(Some(why)) if missing(&error) => Err(why),
                Err(_) => Err(error),
            },
        }
    }

    fn unlock_file(&self, path: PathBuf, passphrase: &Passphrase) -> Result<OpenVault> {
        let bytes = whole(&path)?;
        let text = seal::unlock(&bytes, passphrase).map_err(|source| StoreError::NotOpened {
            path: path.clone(),
            source,
        })?;
        let text = std::str::from_utf8(&text).ok();
        // Under a partner's passphrase the owner's words would be theirs.
        let text = text.filter(|text| !text.starts_with(readers::PARTNER_KEY_HEAD));
        let (identity, readers) = text
            .and_then(readers::from_secret)
            .ok_or(StoreError::NoKey { path })?;
        Ok(OpenVault {
            identity,
            readers,
            beside: None,
        })
    }

    /// Writes the key anew under a passphrase, with who may read, and then the list in the open.
    /// At any moment one passphrase opens the vault: the one before, or this one.
    pub fn keep_vault(&self, opened: &OpenVault, passphrase: &Passphrase, work: u8) -> Result<()> {
        self.write_identity(opened, passphrase, work)?;
        self.write_list(&opened.readers)
    }

    /// Writes the list in the open as it stands under the passphrase.
    pub fn write_list(&self, readers: &[Reader]) -> Result<()> {
        self.replace(
            &self.list_file(),
            readers::to_plain(readers::PLAIN_HEAD, readers).as_bytes(),
        )?;
        match readers.first() {
            // The owner stands first.
            Some(owner) if owner.name == OWN => self.remember(&owner.recipient),
            _ => Ok(()),
        }
    }

    /// How the list in the open differs from the one under the passphrase; none where it does not.
    pub fn mismatch(&self, opened: &OpenVault) -> Option<Mismatch> {
        if self.was_turned_off() || self.turned_off_elsewhere().is_some() {
            // We have removed it ourselves.
            return None;
        }
        let open = self.readers().unwrap_or_default();
        let not_in = |some: &[Reader], others: &[Reader]| -> Vec<Reader> {
            let is_in = |one: &Reader| others.iter().any(|other| other.recipient == one.recipient);
            some.iter().filter(|one| !is_in(one)).cloned().collect()
        };
        let (added, missing) = (
            not_in(&open, &opened.readers),
            not_in(&opened.readers, &open),
        );
        if added.is_empty() && missing.is_empty() {
            return None;
        }
        let changed = fs::metadata(self.list_file()).and_then(|found| found.modified());
        Some(Mismatch {
            added,
            missing,
            changed: changed.ok(),
        })
    }

    /// Writes the key anew under a passphrase. At any moment one passphrase opens it: the one before,
    /// or this one.
    pub fn write_identity(
        &self,
        opened: &OpenVault,
        passphrase: &Passphrase,
        work: u8,
    ) -> Result<()> {
        let key = self.locked(opened, passphrase, work)?;
        self.replace(&self.identity_file(), &key)?;
        // Where this machine cannot note it, that it has changed is told until the vault is opened here.
        let _ = self.remember(&opened.identity.recipient());
        Ok(())
    }

    /// What is written as the key, under a passphrase.
    fn locked(&self, opened: &OpenVault, passphrase: &Passphrase, work: u8) -> Result<Vec<u8>> {
        let text = readers::to_secret(readers::SECRET_HEAD, &opened.identity, &opened.readers);
        let locked = seal::lock(text.as_bytes(), passphrase, work);
        locked.map_err(|source| StoreError::CannotSeal {
            path: self.identity_file(),
            source,
        })
    }

    /// What was begun with many sessions and is not finished.
    fn unfinished(&self) -> Result<Option<String>> {
        let path = self.unfinished_file();
        match whole(&path) {
            Ok(bytes) => Ok(Some(as_text(&path, &bytes)?.trim().to_string())),
            Err(error) if missing(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether turning the vault off has begun.
    pub(super) fn is_turning_off(&self) -> Result<bool> {
        Ok(self.unfinished()?.as_deref() == Some(TURNING_OFF))
    }

    /// Whether sessions are still to be sealed anew for other readers.
    pub fn is_resealing(&self) -> Result<bool> {
        let unfinished = self.unfinished()?;
        Ok(unfinished.is_some_and(|words| words.starts_with(RESEALING)))
    }

    /// Where keys lie.
    pub(super) fn identities(&self) -> PathBuf {
        self.data.join("identities")
    }

    /// The key, under the passphrase.
    pub fn identity_file(&self) -> PathBuf {
        self.identities().join("identity.age")
    }

    /// The list in the open.
    pub fn list_file(&self) -> PathBuf {
        self.identities().join("recipients.txt")
    }

    /// The key of a vault that was turned off at `time`.
    pub fn old_identity_file(&self, time: &str) -> PathBuf {
        self.identities().join(format!("{KEPT}{time}.age"))
    }

    fn unfinished_file(&self) -> PathBuf {
        self.identities().join("unfinished")
    }
}

/// `content` as it is written in this form.
pub(super) fn sealed_for(path: &Path, content: &[u8], readers: &[Recipient]) -> Result<Vec<u8>> {
    seal::seal(&pad::with_pad(content), readers).map_err(|source| StoreError::CannotSeal {
        path: path.to_path_buf(),
        source,
    })
}

/// What the vault's own key is called in lists.
pub const OWN: &str = "you";

/// What is written down while many sessions are turned.
const TURNING_OFF: &str = "off";
const RESEALING: &str = "reseal";
