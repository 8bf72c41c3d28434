//! What a store knows of keys.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock};

use super::seal::{Identity, Recipient};
use crate::journal::encoding::Encoding;

/// What a store knows of keys.
#[derive(Debug, Default)]
pub(in crate::journal) struct Keyring {
    pub(super) key: Option<Identity>,
    /// Who can read what is saved in this run, once that is known.
    pub(super) readers: Mutex<Option<Arc<[Recipient]>>>,
    /// Whether anything sealed lies among the records, once that was looked at.
    pub(super) sealed: OnceLock<bool>,
    /// Whether something sealed was met where nothing else tells of a vault.
    pub(super) met: AtomicBool,
    /// Which form was written when this run began.
    pub(super) first: OnceLock<Encoding>,
    /// Which form to look for first where a record is read.
    pub(super) likely: OnceLock<Encoding>,
}
