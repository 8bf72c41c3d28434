//! A session by a script: answers are checked as a whole, then saved once.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::closed;
use super::events::{BufferedEvents, HomeCoach, Sink};
use super::runner::{Coach, Feedback, ProgressRelay, Runner};
use super::watched::WatchedPrompter;
use super::{
    AnswerFlags, NoSaver, Persistence, SessionStart, StartPoint, dry_run, ended, engine_drawing,
    new_session, write_new,
};
use crate::answers::batch::Batch;
use crate::answers::{AnswerProblem, Answers, problems, record};
use crate::engine::Engine;
use crate::error::{Error, Exit, Result};
use crate::exercise::{Exercise, StepKind};
use crate::home::Home;
use crate::home::world::{World, random};
use crate::journal::{Lock, StoreError};
use crate::session::Session;
use crate::text::inert;
use crate::text::json;

/// So many problems are written out for people; there can be as many as a file has lines.
const WRITTEN_OUT: usize = 40;

/// Answers that have gone the whole way once, without a trace.
pub(super) struct CheckedAnswers {
    /// Where they led.
    pub engine: Engine,
    /// What is wrong with them.
    pub problems: Vec<AnswerProblem>,
    /// The answers themselves.
    pub answers: Answers,
    before: Session,
    lock: Option<Lock>,
    held: Option<BufferedEvents>,
}

/// What a person need not be asked.
#[derive(Default)]
pub(super) struct Prefilled {
    pub batch: Option<Batch>,
    pub draws: BTreeMap<String, String>,
    /// Where events go.
    pub sink: Option<Sink>,
}

pub(super) fn run(
    world: &mut World<'_>,
    place: &Home,
    input: &AnswerFlags,
    keeping: Persistence,
    sink: Option<Sink>,
    doing: SessionStart,
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
    place: &Home,
    input: &AnswerFlags,
    sink: Option<Sink>,
    doing: SessionStart,
) -> Result<CheckedAnswers> {
    let exercise = doing.exercise;
    let answers = read(world, input, &exercise)?;
    let (before, lock) = match doing.begun {
        StartPoint::New { seed } => (new_session(&exercise, seed.or(answers.seed), world)?, None),
        StartPoint::Paused(session, lock) => (*session, Some(lock)),
    };
    let mut batch = Batch::new(answers.given.clone(), input.defaults);
    if let Some(text) = closed::earlier(place, &exercise) {
        world.tell(&format!("{text}\n"));
    }
    let clock = world.clock.clone();
    let draws = answers.draws.clone();
    let held = sink.map(|sink| BufferedEvents::new(sink, &before, &exercise));
    let events = held.as_ref().map(BufferedEvents::wire);
    let coach = HomeCoach::new(place, events.iter().cloned());
    let mut runner = Runner {
        engine: engine_drawing(place, exercise, before.clone(), false, draws),
        prompter: &mut WatchedPrompter::new(&mut batch, events),
        saver: &NoSaver,
        desk: &ProgressRelay::new(|_| {}),
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
    Ok(CheckedAnswers {
        engine,
        problems: found,
        answers,
        before,
        lock,
        held,
    })
}

impl CheckedAnswers {
    /// Whether nothing is left to ask.
    pub(super) fn is_complete(&self) -> bool {
        self.problems.is_empty()
    }

    /// Ends here when something is wrong that asking for more would not put right.
    pub(super) fn refuse_what_is_wrong(
        &self,
        world: &mut World<'_>,
        input: &AnswerFlags,
    ) -> Result<()> {
        let wrong = self.problems.iter().filter(|problem| !problem.is_missing());
        let wrong: Vec<&AnswerProblem> = wrong.collect();
        refuse(world, input.json, self.engine.exercise(), &wrong)
    }

    /// What a person does with them: the session as it was before, and the answers to be given.
    pub(super) fn handed_over(self, input: &AnswerFlags) -> (SessionStart, Prefilled) {
        let begun = match self.lock {
            Some(lock) => StartPoint::Paused(Box::new(self.before), lock),
            None => StartPoint::New {
                seed: Some(self.before.seed),
            },
        };
        let doing = SessionStart {
            exercise: self.engine.exercise().clone(),
            begun,
        };
        let brought = Prefilled {
            batch: Some(Batch::new(self.answers.given, input.defaults)),
            draws: self.answers.draws,
            sink: self.held.map(BufferedEvents::into_sink),
        };
        (doing, brought)
    }
}

/// Saves what was tried, or tells what is wrong with it.
pub(super) fn finish(
    world: &mut World<'_>,
    place: &Home,
    input: &AnswerFlags,
    keeping: Persistence,
    tried: CheckedAnswers,
) -> Result<Exit> {
    let exercise = tried.engine.exercise();
    if keeping == Persistence::DryRun {
        dry_run::print(world, input, &tried)?;
    }
    let all: Vec<&AnswerProblem> = tried.problems.iter().collect();
    // A dry run in JSON has its problems in the one object that it prints.
    let in_json = input.json && keeping != Persistence::DryRun;
    if let Err(error) = refuse(world, in_json, exercise, &all) {
        if let Some(held) = tried.held {
            held.failed(&error);
        }
        return Err(error);
    }
    if keeping == Persistence::DryRun {
        return Ok(Exit::Done);
    }
    let mut session = tried.engine.session().clone();
    if let Some(path) = &input.record {
        write_new(path, &record(exercise, &session))?;
        closed::told_open(world, place, path);
    }
    if keeping == Persistence::Save {
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
    } else if keeping == Persistence::Save {
        world.print(&format!("{}\n", session.id))?;
    } else {
        world.tell("Nothing was saved.\n");
    }
    Ok(Exit::Done)
}

fn save(place: &Home, lock: Option<Lock>, session: &Session) -> Result<(), StoreError> {
    let _lock = match lock {
        Some(lock) => lock,
        None => Lock::take(&place.store, &session.id)?,
    };
    place.store.save(session)
}

fn read(world: &mut World<'_>, input: &AnswerFlags, exercise: &Exercise) -> Result<Answers> {
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
    problems: &[&AnswerProblem],
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
pub(super) fn listed(problems: &[&AnswerProblem]) -> Json {
    let one = |problem: &&AnswerProblem| {
        json!({
            "code": problem.code,
            "id": problem.id,
            "kind": problem.kind.map(StepKind::name),
            "options": problem.options,
            "message": problem.message,
        })
    };
    problems.iter().map(one).collect()
}
