//! Which steps the answers lead through. The place in an exercise is never stored: it follows from
//! the answers, so that going on after a pause is the same code as starting.

use std::cell::OnceCell;
use std::ops::{Deref, DerefMut, Range};

use crate::exercise::{Answerer, Asking, Condition, Exercise, Group, Partner, Step};
use crate::session::{Answer, AnswerId, OTHER, Session, SessionState, Value};

/// A step in a round, by the step's place in the exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    /// The step's place in the exercise, from 0.
    pub step: usize,
    /// The pass through its group, from 1.
    pub round: u32,
    /// Who answers, where it's one of two people.
    pub by: Option<Partner>,
}

impl Slot {
    /// The identity of the answer there.
    pub fn id(self, step: &str) -> AnswerId {
        AnswerId {
            by: self.by,
            ..AnswerId::new(step, self.round)
        }
    }
}

/// The way through an exercise that a set of answers takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct StepPath {
    /// What is settled, in the order it is met.
    pub settled: Vec<Slot>,
    /// The first step that is not; `None` at the end.
    pub next: Option<Slot>,
}

/// How long the way was said to be at a step behind, at most, and what must be as it was for that to
/// hold: this step and those before it, and what was given there.
#[derive(Clone, Copy, Debug)]
pub(super) struct ToldLength {
    pub slot: Slot,
    pub given: Option<u64>,
    pub of: usize,
}

/// A session, and the way that its answers take: worked out once, and again after whatever may have
/// changed them.
#[derive(Clone, Debug)]
pub(super) struct SessionOnPath {
    session: Session,
    path: OnceCell<StepPath>,
}

impl SessionOnPath {
    pub fn new(session: Session) -> Self {
        let path = OnceCell::new();
        Self { session, path }
    }

    /// The way; `walk` works it out.
    pub fn path(&self, walk: impl FnOnce() -> StepPath) -> &StepPath {
        self.path.get_or_init(walk)
    }
}

impl Deref for SessionOnPath {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

impl DerefMut for SessionOnPath {
    fn deref_mut(&mut self) -> &mut Session {
        self.path.take();
        &mut self.session
    }
}

/// The exercise and the answers that decide the way.
#[derive(Clone, Copy)]
pub(super) struct AnswerLookup<'a> {
    pub exercise: &'a Exercise,
    pub answers: &'a [Answer],
    /// How many promises the session is about.
    pub promises: u32,
    /// The session, where there is one: it knows the names of two people.
    pub session: Option<&'a Session>,
}

impl<'a> AnswerLookup<'a> {
    /// Looks into the answers of a session.
    pub fn of(exercise: &'a Exercise, session: &'a Session) -> Self {
        Self {
            exercise,
            answers: &session.answers,
            promises: u32::try_from(session.about().count()).unwrap_or(u32::MAX),
            session: Some(session),
        }
    }

    /// The answer at a slot, where it still fits the step as the exercise has it today.
    pub fn answer(self, slot: Slot) -> Option<&'a Answer> {
        let is_here = |answer: &&Answer| self.is_at(slot, answer);
        let in_order = self.answers.get(slot.step).filter(is_here);
        in_order.or_else(|| self.answers.iter().find(is_here))
    }

    fn is_at(self, slot: Slot, answer: &Answer) -> bool {
        let step = &self.exercise.steps[slot.step];
        answer.round == slot.round
            && answer.by == slot.by
            && answer.step == step.id
            && fits(step, answer)
    }

    /// The answer at a slot. `near` is where it probably stands, since answers lie in the order they
    /// were given in: a walk past all of them need not search for each.
    pub fn find(self, slot: Slot, near: &mut usize) -> Option<&'a Answer> {
        let at_near = self.answers.get(*near);
        let at = match at_near.is_some_and(|answer| self.is_at(slot, answer)) {
            true => *near,
            false => {
                let mut answers = self.answers.iter();
                answers.position(|answer| self.is_at(slot, answer))?
            }
        };
        *near = at + 1;
        self.answers.get(at)
    }

    /// Walks from the first step to the first one that is not settled.
    pub fn walk(self) -> StepPath {
        let mut path = StepPath::default();
        let (mut at, mut near) = (0, 0);
        while let Some(step) = self.exercise.steps.get(at) {
            let end = self.end_of_run(at);
            let group = self.group(step);
            let swaps = group.is_some_and(|group| group.swap);
            for swapped in if swaps { &[false, true][..] } else { &[false] } {
                for round in 1..=self.rounds(group) {
                    let slots = self.slots(at..end, round, *swapped);
                    for slot in &slots {
                        if !self.shown(&path.settled, *slot) {
                            continue;
                        }
                        if !self.find(*slot, &mut near).is_some_and(Answer::settled) {
                            if self.is_erased(*slot) {
                                continue;
                            }
                            path.next = Some(*slot);
                            return path;
                        }
                        path.settled.push(*slot);
                    }
                    let here = self.end_of_round(at, round, *swapped);
                    if group.is_none_or(|group| {
                        !self.goes_over(group)
                            && self.holds(&path.settled, here, &group.repeat_until)
                    }) {
                        break;
                    }
                }
            }
            at = end;
        }
        path
    }

    /// The slots behind `next`, in the order in which they come if every group is done once more: what
    /// each of two people does is there twice, and so is a group that they swap.
    pub fn ahead(self, next: Slot) -> Vec<Slot> {
        let mut ahead = Vec::new();
        let (mut at, mut is_behind) = (0, false);
        while let Some(step) = self.exercise.steps.get(at) {
            let end = self.end_of_run(at);
            let swaps = self.group(step).is_some_and(|group| group.swap);
            for swapped in if swaps { &[false, true][..] } else { &[false] } {
                let round = if is_behind { 1 } else { next.round };
                let slots = self.slots(at..end, round, *swapped);
                let here = slots.iter().position(|slot| *slot == next);
                let from = here.map_or(0, |here| here + 1);
                is_behind |= here.is_some();
                ahead.extend(slots.into_iter().skip(from).filter(|_| is_behind));
            }
            at = end;
        }
        ahead
    }

    /// Whether what was given at a slot stayed closed, and went when the session was finished.
    fn is_erased(self, slot: Slot) -> bool {
        let is_done = |session: &Session| session.state == SessionState::Done;
        self.exercise.steps[slot.step].participation.seal && self.session.is_some_and(is_done)
    }

    /// The slots of a run of steps in one round, in the order in which they are asked: steps by each
    /// that follow one another are done by one of the two, then by the other.
    pub fn slots(self, steps: Range<usize>, round: u32, swapped: bool) -> Vec<Slot> {
        let mut slots = Vec::new();
        let mut at = steps.start;
        while at < steps.end {
            let run = self.run_by_each(at).min(steps.end);
            if run == at {
                let by = self.by(at, swapped);
                slots.push(Slot {
                    step: at,
                    round,
                    by,
                });
                at += 1;
                continue;
            }
            for partner in Partner::PAIR {
                let by = Some(partner);
                slots.extend((at..run).map(|step| Slot { step, round, by }));
            }
            at = run;
        }
        slots
    }

    /// Who answers the step at `at`, where that is one of the two.
    fn by(self, at: usize, swapped: bool) -> Option<Partner> {
        match self.exercise.steps[at].participation.by {
            Answerer::One(partner) if swapped => Some(partner.other()),
            Answerer::One(partner) => Some(partner),
            Answerer::Each | Answerer::Both => None,
        }
    }

    /// What a condition at the end of a round is seen from: as a person in a group that is swapped, else
    /// as both.
    fn end_of_round(self, at: usize, round: u32, swapped: bool) -> Slot {
        let swaps = self
            .group(&self.exercise.steps[at])
            .is_some_and(|group| group.swap);
        let by = self.by(at, swapped).filter(|_| swaps);
        Slot {
            step: at,
            round,
            by,
        }
    }

    /// Where the steps by each end that begin at `at`.
    fn run_by_each(self, at: usize) -> usize {
        let steps = self.exercise.steps[at..].iter();
        let each = steps.take_while(|step| step.participation.by == Answerer::Each);
        at + each.count()
    }

    /// Where the run of steps that `at` begins ends: its group, those by each, or the one step.
    pub fn end_of_run(self, at: usize) -> usize {
        let steps = &self.exercise.steps;
        let is_alone = steps[at].group.is_none();
        let same = steps[at..].iter().take_while(|step| {
            let is_each = step.participation.by == Answerer::Each;
            step.group == steps[at].group && (is_each || !is_alone)
        });
        at + same.count().max(1)
    }

    /// How many rounds there can be.
    fn rounds(self, group: Option<&Group>) -> u32 {
        group.map_or(1, |group| match self.goes_over(group) {
            true => self.promises,
            false => group.at_most.max(1),
        })
    }

    /// Whether the rounds of a group are the promises of the session.
    fn goes_over(self, group: &Group) -> bool {
        group.each_promise && self.promises > 0
    }

    fn group(self, step: &Step) -> Option<&'a Group> {
        self.exercise.group(step.group.as_deref()?)
    }

    /// Whether a slot is in the second half of a group that is swapped.
    pub fn is_swapped(self, slot: Slot) -> bool {
        let by = self
            .exercise
            .steps
            .get(slot.step)
            .map(|step| step.participation.by);
        matches!((by, slot.by), (Some(Answerer::One(one)), Some(other)) if one != other)
    }

    /// Whether the step at `slot` is shown, given what was met before it.
    fn shown(self, met: &[Slot], slot: Slot) -> bool {
        let step = &self.exercise.steps[slot.step];
        let mut groups = self.exercise.groups.iter();
        let is_unasked = self.promises > 0
            && groups.any(|group| self.goes_over(group) && group.unasked.contains(&step.id));
        let when = step.when.as_ref();
        !is_unasked && when.is_none_or(|condition| self.holds(met, slot, condition))
    }

    /// Whether a condition holds, seen from `here`, given what was met.
    pub fn holds(self, met: &[Slot], here: Slot, condition: &Condition) -> bool {
        match condition {
            Condition::All(parts) => parts.iter().all(|part| self.holds(met, here, part)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(met, here, part)),
            Condition::Not(inner) => !self.holds(met, here, inner),
            Condition::Step { step, test } => {
                let seen: Vec<&Answer> = self.by_each(met, here, step).collect();
                if seen.is_empty() {
                    return test.passes(None);
                }
                seen.into_iter().all(|answer| test.passes(Some(answer)))
            }
        }
    }

    /// The answer that `step` has, seen from `here`: within a group the one of this round, else
    /// the one of the last round.
    pub fn seen(self, met: &[Slot], here: Slot, step: &str) -> Option<&'a Answer> {
        self.in_view(met, here, step).next()
    }

    /// The words of `step`, seen from `here`: of the last round in which there are any. Where two
    /// people have given some and both read it, those of both, with their names.
    pub fn words(self, met: &[Slot], here: Slot, step: &str) -> Option<String> {
        let latest = self.in_view(met, here, step).find_map(|answer| {
            let words = answer.words_in(self.exercise.head.language())?;
            Some((answer.by, words))
        });
        let (by, words) = latest?;
        let both = self.by_each(met, here, step).count() > 1;
        let partners = self.session.and_then(Session::partners);
        let Some(partners) = partners.filter(|_| both && by.is_some()) else {
            return Some(words);
        };
        let lines = self.by_each(met, here, step).filter_map(|answer| {
            let name = partners.name(answer.by?);
            Some(format!(
                "{name}: {}",
                answer.words_in(self.exercise.head.language())?
            ))
        });
        Some(lines.collect::<Vec<_>>().join("\n"))
    }

    /// The latest answer of each who gave one to `step`, seen from `here`; in an exercise for one
    /// that is one.
    fn by_each(self, met: &[Slot], here: Slot, step: &str) -> impl Iterator<Item = &'a Answer> {
        let view: Vec<&Answer> = self.in_view(met, here, step).collect();
        let everyone = [None, Some(Partner::A), Some(Partner::B)].into_iter();
        everyone.filter_map(move |by| view.iter().find(|answer| answer.by == by).copied())
    }

    /// The answers of `step` that count for `here`, latest first: in its own group those of its
    /// round and half; of what both have answered, where one of them asks, their own.
    fn in_view(self, met: &[Slot], here: Slot, step: &str) -> impl Iterator<Item = &'a Answer> {
        let steps = &self.exercise.steps;
        let group = steps.get(here.step).and_then(|step| step.group.as_ref());
        // Conditions mostly look at what came shortly before.
        let (before, after) = steps.split_at(here.step.min(steps.len()));
        let is_it = |one: &Step| one.id == step;
        let at = before.iter().rposition(is_it);
        let at = at.or_else(|| Some(before.len() + after.iter().position(is_it)?));
        let of_step = met.iter().rev().filter(move |slot| Some(slot.step) == at);
        let counting = of_step.filter(move |slot| {
            let there = &steps[slot.step];
            if group.is_some() && there.group.as_ref() == group {
                let same_half = self.is_swapped(**slot) == self.is_swapped(here);
                let own = here.by.is_none() || there.participation.by != Answerer::Each;
                return slot.round == here.round && same_half && (own || slot.by == here.by);
            }
            let of_both = there.participation.by == Answerer::Each
                || self.group(there).is_some_and(|group| group.swap);
            here.by.is_none() || !of_both || slot.by == here.by
        });
        counting.filter_map(move |slot| self.answer(*slot))
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
