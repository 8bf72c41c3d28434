//! Every message of the protocol, in one table: for the schema, and for whoever writes a client.

/// Who says a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The program.
    Program,
    /// The client.
    Client,
    /// The client; in a file of events the program repeats it.
    Both,
}

/// One message.
#[derive(Debug)]
pub struct Message {
    /// Its `type`.
    pub name: &'static str,
    /// Who says it.
    pub from: From,
    /// What it means.
    pub doc: &'static str,
    /// Its keys behind `type` and `id`, in their order.
    pub keys: &'static [Key],
}

/// One key of a message.
#[derive(Debug)]
pub struct Key {
    /// What is written.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether it is always there.
    pub always: bool,
    /// What it means.
    pub doc: &'static str,
}

/// What a key holds.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// Yes or no.
    YesNo,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// An object with these keys.
    Object(&'static [Key]),
    /// A list of objects with these keys.
    Objects(&'static [Key]),
    /// A list of whole numbers.
    Numbers,
    /// An answer: text, number, true or false, or a list of options.
    Answer,
}

const fn key(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key {
        name,
        shape,
        always: true,
        doc,
    }
}

/// A key that can be left out.
const fn maybe(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key {
        always: false,
        ..key(name, shape, doc)
    }
}

const OPTION: &[Key] = &[
    key(
        "id",
        Shape::Text,
        "What an answer gives; its number from 1 and its label do as well.",
    ),
    key("label", Shape::Text, "What is read."),
    maybe("note", Shape::Text, "More about it."),
];

const RANGE: &[Key] = &[
    key("from", Shape::Number, "The lowest, or the fewest."),
    key("to", Shape::Number, "The highest, or the most."),
    maybe("low", Shape::Text, "What the lowest means."),
    maybe("high", Shape::Text, "What the highest means."),
];

const PIN: &[Key] = &[
    key("name", Shape::Text, "The step's short name."),
    key("text", Shape::Text, "The answer in words."),
];

const KINDS: &[&str] = &[
    "ready", "line", "text", "one", "many", "scale", "yes-no", "date",
];

const TEXT: Key = maybe(
    "text",
    Shape::Text,
    "What it says; left out where words are not kept.",
);

const TROUBLE: &[Key] = &[
    key("code", Shape::Text, "A stable word for programs."),
    key("message", Shape::Text, "A sentence for people."),
];

const fn said(name: &'static str, doc: &'static str, keys: &'static [Key]) -> Message {
    Message {
        name,
        from: From::Program,
        doc,
        keys,
    }
}

const fn sent(name: &'static str, from: From, doc: &'static str) -> Message {
    Message {
        name,
        from,
        doc,
        keys: &[],
    }
}

/// Every message, in both directions.
pub const MESSAGES: &[Message] = &[
    said(
        "hello",
        "The first line. Its id is the session's full id.",
        &[
            key(
                "protocol",
                Shape::Text,
                "The version that is spoken; it only grows within its first number.",
            ),
            key("exercise", Shape::Text, "The exercise's id."),
            key("session", Shape::Text, "The session's short id."),
            key(
                "steps",
                Shape::Number,
                "How many steps the exercise has, on all branches together.",
            ),
        ],
    ),
    said(
        "ask",
        "A question. One is open at a time, until it is answered.",
        &[
            key(
                "seq",
                Shape::Number,
                "Which question of this run it is, from 1.",
            ),
            key(
                "kind",
                Shape::OneOf(KINDS),
                "What kind of answer it takes; `ready` takes any and only goes on.",
            ),
            maybe(
                "prompt",
                Shape::Text,
                "Paragraphs, with an empty line between them.",
            ),
            key("options", Shape::Objects(OPTION), "What can be chosen."),
            maybe(
                "other",
                Shape::Text,
                "The label under which an answer of their own may be given instead.",
            ),
            maybe(
                "range",
                Shape::Object(RANGE),
                "The ends of a scale, or how few and how many can be picked.",
            ),
            key(
                "optional",
                Shape::YesNo,
                "Worded as one that may be left out. Any may be skipped.",
            ),
            maybe(
                "initial",
                Shape::Text,
                "What stands there to begin with, as it would be typed.",
            ),
            maybe(
                "initial_by",
                Shape::OneOf(&["person", "author", "composed"]),
                "Who put it there.",
            ),
            key(
                "pins",
                Shape::Objects(PIN),
                "Earlier answers to keep in view.",
            ),
            key("step", Shape::Number, "Which step this is, from 1."),
            key(
                "of",
                Shape::Number,
                "How many there are, as far as one can tell.",
            ),
            key(
                "about",
                Shape::YesNo,
                "Whether later answers can change `of`.",
            ),
            key("private", Shape::YesNo, "Not for other eyes."),
        ],
    ),
    Message {
        name: "answer",
        from: From::Both,
        doc: "The answer to the open question.",
        keys: &[maybe(
            "value",
            Shape::Answer,
            "Left out for `ready`, and where words are not kept.",
        )],
    },
    sent("skip", From::Both, "Rather not say."),
    sent("back", From::Both, "To the step before."),
    sent(
        "pause",
        From::Both,
        "Save and stop here. Closing standard input does the same.",
    ),
    sent(
        "leave",
        From::Both,
        "Save and go; the session is not offered again.",
    ),
    sent(
        "help",
        From::Client,
        "What can be typed; answered by a note.",
    ),
    sent("support", From::Client, "Help lines; answered by a note."),
    Message {
        name: "hint",
        from: From::Both,
        doc: "From the client: the next hint, please. From the program: the hint.",
        keys: &[TEXT],
    },
    Message {
        name: "why",
        from: From::Both,
        doc: "From the client: why is this asked? From the program: why.",
        keys: &[TEXT],
    },
    said(
        "note",
        "A text to show.",
        &[
            key(
                "tone",
                Shape::OneOf(&["title", "text", "aside", "status"]),
                "What sort of text it is.",
            ),
            TEXT,
        ],
    ),
    said(
        "invalid",
        "The answer will not do; the question is put again.",
        TROUBLE,
    ),
    said("saved", "Everything up to here is on the disk.", &[]),
    said(
        "finding",
        "What a rule found in the text that was given. It asks nothing.",
        &[
            key("rule", Shape::Text, "The rule's id."),
            key(
                "kind",
                Shape::OneOf(&["mark", "part"]),
                "A `mark` hurts where it stands; a `part` was not found.",
            ),
            key("firm", Shape::YesNo, "Whether the words say it plainly."),
            key(
                "span",
                Shape::Numbers,
                "The bytes of the text that it points at: the first, and the one behind the last; both 0 for a part.",
            ),
            key(
                "message",
                Shape::Text,
                "A sentence for people, without words of the text.",
            ),
        ],
    ),
    said(
        "error",
        "A line was not understood, and the question stays open; or the session could not go on.",
        TROUBLE,
    ),
    said(
        "done",
        "The last line. Its id is the session's full id.",
        &[
            key(
                "status",
                Shape::OneOf(&["finished", "paused", "left"]),
                "How it ended for now.",
            ),
            key("session", Shape::Text, "The session's short id."),
            key("path", Shape::Text, "The file it is saved in."),
        ],
    ),
];
