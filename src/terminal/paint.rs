//! A block of rows kept on the screen by relative moves: only rows that changed are written again.
//! Pure: it returns the bytes to write.

use std::fmt::Write;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::layout::{Cell, cells, is_disputed};
use crate::text;
pub(super) use crate::text::look::Look;

/// One row: text that fits the screen, and its look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ScreenLine {
    /// What it says.
    pub(super) text: String,
    /// How it looks.
    pub(super) look: Look,
    /// Bytes of it that look different.
    pub(super) stress: (Range<usize>, Look),
}

impl ScreenLine {
    /// A row that looks so.
    pub(super) fn new(text: impl Into<String>, look: Look) -> Self {
        Self {
            text: text.into(),
            look,
            stress: (0..0, look),
        }
    }

    /// The same with some of its bytes looking like this.
    pub(super) fn stressed(self, bytes: Range<usize>, look: Look) -> Self {
        let stress = (bytes, look);
        Self { stress, ..self }
    }
}

impl<T: Into<String>> From<T> for ScreenLine {
    fn from(text: T) -> Self {
        Self::new(text, Look::Plain)
    }
}

/// What a block shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Frame {
    /// The rows, from the top.
    pub(super) rows: Vec<ScreenLine>,
    /// Where the cursor stands.
    pub(super) cursor: Option<Cell>,
}

/// The block on the screen.
#[derive(Debug, Default)]
pub(super) struct Painter {
    shown: Vec<ScreenLine>,
    /// The row that the terminal's cursor is in.
    at: usize,
    /// Where the cursor was shown last, unless something else came since.
    cursor: Option<Cell>,
    colour: bool,
}

impl Painter {
    /// A painter; nothing is on the screen yet and the cursor is at the start of a row.
    pub(super) fn new(colour: bool) -> Self {
        Self {
            colour,
            ..Self::default()
        }
    }

    /// The bytes that turn what is on the screen into `frame`: none when it is there already, so
    /// that the cursor blinks in peace.
    pub(super) fn paint(&mut self, frame: Frame) -> String {
        if self.cursor.is_some() && self.cursor == frame.cursor && self.shown == frame.rows {
            return String::new();
        }
        let mut out = String::from("\x1b[?25l\x1b[?7l");
        for (index, line) in frame.rows.iter().enumerate() {
            if self.shown.get(index) == Some(line) {
                continue;
            }
            self.go_to(index, &mut out);
            out.push_str("\r\x1b[2K");
            self.write_line(line, &mut out);
        }
        if frame.rows.len() < self.shown.len() {
            self.go_to(frame.rows.len(), &mut out);
            out.push_str("\r\x1b[J");
        }
        self.shown = frame.rows;
        self.cursor = frame.cursor;
        let last = self.shown.len().saturating_sub(1);
        let cursor = frame.cursor.unwrap_or(Cell {
            row: last,
            column: 0,
        });
        self.go_to(cursor.row.min(last), &mut out);
        to_column(cursor.column, &mut out);
        out.push_str("\x1b[?7h");
        if frame.cursor.is_some() {
            out.push_str("\x1b[?25h");
        }
        out
    }

    /// The bytes that take the block away; the cursor is then where its first row was.
    pub(super) fn erase(&mut self) -> String {
        let mut out = String::new();
        self.go_to(0, &mut out);
        out.push_str("\r\x1b[J\x1b[?25h");
        self.forget();
        out
    }

    /// The bytes that leave the block where it is and go to the row below.
    pub(super) fn leave(&mut self) -> String {
        let out = self.way_out();
        self.forget();
        out
    }

    /// The bytes that go to the row below the block.
    pub(super) fn way_out(&self) -> String {
        let mut out = String::new();
        if self.at >= self.shown.len() {
            return out;
        }
        let down = self.shown.len() - 1 - self.at;
        if down > 0 {
            let _ = write!(out, "\x1b[{down}B");
        }
        out.push_str("\r\n");
        out
    }

    /// What was on the screen is not there any more, and the cursor is at the start of a row.
    pub(super) fn forget(&mut self) {
        self.shown.clear();
        self.at = 0;
        self.cursor = None;
    }

    /// The bytes of rows that stay in the scrollback.
    pub(super) fn lines(&self, lines: &[ScreenLine]) -> String {
        let mut out = String::from("\x1b[?7l");
        for line in lines {
            self.write_line(line, &mut out);
            out.push_str("\r\n");
        }
        out.push_str("\x1b[?7h");
        out
    }

    fn go_to(&mut self, row: usize, out: &mut String) {
        // Rows that are not there yet come into being with a line feed from the one above.
        let _ = match row.checked_sub(self.at) {
            Some(0) => Ok(()),
            Some(_) if row >= self.shown.len() => {
                let below = self.shown.len().saturating_sub(1).max(self.at);
                if below > self.at {
                    let _ = write!(out, "\x1b[{}B", below - self.at);
                }
                out.push_str(&"\r\n".repeat(row - below));
                Ok(())
            }
            Some(down) => write!(out, "\x1b[{down}B"),
            None => write!(out, "\x1b[{}A", self.at - row),
        };
        self.at = row;
    }

    fn write_line(&self, line: &ScreenLine, out: &mut String) {
        let mut column = 0;
        let (stress, look) = &line.stress;
        let piece = |range: Range<usize>| line.text.get(range).unwrap_or_default();
        for (piece, look) in [
            (piece(0..stress.start), line.look),
            (piece(stress.clone()), *look),
            (piece(stress.end..line.text.len()), line.look),
        ] {
            let shown = laid(piece, &mut column);
            out.push_str(&look.paint(&shown, self.colour && !shown.is_empty()));
        }
    }
}

/// A piece of a row from a column on, with what terminals disagree on set in its place.
fn laid(piece: &str, column: &mut usize) -> String {
    let mut shown = String::new();
    for character in text::inert_without_marks(piece).graphemes(true) {
        if character == "\t" {
            shown.push_str("    ");
        } else {
            shown.push_str(character);
        }
        *column += cells(character);
        if is_disputed(character) {
            to_column(*column, &mut shown);
        }
    }
    shown
}

fn to_column(column: usize, out: &mut String) {
    out.push('\r');
    if column > 0 {
        let _ = write!(out, "\x1b[{column}C");
    }
}

/// How many of the last rows are whole paragraphs that have room in so many rows; never all of them.
pub(super) fn tail_rows(rows: &[ScreenLine], room: usize) -> usize {
    let is_empty = |row: &ScreenLine| row.text.trim().is_empty();
    let starts = (1..rows.len()).filter(|at| is_empty(&rows[at - 1]) && !is_empty(&rows[*at]));
    let mut tails = starts.map(|at| rows.len() - at);
    tails.find(|count| *count <= room).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::num::NonZeroU16;

    fn screen(rows: u16, columns: u16) -> vt100::Parser {
        let size = |number| NonZeroU16::new(number).unwrap();
        vt100::Parser::new(size(rows), size(columns), 100)
    }

    fn seen(parser: &vt100::Parser) -> Vec<String> {
        let (_, columns) = parser.screen().size();
        parser.screen().rows(0, columns.get()).collect()
    }

    fn frame(rows: &[&str], row: usize, column: usize) -> Frame {
        Frame {
            rows: rows.iter().map(|row| ScreenLine::from(*row)).collect(),
            cursor: Some(Cell { row, column }),
        }
    }

    #[test]
    fn a_block_grows_and_shrinks_in_its_place() {
        let (mut parser, mut painter) = (screen(6, 20), Painter::new(false));
        parser.process(b"before\r\n");
        parser.process(painter.paint(frame(&["a", "b", "c"], 1, 1)).as_bytes());
        assert_eq!(seen(&parser)[..4], ["before", "a", "b", "c"]);
        assert_eq!(parser.screen().cursor_position(), (2, 1));
        parser.process(painter.paint(frame(&["a", "d"], 0, 0)).as_bytes());
        assert_eq!(seen(&parser)[..4], ["before", "a", "d", ""]);
        parser.process(painter.erase().as_bytes());
        assert_eq!(seen(&parser)[..2], ["before", ""]);
        assert_eq!(parser.screen().cursor_position(), (1, 0));
    }

    #[test]
    fn what_is_shown_already_is_not_written_again() {
        let mut painter = Painter::new(false);
        assert_ne!(painter.paint(frame(&["a"], 0, 1)), "");
        assert_eq!(painter.paint(frame(&["a"], 0, 1)), "");
        painter.forget();
        assert_ne!(painter.paint(frame(&["a"], 0, 1)), "");
    }

    #[test]
    fn a_joined_emoji_is_never_drawn_over() {
        let (mut parser, mut painter) = (screen(3, 20), Painter::new(false));
        parser.process(painter.paint(frame(&["👨‍👩‍👧 ❤️ ok"], 0, 6)).as_bytes());
        let seen = seen(&parser)[0].clone();
        assert!(seen.contains("👨‍👩‍👧") && seen.contains("❤️ ok"), "{seen}");
        // Where it is drawn as one picture, what follows still stands in its own column.
        let out = painter.lines(&[ScreenLine::from("👨‍👩‍👧 ok")]);
        assert!(out.contains("👨‍👩‍👧\r\x1b[6C ok"), "{out:?}");
    }

    #[test]
    fn a_part_of_a_row_can_look_different() {
        let line = ScreenLine::new("> 1 calm", Look::Plain).stressed(0..1, Look::Strong);
        let mut parser = screen(2, 20);
        parser.process(Painter::new(true).lines(&[line]).as_bytes());
        let bold = |column| {
            parser
                .screen()
                .cell(0, column)
                .is_some_and(vt100::Cell::bold)
        };
        assert!(bold(0) && !bold(1) && !bold(4));
        assert_eq!(seen(&parser)[0], "> 1 calm");
    }

    #[test]
    fn what_steers_a_terminal_is_written_as_words() {
        let out = Painter::new(false).lines(&[ScreenLine::from("a\u{1b}[2Jb")]);
        assert!(out.contains("a\\u{1b}[2Jb"), "{out:?}");
    }

    fn rows() -> impl Strategy<Value = Vec<String>> {
        let row = proptest::sample::select(&["", "one", "日本語", "a full row of twenty", "x"][..]);
        proptest::collection::vec(row.prop_map(String::from), 1..8)
    }

    proptest! {
        #[test]
        fn after_any_frames_the_screen_shows_the_last_one_once(
            frames in proptest::collection::vec((rows(), any::<proptest::sample::Index>()), 1..12),
            before in 0_usize..9,
        ) {
            let (mut parser, mut painter) = (screen(8, 20), Painter::new(false));
            for line in 0..before {
                parser.process(format!("before {line}\r\n").as_bytes());
            }
            for (rows, at) in &frames {
                let row = at.index(rows.len());
                let next = Frame {
                    rows: rows.iter().map(|row| ScreenLine::from(row.as_str())).collect(),
                    cursor: Some(Cell { row, column: 3 }),
                };
                parser.process(painter.paint(next).as_bytes());
                let top = usize::from(parser.screen().cursor_position().0) - row;
                let shown = seen(&parser);
                prop_assert_eq!(&shown[top..top + rows.len()], &rows[..]);
                prop_assert!(shown[top + rows.len()..].iter().all(String::is_empty));
                prop_assert!(shown[..top].iter().all(|row| row.starts_with("before")));
            }
        }
    }

    #[test]
    fn whole_paragraphs_at_the_end_stay_as_far_as_they_have_room_and_never_all() {
        let paragraphs = |rows: &[usize]| -> Vec<ScreenLine> {
            let rows = rows
                .iter()
                .map(|count| vec![ScreenLine::from("words"); *count]);
            rows.collect::<Vec<_>>().join(&ScreenLine::default())
        };
        let rows = paragraphs(&[4, 2, 3]);
        for (room, stays) in [(2, 0), (3, 3), (5, 3), (6, 6), (30, 6)] {
            assert_eq!(tail_rows(&rows, room), stays, "{room}");
        }
        assert_eq!(tail_rows(&paragraphs(&[4]), 30), 0);
        assert_eq!(tail_rows(&[], 30), 0);
    }
}
