//! A rule for days as RFC 5545 writes it, and as a session keeps it.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Weekday};

use super::{
    DayPattern, DayRule, LAST, MOST_APART, MOST_DAYS, MOST_TIMES, WeekdaySet, WhenProblem,
};

/// Rules that fit, for a refusal.
const DAILY: &str = "FREQ=DAILY;INTERVAL=3";
const WEEKLY: &str = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20261231";
const MONTHLY: &str = "FREQ=MONTHLY;BYMONTHDAY=-1";

const DAY_CODES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// What stands in a rule, before it's known whether it fits together.
#[derive(Default)]
struct RruleParts<'a> {
    freq: Option<&'a str>,
    interval: Option<u8>,
    on: Option<WeekdaySet>,
    month_day: Option<i8>,
    until: Option<Date>,
    count: Option<usize>,
    week_start: Option<()>,
}

impl DayRule {
    /// Returns the rule as RFC 5545 writes it, with its end and with `WKST=MO`, which decides which
    /// days every other Sunday is. One day alone has none.
    pub fn to_rrule(&self) -> Option<String> {
        let every = match self.pattern {
            DayPattern::Daily { every }
            | DayPattern::Weekly { every, .. }
            | DayPattern::Monthly { every, .. } => every,
            DayPattern::TimesAWeek(_) => 1,
            DayPattern::Once => return None,
        };
        let (freq, by) = match self.pattern {
            DayPattern::Once | DayPattern::Daily { .. } => ("DAILY", String::new()),
            DayPattern::Weekly { on, .. } => ("WEEKLY", format!(";BYDAY={}", codes(on))),
            DayPattern::TimesAWeek(_) => ("WEEKLY", ";BYDAY=SU".to_string()),
            DayPattern::Monthly { day, .. } => ("MONTHLY", format!(";BYMONTHDAY={day}")),
        };
        let mut text = format!("FREQ={freq}");
        if every > 1 {
            text += &format!(";INTERVAL={every}");
        }
        text += &by;
        text += ";WKST=MO";
        if let Some(until) = self.until {
            text += &format!(";UNTIL={}", until.strftime("%Y%m%d"));
        }
        Some(text)
    }

    /// Returns the rule that a file keeps in parts: in the words of RFC 5545, or none for one day alone;
    /// its first day and its last; and how many times a week, where it's that.
    ///
    /// # Errors
    ///
    /// When they aren't a rule, or leave no day.
    pub fn from_parts(
        rrule: Option<&str>,
        from: Date,
        until: Option<Date>,
        times: Option<u8>,
    ) -> Result<Self, WhenProblem> {
        let rule = match (rrule, times) {
            (None, None) => return Ok(Self::once(from)),
            (_, Some(times @ 1..=MOST_TIMES)) => {
                let until = match rrule {
                    Some(rrule) => Self::from_rrule(rrule, from)?.until.or(until),
                    None => until,
                };
                return Self::new(DayPattern::TimesAWeek(times), from, until).ok_or_else(no_day);
            }
            (_, Some(times)) => {
                let says = format!("{times} times a week can’t be followed.");
                return Err(refused(&says, "3 times a week"));
            }
            (Some(rrule), None) => Self::from_rrule(rrule, from)?,
        };
        rule.ending(until.or(rule.until)).ok_or_else(no_day)
    }

    /// Reads the part of RFC 5545 in which promises can be said: `FREQ` of days, weeks or months,
    /// `INTERVAL`, `BYDAY`, one `BYMONTHDAY`, and `UNTIL` a day or `COUNT`.
    ///
    /// # Errors
    ///
    /// Whatever else stands there is refused by its name.
    pub fn from_rrule(text: &str, from: Date) -> Result<Self, WhenProblem> {
        let rrule = text.trim().to_ascii_uppercase();
        let rrule = rrule.strip_prefix("RRULE:").unwrap_or(&rrule);
        let mut parts = RruleParts::default();
        for part in rrule.split(';') {
            parts.read(part)?;
        }
        let pattern = parts.pattern(from)?;
        let rule = Self::new(pattern, from, parts.until).ok_or_else(no_day)?;
        let Some(count) = parts.count else {
            return Ok(rule);
        };
        let last = rule.days(from..=Date::MAX).take(count).last();
        rule.ending(last).ok_or_else(no_day)
    }
}

fn no_day() -> WhenProblem {
    refused("This rule has no day.", WEEKLY)
}

impl<'a> RruleParts<'a> {
    fn read(&mut self, part: &'a str) -> Result<(), WhenProblem> {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        let not_read = |example| Err(refused(&format!("“{part}” isn’t read here."), example));
        let is_new = match key {
            "FREQ" if matches!(value, "DAILY" | "WEEKLY" | "MONTHLY") => {
                self.freq.replace(value).is_none()
            }
            "INTERVAL" => match value.parse() {
                Ok(every) if (1..=MOST_APART).contains(&every) => {
                    self.interval.replace(every).is_none()
                }
                _ => return not_read(DAILY),
            },
            "BYDAY" => match weekdays(value) {
                Some(on) => self.on.replace(on).is_none(),
                None => return not_read(WEEKLY),
            },
            "BYMONTHDAY" => match value.parse() {
                Ok(day @ (LAST | 1..=31)) => self.month_day.replace(day).is_none(),
                _ => return not_read(MONTHLY),
            },
            "UNTIL" => match day_of_digits(value) {
                Some(until) => self.until.replace(until).is_none(),
                None => return not_read(WEEKLY),
            },
            "COUNT" => match value.parse() {
                Ok(count) if (1..=MOST_DAYS).contains(&count) => {
                    self.count.replace(count).is_none()
                }
                _ => return not_read("FREQ=WEEKLY;BYDAY=SU;COUNT=6"),
            },
            "WKST" if value == "MO" => self.week_start.replace(()).is_none(),
            _ => return not_read(WEEKLY),
        };
        match is_new {
            true => Ok(()),
            false => Err(refused(&format!("“{key}” is there twice."), WEEKLY)),
        }
    }

    fn pattern(&self, from: Date) -> Result<DayPattern, WhenProblem> {
        let apart = |text: &str| Err(refused(text, WEEKLY));
        if self.until.is_some() && self.count.is_some() {
            return apart("A rule has one end, “UNTIL” or “COUNT”.");
        }
        let every = self.interval.unwrap_or(1);
        match (self.freq, self.on, self.month_day) {
            (None, ..) => apart("“FREQ” is missing."),
            (Some("DAILY"), None, None) => Ok(DayPattern::Daily { every }),
            // On each day of these is in each week on these.
            (Some("DAILY"), Some(on), None) if every == 1 => Ok(DayPattern::Weekly { every, on }),
            (Some("WEEKLY"), on, None) => Ok(DayPattern::Weekly {
                every,
                on: on.unwrap_or_else(|| from.weekday().into()),
            }),
            (Some("MONTHLY"), None, day) => Ok(DayPattern::Monthly {
                every,
                day: day.unwrap_or_else(|| from.day()),
            }),
            (Some(freq), Some(_), _) => {
                apart(&format!("“BYDAY” isn’t read with “FREQ={freq}” here."))
            }
            (Some(freq), None, _) => Err(refused(
                &format!("“BYMONTHDAY” isn’t read with “FREQ={freq}”."),
                MONTHLY,
            )),
        }
    }
}

fn refused(says: &str, example: &'static str) -> WhenProblem {
    WhenProblem::new(says, example)
}

fn codes(on: WeekdaySet) -> String {
    let code = |day: Weekday| {
        let at = usize::try_from(day.to_monday_zero_offset()).ok()?;
        DAY_CODES.get(at).copied()
    };
    on.iter().filter_map(code).collect::<Vec<_>>().join(",")
}

fn weekdays(codes: &str) -> Option<WeekdaySet> {
    codes
        .split(',')
        .try_fold(WeekdaySet::default(), |on, code| {
            let at = DAY_CODES.iter().position(|known| *known == code)?;
            let day = Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()?;
            Some(on.with(day))
        })
}

/// `20261204`.
fn day_of_digits(text: &str) -> Option<Date> {
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

/// The rule on one line, as the properties of RFC 5545 that it would be in a calendar.
impl fmt::Display for DayRule {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("DTSTART")?;
        let day = self.from.strftime("%Y%m%d");
        match (self.time, &self.zone) {
            (None, _) => write!(to, ";VALUE=DATE:{day}")?,
            (Some(time), None) => write!(to, ":{day}T{}", time.strftime("%H%M%S"))?,
            (Some(time), Some(zone)) => {
                write!(to, ";TZID={zone}:{day}T{}", time.strftime("%H%M%S"))?;
            }
        }
        if let Some(rrule) = self.to_rrule() {
            write!(to, " RRULE:{rrule}")?;
        }
        if let Some(times) = self.times() {
            write!(to, " X-TIMES:{times}")?;
        }
        Ok(())
    }
}

/// Reads what `Display` writes.
impl FromStr for DayRule {
    type Err = WhenProblem;

    fn from_str(line: &str) -> Result<Self, WhenProblem> {
        let bad = || {
            let says = format!("“{line}” isn’t a rule.");
            refused(
                &says,
                "DTSTART;VALUE=DATE:20261130 RRULE:FREQ=DAILY;WKST=MO",
            )
        };
        let mut lines = line.split(' ');
        let start = lines.next().and_then(|start| start.strip_prefix("DTSTART"));
        let (zone, start) = start
            .and_then(|start| start.split_once(':'))
            .ok_or_else(bad)?;
        let (day, time) = match day_of_digits(start) {
            Some(day) if zone == ";VALUE=DATE" => (day, None),
            _ => {
                let start: DateTime = start.parse().map_err(|_| bad())?;
                (start.date(), Some(start.time()))
            }
        };
        let zone = match zone {
            "" | ";VALUE=DATE" => None,
            zone => Some(zone.strip_prefix(";TZID=").ok_or_else(bad)?),
        };
        let rrule = lines.next().map(|rrule| rrule.strip_prefix("RRULE:"));
        let rrule = rrule.map(|rrule| rrule.ok_or_else(bad)).transpose()?;
        let times = lines.next().map(|times| {
            let times = times.strip_prefix("X-TIMES:").and_then(|n| n.parse().ok());
            times.ok_or_else(bad)
        });
        let rule = Self::from_parts(rrule, day, None, times.transpose()?)?;
        Ok(Self {
            time,
            zone: zone.map(String::from),
            ..rule
        })
    }
}
