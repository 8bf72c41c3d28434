//! `history` and its commands as a program: what a shell passes, colour, files and exit codes.

use std::path::Path;

use crate::common::{Output, Sandbox};

mod changing;
mod compare;
mod listing;
mod search;
mod searching;
mod showing;
mod streams;
mod tagging;

/// A home with two sessions of the small exercise.
pub(crate) fn home() -> Sandbox {
    let sandbox = crate::tea::home();
    session(
        &sandbox,
        "20261001T060000.000Z-0000001a",
        "2026-10-01",
        "My aunt's kitchen table.\nIt was blue.",
    );
    session(
        &sandbox,
        "20261120T060000.000Z-0000002b",
        "2026-11-20",
        "The table, and Café noise.",
    );
    sandbox
}

/// Writes a finished session.
pub(crate) fn session(sandbox: &Sandbox, id: &str, day: &str, memory: &str) {
    let memory = if memory.contains('\n') {
        format!("'''\n{memory}'''")
    } else {
        format!("\"{memory}\"")
    };
    let text = format!(
        r#"format = 1
id = "{id}"
exercise = "tea"
exercise_version = 1
title = "Tea"
lang = "en"
state = "done"
started = "{day}T07:00:00+01:00[Europe/Berlin]"
ended = "{day}T07:10:00+01:00[Europe/Berlin]"
seed = 7
tags = []
mood = "kept, though unknown"

[[answers]]
step = "kind"
kind = "choose"
prompt = "Which tea do you like?"
value = "green"
at = "{day}T07:01:00+01:00[Europe/Berlin]"
name = "Which tea"
label = "Green tea"

[[answers]]
step = "memory"
kind = "write"
prompt = "Tell of one cup of Green tea."
value = {memory}
at = "{day}T07:05:00+01:00[Europe/Berlin]"
name = "A memory"

[[answers]]
step = "warm"
kind = "rate"
prompt = "How warm?"
value = 3
at = "{day}T07:06:00+01:00[Europe/Berlin]"
"#
    );
    sandbox.write(
        format!("home/sessions/{}/{}/{id}.toml", &id[..4], &id[4..6]),
        text,
    );
}

/// What a run shows, with control characters in view.
pub(crate) fn visible(output: &Output) -> String {
    output.to_string().replace('\u{1b}', "ESC")
}

/// What a line of `history` left in a home: its exit code, what it printed, what it told.
pub(crate) struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs a line of `history` in a home that is written as `~`.
fn run_line(home: &Path, line: &str) -> Ran {
    let words = shell_words::split(line).unwrap();
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(&["history"]);
    let output = command.args(words).env("TRUST_COACH_HOME", home).output();
    let output = output.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran {
        code: output.status.code(),
        out: text(output.stdout),
        err: text(output.stderr).replace(home.to_str().unwrap(), "~"),
    }
}

/// Everything a line shows, and how it ends.
fn shown(home: &Path, line: &str) -> String {
    let Ran { code, out, err } = run_line(home, line);
    let parted = if err.is_empty() || err.starts_with("error: ") {
        ""
    } else {
        "--- stderr ---\n"
    };
    format!("{out}{parted}{err}exit {}", code.unwrap())
}

/// What a line prints that ends well.
fn list_of(home: &Path, line: &str) -> String {
    let ran = run_line(home, line);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    ran.out
}
