//! JSON as it goes to a pipe or a screen.

use std::fmt::Write;
use std::io;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{Formatter, Serializer};

use super::{has_unsafe_or_misleading, is_misleading, is_unsafe};

/// A value in one line, with its newline. What could steer a terminal is escaped, which changes
/// nothing for a program that reads it.
pub fn line(value: &Value) -> String {
    escaped(value.to_string()) + "\n"
}

/// A value set out for people, with its newline. Escaped like [`line()`].
pub fn pretty(value: &Value) -> String {
    escaped(format!("{value:#}")) + "\n"
}

/// The beginning of a long list that is printed as it is found out. Values follow with
/// [`nested()`], each behind a new line and four spaces, with commas between.
pub fn open_list(format: &str, name: &str) -> String {
    format!("{{\n  \"format\": \"{format}\",\n  \"{name}\": [")
}

/// A value set out like [`pretty()`], so many levels deep inside another, without its newline.
pub fn nested(value: &impl Serialize, levels: usize) -> String {
    let mut bytes = Vec::with_capacity(4096);
    let deep = NestedJson {
        level: levels,
        some: false,
    };
    let written = value.serialize(&mut Serializer::with_formatter(&mut bytes, deep));
    debug_assert!(written.is_ok(), "memory takes everything");
    escaped(String::from_utf8(bytes).unwrap_or_default())
}

/// Sets values out in lines, as deep as they are.
struct NestedJson {
    level: usize,
    /// Whether anything stands in the array or object that ends.
    some: bool,
}

impl NestedJson {
    fn begin<W: ?Sized + io::Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.level += 1;
        self.some = false;
        out.write_all(bracket)
    }

    fn next<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.some = true;
        out.write_all(if first { b"\n" } else { b",\n" })?;
        self.indent(out)
    }

    fn end<W: ?Sized + io::Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.level -= 1;
        if self.some {
            out.write_all(b"\n")?;
            self.indent(out)?;
        }
        // What it stands in has something now.
        self.some = true;
        out.write_all(bracket)
    }

    fn indent<W: ?Sized + io::Write>(&self, out: &mut W) -> io::Result<()> {
        (0..self.level).try_for_each(|_| out.write_all(b"  "))
    }
}

impl Formatter for NestedJson {
    fn begin_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"]")
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.next(out, first)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"}")
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.next(out, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }
}

/// Whether a character is written by its code, by which a reader gets it back as it was.
fn is_escaped(c: char) -> bool {
    is_unsafe(c) || is_misleading(c)
}

fn escaped(json: String) -> String {
    if !has_unsafe_or_misleading(&json) {
        return json;
    }
    let mut safe = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_escaped(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(c);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_inside_another_is_set_out_like_one_alone() {
        let value = serde_json::json!({
            "none": [], "empty": {}, "some": [1, [2, {}], { "a": [] }], "text": "é\u{7f}\n",
        });
        let alone = pretty(&value);
        assert_eq!(nested(&value, 0) + "\n", alone);
        let deep = alone.trim_end().replace('\n', "\n    ");
        assert_eq!(nested(&value, 2), deep);
    }

    #[test]
    fn what_steers_a_terminal_is_escaped_and_reads_back_the_same() {
        let value = serde_json::json!({ "a": "\u{9b}\u{202e}\u{1b}\u{7f}\u{61c}\u{e0067} é\n" });
        let written = line(&value);
        assert!(!written.contains(is_escaped));
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value);
    }
}
