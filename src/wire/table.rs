//! Every message of the protocol, in one table: for the schema, and for whoever writes a client.

/// Who says a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageSender {
    /// The program.
    Program,
    /// The client.
    Client,
    /// The client; in a file of events the program repeats it.
    Both,
}

/// One message.
#[derive(Debug)]
pub struct MessageSpec {
    /// Its `type`.
    pub name: &'static str,
    /// Who says it.
    pub from: MessageSender,
    /// What it means.
    pub doc: &'static str,
    /// Its keys behind `type` and `id`, in their order.
    pub keys: &'static [MessageKey],
}

/// One key of a message.
#[derive(Debug)]
pub struct MessageKey {
    /// What is written.
    pub name: &'static str,
    /// What it holds.
    pub shape: MessageShape,
    /// Whether it is always there.
    pub always: bool,
    /// What it means.
    pub doc: &'static str,
}

/// What a key holds.
#[derive(Clone, Copy, Debug)]
pub enum MessageShape {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// Yes or no.
    YesNo,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// An object with these keys.
    Object(&'static [MessageKey]),
    /// A list of objects with these keys.
    Objects(&'static [MessageKey]),
    /// A list of whole numbers.
    Numbers,
    /// An answer: text, number, true or false, or a list of options.
    Answer,
}

const fn key(name: &'static str, shape: MessageShape, doc: &'static str) -> MessageKey {
    MessageKey {
        name,
        shape,
        always: true,
        doc,
    }
}

/// A key that can be left out.
const fn maybe(name: &'static str, shape: MessageShape, doc: &'static str) -> MessageKey {
    MessageKey {
        always: false,
        ..key(name, shape, doc)
    }
}

const OPTION: &[MessageKey] = &[
    key(
        "id",
        MessageShape::Text,
        "What an answer gives; its number from 1 and its label do as well.",
    ),
    key("label", MessageShape::Text, "What is read."),
    maybe("note", MessageShape::Text, "More about it."),
];

const RANGE: &[MessageKey] = &[
    key("from", MessageShape::Number, "The lowest, or the fewest."),
    key("to", MessageShape::Number, "The highest, or the most."),
    maybe("low", MessageShape::Text, "What the lowest means."),
    maybe("high", MessageShape::Text, "What the highest means."),
];

const PIN: &[MessageKey] = &[
    key("name", MessageShape::Text, "The step's short name."),
    key("text", MessageShape::Text, "The answer in words."),
];

const KINDS: &[&str] = &[
    "ready", "line", "text", "one", "many", "scale", "yes-no", "date",
];

const TEXT: MessageKey = maybe(
    "text",
    MessageShape::Text,
    "What it says; left out where words are not kept.",
);

const TROUBLE: &[MessageKey] = &[
    key("code", MessageShape::Text, "A stable word for programs."),
    key("message", MessageShape::Text, "A sentence for people."),
];

const fn said(name: &'static str, doc: &'static str, keys: &'static [MessageKey]) -> MessageSpec {
    MessageSpec {
        name,
        from: MessageSender::Program,
        doc,
        keys,
    }
}

const fn sent(name: &'static str, from: MessageSender, doc: &'static str) -> MessageSpec {
    MessageSpec {
        name,
        from,
        doc,
        keys: &[],
    }
}

/// Every message, in both directions.
pub const MESSAGES: &[MessageSpec] = &[
    said(
        "hello",
        "The first line. Its id is the session's full id.",
        &[
            key(
                "protocol",
                MessageShape::Text,
                "The version that is spoken; it only grows within its first number.",
            ),
            key("exercise", MessageShape::Text, "The exercise's id."),
            key("session", MessageShape::Text, "The session's short id."),
            key(
                "steps",
                MessageShape::Number,
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
                MessageShape::Number,
                "Which question of this run it is, from 1.",
            ),
            key(
                "kind",
                MessageShape::OneOf(KINDS),
                "What kind of answer it takes; `ready` takes any and only goes on.",
            ),
            maybe(
                "prompt",
                MessageShape::Text,
                "Paragraphs, with an empty line between them.",
            ),
            key(
                "options",
                MessageShape::Objects(OPTION),
                "What can be chosen.",
            ),
            maybe(
                "other",
                MessageShape::Text,
                "The label under which an answer of their own may be given instead.",
            ),
            maybe(
                "range",
                MessageShape::Object(RANGE),
                "The ends of a scale, or how few and how many can be picked.",
            ),
            key(
                "optional",
                MessageShape::YesNo,
                "Worded as one that may be left out. Any may be skipped.",
            ),
            maybe(
                "initial",
                MessageShape::Text,
                "What stands there to begin with, as it would be typed.",
            ),
            maybe(
                "initial_by",
                MessageShape::OneOf(&["person", "author", "composed"]),
                "Who put it there.",
            ),
            key(
                "pins",
                MessageShape::Objects(PIN),
                "Earlier answers to keep in view.",
            ),
            key("step", MessageShape::Number, "Which step this is, from 1."),
            key(
                "of",
                MessageShape::Number,
                "How many there are, as far as one can tell.",
            ),
            key(
                "about",
                MessageShape::YesNo,
                "Whether later answers can change `of`.",
            ),
            key("private", MessageShape::YesNo, "Not for other eyes."),
        ],
    ),
    MessageSpec {
        name: "answer",
        from: MessageSender::Both,
        doc: "The answer to the open question.",
        keys: &[maybe(
            "value",
            MessageShape::Answer,
            "Left out for `ready`, and where words are not kept.",
        )],
    },
    sent("skip", MessageSender::Both, "Rather not say."),
    sent("back", MessageSender::Both, "To the step before."),
    sent(
        "pause",
        MessageSender::Both,
        "Save and stop here. Closing standard input does the same.",
    ),
    sent(
        "leave",
        MessageSender::Both,
        "Save and go; the session is not offered again.",
    ),
    sent(
        "help",
        MessageSender::Client,
        "What can be typed; answered by a note.",
    ),
    sent(
        "support",
        MessageSender::Client,
        "Help lines; answered by a note.",
    ),
    MessageSpec {
        name: "hint",
        from: MessageSender::Both,
        doc: "From the client: the next hint, please. From the program: the hint.",
        keys: &[TEXT],
    },
    MessageSpec {
        name: "why",
        from: MessageSender::Both,
        doc: "From the client: why is this asked? From the program: why.",
        keys: &[TEXT],
    },
    said(
        "note",
        "A text to show.",
        &[
            key(
                "tone",
                MessageShape::OneOf(&["title", "text", "aside", "status"]),
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
            key("rule", MessageShape::Text, "The rule's id."),
            key(
                "kind",
                MessageShape::OneOf(&["mark", "part"]),
                "A `mark` hurts where it stands; a `part` was not found.",
            ),
            key(
                "firm",
                MessageShape::YesNo,
                "Whether the words say it plainly.",
            ),
            key(
                "span",
                MessageShape::Numbers,
                "The bytes of the text that it points at: the first, and the one behind the last; both 0 for a part.",
            ),
            key(
                "message",
                MessageShape::Text,
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
                MessageShape::OneOf(&["finished", "paused", "left"]),
                "How it ended for now.",
            ),
            key("session", MessageShape::Text, "The session's short id."),
            key("path", MessageShape::Text, "The file it is saved in."),
        ],
    ),
];
