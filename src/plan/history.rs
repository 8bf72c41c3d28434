//! What was done since a plan began, as conditions look at it.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};

use crate::ledger::{Promise, Statement};
use crate::session::{Answer, Session, Value};

/// How a stage came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageEnd {
    /// It was done.
    Done,
    /// It was passed over.
    Passed,
}

/// What was done since a plan began.
pub(super) struct PlanHistory<'a> {
    /// The finished sessions that count, oldest first.
    pub(super) sessions: Vec<&'a Session>,
    /// The promises.
    pub(super) promises: &'a [Promise],
    /// How the stages ended that did.
    pub(super) ends: BTreeMap<&'a str, StageEnd>,
    /// Until when in the night a day lasts.
    pub(super) day_ends: Time,
}

impl PlanHistory<'_> {
    /// The finished sessions of an exercise up to a day, oldest first.
    fn of(&self, exercise: &str, day: Date) -> impl DoubleEndedIterator<Item = &Session> {
        let sessions = self.sessions.iter().copied();
        sessions.filter(move |session| session.exercise == exercise && self.done_on(session) <= day)
    }

    /// The newest answer at a step.
    pub(super) fn answer(&self, exercise: &str, step: &str, day: Date) -> Option<&Answer> {
        let session = self.of(exercise, day).next_back()?;
        let mut answers = session.answers.iter().rev();
        answers.find(|answer| answer.step == step && !answer.unreached)
    }

    /// The ratings at a step, oldest first.
    pub(super) fn ratings(&self, exercise: &str, step: &str, day: Date) -> Vec<i64> {
        let answers = self.of(exercise, day).flat_map(|session| &session.answers);
        let at_step = answers.filter(|answer| answer.step == step && !answer.unreached);
        let numbers = at_step.filter_map(|answer| match answer.value() {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        });
        numbers.collect()
    }

    /// How a stage ended, where it did.
    pub(super) fn stage_end(&self, stage: &str) -> Option<StageEnd> {
        self.ends.get(stage).copied()
    }

    /// The days on which something was done or said, in order.
    pub(super) fn days(&self) -> Vec<Date> {
        let said = self.promises.iter().flat_map(|promise| &promise.facts);
        let said = said.filter_map(|fact| match fact.statement {
            Statement::Verdict { on, .. } => Some(on),
            _ => None,
        });
        let done = self.sessions.iter().map(|session| self.done_on(session));
        let mut days: Vec<Date> = done.chain(said).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The day on which a session was finished; one that can't be read is long ago.
    pub(super) fn done_on(&self, session: &Session) -> Date {
        let at = session.ended.as_ref().unwrap_or(&session.started);
        at.date(self.day_ends).unwrap_or(Date::MIN)
    }
}
