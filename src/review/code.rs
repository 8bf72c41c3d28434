//! Rules that patterns cannot say, by the names under which rules files know them.

use super::compare::{Echo, OwnStory, SaysBack};
use super::rule::Rule;

/// Makes a rule.
type RuleMaker = fn() -> Box<dyn Rule>;

/// Every rule that is code: its name, why no pattern can say it, and the rule.
pub(super) const CODE: &[(&str, &str, RuleMaker)] = &[
    (
        "says-back",
        "which words count is known only once the other’s words are there",
        || Box::new(SaysBack),
    ),
    (
        "echo",
        "how much of a text is somebody’s very words is a share and a length, not a row of words",
        || Box::new(Echo),
    ),
    (
        "own-story",
        "whether the writer has a part in the story can be told only from the other’s words",
        || Box::new(OwnStory),
    ),
];

/// The rule with this name.
pub(super) fn named(name: &str) -> Option<Box<dyn Rule>> {
    let known = CODE.iter().find(|(known, ..)| *known == name);
    known.map(|(.., make)| make())
}
