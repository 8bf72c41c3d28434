//! Facts: each is written once, all of it or nothing, and never again.

mod days;
mod next_step;
mod record;
#[cfg(test)]
pub(super) mod tests;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use jiff::Zoned;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::journal::addition::Addition;
use crate::journal::error::{Operation, StoreError};
use crate::journal::many::each;
use crate::journal::names::time_name;
use crate::journal::record::Record;
use crate::journal::records::Records;
use crate::journal::store::TRIES;
use crate::journal::vault::Vault;
use crate::journal::vault::seal::Recipient;
use crate::ledger::{Fact, FactId};
use crate::session::{AnswerId, Session};

pub use days::{LedgerState, NotedDays};
pub use next_step::{NotedStep, PlanState};

type Result<T> = std::result::Result<T, StoreError>;

impl Records<'_, Fact> {
    /// Draws so many names for facts that are said `now`, in order, none of which any fact has.
    pub fn new_ids(
        &self,
        now: &Zoned,
        count: usize,
        mut random: impl FnMut() -> crate::error::Result<u32>,
    ) -> Result<Vec<FactId>> {
        let (time, mut ids) = (time_name(now), BTreeSet::new());
        let mut tries = 0;
        while ids.len() < count {
            let id = self.draw_name(&time, &mut random)?;
            if self.is_there(&id) || !ids.insert(id.clone()) {
                tries += 1;
                if tries > TRIES {
                    return Err(already_there(&self.path(&id)));
                }
            }
        }
        Ok(ids.into_iter().collect())
    }

    /// The name of the fact that an answer of a finished session makes, about one day or none: always the
    /// same one, so that it is there once, whichever run or machine writes it.
    pub fn id_of_answer(
        &self,
        session: &Session,
        answer: &AnswerId,
        on: Option<Date>,
    ) -> Option<FactId> {
        let ended: Zoned = session.ended.as_ref()?.0.parse().ok()?;
        let mut said = ["promise", &session.id, &answer.to_string()].join("\n");
        if let Some(on) = on {
            said.push_str(&format!("\n{on}"));
        }
        let digest = Sha256::digest(said.as_bytes());
        let hex: String = digest
            .iter()
            .take(4)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Some(format!("{}-{hex}", time_name(&ended)))
    }

    /// Whether there is a fact with this full name, in either form. Needs no key.
    pub fn is_there(&self, id: &str) -> bool {
        fs::symlink_metadata(self.path(id)).is_ok()
    }

    /// Adds facts. When this returns without an error they are on the disk; with one, none of them is
    /// there, as far as the disk allows. Never asks for a passphrase, and never touches a file that is
    /// there. What is there already and says the same is left out.
    pub fn add(&self, facts: &[Fact]) -> Result<()> {
        let readers = self.store.sealing()?;
        let added = self.add_for(facts, readers.as_deref())?;
        // Somebody has turned the vault on or off meanwhile, and may not have seen these.
        let turned = match &readers {
            None => self.store.vault()? != Vault::Off,
            Some(_) => self.store.vault_nearby()?.is_none(),
        };
        if turned {
            added.undo();
            let store = self.store.afresh();
            let again = store.facts();
            return again.add_for(facts, store.sealing()?.as_deref()).map(drop);
        }
        Ok(())
    }

    fn add_for(&self, facts: &[Fact], readers: Option<&[Recipient]>) -> Result<Addition<'_>> {
        let mut addition = Addition::new(self.store);
        let mut facts = facts.iter();
        let written = facts.try_for_each(|fact| self.write_unnamed(fact, readers, &mut addition));
        match written.and_then(|()| addition.name()) {
            Ok(()) => Ok(addition),
            Err(error) => {
                addition.undo();
                Err(error)
            }
        }
    }

    /// Writes a fact, under no name yet.
    fn write_unnamed(
        &self,
        fact: &Fact,
        readers: Option<&[Recipient]>,
        addition: &mut Addition<'_>,
    ) -> Result<()> {
        let (path, bytes) = self.encoded(fact, readers)?;
        if self.is_there(&fact.id) {
            return match self.read(&fact.id)?.is_same(fact) {
                true => Ok(()),
                false => Err(already_there(&path)),
            };
        }
        self.store.prepare()?;
        self.make_month(&fact.id)?;
        addition.write(&path, &bytes)
    }

    /// All facts that can be read, newest first, and why others cannot; those with names that are only
    /// nearly right among them.
    pub fn all(&self) -> (Vec<Fact>, Vec<StoreError>) {
        let (mut facts, mut problems) = (Vec::new(), Vec::new());
        each(
            self.newest(),
            false,
            |id, _| id.and_then(|id| self.read(&id)),
            |read| {
                match read {
                    Ok(fact) => facts.push(fact),
                    // Removed since the folder was listed, or no fact yet.
                    Err(StoreError::Gone { .. } | StoreError::Unsaved { .. }) => {}
                    Err(error) => problems.push(error),
                }
                ControlFlow::Continue(())
            },
        );
        let misnamed = self.misnamed("", true).into_iter();
        problems.extend(misnamed.map(|path| StoreError::Misnamed { path }));
        (facts, problems)
    }
}

fn already_there(path: &Path) -> StoreError {
    StoreError::io(Operation::Create, path, io::ErrorKind::AlreadyExists.into())
}
