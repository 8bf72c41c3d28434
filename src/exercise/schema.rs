//! The JSON Schema of exercise files, made from the table of keys. Steps are told apart by their
//! `kind`, so that an editor has one message for one mistake.

use serde_json::{Map, Value, json};

use super::StepKind;
use super::table::{self, FormatKey, ID_PATTERN, KeyShape, TableKind};

/// The schema, draft 07.
pub fn exercise() -> Value {
    let mut definitions = Map::new();
    definitions.insert(String::from("condition"), condition());
    for (kind, name) in StepKind::ALL {
        definitions.insert(name.to_string(), object(TableKind::Step(kind)));
    }
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "An exercise for trust-coach, format 1",
    });
    merge(&mut schema, object(TableKind::Top));
    schema["definitions"] = Value::Object(definitions);
    schema
}

/// The schema of `pack.toml`, draft 07.
pub fn pack() -> Value {
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A pack of exercises for trust-coach, format 1",
    });
    merge(&mut schema, object(TableKind::Pack));
    schema
}

/// The object of a place: its keys, those it must have, and the author's own.
fn object(place: TableKind) -> Value {
    let mut properties = Map::new();
    for key in table::keys(place) {
        properties.insert(key.name.to_string(), property(key, place));
    }
    let required: Vec<_> = table::keys(place).filter(|key| key.required).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required.iter().map(|key| key.name).collect::<Vec<_>>(),
        "patternProperties": own(place),
        "additionalProperties": false,
    })
}

/// The author's own keys: everywhere but in conditions, whose keys are counted.
fn own(place: TableKind) -> Value {
    if place == TableKind::Condition {
        return json!({});
    }
    json!({ format!("^{}", table::OWN): true })
}

fn property(key: &FormatKey, place: TableKind) -> Value {
    let mut property = match (key.shape, place) {
        // The step's own kind, so that a schema for it can stand alone.
        (KeyShape::OneOf(table::KINDS), TableKind::Step(kind)) => json!({ "const": kind.name() }),
        // Dates of TOML's own are told to editors as formats; a text is as good.
        (KeyShape::Answer, TableKind::Step(StepKind::Date)) => json!({
            "anyOf": [
                shape(table::answer_shape(StepKind::Date)),
                { "type": "string", "format": "date" },
                { "type": "string", "format": "partial-date-time" },
                { "type": "string", "format": "date-time" },
            ],
        }),
        (KeyShape::Answer, TableKind::Step(kind)) => shape(table::answer_shape(kind)),
        (other, _) => shape(other),
    };
    property["description"] = json!(key.doc);
    property
}

fn shape(shape: KeyShape) -> Value {
    match shape {
        KeyShape::Text => json!({ "type": "string", "pattern": "\\S" }),
        KeyShape::Line => json!({ "type": "string", "pattern": LINE }),
        KeyShape::Id => json!({ "type": "string", "pattern": ID_PATTERN }),
        KeyShape::OneOf(words) => json!({ "enum": words }),
        KeyShape::Number(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        KeyShape::Boolean => json!({ "type": "boolean" }),
        KeyShape::Literal | KeyShape::Answer => {
            json!({ "type": ["string", "integer", "boolean"], "pattern": LINE })
        }
        KeyShape::List(inner) => {
            json!({ "type": "array", "minItems": 1, "items": self::shape(*inner) })
        }
        KeyShape::Tables(place, least) => {
            json!({ "type": "array", "minItems": least, "items": object(place) })
        }
        KeyShape::Named(place) => json!({
            "type": "object",
            "propertyNames": { "pattern": format!("^{}|{ID_PATTERN}", table::OWN) },
            "patternProperties": own(place),
            "additionalProperties": object(place),
        }),
        KeyShape::Condition => json!({ "$ref": "#/definitions/condition" }),
        KeyShape::Steps => json!({ "type": "array", "minItems": 1, "items": step() }),
    }
}

/// Text on one line; line ends after it do no harm.
const LINE: &str = r"^[^\n]*\S[^\n]*\s*$";

/// A step: its kind first, then whatever that kind has.
fn step() -> Value {
    let kinds = StepKind::ALL.iter().map(|(_, name)| {
        json!({
            "if": { "properties": { "kind": { "const": name } }, "required": ["kind"] },
            "then": { "$ref": format!("#/definitions/{name}") },
        })
    });
    json!({
        "type": "object",
        "properties": { "kind": { "enum": table::KINDS } },
        "required": ["kind"],
        // Some editors take silence for a no; the definition of the kind is strict.
        "additionalProperties": true,
        "allOf": kinds.collect::<Vec<_>>(),
    })
}

/// A condition: a step with exactly one test, or one combination of conditions. Said by counting,
/// since a choice between nine shapes makes editors list all nine.
fn condition() -> Value {
    let mut condition = object(TableKind::Condition);
    let needs_step = table::TESTS
        .iter()
        .map(|test| (test.to_string(), json!(["step"])));
    let none = table::COMBINED
        .iter()
        .map(|name| (name.to_string(), json!(false)));
    condition["dependencies"] = Value::Object(needs_step.collect());
    condition["if"] = json!({ "required": ["step"], "additionalProperties": true });
    condition["then"] = json!({
        "minProperties": 2,
        "maxProperties": 2,
        "properties": Value::Object(none.collect()),
        "additionalProperties": true,
    });
    condition["else"] =
        json!({ "minProperties": 1, "maxProperties": 1, "additionalProperties": true });
    condition
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}
