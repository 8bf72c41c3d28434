//! Defaults: each must be something that its step would take as an answer.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use toml::de::DeValue;

use super::condition::option;
use crate::dates::{WhenReading, read_when};
use crate::exercise::{Asking, LineLimit, Step};
use crate::format::problem::{Code, Problem};
use crate::format::read::{SpannedValue, as_number, as_text};

/// The default as a person would type it: options by their ids, with commas between them; a date
/// as its author wrote it. None when it would not do, or its shape was wrong.
pub(super) fn default(
    value: &SpannedValue<'_>,
    step: &Step,
    problems: &mut Vec<Problem>,
) -> Option<String> {
    match typed(value, step) {
        Ok(text) => text,
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

fn typed(value: &SpannedValue<'_>, step: &Step) -> Result<Option<String>, Problem> {
    let bad = |message: String| Problem::new(Code::BadDefault, value.span(), message);
    let text = as_text(value);
    match (&step.ask, value.get_ref()) {
        (Asking::Choose { other, .. }, _) => match text {
            Some(id) => option(
                &id,
                &value.span(),
                step,
                *other && id != crate::exercise::OTHER,
            )
            .map(Some),
            None => Ok(None),
        },
        (Asking::Pick { min, max, .. }, DeValue::Array(ids)) => {
            let picked: Result<Vec<_>, _> = ids
                .iter()
                .filter_map(|id| Some(option(&as_text(id)?, &id.span(), step, false)))
                .collect();
            let picked = picked?;
            let count = u32::try_from(picked.len()).unwrap_or(u32::MAX);
            if (*min..=*max).contains(&count) || min > max {
                Ok(Some(picked.join(", ")))
            } else {
                Err(bad(format!(
                    "{min} to {max} can be picked, and this is {count}"
                )))
            }
        }
        (Asking::Rate { from, to, .. }, DeValue::Integer(_)) => match as_number(value) {
            Some(number) if (*from..=*to).contains(&number) || from >= to => {
                Ok(Some(number.to_string()))
            }
            _ => Err(bad(format!("step `{}` goes from {from} to {to}", step.id))),
        },
        (Asking::Confirm, DeValue::Boolean(yes)) => Ok(Some(yes.to_string())),
        (Asking::Date, _) => match text {
            Some(date) if is_date(&date) => Ok(Some(date)),
            Some(_) => Err(bad(String::from("this isn’t a day")).help(
                "write \"2026-12-01\", \"today\", \"tomorrow\", or \"in 14 days\" (weeks, months)",
            )),
            None => Ok(None),
        },
        (
            Asking::Write {
                lines: LineLimit::One,
                ..
            },
            _,
        ) => match text {
            Some(text) if text.trim_end().contains('\n') => Err(bad(String::from(
                "this step takes one line, but this text has several",
            ))),
            text => Ok(text),
        },
        (Asking::Promise(_), _) => match text {
            Some(words) => match read_when(&words, SOME_DAY, &TimeZone::UTC) {
                Ok(WhenReading::Rule(_)) => Ok(Some(words)),
                Ok(WhenReading::MonthEnd { last, exact, .. }) => {
                    let help = format!(
                        "write \"{last}\", or \"{exact}\"",
                        last = last.words(),
                        exact = exact.words()
                    );
                    Err(bad(String::from("not every month has this day")).help(help))
                }
                Err(problem) => Err(bad(problem.says).help(format!("write {}", problem.example))),
            },
            None => Ok(None),
        },
        _ => Ok(text),
    }
}

/// Whether words can be read as a rule is the same on any day.
const SOME_DAY: Date = date(2026, 1, 1);

/// Whether a default date can be worked out: a day of its own, or so and so long from today.
fn is_date(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    if matches!(text.as_str(), "today" | "tomorrow") {
        return true;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if let ["in", count, unit] = words.as_slice() {
        let units = ["day", "days", "week", "weeks", "month", "months"];
        return count.parse::<u16>().is_ok_and(|count| count > 0) && units.contains(unit);
    }
    text.parse::<jiff::civil::Date>().is_ok()
        && (text.len() == 10 || text.parse::<jiff::civil::DateTime>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn a_default_date_is_a_day_or_so_long_from_today() {
        for good in [
            "2026-12-01",
            "2026-12-01T19:00",
            "today",
            "Tomorrow",
            "in 14 days",
            "in 1 week",
        ] {
            assert!(is_date(good), "{good}");
        }
        for bad in [
            "",
            "soon",
            "in days",
            "in -1 days",
            "in 0 days",
            "2026-02-30",
            "1.12.2026",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }
}
