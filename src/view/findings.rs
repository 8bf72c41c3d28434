//! How a finding looks: the words it points at underlined in their line, or a sentence for plain
//! output. Pure, and the same for a session and for a command.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::text::{columns, first_words, inert, wrap};

/// How findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The words underlined in their line.
    Underlined,
    /// Sentences, for screen readers and for text without a grid.
    Sentences,
}

/// A line of so many rows is shown whole; of a longer one the rows with the words.
const WHOLE: usize = 2;

/// So many rows of a long run of words are underlined; the rest of them is cut.
const UNDERLINED: usize = 4;

/// Stands before every row: two columns, or a sign that something was cut.
const INDENT: &str = "  ";
const CUT: &str = "… ";
const CUT_BEHIND: &str = " …";

/// The columns that the sentence quotes at most.
const QUOTED: usize = 60;

/// A message about the words at `span` of `text`, in rows of at most `width` columns. An empty span
/// is the text as a whole, and no words are shown.
pub fn shown(
    text: &str,
    span: Range<usize>,
    message: &str,
    width: usize,
    style: Style,
) -> Vec<String> {
    match style {
        Style::Sentences => wrap(&inert(&sentence(text, span, message)), width),
        Style::Underlined => {
            let mut rows = underlined(text, span, width, columns);
            rows.extend(wrap(&inert(message), width));
            rows
        }
    }
}

/// The message behind the words that it is about.
pub fn sentence(text: &str, span: Range<usize>, message: &str) -> String {
    let words: String = within(text, &span).map(|(_, piece)| piece).collect();
    match words.trim() {
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
    let rows = rows(text, &span, room, measure);
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
        let before = if at == from && from > 0 { CUT } else { INDENT };
        let behind = if at + 1 == to && to < rows.len() {
            CUT_BEHIND
        } else {
            ""
        };
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

/// One character as it is shown.
struct Cell {
    shown: String,
    columns: usize,
    space: bool,
    marked: bool,
}

/// The lines that `span` touches, as rows: they break behind spaces, long words between characters.
fn rows(
    text: &str,
    span: &Range<usize>,
    room: usize,
    measure: fn(&str) -> usize,
) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        if start < span.end && span.start < end {
            let cells = line.grapheme_indices(true).map(|(at, character)| {
                let here = start + at..start + at + character.len();
                let shown = match character {
                    "\t" => String::from("    "),
                    other => inert(other).into_owned(),
                };
                let space = character.chars().all(char::is_whitespace);
                Cell {
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

fn break_line(cells: impl Iterator<Item = Cell>, room: usize, rows: &mut Vec<Vec<Cell>>) {
    let mut row: Vec<Cell> = Vec::new();
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
fn unmark_ends(row: &mut [Cell]) {
    let is_word = |cell: &Cell| cell.marked && !cell.space;
    let first = row.iter().position(is_word).unwrap_or(row.len());
    let last = row.iter().rposition(is_word).unwrap_or(0);
    for (at, cell) in row.iter_mut().enumerate() {
        cell.marked &= at >= first && at <= last;
    }
}

/// The characters of `text` that lie in `span`, each with its place.
fn within<'t>(text: &'t str, span: &Range<usize>) -> impl Iterator<Item = (usize, &'t str)> {
    let (start, end) = (span.start, span.end);
    text.grapheme_indices(true)
        .filter(move |(at, piece)| start < end && *at < end && start < at + piece.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span_of(text: &str, words: &str) -> Range<usize> {
        let start = text.find(words).unwrap();
        start..start + words.len()
    }

    fn at(text: &str, words: &str, width: usize) -> Vec<String> {
        underlined(text, span_of(text, words), width, columns)
    }

    #[test]
    fn words_are_underlined_in_their_line() {
        assert_eq!(
            at(
                "Dear J.,\nI am sorry if you were hurt.\nYours",
                "if you were hurt",
                72
            ),
            [
                "  I am sorry if you were hurt.",
                "             ~~~~~~~~~~~~~~~~"
            ]
        );
    }

    #[test]
    fn words_that_run_over_the_end_of_a_row_are_underlined_in_both() {
        assert_eq!(
            at("I am sorry if you were hurt.", "if you were hurt", 24),
            [
                "  I am sorry if you",
                "             ~~~~~~",
                "  were hurt.",
                "  ~~~~~~~~~",
            ]
        );
    }

    #[test]
    fn of_a_long_line_only_the_rows_with_the_words_are_shown() {
        let line = "one two three four five six seven eight nine ten eleven twelve thirteen";
        assert_eq!(at(line, "seven", 20), ["… seven eight nine …", "  ~~~~~",]);
    }

    #[test]
    fn wide_characters_emoji_tabs_and_what_steers_a_terminal_have_their_columns() {
        assert_eq!(
            at("日本 but 日本", "but", 40),
            ["  日本 but 日本", "       ~~~"]
        );
        assert_eq!(at("\tif so", "if", 40), ["      if so", "      ~~"]);
        assert_eq!(at("é👍 if", "👍", 40), ["  é👍 if", "   ~~"]);
        assert_eq!(
            at("a\u{1b}[2J if", "if", 40),
            ["  a\\u{1b}[2J if", "             ~~"]
        );
    }

    #[test]
    fn a_finding_over_many_rows_is_underlined_in_the_first_of_them() {
        let text = "word ".repeat(60);
        let rows = underlined(&text, 0..text.len(), 20, columns);
        assert_eq!(rows.iter().filter(|row| row.contains('~')).count(), 4);
        assert!(rows[rows.len() - 2].ends_with(" …"), "{rows:?}");
    }

    #[test]
    fn in_sentences_the_words_stand_before_what_is_said_of_them() {
        let text = "I am sorry if\nyou were hurt.";
        let said = |span| shown(text, span, "It can be read as doubt.", 40, Style::Sentences);
        assert_eq!(
            said(span_of(text, "if\nyou were hurt")),
            ["“if you were hurt”: It can be read as", "doubt."]
        );
        assert_eq!(said(0..0), ["It can be read as doubt."]);
    }

    #[test]
    fn the_text_as_a_whole_has_no_words_of_its_own() {
        let rows = shown(
            "I am sorry.",
            0..0,
            "No plan was found.",
            40,
            Style::Underlined,
        );
        assert_eq!(rows, ["No plan was found."]);
    }

    #[test]
    fn a_span_that_does_not_fit_the_text_is_no_reason_to_fail() {
        for span in [3..900, 900..901, 1..2] {
            underlined("日本", span.clone(), 40, columns);
            sentence("日本", span, "So.");
        }
        assert_eq!(underlined("", 0..3, 40, columns), [""; 0]);
    }

    fn texts() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "a",
            "word",
            "longer-word",
            " ",
            "  ",
            "\n",
            "\t",
            "日本語",
            "é",
            "👍",
            "👨‍👩‍👧",
            "🇩🇪",
            "❤️",
            "\u{1b}[2J",
            "\u{202e}",
            "שלום",
            "می‌خواهم",
            "supercalifragilisticexpialidocious",
        ]);
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    /// What stands above the signs, row by row, without spaces.
    fn above_the_signs(rows: &[String], measure: fn(&str) -> usize) -> String {
        let mut found = String::new();
        for pair in rows.windows(2) {
            let is_signs = |row: &str| row.contains('~') && row.chars().all(|c| "~ ".contains(c));
            if !is_signs(&pair[1]) {
                continue;
            }
            let mut column = 0;
            for character in pair[0].graphemes(true) {
                let takes = measure(character);
                let signs: String = pair[1].chars().skip(column).take(takes).collect();
                let full = takes > 0 && signs == "~".repeat(takes);
                assert!(
                    full || !signs.contains('~'),
                    "{character:?} half underlined: {pair:?}"
                );
                found.push_str(if full { character } else { "" });
                column += takes;
            }
        }
        found.split_whitespace().collect()
    }

    proptest! {
        #[test]
        fn every_sign_stands_under_a_character_of_the_span(
            text in texts(),
            ends in any::<[prop::sample::Index; 2]>(),
            width in 20_usize..80,
            wide in any::<bool>(),
        ) {
            let measure = if wide { super::super::text::cells } else { columns };
            let places: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            let [a, b] = ends.map(|end| places[end.index(places.len())]);
            let span = a.min(b)..a.max(b);
            let rows = underlined(&text, span.clone(), width, measure);
            for row in &rows {
                let takes: usize = row.graphemes(true).map(measure).sum();
                prop_assert!(takes <= width, "{takes} of {width}: {row:?}");
            }
            let meant: String = inert(&text[span]).split_whitespace().collect();
            let found = above_the_signs(&rows, measure);
            let signs = rows.iter().filter(|row| row.contains('~')).count();
            if signs < UNDERLINED {
                prop_assert_eq!(found, meant);
            } else {
                prop_assert!(meant.starts_with(&found), "{} {}", found, meant);
            }
        }
    }
}
