//! What rules find in a text.

use std::ops::Range;

use super::Rules;
use crate::review::rule::RuleInput;
use crate::review::words::TextWords;

/// What each rule finds, in their order.
type RuleHits = Vec<Vec<Range<usize>>>;

impl Rules {
    /// What each rule finds.
    pub(super) fn find(
        &self,
        words: &TextWords,
        about: Option<&TextWords>,
        excepting: bool,
    ) -> RuleHits {
        self.find_both(words, about, excepting).0
    }

    /// The same, and what of it is plain.
    pub(super) fn find_both(
        &self,
        words: &TextWords,
        about: Option<&TextWords>,
        excepting: bool,
    ) -> (RuleHits, RuleHits) {
        let hits = self.built.matcher.find(words, &self.built.known);
        let mut found = Vec::with_capacity(self.built.rules.len());
        let mut plain = Vec::with_capacity(self.built.rules.len());
        let mut seen = Vec::with_capacity(self.built.rules.len());
        for rule in &self.built.rules {
            let input = RuleInput {
                words,
                about,
                known: &self.built.known,
                hits: &hits,
                found: &seen,
                excepting,
            };
            let here = rule.find.find(&input);
            plain.push(rule.find.find_plain(&input));
            seen.push(!here.is_empty());
            found.push(here);
        }
        (found, plain)
    }
}
