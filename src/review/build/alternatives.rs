//! What a pattern or an entry of a list stands for, written out.

use std::borrow::Cow;

use super::{Builder, RuleFault};
use crate::review::file::SourceText;

impl Builder {
    /// Writes out what a pattern stands for, or an entry of a list: `a|b` is either word, and `~go` any
    /// form of a verb; in an entry `a?` may also be left out. What can't be in the text is left out.
    pub(super) fn written_out(
        &self,
        text: &SourceText,
        entry: bool,
    ) -> Result<Vec<SourceText>, RuleFault> {
        let special = |c: char| matches!(c, '|' | '~') || (entry && c == '?');
        if !text.contains(special) {
            return Ok(vec![text.clone()]);
        }
        let mut all = vec![String::new()];
        for token in text.split(' ') {
            let (bare, optional) = match token.strip_suffix('?') {
                Some(bare) if !bare.is_empty() => (bare, true),
                _ => (token, false),
            };
            let mut words: Vec<Cow<'_, str>> = Vec::new();
            for word in bare.split('|') {
                match word.strip_prefix('~') {
                    Some("") => return Err(RuleFault::BadToken(token.into())),
                    Some(verb) => {
                        let forms = self.inflection.forms(verb).into_iter();
                        words.extend(forms.filter(|form| self.may_read(form)).map(Cow::Owned));
                    }
                    None if word.is_empty() => return Err(RuleFault::BadToken(token.into())),
                    None if self.may_read(word) => words.push(Cow::Borrowed(word)),
                    None => {}
                }
            }
            if optional && !entry {
                words.iter_mut().for_each(|word| word.to_mut().push('?'));
            }
            if optional && (entry || words.is_empty()) {
                words.push(Cow::Borrowed(""));
            }
            if words.is_empty() {
                return Ok(Vec::new());
            }
            if all.len() * words.len() > MOST_WRITTEN_OUT {
                return Err(RuleFault::TooMany);
            }
            let mut longer = Vec::with_capacity(all.len() * words.len());
            for begun in &all {
                for word in &words {
                    let apart = !begun.is_empty() && !word.is_empty();
                    longer.push([begun.as_str(), if apart { " " } else { "" }, &**word].concat());
                }
            }
            all = longer;
        }
        all.retain(|text| !text.is_empty());
        Ok(all.into_iter().map(SourceText::Owned).collect())
    }

    /// Whether a word as its author wrote it can be in the text; a token of another kind always can.
    fn may_read(&self, word: &str) -> bool {
        let simple = word.bytes().all(|byte| byte.is_ascii_lowercase());
        !simple || self.may_be(word) || self.spellings.changes(word)
    }
}

/// So many things a pattern or an entry may stand for, when its alternatives are written out.
const MOST_WRITTEN_OUT: usize = 1000;
