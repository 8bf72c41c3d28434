//! A session for programs. What a person wrote or chose is in it only where that was asked for, and
//! so are prompts, for they may quote it.

use serde_json::{Map, Value as Json, json};

use crate::session::{Answer, Given, Note, Session, Value};

/// An object in the making.
pub(super) type Object = Map<String, Json>;

/// What is known of a session without opening it.
pub(super) fn head(session: &Session) -> Object {
    object(json!({
        "id": session.id,
        "short": session.short_id(),
        "exercise": session.exercise,
        "title": session.title,
        "state": session.state.name(),
        "started": session.started.0,
        "ended": session.ended.as_ref().map(|at| &at.0),
        "tags": session.tags,
    }))
}

/// Adds what is inside it.
pub(super) fn written(object: &mut Object, session: &Session, text: bool) {
    let answers = session.answers.iter().map(|given| answer(given, text));
    object.insert(
        "exercise_version".to_string(),
        session.exercise_version.into(),
    );
    object.insert("lang".to_string(), session.lang.clone().into());
    object.insert("answers".to_string(), answers.collect());
    let notes = session.notes.iter().map(|added| note(added, text));
    object.insert("notes".to_string(), notes.collect());
}

/// An addendum, or an answer given again.
pub(super) fn note(note: &Note, text: bool) -> Json {
    let mut shown = object(json!({ "at": note.at.0 }));
    if let Some((step, round)) = note.again() {
        shown.insert("step".to_string(), step.into());
        shown.insert("round".to_string(), round.into());
    }
    if text {
        shown.insert("text".to_string(), note.text.clone().into());
    }
    Json::Object(shown)
}

/// One answer.
pub(super) fn answer(answer: &Answer, text: bool) -> Json {
    let given = match &answer.given {
        Given::Pending => "pending",
        Given::Seen => "seen",
        Given::Skipped => "skipped",
        Given::Value(_) => "value",
    };
    let mut shown = object(json!({
        "step": answer.step,
        "round": answer.round,
        "kind": answer.kind.name(),
        "name": answer.name,
        "given": given,
        "at": answer.at.as_ref().map(|at| &at.0),
        "unreached": answer.unreached,
        "sensitive": answer.sensitive,
    }));
    if text {
        shown.insert("prompt".to_string(), answer.prompt.clone().into());
        shown.insert("value".to_string(), answer.value().map(plain).into());
        shown.insert("label".to_string(), answer.label.clone().into());
        shown.insert("item".to_string(), answer.item.clone().into());
        shown.insert("progress".to_string(), answer.progress.clone().into());
        let versions = answer.versions.iter();
        let versions =
            versions.map(|version| json!({ "at": version.at.0, "value": plain(&version.value) }));
        shown.insert("versions".to_string(), versions.collect());
        let findings = answer.findings.iter().map(|found| {
            let (start, end) = found.span;
            json!({ "rule": found.rule, "span": [start, end], "kept": found.kept })
        });
        shown.insert("findings".to_string(), findings.collect());
    }
    Json::Object(shown)
}

/// A value as it is in the file.
pub(super) fn plain(value: &Value) -> Json {
    match value {
        Value::Text(text) | Value::Choice(text) | Value::Date(text) => json!(text),
        Value::Choices(ids) => json!(ids),
        Value::Number(number) => json!(number),
        Value::YesNo(yes) => json!(yes),
    }
}

/// The object in a value that is one.
pub(super) fn object(value: Json) -> Object {
    match value {
        Json::Object(object) => object,
        _ => Object::new(),
    }
}
