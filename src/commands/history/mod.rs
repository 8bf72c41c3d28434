//! `history` and what belongs to it: what has been done so far, and looking at it again.

mod beside;
mod blind;
mod change;
pub(super) mod common;
mod compare;
mod delete;
mod edit;
mod follow;
mod json;
mod list;
mod named;
mod note;
mod path;
mod promised;
mod search;
mod show;
mod stream;
mod tag;
mod take_back;
mod which;

pub(super) use blind::can_be_offered;
pub(super) use common::{left_out, misnamed};

use std::io::{self, BufRead, BufReader};
use std::sync::LazyLock;

use super::open::{self, UnlockFlags};
use crate::error::{Exit, Result};
use crate::home::Home;
use crate::home::world::World;

/// Show what you have done so far, newest first
///
/// SESSION is `last`, or the first few of the eight characters that this list shows.
#[derive(Debug, Default, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<HistoryCommand>,
    #[command(flatten)]
    list: list::HistoryList,
    #[command(flatten)]
    key: UnlockFlags,
}

#[derive(Debug, clap::Subcommand)]
enum HistoryCommand {
    Show(show::Args),
    Search(search::Args),
    Compare(compare::Args),
    Note(note::Args),
    Edit(edit::Args),
    Tag(tag::Args),
    TakeBack(take_back::Args),
    Path(path::Args),
    Delete(delete::Args),
}

impl Args {
    /// To read a session that is chosen from a list.
    pub(super) fn show() -> Self {
        Self {
            command: Some(HistoryCommand::Show(show::Args::default())),
            ..Self::default()
        }
    }

    /// To answer again what this session asked.
    pub(super) fn again(session: String) -> Self {
        Self {
            command: Some(HistoryCommand::Compare(compare::Args::blind(session))),
            ..Self::default()
        }
    }
}

/// Carries it out.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let library = crate::home::library(world);
    // A plain list of sessions needs no exercise.
    let heads = LazyLock::new(|| library.heads());
    let strategy = |id: &str| {
        let entry = heads.iter().find(|entry| entry.id == id)?;
        entry.head.as_ref().ok().map(|head| head.strategy)
    };
    match &args.command {
        None => {
            let store = match args.list.newest() {
                Some(count) => open::to_list(world, &args.key, count)?,
                None => open::to_read(world, &args.key)?,
            };
            list::run(&args.list, world, &store, &strategy)
        }
        Some(HistoryCommand::Show(show)) => {
            let store = open::to_read(world, &args.key)?;
            show::run(show, world, &store)
        }
        Some(HistoryCommand::Search(search)) => {
            let store = open::to_read(world, &args.key)?;
            search::run(search, world, &store, &strategy, &mut stdin())
        }
        Some(HistoryCommand::Compare(compare)) => {
            let place = Home::with(open::to_read(world, &args.key)?, world);
            compare::run(compare, world, &place, &mut stdin())
        }
        Some(HistoryCommand::Note(note)) => {
            let place = Home::with(open::to_read(world, &args.key)?, world);
            note::run(note, world, &place, &mut stdin())
        }
        Some(HistoryCommand::Edit(edit)) => {
            let place = Home::with(open::to_read(world, &args.key)?, world);
            edit::run(edit, world, &place, &mut stdin())
        }
        Some(HistoryCommand::Tag(tag)) => {
            let store = open::to_read(world, &args.key)?;
            tag::run(tag, world, &store)
        }
        Some(HistoryCommand::TakeBack(back)) => {
            let store = open::to_read(world, &args.key)?;
            take_back::run(back, world, &store, &mut stdin())
        }
        Some(HistoryCommand::Path(path)) => path::run(path, world, &open::to_write(world)?),
        Some(HistoryCommand::Delete(delete)) => {
            let store = open::to_write(world)?;
            delete::run(delete, world, &store, &mut stdin())
        }
    }
}

/// Standard input, left alone until something is read from it: a person's screen has its own way.
fn stdin() -> impl BufRead {
    BufReader::new(io::stdin())
}

#[cfg(test)]
mod tests;
