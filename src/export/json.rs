//! Sessions as JSON, with everything that their files hold: JSON that is read in again gives the
//! same file.
//!
//! A session is the table of its file. What TOML has and JSON has not stands in an object with the
//! one key `$toml`: `{"$toml": "1979-05-27"}` is a date without quotes, `{"$toml": "nan"}` a number.

use serde_json::{Map, Number, Value as Json};
use toml::{Table, Value as Toml};

use super::Exporter;
use crate::exercise::Exercise;
use crate::journal::Record;
use crate::journal::format::{FormatError, from_table, to_table};
use crate::ledger::Fact;
use crate::session::Session;
use crate::text::json::{line, nested, open_list};

/// The version of what is written: it only grows within a major number.
pub const FORMAT: &str = "1.0";

/// The key of a document under which facts are.
pub(super) const LEDGER: &str = "ledger";

/// The one key of an object that stands for what JSON has no word for.
const TOML: &str = "$toml";

/// One document: its format, the sessions in a list, and the facts in another where there are any.
#[derive(Debug, Default)]
pub struct Document {
    any: bool,
    in_facts: bool,
}

impl Exporter for Document {
    fn begin(&mut self) -> String {
        open_list(FORMAT, "sessions")
    }

    fn session(&mut self, session: &Session, _: Option<&Exercise>) -> String {
        let before = if self.any { "," } else { "" };
        self.any = true;
        format!("{before}\n    {}", nested(&to_json(session), 2))
    }

    fn fact(&mut self, fact: &Fact) -> String {
        let mut text = String::new();
        if !self.in_facts {
            text += if self.any { "\n  ]" } else { "]" };
            text += &format!(",\n  \"{LEDGER}\": [");
            (self.in_facts, self.any) = (true, false);
        }
        let before = if self.any { "," } else { "" };
        self.any = true;
        text + &format!("{before}\n    {}", nested(&object(&fact.to_table()), 2))
    }

    fn end(&mut self) -> String {
        let close = if self.any { "\n  ]" } else { "]" };
        format!("{close}\n}}\n")
    }
}

/// A session a line, then a fact a line.
#[derive(Debug)]
pub struct JsonLines;

impl Exporter for JsonLines {
    fn session(&mut self, session: &Session, _: Option<&Exercise>) -> String {
        line(&to_json(session))
    }

    fn fact(&mut self, fact: &Fact) -> String {
        line(&object(&fact.to_table()))
    }
}

/// A session as a JSON object.
pub fn to_json(session: &Session) -> Json {
    // What a session writes it can read; a session of somebody's test may not.
    let table = to_table(session).unwrap_or_default();
    object(&table)
}

/// The fact in a JSON object.
///
/// # Errors
///
/// A key is missing, or holds what it should not.
pub fn fact_from_json(object: Map<String, Json>) -> Result<Fact, FormatError> {
    // By way of its text, as a file would be read.
    let table = table(object)?;
    <Fact as Record>::from_text(&toml::to_string(&table).unwrap_or_default())
}

/// Whether an object is a fact and not a session.
pub fn is_fact(object: &Map<String, Json>) -> bool {
    object.contains_key("fact") && object.contains_key("about")
}

/// The session in a JSON object.
///
/// # Errors
///
/// A key is missing, or holds what it should not.
pub fn from_json(object: Map<String, Json>) -> Result<Session, FormatError> {
    from_table(table(object)?)
}

fn object(table: &Table) -> Json {
    let pairs = table.iter();
    Json::Object(
        pairs
            .map(|(key, value)| (key.clone(), json(value)))
            .collect(),
    )
}

fn json(value: &Toml) -> Json {
    match value {
        Toml::String(text) => Json::String(text.clone()),
        Toml::Integer(number) => Json::from(*number),
        Toml::Boolean(yes) => Json::Bool(*yes),
        Toml::Float(number) => {
            Number::from_f64(*number).map_or_else(|| literal(value), Json::Number)
        }
        Toml::Datetime(_) => literal(value),
        Toml::Array(values) => values.iter().map(json).collect(),
        // Else it would be taken for one of ours.
        Toml::Table(table) if is_ours(table.len(), table.keys()) => wrapped(object(table)),
        Toml::Table(table) => object(table),
    }
}

fn literal(value: &Toml) -> Json {
    wrapped(Json::String(value.to_string()))
}

fn wrapped(value: Json) -> Json {
    Json::Object(Map::from_iter([(TOML.to_string(), value)]))
}

fn is_ours<'k>(length: usize, mut keys: impl Iterator<Item = &'k String>) -> bool {
    length == 1 && keys.any(|key| key == TOML)
}

fn table(object: Map<String, Json>) -> Result<Table, FormatError> {
    let pairs = object.into_iter();
    pairs
        .map(|(key, value)| {
            let value = toml(value).map_err(|what| not_ours(&key, what))?;
            Ok((key, value))
        })
        .collect()
}

fn not_ours(key: &str, what: &str) -> FormatError {
    FormatError::Shape(format!("`{key}` holds {what}"))
}

fn toml(value: Json) -> Result<Toml, &'static str> {
    Ok(match value {
        Json::Null => return Err("null; leave the key out instead"),
        Json::Bool(yes) => Toml::Boolean(yes),
        Json::String(text) => Toml::String(text),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Toml::Integer(whole),
            (None, Some(float)) if !number.is_u64() => Toml::Float(float),
            _ => return Err("a number that is too large"),
        },
        Json::Array(values) => Toml::Array(values.into_iter().map(toml).collect::<Result<_, _>>()?),
        Json::Object(mut object) if is_ours(object.len(), object.keys()) => {
            match object.remove(TOML) {
                Some(Json::String(text)) => parsed(&text).ok_or("a $toml that is no value")?,
                Some(Json::Object(inner)) => Toml::Table(plain(inner)?),
                _ => return Err("a $toml that is no value"),
            }
        }
        Json::Object(object) => Toml::Table(plain(object)?),
    })
}

fn plain(object: Map<String, Json>) -> Result<Table, &'static str> {
    let pairs = object.into_iter();
    pairs.map(|(key, value)| Ok((key, toml(value)?))).collect()
}

/// A date or a number as TOML writes it.
fn parsed(text: &str) -> Option<Toml> {
    let table = format!("v = {text}").parse::<Table>().ok()?;
    match table.get("v") {
        Some(value @ (Toml::Datetime(_) | Toml::Float(_))) if table.len() == 1 => {
            Some(value.clone())
        }
        _ => None,
    }
}
