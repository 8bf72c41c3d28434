//! The first words of when something is due: on which days.

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::{DayPattern, LAST, MOST_APART, MOST_TIMES, WeekdaySet, WhenProblem};
use crate::dates::day::{count_of, ordinal_of, weekday_of};
use crate::dates::{TypedDay, clock, split_time};
use crate::text::columns;

/// What is understood in no part is quoted up to so many columns: behind more of it, nothing is seen
/// of what can be typed.
const QUOTED: usize = 26;

/// The first words, which say which days.
pub(super) enum WhenHead {
    Once(TypedDay, Option<Time>),
    /// On the clock of a zone that it names.
    Zoned(Zoned),
    Pattern(DayPattern),
    /// Every so many weeks, on the day of the week that it begins on.
    Weeks(u8),
}

/// Which of the first words are understood, and which of the others are not.
pub(super) fn half_read(words: &[&str], reads: impl Fn(&[&str]) -> bool) -> Option<String> {
    let mut splits = (1..words.len()).rev().map(|at| words.split_at(at));
    let is_whole = |words: &[&str]| !matches!(words, [.., "the" | "of"]) && reads(words);
    let (read, unread) = splits.find(|(read, _)| is_whole(read))?;
    let (read, unread) = (read.join(" "), unread.join(" "));
    Some(format!(
        "“{read} {unread}”: I read “{read}”, but not “{unread}”."
    ))
}

pub(super) fn read_head(words: &[&str], zone: &TimeZone) -> Result<WhenHead, WhenProblem> {
    if let Some(head) = head_of(words, zone) {
        return Ok(head);
    }
    let joined = words.join(" ");
    let examples = "weekdays, each monday, 3 times a week, once on friday";
    let says = match words {
        [] => "It doesn’t say on which days.".to_string(),
        ["weekly" | "monthly"] | ["each" | "every", "week" | "month"] => {
            format!("“{joined}”: on which day?")
        }
        ["tonight"] => {
            let says = String::from("“tonight”: at what time?");
            return Err(WhenProblem::new(says, "today at 20:00"));
        }
        [.., "morning" | "afternoon" | "evening" | "night"] => {
            let says = format!("“{joined}”: at what time?");
            return Err(WhenProblem::new(
                says,
                "every day at 20:00, each monday at 7:30",
            ));
        }
        words => {
            half_read(words, |words| head_of(words, zone).is_some()).unwrap_or_else(
                || match columns(&joined) > QUOTED {
                    true => String::from("I can’t tell which days that means."),
                    false => format!("I can’t tell which days “{joined}” means."),
                },
            )
        }
    };
    Err(WhenProblem::new(says, examples))
}

fn head_of(words: &[&str], zone: &TimeZone) -> Option<WhenHead> {
    let plain: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !matches!(*word, "the" | "of"))
        .collect();
    let weekly = |every, on| Some(WhenHead::Pattern(DayPattern::Weekly { every, on }));
    let monthly = |every, day| Some(WhenHead::Pattern(DayPattern::Monthly { every, day }));
    let daily = |every| Some(WhenHead::Pattern(DayPattern::Daily { every }));
    let apart = |count: &str| {
        let count = if count == "other" {
            Some(2)
        } else {
            count_of(count)
        };
        count
            .and_then(|count| u8::try_from(count).ok())
            .filter(|every| (1..=MOST_APART).contains(every))
    };
    match plain.as_slice() {
        ["daily"] | ["each" | "every", "day"] => daily(1),
        ["every", count, "day" | "days"] => daily(apart(count)?),
        ["every", count, "week" | "weeks"] => Some(WhenHead::Weeks(apart(count)?)),
        ["every", count, "week" | "weeks", "on", on @ ..] => {
            weekly(apart(count)?, weekdays(on, false)?)
        }
        ["every", count, "month" | "months", "on", on @ ..] => {
            monthly(apart(count)?, month_day(on)?)
        }
        ["each" | "every", "month", "on", on @ ..] | ["monthly", "on", on @ ..] => {
            monthly(1, month_day(on)?)
        }
        ["on", on @ .., "each" | "every", "month"] => monthly(1, month_day(on)?),
        [count @ .., "a" | "per" | "each" | "every", "week"] => {
            let times = match count {
                ["once"] => 1,
                ["twice"] => 2,
                [count, "times"] => count_of(count)?,
                _ => return None,
            };
            let times = u8::try_from(times)
                .ok()
                .filter(|times| (1..=MOST_TIMES).contains(times))?;
            Some(WhenHead::Pattern(DayPattern::TimesAWeek(times)))
        }
        ["every", "other", on @ ..] => weekly(2, weekdays(on, false)?),
        ["each" | "every", on @ ..] => weekly(1, weekdays(on, false)?),
        plain => {
            let on = plain.strip_prefix(&["on"]).unwrap_or(plain);
            match weekdays(on, true) {
                Some(on) => weekly(1, on),
                None => once(words, zone),
            }
        }
    }
}

/// One day, or one moment.
fn once(words: &[&str], zone: &TimeZone) -> Option<WhenHead> {
    let words = match words {
        // Once in two weeks could be more than once.
        ["once", "in", ..] => return None,
        words => words.strip_prefix(&["once"]).unwrap_or(words),
    };
    let on = |word: &&[&str]| matches!(word.first(), Some(&("on" | "by")));
    let words = Some(words).filter(on).map_or(words, |words| &words[1..]);
    let words = words.join(" ");
    let iso = words.to_uppercase();
    // With a zone of its own a moment means itself, wherever it is read.
    if let Ok(moment) = iso.parse::<Zoned>() {
        return Some(WhenHead::Zoned(moment));
    }
    let moment = match iso.parse::<Timestamp>() {
        Ok(moment) => Some(moment.to_zoned(zone.clone()).datetime()),
        Err(_) => iso
            .parse::<DateTime>()
            .ok()
            .filter(|_| iso.contains(['T', ' '])),
    };
    if let Some(moment) = moment {
        return Some(WhenHead::Once(
            TypedDay::Date(moment.date()),
            Some(moment.time()),
        ));
    }
    let (day, time) = split_time(&words);
    let time = match time {
        None => None,
        Some(time) => Some(clock(time)?),
    };
    match TypedDay::read(day)? {
        // It could be every day of them.
        TypedDay::Length(_) => None,
        day => Some(WhenHead::Once(day, time)),
    }
}

/// Days of the week by name, such as `monday, wednesday and friday`.
fn weekdays(words: &[&str], plural: bool) -> Option<WeekdaySet> {
    if let [word] = words {
        match *word {
            "weekdays" => return Some(WeekdaySet::WEEKDAYS),
            "weekends" => return Some(WeekdaySet::WEEKEND),
            "weekday" if !plural => return Some(WeekdaySet::WEEKDAYS),
            "weekend" if !plural => return Some(WeekdaySet::WEEKEND),
            _ => {}
        }
    }
    let mut on = WeekdaySet::default();
    let mut wants_day = true;
    for word in words {
        match (*word, wants_day) {
            ("and" | "&" | ",", false) => wants_day = true,
            // After a comma as well.
            ("and", true) if on != WeekdaySet::default() => {}
            (word, true) => {
                let many = word.strip_suffix('s').filter(|day| day.ends_with("day"));
                let day = if plural { many? } else { many.unwrap_or(word) };
                on = on.with(weekday_of(day)?);
                wants_day = false;
            }
            _ => return None,
        }
    }
    (!wants_day).then_some(on)
}

/// `1st`, `last day`.
fn month_day(words: &[&str]) -> Option<i8> {
    let [word] = words else {
        let [word, "day"] = words else { return None };
        return month_day(&[*word]);
    };
    match *word {
        "last" => Some(LAST),
        word => ordinal_of(word).filter(|day| (1..=31).contains(day)),
    }
}
