//! `history` and its commands as a program: what a shell passes, colour, files and exit codes.

use crate::common::{Output, Sandbox};

mod changing;
mod compare;
mod narrowing;
mod search;
mod streams;

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
