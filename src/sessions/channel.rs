//! A session with another program on standard input: a line an answer, or messages in JSON.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Stderr};
use std::sync::Arc;

use super::about;
use super::closed;
use super::events::{self, Sink};
use super::follow::{expect_promises, follow_promises};
use super::named_files::{self, SAVED_ALL_THE_SAME};
use super::names;
use super::run::SessionRun;
use super::runner::SessionEnd;
use super::screen::gone;
use super::script::not_screened;
use super::signals::{self, SignalContext};
use super::start::{self, OTHER_VERSION, SessionStart, StartPoint};
use super::{AnswerOptions, ChannelProtocol, Persistence};
use crate::ask::{Prompter, StepPosition};
use crate::engine::Engine;
use crate::error::{Error, Exit, Result};
use crate::home::Home;
use crate::home::world::World;
use crate::lines::LinesPrompter;
use crate::lines::feed::{Feed, FeedEnd};
use crate::safety::SafetyTexts;
use crate::session::Session;
use crate::terminal::signals as terminal_signals;
use crate::text::language::Language;
use crate::text::{inert, width};
use crate::wire::client::JsonPrompter;
use crate::wire::{TextPolicy, Wire};

/// Whoever is on the other side.
enum Caller {
    Lines(Box<LinesPrompter<BufWriter<Stderr>>>),
    Json(Box<JsonPrompter>),
}

impl Caller {
    fn prompter(&mut self) -> &mut dyn Prompter {
        match self {
            Self::Lines(lines) => lines.as_mut(),
            Self::Json(json) => json.as_mut(),
        }
    }

    fn stopped(&self) -> Option<FeedEnd> {
        match self {
            Self::Lines(lines) => lines.stopped(),
            Self::Json(json) => json.stopped(),
        }
    }
}

/// Does an exercise with the program on the other side. Every answer is saved before the next
/// question.
pub(super) fn run(
    world: &mut World<'_>,
    home: &Home,
    options: &AnswerOptions,
    protocol: ChannelProtocol,
    sink: Option<Sink>,
    start: SessionStart,
) -> Result<Exit> {
    let exercise = start.exercise;
    if exercise.head.gate && !options.screened {
        return Err(not_screened(&exercise.head.id));
    }
    let language = exercise.head.language();
    let context = SignalContext::new(home, Persistence::Save, language);
    terminal_signals::watch(None, signals::pause(&context))
        .map_err(|error| Error::failed("could not wait for signals").because(&error))?;
    let new = matches!(start.point, StartPoint::New { .. });
    let (mut session, lock) = start.point.session(&exercise, None, world, home)?;
    closed::needs_no_passphrase(&session)?;
    let is_new_for_two = exercise.head.for_two && session.partners().is_none();
    start::join(&mut session, &exercise, None);
    let writer = start::begin_writing(world, home, &mut session, lock)?;
    expect_promises(home, &exercise, &session)?;
    let _ = context.saver.set(writer.clone());

    let file = sink.map(|sink| sink.begin(home, &session, &exercise));
    let client = (protocol == ChannelProtocol::Json).then(|| {
        let path = home.store.sessions().path(&session.id);
        Arc::new(Wire::new(&session.id, &path, TextPolicy::All, io::stdout()))
    });
    let everyone = file.iter().chain(&client).cloned();
    let everyone = context.wires.get_or_init(|| everyone.collect());
    let feed = Feed::new(options.answer_timeout, client.is_some());
    let mut caller = match &client {
        Some(wire) => {
            // A client that is gone already shows with the first question.
            let _ = wire.hello(&exercise.head.id, exercise.steps.len());
            let mut json = JsonPrompter::new(feed, Arc::clone(wire));
            if is_new_for_two {
                ask_names(&mut json, home, &mut session, exercise.steps.len())?;
            }
            if let Some(partners) = session.partners() {
                let _ = wire.people(&partners);
            }
            Caller::Json(Box::new(json))
        }
        None => {
            let out = BufWriter::new(io::stderr());
            let width = width(world.terminal.columns);
            let lines = LinesPrompter::new(feed, out, width, context.clone()).speaking(language);
            Caller::Lines(Box::new(lines))
        }
    };

    let changed = session.exercise_version != exercise.head.version;
    let before = [
        changed.then_some(OTHER_VERSION),
        closed::other_readers(home),
        closed::earlier(home, &exercise),
        about::unread(home, &exercise),
    ];
    let unused = closed::unused_keys(home, &exercise, &session);
    let run = SessionRun::new(home, exercise, session, BTreeMap::new(), false);
    let mut run = run.with_support(home);
    run.before = before
        .into_iter()
        .flatten()
        .map(|text| language.translate(text).to_string())
        .chain(unused)
        .collect();
    (run.opens, run.closes) = (new, true);
    let mut listener = events::listener(client, file);
    let ran = run.run(
        world,
        home,
        caller.prompter(),
        writer.as_ref(),
        &mut listener,
    );
    let ran = ran.inspect_err(|error| {
        for wire in everyone {
            let _ = wire.error("failed", &error.message);
        }
    })?;
    for what in &ran.left_out {
        world.tell(&format!("{}\n", inert(what)));
    }
    follow_promises(world, home, ran.engine.exercise(), ran.engine.session());
    named_files::write_answers(world, home, options, &ran.engine)
        .map_err(|error| error.hint(SAVED_ALL_THE_SAME))?;
    finish(world, protocol, &ran.engine, ran.end, caller.stopped())
}

/// Asks the program for the names of two people. What it says in place of one ends the session at its first
/// question.
fn ask_names(
    json: &mut JsonPrompter,
    home: &Home,
    session: &mut Session,
    steps: usize,
) -> Result<()> {
    let support = home.shelf.support_in(Language::English);
    let place = StepPosition {
        step: 1,
        of: steps,
        about: true,
        grew: false,
    };
    let asked = names::ask_names(json, &support, place).map_err(|error| gone(&error))?;
    match asked {
        Ok(partners) => session.set_partners(&partners),
        Err(instead) => json.hold(instead),
    }
    Ok(())
}

/// The last words, and the exit code.
fn finish(
    world: &mut World<'_>,
    protocol: ChannelProtocol,
    engine: &Engine,
    ended: SessionEnd,
    stopped: Option<FeedEnd>,
) -> Result<Exit> {
    let (session, language) = (engine.session(), engine.language());
    if protocol == ChannelProtocol::Lines && ended != SessionEnd::Left {
        world.print(&format!("{}\n", session.id))?;
    }
    let at = match ended {
        SessionEnd::Done => return Ok(Exit::Done),
        SessionEnd::Left => {
            world.tell(&format!("{}\n", SafetyTexts::built_in(language).left));
            return Ok(Exit::Done);
        }
        SessionEnd::Paused(at) => at,
    };
    let step = at.map_or(String::new(), |at| {
        language.fill(" at step {step}", &[("step", &at.step)])
    });
    let id = engine.current_id();
    let id = id.map_or(String::new(), |id| format!(" ({id})"));
    let (why, exit) = match stopped {
        None => ("", Exit::Paused),
        Some(FeedEnd::End) => (INPUT_ENDED, Exit::Paused),
        Some(FeedEnd::Unfinished) => (UNFINISHED, Exit::Paused),
        Some(FeedEnd::Gone) => (NOBODY_READS, Exit::Paused),
        Some(FeedEnd::TooSlow) => (NO_ANSWER, Exit::TimedOut),
        Some(FeedEnd::TooOften) => (WILL_NOT_DO, Exit::Usage),
    };
    let short = session.short_id();
    let place = format!("{step}{id}{}", language.translate(why));
    let paused = language.fill(PAUSED, &[("place", &place), ("session", &short)]);
    world.tell(&format!("{paused}\n"));
    Ok(exit)
}

// Texts for people.
const INPUT_ENDED: &str = ": the input ended here";
const UNFINISHED: &str = ": the input ended in the middle of a text, which is kept as it is";
const NOBODY_READS: &str = ": nothing reads the questions any more";
const NO_ANSWER: &str = ": no answer came in time";
const WILL_NOT_DO: &str = ": that answer doesn’t fit";
const PAUSED: &str =
    "Paused{place}. Everything so far is saved.\nTo continue: trust-coach resume {session}";
