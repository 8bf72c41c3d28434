//! What a session promises: answers that are followed to their days.

use jiff::civil::Date;

use super::path::{AnswerLookup, Slot};
use super::{Engine, read};
use crate::ask::Rejection;
use crate::dates::{DayRule, day_in_words};
use crate::exercise::{Asking, Exercise, PromiseSources};
use crate::session::{AnswerId, Session, Value};

/// A promise that was made in a session, in the words of its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromiseAnswer {
    /// The answer that says when it's due.
    pub id: AnswerId,
    /// What is promised.
    pub what: String,
    /// To whom; none for oneself.
    pub to: Option<String>,
    /// What sets it off.
    pub if_then: Option<String>,
    /// Its days.
    pub rule: DayRule,
    /// The day on which to look at it as a whole.
    pub look: Option<Date>,
    /// Whether it comes after the promise that the session is about.
    pub follows: bool,
}

/// Returns the promises that the answers of a session make, in the order of the exercise.
pub fn promises_of(exercise: &Exercise, session: &Session) -> Vec<PromiseAnswer> {
    let answers = AnswerLookup {
        exercise,
        answers: &session.answers,
    };
    let met = answers.walk().settled;
    let made = met.iter().enumerate().filter_map(|(at, slot)| {
        let step = &exercise.steps[slot.step];
        let Asking::Promise(sources) = &step.ask else {
            return None;
        };
        let Value::Rule(rule) = answers.answer(*slot)?.value()? else {
            return None;
        };
        let before = &met[..at];
        let words = |id: &Option<String>| answers.words(before, *slot, id.as_ref()?);
        Some(PromiseAnswer {
            id: AnswerId::new(&step.id, slot.round),
            what: answers.words(before, *slot, &sources.what)?,
            to: words(&sources.to),
            if_then: words(&sources.if_then),
            rule: rule.parse().ok()?,
            look: day_of(answers, before, *slot, sources.look.as_deref()),
            follows: sources.follows,
        })
    });
    made.collect()
}

/// The day that was given at a date step.
fn day_of(answers: AnswerLookup<'_>, met: &[Slot], here: Slot, step: Option<&str>) -> Option<Date> {
    match answers.seen(met, here, step?)?.value()? {
        Value::Date(date) => date.get(..10)?.parse().ok(),
        _ => None,
    }
}

impl Engine {
    /// A rule that was typed without an end ends on the day that was given earlier.
    pub(super) fn with_end(
        &self,
        slot: Slot,
        given: read::ReadValue,
    ) -> Result<read::ReadValue, Rejection> {
        let (Asking::Promise(PromiseSources { until, .. }), Value::Rule(rule)) =
            (&self.step(slot).ask, &given.value)
        else {
            return Ok(given);
        };
        let rule = match rule.parse::<DayRule>() {
            Ok(rule) if rule.until().is_none() => rule,
            _ => return Ok(given),
        };
        let met = self.met_before(slot);
        let Some(until) = day_of(self.ground(), &met, slot, until.as_deref()) else {
            return Err(read::no_end(&rule));
        };
        let ended = rule.ending(Some(until));
        ended
            .as_ref()
            .map(read::rule_value)
            .ok_or_else(|| Rejection {
                code: "no-rule",
                message: format!(
                    "Its first day would be {}, and you wanted to keep it until {}.",
                    day_in_words(rule.from()),
                    day_in_words(until)
                ),
            })
    }
}
