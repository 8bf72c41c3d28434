//! Values out of the spanned tree. What is missing or has the wrong shape was reported before, so
//! here it is simply not there.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::exercise::table::KEYS;
use crate::exercise::{ExerciseHead, Source, Strategy, Template};

/// A value and where it stands.
pub(super) type SpannedValue<'t> = Spanned<DeValue<'t>>;

/// The value of a key of the format; a key that the table of keys does not have would never be
/// there.
fn get<'a, 't>(table: &'a DeTable<'t>, key: &str) -> Option<&'a SpannedValue<'t>> {
    debug_assert!(KEYS.iter().any(|known| known.name == key), "{key}");
    table.get(key)
}

/// A text as it is kept: with the line ends of every system made newlines.
pub(super) fn text(table: &DeTable<'_>, key: &str) -> Option<String> {
    get(table, key).and_then(as_text)
}

/// The text of a value. A date of TOML's own is taken as it is written.
pub(super) fn as_text(value: &SpannedValue<'_>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) if text.contains('\r') => Some(text.replace("\r\n", "\n")),
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Datetime(date) => Some(date.to_string()),
        _ => None,
    }
}

/// A whole number.
pub(super) fn number(table: &DeTable<'_>, key: &str) -> Option<i64> {
    get(table, key).and_then(as_number)
}

/// The whole number of a value.
pub(super) fn as_number(value: &SpannedValue<'_>) -> Option<i64> {
    let number = value.get_ref().as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// A number of things, where it is one.
pub(super) fn count(table: &DeTable<'_>, key: &str) -> Option<u32> {
    number(table, key).and_then(|number| u32::try_from(number).ok())
}

/// Whether a switch is on; off when it is not there.
pub(super) fn flag(table: &DeTable<'_>, key: &str) -> bool {
    get(table, key)
        .and_then(|value| value.get_ref().as_bool())
        .unwrap_or_default()
}

/// The values of a list, none when it is not there.
pub(super) fn list<'a, 't>(table: &'a DeTable<'t>, key: &str) -> &'a [SpannedValue<'t>] {
    match get(table, key).map(Spanned::get_ref) {
        Some(DeValue::Array(values)) => values,
        _ => &[],
    }
}

/// The tables of a list of tables.
pub(super) fn tables<'a, 't>(
    table: &'a DeTable<'t>,
    key: &str,
) -> impl Iterator<Item = &'a DeTable<'t>> {
    list(table, key)
        .iter()
        .filter_map(|value| value.get_ref().as_table())
}

/// A text that may quote answers; what is wrong with its braces is checked where it matters.
pub(super) fn template(table: &DeTable<'_>, key: &str) -> Option<Template> {
    text(table, key).map(|text| Template::parse(&text).0)
}

/// What a list shows.
pub(super) fn head(id: &str, root: &DeTable<'_>) -> ExerciseHead {
    let line = |key| text(root, key).unwrap_or_default();
    ExerciseHead {
        id: id.to_string(),
        version: number(root, "version").unwrap_or(1),
        lang: text(root, "lang").unwrap_or_else(|| String::from("en")),
        title: line("title"),
        strategy: Strategy::from_id(&line("strategy")).unwrap_or(Strategy::Communication),
        minutes: number(root, "minutes").unwrap_or_default(),
        summary: line("summary"),
        gate: text(root, "gate").is_some(),
        tags: list(root, "tags").iter().filter_map(as_text).collect(),
        pack: None,
    }
}

/// What the exercise rests on.
pub(super) fn sources(root: &DeTable<'_>) -> Vec<Source> {
    tables(root, "sources")
        .map(|source| {
            let line = |key| text(source, key).unwrap_or_default();
            Source {
                author: line("author"),
                year: number(source, "year").unwrap_or_default(),
                title: line("title"),
                doi: text(source, "doi"),
                address: text(source, "address"),
                supports: line("supports"),
                strength: line("strength"),
            }
        })
        .collect()
}
