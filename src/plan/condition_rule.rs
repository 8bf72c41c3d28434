//! What holds of a condition as a whole: it looks at one thing with the tests that fit it, or is one
//! combination of conditions.

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

/// What a condition can be about.
struct ConditionSubject {
    /// The key that names it.
    name: &'static str,
    /// The tests of which it has exactly one.
    tests: &'static [&'static str],
    /// What else it needs.
    needs: &'static [&'static str],
    /// What it can have besides.
    may: &'static [&'static str],
}

const SUBJECTS: [ConditionSubject; 4] = [
    ConditionSubject {
        name: "answer",
        tests: &[
            "is", "is_not", "includes", "at_least", "at_most", "answered",
        ],
        needs: &[],
        may: &[],
    },
    ConditionSubject {
        name: "measure",
        tests: &["at_least", "at_most", "falls_by", "rises_by"],
        needs: &["last"],
        may: &[],
    },
    ConditionSubject {
        name: "stage",
        tests: &["is"],
        needs: &[],
        may: &[],
    },
    ConditionSubject {
        name: "promise",
        tests: &["within"],
        needs: &[],
        may: &["at_least"],
    },
];

/// The conditions made of conditions: each stands alone.
const COMBINED: [&str; 3] = ["all", "any", "not"];

fn check(table: &DeTable<'_>, span: Span) -> Option<Problem> {
    let keys: Vec<&str> = table.keys().map(|key| key.get_ref().as_ref()).collect();
    let has = |name: &&str| keys.contains(name);
    let subjects = SUBJECTS.iter().filter(|it| has(&it.name));
    let subjects: Vec<&ConditionSubject> = subjects.collect();
    let combined = COMBINED.iter().filter(|name| has(name)).count();
    let fits = match subjects.as_slice() {
        [] => combined == 1 && keys.len() == 1,
        [it] => {
            let known = |key: &&str| {
                *key == it.name
                    || [it.tests, it.needs, it.may]
                        .iter()
                        .any(|all| all.contains(key))
            };
            it.tests.iter().filter(|test| has(test)).count() == 1
                && it.needs.iter().all(has)
                && keys.iter().all(known)
        }
        _ => false,
    };
    if fits {
        return None;
    }
    let (message, help) = match subjects.as_slice() {
        [it] => {
            let needs: String = it.needs.iter().map(|key| format!("`{key}` and ")).collect();
            let may: String = it
                .may
                .iter()
                .map(|key| format!("; it may have `{key}`"))
                .collect();
            let (name, tests) = (it.name, it.tests.join(", "));
            let help = match it.tests {
                [one] => format!("beside `{name}` it needs {needs}`{one}`{may}"),
                _ => format!("beside `{name}` it needs {needs}one of: {tests}{may}"),
            };
            (
                format!("this condition on `{name}` doesn’t fit together"),
                help,
            )
        }
        [] => (
            String::from("this condition looks at nothing"),
            String::from(EXAMPLES),
        ),
        _ => (
            String::from("this condition looks at more than one thing"),
            String::from(EXAMPLES),
        ),
    };
    Some(Problem::new(Code::NotACondition, span, message).help(help))
}

const EXAMPLES: &str = "write one of { answer = \"exercise/step\", is = \"…\" }, { measure = \
    \"exercise/step\", last = 3, at_most = 2 }, { stage = \"id\", is = \"done\" }, { promise = \
    \"missed\", within = \"7 days\" }, or one of all = […], any = […], not = { … }";

/// Says what a condition looks at; an editor need not be told more.
fn refine(schema: &mut Value) {
    let one_of = SUBJECTS.iter().map(|it| it.name).chain(COMBINED);
    let required = one_of.map(|name| json!({ "required": [name], "additionalProperties": true }));
    schema["anyOf"] = Value::Array(required.collect());
}
