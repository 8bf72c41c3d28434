//! The keys of the exercise format: one table that drives the checks, the suggestions, the JSON
//! Schema and the documentation.

use super::{StepKind, Strategy};
pub use crate::format::syntax::{is_id, nearest};

/// A table in an exercise file, by what it describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// The exercise as a whole.
    Top,
    /// A work it rests on.
    Source,
    /// A group of steps that is repeated.
    Group,
    /// A step of this kind.
    Step(StepKind),
    /// An option of a `choose` or `pick`.
    Choice,
    /// An item of a `draw`.
    Item,
    /// A paragraph of a `compose`.
    Paragraph,
    /// A condition.
    Condition,
    /// What a pack says of itself, in `pack.toml`.
    Pack,
}

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum KeyShape {
    /// Text, not empty.
    Text,
    /// Text on one line, not empty.
    Line,
    /// Small letters, digits and hyphens, beginning with a letter.
    Id,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A whole number, from the first to the second.
    Number(i64, i64),
    /// `true` or `false`.
    Boolean,
    /// Text, a whole number, or `true` or `false`.
    Literal,
    /// What could be an answer to the step.
    Answer,
    /// A list of these, at least one.
    List(&'static KeyShape),
    /// A list of tables, at least so many.
    Tables(TableKind, usize),
    /// Tables under names of the author's own.
    Named(TableKind),
    /// A condition.
    Condition,
    /// The steps: a list of tables, each with a `kind`.
    Steps,
}

/// A key of the format.
#[derive(Clone, Copy, Debug)]
pub struct FormatKey {
    /// The tables it stands in.
    pub at: &'static [TableKind],
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub shape: KeyShape,
    /// Whether it must be there.
    pub required: bool,
    /// What it is, in a line.
    pub doc: &'static str,
}

const fn must(
    at: &'static [TableKind],
    name: &'static str,
    shape: KeyShape,
    doc: &'static str,
) -> FormatKey {
    FormatKey {
        at,
        name,
        shape,
        required: true,
        doc,
    }
}

const fn may(
    at: &'static [TableKind],
    name: &'static str,
    shape: KeyShape,
    doc: &'static str,
) -> FormatKey {
    FormatKey {
        at,
        name,
        shape,
        required: false,
        doc,
    }
}

const fn words<T: Copy, const N: usize>(all: &[(T, &'static str); N]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut i = 0;
    while i < N {
        words[i] = all[i].1;
        i += 1;
    }
    words
}

const fn places(kinds: &[(StepKind, &'static str); 9]) -> [TableKind; 9] {
    let mut places = [TableKind::Top; 9];
    let mut i = 0;
    while i < 9 {
        places[i] = TableKind::Step(kinds[i].0);
        i += 1;
    }
    places
}

/// The kinds of steps, as they are written.
pub const KINDS: &[&str] = &words(&StepKind::ALL);

/// The names of the rules that can look at a text.
pub const REVIEWS: &[&str] = &["apology", "reflection", "empathy", "promise", "opening"];
const STRATEGIES: &[&str] = &words(&Strategy::ALL);

const TOP: &[TableKind] = &[TableKind::Top];
const SOURCE: &[TableKind] = &[TableKind::Source];
const GROUP: &[TableKind] = &[TableKind::Group];
const ITEM: &[TableKind] = &[TableKind::Item];
const CONDITION: &[TableKind] = &[TableKind::Condition];
const PACK: &[TableKind] = &[TableKind::Pack];
const STEP: &[TableKind] = &places(&StepKind::ALL);
// `say` comes first in the list of kinds, and asks nothing.
const ASKING: &[TableKind] = STEP.split_at(1).1;
const WRITE: &[TableKind] = &[TableKind::Step(StepKind::Write)];
const CHOOSE: &[TableKind] = &[TableKind::Step(StepKind::Choose)];
const PICK: &[TableKind] = &[TableKind::Step(StepKind::Pick)];
const RATE: &[TableKind] = &[TableKind::Step(StepKind::Rate)];

const COUNT: KeyShape = KeyShape::Number(1, 1000);
const ANY: KeyShape = KeyShape::Number(-1_000_000, 1_000_000);

/// Every key, in the order in which files have them.
#[rustfmt::skip]
pub const KEYS: &[FormatKey] = &[
    must(TOP, "format", KeyShape::Number(1, super::FORMAT), "The format of the file: 1."),
    must(TOP, "version", KeyShape::Number(1, 1_000_000), "The version of the content; raise it when steps change."),
    must(TOP, "title", KeyShape::Line, "The title."),
    must(TOP, "strategy", KeyShape::OneOf(STRATEGIES), "What the exercise works on."),
    may(TOP, "for", KeyShape::OneOf(&["one"]), "Who does it: one person."),
    must(TOP, "minutes", KeyShape::Number(1, 600), "About how long it takes."),
    must(TOP, "summary", KeyShape::Line, "One sentence on what one does; shown in lists."),
    must(TOP, "opening", KeyShape::Text, "Why, and what to have at hand; shown before the first step."),
    must(TOP, "closing", KeyShape::Text, "What to do next; shown after the last step. May quote answers."),
    may(TOP, "caution", KeyShape::Text, "When not to do this."),
    may(TOP, "gate", KeyShape::OneOf(&["screen"]), "\"screen\" puts the private safety questions first."),
    may(TOP, "lang", KeyShape::Line, "The language it is written in, such as \"de\"; \"en\" when left out."),
    may(TOP, "tags", KeyShape::List(&KeyShape::Line), "Words to find it by."),
    may(TOP, "sources", KeyShape::Tables(TableKind::Source, 1), "What it rests on."),
    may(TOP, "group", KeyShape::Named(TableKind::Group), "Groups of steps that are repeated, each under its name."),
    must(TOP, "step", KeyShape::Steps, "The steps, in order."),

    must(SOURCE, "author", KeyShape::Line, "Who wrote it."),
    must(SOURCE, "year", KeyShape::Number(1000, 9999), "The year it came out."),
    must(SOURCE, "title", KeyShape::Line, "Its title."),
    may(SOURCE, "doi", KeyShape::Line, "Its DOI, such as \"10.1000/182\"."),
    may(SOURCE, "address", KeyShape::Line, "Where it can be read."),
    must(SOURCE, "supports", KeyShape::Line, "What in the exercise it supports."),
    must(SOURCE, "strength", KeyShape::Line, "How strong that support is."),

    must(GROUP, "repeat_until", KeyShape::Condition, "Rounds end when this holds after a round."),
    must(GROUP, "at_most", COUNT, "The most rounds there can be."),

    must(STEP, "id", KeyShape::Id, "The step's id; answers are stored under it."),
    must(STEP, "kind", KeyShape::OneOf(KINDS), "What the step asks for."),
    may(STEP, "when", KeyShape::Condition, "Shown only when this holds."),
    may(STEP, "group", KeyShape::Id, "The group the step belongs to."),
    must(STEP, "prompt", KeyShape::Text, "The text on the screen. May quote answers."),
    may(ASKING, "name", KeyShape::Line, "A short name for lists, at most 24 columns."),
    may(ASKING, "why", KeyShape::Text, "Why it is asked; shown on request. May quote answers."),
    may(ASKING, "hints", KeyShape::List(&KeyShape::Text), "Help in stages: a nudge, opening words, a full example. May quote answers."),
    may(ASKING, "optional", KeyShape::Boolean, "Worded as a step that may be left out; any step may be skipped."),
    may(ASKING, "default", KeyShape::Answer, "What stands there to begin with."),
    may(ASKING, "pin", KeyShape::Boolean, "Keeps this answer in view above later steps."),
    may(ASKING, "sensitive", KeyShape::Boolean, "Not for other eyes: masked in lists, left out of exports."),

    may(WRITE, "lines", KeyShape::OneOf(&["one", "many"]), "How much it takes: \"one\" line, or \"many\" (when left out)."),
    may(WRITE, "min_words", COUNT, "Fewer words than this draw one nudge; it never blocks."),
    may(&[TableKind::Step(StepKind::Write), TableKind::Step(StepKind::Draw), TableKind::Step(StepKind::Compose)], "review", KeyShape::OneOf(REVIEWS), "The rules that look at the text. In a draw they compare it with what is said in the scene."),
    may(WRITE, "about", KeyShape::Id, "The step whose text the review compares with."),
    must(&[TableKind::Step(StepKind::Choose), TableKind::Step(StepKind::Pick)], "options", KeyShape::Tables(TableKind::Choice, 2), "What there is to choose from, at least two."),
    may(CHOOSE, "other", KeyShape::Boolean, "They may type one of their own."),
    may(PICK, "min", KeyShape::Number(0, 1000), "The fewest to pick; 1 when left out."),
    may(PICK, "max", COUNT, "The most to pick; all when left out."),
    must(RATE, "from", ANY, "The lowest number."),
    must(RATE, "to", ANY, "The highest number."),
    may(RATE, "low", KeyShape::Line, "What the lowest means."),
    may(RATE, "high", KeyShape::Line, "What the highest means."),
    must(&[TableKind::Step(StepKind::Draw)], "pool", KeyShape::Tables(TableKind::Item, 1), "What is drawn from, at least one item."),
    must(&[TableKind::Step(StepKind::Compose)], "from", KeyShape::Tables(TableKind::Paragraph, 1), "The steps whose answers become a paragraph each, in this order."),
    may(&[TableKind::Step(StepKind::Compose)], "headings", KeyShape::Boolean, "Puts each step's `name` above its paragraph; for a page to look at, not for a letter."),

    must(&[TableKind::Choice, TableKind::Item], "id", KeyShape::Id, "Its id; stored with the answer."),
    must(&[TableKind::Choice], "label", KeyShape::Line, "What the person reads, best at most 36 columns."),
    may(&[TableKind::Choice], "note", KeyShape::Line, "More about it."),
    must(ITEM, "text", KeyShape::Text, "What the person reads."),
    must(&[TableKind::Paragraph], "use", KeyShape::Id, "The step whose answer stands here."),

    may(CONDITION, "step", KeyShape::Id, "The step whose answer is tested; with one of the tests below."),
    may(CONDITION, "is", KeyShape::Literal, "The answer is this."),
    may(CONDITION, "is_not", KeyShape::Literal, "There is an answer, and it is not this."),
    may(CONDITION, "includes", KeyShape::Id, "Among the picked options is this one."),
    may(CONDITION, "at_least", ANY, "The number is this or higher."),
    may(CONDITION, "at_most", ANY, "The number is this or lower."),
    may(CONDITION, "answered", KeyShape::Boolean, "There is an answer (true), or there is none (false)."),
    may(CONDITION, "all", KeyShape::List(&KeyShape::Condition), "Every one of these holds."),
    may(CONDITION, "any", KeyShape::List(&KeyShape::Condition), "At least one of these holds."),
    may(CONDITION, "not", KeyShape::Condition, "This does not hold."),

    must(PACK, "format", KeyShape::Number(1, super::FORMAT), "The format of the file: 1."),
    must(PACK, "name", KeyShape::Id, "The name it is called by; its exercises are name/exercise."),
    may(PACK, "title", KeyShape::Line, "A title for people."),
    must(PACK, "author", KeyShape::Line, "Who wrote it."),
    must(PACK, "licence", KeyShape::Line, "Under which terms it may be used, such as \"CC BY 4.0\"."),
    must(PACK, "version", KeyShape::Line, "Its version, such as \"1.0\"."),
    must(PACK, "language", KeyShape::Line, "The language it is written in, such as \"de\"."),
    may(PACK, "address", KeyShape::Line, "Where it comes from."),
];

/// The tests of a condition with `step`: it has exactly one of them.
pub const TESTS: &[&str] = &[
    "is", "is_not", "includes", "at_least", "at_most", "answered",
];

/// The conditions made of conditions: each stands alone.
pub const COMBINED: &[&str] = &["all", "any", "not"];

/// Keys that later formats will give a meaning.
pub const RESERVED_KEYS: &[&str] = &["by", "seal", "share", "seconds", "promise"];

/// Words that later formats will take, with their keys.
pub const RESERVED_WORDS: &[(&str, &str)] = &[("for", "two")];

/// Keys and tables that begin with this are the author's own and are never read. A condition has
/// none: its keys are counted.
pub const OWN: &str = "x-";

/// The keys of a table, in order.
pub fn keys(place: TableKind) -> impl Iterator<Item = &'static FormatKey> {
    KEYS.iter().filter(move |key| key.at.contains(&place))
}

/// The keys that a step of some kind can have.
pub fn step_keys() -> impl Iterator<Item = &'static FormatKey> {
    KEYS.iter().filter(|key| {
        key.at
            .iter()
            .any(|place| matches!(place, TableKind::Step(_)))
    })
}

/// What the default of a step of this kind looks like. A date is text, or a date of TOML's own.
pub fn answer_shape(kind: StepKind) -> KeyShape {
    match kind {
        StepKind::Say | StepKind::Write | StepKind::Draw | StepKind::Compose => KeyShape::Text,
        StepKind::Choose => KeyShape::Id,
        StepKind::Pick => KeyShape::List(&KeyShape::Id),
        StepKind::Rate => ANY,
        StepKind::Confirm => KeyShape::Boolean,
        StepKind::Date => KeyShape::Line,
    }
}

/// [`is_id`] as a regular expression, for schemas.
pub const ID_PATTERN: &str = "^[a-z][a-z0-9-]*$";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_place_has_a_key_twice() {
        for (i, key) in KEYS.iter().enumerate() {
            for other in &KEYS[i + 1..] {
                let same = key.name == other.name && key.at.iter().any(|at| other.at.contains(at));
                assert!(!same, "{} stands twice in one place", key.name);
            }
        }
    }

    #[test]
    fn tests_and_combinations_are_all_keys_of_a_condition_but_step() {
        let listed: Vec<_> = TESTS.iter().chain(COMBINED).copied().collect();
        let known: Vec<_> = keys(TableKind::Condition)
            .map(|key| key.name)
            .skip(1)
            .collect();
        assert_eq!(listed, known);
    }

    #[test]
    fn a_near_miss_has_a_suggestion_and_a_far_one_has_none() {
        let names = || keys(TableKind::Step(StepKind::Write)).map(|key| key.name);
        assert_eq!(nearest("promt", names()), Some("prompt"));
        assert_eq!(nearest("Hint", names()), Some("hints"));
        assert_eq!(nearest("colour", names()), None);
    }

    #[test]
    fn ids_are_small_letters_digits_and_hyphens() {
        assert!(is_id("a") && is_id("why-us-2"));
        assert!(!is_id("") && !is_id("2a") && !is_id("A") && !is_id("a_b") && !is_id("é"));
    }
}
