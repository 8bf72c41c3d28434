//! `plan resume`: a plan that waits goes on.

use super::ledger::{PlanLedger, WhichPlan};
use crate::commands::open::{UnlockFlags, say};
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::ledger::PlanStatement;

/// Continue a paused plan
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    which: WhichPlan,
}

pub(super) fn run(args: &Args, world: &mut World<'_>, key: &UnlockFlags) -> Result<Exit> {
    let ledger = PlanLedger::to_read(world, key)?;
    let run = ledger.chosen(&args.which)?;
    if run.paused(ledger.today).is_none() {
        say(world, "It isn’t paused. What’s next: trust-coach next");
        return Ok(Exit::Done);
    }
    ledger.say(Some(&run.id), PlanStatement::Resumed)?;
    say(world, "It goes on. What’s next: trust-coach next");
    Ok(Exit::Done)
}
