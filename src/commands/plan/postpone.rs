//! `plan postpone`: a stage comes on another day.

use jiff::ToSpan;
use jiff::civil::Date;

use super::ledger::{PlanLedger, RunningPlan, WhichPlan};
use super::skip::stage_meant;
use crate::commands::open::{UnlockFlags, say};
use crate::commands::promise::days::day;
use crate::commands::promise::words::day_words;
use crate::dates::{Toward, TypedDay};
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::ledger::PlanStatement;
use crate::plan::{NextReason, StageStatus, stages};

/// Put off what’s next to another day
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The stage; what’s next when left out
    stage: Option<String>,
    /// The day it’s offered again; two days later when left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<TypedDay>,
    #[command(flatten)]
    which: WhichPlan,
}

pub(super) fn run(args: &Args, world: &mut World<'_>, key: &UnlockFlags) -> Result<Exit> {
    let ledger = PlanLedger::to_read(world, key)?;
    let run = ledger.chosen(&args.which)?;
    let running = ledger.load(run)?;
    let named = args.stage.as_deref();
    let stage = stage_meant(&running, named).map_err(|error| {
        match named.filter(|named| day(named).is_ok()) {
            Some(day) => error.hint(format!("a day goes behind --until: --until \"{day}\"")),
            None => error,
        }
    })?;
    let first = first_day(&running, &stage).filter(|first| *first > ledger.today);
    let until = args.until.map(|day| day.on(ledger.today, Toward::Coming));
    let in_two_days = first.unwrap_or(ledger.today).saturating_add(2.days());
    let until = until.unwrap_or(in_two_days);
    if until <= ledger.today {
        let error = Error::usage(format!(
            "{} isn’t later than today",
            day_words(until, ledger.today)
        ));
        return Err(error.hint("name a day to come: --until \"in 3 days\""));
    }
    if let Some(first) = first.filter(|first| until <= *first) {
        let first = day_words(first, ledger.today);
        let error = Error::usage(format!("{stage} doesn’t come before {first} anyway"));
        return Err(error.hint("name a later day, or leave --until out"));
    }
    ledger.say(Some(&run.id), PlanStatement::Postponed { stage, until })?;
    let until = day_words(until, ledger.today);
    say(world, &format!("Put off until {until}."));
    Ok(Exit::Done)
}

/// The day from which a stage can be done by the plan itself, where it waits for one.
fn first_day(running: &RunningPlan<'_>, stage: &str) -> Option<Date> {
    let situation = running.at();
    let states = stages(&situation);
    let state = states.iter().find(|state| state.stage.id == stage)?;
    let is_put_off = |reason: &NextReason<'_>| matches!(reason, NextReason::PutOff(_));
    match state.status {
        StageStatus::Waiting(day) if !state.reasons.iter().any(is_put_off) => Some(day),
        _ => None,
    }
}
