//! Answers that a script brings: files in TOML or JSON of one shape, and single ones from the
//! command line; what is wrong with them; and such a file, to fill in or of what was just done.

pub mod batch;
mod check;
mod outline;
mod parse;
mod record;
pub mod rest;

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;

pub use check::{AnswerProblem, problems};
pub use outline::{to_fill_in, to_fill_in_json};
pub use record::record;

use crate::ask::Input;
use crate::error::{Error, Result};
use batch::ScriptedAnswer;

/// The newest answers format that this program reads, and the one that it writes.
const FORMAT: i64 = 1;

/// No answers file is read beyond this, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What a script brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The exercise they are for, where the file says so.
    pub exercise: Option<String>,
    /// The version of that exercise, where the file says so.
    pub version: Option<i64>,
    /// The seed of draws, where the file says so.
    pub seed: Option<u64>,
    /// The items to draw: step id (`id@2` for the second round) to item id.
    pub draws: BTreeMap<String, String>,
    /// The answers by step id, `id@2` for the second round.
    pub given: BTreeMap<String, ScriptedAnswer>,
    /// What stands in the place of an answer and is none, in the order of the file.
    pub faults: Vec<AnswerFault>,
}

/// A value that cannot be an answer to anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerFault {
    /// The answer's key.
    pub key: String,
    /// What would do, for people.
    pub message: String,
}

impl Answers {
    /// Reads an answers file; `-` is standard input.
    pub fn read(path: &Path) -> Result<Self> {
        let text = read_text(path)?;
        let folder = if is_stdin(path) { None } else { path.parent() };
        parse::parse(&text, &shown(path), folder.unwrap_or(Path::new("")))
    }

    /// Reads the text of an answers file, which errors call `name`.
    pub fn from_text(text: &str, name: &str) -> Result<Self> {
        parse::parse(text, name, Path::new(""))
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
        self.faults.retain(|fault| fault.key != key);
        self.given
            .insert(key.to_string(), ScriptedAnswer::Given(Input::Words(words)));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_on_the_command_line_can_be_empty_or_hold_an_equals_sign() {
        let words = |text: &str| ScriptedAnswer::Given(Input::Words(text.into()));
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
