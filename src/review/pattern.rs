//! Patterns: a row of tokens, at most twelve, and how they stand in a text.

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
}

impl Pattern {
    /// The end of the shortest match that begins with the word at `start`.
    pub fn at(&self, words: &TextWords, known: &Vocabulary, start: usize) -> Option<usize> {
        let mut seen = [0_u64; MOST_TOKENS * 2];
        PatternSearch {
            pieces: &self.pieces,
            words,
            known,
            start,
            seen: &mut seen,
        }
        .go(0, start, false)
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
    seen: &'a mut [u64; MOST_TOKENS * 2],
}

impl PatternSearch<'_> {
    /// `across`: a token between this and the last word said that a sentence may end here.
    fn go(&mut self, piece: usize, at: usize, across: bool) -> Option<usize> {
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
