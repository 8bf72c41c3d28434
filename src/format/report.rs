//! Problems in files as people, editors and programs read them.

use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};
use serde_json::{Value, json};

use super::problem::{Level, Problem, Span, in_order};
use crate::text::position::{line_of, position};
use crate::text::{inert, is_unsafe};

/// A problem under the line it is about, as a compiler shows it. Ends with an empty line.
pub fn human(file: &str, text: &str, problem: &Problem, columns: usize) -> String {
    let window = window(text, problem);
    let mut lines = text[window.clone()].lines();
    if lines.any(|line| line.len() > MOST_DRAWN) {
        let help = problem.help.as_deref();
        let help = help.map(|help| format!("  = help: {}\n", inert(help)));
        return short(file, text, problem) + &help.unwrap_or_default() + "\n";
    }
    let shown = same_length(&text[window.clone()]);
    let inside = |span: &Span| {
        let span = first_line(text, span);
        span.start - window.start..span.end - window.start
    };
    let mut snippet = Snippet::source(shown.as_str())
        .path(file)
        .line_start(line_of(text, window.start))
        .annotation(AnnotationKind::Primary.span(inside(&problem.span)));
    if let Some((span, label)) = &problem.second {
        let second = AnnotationKind::Context.span(inside(span));
        snippet = snippet.annotation(second.label(inert(label)));
    }
    let level = match problem.level() {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
    };
    let mut group: Group<'_> = level
        .primary_title(inert(&problem.message))
        .id(problem.code.id())
        .element(snippet);
    if let Some(help) = &problem.help {
        group = group.element(Title::HELP.message(inert(help)));
    }
    let rendered = Renderer::plain().term_width(columns).render(&[group]);
    rendered + "\n\n"
}

/// Longer lines are not drawn: nobody would find the place in them.
const MOST_DRAWN: usize = 2_000;

/// The lines from the first to the last place of a problem.
fn window(text: &str, problem: &Problem) -> Span {
    let mut spans = vec![first_line(text, &problem.span)];
    spans.extend(
        problem
            .second
            .iter()
            .map(|(span, _)| first_line(text, span)),
    );
    let first = spans
        .iter()
        .map(|span| span.start)
        .min()
        .unwrap_or_default();
    let last = spans.iter().map(|span| span.end).max().unwrap_or_default();
    let start = text[..first].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at);
    start..end
}

/// A problem in one line, as editors and `grep -n` write places.
pub fn short(file: &str, text: &str, problem: &Problem) -> String {
    let (line, column) = position(text, problem.span.start);
    let (level, code) = (problem.level().name(), problem.code.id());
    let message = inert(&problem.message);
    format!("{file}:{line}:{column}: {level}[{code}]: {message}\n")
}

/// A problem in one line without its file, for a message that names it: the line it is in, what is
/// wrong, and what to do.
pub fn brief(text: &str, problem: &Problem) -> String {
    let help = problem.help.as_deref().and_then(|help| help.lines().next());
    let message = &problem.message;
    let said = match help.map(|help| (help, help.split_once("`: "))) {
        // Where the message names the key, what it's for stands beside it.
        Some((_, Some((key, doc)))) if message.contains(&format!("{key}`")) => {
            message.replacen(&format!("{key}`"), &format!("{key}` ({doc})"), 1)
        }
        Some((help, _)) => format!("{message}; {help}"),
        None => message.clone(),
    };
    format!("line {}: {said}", line_of(text, problem.span.start))
}

/// So many problems are written out where they stand in a message.
const WRITTEN_OUT: usize = 40;

/// Problems as [`brief`] has them, in their order, and how many more there are.
pub fn all_in_brief(text: &str, problems: Vec<Problem>) -> Vec<String> {
    let problems = in_order(problems);
    let shown = problems.iter().take(WRITTEN_OUT);
    let mut lines: Vec<String> = shown.map(|problem| brief(text, problem)).collect();
    if problems.len() > WRITTEN_OUT {
        lines.push(format!("and {} more", problems.len() - WRITTEN_OUT));
    }
    lines
}

/// A problem as an object. Lines and columns count from 1, columns in characters; `end` is the
/// place after the last character.
pub fn json(file: &str, text: &str, problem: &Problem) -> Value {
    let (line, column) = position(text, problem.span.start);
    let mut object = json!({
        "file": file,
        "line": line,
        "column": column,
        "end": place(text, problem.span.end),
        "code": problem.code.id(),
        "level": problem.level().name(),
        "message": problem.message,
        "help": problem.help,
    });
    if let Some((span, label)) = &problem.second {
        let mut second = place(text, span.start);
        second["label"] = json!(label);
        object["second"] = second;
    }
    object
}

fn place(text: &str, at: usize) -> Value {
    let (line, column) = position(text, at);
    json!({ "line": line, "column": column })
}

/// What is underlined of a value of many lines: its first. Always within the text.
fn first_line(text: &str, span: &Span) -> Span {
    let start = if text.is_char_boundary(span.start) {
        span.start
    } else {
        text.len()
    };
    let lines = text.get(start..span.end).unwrap_or_default();
    let length = lines.find(['\r', '\n']).unwrap_or(lines.len());
    start..start + length
}

/// The text with every unsafe character replaced by one of as many bytes, so that places stay
/// true. A carriage return before a newline stays: it ends the line.
fn same_length(text: &str) -> String {
    let mut rest = text.chars().peekable();
    let mut shown = String::with_capacity(text.len());
    while let Some(c) = rest.next() {
        let ends_line = c == '\r' && rest.peek() == Some(&'\n');
        shown.push(match c {
            c if !is_unsafe(c) || ends_line => c,
            c if c.len_utf8() == 1 => '?',
            c if c.len_utf8() == 2 => '¿',
            _ => '\u{fffd}',
        });
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::problem::Code;

    #[test]
    fn what_steers_a_terminal_is_shown_as_a_character_of_the_same_length() {
        let text = "a = \"\u{1b}[2J\u{9b}\u{202e}\"\r\n";
        let shown = same_length(text);
        assert_eq!(shown.len(), text.len());
        assert_eq!(shown, "a = \"?[2J¿\u{fffd}\"\r\n");
        let problem = Problem::new(Code::UnsafeCharacter, 5..6, "x");
        assert!(!human("f", text, &problem, 80).contains(|c| is_unsafe(c) && c != '\r'));
    }

    #[test]
    fn a_place_at_the_end_or_past_it_is_shown_and_not_tripped_over() {
        for text in ["", "a", "a\n", "é"] {
            for span in [0..0, text.len()..text.len(), 5..9] {
                let problem = Problem::new(Code::Syntax, span, "something");
                assert!(human("f", text, &problem, 40).contains("something"));
            }
        }
    }
}
