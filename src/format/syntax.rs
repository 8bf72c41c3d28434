//! The text of a file that an author writes: TOML, and no characters that could steer a terminal.

use toml::Spanned;
use toml::de::DeTable;

use super::problem::{Code, MOST_PROBLEMS, Problem, Span};
use crate::text::{has_unsafe, is_unsafe};

/// What could be made of a text.
pub(crate) struct SourceTree<'t> {
    /// The spanned tree, with whatever could be saved when parts of the text are not TOML.
    pub(crate) root: Spanned<DeTable<'t>>,
    /// Where the text is not TOML, and nothing more can be said of it.
    torn: Vec<Span>,
}

impl SourceTree<'_> {
    /// Whether the whole text is TOML.
    pub(crate) fn is_whole(&self) -> bool {
        self.torn.is_empty()
    }

    /// Whether something more can be said of a place.
    pub(crate) fn is_sound(&self, span: &Span) -> bool {
        !self.torn.iter().any(|torn| torn.contains(&span.start))
    }
}

/// Reads `text` as TOML, and reports where it is none.
pub(crate) fn tree<'t>(text: &'t str, problems: &mut Vec<Problem>) -> SourceTree<'t> {
    unsafe_characters(text, problems);
    let (root, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    let lines = problems
        .iter()
        .map(|problem| line(text, problem.span.start));
    let mut tree = SourceTree {
        root,
        torn: lines.collect(),
    };
    let open = errors
        .iter()
        .any(|error| error.message().starts_with(OPEN_LIST));
    for error in errors {
        if problems.len() >= MOST_PROBLEMS {
            // Nobody reads on, and nothing more is said of the rest.
            tree.torn
                .push(error.span().unwrap_or_default().start..text.len() + 1);
            break;
        }
        let mut span = visible(text, error.span().unwrap_or_default());
        if let Some(header) = single_step(text, &span) {
            span = header;
        }
        // The first problem of a line is the cause; what follows is the parser finding its feet.
        if !tree.is_sound(&span) {
            continue;
        }
        let mut torn = line(text, span.start);
        if open && error.message().starts_with(IN_LIST) {
            torn.end = text.len() + 1;
        } else if HEADERS
            .iter()
            .any(|begin| error.message().starts_with(begin))
        {
            // The keys below went to whatever stands above.
            let next = text.get(torn.end..).and_then(|rest| rest.find("\n["));
            torn.end = next.map_or(text.len(), |next| torn.end + next) + 1;
        }
        tree.torn.push(torn);
        problems.push(reworded(text, span, error.message()));
    }
    tree
}

/// The `[step]` that makes a `step` somewhere else one too many.
fn single_step(text: &str, twice: &Span) -> Option<Span> {
    const SINGLE: &str = "[step]";
    if text.get(twice.clone()) != Some("step") {
        return None;
    }
    let at = match text.find("\n[step]") {
        Some(newline) => newline + 1,
        None => text.starts_with(SINGLE).then_some(0)?,
    };
    Some(at..at + SINGLE.len())
}

/// How the parser says that a list never ends, and what it says first on the way there.
const OPEN_LIST: &str = "unclosed array";
const IN_LIST: &str = "missing comma between array";
/// How the parser says that a header is not one.
const HEADERS: &[&str] = &["unclosed array table", "unclosed table", "invalid table"];

/// Reports each run of unsafe characters that stands in the text as it is.
fn unsafe_characters(text: &str, problems: &mut Vec<Problem>) {
    if !has_unsafe(text) {
        return;
    }
    let mut last_end = None;
    for (at, c) in text.char_indices() {
        if !is_unsafe(c) || is_line_end(text, at) {
            continue;
        }
        let end = at + c.len_utf8();
        if last_end != Some(at) && problems.len() < MOST_PROBLEMS {
            problems.push(unsafe_character(at..end, c));
        }
        last_end = Some(end);
    }
}

fn is_line_end(text: &str, at: usize) -> bool {
    text[at..].starts_with("\r\n")
}

/// The problem of an unsafe character, wherever it was found.
pub(crate) fn unsafe_character(span: Span, c: char) -> Problem {
    let message = format!(
        "the character U+{:04X} can change what a screen shows",
        u32::from(c)
    );
    Problem::new(Code::UnsafeCharacter, span, message)
        .help("delete it; since it’s invisible, it’s best to retype this part")
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

/// The line of a place, with its end.
fn line(text: &str, at: usize) -> Span {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline);
    start..end + 1
}

/// The parser's message in words for people who write exercises.
fn reworded(text: &str, span: Span, message: &str) -> Problem {
    let found = &text[span.clone()];
    if found == "[step]" {
        let message = "a step begins with two brackets";
        return Problem::new(Code::Syntax, span, message).help("write [[step]]");
    }
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
        "TOML needs straight quotes, and these aren’t"
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
        "this text has no end",
        "a text of several lines ends with \"\"\"",
    ),
    (
        "invalid multi-line literal string",
        "this text has no end",
        "a text that begins with ''' ends with '''",
    ),
    (
        "invalid basic string",
        "this text has no end",
        "end it with \" on the same line, or put a text of several lines between \"\"\" and \"\"\"",
    ),
    (
        "invalid literal string",
        "this text has no end",
        "end it with ' on the same line, or put a text of several lines between ''' and '''",
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
        "there’s something after the value",
        "put one key = value on each line; a text with ' in it goes between \" and \"",
    ),
    (
        "missing comma between",
        "a comma or a closing bracket is missing before this",
        "write [\"one\", \"two\"], or { key = \"value\", other = \"value\" }",
    ),
    (
        "unclosed array table",
        "this header has no end",
        "close it with ]], like [[step]] or [[rule]], on a line of its own",
    ),
    (
        "unclosed table",
        "this header has no end",
        "write it as [group.name], on a line of its own",
    ),
    ("unclosed array", "this list has no end", "end it with ]"),
    (
        "unclosed inline table",
        "these braces have no end",
        "end them with }",
    ),
    (
        "cannot recurse further",
        "these brackets are nested too deep",
        "a few levels are enough",
    ),
    (
        "missing escaped value",
        "this character means nothing after \\",
        "write \\\\ for a backslash, or put the text between ' and '",
    ),
];
