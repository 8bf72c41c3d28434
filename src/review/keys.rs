//! The keys of the rules format.

use super::Subject;
use super::file::RuleKind;
use crate::format::key::{Format, Key, ROOT, Shape, TableShape, words};

/// The names of the files that serve all subjects.
pub(super) const WORDS: &str = "words";
/// The file with heavy words.
pub(super) const HEAVY: &str = "heavy";
/// The file with what watches over somebody, for promises and for what is asked of another.
pub(super) const CONTROL: &str = "control";

const SUBJECTS: &[&str] = &{
    let mut names = [""; Subject::ALL.len() + 3];
    let mut at = 0;
    while at < Subject::ALL.len() {
        names[at] = Subject::ALL[at].1;
        at += 1;
    }
    names[at] = WORDS;
    names[at + 1] = HEAVY;
    names[at + 2] = CONTROL;
    names
};
const KINDS: &[&str] = &words(&RuleKind::ALL);

const FILE: &[&str] = &[ROOT];
const RULE: &[&str] = &["rule"];
const CASE: &[&str] = &["case"];
const EXAMPLES: &[&str] = &["examples"];

const TEXTS: Shape = Shape::List(&Shape::Text, 0);
const TAKES_EXAMPLES: Shape = Shape::Table(TableShape {
    table: "examples",
    what: "a table of examples",
    example: "{ caught = [\"…\"], passes = [\"…\"] }",
});

/// Every key, in the order in which files have them.
#[rustfmt::skip]
const KEYS: &[Key] = &[
    Key::must(FILE, "format", Shape::Number(1, 1), "The format of the file: 1."),
    Key::must(FILE, "subject", Shape::OneOf(SUBJECTS), "What the rules are for."),
    Key::may(FILE, "built_in", Shape::Boolean, "Whether the file comes with the program; not for your own files."),
    Key::may(FILE, "silence", TEXTS, "Ids of built-in rules that say nothing."),
    Key::may(FILE, "not_right", TEXTS, "Ids of built-in rules, once for each time you said a remark of theirs isn’t right. After three times a rule says nothing."),
    Key::may(FILE, "same", Shape::NamedLists, "Spellings that count as the same."),
    Key::may(FILE, "irregular", Shape::NamedLists, "Verbs with the forms of their past, where these aren’t regular."),
    Key::may(FILE, "lists", Shape::NamedLists, "Lists of words, each under its name."),
    Key::may(FILE, "rule", Shape::Sections(RULE), "The rules, in order."),

    Key::must(RULE, "id", Shape::Id, "The rule’s id."),
    Key::must(RULE, "kind", Shape::OneOf(KINDS), "\"part\": what a good text has; \"mark\": what hurts."),
    Key::must(RULE, "wording", Shape::OneOf(&["firm", "tentative"]), "\"firm\" if the words say it plainly; otherwise \"tentative\"."),
    Key::may(RULE, "weight", Shape::Number(1, 100), "How much it matters; 50 when left out. A part under 25 is never missed."),
    Key::must(RULE, "name", Shape::Line, "A few words on what it looks for."),
    Key::must(RULE, "message", Shape::Line, "What’s said: for a mark when it’s found, for a part when it isn’t."),
    Key::must(RULE, "look_at", Shape::Line, "What the person may look at; never words to write."),
    Key::must(RULE, "why", Shape::Line, "Why it matters to the person who will read the text."),
    Key::must(RULE, "source", Shape::Line, "What it’s based on."),
    Key::may(RULE, "code", Shape::Line, "The code behind it, where patterns can’t say it."),
    Key::may(RULE, "part_of", Shape::Id, "The part that this one looks at more closely: if that isn’t found either, only that one is missed."),
    Key::must(RULE, "examples", TAKES_EXAMPLES, "Texts where it’s found, and near misses where it isn’t."),
    Key::may(RULE, "case", Shape::Sections(CASE), "Patterns with what cancels them, if a rule needs several sets."),
    Key::may(RULE, "patterns", TEXTS, "What to look for: any of these."),
    Key::may(RULE, "except", TEXTS, "What isn’t meant: a match that overlaps one of these doesn’t count."),
    Key::may(RULE, "unless", TEXTS, "What cancels a match."),
    Key::may(RULE, "only_if", TEXTS, "At least one of these must be true."),
    Key::may(RULE, "quoted", Shape::Boolean, "Whether words in quotation marks count."),
    Key::may(RULE, "plain", Shape::Boolean, "Whether they count in a long apology too, whatever the rest of the sentence is like."),

    Key::must(CASE, "patterns", TEXTS, "What to look for: any of these."),
    Key::may(CASE, "except", TEXTS, "What isn’t meant: a match that overlaps one of these doesn’t count."),
    Key::may(CASE, "unless", TEXTS, "What cancels a match."),
    Key::may(CASE, "only_if", TEXTS, "At least one of these must be true."),
    Key::may(CASE, "quoted", Shape::Boolean, "Whether words in quotation marks count."),
    Key::may(CASE, "plain", Shape::Boolean, "Whether they count in a long apology too, whatever the rest of the sentence is like."),

    Key::may(EXAMPLES, "about", Shape::Line, "What the examples are about, where the rule compares."),
    Key::may(EXAMPLES, "excepted", TEXTS, "Texts where only `except` keeps it from finding something."),
    Key::must(EXAMPLES, "caught", TEXTS, "Texts where it’s found."),
    Key::must(EXAMPLES, "passes", TEXTS, "Near misses where it isn’t, at least as many."),
];

/// Files of review rules.
pub static RULES: Format = Format::new("Review rules for trust-coach, format 1", "file", KEYS);
