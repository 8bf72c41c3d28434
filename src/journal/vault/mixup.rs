//! Why a key that a passphrase opens isn't used, or one that is needed isn't in its place.

use std::path::PathBuf;

/// One key where another should be.
#[derive(Clone, Debug, thiserror::Error)]
pub enum KeyMixup {
    /// What the passphrase opens is the key of another vault.
    #[error("this is another vault’s key: {}", .path.display())]
    Other {
        /// Its file.
        path: PathBuf,
    },
    /// What the passphrase opens is a copy, and the file in the key's place stays closed.
    #[error("that passphrase opens only a copy of your key: {}", .copy.display())]
    Copy {
        /// The copy.
        copy: PathBuf,
        /// The key's place.
        path: PathBuf,
    },
    /// The vault was turned off elsewhere, and this machine still remembers it.
    #[error("nothing can be saved: it looks as if the vault was turned off on another machine, and its key is kept here: {}", .path.display())]
    PutAway {
        /// The key that was kept.
        path: PathBuf,
    },
}

impl KeyMixup {
    pub(in crate::journal) fn hint(&self) -> String {
        match self {
            Self::Other { .. } => String::from(
                "nothing was changed; give the passphrase that opens your own key. With this one you can only read what that key opens",
            ),
            Self::Copy { path, .. } => format!(
                "nothing was changed; give the passphrase that opens {}. If that file is broken or another vault’s, move it away, and `trust-coach doctor` gives the copy its name",
                path.display()
            ),
            Self::PutAway { .. } => String::from(
                "if you did that, `trust-coach vault off` turns it off here too, with your passphrase. If you didn’t, somebody else can write to your files",
            ),
        }
    }
}
