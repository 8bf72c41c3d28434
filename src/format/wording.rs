//! Words for messages about keys and values.

use toml::de::DeValue;

use super::key::{Key, Shape};
use super::read::SpannedValue;

impl Key {
    /// What the key is, for a help line.
    pub(super) fn doc_line(&self) -> String {
        format!("`{}`: {}", self.name, self.doc.trim_end_matches('.'))
    }
}

pub(super) fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

pub(super) fn takes(shape: &Shape) -> String {
    let words = match shape {
        Shape::Text | Shape::Line | Shape::LineOrNone | Shape::Day => "text",
        Shape::Id => "an id",
        Shape::OneOf(_) => "a word",
        Shape::Number(..) => "a whole number",
        Shape::Boolean => "true or false",
        Shape::Literal => "text, a number, true or false",
        Shape::LineOrNumber => "text or a number",
        Shape::List(Shape::Table(inner), _) => return format!("a list of {}s", bare(inner.what)),
        Shape::List(..) => "a list of texts",
        Shape::Tables(..) | Shape::Sections(_) => "a list of tables",
        Shape::Named(_) => "a table",
        Shape::NamedLists => "lists under names",
        Shape::Table(inner) => inner.what,
    };
    words.to_string()
}

fn bare(what: &str) -> &str {
    what.trim_start_matches("a ")
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
    shape: &Shape,
    value: &SpannedValue<'_>,
    text: &str,
) -> Option<String> {
    let written = text.get(value.span()).unwrap_or_default();
    let written = written.lines().next().unwrap_or_default();
    let simple = !matches!(value.get_ref(), DeValue::Array(_) | DeValue::Table(_));
    let inside = value.get_ref().as_str();
    match shape {
        Shape::OneOf(words) => Some(format!("it can be: {}", list(words.iter().copied()))),
        Shape::Text | Shape::Line | Shape::LineOrNone | Shape::Id if simple => {
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
        Shape::List(Shape::Table(_) | Shape::List(..), _) => None,
        Shape::List(..) if inside.is_some() => Some(format!("put it in brackets: {key} = [\"…\"]")),
        Shape::Table(inner) => Some(format!("write {key} = {}", inner.example)),
        _ => None,
    }
}
