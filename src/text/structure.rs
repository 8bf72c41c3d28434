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
            b'[' | b'{' | b',' | b'=' | b':' => {
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

/// Where a string ends: three quotes are for several lines, and a backslash keeps the quote behind it
/// from ending a string between double quotes.
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
            byte if *byte == quote && text[at..].starts_with(&three) => return at + 3,
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
            ("a = \"[,[,{\\\",[\" # [,[\nb = ''", 2),
            ("a = '''[,\n'[' ,''' \nb = \"\"\"\n[, \\\"\"\" ,\"\"\"\n", 2),
            ("{\"a\": [1, {}], \"b\": \"[[[\"}", 7),
            ("a = \"torn [\nb = [", 3),
        ] {
            assert_eq!(values(text.as_bytes()), count, "{text}");
        }
    }

    #[test]
    fn long_prose_is_not_much_and_many_small_values_are() {
        let prose = format!("a = \"\"\"{}\"\"\"", "well, [yes]: a = b, ".repeat(100_000));
        assert!(!is_overfull(&prose));
        assert!(is_overfull(&format!("a = [{}]", "[],".repeat(MOST_VALUES))));
    }
}
