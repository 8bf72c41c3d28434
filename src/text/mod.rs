//! Untrusted text made safe for a terminal, and text laid out for one.

pub mod changes;
mod filter;
pub mod json;
pub mod language;
pub mod look;
pub mod marked;
pub mod position;
pub mod readability;
mod sequence;
pub mod structure;
pub mod underline;
pub mod unique;

use std::borrow::Cow;

pub use filter::{
    clean, clean_name, command_key, first_hidden, has_unsafe, has_unsafe_or_misleading, inert,
    inert_unless, inert_without_marks, is_blank, is_misleading, is_same_name, is_unsafe, is_unseen,
    looks_like, name_key, without_hidden,
};
pub use sequence::with_unseen_sequences;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The widest that text is set, however wide the terminal is.
pub const MAX_WIDTH: usize = 72;

/// What an entry of a list begins with.
const DASH: &str = "- ";

/// The columns that a tab takes.
const TAB: usize = 4;

/// The most columns that one character takes, however many emoji it joins.
const WIDEST: usize = 12;

/// How many columns one character takes, at most. Terminals disagree on joined emoji: some draw
/// one picture two columns wide, others every part. Room is kept for every part, so that nothing
/// is ever drawn over.
pub fn cells(character: &str) -> usize {
    if character == "\t" {
        return TAB;
    }
    let parts: usize = character.chars().filter_map(UnicodeWidthChar::width).sum();
    character.width().max(parts).min(WIDEST)
}

/// `1 session`, `2 sessions`.
pub fn counted(count: usize, what: &str) -> String {
    counted_as(count, what, &format!("{what}s"))
}

/// How many there are, where more than one is no word with an s behind it.
pub fn counted_as(count: usize, one: &str, several: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {several}"),
    }
}

/// How many columns text takes on one line. Nearly all of it is plain letters, which take one each.
pub fn columns(text: &str) -> usize {
    match text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        true => text.len(),
        false => text.width(),
    }
}

/// The width to set text in on a terminal of `columns`.
pub fn width(columns: usize) -> usize {
    columns.clamp(20, MAX_WIDTH)
}

/// Text wrapped to `width` columns, line by line. Line breaks in the text stay; an empty line
/// stays empty, and an entry of a list keeps its indent.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let rest = |line: &str| if line.starts_with(DASH) { "  " } else { "" };
    let lines = text.split('\n');
    let rows = lines.flat_map(|line| wrap_indented(line, width, "", rest(line)));
    rows.collect()
}

/// Like [`wrap`], with `first` before the first line and `rest` before every other.
pub fn wrap_indented(text: &str, width: usize, first: &str, rest: &str) -> Vec<String> {
    // A command must not be cut at its hyphen.
    let whole = textwrap::WordSplitter::NoHyphenation;
    let options = textwrap::Options::new(width)
        .word_splitter(whole)
        .initial_indent(first)
        .subsequent_indent(rest);
    textwrap::wrap(text, options)
        .into_iter()
        .map(Cow::into_owned)
        .collect()
}

/// Like [`wrap`], and no word and no command is cut: a path stays whole for whoever copies it. What
/// is indented stays so.
pub fn wrap_words(text: &str, width: usize) -> Vec<String> {
    let rows = text.split('\n').flat_map(|line| {
        let indent = &line[..line.len() - line.trim_start_matches(' ').len()];
        let options = textwrap::Options::new(width)
            .word_separator(textwrap::WordSeparator::Custom(words_and_commands))
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .subsequent_indent(indent)
            .break_words(false);
        textwrap::wrap(line, options)
    });
    rows.map(Cow::into_owned).collect()
}

/// What stands before a command that goes on to the end of its line, two columns wide.
const COMMANDS: [&str; 2] = [": trust-coach ", "  trust-coach "];

/// The words of a line, where a command counts as one: between backticks, or up to the line's end.
fn words_and_commands(line: &str) -> Box<dyn Iterator<Item = textwrap::core::Word<'_>> + '_> {
    let command = COMMANDS.iter().filter_map(|start| line.find(start)).min();
    let last = command.map_or(line.len(), |at| at + 2);
    let is_inside =
        |at: usize| line[..at].matches('`').count() % 2 == 1 && line[at..].contains('`');
    // The indent belongs to the first word: no line is empty where that has no room.
    let indent = line.len() - line.trim_start_matches(' ').len();
    let ends = line.match_indices(' ').map(|(at, _)| at + 1);
    let ends = ends.filter(|at| {
        (indent + 1..=last).contains(at) && !line[*at..].starts_with(' ') && !is_inside(*at)
    });
    let ends = ends.chain([line.len()]).collect::<Vec<_>>();
    let mut from = 0;
    let words = ends.into_iter().map(move |end| {
        let word = &line[from..end];
        from = end;
        word
    });
    let words = words.filter(|word| !word.is_empty());
    Box::new(words.map(textwrap::core::Word::from))
}

/// The first words of a text in at most `width` columns, on one line, `…` where it was cut.
pub fn first_words(text: &str, width: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    cut(&inert(&line), width)
}

/// A line filled up with spaces to `width` columns, for a table.
pub fn pad(line: &str, width: usize) -> String {
    let missing = width.saturating_sub(columns(line));
    line.to_string() + &" ".repeat(missing)
}

/// A line cut to at most `width` columns between characters as people see them, `…` where it was
/// cut.
pub fn cut(line: &str, width: usize) -> String {
    if columns(line) <= width {
        return line.to_string();
    }
    let mut kept = String::new();
    for grapheme in line.graphemes(true) {
        if columns(&kept) + columns(grapheme) + 1 > width {
            break;
        }
        kept.push_str(grapheme);
    }
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_not_cut_at_its_hyphen() {
        assert_eq!(wrap("type trust-coach", 12), ["type", "trust-coach"]);
    }

    #[test]
    fn wrapping_keeps_empty_lines() {
        assert_eq!(
            wrap("one two\n\nthree", 6),
            ["one", "two", "", "three"].map(String::from)
        );
    }

    #[test]
    fn a_word_that_is_wider_than_the_screen_is_not_cut_where_it_may_be_copied() {
        let rows = wrap_words("could not read /home/you/words.toml\n", 14);
        assert_eq!(rows, ["could not read", "/home/you/words.toml", ""]);
    }

    #[test]
    fn a_command_is_not_cut_between_its_words() {
        let rows = wrap_words("Added. Read it: trust-coach history show 1\n", 12);
        assert_eq!(
            rows,
            ["Added. Read", "it:", "trust-coach history show 1", ""]
        );
        let rows = wrap_words("continue with `trust-coach resume`, or stop here", 16);
        assert_eq!(
            rows,
            ["continue with", "`trust-coach resume`,", "or stop here"]
        );
    }

    #[test]
    fn what_is_indented_stays_so_where_no_word_is_cut() {
        let rows = wrap_words("Two:\n  one and two", 10);
        assert_eq!(rows, ["Two:", "  one and", "  two"]);
        let rows = wrap_words("Read it:\n  trust-coach history show 1\n", 12);
        assert_eq!(rows, ["Read it:", "  trust-coach history show 1", ""]);
    }

    #[test]
    fn an_entry_of_a_list_keeps_its_indent() {
        let rows = wrap("a list:\n- one two\n- three", 7);
        assert_eq!(rows, ["a list:", "- one", "  two", "- three"]);
    }

    #[test]
    fn first_words_are_one_line_and_cut_with_a_mark() {
        assert_eq!(first_words("I read\nyour messages", 10), "I read yo…");
    }

    #[test]
    fn a_line_is_filled_up_by_the_columns_that_it_takes() {
        assert_eq!(pad("日本", 6), "日本  ");
        assert_eq!(pad("tea", 5), "tea  ");
        assert_eq!(pad("longer", 3), "longer");
    }
}
