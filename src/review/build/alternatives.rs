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
        let special = |byte: u8| matches!(byte, b'|' | b'~') || (entry && byte == b'?');
        if !text.bytes().any(special) {
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

    /// Whether a pattern, or an entry of a list, can match in the text: for each token that it can't do
    /// without, one of the words that it stands for can be there. Most can't, and this is all they cost.
    pub(super) fn may_match(&self, text: &str) -> bool {
        let Some(only) = &self.only else {
            return true;
        };
        let past = |verb: &str| self.inflection.past(verb).iter().any(|past| only.has(past));
        let (mut start, mut is_there) = (0, false);
        for (end, byte) in text.bytes().chain([b' ']).enumerate() {
            if !matches!(byte, b' ' | b'|') {
                continue;
            }
            let word = &text[start..end];
            is_there = is_there
                || match word.strip_prefix('~') {
                    Some(verb) => only.begins(verb) || past(verb),
                    None => self.may_read(word),
                };
            if byte == b' ' && !is_there {
                return false;
            }
            is_there &= byte == b'|';
            start = end + 1;
        }
        true
    }

    /// Whether a word as its author wrote it can be in the text; a token of another kind always can, and
    /// so can one that may be left out.
    fn may_read(&self, word: &str) -> bool {
        self.may_be(word) || word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_lowercase())
    }
}

/// So many things a pattern or an entry may stand for, when its alternatives are written out.
const MOST_WRITTEN_OUT: usize = 1000;
