//! Answers that a script brings: files in TOML or JSON of one shape, and single ones from the
//! command line.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::error::{Error, Result};
use crate::prompt::Given;
use crate::prompt::batch::Scripted;

/// The newest answers format that this program reads.
const FORMAT: i64 = 1;

/// No answers file is read beyond this, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What a script brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The exercise they are for, where the file says so.
    pub exercise: Option<String>,
    /// The seed of draws, where the file says so.
    pub seed: Option<u64>,
    /// The answers by step id, `id@2` for the second round.
    pub given: BTreeMap<String, Scripted>,
}

impl Answers {
    /// Reads an answers file; `-` is standard input.
    pub fn read(path: &Path) -> Result<Self> {
        let text = read_text(path)?;
        let folder = if is_stdin(path) { None } else { path.parent() };
        parse(&text, &shown(path), folder.unwrap_or(Path::new("")))
    }

    /// Adds one answer from the command line, `key=value` or `key=@file`. Later ones win.
    pub fn add(&mut self, pair: &str) -> Result<()> {
        let Some((key, value)) = pair.split_once('=') else {
            return Err(
                Error::usage(format!("--answer {pair}: there is no `=` in it"))
                    .hint("write it as --answer KEY=VALUE, or --answer KEY=@FILE"),
            );
        };
        let words = match value.strip_prefix('@') {
            Some(file) => read_text(Path::new(file))?,
            None => value.to_string(),
        };
        self.given
            .insert(key.to_string(), Scripted::Given(Given::Words(words)));
        Ok(())
    }
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

fn shown(path: &Path) -> String {
    if is_stdin(path) {
        String::from("standard input")
    } else {
        path.display().to_string()
    }
}

fn read_text(path: &Path) -> Result<String> {
    let name = shown(path);
    let failed = |error: &io::Error| Error::failed(format!("could not read {name}")).because(error);
    let mut bytes = Vec::new();
    if is_stdin(path) {
        io::stdin()
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| failed(&error))?;
    } else {
        let file = std::fs::File::open(path).map_err(|error| failed(&error))?;
        file.take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| failed(&error))?;
    }
    if bytes.len() as u64 > LARGEST {
        return Err(Error::usage(format!("{name} is larger than 64 MiB"))
            .hint("answers are texts of your own; is this the right file?"));
    }
    String::from_utf8(bytes).map_err(|_| {
        Error::usage(format!("{name} is not text in UTF-8")).hint("is this the right file?")
    })
}

/// Reads the text of an answers file. `folder` is where `{ file = "…" }` looks.
fn parse(text: &str, name: &str, folder: &Path) -> Result<Answers> {
    let wrong = |message: String| Error::usage(format!("{name}: {message}")).hint(SHAPE);
    let root = if text.trim_start().starts_with('{') {
        serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?
    } else {
        let table: toml::Table = toml::from_str(text)
            .map_err(|error| wrong(error.to_string().trim_end().to_string()))?;
        json(toml::Value::Table(table))
    };
    let mut answers = Answers::default();
    for (key, value) in root.as_object().into_iter().flatten() {
        match (key.as_str(), value) {
            ("format", Json::Number(number)) if number.as_i64() == Some(FORMAT) => {}
            ("format", found) => {
                return Err(wrong(format!(
                    "it has format {found}, and {FORMAT} is the newest here"
                )));
            }
            ("exercise", Json::String(id)) => answers.exercise = Some(id.clone()),
            ("seed", Json::Number(seed)) if natural(seed).is_some() => answers.seed = natural(seed),
            ("answers", Json::Object(given)) => {
                for (key, value) in given {
                    let scripted = scripted(value, folder)
                        .map_err(|message| wrong(format!("answer `{key}`: {message}")))?;
                    answers.given.insert(key.clone(), scripted);
                }
            }
            ("exercise" | "seed" | "answers", _) => {
                return Err(wrong(format!("`{key}` has a value of another type")));
            }
            (key, _) if key.starts_with("x-") || key == "$schema" => {}
            (key, _) => return Err(wrong(format!("unknown key `{key}`"))),
        }
    }
    Ok(answers)
}

/// A seed as a session file can hold it.
fn natural(number: &serde_json::Number) -> Option<u64> {
    number
        .as_i64()
        .and_then(|number| u64::try_from(number).ok())
}

fn scripted(value: &Json, folder: &Path) -> Result<Scripted, String> {
    let words = |words: String| Ok(Scripted::Given(Given::Words(words)));
    match value {
        Json::String(text) => words(text.clone()),
        Json::Bool(yes) => words(String::from(if *yes { "yes" } else { "no" })),
        Json::Number(number) => words(number.to_string()),
        Json::Array(items) => {
            let items: Option<Vec<String>> = items.iter().map(plain).collect();
            let items = items.ok_or("a list holds option ids, labels or numbers")?;
            Ok(Scripted::Given(Given::Options(items)))
        }
        Json::Object(table) => match table.iter().next() {
            Some((key, Json::Bool(true))) if key == "skip" && table.len() == 1 => {
                Ok(Scripted::Skip)
            }
            Some((key, Json::String(file))) if key == "file" && table.len() == 1 => {
                let path: PathBuf = folder.join(file);
                words(read_text(&path).map_err(|error| error.message)?)
            }
            _ => Err(String::from(
                "a table is { skip = true } or { file = \"…\" }",
            )),
        },
        Json::Null => Err(String::from(
            "null is no answer; { \"skip\": true } leaves a step out",
        )),
    }
}

fn plain(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn json(value: toml::Value) -> Json {
    match value {
        toml::Value::String(text) => Json::String(text),
        toml::Value::Integer(number) => Json::from(number),
        toml::Value::Float(number) => Json::from(number),
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
const SHAPE: &str = "an answers file has an [answers] table with a line for each step id";

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Scripted {
        Scripted::Given(Given::Words(text.into()))
    }

    #[test]
    fn toml_and_json_have_one_shape() {
        let toml = "exercise = \"apology\"\nseed = 7\n[answers]\nact = \"I left.\"\n\
            \"act@2\" = 3\nagain = true\nday = 2026-12-01\nsigns = [\"a\", 2]\nnote = { skip = true }";
        let json = r#"{"exercise": "apology", "seed": 7, "answers": {"act": "I left.", "act@2": 3,
            "again": true, "day": "2026-12-01", "signs": ["a", 2], "note": {"skip": true}}}"#;
        let toml = parse(toml, "a.toml", Path::new("")).unwrap();
        assert_eq!(toml, parse(json, "a.json", Path::new("")).unwrap());
        assert_eq!(toml.seed, Some(7));
        assert_eq!(toml.given["act@2"], words("3"));
        assert_eq!(toml.given["again"], words("yes"));
        assert_eq!(toml.given["day"], words("2026-12-01"));
        assert_eq!(toml.given["note"], Scripted::Skip);
    }

    #[test]
    fn what_has_another_shape_is_refused_with_its_name() {
        let cases = [
            (
                "format = 2",
                "a.toml: it has format 2, and 1 is the newest here",
            ),
            ("[answer]\na = 1", "a.toml: unknown key `answer`"),
            (
                "{\"seed\": 9223372036854775808}",
                "a.toml: `seed` has a value of another type",
            ),
            (
                "answers = 3",
                "a.toml: `answers` has a value of another type",
            ),
            (
                "[answers]\na = { skip = false }",
                "a.toml: answer `a`: a table is",
            ),
            ("[answers]\na = [[1]]", "a.toml: answer `a`: a list holds"),
            (
                "{\"answers\": {\"a\": null}}",
                "a.toml: answer `a`: null is no answer",
            ),
            ("{", "a.toml: EOF"),
            ("[answers]\na = 1\na = 2", "a.toml: TOML parse error"),
        ];
        for (text, message) in cases {
            let error = parse(text, "a.toml", Path::new("")).unwrap_err();
            assert!(error.message.starts_with(message), "{}", error.message);
            assert_eq!(error.exit.code(), 2);
        }
    }

    #[test]
    fn an_answer_on_the_command_line_can_be_empty_or_hold_an_equals_sign() {
        let mut answers = Answers::default();
        answers.add("a=").unwrap();
        answers.add("b=1=2").unwrap();
        assert_eq!(
            (&answers.given["a"], &answers.given["b"]),
            (&words(""), &words("1=2"))
        );
        assert!(answers.add("c").is_err());
    }
}
