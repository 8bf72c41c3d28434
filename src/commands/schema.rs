//! `trust-coach schema`: what editors need to check files while they are written.

use clap::ValueEnum;

use crate::error::{Exit, Result};
use crate::exercise::schema;
use crate::view::json;
use crate::world::World;

/// Print the JSON Schema of a file format, for editors
///
/// Save it beside your files, and begin each with the line `#:schema ./exercise.schema.json`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The format
    #[arg(value_enum)]
    of: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Exercises
    Exercise,
}

/// Prints the schema.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let schema = match args.of {
        Format::Exercise => schema::exercise(),
    };
    world.print(&json::pretty(&schema))?;
    Ok(Exit::Done)
}
