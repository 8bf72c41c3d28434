//! How much a text in TOML or JSON holds, told before it is understood: small values take far more
//! memory than their text.

/// So many keys and values are more than a person's file has.
pub const MOST_VALUES: usize = 400_000;

/// Whether a text holds more keys and values than can be taken in. A text that is shorter than its
/// values would be is not looked at.
pub fn is_overfull(text: &str) -> bool {
    text.len() > MOST_VALUES && values(text.as_bytes()) > MOST_VALUES
}

/// The signs outside of strings and comments that a key or a value stands beside.
fn values(text: &[u8]) -> usize {
    let (mut at, mut count) = (0, 0);
    while let Some(byte) = text.get(at) {
        at = match byte {
            b'"' | b'\'' => behind_string(text, at),
            b'#' => behind_line(text, at),
            b'[' | b'{' | b',' | b'=' | b':' | b'.' => {
                count += 1;
                at + 1
            }
            _ => at + 1,
        };
    }
    count
}

fn behind_line(text: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |line| at + line)
}

/// Returns where the line behind a value begins, in a text of several `key = value`; none where no
/// line ends there, or a comment stands in between.
pub fn behind_value(text: &str, at: usize) -> Option<usize> {
    let text = text.as_bytes();
    let (mut at, mut depth) = (at, 0_usize);
    loop {
        let byte = *text.get(at)?;
        at = match byte {
            b'"' | b'\'' => behind_string(text, at),
            b'#' => return None,
            b'\n' if depth == 0 => return Some(at + 1),
            _ => at + 1,
        };
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
}

/// Where a string ends: three quotes are for several lines, with up to two quotes of the text before
/// them, and a backslash keeps the quote behind it from ending a string between double quotes.
fn behind_string(text: &[u8], at: usize) -> usize {
    let quote = text[at];
    let three = [quote; 3];
    let long = text[at..].starts_with(&three);
    let mut at = at + if long { 3 } else { 1 };
    while let Some(byte) = text.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 1,
            b'\n' if !long => return at,
            byte if *byte == quote && !long => return at + 1,
            byte if *byte == quote && text[at..].starts_with(&three) => {
                let more = text[at + 3..].iter().take(2);
                return at + 3 + more.take_while(|byte| **byte == quote).count();
            }
            _ => {}
        }
        at += 1;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_strings_and_comments_holds_nothing() {
        for (text, count) in [
            ("a = 1\nb = [1, 2]\n", 4),
            ("a.b.\"c.d\" = \"1. 2.\"\n[a.b] # ...\n", 5),
            ("a = \"[,[,{\\\",[\" # [,[\nb = ''", 2),
            ("a = '''[,\n'[' ,''' \nb = \"\"\"\n[, \\\"\"\" ,\"\"\"\n", 2),
            ("{\"a\": [1, {}], \"b\": \"[[[\"}", 7),
            ("a = \"torn [\nb = [", 3),
            ("a = [\"\"\"said \"[\"\"\"\"\", 1]", 3),
        ] {
            assert_eq!(values(text.as_bytes()), count, "{text}");
        }
    }

    #[test]
    fn behind_a_value_comes_the_next_line_whatever_is_in_its_strings() {
        for value in [
            "\"a\"",
            "'''\n[[answers]]\n''''",
            "[\n  { at = \"]\", x = [1, 2] },\n]",
            "5",
        ] {
            let text = format!("a = {value}\nb = 1");
            let at = behind_value(&text, 4).unwrap();
            assert_eq!(&text[at..], "b = 1", "{text}");
        }
        for value in ["5 # five\n", "5", "[1\n", "]\n", "\"\"\"\n"] {
            let text = format!("a = {value}");
            assert_eq!(behind_value(&text, 4), None, "{text}");
        }
    }

    #[test]
    fn long_prose_is_not_much_and_many_small_values_are() {
        let prose = format!("a = \"\"\"{}\"\"\"", "well, [yes]: a = b, ".repeat(100_000));
        assert!(!is_overfull(&prose));
        assert!(is_overfull(&format!("a = [{}]", "[],".repeat(MOST_VALUES))));
        // Each part of a key is a table of its own.
        for text in [
            "a.".repeat(MOST_VALUES + 1),
            "\"a\".".repeat(MOST_VALUES + 1),
        ] {
            assert!(is_overfull(&format!("{text}a = 1")));
        }
    }
}
