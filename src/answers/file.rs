//! What an answers file brings, and its text.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;

use super::batch::ScriptedAnswer;
use crate::error::{Error, Result};

/// The newest answers format that this program reads, and the one that it writes.
pub(super) const FORMAT: i64 = 1;

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
