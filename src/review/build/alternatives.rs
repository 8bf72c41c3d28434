//! What a pattern or an entry of a list stands for, written out.

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
            let mut words = Vec::new();
            for word in bare.split('|') {
                match word.strip_prefix('~') {
                    Some("") => return Err(RuleFault::BadToken(token.into())),
                    Some(verb) => words.extend(self.inflection.forms(verb)),
                    None if word.is_empty() => return Err(RuleFault::BadToken(token.into())),
                    None => words.push(word.to_string()),
                }
            }
            words.retain(|word| {
                let simple = word.bytes().all(|byte| byte.is_ascii_lowercase());
                !simple || self.spellings.changes(word) || self.may_be(word)
            });
            if optional && !entry {
                words.iter_mut().for_each(|word| word.push('?'));
            }
            if optional && (entry || words.is_empty()) {
                words.push(String::new());
            }
            if all.len() * words.len() > MOST_WRITTEN_OUT {
                return Err(RuleFault::TooMany);
            }
            let mut longer = Vec::with_capacity(all.len() * words.len());
            for begun in &all {
                for word in &words {
                    let space = if begun.is_empty() || word.is_empty() {
                        ""
                    } else {
                        " "
                    };
                    longer.push(format!("{begun}{space}{word}"));
                }
            }
            all = longer;
        }
        all.retain(|text| !text.is_empty());
        Ok(all.into_iter().map(SourceText::Owned).collect())
    }
}

/// So many things a pattern or an entry may stand for, when its alternatives are written out.
const MOST_WRITTEN_OUT: usize = 1000;
