//! A script's answers, checked as a whole before anything is saved.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::AnswerOptions;
use super::about::{self, is_words_of_promise};
use super::closed;
use super::events::{self, BufferedEvents, Sink};
use super::run::SessionRun;
use super::runner::{Event, NoSaver};
use super::start::{self, SessionStart, StartPoint};
use crate::answers::batch::{Batch, ScriptedAnswer};
use crate::answers::{AnswerProblem, Answers, problems, settled, settled_otherwise};
use crate::engine::{self, Engine};
use crate::error::{Error, Exit, Result};
use crate::exercise::{Exercise, StepKind};
use crate::home::Home;
use crate::home::world::World;
use crate::journal::Lock;
use crate::session::{Answer, Moment, Outcome, Partner, Partners, Session};
use crate::text::json;
use crate::text::{inert, is_same_name};

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
    /// Answers that nothing asked for, by their keys: they’re nowhere else.
    pub unasked: Vec<String>,
    before: Session,
    pub(super) lock: Option<Lock>,
    pub(super) buffered: Option<BufferedEvents>,
}

/// What a person need not be asked.
#[derive(Default)]
pub(super) struct Prefilled {
    pub batch: Option<Batch>,
    pub draws: BTreeMap<String, String>,
    /// Where events go.
    pub sink: Option<Sink>,
}

/// Reads the answers and goes the whole way with them.
pub(super) fn check(
    world: &mut World<'_>,
    home: &Home,
    options: &AnswerOptions,
    sink: Option<Sink>,
    start: SessionStart,
) -> Result<CheckedAnswers> {
    let exercise = start.exercise;
    let answers = read(world, options, &exercise)?;
    let (mut before, lock) = start.point.session(&exercise, answers.seed, world, home)?;
    refuse_others(&before, answers.names.as_ref())?;
    closed::needs_no_passphrase(&before)?;
    let is_closed = |answer: &Answer| matches!(answer.given, Outcome::Closed(_));
    if before.answers.iter().any(is_closed) {
        home.store.sealer(&mut before)?;
    }
    // A script that says what was promised goes over nothing else.
    let mut given = answers.given.keys();
    if given.any(|step| exercise.step(step).is_some_and(is_words_of_promise)) {
        before.set_about(Vec::new());
    }
    keep_drafts(&mut before, &answers, &Moment::new(&world.clock.now()));
    start::join(&mut before, &exercise, answers.names.as_ref());
    for text in [
        closed::earlier(home, &exercise),
        about::unread(home, &exercise),
    ] {
        text.iter()
            .for_each(|text| world.tell(&format!("{text}\n")));
    }
    let buffered = sink.map(|sink| BufferedEvents::new(sink, &before, &exercise));
    let mut listen = events::listener(None, buffered.as_ref().map(BufferedEvents::wire));
    // How it ends is not known before it is saved.
    let mut listener = |event: &Event<'_>| match event {
        Event::Saved | Event::Ended(_) => {}
        event => listen(event),
    };
    let mut batch = Batch::new(answers.given.clone(), options.defaults);
    let run = SessionRun::new(home, exercise, before.clone(), answers.draws.clone(), false);
    let ran = run.run(world, home, &mut batch, &NoSaver::default(), &mut listener)?;
    for what in ran.left_out {
        world.tell(&format!("{}\n", inert(&what)));
    }
    let engine = ran.engine;
    let today = world.today();
    let mut problems = problems(engine.exercise(), &answers, batch.problems(), &today);
    problems.extend(settled_otherwise(
        &engine, &answers, &batch, &before, &today,
    ));
    let is_lost = |key: &&str| {
        let is_given = matches!(answers.given.get(*key), Some(ScriptedAnswer::Given(_)));
        is_given && settled(&engine, &before, key).is_none()
    };
    let unasked = batch.unasked().filter(is_lost).map(String::from).collect();
    Ok(CheckedAnswers {
        engine,
        problems,
        answers,
        unasked,
        before,
        lock,
        buffered,
    })
}

/// Refuses answers of other people than those who began the session.
fn refuse_others(before: &Session, names: Option<&Partners>) -> Result<()> {
    let two = before.partners().filter(|two| *two != Partners::letters());
    let (Some(two), Some(names)) = (two, names) else {
        return Ok(());
    };
    let is_same = |by| is_same_name(two.name(by), names.name(by));
    if Partner::PAIR.into_iter().all(is_same) {
        return Ok(());
    }
    let of = |two: &Partners| format!("{}’s and {}’s", two.a, two.b);
    let message = format!(
        "these answers are {}, but the session is {}",
        of(names),
        of(&two)
    );
    Err(Error::usage(message).hint("`names` has to say who is a and who is b, as the session does"))
}

/// Puts drafts that a script answers, without anybody seeing them, among the earlier wordings.
fn keep_drafts(before: &mut Session, answers: &Answers, now: &Moment) {
    for answer in &mut before.answers {
        if !answer.settled() && answers.given.contains_key(&answer.id().to_string()) {
            engine::put_away(answer, now.clone());
        }
    }
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
        options: &AnswerOptions,
    ) -> Result<()> {
        let wrong = self.problems.iter().filter(|problem| !problem.is_missing());
        let wrong: Vec<&AnswerProblem> = wrong.collect();
        refuse(world, options.json, self.engine.exercise(), &wrong)
    }

    /// What a person does with them: the session as it was before, and the answers to be given.
    pub(super) fn handed_over(self, options: &AnswerOptions) -> (SessionStart, Prefilled) {
        let point = match self.lock {
            Some(lock) => StartPoint::Paused(Box::new(self.before), lock),
            None => StartPoint::New {
                seed: Some(self.before.seed),
                about: self.before.about().map(String::from).collect(),
            },
        };
        let start = SessionStart {
            exercise: self.engine.exercise().clone(),
            point,
            partners: self.answers.names.clone(),
        };
        let prefilled = Prefilled {
            batch: Some(Batch::new(self.answers.given, options.defaults)),
            draws: self.answers.draws,
            sink: self.buffered.map(BufferedEvents::into_sink),
        };
        (start, prefilled)
    }
}

fn read(world: &mut World<'_>, options: &AnswerOptions, exercise: &Exercise) -> Result<Answers> {
    if options.takes_from_stdin() > 1 {
        return Err(
            Error::usage("standard input can be read only once").hint("put one of them in a file")
        );
    }
    let mut answers = match &options.answers {
        Some(path) => Answers::read(path)?,
        None => Answers::default(),
    };
    let id = &exercise.head.id;
    if let Some(other) = answers.exercise.as_ref().filter(|other| *other != id) {
        return Err(Error::usage(format!(
            "these answers are for {other}, not for {id}"
        )));
    }
    if answers.names.is_some() && !exercise.head.for_two {
        let message = format!("{id} is for one, and these answers have `names` for two");
        return Err(Error::usage(message));
    }
    let here = exercise.head.version;
    if let Some(version) = answers.version.filter(|version| *version != here) {
        world.tell(&format!(
            "warning: these answers are for version {version} of {id}, which is now version {here}\n"
        ));
    }
    answers.add(&options.answer)?;
    Ok(answers)
}

/// Every problem at once, or nothing.
pub(super) fn refuse(
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
        (true, 1) => String::from("1 answer is missing, and there’s nobody to ask"),
        (true, count) => format!("{count} answers are missing, and there’s nobody to ask"),
        (false, 1) => String::from("1 problem with the answers"),
        (false, count) => format!("{count} problems with the answers"),
    };
    let mut error = Error::new(exit, format!("{message}; nothing was saved"));
    let written_out = problems.iter().take(WRITTEN_OUT);
    error.details = written_out.map(|problem| problem.message.clone()).collect();
    if count > WRITTEN_OUT {
        error = error.detail(format!("and {} more", count - WRITTEN_OUT));
    }
    if problems.iter().any(|problem| problem.is_answered()) {
        error = error.hint(EDIT);
    }
    let is_there = |problem: &&AnswerProblem| problem.is_answered() || problem.is_closed();
    if problems.iter().all(is_there) {
        return Err(error);
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

// Texts for people.
const EDIT: &str = "`trust-coach history edit SESSION ID` changes an answer that’s saved already";
