//! `history` and its commands, run in a home of their own.

use std::fs;
use std::path::Path;

use clap::Parser;
use toml::Table;

mod deleting;
mod listing;
mod searching;
mod showing;
mod tagging;

use super::*;
use crate::exercise::StepKind;
use crate::exercise::Strategy;
use crate::home::clock::Clock;
use crate::home::folders::Folders;
use crate::home::world::Streams;
use crate::journal::Store;
use crate::session::{
    Answer, AnswerVersion, Moment, Outcome, Session, SessionNote, SessionState, StoredFinding,
    Value,
};

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

fn store(home: &Path) -> Store {
    let folders = Folders::under(home);
    Store::new(folders.data, folders.state)
}

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
            keys: false,
            colour: false,
            paints: false,
            signs: crate::text::look::Signs::of(false),
        },
        clock: Clock::Pinned(Box::new(at("2026-11-22T18:45:01.032"))),
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
            | HistoryCommand::Note(_)
            | HistoryCommand::Edit(_)
            | HistoryCommand::TakeBack(_),
        ) => panic!("these are tested with the program itself"),
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

fn at(time: &str) -> jiff::Zoned {
    format!("{time}[Europe/Berlin]").parse().unwrap()
}

fn answer(step: &str, kind: StepKind, given: Outcome) -> Answer {
    Answer {
        prompt: format!("What about {step}?"),
        at: None,
        ..crate::test_support::answer(step, kind, given)
    }
}

fn written(step: &str, text: &str) -> Answer {
    let value = Value::Text(text.to_string());
    answer(step, StepKind::Write, Outcome::Value(value))
}

fn save(home: &Path, hex: u32, time: &str, exercise: &str, change: impl FnOnce(&mut Session)) {
    let store = store(home);
    let now = at(time);
    let mut session = Session {
        exercise: exercise.to_string(),
        exercise_version: 1,
        started: Moment::new(&now),
        seed: 1,
        answers: vec![written("act", "I read your messages.\n\n# And more.\n")],
        ..crate::test_support::session(&store.sessions().claim(&now, || Ok(hex)).unwrap())
    };
    change(&mut session);
    store.sessions().save(&session).unwrap();
}

/// Three sessions, and a name that is claimed and not used.
fn three() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let path = home.path();
    save(path, 0x1a, "2026-10-01T08:00:00", "promise", |session| {
        session.state = SessionState::Done;
        session.title = "One small promise".to_string();
        session.tags = vec!["Home".to_string(), "calm".to_string()];
    });
    save(path, 0x2b, "2026-11-20T00:30:00", "time", |session| {
        session.state = SessionState::Left;
        session.tags = vec!["home".to_string(), "us".to_string()];
        session.title =
            "Giving it time, and what to do with a day on which nothing moves".to_string();
    });
    save(path, 0x9f3a_61c2, "2026-11-22T18:00:00", "apology", |_| {});
    let store = store(path);
    store
        .sessions()
        .claim(&at("2026-11-22T18:30:00"), || Ok(1))
        .unwrap();
    home
}
