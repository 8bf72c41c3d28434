//! Rules that patterns cannot say, by the names under which rules files know them.

use super::rule::Rule;

/// Makes a rule.
type Make = fn() -> Box<dyn Rule>;

/// Every rule that is code: its name, why no pattern can say it, and the rule.
pub(super) const CODE: &[(&str, &str, Make)] = &[];

/// The rule with this name.
pub(super) fn named(name: &str) -> Option<Box<dyn Rule>> {
    let known = CODE.iter().find(|(known, ..)| *known == name);
    known.map(|(.., make)| make())
}
