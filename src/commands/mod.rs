//! The command line: what can be typed, and the one match that carries it out.

mod agreed;
mod answer_flags;
pub mod answers;
pub mod author;
mod backup;
pub mod check;
mod choose;
pub mod completions;
pub mod config;
mod days_file;
mod doctor;
mod due;
pub mod exercise;
mod export;
mod first_look;
mod history;
mod home;
mod import;
mod known;
pub mod list;
pub mod man;
mod next;
mod open;
pub mod pack;
mod partner;
mod plan;
mod progress;
mod promise;
mod removal;
mod report;
mod restore;
pub mod resume;
mod returns;
pub mod review;
pub mod safety;
mod say;
pub mod schema;
mod scope;
pub mod show;
pub mod support;
mod text_file;
mod unlock_flags;
mod unread;
mod vault;
pub mod where_;

use std::ffi::OsString;
use std::io::{self, Write};

use clap::error::{ContextKind, ContextValue};
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, ValueEnum};

use crate::error::{EXITS, Error, Exit, Result};
use crate::exercise::library::BUILT_IN;
use crate::home::world::{Colour, World};
use crate::text::inert;

/// A private, offline coach for building and rebuilding trust
///
/// Walks you through exercises, saves what you write in files that only you can read, and
/// sends nothing anywhere.
#[derive(Debug, Parser)]
#[command(name = "trust-coach", version, max_term_width = 100, after_help = exits())]
struct RootFlags {
    /// Print line by line and never redraw, for screen readers and simple terminals
    #[arg(long, global = true, help_heading = "Everywhere")]
    plain: bool,
    /// When to use colour
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        help_heading = "Everywhere"
    )]
    color: Option<Colour>,
}

/// A parsed command line.
#[derive(Debug)]
pub struct Cli {
    root: RootFlags,
    command: Option<Command>,
}

/// A command that can be typed.
struct CommandSpec {
    name: &'static str,
    augment: fn(clap::Command) -> clap::Command,
}

macro_rules! commands {
    ($($name:literal $variant:ident $module:ident $needs_settings:literal;)*) => {
        #[derive(Debug)]
        enum Command {
            $($variant($module::Args),)*
        }

        /// Every command, in the order of the help.
        const COMMANDS: &[CommandSpec] = &[
            $(CommandSpec {
                name: $name,
                augment: <$module::Args as clap::Args>::augment_args,
            },)*
        ];

        impl Command {
            fn of(matches: &ArgMatches) -> clap::error::Result<Option<Self>> {
                Ok(match matches.subcommand() {
                    $(Some(($name, inner)) => {
                        Some(Self::$variant($module::Args::from_arg_matches(inner)?))
                    })*
                    _ => None,
                })
            }

            /// Whether it does nothing while the settings file is broken.
            fn needs_settings(&self) -> bool {
                match self {
                    $(Self::$variant(_) => $needs_settings,)*
                }
            }

            fn run(&self, world: &mut World<'_>) -> Result<Exit> {
                match self {
                    $(Self::$variant(args) => $module::run(args, world),)*
                }
            }
        }
    };
}

commands! {
    "list" List list true;
    "show" Show show true;
    "exercise" Exercise exercise true;
    "resume" Resume resume true;
    "answers" Answers answers true;
    "history" History history true;
    "promise" Promise promise true;
    "due" Due due false;
    "plan" Plan plan true;
    "next" Next next false;
    "progress" Progress progress true;
    "report" Report report true;
    "review" Review review true;
    "export" Export export true;
    "import" Import import true;
    "check" Check check true;
    "author" Author author true;
    "pack" Pack pack true;
    "schema" Schema schema false;
    "where" Where where_ false;
    "doctor" Doctor doctor false;
    "backup" Backup backup false;
    "restore" Restore restore false;
    "vault" Vault vault true;
    "partner" Partner partner true;
    "support" Support support false;
    "safety" Safety safety false;
    "config" Config config false;
    "completions" Completions completions false;
    "man" Man man false;
}

impl Cli {
    /// Reads a command line. Only the command that is typed is built: all of them take longer than
    /// `list` does.
    ///
    /// # Errors
    ///
    /// What is wrong with it, or the help that was asked for.
    pub fn read(args: &[OsString]) -> clap::error::Result<Self> {
        let mut command = build(typed(args));
        let matches = command.try_get_matches_from_mut(args)?;
        let read = || {
            Ok(Self {
                root: RootFlags::from_arg_matches(&matches)?,
                command: Command::of(&matches)?,
            })
        };
        read().map_err(|error: clap::Error| error.format(&mut command))
    }

    /// Everything that can be typed.
    pub fn command() -> clap::Command {
        build(COMMANDS)
    }

    /// The settings that are made on the command line, by their names.
    pub fn flags(&self) -> Vec<(&'static str, String)> {
        let plain = self.root.plain.then(|| ("plain", String::from("true")));
        let color = self.root.color.and_then(|when| when.to_possible_value());
        let color = color.map(|when| ("color", when.get_name().to_string()));
        plain.into_iter().chain(color).collect()
    }
}

fn build(commands: &[CommandSpec]) -> clap::Command {
    let root = RootFlags::command();
    commands.iter().fold(root, |root, spec| {
        root.subcommand((spec.augment)(clap::Command::new(spec.name)))
    })
}

/// The command that a command line names: none where there is no word in it, and all of them where
/// that is not clear.
fn typed(args: &[OsString]) -> &'static [CommandSpec] {
    let mut words = args
        .iter()
        .skip(1)
        .map(|arg| arg.to_str().unwrap_or_default());
    while let Some(word) = words.next() {
        match word {
            "--plain" => {}
            "--color" => _ = words.next(),
            _ => {
                let at = COMMANDS.iter().position(|spec| spec.name == word);
                return at.map_or(COMMANDS, |at| &COMMANDS[at..=at]);
            }
        }
    }
    &[]
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
    if cli.command.as_ref().is_none_or(Command::needs_settings)
        && let Some(broken) = world.config.broken.take()
    {
        return Err(broken);
    }
    if let Some(zone) = world.clock.unknown_zone() {
        let warning =
            format!("warning: the time zone {zone} in TZ isn’t known, so times are in UTC\n");
        world.tell(&inert(&warning));
    }
    if matches!(
        &cli.command,
        None | Some(Command::Exercise(_) | Command::Resume(_) | Command::History(_))
    ) {
        first_look::look(world, &mut io::stdin().lock())?;
    }
    match &cli.command {
        None => home::run(world),
        Some(command) => command.run(world),
    }
}

/// What was meant where an exercise’s id was typed in place of a command, or a word for help lines.
fn meant(error: &clap::Error) -> Option<String> {
    let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidSubcommand) else {
        return None;
    };
    if HELP_LINES.contains(&&*typed.to_lowercase()) {
        return Some(String::from("hint: for help lines: trust-coach support\n"));
    }
    let mut ids = BUILT_IN.iter().map(|(id, _)| id);
    let id = ids.find(|id| *id == typed)?;
    Some(format!(
        "hint: it’s an exercise: trust-coach exercise {id}\n"
    ))
}

/// What people type who look for help lines.
const HELP_LINES: [&str; 12] = [
    "helpline",
    "helplines",
    "help-line",
    "help-lines",
    "hotline",
    "hotlines",
    "emergency",
    "panic",
    "crisis",
    "sos",
    "suport",
    "hilfe",
];

/// Says what is wrong with a command line, or gives the help that was asked for.
pub fn not_read(error: &clap::Error) -> Exit {
    // An argument that is said again may have come from anywhere.
    let text = inert(&error.to_string()).into_owned();
    if error.use_stderr() {
        let text = text + &meant(error).unwrap_or_default();
        let _ = io::stderr().write_all(text.as_bytes());
        return Exit::Usage;
    }
    match io::stdout()
        .write_all(text.as_bytes())
        .and_then(|()| io::stdout().flush())
    {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let failed = Error::failed("could not write to standard output").because(&error);
            let _ = write!(io::stderr(), "{failed}");
            failed.exit
        }
        _ => Exit::Done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_command_that_is_typed_is_built() {
        let built = |line: &str| {
            let args: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            typed(&args)
                .iter()
                .map(|spec| spec.name)
                .collect::<Vec<_>>()
        };
        for (line, name) in [
            ("coach list", "list"),
            ("coach --plain --color never history list", "history"),
            ("coach where --help", "where"),
        ] {
            assert_eq!(built(line), [name], "{line}");
        }
        assert!(built("coach").is_empty() && built("coach --color always").is_empty());
        for line in [
            "coach --help",
            "coach --help list",
            "coach help list",
            "coach lst",
        ] {
            assert_eq!(built(line).len(), COMMANDS.len(), "{line}");
        }
    }
}
