//! `promise calendar`: the days of promises for a calendar of one's own.

use std::path::{Path, PathBuf};

use jiff::civil::Time;

use super::common::PromiseLedger;
use crate::commands::days_file::not_whole;
use crate::commands::open::UnlockFlags;
use crate::commands::text_file::title;
use crate::error::{Error, Exit, Result};
use crate::export::{CalendarLook, calendar};
use crate::home::new_file::{refuse_existing, write_new};
use crate::home::world::World;
use crate::ledger::Promise;

/// Write a calendar file with the days of your promises
///
/// Nothing of what you promised is in it, and the title is neutral, since others may see your calendar.
/// Import it again when something has changed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only these: `last`, or the first few of their eight characters
    promises: Vec<String>,
    /// Also those that are over
    #[arg(long, conflicts_with = "open")]
    all: bool,
    /// Only those with something left to do or to say, which is the default
    #[arg(long)]
    open: bool,
    /// Write it into this new file; `-` is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// The title that each day shows
    #[arg(long, value_name = "TEXT", default_value = "Check in", value_parser = title)]
    title: String,
    /// Put your own words into the description; whoever sees the calendar can read them
    #[arg(long)]
    with_text: bool,
    /// As events, which every calendar reads, or as things to do
    #[arg(long = "as", value_name = "WHAT", default_value = "event", value_parser = ["event", "todo"])]
    kind: String,
    /// Have the calendar remind you at this time, such as 18:00
    #[arg(long, value_name = "HH:MM", value_parser = time_of_day)]
    at: Option<Time>,
}

/// A time as clocks show it.
fn time_of_day(typed: &str) -> std::result::Result<Time, String> {
    let time = typed.trim().parse();
    time.map_err(|_| String::from("that isn’t a time of day; write it like 18:00"))
}

/// Carries it out.
pub(super) fn run(args: &Args, world: &mut World<'_>, key: &UnlockFlags) -> Result<Exit> {
    let file = Some(args.output.as_path()).filter(|path| *path != Path::new("-"));
    if let Some(path) = file {
        refuse_existing(path, world)?;
    }
    let ledger = PromiseLedger::to_read(world, key)?;
    let named = args.promises.iter().map(|name| ledger.named(name));
    let named: Vec<&Promise> = named.collect::<Result<_>>()?;
    if named.is_empty() && !ledger.is_whole {
        return Err(not_whole("which promises there are"));
    }
    let all = ledger.all().iter();
    let chosen: Vec<&Promise> = match named.is_empty() {
        true => all
            .filter(|promise| args.all || promise.is_open(ledger.today))
            .collect(),
        false => named,
    };
    if chosen.is_empty() {
        return Err(
            Error::failed("there is no open promise to put into a calendar")
                .hint("--all takes those that are over as well"),
        );
    }
    let look = CalendarLook {
        title: args.title.clone(),
        with_text: args.with_text,
        as_todo: args.kind == "todo",
        alarm: args.at,
    };
    let text = calendar(&chosen, &look, &world.clock.now());
    if args.with_text {
        world.tell(READABLE);
    }
    match file {
        Some(path) => write_new(path, &text)?,
        // Its lines end as the format wants; what was written in it has passed the filter.
        None => world.print_bytes(text.as_bytes())?,
    }
    Ok(Exit::Done)
}

// Texts for people.
const READABLE: &str = "Your own words are in it. Whoever sees your calendar can read them.\n";
