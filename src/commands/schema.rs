//! `trust-coach schema`: what editors and programs need to check what they write.

use clap::ValueEnum;

use crate::error::{Exit, Result};
use crate::exercise::{table, works};
use crate::format::schema::schema;
use crate::home::settings::SETTINGS;
use crate::home::world::World;
use crate::plan::table::PLAN;
use crate::review::RULES;
use crate::text::json;
use crate::wire;

/// Print the JSON Schema for files that you write, or for `--io json`
///
/// For your editor, save the exercise schema beside your files, and start each file with the line
/// `#:schema ./exercise.schema.json`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The format
    #[arg(value_enum)]
    of: SchemaSubject,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SchemaSubject {
    /// Exercises
    Exercise,
    /// Plans
    Plan,
    /// A pack’s own `pack.toml`
    Pack,
    /// The works that exercises are based on, in `exercises/sources.toml`
    Works,
    /// Your own review rules
    Rules,
    /// The settings file
    Settings,
    /// One line of `--io json` and of `--events`, in either direction
    Protocol,
}

/// Prints the schema.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let schema = match args.of {
        SchemaSubject::Exercise => schema(&table::EXERCISE),
        SchemaSubject::Plan => schema(&PLAN),
        SchemaSubject::Pack => schema(&table::PACK),
        SchemaSubject::Works => schema(&works::WORKS),
        SchemaSubject::Rules => schema(&RULES),
        SchemaSubject::Settings => schema(&SETTINGS),
        SchemaSubject::Protocol => wire::schema(),
    };
    world.print(&json::pretty(&schema))?;
    Ok(Exit::Done)
}
