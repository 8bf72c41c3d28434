//! A text as rules see it: words in sentences, each with its place.

use std::ops::Range;

use super::fold::{Spellings, is_apostrophe, plain};
use super::vocabulary::{Vocabulary, WordId, has};
use crate::text::is_unseen;

/// What stands before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum WordBreak {
    /// Nothing but space.
    None,
    /// A comma, a dash, a bracket: the same sentence goes on.
    Clause,
    /// The end of another sentence.
    Sentence,
}

/// A word, as it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub id: WordId,
    pub before: WordBreak,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// Its place in the text.
    start: u32,
    end: u32,
    /// Its spelling, in the texts of all words.
    spelling: (u32, u32),
}

/// The words of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct TextWords {
    pub all: Vec<Word>,
    /// For each word, whether the sentence that it ends is a question.
    questions: Vec<bool>,
    spellings: String,
    on: Vec<u64>,
    begins: Vec<u64>,
    blocks: usize,
}

/// So many bytes of a text are looked at at once.
pub(super) const PIECE: usize = 256 * 1024;

/// A text is never longer than this, in bytes; of a longer one the beginning is read.
const MOST_BYTES: usize = 64 * 1024 * 1024;

impl TextWords {
    /// Reads a text.
    pub fn read(text: &str, known: &Vocabulary, spellings: &Spellings) -> Self {
        let mut end = text.len().min(MOST_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut reader = WordReader {
            text: &text[..end],
            at: 0,
            before: WordBreak::Sentence,
            quote: None,
            line: 0,
            known,
            spellings,
            words: Self {
                blocks: known.blocks(),
                ..Self::default()
            },
        };
        reader.run();
        reader.words
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// The bytes of words in a row.
    pub fn span(&self, words: &Range<usize>) -> Range<usize> {
        match self.all.get(words.clone()) {
            Some([first, .., last]) => first.start as usize..last.end as usize,
            Some([word]) => word.start as usize..word.end as usize,
            _ => 0..0,
        }
    }

    /// A word as it is read.
    pub fn spelling(&self, at: usize) -> &str {
        let (start, end) = self.all[at].spelling;
        &self.spellings[start as usize..end as usize]
    }

    /// Whether a word is on a list by itself.
    pub fn is_on(&self, at: usize, list: u16) -> bool {
        has(&self.on[at * self.blocks..], list)
    }

    /// Whether an entry of a list begins with a word.
    pub fn begins(&self, at: usize, list: u16) -> bool {
        has(self.lists_begun(at), list)
    }

    /// The lists of which an entry begins with a word.
    pub fn lists_begun(&self, at: usize) -> &[u64] {
        &self.begins[at * self.blocks..(at + 1) * self.blocks]
    }

    /// What stands before the word at `at`; after the last word, the end of its sentence.
    pub fn before(&self, at: usize) -> WordBreak {
        self.all
            .get(at)
            .map_or(WordBreak::Sentence, |word| word.before)
    }

    /// Whether a question mark ends the sentence whose last word is before `at`.
    pub fn ends_question(&self, at: usize) -> bool {
        at > 0 && self.questions[at - 1]
    }

    /// The words of the sentence around a place, at most `most` to either side.
    pub fn sentence(&self, around: &Range<usize>, most: usize) -> Range<usize> {
        let mut start = around.start;
        while start > 0 && around.start - start < most && self.before(start) != WordBreak::Sentence
        {
            start -= 1;
        }
        let mut end = around.end;
        while end < self.len() && end - around.end < most && self.before(end) != WordBreak::Sentence
        {
            end += 1;
        }
        start..end
    }

    /// The words of the sentence around a place, and of those before and after it.
    pub fn around(&self, place: &Range<usize>) -> Range<usize> {
        let here = self.sentence(place, LONGEST_SENTENCE);
        let before = self.sentence(
            &(here.start.saturating_sub(1)..here.start),
            LONGEST_SENTENCE,
        );
        let next = (here.end + 1).min(self.len());
        let after = self.sentence(&(here.end..next), LONGEST_SENTENCE);
        before.start..after.end
    }
}

/// More words of a sentence than these, to either side of a place, are not looked at.
const LONGEST_SENTENCE: usize = 60;

struct WordReader<'a> {
    text: &'a str,
    at: usize,
    before: WordBreak,
    /// The byte at which the open quotation ends.
    quote: Option<usize>,
    /// Where the line begins.
    line: usize,
    known: &'a Vocabulary,
    spellings: &'a Spellings,
    words: TextWords,
}

/// A line that is shorter than this was ended by its writer and not by the width of a page.
const SHORT_LINE: usize = 30;
/// A quotation is not longer than this.
const LONGEST_QUOTE: usize = 600;

impl WordReader<'_> {
    fn run(&mut self) {
        while let Some(c) = self.text[self.at..].chars().next() {
            if self.quote.is_some_and(|end| self.at >= end) {
                self.quote = None;
            }
            // A letter that nobody sees begins no word: alone it would be one without an end.
            if c.is_alphanumeric() && !is_unseen(c) {
                self.word();
                continue;
            }
            self.mark(c);
            self.at += c.len_utf8();
        }
    }

    /// Reads a word, with the apostrophes inside it.
    fn word(&mut self) {
        let rest = &self.text[self.at..];
        let mut end = 0;
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            // It belongs to the word only where more of it follows.
            if is_unseen(c) {
                continue;
            }
            let inside =
                is_apostrophe(c) && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
            let is_mark = unicode_normalization::char::is_combining_mark(c);
            if !(c.is_alphanumeric() || inside || is_mark) {
                break;
            }
            end = at + c.len_utf8();
        }
        let (start, end) = (self.at, self.at + end);
        let word = plain(&self.text[start..end]);
        self.at = end;
        let known = self.known;
        let (spellings, words) = (self.spellings, &mut self.words);
        let (mut before, quoted) = (self.before, self.quote.is_some());
        self.before = WordBreak::None;
        spellings.read(&word, known, |read| {
            let from = words.spellings.len();
            words.spellings.push_str(&read);
            let id = known.id(&read);
            known.look_up(id, &read, &mut words.on, &mut words.begins);
            words.questions.push(false);
            words.all.push(Word {
                id,
                before,
                quoted,
                start: narrow(start),
                end: narrow(end),
                spelling: (narrow(from), narrow(words.spellings.len())),
            });
            before = WordBreak::None;
        });
    }

    fn set(&mut self, before: WordBreak) {
        self.before = self.before.max(before);
    }

    /// Reads what is no word.
    fn mark(&mut self, c: char) {
        let after = &self.text[self.at + c.len_utf8()..];
        match c {
            '.' if after.starts_with('.') || self.text[..self.at].ends_with('.') => {
                self.set(WordBreak::Clause);
            }
            '.' if self.ends_sentence(after) => self.set(WordBreak::Sentence),
            '…' => self.set(WordBreak::Clause),
            '!' | '?' | '。' | '！' | '？' => {
                if matches!(c, '?' | '？')
                    && self.before != WordBreak::Sentence
                    && let Some(last) = self.words.questions.last_mut()
                {
                    *last = true;
                }
                self.set(WordBreak::Sentence);
            }
            ',' | ';' | ':' | '(' | ')' | '—' | '–' | '/' | '*' | '|' | '，' | '、' => {
                self.set(WordBreak::Clause);
            }
            '-' | '~' if after.starts_with([' ', '-', '\n']) => self.set(WordBreak::Clause),
            '"' | '“' | '«' | '‘' | '„' => self.open_quote(c, after),
            c if is_apostrophe(c) => self.open_quote(c, after),
            '\n' => self.end_line(after),
            c if !c.is_ascii() && !c.is_whitespace() => self.picture(c),
            _ => {}
        }
    }

    /// A dot ends a sentence unless it stands in a number or a name, or after a short form.
    fn ends_sentence(&self, after: &str) -> bool {
        if after.starts_with(|c: char| c.is_alphanumeric()) {
            return false;
        }
        let last = self.words.len().checked_sub(1);
        let Some(last) = last.filter(|_| self.before == WordBreak::None) else {
            return true;
        };
        !SHORT_FORMS.contains(&self.words.spelling(last))
    }

    /// Emoji and the like part what stands before from what comes after.
    fn picture(&mut self, c: char) {
        if !is_unseen(c) {
            self.set(WordBreak::Clause);
        }
    }

    /// An empty line ends a sentence, and so does the end of a line that was ended on purpose.
    fn end_line(&mut self, after: &str) {
        let line = &self.text[self.line..self.at];
        self.line = self.at + 1;
        // What mails quote with stands before the line.
        let next = after.trim_start_matches([' ', '\t', '\r', '>']);
        let first = next.chars().next();
        let is_empty = |line: &str| line.trim_matches([' ', '\t', '\r', '>']).is_empty();
        let empty = first.is_none_or(|c| c == '\n') || is_empty(line);
        let starts_anew =
            first.is_some_and(|c| c.is_uppercase() || !c.is_alphanumeric()) && !is_i(next);
        if empty || line.len() < SHORT_LINE || starts_anew {
            self.set(WordBreak::Sentence);
        }
    }

    /// Notes where a quotation that opens here ends, if it is one.
    fn open_quote(&mut self, c: char, after: &str) {
        self.set(WordBreak::Clause);
        if self.quote.is_some() {
            return;
        }
        let single = is_apostrophe(c);
        let fresh = self.text[..self.at]
            .chars()
            .next_back()
            .is_none_or(|before| before.is_whitespace() || "([—–:,".contains(before));
        if single && !(fresh && after.starts_with(char::is_alphanumeric)) {
            return;
        }
        let ends: &[char] = match c {
            '"' => &['"'],
            '“' | '„' => &['”', '“', '"'],
            '«' => &['»'],
            _ => &['\'', '’'],
        };
        let (opened, start) = (c, self.at + c.len_utf8());
        let mut last = ' ';
        for (at, c) in after.char_indices() {
            if at > LONGEST_QUOTE {
                return;
            }
            if c == '\n' && last == '\n' {
                // It goes on in the next paragraph, which opens it once more; the last one closes it.
                if goes_on(opened, &after[at..]) {
                    self.quote = Some(start + at);
                }
                return;
            }
            let next = after[at + c.len_utf8()..].chars().next();
            let inside = single && next.is_some_and(char::is_alphanumeric);
            if ends.contains(&c) && !inside && last != ' ' {
                self.quote = Some(start + at);
                return;
            }
            last = c;
        }
    }
}

/// Whether the next paragraph opens the same quotation again. What begins with an apostrophe may be a word.
fn goes_on(opened: char, behind: &str) -> bool {
    let next = behind.trim_start_matches([' ', '\t', '\n', '>']);
    !matches!(opened, '\'' | '’') && next.starts_with(opened)
}

/// A text with a space for each end of a line, and without what mails quote with: it says the same
/// however it was wrapped. Nothing where it has one line.
pub(super) fn unwrapped(text: &str) -> Option<String> {
    let text = text.trim();
    let mut lines = text.split('\n').map(|line| {
        let line = line.trim_start_matches([' ', '\t', '>', '|']);
        line.trim_end()
    });
    let mut joined = lines.next().unwrap_or_default().to_string();
    let first = joined.len();
    for line in lines {
        joined += if line.is_empty() { "\n\n" } else { " " };
        joined += line;
    }
    (joined.len() > first).then_some(joined)
}

/// Whether a text begins with the word I, which is large wherever it stands.
fn is_i(text: &str) -> bool {
    text.strip_prefix('I')
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Short forms that a dot belongs to.
const SHORT_FORMS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "st", "vs", "etc", "no", "approx", "eg", "ie",
];

/// Places fit, since a text is cut at [`MOST_BYTES`].
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
