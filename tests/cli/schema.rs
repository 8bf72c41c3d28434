//! The schema and the parser agree, shown with a small validator: it knows exactly the words that
//! the schema uses, and stops at any other.

use serde_json::Value;

use crate::check::fixtures;
use crate::common::Sandbox;

fn schema(of: &str) -> Value {
    let output = Sandbox::new().run(&["schema", of]);
    assert_eq!(output.code, Some(0), "{output}");
    serde_json::from_str(&output.stdout).unwrap()
}

/// The file as JSON; none when it is not TOML.
fn json(file: &std::path::Path) -> Option<Value> {
    let text = std::fs::read_to_string(file).unwrap();
    let table: toml::Table = toml::from_str(&text).ok()?;
    Some(untyped(toml::Value::Table(table)))
}

fn untyped(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(values) => values.into_iter().map(untyped).collect(),
        toml::Value::Table(table) => {
            let pairs = table.into_iter();
            Value::Object(pairs.map(|(key, value)| (key, untyped(value))).collect())
        }
        other => serde_json::to_value(other).unwrap(),
    }
}

#[test]
fn the_schema_takes_every_exercise_of_the_right_shape() {
    let schema = schema("exercise");
    let built_in = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises");
    let built_in = std::fs::read_dir(built_in)
        .unwrap()
        .map(|file| file.unwrap().path());
    let built_in = built_in.filter(|path| path.extension().is_some_and(|end| end == "toml"));
    let built_in = built_in.filter(|path| !path.ends_with("sources.toml"));
    let mut files: Vec<_> = built_in.collect();
    files.extend(["good", "warnings", "meaning"].map(fixtures).concat());
    for file in files {
        let exercise = json(&file).unwrap();
        assert!(fits(&schema, &schema, &exercise), "{}", file.display());
    }
}

#[test]
fn the_schema_refuses_every_exercise_of_the_wrong_shape() {
    let schema = schema("exercise");
    let mut refused = 0;
    for file in fixtures("shape") {
        if let Some(exercise) = json(&file) {
            refused += 1;
            assert!(!fits(&schema, &schema, &exercise), "{}", file.display());
        }
    }
    assert!(refused > 10, "most of them should be TOML");
}

#[test]
fn the_schema_of_rules_takes_the_built_in_rules_and_refuses_what_check_refuses() {
    let schema = schema("rules");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises/rules");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let files: Vec<_> = files
        .filter(|file| file.extension().is_some_and(|end| end == "toml"))
        .collect();
    assert!(files.len() > 5, "{files:?}");
    for file in files {
        let rules = json(&file).unwrap();
        assert!(fits(&schema, &schema, &rules), "{}", file.display());
    }
    for file in fixtures("../rules") {
        let refused = ["shape.toml", "newer-format.toml"]
            .iter()
            .any(|name| file.ends_with(name));
        if let Some(rules) = json(&file) {
            assert_eq!(
                fits(&schema, &schema, &rules),
                !refused,
                "{}",
                file.display()
            );
        }
    }
}

#[test]
fn the_schema_of_plans_takes_the_built_in_plans_and_refuses_what_has_the_wrong_shape() {
    let schema = schema("plan");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("plans");
    let files = std::fs::read_dir(folder).unwrap();
    let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let texts: Vec<String> = texts.collect();
    assert!(texts.len() >= 4);
    let plan = |text: &str| untyped(toml::Value::Table(text.parse().unwrap()));
    for text in &texts {
        assert!(fits(&schema, &schema, &plan(text)));
        for (right, wrong) in [
            ("role = ", "rolle = "),
            ("weeks = ", "weeks = \"8\" # "),
            ("[[stage]]\n", "[[stage]]\nunknown = 1\n"),
            ("when = { answer = ", "when = { answers = "),
        ] {
            let changed = text.replacen(right, wrong, 1);
            assert_eq!(
                fits(&schema, &schema, &plan(&changed)),
                changed == *text,
                "{wrong}"
            );
        }
    }
}

#[test]
fn the_schema_of_settings_takes_what_config_prints_and_refuses_what_it_refuses() {
    let schema = schema("settings");
    let sandbox = Sandbox::new();
    let file = sandbox.write("config.toml", &sandbox.run(&["config"]).stdout);
    assert!(fits(&schema, &schema, &json(&file).unwrap()));
    for wrong in [
        "plian = true",
        "color = \"red\"",
        "plain = \"yes\"",
        "editor = \"\"",
    ] {
        let file = sandbox.write("wrong.toml", wrong);
        assert!(!fits(&schema, &schema, &json(&file).unwrap()), "{wrong}");
    }
}

/// Whether `value` fits `schema`, draft 07, as far as `root` needs it.
pub(crate) fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
    if let Value::Bool(any) = schema {
        return *any;
    }
    let schema = schema.as_object().unwrap();
    if let Some(reference) = schema.get("$ref") {
        let name = reference.as_str().unwrap().trim_start_matches('#');
        return fits(root, root.pointer(name).unwrap(), value);
    }
    schema.iter().all(|(word, says)| match word.as_str() {
        "$schema" | "title" | "description" | "definitions" | "then" | "else" | "format" => true,
        // Looked at with `additionalProperties`.
        "properties" | "patternProperties" if schema.contains_key("additionalProperties") => true,
        "properties" | "additionalProperties" => keys_fit(root, schema, value),
        "type" => match says {
            Value::Array(types) => types.iter().any(|one| is(one, value)),
            one => is(one, value),
        },
        "enum" => says.as_array().unwrap().contains(value),
        "const" => says == value,
        "pattern" => value.as_str().is_none_or(|text| matches(says, text)),
        "minimum" => value
            .as_i64()
            .is_none_or(|number| number >= says.as_i64().unwrap()),
        "maximum" => value
            .as_i64()
            .is_none_or(|number| number <= says.as_i64().unwrap()),
        "minItems" => value
            .as_array()
            .is_none_or(|items| items.len() >= count(says)),
        "maxItems" => value
            .as_array()
            .is_none_or(|items| items.len() <= count(says)),
        "minProperties" => value
            .as_object()
            .is_none_or(|keys| keys.len() >= count(says)),
        "maxProperties" => value
            .as_object()
            .is_none_or(|keys| keys.len() <= count(says)),
        "items" => value
            .as_array()
            .is_none_or(|items| items.iter().all(|item| fits(root, says, item))),
        "required" => has_all(value, says),
        "dependencies" => says
            .as_object()
            .unwrap()
            .iter()
            .all(|(key, needs)| value.get(key).is_none() || has_all(value, needs)),
        "propertyNames" => value.as_object().is_none_or(|keys| {
            keys.keys()
                .all(|key| fits(root, says, &Value::String(key.clone())))
        }),
        "allOf" => says
            .as_array()
            .unwrap()
            .iter()
            .all(|one| fits(root, one, value)),
        "anyOf" => says
            .as_array()
            .unwrap()
            .iter()
            .any(|one| fits(root, one, value)),
        "oneOf" => {
            let of = says.as_array().unwrap().iter();
            of.filter(|one| fits(root, one, value)).count() == 1
        }
        "if" => {
            let branch = if fits(root, says, value) {
                "then"
            } else {
                "else"
            };
            schema
                .get(branch)
                .is_none_or(|says| fits(root, says, value))
        }
        other => panic!("the validator does not know `{other}`"),
    })
}

fn keys_fit(root: &Value, schema: &serde_json::Map<String, Value>, value: &Value) -> bool {
    let Some(keys) = value.as_object() else {
        return true;
    };
    keys.iter().all(|(key, value)| {
        let named = schema.get("properties").and_then(|named| named.get(key));
        let patterns = schema.get("patternProperties").and_then(Value::as_object);
        let mut found = patterns
            .into_iter()
            .flatten()
            .filter(|(pattern, _)| matches(&Value::String((*pattern).clone()), key))
            .map(|(_, says)| says)
            .chain(named)
            .peekable();
        if found.peek().is_none() {
            let rest = schema.get("additionalProperties");
            return rest.is_none_or(|says| fits(root, says, value));
        }
        found.all(|says| fits(root, says, value))
    })
}

fn is(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap() {
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("the validator does not know type {other}"),
    }
}

/// The few patterns of the schema, by hand.
fn matches(pattern: &Value, text: &str) -> bool {
    let id = trust_coach::format::is_id;
    match pattern.as_str().unwrap() {
        r"\S" => !text.trim().is_empty(),
        r"^[^\n]*\S[^\n]*\s*$" => !text.trim().is_empty() && !text.trim_end().contains('\n'),
        "^x-" => text.starts_with("x-"),
        "^[a-z][a-z0-9-]*$" => id(text),
        "^x-|^[a-z][a-z0-9-]*$" => text.starts_with("x-") || id(text),
        other => panic!("the validator does not know the pattern {other}"),
    }
}

fn count(number: &Value) -> usize {
    usize::try_from(number.as_u64().unwrap()).unwrap()
}

fn has_all(value: &Value, keys: &Value) -> bool {
    let mut keys = keys.as_array().unwrap().iter();
    !value.is_object() || keys.all(|key| value.get(key.as_str().unwrap()).is_some())
}
