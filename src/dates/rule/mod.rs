//! A rule for days: which days something is due on, without a clock and without a zone.

mod head;
mod rrule;
#[cfg(test)]
mod tests;
mod when;
mod words;

use std::ops::RangeInclusive;

use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};

pub use when::{WHEN_EXAMPLES, WhenProblem, WhenReading, read_when};
pub use words::day_in_words;

/// A rule has no more days than this, however far its end lies: enough for a tally of ten years.
pub const MOST_DAYS: usize = 4000;

/// So many of them are shown in a listing.
pub const MOST_LISTED_DAYS: usize = 1000;

/// The days that something is due on, from its first day on.
///
/// `from` is always a due day; where it's so many times a week it's a Monday, and `until` a Sunday.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DayRule {
    pattern: DayPattern,
    from: Date,
    until: Option<Date>,
    time: Option<Time>,
    /// The name of the zone that the time was typed in; it's the time of here otherwise.
    zone: Option<String>,
}

/// How the days of a rule follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayPattern {
    /// On one day alone.
    Once,
    /// On each day, or each second, third … one.
    Daily {
        /// So many days apart, from 1.
        every: u8,
    },
    /// On days of the week, in each week or in each second, third … one.
    Weekly {
        /// So many weeks apart, from 1.
        every: u8,
        /// On which of its days.
        on: WeekdaySet,
    },
    /// On a day of the month, in each month or in each second, third … one.
    Monthly {
        /// So many months apart, from 1.
        every: u8,
        /// The day from 1 to 31, where there is one; -1 is the last.
        day: i8,
    },
    /// On no days in particular; due on the Sunday of each week.
    TimesAWeek(u8),
}

/// Days of the week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct WeekdaySet(u8);

impl WeekdaySet {
    /// From Monday to Friday.
    pub const WEEKDAYS: Self = Self(0b001_1111);
    /// Saturday and Sunday.
    pub const WEEKEND: Self = Self(0b110_0000);
    const ALL: Self = Self(0b111_1111);

    /// Returns the set with this day as well.
    #[must_use]
    pub fn with(self, day: Weekday) -> Self {
        Self(self.0 | 1 << day.to_monday_zero_offset())
    }

    /// Returns whether the day is in the set.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & 1 << day.to_monday_zero_offset() != 0
    }

    /// Returns its days, Monday first.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        let week = Weekday::Monday.cycle_forward().take(7);
        week.filter(move |day| self.contains(*day))
    }
}

impl From<Weekday> for WeekdaySet {
    fn from(day: Weekday) -> Self {
        Self::default().with(day)
    }
}

impl DayRule {
    /// Returns the rule for one day.
    pub fn once(day: Date) -> Self {
        Self {
            pattern: DayPattern::Once,
            from: day,
            until: Some(day),
            time: None,
            zone: None,
        }
    }

    /// Returns the rule for the days of a pattern that lie between two days, both among them. There is
    /// none where no day does.
    pub fn new(pattern: DayPattern, from: Date, until: Option<Date>) -> Option<Self> {
        let pattern = match pattern {
            DayPattern::Once => return Some(Self::once(from)),
            DayPattern::Weekly { every: 1, on } if on == WeekdaySet::ALL => {
                DayPattern::Daily { every: 1 }
            }
            DayPattern::Daily { every }
            | DayPattern::Weekly { every, .. }
            | DayPattern::Monthly { every, .. }
                if !(1..=MOST_APART).contains(&every) =>
            {
                return None;
            }
            pattern => pattern,
        };
        // Weeks are whole ones.
        let (from, until) = match pattern {
            DayPattern::TimesAWeek(_) => (
                on_or_after(from, Weekday::Monday)?,
                until.and_then(|until| on_or_after(until, Weekday::Sunday)),
            ),
            _ => (from, until),
        };
        let mut rule = Self {
            pattern,
            from,
            until,
            time: None,
            zone: None,
        };
        let first = rule.days(from..=Date::MAX).next()?;
        if !matches!(pattern, DayPattern::TimesAWeek(_)) {
            rule.from = first;
        }
        Some(rule)
    }

    /// Returns the rule with this time of day, wherever one is.
    #[must_use]
    pub fn at(self, time: Option<Time>) -> Self {
        Self { time, ..self }
    }

    /// Returns the rule with another last day, or with none; nothing where no day would be left.
    pub fn ending(&self, until: Option<Date>) -> Option<Self> {
        self.again(self.from, until)
    }

    /// Returns the rule for those of its days that lie in the window; nothing where none does.
    pub fn within(&self, window: RangeInclusive<Date>) -> Option<Self> {
        let last = *window.end();
        let mut first = self.days(window).next()?;
        if let DayPattern::TimesAWeek(_) = self.pattern {
            first = monday_of(first)?;
        }
        let until = self.until.map_or(last, |until| until.min(last));
        self.again(first, (until < Date::MAX).then_some(until))
    }

    fn again(&self, from: Date, until: Option<Date>) -> Option<Self> {
        let rule = Self::new(self.pattern, from, until)?;
        let (time, zone) = (self.time, self.zone.clone());
        Some(Self { time, zone, ..rule })
    }

    /// Returns how its days follow each other.
    pub fn pattern(&self) -> DayPattern {
        self.pattern
    }

    /// Returns the day it begins on.
    pub fn from(&self) -> Date {
        self.from
    }

    /// Returns the day after which it's over, where it has an end.
    pub fn until(&self) -> Option<Date> {
        self.until
    }

    /// Returns the time of day, where it has one.
    pub fn time(&self) -> Option<Time> {
        self.time
    }

    /// Returns the name of the zone that the time is in, where it isn't that of here.
    pub fn zone(&self) -> Option<&str> {
        self.zone.as_deref()
    }

    /// Returns how many times a week, where that is the rule.
    pub fn times(&self) -> Option<u8> {
        match self.pattern {
            DayPattern::TimesAWeek(times) => Some(times),
            _ => None,
        }
    }

    /// Returns the due days in the window, in order, one at a time: at most [`MOST_DAYS`].
    pub fn days(&self, window: RangeInclusive<Date>) -> impl Iterator<Item = Date> + '_ {
        let (first, last) = (*window.start().max(&self.from), *window.end());
        let last = self.until.map_or(last, |until| until.min(last));
        (self.stretch_at(first)..)
            .map_while(|nth| self.stretch(nth))
            .flatten()
            .skip_while(move |day| *day < first)
            .take_while(move |day| *day <= last)
            .take(MOST_DAYS)
    }

    /// Returns the due days in the window, in order: of more than [`MOST_DAYS`] the last ones.
    pub fn last_days(&self, window: &RangeInclusive<Date>) -> Vec<Date> {
        let (first, last) = (*window.start().max(&self.from), *window.end());
        let last = self.until.map_or(last, |until| until.min(last));
        // What `stretch_at` gives can lie two before the stretch of a day.
        let stretches = (self.stretch_at(first)..=self.stretch_at(last) + 2).rev();
        let days = stretches.filter_map(|nth| self.stretch(nth));
        let mut days: Vec<Date> = days
            .flat_map(|days| days.into_iter().rev())
            .skip_while(|day| *day > last)
            .take_while(|day| *day >= first)
            .take(MOST_DAYS)
            .collect();
        days.reverse();
        days
    }

    /// Returns whether it's due on this day.
    pub fn is_day(&self, day: Date) -> bool {
        self.days(day..=day).next().is_some()
    }

    /// The stretch from which on no due day at or after `day` is left out. A stretch is what the
    /// pattern repeats: a day, a week or a month.
    fn stretch_at(&self, day: Date) -> i32 {
        let days = |from: Date| (day - from).get_days();
        let apart = match self.pattern {
            DayPattern::Once => return 0,
            DayPattern::Daily { every } => days(self.from) / i32::from(every),
            DayPattern::Weekly { every, .. } => days(self.from) / 7 / i32::from(every),
            DayPattern::TimesAWeek(_) => days(self.from) / 7,
            DayPattern::Monthly { every, .. } => {
                let years = i32::from(day.year() - self.from.year());
                let months = i32::from(day.month() - self.from.month());
                (years * 12 + months) / i32::from(every)
            }
        };
        (apart - 1).max(0)
    }

    /// The due days of a stretch; nothing where the calendar ends.
    fn stretch(&self, nth: i32) -> Option<Vec<Date>> {
        let apart = |every: u8| i64::from(nth) * i64::from(every);
        match self.pattern {
            DayPattern::Once => (nth == 0).then(|| vec![self.from]),
            DayPattern::Daily { every } => {
                let day = self.from.checked_add(apart(every).days()).ok()?;
                Some(vec![day])
            }
            DayPattern::Weekly { every, on } => {
                let monday = monday_of(self.from)?;
                let monday = monday.checked_add(apart(every).weeks()).ok()?;
                let day = |day: Weekday| {
                    let offset = i64::from(day.to_monday_zero_offset());
                    monday.checked_add(offset.days()).ok()
                };
                Some(on.iter().filter_map(day).collect())
            }
            DayPattern::TimesAWeek(_) => {
                let monday = monday_of(self.from)?.checked_add(apart(1).weeks()).ok()?;
                Some(vec![monday.checked_add(6.days()).ok()?])
            }
            DayPattern::Monthly { every, day } => {
                let month = self.from.first_of_month();
                let month = month.checked_add(apart(every).months()).ok()?;
                Some(if day == LAST {
                    vec![month.last_of_month()]
                } else {
                    Date::new(month.year(), month.month(), day)
                        .into_iter()
                        .collect()
                })
            }
        }
    }
}

/// The day of the month that is the last.
const LAST: i8 = -1;

/// Further apart than this is no promise that can be followed.
const MOST_APART: u8 = 52;

/// More often than this, nobody counts.
const MOST_TIMES: u8 = 20;

/// The first such day of the week that isn't before `day`.
fn on_or_after(day: Date, weekday: Weekday) -> Option<Date> {
    let apart = i64::from(day.weekday().until(weekday));
    day.checked_add(apart.days()).ok()
}

fn monday_of(day: Date) -> Option<Date> {
    let since = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(since.days()).ok()
}
