//! `plan delete`: removes what was said about doing a plan.

use std::io::BufRead;

use super::ledger::PlanLedger;
use crate::commands::open::{self, UnlockFlags};
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::journal::StoreError;
use crate::session::short_id;
use crate::text::counted;

/// Remove for good what was said about doing a plan; your sessions stay
///
/// To end one and keep what was said: trust-coach plan stop.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The plan; the newest doing of it
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
        let error = Error::usage(format!(
            "nothing was said about a plan called {}",
            args.plan
        ));
        return Err(error.hint("`trust-coach plan` shows the ones you do"));
    };
    let short = short_id(&run.id);
    let is_meant = match &args.confirm {
        Some(name) => name.trim().eq_ignore_ascii_case(short),
        None if open::can_ask(world) => {
            open::say(world, &format!("{GONE} Type {short} to remove it."));
            open::asker(world, input).confirm_name("Plan", short)?
        }
        None => {
            let what = format!("plan {} is removed only after asking", args.plan);
            return Err(Error::nobody_to_ask(what)
                .hint(format!("--confirm {short} removes it without asking")));
        }
    };
    if !is_meant {
        world.tell("Nothing was removed.\n");
        return Ok(Exit::Failed);
    }
    // What began it goes last, so that a run that is cut off can be done again.
    let facts = run.said.iter().rev().map(|(id, ..)| id).chain([&run.id]);
    let mut count = 0;
    for id in facts {
        match ledger.store().facts().delete(id) {
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
const GONE: &str =
    "It’s removed for good, with everything you said about doing this plan. Your sessions stay.";
