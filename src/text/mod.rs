//! Untrusted text made safe for a terminal, and text laid out for one.

pub mod changes;
pub mod json;
pub mod language;
pub mod look;
pub mod marked;
pub mod position;
pub mod readability;
pub mod structure;
pub mod underline;

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The widest that text is set, however wide the terminal is.
pub const MAX_WIDTH: usize = 72;

/// Whether a character can steer a terminal or turn text around: C0 but newline and tab, DEL, C1,
/// the bidirectional overrides and isolates. Joiners and direction marks pass: Persian, Hebrew and
/// family emoji need them.
pub fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
}

/// Whether [`is_unsafe`] is true of any character, told by bytes, which is much quicker.
pub fn has_unsafe(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'\n' | b'\t' => false,
        0..=0x1f | 0x7f => true,
        0xc2 => matches!(bytes.get(at + 1), Some(0x80..=0x9f)),
        0xe2 => matches!(
            bytes.get(at + 1..at + 3),
            Some([0x80, 0xaa..=0xae] | [0x81, 0xa6..=0xa9])
        ),
        _ => false,
    })
}

/// Text as it may go to a terminal: unsafe characters are shown by their code, such as `\u{1b}`.
pub fn inert(text: &str) -> Cow<'_, str> {
    if !has_unsafe(text) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_unsafe(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Text as it may go out: as it is where it is `painted`, and was made inert before that.
pub fn inert_unless(text: &str, painted: bool) -> Cow<'_, str> {
    if painted { text.into() } else { inert(text) }
}

/// Text as it may be saved when it was typed or pasted: whatever ends a line or a page becomes a
/// newline, and unsafe characters go, as do marks of an encoding, wherever they come to stand when what
/// is around them is trimmed.
pub fn clean(text: &str) -> Cow<'_, str> {
    let goes = |c| is_unsafe(c) || c == '\u{feff}';
    if !text.contains(|c| goes(c) || ends_line(c)) {
        return Cow::Borrowed(text);
    }
    let unix = text.replace("\r\n", "\n");
    let lines = unix.chars().map(|c| if ends_line(c) { '\n' } else { c });
    Cow::Owned(lines.filter(|c| !goes(*c)).collect())
}

/// Whether a character parts words as a newline does: a carriage return, the vertical tab of word
/// processors, the form feed of pages, NEL, the separators of lines and paragraphs.
fn ends_line(c: char) -> bool {
    matches!(
        c,
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Whether nothing in a text can be seen: white space, joiners, marks of direction, soft hyphens, a cell
/// of Braille without a dot.
pub fn is_blank(text: &str) -> bool {
    let unseen = |c: char| {
        matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}')
    };
    text.chars()
        .all(|c| c.is_whitespace() || c.is_control() || unseen(c))
}

/// A name as it is compared: composed, in small letters, without the space around it.
pub fn name_key(name: &str) -> String {
    name.trim().nfc().collect::<String>().to_lowercase()
}

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

/// How many columns text takes on one line.
pub fn columns(text: &str) -> usize {
    text.width()
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
    format!("{line}{}", " ".repeat(missing))
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
    fn bytes_tell_the_same_of_every_character_as_characters_do() {
        for c in '\0'..=char::MAX {
            assert_eq!(has_unsafe(&format!("é{c}")), is_unsafe(c), "{c:?}");
        }
    }

    #[test]
    fn what_steers_a_terminal_is_shown_by_its_code() {
        assert_eq!(inert("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(inert("\u{9b}31m\u{202e}\u{7}"), "\\u{9b}31m\\u{202e}\\u{7}");
    }

    #[test]
    fn joiners_marks_newlines_and_tabs_pass() {
        let text = "👨‍👩‍👧 می‌خواهم \u{200f}שלום\n\tok";
        assert_eq!(inert(text), text);
        assert_eq!(clean(text), text);
    }

    #[test]
    fn typed_text_keeps_its_lines_and_loses_control_characters() {
        assert_eq!(clean("one\r\ntwo\rthree\u{8}\u{1b}[A"), "one\ntwo\nthree[A");
        assert_eq!(clean("\u{feff}one"), "one");
        assert_eq!(clean("\0\u{feff}\u{feff}one"), "one");
        assert_eq!(clean("\n\u{feff}one\u{feff} two"), "\none two");
    }

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

    #[test]
    fn what_ends_a_line_or_a_page_parts_words() {
        for end in [
            "\r\n", "\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}",
        ] {
            assert_eq!(
                clean(&format!("first{end}second")),
                "first\nsecond",
                "{end:?}"
            );
        }
    }

    #[test]
    fn a_text_in_which_nothing_can_be_seen_is_blank() {
        for text in [
            "",
            " \n\t",
            "\u{200b}",
            "\u{feff}\u{2060}",
            "\u{ad}",
            "\u{3164}",
            "\u{2800}",
            "\u{a0}",
        ] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in ["a", ".", "\u{200b}é", "👪", "‏ש"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }

    #[test]
    fn names_are_one_in_every_form_they_can_be_typed_in() {
        assert_eq!(name_key(" Café"), name_key("cafe\u{301}"));
        assert_eq!(name_key("ÄRGER"), name_key("ärger"));
        assert_ne!(name_key("cafe"), name_key("café"));
    }
}
