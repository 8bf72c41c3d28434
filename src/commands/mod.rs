//! The command line: what can be typed, and the one match that carries it out.

mod answer_flags;
pub mod answers;
pub mod author;
mod backup;
pub mod check;
pub mod completions;
pub mod config;
mod doctor;
pub mod exercise;
mod export;
mod history;
mod home;
mod import;
pub mod list;
pub mod man;
mod open;
pub mod pack;
mod restore;
pub mod resume;
pub mod review;
pub mod safety;
pub mod schema;
mod scope;
pub mod show;
pub mod support;
mod vault;
pub mod where_;

use clap::{Parser, Subcommand, ValueEnum};

use crate::error::{EXITS, Exit, Result};
use crate::home::world::{Colour, World};

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
    #[arg(long, global = true, value_enum, value_name = "WHEN")]
    pub color: Option<Colour>,
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
    Review(review::Args),
    Export(export::Args),
    Import(import::Args),
    Check(check::Args),
    Author(author::Args),
    Pack(pack::Args),
    Schema(schema::Args),
    #[command(name = "where")]
    Place(where_::Args),
    Doctor(doctor::Args),
    Backup(backup::Args),
    Restore(restore::Args),
    Vault(vault::Args),
    Support(support::Args),
    Safety(safety::Args),
    Config(config::Args),
    Completions(completions::Args),
    Man(man::Args),
}

impl Cli {
    /// The settings that are made on the command line, by their names.
    pub fn flags(&self) -> Vec<(&'static str, String)> {
        let plain = self.plain.then(|| ("plain", String::from("true")));
        let color = self.color.and_then(|when| when.to_possible_value());
        let color = color.map(|when| ("color", when.get_name().to_string()));
        plain.into_iter().chain(color).collect()
    }
}

impl Command {
    /// Whether it must do its work also when the settings file is broken.
    fn needs_no_settings(&self) -> bool {
        matches!(
            self,
            Self::Doctor(_)
                | Self::Backup(_)
                | Self::Restore(_)
                | Self::Support(_)
                | Self::Safety(_)
                | Self::Config(_)
                | Self::Place(_)
                | Self::Schema(_)
                | Self::Completions(_)
                | Self::Man(_)
        )
    }
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
    let needs_settings = |command: &Command| !command.needs_no_settings();
    if cli.command.as_ref().is_none_or(needs_settings)
        && let Some(broken) = world.config.broken.take()
    {
        return Err(broken);
    }
    match &cli.command {
        None => home::run(world),
        Some(Command::List(args)) => list::run(args, world),
        Some(Command::Show(args)) => show::run(args, world),
        Some(Command::Exercise(args)) => exercise::run(args, world),
        Some(Command::Resume(args)) => resume::run(args, world),
        Some(Command::Answers(args)) => answers::run(args, world),
        Some(Command::History(args)) => history::run(args, world),
        Some(Command::Review(args)) => review::run(args, world),
        Some(Command::Export(args)) => export::run(args, world),
        Some(Command::Import(args)) => import::run(args, world),
        Some(Command::Check(args)) => check::run(args, world),
        Some(Command::Author(args)) => author::run(args, world),
        Some(Command::Pack(args)) => pack::run(args, world),
        Some(Command::Schema(args)) => schema::run(args, world),
        Some(Command::Place(args)) => where_::run(args, world),
        Some(Command::Doctor(args)) => doctor::run(args, world),
        Some(Command::Backup(args)) => backup::run(args, world),
        Some(Command::Restore(args)) => restore::run(args, world),
        Some(Command::Vault(args)) => vault::run(args, world),
        Some(Command::Support(args)) => support::run(args, world),
        Some(Command::Safety(args)) => safety::run(args, world),
        Some(Command::Config(args)) => config::run(args, world),
        Some(Command::Completions(args)) => completions::run(args, world),
        Some(Command::Man(args)) => man::run(args, world),
    }
}
