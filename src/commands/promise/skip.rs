//! `promise skip`: there was no occasion, or there won’t be.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::common::{PromiseLedger, all_wrong};
use super::days::PromiseDays;
use super::verdict::saved_json;
use crate::commands::open::{UnlockFlags, say};
use crate::dates::Toward;
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::ledger::{SkipCause, Statement};
use crate::session::short_id;
use crate::text::json;

/// Say that it didn’t come up on a day, which counts neither way
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    days: PromiseDays,
    /// Why
    #[arg(long, value_parser = causes(), default_value = SkipCause::default().name())]
    cause: SkipCause,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, world: &mut World<'_>, key: &UnlockFlags) -> Result<Exit> {
    let ledger = PromiseLedger::to_write(world, key)?;
    let (chosen, mut problems) = args.days.read(world, &ledger, Toward::Coming, false)?;
    let (mut facts, cause) = (Vec::new(), args.cause);
    for (id, days) in &chosen {
        for on in days.iter().copied() {
            let through = None;
            let skipped = Statement::Skipped { on, through, cause };
            match ledger.day_fact(id, on, skipped, None) {
                Ok(fact) => facts.extend(fact),
                Err(problem) => problems.push(problem),
            }
        }
    }
    all_wrong(problems)?;
    let saved = ledger.save(facts)?;
    if args.json {
        world.print(&json::pretty(&saved_json(&saved)))?;
        return Ok(Exit::Done);
    }
    for (id, days) in &chosen {
        let days = ledger.days_words(days);
        say(
            world,
            &format!("Noted for {}: {days}, didn’t come up.", short_id(id)),
        );
    }
    Ok(Exit::Done)
}

fn causes() -> impl TypedValueParser<Value = SkipCause> {
    PossibleValuesParser::new(SkipCause::ALL.map(|(_, name)| name))
        .try_map(|name| SkipCause::from_name(&name).ok_or("no such cause"))
}
