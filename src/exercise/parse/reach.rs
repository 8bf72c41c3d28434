//! What a condition proves: which steps have an answer when it holds, and whether it can hold.

use std::collections::HashSet;

use super::scope::StepScope;
use crate::exercise::{AnswerTest, Asking, Condition, OTHER, Step};

/// The steps that certainly have an answer when `when` holds, and when all those steps could be
/// reached in turn.
pub(super) fn answered<'s>(
    when: Option<&'s Condition>,
    scope: &'s StepScope,
    before: usize,
) -> Vec<&'s str> {
    let mut sure: Vec<&str> = when.map(|when| proved(when, true)).unwrap_or_default();
    let mut known: HashSet<&str> = sure.iter().copied().collect();
    let mut next = 0;
    while let Some(id) = sure.get(next).copied() {
        next += 1;
        let when = scope
            .earlier(id, before)
            .and_then(|step| step.when.as_ref());
        for id in when.map(|when| proved(when, true)).unwrap_or_default() {
            if known.insert(id) {
                sure.push(id);
            }
        }
    }
    sure
}

/// The steps that have an answer when `condition` comes out as `holds`.
fn proved(condition: &Condition, holds: bool) -> Vec<&str> {
    match condition {
        Condition::Step { step, test } => match (test, holds) {
            (AnswerTest::Answered(false), true) => Vec::new(),
            (AnswerTest::Answered(false), false) | (_, true) => vec![step],
            (_, false) => Vec::new(),
        },
        Condition::Not(inner) => proved(inner, !holds),
        Condition::All(parts) if holds => every(parts, true),
        Condition::Any(parts) if !holds => every(parts, false),
        Condition::All(parts) | Condition::Any(parts) => common(parts, holds),
    }
}

fn every(parts: &[Condition], holds: bool) -> Vec<&str> {
    parts.iter().flat_map(|part| proved(part, holds)).collect()
}

fn common(parts: &[Condition], holds: bool) -> Vec<&str> {
    let mut sets = parts.iter().map(|part| proved(part, holds));
    let mut common = sets.next().unwrap_or_default();
    for set in sets {
        common.retain(|id| set.contains(id));
    }
    common
}

/// Whether `condition` can hold at all, together with the conditions of the steps that it needs
/// an answer of. True when that is too much to work out.
pub(super) fn possible(condition: &Condition, scope: &StepScope, before: usize) -> bool {
    let mut search = ReachSearch {
        scope,
        before,
        budget: MOST_STEPS,
    };
    search.holds(&[(condition, true)], &[])
}

/// Conditions that people write are far smaller; larger ones are taken to be possible.
const MOST_STEPS: u32 = 2_000;
const MOST_AT_ONCE: usize = 64;
const MOST_FACTS: usize = 64;

/// What one test came out as.
type TestOutcome<'s> = (&'s str, &'s AnswerTest, bool);

struct ReachSearch<'s> {
    scope: &'s StepScope,
    before: usize,
    budget: u32,
}

impl<'s> ReachSearch<'s> {
    /// Whether all of `todo` can come out as wanted beside the facts.
    fn holds(&mut self, todo: &[(&'s Condition, bool)], facts: &[TestOutcome<'s>]) -> bool {
        self.budget = self.budget.saturating_sub(1);
        let Some(((condition, wanted), rest)) = todo.split_first() else {
            return true;
        };
        if self.budget == 0 || todo.len() > MOST_AT_ONCE || facts.len() > MOST_FACTS {
            return true;
        }
        match condition {
            Condition::Not(inner) => {
                let mut todo = rest.to_vec();
                todo.push((inner, !wanted));
                self.holds(&todo, facts)
            }
            Condition::All(parts) if *wanted => self.with_all(parts, *wanted, rest, facts),
            Condition::Any(parts) if !*wanted => self.with_all(parts, *wanted, rest, facts),
            Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| {
                let mut todo = rest.to_vec();
                todo.push((part, *wanted));
                self.holds(&todo, facts)
            }),
            Condition::Step { step, test } => self.with_fact((step, test, *wanted), rest, facts),
        }
    }

    fn with_all(
        &mut self,
        parts: &'s [Condition],
        wanted: bool,
        rest: &[(&'s Condition, bool)],
        facts: &[TestOutcome<'s>],
    ) -> bool {
        let mut todo: Vec<_> = parts.iter().map(|part| (part, wanted)).collect();
        todo.extend(rest);
        self.holds(&todo, facts)
    }

    fn with_fact(
        &mut self,
        fact: TestOutcome<'s>,
        rest: &[(&'s Condition, bool)],
        facts: &[TestOutcome<'s>],
    ) -> bool {
        let (id, test, wanted) = fact;
        let Some(step) = self.scope.earlier(id, self.before) else {
            return self.holds(rest, facts);
        };
        let mut todo = rest.to_vec();
        let needs_answer = wanted != matches!(test, AnswerTest::Answered(false));
        if needs_answer && !facts.iter().any(|(known, ..)| *known == id) {
            todo.extend(step.when.as_ref().map(|when| (when, true)));
        }
        let mut facts = facts.to_vec();
        facts.push(fact);
        let about: Vec<_> = facts.iter().filter(|(known, ..)| *known == id).collect();
        let agree = |answer: &PossibleAnswer| {
            about
                .iter()
                .all(|(_, test, holds)| answer.passes(test) == *holds)
        };
        if answers(step, &about).iter().any(agree) {
            self.holds(&todo, &facts)
        } else {
            false
        }
    }
}

/// An answer that could be given, as far as tests can see it.
enum PossibleAnswer {
    None,
    Text(String),
    Number(i64),
    Picked(Vec<String>),
}

impl PossibleAnswer {
    fn passes(&self, test: &AnswerTest) -> bool {
        match (self, test) {
            (Self::None, AnswerTest::Answered(wanted)) => !wanted,
            (Self::None, _) => false,
            (_, AnswerTest::Answered(wanted)) => *wanted,
            (Self::Text(text), AnswerTest::Is(wanted)) => text == wanted,
            (Self::Text(text), AnswerTest::IsNot(other)) => text != other,
            (Self::Number(number), AnswerTest::Is(wanted)) => number.to_string() == *wanted,
            (Self::Number(number), AnswerTest::IsNot(other)) => number.to_string() != *other,
            (Self::Number(number), AnswerTest::AtLeast(least)) => number >= least,
            (Self::Number(number), AnswerTest::AtMost(most)) => number <= most,
            (Self::Picked(picked), AnswerTest::Includes(id)) => picked.contains(id),
            _ => false,
        }
    }
}

/// Answers to a step: together they show every way in which the tests could come out.
fn answers(step: &Step, facts: &[&TestOutcome<'_>]) -> Vec<PossibleAnswer> {
    let mut answers = vec![PossibleAnswer::None];
    match &step.ask {
        Asking::Say { .. } | Asking::Share { .. } => {}
        Asking::Choose { options, other, .. } => {
            answers.extend(
                options
                    .iter()
                    .map(|option| PossibleAnswer::Text(option.id.clone())),
            );
            answers.extend(other.then(|| PossibleAnswer::Text(OTHER.to_string())));
        }
        Asking::Confirm => {
            answers.extend([true, false].map(|yes| PossibleAnswer::Text(yes.to_string())));
        }
        Asking::Rate { from, to, .. } => {
            // Tests can only tell numbers apart at the ends and around what they name.
            let named = facts.iter().filter_map(|(_, test, _)| match test {
                AnswerTest::AtLeast(number) | AnswerTest::AtMost(number) => Some(*number),
                AnswerTest::Is(text) | AnswerTest::IsNot(text) => text.parse().ok(),
                _ => None,
            });
            let near = named.flat_map(|number: i64| {
                [number.saturating_sub(1), number, number.saturating_add(1)]
            });
            let numbers = near
                .chain([*from, *to])
                .filter(|n| (from..=to).contains(&n));
            answers.extend(numbers.map(PossibleAnswer::Number));
        }
        Asking::Pick { max, min, .. } => {
            let mut picked: Vec<String> = facts
                .iter()
                .filter_map(|(_, test, holds)| match test {
                    AnswerTest::Includes(id) if *holds => Some(id.clone()),
                    _ => None,
                })
                .collect();
            picked.sort_unstable();
            picked.dedup();
            let spare = step.options().iter().map(|option| &option.id).filter(|id| {
                !facts
                    .iter()
                    .any(|(_, test, _)| matches!(test, AnswerTest::Includes(named) if named == *id))
            });
            let missing = (*min as usize).saturating_sub(picked.len());
            picked.extend(spare.take(missing).cloned());
            if (*min as usize..=*max as usize).contains(&picked.len()) {
                answers.push(PossibleAnswer::Picked(picked));
            }
        }
        _ => {
            let named = facts.iter().filter_map(|(_, test, _)| match test {
                AnswerTest::Is(text) | AnswerTest::IsNot(text) => Some(text.clone()),
                _ => None,
            });
            answers.extend(named.map(PossibleAnswer::Text));
            answers.push(PossibleAnswer::Text(String::from("\0")));
        }
    }
    answers
}
