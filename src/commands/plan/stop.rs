//! `plan stop`: a plan is over, and however it ends is fine.

use std::io::BufRead;

use super::ledger::{PlanLedger, WhichPlan};
use crate::commands::open::{self, UnlockFlags, say};
use crate::error::{Error, Exit, Result};
use crate::format::did_you_mean;
use crate::home::world::World;
use crate::ledger::PlanStatement;

/// End a plan; every ending is as good as another, and no reason is needed
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How it ends, by the plan’s own word, such as we-part or not-ready
    #[arg(long, value_name = "ENDING")]
    ending: Option<String>,
    #[command(flatten)]
    which: WhichPlan,
}

pub(super) fn run(
    args: &Args,
    world: &mut World<'_>,
    key: &UnlockFlags,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    let ledger = PlanLedger::to_read(world, key)?;
    let run = ledger.chosen(&args.which)?;
    // One that is gone can be stopped too.
    let plan = ledger.plans.load(&run.start.plan);
    let endings = plan.map_or_else(|_| Vec::new(), |plan| plan.endings);
    let at = match &args.ending {
        Some(named) => {
            let ids = || endings.iter().map(|ending| ending.id.as_str());
            let Some(at) = ids().position(|id| id == named) else {
                let error = Error::usage(format!("{} has no ending {named}", run.start.plan));
                let error = did_you_mean(named, ids())
                    .into_iter()
                    .fold(error, Error::hint);
                let ids: Vec<&str> = ids().collect();
                return Err(error.hint(format!("its endings: {}", ids.join(", "))));
            };
            Some(at)
        }
        None if open::can_ask(world) && !endings.is_empty() => {
            // Enter alone changes nothing.
            let titles = endings.iter().map(|ending| ending.title.as_str());
            let titles = [KEEP].into_iter().chain(titles).chain([UNSAID]);
            let titles: Vec<String> = titles.map(String::from).collect();
            let chosen = open::asker(world, input).choose(HOW, &titles)?;
            match chosen {
                None | Some(0) => {
                    world.tell("Nothing was stopped.\n");
                    return Ok(Exit::Done);
                }
                Some(at) => Some(at - 1),
            }
        }
        None => None,
    };
    let ending = at.and_then(|at| endings.get(at));
    let id = ending.map(|ending| ending.id.clone());
    ledger.say(Some(&run.id), PlanStatement::Stopped { ending: id })?;
    if let Some(ending) = ending {
        say(world, &format!("{}\n", ending.text.trim()));
    }
    say(world, "Stopped. What you wrote stays.");
    Ok(Exit::Done)
}

// Texts for people.
const HOW: &str = "How does it end?";
const KEEP: &str = "Leave it as it is";
const UNSAID: &str = "I’d rather not say";
