//! What holds of a condition as a whole: it has exactly one test of a step, or is one combination of
//! conditions.

use serde_json::{Value, json};
use toml::de::DeTable;

use crate::format::key::TableRule;
use crate::format::problem::{Code, Problem, Span};

/// The rule, for the table of keys.
pub(super) const RULE: TableRule = TableRule {
    table: "condition",
    closed: true,
    check,
    refine,
};

/// The tests of a condition with `step`: it has exactly one of them.
pub(super) const TESTS: &[&str] = &[
    "is", "is_not", "includes", "at_least", "at_most", "answered",
];

/// The conditions made of conditions: each stands alone.
pub(super) const COMBINED: &[&str] = &["all", "any", "not"];

fn check(table: &DeTable<'_>, span: Span) -> Option<Problem> {
    let there = |names: &[&str]| {
        names
            .iter()
            .filter(|name| table.contains_key(**name))
            .count()
    };
    let (tests, combined) = (there(TESTS), there(COMBINED));
    let message = match (table.contains_key("step"), tests, combined) {
        (true, 1, 0) | (false, 0, 1) => return None,
        (true, 0, 0) => "this condition names a step but doesn’t test it",
        (false, 1.., 0) => "this condition tests something but names no step",
        (false, 0, 0) => "this condition is empty",
        _ => "this condition has more than one test",
    };
    Some(
        Problem::new(Code::NotACondition, span, message).help(
            "write { step = \"id\", is = \"…\" }, or one of all = […], any = […], not = { … }",
        ),
    )
}

/// Says it by counting, since a choice between nine shapes makes editors list all nine.
fn refine(schema: &mut Value) {
    let needs_step = TESTS.iter().map(|test| (test.to_string(), json!(["step"])));
    let none = COMBINED.iter().map(|name| (name.to_string(), json!(false)));
    schema["dependencies"] = Value::Object(needs_step.collect());
    schema["if"] = json!({ "required": ["step"], "additionalProperties": true });
    schema["then"] = json!({
        "minProperties": 2,
        "maxProperties": 2,
        "properties": Value::Object(none.collect()),
        "additionalProperties": true,
    });
    schema["else"] =
        json!({ "minProperties": 1, "maxProperties": 1, "additionalProperties": true });
}
