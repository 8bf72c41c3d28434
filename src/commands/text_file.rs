//! Texts that nobody types at the terminal, and what will do as one.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use crate::ask::{Input, Rejection};
use crate::error::{Error, Result};
use crate::home::world::World;
use crate::input::{self, InputError};
use crate::text::{clean, is_blank};

/// Where a text comes from that nobody types. Not the command line: others on the machine can see
/// that, and shells remember it.
#[derive(Debug, Default, clap::Args)]
pub(super) struct TextFile {
    /// Take the text from a file; `-` is standard input
    #[arg(long, value_name = "FILE")]
    text_file: Option<PathBuf>,
}

impl TextFile {
    /// Whether a file was named.
    pub(super) fn is_given(&self) -> bool {
        self.text_file.is_some()
    }

    /// The text, where a file was named. Without one there must be somebody to ask.
    pub(super) fn read(
        &self,
        world: &World<'_>,
        input: &mut dyn BufRead,
        what: &str,
    ) -> Result<Option<String>> {
        if let Some(path) = &self.text_file {
            return text_in(path, input).map(Some);
        }
        if crate::sessions::somebody_is_there(world) {
            return Ok(None);
        }
        let error = Error::nobody_to_ask(format!("{what} is needed"));
        Err(error.hint("give it with --text-file FILE, or --text-file - for standard input"))
    }
}

pub(super) fn text_in(path: &Path, stdin: &mut dyn BufRead) -> Result<String> {
    let (read, from) = if path == Path::new("-") {
        (
            input::read(stdin, MOST_BYTES),
            String::from("standard input"),
        )
    } else {
        (
            input::read_file(path, MOST_BYTES),
            path.display().to_string(),
        )
    };
    read.map_err(|error| match error {
        InputError::Io(error) => Error::failed(format!("could not read {from}")).because(&error),
        error => Error::usage(format!("{from}: {error}")).hint("save it as plain text, in UTF-8"),
    })
}

/// The longest text that is taken from a file.
const MOST_BYTES: u64 = 8 << 20;

/// A text as it is kept: nothing in it can steer a terminal, and nothing trails behind it. One with
/// no word in it is refused.
pub(super) fn some_text(given: &Input) -> Result<String, Rejection> {
    let typed = match given {
        Input::Words(words) => words.as_str(),
        Input::Ready | Input::YesNo(_) | Input::Options(_) => "",
    };
    let text = clean(typed).trim_end().to_string();
    if is_blank(&text) {
        return Err(Rejection {
            code: "empty",
            message: EMPTY.to_string(),
        });
    }
    Ok(text)
}

/// A title on one line, in which something can be seen.
pub(super) fn title(text: &str) -> std::result::Result<String, String> {
    match text.chars().any(char::is_control) || is_blank(text) {
        true => Err(String::from("a title is one line of text")),
        false => Ok(text.trim().to_string()),
    }
}

/// Why `what` will not do, as an error: nobody can be asked again.
pub(super) fn refused(what: &str, reason: &Rejection) -> Error {
    let why = match reason.code {
        "empty" => NOTHING,
        _ => &reason.message,
    };
    Error::usage(format!("{what}: {}", why.trim_end_matches('.')))
}

// Texts for people.
const NOTHING: &str = "nothing is written in it";
const EMPTY: &str = "Nothing is written yet. Write a few words, or type /skip to leave it out.";
