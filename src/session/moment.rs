//! When something was, as files keep it.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Unit, Zoned};

use super::value::date_in_words;
use crate::dates::today_of;
use crate::text::language::Language;

/// A moment as it is written in files: RFC 9557, local time with offset and zone, such as
/// `2026-11-22T18:45:01+01:00[Europe/Berlin]`. Kept as text, so that a list of sessions needs no
/// zone database.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub String);

impl Moment {
    /// The moment `now`, to the second.
    pub fn new(now: &Zoned) -> Self {
        let second = now.round(Unit::Second).unwrap_or_else(|_| now.clone());
        Self(second.to_string())
    }

    /// When it is; none where somebody wrote what is no moment.
    pub fn at(&self) -> Option<Timestamp> {
        self.0.parse().ok()
    }

    /// The zone whose offset at that time is another one than it says, where it says both.
    pub fn other_zone(&self) -> Option<&str> {
        let (_, zone) = self.0.split_once('[')?;
        let zone = zone.split(']').next()?.trim_start_matches('!');
        // A zone that isn't known here tells nothing.
        let differs = TimeZone::get(zone).is_ok() && self.0.parse::<Zoned>().is_err();
        (differs && self.at().is_some()).then_some(zone)
    }

    /// The zone that it says and that nobody knows, where any zones are known here.
    pub fn unknown_zone(&self) -> Option<&str> {
        let (_, zone) = self.0.split_once('[')?;
        let zone = zone.split(']').next()?.trim_start_matches('!');
        // Where the system doesn't say which zone it has, that is what is written.
        let is_name =
            zone.starts_with(|first: char| first.is_alphabetic()) && zone != "Etc/Unknown";
        let has_none = jiff::tz::db().is_definitively_empty();
        (is_name && !has_none && TimeZone::get(zone).is_err()).then_some(zone)
    }

    /// The local day, `2026-11-22`.
    pub fn day(&self) -> &str {
        self.0.get(..10).unwrap_or(&self.0)
    }

    /// That day as a date; the earliest there is where somebody wrote what is no moment.
    pub fn on(&self) -> Date {
        self.day().parse().unwrap_or(Date::MIN)
    }

    /// The local day that it belongs to, where days last until `day_ends` in the night; none where
    /// somebody wrote what is no moment.
    pub fn date(&self, day_ends: Time) -> Option<Date> {
        let moment = self.0.parse::<Zoned>();
        let day = moment.map(|moment| today_of(&moment, day_ends));
        day.or_else(|_| self.day().parse()).ok()
    }

    /// The local day and minute in words.
    pub fn in_words(&self, language: Language) -> String {
        date_in_words(&self.0, language)
    }

    /// The local day as people say it: `today`, `yesterday`, `on Friday 20 November 2026`.
    pub fn day_in_words(&self, today: Date, language: Language) -> String {
        let day = self.day().parse::<Date>();
        match day {
            Ok(day) if day == today => language.translate("today").to_string(),
            Ok(day) if day == today.saturating_sub(1.day()) => {
                language.translate("yesterday").to_string()
            }
            _ => language.fill("on {day}", &[("day", &date_in_words(self.day(), language))]),
        }
    }

    /// The local day and minute, `2026-11-22 18:45`.
    pub fn minute(&self) -> String {
        self.0.get(..16).unwrap_or(&self.0).replacen('T', " ", 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_shown_to_the_minute() {
        let moment = Moment("2026-11-22T18:45:01+01:00[Europe/Berlin]".into());
        assert_eq!(
            (moment.day(), moment.minute().as_str()),
            ("2026-11-22", "2026-11-22 18:45")
        );
    }

    #[test]
    fn a_day_is_told_as_people_say_it() {
        let moment = Moment("2026-11-22T18:45:01+01:00[Europe/Berlin]".into());
        for (today, said) in [
            ("2026-11-22", "today"),
            ("2026-11-23", "yesterday"),
            ("2026-12-01", "on Sunday 22 November 2026"),
        ] {
            let today = today.parse().unwrap();
            assert_eq!(moment.day_in_words(today, Language::English), said);
        }
    }
}
