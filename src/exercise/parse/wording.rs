//! Words for messages about keys and values.

use toml::de::DeValue;

use super::read::Value;
use crate::exercise::Kind;
use crate::exercise::table::{self, Key, Place, Shape};

impl Key {
    /// What the key is, for a help line.
    pub(super) fn doc_line(&self) -> String {
        format!("`{}`: {}", self.name, self.doc.trim_end_matches('.'))
    }
}

/// The kinds of steps that have a key.
pub(super) fn homes(name: &str) -> Vec<&'static str> {
    let has = |kind| table::keys(Place::Step(kind)).any(|key| key.name == name);
    let kinds = Kind::ALL.iter().filter(|(kind, _)| has(*kind));
    kinds.map(|(_, name)| *name).collect()
}

pub(super) fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

pub(super) fn takes(shape: Shape) -> &'static str {
    match shape {
        Shape::Text | Shape::Line => "text",
        Shape::Id => "an id",
        Shape::OneOf(_) => "a word",
        Shape::Number(..) => "a whole number",
        Shape::Boolean => "true or false",
        Shape::Literal => "text, a number, true or false",
        Shape::Answer => "an answer",
        Shape::List(Shape::Condition) => "a list of conditions",
        Shape::List(_) => "a list of texts",
        Shape::Tables(..) | Shape::Steps => "a list of tables",
        Shape::Named(_) => "a table",
        Shape::Condition => "a condition",
    }
}

pub(super) fn found(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The line as it was probably meant.
pub(super) fn mended(key: &str, shape: Shape, value: &Value<'_>, text: &str) -> Option<String> {
    let written = text.get(value.span()).unwrap_or_default();
    let written = written.lines().next().unwrap_or_default();
    let simple = !matches!(value.get_ref(), DeValue::Array(_) | DeValue::Table(_));
    let inside = value.get_ref().as_str();
    match shape {
        Shape::OneOf(words) => Some(format!("it is one of: {}", list(words.iter().copied()))),
        Shape::Text | Shape::Line | Shape::Id if simple => {
            Some(format!("put quotes around it: {key} = \"{written}\""))
        }
        Shape::Number(..) => {
            let number: i64 = inside?.trim().parse().ok()?;
            Some(format!("write it without quotes: {key} = {number}"))
        }
        Shape::Boolean => {
            let word = inside?.trim().to_lowercase();
            let on = matches!(word.as_str(), "true" | "yes" | "on");
            Some(format!("write it without quotes: {key} = {on}"))
        }
        Shape::List(Shape::Condition | Shape::List(_)) => None,
        Shape::List(_) if inside.is_some() => Some(format!("put it in brackets: {key} = [\"…\"]")),
        Shape::Condition => Some(format!("write {key} = {{ step = \"id\", is = \"…\" }}")),
        _ => None,
    }
}
