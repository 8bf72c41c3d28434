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
        self.put(self.cursor..self.cursor, &text::clean(words), true);
    }

    /// Inserts what was pasted.
    pub(super) fn paste(&mut self, words: &str) {
        self.put(self.cursor..self.cursor, &text::clean(words), false);
    }

    /// Takes away the character before the cursor.
    pub(super) fn delete_left(&mut self) {
        self.put(self.left_of(self.cursor)..self.cursor, "", true);
    }

    /// Takes away the character behind the cursor.
    pub(super) fn delete_right(&mut self) {
        self.put(self.cursor..self.right_of(self.cursor), "", true);
    }

    /// Takes away the word before the cursor.
    pub(super) fn delete_word(&mut self) {
        self.put(self.word_left_of(self.cursor)..self.cursor, "", true);
    }

    /// Takes away everything from the start of the line to the cursor.
    pub(super) fn delete_to_line_start(&mut self) {
        self.put(self.line_start()..self.cursor, "", true);
    }

    /// Takes away everything from the cursor to the end of the line.
    pub(super) fn delete_to_line_end(&mut self) {
        self.put(self.cursor..self.line_end(), "", true);
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
        self.put(self.text.len() - length..self.text.len(), "", true);
    }

    /// Puts other words in place of the last line, as if typed, and the cursor behind them.
    pub(super) fn replace_last_line(&mut self, words: &str) {
        self.put(self.last_line(), words, true);
    }

    /// Takes the last line away, with the line break before it.
    pub(super) fn drop_last_line(&mut self) {
        let last = self.last_line();
        self.put(last.start.saturating_sub(1)..last.end, "", true);
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
        self.put(0..self.text.len(), &text::clean(words), false);
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

    fn put(&mut self, range: Range<usize>, words: &str, typed: bool) {
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Clone, Debug)]
    enum Edit {
        Insert(String),
        Paste(String),
        DeleteLeft,
        DeleteRight,
        DeleteWord,
        DeleteToStart,
        DeleteToEnd,
        Left,
        Right,
        WordLeft,
        WordRight,
    }

    /// The same, done the slow and plain way: a list of characters and a place in it.
    #[derive(Default)]
    struct Model {
        characters: Vec<String>,
        at: usize,
    }

    impl Model {
        fn set(&mut self, before: &str, behind: &str) {
            let whole = format!("{before}{behind}");
            self.characters = whole.graphemes(true).map(String::from).collect();
            let mut length = 0;
            self.at = self.characters.len();
            for (index, character) in self.characters.iter().enumerate() {
                if length >= before.len() {
                    self.at = index;
                    break;
                }
                length += character.len();
            }
        }

        fn before(&self) -> String {
            self.characters[..self.at].concat()
        }

        fn behind(&self, from: usize) -> String {
            self.characters[from..].concat()
        }

        fn is_space(&self, index: usize) -> bool {
            self.characters[index].trim().is_empty()
        }

        fn word_left(&self) -> usize {
            let mut at = self.at;
            while at > 0 && self.is_space(at - 1) {
                at -= 1;
            }
            while at > 0 && !self.is_space(at - 1) {
                at -= 1;
            }
            at
        }

        fn apply(&mut self, edit: &Edit) {
            let last = self.characters.len();
            let break_before = |index: &usize| self.characters[*index] == "\n";
            match edit {
                Edit::Insert(words) | Edit::Paste(words) => {
                    let words = text::clean(words).into_owned();
                    self.set(&(self.before() + &words), &self.behind(self.at));
                }
                Edit::DeleteLeft => {
                    let from = self.at.saturating_sub(1);
                    self.set(&self.characters[..from].concat(), &self.behind(self.at));
                }
                Edit::DeleteRight => {
                    self.set(&self.before(), &self.behind((self.at + 1).min(last)));
                }
                Edit::DeleteWord => {
                    let from = self.word_left();
                    self.set(&self.characters[..from].concat(), &self.behind(self.at));
                }
                Edit::DeleteToStart => {
                    let from = (0..self.at).rev().find(break_before).map_or(0, |i| i + 1);
                    self.set(&self.characters[..from].concat(), &self.behind(self.at));
                }
                Edit::DeleteToEnd => {
                    let to = (self.at..last).find(break_before).unwrap_or(last);
                    self.set(&self.before(), &self.behind(to));
                }
                Edit::Left => self.at = self.at.saturating_sub(1),
                Edit::Right => self.at = (self.at + 1).min(last),
                Edit::WordLeft => self.at = self.word_left(),
                Edit::WordRight => {
                    while self.at < last && self.is_space(self.at) {
                        self.at += 1;
                    }
                    while self.at < last && !self.is_space(self.at) {
                        self.at += 1;
                    }
                }
            }
        }
    }

    fn apply(buffer: &mut Buffer, edit: &Edit) {
        match edit {
            Edit::Insert(words) => buffer.insert(words),
            Edit::Paste(words) => buffer.paste(words),
            Edit::DeleteLeft => buffer.delete_left(),
            Edit::DeleteRight => buffer.delete_right(),
            Edit::DeleteWord => buffer.delete_word(),
            Edit::DeleteToStart => buffer.delete_to_line_start(),
            Edit::DeleteToEnd => buffer.delete_to_line_end(),
            Edit::Left => buffer.left(),
            Edit::Right => buffer.right(),
            Edit::WordLeft => buffer.word_left(),
            Edit::WordRight => buffer.word_right(),
        }
    }

    fn words() -> impl Strategy<Value = String> {
        let bits = [
            "a",
            "no",
            " ",
            "\n",
            "\t",
            "é",
            "日本",
            "👨‍👩‍👧",
            "👍🏽",
            "🇩🇪",
            "🇫",
            "שלום",
            "می‌خواهم",
            "\u{1b}[A",
            "\r\n",
            "\u{200f}",
        ];
        proptest::collection::vec(proptest::sample::select(bits.to_vec()), 1..5)
            .prop_map(|bits| bits.concat())
    }

    fn edit() -> impl Strategy<Value = Edit> {
        prop_oneof![
            4 => words().prop_map(Edit::Insert),
            1 => words().prop_map(Edit::Paste),
            1 => Just(Edit::DeleteLeft),
            1 => Just(Edit::DeleteRight),
            1 => Just(Edit::DeleteWord),
            1 => Just(Edit::DeleteToStart),
            1 => Just(Edit::DeleteToEnd),
            2 => Just(Edit::Left),
            1 => Just(Edit::Right),
            1 => Just(Edit::WordLeft),
            1 => Just(Edit::WordRight),
        ]
    }

    proptest! {
        #[test]
        fn any_edits_equal_a_plain_list_of_characters(
            edits in proptest::collection::vec(edit(), 1..60),
        ) {
            let (mut buffer, mut model) = (Buffer::default(), Model::default());
            for edit in &edits {
                apply(&mut buffer, edit);
                model.apply(edit);
                prop_assert_eq!(buffer.text(), model.characters.concat());
                prop_assert_eq!(buffer.cursor(), model.before().len());
                prop_assert_eq!(buffer.typed.len(), buffer.text().len());
            }
        }
    }

    #[test]
    fn only_what_was_typed_counts_as_a_typed_last_line() {
        let mut buffer = Buffer::new("said\n");
        buffer.insert("/skip");
        assert_eq!(buffer.typed_last_line(), Some("/skip"));
        buffer.insert("\n");
        buffer.paste("/sk");
        buffer.insert("ip");
        assert_eq!(buffer.typed_last_line(), None);
    }

    #[test]
    fn a_last_line_is_not_read_while_the_cursor_is_elsewhere() {
        let mut buffer = Buffer::default();
        buffer.insert("one\n/skip");
        buffer.move_to(1);
        assert_eq!(buffer.typed_last_line(), None);
    }

    #[test]
    fn dropping_the_last_line_takes_its_line_break_along() {
        let mut buffer = Buffer::default();
        buffer.insert("one\n.");
        buffer.drop_last_line();
        assert_eq!(buffer.text(), "one");
        buffer.drop_last_line();
        assert_eq!(buffer.text(), "");
    }
}
