//! The days of promises on which nobody has said anything yet, without a word of what was promised:
//! all that a prompt of a shell needs, and all that may be known while the vault is closed.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::ToSpan;
use jiff::civil::Date;
use toml::{Table, Value};

use super::fact::{Fact, FactId, Statement};
use super::fold::{DayState, Promise, promises};
use crate::dates::DayRule;

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

    /// Takes in what a fact says, as far as that can be known without the facts before it. The rest is
    /// put right when all facts are read again.
    pub fn add(&mut self, fact: &Fact) {
        if let Statement::Made(terms) = &fact.statement {
            let made = promises([fact.clone()]);
            let from = terms.rule.from();
            self.0
                .extend(made.iter().map(|made| PromiseOpenDays::of(made, from)));
            return;
        }
        if matches!(fact.statement, Statement::LetGo { .. }) {
            return self.0.retain(|promise| promise.of != fact.of);
        }
        if let Some(promise) = self.0.iter_mut().find(|promise| promise.of == fact.of) {
            promise.add(&fact.statement);
        }
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
        let promises = promises.into_iter().map(PromiseOpenDays::from_value);
        promises.collect::<Option<_>>().map(Self)
    }
}

impl PromiseOpenDays {
    fn of(promise: &Promise, today: Date) -> Self {
        let said = promise.facts.iter().filter_map(last_day);
        let farthest = today.saturating_add(FAR.days());
        let named_until = said.fold(today, Date::max).min(farthest);
        let days = promise.days(promise.first_day().min(today)..=named_until, today);
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
            // Made and let go are known before. What a fact that is taken back said is not known here.
            Statement::Made(_)
            | Statement::LetGo { .. }
            | Statement::Noted
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

    fn from_value(value: Value) -> Option<Self> {
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
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::dates::{DayPattern, WeekdaySet};
    use crate::ledger::{PromiseChange, PromiseTerms, SkipCause, Verdict};
    use crate::session::Moment;

    const TODAY: Date = date(2026, 11, 27);

    fn fact(number: u32, statement: Statement) -> Fact {
        let id = |number: u32| format!("20261115T181044.032Z-{number:08x}");
        let of = match &statement {
            Statement::Made(_) => id(number),
            _ => id(1),
        };
        Fact {
            id: id(number),
            about: "promise".to_string(),
            of,
            at: Moment("2026-11-15T19:10:44+01:00[Europe/Berlin]".to_string()),
            instead_of: Vec::new(),
            statement,
            note: None,
            extra: Table::new(),
        }
    }

    fn made(rule: DayRule) -> Fact {
        let terms = PromiseTerms {
            what: "I will write before six.".to_string(),
            to: None,
            if_then: None,
            rule,
            look: None,
            origin: None,
            follows: None,
        };
        fact(1, Statement::Made(terms))
    }

    fn kept(number: u32, on: Date) -> Fact {
        fact(
            number,
            Statement::Verdict {
                verdict: Verdict::Kept,
                on,
                times: None,
            },
        )
    }

    fn weekdays(from: Date, until: Option<Date>) -> DayRule {
        let on = WeekdaySet::WEEKDAYS;
        DayRule::new(DayPattern::Weekly { every: 1, on }, from, until).unwrap()
    }

    /// The open days by the facts themselves.
    fn by_facts(facts: &[Fact], last: Date) -> Vec<Date> {
        let promises = promises(facts.to_vec());
        let open = promises.iter().filter(|promise| promise.let_go().is_none());
        let days = open.flat_map(|promise| {
            let days = promise.days(promise.first_day().min(TODAY)..=last, TODAY);
            let open = days
                .into_iter()
                .filter(|day| day.is_open() || day.state == DayState::Ahead);
            open.map(|day| day.on).collect::<Vec<_>>()
        });
        days.collect()
    }

    fn through_text(days: &OpenDays) -> OpenDays {
        let text = toml::to_string(&days.to_table()).unwrap();
        assert!(!text.contains("before six"), "{text}");
        OpenDays::from_table(text.parse().unwrap()).unwrap()
    }

    fn named(days: &OpenDays, last: Date) -> Vec<Date> {
        days.until(last).into_iter().map(|(day, _)| day).collect()
    }

    #[test]
    fn a_promise_that_is_answered_or_let_go_leaves_nothing() {
        let week = weekdays(date(2026, 11, 23), Some(date(2026, 11, 27)));
        let mut facts = vec![made(week)];
        facts.extend((23..=27).map(|day| kept(u32::try_from(day).unwrap(), date(2026, 11, day))));
        let days = OpenDays::of(&promises(facts), TODAY);
        assert_eq!(days, OpenDays::default());
        let since = TODAY;
        let facts = vec![
            made(weekdays(TODAY, None)),
            fact(2, Statement::LetGo { since }),
        ];
        assert_eq!(OpenDays::of(&promises(facts), TODAY), OpenDays::default());
    }

    #[test]
    fn what_is_no_table_of_days_is_nothing() {
        for text in ["", "promise = 1", "promise = [{ of = 1 }]"] {
            assert_eq!(OpenDays::from_table(text.parse().unwrap()), None, "{text}");
        }
    }

    fn statements() -> impl Strategy<Value = Statement> {
        let day = || (0_i64..80).prop_map(|day| date(2026, 11, 1).saturating_add(day.days()));
        let verdict = Verdict::Missed;
        prop_oneof![
            3 => day().prop_map(move |on| Statement::Verdict { verdict, on, times: None }),
            1 => (day(), prop::option::of(day())).prop_map(|(on, to_day)| Statement::Moved {
                on,
                to_day,
                told: None,
            }),
            1 => (day(), prop::option::of(0_i64..20)).prop_map(|(on, more)| Statement::Skipped {
                on,
                through: more.map(|more| on.saturating_add(more.days())),
                cause: SkipCause::Away,
            }),
            1 => (day(), day()).prop_map(|(since, from)| Statement::Changed {
                since,
                change: PromiseChange {
                    rule: Some(weekdays(from, None)),
                    ..PromiseChange::default()
                },
            }),
        ]
    }

    proptest! {
        #[test]
        fn they_are_the_days_that_follow_from_the_facts(
            said in prop::collection::vec(statements(), 0..8),
            ends in prop::option::of(0_i64..60),
        ) {
            let until = ends.map(|days| date(2026, 11, 20).saturating_add(days.days()));
            let mut facts = vec![made(weekdays(date(2026, 11, 16), until))];
            facts.extend(said.into_iter().zip(2..).map(|(said, number)| fact(number, said)));
            let days = through_text(&OpenDays::of(&promises(facts.clone()), TODAY));
            for last in [TODAY, date(2026, 12, 24), date(2027, 6, 1)] {
                prop_assert_eq!(named(&days, last), by_facts(&facts, last));
            }
        }

        #[test]
        fn an_answer_that_is_added_later_counts_as_if_it_had_been_there(
            days in prop::collection::btree_set(0_i64..40, 0..8),
            before in 0_usize..8,
        ) {
            let mut facts = vec![made(weekdays(date(2026, 11, 16), None))];
            let on = |days: &i64| date(2026, 11, 16).saturating_add(days.days());
            // Only days of the promise can be answered.
            let answered = days.iter().map(on).filter(|day| weekdays(date(2026, 11, 16), None).is_day(*day));
            facts.extend(answered.zip(2..).map(|(day, number)| kept(number, day)));
            let (first, rest) = facts.split_at(before.clamp(1, facts.len()));
            let mut noted = OpenDays::of(&promises(first.to_vec()), TODAY);
            for fact in rest {
                noted.add(fact);
            }
            let mut from_nothing = OpenDays::default();
            for fact in &facts {
                from_nothing.add(fact);
            }
            for last in [TODAY, date(2027, 3, 1)] {
                prop_assert_eq!(named(&through_text(&noted), last), by_facts(&facts, last));
                prop_assert_eq!(named(&from_nothing, last), by_facts(&facts, last));
            }
        }
    }
}
