//! In which form the records are.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::signs::begins_sealed;
use crate::journal::encoding::Encoding;
use crate::journal::error::{Operation, StoreError};
use crate::journal::names::list;
use crate::journal::record::RecordCounts;
use crate::journal::records::Records;
use crate::journal::store::Store;
use crate::session::SessionId;

type Result<T> = std::result::Result<T, StoreError>;

/// How many records are there in each form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EncodingCounts {
    /// Text. What an unfinished save left of plain words counts as a session.
    pub plain: RecordCounts,
    /// Age files.
    pub sealed: RecordCounts,
}

impl Store {
    /// How many records there are in each form.
    pub fn forms(&self) -> Result<EncodingCounts> {
        let mut forms = EncodingCounts::default();
        let beside = self.beside().into_iter();
        let plain = beside.filter(|path| has_words(path) && !begins_sealed(path));
        forms.plain.sessions = self.plain_leftovers().len() + plain.count();
        for records in self.every_kind() {
            for id in records.newest().flatten() {
                for form in [Encoding::Plain, Encoding::Sealed] {
                    let path = records.path_in(&id, form);
                    if !has_words(&path) {
                        continue;
                    }
                    match form == Encoding::Sealed || begins_sealed(&path) {
                        true => forms.sealed.add(records.kind),
                        false => forms.plain.add(records.kind),
                    }
                }
            }
        }
        if forms.sealed.all() > 0 {
            self.meet_sealed();
        }
        Ok(forms)
    }

    /// Where records couldn't be looked for: they're in no count.
    pub fn unlisted(&self) -> Vec<StoreError> {
        let mut all: Vec<StoreError> = Vec::new();
        for records in self.every_kind() {
            all.extend(records.newest().filter_map(std::result::Result::err));
        }
        let quarantine = self.quarantine();
        if let Err(error) = list(&quarantine) {
            all.push(StoreError::io(Operation::List, &quarantine, error));
        }
        all
    }

    /// Whether any session is sealed.
    pub fn any_sealed(&self) -> bool {
        self.any_newest_sealed(usize::MAX)
    }

    /// Whether any of so many of the newest records of a kind is sealed.
    pub fn any_newest_sealed(&self, count: usize) -> bool {
        let found = self.every_kind().any(|records| {
            let sealed = |id: SessionId| {
                has_words(&records.path_in(&id, Encoding::Sealed))
                    || begins_sealed(&records.path_in(&id, Encoding::Plain))
            };
            records.newest().flatten().take(count).any(sealed)
        });
        if found {
            self.meet_sealed();
        }
        found
    }

    /// The sealed sessions whose files were written at `time` or later, newest name first.
    pub fn saved_since(&self, time: SystemTime) -> Vec<SessionId> {
        let is_since = |records: Records<'_>, id: &SessionId| {
            let written = fs::metadata(records.path_in(id, Encoding::Sealed));
            written
                .and_then(|found| found.modified())
                .is_ok_and(|at| at >= time)
        };
        let ids = self.every_kind().flat_map(|records| {
            let ids = records.newest().flatten();
            ids.filter(move |id| is_since(records, id))
        });
        ids.collect()
    }
}

/// Whether a file is there and not only claimed.
pub(in crate::journal) fn has_words(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.len() > 0)
}
