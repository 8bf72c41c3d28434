//! The command line: what can be typed, and the one match that carries it out.

pub mod check;
pub mod list;
pub mod schema;
pub mod show;

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
    List(list::Args),
    Show(show::Args),
    Check(check::Args),
    Schema(schema::Args),
}

/// Carries out a parsed command line.
pub fn run(cli: &Cli, world: &mut World<'_>) -> Result<Exit> {
    match &cli.command {
        None => Ok(Exit::Done),
        Some(Command::List(args)) => list::run(args, world),
        Some(Command::Show(args)) => show::run(args, world),
        Some(Command::Check(args)) => check::run(args, world),
        Some(Command::Schema(args)) => schema::run(args, world),
    }
}
