//! `promise` and what belongs to it: what somebody said they would do, and what came of its days.

mod add;
mod ask;
mod calendar;
mod change;
pub(super) mod common;
pub(super) mod days;
mod delete;
mod end;
mod list;
mod look;
mod offer;
mod show;
mod show_json;
mod skip;
mod soft;
mod verdict;
pub(super) mod words;

use std::io::{self, BufRead, BufReader};

use super::open::UnlockFlags;
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::ledger::Verdict;

/// Follow your promises day by day, and say how each day went
///
/// PROMISE is `last`, or the first few of the eight characters that the list shows. DAY is a day as
/// you would say it: today, yesterday, friday, 2026-12-04, or two of them as 2026-11-16..2026-11-20.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<PromiseCommand>,
    #[command(flatten)]
    list: list::PromiseList,
    #[command(flatten)]
    key: UnlockFlags,
}

#[derive(Debug, clap::Subcommand)]
enum PromiseCommand {
    Add(add::Args),
    List(list::PromiseList),
    Show(show::Args),
    Look(look::Args),
    /// Say that you kept a promise
    Kept(verdict::Args),
    /// Say that you kept part of a promise
    Part(verdict::Args),
    /// Say that you missed a promise
    Missed(verdict::Args),
    /// Say that you missed a promise and put it right
    Repaired(verdict::Args),
    Skip(skip::Args),
    Change(change::Args),
    LetGo(end::LetGo),
    Note(end::AddRemark),
    Undo(end::Undo),
    Calendar(calendar::Args),
    Delete(delete::Args),
}

/// Carries it out.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let key = &args.key;
    match &args.command {
        None => list::run(&args.list, world, key),
        Some(PromiseCommand::Add(add)) => add::run(add, world, key, &mut stdin()),
        Some(PromiseCommand::List(list)) => list::run(list, world, key),
        Some(PromiseCommand::Show(show)) => show::run(show, world, key),
        Some(PromiseCommand::Calendar(args)) => calendar::run(args, world, key),
        Some(PromiseCommand::Look(look)) => look::run(look, world, key),
        Some(PromiseCommand::Kept(args)) => {
            verdict::run(Verdict::Kept, args, world, key, &mut stdin())
        }
        Some(PromiseCommand::Part(args)) => {
            verdict::run(Verdict::Part, args, world, key, &mut stdin())
        }
        Some(PromiseCommand::Missed(args)) => {
            verdict::run(Verdict::Missed, args, world, key, &mut stdin())
        }
        Some(PromiseCommand::Repaired(args)) => {
            verdict::run(Verdict::Repaired, args, world, key, &mut stdin())
        }
        Some(PromiseCommand::Skip(args)) => skip::run(args, world, key),
        Some(PromiseCommand::Change(args)) => change::run(args, world, key, &mut stdin()),
        Some(PromiseCommand::LetGo(args)) => end::let_go(args, world, key, &mut stdin()),
        Some(PromiseCommand::Note(args)) => end::note(args, world, key, &mut stdin()),
        Some(PromiseCommand::Undo(args)) => end::undo(args, world, key),
        Some(PromiseCommand::Delete(args)) => delete::run(args, world, key, &mut stdin()),
    }
}

/// Goes through the days without an answer with a person.
pub(super) fn look(world: &mut World<'_>) -> Result<Exit> {
    look::run(&look::Args::default(), world, &UnlockFlags::default())
}

/// Standard input, left alone until something is read from it.
fn stdin() -> impl BufRead {
    BufReader::new(io::stdin())
}
