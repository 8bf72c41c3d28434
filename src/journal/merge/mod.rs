//! Records that come from elsewhere, brought in so that nothing is doubled and nothing is lost.

use std::ops::ControlFlow;

use crate::journal::addition::{Addition, BATCH};
use crate::journal::error::StoreError;
use crate::journal::lock::{Lock, StoreLock};
use crate::journal::record::Record;
use crate::journal::records::Records;
use crate::session::SessionId;

type Result<T> = std::result::Result<T, StoreError>;

/// What becomes of a record that comes from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It is not here yet.
    New,
    /// It is here, and all that is in it.
    Here,
    /// It goes on where the one here stops, and takes its place.
    Further,
    /// The one here has other words: both stay, this one under another name.
    Beside(SessionId),
}

impl<R: Record> Records<'_, R> {
    /// What [`Self::bring_in`] would do with a record now. Changes nothing.
    pub fn arrival(&self, theirs: &R) -> Result<Arrival> {
        if let Some(arrival) = self.compare_with(theirs.id(), theirs)? {
            return Ok(arrival);
        }
        // The same words always get the same other name, so that they come in once.
        for salt in 0.. {
            let id = beside(theirs, salt);
            let there = self.compare_with(&id, &theirs.clone().with_id(id.clone()))?;
            match there {
                Some(Arrival::New) => return Ok(Arrival::Beside(id)),
                Some(_) => return Ok(Arrival::Here),
                None => {}
            }
        }
        Ok(Arrival::Here)
    }

    /// Brings records in, and tells what became of each, in order, once it is on the disk. Ends at the
    /// first that fails, and where `tell` has heard enough; one that is open in another program is
    /// only told.
    pub fn bring_in<'r>(
        &self,
        _all: &StoreLock,
        theirs: &'r [R],
        mut tell: impl FnMut(&'r R, Result<Arrival>) -> ControlFlow<()>,
    ) {
        let mut group = ArrivalGroup::new(*self);
        for record in theirs {
            if (group.is_full() || group.has(record.id())) && group.land(&mut tell).is_break() {
                return;
            }
            match group.take(record) {
                Ok(()) => {}
                Err(error @ StoreError::Held { .. }) => group.taken.push((record, Err(error))),
                Err(error) => {
                    if group.land(&mut tell).is_continue() {
                        let _ = tell(record, Err(error));
                    }
                    return;
                }
            }
        }
        let _ = group.land(&mut tell);
    }

    /// What becomes of a record under the name `id`; nothing where other words have that name.
    fn compare_with(&self, id: &str, theirs: &R) -> Result<Option<Arrival>> {
        match self.read(id) {
            Ok(ours) if ours.to_text() == theirs.to_text() || ours.contains(theirs) => {
                Ok(Some(Arrival::Here))
            }
            Ok(ours) if theirs.contains(&ours) => Ok(Some(Arrival::Further)),
            Err(StoreError::Gone { .. }) => Ok(Some(Arrival::New)),
            // Someone's words may be in it all the same.
            Ok(_) | Err(StoreError::Unreadable { .. } | StoreError::Unsaved { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Records that come in together: those that are new get to the disk at once.
struct ArrivalGroup<'s, 'r, R> {
    records: Records<'s, R>,
    /// What became of each, once the group is on the disk.
    taken: Vec<(&'r R, Result<Arrival>)>,
    addition: Addition<'s>,
    /// Of those that are new.
    locks: Vec<Lock>,
}

impl<'s, 'r, R: Record> ArrivalGroup<'s, 'r, R> {
    fn new(records: Records<'s, R>) -> Self {
        Self {
            records,
            taken: Vec::new(),
            addition: Addition::new(records.store),
            locks: Vec::new(),
        }
    }

    fn is_full(&self) -> bool {
        self.taken.len() >= BATCH
    }

    /// Whether a record of this name is among them, which the next one cannot be compared with yet.
    fn has(&self, id: &str) -> bool {
        self.taken.iter().any(|(record, _)| record.id() == id)
    }

    /// Puts a record among them.
    fn take(&mut self, theirs: &'r R) -> Result<()> {
        let Records { store, .. } = self.records;
        loop {
            let arrival = self.records.arrival(theirs)?;
            let id = match &arrival {
                Arrival::Here => {
                    self.taken.push((theirs, Ok(arrival)));
                    return Ok(());
                }
                Arrival::New | Arrival::Further => theirs.id().to_string(),
                Arrival::Beside(id) => id.clone(),
            };
            let lock = Lock::take(store, &id)?;
            // Whoever had it open until now may have gone on.
            if self.records.arrival(theirs)? != arrival {
                continue;
            }
            let record = theirs.clone().with_id(id);
            if arrival == Arrival::Further {
                self.records.save(&record)?;
            } else {
                let readers = store.sealing()?;
                let (path, bytes) = self.records.encoded(&record, readers.as_deref())?;
                store.prepare()?;
                self.records.make_month(record.id())?;
                self.addition.write(&path, &bytes)?;
                self.locks.push(lock);
            }
            self.taken.push((theirs, Ok(arrival)));
            return Ok(());
        }
    }

    /// Returns once all of them are on the disk and told. Breaks where nothing is to follow.
    fn land(
        &mut self,
        tell: &mut impl FnMut(&'r R, Result<Arrival>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let landed = self.addition.name();
        self.locks.clear();
        let mut taken = self.taken.drain(..);
        if let Err(error) = landed {
            if let Some((first, _)) = taken.next() {
                let _ = tell(first, Err(error));
            }
            return ControlFlow::Break(());
        }
        // All of them landed, so all are told of, also where that ends it.
        let mut told = ControlFlow::Continue(());
        for (record, arrival) in taken {
            if tell(record, arrival).is_break() {
                told = ControlFlow::Break(());
            }
        }
        told
    }
}

/// Another name for a record, of the same time.
fn beside<R: Record>(record: &R, salt: u32) -> SessionId {
    // FNV-1a: it need only be the same on every machine and in every year.
    let text = record.to_text();
    let salted = text.bytes().chain(salt.to_le_bytes());
    let hash = salted.fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let time = record.id().rsplit_once('-').map_or("", |(time, _)| time);
    format!("{time}-{hash:08x}")
}

#[cfg(test)]
mod tests;
