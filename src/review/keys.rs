//! The keys of the rules format: one table that drives the checks and their messages.

use super::Subject;
use super::file::{RuleKind, RuleSection};

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum RuleShape {
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
    Named(RuleSection),
    /// Tables, each with a header of its own.
    Tables(RuleSection),
    /// A table of examples.
    Examples,
}

/// A key of the format.
#[derive(Debug)]
pub(super) struct RuleKey {
    pub at: RuleSection,
    pub name: &'static str,
    pub shape: RuleShape,
    pub required: bool,
    /// What it is, in a line.
    pub doc: &'static str,
}

const fn key(
    at: RuleSection,
    name: &'static str,
    shape: RuleShape,
    required: bool,
    doc: &'static str,
) -> RuleKey {
    RuleKey {
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
const KINDS: &[&str] = &[RuleKind::ALL[0].1, RuleKind::ALL[1].1];

use RuleSection::{Case, Examples, Rule, Top};

/// Every key, in the order in which files have them.
#[rustfmt::skip]
pub(super) const KEYS: &[RuleKey] = &[
    key(Top, "format", RuleShape::Number(1, 1), true, "The format of the file: 1."),
    key(Top, "subject", RuleShape::OneOf(SUBJECTS), true, "What the rules are for."),
    key(Top, "built_in", RuleShape::Flag, false, "Whether the file comes with the program; not for files of your own."),
    key(Top, "silence", RuleShape::Lines, false, "Ids of built-in rules that say nothing."),
    key(Top, "same", RuleShape::Named(RuleSection::Same), false, "What is read, and how it is also spelled."),
    key(Top, "lists", RuleShape::Named(RuleSection::Lists), false, "Lists of words, each under its name."),
    key(Top, "rule", RuleShape::Tables(Rule), false, "The rules, in order."),

    key(Rule, "id", RuleShape::Id, true, "The rule's id."),
    key(Rule, "kind", RuleShape::OneOf(KINDS), true, "\"part\": what a good text has; \"mark\": what hurts."),
    key(Rule, "wording", RuleShape::OneOf(&["firm", "tentative"]), true, "\"firm\" where the words say it plainly; else \"tentative\"."),
    key(Rule, "weight", RuleShape::Number(1, 100), false, "How much it matters; 50 when left out."),
    key(Rule, "name", RuleShape::Line, true, "A few words on what it looks for."),
    key(Rule, "message", RuleShape::Line, true, "What is said: of a mark when it is found, of a part when it is not."),
    key(Rule, "look_at", RuleShape::Line, true, "What the person may look at; never words to write."),
    key(Rule, "why", RuleShape::Line, true, "Why it matters to the one who will read the text."),
    key(Rule, "source", RuleShape::Line, true, "What it rests on."),
    key(Rule, "code", RuleShape::Line, false, "The code behind it, where patterns cannot say it."),
    key(Rule, "examples", RuleShape::Examples, true, "Texts in which it is found, and near misses in which it is not."),
    key(Rule, "case", RuleShape::Tables(Case), false, "Patterns with what cancels them, where a rule needs several sets."),
    key(Rule, "patterns", RuleShape::Lines, false, "What is looked for: any of these."),
    key(Rule, "unless", RuleShape::Lines, false, "What cancels a match."),
    key(Rule, "only_if", RuleShape::Lines, false, "Of these at least one must hold."),
    key(Rule, "quoted", RuleShape::Flag, false, "Whether words in quotation marks count."),

    key(Case, "patterns", RuleShape::Lines, true, "What is looked for: any of these."),
    key(Case, "unless", RuleShape::Lines, false, "What cancels a match."),
    key(Case, "only_if", RuleShape::Lines, false, "Of these at least one must hold."),
    key(Case, "quoted", RuleShape::Flag, false, "Whether words in quotation marks count."),

    key(Examples, "about", RuleShape::Line, false, "What the examples are about, where the rule compares."),
    key(Examples, "caught", RuleShape::Lines, true, "Texts in which it is found."),
    key(Examples, "passes", RuleShape::Lines, true, "Near misses in which it is not, at least as many."),
];

/// The keys of a table.
pub(super) fn keys(at: RuleSection) -> impl Iterator<Item = &'static RuleKey> {
    KEYS.iter().filter(move |key| key.at == at)
}
