//! Which steps the answers lead through. The place in an exercise is never stored: it follows from
//! the answers, so that going on after a pause is the same code as starting.

use crate::exercise::{Asking, Condition, Exercise, Group, Step};
use crate::session::{Answer, OTHER, Session, Value};

/// A step in a round, by the step's place in the exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    /// The step's place in the exercise, from 0.
    pub step: usize,
    /// The pass through its group, from 1.
    pub round: u32,
}

/// The way through an exercise that a set of answers takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct StepPath {
    /// What is settled, in the order it is met.
    pub settled: Vec<Slot>,
    /// The first step that is not; `None` at the end.
    pub next: Option<Slot>,
}

/// The exercise and the answers that decide the way.
#[derive(Clone, Copy)]
pub(super) struct AnswerLookup<'a> {
    pub exercise: &'a Exercise,
    pub answers: &'a [Answer],
    /// How many promises the session is about.
    pub promises: u32,
}

impl<'a> AnswerLookup<'a> {
    /// Looks into the answers of a session.
    pub fn of(exercise: &'a Exercise, session: &'a Session) -> Self {
        Self {
            exercise,
            answers: &session.answers,
            promises: u32::try_from(session.about().count()).unwrap_or(u32::MAX),
        }
    }

    /// The answer at a slot, where it still fits the step as the exercise has it today.
    pub fn answer(self, slot: Slot) -> Option<&'a Answer> {
        let step = &self.exercise.steps[slot.step];
        self.answers.iter().find(|answer| {
            answer.step == step.id && answer.round == slot.round && fits(step, answer)
        })
    }

    /// Walks from the first step to the first one that is not settled.
    pub fn walk(self) -> StepPath {
        let mut path = StepPath::default();
        let mut at = 0;
        while let Some(step) = self.exercise.steps.get(at) {
            let end = self.end_of_run(at);
            let last_round = self.rounds(step);
            for round in 1..=last_round {
                for index in at..end {
                    let slot = Slot { step: index, round };
                    if !self.shown(&path.settled, slot) {
                        continue;
                    }
                    if !self.answer(slot).is_some_and(Answer::settled) {
                        path.next = Some(slot);
                        return path;
                    }
                    path.settled.push(slot);
                }
                let here = Slot { step: at, round };
                let until = step
                    .group
                    .as_deref()
                    .and_then(|name| self.exercise.group(name));
                if until.is_none_or(|group| {
                    !self.goes_over(group) && self.holds(&path.settled, here, &group.repeat_until)
                }) {
                    break;
                }
            }
            at = end;
        }
        path
    }

    /// Where the run of steps that `at` begins ends: its group, or the one step.
    fn end_of_run(self, at: usize) -> usize {
        let steps = &self.exercise.steps;
        if steps[at].group.is_none() {
            return at + 1;
        }
        let same = steps[at..]
            .iter()
            .take_while(|step| step.group == steps[at].group);
        at + same.count()
    }

    fn rounds(self, step: &Step) -> u32 {
        let group = step
            .group
            .as_deref()
            .and_then(|name| self.exercise.group(name));
        group.map_or(1, |group| match self.goes_over(group) {
            true => self.promises,
            false => group.at_most.max(1),
        })
    }

    /// Whether the rounds of a group are the promises of the session.
    fn goes_over(self, group: &Group) -> bool {
        group.each_promise && self.promises > 0
    }

    /// Whether the step at `slot` is shown, given what was met before it.
    fn shown(self, met: &[Slot], slot: Slot) -> bool {
        let step = &self.exercise.steps[slot.step];
        let mut groups = self.exercise.groups.iter();
        let is_unasked =
            groups.any(|group| self.goes_over(group) && group.unasked.contains(&step.id));
        let when = step.when.as_ref();
        !is_unasked && when.is_none_or(|condition| self.holds(met, slot, condition))
    }

    /// Whether a condition holds, seen from `here`, given what was met.
    pub fn holds(self, met: &[Slot], here: Slot, condition: &Condition) -> bool {
        match condition {
            Condition::All(parts) => parts.iter().all(|part| self.holds(met, here, part)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(met, here, part)),
            Condition::Not(inner) => !self.holds(met, here, inner),
            Condition::Step { step, test } => test.passes(self.seen(met, here, step)),
        }
    }

    /// The answer that `step` has, seen from `here`: within a group the one of this round, else
    /// the one of the last round.
    pub fn seen(self, met: &[Slot], here: Slot, step: &str) -> Option<&'a Answer> {
        self.in_view(met, here, step).next()
    }

    /// The words of `step`, seen from `here`: of the last round in which there are any.
    pub fn words(self, met: &[Slot], here: Slot, step: &str) -> Option<String> {
        self.in_view(met, here, step).find_map(Answer::words)
    }

    /// The answers of `step` in the rounds that count for `here`, latest first.
    fn in_view(self, met: &[Slot], here: Slot, step: &str) -> impl Iterator<Item = &'a Answer> {
        let steps = &self.exercise.steps;
        let group = steps.get(here.step).and_then(|step| step.group.as_ref());
        let of_step = met
            .iter()
            .rev()
            .filter(move |slot| steps[slot.step].id == step);
        let in_round = of_step.filter(move |slot| {
            let same_group = group.is_some() && steps[slot.step].group.as_ref() == group;
            !same_group || slot.round == here.round
        });
        in_round.filter_map(move |slot| self.answer(*slot))
    }
}

/// Whether an answer still fits its step: an exercise can have changed since it was given.
pub(super) fn fits(step: &Step, answer: &Answer) -> bool {
    if answer.kind != step.kind() {
        return false;
    }
    let offered = |id: &str| step.options().iter().any(|option| option.id == id);
    let Some(value) = answer.value() else {
        return true;
    };
    match (&step.ask, value) {
        (_, value) if step.kind().spec().value != Some(value.shape()) => false,
        (Asking::Choose { other, .. }, Value::Choice(id)) => offered(id) || (*other && id == OTHER),
        (Asking::Pick { .. }, Value::Choices(ids)) => ids.iter().all(|id| offered(id)),
        (Asking::Rate { from, to, .. }, Value::Number(n)) => (from..=to).contains(&n),
        _ => true,
    }
}
