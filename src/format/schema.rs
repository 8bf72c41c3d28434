//! The JSON Schema of a format, made from its table of keys. Sections of several kinds are told apart
//! by their `kind`, so that an editor has one message for one mistake.

use serde_json::{Map, Value, json};

use super::key::{Format, KIND, Key, OWN, ROOT, Shape};
use super::names::ID_PATTERN;

/// The schema of files of a format, draft 07.
pub fn schema(format: &Format) -> Value {
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": format.title,
    });
    merge(&mut schema, format.object(ROOT));
    let definitions: Map<String, Value> = format
        .referred()
        .into_iter()
        .map(|table| (table.to_string(), format.object(table)))
        .collect();
    if !definitions.is_empty() {
        schema["definitions"] = Value::Object(definitions);
    }
    schema
}

impl Format {
    /// The tables that have a definition of their own: those that can stand in themselves, and the
    /// kinds of sections.
    fn referred(&self) -> Vec<&'static str> {
        let mut all = Vec::new();
        for key in self.keys {
            match &key.shape {
                Shape::Table(inner) | Shape::List(Shape::Table(inner), _) => all.push(inner.table),
                Shape::Sections(tables) if tables.len() > 1 => all.extend(*tables),
                _ => {}
            }
        }
        let mut seen = Vec::new();
        all.retain(|table| {
            let new = !seen.contains(table);
            seen.push(*table);
            new
        });
        all
    }

    /// The object of a table: its keys, those it must have, and the author's own.
    fn object(&self, table: &'static str) -> Value {
        let keys: Vec<&Key> = self.keys(&[table]).collect();
        let properties = keys
            .iter()
            .map(|key| (key.name.to_string(), self.property(key, table)));
        let required = keys.iter().filter(|key| key.required);
        let mut object = json!({
            "type": "object",
            "properties": properties.collect::<Map<_, _>>(),
            "required": required.map(|key| key.name).collect::<Vec<_>>(),
            "patternProperties": { format!("^{OWN}"): true },
            "additionalProperties": false,
        });
        if let Some(rule) = self.rule(table) {
            if rule.closed {
                object["patternProperties"] = json!({});
            }
            (rule.refine)(&mut object);
        }
        object
    }

    fn property(&self, key: &Key, table: &str) -> Value {
        let one_of_many = self.keys.iter().any(|key| {
            matches!(key.shape, Shape::Sections(tables) if tables.len() > 1 && tables.contains(&table))
        });
        let mut property = match key.shape {
            // A section's own kind, so that a schema for it can stand alone.
            Shape::OneOf(_) if key.name == KIND && one_of_many => json!({ "const": table }),
            shape => self.shape(shape),
        };
        if key.required && matches!(key.shape, Shape::Sections(_)) {
            property["minItems"] = json!(1);
        }
        property["description"] = json!(key.doc);
        property
    }

    fn shape(&self, shape: Shape) -> Value {
        let list = |least: usize, items: Value| json!({ "type": "array", "minItems": least, "items": items });
        match shape {
            Shape::Text => json!({ "type": "string", "pattern": "\\S" }),
            Shape::Line => json!({ "type": "string", "pattern": LINE }),
            Shape::LineOrNone => json!({ "type": "string" }),
            Shape::Id => json!({ "type": "string", "pattern": ID_PATTERN }),
            Shape::OneOf(words) => json!({ "enum": words }),
            Shape::Number(least, most) => {
                json!({ "type": "integer", "minimum": least, "maximum": most })
            }
            Shape::Boolean => json!({ "type": "boolean" }),
            Shape::Literal => {
                json!({ "type": ["string", "integer", "boolean"], "pattern": LINE })
            }
            Shape::LineOrNumber => json!({ "type": ["string", "integer"], "pattern": LINE }),
            // Dates of TOML's own are told to editors as formats; a text is as good.
            Shape::Day => json!({
                "anyOf": [
                    self.shape(Shape::Line),
                    { "type": "string", "format": "date" },
                    { "type": "string", "format": "partial-date-time" },
                    { "type": "string", "format": "date-time" },
                ],
            }),
            Shape::List(inner, least) => list(least, self.shape(*inner)),
            Shape::Tables(table, least) => list(least, self.object(table)),
            Shape::Table(inner) => reference(inner.table),
            Shape::Named(table) => json!({
                "type": "object",
                "propertyNames": { "pattern": format!("^{OWN}|{ID_PATTERN}") },
                "patternProperties": { format!("^{OWN}"): true },
                "additionalProperties": self.object(table),
            }),
            Shape::NamedLists => json!({
                "type": "object",
                "additionalProperties": self.shape(Shape::List(&Shape::Text, 0)),
            }),
            Shape::Sections([table]) => list(0, self.object(table)),
            Shape::Sections(tables) => list(0, sections(tables)),
        }
    }
}

/// Text on one line; line ends after it do no harm.
const LINE: &str = r"^[^\n]*\S[^\n]*\s*$";

fn reference(table: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{table}") })
}

/// A section: its kind first, then whatever that kind has.
fn sections(tables: &[&str]) -> Value {
    let kinds = tables.iter().map(|table| {
        json!({
            "if": { "properties": { KIND: { "const": table } }, "required": [KIND] },
            "then": reference(table),
        })
    });
    json!({
        "type": "object",
        "properties": { KIND: { "enum": tables } },
        "required": [KIND],
        // Some editors take silence for a no; the definition of the kind is strict.
        "additionalProperties": true,
        "allOf": kinds.collect::<Vec<_>>(),
    })
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}
