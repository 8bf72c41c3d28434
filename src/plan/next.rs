//! What is next: always one thing, with its reasons.

use jiff::ToSpan;
use jiff::civil::Date;

use super::reason::NextReason;
use super::stages::{PlanSituation, StageState, StageStatus};
use super::walk::stages;
use super::{PlanRule, PlanStage, RuleEffect};

/// What is next, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct NextStep<'p> {
    /// What is next.
    pub answer: PlanAnswer<'p>,
    /// Why: at least one reason.
    pub reasons: Vec<NextReason<'p>>,
}

/// What is next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlanAnswer<'p> {
    /// To do a stage.
    Do(&'p PlanStage),
    /// To do what a rule offers.
    Offer(&'p PlanRule, &'p str),
    /// Nothing until a day; this stage then.
    Wait(&'p PlanStage, Date),
    /// Nothing, since the plan waits: until a day, or until they go on.
    Paused(Option<Date>),
    /// Nothing any more.
    Ended,
}

impl<'p> PlanAnswer<'p> {
    /// Returns the word for it in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Do(_) => "do",
            Self::Offer(..) => "offer",
            Self::Wait(..) => "wait",
            Self::Paused(_) => "paused",
            Self::Ended => "ended",
        }
    }

    /// Returns the exercise to do now, where there is one.
    pub fn exercise(&self) -> Option<&'p str> {
        match self {
            Self::Do(stage) => Some(&stage.exercise),
            Self::Offer(_, exercise) => Some(exercise),
            _ => None,
        }
    }

    /// Returns the stage that it is about, or the rule that offers something.
    pub fn name_of(&self) -> Option<&'p str> {
        match self {
            Self::Do(stage) | Self::Wait(stage, _) => Some(&stage.id),
            Self::Offer(rule, _) => Some(&rule.id),
            _ => None,
        }
    }

    /// Returns the day from which something can be done.
    pub fn until(&self) -> Option<Date> {
        match self {
            Self::Wait(_, until) => Some(*until),
            Self::Paused(until) => *until,
            _ => None,
        }
    }
}

/// Returns what is next in a plan. There is always an answer: of the stages that aren't over, the first
/// one waits for nothing but a day.
pub fn next<'p>(at: &PlanSituation<'p>) -> NextStep<'p> {
    let step = |answer, reasons| NextStep { answer, reasons };
    if let Some((day, _)) = at.run.stopped() {
        return step(PlanAnswer::Ended, vec![NextReason::Stopped(day)]);
    }
    if let Some((from, until)) = at.run.paused(at.today) {
        return step(PlanAnswer::Paused(until), vec![NextReason::Paused(from)]);
    }
    let states = stages(at);
    if let Some(step) = by_rule(at, &states) {
        return step;
    }
    let beside = |state: &&StageState<'_>| state.stage.only_when.is_some();
    let open = |state: &&StageState<'_>| matches!(state.status, StageStatus::Open(_));
    let mut now = states.iter().filter(open);
    if let Some(state) = now.clone().find(beside).or_else(|| now.next()) {
        return step(PlanAnswer::Do(state.stage), state.reasons.clone());
    }
    let waiting = states.iter().filter_map(|state| match state.status {
        StageStatus::Waiting(until) => Some((until, state)),
        _ => None,
    });
    match waiting.min_by_key(|(until, _)| *until) {
        Some((until, state)) => step(PlanAnswer::Wait(state.stage, until), state.reasons.clone()),
        None => step(PlanAnswer::Ended, vec![NextReason::AllOver]),
    }
}

/// What the first rule that applies brings.
fn by_rule<'p>(at: &PlanSituation<'p>, states: &[StageState<'p>]) -> Option<NextStep<'p>> {
    let history = at.history_after(states);
    at.plan.rules.iter().find_map(|rule| {
        let since = rule.when.true_since(&history, at.today)?;
        let answer = match &rule.effect {
            RuleEffect::End => PlanAnswer::Ended,
            RuleEffect::Pause(days) => {
                let until = since.saturating_add(i64::from(*days).days());
                (until > at.today).then_some(PlanAnswer::Paused(Some(until)))?
            }
            RuleEffect::Offer(exercise) => {
                let put_off = at.run.put_off(&rule.id, "");
                let is_over = at.is_settled(&history, exercise, &rule.id, since)
                    || put_off.is_some_and(|until| until > at.today);
                (!is_over).then_some(PlanAnswer::Offer(rule, exercise))?
            }
            RuleEffect::Pass(_) => return None,
        };
        let reasons = vec![NextReason::Rule(rule, since)];
        Some(NextStep { answer, reasons })
    })
}
