//! A session by a script: answers are checked as a whole, then saved once.

use std::path::Path;

use super::events::{Held, Sink};
use super::{Begun, Doing, Input, Place, engine, new_session};
use crate::answers::Answers;
use crate::error::{Error, Exit, Result};
use crate::exercise::table::nearest;
use crate::exercise::{Exercise, Kind};
use crate::journal::Lock;
use crate::prompt::Watched;
use crate::prompt::batch::{Batch, Problem};
use crate::runner::{Desk, Runner, Saver};
use crate::session::Session;
use crate::world::{World, random};

pub(super) fn run(
    world: &mut World<'_>,
    place: &Place,
    input: &Input,
    sink: Option<Sink>,
    doing: Doing,
) -> Result<Exit> {
    let exercise = doing.exercise;
    if exercise.head.gate && !input.screened {
        return Err(not_screened(&exercise.head.id));
    }
    let answers = read(input, &exercise)?;
    let (session, lock) = match doing.begun {
        Begun::New { seed } => (new_session(&exercise, seed.or(answers.seed), world)?, None),
        Begun::Paused(session, lock) => (*session, Some(lock)),
    };
    let mut batch = Batch::new(answers.given, input.defaults);
    let clock = &world.clock;
    let held = sink.map(|sink| Held::new(sink, &session, &exercise));
    let events = held.as_ref().map(Held::wire);
    let mut runner = Runner {
        engine: engine(place, exercise, session, false),
        prompter: &mut Watched::new(&mut batch, events),
        saver: &Nowhere,
        desk: &Desk::new(|_| {}),
        now: &|| clock.now(),
        person: false,
        support: "",
    };
    runner.run()?;
    let engine = runner.engine;
    if let Err(error) = check(&batch, engine.exercise()) {
        if let Some(held) = held {
            held.failed(&error);
        }
        return Err(error);
    }
    let mut session = engine.session().clone();
    let _lock = match lock {
        Some(lock) => lock,
        None => {
            session.id = place.store.claim(&world.clock.now(), random)?;
            Lock::take(&place.store, &session.id)?
        }
    };
    place.store.save(&session)?;
    if let Some(held) = held {
        held.release(place, &session, engine.exercise());
    }
    world.print(&format!("{}\n", session.id))?;
    Ok(Exit::Done)
}

pub(super) fn not_screened(id: &str) -> Error {
    Error::new(
        Exit::InputNeeded,
        format!("{id} begins with private safety questions"),
    )
    .hint("`trust-coach safety` shows them; answer them alone")
    .hint("--screened says that you have done so; nothing about it is stored")
}

fn read(input: &Input, exercise: &Exercise) -> Result<Answers> {
    let mut answers = match &input.answers {
        Some(path) => Answers::read(path)?,
        None => Answers::default(),
    };
    let id = &exercise.head.id;
    if let Some(other) = answers.exercise.as_ref().filter(|other| *other != id) {
        return Err(Error::usage(format!(
            "these answers are for {other}, not for {id}"
        )));
    }
    input.answer.iter().try_for_each(|pair| answers.add(pair))?;
    Ok(answers)
}

/// Every problem at once, or nothing.
fn check(batch: &Batch, exercise: &Exercise) -> Result<()> {
    let ids = || exercise.steps.iter().map(|step| step.id.as_str());
    let unknown = batch.unasked().filter(|key| !can_be_asked(exercise, key));
    let unknown = unknown.map(|key| {
        let meant = nearest(key, ids()).map(|id| format!("; did you mean `{id}`?"));
        format!("unknown answer `{key}`{}", meant.unwrap_or_default())
    });
    let unknown: Vec<String> = unknown.collect();
    let problems: &[Problem] = batch.problems();
    let count = unknown.len() + problems.len();
    if count == 0 {
        return Ok(());
    }
    let only_missing = unknown.is_empty() && problems.iter().all(|p| p.code == "missing");
    let exit = if only_missing {
        Exit::InputNeeded
    } else {
        Exit::Usage
    };
    let message = match (only_missing, count) {
        (true, 1) => String::from("1 answer is missing, and nobody is there to ask"),
        (true, count) => format!("{count} answers are missing, and nobody is there to ask"),
        (false, 1) => String::from("1 problem with the answers"),
        (false, count) => format!("{count} problems with the answers"),
    };
    let mut error = Error::new(exit, format!("{message}; nothing was saved"));
    error.details = unknown;
    error
        .details
        .extend(problems.iter().map(|problem| problem.message.clone()));
    let id = &exercise.head.id;
    Err(error.hint(format!("`trust-coach show {id}` lists what is asked")))
}

/// Whether an answer with this key could be asked for, in a round that there can be.
fn can_be_asked(exercise: &Exercise, key: &str) -> bool {
    let (id, round) = match key.split_once('@') {
        Some((id, round)) => (id, round.parse::<u32>().ok()),
        None => (key, Some(1)),
    };
    let Some(step) = exercise.step(id).filter(|step| step.kind() != Kind::Say) else {
        return false;
    };
    let group = step.group.as_deref().and_then(|name| exercise.group(name));
    let rounds = group.map_or(1, |group| group.at_most);
    round.is_some_and(|round| (1..=rounds).contains(&round))
}

/// A script's session is saved once, at the end.
struct Nowhere;

impl Saver for Nowhere {
    fn save(&self, _session: &Session) -> Result<()> {
        Ok(())
    }

    fn turn(&self, _turn: Option<(String, u32)>) {}

    fn copy_to(&self, _session: &Session, _path: &Path) -> Result<()> {
        Ok(())
    }
}
