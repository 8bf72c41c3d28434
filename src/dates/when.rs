//! When something is due, as people type it.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::DayRule;

/// What people may type, for a question and a rejection.
pub const WHEN_EXAMPLES: &str =
    "weekdays until friday, each sunday, once on friday at 18:00, 3 times a week";

/// What was typed, where it can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhenReading {
    /// A rule; whether it has an end is for those who asked to see to.
    Rule(DayRule),
    /// A day that some months don't have: whoever typed it says which is meant.
    MonthEnd {
        /// The day of the month.
        day: i8,
        /// On the last day of each month.
        last: DayRule,
        /// On that day, in the months that have it.
        exact: DayRule,
    },
}

/// Why nothing could be read, and what can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhenProblem {
    /// What it stumbled over, in a whole sentence.
    pub says: String,
    /// What would fit there.
    pub example: &'static str,
}

impl fmt::Display for WhenProblem {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} You can type: {}.", self.says, self.example)
    }
}

impl std::error::Error for WhenProblem {}

/// Reads when something is due: `weekdays until friday`, `every other tuesday for 6 weeks`,
/// `3 times a week`, `once on friday at 18:00`, `FREQ=…`. Without a first day it begins tomorrow. A
/// moment with an offset alone is taken to `zone`.
///
/// # Errors
///
/// What is understood in part only is refused, never guessed.
pub fn read_when(words: &str, today: Date, zone: &TimeZone) -> Result<WhenReading, WhenProblem> {
    let _ = zone;
    let from = today.tomorrow().unwrap_or(today);
    DayRule::from_rrule(words, from).map(WhenReading::Rule)
}
