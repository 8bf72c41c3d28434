//! `promise show --json`: one promise for programs.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::list::{CountedDays, entry};
use crate::ledger::{Fact, Promise, PromiseDay, Statement};
use crate::session::Partner;

/// The whole promise for programs. `text` where its words are wanted, `replaced` where also what doesn’t
/// count any more.
pub(super) fn as_json(
    promise: &Promise,
    counted: CountedDays,
    today: Date,
    (text, replaced): (bool, bool),
) -> Value {
    let mut whole = json!({ "format": "1.0", "today": today.to_string() });
    let days = promise.days(counted.since..=counted.until, today);
    let days = days.iter().map(|day| {
        let also = day.also_said();
        json!({
            "on": day.on.to_string(),
            "is": day.state.name(),
            "told": day.facts.first().and_then(|fact| told(fact)),
            "by": by_each(day),
            "also_said": also.iter().map(|state| state.name()).collect::<Vec<_>>(),
        })
    });
    let replaced: &[Fact] = if replaced { &promise.replaced } else { &[] };
    let facts = promise.facts.iter().chain(replaced);
    let facts = facts.map(|fact| fact_json(fact, text));
    let parts = [
        ("days", Value::from_iter(days)),
        ("facts", Value::from_iter(facts)),
    ];
    if let (Some(whole), Value::Object(entry)) =
        (whole.as_object_mut(), entry(promise, counted, today, text))
    {
        whole.extend(entry);
        whole.extend(parts.map(|(name, part)| (name.to_string(), part)));
    }
    whole
}

/// What each of two people said of a day; nothing of a promise of one.
fn by_each(day: &PromiseDay<'_>) -> Value {
    let said = Partner::PAIR.into_iter().filter_map(|partner| {
        let state = day.said_by(Some(partner))?;
        Some((partner.id().to_string(), Value::from(state.name())))
    });
    let said: serde_json::Map<String, Value> = said.collect();
    match said.is_empty() {
        true => Value::Null,
        false => said.into(),
    }
}

/// When somebody was told that a day was moved: as they said, or when that was noted.
fn told(fact: &Fact) -> Option<&str> {
    match &fact.statement {
        Statement::Moved { told, .. } => Some(told.as_ref().map_or(&fact.at.0, |told| &told.0)),
        _ => None,
    }
}

/// A fact under the names of its file; without words unless they are asked for.
fn fact_json(fact: &Fact, text: bool) -> Value {
    let mut table = fact.to_table();
    if !text {
        table.retain(|key, _| !WORDS.contains(&key));
    }
    serde_json::to_value(table).unwrap_or_default()
}

/// The keys of a fact that hold words.
const WORDS: [&str; 5] = ["what", "to", "if_then", "note", "partners"];
