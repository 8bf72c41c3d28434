//! `history` and what belongs to it: what has been done so far, and looking at it again.

mod delete;
mod list;
mod show;

use std::cell::LazyCell;
use std::io;

use super::open::{self, Key};
use crate::error::{Exit, Result};
use crate::session::State;
use crate::world::World;

/// Show what you have done so far, newest first
///
/// SESSION is `last`, or any beginning of the eight characters that this list shows.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    list: list::Filter,
    #[command(flatten)]
    key: Key,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Show(show::Args),
    Delete(delete::Args),
}

/// Carries it out.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let library = super::library(world);
    // A plain list of sessions needs no exercise.
    let heads = LazyCell::new(|| library.heads());
    let strategy = |id: &str| {
        let entry = heads.iter().find(|entry| entry.id == id)?;
        entry.head.as_ref().ok().map(|head| head.strategy)
    };
    match &args.command {
        None => {
            let store = open::to_read(world, &args.key)?;
            list::run(&args.list, world, &store, &strategy)
        }
        Some(Command::Show(show)) => {
            let store = open::to_read(world, &args.key)?;
            show::run(show, world, &store)
        }
        Some(Command::Delete(delete)) => {
            let store = open::to_write(world)?;
            delete::run(delete, world, &store, &mut io::stdin().lock())
        }
    }
}

/// How a session stands, in a word for people.
fn state_in_words(state: State) -> &'static str {
    match state {
        State::Open => "paused",
        State::Done => "done",
        State::Left => "left",
    }
}

/// The version of what `--json` prints: it only grows within a major number.
const FORMAT: &str = "1.0";

#[cfg(test)]
mod tests;
