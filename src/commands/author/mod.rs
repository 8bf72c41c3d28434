//! `author` and what belongs to it: for those who write exercises.

mod new;
mod preview;

use crate::error::{Exit, Result};
use crate::home::world::World;

/// Write exercises: begin a new one, see every screen of one
///
/// `trust-coach check` shows everything that is wrong with one.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    New(new::Args),
    Preview(preview::Args),
}

/// Carries it out.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    match &args.command {
        Command::New(args) => new::run(args, world),
        Command::Preview(args) => preview::run(args, world),
    }
}
