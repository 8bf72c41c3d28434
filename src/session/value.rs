//! What a person gave at a step.

use jiff::civil::Date;
use serde::Serialize;

use crate::dates::{DayRule, day_in_words};
use crate::exercise::ValueShape;
use crate::text::language::Language;

/// What a person gave at a step.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Value {
    /// Free text (`write`, `draw`, `compose`).
    Text(String),
    /// The id of one option (`choose`); [`OTHER`](super::OTHER) when they typed their own, which is
    /// then the label.
    Choice(String),
    /// The ids of several options, in the order of the exercise (`pick`).
    Choices(Vec<String>),
    /// A number on a scale (`rate`).
    Number(i64),
    /// Yes or no (`confirm`).
    YesNo(bool),
    /// A day, `2026-12-01`, or a day and time with its zone,
    /// `2026-12-01T19:00:00+01:00[Europe/Berlin]` (`date`).
    Date(String),
    /// The days on which something is due, as [`DayRule`] writes itself (`promise`).
    Rule(String),
}

/// A value as files and other programs have it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum PlainValue<'v> {
    /// Text, an id or a date.
    Text(&'v str),
    /// Several ids.
    Ids(&'v [String]),
    /// A whole number.
    Number(i64),
    /// `true` or `false`.
    YesNo(bool),
}

impl Value {
    /// What sort of value it is.
    pub fn shape(&self) -> ValueShape {
        match self {
            Self::Text(_) => ValueShape::Text,
            Self::Choice(_) => ValueShape::Id,
            Self::Choices(_) => ValueShape::Ids,
            Self::Number(_) => ValueShape::Number,
            Self::YesNo(_) => ValueShape::YesNo,
            Self::Date(_) => ValueShape::Date,
            Self::Rule(_) => ValueShape::Rule,
        }
    }

    /// The value as files have it.
    pub fn plain(&self) -> PlainValue<'_> {
        match self {
            Self::Text(text) | Self::Choice(text) | Self::Date(text) | Self::Rule(text) => {
                PlainValue::Text(text)
            }
            Self::Choices(ids) => PlainValue::Ids(ids),
            Self::Number(number) => PlainValue::Number(*number),
            Self::YesNo(yes) => PlainValue::YesNo(*yes),
        }
    }

    /// The value in words as it’s given on a day, with the words of what was chosen where they are known.
    /// Nothing where nothing was picked.
    pub fn in_words(&self, label: Option<&str>, on: Date, language: Language) -> Option<String> {
        Some(match self {
            Self::Choices(ids) if ids.is_empty() => return None,
            Self::Choice(_) | Self::Choices(_) if label.is_some() => label?.to_string(),
            Self::Date(date) => date_in_words(date, language),
            Self::Rule(rule) => match rule.parse::<DayRule>() {
                Ok(rule) => rule.words_on(on, language),
                Err(_) => label.unwrap_or(rule).to_string(),
            },
            Self::YesNo(_) => language.translate(&self.plain().words(", ")).to_string(),
            value => value.plain().words(", "),
        })
    }

    /// Whether it is what a condition says.
    pub fn is(&self, wanted: &str) -> bool {
        match (self, self.plain()) {
            (Self::Text(text), _) => text.trim() == wanted.trim(),
            (Self::Date(date), _) => date.starts_with(wanted),
            (_, PlainValue::Text(id)) => id == wanted,
            (_, PlainValue::Ids(ids)) => matches!(ids, [id] if id == wanted),
            (_, PlainValue::Number(number)) => wanted.trim().parse() == Ok(number),
            (_, PlainValue::YesNo(yes)) => {
                matches!(
                    (yes, wanted),
                    (true, "true" | "yes") | (false, "false" | "no")
                )
            }
        }
    }
}

impl PlainValue<'_> {
    /// The words for it, those of several ids with `between` between them.
    pub fn words(self, between: &str) -> String {
        match self {
            Self::Text(text) => text.to_string(),
            Self::Ids(ids) => ids.join(between),
            Self::Number(number) => number.to_string(),
            Self::YesNo(yes) => String::from(if yes { "yes" } else { "no" }),
        }
    }
}

/// `2026-12-01` as `Tuesday 1 December 2026`, with the time behind it where there is one; anything
/// else as it is.
pub(super) fn date_in_words(date: &str, language: Language) -> String {
    let Some(day) = date
        .get(..10)
        .and_then(|day| day.parse::<jiff::civil::Date>().ok())
    else {
        return date.to_string();
    };
    let day = day_in_words(day, language);
    match date.get(11..16) {
        Some(time) if date.as_bytes()[10] == b'T' => {
            day + &language.fill(" at {time}", &[("time", &time)])
        }
        _ => day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_in_words() {
        assert_eq!(
            date_in_words("2026-12-01", Language::English),
            "Tuesday 1 December 2026"
        );
        assert_eq!(
            date_in_words(
                "2026-12-01T19:00:00+01:00[Europe/Berlin]",
                Language::English
            ),
            "Tuesday 1 December 2026 at 19:00"
        );
        assert_eq!(date_in_words("soon", Language::English), "soon");
        assert_eq!(
            date_in_words("2026-12-01T19:00:00+01:00[Europe/Berlin]", Language::German),
            "Dienstag, 1. Dezember 2026 um 19:00 Uhr"
        );
    }
}
