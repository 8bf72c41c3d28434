//! The keys of the rules format: one table that drives the checks and their messages.

use super::Subject;
use super::file::{Kind, Section};

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    /// Text on one line, not empty.
    Line,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Small letters, digits and hyphens, beginning with a letter.
    Id,
    /// A whole number, from the first to the second.
    Number(u32, u32),
    /// `true` or `false`.
    Flag,
    /// A list of texts.
    Lines,
    /// Lists of texts, under names of the author's own.
    Named(Section),
    /// Tables, each with a header of its own.
    Tables(Section),
    /// A table of examples.
    Examples,
}

/// A key of the format.
#[derive(Debug)]
pub(super) struct Key {
    pub at: Section,
    pub name: &'static str,
    pub shape: Shape,
    pub required: bool,
    /// What it is, in a line.
    pub doc: &'static str,
}

const fn key(
    at: Section,
    name: &'static str,
    shape: Shape,
    required: bool,
    doc: &'static str,
) -> Key {
    Key {
        at,
        name,
        shape,
        required,
        doc,
    }
}

/// The names of the files that serve all subjects.
pub(super) const WORDS: &str = "words";
/// The file with heavy words.
pub(super) const HEAVY: &str = "heavy";

const SUBJECTS: &[&str] = &{
    let mut names = [""; Subject::ALL.len() + 2];
    let mut at = 0;
    while at < Subject::ALL.len() {
        names[at] = Subject::ALL[at].1;
        at += 1;
    }
    names[at] = WORDS;
    names[at + 1] = HEAVY;
    names
};
const KINDS: &[&str] = &[Kind::ALL[0].1, Kind::ALL[1].1];

use Section::{Case, Examples, Rule, Top};

/// Every key, in the order in which files have them.
#[rustfmt::skip]
pub(super) const KEYS: &[Key] = &[
    key(Top, "format", Shape::Number(1, 1), true, "The format of the file: 1."),
    key(Top, "subject", Shape::OneOf(SUBJECTS), true, "What the rules are for."),
    key(Top, "built_in", Shape::Flag, false, "Whether the file comes with the program; not for files of your own."),
    key(Top, "silence", Shape::Lines, false, "Ids of built-in rules that say nothing."),
    key(Top, "same", Shape::Named(Section::Same), false, "What is read, and how it is also spelled."),
    key(Top, "lists", Shape::Named(Section::Lists), false, "Lists of words, each under its name."),
    key(Top, "rule", Shape::Tables(Rule), false, "The rules, in order."),

    key(Rule, "id", Shape::Id, true, "The rule's id."),
    key(Rule, "kind", Shape::OneOf(KINDS), true, "\"part\": what a good text has; \"mark\": what hurts."),
    key(Rule, "wording", Shape::OneOf(&["firm", "tentative"]), true, "\"firm\" where the words say it plainly; else \"tentative\"."),
    key(Rule, "weight", Shape::Number(1, 100), false, "How much it matters; 50 when left out."),
    key(Rule, "name", Shape::Line, true, "A few words on what it looks for."),
    key(Rule, "message", Shape::Line, true, "What is said: of a mark when it is found, of a part when it is not."),
    key(Rule, "look_at", Shape::Line, true, "What the person may look at; never words to write."),
    key(Rule, "why", Shape::Line, true, "Why it matters to the one who will read the text."),
    key(Rule, "source", Shape::Line, true, "What it rests on."),
    key(Rule, "code", Shape::Line, false, "The code behind it, where patterns cannot say it."),
    key(Rule, "examples", Shape::Examples, true, "Texts in which it is found, and near misses in which it is not."),
    key(Rule, "case", Shape::Tables(Case), false, "Patterns with what cancels them, where a rule needs several sets."),
    key(Rule, "patterns", Shape::Lines, false, "What is looked for: any of these."),
    key(Rule, "unless", Shape::Lines, false, "What cancels a match."),
    key(Rule, "only_if", Shape::Lines, false, "Of these at least one must hold."),
    key(Rule, "quoted", Shape::Flag, false, "Whether words in quotation marks count."),

    key(Case, "patterns", Shape::Lines, true, "What is looked for: any of these."),
    key(Case, "unless", Shape::Lines, false, "What cancels a match."),
    key(Case, "only_if", Shape::Lines, false, "Of these at least one must hold."),
    key(Case, "quoted", Shape::Flag, false, "Whether words in quotation marks count."),

    key(Examples, "about", Shape::Line, false, "What the examples are about, where the rule compares."),
    key(Examples, "caught", Shape::Lines, true, "Texts in which it is found."),
    key(Examples, "passes", Shape::Lines, true, "Near misses in which it is not, at least as many."),
];

/// The keys of a table.
pub(super) fn keys(at: Section) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |key| key.at == at)
}
