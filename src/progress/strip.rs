//! On which days of the last weeks something was done.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::text::counted;

/// So many days are shown: thirteen weeks.
pub const STRIP_DAYS: usize = 91;

/// How often something was done on each of the last 91 days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayStrip {
    first: Date,
    counts: Vec<usize>,
}

impl DayStrip {
    /// Counts the days up to `today`.
    pub fn of(days: impl IntoIterator<Item = Date>, today: Date) -> Self {
        let before = i64::try_from(STRIP_DAYS).unwrap_or_default() - 1;
        let first = today.saturating_sub(before.days());
        let mut counts = vec![0; STRIP_DAYS];
        for day in days {
            let at = usize::try_from((day - first).get_days()).ok();
            if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
        }
        Self { first, counts }
    }

    /// Returns each day, and how often something was done on it.
    pub fn days(&self) -> impl Iterator<Item = (Date, usize)> {
        self.counts.iter().zip(0_i64..).map(|(count, after)| {
            let day = self.first.saturating_add(after.days());
            (day, *count)
        })
    }

    /// Returns on how many of the days something was done.
    pub fn done(&self) -> usize {
        self.counts.iter().filter(|count| **count > 0).count()
    }

    /// Returns in which column of weeks a day is.
    pub fn week(&self, day: Date) -> usize {
        let monday = |day: Date| {
            let after = i64::from(day.weekday().to_monday_zero_offset());
            day.saturating_sub(after.days())
        };
        let days = (monday(day) - monday(self.first)).get_days();
        usize::try_from(days / 7).unwrap_or_default()
    }

    /// Says on how many days something was done, and on which weekday most often.
    pub fn words(&self) -> String {
        let mut of_week = [0_usize; 7];
        for (day, _) in self.days().filter(|(_, count)| *count > 0) {
            of_week[row(day.weekday())] += 1;
        }
        let most = of_week.iter().max().copied().unwrap_or_default();
        let mut tops = WEEKDAYS
            .iter()
            .zip(of_week)
            .filter(|(_, count)| *count == most);
        let weekday = match (tops.next(), tops.next()) {
            (Some(((_, name), _)), None) if most > 1 => format!(" Most often it was a {name}."),
            _ => String::new(),
        };
        format!(
            "You finished an exercise on {} of the last {}.{weekday}",
            self.done(),
            counted(STRIP_DAYS, "day")
        )
    }

    /// Returns a row for each weekday, a letter a day: a dot for none, else how often.
    pub fn rows(&self) -> Vec<String> {
        let mut rows = WEEKDAYS.map(|(short, _)| String::from(short));
        for (day, count) in self.days() {
            let row = &mut rows[row(day.weekday())];
            // What lies before the first day has no letter.
            let blank = (5 + 2 * self.week(day)).saturating_sub(row.len());
            row.push_str(&" ".repeat(blank));
            row.push(match count {
                0 => '.',
                count => u32::try_from(count.min(9))
                    .ok()
                    .and_then(|count| char::from_digit(count, 10))
                    .unwrap_or('9'),
            });
        }
        rows.to_vec()
    }
}

/// Returns in which row a weekday is.
pub fn row(weekday: Weekday) -> usize {
    usize::try_from(weekday.to_monday_zero_offset()).unwrap_or_default()
}

/// The weekdays: short, and in full.
pub const WEEKDAYS: [(&str, &str); 7] = [
    ("Mon", "Monday"),
    ("Tue", "Tuesday"),
    ("Wed", "Wednesday"),
    ("Thu", "Thursday"),
    ("Fri", "Friday"),
    ("Sat", "Saturday"),
    ("Sun", "Sunday"),
];

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn each_day_has_a_letter_in_the_row_of_its_weekday() {
        let today = date(2026, 11, 27);
        let mondays = (0_i64..5).map(|week| date(2026, 10, 5).saturating_add((7 * week).days()));
        let days = mondays.chain([today, today, date(2026, 1, 1), date(2026, 12, 1)]);
        let strip = DayStrip::of(days, today);
        assert_eq!(strip.days().count(), STRIP_DAYS);
        assert_eq!(
            strip.words(),
            "You finished an exercise on 6 of the last 91 days. Most often it was a Monday."
        );
        let rows = strip.rows();
        assert_eq!(rows[0], "Mon    . . . . . 1 1 1 1 1 . . .");
        assert_eq!(rows[4], "Fri    . . . . . . . . . . . . 2");
        assert_eq!(rows[5], "Sat  . . . . . . . . . . . . .");
        assert!(rows.iter().all(|row| row.len() <= 36), "{rows:#?}");
    }
}
