//! Values out of the spanned tree. What is missing or has the wrong shape was reported before, so
//! here it is simply not there.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it stands.
pub(crate) type SpannedValue<'t> = Spanned<DeValue<'t>>;

/// A text as it is kept: with the line ends of every system made newlines.
pub(crate) fn text(table: &DeTable<'_>, key: &str) -> Option<String> {
    table.get(key).and_then(as_text)
}

/// The text of a value. A date of TOML's own is taken as it is written.
pub(crate) fn as_text(value: &SpannedValue<'_>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) if text.contains('\r') => Some(text.replace("\r\n", "\n")),
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Datetime(date) => Some(date.to_string()),
        _ => None,
    }
}

/// A whole number.
pub(crate) fn number(table: &DeTable<'_>, key: &str) -> Option<i64> {
    table.get(key).and_then(as_number)
}

/// The whole number of a value.
pub(crate) fn as_number(value: &SpannedValue<'_>) -> Option<i64> {
    let number = value.get_ref().as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// A number of things, where it is one.
pub(crate) fn count(table: &DeTable<'_>, key: &str) -> Option<u32> {
    number(table, key).and_then(|number| u32::try_from(number).ok())
}

/// Whether a switch is on; off when it is not there.
pub(crate) fn flag(table: &DeTable<'_>, key: &str) -> bool {
    table
        .get(key)
        .and_then(|value| value.get_ref().as_bool())
        .unwrap_or_default()
}

/// The values of a list, none when it is not there.
pub(crate) fn list<'a, 't>(table: &'a DeTable<'t>, key: &str) -> &'a [SpannedValue<'t>] {
    match table.get(key).map(Spanned::get_ref) {
        Some(DeValue::Array(values)) => values,
        _ => &[],
    }
}

/// The tables of a list of tables.
pub(crate) fn tables<'a, 't>(
    table: &'a DeTable<'t>,
    key: &str,
) -> impl Iterator<Item = &'a DeTable<'t>> {
    list(table, key)
        .iter()
        .filter_map(|value| value.get_ref().as_table())
}
