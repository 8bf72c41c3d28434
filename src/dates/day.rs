//! A day as it is typed, before it is known which day today is.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// A day as it is typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TypedDay {
    /// This one.
    Date(Date),
    /// So long from today, or before today.
    Away(TimeSpan),
    /// So long, from today or before today: on the side that is meant.
    Length(TimeSpan),
    /// A day of the week: the nearest there is.
    Weekday(Weekday, Option<Toward>),
    /// A month and a day of it, in no year.
    MonthDay(i8, i8),
}

/// On which side of today a day lies that could lie on either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// Where something is planned.
    Coming,
    /// Where something is looked for.
    Past,
}

/// A number of days, weeks, months or years; below zero before today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeSpan {
    count: i32,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// More of a unit than this is a slip of the finger, and every calendar holds it.
const MOST: i32 = 1000;

/// A year before this one is a slip as well: half of a year was typed.
const EARLIEST: i16 = 1000;

impl TypedDay {
    /// Reads `2026-12-01`, `31.12.2026`, `1 dec`, `December 1st, 2026`, `today`, `friday`,
    /// `day after tomorrow`, `in 3 days`, `2 weeks ago`, `next month`, `two weeks` and the like. Day and
    /// month as `12/01` are not guessed.
    pub fn read(typed: &str) -> Option<Self> {
        let typed = typed.trim().to_lowercase();
        let typed = typed.strip_prefix("on ").unwrap_or(&typed);
        let words: Vec<&str> = typed
            .split([' ', ','])
            .filter(|word| !matches!(*word, "" | "the" | "of"))
            .collect();
        match words.as_slice() {
            ["today"] => Some(Self::days(0)),
            ["tomorrow"] => Some(Self::days(1)),
            ["yesterday"] => Some(Self::days(-1)),
            ["day", "after", "tomorrow"] => Some(Self::days(2)),
            ["day", "before", "yesterday"] => Some(Self::days(-2)),
            ["in", span @ ..] | [span @ .., "from", "now" | "today"] => Self::away(span, 1),
            [span @ .., "ago"] => Self::away(span, -1),
            ["next", word] => {
                let weekday = || Some(Self::Weekday(weekday_of(word)?, Some(Toward::Coming)));
                Self::away(&["1", word], 1).or_else(weekday)
            }
            ["last", word] => {
                let weekday = || Some(Self::Weekday(weekday_of(word)?, Some(Toward::Past)));
                Self::away(&["1", word], -1).or_else(weekday)
            }
            ["this", word] => Some(Self::Weekday(weekday_of(word)?, Some(Toward::Coming))),
            span if let Some(span) = TimeSpan::read(span) => Some(Self::Length(span)),
            [word] => in_digits(word).or_else(|| Some(Self::Weekday(weekday_of(word)?, None))),
            // With its name in front, which has to fit.
            [name, rest @ .., _] if rest.len() == 2 && weekday_of(name).is_some() => {
                let date = named_month(words.get(1..)?)?;
                let fits =
                    matches!(date, Self::Date(date) if Some(date.weekday()) == weekday_of(name));
                fits.then_some(date)
            }
            [..] => named_month(&words).or_else(|| in_digits(&words.concat())),
        }
    }

    /// So many days from today.
    pub const fn days(count: i32) -> Self {
        let unit = Unit::Day;
        Self::Away(TimeSpan { count, unit })
    }

    fn away(span: &[&str], sign: i32) -> Option<Self> {
        let TimeSpan { count, unit } = TimeSpan::read(span)?;
        let count = count * sign;
        Some(Self::Away(TimeSpan { count, unit }))
    }

    /// Which day it is.
    pub fn on(self, today: Date, toward: Toward) -> Date {
        match self {
            Self::Date(date) => date,
            Self::Away(span) => today.saturating_add(span.span()),
            Self::Length(span) => match toward {
                Toward::Coming => today.saturating_add(span.span()),
                Toward::Past => today.saturating_sub(span.span()),
            },
            Self::Weekday(weekday, side) => {
                let nth = match side.unwrap_or(toward) {
                    Toward::Coming => 1,
                    Toward::Past => -1,
                };
                today.nth_weekday(nth, weekday).unwrap_or(today)
            }
            Self::MonthDay(month, day) => {
                // The 29th of February comes every four years, or eight.
                let mut years = 0..=8;
                let near = years.find_map(|years| match toward {
                    Toward::Coming => Date::new(today.year() + years, month, day)
                        .ok()
                        .filter(|date| *date >= today),
                    Toward::Past => Date::new(today.year() - years, month, day)
                        .ok()
                        .filter(|date| *date <= today),
                });
                near.unwrap_or(today)
            }
        }
    }
}

impl TimeSpan {
    /// `3 days`, `two weeks`, `a fortnight`, `a couple of months`, `half a year`.
    fn read(words: &[&str]) -> Option<Self> {
        let (count, unit) = match words {
            ["fortnight"] => ("1", "fortnight"),
            ["half", "a", "year"] => ("6", "month"),
            ["a", "couple", unit] if unit.ends_with('s') => ("2", *unit),
            [count, unit] => (*count, *unit),
            _ => return None,
        };
        let (unit, of) = match unit.strip_suffix('s').unwrap_or(unit) {
            "day" => (Unit::Day, 1),
            "week" => (Unit::Week, 1),
            "fortnight" => (Unit::Week, 2),
            "month" => (Unit::Month, 1),
            "year" => (Unit::Year, 1),
            _ => return None,
        };
        let count = count_of(count)? * of;
        Some(Self { count, unit })
    }

    fn span(self) -> Span {
        match self.unit {
            Unit::Day => self.count.days(),
            Unit::Week => self.count.weeks(),
            Unit::Month => self.count.months(),
            Unit::Year => self.count.years(),
        }
    }
}

/// `2026-12-01`, `31.12.2026` or `31.12.`.
fn in_digits(word: &str) -> Option<TypedDay> {
    if word.len() == 10
        && let Ok(date) = word.parse::<Date>()
    {
        return (date.year() >= EARLIEST).then_some(TypedDay::Date(date));
    }
    let mut parts = word.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    dated(day.parse().ok()?, month.parse().ok()?, year)
}

/// `1 dec`, `dec 1` or `december 1st 2026`.
fn named_month(words: &[&str]) -> Option<TypedDay> {
    let (first, second, year) = match words {
        [first, second] => (first, second, ""),
        [first, second, year] => (first, second, *year),
        _ => return None,
    };
    let (name, day) = match month(first) {
        Some(month) => (month, second),
        None => (month(second)?, first),
    };
    let day = ordinal_of(day).or_else(|| day.parse().ok())?;
    dated(day, name, year)
}

fn dated(day: i8, month: i8, year: &str) -> Option<TypedDay> {
    if year.is_empty() {
        // There is every day of every month in a leap year.
        return Date::new(2024, month, day)
            .ok()
            .map(|_| TypedDay::MonthDay(month, day));
    }
    let is_whole = |number: &i16| year.len() == 4 && *number >= EARLIEST;
    let year = year.parse().ok().filter(is_whole)?;
    Date::new(year, month, day).ok().map(TypedDay::Date)
}

/// A name, or its first letters: at least three.
fn at_name(names: &[&str], word: &str) -> Option<usize> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let is_meant = |name: &&str| word.len() >= 3 && name.starts_with(word);
    names.iter().position(is_meant)
}

/// `3`, `three` or `a`.
pub(super) fn count_of(word: &str) -> Option<i32> {
    let named = NUMBERS.split(' ').position(|name| name == word);
    let count = match named.and_then(|at| i32::try_from(at + 1).ok()) {
        Some(count) => count,
        None if matches!(word, "a" | "an") => 1,
        None if word == "thirty" => 30,
        None => word.parse().ok()?,
    };
    (0..=MOST).contains(&count).then_some(count)
}

/// `31st`, or `31.`; without an ending it could be anything.
pub(super) fn ordinal_of(word: &str) -> Option<i8> {
    let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    let ending = &word[number.len()..];
    let is_day = matches!(ending, "." | "st" | "nd" | "rd" | "th");
    number.parse().ok().filter(|_| is_day)
}

/// A day of the week by its name, or its first letters.
pub fn weekday_of(word: &str) -> Option<Weekday> {
    let at = at_name(&WEEKDAYS, word)?;
    Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
}

fn month(word: &str) -> Option<i8> {
    // People also write four letters where three do.
    let word = if word == "sept" { "sep" } else { word };
    at_name(&MONTHS, word).and_then(|at| i8::try_from(at + 1).ok())
}

/// Small numbers, from one, as people write them.
const NUMBERS: &str = "one two three four five six seven eight nine ten eleven twelve thirteen \
    fourteen fifteen sixteen seventeen eighteen nineteen twenty";

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_way_to_write_a_day_is_the_same_day() {
        for typed in [
            "2026-12-01",
            "1.12.2026",
            "01.12.2026",
            "1. 12. 2026",
            "1.12.",
            "1 dec",
            "Dec 1",
            "1st of December",
            "december 1st, 2026",
            "the 1st of dec. 2026",
            "in nine days",
            "next tuesday",
            "this tue",
            "on tues",
        ] {
            let day = TypedDay::read(typed).map(|day| day.on(date(2026, 11, 22), Toward::Coming));
            let next = date(2026, 12, 1);
            let expected = if typed.contains("tue") {
                date(2026, 11, 24)
            } else {
                next
            };
            assert_eq!(day, Some(expected), "{typed}");
        }
    }

    #[test]
    fn what_is_looked_for_lies_behind_and_what_is_planned_lies_ahead() {
        let today = date(2026, 11, 22);
        for (typed, past, coming) in [
            ("1 dec", date(2025, 12, 1), date(2026, 12, 1)),
            ("22 nov", today, today),
            ("29 feb", date(2024, 2, 29), date(2028, 2, 29)),
            ("friday", date(2026, 11, 20), date(2026, 11, 27)),
            ("sunday", date(2026, 11, 15), date(2026, 11, 29)),
            ("last friday", date(2026, 11, 20), date(2026, 11, 20)),
            ("3 weeks ago", date(2026, 11, 1), date(2026, 11, 1)),
            ("last month", date(2026, 10, 22), date(2026, 10, 22)),
            ("two weeks", date(2026, 11, 8), date(2026, 12, 6)),
            ("a week", date(2026, 11, 15), date(2026, 11, 29)),
            ("fortnight", date(2026, 11, 8), date(2026, 12, 6)),
            ("a couple of days", date(2026, 11, 20), date(2026, 11, 24)),
            ("half a year", date(2026, 5, 22), date(2027, 5, 22)),
            ("in a fortnight", date(2026, 12, 6), date(2026, 12, 6)),
            ("a month from now", date(2026, 12, 22), date(2026, 12, 22)),
            ("fourteen days ago", date(2026, 11, 8), date(2026, 11, 8)),
            (
                "day before yesterday",
                date(2026, 11, 20),
                date(2026, 11, 20),
            ),
        ] {
            let day = TypedDay::read(typed).unwrap();
            assert_eq!(day.on(today, Toward::Past), past, "{typed}");
            assert_eq!(day.on(today, Toward::Coming), coming, "{typed}");
        }
    }

    #[test]
    fn a_day_that_could_be_another_or_is_none_is_not_guessed() {
        for typed in [
            "12/01/2026",
            "1.12.26",
            "31.11.2026",
            "30 feb",
            "1 decade",
            "1x dec",
            "2026-12-01T10:00",
            "20261201",
            "0026-12-01",
            "1.12.0026",
            "1 dec 0026",
            "in 1001 days",
            "in -2 days",
            "next",
            "next two weeks",
            "a week or two",
            "a couple day",
            "weeks",
            "ago",
            "in",
            "mo",
            "éé1 dec",
        ] {
            assert_eq!(TypedDay::read(typed), None, "{typed}");
        }
    }
}
