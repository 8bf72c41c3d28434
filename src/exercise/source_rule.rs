//! What holds of a source as a whole: it names a work that is listed, or is the whole work.

use serde_json::{Value, json};
use toml::de::DeTable;

use super::works;
use crate::format::key::TableRule;
use crate::format::nearest;
use crate::format::problem::{Code, Problem, Span};
use crate::format::read::text;

/// The rule, for the table of keys.
pub(super) const RULE: TableRule = TableRule {
    table: "source",
    closed: false,
    check,
    refine,
};

/// What a whole work needs.
const NEEDED: &[&str] = &["author", "year", "title", "strength"];

/// What a listed work has already.
const LISTED: &[&str] = &["author", "year", "title", "doi", "address"];

fn check(table: &DeTable<'_>, span: Span) -> Option<Problem> {
    let Some(id) = text(table, "id") else {
        let missing = NEEDED.iter().filter(|key| !table.contains_key(**key));
        let missing: Vec<_> = missing.map(|key| format!("`{key}`")).collect();
        let message = format!("this entry of `sources` has no {}", missing.join(", "));
        let problem = Problem::new(Code::MissingKey, span, message).help(
            "a work of your own needs author, year, title and strength; a listed one its `id`",
        );
        return (!missing.is_empty()).then_some(problem);
    };
    let place = table.get("id").map_or(span, toml::Spanned::span);
    if works::find(&id).is_none() {
        let ids = works::built_in().iter().map(|work| work.id.as_str());
        let help = match nearest(&id, ids) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => {
                String::from("`trust-coach show EXERCISE --json` has the ids that an exercise uses")
            }
        };
        let message = format!("there’s no listed work `{}`", id.escape_debug());
        return Some(Problem::new(Code::UnknownName, place, message).help(help));
    }
    let twice = LISTED.iter().find(|key| table.contains_key(**key))?;
    let message = format!("the listed work `{id}` already has `{twice}`");
    Some(Problem::new(Code::Taken, place, message).help("leave it out, or leave `id` out"))
}

fn refine(schema: &mut Value) {
    let none = LISTED.iter().map(|key| ((*key).to_string(), json!(false)));
    let ids: Vec<&str> = works::built_in()
        .iter()
        .map(|work| work.id.as_str())
        .collect();
    schema["properties"]["id"] = json!({ "enum": ids, "description": "A listed work." });
    schema["if"] = json!({ "required": ["id"], "additionalProperties": true });
    schema["then"] = json!({
        "properties": Value::Object(none.collect()),
        "additionalProperties": true,
    });
    schema["else"] = json!({ "required": NEEDED, "additionalProperties": true });
}
