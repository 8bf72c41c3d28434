//! The keys of the plan format: one table that drives the checks, the suggestions, the JSON Schema and
//! the documentation.

use super::{PlanRole, condition_rule};
use crate::format::key::{Format, Key, ROOT, Shape, TableShape, words};
use crate::ledger::Verdict;

const FILE: &[&str] = &[ROOT];
const ENDING: &[&str] = &["ending"];
const PHASE: &[&str] = &["phase"];
const STAGE: &[&str] = &["stage"];
const RULE: &[&str] = &["rule"];
const CONDITION: &[&str] = &["condition"];

const ROLES: &[&str] = &words(&PlanRole::ALL);
const VERDICTS: &[&str] = &words(&Verdict::ALL);
const TIMES: Shape = Shape::Number(1, 1000);
const ANY: Shape = Shape::Number(-1_000_000, 1_000_000);
const TAKES_CONDITION: Shape = Shape::Table(TableShape {
    table: "condition",
    what: "a condition",
    example: "{ answer = \"exercise/step\", is = \"…\" }",
});

/// Every key, in the order in which files have them.
#[rustfmt::skip]
const KEYS: &[Key] = &[
    Key::must(FILE, "format", Shape::Number(1, super::FORMAT), "The format of the file: 1."),
    Key::must(FILE, "version", Shape::Number(1, 1_000_000), "The version of the content; raise it when stages change."),
    Key::must(FILE, "title", Shape::Line, "The title."),
    Key::must(FILE, "role", Shape::OneOf(ROLES), "Who it’s for."),
    Key::must(FILE, "weeks", Shape::Number(1, 104), "About how many weeks it takes; never counted down."),
    Key::must(FILE, "minutes_a_week", Shape::Number(1, 600), "About how many minutes it takes in a week."),
    Key::must(FILE, "summary", Shape::Line, "What you do, in one sentence; shown in lists."),
    Key::must(FILE, "opening", Shape::Text, "What to know before it begins."),
    Key::must(FILE, "closing", Shape::Text, "What is said when it’s over."),
    Key::must(FILE, "caution", Shape::Text, "When not to do it."),
    Key::must(FILE, "evidence", Shape::Text, "How strong, or weak, the evidence for this plan is."),
    Key::may(FILE, "sources", Shape::List(&Shape::Id, 1), "What it’s based on: works listed in exercises/sources.toml."),
    Key::must(FILE, "endings", Shape::Tables("ending", 1), "How it can end; each ending is as good as another."),
    Key::may(FILE, "lang", Shape::Line, "The language it’s written in, such as \"de\"; \"en\" when left out."),
    Key::may(FILE, "tags", Shape::List(&Shape::Line, 1), "Words to find it by."),
    Key::may(FILE, "phase", Shape::Named("phase"), "Its stretches, each under its name."),
    Key::must(FILE, "stage", Shape::Sections(STAGE), "The stages, in order."),
    Key::may(FILE, "rule", Shape::Sections(RULE), "What can come in between."),

    Key::must(ENDING, "id", Shape::Id, "Its id, for `plan stop --ending`."),
    Key::must(ENDING, "title", Shape::Line, "What it’s called."),
    Key::must(ENDING, "text", Shape::Text, "What is said then."),

    Key::must(PHASE, "title", Shape::Line, "Its title."),

    Key::must(STAGE, "id", Shape::Id, "The stage’s id."),
    Key::must(STAGE, "exercise", Shape::Line, "The exercise: its id, or PACK/EXERCISE."),
    Key::may(STAGE, "phase", Shape::Id, "The phase it belongs to."),
    Key::may(STAGE, "why", Shape::Text, "Why it comes here."),
    Key::may(STAGE, "optional", Shape::Boolean, "Presents the stage as optional; any stage may be skipped."),
    Key::may(STAGE, "after", Shape::List(&Shape::Id, 0), "The earlier stages that must be over first; the one before when left out."),
    Key::may(STAGE, "wait", Shape::Line, "How long after them, such as \"3 days\" or \"1 week\"."),
    Key::may(STAGE, "when", TAKES_CONDITION, "Skipped where this is false when its turn comes."),
    Key::may(STAGE, "only_when", TAKES_CONDITION, "Stands beside the order, and is offered whenever this becomes true."),
    Key::may(STAGE, "every", Shape::Line, "Repeats it so long after the last time, such as \"1 week\"; needs at_most."),
    Key::may(STAGE, "at_least", TIMES, "How often it’s repeated at least."),
    Key::may(STAGE, "at_most", TIMES, "How often it’s repeated at most."),
    Key::may(STAGE, "until", TAKES_CONDITION, "It’s over once this is true, after `at_least` times."),

    Key::must(RULE, "id", Shape::Id, "The rule’s id."),
    Key::must(RULE, "when", TAKES_CONDITION, "When it applies."),
    Key::must(RULE, "why", Shape::Text, "Why, in words for people."),
    Key::may(RULE, "offer", Shape::Line, "Offers this exercise, once each time it becomes true."),
    Key::may(RULE, "pause", Shape::Line, "The plan waits so long, such as \"2 weeks\"."),
    Key::may(RULE, "pass", Shape::Id, "Skips this stage."),
    Key::may(RULE, "end", Shape::Boolean, "The plan is over."),

    Key::may(CONDITION, "answer", Shape::Line, "\"exercise/step\": the newest answer since the plan began; with one test."),
    Key::may(CONDITION, "measure", Shape::Line, "\"exercise/step\": a rating that is asked again and again; with `last` and one test."),
    Key::may(CONDITION, "stage", Shape::Id, "A stage; with `is`."),
    Key::may(CONDITION, "promise", Shape::OneOf(VERDICTS), "How a promise’s days went; with `within`, and `at_least` times."),
    Key::may(CONDITION, "is", Shape::Literal, "The answer is this; of a stage: \"done\" or \"passed\"."),
    Key::may(CONDITION, "is_not", Shape::Literal, "There’s an answer, and it isn’t this."),
    Key::may(CONDITION, "includes", Shape::Id, "The picked options include this one."),
    Key::may(CONDITION, "at_least", ANY, "The number is this or higher; of a measure: each of the last ones."),
    Key::may(CONDITION, "at_most", ANY, "The number is this or lower; of a measure: each of the last ones."),
    Key::may(CONDITION, "answered", Shape::Boolean, "There’s an answer (true), or there’s none (false)."),
    Key::may(CONDITION, "falls_by", TIMES, "The median of the last ones is so much lower than that of as many before them."),
    Key::may(CONDITION, "rises_by", TIMES, "The median of the last ones is so much higher than that of as many before them."),
    Key::may(CONDITION, "last", Shape::Number(1, 52), "How many of the newest ratings are looked at."),
    Key::may(CONDITION, "within", Shape::Line, "How far back days of promises are looked at, such as \"7 days\"."),
    Key::may(CONDITION, "all", Shape::List(&TAKES_CONDITION, 1), "All of these are true."),
    Key::may(CONDITION, "any", Shape::List(&TAKES_CONDITION, 1), "At least one of these is true."),
    Key::may(CONDITION, "not", TAKES_CONDITION, "This isn’t true."),
];

/// Plan files.
pub static PLAN: Format = Format {
    version: super::FORMAT,
    rules: &[condition_rule::RULE],
    ..Format::new("A plan for trust-coach, format 1", "plan", KEYS)
};
