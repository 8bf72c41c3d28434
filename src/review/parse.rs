//! Reads a rules file that may be wrong: all of it with TOML's own parser.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::file::{File, Line, Section, Value};

/// The file, where nothing in it is wrong.
pub(super) fn whole(text: &str) -> Option<File> {
    let tree = DeTable::parse(text).ok()?;
    let mut file = File::default();
    table(&mut file, Section::Top, "", tree.get_ref())?;
    Some(file)
}

/// Puts all keys of a table in their places.
fn table(file: &mut File, section: Section, path: &str, table_: &DeTable<'_>) -> Option<()> {
    for (key, value) in table_ {
        let key = key.get_ref().as_ref();
        match (section, key, value.get_ref()) {
            (Section::Top, "lists", DeValue::Table(inner)) => {
                table(file, Section::Lists, "", inner)?;
            }
            (Section::Top, "same", DeValue::Table(inner)) => {
                table(file, Section::Same, "", inner)?;
            }
            (Section::Rule, "examples", DeValue::Table(inner)) => {
                table(file, section, "examples.", inner)?;
            }
            (Section::Top, "rule", DeValue::Array(rules)) => {
                tables(file, Section::Rule, rules)?;
            }
            (Section::Rule, "case", DeValue::Array(cases)) => {
                tables(file, Section::Case, cases)?;
            }
            _ => {
                let key = Line::Owned(format!("{path}{key}"));
                file.set(section, key, scalar(value)?)?;
            }
        }
    }
    Some(())
}

fn tables(file: &mut File, section: Section, values: &[Spanned<DeValue<'_>>]) -> Option<()> {
    for value in values {
        file.begin(section);
        table(file, section, "", value.get_ref().as_table()?)?;
    }
    Some(())
}

fn scalar(value: &Spanned<DeValue<'_>>) -> Option<Value> {
    let line = |value: &Spanned<DeValue<'_>>| {
        let text = value.get_ref().as_str()?;
        Some(Line::Owned(text.to_string()))
    };
    match value.get_ref() {
        DeValue::String(_) => line(value).map(Value::Text),
        DeValue::Array(values) => {
            let texts: Option<Vec<Line>> = values.iter().map(line).collect();
            texts.map(Value::List)
        }
        DeValue::Integer(number) => number.as_str().parse().ok().map(Value::Number),
        DeValue::Boolean(flag) => Some(Value::Flag(*flag)),
        _ => None,
    }
}
