//! What `exercise` and `resume` share: from an exercise and a session to a run at a terminal or by
//! a script.

mod channel;
mod context;
mod events;
mod paused;
mod person;
mod screen;
mod script;

use std::path::{Path, PathBuf};

use clap::Args;

use crate::engine::Engine;
use crate::error::{Error, Exit, Result};
use crate::exercise::library::Library;
use crate::exercise::{Exercise, Head};
use crate::journal::{Lock, Store};
use crate::session::{Moment, Session, State};
use crate::world::{Terminal, World, random};

use channel::{Channel, Io};

pub(super) use person::private_screen;

/// Where answers come from.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Answers from a script")]
pub(super) struct Input {
    /// Take answers from a file, TOML or JSON; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// Give one answer; others on this machine may see it, so keep private words in a file
    #[arg(long, value_name = "ID=VALUE|ID=@FILE")]
    pub answer: Vec<String>,
    /// Take the defaults that the exercise declares
    #[arg(long)]
    pub defaults: bool,
    /// Never ask; missing answers are an error
    #[arg(long)]
    pub no_input: bool,
    /// Say that you have seen the private safety questions alone
    #[arg(long)]
    pub screened: bool,
    #[command(flatten)]
    pub channel: Channel,
}

/// Who answers. Decided once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// A person at a full terminal.
    Terminal,
    /// A person, line by line.
    Plain,
    /// A script; nobody is asked.
    Script,
    /// Another program, which is asked on standard input.
    Channel(Io),
}

impl Mode {
    /// Decides by the flags, and by whether somebody sits there.
    pub(super) fn decide(input: &Input, terminal: &Terminal) -> Self {
        if let Some(io) = input.channel.io {
            return Self::Channel(io);
        }
        let scripted =
            input.answers.is_some() || !input.answer.is_empty() || input.defaults || input.no_input;
        let nobody = !terminal.stdin || !(terminal.stderr || terminal.stdout);
        if scripted || nobody {
            Self::Script
        } else if terminal.plain || !crate::prompt::terminal::fits(terminal.columns, terminal.rows)
        {
            Self::Plain
        } else {
            Self::Terminal
        }
    }
}

/// Where everything lies.
pub(super) struct Place {
    pub library: Library,
    pub store: Store,
}

impl Place {
    pub(super) fn find(world: &World<'_>) -> Result<Self> {
        let folders = world.folders()?;
        let library = Library::open(Some(&folders.exercises()));
        let store = Store::new(folders.data.clone(), folders.state.clone());
        Ok(Self { library, store })
    }
}

/// An exercise to be done, and how far it is.
pub(super) struct Doing {
    pub exercise: Exercise,
    pub begun: Begun,
}

/// Whether a session is there already.
pub(super) enum Begun {
    /// It begins with this seed, or with one drawn for it.
    New { seed: Option<u64> },
    /// It is locked by us and goes on.
    Paused(Box<Session>, Lock),
}

/// What is to be done, before it is read.
pub(super) struct Plan {
    /// The exercise.
    pub head: Head,
    /// Whether a paused session of it is offered first.
    pub offer_paused: bool,
}

/// Does an exercise: at the terminal, or with what a script brought. `load` gives it when it is
/// needed, with the paused session that is to go on.
pub(super) fn perform(
    world: &mut World<'_>,
    place: &Place,
    input: &Input,
    plan: &Plan,
    load: impl FnOnce(Option<String>) -> Result<Doing>,
) -> Result<Exit> {
    let sink = events::open(&input.channel)?;
    match Mode::decide(input, &world.terminal) {
        Mode::Script => script::run(world, place, input, sink, load(None)?),
        Mode::Channel(io) => channel::run(world, place, input, io, sink, load(None)?),
        mode => person::run(world, place, mode, plan, sink, load),
    }
}

/// A session that has not been saved and has no name yet.
fn new_session(exercise: &Exercise, seed: Option<u64>, world: &World<'_>) -> Result<Session> {
    let seed = match seed {
        Some(seed) => seed,
        None => u64::from(random()?),
    };
    Ok(Session {
        id: String::new(),
        exercise: exercise.head.id.clone(),
        exercise_version: exercise.head.version,
        title: exercise.head.title.clone(),
        lang: exercise.head.lang.clone(),
        state: State::Open,
        started: Moment::new(&world.clock.now()),
        ended: None,
        seed,
        at: None,
        tags: Vec::new(),
        notes: Vec::new(),
        answers: Vec::new(),
        extra: toml::Table::new(),
    })
}

/// An engine for a session, with what it may know of others.
fn engine(place: &Place, exercise: Exercise, session: Session, nudges: bool) -> Engine {
    let context = context::of(&place.store, &exercise, &session.id, nudges);
    Engine::new(exercise, session, context)
}

/// Reads and locks a paused session, with its exercise as it is today.
pub(super) fn take_up(place: &Place, id: &str) -> Result<Doing> {
    let lock = Lock::take(&place.store, id)?;
    let session = place.store.read(id)?;
    if session.state == State::Done {
        let short = session.short_id();
        return Err(Error::usage(format!("session {short} is finished"))
            .hint(format!("read it with `trust-coach history show {short}`")));
    }
    let exercise = place.library.load(&session.exercise)?;
    Ok(Doing {
        exercise,
        begun: Begun::Paused(Box::new(session), lock),
    })
}

/// Writes a copy of a session to a path that the person chose, for them alone.
fn copy(session: &Session, path: &Path) -> Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let text = crate::journal::format::to_text(session);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
    });
    written.map_err(|error| {
        Error::failed(format!("could not write {}", path.display())).because(&error)
    })
}
