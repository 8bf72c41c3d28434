//! Lines of a text with places marked in them.

use std::ops::Range;

use super::{columns, inert};

/// A line in pieces, each marked or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkedPiece {
    pieces: Vec<(String, bool)>,
}

/// A line has at most so many marks; more say nothing more.
const MOST_MARKS: usize = 1_000;

/// At most so many lines of a text are marked: nobody has written as many.
const MOST_LINES: usize = 10_000;

/// The first lines of `text` that have one of the `places` in them, which are in order and apart.
pub fn lines(text: &str, places: &[Range<usize>]) -> Vec<MarkedPiece> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let end = start + line.len();
        // A place over the end of a line is in both.
        let first = places.partition_point(|place| place.end <= start);
        let here = places[first..].iter().take_while(|place| place.start < end);
        let here = here
            .take(MOST_MARKS)
            .map(|place| place.start.max(start) - start..place.end.min(end) - start);
        let here: Vec<Range<usize>> = here.collect();
        if !here.is_empty() {
            lines.push(MarkedPiece::new(line, &here));
            if lines.len() == MOST_LINES {
                break;
            }
        }
        start = end + 1;
    }
    lines
}

impl MarkedPiece {
    fn new(line: &str, places: &[Range<usize>]) -> Self {
        let (mut pieces, mut from) = (Vec::new(), 0);
        let mut put = |range: Range<usize>, marked| {
            let piece = line.get(range).unwrap_or_default();
            if !piece.is_empty() {
                pieces.push((piece.to_string(), marked));
            }
        };
        for place in places {
            put(from..place.start, false);
            put(place.clone(), true);
            from = place.end;
        }
        put(from..line.len(), false);
        Self { pieces }
    }

    /// The marked pieces.
    pub fn marks(&self) -> impl Iterator<Item = &str> {
        let marked = self.pieces.iter().filter(|(_, marked)| *marked);
        marked.map(|(piece, _)| piece.as_str())
    }

    /// The whole line, as it is.
    pub fn text(&self) -> String {
        self.pieces
            .iter()
            .map(|(piece, _)| piece.as_str())
            .collect()
    }

    /// The line for a screen: what steers it is shown by its code, blanks are one wide, and marks
    /// are bold where it knows `bold`.
    pub fn shown(&self, bold: bool) -> String {
        let pieces = self.pieces.iter().map(|(piece, marked)| {
            let piece = piece.replace('\t', " ");
            let piece = inert(&piece);
            if bold && *marked {
                format!("\u{1b}[1m{piece}\u{1b}[0m")
            } else {
                piece.into_owned()
            }
        });
        pieces.collect()
    }

    /// The words around the first mark, in about `width` columns, with `…` where something is left
    /// out. Marks further on may be left out too.
    #[must_use]
    pub fn near_first(&self, width: usize) -> Self {
        if columns(&self.text()) <= width {
            return self.clone();
        }
        let first = self.pieces.iter().position(|(_, marked)| *marked);
        let first = first.unwrap_or_default();
        let before: String = self.pieces[..first]
            .iter()
            .map(|(piece, _)| piece.as_str())
            .collect();
        let before = last_words(&before, width / 3);
        let mut left = width.saturating_sub(columns(&before));
        let mut pieces = vec![(before, false)];
        for (piece, marked) in &self.pieces[first..] {
            let kept = first_words(piece, left);
            left = left.saturating_sub(columns(&kept));
            let whole = kept.len() == piece.len();
            pieces.push((kept, *marked));
            if !whole {
                pieces.push((String::from("…"), false));
                break;
            }
        }
        pieces.retain(|(piece, _)| !piece.is_empty());
        Self { pieces }
    }
}

/// The last words in at most `width` columns, with `…` before them where some are left out.
fn last_words(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_string();
    }
    let places = text.char_indices().rev().map(|(at, _)| at);
    let fitting = places.take_while(|at| columns(&text[*at..]) < width);
    let from = fitting.last().unwrap_or(text.len());
    let kept = &text[from..];
    let word = kept
        .find(char::is_whitespace)
        .map_or(kept, |at| &kept[at..]);
    format!(
        "…{}",
        if word.trim().is_empty() {
            kept
        } else {
            word.trim_start()
        }
    )
}

/// The first words in at most `width` columns.
fn first_words(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_string();
    }
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let fitting = ends.take_while(|end| columns(&text[..*end]) < width);
    let kept = &text[..fitting.last().unwrap_or(0)];
    let word = kept
        .rfind(char::is_whitespace)
        .map_or(kept, |at| &kept[..at]);
    String::from(if word.is_empty() { kept } else { word })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, word: &str) -> Vec<MarkedPiece> {
        let places: Vec<_> = text
            .match_indices(word)
            .map(|(at, word)| at..at + word.len())
            .collect();
        lines(text, &places)
    }

    #[test]
    fn only_lines_with_a_place_are_there_and_it_is_marked() {
        let found = marked("a heron\nno bird\nheron, heron", "heron");
        let shown: Vec<String> = found.iter().map(|line| line.shown(true)).collect();
        assert_eq!(
            shown,
            [
                "a \u{1b}[1mheron\u{1b}[0m",
                "\u{1b}[1mheron\u{1b}[0m, \u{1b}[1mheron\u{1b}[0m"
            ]
        );
        assert_eq!(found[1].shown(false), "heron, heron");
        assert_eq!(found[1].marks().collect::<Vec<_>>(), ["heron", "heron"]);
    }

    #[test]
    fn a_place_over_the_end_of_a_line_is_in_both() {
        let found = marked("my dear\nheron flies", "dear\nheron");
        let marks: Vec<Vec<&str>> = found.iter().map(|line| line.marks().collect()).collect();
        assert_eq!(marks, [["dear"], ["heron"]]);
    }

    #[test]
    fn a_line_full_of_marks_is_there_whole_with_the_first_of_them() {
        let text = "heron ".repeat(MOST_MARKS + 5);
        let found = marked(&text, "heron");
        assert_eq!(found[0].marks().count(), MOST_MARKS);
        assert_eq!(found[0].text(), text);
    }

    #[test]
    fn a_text_full_of_lines_with_marks_is_there_with_the_first_of_them() {
        assert_eq!(
            marked(&"heron\n".repeat(MOST_LINES + 5), "heron").len(),
            MOST_LINES
        );
    }

    #[test]
    fn what_steers_a_terminal_is_inert_also_in_a_mark() {
        let found = marked("a\u{1b}[2Jheron\u{9b}\tx", "heron\u{9b}");
        assert_eq!(found[0].shown(false), "a\\u{1b}[2Jheron\\u{9b} x");
    }

    #[test]
    fn a_long_line_is_cut_to_the_words_around_the_first_mark() {
        let text = format!("{} heron {}", "before ".repeat(40), "after ".repeat(40));
        let near = marked(&text, "heron")[0].near_first(60).text();
        assert!(columns(&near) <= 62, "{near}");
        assert!(
            near.starts_with("…before ") && near.ends_with(" after…"),
            "{near}"
        );
        assert!(near.contains(" heron after "), "{near}");
        let wide = format!("heron{}", "あ".repeat(200));
        let near = marked(&wide, "heron")[0].near_first(60);
        assert!(columns(&near.text()) <= 61);
        let whole = marked("a heron", "heron");
        assert_eq!(whole[0].near_first(60), whole[0]);
    }
}
