//! `plan skip`: a stage is passed over.

use super::ledger::{PlanLedger, RunningPlan, WhichPlan};
use crate::commands::open::{UnlockFlags, say};
use crate::error::{Error, Exit, Result};
use crate::format::did_you_mean;
use crate::home::world::World;
use crate::ledger::PlanStatement;
use crate::plan::next;

/// Skip what’s next; if it comes every week, only this once
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The stage; what’s next when left out
    stage: Option<String>,
    #[command(flatten)]
    which: WhichPlan,
}

pub(super) fn run(args: &Args, world: &mut World<'_>, key: &UnlockFlags) -> Result<Exit> {
    let ledger = PlanLedger::to_read(world, key)?;
    let run = ledger.chosen(&args.which)?;
    let stage = stage_meant(&ledger.load(run)?, args.stage.as_deref())?;
    ledger.say(Some(&run.id), PlanStatement::Skipped { stage })?;
    say(
        world,
        "Skipped. You can still do it whenever you like. What’s next: trust-coach next",
    );
    Ok(Exit::Done)
}

/// The stage that is named, or the one that is next. A rule’s offer has the name of the rule.
pub(super) fn stage_meant(running: &RunningPlan<'_>, named: Option<&str>) -> Result<String> {
    let situation = running.at();
    let Some(named) = named else {
        let step = next(&situation);
        let none = || {
            let error = Error::usage("nothing is next just now");
            error.hint("`trust-coach plan` shows every stage")
        };
        return step.answer.name_of().map(String::from).ok_or_else(none);
    };
    let stages = running.plan.stages.iter().map(|stage| stage.id.as_str());
    let rules = running.plan.rules.iter().map(|rule| rule.id.as_str());
    let mut known = stages.clone().chain(rules);
    if known.any(|id| id == named) {
        return Ok(named.to_string());
    }
    let error = Error::usage(format!("there’s no stage {named} in {}", running.plan.id));
    let error = did_you_mean(named, stages)
        .into_iter()
        .fold(error, Error::hint);
    Err(error.hint("`trust-coach plan --json` has the stages by their ids"))
}
