//! `trust-coach schema`: what editors and programs need to check what they write.

use clap::ValueEnum;

use crate::error::{Exit, Result};
use crate::exercise::{table, works};
use crate::format::schema::schema;
use crate::home::settings::SETTINGS;
use crate::home::world::World;
use crate::review::RULES;
use crate::text::json;
use crate::wire;

/// Print the JSON Schema of files that you write, or of `--io json`
///
/// For an editor, save the one of exercises beside your files, and begin each with the line
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
    /// What a pack of exercises says of itself, in `pack.toml`
    Pack,
    /// The works that exercises rest on, in `exercises/sources.toml`
    Works,
    /// Review rules of your own
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
        SchemaSubject::Pack => schema(&table::PACK),
        SchemaSubject::Works => schema(&works::WORKS),
        SchemaSubject::Rules => schema(&RULES),
        SchemaSubject::Settings => schema(&SETTINGS),
        SchemaSubject::Protocol => wire::schema(),
    };
    world.print(&json::pretty(&schema))?;
    Ok(Exit::Done)
}
