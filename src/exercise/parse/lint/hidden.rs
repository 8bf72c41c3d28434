//! Characters in what an author writes that nobody sees, and that say nothing.

use toml::de::{DeTable, DeValue};

use crate::format::problem::{Code, Problem, Span};
use crate::format::read::SpannedValue;
use crate::text::first_hidden;

/// Looks at every text in a table, and at what is below it.
pub(super) fn check(text: &str, table: &DeTable<'_>, problems: &mut Vec<Problem>) {
    for value in table.values() {
        each(text, value, problems);
    }
}

fn each(text: &str, value: &SpannedValue<'_>, problems: &mut Vec<Problem>) {
    match value.get_ref() {
        DeValue::String(string) => {
            if let Some(hidden) = first_hidden(string) {
                problems.push(found(text, value.span(), hidden));
            }
        }
        DeValue::Array(values) => values.iter().for_each(|one| each(text, one, problems)),
        DeValue::Table(table) => check(text, table, problems),
        _ => {}
    }
}

/// The problem, at the character where it stands as it is, or at the whole text where it’s written as its
/// code.
fn found(text: &str, span: Span, hidden: char) -> Problem {
    let written = text.get(span.clone()).unwrap_or_default();
    let at = written.find(hidden).map(|at| span.start + at);
    let span = at.map_or(span, |at| at..at + hidden.len_utf8());
    let message = format!("the character U+{:04X} can’t be seen", u32::from(hidden));
    Problem::new(Code::HiddenCharacter, span, message)
        .help("leave it out; since it’s invisible, it’s best to retype this part")
}
