//! Spelling: what is typed in many ways and read as one word.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::file::SourceText;
use super::vocabulary::{UNKNOWN, Vocabulary, WordHasher};
use crate::text::{is_unseen, looks_like};

/// The spellings that are read as other words.
#[derive(Clone, Debug, Default)]
pub(super) struct Spellings {
    same: HashMap<SourceText, Vec<SourceText>, BuildHasherDefault<WordHasher>>,
}

/// Ends of words that are words of their own, and what they are read as.
const ENDS: [(&str, &str); 6] = [
    ("n't", "not"),
    ("'re", "are"),
    ("'ve", "have"),
    ("'ll", "will"),
    ("'m", "am"),
    ("'d", "would"),
];

impl Spellings {
    /// Adds that `spelled` is read as the words of `read`.
    pub fn add(&mut self, read: &SourceText, spelled: &SourceText) {
        let words = match read {
            SourceText::Borrowed(text) => text.split(' ').map(SourceText::Borrowed).collect(),
            SourceText::Owned(text) => text
                .split(' ')
                .map(|w| SourceText::Owned(w.into()))
                .collect(),
        };
        self.same.insert(spelled.clone(), words);
    }

    /// Whether a word is read as another.
    pub fn changes(&self, word: &str) -> bool {
        self.same.contains_key(word)
    }

    /// Gives the words that a plain word, as [`plain`] makes it, is read as.
    pub fn read<'w>(
        &'w self,
        word: &'w str,
        known: &Vocabulary,
        mut give: impl FnMut(Cow<'w, str>),
    ) {
        if let Some(words) = self.same.get(word) {
            words.iter().for_each(|word| give(Cow::Borrowed(&**word)));
            return;
        }
        if word.contains('\'') {
            return self.split(word, give);
        }
        if known.id(word) == UNKNOWN
            && let Some(short) = without_runs(word, known, &self.same)
        {
            match self.same.get(&*short) {
                Some(words) => words.iter().for_each(|word| give(Cow::Borrowed(&**word))),
                None => give(Cow::Owned(short)),
            }
            return;
        }
        give(Cow::Borrowed(word));
    }

    /// A word with an apostrophe in it.
    fn split<'w>(&'w self, word: &'w str, mut give: impl FnMut(Cow<'w, str>)) {
        for (end, read) in ENDS {
            if let Some(stem) = word.strip_suffix(end).filter(|stem| !stem.is_empty()) {
                give(Cow::Borrowed(stem));
                give(Cow::Borrowed(read));
                return;
            }
        }
        if let Some(stem) = word.strip_suffix("'s").filter(|stem| !stem.is_empty()) {
            give(Cow::Borrowed(stem));
            give(Cow::Borrowed("'s"));
            return;
        }
        if word == "'s" {
            return give(Cow::Borrowed(word));
        }
        let bare: String = word.chars().filter(|c| *c != '\'').collect();
        match self.same.get(&*bare) {
            Some(words) => words.iter().for_each(|word| give(Cow::Borrowed(&**word))),
            None => give(Cow::Owned(bare)),
        }
    }
}

/// All that the words of a text can be read as.
#[derive(Clone, Debug, Default)]
pub(super) struct WordReadings {
    all: HashSet<String, BuildHasherDefault<WordHasher>>,
    /// Their first letters and lengths, a bit each: most words of rules are told apart by these.
    shapes: Vec<u64>,
    /// The first two letters alone.
    starts: [u64; STARTS / 64],
}

/// How many shapes are told apart, and how many beginnings of two letters.
const SHAPES: usize = 1 << 14;
const STARTS: usize = 1 << 10;
/// A verb of fewer letters may lose its second.
const SHORT: usize = 4;

/// The first two letters of a word and its length, as a number below [`SHAPES`].
fn shape(word: &str) -> usize {
    let bytes = word.as_bytes();
    let letter = |at: usize| usize::from(bytes.get(at).copied().unwrap_or_default() & 31);
    letter(0) | letter(1) << 5 | (bytes.len() & 15) << 10
}

impl WordReadings {
    /// Adds the words of a text.
    pub fn add(&mut self, text: &str, spellings: &Spellings) {
        let nothing = Vocabulary::default();
        for word in text.split(|c: char| {
            !(c.is_alphanumeric() || is_apostrophe(c) || is_combining_mark(c) || is_unseen(c))
        }) {
            let word = plain(word);
            let word = word.trim_matches('\'');
            for most in [3, 2, 1] {
                let short = shortened(word, most);
                spellings.read(&short, &nothing, |read| self.insert(&read));
                if short == word && most < 3 {
                    break;
                }
            }
        }
    }

    /// Adds the other spellings of all that was added, so that they need not be looked up.
    pub fn spell(&mut self, spellings: &Spellings) {
        for (spelled, words) in &spellings.same {
            if words.iter().all(|word| self.has(word)) {
                self.insert(spelled);
            }
        }
    }

    fn insert(&mut self, word: &str) {
        if !self.all.contains(word) {
            self.shapes.resize(SHAPES / 64, 0);
            let shape = shape(word);
            self.shapes[shape / 64] |= 1 << (shape % 64);
            let start = shape % STARTS;
            self.starts[start / 64] |= 1 << (start % 64);
            self.all.insert(word.to_string());
        }
    }

    /// Whether a form of a verb can be in the text. All but a past that is listed begin with its first
    /// two letters; a short one may lose the second, as "lie" does in "lying".
    pub fn begins(&self, verb: &str) -> bool {
        let start = shape(verb) % STARTS;
        verb.len() < SHORT || self.starts[start / 64] & (1 << (start % 64)) != 0
    }

    /// Whether a word can be in the text.
    pub fn has(&self, word: &str) -> bool {
        let shape = shape(word);
        let bits = self.shapes.get(shape / 64).copied().unwrap_or_default();
        bits & (1 << (shape % 64)) != 0 && self.all.contains(word)
    }
}

/// "soooo" and "sorryyy": a letter three times and more is one or two of it, whichever is known.
fn without_runs(
    word: &str,
    known: &Vocabulary,
    same: &HashMap<SourceText, Vec<SourceText>, BuildHasherDefault<WordHasher>>,
) -> Option<String> {
    let bytes = word.as_bytes();
    if !bytes
        .windows(3)
        .any(|run| run[0] == run[1] && run[1] == run[2])
    {
        return None;
    }
    let is_known = |word: &String| known.id(word) != UNKNOWN || same.contains_key(&**word);
    let (two, one) = (shortened(word, 2), shortened(word, 1));
    Some(if is_known(&two) || !is_known(&one) {
        two
    } else {
        one
    })
}

/// A word with runs of three and more of a letter made shorter.
fn shortened(word: &str, most: usize) -> String {
    let mut short = String::with_capacity(word.len());
    let mut rest = word.chars().peekable();
    while let Some(c) = rest.next() {
        let mut run = 1;
        while rest.next_if_eq(&c).is_some() {
            run += 1;
        }
        let kept = if run > 2 { most } else { run };
        short.extend(std::iter::repeat_n(c, kept));
    }
    short
}

/// A word without case and accents, with one sort of apostrophe.
pub(super) fn plain(word: &str) -> Cow<'_, str> {
    if word
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        return Cow::Owned(word.to_ascii_lowercase().replace('`', "'"));
    }
    // Among letters of the alphabet, one of another that looks like it is meant for it.
    let is_mixed = word.bytes().any(|byte| byte.is_ascii_alphabetic());
    let plain = word
        .nfd()
        .filter(|c| !is_combining_mark(*c) && !is_unseen(*c))
        .map(|c| if is_apostrophe(c) { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .map(|c| if is_mixed { looks_like(c) } else { c });
    Cow::Owned(plain.collect())
}

/// Whether a character is typed for an apostrophe.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '´' | '`' | '＇')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Spellings, and a vocabulary of words that rules name.
    fn known() -> (Spellings, Vocabulary) {
        let mut spellings = Spellings::default();
        for (read, spelled) in [("do not", "dont"), ("you", "u"), ("he is", "he's")] {
            spellings.add(&read.into(), &spelled.into());
        }
        let mut known = Vocabulary::default();
        for word in ["sorry", "so", "feel", "not"] {
            known.add(word.into());
        }
        (spellings, known)
    }

    /// What a word as it was typed is read as.
    fn read(word: &str) -> String {
        let (spellings, known) = known();
        let mut words = Vec::new();
        spellings.read(&plain(word), &known, |word| words.push(word.into_owned()));
        words.join(" ")
    }

    #[test]
    fn case_accents_and_sorts_of_apostrophe_are_one() {
        for (typed, read) in [
            ("plain", "plain"),
            ("SORRY", "sorry"),
            ("Café", "cafe"),
            ("cafe\u{301}", "cafe"),
            ("ÜBER", "uber"),
            ("I’m", "i'm"),
            ("I`m", "i'm"),
            ("７", "７"),
            ("kіll", "kill"),
            ("Кill", "кill"),
            ("сказал", "сказал"),
        ] {
            assert_eq!(plain(typed), read, "{typed}");
        }
        assert!(matches!(plain("plain7"), Cow::Borrowed(_)));
    }

    #[test]
    fn another_spelling_is_read_as_its_words() {
        assert_eq!(read("dont"), "do not");
        assert_eq!(read("U"), "you");
        assert_eq!(read("He’s"), "he is");
    }

    #[test]
    fn the_end_behind_an_apostrophe_is_a_word_of_its_own() {
        for (typed, words) in [
            ("didn't", "did not"),
            ("you're", "you are"),
            ("they've", "they have"),
            ("we'll", "we will"),
            ("I'm", "i am"),
            ("she'd", "she would"),
            ("mum's", "mum 's"),
        ] {
            assert_eq!(read(typed), words, "{typed}");
        }
    }

    #[test]
    fn an_apostrophe_that_parts_nothing_is_left_out() {
        assert_eq!(read("o'clock"), "oclock");
        assert_eq!(read("do'nt"), "do not");
        assert_eq!(read("'s"), "'s");
        assert_eq!(read("'d"), "d");
    }

    #[test]
    fn a_letter_that_was_held_down_is_one_or_two_whichever_is_known() {
        assert_eq!(read("SOOOO"), "so");
        assert_eq!(read("sorryyy"), "sorry");
        assert_eq!(read("feeeel"), "feel");
        assert_eq!(read("uuuu"), "you");
    }

    #[test]
    fn a_word_with_runs_that_no_rule_knows_keeps_two_of_each() {
        assert_eq!(read("hmmmm"), "hmm");
        assert_eq!(read("zzz"), "zz");
        assert_eq!(read("balloon"), "balloon");
    }

    #[test]
    fn a_text_has_the_words_it_can_be_read_as_and_their_other_spellings() {
        let (spellings, _) = known();
        let mut readings = WordReadings::default();
        assert!(!readings.has("sorry"));
        readings.add("I DON’T know, soooo 'sorry'", &spellings);
        for word in ["i", "do", "not", "know", "so", "soo", "sorry"] {
            assert!(readings.has(word), "{word}");
        }
        for word in ["dont", "you", "sorr", "sory"] {
            assert!(!readings.has(word), "{word}");
        }
        readings.spell(&spellings);
        assert!(readings.has("dont"));
        assert!(!readings.has("u"));
    }
}
