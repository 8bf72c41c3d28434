//! What the reviewer has to say, as people and programs read it.

use serde_json::{Map, Value, json};
use unicode_segmentation::UnicodeSegmentation;

use super::second::WeightTable;
use super::{Finding, Review, RuleKind, RuleText, Subject};
use crate::text::underline::{BYTE_ORDER_MARK, underlined};
use crate::text::{columns, inert, wrap, wrap_indented};

/// A mark at a terminal: its words underlined in their line, then what there is to say.
pub fn marked(text: &str, finding: &Finding, width: usize) -> String {
    let mut shown = format!("line {}\n", finding.line);
    shown += &lines(&underlined(text, finding.span.clone(), width, columns));
    shown + &said(finding, width)
}

/// A mark in plain mode: sentences alone.
pub fn sentences(text: &str, finding: &Finding, width: usize) -> String {
    let words = text.get(finding.span.clone()).unwrap_or_default();
    let words = words.trim_start_matches(BYTE_ORDER_MARK);
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

const SPEAKS_FOR: &str = "It’s shown only where the words around it speak for it. These do most:";
const SPEAKS_AGAINST: &str = "These speak against it most:";
/// So many words for and against are named.
const MOST_GRAMS: usize = 5;

/// How much of the words a sentence quotes, in characters.
const MOST_QUOTED: usize = 160;

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
        "control": review.control,
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

/// All there is to know of a rule, with the words that its second reader goes by.
pub fn explained(subject: Subject, rule: &RuleText, width: usize) -> String {
    let weights = WeightTable::of(subject, &rule.id);
    let weights = weights.map_or_else(Vec::new, |table| {
        vec![
            (SPEAKS_FOR, table.strongest(true, MOST_GRAMS)),
            (SPEAKS_AGAINST, table.strongest(false, MOST_GRAMS)),
        ]
    });
    let subject = subject.name();
    let kind = match rule.kind {
        RuleKind::Part => "something a good text has",
        RuleKind::Mark => "something that hurts",
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
    for (title, words) in weights {
        let words = words.join("”, “");
        shown += &lines(&wrap(&format!("\n{title} “{words}”."), width));
    }
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
