//! One doing of a plan, as it follows from what was said about it: one result, in whatever order facts
//! arrive.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::ledger::{Fact, FactId, PlanStart, PlanStatement, Statement};

/// One doing of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRun {
    /// Its full name: that of the fact that began it.
    pub id: FactId,
    /// How it began.
    pub start: PlanStart,
    /// The day it began.
    pub began: Date,
    /// What was said about it since, oldest first.
    pub said: Vec<(FactId, Date, PlanStatement)>,
}

/// A stretch in which a plan waits: its first day, and the first day after it.
pub(super) type Pause = (Date, Option<Date>);

/// Returns the doings of plans that follow from facts, the oldest first. What is about none that is
/// there changes nothing.
pub fn plan_runs<'f>(facts: impl IntoIterator<Item = &'f Fact>) -> Vec<PlanRun> {
    let mut groups: BTreeMap<&FactId, BTreeMap<&FactId, (Date, &PlanStatement)>> = BTreeMap::new();
    for fact in facts {
        if let Statement::Plan { on, said } = &fact.statement {
            let group = groups.entry(&fact.of).or_default();
            group.entry(&fact.id).or_insert((*on, said));
        }
    }
    let run = |(id, mut group): (&FactId, BTreeMap<&FactId, (Date, &PlanStatement)>)| {
        let (began, PlanStatement::Started(start)) = group.remove(id)? else {
            return None;
        };
        let said = group.into_iter();
        Some(PlanRun {
            id: id.clone(),
            start: start.clone(),
            began,
            said: said
                .map(|(id, (on, said))| (id.clone(), on, said.clone()))
                .collect(),
        })
    };
    groups.into_iter().filter_map(run).collect()
}

impl PlanRun {
    /// Returns the day it was stopped, and the ending they named, where it was.
    pub fn stopped(&self) -> Option<(Date, Option<&str>)> {
        self.said.iter().find_map(|(_, on, said)| match said {
            PlanStatement::Stopped { ending } => Some((*on, ending.as_deref())),
            _ => None,
        })
    }

    /// Returns the first day of the pause it is in, and the day on which it goes on by itself.
    pub fn paused(&self, today: Date) -> Option<(Date, Option<Date>)> {
        let mut pauses = self.pauses().into_iter();
        pauses.find(|(from, until)| *from <= today && until.is_none_or(|until| today < until))
    }

    /// Returns what no session that counts has a name before.
    pub fn first_name(&self) -> String {
        let counted = self.start.counted_since;
        // Names are in UTC, which can be a day behind.
        let counted = counted.map(|day| day.saturating_sub(1.day()).strftime("%Y%m%d").to_string());
        counted.map_or(self.moment(), |day| day.min(self.moment()))
    }

    /// The moment in which it began, as names begin with it.
    pub(super) fn moment(&self) -> String {
        let moment = self.id.rsplit_once('-').map(|(moment, _)| moment);
        moment.unwrap_or(&self.id).to_string()
    }

    /// Returns in which week it is, from 1. Weeks in which it waited don't count.
    pub fn week(&self, today: Date) -> i64 {
        let waited = self.pauses().into_iter().map(|(first, until)| {
            let until = until.unwrap_or(today).min(today);
            i64::from((until - first).get_days()).max(0)
        });
        let days = i64::from((today - self.began).get_days()) - waited.sum::<i64>();
        days.max(0) / 7 + 1
    }

    /// The stretches in which it waits, in order. They don't overlap.
    fn pauses(&self) -> Vec<Pause> {
        let mut pauses: Vec<Pause> = Vec::new();
        for (_, on, said) in &self.said {
            let open = pauses.last_mut();
            let open = open.filter(|(_, until)| until.is_none_or(|until| *on < until));
            match (said, open) {
                (PlanStatement::Paused { until }, None) => {
                    let from = pauses.last().and_then(|(_, until)| *until);
                    pauses.push((from.map_or(*on, |from| from.max(*on)), *until));
                }
                (PlanStatement::Paused { until }, Some(pause)) => pause.1 = *until,
                (PlanStatement::Resumed, Some(pause)) => pause.1 = Some((*on).max(pause.0)),
                _ => {}
            }
        }
        pauses
    }

    /// The day so many days after another, not counting those on which it waits.
    pub(super) fn add_days(&self, from: Date, days: u32) -> Date {
        let mut day = from.saturating_add(i64::from(days).days());
        for (first, until) in self.pauses() {
            let Some(until) = until.filter(|until| *until > from) else {
                continue;
            };
            let first = first.max(from);
            if first < day {
                day = day.saturating_add(until - first);
            }
        }
        day
    }

    /// Each time a stage, or what a rule offers, was skipped, oldest first.
    pub(super) fn skips(&self, stage: &str) -> impl DoubleEndedIterator<Item = (&FactId, Date)> {
        self.said
            .iter()
            .filter_map(move |(id, on, said)| match said {
                PlanStatement::Skipped { stage: skipped } if skipped == stage => Some((id, *on)),
                _ => None,
            })
    }

    /// The last day until which a stage was put off, since something.
    pub(super) fn put_off(&self, stage: &str, since: &str) -> Option<Date> {
        let said = self.said.iter().filter(|(id, ..)| id.as_str() > since);
        let mut put_off = said.filter_map(|(_, _, said)| match said {
            PlanStatement::Postponed { stage: put, until } if put == stage => Some(*until),
            _ => None,
        });
        put_off.next_back()
    }
}
