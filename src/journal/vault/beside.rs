//! Keys that lie beside the vault's own, under other names, and which of them is the vault's.

use std::path::{Path, PathBuf};

use super::partners::is_of_partners;
use super::seal::{self, Passphrase};
use super::signs::begins_sealed;
use super::{OpenVault, TURNING_OFF};
use crate::journal::contents::whole;
use crate::journal::error::StoreError;
use crate::journal::names::list;
use crate::journal::store::Store;

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

    /// Whether the vault was turned off, and is there only for what is sealed all the same.
    pub fn was_turned_off(&self) -> bool {
        if self.is_turning_off().unwrap_or(false) {
            return self.list_file().symlink_metadata().is_err();
        }
        let remembers = self.memory_file().symlink_metadata().is_ok();
        !remembers && self.key_copies().is_empty() && !self.kept_keys().is_empty()
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

    /// The key among those beside the vault's that a passphrase opens. Of several it is the one that opens
    /// what lies here.
    pub(super) fn unlock_beside(
        &self,
        passphrase: &Passphrase,
    ) -> std::result::Result<(PathBuf, OpenVault), Option<StoreError>> {
        let needed = self.sealed_file().and_then(|path| whole(&path).ok());
        let is_needed = |opened: &OpenVault| {
            let mut needed = needed.iter();
            needed.all(|bytes| seal::open(bytes, &opened.identity).is_ok())
        };
        let (mut other, mut why) = (None, None);
        for path in self.key_copies().into_iter().chain(self.kept_keys()) {
            match self.unlock_file(path.clone(), passphrase) {
                Ok(opened) if is_needed(&opened) => return Ok((path, opened)),
                Ok(opened) => other = other.or(Some((path, opened))),
                Err(error) => why = why.or(Some(error)),
            }
        }
        other.ok_or(why)
    }

    /// The key that may get the name of the missing one: this passphrase opens it, and its owner is among
    /// those who may read, where these are listed.
    pub fn key_for(&self, passphrase: &Passphrase) -> Option<PathBuf> {
        if self.identity_file().symlink_metadata().is_ok() {
            return None;
        }
        let (path, opened) = self.unlock_beside(passphrase).ok()?;
        let readers = self.readers().unwrap_or_default();
        let own = opened.identity.recipient();
        let is_listed = readers.iter().any(|reader| reader.recipient == own);
        (is_listed || readers.is_empty()).then_some(path)
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
