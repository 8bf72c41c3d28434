//! When something is due, as people type it.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::head::{WhenHead, half_read, read_head};
use super::{DayPattern, DayRule, LAST, MOST_DAYS, day_in_words};
use crate::dates::day::count_of;
use crate::dates::{Toward, TypedDay, clock};
use crate::text::language::Language;

/// What people may type, for a question and a rejection.
pub const WHEN_EXAMPLES: &str =
    "weekdays until friday, each sunday, once on friday at 18:00, 3 times a week";

const DAY_EXAMPLES: &str = "once on friday, once on 2026-12-04 at 18:00";
const START_EXAMPLES: &str = "from monday, from 2026-12-01";
const END_EXAMPLES: &str = "until 2026-12-04, until friday, for 2 weeks";
const TIME_EXAMPLES: &str = "at 18:00, at 6 pm, at 18:00 in Europe/Berlin";

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
    /// What it stumbled over, in a whole sentence with the words that were typed.
    pub says: String,
    /// What would fit there.
    pub example: &'static str,
}

impl WhenProblem {
    pub(super) fn new(says: impl Into<String>, example: &'static str) -> Self {
        let says = says.into();
        Self { says, example }
    }
}

impl fmt::Display for WhenProblem {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} You can type: {}.", self.says, self.example)
    }
}

impl std::error::Error for WhenProblem {}

/// What stands behind them: each word with which a clause begins, and the words up to the next.
type Clause<'a> = (&'a str, Vec<&'a str>);

/// Reads when something is due: `weekdays until friday`, `every other tuesday for 6 weeks`,
/// `3 times a week`, `once on friday at 18:00`, `FREQ=…`. Without a first day it begins tomorrow. A
/// moment with an offset alone is taken to the clock of `zone`.
///
/// # Errors
///
/// What is understood in part only is refused, never guessed.
pub fn read_when(words: &str, today: Date, zone: &TimeZone) -> Result<WhenReading, WhenProblem> {
    let spaced = match words.to_lowercase() {
        rrule if rrule.contains("freq=") => rrule,
        words => words.replace(',', " , "),
    };
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let is_clause =
        |word: &&str| matches!(*word, "from" | "starting" | "until" | "till" | "for" | "at");
    let head_len = tokens.iter().position(is_clause);
    let (head, mut tail) = tokens.split_at(head_len.unwrap_or(tokens.len()));
    let mut clauses: Vec<Clause<'_>> = Vec::new();
    while let [keyword, rest @ ..] = tail {
        let end = rest.iter().position(is_clause);
        let (words, rest) = rest.split_at(end.unwrap_or(rest.len()));
        let keyword = match *keyword {
            "starting" => "from",
            "till" => "until",
            keyword => keyword,
        };
        if clauses.iter().any(|(known, _)| *known == keyword) {
            let says = format!("“{keyword}” is there twice.");
            return Err(WhenProblem::new(says, WHEN_EXAMPLES));
        }
        let words = words.iter().copied().filter(|word| *word != ",");
        clauses.push((keyword, words.collect()));
        tail = rest;
    }
    let clause = |keyword: &str| {
        let found = clauses.iter().find(|(known, _)| *known == keyword);
        found.map(|(_, words)| words.as_slice())
    };

    let start = clause("from")
        .map(|words| day(words, START_EXAMPLES))
        .transpose()?
        .map(|day| day.on(today, Toward::Coming));
    let from = start.unwrap_or_else(|| today.tomorrow().unwrap_or(today));
    if let [rrule] = head
        && rrule.contains("freq=")
    {
        let rule = DayRule::from_rrule(rrule, from)?;
        return finish(rule, &clause, today, start).map(WhenReading::Rule);
    }
    let (head, if_there_is_one) = match head {
        [head @ .., ",", "if", "there", "is", "one"] => (head, true),
        head => (head, false),
    };
    let pattern = match read_head(head, zone)? {
        WhenHead::Once(..) | WhenHead::Zoned(_)
            if clauses.iter().any(|(word, _)| *word != "at") =>
        {
            let says = format!(
                "“{}” is one day, without a beginning and an end.",
                head.join(" ")
            );
            return Err(WhenProblem::new(says, DAY_EXAMPLES));
        }
        WhenHead::Once(day, time) => {
            let rule = DayRule::once(day.on(today, Toward::Coming)).at(time);
            return finish(rule, &clause, today, start).map(WhenReading::Rule);
        }
        WhenHead::Zoned(moment) => {
            let rule = DayRule::once(moment.date()).at(Some(moment.time()));
            let zone = moment.time_zone().iana_name().map(String::from);
            let rule = DayRule { zone, ..rule };
            return finish(rule, &clause, today, start).map(WhenReading::Rule);
        }
        WhenHead::Pattern(pattern) => pattern,
        WhenHead::Weeks(every) => match start {
            Some(start) => DayPattern::Weekly {
                every,
                on: start.weekday().into(),
            },
            None => {
                let says = format!("“{}”: on which day?", head.join(" "));
                return Err(WhenProblem::new(says, "every 2 weeks on friday"));
            }
        },
    };
    let rule = |pattern| finish(begin(pattern, from)?, &clause, today, start);
    match pattern {
        DayPattern::Monthly {
            every,
            day: day @ 29..,
        } if !if_there_is_one => Ok(WhenReading::MonthEnd {
            day,
            last: rule(DayPattern::Monthly { every, day: LAST })?,
            exact: rule(pattern)?,
        }),
        pattern => rule(pattern).map(WhenReading::Rule),
    }
}

/// The rule from the first day on which it could be due: every other Tuesday begins on the next one.
fn begin(pattern: DayPattern, from: Date) -> Result<DayRule, WhenProblem> {
    let each = match pattern {
        DayPattern::Weekly { on, .. } => DayPattern::Weekly { every: 1, on },
        DayPattern::Monthly { day, .. } => DayPattern::Monthly { every: 1, day },
        pattern => pattern,
    };
    let first = DayRule::new(each, from, None).map_or(from, |each| each.from());
    DayRule::new(pattern, first, None)
        .ok_or_else(|| WhenProblem::new("There’s no such day.", WHEN_EXAMPLES))
}

/// The rule with its time and its end.
fn finish<'a>(
    rule: DayRule,
    clause: &impl Fn(&str) -> Option<&'a [&'a str]>,
    today: Date,
    start: Option<Date>,
) -> Result<DayRule, WhenProblem> {
    let rule = match clause("at") {
        None => rule,
        Some(words) => with_time(rule, words)?,
    };
    let begins = start.unwrap_or_else(|| today.tomorrow().unwrap_or(today));
    let end = match (clause("until"), clause("for")) {
        (None, None) => return Ok(rule),
        (Some(_), Some(_)) => Err("It has one end, “until” or “for”.".to_string()),
        _ if rule.until.is_some() => Err("It has an end in “FREQ=…” already.".to_string()),
        (Some(words), None) => {
            let until = day(words, END_EXAMPLES)?;
            // A Friday that it lasts until is one after its first day.
            let of = match until {
                TypedDay::Away(_) | TypedDay::Length(_) => today,
                _ => start.unwrap_or(today),
            };
            Ok(until.on(of, Toward::Coming))
        }
        (None, Some([count, "times" | "time"])) => {
            let count = count_of(count).and_then(|count| usize::try_from(count).ok());
            let count = count.filter(|count| (1..=MOST_DAYS).contains(count));
            let nth = count.and_then(|count| rule.days(rule.from..=Date::MAX).nth(count - 1));
            nth.ok_or_else(|| "That’s more often than I can count.".to_string())
        }
        (None, Some(words)) => {
            let span = words.join(" ");
            let end = TypedDay::read(&format!("in {span}"));
            let end = end.and_then(|end| end.on(begins, Toward::Coming).yesterday().ok());
            end.ok_or_else(|| format!("I can’t read “for {span}”."))
        }
    };
    let end = end.map_err(|says| WhenProblem::new(says, END_EXAMPLES))?;
    rule.ending(Some(end)).ok_or_else(|| {
        let (first, end) = (
            day_in_words(rule.from, Language::English),
            day_in_words(end, Language::English),
        );
        let says = format!("The first day would be {first}, and the last day {end}.");
        WhenProblem::new(says, END_EXAMPLES)
    })
}

fn with_time(rule: DayRule, words: &[&str]) -> Result<DayRule, WhenProblem> {
    let bad = || {
        let says = format!("I can’t read “at {}”.", words.join(" "));
        WhenProblem::new(says, TIME_EXAMPLES)
    };
    let (time, zone) = match words {
        [time @ .., "in", zone] => {
            let zone = TimeZone::get(zone).map_err(|_| bad())?;
            (time, Some(zone.iana_name().ok_or_else(bad)?.to_string()))
        }
        time => (time, None),
    };
    let time = clock(&time.join(" ")).ok_or_else(bad)?;
    match rule.time {
        Some(_) => Err(bad()),
        None => Ok(DayRule {
            zone,
            ..rule.at(Some(time))
        }),
    }
}

/// A day, or which of its words are one and which are not.
fn day(words: &[&str], example: &'static str) -> Result<TypedDay, WhenProblem> {
    let joined = words.join(" ");
    TypedDay::read(&joined).ok_or_else(|| {
        let reads = |words: &[&str]| TypedDay::read(&words.join(" ")).is_some();
        half_read(words, reads).map_or_else(
            || WhenProblem::new(format!("I can’t read “{joined}” as a day."), example),
            |says| WhenProblem::new(says, example),
        )
    })
}
