//! Feedback on one's own words: rules that are data, a text, and what they find in it.
//!
//! Everything here is pure: no file, no terminal, no clock. [`Rules`] are read once, and
//! [`Rules::review`] can then be asked as often as one likes. How a finding looks is somebody
//! else's business, and so is what happens with it in a session.

mod build;
mod code;
mod compare;
mod corpus;
mod file;
mod fold;
mod inflection;
mod keys;
mod language;
mod letters;
mod matcher;
pub mod meaning;
mod not_right;
mod parse;
mod pattern;
mod pieces;
mod quick;
pub mod report;
mod rule;
mod rules;
mod second;
mod third;
mod vocabulary;
mod words;

use std::ops::Range;

pub use corpus::{PatternUse, pattern_uses};
pub use file::{RuleKind, RuleText};
pub use keys::RULES;
pub use not_right::not_right;
pub use parse::{OwnRules, is_rules};
pub use rules::{BUILT_IN, ExampleMismatch, Rules};
pub use second::LONG_TEXT;
pub use third::told_to_each_other;

/// What a text is read as: each has a rules file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Saying sorry for something one did.
    Apology,
    /// Saying back what the other said.
    Reflection,
    /// Words for how something is for the other.
    Empathy,
    /// Saying what one will do.
    Promise,
    /// Raising an issue.
    Opening,
}

impl Subject {
    /// Every subject with its name, as exercises and the command line write it.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Apology, "apology"),
        (Self::Reflection, "reflection"),
        (Self::Empathy, "empathy"),
        (Self::Promise, "promise"),
        (Self::Opening, "opening"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(subject, _)| *subject == self)
            .map_or("", |(_, name)| name)
    }

    /// The subject with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(subject, _)| *subject)
    }
}

/// So many parts are missed at a time, the weightiest: a text is somebody's own, and no form.
pub const MOST_MISSED: usize = 3;

/// What is said of a text of more words than [`LONG_TEXT`] in which nothing is missed.
pub const MISSES: &str = "Rules miss most of what can hurt in a long text.";

/// How the rule of a finding begins where a part was not found.
pub const MISSING: &str = "missing-";

/// One thing that a rule has to say about a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule; [`MISSING`] and the id of a part that was not found.
    pub rule: String,
    /// A mark hurts where it stands; a part is missing.
    pub kind: RuleKind,
    /// Whether the words say it plainly; if not, the message leaves room.
    pub firm: bool,
    /// The words, in bytes from the beginning of the text; empty, and at the beginning, for a part
    /// that was not found.
    pub span: Range<usize>,
    /// The line on which they begin, from 1.
    pub line: usize,
    /// Where in that line, in characters from 1.
    pub column: usize,
    /// What was seen, in one or two sentences.
    pub message: String,
    /// What the person may look at. Never words to write.
    pub look_at: String,
    /// Why it matters to the one who will read the text.
    pub why: String,
    /// What the rule rests on.
    pub source: String,
    /// How much it matters; heavier ones are shown first.
    pub weight: u32,
}

/// What the rules of one subject say about one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// What there is to say, the weightiest first, then by place. Empty when the text is
    /// [`heavy`](Self::heavy), when it is not [`english`](Self::english), and when it has no
    /// [`words`](Self::words).
    pub findings: Vec<Finding>,
    /// Every part of the subject, in the order of its file, and whether it is there. Found also
    /// where nothing is said.
    pub parts: Vec<(String, bool)>,
    /// Whether there are heavy words in it, or words of harm in what it is about: self-harm, violence, fear or force. A miss claims nothing.
    pub heavy: bool,
    /// Whether a promise or a request watches over somebody: phones, places, passwords, money, reports,
    /// permission. Nothing is praised then. A miss claims nothing.
    pub control: bool,
    /// Whether it looks like English, which the rules are for. True where that cannot be told.
    pub english: bool,
    /// How many words it has.
    pub words: usize,
}
