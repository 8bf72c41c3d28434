//! What rules find in a text.

use std::ops::Range;

use super::Rules;
use crate::review::rule::RuleInput;
use crate::review::words::TextWords;

/// What each rule finds, in their order.
pub(super) type RuleHits = Vec<Vec<Range<usize>>>;

/// What each rule finds, what of it is plain, and what is known not to be meant.
#[derive(Default)]
pub(super) struct TextHits {
    pub found: RuleHits,
    pub plain: RuleHits,
    pub excepted: RuleHits,
}

impl Rules {
    /// What each rule finds.
    pub(super) fn find(
        &self,
        words: &TextWords,
        about: Option<&TextWords>,
        excepting: bool,
    ) -> RuleHits {
        self.find_all(words, about, excepting).found
    }

    /// The same, with what of it is plain and what isn’t meant.
    pub(super) fn find_all(
        &self,
        words: &TextWords,
        about: Option<&TextWords>,
        excepting: bool,
    ) -> TextHits {
        let hits = self.built.matcher.find(words, &self.built.known);
        let mut all = TextHits::default();
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
            all.plain.push(rule.find.find_plain(&input));
            all.excepted.push(rule.find.find_excepted(&input));
            seen.push(!here.is_empty());
            all.found.push(here);
        }
        all
    }
}
