//! What the reviewer has to say, as people and programs read it.

use std::ops::Range;

use serde_json::{Map, Value, json};
use unicode_segmentation::UnicodeSegmentation;

use super::text::{columns, inert, wrap, wrap_indented};
use crate::review::{Finding, Kind, Review, RuleText};

/// A mark at a terminal: its words underlined in their line, then what there is to say.
pub fn marked(text: &str, finding: &Finding, width: usize) -> String {
    let mut shown = format!("line {}\n", finding.line);
    for row in rows(
        text,
        &finding.span,
        width.saturating_sub(INDENT.len()).max(1),
    ) {
        shown += &format!("{INDENT}{}\n", row.text.trim_end());
        let under = row.under.trim_end();
        if !under.is_empty() {
            shown += &format!("{INDENT}{under}\n");
        }
    }
    shown + &said(finding, width)
}

/// A mark in plain mode: sentences alone.
pub fn sentences(text: &str, finding: &Finding, width: usize) -> String {
    let words = text.get(finding.span.clone()).unwrap_or_default();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut words: String = words.graphemes(true).take(MOST_QUOTED).collect();
    if finding.span.len() > words.len() && words.graphemes(true).count() == MOST_QUOTED {
        words.push('…');
    }
    let place = format!("Line {}: “{}”.", finding.line, inert(&words));
    lines(&wrap(&place, width)) + &said(finding, width)
}

/// What there is to say, and which rule says it.
fn said(finding: &Finding, width: usize) -> String {
    let rule = format!("({})", finding.rule);
    let said = format!("{} {} {rule}", finding.message, finding.look_at);
    lines(&wrap(&inert(&said), width))
}

/// The parts that were not found, an item each.
pub fn missing(finding: &Finding, width: usize) -> String {
    let said = format!("{} {}", finding.message, finding.look_at);
    lines(&wrap_indented(&inert(&said), width, "- ", "  "))
}

fn lines(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// How much of a line is shown before and after the words, and how much of the words, in
/// characters.
const CONTEXT: usize = 60;
const MOST_QUOTED: usize = 160;
const INDENT: &str = "  ";
/// What words are underlined with.
const LINE: &str = "~";

/// A row of a screen, and what stands below it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Row {
    text: String,
    under: String,
}

impl Row {
    fn push(&mut self, cell: &Cell) {
        let mark = if cell.marked { LINE } else { " " };
        self.under += &mark.repeat(columns(&cell.text));
        self.text += &cell.text;
    }
}

/// One character as people see it, as it is shown.
struct Cell {
    text: String,
    marked: bool,
}

/// The words with what stands around them, in rows of at most `width` columns.
fn rows(text: &str, span: &Range<usize>, width: usize) -> Vec<Row> {
    let cells = cells(text, span);
    let mut rows = vec![Row::default()];
    let mut taken = 0;
    for word in cells.split_inclusive(|cell| cell.text == " ") {
        let whole: usize = word.iter().map(|cell| columns(&cell.text)).sum();
        let bare = whole - usize::from(word.last().is_some_and(|cell| cell.text == " "));
        if taken > 0 && taken + bare > width {
            rows.push(Row::default());
            taken = 0;
        }
        for cell in word {
            let wide = columns(&cell.text);
            // The space after a word that fills the row is not shown, and a word that is longer
            // than a row goes on in the next.
            if taken + wide > width {
                if cell.text == " " {
                    continue;
                }
                rows.push(Row::default());
                taken = 0;
            }
            if let Some(row) = rows.last_mut() {
                row.push(cell);
            }
            taken += wide;
        }
    }
    rows
}

fn cells(text: &str, span: &Range<usize>) -> Vec<Cell> {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    let end = after.find(['\n', '\r']).unwrap_or(after.len());
    let head: Vec<&str> = before[line..].graphemes(true).rev().take(CONTEXT).collect();
    let cut = head.iter().map(|cell| cell.len()).sum::<usize>() < before.len() - line;
    let mut cells = Vec::new();
    let mut push = |text: &str, marked| {
        let shown = match text {
            "\n" | "\r\n" | "\t" => String::from(" "),
            _ => inert(text).into_owned(),
        };
        cells.push(Cell {
            text: shown,
            marked,
        });
    };
    if cut {
        push("…", false);
    }
    head.iter().rev().for_each(|cell| push(cell, false));
    let words = text.get(span.clone()).unwrap_or_default();
    let mut inside = words.graphemes(true);
    inside
        .by_ref()
        .take(MOST_QUOTED)
        .for_each(|cell| push(cell, true));
    if inside.next().is_some() {
        push("…", false);
        return cells;
    }
    let mut tail = after[..end].graphemes(true);
    tail.by_ref()
        .take(CONTEXT)
        .for_each(|cell| push(cell, false));
    if tail.next().is_some() {
        push("…", false);
    }
    cells
}

/// A review as an object. `span` is in bytes, from and to.
pub fn json(subject: &str, review: &Review, findings: &[&Finding]) -> Value {
    let parts: Map<String, Value> = review
        .parts
        .iter()
        .map(|(id, there)| (id.clone(), json!(there)))
        .collect();
    let findings: Vec<Value> = findings
        .iter()
        .map(|finding| finding_json(finding))
        .collect();
    json!({
        "format": "1.0",
        "subject": subject,
        "words": review.words,
        "english": review.english,
        "heavy": review.heavy,
        "parts": parts,
        "findings": findings,
    })
}

fn finding_json(finding: &Finding) -> Value {
    json!({
        "rule": finding.rule,
        "kind": finding.kind.name(),
        "firm": finding.firm,
        "weight": finding.weight,
        "span": [finding.span.start, finding.span.end],
        "line": finding.line,
        "column": finding.column,
        "message": finding.message,
        "look_at": finding.look_at,
        "why": finding.why,
        "source": finding.source,
    })
}

/// A rule as an object.
pub fn rule_json(subject: &str, rule: &RuleText, own: bool) -> Value {
    json!({
        "id": rule.id,
        "subject": subject,
        "kind": rule.kind.name(),
        "firm": rule.firm,
        "weight": rule.weight,
        "name": rule.name,
        "message": rule.message,
        "look_at": rule.look_at,
        "why": rule.why,
        "source": rule.source,
        "code": rule.code,
        "origin": if own { "own" } else { "built-in" },
    })
}

/// A rule in a list: its id, and what it looks for.
pub fn rule_line(rule: &RuleText, width: usize) -> String {
    let wording = if rule.firm { "" } else { " (may be wrong)" };
    let line = format!("{}: {}{wording}", rule.id, rule.name);
    lines(&wrap_indented(&inert(&line), width, "  ", "      "))
}

/// All there is to know of a rule.
pub fn explained(subject: &str, rule: &RuleText, width: usize) -> String {
    let kind = match rule.kind {
        Kind::Part => "something that a good text has",
        Kind::Mark => "something that hurts",
    };
    let wording = if rule.firm {
        "The words say it plainly."
    } else {
        "It may be wrong: you know what you meant."
    };
    let mut shown = format!("{} ({subject}): {kind}\n\n", rule.id);
    for text in [&*rule.message, &*rule.look_at] {
        shown += &lines(&wrap(&inert(text), width));
    }
    shown += &lines(&wrap(&inert(&format!("\nWhy: {}", rule.why)), width));
    shown += &lines(&wrap(&format!("\n{wording}"), width));
    shown += &lines(&wrap(&inert(&format!("From: {}", rule.source)), width));
    for (title, texts) in [("Found in:", &rule.caught), ("Not found in:", &rule.passes)] {
        if texts.is_empty() {
            continue;
        }
        shown += &format!("\n{title}\n");
        for text in texts {
            shown += &lines(&wrap_indented(&inert(text), width, "- ", "  "));
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, words: &str, width: usize) -> String {
        let start = text.find(words).unwrap();
        let rows = rows(text, &(start..start + words.len()), width);
        let rows = rows
            .iter()
            .flat_map(|row| [row.text.trim_end(), row.under.trim_end()]);
        rows.filter(|row| !row.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn words_are_underlined_in_their_line_and_no_other_line_is_shown() {
        insta::assert_snapshot!(drawn("one\nand if that hurt you, sorry\ntwo", "if that hurt you", 40), @r"
        and if that hurt you, sorry
            ~~~~~~~~~~~~~~~~
        ");
    }

    #[test]
    fn wide_characters_and_tabs_keep_the_line_in_its_place() {
        insta::assert_snapshot!(drawn("日本\t👨‍👩‍👧 but you did", "but you", 40), @"
        日本 👨‍👩‍👧 but you did
                ~~~~~~~
        ");
    }

    #[test]
    fn no_row_is_wider_than_the_screen() {
        let text = "I am so sorry that the whole evening was spoiled by Donaudampfschiffahrtsgesellschaft and me";
        for width in 1..60 {
            for row in rows(text, &(11..70), width) {
                assert!(columns(&row.text) <= width.max(2), "{width}: {row:?}");
            }
        }
    }

    #[test]
    fn a_line_of_a_megabyte_shows_what_is_near() {
        let text = format!(
            "{}if it hurt{}",
            "word ".repeat(1000),
            " word".repeat(200_000)
        );
        let rows = rows(&text, &(5000..5010), 72);
        assert!(rows.len() <= 4, "{rows:?}");
    }
}
