//! The text area: a buffer seen through a window. Pure: keys in, rows out.

use super::buffer::Buffer;
use super::keys::Key;
use super::layout::{Cell, TextLayout};
use super::window::{self, WindowView};
use crate::text;
use crate::text::language::Language;

/// How many lines a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineMode {
    /// One: Enter ends it, and a pasted line break becomes a space.
    One,
    /// Any number: Enter begins a new one.
    Many,
}

/// What a key did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyEffect {
    /// The text is another one now.
    Changed,
    /// Only the cursor moved, or nothing happened.
    Same,
    /// Not a key that edits: for the caller.
    Unused,
}

/// What the area shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AreaView {
    /// The rows, the words on hidden ones included.
    pub(super) rows: Vec<String>,
    /// Where the cursor is among them.
    pub(super) cursor: Cell,
}

/// A text area of a certain width and height.
#[derive(Clone, Debug)]
pub(super) struct Area {
    /// The text and the cursor.
    pub(super) buffer: Buffer,
    /// The language of the words on rows out of sight.
    language: Language,
    lines: LineMode,
    width: usize,
    height: usize,
    /// The first row in view.
    first: usize,
    /// The column that Up and Down keep to.
    goal: Option<usize>,
}

impl Area {
    /// Puts words that stood there before what was typed, where there are any.
    pub(super) fn put_before(&mut self, words: Option<String>) {
        if let Some(words) = words {
            let typed = self.buffer.text().to_string();
            self.set(&words);
            self.buffer.insert(&typed);
        }
    }

    /// An area in which `initial` already stands.
    pub(super) fn new(lines: LineMode, initial: &str) -> Self {
        let mut area = Self {
            buffer: Buffer::default(),
            language: Language::default(),
            lines,
            width: text::MAX_WIDTH,
            height: 3,
            first: 0,
            goal: None,
        };
        area.buffer = Buffer::new(&area.flat(initial));
        area
    }

    /// Takes another text in place of the one that stands there.
    pub(super) fn set(&mut self, words: &str) {
        let words = self.flat(words);
        self.buffer.replace_all(&words);
    }

    /// Gives it another size.
    pub(super) fn resize(&mut self, width: usize, height: usize) {
        (self.width, self.height) = (width, height);
    }

    /// How many rows it would like to have.
    pub(super) fn wanted_rows(&self, width: usize) -> usize {
        TextLayout::new(self.buffer.text(), width).rows.len()
    }

    /// Takes a key that edits or moves.
    pub(super) fn press(&mut self, key: &Key) -> KeyEffect {
        let goal = self.goal.take();
        let before = self.buffer.text().len();
        let buffer = &mut self.buffer;
        match key {
            Key::Text(words) => buffer.insert(words),
            Key::Unreadable => buffer.lacks = true,
            Key::Paste(words) => {
                let words = self.flat(words);
                self.buffer.paste(&words);
                return KeyEffect::Changed;
            }
            Key::Undo | Key::Redo => {
                let undo = *key == Key::Undo;
                let changed = if undo { buffer.undo() } else { buffer.redo() };
                return if changed {
                    KeyEffect::Changed
                } else {
                    KeyEffect::Same
                };
            }
            Key::Tab if self.lines == LineMode::Many => buffer.insert("\t"),
            Key::Backspace => buffer.delete_left(),
            Key::Delete => buffer.delete_right(),
            Key::CutWord => buffer.delete_word(),
            Key::CutToStart => buffer.delete_to_line_start(),
            Key::CutToEnd => buffer.delete_to_line_end(),
            Key::Left => buffer.left(),
            Key::Right => buffer.right(),
            Key::WordLeft => buffer.word_left(),
            Key::WordRight => buffer.word_right(),
            Key::LineStart => buffer.move_to(buffer.line_start()),
            Key::LineEnd => buffer.move_to(buffer.line_end()),
            Key::TextStart => buffer.move_to(0),
            Key::TextEnd => buffer.move_to(buffer.text().len()),
            Key::Up => self.climb(-1, goal),
            Key::Down => self.climb(1, goal),
            Key::PageUp => self.climb(-self.page(), goal),
            Key::PageDown => self.climb(self.page(), goal),
            Key::Home => self.set_column(0),
            Key::End => self.set_column(usize::MAX),
            _ => return KeyEffect::Unused,
        }
        if self.buffer.text().len() == before {
            KeyEffect::Same
        } else {
            KeyEffect::Changed
        }
    }

    /// The same, with its own words in a language.
    pub(super) fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// The rows to show, and where the cursor is.
    pub(super) fn show(&mut self) -> AreaView {
        let text = self.buffer.text();
        let layout = TextLayout::new(text, self.width);
        let place = layout.place(text, self.buffer.cursor());
        let view = window::view(layout.rows.len(), place.row, self.height, self.first);
        self.first = view.first;
        let told = self.height >= 3;
        let mut rows = Vec::with_capacity(self.height);
        if told && view.above > 0 {
            rows.push(window::more_above(view.above, self.language));
        }
        let row = rows.len() + place.row - view.first;
        rows.extend(slice(text, &layout, view));
        if told && view.below > 0 {
            rows.push(window::more_below(view.below, self.language));
        }
        AreaView {
            rows,
            cursor: Cell { row, ..place },
        }
    }

    fn flat(&self, words: &str) -> String {
        let words = text::clean(words);
        match self.lines {
            LineMode::Many => words.into_owned(),
            LineMode::One => words.trim_matches('\n').replace(['\n', '\t'], " "),
        }
    }

    fn page(&self) -> isize {
        isize::try_from(self.height.saturating_sub(2).max(1)).unwrap_or(1)
    }

    fn climb(&mut self, rows: isize, goal: Option<usize>) {
        let text = self.buffer.text();
        let layout = TextLayout::new(text, self.width);
        let place = layout.place(text, self.buffer.cursor());
        let column = goal.unwrap_or(place.column);
        let row = place
            .row
            .saturating_add_signed(rows)
            .min(layout.rows.len() - 1);
        self.buffer
            .move_to(layout.byte_at(text, Cell { row, column }));
        self.goal = Some(column);
    }

    fn set_column(&mut self, column: usize) {
        let text = self.buffer.text();
        let layout = TextLayout::new(text, self.width);
        let row = layout.row_of(self.buffer.cursor());
        self.buffer
            .move_to(layout.byte_at(text, Cell { row, column }));
    }
}

fn slice<'a>(
    text: &'a str,
    layout: &'a TextLayout,
    view: WindowView,
) -> impl Iterator<Item = String> + 'a {
    let rows = &layout.rows[view.first..view.first + view.count];
    rows.iter().map(|row| text[row.start..row.end].to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn key() -> impl Strategy<Value = Key> {
        let words = [
            "a",
            "some words ",
            "日本語",
            "👨‍👩‍👧",
            "👍🏽",
            "\u{301}",
            "שלום",
            "می‌خواهم",
            "\t",
            "\n",
            "🇩🇪",
        ];
        let moves = [
            Key::Backspace,
            Key::Delete,
            Key::CutWord,
            Key::CutToStart,
            Key::CutToEnd,
            Key::Left,
            Key::Right,
            Key::WordLeft,
            Key::WordRight,
            Key::LineStart,
            Key::LineEnd,
            Key::TextStart,
            Key::TextEnd,
            Key::Up,
            Key::Down,
            Key::PageUp,
            Key::PageDown,
            Key::Home,
            Key::End,
            Key::Tab,
        ];
        prop_oneof![
            3 => proptest::sample::select(words.to_vec()).prop_map(|words| Key::Text(words.into())),
            1 => proptest::collection::vec(proptest::sample::select(words.to_vec()), 1..30)
                .prop_map(|words| Key::Paste(words.concat())),
            4 => proptest::sample::select(moves.to_vec()),
        ]
    }

    proptest! {
        #[test]
        fn the_window_shows_exactly_a_slice_of_the_text_with_the_cursor_in_it(
            keys in proptest::collection::vec(key(), 1..50),
            width in 14_usize..60,
            height in 3_usize..9,
        ) {
            let mut area = Area::new(LineMode::Many, "");
            area.resize(width, height);
            for key in &keys {
                area.press(key);
                let shown = area.show();
                let text = area.buffer.text().to_string();
                let above = shown.rows.first().is_some_and(|row| row.ends_with("above)"));
                let below = shown.rows.last().is_some_and(|row| row.ends_with("below)"));
                prop_assert!(shown.rows.len() <= height);
                prop_assert!(shown.cursor.row < shown.rows.len());
                prop_assert!(shown.cursor.row >= usize::from(above));
                prop_assert!(shown.cursor.row + usize::from(below) < shown.rows.len());
                prop_assert!(shown.cursor.column < width);

                let rows = &shown.rows[usize::from(above)..shown.rows.len() - usize::from(below)];
                let start = TextLayout::new(&text, width).rows[area.first].start;
                let (before, rest) = (text[..start].replace('\n', ""), text[start..].replace('\n', ""));
                prop_assert!(rest.starts_with(&rows.concat()));
                prop_assert_eq!(below, rest != rows.concat() || shown.rows.len() > rows.len() + usize::from(above));
                prop_assert!(above || before.is_empty());
                let cursor = area.buffer.cursor();
                let mut places = text.grapheme_indices(true).map(|(at, _)| at);
                prop_assert!(cursor == text.len() || places.any(|at| at == cursor));
            }
        }
    }

    #[test]
    fn up_and_down_keep_the_column_over_short_rows() {
        let mut area = Area::new(LineMode::Many, "a long line\nb\nanother line");
        area.buffer.move_to(8);
        area.press(&Key::Down);
        assert_eq!(area.buffer.cursor(), 13);
        area.press(&Key::Down);
        assert_eq!(area.buffer.cursor(), 14 + 8);
    }

    #[test]
    fn home_and_end_stay_in_the_row_that_is_seen() {
        let mut area = Area::new(LineMode::Many, "one two three");
        area.resize(9, 3);
        area.buffer.move_to(2);
        area.press(&Key::End);
        assert_eq!(area.buffer.cursor(), 7);
        area.press(&Key::Home);
        assert_eq!(area.buffer.cursor(), 0);
    }

    #[test]
    fn one_line_takes_no_line_breaks() {
        let mut area = Area::new(LineMode::One, "a\nb\n");
        area.press(&Key::Paste("\nc\r\nd\n".into()));
        area.press(&Key::Tab);
        assert_eq!(area.buffer.text(), "a bc d");
    }

    #[test]
    fn the_view_says_how_much_is_out_of_sight() {
        let mut area = Area::new(LineMode::Many, "1\n2\n3\n4\n5\n6\n7\n8");
        area.resize(20, 4);
        let shown = area.show();
        assert_eq!(shown.rows, ["(5 more lines above)", "6", "7", "8"]);
        area.press(&Key::TextStart);
        assert_eq!(area.show().rows, ["1", "2", "3", "(5 more lines below)"]);
    }
}
