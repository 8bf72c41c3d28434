//! `plan delete`: removes what was said about doing a plan.

use std::io::BufRead;

use super::ledger::{PlanLedger, WHICH};
use crate::commands::open::UnlockFlags;
use crate::commands::removal::Removal;
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::session::short_id;

/// Remove for good what you said about doing a plan; your sessions stay
///
/// To end one and keep what you said: trust-coach plan stop.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The plan; if you began it more than once, the last time
    plan: String,
    /// Its eight characters, in place of being asked
    #[arg(long, value_name = "NAME")]
    confirm: Option<String>,
}

pub(super) fn run(
    args: &Args,
    world: &mut World<'_>,
    key: &UnlockFlags,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    let ledger = PlanLedger::to_read(world, key)?;
    let run = ledger.runs.iter().rfind(|run| run.start.plan == args.plan);
    let Some(run) = run else {
        ledger.needs_all(WHICH)?;
        let error = Error::usage(format!("you haven’t begun a plan called {}", args.plan));
        return Err(error.hint("`trust-coach plan` shows the ones you do"));
    };
    let removal = Removal {
        kind: "Plan",
        name: &args.plan,
        short: short_id(&run.id),
        told: String::from(GONE),
    };
    let facts = run.said.iter().rev().map(|(id, ..)| id).chain([&run.id]);
    let confirm = args.confirm.as_deref();
    match removal.carry_out(world, ledger.store(), confirm, input, facts)? {
        true => Ok(Exit::Done),
        false => Ok(Exit::Failed),
    }
}

// Texts for people.
const GONE: &str =
    "It’s removed for good, with everything you said about doing this plan. Your sessions stay.";
