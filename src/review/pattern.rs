//! Patterns: a row of tokens, at most twelve, and how they stand in a text.

use std::ops::Range;

use super::vocabulary::{Vocabulary, WordId};
use super::words::{TextWords, WordBreak};

/// A pattern has no more tokens than this.
pub(super) const MOST_TOKENS: usize = 12;

/// What one match can span: so many words.
const LONGEST: usize = 64;

/// One thing in a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// This word.
    Word(WordId),
    /// An entry of this list.
    List(u16),
    /// Up to so many words, whatever they are.
    Gap(u8),
    /// A sentence begins here.
    Start,
    /// A sentence ends here.
    End,
    /// A sentence ends here, with a question mark.
    Question,
    /// A comma or the like stands here, or a sentence begins or ends.
    Clause,
}

/// A token, and whether the pattern also holds without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PatternPiece {
    pub token: Token,
    pub optional: bool,
}

impl PatternPiece {
    /// Whether it is about a place between words, and takes none.
    pub fn is_place(&self) -> bool {
        matches!(
            self.token,
            Token::Start | Token::End | Token::Question | Token::Clause
        )
    }
}

/// A pattern that is ready to be looked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Pattern {
    pub pieces: Vec<PatternPiece>,
    /// The pieces that are shown of a match, where that is not all of it.
    pub marked: Option<Range<usize>>,
}

/// The words that a pattern matched, and those of them that are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PatternHit {
    pub all: Range<usize>,
    pub shown: Range<usize>,
}

impl From<Range<usize>> for PatternHit {
    fn from(all: Range<usize>) -> Self {
        Self {
            shown: all.clone(),
            all,
        }
    }
}

impl Pattern {
    /// The shortest match that begins with the word at `start`.
    pub fn at(&self, words: &TextWords, known: &Vocabulary, start: usize) -> Option<PatternHit> {
        let mut search = PatternSearch {
            pieces: &self.pieces,
            words,
            known,
            start,
            seen: [0; MOST_TOKENS * 2],
            begins: [start; MOST_TOKENS * 2 + 1],
        };
        let all = start..search.go(0, start, false)?;
        let place = |piece: usize| search.begins.get(piece).copied();
        let shown = self.marked.as_ref().and_then(|marked| {
            let (begin, end) = (place(marked.start)?, place(marked.end)?);
            (begin < end).then_some(begin..end)
        });
        Some(PatternHit {
            shown: shown.unwrap_or_else(|| all.clone()),
            all,
        })
    }

    /// The pieces with which a match can begin.
    pub fn firsts(&self) -> impl Iterator<Item = Token> {
        let mut open = true;
        self.pieces.iter().filter_map(move |piece| {
            let consumes = matches!(piece.token, Token::Word(_) | Token::List(_));
            let first = open && consumes;
            if consumes && !piece.optional {
                open = false;
            }
            first.then_some(piece.token)
        })
    }

    /// The words and lists without which there is no match.
    pub fn needed(&self) -> impl Iterator<Item = Token> {
        let needed = self.pieces.iter().filter(|piece| !piece.optional);
        needed
            .map(|piece| piece.token)
            .filter(|token| matches!(token, Token::Word(_) | Token::List(_)))
    }
}

/// One try to match a pattern from one word on. What failed once is not tried again, so that a try
/// costs at most so many steps as a pattern has tokens for each word that it can span.
struct PatternSearch<'a> {
    pieces: &'a [PatternPiece],
    words: &'a TextWords,
    known: &'a Vocabulary,
    start: usize,
    seen: [u64; MOST_TOKENS * 2],
    /// The word at which each piece began when it was last tried: of a match, where it begins there.
    begins: [usize; MOST_TOKENS * 2 + 1],
}

impl PatternSearch<'_> {
    /// `across`: a token between this and the last word said that a sentence may end here.
    fn go(&mut self, piece: usize, at: usize, across: bool) -> Option<usize> {
        if let Some(begins) = self.begins.get_mut(piece) {
            *begins = at;
        }
        let Some(next) = self.pieces.get(piece) else {
            return Some(at);
        };
        let offset = at - self.start;
        if offset >= LONGEST || piece >= self.seen.len() {
            return None;
        }
        // With and without `across` differ only right after an end, where they come from one piece.
        if self.seen[piece] & (1 << offset) != 0 {
            return None;
        }
        self.seen[piece] |= 1 << offset;
        if next.optional
            && let Some(end) = self.go(piece + 1, at, across)
        {
            return Some(end);
        }
        let (words, start) = (self.words, self.start);
        let inside = |word: usize| {
            let begins = word == start || (across && word == at);
            word < words.len() && (begins || words.before(word) != WordBreak::Sentence)
        };
        match next.token {
            Token::Word(id) => {
                let same = inside(at) && words.all[at].id == id;
                same.then(|| self.go(piece + 1, at + 1, false))?
            }
            Token::List(list) => {
                let begun = inside(at) && words.begins(at, list);
                begun.then(|| self.list(piece, at, list))?
            }
            Token::Gap(most) => {
                for skipped in 0..=usize::from(most) {
                    if skipped > 0 && !inside(at + skipped - 1) {
                        return None;
                    }
                    if let Some(end) = self.go(piece + 1, at + skipped, across && skipped == 0) {
                        return Some(end);
                    }
                }
                None
            }
            Token::Start | Token::End => {
                let here = words.before(at) == WordBreak::Sentence;
                here.then(|| self.go(piece + 1, at, true))?
            }
            Token::Question => {
                let here = words.before(at) == WordBreak::Sentence && words.ends_question(at);
                here.then(|| self.go(piece + 1, at, true))?
            }
            Token::Clause => {
                let here = words.before(at) >= WordBreak::Clause;
                here.then(|| self.go(piece + 1, at, across))?
            }
        }
    }

    /// Goes on behind an entry of a list, the single word first.
    fn list(&mut self, piece: usize, at: usize, list: u16) -> Option<usize> {
        let words = self.words;
        if words.is_on(at, list)
            && let Some(end) = self.go(piece + 1, at + 1, false)
        {
            return Some(end);
        }
        for phrase in self.known.phrases(list, words.all[at].id) {
            let end = at + phrase.len();
            let same = (at + 1..end).zip(&phrase[1..]).all(|(at, id)| {
                let word = words.all.get(at);
                word.is_some_and(|word| word.id == *id && word.before != WordBreak::Sentence)
            });
            if same && let Some(end) = self.go(piece + 1, end, false) {
                return Some(end);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::build::tests::{Lists, found};

    const KIN: &Lists = &[("kin", &["mum", "my wife", "step-"])];

    fn in_text(pattern: &'static str, text: &'static str) -> Vec<&'static str> {
        found(KIN, &[pattern], text).remove(0)
    }

    #[test]
    fn words_stand_in_a_row_whatever_their_case() {
        assert_eq!(
            in_text("i am sorry", "I AM sorry, am I sorry"),
            ["I AM sorry"]
        );
    }

    #[test]
    fn no_match_goes_from_one_sentence_into_the_next() {
        assert!(in_text("am sorry", "Here I am. Sorry is a word.").is_empty());
        assert!(in_text("am *3 sorry", "Here I am. It was so sorry a day.").is_empty());
        let across = "It was a day when I am here. Sorry is a word.";
        assert_eq!(in_text("here $ sorry", across), ["here. Sorry"]);
    }

    #[test]
    fn an_optional_token_is_taken_where_it_stands_and_not_missed_where_it_does_not() {
        let texts = ["I am so sorry", "I am sorry", "I am very sorry"];
        let hits = texts.map(|text| in_text("am so? sorry", text));
        assert_eq!(hits, [vec!["am so sorry"], vec!["am sorry"], vec![]]);
    }

    #[test]
    fn a_gap_is_as_short_as_it_can_be_and_no_longer_than_it_says() {
        assert_eq!(in_text("i *2 sorry", "I am so sorry"), ["I am so sorry"]);
        assert_eq!(
            in_text("i *2 sorry", "I am so sorry sorry"),
            ["I am so sorry"]
        );
        assert!(in_text("i *2 sorry", "I am so very sorry").is_empty());
        assert_eq!(in_text("i *2 sorry", "I sorry"), ["I sorry"]);
    }

    #[test]
    fn a_sentence_begins_and_ends_where_the_pattern_says() {
        assert_eq!(in_text("^ sorry", "Sorry. I am sorry."), ["Sorry"]);
        assert_eq!(in_text("sorry $", "Sorry I am. I am sorry."), ["sorry"]);
    }

    #[test]
    fn a_question_ends_with_its_mark() {
        assert_eq!(in_text("sorry $?", "Am I sorry? I am sorry."), ["sorry"]);
    }

    #[test]
    fn a_comma_is_a_clause_and_so_is_the_edge_of_a_sentence() {
        assert_eq!(in_text("sorry , but", "I am sorry, but no"), ["sorry, but"]);
        assert!(in_text("sorry , but", "I am sorry but no").is_empty());
        assert_eq!(in_text(", sorry", "Sorry, mum"), ["Sorry"]);
    }

    #[test]
    fn a_list_takes_its_words_its_rows_of_words_and_its_beginnings() {
        let text = "Ask mum, my wife and my stepson, not my dog.";
        assert_eq!(in_text("@kin", text), ["mum", "my wife", "stepson"]);
        assert_eq!(in_text("my @kin", text), ["my stepson"]);
    }

    #[test]
    fn a_row_of_words_on_a_list_ends_with_its_sentence() {
        assert!(in_text("@kin", "It is my. Wife is a word.").is_empty());
    }

    #[test]
    fn a_match_begins_with_what_comes_first_or_may_be_left_out() {
        let piece = |token, optional| PatternPiece { token, optional };
        let pattern = Pattern {
            marked: None,
            pieces: vec![
                piece(Token::Start, false),
                piece(Token::Word(1), true),
                piece(Token::List(2), false),
                piece(Token::Gap(3), false),
                piece(Token::Word(4), false),
            ],
        };
        let firsts: Vec<Token> = pattern.firsts().collect();
        assert_eq!(firsts, [Token::Word(1), Token::List(2)]);
        let needed: Vec<Token> = pattern.needed().collect();
        assert_eq!(needed, [Token::List(2), Token::Word(4)]);
    }

    #[test]
    fn a_match_spans_at_most_sixty_four_words_with_all_its_gaps() {
        let far = format!(
            "a {}b {}c {}d",
            "x ".repeat(20),
            "x ".repeat(20),
            "x ".repeat(20)
        );
        let further = format!(
            "a {}b {}c {}d {}e",
            "x ".repeat(20),
            "x ".repeat(20),
            "x ".repeat(20),
            "x ".repeat(20)
        );
        assert_eq!(found(KIN, &["a *20 b *20 c *20 d"], &far)[0], [&*far]);
        assert!(found(KIN, &["a *20 b *20 c *20 d *20 e"], &further)[0].is_empty());
    }

    #[test]
    fn many_gaps_in_a_text_of_one_word_cost_few_steps() {
        let text = "a ".repeat(60);
        let pattern = "a *20 a *20 a *20 a *20 a *20 b";
        assert!(found(KIN, &[pattern], &text)[0].is_empty());
    }
}
