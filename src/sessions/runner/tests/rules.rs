//! An exercise and rules that stay as they are, whatever becomes of those that are shipped.

use std::rc::Rc;

use crate::review::{Rules, Subject};
use crate::sessions::runner::Coach;
use crate::test_support::exercise_text;

pub(super) const SORRY: &str = exercise_text!(
    r#"title = "A sorry"
strategy = "apology"
minutes = 1
summary = "Say it."
opening = "Begin."
closing = "End."
"#,
    r#"[[step]]
id = "act"
kind = "write"
review = "apology"
prompt = "What did you do?"

[[step]]
id = "draft"
kind = "compose"
review = "apology"
from = [{ use = "act" }]
prompt = "Read it."

[[step]]
id = "then"
kind = "write"
prompt = "And then?"
"#
);

const WORDS: &str = r#"format = 1
subject = "words"
built_in = true
[lists]
common = ["i", "it", "you", "was", "the", "to", "am", "and", "a", "of", "that"]
"#;

/// Each rule: its id, kind, weight, name, message, and the words it looks for.
type Row = (
    &'static str,
    &'static str,
    u32,
    &'static str,
    &'static str,
    &'static str,
);

const HEAVY: [Row; 1] = [("heavy-harm", "mark", 50, "harm", "Heavy.", "kill")];

const APOLOGY: [Row; 7] = [
    (
        "regret",
        "part",
        50,
        "that you are sorry",
        "I did not find that you are sorry.",
        "sorry",
    ),
    (
        "forgive",
        "part",
        10,
        "a question",
        "I did not find a question.",
        "forgive",
    ),
    (
        "repair",
        "part",
        50,
        "what you offer",
        "I did not find an offer.",
        "mend",
    ),
    (
        "conditional",
        "mark",
        80,
        "if",
        "The “if” can be read as doubt.",
        "if you",
    ),
    (
        "excuse",
        "mark",
        60,
        "but",
        "What follows can be read as a reason.",
        "but",
    ),
    (
        "minimise",
        "mark",
        40,
        "just",
        "It can sound small.",
        "just",
    ),
    (
        "vague",
        "mark",
        20,
        "better",
        "It can be seen in many ways.",
        "better",
    ),
];

fn file(subject: &str, rows: &[Row]) -> String {
    let rules = rows
        .iter()
        .map(|(id, kind, weight, name, message, pattern)| {
            format!(
                r#"
[[rule]]
id = "{id}"
kind = "{kind}"
wording = "tentative"
weight = {weight}
name = "{name}"
message = "{message}"
why = "They know that it hurt."
look_at = "Look at what comes behind it."
source = "Another study."
patterns = ["{pattern}"]
examples.caught = ["So {pattern} it is."]
examples.passes = ["The meeting is at nine."]
"#
            )
        });
    let rules: String = rules.collect();
    format!("format = 1\nsubject = \"{subject}\"\nbuilt_in = true\n{rules}")
}

/// Rules of its own.
#[derive(Clone, Copy, Default)]
pub(super) struct Coached;

impl Coach for Coached {
    fn rules(&self, subject: Subject, _: &str, _: Option<&str>) -> Rc<Rules> {
        let texts = [
            WORDS.to_string(),
            file("heavy", &HEAVY),
            file("apology", &APOLOGY),
        ];
        Rc::new(Rules::from_texts(subject, texts.iter().map(String::as_str)))
    }
}
