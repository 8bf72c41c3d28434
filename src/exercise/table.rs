//! The keys of the exercise format: one table that drives the checks, the suggestions, the JSON
//! Schema and the documentation. A kind of step is a table by its name.

use super::{Answerer, StepKind, Strategy, condition_rule, source_rule};
use crate::format::key::{Format, Key, ROOT, Shape, TableShape, words};

/// The kinds of steps, as they are written.
pub const KIND_NAMES: &[&str] = &words(&StepKind::ALL);

/// The names of the rules that can look at a text.
pub const REVIEWS: &[&str] = &["apology", "reflection", "empathy", "promise", "opening"];
const ANSWERERS: &[&str] = &words(&Answerer::ALL);
const STRATEGIES: &[&str] = &words(&Strategy::ALL);

const FILE: &[&str] = &[ROOT];
const SOURCE: &[&str] = &["source"];
const GROUP: &[&str] = &["group"];
const OPTION: &[&str] = &["option"];
const ITEM: &[&str] = &["item"];
const CONDITION: &[&str] = &["condition"];
// `say` comes first in the list of kinds, and asks nothing.
const ASKING: &[&str] = KIND_NAMES.split_at(1).1;
const WRITE: &[&str] = &["write"];
const CHOOSE: &[&str] = &["choose"];
const LISTS: &[&str] = &["choose", "pick", "rate"];
const PICK: &[&str] = &["pick"];
const RATE: &[&str] = &["rate"];
const COMPOSE: &[&str] = &["compose"];
const PROMISE: &[&str] = &["promise"];
const SHARE: &[&str] = &["share"];
// `share` asks each of the two.
const BY: &[&str] = &[
    "say", "write", "choose", "pick", "rate", "confirm", "date", "draw", "compose", "promise",
];
const CLOSED: &[&str] = &[
    "write", "choose", "pick", "rate", "confirm", "date", "draw", "compose",
];

const COUNT: Shape = Shape::Number(1, 1000);
const ANY: Shape = Shape::Number(-1_000_000, 1_000_000);
const TAKES_CONDITION: Shape = Shape::Table(TableShape {
    table: "condition",
    what: "a condition",
    example: "{ step = \"id\", is = \"…\" }",
});

/// Every key, in the order in which files have them.
#[rustfmt::skip]
const KEYS: &[Key] = &[
    Key::must(FILE, "format", Shape::Number(1, super::FORMAT), "The format of the file: 1."),
    Key::must(FILE, "version", Shape::Number(1, 1_000_000), "The version of the content; raise it when steps change."),
    Key::must(FILE, "title", Shape::Line, "The title."),
    Key::must(FILE, "strategy", Shape::OneOf(STRATEGIES), "What the exercise works on."),
    Key::may(FILE, "for", Shape::OneOf(&["one", "two"]), "Who does it: one person (when left out), or two at one keyboard."),
    Key::must(FILE, "minutes", Shape::Number(1, 600), "About how long it takes."),
    Key::must(FILE, "summary", Shape::Line, "What you do, in one sentence; shown in lists."),
    Key::must(FILE, "opening", Shape::Text, "Why, and what you need; shown before the first step."),
    Key::must(FILE, "closing", Shape::Text, "What to do next; shown after the last step. May quote answers."),
    Key::may(FILE, "caution", Shape::Text, "When not to do this."),
    Key::may(FILE, "gate", Shape::OneOf(&["screen"]), "\"screen\" puts the private safety questions first."),
    Key::may(FILE, "lang", Shape::Line, "The language it’s written in, such as \"de\"; \"en\" when left out."),
    Key::may(FILE, "tags", Shape::List(&Shape::Line, 1), "Words to find it by."),
    Key::may(FILE, "sources", Shape::Tables("source", 1), "What it’s based on."),
    Key::may(FILE, "group", Shape::Named("group"), "Groups of steps that are repeated, each under its name."),
    Key::must(FILE, "step", Shape::Sections(KIND_NAMES), "The steps, in order."),

    Key::may(SOURCE, "id", Shape::Id, "A work in exercises/sources.toml; or the work itself, by the keys below."),
    Key::may(SOURCE, "author", Shape::Line, "Who wrote it."),
    Key::may(SOURCE, "year", Shape::Number(1000, 9999), "The year it came out."),
    Key::may(SOURCE, "title", Shape::Line, "Its title."),
    Key::may(SOURCE, "doi", Shape::Line, "Its DOI, such as \"10.1000/182\"."),
    Key::may(SOURCE, "address", Shape::Line, "Where it can be read."),
    Key::must(SOURCE, "supports", Shape::Line, "What in the exercise it supports."),
    Key::may(SOURCE, "strength", Shape::Line, "How strong that support is."),

    Key::must(GROUP, "repeat_until", TAKES_CONDITION, "Rounds end when this is true after one."),
    Key::must(GROUP, "at_most", COUNT, "How many rounds there can be at most."),
    Key::may(GROUP, "each", Shape::OneOf(&["promise"]), "With \"promise\", the rounds are the promises that had days in the last week, at most five, where there are some."),
    Key::may(GROUP, "unasked", Shape::List(&Shape::Id, 1), "The steps that aren’t asked when the rounds are promises."),

    Key::may(GROUP, "swap", Shape::Boolean, "For two: the whole group is done once more, with A and B exchanged."),

    Key::must(KIND_NAMES, "id", Shape::Id, "The step’s id; answers are stored under it."),
    Key::may(KIND_NAMES, "was", Shape::Id, "The id it had in an earlier version; what was answered under that one still counts."),
    Key::must(KIND_NAMES, "kind", Shape::OneOf(KIND_NAMES), "What the step asks for."),
    Key::may(KIND_NAMES, "when", TAKES_CONDITION, "Shown only when this is true."),
    Key::may(KIND_NAMES, "group", Shape::Id, "The group the step belongs to."),
    Key::may(BY, "by", Shape::OneOf(ANSWERERS), "For two, who answers: A, B, first A and then B alone, or both together (when left out)."),
    Key::may(CLOSED, "seal", Shape::Boolean, "For two: the answer is closed until a `share` step names it."),
    Key::must(KIND_NAMES, "prompt", Shape::Text, "The text on the screen. May quote answers."),
    Key::may(ASKING, "name", Shape::Line, "A short name for lists, at most 24 columns."),
    Key::may(ASKING, "why", Shape::Text, "Why it’s asked; shown on request. May quote answers."),
    Key::may(ASKING, "hints", Shape::List(&Shape::Text, 1), "Help in stages: a nudge, opening words, a full example. May quote answers."),
    Key::may(ASKING, "optional", Shape::Boolean, "Presents the step as optional; any step may be skipped."),
    Key::may(&["write", "draw", "compose"], "default", Shape::Text, "What’s there to begin with."),
    Key::may(CHOOSE, "default", Shape::Id, "What’s there to begin with."),
    Key::may(PICK, "default", Shape::List(&Shape::Id, 1), "What’s there to begin with."),
    Key::may(RATE, "default", ANY, "What’s there to begin with."),
    Key::may(&["confirm"], "default", Shape::Boolean, "What’s there to begin with."),
    Key::may(&["date"], "default", Shape::Day, "What’s there to begin with."),
    Key::may(PROMISE, "default", Shape::Line, "What’s there to begin with, such as \"each day\"."),
    Key::may(ASKING, "pin", Shape::Boolean, "Keeps this answer in view above later steps."),
    Key::may(ASKING, "sensitive", Shape::Boolean, "Private: masked in lists, left out of exports."),

    Key::may(&["say"], "change", Shape::Id, "The step whose text they’re advised to change; they can open it from here."),
    Key::may(&["say"], "seconds", Shape::Number(10, 1800), "For two: how long they have the floor; Enter ends it sooner."),
    Key::may(&["say"], "help", Shape::Boolean, "For somebody who may be in danger, or forced: the session then ends with help lines first, and nothing pushes on."),
    Key::may(LISTS, "unmarked", Shape::Boolean, "The list points at nothing to begin with: for safety, consent, sharing, agreements, verdicts."),

    Key::may(WRITE, "lines", Shape::OneOf(&["one", "many"]), "How much it takes: \"one\" line, or \"many\" (when left out)."),
    Key::may(WRITE, "min_words", COUNT, "With fewer words than this, one nudge asks for more; it never blocks."),
    Key::may(&["write", "draw", "compose"], "review", Shape::OneOf(REVIEWS), "The rules that look at the text. In a draw, they compare it with what’s said in the scene."),
    Key::may(WRITE, "about", Shape::Id, "The step whose text the review compares with."),
    Key::may(WRITE, "promise", Shape::OneOf(&["what"]), "Begins with the words of the promise that the session is about. In a group over promises they count as given."),
    Key::may(CHOOSE, "promise", Shape::OneOf(&["verdict"]), "Says how that promise went: `kept`, `part`, `changed`, `missed`, `repaired` and `skipped` are noted for its days of the last week that have no answer; other options note nothing."),
    Key::must(&["choose", "pick"], "options", Shape::Tables("option", 2), "What they can choose from, at least two."),
    Key::may(CHOOSE, "other", Shape::Boolean, "They may type one of their own."),
    Key::may(PICK, "min", Shape::Number(0, 1000), "The fewest to pick; 1 when left out."),
    Key::may(PICK, "max", COUNT, "The most to pick; all when left out."),
    Key::may(&["write", "choose"], "remember", Shape::Id, "A name; the step begins at what the person last chose or wrote under it, here or in another exercise."),
    Key::may(CHOOSE, "once", Shape::Boolean, "With `remember`: it’s asked once. Afterwards what they last chose is taken and said in a line; `/back` changes it."),
    Key::must(RATE, "from", ANY, "The lowest number."),
    Key::must(RATE, "to", ANY, "The highest number."),
    Key::may(RATE, "low", Shape::Line, "What the lowest means."),
    Key::may(RATE, "high", Shape::Line, "What the highest means."),
    Key::may(RATE, "measure", Shape::Id, "A name under which `progress` brings these ratings together with others that ask the same thing: in a renamed step, a translation, another exercise."),
    Key::may(RATE, "better", Shape::OneOf(&["up", "down"]), "Which end of the scale is the better one; `progress` then says so of a change. Neither when left out."),
    Key::may(&["choose", "rate"], "guess", Shape::Id, "For two: the step at which the other gave what’s guessed here."),
    Key::must(&["draw"], "pool", Shape::Tables("item", 1), "The items to draw from, at least one."),
    Key::must(COMPOSE, "from", Shape::Tables("paragraph", 1), "The steps whose answers become a paragraph each, in this order."),
    Key::may(COMPOSE, "headings", Shape::Boolean, "Puts each step’s `name` above its paragraph; for a page to look at, not for a letter."),
    Key::must(PROMISE, "what", Shape::Id, "The step whose answer is promised."),
    Key::may(PROMISE, "to", Shape::Id, "The step whose answer says to whom."),
    Key::may(PROMISE, "if_then", Shape::Id, "The step whose answer says what sets it off."),
    Key::may(PROMISE, "until", Shape::Id, "The date step after whose day it’s over, where none is typed here."),
    Key::may(PROMISE, "look", Shape::Id, "The date step on whose day it’s looked at as a whole."),
    Key::may(PROMISE, "follows", Shape::Boolean, "It comes after the promise that the session is about."),
    Key::must(SHARE, "of", Shape::List(&Shape::Id, 1), "The closed steps whose answers are shown to both if each says yes, all of them or none."),

    Key::must(&["option", "item"], "id", Shape::Id, "Its id; stored with the answer."),
    Key::must(OPTION, "label", Shape::Line, "What the person reads, ideally 36 columns at most."),
    Key::may(OPTION, "note", Shape::Line, "More about it."),
    Key::must(ITEM, "text", Shape::Text, "What the person reads."),
    Key::may(ITEM, "depth", Shape::Number(1, 3), "How close it comes: 1 (when left out) to 3. A 3 isn’t drawn for somebody who broke trust, or whose trust was broken."),
    Key::may(ITEM, "not_for", Shape::List(&Shape::Id, 1), "Options of steps with `remember`, such as \"hurt\" or \"minor\": it isn’t drawn for whoever chose one of them last."),
    Key::must(&["paragraph"], "use", Shape::Id, "The step whose answer stands here."),

    Key::may(CONDITION, "step", Shape::Id, "The step whose answer is tested; with one of the tests below."),
    Key::may(CONDITION, "is", Shape::Literal, "The answer is this."),
    Key::may(CONDITION, "is_not", Shape::Literal, "There’s an answer, and it isn’t this."),
    Key::may(CONDITION, "includes", Shape::Id, "The picked options include this one."),
    Key::may(CONDITION, "at_least", ANY, "The number is this or higher."),
    Key::may(CONDITION, "at_most", ANY, "The number is this or lower."),
    Key::may(CONDITION, "answered", Shape::Boolean, "There’s an answer (true), or there’s none (false)."),
    Key::may(CONDITION, "all", Shape::List(&TAKES_CONDITION, 1), "All of these are true."),
    Key::may(CONDITION, "any", Shape::List(&TAKES_CONDITION, 1), "At least one of these is true."),
    Key::may(CONDITION, "not", TAKES_CONDITION, "This isn’t true."),
];

/// Every key of `pack.toml`.
#[rustfmt::skip]
const PACK_KEYS: &[Key] = &[
    Key::must(FILE, "format", Shape::Number(1, super::FORMAT), "The format of the file: 1."),
    Key::must(FILE, "name", Shape::Id, "Its name; its exercises are called name/exercise."),
    Key::may(FILE, "title", Shape::Line, "A title for people."),
    Key::must(FILE, "author", Shape::Line, "Who wrote it."),
    Key::must(FILE, "licence", Shape::Line, "The terms it may be used under, such as \"CC BY 4.0\"."),
    Key::must(FILE, "version", Shape::Line, "Its version, such as \"1.0\"."),
    Key::must(FILE, "language", Shape::Line, "The language it’s written in, such as \"de\"."),
    Key::may(FILE, "address", Shape::Line, "Where it comes from."),
];

/// Exercise files.
pub static EXERCISE: Format = Format {
    version: super::FORMAT,
    rules: &[condition_rule::RULE, source_rule::RULE],
    ..Format::new("An exercise for trust-coach, format 1", "exercise", KEYS)
};

/// What a pack says of itself, in `pack.toml`.
pub static PACK: Format = Format::new(
    "A pack of exercises for trust-coach, format 1",
    "pack",
    PACK_KEYS,
);

#[cfg(test)]
mod tests {
    use super::condition_rule::{COMBINED, TESTS};
    use super::*;
    use crate::exercise::{KINDS, KindSpec, ValueShape};

    #[test]
    fn every_kind_but_share_has_by_and_every_one_with_an_answer_but_promise_can_be_closed() {
        let named = |is: fn(&KindSpec) -> bool| {
            let kinds = KINDS.iter().filter(|spec| is(spec));
            kinds.map(|spec| spec.name).collect::<Vec<_>>()
        };
        assert_eq!(BY, named(|spec| spec.kind != StepKind::Share));
        let closes = |spec: &KindSpec| spec.value.is_some_and(|value| value != ValueShape::Rule);
        assert_eq!(CLOSED, named(closes));
        let asks = |spec: &KindSpec| spec.kind != StepKind::Say;
        assert_eq!(ASKING, named(asks));
    }

    #[test]
    fn tests_and_combinations_are_all_keys_of_a_condition_but_step() {
        let listed: Vec<_> = TESTS.iter().chain(COMBINED).copied().collect();
        let keys = EXERCISE.keys(&["condition"]).map(|key| key.name);
        assert_eq!(listed, keys.skip(1).collect::<Vec<_>>());
    }

    #[test]
    fn no_table_has_a_key_twice() {
        for (i, key) in KEYS.iter().enumerate() {
            for other in &KEYS[i + 1..] {
                let same = key.name == other.name && key.is_in(other.at);
                assert!(!same, "{} stands twice in one table", key.name);
            }
        }
    }
}
