//! What an answer is read as, and the reading of a day and a rule for days.

use std::fmt::Display;

use crate::ask::Rejection;
use crate::dates::{self, DateFault, DayRule, LocalDay, WhenReading};
use crate::session::Value;
use crate::text::language::Language;

/// A value, and the words of what was chosen.
#[derive(Debug, PartialEq)]
pub(super) struct ReadValue {
    pub value: Value,
    pub label: Option<String>,
}

impl From<Value> for ReadValue {
    fn from(value: Value) -> Self {
        Self { value, label: None }
    }
}

/// Why an answer will not do.
pub(super) fn reject(code: &'static str, message: impl Into<String>) -> Rejection {
    Rejection {
        code,
        message: message.into(),
    }
}

/// A day, or a day and a time.
pub(super) fn date(
    words: &str,
    today: &LocalDay,
    language: Language,
) -> Result<ReadValue, Rejection> {
    match dates::read(&language.typed(words), today) {
        Ok(date) => Ok(Value::Date(date).into()),
        Err(DateFault::LeftOut) => Err(reject("no-date", language.translate(LEFT_OUT))),
        Err(DateFault::Unread) => Err(reject(
            "no-date",
            language.fill(
                "Please type a day, such as {examples}.",
                &[("examples", &language.translate(dates::EXAMPLES))],
            ),
        )),
    }
}

/// A rule for days. Without an end it will do where one is known from elsewhere.
pub(super) fn rule(
    words: &str,
    end_is_known: bool,
    today: &LocalDay,
    language: Language,
) -> Result<ReadValue, Rejection> {
    let words = &language.typed(words);
    let stored = words.trim().parse::<DayRule>().map(WhenReading::Rule);
    let read = stored.or_else(|_| dates::read_when(words, today.date, &today.zone));
    match read {
        Ok(WhenReading::Rule(rule)) if rule.until().is_none() && !end_is_known => {
            Err(no_end(&rule, language))
        }
        Ok(WhenReading::Rule(rule)) => Ok(rule_value(&rule, language)),
        Ok(WhenReading::MonthEnd { day, last, exact }) => {
            let (last, exact) = (last.words_in(language), exact.words_in(language));
            let values: [(&str, &dyn Display); 3] =
                [("day", &day), ("last", &last), ("exact", &exact)];
            Err(reject("no-rule", language.fill(NOT_EVERY_MONTH, &values)))
        }
        // What it stumbled over is said in the English words that were read.
        Err(problem) if language == Language::English => {
            Err(reject("no-rule", problem.to_string()))
        }
        Err(_) => Err(reject("no-rule", language.translate(NO_RULE))),
    }
}

pub(super) fn rule_value(rule: &DayRule, language: Language) -> ReadValue {
    ReadValue {
        value: Value::Rule(rule.to_string()),
        label: Some(rule.words_in(language)),
    }
}

pub(super) fn no_end(rule: &DayRule, language: Language) -> Rejection {
    let words = rule.words_in(language);
    reject("no-end", language.fill(NO_END, &[("words", &words)]))
}

// Texts for people.
const LEFT_OUT: &str =
    "On that day the clocks leave that time out. Please type an earlier or a later one.";
const NOT_EVERY_MONTH: &str = "Not every month has day {day}. You can type: {last}; or: {exact}.";
const NO_RULE: &str = "I can’t tell which days that means. You can type: each monday and \
    thursday for 2 weeks, weekdays until friday, once on friday, or no.";
const NO_END: &str =
    "Until when? A week or two is long enough: {words} for 2 weeks, {words} until friday.";
