//! How many days of a promise came to what. Days that nobody spoke of are counted apart and weigh
//! nothing.

use super::fact::Verdict;
use super::fold::{DayState, PromiseDay};

/// Below so many answered days a share says nothing.
const FEWEST: usize = 4;

/// How many days came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayTally {
    /// Days that were kept.
    pub kept: usize,
    /// Days of which a part was kept.
    pub part: usize,
    /// Days that were missed.
    pub missed: usize,
    /// Days that were missed and put right.
    pub repaired: usize,
    /// Days that were moved or dropped in time.
    pub changed: usize,
    /// Days of which two people said different things.
    pub seen_differently: usize,
    /// Days without an occasion.
    pub skipped: usize,
    /// Days up to today of which nobody has said anything.
    pub unanswered: usize,
}

impl DayTally {
    /// Counts days.
    pub fn of(days: &[PromiseDay<'_>]) -> Self {
        let mut tally = Self::default();
        for day in days {
            let count = match day.state {
                DayState::Said(Verdict::Kept) => &mut tally.kept,
                DayState::Said(Verdict::Part) => &mut tally.part,
                DayState::Said(Verdict::Missed) => &mut tally.missed,
                DayState::Said(Verdict::Repaired) => &mut tally.repaired,
                DayState::SeenDifferently => &mut tally.seen_differently,
                DayState::Moved(_) => &mut tally.changed,
                DayState::Skipped(_) => &mut tally.skipped,
                DayState::Unanswered | DayState::Today => &mut tally.unanswered,
                DayState::Ahead => continue,
            };
            *count += 1;
        }
        tally
    }

    /// Returns on how many days somebody said what came of them.
    pub fn answered(self) -> usize {
        self.kept + self.part + self.missed + self.repaired
    }

    /// Returns which share of the answered days was kept, where there are enough to say so.
    pub fn kept_of_answered(self) -> Option<f64> {
        let count = |count: usize| u32::try_from(count).ok().map(f64::from);
        let answered = count(self.answered()).filter(|_| self.answered() >= FEWEST)?;
        Some(count(self.kept)? / answered)
    }
}
