//! Removing for good what was said about a promise or a plan: asked by its name, then file by file.

use std::io::BufRead;

use super::open;
use crate::error::{Error, Result};
use crate::home::world::World;
use crate::journal::{Store, StoreError};
use crate::ledger::FactId;
use crate::text::{counted, is_same_name};

/// What is about to be removed.
pub(super) struct Removal<'a> {
    /// What it is: "Promise".
    pub kind: &'a str,
    /// What an error calls it.
    pub name: &'a str,
    /// Its eight characters.
    pub short: &'a str,
    /// What a person at a terminal is told before they are asked.
    pub told: String,
}

impl Removal<'_> {
    /// Removes these files where it is meant, in this order. What began it goes last, so that a run
    /// that is cut off can be done again. Returns false where it isn't meant.
    pub(super) fn carry_out<'i>(
        &self,
        world: &mut World<'_>,
        store: &Store,
        confirm: Option<&str>,
        input: &mut dyn BufRead,
        facts: impl Iterator<Item = &'i FactId>,
    ) -> Result<bool> {
        if !self.is_meant(world, confirm, input)? {
            world.tell(&match confirm {
                Some(_) => format!("Nothing was removed: its name is {}.\n", self.short),
                None => String::from("Nothing was removed.\n"),
            });
            return Ok(false);
        }
        let mut count = 0;
        for id in facts {
            match store.facts().delete(id) {
                Ok(()) | Err(StoreError::Gone { .. }) => count += 1,
                Err(error) => return Err(error.into()),
            }
        }
        let files = counted(count, "file");
        open::say(world, &format!("Removed {}: {files}.", self.short));
        Ok(true)
    }

    fn is_meant(
        &self,
        world: &mut World<'_>,
        confirm: Option<&str>,
        input: &mut dyn BufRead,
    ) -> Result<bool> {
        let Self {
            kind,
            name,
            short,
            told,
        } = self;
        match confirm {
            Some(typed) => Ok(is_same_name(typed, short)),
            None if open::can_ask(world) => {
                open::say(world, &format!("{told} Type {short} to remove it."));
                open::asker(world, input).confirm_name(kind, short)
            }
            None => {
                let kind = kind.to_lowercase();
                let what = format!("{kind} {name} is removed only after asking");
                let hint = format!("--confirm {short} removes it without asking");
                Err(Error::nobody_to_ask(what).hint(hint))
            }
        }
    }
}
