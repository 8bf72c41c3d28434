//! Ratings and choices over time, a row an answer, for a spreadsheet.

use std::borrow::Cow;

use jiff::civil::Date;

use super::Exporter;
use super::page::KEPT_BACK;
use crate::exercise::{Exercise, ValueShape};
use crate::ledger::{Fact, promises};
use crate::progress::{Measure, MeasurePoint};
use crate::session::{Answer, Partner, Session, short_id};
use crate::text::inert;

/// Comma-separated values with one line of headings. Texts that were written are not in it.
#[derive(Debug)]
pub struct Csv;

const HEAD: [&str; 10] = [
    "started", "exercise", "step", "name", "round", "kind", "value", "label", "session", "by",
];

impl Exporter for Csv {
    fn begin(&mut self) -> String {
        rows([HEAD.map(String::from)])
    }

    fn session(&mut self, session: &Session, _: Option<&Exercise>) -> String {
        rows(
            session
                .answers
                .iter()
                .filter_map(|answer| row(session, answer)),
        )
    }
}

fn row(session: &Session, answer: &Answer) -> Option<[String; 10]> {
    let (value, label) = match answer.value() {
        Some(value) if value.shape() == ValueShape::Text => return None,
        Some(value) => (
            value.plain().words(" "),
            answer.label.clone().unwrap_or_default(),
        ),
        None if answer.closed => (String::new(), KEPT_BACK.to_string()),
        None => return None,
    };
    Some([
        session.started.minute(),
        session.exercise.clone(),
        answer.step.clone(),
        answer.name.clone().unwrap_or_default(),
        answer.round.to_string(),
        answer.kind.name().to_string(),
        value,
        label,
        session.short_id().to_string(),
        answer.by.map_or("", Partner::id).to_string(),
    ])
}

/// The days of promises up to today, a row a day. Words that were written are not in it.
#[derive(Debug)]
pub struct PromiseDayRows {
    facts: Vec<Fact>,
    today: Date,
}

impl PromiseDayRows {
    /// Begins with none.
    pub fn new(today: Date) -> Self {
        let facts = Vec::new();
        Self { facts, today }
    }
}

impl Exporter for PromiseDayRows {
    fn session(&mut self, _: &Session, _: Option<&Exercise>) -> String {
        String::new()
    }

    fn fact(&mut self, fact: &Fact) -> String {
        self.facts.push(fact.clone());
        String::new()
    }

    fn end(&mut self) -> String {
        let (promises, today) = (promises(std::mem::take(&mut self.facts)), self.today);
        let days = promises.iter().flat_map(|promise| {
            let days = promise.days(promise.first_day()..=today, today);
            days.into_iter().map(|day| {
                let also: Vec<&str> = day.also_said().iter().map(|state| state.name()).collect();
                [
                    day.on.to_string(),
                    short_id(&promise.id).to_string(),
                    day.state.name().to_string(),
                    also.join(" "),
                ]
            })
        });
        let head = ["day", "promise", "is", "also_said"].map(String::from);
        rows(std::iter::once(head).chain(days))
    }
}

/// Ratings over time, a row each: what `progress` gives a spreadsheet.
pub fn ratings(measures: &[Measure]) -> String {
    let head = ["day", "exercise", "step", "by", "value"].map(String::from);
    let row = |measure: &Measure, point: &MeasurePoint| {
        let (exercise, step) = (measure.exercise.clone(), measure.step.clone());
        let value = point.value?.to_string();
        let by = measure.by.map_or("", Partner::id).to_string();
        Some([point.day.to_string(), exercise, step, by, value])
    };
    let of = |measure: &'_ Measure| {
        let rows = measure
            .points
            .iter()
            .filter_map(|point| row(measure, point));
        rows.collect::<Vec<_>>()
    };
    rows(std::iter::once(head).chain(measures.iter().flat_map(of)))
}

fn rows<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Memory takes all that it is given.
        let _ = writer.write_record(row.iter().map(|cell| harmless(cell).into_owned()));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// A cell that a spreadsheet shows and does not run: what could begin a formula stands behind an
/// apostrophe, unless it is a number.
fn harmless(cell: &str) -> Cow<'_, str> {
    let cell = inert(cell);
    let begins = cell
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n']);
    if begins && cell.parse::<i64>().is_err() {
        return Cow::Owned(format!("'{cell}"));
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_a_formula() {
        for (cell, shown) in [
            ("=1+1", "'=1+1"),
            (" @SUM(A1)", "' @SUM(A1)"),
            ("-2+3", "'-2+3"),
            ("\tx", "'\tx"),
            ("-3", "-3"),
            ("+3", "+3"),
            ("I was hurt", "I was hurt"),
            ("2026-12-01", "2026-12-01"),
        ] {
            assert_eq!(harmless(cell), shown);
        }
    }
}
