//! The state that follows from facts: one result, in whatever order they arrive.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use jiff::ToSpan;
use jiff::civil::Date;

use super::fact::{Fact, FactId, PromiseTerms, SkipCause, Statement, Verdict};
use crate::session::Partner;

/// A promise as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// Its full name: that of the fact that made it.
    pub id: FactId,
    /// The facts about it that count, oldest first. The first one made it.
    pub facts: Vec<Fact>,
    /// The facts that something else took the place of, oldest first.
    pub replaced: Vec<Fact>,
    /// What was promised, and since when each wording holds, oldest first.
    wordings: Vec<(Date, PromiseTerms)>,
}

/// A day of a promise, and what was said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct PromiseDay<'p> {
    /// The day.
    pub on: Date,
    /// How it stands.
    pub state: DayState,
    /// What was said about it and counts, the last thing first. There is more than one where two
    /// machines did not know of each other.
    pub facts: Vec<&'p Fact>,
}

/// How a day of a promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayState {
    /// Somebody said what came of it.
    Said(Verdict),
    /// Two people said different things of what they had agreed on.
    SeenDifferently,
    /// It was moved to another day in time, or dropped.
    Moved(Option<Date>),
    /// There was no occasion.
    Skipped(SkipCause),
    /// It is over, and nobody has said anything yet.
    Unanswered,
    /// It is today, and nobody has said anything yet.
    Today,
    /// It is yet to come.
    Ahead,
}

impl DayState {
    /// Returns the word for it in JSON and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Said(verdict) => verdict.name(),
            Self::SeenDifferently => "seen-differently",
            Self::Moved(_) => "changed",
            Self::Skipped(_) => "skipped",
            Self::Unanswered => "unanswered",
            Self::Today => "today",
            Self::Ahead => "ahead",
        }
    }
}

/// Returns the promises that follow from facts, the oldest first. What is not about a promise, or
/// about one that isn't there, changes nothing.
pub fn promises(facts: impl IntoIterator<Item = Fact>) -> Vec<Promise> {
    let mut groups: BTreeMap<FactId, BTreeMap<FactId, Fact>> = BTreeMap::new();
    for fact in facts {
        let group = groups.entry(fact.of.clone()).or_default();
        match group.get(&fact.id) {
            // Under one name there is one fact; by hand there can be two.
            Some(there) if there.to_text() >= fact.to_text() => {}
            _ => _ = group.insert(fact.id.clone(), fact),
        }
    }
    let folded = groups.into_iter();
    folded
        .filter_map(|(id, group)| Promise::new(id, group))
        .collect()
}

impl Promise {
    fn new(id: FactId, group: BTreeMap<FactId, Fact>) -> Option<Self> {
        let Statement::Made(made) = &group.get(&id)?.statement else {
            return None;
        };
        let wordings = vec![(Date::MIN, made.clone())];
        let counting = counting(&id, &group);
        let all = group.into_values();
        let (mut facts, replaced): (Vec<_>, _) = all.partition(|fact| counting.contains(&fact.id));
        // With a clock that was set back, something can seem older than the promise.
        facts.sort_by_key(|fact| fact.id != id);
        let mut promise = Self {
            id,
            facts,
            replaced,
            wordings,
        };
        promise.reword();
        Some(promise)
    }

    /// Goes through the changes of the promise itself, in the order in which they were said.
    fn reword(&mut self) {
        for fact in &self.facts {
            let Statement::Changed { since, change } = &fact.statement else {
                continue;
            };
            let since = match self.wordings.first() {
                // Before its first day nobody has lived by it: it was never anything else.
                Some((_, first)) if *since <= first.rule.from() => Date::MIN,
                _ => *since,
            };
            let mut terms = self.terms_on(since).clone();
            if let Some(what) = &change.what {
                terms.what.clone_from(what);
            }
            if let Some(rule) = &change.rule {
                terms.rule.clone_from(rule);
            }
            terms.to = change.to.clone().or(terms.to);
            terms.if_then = change.if_then.clone().or(terms.if_then);
            self.wordings.retain(|(from, _)| *from < since);
            self.wordings.push((since, terms));
        }
    }

    /// Returns the moment at which it was made.
    pub fn made(&self) -> &Fact {
        // The fact that made it is always among those that count, and first.
        &self.facts[0]
    }

    /// Returns what is promised now.
    pub fn terms(&self) -> &PromiseTerms {
        self.terms_on(Date::MAX)
    }

    /// Returns what was promised on a day.
    pub fn terms_on(&self, day: Date) -> &PromiseTerms {
        let holding = self.wordings.iter().rfind(|(since, _)| *since <= day);
        &holding.unwrap_or(&self.wordings[0]).1
    }

    /// Returns what was promised at first.
    pub fn made_terms(&self) -> &PromiseTerms {
        &self.wordings[0].1
    }

    /// Returns the wordings after the first one, each with the day from which it holds.
    pub fn rewordings(&self) -> impl Iterator<Item = &(Date, PromiseTerms)> {
        self.wordings.iter().skip(1)
    }

    /// Returns the first day that is no day of it any more, where it was let go.
    pub fn let_go(&self) -> Option<Date> {
        let ends = self.facts.iter().filter_map(|fact| match fact.statement {
            Statement::LetGo { since } => Some(since),
            _ => None,
        });
        ends.min()
    }

    /// Returns the first day that can be one.
    pub fn first_day(&self) -> Date {
        self.wordings[0].1.rule.from()
    }

    /// Returns its days in a window, in order, as they stand on `today`.
    pub fn days(&self, window: RangeInclusive<Date>, today: Date) -> Vec<PromiseDay<'_>> {
        let said = self.said();
        let mut days: BTreeSet<Date> = self.rule_days(&window).collect();
        days.extend(self.moved_to(&said));
        days.extend(said.keys().filter(|day| {
            let facts = &said[day];
            facts
                .iter()
                .any(|fact| matches!(fact.statement, Statement::Verdict { .. }))
        }));
        let inside = days.into_iter().filter(|day| window.contains(day));
        inside
            .map(|on| {
                let mut facts = said.get(&on).cloned().unwrap_or_default();
                facts.reverse();
                if facts.is_empty() {
                    facts.extend(self.skip_over(on));
                }
                let state = state_of(&facts);
                let state = state.unwrap_or_else(|| match on.cmp(&today) {
                    std::cmp::Ordering::Less => DayState::Unanswered,
                    std::cmp::Ordering::Equal => DayState::Today,
                    std::cmp::Ordering::Greater => DayState::Ahead,
                });
                PromiseDay { on, state, facts }
            })
            .collect()
    }

    /// Returns the days on which nobody has said anything yet, up to today, of the last ten years. Of a
    /// promise that was let go there are none.
    pub fn to_look_at(&self, today: Date) -> Vec<Date> {
        if self.let_go().is_some() {
            return Vec::new();
        }
        // A rule gives the days of ten years and no more: of one that is older, the last ones.
        let earliest = today.saturating_sub(10.years());
        let first = self.first_day().min(today).max(earliest);
        let days = self.days(first..=today, today).into_iter();
        days.filter(PromiseDay::is_open).map(|day| day.on).collect()
    }

    /// Returns the next day, from today on, on which nobody has said anything yet.
    pub fn next_day(&self, today: Date) -> Option<Date> {
        // Most have one within weeks; the rarest within years.
        [60, 366 * 5].into_iter().find_map(|days| {
            let end = today.saturating_add(days.days());
            let days = self.days(today..=end, today).into_iter();
            days.filter(|day| day.is_open() || day.state == DayState::Ahead)
                .map(|day| day.on)
                .next()
        })
    }

    /// Returns whether there is still something to do or to say about it.
    pub fn is_open(&self, today: Date) -> bool {
        self.let_go().is_none()
            && (self.next_day(today).is_some() || !self.to_look_at(today).is_empty())
    }

    /// The days of the rules, each rule as far as it holds.
    fn rule_days(&self, window: &RangeInclusive<Date>) -> impl Iterator<Item = Date> {
        let let_go = self.let_go().and_then(|day| day.yesterday().ok());
        let last = let_go.map_or(*window.end(), |last| last.min(*window.end()));
        let starts = self.wordings.iter().skip(1).map(|(since, _)| *since);
        let ends = starts.map(|since| since.yesterday().unwrap_or(since));
        let ends = ends.chain([Date::MAX]);
        let first = *window.start();
        self.wordings
            .iter()
            .zip(ends)
            .flat_map(move |((since, terms), end)| {
                terms.rule.last_days(&(first.max(*since)..=last.min(end)))
            })
    }

    /// The days that others were moved to. A day that was moved can be moved again.
    fn moved_to(&self, said: &BTreeMap<Date, Vec<&Fact>>) -> BTreeSet<Date> {
        let mut added = BTreeSet::new();
        let moves =
            said.iter().filter_map(
                |(on, facts)| match facts.last().map(|fact| &fact.statement) {
                    Some(Statement::Moved {
                        to_day: Some(to), ..
                    }) => Some((*on, *to)),
                    _ => None,
                },
            );
        let moves: Vec<(Date, Date)> = moves.collect();
        loop {
            let is_day =
                |on: Date| added.contains(&on) || self.rule_days(&(on..=on)).next().is_some();
            let new: Vec<Date> = moves
                .iter()
                .filter(|(on, to)| !added.contains(to) && is_day(*on))
                .map(|(_, to)| *to)
                .collect();
            if new.is_empty() {
                return added;
            }
            added.extend(new);
        }
    }

    /// What was said of single days and counts, oldest first.
    fn said(&self) -> BTreeMap<Date, Vec<&Fact>> {
        let mut said: BTreeMap<Date, Vec<&Fact>> = BTreeMap::new();
        for fact in &self.facts {
            if let Some(on) = fact.day() {
                said.entry(on).or_default().push(fact);
            }
        }
        said
    }

    /// The last fact that passes over a stretch with this day in it.
    fn skip_over(&self, day: Date) -> Option<&Fact> {
        self.facts.iter().rfind(|fact| match fact.statement {
            Statement::Skipped {
                on,
                through: Some(through),
                ..
            } => (on..=through).contains(&day),
            _ => false,
        })
    }
}

impl PromiseDay<'_> {
    /// Returns whether it is here or over, and nobody has said anything.
    pub fn is_open(&self) -> bool {
        matches!(self.state, DayState::Unanswered | DayState::Today)
    }

    /// Returns what else was said about it, where that is something else: by the same person, for each
    /// of two people says only their own.
    pub fn also_said(&self) -> Vec<DayState> {
        let mut others = Vec::new();
        for fact in &self.facts {
            let newest = self.said_by(fact.by);
            if let Some(state) = state_by(fact).filter(|state| Some(*state) != newest)
                && !others.contains(&state)
            {
                others.push(state);
            }
        }
        others
    }

    /// Returns what one of two people said of it.
    pub fn said_by(&self, by: Option<Partner>) -> Option<DayState> {
        let mut facts = self.facts.iter();
        facts
            .find(|fact| fact.by == by)
            .and_then(|fact| state_by(fact))
    }
}

/// How a day stands by all that was said about it, the last thing first. Where each of two people said
/// something else, nobody decides between them.
fn state_of(facts: &[&Fact]) -> Option<DayState> {
    let last = state_by(facts.first()?)?;
    let DayState::Said(_) = last else {
        return Some(last);
    };
    let each = [None, Some(Partner::A), Some(Partner::B)];
    let mut said = each.iter().filter_map(|by| {
        let fact = facts.iter().find(|fact| fact.by == *by)?;
        matches!(fact.statement, Statement::Verdict { .. }).then(|| state_by(fact))?
    });
    match said.all(|state| state == last) {
        true => Some(last),
        false => Some(DayState::SeenDifferently),
    }
}

/// How a day stands by what was said about it.
fn state_by(fact: &Fact) -> Option<DayState> {
    match &fact.statement {
        Statement::Verdict { verdict, .. } => Some(DayState::Said(*verdict)),
        Statement::Moved { to_day, .. } => Some(DayState::Moved(*to_day)),
        Statement::Skipped { cause, .. } => Some(DayState::Skipped(*cause)),
        _ => None,
    }
}

/// The facts of a promise that count: those that were not taken back, and that no fact takes the place
/// of that was not. What made the promise always counts.
fn counting(made: &FactId, group: &BTreeMap<FactId, Fact>) -> BTreeSet<FactId> {
    let mut void: BTreeSet<&FactId> = BTreeSet::new();
    // The newest first, since a later one can take an earlier one back.
    for fact in group.values().rev() {
        if let Statement::TakenBack(id) = &fact.statement
            && !void.contains(&fact.id)
        {
            void.insert(id);
        }
    }
    let valid = || group.values().filter(|fact| !void.contains(&fact.id));
    let replaced: BTreeSet<&FactId> = valid().flat_map(|fact| &fact.instead_of).collect();
    let counting = valid().map(|fact| &fact.id);
    let counting = counting.filter(|id| !replaced.contains(id));
    counting.chain([made]).cloned().collect()
}

#[cfg(test)]
mod tests;
