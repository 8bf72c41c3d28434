//! Which facts count on the days of promises, by their names alone: with the vault closed, the next
//! answer takes the place of the one before by them.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use toml::{Table, Value};

use crate::ledger::fact::{Fact, FactId, Statement};
use crate::ledger::fold::Promise;

/// The names of the facts that count on each day, for the days of the last weeks and those to come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayFacts(BTreeMap<(FactId, Date), Vec<FactId>>);

impl DayFacts {
    /// Returns what counts on the days of promises.
    pub fn of(promises: &[Promise], today: Date) -> Self {
        let mut all = Self::default();
        let earliest = today.saturating_sub(WEEKS.weeks());
        // Of a promise of both each takes back only their own, and whose an answer is isn't noted here.
        let of_one = promises.iter().filter(|one| one.terms().partners.is_none());
        for fact in of_one.flat_map(|promise| &promise.facts) {
            if fact.day().is_some_and(|on| on >= earliest) {
                all.add(fact);
            }
        }
        all
    }

    /// Takes in what is said later.
    pub fn add(&mut self, fact: &Fact) {
        if let Some(on) = fact.day().filter(|_| fact.by.is_none()) {
            let counting = self.0.entry((fact.of.clone(), on)).or_default();
            counting.retain(|id| !fact.instead_of.contains(id));
            counting.push(fact.id.clone());
        }
        if let Statement::TakenBack(taken) = &fact.statement {
            self.0
                .values_mut()
                .for_each(|ids| ids.retain(|id| id != taken));
        }
    }

    /// Returns the names of the facts that count on a day of a promise.
    pub fn on(&self, promise: &FactId, day: Date) -> &[FactId] {
        let found = self.0.get(&(promise.clone(), day));
        found.map_or(&[], Vec::as_slice)
    }

    /// Returns the value that [`Self::from_value`] reads.
    pub fn to_value(&self) -> Value {
        let mut promises = Table::new();
        for ((promise, day), ids) in &self.0 {
            let days = promises.entry(promise).or_insert(Table::new().into());
            if let Some(days) = days.as_table_mut() {
                days.insert(day.to_string(), ids.clone().into());
            }
        }
        promises.into()
    }

    /// Reads such a value; nothing where it is none.
    pub fn from_value(value: &Value) -> Option<Self> {
        let mut all = BTreeMap::new();
        for (promise, days) in value.as_table()? {
            for (day, ids) in days.as_table()? {
                let ids = ids.as_array()?.iter();
                let ids = ids.map(|id| id.as_str().map(str::to_string));
                let key = (promise.clone(), day.parse().ok()?);
                all.insert(key, ids.collect::<Option<_>>()?);
            }
        }
        Some(Self(all))
    }
}

/// An answer that is older is rarely given again.
const WEEKS: i64 = 9;

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::ledger::open_days::tests::{fact, kept, made, weekdays};
    use crate::ledger::promises;

    const TODAY: Date = date(2026, 11, 27);

    #[test]
    fn what_counts_on_a_day_is_known_by_name_and_what_is_old_is_not() {
        let rule = weekdays(date(2026, 6, 1), None);
        let mut facts = vec![made(rule), kept(2, date(2026, 11, 24))];
        facts.push(kept(3, date(2026, 6, 2)));
        let promise = facts[0].id.clone();
        let mut known = DayFacts::of(&promises(facts.clone()), TODAY);
        assert_eq!(
            known.on(&promise, date(2026, 11, 24)),
            [facts[1].id.clone()]
        );
        assert!(known.on(&promise, date(2026, 6, 2)).is_empty());
        let later = Fact {
            instead_of: vec![facts[1].id.clone()],
            ..kept(4, date(2026, 11, 24))
        };
        known.add(&later);
        assert_eq!(
            known.on(&promise, date(2026, 11, 24)),
            std::slice::from_ref(&later.id)
        );
        assert_eq!(DayFacts::from_value(&known.to_value()), Some(known.clone()));
        known.add(&fact(5, Statement::TakenBack(later.id)));
        assert!(known.on(&promise, date(2026, 11, 24)).is_empty());
    }

    #[test]
    fn what_is_no_such_table_is_nothing() {
        for text in [
            "said = 1",
            "said.x = 1",
            "said.x.y = []",
            "said.x.2026-11-01 = 1",
            "said.x.2026-11-01 = [1]",
        ] {
            let table: Table = text.parse().unwrap();
            assert_eq!(DayFacts::from_value(&table["said"]), None, "{text}");
        }
    }
}
