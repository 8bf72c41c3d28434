//! `promise delete`: removes a promise for good.

use std::io::BufRead;

use super::common::PromiseLedger;
use crate::commands::open::{self, UnlockFlags};
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::journal::StoreError;
use crate::session::short_id;
use crate::text::{counted, first_words};

/// Remove a promise for good, with all that was said about it
///
/// To end one and keep what was said: trust-coach promise let-go.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// `last`, or any beginning of its eight characters; chosen from a list when left out
    promise: Option<String>,
    /// Its eight characters once more, in place of being asked
    #[arg(long, value_name = "NAME")]
    confirm: Option<String>,
}

pub(super) fn run(
    args: &Args,
    world: &mut World<'_>,
    key: &UnlockFlags,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    // Which files belong to it stands inside them.
    let ledger = PromiseLedger::to_read(world, key)?;
    let id = ledger.chosen(world, args.promise.as_deref())?;
    let Some(promise) = id.and_then(|id| ledger.promise(&id)) else {
        return Ok(Exit::Done);
    };
    let short = short_id(&promise.id);
    let is_meant = match &args.confirm {
        Some(name) => name.trim().eq_ignore_ascii_case(short),
        None if open::can_ask(world) => {
            let what = first_words(&promise.terms().what, 60);
            open::say(world, &format!("{what}\n{GONE} Type {short} to remove it."));
            open::asker(world, input).confirm_name("Promise", short)?
        }
        None => {
            let what = format!("promise {short} is removed only after asking");
            return Err(Error::nobody_to_ask(what)
                .hint(format!("--confirm {short} removes it without asking")));
        }
    };
    if !is_meant {
        world.tell("Nothing was removed.\n");
        return Ok(Exit::Failed);
    }
    // What made it goes last, so that a run that is cut off can be done again.
    let facts = promise.replaced.iter().chain(promise.facts.iter().rev());
    let mut count = 0;
    for fact in facts {
        match ledger.store().facts().delete(&fact.id) {
            Ok(()) | Err(StoreError::Gone { .. }) => count += 1,
            Err(error) => return Err(error.into()),
        }
    }
    open::say(
        world,
        &format!("Removed {short}: {}.", counted(count, "file")),
    );
    Ok(Exit::Done)
}

// Texts for people.
const GONE: &str = "It’s removed for good, with everything you said about it.";
