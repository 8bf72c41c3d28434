//! A session by a script: answers are checked as a whole, then saved once.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::closed;
use super::events::{Coaching, Held, Sink};
use super::runner::{Coach, Desk, Feedback, Runner};
use super::watched::Watched;
use super::{
    Begun, Doing, Input, Keeping, Nowhere, dry_run, ended, engine_drawing, new_session, write_new,
};
use crate::answers::batch::Batch;
use crate::answers::{Answers, Problem, problems, record};
use crate::engine::Engine;
use crate::error::{Error, Exit, Result};
use crate::exercise::{Exercise, Kind};
use crate::home::Place;
use crate::home::world::{World, random};
use crate::journal::{Lock, StoreError};
use crate::session::Session;
use crate::text::inert;
use crate::text::json;

/// So many problems are written out for people; there can be as many as a file has lines.
const WRITTEN_OUT: usize = 40;

/// Answers that have gone the whole way once, without a trace.
pub(super) struct Tried {
    /// Where they led.
    pub engine: Engine,
    /// What is wrong with them.
    pub problems: Vec<Problem>,
    /// The answers themselves.
    pub answers: Answers,
    before: Session,
    lock: Option<Lock>,
    held: Option<Held>,
}

/// What a person need not be asked.
#[derive(Default)]
pub(super) struct Brought {
    pub batch: Option<Batch>,
    pub draws: BTreeMap<String, String>,
    /// Where events go.
    pub sink: Option<Sink>,
}

pub(super) fn run(
    world: &mut World<'_>,
    place: &Place,
    input: &Input,
    keeping: Keeping,
    sink: Option<Sink>,
    doing: Doing,
) -> Result<Exit> {
    if doing.exercise.head.gate && !input.screened {
        return Err(not_screened(&doing.exercise.head.id));
    }
    let tried = try_out(world, place, input, sink, doing)?;
    finish(world, place, input, keeping, tried)
}

pub(super) fn not_screened(id: &str) -> Error {
    Error::new(
        Exit::InputNeeded,
        format!("{id} begins with private safety questions"),
    )
    .hint("`trust-coach safety` shows them; answer them alone")
    .hint("--screened says that you have done so; nothing about it is stored")
}

/// Reads the answers and goes the whole way with them.
pub(super) fn try_out(
    world: &mut World<'_>,
    place: &Place,
    input: &Input,
    sink: Option<Sink>,
    doing: Doing,
) -> Result<Tried> {
    let exercise = doing.exercise;
    let answers = read(world, input, &exercise)?;
    let (before, lock) = match doing.begun {
        Begun::New { seed } => (new_session(&exercise, seed.or(answers.seed), world)?, None),
        Begun::Paused(session, lock) => (*session, Some(lock)),
    };
    let mut batch = Batch::new(answers.given.clone(), input.defaults);
    if let Some(text) = closed::earlier(place, &exercise) {
        world.tell(&format!("{text}\n"));
    }
    let clock = world.clock.clone();
    let draws = answers.draws.clone();
    let held = sink.map(|sink| Held::new(sink, &before, &exercise));
    let events = held.as_ref().map(Held::wire);
    let coach = Coaching::new(place, events.iter().cloned());
    let mut runner = Runner {
        engine: engine_drawing(place, exercise, before.clone(), false, draws),
        prompter: &mut Watched::new(&mut batch, events),
        saver: &Nowhere,
        desk: &Desk::new(|_| {}),
        now: &|| clock.now(),
        person: false,
        support: "",
        feedback: Feedback::new(&coach, ""),
    };
    runner.run()?;
    let engine = runner.engine;
    for what in coach.left_out() {
        world.tell(&format!("{}\n", inert(&what)));
    }
    let found = problems(engine.exercise(), &answers, batch.problems(), &clock.now());
    Ok(Tried {
        engine,
        problems: found,
        answers,
        before,
        lock,
        held,
    })
}

impl Tried {
    /// Whether nothing is left to ask.
    pub(super) fn is_complete(&self) -> bool {
        self.problems.is_empty()
    }

    /// Ends here when something is wrong that asking for more would not put right.
    pub(super) fn refuse_what_is_wrong(&self, world: &mut World<'_>, input: &Input) -> Result<()> {
        let wrong = self.problems.iter().filter(|problem| !problem.is_missing());
        let wrong: Vec<&Problem> = wrong.collect();
        refuse(world, input.json, self.engine.exercise(), &wrong)
    }

    /// What a person does with them: the session as it was before, and the answers to be given.
    pub(super) fn handed_over(self, input: &Input) -> (Doing, Brought) {
        let begun = match self.lock {
            Some(lock) => Begun::Paused(Box::new(self.before), lock),
            None => Begun::New {
                seed: Some(self.before.seed),
            },
        };
        let doing = Doing {
            exercise: self.engine.exercise().clone(),
            begun,
        };
        let brought = Brought {
            batch: Some(Batch::new(self.answers.given, input.defaults)),
            draws: self.answers.draws,
            sink: self.held.map(Held::into_sink),
        };
        (doing, brought)
    }
}

/// Saves what was tried, or tells what is wrong with it.
pub(super) fn finish(
    world: &mut World<'_>,
    place: &Place,
    input: &Input,
    keeping: Keeping,
    tried: Tried,
) -> Result<Exit> {
    let exercise = tried.engine.exercise();
    if keeping == Keeping::DryRun {
        dry_run::print(world, input, &tried)?;
    }
    let all: Vec<&Problem> = tried.problems.iter().collect();
    // A dry run in JSON has its problems in the one object that it prints.
    let in_json = input.json && keeping != Keeping::DryRun;
    if let Err(error) = refuse(world, in_json, exercise, &all) {
        if let Some(held) = tried.held {
            held.failed(&error);
        }
        return Err(error);
    }
    if keeping == Keeping::DryRun {
        return Ok(Exit::Done);
    }
    let mut session = tried.engine.session().clone();
    if let Some(path) = &input.record {
        write_new(path, &record(exercise, &session))?;
        closed::told_open(world, place, path);
    }
    if keeping == Keeping::Save {
        if tried.lock.is_none() {
            session.id = place.store.claim(&world.clock.now(), random)?;
        }
        let saved = save(place, tried.lock, &session);
        if saved.is_err() {
            place.store.give_up(&session.id);
        }
        saved?;
        if let Some(held) = tried.held {
            held.release(place, &session, exercise);
        }
    }
    if input.json {
        ended(world, place, keeping, &session)?;
    } else if keeping == Keeping::Save {
        world.print(&format!("{}\n", session.id))?;
    } else {
        world.tell("Nothing was saved.\n");
    }
    Ok(Exit::Done)
}

fn save(place: &Place, lock: Option<Lock>, session: &Session) -> Result<(), StoreError> {
    let _lock = match lock {
        Some(lock) => lock,
        None => Lock::take(&place.store, &session.id)?,
    };
    place.store.save(session)
}

fn read(world: &mut World<'_>, input: &Input, exercise: &Exercise) -> Result<Answers> {
    if input.takes_from_stdin() > 1 {
        return Err(
            Error::usage("standard input can be read only once").hint("put one of them in a file")
        );
    }
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
    let here = exercise.head.version;
    if let Some(version) = answers.version.filter(|version| *version != here) {
        world.tell(&format!(
            "warning: these answers are for version {version} of {id}, and it is version {here} now\n"
        ));
    }
    input.answer.iter().try_for_each(|pair| answers.add(pair))?;
    Ok(answers)
}

/// Every problem at once, or nothing.
fn refuse(
    world: &mut World<'_>,
    in_json: bool,
    exercise: &Exercise,
    problems: &[&Problem],
) -> Result<()> {
    let count = problems.len();
    if count == 0 {
        return Ok(());
    }
    if in_json {
        let object = json!({ "format": "1.0", "problems": listed(problems) });
        world.print(&json::line(&object))?;
    }
    let only_missing = problems.iter().all(|problem| problem.is_missing());
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
    let written_out = problems.iter().take(WRITTEN_OUT);
    error.details = written_out.map(|problem| problem.message.clone()).collect();
    if count > WRITTEN_OUT {
        error = error.detail(format!("and {} more", count - WRITTEN_OUT));
    }
    let id = &exercise.head.id;
    Err(error.hint(format!(
        "`trust-coach answers {id}` prints a file to fill in"
    )))
}

/// Problems for programs.
pub(super) fn listed(problems: &[&Problem]) -> Json {
    let one = |problem: &&Problem| {
        json!({
            "code": problem.code,
            "id": problem.id,
            "kind": problem.kind.map(Kind::name),
            "options": problem.options,
            "message": problem.message,
        })
    };
    problems.iter().map(one).collect()
}
