//! `plan start`: a plan begins.

use std::io::BufRead;

use jiff::civil::Weekday;
use serde_json::json;

use super::ledger::{PlanLedger, WHICH};
use super::show::chosen;
use crate::commands::open::{self, UnlockFlags, say};
use crate::commands::promise::days::day;
use crate::commands::promise::words::day_words;
use crate::dates::{Toward, TypedDay, weekday_of};
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::ledger::{PlanStart, PlanStatement};
use crate::plan::PlanRun;
use crate::text::json;

/// Begin a plan
///
/// What you did before doesn’t count, unless you say so with --count-since.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Args {
    /// The plan’s id, as `trust-coach plan list` shows it; at a terminal you can choose one
    plan: Option<String>,
    /// Count what you did from this day on
    #[arg(long, value_name = "DAY", value_parser = day)]
    count_since: Option<TypedDay>,
    /// The day of the week for what comes every week
    #[arg(long, value_name = "WEEKDAY", value_parser = weekday)]
    weekday: Option<Weekday>,
    /// Do it alongside another plan
    #[arg(long)]
    beside: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Args {
    /// For this plan.
    pub(super) fn of(plan: String) -> Self {
        let plan = Some(plan);
        Self {
            plan,
            ..Self::default()
        }
    }
}

pub(super) fn run(
    args: &Args,
    world: &mut World<'_>,
    key: &UnlockFlags,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    let ledger = PlanLedger::to_read(world, key)?;
    let Some(plan) = chosen(&ledger, world, args.plan.as_deref())? else {
        return Ok(Exit::Done);
    };
    ledger.needs_all(WHICH)?;
    refuse_another(args, &ledger, &plan.id)?;
    let counted_since = args.count_since;
    let counted_since = counted_since.map(|day| day.on(ledger.today, Toward::Past));
    if let Some(day) = counted_since.filter(|day| *day > ledger.today) {
        let day = day_words(day, ledger.today);
        let error = Error::usage(format!(
            "{day} is still to come, so nothing can be counted since then"
        ));
        return Err(error.hint("name a day before today: --count-since \"2 weeks ago\""));
    }
    if !args.json {
        let caution = format!("When not to do this: {}", plan.caution.trim());
        let evidence = format!("How strong the evidence is: {}", plan.evidence.trim());
        let opening = plan.opening.trim();
        say(
            world,
            &format!("{}\n\n{opening}\n\n{caution}\n\n{evidence}\n", plan.title),
        );
        if open::can_ask(world) && !open::asker(world, input).confirm(BEGIN)? {
            world.tell("Nothing was begun.\n");
            return Ok(Exit::Done);
        }
    }
    let (_all, ledger) = ledger.hold(world)?;
    // It may have begun in another window meanwhile.
    refuse_another(args, &ledger, &plan.id)?;
    let start = PlanStart {
        plan: plan.id.clone(),
        version: plan.version,
        counted_since,
        weekday: args.weekday,
    };
    for fact in ledger.say(None, PlanStatement::Started(start))? {
        if args.json {
            let begun = json!({ "format": "1.0", "plan": plan.id, "run": fact.id });
            world.print(&json::pretty(&begun))?;
        } else {
            say(world, BEGUN);
        }
    }
    Ok(Exit::Done)
}

/// Refuses a plan that is done already, and another beside it that nobody asked for.
fn refuse_another(args: &Args, ledger: &PlanLedger, plan: &str) -> Result<()> {
    let other = |run: &&PlanRun| !args.beside || run.start.plan == plan;
    let Some(other) = ledger.not_stopped().filter(other).last() else {
        return Ok(());
    };
    let id = &other.start.plan;
    let error = Error::usage(format!("you’re already doing {id}"));
    let error = error.hint(format!("`trust-coach plan stop --plan {id}` ends it"));
    Err(match id == plan {
        true => error,
        false => error.hint("--beside begins another one beside it"),
    })
}

fn weekday(word: &str) -> Result<Weekday, &'static str> {
    weekday_of(&word.to_lowercase()).ok_or("write a day of the week: sunday, monday, tuesday")
}

// Texts for people.
const BEGIN: &str = "Begin it?";
const BEGUN: &str = "Begun. What’s next: trust-coach next";
