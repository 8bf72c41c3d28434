//! The table of messages as a JSON Schema.

use serde_json::{Map, Value, json};

use super::VERSION;
use super::table::{MESSAGES, MessageKey, MessageSender, MessageShape, MessageSpec};

/// The JSON Schema of one line, in either direction, draft 07.
pub fn schema() -> Value {
    let definitions: Map<String, Value> = MESSAGES
        .iter()
        .map(|message| (message.name.to_string(), described(message)))
        .collect();
    let any: Vec<Value> = MESSAGES
        .iter()
        .map(|message| json!({ "$ref": format!("#/definitions/{}", message.name) }))
        .collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": format!("One line of the trust-coach protocol, version {VERSION}"),
        "description": "One JSON object a line, type first and id second; unknown keys are passed over.",
        "anyOf": any,
        "definitions": definitions,
    })
}

fn described(message: &MessageSpec) -> Value {
    let from = match message.from {
        MessageSender::Program => "From the program.",
        MessageSender::Client => "From the client.",
        MessageSender::Both => "From the client, and in a file of events.",
    };
    let mut schema = object(message.keys);
    let mut properties = Map::new();
    properties.insert(String::from("type"), json!({ "const": message.name }));
    let id = "The step, with @2 behind it in its second round; the session's full id in what is about no step.";
    properties.insert(
        String::from("id"),
        json!({ "type": "string", "description": id }),
    );
    if let Some(Value::Object(own)) = schema.get_mut("properties").map(Value::take) {
        properties.extend(own);
    }
    let always = message
        .keys
        .iter()
        .filter(|key| key.always)
        .map(|key| key.name);
    let required: Vec<&str> = ["type", "id"].into_iter().chain(always).collect();
    schema["description"] = json!(format!("{} {from}", message.doc));
    schema["properties"] = Value::Object(properties);
    schema["required"] = json!(required);
    schema
}

fn object(keys: &[MessageKey]) -> Value {
    let properties: Map<String, Value> = keys
        .iter()
        .map(|key| {
            let mut property = shape(key.shape);
            property["description"] = json!(key.doc);
            (key.name.to_string(), property)
        })
        .collect();
    let required: Vec<&str> = keys
        .iter()
        .filter(|key| key.always)
        .map(|key| key.name)
        .collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": true,
    })
}

fn shape(shape: MessageShape) -> Value {
    match shape {
        MessageShape::Text => json!({ "type": "string" }),
        MessageShape::Number => json!({ "type": "integer" }),
        MessageShape::YesNo => json!({ "type": "boolean" }),
        MessageShape::OneOf(words) => json!({ "enum": words }),
        MessageShape::Object(keys) => object(keys),
        MessageShape::Objects(keys) => json!({ "type": "array", "items": object(keys) }),
        MessageShape::Numbers => json!({ "type": "array", "items": { "type": "integer" } }),
        MessageShape::Answer => json!({
            "anyOf": [
                { "type": ["string", "number", "boolean"] },
                { "type": "array", "items": { "type": ["string", "number"] } },
            ],
        }),
    }
}
