//! The command line: what can be typed, and the one match that carries it out.

pub mod answers;
pub mod check;
pub mod exercise;
mod history;
mod home;
pub mod list;
mod perform;
pub mod place;
pub mod resume;
pub mod safety;
pub mod schema;
pub mod show;
pub mod support;

use clap::{Parser, Subcommand};

use crate::error::{EXITS, Exit, Result};
use crate::world::{Colour, World};

/// A private, offline coach for building and rebuilding trust
///
/// Walks you through exercises, saves what you write in files that only you can read, and
/// sends nothing anywhere.
#[derive(Debug, Parser)]
#[command(name = "trust-coach", version, max_term_width = 100, after_help = exits())]
pub struct Cli {
    /// Only ever add lines: for screen readers and simple terminals
    #[arg(long, global = true)]
    pub plain: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    pub color: Colour,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Args),
    Show(show::Args),
    Exercise(exercise::Args),
    Resume(resume::Args),
    Answers(answers::Args),
    History(history::Args),
    Check(check::Args),
    Schema(schema::Args),
    #[command(name = "where")]
    Place(place::Args),
    Support(support::Args),
    Safety(safety::Args),
}

/// The table of exit codes.
fn exits() -> String {
    let lines = EXITS
        .iter()
        .map(|(code, means)| format!("  {code:<4} {means}"));
    format!("Exit codes:\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// Carries out a parsed command line.
pub fn run(cli: &Cli, world: &mut World<'_>) -> Result<Exit> {
    match &cli.command {
        None => home::run(world),
        Some(Command::List(args)) => list::run(args, world),
        Some(Command::Show(args)) => show::run(args, world),
        Some(Command::Exercise(args)) => exercise::run(args, world),
        Some(Command::Resume(args)) => resume::run(args, world),
        Some(Command::Answers(args)) => answers::run(args, world),
        Some(Command::History(args)) => history::run(args, world),
        Some(Command::Check(args)) => check::run(args, world),
        Some(Command::Schema(args)) => schema::run(args, world),
        Some(Command::Place(args)) => place::run(args, world),
        Some(Command::Support(args)) => support::run(args, world),
        Some(Command::Safety(args)) => safety::run(args, world),
    }
}
