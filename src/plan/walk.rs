//! How each stage of a plan stands, from the first to the last. A stage looks only at those before it,
//! so that there is always an answer.

use jiff::ToSpan;
use jiff::civil::Date;

use super::history::{PlanHistory, StageEnd};
use super::reason::NextReason;
use super::stages::{OPEN_DAYS, PlanSituation, StageState, StageStatus};
use super::{PlanStage, RuleEffect, StageRepeat};

/// Returns every stage of a plan and how it stands.
pub fn stages<'a>(at: &PlanSituation<'a>) -> Vec<StageState<'a>> {
    let mut walk = StageWalk::new(*at);
    walk.walk();
    walk.states
}

/// When something was over: the day, and a name that sorts as sessions and facts do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct StageOver {
    day: Date,
    id: String,
}

impl StageOver {
    /// The beginning of a day.
    fn at(day: Date) -> Self {
        let id = day.strftime("%Y%m%d").to_string();
        Self { day, id }
    }
}

/// One walk over the stages.
struct StageWalk<'a> {
    at: PlanSituation<'a>,
    history: PlanHistory<'a>,
    /// When each stage was over, as far as it is.
    over: Vec<Option<StageOver>>,
    states: Vec<StageState<'a>>,
    /// The last day on which a stage was passed over by itself.
    by_itself: Option<Date>,
}

impl<'a> StageWalk<'a> {
    fn new(at: PlanSituation<'a>) -> Self {
        Self {
            history: at.history(),
            at,
            over: Vec::new(),
            states: Vec::new(),
            by_itself: None,
        }
    }

    fn walk(&mut self) {
        for stage in &self.at.plan.stages {
            let mut state = StageState {
                stage,
                done: Vec::new(),
                status: StageStatus::Later,
                reasons: Vec::new(),
            };
            let over = match (&stage.only_when, &stage.repeat) {
                (Some(_), _) => {
                    self.beside(&mut state);
                    None
                }
                (None, Some(repeat)) => self.repeated(&mut state, repeat),
                (None, None) => self.single(&mut state),
            };
            let end = match state.status {
                StageStatus::Done(_) => Some(StageEnd::Done),
                StageStatus::Passed(_) => Some(StageEnd::Passed),
                _ => None,
            };
            self.history
                .ends
                .extend(end.map(|end| (stage.id.as_str(), end)));
            self.over.push(over);
            self.states.push(state);
        }
    }

    /// When everything before a stage was over.
    fn ready(&self, stage: &PlanStage) -> Option<StageOver> {
        let run = self.at.run;
        if stage.after.is_empty() {
            let id = run.first_name();
            return Some(StageOver { day: run.began, id });
        }
        let before = stage.after.iter();
        let before = before.map(|at| self.over.get(*at).cloned().flatten());
        before.collect::<Option<Vec<_>>>()?.into_iter().max()
    }

    /// The sessions of its exercise since something.
    fn sessions(&self, stage: &PlanStage, since: &str) -> Vec<StageOver> {
        let sessions = self.history.sessions.iter();
        let of_it = sessions.filter(|it| it.exercise == stage.exercise && it.id.as_str() > since);
        let over = of_it.map(|session| StageOver {
            day: self.history.done_on(session),
            id: session.id.clone(),
        });
        over.collect()
    }

    /// Stands beside the order: it's open whenever its condition has become true.
    fn beside(&self, state: &mut StageState<'a>) {
        let (stage, today) = (state.stage, self.at.today);
        state.status = StageStatus::Beside;
        state.done = self
            .sessions(stage, "")
            .iter()
            .map(|over| over.day)
            .collect();
        let condition = stage.only_when.as_ref();
        let since = condition.and_then(|it| it.true_since(&self.history, today));
        let Some(since) = since.filter(|since| {
            let (exercise, id) = (&stage.exercise, &stage.id);
            !self.at.is_settled(&self.history, exercise, id, *since)
        }) else {
            return;
        };
        state.reasons.push(NextReason::BecameTrue(stage, since));
        state.status = self.open_or_waiting(state, since, &StageOver::at(since));
    }

    /// Open from a day on, or from when it was put off to.
    fn open_or_waiting(
        &self,
        state: &mut StageState<'a>,
        due: Date,
        since: &StageOver,
    ) -> StageStatus {
        let put_off = self.at.run.put_off(&state.stage.id, &since.id);
        let put_off = put_off.filter(|until| *until > due);
        state.reasons.extend(put_off.map(NextReason::PutOff));
        let due = put_off.unwrap_or(due);
        match due > self.at.today {
            true => StageStatus::Waiting(due),
            false => StageStatus::Open(due),
        }
    }

    /// Says what came before a stage.
    fn follows(&self, state: &mut StageState<'a>) {
        let before = state.stage.after.iter();
        let last = before
            .filter_map(|at| Some((self.over.get(*at)?.as_ref()?, *at)))
            .max();
        let Some((over, at)) = last else {
            state.reasons.push(NextReason::First);
            return;
        };
        let before = &self.states[at];
        let by_itself = before
            .reasons
            .iter()
            .find(|it| matches!(it, NextReason::PassedByItself(..)));
        state.reasons.push(match (by_itself, before.status) {
            (Some(reason), _) => reason.clone(),
            (None, StageStatus::Passed(day)) => NextReason::StagePassed(before.stage, day),
            _ => NextReason::StageDone(before.stage, over.day),
        });
        if state.stage.wait > 0 {
            state.reasons.push(NextReason::Wait(state.stage.wait));
        }
    }

    /// The day since which a rule passes over a stage.
    fn passed_by_rule(&self) -> Option<Date> {
        let at = self.states.len();
        let mut rules = self.at.plan.rules.iter();
        rules.find_map(|rule| match rule.effect {
            RuleEffect::Pass(stage) if stage == at => {
                rule.when.true_since(&self.history, self.at.today)
            }
            _ => None,
        })
    }

    fn single(&mut self, state: &mut StageState<'a>) -> Option<StageOver> {
        let stage = state.stage;
        let ready = self.ready(stage);
        let (earlier, later) = self.at.plan.stages.split_at(self.states.len());
        let same = |other: &PlanStage| other.exercise == stage.exercise;
        // Where an earlier stage has the same exercise, only what comes after that one counts.
        let since = match &ready {
            Some(ready) if earlier.iter().any(same) => Some(ready.id.as_str()),
            None if earlier.iter().any(same) => None,
            _ => Some(""),
        };
        let mut done = since.and_then(|since| self.sessions(stage, since).into_iter().next());
        let passed = ready.and_then(|ready| self.passed(state, &ready));
        if let Some(passed) = &passed {
            // What comes after that is of a later stage, where one has the same exercise.
            done = done.filter(|done| done.id < passed.id || !later[1..].iter().any(same));
        }
        if let Some(done) = done {
            state.status = StageStatus::Done(done.day);
            state.done.push(done.day);
            return Some(done);
        }
        let passed = passed?;
        state.status = StageStatus::Passed(passed.day);
        let by_itself = |reason: &NextReason<'_>| matches!(reason, NextReason::PassedByItself(..));
        if state.reasons.iter().any(by_itself) {
            self.by_itself = Some(passed.day);
        }
        Some(passed)
    }

    /// When a stage was passed over, once its turn has come; how it stands otherwise.
    fn passed(&self, state: &mut StageState<'a>, ready: &StageOver) -> Option<StageOver> {
        let (stage, run) = (state.stage, self.at.run);
        let passed = |day: Date, id: String| StageOver {
            day: day.max(ready.day),
            id: id.max(ready.id.clone()),
        };
        let skipped = run.skips(&stage.id).next();
        let skipped = skipped.map(|(id, on)| passed(on, id.clone()));
        let by_rule = || {
            self.passed_by_rule()
                .map(|day| passed(day, StageOver::at(day).id))
        };
        if let Some(over) = skipped.or_else(by_rule) {
            return Some(over);
        }
        self.follows(state);
        let due = run.add_days(ready.day, stage.wait);
        state.status = self.open_or_waiting(state, due, ready);
        let StageStatus::Open(since) = state.status else {
            return None;
        };
        let when = stage.when.as_ref();
        let day = if when.is_some_and(|when| !when.holds(&self.history, since)) {
            since
        } else if self.goes_by_itself(stage, since) {
            let day = run.add_days(since, OPEN_DAYS);
            state.reasons.push(NextReason::PassedByItself(stage, day));
            day
        } else {
            return None;
        };
        Some(passed(day, StageOver::at(day).id))
    }

    /// Whether a stage with safety questions is passed over by itself. Two never are in a row, without
    /// anything done between them, and the last one never is.
    fn goes_by_itself(&self, stage: &PlanStage, since: Date) -> bool {
        let behind = &self.at.plan.stages[self.states.len() + 1..];
        let did_something = |day: Date| {
            self.history
                .sessions
                .iter()
                .any(|it| self.history.done_on(it) >= day)
        };
        self.at.is_passed_by_itself(&stage.exercise, since)
            && behind.iter().any(|stage| stage.only_when.is_none())
            && self.by_itself.is_none_or(did_something)
    }

    fn repeated(&self, state: &mut StageState<'a>, repeat: &'a StageRepeat) -> Option<StageOver> {
        let (stage, run, today) = (state.stage, self.at.run, self.at.today);
        let ready = self.ready(stage)?;
        let sessions = self.sessions(stage, &ready.id);
        let skips = run.skips(&stage.id).filter(|(id, _)| **id > ready.id);
        let skips = skips.map(|(id, day)| {
            (
                StageOver {
                    day,
                    id: id.clone(),
                },
                false,
            )
        });
        let times = sessions.into_iter().map(|time| (time, true)).chain(skips);
        let mut times: Vec<(StageOver, bool)> = times.collect();
        times.sort_by(|(one, _), (other, _)| one.id.cmp(&other.id));
        let often =
            |count: usize, wanted: u32| count >= usize::try_from(wanted).unwrap_or(usize::MAX);
        for (at, (time, is_done)) in times.iter().enumerate() {
            state.done.extend(is_done.then_some(time.day));
            // Until the next time it can become true that this was enough.
            let behind = times.get(at + 1);
            let until_then = behind.map_or(today, |(next, _)| next.day.saturating_sub(1.day()));
            let is_enough = often(state.done.len(), repeat.at_least)
                && repeat.until.as_ref().is_some_and(|until| {
                    let holds = |day: Date| until.holds(&self.history, day);
                    holds(time.day) || holds(until_then.max(time.day))
                });
            if is_enough || often(at + 1, repeat.at_most) {
                state.status = match state.done.is_empty() {
                    true => StageStatus::Passed(time.day),
                    false => StageStatus::Done(time.day),
                };
                return Some(time.clone());
            }
        }
        let weekday = run.start.weekday.filter(|_| repeat.every.is_multiple_of(7));
        let (due, since) = match times.pop() {
            Some((last, _)) => {
                let due = run.add_days(last.day, repeat.every);
                (due.saturating_sub(weekday.map_or(0, |_| 3).days()), last)
            }
            None => (run.add_days(ready.day, stage.wait), ready),
        };
        let apart = weekday.map_or(0, |weekday| i64::from(due.weekday().until(weekday)));
        let due = due.saturating_add(apart.days());
        if state.done.is_empty() {
            self.follows(state);
        }
        state.reasons.push(NextReason::Repeat {
            last: state.done.last().copied(),
            every: repeat.every,
            weekday,
        });
        state.status = self.open_or_waiting(state, due, &since);
        if state.done.is_empty()
            && let (StageStatus::Open(since), Some(when)) = (state.status, &stage.when)
            && !when.holds(&self.history, since)
        {
            state.status = StageStatus::Passed(since);
            return Some(StageOver::at(since));
        }
        None
    }
}
