//! The text itself: TOML, and no characters that could steer a terminal.

use toml::Spanned;
use toml::de::DeTable;

use crate::exercise::problem::{Code, Problem, Span};
use crate::view::text::is_unsafe;

/// The spanned tree of `text`, with whatever could be saved when parts of it are not TOML.
pub(super) fn tree<'t>(text: &'t str, problems: &mut Vec<Problem>) -> Spanned<DeTable<'t>> {
    unsafe_characters(text, problems);
    let (tree, errors) = DeTable::parse_recoverable(text);
    let mut lines: Vec<usize> = problems
        .iter()
        .map(|p| line_start(text, p.span.start))
        .collect();
    for error in errors {
        let span = visible(text, error.span().unwrap_or_default());
        let line = line_start(text, span.start);
        // The first problem of a line is the cause; what follows is the parser finding its feet.
        if !lines.contains(&line) {
            lines.push(line);
            problems.push(reworded(text, span, error.message()));
        }
    }
    tree
}

/// Reports each run of unsafe characters that stands in the text as it is.
fn unsafe_characters(text: &str, problems: &mut Vec<Problem>) {
    let mut last_end = None;
    for (at, c) in text.char_indices() {
        if !is_unsafe(c) || is_line_end(text, at) {
            continue;
        }
        let end = at + c.len_utf8();
        if last_end != Some(at) {
            problems.push(unsafe_character(at..end, c));
        }
        last_end = Some(end);
    }
}

fn is_line_end(text: &str, at: usize) -> bool {
    text[at..].starts_with("\r\n")
}

/// The problem of an unsafe character, wherever it was found.
pub(super) fn unsafe_character(span: Span, c: char) -> Problem {
    let message = format!(
        "the character U+{:04X} can change what a screen shows",
        u32::from(c)
    );
    Problem::new(Code::UnsafeCharacter, span, message)
        .help("take it out; it cannot be seen, so it is best to write this anew")
}

/// A span that has something to underline: at least one character, not past the end of its line.
fn visible(text: &str, span: Span) -> Span {
    let start = floor(text, span.start);
    let end = floor(text, span.end).max(start);
    if start < end {
        return start..end;
    }
    // At the end of a line or of the text the place is after what is there.
    let before = text[..start].trim_end().len();
    let from = text[..before].char_indices().next_back();
    if text[start..].chars().next().is_none_or(char::is_whitespace) {
        from.map_or(start..end, |(at, _)| at..before)
    } else {
        let length = text[start..].chars().next().map_or(0, char::len_utf8);
        start..start + length
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The parser's message in words for people who write exercises.
fn reworded(text: &str, span: Span, message: &str) -> Problem {
    let found = &text[span.clone()];
    let (message, help) = if message.starts_with("invalid boolean") || message.contains("be quoted")
    {
        unquoted(found)
    } else {
        let known = REWORDED
            .iter()
            .find(|(begin, ..)| message.starts_with(begin));
        known.map_or_else(
            || (message.to_string(), None),
            |(_, better, help)| ((*better).to_string(), Some((*help).to_string())),
        )
    };
    let problem = Problem::new(Code::Syntax, span, message);
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

fn unquoted(found: &str) -> (String, Option<String>) {
    let curly = ['“', '”', '„', '‘', '’', '«', '»'];
    let words = found.trim_matches(curly).trim();
    let message = if found.starts_with(curly) {
        "these quotes are not the straight quotes that TOML knows"
    } else {
        "this text has no quotes around it"
    };
    let help = match words {
        "True" | "TRUE" | "yes" | "Yes" | "on" => String::from("write true"),
        "False" | "FALSE" | "no" | "No" | "off" => String::from("write false"),
        _ if words.contains(['"', '\\']) => format!("write '{words}'"),
        _ => format!("write \"{words}\""),
    };
    (message.to_string(), Some(help))
}

/// How messages begin, what to say instead, and what to do.
const REWORDED: &[(&str, &str, &str)] = &[
    (
        "invalid multi-line basic string",
        "this text is not closed",
        "a text of many lines ends with \"\"\"",
    ),
    (
        "invalid multi-line literal string",
        "this text is not closed",
        "a text that begins with ''' ends with '''",
    ),
    (
        "invalid basic string",
        "this text is not closed",
        "end it with \" on the same line; a text of many lines stands between \"\"\" and \"\"\"",
    ),
    (
        "invalid literal string",
        "this text is not closed",
        "end it with ' on the same line; a text of many lines stands between ''' and '''",
    ),
    (
        "duplicate key",
        "this key is there twice",
        "keep one of the two",
    ),
    (
        "key with no value",
        "this key has no value",
        "write key = value",
    ),
    (
        "unexpected key or value, expected newline",
        "the line goes on after its value",
        "one key = value a line; a text that holds ' stands between \" and \"",
    ),
    (
        "missing comma between",
        "a comma or a closing bracket is missing before this",
        "write [\"one\", \"two\"], or { key = \"value\", other = \"value\" }",
    ),
    (
        "unclosed array table",
        "this header is not closed",
        "write it as [[step]], on a line of its own",
    ),
    (
        "unclosed table",
        "this header is not closed",
        "write it as [group.name], on a line of its own",
    ),
    ("unclosed array", "this list is not closed", "end it with ]"),
    (
        "unclosed inline table",
        "these braces are not closed",
        "end them with }",
    ),
    (
        "missing escaped value",
        "after \\ this character means nothing",
        "write \\\\ for a backslash, or put the text between ' and '",
    ),
];
