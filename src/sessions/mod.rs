//! What `exercise` and `resume` share: from an exercise and a session to a run at a terminal or by
//! a script.

mod channel;
mod closed;
mod context;
mod dry_run;
mod events;
pub mod gate;
mod leave;
mod paused;
mod person;
pub mod runner;
mod screen;
mod script;
mod single_question;
pub mod watched;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::engine::Engine;
use crate::error::{Error, Exit, Result};
use crate::exercise::{Exercise, ExerciseHead};
use crate::home::Home;
use crate::home::world::{Streams, World, random};
use crate::journal::Lock;
use crate::session::{AnswerId, Moment, Session, SessionState};
use crate::text::json;
use runner::Saver;

use crate::home::new_file::{refuse_existing, write_new};
use channel::{ChannelFlags, ChannelProtocol};
pub use person::private_screen;
use script::Prefilled;
pub use single_question::{ProgressTarget, QuestionOutcome, SingleQuestion};

/// Where answers come from.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Answers from a script")]
pub struct AnswerFlags {
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
    /// At the end, write the answers to a new file, which does the same session again
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// Print how it ended, or what is wrong with the answers, as JSON
    #[arg(long)]
    pub json: bool,
    /// Say that you have seen the private safety questions alone
    #[arg(long)]
    pub screened: bool,
    #[command(flatten)]
    /// Another program on standard input.
    pub channel: ChannelFlags,
}

/// Who answers. Decided once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A person at a full terminal.
    Terminal,
    /// A person, line by line.
    Plain,
    /// A script; nobody is asked.
    Script,
    /// Another program on standard input.
    Channel(ChannelProtocol),
}

impl Mode {
    /// Decides by the flags, and by whether somebody sits there whose keyboard is free.
    pub fn decide(input: &AnswerFlags, terminal: &Streams) -> Self {
        if let Some(io) = input.channel.io {
            return Self::Channel(io);
        }
        let nobody = !terminal.stdin || !(terminal.stderr || terminal.stdout);
        if input.no_input || input.takes_from_stdin() > 0 || nobody {
            Self::Script
        } else if terminal.plain || !crate::terminal::fits(terminal.columns, terminal.rows) {
            Self::Plain
        } else {
            Self::Terminal
        }
    }
}

/// Whether a person can be asked.
pub fn somebody_is_there(world: &World<'_>) -> bool {
    Mode::decide(&AnswerFlags::default(), &world.terminal) != Mode::Script
}

impl AnswerFlags {
    /// Whether some steps need not be asked.
    fn brings_answers(&self) -> bool {
        self.answers.is_some() || !self.answer.is_empty() || self.defaults
    }

    /// How many answers come from standard input. Where any does, nobody can be asked there.
    fn takes_from_stdin(&self) -> usize {
        let file = self.answers.as_deref() == Some(Path::new("-"));
        let is_stdin = |pair: &&String| matches!(pair.split_once('='), Some((_, "@-")));
        usize::from(file) + self.answer.iter().filter(is_stdin).count()
    }
}

/// What is kept of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Persistence {
    /// It is saved.
    #[default]
    Save,
    /// Nothing.
    Nothing,
    /// There is no session: what it would be is printed.
    DryRun,
}

/// An exercise to be done, and how far it is.
pub struct SessionStart {
    /// The exercise.
    pub exercise: Exercise,
    /// How far it is.
    pub begun: StartPoint,
}

/// Whether a session is there already.
pub enum StartPoint {
    /// It begins with this seed, or with one drawn for it.
    New {
        /// The seed, where one was asked for.
        seed: Option<u64>,
    },
    /// It is locked by us and goes on.
    Paused(Box<Session>, Lock),
}

/// What is to be done, before it is read.
pub struct StartRequest {
    /// The exercise.
    pub head: ExerciseHead,
    /// Whether a paused session of it is offered first.
    pub offer_paused: bool,
    /// What is kept.
    pub keeping: Persistence,
}

/// Does an exercise: at the terminal, or with what a script brought. `load` gives it when it is
/// needed, with the paused session that is to go on.
pub fn perform(
    world: &mut World<'_>,
    place: &Home,
    input: &AnswerFlags,
    plan: &StartRequest,
    load: impl FnOnce(Option<String>) -> Result<SessionStart>,
) -> Result<Exit> {
    if let Some(path) = &input.record {
        refuse_existing(path)?;
    }
    let sink = events::open(&input.channel)?;
    let keeping = plan.keeping;
    let mode = Mode::decide(input, &world.terminal);
    if let Mode::Channel(io) = mode {
        return channel::run(world, place, input, io, sink, load(None)?);
    }
    if mode == Mode::Script || keeping == Persistence::DryRun {
        return script::run(world, place, input, keeping, sink, load(None)?);
    }
    let by = person::PersonRun {
        mode,
        input,
        keeping,
    };
    if !input.brings_answers() {
        let brought = Prefilled {
            sink,
            ..Prefilled::default()
        };
        return person::run(world, place, &by, plan, brought, load);
    }
    // Answers are checked before the first screen. They are for a session of their own, so that a
    // paused one is not offered; and when they are all there, nothing is left to ask.
    let tried = script::try_out(world, place, input, sink, load(None)?)?;
    tried.refuse_what_is_wrong(world, input)?;
    if tried.is_complete() && (input.screened || !plan.head.gate) {
        return script::finish(world, place, input, keeping, tried);
    }
    let (doing, brought) = tried.handed_over(input);
    let plan = StartRequest {
        head: plan.head.clone(),
        offer_paused: false,
        keeping,
    };
    person::run(world, place, &by, &plan, brought, |_| Ok(doing))
}

/// A session that has not been saved and has no name yet.
fn new_session(exercise: &Exercise, seed: Option<u64>, world: &World<'_>) -> Result<Session> {
    let seed = match seed {
        Some(seed) => seed,
        None => u64::from(random()?),
    };
    let now = Moment::new(&world.clock.now());
    Ok(Session::new(&exercise.head, now, seed))
}

/// An engine for a session, with what it may know of others, and with the items to draw.
fn engine_drawing(
    place: &Home,
    exercise: Exercise,
    session: Session,
    nudges: bool,
    draws: BTreeMap<String, String>,
) -> Engine {
    let mut context = context::of(&place.store, &exercise, &session.id, nudges);
    context.draws = draws;
    Engine::new(exercise, session, context)
}

/// Reads and locks a paused session, with its exercise as it is today.
pub fn take_up(place: &Home, id: &str) -> Result<SessionStart> {
    let lock = Lock::take(&place.store, id)?;
    let session = place.store.read(id)?;
    if session.state == SessionState::Done {
        let short = session.short_id();
        return Err(Error::usage(format!("session {short} is finished"))
            .hint(format!("read it with `trust-coach history show {short}`")));
    }
    let exercise = place.library.load(&session.exercise)?;
    Ok(SessionStart {
        exercise,
        begun: StartPoint::Paused(Box::new(session), lock),
    })
}

/// Writes a copy of a session to a path that the person chose, for them alone.
fn copy(session: &Session, path: &Path) -> Result<()> {
    write_new(path, &crate::journal::format::to_text(session))
}

/// Prints how a session ended, for programs.
fn ended(
    world: &mut World<'_>,
    place: &Home,
    keeping: Persistence,
    session: &Session,
) -> Result<()> {
    let saved = keeping == Persistence::Save;
    let path = saved.then(|| place.store.path(&session.id));
    let object = serde_json::json!({
        "format": "1.0",
        "session": saved.then_some(&session.id),
        "path": path.map(|path| path.display().to_string()),
        "state": session.state.name(),
    });
    world.print(&json::line(&object))
}

/// The one who answers cannot be reached any more.
fn gone(error: &std::io::Error) -> Error {
    Error::failed("the terminal cannot be reached any more").because(error)
}

/// A session that is saved once at the end, or not at all.
struct NoSaver;

impl Saver for NoSaver {
    fn save(&self, _session: &Session) -> Result<()> {
        Ok(())
    }

    fn begin_answer(&self, _id: Option<AnswerId>) {}

    fn copy_to(&self, session: &Session, path: &Path) -> Result<()> {
        copy(session, path)
    }
}
