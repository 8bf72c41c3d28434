//! What rules find in the examples of their authors.

use super::{ExampleMismatch, Rules};
use crate::review::words::TextWords;

impl Rules {
    /// The examples of the rules that come out otherwise than their authors say; of a file that is
    /// being checked, those of its own rules.
    pub fn misses(&self) -> Vec<ExampleMismatch> {
        let mut misses = Vec::new();
        for (index, rule) in self.built.rules.iter().enumerate().skip(self.base) {
            let text = &rule.text;
            let caught = text.caught.iter().map(|example| (example, true));
            let passes = text.passes.iter().map(|example| (example, false));
            let excepted = text.excepted.iter().map(|example| (example, false));
            for (example, wanted) in caught.chain(passes).chain(excepted) {
                if self.finds(index, example, text.about.as_deref(), true) != wanted {
                    misses.push(ExampleMismatch {
                        rule: text.id.to_string(),
                        example: example.to_string(),
                        wanted,
                    });
                }
            }
        }
        misses
    }

    /// The examples of `excepted` in which a rule finds nothing either way.
    pub(crate) fn needless_exceptions(&self) -> Vec<(String, String)> {
        let rules = self.built.rules.iter().enumerate().skip(self.base);
        let examples = rules.flat_map(|(index, rule)| {
            let examples = rule.text.excepted.iter();
            examples.map(move |example| (index, rule, example))
        });
        let needless = examples.filter(|(index, rule, example)| {
            !self.finds(*index, example, rule.text.about.as_deref(), false)
        });
        needless
            .map(|(_, rule, example)| (rule.text.id.to_string(), example.to_string()))
            .collect()
    }

    pub(crate) fn finds(
        &self,
        rule: usize,
        text: &str,
        about: Option<&str>,
        excepting: bool,
    ) -> bool {
        let read = |text: &str| TextWords::read(text, &self.built.known, &self.built.spellings);
        let (words, about) = (read(text), about.map(read));
        !self.find(&words, about.as_ref(), excepting)[rule].is_empty()
    }

    /// The words of a text that are heavy: for those who write rules. Shown to nobody else.
    pub fn heavy_hits(&self, text: &str) -> Vec<String> {
        let words = TextWords::read(text, &self.built.known, &self.built.spellings);
        let found = self.find(&words, None, true);
        let hits = found[..self.heavy].iter().flatten();
        hits.map(|hit| text[words.span(hit)].to_string()).collect()
    }
}
