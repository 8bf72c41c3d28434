//! Escape sequences in a text: what a terminal would have done and not shown.

use std::borrow::Cow;

const ESCAPE: char = '\u{1b}';

/// Two letters that do something alone: `ESC 7` keeps the cursor, `ESC c` begins anew.
const ALONE: &str = "6789=><DEHMNOZ\\clmno|}~";

/// What a sequence with a space before its last letter ends with, such as the shape of the cursor.
const BEHIND_SPACE: &str = "q@AStuT";

/// A text without its escape sequences: control sequences such as colours, strings for the terminal that
/// have an end, and the short ones. Of one that is not whole only its beginning goes, and no word does.
pub(super) fn without_sequences(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let used = sequence(rest);
        if used == 0 {
            plain.push(c);
        }
        rest = &rest[used.max(c.len_utf8())..];
    }
    plain
}

/// A text in which what nobody sees stands in the place of its escape sequences, byte for byte: the words
/// around them are whole, and stay where they are.
pub fn with_unseen_sequences(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| c.is_control() && c != '\n') {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let used = sequence(rest).max(c.len_utf8());
        match used {
            2.. if sequence(rest) > 0 => {
                let twos = (3 - used % 3) % 3;
                masked += &"\u{ad}".repeat(twos);
                masked += &"\u{2060}".repeat((used - 2 * twos) / 3);
            }
            _ => masked.push(c),
        }
        rest = &rest[used..];
    }
    Cow::Owned(masked)
}

/// How many bytes of a text are a sequence that it begins with.
fn sequence(text: &str) -> usize {
    let mut chars = text.chars();
    let first = chars.next();
    let behind = chars.as_str();
    let used = text.len() - behind.len();
    match first {
        Some(ESCAPE) => used + escape(behind),
        // The same in one character. Where that comes of a wrong encoding, it has no numbers behind it.
        Some('\u{9b}') if behind.starts_with(|c: char| c.is_ascii_digit()) => {
            used + control(behind)
        }
        Some('\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}') => used + string(behind).unwrap_or(0),
        _ => 0,
    }
}

/// How much behind an Esc belongs to it.
fn escape(text: &str) -> usize {
    let mut chars = text.chars();
    let Some(kind) = chars.next() else { return 0 };
    let behind = chars.as_str();
    let next = chars.next();
    match kind {
        '[' => 1 + control(behind),
        ']' => 1 + string(behind).unwrap_or_else(|| parameters(behind)),
        'P' | 'X' | '^' | '_' => string(behind).map_or(0, |length| 1 + length),
        // Which letters a terminal draws.
        '#' | '%' | '(' | ')' | '*' | '+' | '-' | '.' | '/' => match next {
            Some('0'..='9' | '<'..='>' | '@'..='Z') => 2,
            _ => 0,
        },
        // A letter may be the first of a word, before which somebody pressed Esc.
        kind if ALONE.contains(kind) => {
            usize::from(!(kind.is_alphabetic() && next.is_some_and(char::is_lowercase)))
        }
        _ => 0,
    }
}

/// How long a control sequence is behind its beginning.
fn control(text: &str) -> usize {
    let numbers = parameters(text);
    let last = text[numbers..].trim_start_matches(|c| matches!(c, '!'..='/'));
    let used = text.len() - last.len();
    let mut chars = last.chars();
    match (chars.next(), chars.next()) {
        (Some('@'..='~'), _) => used + 1,
        (Some(' '), Some(end)) if BEHIND_SPACE.contains(end) && numbers > 0 => used + 2,
        _ => numbers,
    }
}

/// How many characters with which a sequence counts a text begins with.
fn parameters(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c| matches!(c, '0'..='?')).len()
}

/// How long a string for the terminal is, with its end. Any other control character cuts it off.
fn string(text: &str) -> Option<usize> {
    let at = text.find(char::is_control)?;
    let ends = ["\u{7}", "\u{9c}", "\u{1b}\\"];
    let end = ends.iter().find(|end| text[at..].starts_with(**end))?;
    Some(at + end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_sequence_goes_whole() {
        for sequence in [
            "\u{1b}[31m",
            "\u{1b}[0;1;38:2::255:0:0m",
            "\u{1b}[m",
            "\u{1b}[?2004h",
            "\u{1b}[200~",
            "\u{1b}[2 q",
            "\u{1b}[!p",
            "\u{9b}1A",
            "\u{1b}]0;a title\u{7}",
            "\u{1b}]8;;https://a.example/b?c\u{1b}\\",
            "\u{9d}52;c;aGk=\u{9c}",
            "\u{1b}P$q q\u{1b}\\",
            "\u{1b}_Gf=100;AAAA\u{1b}\\",
            "\u{1b}(B",
            "\u{1b}#8",
            "\u{1b}7",
            "\u{1b}=",
            "\u{1b}c",
            "\u{1b}M",
        ] {
            let text = format!("one {sequence} two{sequence}");
            assert_eq!(without_sequences(&text), "one  two", "{sequence:?}");
        }
        assert_eq!(
            without_sequences("\u{1b}[1mrot\u{1b}[mgrün\u{1b}[K\u{1b}[32mé"),
            "rotgrüné"
        );
    }

    #[test]
    fn what_is_put_in_the_place_of_a_sequence_is_as_long_and_not_seen() {
        for sequence in [
            "\u{1b}7",
            "\u{1b}[m",
            "\u{1b}[1m",
            "\u{1b}[31m",
            "\u{1b}[1;31m",
            "\u{9b}1A",
        ] {
            let text = format!("k{sequence}ill\u{1b} é");
            let masked = with_unseen_sequences(&text);
            assert_eq!(masked.len(), text.len(), "{sequence:?}");
            assert_eq!(masked.find('é'), text.find('é'));
            let seen = masked.chars().filter(|c| !crate::text::is_unseen(*c));
            assert_eq!(seen.collect::<String>(), "kill\u{1b} é", "{sequence:?}");
        }
    }

    #[test]
    fn what_is_not_whole_takes_no_word_with_it() {
        for (text, plain) in [
            ("\u{1b}Hello", "Hello"),
            ("\u{1b}Please stay", "Please stay"),
            ("\u{1b}\u{e9}t\u{e9}", "été"),
            ("\u{1b} a", " a"),
            ("\u{1b}(maybe)", "(maybe)"),
            ("\u{1b}[ hello", " hello"),
            ("\u{1b}[31", ""),
            ("\u{1b}[3 apples", " apples"),
            ("\u{1b}[31\nsecond", "\nsecond"),
            ("\u{1b}]0;I never said\nthat", "I never said\nthat"),
            ("\u{1b}]0;open\u{1b}[31mred", "openred"),
            ("\u{1b}\u{1b}[31mred", "red"),
            ("\u{9b}quoted", "\u{9b}quoted"),
            ("\u{9d}word", "word"),
            ("\u{1b}", ""),
        ] {
            assert_eq!(without_sequences(text), plain, "{text:?}");
        }
    }
}
