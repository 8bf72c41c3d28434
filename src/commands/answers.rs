//! `trust-coach answers`: an answers file for an exercise, ready to fill in.

use clap::{Args as ClapArgs, ValueEnum};

use super::choose;
use crate::answers::{to_fill_in, to_fill_in_json};
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::text::json;

/// Print an answers file for an exercise, ready to fill in
///
/// Everything that the exercise can ask stands in it, with what each answer takes and when it is
/// asked. `trust-coach exercise X --answers FILE` does the exercise with it.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The exercise, as `trust-coach list` names it; at a terminal you can choose one
    exercise: Option<String>,
    /// Which of the two forms
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    format: AnswersFormat,
}

/// How an answers file is written.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum AnswersFormat {
    /// With everything said in comments
    #[default]
    Toml,
    /// Without comments; what is asked stands in `x-steps`
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
