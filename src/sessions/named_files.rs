//! The files that somebody names beside a session: the answers that were given, and what happened.

use super::AnswerOptions;
use super::closed;
use super::events::{self, Sink};
use crate::answers::record;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::home::Home;
use crate::home::new_file::{refuse_existing, write_new};
use crate::home::world::World;

/// Opens the file of events, and makes sure that each file can be made and is one of its own.
pub(super) fn begin(world: &World<'_>, options: &AnswerOptions) -> Result<Option<Sink>> {
    if let Some(path) = &options.record {
        refuse_existing(path, world)?;
    }
    if let Some(path) = &options.events {
        refuse_existing(path, world)?;
    }
    let sink = events::open(options)?;
    // However the two are written, and whatever links lead there: one of them is there now.
    if let (Some(record), Some(events)) = (&options.record, &options.events)
        && record.symlink_metadata().is_ok()
    {
        let _ = std::fs::remove_file(events);
        let message = format!("--record and --events are one file: {}", record.display());
        return Err(Error::usage(message).hint("give each a file of its own"));
    }
    Ok(sink)
}

/// Writes the answers that were given, where somebody asked for them.
pub(super) fn write_answers(
    world: &mut World<'_>,
    home: &Home,
    options: &AnswerOptions,
    engine: &Engine,
) -> Result<()> {
    if let Some(path) = &options.record {
        write_new(path, &record(engine.exercise(), engine.session()))?;
        closed::told_open(world, home, path);
    }
    Ok(())
}

/// What a file that couldn't be written didn't take with it.
pub(super) const SAVED_ALL_THE_SAME: &str =
    "the session itself is saved; `trust-coach history` has it";
