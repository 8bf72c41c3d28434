mod random;
mod refused;
mod typed;

use std::ops::RangeInclusive;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use super::*;

/// A Friday.
pub(super) const TODAY: Date = date(2026, 11, 27);
pub(super) const EVER: RangeInclusive<Date> = Date::MIN..=Date::MAX;

pub(super) fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").unwrap()
}

pub(super) fn rule(words: &str) -> DayRule {
    match read_when(words, TODAY, &berlin()) {
        Ok(WhenReading::Rule(rule)) => rule,
        other => panic!("{words}: {other:?}"),
    }
}

pub(super) fn refusal(words: &str) -> String {
    read_when(words, TODAY, &berlin()).unwrap_err().to_string()
}
