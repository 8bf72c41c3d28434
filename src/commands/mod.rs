//! The command line: what can be typed, and the one match that carries it out.

mod history;

use clap::{Parser, Subcommand};

use crate::error::{Exit, Result};
use crate::world::World;

/// A private, offline coach for building and rebuilding trust
///
/// Walks you through exercises, saves what you write in files that only you can read, and
/// sends nothing anywhere.
#[derive(Debug, Parser)]
#[command(name = "trust-coach", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    History(history::Args),
}

/// Carries out a parsed command line.
pub fn run(cli: &Cli, world: &mut World<'_>) -> Result<Exit> {
    match &cli.command {
        None => Ok(Exit::Done),
        Some(Command::History(args)) => history::run(args, world, &|_| None),
    }
}
