//! Answers that a script brings: files in TOML or JSON of one shape, and single ones from the
//! command line; what is wrong with them; and such a file, to fill in or of what was just done.

pub mod batch;
mod check;
mod file;
mod outline;
mod parse;
mod record;
pub mod rest;
mod settled;

use std::collections::BTreeMap;
use std::path::Path;

pub use check::{AnswerProblem, problems};
pub use file::{AnswerFault, Answers};
pub use outline::{to_fill_in, to_fill_in_json};
pub use record::record;
pub use settled::{settled, settled_otherwise};

use crate::ask::Input;
use crate::error::{Error, Result};
use crate::text::first_words;
use batch::ScriptedAnswer;
use file::{QUOTED, is_stdin, read_text, shown};

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

    /// Adds answers from the command line, each `key=value` or `key=@file`. They win over those of a file;
    /// of two for one step neither can be the one that's meant.
    pub fn add(&mut self, pairs: &[String]) -> Result<()> {
        let mut added: BTreeMap<&str, &str> = BTreeMap::new();
        for pair in pairs {
            let Some((key, value)) = pair.split_once('=') else {
                return Err(Error::usage(format!("--answer {pair}: it has no `=`"))
                    .hint("write it as --answer KEY=VALUE, or --answer KEY=@FILE"));
            };
            let key = key.trim();
            let given = |words| ScriptedAnswer::Given(Input::Words(words));
            let answer = match value.strip_prefix('@') {
                Some("") => {
                    let error = Error::usage(format!("--answer {pair}: no file is named"));
                    return Err(error.hint("write it as --answer KEY=@FILE"));
                }
                Some(file) => given(read_text(Path::new(file))?),
                None if is_skip(value) => ScriptedAnswer::Skip,
                None => given(value.to_string()),
            };
            self.faults.retain(|fault| fault.key != key);
            if let Some(before) = added.insert(key, value) {
                let [first, second] = [before, value].map(|value| first_words(value, QUOTED));
                self.faults.push(AnswerFault::twice(
                    key,
                    format!("--answer gives it twice, as “{first}” and as “{second}”"),
                ));
                continue;
            }
            self.given.insert(key.to_string(), answer);
        }
        Ok(())
    }
}

/// Whether a value is what leaves a step out in a file, in TOML or in JSON.
fn is_skip(value: &str) -> bool {
    let letters = value.chars().filter(|letter| !letter.is_whitespace());
    let mut skips = ["{skip=true}", "{\"skip\":true}"].into_iter();
    skips.any(|skip| letters.clone().eq(skip.chars()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_on_the_command_line_can_be_empty_or_hold_an_equals_sign() {
        let words = |text: &str| ScriptedAnswer::Given(Input::Words(text.into()));
        let mut answers = Answers::default();
        answers.add(&["a=".into(), "b=1=2".into()]).unwrap();
        assert_eq!(
            (&answers.given["a"], &answers.given["b"]),
            (&words(""), &words("1=2"))
        );
        assert!(answers.add(&["c".into()]).is_err());
        for skip in ["d={ skip = true }", "d={\"skip\":true}"] {
            let mut answers = Answers::default();
            answers.add(&[skip.into()]).unwrap();
            assert_eq!(answers.given["d"], ScriptedAnswer::Skip);
        }
    }
}
