//! Keys that lie beside the vault's own, under other names, and which of them is the vault's.

use std::path::{Path, PathBuf};

use super::mixup::KeyMixup;
use super::partners::is_of_partners;
use super::seal::{self, Passphrase};
use super::signs::begins_sealed;
use super::{OpenVault, TURNING_OFF};
use crate::journal::contents::whole;
use crate::journal::error::{Operation, StoreError};
use crate::journal::lock::StoreLock;
use crate::journal::names::list;
use crate::journal::store::Store;
use crate::journal::temp::is_temp;

type Result<T> = std::result::Result<T, StoreError>;

impl Store {
    /// Keys under other names, as sync programs leave them. Those of vaults that were turned off are none.
    pub(in crate::journal) fn key_copies(&self) -> Vec<PathBuf> {
        self.keys_called(|name| !is_kept(name))
    }

    /// The keys of vaults that were turned off, the newest first, where neither a key nor a list of readers
    /// stands in its place: what comes late from elsewhere may be sealed for one. They say nothing of a vault.
    pub fn kept_keys(&self) -> Vec<PathBuf> {
        let places = [self.identity_file(), self.list_file()];
        if places.iter().any(|path| path.symlink_metadata().is_ok()) {
            return Vec::new();
        }
        let mut kept = self.keys_called(is_kept);
        kept.sort_unstable_by(|one, other| other.cmp(one));
        kept
    }

    /// Whether another key lies beside the vault's, or is kept of one that was turned off: either may open
    /// what this one doesn't.
    pub(in crate::journal) fn has_other_keys(&self) -> bool {
        !self.keys_called(|_| true).is_empty()
    }

    /// Whether the vault was turned off, and is there only for what is sealed all the same.
    pub fn was_turned_off(&self) -> bool {
        if self.is_turning_off().unwrap_or(false) {
            return self.list_file().symlink_metadata().is_err();
        }
        let remembers = self.memory_file().symlink_metadata().is_ok();
        !remembers && self.key_copies().is_empty() && !self.kept_keys().is_empty()
    }

    /// The key that was kept, where the vault was turned off on another machine: this one still remembers
    /// it, and nothing here needs the key.
    pub fn turned_off_elsewhere(&self) -> Option<PathBuf> {
        let remembers = self.memory_file().symlink_metadata().is_ok();
        let kept = self.kept_keys().into_iter().next();
        kept.filter(|_| remembers && self.sealed_file().is_none())
    }

    /// Opens the vault to change something about it, with its own key alone: what another vault's key or a
    /// copy opens is never written over the key.
    pub fn unlock_to_change(&self, passphrase: &Passphrase) -> Result<OpenVault> {
        let opened = self.unlock(passphrase)?;
        match opened.beside.clone() {
            Some(path) if !self.is_own(&opened) => Err(KeyMixup::Other { path }.into()),
            Some(copy) if self.identity_file().symlink_metadata().is_ok() => {
                let path = self.identity_file();
                Err(KeyMixup::Copy { copy, path }.into())
            }
            _ => Ok(opened),
        }
    }

    /// Writes the copies of the key that the passphrase before opens anew under this one. Those that could
    /// not be come back.
    pub fn renew_copies(
        &self,
        all: &StoreLock,
        opened: &OpenVault,
        [before, now]: [&Passphrase; 2],
        work: u8,
    ) -> Vec<PathBuf> {
        let (copies, _) = self.keys_beside(all, opened, before);
        let renewed = |path: &Path, copy: &OpenVault| {
            let key = self.locked(copy, now, work)?;
            self.replace(path, &key)
        };
        let still = copies.into_iter();
        let still = still.filter(|(path, copy)| renewed(path, copy).is_err());
        still.map(|(path, _)| path).collect()
    }

    /// Gives the copies of the key the name of one that is kept, so that none says that there is a vault.
    /// What this passphrase doesn't open as the same key stays, and comes back.
    pub fn retire_copies(
        &self,
        all: &StoreLock,
        opened: &OpenVault,
        passphrase: &Passphrase,
        time: &str,
    ) -> Result<Vec<PathBuf>> {
        let (copies, others) = self.keys_beside(all, opened, passphrase);
        let mut names = (1..).map(|count| self.old_identity_file(&format!("{time}-{count}")));
        for (path, _) in copies {
            let free = names.find(|name| name.symlink_metadata().is_err());
            let old = free.unwrap_or_default();
            let renamed = self.files.rename_new(&path, &old);
            renamed.map_err(|error| StoreError::io(Operation::Rename, &path, error))?;
        }
        Ok(others)
    }

    /// Removes what unfinished saves of the key have left: whoever saves one holds the lock.
    pub fn sweep_keys(&self, _all: &StoreLock) {
        for path in self.key_copies() {
            if is_temp(&path.file_name().unwrap_or_default().to_string_lossy()) {
                // One that stays is told of as a copy.
                let _ = self.remove(&path);
            }
        }
    }

    /// The copies of a key that a passphrase opens, and the other keys beside it.
    fn keys_beside(
        &self,
        all: &StoreLock,
        opened: &OpenVault,
        passphrase: &Passphrase,
    ) -> (Vec<(PathBuf, OpenVault)>, Vec<PathBuf>) {
        self.sweep_keys(all);
        let own = opened.identity.recipient();
        let (mut copies, mut others) = (Vec::new(), Vec::new());
        for path in self.key_copies() {
            match self.unlock_file(path.clone(), passphrase) {
                Ok(copy) if copy.identity.recipient() == own => copies.push((path, copy)),
                _ => others.push(path),
            }
        }
        (copies, others)
    }

    /// Notes, before a key that was kept gets its name back, that turning its vault off isn't finished.
    pub(in crate::journal) fn prepare_for(&self, key: &Path) -> Result<()> {
        let name = key.file_name().unwrap_or_default().to_string_lossy();
        match is_kept(&name) {
            true => self.note(Some(TURNING_OFF)),
            false => Ok(()),
        }
    }

    fn keys_called(&self, is_meant: impl Fn(&str) -> bool) -> Vec<PathBuf> {
        let folder = self.identities();
        let names = list(&folder).unwrap_or_default().into_iter();
        let paths = names
            .filter(|(name, kind)| kind.is_file() && is_meant(name))
            // They open what partners closed, and nothing of the vault.
            .filter(|(name, _)| !is_of_partners(name))
            .map(|(name, _)| folder.join(name))
            .filter(|path| *path != self.identity_file());
        paths.filter(|path| begins_sealed(path)).collect()
    }

    /// The key among those beside the vault's that a passphrase opens. Of several it is the vault's own, and
    /// one that opens what lies here.
    pub(super) fn unlock_beside(
        &self,
        passphrase: &Passphrase,
    ) -> std::result::Result<OpenVault, Option<StoreError>> {
        let needed = self.sealed_file().and_then(|path| whole(&path).ok());
        let is_needed = |opened: &OpenVault| {
            let mut needed = needed.iter();
            needed.all(|bytes| seal::open(bytes, &opened.identity).is_ok())
        };
        let (mut found, mut why) = (Vec::new(), None);
        for path in self.key_copies().into_iter().chain(self.kept_keys()) {
            match self.unlock_file(path.clone(), passphrase) {
                Ok(mut opened) => {
                    opened.beside = Some(path);
                    let rank = (self.is_own(&opened), is_needed(&opened));
                    found.push((rank, opened));
                    if rank == (true, true) {
                        break;
                    }
                }
                Err(error) => why = why.or(Some(error)),
            }
        }
        // Of several that are alike, the first.
        let best = found.into_iter().rev().max_by_key(|(rank, _)| *rank);
        best.map(|(_, opened)| opened).ok_or(why)
    }

    /// The key that may get the name of the missing one: this passphrase opens it, and it is the vault's, as
    /// far as that is known.
    pub fn key_for(&self, passphrase: &Passphrase) -> Option<PathBuf> {
        if self.identity_file().symlink_metadata().is_ok() {
            return None;
        }
        let opened = self.unlock_beside(passphrase).ok()?;
        let is_own = self.is_own(&opened);
        opened.beside.filter(|_| is_own)
    }
}

/// How the names of keys begin that are kept of vaults that were turned off.
pub(super) const KEPT: &str = "old-";

/// Whether a file is called as a key is that was kept, or as programs call copies of one.
fn is_kept(name: &str) -> bool {
    let is_time =
        |rest: &str| rest.len() >= DAY && rest.bytes().take(DAY).all(|it| it.is_ascii_digit());
    name.starts_with(KEPT) || name.to_lowercase().split(KEPT).skip(1).any(is_time)
}

/// The digits of a day in such a name.
const DAY: usize = 8;

#[cfg(test)]
mod tests {
    use crate::journal::Vault;
    use crate::journal::tests::store;
    use crate::journal::vault::seal::Passphrase;
    use crate::test_support::moment;

    #[test]
    fn no_copy_of_a_key_that_was_kept_says_that_there_is_a_vault() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let words = Passphrase::new(String::from("one two three"));
        store.make_vault(&moment(), &words, 1).unwrap();
        let name = "old-20261122T174501Z.age";
        let kept = store.identities().join(name);
        std::fs::rename(store.identity_file(), &kept).unwrap();
        std::fs::remove_file(store.list_file()).unwrap();
        store.forget().unwrap();
        assert_eq!(store.vault().unwrap(), Vault::Off);
        for name in [
            format!("Copy of {name}"),
            format!(".{name}.swp"),
            name.replace(".age", " (1).age"),
        ] {
            let copy = store.identities().join(&name);
            std::fs::copy(&kept, &copy).unwrap();
            assert_eq!(store.vault().unwrap(), Vault::Off, "{name}");
            std::fs::remove_file(copy).unwrap();
        }
        std::fs::copy(&kept, store.identities().join("gold-key.age")).unwrap();
        assert_eq!(store.vault().unwrap(), Vault::TurningOn);
    }
}
