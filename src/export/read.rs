//! Sessions read in again from JSON or JSON Lines: all of them, or everything that is wrong.

use serde_json::{Map, Value as Json};

use super::json::{FORMAT, LEDGER, fact_from_json, from_json, is_fact};
use crate::journal::format::{from_text, to_text};
use crate::journal::is_id;
use crate::ledger::Fact;
use crate::session::Session;
use crate::text::clean;

/// Something that is wrong with a text of sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportProblem {
    /// Where: a line, or a session.
    pub place: String,
    /// What.
    pub message: String,
}

/// One session as text is at most so long. A million words are less.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// What is in a text that an export has written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportedRecords {
    /// The sessions.
    pub sessions: Vec<Session>,
    /// What was said about promises.
    pub facts: Vec<Fact>,
}

/// What is in a text that an export has written, without what could steer a terminal.
///
/// # Errors
///
/// All that is wrong with it.
pub fn read(text: &str) -> Result<ImportedRecords, Vec<ImportProblem>> {
    let (mut records, mut problems) = (ImportedRecords::default(), Vec::new());
    for (place, value) in values(text) {
        let read = value.and_then(|value| match cleaned(value) {
            Json::Object(object) if is_fact(&object) => {
                fact(object).map(|fact| records.facts.push(fact))
            }
            Json::Object(object) => session(object).map(|session| records.sessions.push(session)),
            _ => Err("not a session".to_string()),
        });
        if let Err(message) = read {
            problems.push(ImportProblem { place, message });
        }
    }
    if problems.is_empty() {
        Ok(records)
    } else {
        Err(problems)
    }
}

/// Where a value stands, and the value or why there is none.
type SpannedJson = (String, Result<Json, String>);

/// The values in a text that should be sessions.
fn values(text: &str) -> Vec<SpannedJson> {
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    let first = lines.clone().next().map_or("", |(_, line)| line);
    // A session a line, where the first line is one whole object.
    match serde_json::from_str::<Map<String, Json>>(first) {
        Ok(object) if !object.contains_key(SESSIONS) => lines
            .map(|(number, line)| {
                let value = serde_json::from_str(line).map_err(|error| not_json(&error));
                (format!("line {}", number + 1), value)
            })
            .collect(),
        _ => document(text).unwrap_or_else(|(place, message)| vec![(place, Err(message))]),
    }
}

fn document(text: &str) -> Result<Vec<SpannedJson>, (String, String)> {
    if text.trim().is_empty() {
        return Err((String::from("the file"), String::from(EMPTY)));
    }
    let no_export = || (String::from("the file"), String::from(NOT_AN_EXPORT));
    let document: Json = serde_json::from_str(text).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        (place, not_json(&error))
    })?;
    let Json::Object(mut document) = document else {
        return Err(no_export());
    };
    let known = FORMAT.split('.').next();
    match document.get("format") {
        Some(Json::String(found)) if found.split('.').next() == known => {}
        Some(Json::String(found)) => {
            let message = format!("it has format {found}, but this program reads format {FORMAT}");
            return Err((String::from("the file"), message));
        }
        // A single session, set out over many lines.
        Some(Json::Number(_)) => return Ok(vec![(String::from("session 1"), Ok(document.into()))]),
        _ => return Err(no_export()),
    }
    let Some(Json::Array(sessions)) = document.remove(SESSIONS) else {
        return Err(no_export());
    };
    let facts = match document.remove(LEDGER) {
        None => Vec::new(),
        Some(Json::Array(facts)) => facts,
        Some(_) => return Err(no_export()),
    };
    let placed = |noun: &'static str, values: Vec<Json>| {
        let values = values.into_iter().enumerate();
        values.map(move |(at, value)| (format!("{noun} {}", at + 1), Ok(value)))
    };
    Ok(placed("session", sessions)
        .chain(placed("fact", facts))
        .collect())
}

fn fact(object: Map<String, Json>) -> Result<Fact, String> {
    let fact = fact_from_json(object).map_err(|error| error.to_string())?;
    is_name(&fact.id)?;
    Ok(fact)
}

fn is_name(id: &str) -> Result<(), String> {
    match is_id(id) {
        true => Ok(()),
        false => Err(format!("`id` should look like {SHAPE}, but is {id}")),
    }
}

fn session(object: Map<String, Json>) -> Result<Session, String> {
    if object.contains_key("short") && !object.contains_key("format") {
        return Err(A_LIST.to_string());
    }
    let session = from_json(object).map_err(|error| error.to_string())?;
    is_name(&session.id)?;
    let text = to_text(&session);
    if text.len() > MOST_BYTES {
        return Err(format!("it’s too large: more than {MOST_BYTES} bytes"));
    }
    // What would be saved must read as what came in.
    match from_text(&text) {
        Ok(back) if to_text(&back) == text => Ok(session),
        _ => Err("it would not be the same once it’s saved".to_string()),
    }
}

/// A value without what could steer a terminal or turn text around.
fn cleaned(value: Json) -> Json {
    match value {
        Json::String(text) => Json::String(clean(&text).into_owned()),
        Json::Array(values) => values.into_iter().map(cleaned).collect(),
        Json::Object(object) => {
            let pairs = object.into_iter();
            let pairs = pairs.map(|(key, value)| (clean(&key).into_owned(), cleaned(value)));
            Json::Object(pairs.collect())
        }
        other => other,
    }
}

fn not_json(error: &serde_json::Error) -> String {
    // The place is told before it.
    let message = error.to_string();
    let end = message.rfind(" at line ").unwrap_or(message.len());
    format!("not JSON: {}", message.get(..end).unwrap_or(&message))
}

const SHAPE: &str = "20261122T174501.032Z-9f3a61c2";
const SESSIONS: &str = "sessions";
const EMPTY: &str = "it’s empty";
const NOT_AN_EXPORT: &str = "not an export: it has no `format` and `sessions`";
const A_LIST: &str =
    "this is a line of a list, not a session; `trust-coach export` writes whole sessions";
