//! The two forms in which a session lies on the disk: plain, and sealed for the vault's readers.

use std::fs;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::error::StoreError;
use super::names::month_of;
use super::read::{missing, whole};
use super::store::Store;
use super::vault::seal::{self, Recipient};

type Result<T> = std::result::Result<T, StoreError>;

/// How a session lies on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Text that its owner can read and edit.
    Plain,
    /// An age file.
    Sealed,
}

impl Encoding {
    /// What the name of its file ends with.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Plain => ".toml",
            Self::Sealed => ".toml.age",
        }
    }

    /// The other one.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Plain => Self::Sealed,
            Self::Sealed => Self::Plain,
        }
    }

    /// What a file's name is before its ending, with its form.
    pub(super) fn split(name: &str) -> Option<(&str, Self)> {
        [Self::Plain, Self::Sealed]
            .into_iter()
            .find_map(|form| Some((name.strip_suffix(form.ending())?, form)))
    }
}

impl Store {
    /// The file of the session with this full name: the one that is there, else the one that the
    /// next save makes.
    pub fn path(&self, id: &str) -> PathBuf {
        let first = self.first_form();
        let path = self.path_in(id, first);
        if fs::symlink_metadata(&path).is_ok() {
            return path;
        }
        let other = self.path_in(id, first.other());
        if fs::symlink_metadata(&other).is_ok() {
            other
        } else {
            path
        }
    }

    /// The file of a session in one form, whether or not it is there.
    pub(super) fn path_in(&self, id: &str, form: Encoding) -> PathBuf {
        let (year, month) = month_of(id);
        let mut path = self.sessions().join(year);
        path.push(month);
        path.push(format!("{id}{}", form.ending()));
        path
    }

    /// Does `with` with the file of a session in the form that is there. Where both are, a run that
    /// turned one into the other was cut off, and the one that is written now is the newer.
    pub(super) fn in_its_form<T>(
        &self,
        id: &str,
        mut with: impl FnMut(&Path, Encoding) -> Result<T>,
    ) -> Result<T> {
        let first = self.first_form();
        match with(&self.path_in(id, first), first) {
            Err(error) if missing(&error) => {}
            done => return done,
        }
        let other = first.other();
        with(&self.path_in(id, other), other)
    }

    /// The content of a session's file in this form, opened with our key where it is sealed.
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
        // A name that is claimed and not saved to yet is empty in both forms.
        if form == Encoding::Plain || bytes.is_empty() {
            return Ok(Zeroizing::new(bytes));
        }
        let path = path.to_path_buf();
        let Some(key) = self.key() else {
            return Err(StoreError::Sealed { path });
        };
        seal::open(&bytes, key).map_err(|source| StoreError::NotOpened { path, source })
    }
}

/// `content` as it is written in this form.
pub(super) fn sealed_for(path: &Path, content: &[u8], readers: &[Recipient]) -> Result<Vec<u8>> {
    seal::seal(content, readers).map_err(|source| StoreError::CannotSeal {
        path: path.to_path_buf(),
        source,
    })
}
