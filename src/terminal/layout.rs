//! Text laid out in rows of a given width, and the way between bytes and screen places.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub(super) use crate::text::cells;

/// Whether terminals disagree on the width of a character, so that the next one must be placed by
/// its column.
pub(super) fn is_disputed(character: &str) -> bool {
    let parts: usize = character.chars().filter_map(UnicodeWidthChar::width).sum();
    let joins = |c| {
        matches!(
            c,
            '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{1f1e6}'..='\u{1f1ff}'
        )
    };
    character.width() != parts || character.contains(joins)
}

/// The columns of a piece of one row.
pub(super) fn columns(piece: &str) -> usize {
    piece.graphemes(true).map(cells).sum()
}

/// One row: a range of bytes without the line break that may follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LayoutRow {
    /// The first byte.
    pub(super) start: usize,
    /// The byte behind the last.
    pub(super) end: usize,
}

/// Where the cursor is on the screen, counted from the first row and column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Rows from the top.
    pub(super) row: usize,
    /// Columns from the left.
    pub(super) column: usize,
}

/// A text as rows, each at most `width` columns wide with a column free for the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextLayout {
    /// The rows, at least one.
    pub(super) rows: Vec<LayoutRow>,
}

impl TextLayout {
    /// Lays text out: rows break behind spaces, long words between characters. One space may hang
    /// in the column that is kept for the cursor.
    pub(super) fn new(text: &str, width: usize) -> Self {
        let room = width.saturating_sub(1).max(1);
        let mut rows = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            break_line(line, start, room, &mut rows);
            start += line.len() + 1;
        }
        Self { rows }
    }

    /// The row that shows a byte: where one row flows into the next, the start of the next.
    pub(super) fn row_of(&self, byte: usize) -> usize {
        let after = self.rows.partition_point(|row| row.start <= byte);
        after.saturating_sub(1)
    }

    /// Where a byte is on the screen.
    pub(super) fn place(&self, text: &str, byte: usize) -> Cell {
        let row = self.row_of(byte);
        let start = self.rows[row].start;
        Cell {
            row,
            column: columns(&text[start..byte.max(start)]),
        }
    }

    /// The byte in a row that is nearest to a column, not beyond it.
    pub(super) fn byte_at(&self, text: &str, place: Cell) -> usize {
        let row = self.rows[place.row];
        let (mut byte, mut column) = (row.start, 0);
        for character in text[row.start..row.end].graphemes(true) {
            column += cells(character);
            if column > place.column || self.row_of(byte + character.len()) != place.row {
                break;
            }
            byte += character.len();
        }
        byte
    }
}

fn break_line(line: &str, offset: usize, room: usize, rows: &mut Vec<LayoutRow>) {
    let (mut start, mut used) = (0, 0);
    // Behind the last space of this row, and the columns used up to there.
    let mut space: Option<(usize, usize)> = None;
    for (at, character) in line.grapheme_indices(true) {
        let takes = cells(character);
        let hangs = character == " " && used == room;
        if used + takes > room && !hangs && at > start {
            let (end, before) = space.unwrap_or((at, used));
            rows.push(LayoutRow {
                start: offset + start,
                end: offset + end,
            });
            (start, used, space) = (end, used - before, None);
            if used + takes > room && at > start {
                rows.push(LayoutRow {
                    start: offset + start,
                    end: offset + at,
                });
                (start, used) = (at, 0);
            }
        }
        used += takes;
        if character.chars().all(char::is_whitespace) {
            space = Some((at + character.len(), used));
        }
    }
    rows.push(LayoutRow {
        start: offset + start,
        end: offset + line.len(),
    });
    if used > room && start < line.len() {
        // A space hangs in the cursor's column: the cursor goes to a row of its own.
        rows.push(LayoutRow {
            start: offset + line.len(),
            end: offset + line.len(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, width: usize) -> Vec<&str> {
        let rows = TextLayout::new(text, width).rows;
        rows.iter().map(|row| &text[row.start..row.end]).collect()
    }

    #[test]
    fn rows_break_behind_spaces_and_long_words_between_characters() {
        assert_eq!(shown("one two three", 8), ["one two ", "three"]);
        assert_eq!(shown("abcdefghij", 5), ["abcd", "efgh", "ij"]);
        assert_eq!(shown("a bcdefghij", 5), ["a ", "bcde", "fghi", "j"]);
    }

    #[test]
    fn trailing_spaces_stay_and_push_the_cursor_on() {
        assert_eq!(shown("abcd    ", 5), ["abcd ", "   "]);
        assert_eq!(shown("abcd ", 5), ["abcd ", ""]);
        assert_eq!(TextLayout::new("abcd ", 5).place("abcd ", 5).row, 1);
    }

    #[test]
    fn empty_lines_have_rows() {
        assert_eq!(shown("", 5), [""]);
        assert_eq!(shown("a\n\nb\n", 5), ["a", "", "b", ""]);
    }

    #[test]
    fn wide_characters_and_tabs_count_their_columns() {
        assert_eq!(shown("日本語文", 5), ["日本", "語文"]);
        assert_eq!(cells("\t"), 4);
        assert_eq!(cells("👨‍👩‍👧‍👦"), 8);
        assert_eq!(cells("e\u{301}"), 1);
        assert!(is_disputed("👨‍👩‍👧") && !is_disputed("日") && !is_disputed("e\u{301}"));
    }

    fn texts() -> impl Strategy<Value = String> {
        let bits = [
            "a",
            "word",
            " ",
            "   ",
            "\n",
            "\t",
            "é",
            "日本",
            "👨‍👩‍👧",
            "❤️",
            "🇩🇪",
            "שלום",
            "می‌خواهم",
            "\u{301}",
            "\u{3000}",
        ];
        proptest::collection::vec(proptest::sample::select(bits.to_vec()), 0..60)
            .prop_map(|bits| bits.concat())
    }

    proptest! {
        #[test]
        fn rows_and_line_breaks_together_are_the_text(text in texts(), width in 14_usize..40) {
            let layout = TextLayout::new(&text, width);
            let mut joined = String::new();
            let mut last = 0;
            for row in &layout.rows {
                joined.push_str(&text[last..row.start]);
                prop_assert!(text[last..row.start].is_empty() || &text[last..row.start] == "\n");
                joined.push_str(&text[row.start..row.end]);
                prop_assert!(columns(&text[row.start..row.end]) <= width);
                last = row.end;
            }
            prop_assert_eq!(joined, text);
        }

        #[test]
        fn every_cursor_place_is_on_the_screen_and_leads_back(
            text in texts(), width in 14_usize..40,
        ) {
            let layout = TextLayout::new(&text, width);
            let ends = std::iter::once(text.len());
            for (byte, _) in text.grapheme_indices(true).map(|(at, g)| (at, g.len()))
                .chain(ends.map(|end| (end, 0)))
            {
                let place = layout.place(&text, byte);
                prop_assert!(place.column < width);
                // Characters without a width share a column; the way back leads to one of them.
                let back = layout.byte_at(&text, place);
                prop_assert_eq!(layout.place(&text, back), place);
            }
        }
    }
}
