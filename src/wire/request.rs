//! What a client says, read line by line. Keys that are not known are passed over.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::ask::{Input, Reply};

/// Why a line was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    /// A stable word for programs.
    pub code: &'static str,
    /// A sentence for people.
    pub message: String,
}

impl RequestError {
    /// A refusal with this code.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

#[derive(Deserialize)]
struct Request {
    r#type: String,
    id: String,
    #[serde(default)]
    value: Value,
    #[serde(default)]
    skip: Value,
}

/// Reads one line as a reply to the question `open`.
pub fn read(line: &str, open: &str) -> Result<Reply, RequestError> {
    let _: IgnoredAny = serde_json::from_str(line)
        .map_err(|error| RequestError::new("bad-json", format!("This isn’t JSON: {error}.")))?;
    // From the line itself: in a value, one of a key that is there twice would be lost.
    let request: Request = serde_json::from_str(line).map_err(|error| {
        let message = format!("A message is an object with a type and an id: {error}.");
        RequestError::new("bad-message", message)
    })?;
    if request.r#type == "answer" && request.skip == Value::Bool(true) {
        return Err(RequestError::new("bad-message", BOTH));
    }
    let reply = match request.r#type.as_str() {
        "answer" => Reply::Answer(Input::of_json(&request.value).map_err(refused)?),
        "skip" => Reply::Skip,
        "back" => Reply::Back,
        "pause" => Reply::Pause,
        "hint" => Reply::Hint,
        "why" => Reply::Why,
        "help" => Reply::Help,
        "support" => Reply::Support(None),
        "leave" => Reply::Leave,
        other => {
            let message = format!("There’s no message type “{other}”.");
            return Err(RequestError::new("unknown-type", message));
        }
    };
    if request.id != open {
        let message = format!("The open question is “{open}”, not “{}”.", request.id);
        return Err(RequestError::new("wrong-id", message));
    }
    Ok(reply)
}

fn refused(what: &str) -> RequestError {
    RequestError::new("bad-value", format!("This value won’t do: {what}."))
}

// A text for people.
const BOTH: &str = "This is an answer that is to be skipped; send one or the other.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_of_value_is_an_answer_and_unknown_keys_are_passed_over() {
        let words = |words: &str| Input::Words(words.into());
        for (value, given) in [
            (r#""hi\nthere""#, words("hi\nthere")),
            ("3", words("3")),
            ("true", Input::YesNo(true)),
            (r#"["a", 2]"#, Input::Options(vec!["a".into(), "2".into()])),
            ("null", Input::Ready),
        ] {
            let line = format!(r#"{{"id": "a", "x": 1, "value": {value}, "type": "answer"}}"#);
            assert_eq!(read(&line, "a"), Ok(Reply::Answer(given)), "{value}");
        }
    }

    #[test]
    fn what_is_not_understood_has_a_code() {
        for (line, code) in [
            ("hello", "bad-json"),
            (r#"{"type": "skip""#, "bad-json"),
            ("[1]", "bad-message"),
            (r#"{"type": "skip"}"#, "bad-message"),
            (
                r#"{"type": "answer", "id": "a", "value": "X", "skip": true}"#,
                "bad-message",
            ),
            (r#"{"type": 1, "id": "a"}"#, "bad-message"),
            (
                r#"{"type": "answer", "id": "a", "value": "b", "value": "c"}"#,
                "bad-message",
            ),
            (r#"{"type": "dance", "id": "a"}"#, "unknown-type"),
            (r#"{"type": "skip", "id": "b"}"#, "wrong-id"),
            (r#"{"type": "answer", "id": "a", "value": {}}"#, "bad-value"),
            (
                r#"{"type": "answer", "id": "a", "value": [[1]]}"#,
                "bad-value",
            ),
        ] {
            assert_eq!(read(line, "a").unwrap_err().code, code, "{line}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(read(&deep, "a").unwrap_err().code, "bad-json");
    }
}
