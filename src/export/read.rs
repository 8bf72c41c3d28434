//! Sessions read in again from JSON or JSON Lines: all of them, or everything that is wrong.

use serde::de::Error as _;
use serde_json::{Map, Value as Json};

use super::json::{FORMAT, LEDGER, fact_from_json, from_json, is_fact};
use crate::journal::format::{from_text, to_text};
use crate::journal::{Record, is_id};
use crate::ledger::Fact;
use crate::session::Session;
use crate::text::clean;
use crate::text::structure::is_overfull;
use crate::text::unique::UniqueJson;

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

/// A file has at most so many records: more than ten a day for ten years.
const MOST_RECORDS: usize = 50_000;

/// What is in a text that an export has written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportedRecords {
    /// The sessions.
    pub sessions: Vec<Session>,
    /// What was said about promises.
    pub facts: Vec<Fact>,
}

/// So many problems end the reading: whoever has more mends the first of them.
pub const MOST_PROBLEMS: usize = 1000;

/// What is in a text that an export has written, without what could steer a terminal.
///
/// # Errors
///
/// What is wrong with it: all of it, up to [`MOST_PROBLEMS`].
pub fn read(text: String) -> Result<ImportedRecords, Vec<ImportProblem>> {
    read_by(text, true)
}

/// The same, also where a record says what can't be.
#[cfg(test)]
pub(super) fn read_any(text: String) -> Result<ImportedRecords, Vec<ImportProblem>> {
    read_by(text, false)
}

fn read_by(text: String, checks: bool) -> Result<ImportedRecords, Vec<ImportProblem>> {
    let mut reading = ImportReading {
        checks,
        ..ImportReading::default()
    };
    if has_a_record_a_line(&text) {
        let lines = text.lines().enumerate();
        for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let value = value(line).map_err(|error| not_json(&error));
            if !reading.add(|| format!("line {}", number + 1), value) {
                break;
            }
        }
    } else {
        match document(&text) {
            Ok(values) => {
                // The values hold all of it by now.
                drop(text);
                for (place, value) in values {
                    if !reading.add(|| place.clone(), Ok(value)) {
                        break;
                    }
                }
            }
            Err((place, message)) => reading.problems.push(ImportProblem { place, message }),
        }
    }
    if reading.problems.is_empty() {
        Ok(reading.records)
    } else {
        Err(reading.problems)
    }
}

/// What was read so far.
#[derive(Default)]
struct ImportReading {
    records: ImportedRecords,
    problems: Vec<ImportProblem>,
    /// Whether what `doctor` would name is a problem.
    checks: bool,
}

impl ImportReading {
    /// Takes a value in. False where there are problems enough.
    fn add(&mut self, place: impl Fn() -> String, value: Result<Json, String>) -> bool {
        let records = &mut self.records;
        if records.sessions.len() + records.facts.len() == MOST_RECORDS {
            let (place, message) = (place(), format!("{TOO_MANY} {MOST_RECORDS}"));
            self.problems.push(ImportProblem { place, message });
            self.records = ImportedRecords::default();
            return false;
        }
        let checks = self.checks;
        let value = value.and_then(|value| match checks {
            true => without_nul(value),
            false => Ok(value),
        });
        let read = value.and_then(|value| match cleaned(value) {
            Json::Object(object) if is_fact(&object) => fact(object)
                .and_then(|fact| can_be(fact, checks))
                .map(|fact| records.facts.push(fact)),
            Json::Object(object) => session(object)
                .and_then(|session| can_be(session, checks))
                .map(|session| records.sessions.push(session)),
            _ => Err("not a session".to_string()),
        });
        if let Err(message) = read {
            let place = place();
            self.problems.push(ImportProblem { place, message });
        }
        if !self.problems.is_empty() {
            // Behind a problem nothing is kept: nothing will be written.
            self.records = ImportedRecords::default();
        }
        self.problems.len() < MOST_PROBLEMS
    }
}

/// Whether each line is a record: the first one is a whole object, and no export of many.
fn has_a_record_a_line(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let is_record = |value: Json| {
        value
            .as_object()
            .is_some_and(|it| !it.contains_key(SESSIONS))
    };
    first.is_some_and(|line| value(line).is_ok_and(is_record))
}

/// A value of JSON, where it isn't too much to take in.
fn value(text: &str) -> Result<Json, serde_json::Error> {
    if is_overfull(text) {
        return Err(serde_json::Error::custom(TOO_MUCH));
    }
    serde_json::from_str::<UniqueJson>(text).map(|it| it.0)
}

/// The records of an export that is one document, each with its place; or where something is wrong,
/// and what.
fn document(text: &str) -> Result<Vec<(String, Json)>, (String, String)> {
    if text.trim().is_empty() {
        return Err((String::from("the file"), String::from(EMPTY)));
    }
    let no_export = || (String::from("the file"), String::from(NOT_AN_EXPORT));
    let document: Json = value(text).map_err(|error| {
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
        Some(Json::Number(_)) => return Ok(vec![(String::from("session 1"), document.into())]),
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
        values.map(move |(at, value)| (format!("{noun} {}", at + 1), value))
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

/// A record, unless it says what `doctor` would name.
fn can_be<R: Record>(record: R, checks: bool) -> Result<R, String> {
    let mut odd = match checks {
        true => record.contradictions(),
        false => Vec::new(),
    };
    let id = record.id();
    let is_time = |time: &str| time.parse::<jiff::civil::DateTime>().is_ok();
    if checks && !id.get(.."20261122T174501".len()).is_some_and(is_time) {
        odd.push(format!(
            "`id` begins with a time that isn’t in the calendar: {id}"
        ));
    }
    match odd.is_empty() {
        true => Ok(record),
        false => Err(odd.join("; ")),
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

/// A value, unless a text in it has a character that no file of ours can hold.
fn without_nul(value: Json) -> Result<Json, String> {
    fn has_nul(value: &Json) -> bool {
        match value {
            Json::String(text) => text.contains('\0'),
            Json::Array(values) => values.iter().any(has_nul),
            Json::Object(object) => object
                .iter()
                .any(|(key, one)| key.contains('\0') || has_nul(one)),
            _ => false,
        }
    }
    match has_nul(&value) {
        true => Err(NUL.to_string()),
        false => Ok(value),
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
    let message = message.get(..end).unwrap_or(&message);
    format!("not JSON: {}", message.trim_end_matches(','))
}

const NUL: &str = "a text in it has the character U+0000, which can’t be saved";
const SHAPE: &str = "20261122T174501.032Z-9f3a61c2";
const SESSIONS: &str = "sessions";
const TOO_MANY: &str = "split the file: it has more records than";
const TOO_MUCH: &str = "it holds too much at once; export it in parts, or as JSON Lines";
const EMPTY: &str = "it’s empty";
const NOT_AN_EXPORT: &str = "not an export: it has no `format` and `sessions`";
const A_LIST: &str =
    "this is a line of a list, not a session; `trust-coach export` writes whole sessions";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::session;

    #[test]
    fn more_records_than_anybody_writes_are_refused_before_they_fill_the_memory() {
        let mut reading = ImportReading::default();
        reading.records.sessions = vec![session("s"); MOST_RECORDS];
        assert!(!reading.add(|| String::from("line 50001"), Ok(Json::Null)));
        assert_eq!(reading.records, ImportedRecords::default());
        assert_eq!(reading.problems[0].place, "line 50001");
        assert!(reading.problems[0].message.ends_with("than 50000"));
    }
}
