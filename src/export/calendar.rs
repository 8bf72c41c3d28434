//! Promises as a calendar reads them (RFC 5545): their days, and none of their words unless asked for.

use std::collections::BTreeSet;

use icalendar::{Alarm, Calendar, Class, Component, Event, EventLike, Property, Todo};
use jiff::Zoned;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::ledger::{DayRule, DayState, Fact, Promise, PromiseTerms, Statement};
use crate::text::inert;

/// What a calendar shows of promises.
#[derive(Clone, Debug)]
pub struct CalendarLook {
    /// What stands on a day, for whoever sees the calendar.
    pub title: String,
    /// Whether the promise's own words stand in the description.
    pub with_text: bool,
    /// As things to do, which fewer calendars read.
    pub as_todo: bool,
    /// The time of a reminder, where one is wanted.
    pub alarm: Option<Time>,
}

/// What a promise puts on a day, or on the days of a rule.
struct CalendarEntry<'p> {
    uid: String,
    rule: DayRule,
    /// Days of the rule on which it isn't due after all.
    except: Vec<Date>,
    terms: &'p PromiseTerms,
    sequence: u32,
}

/// Returns the calendar of some promises, written at `now`.
pub fn calendar(promises: &[&Promise], look: &CalendarLook, now: &Zoned) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//trust-coach//trust-coach//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    for entry in promises
        .iter()
        .flat_map(|promise| entries(promise, now.date()))
    {
        if look.as_todo {
            calendar.push(filled(Todo::new(), &entry, look, now));
        } else {
            let mut event = filled(Event::new(), &entry, look, now);
            event.add_property("TRANSP", "TRANSPARENT");
            calendar.push(event);
        }
    }
    calendar.to_string()
}

/// Each wording of a promise as far as it holds, and each day that another was moved to.
fn entries(promise: &Promise, today: Date) -> Vec<CalendarEntry<'_>> {
    let facts = || promise.facts.iter().chain(&promise.replaced);
    let changes = facts().filter(|fact| {
        let statement = &fact.statement;
        !matches!(
            statement,
            Statement::Verdict { .. } | Statement::Noted | Statement::Made(_)
        )
    });
    let sequence = u32::try_from(changes.count()).unwrap_or(u32::MAX);
    let ends = promise.let_go().and_then(|day| day.yesterday().ok());
    let ends = ends.unwrap_or(Date::MAX);
    // Only days that somebody spoke of can be other than the rule says.
    let spoken = facts().flat_map(days_of).max().unwrap_or(today);
    let days = promise.days(promise.first_day()..=spoken.min(ends), today);
    let gone = |state| matches!(state, DayState::Moved(_) | DayState::Skipped(_));
    let except: BTreeSet<Date> = days
        .iter()
        .filter(|day| gone(day.state))
        .map(|day| day.on)
        .collect();

    let mut starts: Vec<Date> = vec![Date::MIN];
    starts.extend(promise.rewordings().map(|(since, _)| *since));
    let mut entries = Vec::new();
    for (at, since) in starts.iter().enumerate() {
        let next = starts.get(at + 1).and_then(|next| next.yesterday().ok());
        let terms = promise.terms_on(*since);
        let Some(rule) = terms
            .rule
            .within(*since..=next.unwrap_or(Date::MAX).min(ends))
        else {
            continue;
        };
        let uid = match at {
            0 => promise.id.clone(),
            _ => format!("{}+{}", promise.id, digits(*since)),
        };
        let except = except
            .iter()
            .copied()
            .filter(|day| rule.is_day(*day))
            .collect();
        entries.push(CalendarEntry {
            uid,
            rule,
            except,
            terms,
            sequence,
        });
    }
    let others = days
        .iter()
        .filter(|day| !gone(day.state) && !promise.terms_on(day.on).rule.is_day(day.on));
    entries.extend(others.map(|day| {
        let terms = promise.terms_on(day.on);
        let once = DayRule::once(day.on).at(terms.rule.time());
        CalendarEntry {
            uid: format!("{}+{}", promise.id, digits(day.on)),
            rule: once,
            except: Vec::new(),
            terms,
            sequence,
        }
    }));
    entries
}

/// The days that a fact speaks of.
fn days_of(fact: &Fact) -> Vec<Date> {
    match &fact.statement {
        Statement::Verdict { on, .. } => vec![*on],
        Statement::Moved { on, to_day, .. } => [Some(*on), *to_day].into_iter().flatten().collect(),
        Statement::Skipped { on, through, .. } => vec![through.unwrap_or(*on)],
        _ => Vec::new(),
    }
}

fn filled<C: Component + EventLike>(
    mut component: C,
    entry: &CalendarEntry<'_>,
    look: &CalendarLook,
    now: &Zoned,
) -> C {
    let first = entry
        .rule
        .days(Date::MIN..=Date::MAX)
        .next()
        .unwrap_or(entry.rule.from());
    let start = Moments::of(&entry.rule);
    component.uid(&format!("{}@trust-coach.invalid", entry.uid));
    component.add_property("DTSTAMP", utc(now));
    component.sequence(entry.sequence);
    component.append_property(start.property("DTSTART", first));
    if let Some(rrule) = entry.rule.to_rrule() {
        component.add_property("RRULE", start.ended(&rrule));
    }
    for day in &entry.except {
        component.append_multi_property(start.property("EXDATE", *day));
    }
    component.summary(&inert(&look.title));
    component.class(Class::Private);
    if look.with_text {
        let words = [Some(&entry.terms.what), entry.terms.if_then.as_ref()];
        let words: Vec<&str> = words.into_iter().flatten().map(String::as_str).collect();
        component.description(&inert(&words.join("\n")));
    }
    if let Some(at) = look.alarm {
        let from = start.time.unwrap_or(Time::midnight());
        let minutes = (at - from).total(jiff::Unit::Minute).unwrap_or_default();
        let minutes = chrono::Duration::minutes(minutes as i64);
        component.alarm(Alarm::display(&inert(&look.title), minutes));
    }
    component
}

/// How the days of a rule are written: as whole days, at a time wherever one is, or in UTC.
struct Moments {
    time: Option<Time>,
    zone: Option<TimeZone>,
}

impl Moments {
    fn of(rule: &DayRule) -> Self {
        let zone = rule.zone().and_then(|zone| TimeZone::get(zone).ok());
        let time = rule.time();
        Self { time, zone }
    }

    fn property(&self, name: &str, day: Date) -> Property {
        let mut property = Property::new(name, self.written(day));
        if self.time.is_none() {
            property.add_parameter("VALUE", "DATE");
        }
        property
    }

    fn written(&self, day: Date) -> String {
        let Some(time) = self.time else {
            return digits(day);
        };
        let clock: DateTime = day.to_datetime(time);
        match self.zone.clone().and_then(|zone| clock.to_zoned(zone).ok()) {
            Some(moment) => utc(&moment),
            None => clock.strftime("%Y%m%dT%H%M%S").to_string(),
        }
    }

    /// The rule with its last day written as its first one is.
    fn ended(&self, rrule: &str) -> String {
        match rrule.split_once(";UNTIL=") {
            Some((rule, until)) => {
                let until = until
                    .parse::<Date>()
                    .map_or(until.to_string(), |day| self.written(day));
                format!("{rule};UNTIL={until}")
            }
            None => rrule.to_string(),
        }
    }
}

fn digits(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

fn utc(moment: &Zoned) -> String {
    moment.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string()
}
