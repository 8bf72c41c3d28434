//! How many can open what is sealed, told without a key.

use std::path::Path;

use super::seal;
use crate::journal::contents;
use crate::journal::encoding::Encoding;
use crate::journal::records::Records;
use crate::journal::store::Store;
use crate::session::SessionId;

impl Store {
    /// The sealed sessions that more can open than the `readers` there are: somebody was among them for
    /// a while. Newest name first.
    pub fn open_to_more(&self, readers: usize) -> Vec<SessionId> {
        let is_open = |records: Records<'_>, id: &SessionId| {
            openers(&records.path_in(id, Encoding::Sealed)).is_some_and(|count| count > readers)
        };
        let ids = self.every_kind().flat_map(|records| {
            let ids = records.newest().flatten();
            ids.filter(move |id| is_open(records, id))
        });
        ids.collect()
    }
}

/// How many can open what is sealed in a file.
pub(in crate::journal) fn openers(path: &Path) -> Option<usize> {
    // Each takes less than 150 bytes.
    let start = contents::start(path, HEAD).ok()?;
    seal::is_sealed(&start).then(|| seal::openers(&start))
}

/// Enough for the beginning of a file that a hundred can open.
const HEAD: usize = 16 << 10;
