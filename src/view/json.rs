//! JSON as it goes to a pipe or a screen.

use std::fmt::Write;

use serde_json::Value;

use super::text::is_unsafe;

/// A value in one line, with its newline. What could steer a terminal is escaped, which changes
/// nothing for a program that reads it.
pub fn line(value: &Value) -> String {
    escaped(&value.to_string())
}

/// A value set out for people, with its newline. Escaped like [`line()`].
pub fn pretty(value: &Value) -> String {
    escaped(&format!("{value:#}"))
}

/// The beginning of a long list that is printed as it is found out. Values follow with
/// [`nested()`], each behind a new line and four spaces, with commas between.
pub fn open_list(format: &str, name: &str) -> String {
    format!("{{\n  \"format\": \"{format}\",\n  \"{name}\": [")
}

/// A value set out like [`pretty()`], so many levels deep inside another, without its newline.
pub fn nested(value: &Value, levels: usize) -> String {
    let text = format!("{value:#}");
    let text = text.replace('\n', &format!("\n{}", "  ".repeat(levels)));
    if text.contains(is_unsafe) {
        let mut safe = escaped(&text);
        safe.pop();
        safe
    } else {
        text
    }
}

fn escaped(json: &str) -> String {
    let mut safe = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if is_unsafe(c) {
            // All of them are in the first plane, so that four digits are enough.
            let _ = write!(safe, "\\u{:04x}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    safe + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_escaped_and_reads_back_the_same() {
        let value = serde_json::json!({ "a": "\u{9b}\u{202e}\u{1b}\u{7f} é\n" });
        let written = line(&value);
        assert!(!written.contains(is_unsafe));
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value);
    }
}
