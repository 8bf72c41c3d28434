//! What a person gave at a step.

use serde::Serialize;

use crate::exercise::ValueShape;

/// What a person gave at a step.
#[derive(Clone, Debug, PartialEq)]
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
        }
    }

    /// The value as files have it.
    pub fn plain(&self) -> PlainValue<'_> {
        match self {
            Self::Text(text) | Self::Choice(text) | Self::Date(text) => PlainValue::Text(text),
            Self::Choices(ids) => PlainValue::Ids(ids),
            Self::Number(number) => PlainValue::Number(*number),
            Self::YesNo(yes) => PlainValue::YesNo(*yes),
        }
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
