//! The days of promises on which nobody has said anything yet, without a word of what was promised:
//! all that a prompt of a shell needs, and all that may be known while the vault is closed.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::ToSpan;
use jiff::civil::Date;
use toml::{Table, Value};

use crate::dates::DayRule;
use crate::ledger::fact::{Fact, FactId, Statement};
use crate::ledger::fold::{DayState, Promise, promises};

/// The open days of promises that weren't let go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenDays(Vec<PromiseOpenDays>);

/// The open days of one promise.
#[derive(Clone, Debug, PartialEq, Eq)]
struct PromiseOpenDays {
    of: FactId,
    /// Up to here each open day is named.
    named_until: Date,
    named: BTreeSet<Date>,
    /// Behind it they follow from rules, each for a stretch.
    rules: Vec<RuleStretch>,
}

/// A rule, and the days for which it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
struct RuleStretch {
    from: Date,
    until: Date,
    rule: DayRule,
}

impl OpenDays {
    /// Returns the open days of promises, as they stand on `today`.
    pub fn of(promises: &[Promise], today: Date) -> Self {
        let open = promises.iter().filter(|promise| promise.let_go().is_none());
        let days = open.map(|promise| PromiseOpenDays::of(promise, today));
        Self(days.filter(|days| !days.are_over()).collect())
    }

    /// Returns each open day up to `last`, with its promise, in order.
    pub fn until(&self, last: Date) -> Vec<(Date, &FactId)> {
        let mut all: Vec<(Date, &FactId)> = self
            .0
            .iter()
            .flat_map(|promise| promise.until(last).map(|day| (day, &promise.of)))
            .collect();
        all.sort_unstable();
        all
    }

    /// Takes in what a fact says, as far as that can be known without the facts before it. Returns
    /// whether that was all of it; else all facts have to be read again.
    pub fn add(&mut self, fact: &Fact) -> bool {
        if let Statement::Made(terms) = &fact.statement {
            let made = promises([fact.clone()]);
            let from = terms.rule.from();
            self.0
                .extend(made.iter().map(|made| PromiseOpenDays::of(made, from)));
        } else if matches!(fact.statement, Statement::LetGo { .. }) {
            self.0.retain(|promise| promise.of != fact.of);
        } else if let Some(promise) = self.0.iter_mut().find(|promise| promise.of == fact.of) {
            promise.add(&fact.statement);
        }
        // What a fact said that is taken back, or replaced by other days, isn't known here.
        !matches!(
            fact.statement,
            Statement::TakenBack(_) | Statement::Newer(_)
        )
    }

    /// Returns the text of the table that [`Self::from_table`] reads.
    pub fn to_table(&self) -> Table {
        let promises = self.0.iter().map(PromiseOpenDays::to_value);
        Table::from_iter([(PROMISES.to_string(), Value::Array(promises.collect()))])
    }

    /// Reads such a table; nothing where it is none.
    pub fn from_table(mut table: Table) -> Option<Self> {
        let Some(Value::Array(promises)) = table.remove(PROMISES) else {
            return None;
        };
        let promises = promises.iter().map(PromiseOpenDays::from_value);
        promises.collect::<Option<_>>().map(Self)
    }
}

impl PromiseOpenDays {
    fn of(promise: &Promise, today: Date) -> Self {
        let said = promise.facts.iter().filter_map(last_day);
        let farthest = today.saturating_add(FAR.days());
        let named_until = said.fold(today, Date::max).min(farthest);
        // As far back as is ever looked at.
        let earliest = today.saturating_sub(10.years());
        let first = promise.first_day().min(today).max(earliest);
        let days = promise.days(first..=named_until, today);
        let open = days
            .iter()
            .filter(|day| day.is_open() || day.state == DayState::Ahead);
        let mut rules: Vec<RuleStretch> = Vec::new();
        let first = named_until.saturating_add(1.day());
        let mut from = first;
        let changes = promise.rewordings().map(|(since, _)| *since);
        for change in changes.filter(|since| *since > first).chain([Date::MAX]) {
            let until = change.yesterday().unwrap_or(change);
            rules.push(RuleStretch {
                from,
                until,
                rule: promise.terms_on(from).rule.clone(),
            });
            from = change;
        }
        rules.retain(|stretch| stretch.days(Date::MIN..=Date::MAX).next().is_some());
        Self {
            of: promise.id.clone(),
            named_until,
            named: open.map(|day| day.on).collect(),
            rules,
        }
    }

    fn are_over(&self) -> bool {
        self.named.is_empty() && self.rules.is_empty()
    }

    fn until(&self, last: Date) -> impl Iterator<Item = Date> {
        let named = self.named.range(..=last).copied();
        let first = self.named_until.saturating_add(1.day());
        let stretches = self.rules.iter();
        named.chain(stretches.flat_map(move |stretch| stretch.days(first..=last)))
    }

    fn add(&mut self, statement: &Statement) {
        match statement {
            Statement::Verdict { on, .. } | Statement::Moved { on, .. } => {
                self.name_until(*on);
                self.named.remove(on);
                if let Statement::Moved {
                    to_day: Some(to), ..
                } = statement
                {
                    self.name_until(*to);
                    self.named.insert(*to);
                }
            }
            Statement::Skipped { on, through, .. } => {
                let through = through.unwrap_or(*on);
                self.name_until(through);
                self.named.retain(|day| !(*on..=through).contains(day));
            }
            Statement::Changed { since, change } => {
                let Some(rule) = &change.rule else {
                    return;
                };
                self.named.retain(|day| day < since);
                self.rules.retain(|stretch| stretch.from < *since);
                let before = since.yesterday().unwrap_or(*since);
                for stretch in &mut self.rules {
                    stretch.until = stretch.until.min(before);
                }
                self.named_until = self.named_until.min(before);
                self.rules.push(RuleStretch {
                    from: *since,
                    until: Date::MAX,
                    rule: rule.clone(),
                });
            }
            Statement::Made(_)
            | Statement::LetGo { .. }
            | Statement::Noted
            | Statement::Plan { .. }
            | Statement::TakenBack(_)
            | Statement::Newer(_) => {}
        }
    }

    /// Names each open day up to `day`.
    fn name_until(&mut self, day: Date) {
        if day > self.named_until && day <= self.named_until.saturating_add(FAR.days()) {
            let named: Vec<Date> = self.until(day).collect();
            self.named.extend(named);
            self.named_until = day;
        }
    }

    fn to_value(&self) -> Value {
        let named = self.named.iter().map(Date::to_string);
        let rules = self.rules.iter().map(RuleStretch::to_value);
        Value::Table(Table::from_iter([
            ("of".to_string(), self.of.clone().into()),
            (
                "named_until".to_string(),
                self.named_until.to_string().into(),
            ),
            ("named".to_string(), named.collect::<Vec<_>>().into()),
            ("rules".to_string(), Value::Array(rules.collect())),
        ]))
    }

    fn from_value(value: &Value) -> Option<Self> {
        let named = value.get("named")?.as_array()?.iter().map(day);
        let rules = value.get("rules")?.as_array()?;
        let rules = rules.iter().map(RuleStretch::from_value);
        Some(Self {
            of: value.get("of")?.as_str()?.to_string(),
            named_until: day(value.get("named_until")?)?,
            named: named.collect::<Option<_>>()?,
            rules: rules.collect::<Option<_>>()?,
        })
    }
}

impl RuleStretch {
    fn days(&self, window: RangeInclusive<Date>) -> impl Iterator<Item = Date> + '_ {
        let first = self.from.max(*window.start());
        self.rule.days(first..=self.until.min(*window.end()))
    }

    fn to_value(&self) -> Value {
        Value::Table(Table::from_iter([
            ("from".to_string(), self.from.to_string().into()),
            ("until".to_string(), self.until.to_string().into()),
            ("rule".to_string(), self.rule.to_string().into()),
        ]))
    }

    fn from_value(value: &Value) -> Option<Self> {
        Some(Self {
            from: day(value.get("from")?)?,
            until: day(value.get("until")?)?,
            rule: value.get("rule")?.as_str()?.parse().ok()?,
        })
    }
}

fn day(value: &Value) -> Option<Date> {
    value.as_str()?.parse().ok()
}

/// The last day that a fact says something of.
fn last_day(fact: &Fact) -> Option<Date> {
    match fact.statement {
        Statement::Verdict { on, .. } => Some(on),
        Statement::Moved { on, to_day, .. } => to_day.max(Some(on)),
        Statement::Skipped { on, through, .. } => through.max(Some(on)),
        _ => None,
    }
}

/// Days farther ahead than this are never named, whatever was said of them.
const FAR: i64 = 400;

const PROMISES: &str = "promise";

#[cfg(test)]
pub(super) mod tests;
