//! `plan pause`: a plan waits.

use super::ledger::{PlanLedger, WhichPlan};
use crate::commands::open::{UnlockFlags, say};
use crate::commands::promise::days::day;
use crate::commands::promise::words::day_words;
use crate::dates::{Toward, TypedDay};
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::ledger::PlanStatement;

/// Pause a plan; its waits start again where they stopped
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Go on by itself on this day
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<TypedDay>,
    #[command(flatten)]
    which: WhichPlan,
}

pub(super) fn run(args: &Args, world: &mut World<'_>, key: &UnlockFlags) -> Result<Exit> {
    let ledger = PlanLedger::to_read(world, key)?;
    let run = ledger.chosen(&args.which)?;
    let until = args.until.map(|day| day.on(ledger.today, Toward::Coming));
    ledger.say(Some(&run.id), PlanStatement::Paused { until })?;
    say(
        world,
        &match until {
            Some(until) => format!("Paused until {}.", day_words(until, ledger.today)),
            None => String::from("Paused. Go on whenever you like: trust-coach plan resume"),
        },
    );
    Ok(Exit::Done)
}
