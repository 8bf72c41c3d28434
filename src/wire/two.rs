//! What only an exercise for two has to say: who they are, who has the keyboard, and what both see.

use schemars::JsonSchema;
use serde::Serialize;

/// See [`Message::Person`](super::Message::Person).
#[derive(Debug, Serialize, JsonSchema)]
pub struct PersonMessage<'a> {
    /// The letter that `person` and `to` have for them elsewhere.
    #[schemars(extend("enum" = ["a", "b"]))]
    pub id: &'a str,
    /// Their name, as it was answered to `name-a` or `name-b`; their letter where it was skipped.
    pub name: &'a str,
}

/// See [`Message::HandOver`](super::Message::HandOver).
#[derive(Debug, Serialize, JsonSchema)]
pub struct HandOverMessage<'a> {
    /// The question that follows, which waits until they are there.
    pub id: &'a str,
    /// Who has the keyboard from now on.
    #[schemars(extend("enum" = ["a", "b", "both"]))]
    pub to: &'a str,
}

/// See [`Message::Time`](super::Message::Time).
#[derive(Debug, Serialize, JsonSchema)]
pub struct TimeMessage<'a> {
    /// The open question.
    pub id: &'a str,
    /// How many seconds have passed.
    pub passed: u32,
    /// Of how many. Nothing happens when they're over.
    pub of: u32,
}

/// See [`Message::Shown`](super::Message::Shown).
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownMessage<'a> {
    /// The step that asked for it.
    pub id: &'a str,
    /// What both see from now on; empty where it stays closed, whatever the reason.
    pub answers: Vec<ShownAnswer>,
}

/// An answer that is open to both from now on.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownAnswer {
    /// The id under which it was asked.
    pub id: String,
    /// Whose it is.
    #[schemars(extend("enum" = ["a", "b"]))]
    pub person: &'static str,
    /// What was asked; left out of a file of events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// What they said; left out of a file of events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}
