//! The messages as a JSON Schema.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde_json::{Map, Value, json};

use super::{Message, VERSION};

/// Returns the JSON Schema of one line, in either direction, draft 07. Each message is a definition
/// under its type.
pub fn schema() -> Value {
    let settings = SchemaSettings::draft07().for_serialize().with(|settings| {
        settings.inline_subschemas = true;
    });
    let settings = settings.with_transform(RecursiveTransform(without_null));
    let mut messages = settings
        .into_generator()
        .into_root_schema_for::<Message<'_>>();
    let variants = messages.get_mut("oneOf").map(Value::take);
    let variants = variants
        .as_ref()
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let named = variants.filter_map(|message| {
        let name = message.pointer("/properties/type/const")?.as_str()?;
        Some((name.to_string(), message.clone()))
    });
    let definitions: Map<String, Value> = named.collect();
    let references = definitions
        .keys()
        .map(|name| json!({ "$ref": format!("#/definitions/{name}") }));
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": format!("One line of the trust-coach protocol, version {VERSION}"),
        "description": "One JSON object per line, type first and id second; unknown keys are ignored.",
        "anyOf": references.collect::<Vec<_>>(),
        "definitions": definitions,
    })
}

/// What can be left out is left out; no message has a `null`.
fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
    }
}
