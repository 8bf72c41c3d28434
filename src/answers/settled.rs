//! Answers to steps that were answered before: a session that is taken up again keeps its own.

use super::batch::{Batch, ScriptedAnswer};
use super::check::{ANSWERED, CLOSED, problem};
use super::{AnswerProblem, Answers};
use crate::dates::LocalDay;
use crate::engine::{self, Engine};
use crate::session::{Answer, AnswerId, Outcome, Session};

/// The answers that nothing asked for since the session has others, in the order of their keys. What is
/// closed is compared with nothing: whoever may try answers must not learn from it.
pub fn settled_otherwise(
    engine: &Engine,
    answers: &Answers,
    batch: &Batch,
    before: &Session,
    today: &LocalDay,
) -> Vec<AnswerProblem> {
    let exercise = engine.exercise();
    let is_closed = |key: &str| {
        let id = key.parse().ok();
        let answer = id.and_then(|id: AnswerId| before.answer(&id));
        answer.is_some_and(|answer| answer.closed && answer.settled())
    };
    let differs = |key: &&str| {
        let answer = settled(engine, before, key);
        let (Some(answer), Some(scripted)) = (answer, answers.given.get(*key)) else {
            return false;
        };
        if is_closed(key) {
            return true;
        }
        let ScriptedAnswer::Given(given) = scripted else {
            return answer.given != Outcome::Skipped;
        };
        let step = exercise.step(&answer.step);
        // What the step wouldn't take is named as that.
        step.is_some_and(|step| {
            let same = engine::says_the_same(step, given, answer, today, engine.language());
            same == Ok(false)
        })
    };
    let differing = batch.unasked().filter(differs);
    let named = differing.map(|key| {
        let (code, why) = match is_closed(key) {
            true => (CLOSED, IS_CLOSED),
            false => (ANSWERED, IS_SETTLED),
        };
        problem(exercise, code, key, format!("answer `{key}`: {why}"))
    });
    named.collect()
}

/// The answer under this key that the session has, on the way taken, or had before, where what stayed closed
/// was erased at its end.
pub fn settled<'e>(engine: &'e Engine, before: &'e Session, key: &str) -> Option<&'e Answer> {
    let id: AnswerId = key.parse().ok()?;
    // One key for one answer: `act@1` is none.
    (id.to_string() == key).then_some(())?;
    let mut answers = [engine.session(), before].into_iter();
    answers.find_map(|session| {
        let answer = session.answer(&id)?;
        (answer.settled() && !answer.unreached).then_some(answer)
    })
}

// Texts for people.
const IS_SETTLED: &str = "it already has another answer";
const IS_CLOSED: &str = "it was given before and stays closed; leave it out here";
