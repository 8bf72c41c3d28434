//! A day, and a rule for days, in words of a language.

use std::fmt;

use jiff::civil::Date;

use super::{DayPattern, DayRule, LAST, WeekdaySet};
use crate::text::language::Language;

impl DayRule {
    /// Returns the rule in words, such as "on weekdays until Friday 4 December 2026".
    pub fn words(&self) -> String {
        self.words_in(Language::English)
    }

    /// Returns the rule in words of a language.
    pub fn words_in(&self, language: Language) -> String {
        self.in_words(false, language)
    }

    /// Returns it in words of a language as it’s read on a day: with the day it begins on where that’s over.
    pub fn words_on(&self, day: Date, language: Language) -> String {
        self.in_words(self.from < day, language)
    }

    /// Returns the rule in words with the day it begins on, from which it can be read back on any day.
    pub fn words_with_start(&self) -> String {
        self.words_with_start_in(Language::English)
    }

    /// Returns that in words of a language.
    pub fn words_with_start_in(&self, language: Language) -> String {
        self.in_words(true, language)
    }

    fn in_words(&self, start: bool, language: Language) -> String {
        let part = |words: &str, name: &str, value: &dyn fmt::Display| {
            language.fill(words, &[(name, value)])
        };
        let day = |day: Date| day_in_words(day, language);
        let mut words = self.pattern.words_in(language);
        if self.pattern == DayPattern::Once {
            words = part("once on {day}", "day", &day(self.from));
        }
        if let Some(time) = self.time {
            words += &part(" at {time}", "time", &time.strftime("%H:%M"));
        }
        if let Some(zone) = &self.zone {
            words += &format!(" in {zone}");
        }
        if self.pattern == DayPattern::Once {
            return words;
        }
        if start {
            words += &part(" from {day}", "day", &day(self.from));
        }
        if let Some(until) = self.until {
            words += &part(" until {day}", "day", &day(until));
        }
        words
    }
}

/// `Friday 4 December 2026`.
pub fn day_in_words(day: Date, language: Language) -> String {
    let named = |name: &str| {
        language
            .translate(&day.strftime(name).to_string())
            .to_string()
    };
    language.fill(
        "{weekday} {day} {month} {year}",
        &[
            ("weekday", &named("%A")),
            ("day", &day.day()),
            ("month", &named("%B")),
            ("year", &day.year()),
        ],
    )
}

impl DayPattern {
    /// The pattern in words: "every 3 days", "on Mondays and Thursdays", "on the last day of each
    /// month".
    fn words_in(self, language: Language) -> String {
        let every = |words: &str, every: u8| language.fill(words, &[("every", &every)]);
        let on_days = |words: &str, every: u8, days: String| {
            language.fill(words, &[("every", &every), ("days", &days)])
        };
        match self {
            Self::Once => language.translate("once").to_string(),
            Self::Daily { every: 1 } => language.translate("each day").to_string(),
            Self::Daily { every: count } => every("every {every} days", count),
            Self::Weekly { every: count, on } if on == WeekdaySet::WEEKDAYS => match count {
                1 => language.translate("on weekdays").to_string(),
                count => every("every {every} weeks on weekdays", count),
            },
            Self::Weekly { every: 1, on } => {
                on_days("on {days}", 1, weekdays_in_words(on, "s", language))
            }
            Self::Weekly { every, on } => on_days(
                "every {every} weeks on {days}",
                every,
                weekdays_in_words(on, "", language),
            ),
            Self::Monthly { every: count, day } => {
                let words = match (count, day) {
                    (1, LAST) => "on the last day of each month",
                    (1, _) => "on the {day} of each month",
                    (_, LAST) => "every {every} months on the last day",
                    _ => "every {every} months on the {day}",
                };
                let nth = match language {
                    Language::English => format!("{day}{}", ordinal_ending(day)),
                    Language::German => format!("{day}."),
                };
                let words = language.fill(words, &[("every", &count), ("day", &nth)]);
                match day {
                    29.. => words + language.translate(", if there is one"),
                    _ => words,
                }
            }
            Self::TimesAWeek(1) => language.translate("once a week").to_string(),
            Self::TimesAWeek(2) => language.translate("twice a week").to_string(),
            Self::TimesAWeek(times) => language.fill("{times} times a week", &[("times", &times)]),
        }
    }
}

fn ordinal_ending(day: i8) -> &'static str {
    match day {
        11..=13 => "th",
        _ => match day % 10 {
            1 => "st",
            2 => "nd",
            3 => "rd",
            _ => "th",
        },
    }
}

fn weekdays_in_words(on: WeekdaySet, ending: &str, language: Language) -> String {
    let ending = if language == Language::English {
        ending
    } else {
        ""
    };
    let name = |day| format!("{}{ending}", language.translate(&format!("{day:?}")));
    let mut names: Vec<_> = on.iter().map(name).collect();
    match names.pop() {
        Some(last) if !names.is_empty() => {
            let first = names.join(", ");
            language.fill("{first} and {last}", &[("first", &first), ("last", &last)])
        }
        last => last.unwrap_or_default(),
    }
}
