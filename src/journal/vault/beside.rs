//! Keys that lie beside the vault's own, under other names, and which of them is the vault's.

use std::path::PathBuf;

use super::OpenVault;
use super::partners::is_of_partners;
use super::seal::{self, Passphrase};
use super::signs::begins_sealed;
use crate::journal::contents::whole;
use crate::journal::error::StoreError;
use crate::journal::names::list;
use crate::journal::store::Store;

impl Store {
    /// Keys under other names, as sync programs leave them. Those of vaults that were turned off are none.
    pub(in crate::journal) fn key_copies(&self) -> Vec<PathBuf> {
        self.keys_called(|name| !name.starts_with(KEPT))
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
    ) -> Result<(PathBuf, OpenVault), Option<StoreError>> {
        let needed = self.sealed_file().and_then(|path| whole(&path).ok());
        let is_needed = |opened: &OpenVault| {
            let mut needed = needed.iter();
            needed.all(|bytes| seal::open(bytes, &opened.identity).is_ok())
        };
        let (mut other, mut why) = (None, None);
        for path in self.key_copies() {
            match self.unlock_file(path.clone(), passphrase) {
                Ok(opened) if is_needed(&opened) => return Ok((path, opened)),
                Ok(opened) => other = other.or(Some((path, opened))),
                Err(error) => why = why.or(Some(error)),
            }
        }
        other.ok_or(why)
    }

    /// The key beside the vault's that this passphrase opens and that those who may read are listed for.
    pub fn key_for(&self, passphrase: &Passphrase) -> Option<PathBuf> {
        let (path, opened) = self.unlock_beside(passphrase).ok()?;
        let readers = self.readers().unwrap_or_default();
        let own = opened.identity.recipient();
        let is_listed = readers.iter().any(|reader| reader.recipient == own);
        (is_listed || readers.is_empty()).then_some(path)
    }
}

/// How the names of keys begin that are kept of vaults that were turned off.
pub(super) const KEPT: &str = "old-";
