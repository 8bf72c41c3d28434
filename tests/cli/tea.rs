//! A small exercise that has everything in it.

use crate::common::Sandbox;
use crate::common::exercise_text;

/// An exercise with a branch, a group with rounds, a draw, a default and a text put together.
pub(crate) const TEA: &str = exercise_text!(
    r#"title = "Tea"
strategy = "values"
minutes = 2
summary = "Write about tea."
opening = "Put the kettle on."
closing = "Drink it while it is warm."
"#,
    r#"[group.cups]
repeat_until = { not = { step = "more", is = true } }
at_most = 3

[[step]]
id = "kind"
kind = "choose"
name = "Which tea"
prompt = "Which tea do you like?"
options = [{ id = "green", label = "Green tea" }, { id = "mint", label = "Mint" }]

[[step]]
id = "sugar"
kind = "confirm"
when = { step = "kind", is = "mint" }
prompt = "With sugar?"

[[step]]
id = "memory"
kind = "write"
lines = "many"
name = "A memory"
prompt = "Tell of one cup of {{kind|tea}}."

[[step]]
id = "scene"
kind = "draw"
group = "cups"
prompt = "What would you drink then?"
pool = [{ id = "rain", text = "It rains." }, { id = "dawn", text = "It is dawn." }]

[[step]]
id = "more"
kind = "confirm"
group = "cups"
prompt = "Another scene?"

[[step]]
id = "warm"
kind = "rate"
from = 1
to = 5
default = 4
prompt = "How warm?"

[[step]]
id = "day"
kind = "date"
prompt = "When is the next cup?"

[[step]]
id = "text"
kind = "compose"
from = [{ use = "memory" }, { use = "scene" }]
prompt = "Read it once more."
"#
);

/// A home with it.
pub(crate) fn home() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("home/exercises/tea.toml", TEA);
    sandbox
}

/// Answers to all of it.
pub(crate) const ANSWERS: &str = r#"exercise = "tea"
seed = 7
[answers]
kind = "Mint"
sugar = false
memory = """
My aunt made it.

In a glass."""
scene = "Nothing."
more = true
"scene@2" = "Water."
"more@2" = false
warm = 3
day = "in 2 weeks"
"#;
