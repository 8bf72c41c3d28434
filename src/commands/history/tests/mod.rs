//! `history` and its commands, run in a home of their own.

use std::fs;
use std::path::Path;

use clap::Parser;

mod deleting;
mod listing;
mod searching;
mod showing;

use super::*;
use crate::exercise::Strategy;
use crate::home::world::{Clock, Streams};
use crate::test_support::{now, store};

#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    args: Args,
}

/// What a run left: how it ended, what it printed, what it told.
struct Ran {
    exit: Result<Exit>,
    out: String,
    err: String,
}

/// A screen of so many columns; none for a pipe.
type Screen = Option<usize>;

fn run_line(home: &Path, line: &str, screen: Screen, typed: &str) -> Ran {
    let words = shell_words::split(line).unwrap();
    let words = std::iter::once("history".to_string()).chain(words);
    let args = Line::try_parse_from(words).unwrap().args;
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut world = World {
        out: &mut out,
        err: &mut err,
        terminal: Streams {
            stdin: screen.is_some(),
            stdout: screen.is_some(),
            stderr: screen.is_some(),
            columns: screen.unwrap_or(80),
            rows: 24,
            plain: false,
            colour: false,
            paints: false,
        },
        clock: Clock::Pinned(Box::new(now())),
        config: crate::home::world::LoadedSettings::bare(),
    };
    let store = store(home);
    let strategy = |id: &str| Strategy::from_id(id);
    let exit = match &args.command {
        None => list::run(&args.list, &mut world, &store, &strategy),
        Some(HistoryCommand::Show(args)) => show::run(args, &mut world, &store),
        Some(HistoryCommand::Search(args)) => {
            let input = &mut typed.as_bytes();
            search::run(args, &mut world, &store, &strategy, input)
        }
        Some(
            HistoryCommand::Compare(_)
            | HistoryCommand::Again(_)
            | HistoryCommand::Note(_)
            | HistoryCommand::Edit(_),
        ) => {
            panic!("these are tested with the program itself")
        }
        Some(HistoryCommand::Tag(args)) => tag::run(args, &mut world, &store),
        Some(HistoryCommand::Path(args)) => path::run(args, &mut world, &store),
        Some(HistoryCommand::Delete(args)) => {
            delete::run(args, &mut world, &store, &mut typed.as_bytes())
        }
    };
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(out), text(err).replace(&*home.to_string_lossy(), "~"));
    Ran { exit, out, err }
}

/// Everything a line shows without a screen, and how it ends.
fn shown(home: &Path, line: &str) -> String {
    seen(home, line, None, "")
}

/// Everything a line shows, and how it ends.
fn seen(home: &Path, line: &str, screen: Screen, typed: &str) -> String {
    let ran = run_line(home, line, screen, typed);
    let err = match ran.err.as_str() {
        "" => String::new(),
        err => format!("--- stderr ---\n{err}"),
    };
    match ran.exit {
        Ok(exit) => format!("{}{err}exit {}", ran.out, exit.code()),
        Err(error) => format!("{}{err}{error}exit {}", ran.out, error.exit.code()),
    }
}

fn list_of(home: &Path, line: &str) -> String {
    let ran = run_line(home, line, None, "");
    assert!(matches!(ran.exit, Ok(Exit::Done)));
    ran.out
}
