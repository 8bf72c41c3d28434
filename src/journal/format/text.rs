//! Strings, keys and values as TOML, so that the file reads well and gives back every character.

use toml::Value;

use super::ANSWERS;
use crate::session::PlainValue;

/// A string in the plainest form that gives it back exactly: text of several lines as `'''` or,
/// where it holds what that cannot, as `"""` with escapes; a single line in quotes.
pub(crate) fn string(text: &str) -> String {
    // Most of what a file holds needs no closer look.
    let simple = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    if text.bytes().all(simple) {
        return format!("\"{text}\"");
    }
    // A line that looks like the end of the head would cut it in two, so no such line is written.
    let lines = text.contains('\n') && !text.lines().any(|line| line.starts_with(ANSWERS));
    let plain = !text.contains(hidden);
    if lines {
        if plain && !text.contains("'''") && !text.ends_with('\'') {
            format!("'''\n{text}'''")
        } else {
            format!("\"\"\"\n{}\"\"\"", escaped(text, true))
        }
    } else if plain && !text.contains(['\'', '\n', '\t']) && text.contains(['"', '\\']) {
        format!("'{text}'")
    } else {
        format!("\"{}\"", escaped(text, false))
    }
}

/// The inside of a basic string; `lines` where line breaks and lone quotes may stand as they are.
fn escaped(text: &str, lines: bool) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut characters = text.chars().peekable();
    let mut after_quote = false;
    while let Some(c) = characters.next() {
        let alone = lines && !after_quote && characters.peek().is_some();
        after_quote = c == '"';
        match c {
            '"' if !alone => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' if !lines => out.push_str("\\n"),
            '\t' if !lines => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if hidden(c) => {
                let code = u32::from(c);
                out.push_str(&if code > 0xffff {
                    format!("\\U{code:08X}")
                } else {
                    format!("\\u{code:04X}")
                });
            }
            c => out.push(c),
        }
    }
    out
}

/// Characters that cannot be seen in an editor and could deceive there, or that TOML refuses.
/// Joiners and direction marks stay as they are: Persian, Hebrew and family emoji need them.
fn hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c,
            '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A key, in quotes where it must be.
pub(crate) fn key(key: &str) -> String {
    let bare = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    if !key.is_empty() && key.bytes().all(bare) {
        key.to_string()
    } else {
        format!("\"{}\"", escaped(key, false))
    }
}

/// The value of an answer.
pub(crate) fn plain(value: PlainValue<'_>) -> String {
    match value {
        PlainValue::Text(text) => string(text),
        PlainValue::Ids(ids) => array(ids.iter().map(|id| string(id))),
        PlainValue::Number(number) => number.to_string(),
        PlainValue::YesNo(yes) => yes.to_string(),
    }
}

/// Any value on the right of an `=`.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::String(text) => string(text),
        Value::Array(values) => array(values.iter().map(self::value)),
        Value::Table(table) => inline(table.iter().map(|(name, inner)| (name, self::value(inner)))),
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {
            value.to_string()
        }
    }
}

/// An array of values that are written already.
pub(crate) fn array(values: impl Iterator<Item = String>) -> String {
    format!("[{}]", values.collect::<Vec<_>>().join(", "))
}

/// An inline table of values that are written already.
pub(super) fn inline<K: AsRef<str>>(pairs: impl Iterator<Item = (K, String)>) -> String {
    let pairs = pairs
        .map(|(name, written)| format!("{} = {written}", key(name.as_ref())))
        .collect::<Vec<_>>();
    if pairs.is_empty() {
        "{}".to_string()
    } else {
        format!("{{ {} }}", pairs.join(", "))
    }
}
