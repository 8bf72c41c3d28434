//! Words for messages about keys and values.

use toml::de::DeValue;

use super::read::SpannedValue;
use crate::exercise::StepKind;
use crate::exercise::table::{self, FormatKey, KeyShape, TableKind};

impl FormatKey {
    /// What the key is, for a help line.
    pub(super) fn doc_line(&self) -> String {
        format!("`{}`: {}", self.name, self.doc.trim_end_matches('.'))
    }
}

/// The kinds of steps that have a key.
pub(super) fn homes(name: &str) -> Vec<&'static str> {
    let has = |kind| table::keys(TableKind::Step(kind)).any(|key| key.name == name);
    let kinds = StepKind::ALL.iter().filter(|(kind, _)| has(*kind));
    kinds.map(|(_, name)| *name).collect()
}

pub(super) fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

pub(super) fn takes(shape: KeyShape) -> &'static str {
    match shape {
        KeyShape::Text | KeyShape::Line => "text",
        KeyShape::Id => "an id",
        KeyShape::OneOf(_) => "a word",
        KeyShape::Number(..) => "a whole number",
        KeyShape::Boolean => "true or false",
        KeyShape::Literal => "text, a number, true or false",
        KeyShape::Answer => "an answer",
        KeyShape::List(KeyShape::Condition) => "a list of conditions",
        KeyShape::List(_) => "a list of texts",
        KeyShape::Tables(..) | KeyShape::Steps => "a list of tables",
        KeyShape::Named(_) => "a table",
        KeyShape::Condition => "a condition",
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
pub(super) fn mended(
    key: &str,
    shape: KeyShape,
    value: &SpannedValue<'_>,
    text: &str,
) -> Option<String> {
    let written = text.get(value.span()).unwrap_or_default();
    let written = written.lines().next().unwrap_or_default();
    let simple = !matches!(value.get_ref(), DeValue::Array(_) | DeValue::Table(_));
    let inside = value.get_ref().as_str();
    match shape {
        KeyShape::OneOf(words) => Some(format!("it is one of: {}", list(words.iter().copied()))),
        KeyShape::Text | KeyShape::Line | KeyShape::Id if simple => {
            Some(format!("put quotes around it: {key} = \"{written}\""))
        }
        KeyShape::Number(..) => {
            let number: i64 = inside?.trim().parse().ok()?;
            Some(format!("write it without quotes: {key} = {number}"))
        }
        KeyShape::Boolean => {
            let word = inside?.trim().to_lowercase();
            let on = matches!(word.as_str(), "true" | "yes" | "on");
            Some(format!("write it without quotes: {key} = {on}"))
        }
        KeyShape::List(KeyShape::Condition | KeyShape::List(_)) => None,
        KeyShape::List(_) if inside.is_some() => {
            Some(format!("put it in brackets: {key} = [\"…\"]"))
        }
        KeyShape::Condition => Some(format!("write {key} = {{ step = \"id\", is = \"…\" }}")),
        _ => None,
    }
}
