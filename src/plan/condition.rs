//! Conditions on what was done and said: small and total; every test is false without an answer.

use jiff::ToSpan;
use jiff::civil::Date;

use super::history::{PlanHistory, StageEnd};
use crate::exercise::AnswerTest;
use crate::ledger::{DayState, Verdict};

/// When a stage, an end of a repeat or a rule applies.
#[derive(Clone, Debug, PartialEq)]
pub enum PlanCondition {
    /// A test of the newest answer since the plan began.
    Answer {
        /// The exercise.
        exercise: String,
        /// The step in it.
        step: String,
        /// What must hold of the answer.
        test: AnswerTest,
    },
    /// A test of ratings that are asked again and again.
    Ratings {
        /// The exercise.
        exercise: String,
        /// The step in it.
        step: String,
        /// How many of the newest ones are looked at.
        last: usize,
        /// What must hold of them.
        test: PlanTest,
    },
    /// How a stage came to its end.
    Stage {
        /// The stage.
        stage: String,
        /// How.
        end: StageEnd,
    },
    /// What came of days of promises.
    Promise {
        /// What came of them.
        verdict: Verdict,
        /// On so many of them.
        at_least: usize,
        /// Among the last so many days.
        within: u32,
    },
    /// Every one holds. True when there are none.
    All(Vec<PlanCondition>),
    /// At least one holds. False when there are none.
    Any(Vec<PlanCondition>),
    /// It does not hold.
    Not(Box<PlanCondition>),
}

/// A test of several ratings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanTest {
    /// Each is this or higher.
    AtLeast(i64),
    /// Each is this or lower.
    AtMost(i64),
    /// Their median is so much lower than that of as many before them.
    FallsBy(i64),
    /// Their median is so much higher than that of as many before them.
    RisesBy(i64),
}

impl PlanCondition {
    /// Returns whether it holds, of what was there up to a day.
    pub(super) fn holds(&self, history: &PlanHistory<'_>, day: Date) -> bool {
        match self {
            Self::Answer {
                exercise,
                step,
                test,
            } => test.passes(history.answer(exercise, step, day)),
            Self::Ratings {
                exercise,
                step,
                last,
                test,
            } => test.passes(&history.ratings(exercise, step, day), *last),
            Self::Stage { stage, end } => history.stage_end(stage) == Some(*end),
            Self::Promise {
                verdict,
                at_least,
                within,
            } => {
                let first = day.saturating_sub(i64::from(*within).days());
                let said = history.promises.iter().flat_map(|promise| {
                    let days = promise.days(first..=day, day).into_iter();
                    days.filter(|day| day.state == DayState::Said(*verdict))
                });
                said.take(*at_least).count() >= *at_least
            }
            Self::All(parts) => parts.iter().all(|part| part.holds(history, day)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(history, day)),
            Self::Not(inner) => !inner.holds(history, day),
        }
    }

    /// Returns since which day it has been true, where it is true today.
    pub(super) fn true_since(&self, history: &PlanHistory<'_>, today: Date) -> Option<Date> {
        if !self.holds(history, today) {
            return None;
        }
        let earlier = history.days().into_iter().rev();
        let earlier = earlier.filter(|day| *day <= today).take(MOST_DAYS_BACK);
        let held = earlier.take_while(|day| self.holds(history, *day));
        Some(held.last().unwrap_or(today))
    }

    /// Calls `each` for every exercise and step whose answers it looks at.
    pub fn each_step<'c>(&'c self, each: &mut impl FnMut(&'c str, &'c str)) {
        match self {
            Self::Answer { exercise, step, .. } | Self::Ratings { exercise, step, .. } => {
                each(exercise, step);
            }
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().for_each(|part| part.each_step(each));
            }
            Self::Not(inner) => inner.each_step(each),
            Self::Stage { .. } | Self::Promise { .. } => {}
        }
    }

    /// Returns whether it looks at promises.
    pub fn needs_promises(&self) -> bool {
        match self {
            Self::Promise { .. } => true,
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::needs_promises),
            Self::Not(inner) => inner.needs_promises(),
            _ => false,
        }
    }
}

impl PlanTest {
    /// Whether it holds of ratings, the oldest first.
    fn passes(self, ratings: &[i64], last: usize) -> bool {
        let Some(at) = ratings.len().checked_sub(last) else {
            return false;
        };
        let (before, newest) = ratings.split_at(at);
        let change = || {
            let before = &before[before.len().checked_sub(last)?..];
            Some(doubled_median(newest) - doubled_median(before))
        };
        match self {
            Self::AtLeast(bound) => newest.iter().all(|rating| *rating >= bound),
            Self::AtMost(bound) => newest.iter().all(|rating| *rating <= bound),
            Self::FallsBy(by) => change().is_some_and(|change| change <= -2 * by),
            Self::RisesBy(by) => change().is_some_and(|change| change >= 2 * by),
        }
    }
}

/// Twice the median, which is always a whole number.
fn doubled_median(ratings: &[i64]) -> i64 {
    let mut sorted = ratings.to_vec();
    sorted.sort_unstable();
    match (
        sorted.get(sorted.len().saturating_sub(1) / 2),
        sorted.get(sorted.len() / 2),
    ) {
        (Some(low), Some(high)) => low + high,
        _ => 0,
    }
}

/// A condition that has been true for longer than so many days on which something was done or said
/// has been true for long enough.
const MOST_DAYS_BACK: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_are_tested_by_the_newest_and_by_the_change_of_their_median() {
        let ratings = [5, 6, 7, 2, 3, 4];
        for (test, last, passes) in [
            (PlanTest::AtMost(4), 3, true),
            (PlanTest::AtMost(4), 4, false),
            (PlanTest::AtLeast(2), 6, true),
            (PlanTest::AtLeast(2), 7, false),
            (PlanTest::FallsBy(3), 3, true),
            (PlanTest::FallsBy(4), 3, false),
            (PlanTest::RisesBy(1), 3, false),
            (PlanTest::RisesBy(1), 1, true),
            // There are not as many before them.
            (PlanTest::FallsBy(1), 4, false),
        ] {
            assert_eq!(test.passes(&ratings, last), passes, "{test:?} of {last}");
        }
    }
}
