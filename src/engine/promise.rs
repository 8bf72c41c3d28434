//! What a session promises: answers that are followed to their days.

use jiff::Zoned;
use jiff::civil::Date;

use super::path::{AnswerLookup, Slot};
use super::read_days::ReadValue;
use super::{Engine, PromiseInView, read, read_days};
use crate::ask::{Input, Rejection};
use crate::dates::{DayRule, day_in_words};
use crate::exercise::{Asking, Exercise, PromiseSources, Step};
use crate::session::{Answer, AnswerId, Outcome, Partners, Session, Value};

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
    /// The two who promise it together.
    pub partners: Option<Partners>,
}

/// Returns the promises that the answers of a session make, in the order of the exercise.
pub fn promises_of(exercise: &Exercise, session: &Session) -> Vec<PromiseAnswer> {
    let answers = AnswerLookup::of(exercise, session);
    let partners = session.partners();
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
            id: slot.id(&step.id),
            what: answers.words(before, *slot, &sources.what)?,
            to: words(&sources.to),
            if_then: words(&sources.if_then),
            rule: rule.parse().ok()?,
            look: day_of(answers, before, *slot, sources.look.as_deref()),
            follows: sources.follows,
            partners: partners.clone(),
        })
    });
    made.collect()
}

/// What a session says came of a promise that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromiseVerdict {
    /// The answer that says so.
    pub id: AnswerId,
    /// Which of the session's promises it is about, from 0.
    pub promise: usize,
    /// The id of the option that was chosen.
    pub option: String,
}

/// Returns what the answers of a session say came of the promises that it is about.
pub fn verdicts_of(exercise: &Exercise, session: &Session) -> Vec<PromiseVerdict> {
    let answers = AnswerLookup::of(exercise, session);
    let met = answers.walk().settled.into_iter();
    let said = met.filter_map(|slot| {
        let step = &exercise.steps[slot.step];
        let Asking::Choose { verdict: true, .. } = &step.ask else {
            return None;
        };
        match answers.answer(slot)?.value()? {
            Value::Choice(option) => Some(PromiseVerdict {
                id: AnswerId::new(&step.id, slot.round),
                promise: usize::try_from(slot.round).ok()?.checked_sub(1)?,
                option: option.clone(),
            }),
            _ => None,
        }
    });
    said.collect()
}

/// The day that was given at a date step.
fn day_of(answers: AnswerLookup<'_>, met: &[Slot], here: Slot, step: Option<&str>) -> Option<Date> {
    match answers.seen(met, here, step?)?.value()? {
        Value::Date(date) => date.get(..10)?.parse().ok(),
        _ => None,
    }
}

impl Engine {
    /// What would be agreed with this answer, in words; nothing where it declines.
    ///
    /// # Errors
    ///
    /// Why the answer will not do.
    pub fn agreed_in_words(&self, given: &Input, now: &Zoned) -> Result<Option<String>, Rejection> {
        let Some(slot) = self.current() else {
            return Ok(None);
        };
        let step = self.step(slot);
        let Asking::Promise(sources) = &step.ask else {
            return Ok(None);
        };
        if read::declines(step, given, self.language()) {
            return Ok(None);
        }
        let read = self.read(slot, given, now)?;
        let met = self.met_before(slot);
        let what = self.ground().words(&met, slot, &sources.what);
        let label = read.label.as_deref();
        let days = read.value.in_words(label, now.date(), self.language());
        let lines = [what, days].into_iter().flatten();
        Ok(Some(lines.collect::<Vec<_>>().join("\n")))
    }

    /// The promise that a step is about: that of its round.
    pub(super) fn promise_at(&self, slot: Slot) -> Option<&PromiseInView> {
        let at = usize::try_from(slot.round).ok()?.checked_sub(1)?;
        self.context.promises.get(at)?.as_ref()
    }

    /// Answers what is known in a group that goes over promises: what each of them says.
    pub(super) fn give_promises(&mut self) {
        let given = |step: &Step| {
            let group = step
                .group
                .as_deref()
                .and_then(|name| self.exercise.group(name));
            let is_words = matches!(
                step.ask,
                Asking::Write {
                    of_promise: true,
                    ..
                }
            );
            is_words && group.is_some_and(|group| group.each_promise)
        };
        let steps = self.exercise.steps.iter().enumerate();
        let steps: Vec<usize> = steps
            .filter(|(_, step)| given(step))
            .map(|(at, _)| at)
            .collect();
        let rounds = self.ground().promises;
        let all = steps.into_iter();
        for (step, round) in all.flat_map(|step| (1..=rounds).map(move |round| (step, round))) {
            let by = None;
            let slot = Slot { step, round, by };
            let settled = self.ground().answer(slot).is_some_and(Answer::settled);
            let Some(promise) = self.promise_at(slot).filter(|_| !settled) else {
                continue;
            };
            let words = Value::Text(promise.what.clone());
            let mut answer = self.blank(slot, self.prompt(slot), None);
            answer.given = Outcome::Value(words);
            answer.at = Some(self.session.started.clone());
            let id = answer.id();
            self.session.answers.retain(|other| !other.is(&id));
            self.session.answers.push(answer);
        }
    }

    /// Reads an answer to the step of `slot`.
    pub(super) fn read(
        &self,
        slot: Slot,
        given: &Input,
        now: &Zoned,
    ) -> Result<ReadValue, Rejection> {
        let step = self.step(slot);
        self.with_end(
            slot,
            read::read(step, given, &self.today(now), self.language())?,
        )
    }

    /// A rule that was typed without an end ends on the day that was given earlier.
    fn with_end(&self, slot: Slot, given: ReadValue) -> Result<ReadValue, Rejection> {
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
            return Err(read_days::no_end(&rule, self.language()));
        };
        let ended = rule.ending(Some(until));
        ended
            .as_ref()
            .map(|rule| read_days::rule_value(rule, self.language()))
            .ok_or_else(|| Rejection {
                code: "no-rule",
                message: self.language().fill(
                    TOO_LATE,
                    &[
                        ("first", &day_in_words(rule.from(), self.language())),
                        ("until", &day_in_words(until, self.language())),
                    ],
                ),
            })
    }
}

// Texts for people.
const TOO_LATE: &str = "Its first day would be {first}, and you wanted to keep it until {until}.";
