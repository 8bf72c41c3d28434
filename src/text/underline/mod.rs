//! How words of a text are pointed at: underlined in their line, or quoted in a sentence for plain
//! output. Pure, and the same for a session and for a command.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{columns, first_words, inert};

/// A line of so many rows is shown whole; of a longer one the rows with the words.
const WHOLE: usize = 2;

/// So many rows of a long run of words are underlined; the rest of them is cut.
const UNDERLINED: usize = 4;

/// Stands before every row: two columns, or a sign that something was cut.
const INDENT: &str = "  ";
const CUT: &str = "… ";
const CUT_BEHIND: &str = " …";

/// What some editors put before a text; it is no part of the words.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The columns that the sentence quotes at most.
const QUOTED: usize = 60;

/// The message behind the words that it is about.
pub fn sentence(text: &str, span: Range<usize>, message: &str) -> String {
    match text.get(span).unwrap_or_default().trim() {
        "" => message.to_string(),
        words => format!("“{}”: {message}", first_words(words, QUOTED)),
    }
}

/// The line of `text` that holds `span`, in rows of at most `width` columns, each row with
/// underlined words followed by one that underlines them. `measure` says how many columns a
/// character takes where it is shown. Of a long line only the rows with the words are shown.
pub fn underlined(
    text: &str,
    span: Range<usize>,
    width: usize,
    measure: fn(&str) -> usize,
) -> Vec<String> {
    let room = width
        .saturating_sub(columns(INDENT) + columns(CUT_BEHIND))
        .max(1);
    let near = near(text, &span);
    let rows = rows(text, &span, &near, room, measure);
    let touched: Vec<usize> = (0..rows.len())
        .filter(|at| rows[*at].iter().any(|cell| cell.marked))
        .collect();
    let (Some(first), Some(last)) = (touched.first(), touched.iter().take(UNDERLINED).next_back())
    else {
        return Vec::new();
    };
    let (from, to) = if rows.len() <= WHOLE {
        (0, rows.len())
    } else {
        (*first, last + 1)
    };
    let mut lines = Vec::new();
    for (at, row) in rows.iter().enumerate().take(to).skip(from) {
        let cut = at == from && (from > 0 || near.cut);
        let before = if cut { CUT } else { INDENT };
        let cut_behind = at + 1 == to && (to < rows.len() || near.cut_behind);
        let behind = if cut_behind { CUT_BEHIND } else { "" };
        let words: String = row.iter().map(|cell| cell.shown.as_str()).collect();
        lines.push(
            format!("{before}{}{behind}", words.trim_end())
                .trim_end()
                .to_string(),
        );
        if at <= *last && row.iter().any(|cell| cell.marked) {
            let under = row.iter().map(|cell| {
                let sign = if cell.marked { "~" } else { " " };
                sign.repeat(cell.columns)
            });
            let under: String = under.collect();
            lines.push(format!("{INDENT}{}", under.trim_end()));
        }
    }
    lines
}

/// The part of a text around some words: their lines, or what is near in very long ones.
struct TextExcerpt {
    bytes: Range<usize>,
    cut: bool,
    cut_behind: bool,
}

/// So many bytes of a line are looked at on either side of the words.
const NEAR: usize = 1000;

fn near(text: &str, span: &Range<usize>) -> TextExcerpt {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    let start = boundary(span.start.min(text.len()));
    let end = boundary(span.end.min(start + NEAR).clamp(start, text.len()));
    let line = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let behind = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let from = if start - line <= NEAR {
        line
    } else {
        let from = boundary(start - NEAR);
        let space = text[from..start].find(char::is_whitespace);
        space.map_or(from, |at| from + at)
    };
    let to = boundary(behind.min(end + NEAR));
    TextExcerpt {
        bytes: from..to,
        cut: from > line,
        cut_behind: to < behind,
    }
}

/// One character as it is shown.
struct ShownChar {
    shown: String,
    columns: usize,
    space: bool,
    marked: bool,
}

/// The lines near `span` that it touches, as rows: they break behind spaces, long words between characters.
fn rows(
    text: &str,
    span: &Range<usize>,
    near: &TextExcerpt,
    room: usize,
    measure: fn(&str) -> usize,
) -> Vec<Vec<ShownChar>> {
    let mut rows = Vec::new();
    let mut start = near.bytes.start;
    for line in text[near.bytes.clone()].split('\n') {
        let end = start + line.len();
        if start < span.end && span.start < end {
            // A carriage return before the newline belongs to the end of the line.
            let seen = line
                .strip_suffix('\r')
                .unwrap_or(line)
                .grapheme_indices(true);
            let is_mark = |at, character: &str| start + at == 0 && character == BYTE_ORDER_MARK;
            let seen = seen.filter(|(at, character)| !is_mark(*at, character));
            let cells = seen.map(|(at, character)| {
                let here = start + at..start + at + character.len();
                let shown = match character {
                    "\t" => String::from("    "),
                    other => inert(other).into_owned(),
                };
                let space = character.chars().all(char::is_whitespace);
                ShownChar {
                    columns: match shown.as_str() {
                        same if same == character => measure(character),
                        other => other.len(),
                    },
                    marked: here.start < span.end && span.start < here.end && !span.is_empty(),
                    space,
                    shown,
                }
            });
            break_line(cells, room, &mut rows);
        }
        start = end + 1;
    }
    for row in &mut rows {
        unmark_ends(row);
    }
    rows
}

fn break_line(cells: impl Iterator<Item = ShownChar>, room: usize, rows: &mut Vec<Vec<ShownChar>>) {
    let mut row: Vec<ShownChar> = Vec::new();
    let mut used = 0;
    for cell in cells {
        // A space at the end of a row takes no room: it is not shown there.
        while used + cell.columns > room && !cell.space && !row.is_empty() {
            let behind_space = row.iter().rposition(|cell| cell.space).map(|at| at + 1);
            let rest = row.split_off(behind_space.unwrap_or(row.len()));
            used = rest.iter().map(|cell| cell.columns).sum();
            rows.push(std::mem::replace(&mut row, rest));
        }
        used += cell.columns;
        row.push(cell);
    }
    rows.push(row);
}

/// Spaces at the ends of what is underlined stay bare.
fn unmark_ends(row: &mut [ShownChar]) {
    let is_word = |cell: &ShownChar| cell.marked && !cell.space;
    let first = row.iter().position(is_word).unwrap_or(row.len());
    let last = row.iter().rposition(is_word).unwrap_or(0);
    for (at, cell) in row.iter_mut().enumerate() {
        cell.marked &= at >= first && at <= last;
    }
}

#[cfg(test)]
mod tests;
