//! `trust-coach answers`: an answers file for an exercise, ready to fill in.

use clap::{Args as ClapArgs, ValueEnum};

use super::choose;
use crate::answers::{to_fill_in, to_fill_in_json};
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::text::json;

/// Print an answers file for an exercise, ready to fill in
///
/// It lists everything the exercise can ask, what each answer takes, and when it’s asked. Use it
/// with `trust-coach exercise X --answers FILE`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The exercise’s id, as `trust-coach list` shows it; at a terminal you can choose one
    exercise: Option<String>,
    /// The form of the file
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    format: AnswersFormat,
}

/// How an answers file is written.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum AnswersFormat {
    /// With explanations in comments
    #[default]
    Toml,
    /// Without comments; what’s asked is in `x-steps`
    Json,
}

/// Prints it.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let library = crate::home::library(world);
    let Some(id) = choose::exercise(world, &library, args.exercise.as_deref())? else {
        return Ok(Exit::Done);
    };
    let exercise = library.load(&id)?;
    match args.format {
        AnswersFormat::Toml => world.print(&to_fill_in(&exercise))?,
        AnswersFormat::Json => world.print(&json::pretty(&to_fill_in_json(&exercise)))?,
    }
    Ok(Exit::Done)
}
