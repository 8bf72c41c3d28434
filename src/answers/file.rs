//! What an answers file brings, and its text.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::batch::ScriptedAnswer;
use crate::error::{Error, Result};
use crate::input::{self, InputError};
use crate::session::Partners;

/// The newest answers format that this program reads, and the one that it writes.
pub(super) const FORMAT: i64 = 1;

/// No answers file, and no text for an answer, is read beyond this, in bytes: as at every door for texts.
const LARGEST: u64 = 8 << 20;

/// How many columns of somebody's text an error quotes.
pub(super) const QUOTED: usize = 60;

/// What a script brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The exercise they are for, where the file says so.
    pub exercise: Option<String>,
    /// The version of that exercise, where the file says so.
    pub version: Option<i64>,
    /// The seed of draws, where the file says so.
    pub seed: Option<u64>,
    /// The names of two people who do it together.
    pub names: Option<Partners>,
    /// The items to draw: step id (`id@2` for the second round) to item id.
    pub draws: BTreeMap<String, String>,
    /// The answers by step id, `id@2` for the second round, `a:id` for one of two people.
    pub given: BTreeMap<String, ScriptedAnswer>,
    /// What stands in the place of an answer and is none, in the order of the file.
    pub faults: Vec<AnswerFault>,
}

/// A value that cannot be an answer to anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerFault {
    /// A stable word for programs.
    pub code: &'static str,
    /// The answer's key.
    pub key: String,
    /// What would do, for people.
    pub message: String,
}

impl AnswerFault {
    /// Two answers to one step.
    pub(super) fn twice(key: &str, message: String) -> Self {
        Self {
            code: "twice",
            key: key.to_string(),
            message,
        }
    }
}

pub(super) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

pub(super) fn shown(path: &Path) -> String {
    if is_stdin(path) {
        String::from("standard input")
    } else {
        path.display().to_string()
    }
}

pub(super) fn read_text(path: &Path) -> Result<String> {
    let read = if is_stdin(path) {
        input::read(io::stdin(), LARGEST)
    } else {
        input::read_file(path, LARGEST)
    };
    let name = shown(path);
    read.map_err(|error| match error {
        InputError::Io(error) => Error::failed(format!("could not read {name}")).because(&error),
        error @ InputError::TooLarge(_) => Error::usage(format!("{name}: {error}"))
            .hint("answers are usually short; is this the right file?"),
        error @ InputError::NotFile => Error::usage(format!("{name}: {error}"))
            .hint("save the answers in a file, or pipe them in with --answers -"),
        error => Error::usage(format!("{name}: {error}")).hint("save it as UTF-8, and try again"),
    })
}
