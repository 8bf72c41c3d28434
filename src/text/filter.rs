//! The one filter: what of an untrusted text may go to a terminal, what may be saved of a typed one, and
//! what can be seen at all.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::sequence::without_sequences;

/// Whether a character can steer a terminal or turn text around: C0 but newline and tab, DEL, C1,
/// the bidirectional overrides and isolates. Joiners and direction marks pass: Persian, Hebrew and
/// family emoji need them.
pub fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
}

/// Whether [`is_unsafe`] is true of any character.
pub fn has_unsafe(text: &str) -> bool {
    has_suspect(text, is_unsafe)
}

/// Whether [`is_unsafe`] or [`is_misleading`] is true of any character.
pub fn has_unsafe_or_misleading(text: &str) -> bool {
    has_suspect(text, |c| is_unsafe(c) || is_misleading(c))
}

/// Whether something is true of a character that could be unsafe or misleading by its first byte. Most
/// texts have long runs of plain letters, which are told many bytes at a time.
fn has_suspect(text: &str, is_it: impl Fn(char) -> bool) -> bool {
    const RUN: usize = 32;
    let runs = text.as_bytes().chunks(RUN).zip((0..).step_by(RUN));
    let suspects = runs
        .filter(|(run, _)| !is_plain(run))
        .flat_map(|(run, start)| {
            let suspect = run
                .iter()
                .zip(start..)
                .filter(|(byte, _)| is_suspect(**byte));
            suspect.map(|(_, at)| at)
        });
    let mut chars = suspects.filter_map(|at| text.get(at..)?.chars().next());
    chars.any(is_it)
}

/// Whether all of it is ASCII that can be seen, spaces, tabs and newlines. There’s no way out at the first
/// byte that isn’t, so that many are compared at once.
fn is_plain(run: &[u8]) -> bool {
    let is_shown = |byte: u8| (0x20..0x7f).contains(&byte) | (byte == b'\n') | (byte == b'\t');
    run.iter().fold(true, |plain, byte| plain & is_shown(*byte))
}

/// Whether unsafe and misleading characters begin with a byte.
fn is_suspect(byte: u8) -> bool {
    matches!(byte, 0..=0x1f | 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef | 0xf3)
}

/// Whether a character that can’t be seen is more than a joiner: marks of direction and of an encoding,
/// separators of lines and paragraphs, controls that Unicode has given up, tags. Nobody sees what they do
/// to the text around them.
pub fn is_misleading(c: char) -> bool {
    is_direction_mark(c)
        || is_tag(c)
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}')
}

/// Tags spell the name of a country in its flag.
fn is_tag(c: char) -> bool {
    ('\u{e0000}'..='\u{e007f}').contains(&c)
}

const BLACK_FLAG: char = '\u{1f3f4}';

/// Whether a letter is of a script that’s written from right to left.
fn is_right_to_left(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Text as it may go to a terminal: unsafe characters are shown by their code, such as `\u{1b}`, and so
/// are misleading ones. Marks of direction pass beside letters that are written from right to left, and
/// tags in a flag.
pub fn inert(text: &str) -> Cow<'_, str> {
    without(text, |c| c.escape_unicode().to_string())
}

/// Like [`inert`], and what takes no column is left out where it would be shown by its code: in a text
/// that’s being written every column counts.
pub fn inert_without_marks(text: &str) -> Cow<'_, str> {
    without(text, |c| match is_unsafe(c) {
        true => c.escape_unicode().to_string(),
        false => String::new(),
    })
}

/// Text with something else in the place of unsafe and misleading characters.
fn without(text: &str, instead: impl Fn(char) -> String) -> Cow<'_, str> {
    if !has_unsafe_or_misleading(text) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive('\n') {
        let marks_pass = line.contains(is_right_to_left);
        let mut in_flag = false;
        for c in line.chars() {
            in_flag = c == BLACK_FLAG || in_flag && is_tag(c);
            let passes = in_flag || marks_pass && is_direction_mark(c);
            if is_unsafe(c) || is_misleading(c) && !passes {
                shown.push_str(&instead(c));
            } else {
                shown.push(c);
            }
        }
    }
    Cow::Owned(shown)
}

/// Text as it may go out: as it is where it is `painted`, and was made inert before that.
pub fn inert_unless(text: &str, painted: bool) -> Cow<'_, str> {
    if painted { text.into() } else { inert(text) }
}

/// Text as it may be saved when it was typed or pasted: whatever ends a line or a page becomes a
/// newline, and escape sequences and unsafe characters go, as do marks of an encoding, wherever they come
/// to stand when what is around them is trimmed.
pub fn clean(text: &str) -> Cow<'_, str> {
    let goes = |c| is_unsafe(c) || c == '\u{feff}';
    if !text.contains(|c| goes(c) || ends_line(c)) {
        return Cow::Borrowed(text);
    }
    let unix = without_sequences(&text.replace("\r\n", "\n"));
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
/// of Braille without a dot, and marks with no letter below them.
pub fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || c.is_control() || is_unseen(c) || is_combining_mark(c))
}

/// Whether a character is no white space and not seen all the same: what Unicode calls default ignorable,
/// such as joiners, soft hyphens and marks of direction, and the letters that are drawn as nothing.
pub fn is_unseen(c: char) -> bool {
    if c.is_ascii() || c.is_control() || c.is_whitespace() {
        return false;
    }
    is_unsafe(c) || is_misleading(c) || is_default_ignorable(c) || is_drawn_as_nothing(c)
}

/// Unicode's `Default_Ignorable_Code_Point`, but for what is unsafe or misleading.
fn is_default_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0080}'..='\u{e0fff}')
}

/// A cell of Braille without a dot, the blanks and joins between hieroglyphs, a notehead that isn't
/// there, the filler of Khitan.
fn is_drawn_as_nothing(c: char) -> bool {
    matches!(
        c,
        '\u{2800}' | '\u{13430}'..='\u{13442}' | '\u{16fe4}' | '\u{1d159}'
    )
}

/// Whether a character that’s not seen says nothing at all, unlike joiners, places to break a word and
/// forms of a letter or a picture.
fn says_nothing(c: char) -> bool {
    is_unseen(c)
        && !matches!(c, '\u{ad}' | '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200c}' | '\u{200d}' | '\u{2800}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The first character of a text that’s not seen and says nothing there. Marks of direction say something
/// beside letters that are written from right to left, and tags in a flag.
pub fn first_hidden(text: &str) -> Option<char> {
    let shown = inert(text);
    let both = text.chars().zip(shown.chars());
    let misleads = both.filter(|(c, shown)| c != shown).map(|(c, _)| c).next();
    let mut others = text.chars();
    misleads.or_else(|| others.find(|c| says_nothing(*c) && !is_misleading(*c)))
}

/// A text without the characters that [`first_hidden`] finds.
pub fn without_hidden(text: &str) -> String {
    let shown = inert_without_marks(text);
    let seen = shown.chars();
    seen.filter(|c| !says_nothing(*c) || is_misleading(*c))
        .collect()
}

/// A line as it is compared with commands: without the space around it and what can’t be seen, and with
/// the plain letters and the plain slash for those that some keyboards type.
pub fn command_key(line: &str) -> String {
    let seen = line.chars().filter(|c| !is_unseen(*c));
    seen.nfkc().collect::<String>().trim().to_string()
}

/// A name as it is kept, on one line; none where nothing in it can be seen.
pub fn clean_name(name: &str) -> Option<String> {
    let name = clean(name);
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    (!is_blank(&line)).then_some(line)
}

/// A name as it is compared: composed, in small letters, without the space around it and without what
/// can’t be seen. Apostrophes and quotation marks are those that keyboards have.
pub fn name_key(name: &str) -> String {
    let seen = name.trim().chars().filter(|c| !is_unseen(*c));
    let composed: String = seen.nfc().collect();
    let typed = composed.replace(['’', '‘', 'ʼ'], "'");
    typed.replace(['“', '”', '„'], "\"").to_lowercase()
}

/// Whether two names are one: in small letters or large ones, composed or not.
pub fn is_same_name(one: &str, other: &str) -> bool {
    one == other || name_key(one) == name_key(other)
}

/// The letter that a small Cyrillic or Greek one looks like; any other as it is.
pub fn looks_like(c: char) -> char {
    const OTHERS: &str = "аеорсухіјѕһԁԛԝοαενικρυ";
    const LETTERS: &str = "aeopcyxijshdqwoaevikpu";
    if c.is_ascii() {
        return c;
    }
    let mut pairs = OTHERS.chars().zip(LETTERS.chars());
    pairs
        .find(|(other, _)| *other == c)
        .map_or(c, |(_, letter)| letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_the_same_of_every_character_as_the_character_does() {
        for c in '\0'..=char::MAX {
            let text = format!("é{c}");
            assert_eq!(has_unsafe(&text), is_unsafe(c), "{c:?}");
            let either = is_unsafe(c) || is_misleading(c);
            assert_eq!(has_unsafe_or_misleading(&text), either, "{c:?}");
        }
    }

    #[test]
    fn a_character_is_found_wherever_it_stands() {
        for c in ['\u{1b}', '\u{9b}', '\u{202e}', '\u{e0041}'] {
            for before in 0..70 {
                let text = format!("{}{c}{}", "a".repeat(before), "\n".repeat(70 - before));
                assert!(has_unsafe_or_misleading(&text), "{c:?} behind {before}");
            }
        }
    }

    #[test]
    fn what_steers_a_terminal_is_shown_by_its_code() {
        assert_eq!(inert("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(inert("\u{9b}31m\u{202e}\u{7}"), "\\u{9b}31m\\u{202e}\\u{7}");
    }

    #[test]
    fn what_misleads_unseen_is_shown_by_its_code() {
        for c in "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{206a}\u{feff}\u{fffa}\u{e0001}\u{e0067}"
            .chars()
        {
            let code = c.escape_unicode().to_string();
            assert_eq!(inert(&format!("a{c}é")), format!("a{code}é"));
            assert_eq!(inert_without_marks(&format!("a{c}é")), "aé");
        }
        // A mark says something in a line that is written from right to left, and nowhere else.
        assert_eq!(
            inert("שלום!\u{200f}\n10\u{200f}20"),
            "שלום!\u{200f}\n10\\u{200f}20"
        );
        assert_eq!(inert("سلام\u{61c}"), "سلام\u{61c}");
        assert_eq!(inert("\u{61c}\u{200f}"), "\\u{61c}\\u{200f}");
        // Tags are the name of a country behind its flag alone.
        let wales = "🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}";
        assert_eq!(inert(wales), wales);
        assert_eq!(inert("🏴 \u{e0067}"), "🏴 \\u{e0067}");
    }

    #[test]
    fn joiners_marks_newlines_and_tabs_pass() {
        let text = "👨‍👩‍👧 می‌خواهم \u{200f}שלום\n\tok";
        assert_eq!(inert(text), text);
        assert_eq!(clean(text), text);
    }

    #[test]
    fn typed_text_keeps_its_lines_and_loses_control_characters() {
        assert_eq!(clean("one\r\ntwo\rthree\u{8}\u{1b}[A"), "one\ntwo\nthree");
        assert_eq!(clean("a \u{1b}[31mred\u{1b}[0m word"), "a red word");
        assert_eq!(clean("\u{feff}one"), "one");
        assert_eq!(clean("\0\u{feff}\u{feff}one"), "one");
        assert_eq!(clean("\n\u{feff}one\u{feff} two"), "\none two");
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
            "\u{202e}\u{206f}\u{fff9}",
            "\u{115f}\u{1160}\u{ffa0}",
            "\u{1d159}",
            "\u{fff0}\u{1bca0}\u{1d173}\u{13441}\u{16fe4}",
            "\u{fe0f}\u{180b}\u{e0100}",
            "\u{e0067}\u{e007f}\u{e0fff}",
            "\u{301}\u{20dd}",
        ] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in [
            "a",
            ".",
            "\u{200b}é",
            "👪",
            "‏ש",
            "e\u{301}",
            "가",
            "\u{28ff}",
            "\u{1d15e}",
        ] {
            assert!(!is_blank(text), "{text:?}");
        }
    }

    #[test]
    fn what_says_nothing_is_found_and_what_joins_or_forms_is_not() {
        for c in "\u{200b}\u{2028}\u{feff}\u{e0041}\u{fff9}\u{2060}\u{3164}\u{200f}".chars() {
            let text = format!("x{c}y");
            assert_eq!(first_hidden(&text), Some(c), "{c:?}");
            assert_eq!(without_hidden(&text), "xy", "{c:?}");
        }
        let wales = "🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}";
        for text in [
            "می‌خواهم",
            "👨‍👩‍👧",
            "❤\u{fe0f}",
            "שלום!\u{200f}",
            wales,
            "Sil\u{ad}be",
        ] {
            assert_eq!(first_hidden(text), None, "{text:?}");
            assert_eq!(without_hidden(text), text);
        }
    }

    #[test]
    fn names_are_one_in_every_form_they_can_be_typed_in() {
        assert_eq!(name_key(" Café"), name_key("cafe\u{301}"));
        assert_eq!(name_key("ÄRGER"), name_key("ärger"));
        assert_ne!(name_key("cafe"), name_key("café"));
        assert_eq!(name_key("tea\u{200b}\u{202e}"), name_key("tea"));
        assert_eq!(name_key("❤\u{fe0f}"), name_key("❤"));
    }
}
