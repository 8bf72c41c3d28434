//! The text of an answers file, TOML or JSON, to [`Answers`].

use std::path::Path;

use serde_json::Value as Json;

use super::batch::ScriptedAnswer;
use super::file::{AnswerFault, Answers, FORMAT, QUOTED, read_text};
use crate::ask::Input;
use crate::error::{Error, Result};
use crate::session::{Partner, Partners};
use crate::text::position::line_of;
use crate::text::structure::{MOST_VALUES, is_overfull};
use crate::text::unique::UniqueJson;
use crate::text::{clean_name, first_words};

/// Reads the text of an answers file. `name` is how errors call it, `folder` where
/// `{ file = "…" }` looks. A value that is no answer is not an error yet: it is kept as a fault,
/// to be told with every other problem.
pub(super) fn parse(text: &str, name: &str, folder: &Path) -> Result<Answers> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let wrong = |message: String| Error::usage(format!("{name}: {message}")).hint(SHAPE);
    if is_overfull(text) {
        return Err(wrong(format!("it holds more than {MOST_VALUES} values")));
    }
    let root = if text.trim_start().starts_with('{') {
        let read: Result<UniqueJson, _> = serde_json::from_str(text);
        read.map_err(|error| wrong(error.to_string()))?.0
    } else {
        toml::from_str(text)
            .map(|table| json(toml::Value::Table(table)))
            .map_err(|error| wrong(toml_error(text, &error)))?
    };
    let mut answers = Answers::default();
    for (key, value) in root.as_object().into_iter().flatten() {
        match (key.as_str(), value) {
            ("format", Json::Number(number)) if number.as_i64() == Some(FORMAT) => {}
            ("format", found) => {
                return Err(wrong(format!(
                    "it has format {}, but this program only knows formats up to {FORMAT}",
                    first_words(&found.to_string(), QUOTED)
                )));
            }
            ("exercise", Json::String(id)) => answers.exercise = Some(id.clone()),
            ("version", Json::Number(version)) if version.is_i64() => {
                answers.version = version.as_i64();
            }
            ("seed", Json::Number(seed)) if seed.as_i64().is_some_and(|seed| seed >= 0) => {
                answers.seed = seed.as_u64();
            }
            ("draws", Json::Object(draws)) => {
                for (key, item) in draws {
                    let item = item.as_str().ok_or_else(|| {
                        wrong(format!("draw `{}`: name an item by its id", quoted(key)))
                    })?;
                    answers.draws.insert(key.clone(), item.to_string());
                }
            }
            ("answers", Json::Object(given)) => {
                for (key, value) in given {
                    match person_table(key, value) {
                        Some(own) => own.iter().for_each(|(own, value)| {
                            answers.insert(&format!("{key}:{own}"), value, folder);
                        }),
                        None => answers.insert(key, value, folder),
                    }
                }
            }
            ("names", names) => {
                let names = names_in(names).ok_or_else(|| wrong(String::from(NAMES)))?;
                if names.are_alike() {
                    return Err(wrong(String::from(ALIKE)));
                }
                answers.names = Some(names);
            }
            ("exercise" | "version" | "seed" | "draws" | "answers", _) => {
                return Err(wrong(format!("`{key}` has a value of another type")));
            }
            (key, _) if key.starts_with("x-") || key == "$schema" => {}
            (key, _) => return Err(wrong(format!("unknown key `{}`", quoted(key)))),
        }
    }
    Ok(answers)
}

/// The answers of one of two people, below `[answers.a]` or `[answers.b]`.
fn person_table<'j>(key: &str, value: &'j Json) -> Option<&'j serde_json::Map<String, Json>> {
    Partner::from_id(key)?;
    let table = value.as_object()?;
    let is_answer = table.len() == 1 && ["skip", "file"].iter().any(|key| table.contains_key(*key));
    (!is_answer).then_some(table)
}

fn names_in(names: &Json) -> Option<Partners> {
    let is_pair = names.as_object().is_some_and(|names| names.len() == 2);
    is_pair.then_some(())?;
    let name = |partner: Partner| clean_name(names.get(partner.id())?.as_str()?);
    Some(Partners {
        a: name(Partner::A)?,
        b: name(Partner::B)?,
    })
}

/// A key as an error names it.
fn quoted(key: &str) -> String {
    first_words(key, QUOTED)
}

/// Where the mistake is, and what it is, without the words around it: they can be private.
fn toml_error(text: &str, error: &toml::de::Error) -> String {
    let span = error.span().unwrap_or_default();
    let line = line_of(text, span.start);
    match (error.message(), text.get(span)) {
        ("duplicate key", Some(key)) => {
            let key = quoted(key.trim_matches(['"', '\'']));
            format!("the key `{key}` is there twice, at line {line}")
        }
        (message, _) => format!("{} at line {line}", first_words(message, QUOTED)),
    }
}

impl Answers {
    fn insert(&mut self, key: &str, value: &Json, folder: &Path) {
        match scripted(value, folder) {
            Ok(Some(_)) if self.given.contains_key(key) => {
                let (person, id) = key.split_once(':').unwrap_or_default();
                let message = format!("it’s there twice, as `{key}` and as `{id}` of {person}");
                self.faults.push(AnswerFault::twice(key, message));
            }
            Ok(Some(scripted)) => {
                self.given.insert(key.to_string(), scripted);
            }
            Ok(None) => {}
            Err(message) => self.faults.push(AnswerFault {
                code: "no-answer",
                key: key.to_string(),
                message,
            }),
        }
    }
}

/// What a value gives; nothing where it is `null`, a place to be filled in.
fn scripted(value: &Json, folder: &Path) -> Result<Option<ScriptedAnswer>, String> {
    let given = |input| Ok(Some(ScriptedAnswer::Given(input)));
    match value {
        Json::Null => Ok(None),
        Json::Object(table) => match table.iter().next() {
            Some((key, Json::Bool(true))) if key == "skip" && table.len() == 1 => {
                Ok(Some(ScriptedAnswer::Skip))
            }
            Some((key, Json::String(file))) if key == "file" && table.len() == 1 => {
                if file == "-" {
                    return Err(String::from("standard input is no file"));
                }
                let text = read_text(&folder.join(file)).map_err(|error| in_one_line(&error))?;
                given(Input::Words(text))
            }
            _ => Err(String::from(
                "a table is { skip = true } or { file = \"…\" }",
            )),
        },
        value => given(Input::of_json(value)?),
    }
}

fn in_one_line(error: &Error) -> String {
    let parts = std::iter::once(&error.message).chain(&error.causes);
    parts.map(String::as_str).collect::<Vec<_>>().join(": ")
}

fn json(value: toml::Value) -> Json {
    match value {
        toml::Value::String(text) => Json::String(text),
        toml::Value::Integer(number) => Json::from(number),
        // Neither an endless number nor none at all is in JSON, and neither is a place to be filled in.
        toml::Value::Float(number) => serde_json::Number::from_f64(number)
            .map_or_else(|| Json::String(number.to_string()), Json::Number),
        toml::Value::Boolean(yes) => Json::Bool(yes),
        toml::Value::Datetime(date) => Json::String(date.to_string()),
        toml::Value::Array(items) => Json::Array(items.into_iter().map(json).collect()),
        toml::Value::Table(table) => Json::Object(
            table
                .into_iter()
                .map(|(key, value)| (key, json(value)))
                .collect(),
        ),
    }
}

// Texts for people.
const ALIKE: &str = "both of `names` are the same; add something, so it’s clear who is meant";
const NAMES: &str = "`names` is { a = \"…\", b = \"…\" }";
const SHAPE: &str = "`trust-coach answers EXERCISE` prints a file ready to fill in";

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> ScriptedAnswer {
        ScriptedAnswer::Given(Input::Words(text.into()))
    }

    #[test]
    fn toml_and_json_have_one_shape() {
        let toml = "exercise = \"apology\"\nversion = 2\nseed = 7\n[draws]\n\"scene@2\" = \"rain\"\n\
            [answers]\nact = \"I left.\"\n\"act@2\" = 3\nagain = true\nday = 2026-12-01\n\
            signs = [\"a\", 2]\nnote = { skip = true }";
        let json = r#"{"exercise": "apology", "version": 2, "seed": 7, "draws": {"scene@2": "rain"},
            "answers": {"act": "I left.", "act@2": 3, "again": true, "day": "2026-12-01",
            "signs": ["a", 2], "note": {"skip": true}, "later": null}}"#;
        let toml = parse(toml, "a.toml", Path::new("")).unwrap();
        assert_eq!(toml, parse(json, "a.json", Path::new("")).unwrap());
        assert_eq!((toml.seed, toml.version), (Some(7), Some(2)));
        assert_eq!(toml.draws["scene@2"], "rain");
        assert_eq!(toml.given["act@2"], words("3"));
        let again = ScriptedAnswer::Given(Input::YesNo(true));
        assert_eq!(toml.given["again"], again);
        assert_eq!(toml.given["day"], words("2026-12-01"));
        assert_eq!(toml.given["note"], ScriptedAnswer::Skip);
        let endless = parse("[answers]\na = inf\nb = nan", "a.toml", Path::new("")).unwrap();
        assert_eq!(endless.given["a"], words("inf"));
        assert_eq!(endless.given.len(), 2);
    }

    #[test]
    fn what_has_another_shape_is_refused_with_its_name() {
        let cases = [
            (
                "format = 2",
                "a.toml: it has format 2, but this program only knows formats up to 1",
            ),
            ("[answer]\na = 1", "a.toml: unknown key `answer`"),
            (
                "answers = 3",
                "a.toml: `answers` has a value of another type",
            ),
            ("seed = -1", "a.toml: `seed` has a value of another type"),
            (
                "{\"seed\": 18446744073709551615}",
                "a.toml: `seed` has a value of another type",
            ),
            ("[draws]\na = 1", "a.toml: draw `a`: name an item by its id"),
            ("{", "a.toml: EOF"),
            (
                "[answers]\na = 1\n\n\"a\" = 2",
                "a.toml: the key `a` is there twice, at line 4",
            ),
            (
                "{\"answers\": {\"a\": 1,\n\"a\": 2}}",
                "a.toml: the key `a` is there twice, at line 2 column 3",
            ),
            (
                "names = { a = \"Mo\", b = \"Il\", c = \"X\" }",
                "a.toml: `names` is { a = \"…\", b = \"…\" }",
            ),
            (
                "{\"answers\": {}, \"answers\": {}}",
                "a.toml: the key `answers` is there twice,",
            ),
        ];
        for (text, message) in cases {
            let error = parse(text, "a.toml", Path::new("")).unwrap_err();
            assert!(error.message.starts_with(message), "{}", error.message);
            assert_eq!(error.exit.code(), 2);
        }
    }

    #[test]
    fn values_that_are_no_answers_are_all_kept_to_be_told() {
        let text = "[answers]\na = { skip = false }\nb = [[1]]\nc = { file = \"none\" }\nd = 1";
        let answers = parse(text, "a.toml", Path::new("")).unwrap();
        let keys: Vec<&str> = answers.faults.iter().map(|f| f.key.as_str()).collect();
        assert_eq!(keys, ["a", "b", "c"]);
        assert!(answers.faults[2].message.contains("could not read none"));
        assert_eq!(answers.given.len(), 1);
    }

    #[test]
    fn an_error_is_short_however_long_the_file_is() {
        let long = "a".repeat(1 << 20);
        for text in [
            long.clone(),
            format!("{long} = 1"),
            format!("{{\"answers\": {{\"{long}\": 1, \"{long}\": 2}}}}"),
            format!("[answers]\n{long} = 1\n{long} = 2"),
            format!("format = \"{long}\""),
            "[".repeat(1 << 20),
            format!("a = {}", "[".repeat(1 << 20)),
            format!("{{\"answers\": {}", "[".repeat(1 << 20)),
        ] {
            let error = parse(&text, "a.toml", Path::new("")).unwrap_err();
            assert!(error.message.len() < 300, "{}", error.message.len());
        }
    }
}
