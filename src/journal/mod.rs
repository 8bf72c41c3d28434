//! Sessions on disk: the text of a session file, where it lies, how it is saved so that nothing is
//! lost, and who may write it.
//!
//! A session is one file that its owner can read and edit. [`Store`] finds, reads and saves it,
//! [`Lock`] keeps a second program from writing it, [`StoreLock`] one from changing many,
//! [`Writer`] saves it while somebody types, [`Words`] are found in what somebody wrote.

pub mod archive;
mod encoding;
mod error;
mod files;
mod find;
pub mod format;
pub mod health;
mod lock;
mod many;
mod merge;
mod names;
mod pending_save;
mod quarantine;
mod read;
mod remove;
mod save;
mod search;
mod store;
mod sweep;
pub mod vault;
mod writer;

pub use error::{Operation, StoreError};
pub use files::{Disk, Files};
pub use lock::{Lock, StoreLock};
pub use many::each;
pub use merge::Arrival;
pub use names::{Names, is_id};
pub use search::{OwnText, SearchQuery, TextPart, own_words};
pub use store::Store;
pub use vault::{EncodingCounts, Mismatch, OWN, OpenVault, Reader, ResealTally, Vault};
pub use writer::{SaveError, Writer};

#[cfg(test)]
mod faulty;
#[cfg(test)]
mod tests;
