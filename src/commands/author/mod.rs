//! `author` and what belongs to it: for those who write exercises.

mod new;
mod new_file;
mod preview;

use crate::error::{Exit, Result};
use crate::home::world::World;

/// Write exercises: start a new one, or see every screen of one
///
/// `trust-coach check` shows everything that’s wrong with an exercise.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: AuthorCommand,
}

#[derive(Debug, clap::Subcommand)]
enum AuthorCommand {
    New(new::Args),
    Preview(preview::Args),
}

/// Carries it out.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    match &args.command {
        AuthorCommand::New(args) => new::run(args, world),
        AuthorCommand::Preview(args) => preview::run(args, world),
    }
}
