//! A text being written: its words, where the cursor stands, and which of it was typed by hand.
//!
//! The cursor always stands between two characters as people see them (grapheme clusters).

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::text;

/// Text and cursor.
#[derive(Clone, Debug, Default)]
pub(super) struct Buffer {
    text: String,
    cursor: usize,
    /// Letters were left out since the last line end: they couldn't be read.
    pub(super) lacks: bool,
    /// For every byte of the text, whether it was typed; the rest was pasted or stood there before.
    typed: Vec<bool>,
    /// What can be taken back, the latest last, and what was.
    undo: Vec<TextChange>,
    redo: Vec<TextChange>,
}

/// A stretch of the text that took the place of another.
#[derive(Clone, Debug)]
struct TextChange {
    at: usize,
    before: Stretch,
    after: Stretch,
}

/// Words, and which of their bytes were typed.
#[derive(Clone, Debug, Default)]
struct Stretch {
    text: String,
    typed: Vec<bool>,
}

impl Stretch {
    fn of(text: &str, typed: bool) -> Self {
        Self {
            text: text.to_string(),
            typed: vec![typed; text.len()],
        }
    }
}

/// So many changes can be taken back.
const CHANGES: usize = 1000;

impl Buffer {
    /// A buffer in which `text` already stands, with the cursor behind it.
    pub(super) fn new(text: &str) -> Self {
        let mut buffer = Self::default();
        buffer.paste(text);
        buffer.undo.clear();
        buffer
    }

    /// What stands there.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where the cursor stands, in bytes.
    pub(super) fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts the cursor at a byte, or at the next place where it can stand.
    pub(super) fn move_to(&mut self, byte: usize) {
        self.cursor = boundary(&self.text, byte.min(self.text.len()));
    }

    /// Inserts what was typed.
    pub(super) fn insert(&mut self, words: &str) {
        self.splice(self.cursor..self.cursor, &text::clean(words), true);
    }

    /// Inserts what was pasted.
    pub(super) fn paste(&mut self, words: &str) {
        self.splice(self.cursor..self.cursor, &text::clean(words), false);
    }

    /// Takes away the character before the cursor.
    pub(super) fn delete_left(&mut self) {
        self.splice(self.left_of(self.cursor)..self.cursor, "", true);
    }

    /// Takes away the character behind the cursor.
    pub(super) fn delete_right(&mut self) {
        self.splice(self.cursor..self.right_of(self.cursor), "", true);
    }

    /// Takes away the word before the cursor.
    pub(super) fn delete_word(&mut self) {
        self.splice(self.word_left_of(self.cursor)..self.cursor, "", true);
    }

    /// Takes away everything from the start of the line to the cursor.
    pub(super) fn delete_to_line_start(&mut self) {
        self.splice(self.line_start()..self.cursor, "", true);
    }

    /// Takes away everything from the cursor to the end of the line.
    pub(super) fn delete_to_line_end(&mut self) {
        self.splice(self.cursor..self.line_end(), "", true);
    }

    /// One character to the left.
    pub(super) fn left(&mut self) {
        self.cursor = self.left_of(self.cursor);
    }

    /// One character to the right.
    pub(super) fn right(&mut self) {
        self.cursor = self.right_of(self.cursor);
    }

    /// To the start of this word, or of the one before.
    pub(super) fn word_left(&mut self) {
        self.cursor = self.word_left_of(self.cursor);
    }

    /// To the end of this word, or of the next one.
    pub(super) fn word_right(&mut self) {
        let mut in_word = false;
        for character in self.text[self.cursor..].graphemes(true) {
            if in_word && is_space(character) {
                break;
            }
            in_word |= !is_space(character);
            self.cursor += character.len();
        }
    }

    /// The byte at which the cursor's line begins.
    pub(super) fn line_start(&self) -> usize {
        self.text[..self.cursor]
            .rfind('\n')
            .map_or(0, |end| end + 1)
    }

    /// The byte at which the cursor's line ends.
    pub(super) fn line_end(&self) -> usize {
        self.text[self.cursor..]
            .find('\n')
            .map_or(self.text.len(), |end| self.cursor + end)
    }

    /// The last line, when the cursor is in it and all of it was typed.
    pub(super) fn typed_last_line(&self) -> Option<&str> {
        let last = self.last_line();
        let here = self.cursor >= last.start;
        let typed = self.typed[last.clone()].iter().all(|typed| *typed);
        (here && typed).then(|| &self.text[last])
    }

    /// What was typed behind words that were not, at the end of the last line.
    pub(super) fn typed_tail(&self) -> Option<&str> {
        let last = self.last_line();
        let typed = self.typed[last.clone()].iter().rev();
        let start = last.end - typed.take_while(|typed| **typed).count();
        (self.cursor >= start && start > last.start).then(|| &self.text[start..last.end])
    }

    /// Takes away what was typed at the end of the last line.
    pub(super) fn drop_typed_tail(&mut self) {
        let length = self.typed_tail().map_or(0, str::len);
        self.splice(self.text.len() - length..self.text.len(), "", true);
    }

    /// Puts other words in place of the last line, as if typed, and the cursor behind them.
    pub(super) fn replace_last_line(&mut self, words: &str) {
        self.splice(self.last_line(), words, true);
    }

    /// Takes the last line away, with the line break before it.
    pub(super) fn drop_last_line(&mut self) {
        let last = self.last_line();
        self.splice(last.start.saturating_sub(1)..last.end, "", true);
    }

    fn last_line(&self) -> Range<usize> {
        self.text.rfind('\n').map_or(0, |end| end + 1)..self.text.len()
    }

    fn left_of(&self, byte: usize) -> usize {
        let before = self.text[..byte].graphemes(true).next_back();
        byte - before.map_or(0, str::len)
    }

    fn right_of(&self, byte: usize) -> usize {
        let behind = self.text[byte..].graphemes(true).next();
        byte + behind.map_or(0, str::len)
    }

    fn word_left_of(&self, byte: usize) -> usize {
        let (mut start, mut in_word) = (byte, false);
        for character in self.text[..byte].graphemes(true).rev() {
            if in_word && is_space(character) {
                break;
            }
            in_word |= !is_space(character);
            start -= character.len();
        }
        start
    }

    /// Puts other words in place of the whole text, as if they had stood there before.
    pub(super) fn replace_all(&mut self, words: &str) {
        self.splice(0..self.text.len(), &text::clean(words), false);
    }

    /// Takes back the last change. False where there is none.
    pub(super) fn undo(&mut self) -> bool {
        let Some(change) = self.undo.pop() else {
            return false;
        };
        let end = change.at + change.after.text.len();
        self.swap(change.at..end, &change.before);
        self.redo.push(change);
        true
    }

    /// Makes the change again that was taken back last. False where there is none.
    pub(super) fn redo(&mut self) -> bool {
        let Some(change) = self.redo.pop() else {
            return false;
        };
        let end = change.at + change.before.text.len();
        self.swap(change.at..end, &change.after);
        self.undo.push(change);
        true
    }

    fn splice(&mut self, range: Range<usize>, words: &str, typed: bool) {
        if range.is_empty() && words.is_empty() {
            return;
        }
        let before = Stretch {
            text: self.text[range.clone()].to_string(),
            typed: self.typed[range.clone()].to_vec(),
        };
        let after = Stretch::of(words, typed);
        let (at, was_there) = (range.start, !before.text.is_empty());
        self.swap(range, &after);
        self.redo.clear();
        match self.undo.last_mut() {
            // Letters of one word are one change.
            Some(last)
                if typed
                    && !was_there
                    && last.before.text.is_empty()
                    && last.at + last.after.text.len() == at
                    && last.after.typed.last() == Some(&true)
                    && !words.chars().any(char::is_whitespace) =>
            {
                last.after.text.push_str(&after.text);
                last.after.typed.extend(after.typed);
            }
            _ => self.undo.push(TextChange { at, before, after }),
        }
        let over = self.undo.len().saturating_sub(CHANGES);
        self.undo.drain(..over);
    }

    fn swap(&mut self, range: Range<usize>, stretch: &Stretch) {
        self.typed
            .splice(range.clone(), stretch.typed.iter().copied());
        self.text.replace_range(range.clone(), &stretch.text);
        // New neighbours can join into one character: the cursor goes behind it.
        self.cursor = boundary(&self.text, range.start + stretch.text.len());
    }
}

fn is_space(character: &str) -> bool {
    character.chars().all(char::is_whitespace)
}

/// The first place at or behind `byte` that lies between two characters.
fn boundary(text: &str, byte: usize) -> usize {
    let mut byte = byte;
    while !text.is_char_boundary(byte) {
        byte += 1;
    }
    let mut cursor = GraphemeCursor::new(byte, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(true) | Err(_) => byte,
        Ok(false) => cursor
            .next_boundary(text, 0)
            .ok()
            .flatten()
            .unwrap_or(text.len()),
    }
}

#[cfg(test)]
mod tests;
