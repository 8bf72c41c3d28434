//! `plan` and what belongs to it: exercises over weeks, one thing at a time.

mod delete;
pub(super) mod due;
pub(super) mod ledger;
mod list;
mod pause;
mod postpone;
mod preview;
mod resume;
mod show;
mod skip;
pub(super) mod standing;
mod start;
mod stop;
pub(super) mod words;

use std::io::{self, BufRead, BufReader};

use super::open::UnlockFlags;
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::plan::Plan;

/// Follow a plan: a few exercises over weeks, one thing at a time
///
/// Without a command it shows where you stand. Nothing is ever late: what’s next follows from what
/// you’ve done, and you can pause, put off, skip or stop at any time.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<PlanCommand>,
    #[command(flatten)]
    standing: standing::PlanStanding,
    #[command(flatten)]
    key: UnlockFlags,
}

#[derive(Debug, clap::Subcommand)]
enum PlanCommand {
    List(list::Args),
    Show(show::Args),
    Start(start::Args),
    Pause(pause::Args),
    Resume(resume::Args),
    Postpone(postpone::Args),
    Skip(skip::Args),
    Stop(stop::Args),
    Delete(delete::Args),
}

/// Carries it out.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let key = &args.key;
    match &args.command {
        None => standing::run(&args.standing, world, key),
        Some(PlanCommand::List(list)) => list::run(list, world),
        Some(PlanCommand::Show(show)) => show::run(show, world),
        Some(PlanCommand::Start(start)) => start::run(start, world, key, &mut stdin()),
        Some(PlanCommand::Pause(pause)) => pause::run(pause, world, key),
        Some(PlanCommand::Resume(resume)) => resume::run(resume, world, key),
        Some(PlanCommand::Postpone(postpone)) => postpone::run(postpone, world, key),
        Some(PlanCommand::Skip(skip)) => skip::run(skip, world, key),
        Some(PlanCommand::Stop(stop)) => stop::run(stop, world, key, &mut stdin()),
        Some(PlanCommand::Delete(delete)) => delete::run(delete, world, key, &mut stdin()),
    }
}

/// Begins a plan with somebody at their terminal.
pub(super) fn start(id: String, world: &mut World<'_>) -> Result<Exit> {
    start::run(
        &start::Args::of(id),
        world,
        &UnlockFlags::default(),
        &mut stdin(),
    )
}

/// Returns what a plan looks like when it is shown, and week by week for somebody who does each stage on
/// the day it comes.
pub(super) fn preview_of(plan: &Plan, world: &World<'_>) -> Result<String> {
    preview::page(plan, world)
}

/// Standard input, left alone until something is read from it.
fn stdin() -> impl BufRead {
    BufReader::new(io::stdin())
}
