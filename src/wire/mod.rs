//! The words in which another program does a session: one JSON object a line, `type` first and
//! `id` second, so that a shell can tell them apart without parsing them.
//!
//! Every message is a struct, and the schema is made from them.

pub mod client;
mod request;
mod schema;
mod stream;
mod two;

use schemars::JsonSchema;
use serde::Serialize;

use crate::ask::{self, InitialSource, Want};

pub use request::{RequestError, read};
pub use schema::schema;
pub use stream::{TextPolicy, Wire};
pub use two::{HandOverMessage, PersonMessage, ShownAnswer, ShownMessage, TimeMessage};

/// The version that is spoken. It only grows within its first number.
pub const VERSION: &str = "1.1";

/// One message, from the program or from the client. What the client says is repeated in a file of
/// events.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Message<'a> {
    /// From the program: the first line. Its id is the session's full id.
    Hello(HelloMessage<'a>),
    /// From the program: one of the two who do an exercise for two. There are two of them before the first
    /// question of the exercise. In a new session the questions `name-a` and `name-b` come before them: an
    /// answer is the name, `skip` leaves the letter.
    Person(PersonMessage<'a>),
    /// From the program: the keyboard changes hands. Take everything of before out of view; the question
    /// that follows waits until whoever it names is there.
    HandOver(HandOverMessage<'a>),
    /// From the program: a question. One is open at a time, until it is answered.
    Ask(Box<AskMessage>),
    /// From the client: the answer to the open question.
    Answer(AnswerMessage<'a>),
    /// From the client: rather not say.
    Skip(StepMessage<'a>),
    /// From the client: to the step before.
    Back(StepMessage<'a>),
    /// From the client: save and stop here. Closing standard input does the same.
    Pause(StepMessage<'a>),
    /// From the client: save and go; the session is not offered again.
    Leave(StepMessage<'a>),
    /// From the client: what can be typed? It is answered by a note.
    Help(StepMessage<'a>),
    /// From the client: help lines, please. They are answered by a note. From the program: a text may
    /// tell of self-harm, violence, fear or force, or is about watching over somebody, so the front end
    /// can say where help is; its id is the answer's.
    Support(StepMessage<'a>),
    /// From the client: the next hint, please. From the program: the hint.
    Hint(TextMessage<'a>),
    /// From the client: why is this asked? From the program: why.
    Why(TextMessage<'a>),
    /// From the program: a text to show.
    Note(NoteMessage<'a>),
    /// From the program: the answer will not do; the question is put again.
    Invalid(RejectionMessage<'a>),
    /// From the program: half of the time of whoever has the floor is over, or all of it. The question
    /// stays open.
    Time(TimeMessage<'a>),
    /// From the program: what two people wrote alone and show each other. No message has a word of it
    /// before.
    Shown(ShownMessage<'a>),
    /// From the program: everything up to here is on the disk.
    Saved(StepMessage<'a>),
    /// From the program: what a rule found in the text that was given. It asks nothing.
    Finding(FindingMessage<'a>),
    /// From the program: a line was not understood, and the question stays open; or the session could
    /// not go on.
    Error(RejectionMessage<'a>),
    /// From the program: the last line. Its id is the session's full id.
    Done(DoneMessage<'a>),
}

/// See [`Message::Hello`].
#[derive(Debug, Serialize, JsonSchema)]
pub struct HelloMessage<'a> {
    /// The session's full id.
    pub id: &'a str,
    /// The version that is spoken; it only grows within its first number.
    pub protocol: &'a str,
    /// The exercise's id.
    pub exercise: &'a str,
    /// The session's short id.
    pub session: &'a str,
    /// How many steps the exercise has, on all branches together.
    pub steps: usize,
}

/// See [`Message::Ask`].
#[derive(Debug, Serialize, JsonSchema)]
pub struct AskMessage {
    /// The step, with `@2` behind it in its second round, and so on.
    pub id: String,
    /// Which question of this run it is, from 1.
    pub seq: u64,
    /// What kind of answer it takes; `ready` takes any and only goes on.
    #[schemars(extend("enum" = Want::NAMES))]
    pub kind: &'static str,
    /// Paragraphs, with an empty line between them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// What can be chosen.
    pub options: Vec<ChoiceMessage>,
    /// The label under which an answer of their own may be given instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
    /// The ends of a scale, or how few and how many can be picked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<RangeMessage>,
    /// Worded as one that may be left out. Any may be skipped.
    pub optional: bool,
    /// What stands there to begin with, as it would be typed; nothing where the answer stays closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initial: Option<String>,
    /// Who put it there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["person", "author", "composed"]))]
    pub initial_by: Option<&'static str>,
    /// Earlier answers to keep in view.
    pub pins: Vec<PinMessage>,
    /// Which step this is, from 1.
    pub step: usize,
    /// How many there are, as far as one can tell.
    pub of: usize,
    /// Whether later answers can change `of`.
    pub about: bool,
    /// Not for other eyes.
    pub private: bool,
    /// In an exercise for two: who is asked, where it's one of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["a", "b"]))]
    pub person: Option<&'static str>,
    /// In an exercise for two: the answer stays closed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sealed: bool,
    /// In an exercise for two: how many seconds they have the floor, as a guide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
    /// It waits until the keyboard has changed hands, as `hand-over` says before it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hand_over: bool,
}

/// An option.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChoiceMessage {
    /// What an answer gives; its number from 1 and its label do as well.
    pub id: String,
    /// What is read.
    pub label: String,
    /// More about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// See [`AskMessage::range`].
#[derive(Debug, Serialize, JsonSchema)]
pub struct RangeMessage {
    /// The lowest, or the fewest.
    pub from: i64,
    /// The highest, or the most.
    pub to: i64,
    /// What the lowest means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<String>,
    /// What the highest means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<String>,
}

/// An earlier answer in view.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PinMessage {
    /// The step's short name.
    pub name: String,
    /// The answer in words.
    pub text: String,
}

/// See [`Message::Answer`].
#[derive(Debug, Serialize, JsonSchema)]
pub struct AnswerMessage<'a> {
    /// The step.
    pub id: &'a str,
    /// Text, number, true or false, or a list of options; left out for `ready`, and where words are
    /// not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "serde_json::Value", extend("type" = ["string", "number", "boolean", "array"]))]
    pub value: Option<ValueMessage<'a>>,
}

/// A value as it was given.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum ValueMessage<'a> {
    /// As typed.
    Words(&'a str),
    /// Chosen from a list.
    Options(&'a [String]),
}

/// A message with nothing but the step, or the session, that it is about.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StepMessage<'a> {
    /// The step, or the session's full id.
    pub id: &'a str,
}

/// A message with a text.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TextMessage<'a> {
    /// The step.
    pub id: &'a str,
    /// What it says; left out of a file of events that keeps no words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'a str>,
}

/// See [`Message::Note`].
#[derive(Debug, Serialize, JsonSchema)]
pub struct NoteMessage<'a> {
    /// The step, or the session's full id.
    pub id: &'a str,
    /// What sort of text it is.
    #[schemars(extend("enum" = ["title", "text", "aside", "status"]))]
    pub tone: &'static str,
    /// What it says; left out of a file of events that keeps no words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'a str>,
}

/// What will not do, and what would.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RejectionMessage<'a> {
    /// The step, or the session's full id.
    pub id: &'a str,
    /// A stable word for programs.
    pub code: &'a str,
    /// A sentence for people.
    pub message: &'a str,
}

/// See [`Message::Finding`].
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingMessage<'a> {
    /// The step, with `@2` behind it in its second round, and so on.
    pub id: &'a str,
    /// The rule's id.
    pub rule: &'a str,
    /// A `mark` hurts where it stands; a `part` was not found.
    #[schemars(extend("enum" = ["mark", "part"]))]
    pub kind: &'a str,
    /// Whether the words say it plainly.
    pub firm: bool,
    /// The bytes of the text that it points at: the first, and the one behind the last; both 0 for a
    /// part.
    pub span: [usize; 2],
    /// A sentence for people, without words of the text.
    pub message: &'a str,
}

/// See [`Message::Done`].
#[derive(Debug, Serialize, JsonSchema)]
pub struct DoneMessage<'a> {
    /// The session's full id.
    pub id: &'a str,
    /// How it ended for now.
    pub status: EndStatus,
    /// The session's short id.
    pub session: &'a str,
    /// The file it is saved in.
    pub path: &'a str,
}

/// How a session ended for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EndStatus {
    /// Every step is done.
    Finished,
    /// Saved, to go on later.
    Paused,
    /// Saved, and not offered again.
    Left,
}

impl AskMessage {
    /// A question as it goes over the wire.
    fn new(ask: &ask::Ask, seq: u64) -> Self {
        let (options, other, range) = shape(&ask.want);
        let place = ask.place;
        // What stays closed is in no message, not even to whoever wrote it.
        let initial = ask.initial.clone().filter(|_| !ask.sealed);
        let by = match ask.initial_by {
            InitialSource::Person => "person",
            InitialSource::Author => "author",
            InitialSource::Composed => "composed",
        };
        Self {
            id: ask.id.clone(),
            seq,
            kind: ask.want.name(),
            prompt: Some(ask.prompt.clone()),
            options,
            other,
            range,
            optional: ask.optional,
            initial_by: initial.is_some().then_some(by),
            initial,
            pins: ask.pins.iter().map(pin).collect(),
            step: place.map_or(0, |place| place.step),
            of: place.map_or(0, |place| place.of),
            about: place.is_some_and(|place| place.about),
            private: ask.private,
            person: ask.person_id(),
            sealed: ask.sealed,
            seconds: ask.seconds,
            hand_over: ask.hand_over,
        }
    }
}

fn shape(want: &Want) -> (Vec<ChoiceMessage>, Option<String>, Option<RangeMessage>) {
    let range = |from, to, low: &Option<String>, high: &Option<String>| RangeMessage {
        from,
        to,
        low: low.clone(),
        high: high.clone(),
    };
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    match want {
        Want::One { options, other } => (options.iter().map(choice).collect(), other.clone(), None),
        Want::Many { options, min, max } => {
            let most = number(options.len()).min(number(*max));
            let several = range(number(*min), most, &None, &None);
            (options.iter().map(choice).collect(), None, Some(several))
        }
        Want::Scale {
            from,
            to,
            low,
            high,
        } => (Vec::new(), None, Some(range(*from, *to, low, high))),
        _ => (Vec::new(), None, None),
    }
}

fn choice(choice: &ask::Choice) -> ChoiceMessage {
    ChoiceMessage {
        id: choice.id.clone(),
        label: choice.label.clone(),
        note: choice.note.clone(),
    }
}

fn pin(pin: &ask::Pin) -> PinMessage {
    PinMessage {
        name: pin.name.clone(),
        text: pin.text.clone(),
    }
}
