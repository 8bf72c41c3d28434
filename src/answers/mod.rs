//! Answers that a script brings: files in TOML or JSON of one shape, and single ones from the
//! command line; what is wrong with them; and such a file, to fill in or of what was just done.

pub mod batch;
mod check;
mod file;
mod outline;
mod parse;
mod record;
pub mod rest;

use std::path::Path;

pub use check::{AnswerProblem, problems};
pub use file::{AnswerFault, Answers};
pub use outline::{to_fill_in, to_fill_in_json};
pub use record::record;

use crate::ask::Input;
use crate::error::{Error, Result};
use batch::ScriptedAnswer;
use file::{is_stdin, read_text, shown};

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
            return Err(Error::usage(format!("--answer {pair}: it has no `=`"))
                .hint("write it as --answer KEY=VALUE, or --answer KEY=@FILE"));
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
