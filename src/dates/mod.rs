//! Days as people type them, and rules for days.

mod day;
mod rule;

use jiff::civil::{Date, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, Zoned};

pub use day::{Toward, TypedDay, weekday_of};
pub use rule::{
    DayPattern, DayRule, MOST_DAYS, MOST_LISTED_DAYS, WHEN_EXAMPLES, WeekdaySet, WhenProblem,
    WhenReading, day_in_words, read_when,
};

/// Which day it is where somebody is: what words such as `tomorrow` count from.
#[derive(Clone, Debug)]
pub struct LocalDay {
    /// The day.
    pub date: Date,
    /// The zone of there.
    pub zone: TimeZone,
}

impl LocalDay {
    /// Returns the day that a moment belongs to, where days last until `day_ends` in the night.
    pub fn of(moment: &Zoned, day_ends: Time) -> Self {
        Self {
            date: today_of(moment, day_ends),
            zone: moment.time_zone().clone(),
        }
    }
}

/// Returns which day today is, where the day lasts until `day_ends` in the night: by the clock on the
/// wall, so that no change of the clock takes an hour from it.
pub fn today_of(now: &Zoned, day_ends: Time) -> Date {
    let since_midnight = Time::midnight().until(day_ends).unwrap_or_default();
    let there = now.datetime().checked_sub(since_midnight);
    there.map_or(now.date(), jiff::civil::DateTime::date)
}

/// Reads until when in the night a day lasts: a time up to noon.
pub fn day_end(words: &str) -> Option<Time> {
    let noon = Time::constant(12, 0, 0, 0);
    clock(words.trim()).filter(|time| *time <= noon)
}

/// What people may type, for a rejection.
pub(super) const EXAMPLES: &str =
    "2026-12-01, 1 dec, tomorrow, friday, in 2 weeks; add a time as 19:00";

/// Reads a day, or a day and a time, as typed: whatever [`TypedDay`] reads, each with `19:00` or
/// `at 19:00` behind it where a time is meant, or RFC 3339 or 9557. Returns the day, or the moment
/// with its zone, as it is stored. A time that is there twice, where clocks go back, is the earlier one.
pub(super) fn read(words: &str, today: &LocalDay) -> Result<String, DateFault> {
    // With a zone of its own a moment means itself, wherever it is read.
    if has_no_such_offset(words) {
        return Err(DateFault::Unread);
    }
    if let Ok(moment) = words.trim().parse::<Zoned>() {
        let clock = words.split('[').next().unwrap_or_default().trim();
        return match clock.parse::<jiff::civil::DateTime>() {
            Ok(typed) if typed != moment.datetime() => Err(DateFault::LeftOut),
            _ => Ok(moment.to_string()),
        };
    }
    // A zone that nobody knows, or that doesn't fit, would be hours off.
    if words.contains('[') {
        return Err(DateFault::Unread);
    }
    let words = words.trim().to_lowercase();
    let iso = words.to_uppercase();
    // With an offset alone it is the same moment on the clock of here.
    if let Ok(moment) = iso.parse::<Timestamp>() {
        return Ok(moment.to_zoned(today.zone.clone()).to_string());
    }
    if let Ok(moment) = iso.parse::<jiff::civil::DateTime>()
        && words.contains(['t', ' '])
    {
        return here(moment, today);
    }
    let (day, time) = split_time(&words);
    let time = match time {
        None => None,
        Some(time) => Some(clock(time).ok_or(DateFault::Unread)?),
    };
    let day = TypedDay::read(day).ok_or(DateFault::Unread)?;
    let date = day.on(today.date, Toward::Coming);
    match time {
        None => Ok(date.to_string()),
        Some(time) => here(date.to_datetime(time), today),
    }
}

/// Whether the time behind a day of the calendar has an offset of a day or more.
fn has_no_such_offset(words: &str) -> bool {
    let time = words.trim().get("2026-12-01T".len()..).unwrap_or_default();
    let time = time.split('[').next().unwrap_or_default();
    let offset = time.rfind(['+', '-']).map(|at| &time[at + 1..]);
    let hours = offset.and_then(|offset| offset.get(..2)?.parse::<u8>().ok());
    hours.is_some_and(|hours| hours > 23)
}

/// A moment on the clock of here, with its zone.
fn here(moment: jiff::civil::DateTime, today: &LocalDay) -> Result<String, DateFault> {
    let there = today.zone.to_ambiguous_zoned(moment);
    if matches!(there.offset(), AmbiguousOffset::Gap { .. }) {
        return Err(DateFault::LeftOut);
    }
    let moment = there.compatible().map_err(|_| DateFault::Unread)?;
    Ok(moment.to_string())
}

/// Why something typed is no day or moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateFault {
    /// It is none that can be read.
    Unread,
    /// The clocks leave that time out on that day.
    LeftOut,
}

/// A day and the time behind it, where there is one: after `at`, with a colon, or with am or pm.
fn split_time(words: &str) -> (&str, Option<&str>) {
    if let Some((day, time)) = words.split_once(" at ") {
        return (day.trim(), Some(time.trim()));
    }
    let words = words.trim();
    let start = match words
        .strip_suffix("am")
        .or_else(|| words.strip_suffix("pm"))
    {
        Some(rest) => rest.trim_end().rfind(' '),
        None => words.rfind(' ').filter(|at| words[*at..].contains(':')),
    };
    match start {
        Some(at) => (words[..at].trim(), Some(words[at..].trim())),
        None => (words, None),
    }
}

/// `19:00`, `7`, `7pm`, `7:30 pm`.
fn clock(words: &str) -> Option<Time> {
    let half = |suffix| words.strip_suffix(suffix).map(str::trim);
    let (digits, pm) = match (half("pm"), half("am")) {
        (Some(digits), _) => (digits, Some(true)),
        (_, Some(digits)) => (digits, Some(false)),
        _ => (words, None),
    };
    let (hour, minute) = digits.split_once(':').unwrap_or((digits, "0"));
    let hour: i8 = hour.parse().ok()?;
    let hour = match pm {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(pm) => hour % 12 + if pm { 12 } else { 0 },
        None => hour,
    };
    Time::new(hour, minute.parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_on(words: &str) -> Option<String> {
        let now = crate::test_support::now();
        read(words, &LocalDay::of(&now, Time::midnight())).ok()
    }

    #[test]
    fn a_time_that_clocks_leave_out_is_none_and_one_that_is_there_twice_is_the_earlier() {
        let today = LocalDay::of(&crate::test_support::now(), Time::midnight());
        for typed in [
            "2027-03-28 02:30",
            "28 march 2027 at 2:30",
            "2027-03-28T02:30[Europe/Berlin]",
            "2027-03-14 02:30[America/New_York]",
        ] {
            assert_eq!(read(typed, &today), Err(DateFault::LeftOut), "{typed}");
        }
        let twice = read("2027-10-31 02:30", &today).unwrap();
        assert_eq!(twice, "2027-10-31T02:30:00+02:00[Europe/Berlin]");
        assert_eq!(read("soon", &today), Err(DateFault::Unread));
    }

    #[test]
    fn days_are_read_as_people_type_them() {
        let cases = [
            ("2026-12-01", "2026-12-01"),
            ("Today", "2026-11-22"),
            (" tomorrow ", "2026-11-23"),
            ("friday", "2026-11-27"),
            ("sunday", "2026-11-29"),
            ("next monday", "2026-11-23"),
            ("in 14 days", "2026-12-06"),
            ("in a week", "2026-11-29"),
            ("in 1 month", "2026-12-22"),
            ("in four weeks", "2026-12-20"),
            ("next week", "2026-11-29"),
            ("31.12.2026", "2026-12-31"),
            ("1 dec", "2026-12-01"),
            ("day after tomorrow", "2026-11-24"),
            ("next year", "2027-11-22"),
        ];
        for (words, day) in cases {
            assert_eq!(read_on(words).as_deref(), Some(day), "{words}");
        }
    }

    #[test]
    fn a_time_is_kept_with_its_zone() {
        let evening = Some("2026-11-23T19:00:00+01:00[Europe/Berlin]");
        for words in [
            "tomorrow 19:00",
            "tomorrow at 19:00",
            "2026-11-23T19:00",
            "2026-11-23 19:00",
        ] {
            assert_eq!(read_on(words).as_deref(), evening, "{words}");
        }
        let there = "2026-11-23T19:00:00-08:00[America/Los_Angeles]";
        assert_eq!(read_on(there).as_deref(), Some(there));
        for words in [
            "2026-11-23T13:00:00-05:00",
            "2026-11-23t18:00:00z",
            "2026-11-23 18:00Z",
        ] {
            assert_eq!(read_on(words).as_deref(), evening, "{words}");
        }
        let summer = read_on("2027-07-01 08:30");
        assert_eq!(
            summer.as_deref(),
            Some("2027-07-01T08:30:00+02:00[Europe/Berlin]")
        );
    }

    #[test]
    fn a_time_is_read_as_people_type_it() {
        for words in [
            "friday at 7pm",
            "friday 7 pm",
            "next friday at 19",
            "friday at 7:00 pm",
        ] {
            let evening = Some("2026-11-27T19:00:00+01:00[Europe/Berlin]");
            assert_eq!(read_on(words).as_deref(), evening, "{words}");
        }
        let morning = Some("2026-11-27T07:00:00+01:00[Europe/Berlin]");
        assert_eq!(read_on("friday at 7").as_deref(), morning);
    }

    #[test]
    fn what_is_no_day_is_not_guessed() {
        for words in [
            "",
            "soon",
            "2026-13-01",
            "in many days",
            "in -2 days",
            "tomorrow 25:00",
            "in 3 years time",
            "in 999999999 years",
            "12/01/2026",
            "2026-12-01+05:00",
            "2026-12-01T19:00+25:00",
            "2026-12-01T19:00-24:00",
            "2026-12-01T19:00+25:00[+25:00]",
            "2027-03-28T02:30+01:00[Europe/Berlin]",
            "2026-12-01T19:00[Foo/Bar]",
            "2026-12-01T19:00[America/NewYork]",
            "2026-12-01T19:00+05:00[Europe/Berlin]",
            "2026-12-01T19:00+01:00[America/New_York]",
        ] {
            assert_eq!(read_on(words), None, "{words}");
        }
    }
}
