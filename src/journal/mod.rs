//! Records on disk: the text of a file, where it lies, how it is saved so that nothing is lost, and who
//! may write it.
//!
//! A [`Record`] is one file that its owner can read and edit; a session is one. [`Store`] is the core:
//! folders, files and keys. [`Records`] borrows it to find, read and save those of one kind. [`Lock`]
//! keeps a second program from writing a record, [`StoreLock`] from changing many. [`Writer`] saves one
//! while somebody types, and a [`SearchQuery`] finds words in what somebody wrote.

mod addition;
pub mod archive;
mod beside;
mod closed;
mod contents;
mod encoding;
mod error;
mod facts;
mod files;
mod find;
pub mod format;
pub mod health;
mod lock;
mod looked;
mod many;
mod merge;
mod misnamed;
mod names;
mod operation;
mod pending_save;
mod quarantine;
mod read;
mod record;
mod records;
mod remove;
mod returns;
mod save;
mod search;
mod session_keys;
mod session_record;
mod store;
mod sweep;
mod temp;
mod unfollowed;
pub mod vault;
mod write;
mod writer;

pub use beside::create_beside;
pub use closed::{Sealer, opened_answer};
pub use error::{Operation, StoreError};
pub use facts::{LedgerState, NotedDays, NotedStep, PlanState};
pub use files::{Disk, Files};
pub use lock::{Lock, StoreLock};
pub use many::each;
pub use merge::Arrival;
pub use names::{Names, is_id};
pub use pending_save::SaveError;
pub use record::{Record, RecordCounts, RecordKind};
pub use records::{AnyRecord, Records};
pub use search::{OwnText, SearchQuery, TextPart};
pub use store::{PROMISE_DRAFTS, Store, WorkListener};
pub use vault::{EncodingCounts, Mismatch, OWN, OpenVault, Reader, ResealTally, Strays, Vault};
pub use writer::Writer;

#[cfg(test)]
mod faulty;
#[cfg(test)]
mod tests;
