//! `promise delete`: removes a promise for good.

use std::io::BufRead;

use super::common::PromiseLedger;
use crate::commands::open::UnlockFlags;
use crate::commands::removal::Removal;
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::session::short_id;
use crate::text::first_words;

/// Remove a promise for good, with everything you said about it
///
/// To end one and keep what was said: trust-coach promise let-go.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// `last`, or the first few of its eight characters; at a terminal you can choose one
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
    let what = first_words(&promise.terms().what, 60);
    let short = short_id(&promise.id);
    let removal = Removal {
        kind: "Promise",
        name: short,
        short,
        told: format!("{what}\n{GONE}"),
    };
    let facts = promise.replaced.iter().chain(promise.facts.iter().rev());
    let facts = facts.map(|fact| &fact.id);
    let confirm = args.confirm.as_deref();
    match removal.carry_out(world, ledger.store(), confirm, input, facts)? {
        true => Ok(Exit::Done),
        false => Ok(Exit::Failed),
    }
}

// Texts for people.
const GONE: &str = "It’s removed for good, with everything you said about it.";
