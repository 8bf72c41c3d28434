//! All that what is next follows from, and how a stage of a plan can stand.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, Time};

use super::history::{PlanHistory, StageEnd};
use super::reason::NextReason;
use super::{Plan, PlanRun, PlanStage};
use crate::ledger::Promise;
use crate::session::{Session, SessionState};

/// All that what is next follows from.
#[derive(Clone, Copy)]
pub struct PlanSituation<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What was said about it.
    pub run: &'a PlanRun,
    /// The sessions there are, in any order. Those that conditions look at have their answers.
    pub sessions: &'a [Session],
    /// The promises there are.
    pub promises: &'a [Promise],
    /// The exercises that begin with safety questions.
    pub gated: &'a BTreeSet<String>,
    /// Which day it is.
    pub today: Date,
    /// Until when in the night a day lasts.
    pub day_ends: Time,
}

/// A stage and how it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct StageState<'p> {
    /// The stage.
    pub stage: &'p PlanStage,
    /// The days on which it was done, oldest first.
    pub done: Vec<Date>,
    /// How it stands.
    pub status: StageStatus,
    /// Why.
    pub reasons: Vec<NextReason<'p>>,
}

/// How a stage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageStatus {
    /// It's over: it was done.
    Done(Date),
    /// It's over: it was skipped, or didn't fit.
    Passed(Date),
    /// It can be done, since this day.
    Open(Date),
    /// It can be done from this day on.
    Waiting(Date),
    /// Its turn comes after others.
    Later,
    /// It stands beside the order, and its time isn't now.
    Beside,
}

impl<'a> PlanSituation<'a> {
    /// Returns whether the safety questions come first whatever is done next: when it begins, and
    /// every four weeks from then on, until something of it is begun.
    pub fn gate_is_due(&self) -> bool {
        let days = i64::from((self.today - self.run.began).get_days()).max(0);
        let boundary = self
            .run
            .began
            .saturating_add((days - days % GATE_DAYS).days());
        let of_plan: BTreeSet<&str> = self.plan.exercises().collect();
        let moment = self.run.moment();
        let is_begun = |session: &Session| {
            session.id >= moment
                && session.started.date(self.day_ends) >= Some(boundary)
                && of_plan.contains(session.exercise.as_str())
        };
        !self.sessions.iter().any(is_begun)
    }

    /// What was done since it began, or since the day from which it counts.
    pub(super) fn history(&self) -> PlanHistory<'a> {
        let counted = self.run.start.counted_since;
        let moment = self.run.moment();
        let is_counted = |session: &&Session| {
            let begun = session.started.date(self.day_ends);
            session.state == SessionState::Done
                && (session.id >= moment || counted.is_some_and(|first| begun >= Some(first)))
        };
        let mut sessions: Vec<&Session> = self.sessions.iter().filter(is_counted).collect();
        sessions.sort_by(|one, other| one.id.cmp(&other.id));
        PlanHistory {
            sessions,
            promises: self.promises,
            ends: BTreeMap::new(),
            day_ends: self.day_ends,
        }
    }

    /// The history with how each stage ended.
    pub(super) fn history_after(&self, states: &[StageState<'a>]) -> PlanHistory<'a> {
        let ends = states.iter().filter_map(|state| {
            let end = match state.status {
                StageStatus::Done(_) => StageEnd::Done,
                StageStatus::Passed(_) => StageEnd::Passed,
                _ => return None,
            };
            Some((state.stage.id.as_str(), end))
        });
        PlanHistory {
            ends: ends.collect(),
            ..self.history()
        }
    }

    /// Whether what was offered since a day is not to be offered again: it was done or skipped, or has
    /// safety questions and was open for long enough.
    pub(super) fn is_settled(
        &self,
        history: &PlanHistory<'_>,
        exercise: &str,
        name: &str,
        since: Date,
    ) -> bool {
        let mut done = history.sessions.iter();
        let mut skipped = self.run.skips(name);
        done.any(|session| session.exercise == exercise && history.done_on(session) >= since)
            || skipped.any(|(_, on)| on >= since)
            || self.is_passed_by_itself(exercise, since)
    }

    /// Whether an exercise with safety questions has been open for so long that it's passed over.
    pub(super) fn is_passed_by_itself(&self, exercise: &str, since: Date) -> bool {
        self.gated.contains(exercise) && self.run.add_days(since, OPEN_DAYS) <= self.today
    }
}

/// The safety questions come again after so many days.
const GATE_DAYS: i64 = 28;

/// A stage with safety questions that was open for so many days is passed over.
pub(super) const OPEN_DAYS: u32 = 14;
