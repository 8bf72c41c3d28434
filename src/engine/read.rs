//! From what came back to a value: the one gate that typed, scripted and chosen answers all pass.

use jiff::Zoned;

use super::date;
use crate::exercise::{Asking, Choice, Lines, Step};
use crate::prompt::{Given, Rejection};
use crate::session::{OTHER, Value};
use crate::view::text::clean;

/// A value, and the words of what was chosen.
#[derive(Debug, PartialEq)]
pub(super) struct Read {
    pub value: Value,
    pub label: Option<String>,
}

impl From<Value> for Read {
    fn from(value: Value) -> Self {
        Self { value, label: None }
    }
}

/// Reads an answer to `step`. A `say` step takes none and is not read here.
pub(super) fn read(step: &Step, given: &Given, now: &Zoned) -> Result<Read, Rejection> {
    let words = match given {
        Given::Ready => String::new(),
        Given::Words(words) => clean(words).into_owned(),
        Given::Options(ids) => return chosen(step, ids),
    };
    match &step.ask {
        Asking::Say => Err(reject("not-asked", "There is nothing to answer here.")),
        Asking::Write {
            lines: Lines::One, ..
        } => one_line(&words),
        Asking::Write { .. } | Asking::Draw { .. } | Asking::Compose { .. } => text(&words),
        Asking::Choose { options, other } => choose(options, *other, &words),
        Asking::Pick { .. } => pick(step, &words),
        Asking::Rate { from, to, .. } => rate(*from, *to, &words),
        Asking::Confirm => confirm(&words),
        Asking::Date => match date::read(&words, now) {
            Some(date) => Ok(Value::Date(date).into()),
            None => Err(reject(
                "no-date",
                format!("Please type a day, such as {}.", date::EXAMPLES),
            )),
        },
    }
}

fn reject(code: &'static str, message: impl Into<String>) -> Rejection {
    Rejection {
        code,
        message: message.into(),
    }
}

fn empty() -> Rejection {
    reject(
        "empty",
        "Nothing is written yet. A few words, or /skip to leave it out.",
    )
}

/// Text of many lines: what trails behind the last word goes, nothing else changes.
fn text(words: &str) -> Result<Read, Rejection> {
    let words = words.trim_end();
    if words.trim().is_empty() {
        return Err(empty());
    }
    Ok(Value::Text(words.to_string()).into())
}

fn one_line(words: &str) -> Result<Read, Rejection> {
    let line = words.trim().replace('\n', " ");
    if line.is_empty() {
        return Err(empty());
    }
    Ok(Value::Text(line).into())
}

/// The option meant by its number from 1, its id or its label.
fn option<'o>(options: &'o [Choice], words: &str) -> Option<&'o Choice> {
    let words = words.trim();
    let by_name = options
        .iter()
        .find(|option| option.id == words || option.label.to_lowercase() == words.to_lowercase());
    by_name.or_else(|| {
        words
            .parse::<usize>()
            .ok()?
            .checked_sub(1)
            .and_then(|at| options.get(at))
    })
}

fn choose(options: &[Choice], other: bool, words: &str) -> Result<Read, Rejection> {
    if let Some(option) = option(options, words) {
        let value = Value::Choice(option.id.clone());
        return Ok(Read {
            value,
            label: Some(option.label.clone()),
        });
    }
    let own = words.trim().replace('\n', " ");
    if other && !own.is_empty() {
        return Ok(Read {
            value: Value::Choice(OTHER.into()),
            label: Some(own),
        });
    }
    Err(not_an_option(options))
}

fn not_an_option(options: &[Choice]) -> Rejection {
    let names: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
    let (count, names) = (options.len(), names.join(", "));
    reject(
        "not-an-option",
        format!("Please give a number from 1 to {count}, or one of: {names}."),
    )
}

fn pick(step: &Step, words: &str) -> Result<Read, Rejection> {
    let options = step.options();
    let words = words.trim();
    if words.is_empty() || words == "none" {
        return chosen(step, &[]);
    }
    let whole = option(options, words).map(|option| vec![option.id.clone()]);
    let parts = || {
        let parts = words
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        parts
            .map(|part| option(options, part).map(|option| option.id.clone()))
            .collect()
    };
    match whole.or_else(parts) {
        Some(ids) => chosen(step, &ids),
        None => Err(not_an_option(options)),
    }
}

/// What was chosen from a list, by id.
fn chosen(step: &Step, ids: &[String]) -> Result<Read, Rejection> {
    match &step.ask {
        Asking::Choose { options, other } => match ids {
            [id] => choose(options, *other, id),
            _ => Err(not_an_option(options)),
        },
        Asking::Pick { options, min, max } => {
            if ids
                .iter()
                .any(|id| !options.iter().any(|option| option.id == *id))
            {
                return Err(not_an_option(options));
            }
            let kept: Vec<&Choice> = options
                .iter()
                .filter(|option| ids.contains(&option.id))
                .collect();
            let count = u32::try_from(kept.len()).unwrap_or(u32::MAX);
            if count < *min || count > *max {
                return Err(reject("how-many", how_many(*min, *max)));
            }
            let labels: Vec<&str> = kept.iter().map(|option| option.label.as_str()).collect();
            let label = (!labels.is_empty()).then(|| labels.join(", "));
            let value = Value::Choices(kept.iter().map(|option| option.id.clone()).collect());
            Ok(Read { value, label })
        }
        _ => Err(reject("not-a-list", "This is not asked as a list.")),
    }
}

fn how_many(min: u32, max: u32) -> String {
    if min == max {
        format!("Please pick {min}.")
    } else if min == 0 {
        format!("Please pick {max} at most.")
    } else {
        format!("Please pick from {min} to {max}.")
    }
}

fn rate(from: i64, to: i64, words: &str) -> Result<Read, Rejection> {
    match words.trim().parse::<i64>() {
        Ok(number) if (from..=to).contains(&number) => Ok(Value::Number(number).into()),
        _ => Err(reject(
            "not-on-scale",
            format!("Please type a number from {from} to {to}."),
        )),
    }
}

fn confirm(words: &str) -> Result<Read, Rejection> {
    match words.trim().to_lowercase().as_str() {
        "y" | "yes" | "true" => Ok(Value::YesNo(true).into()),
        "n" | "no" | "false" => Ok(Value::YesNo(false).into()),
        _ => Err(reject("not-yes-or-no", "Please type yes or no.")),
    }
}
