//! Which days of which promises a command is about, as they are typed: names first, then days.

use jiff::civil::Date;

use super::common::{PromiseLedger, needs_passphrase};
use crate::dates::{MOST_DAYS, Toward, TypedDay};
use crate::error::{Error, Result};
use crate::home::world::World;
use crate::ledger::FactId;
use crate::session::short_id;

/// Names of promises, and days.
#[derive(Debug, clap::Args)]
pub(super) struct PromiseDays {
    /// One promise or several, then the days; today when left out
    #[arg(value_name = "PROMISE|DAY")]
    words: Vec<String>,
}

/// A day, or all due days from one to another.
enum TypedDays {
    One(Date),
    Between(Date, Date),
}

/// A promise, and the days of it that are meant.
pub(super) type ChosenDays = (FactId, Vec<Date>);

impl PromiseDays {
    /// Returns the days of each promise, and everything that is wrong with what was typed. `every`
    /// takes the days without an answer in place of typed ones.
    pub(super) fn read(
        &self,
        world: &mut World<'_>,
        ledger: &PromiseLedger,
        toward: Toward,
        every: bool,
    ) -> Result<(Vec<ChosenDays>, Vec<Error>)> {
        let (mut names, mut days) = (Vec::new(), Vec::new());
        let mut problems = Vec::new();
        for word in &self.words {
            match typed_days(word, ledger.today, toward) {
                Some(typed) => days.push(typed),
                None if !days.is_empty() || is_like_day(word) => problems.push(not_a_day(word)),
                None => names.push(word.clone()),
            }
        }
        if every && !days.is_empty() {
            problems.push(Error::usage("--every takes no days"));
        }
        if days.is_empty() {
            days.push(TypedDays::One(ledger.today));
        }
        if names.is_empty() && problems.is_empty() {
            names.extend(ledger.chosen(world, None)?);
        }
        let mut chosen: Vec<ChosenDays> = Vec::new();
        for name in names {
            match chosen_days(ledger, &name, &days, every) {
                Ok((id, days)) if chosen.iter().all(|(there, _)| *there != id) => {
                    chosen.push((id, days));
                }
                Ok(_) => {}
                Err(problem) => problems.push(problem),
            }
        }
        Ok((chosen, problems))
    }
}

fn chosen_days(
    ledger: &PromiseLedger,
    name: &str,
    typed: &[TypedDays],
    every: bool,
) -> Result<(FactId, Vec<Date>)> {
    let id = ledger.id(name)?;
    let promise = ledger.promise(&id);
    let mut days = Vec::new();
    if every {
        let promise = promise.ok_or_else(|| needs_passphrase("which days have no answer yet"))?;
        days = promise.to_look_at(ledger.today);
        if days.is_empty() {
            let what = format!("every day of {} has an answer", short_id(&id));
            return Err(Error::usage(what));
        }
        return Ok((id, days));
    }
    for typed in typed {
        match *typed {
            TypedDays::One(day) => days.push(day),
            TypedDays::Between(first, last) => {
                let promise =
                    promise.ok_or_else(|| needs_passphrase("which days lie between them"))?;
                let between = promise.days(first..=last, ledger.today);
                if first > last {
                    let error = Error::usage(format!("{first} is after {last}"));
                    return Err(error.hint(format!("the earlier day comes first: {last}..{first}")));
                }
                if between.is_empty() {
                    let what = format!("{} has no day from {first} to {last}", short_id(&id));
                    return Err(Error::usage(what));
                }
                if between.len() >= MOST_DAYS {
                    let what =
                        format!("{} has too many days from {first} to {last}", short_id(&id));
                    let hint =
                        format!("a range takes fewer than {MOST_DAYS} days; say it in several");
                    return Err(Error::usage(what).hint(hint));
                }
                days.extend(between.iter().map(|day| day.on));
            }
        }
    }
    days.sort_unstable();
    days.dedup();
    Ok((id, days))
}

/// `2026-11-16`, `friday`, or `2026-11-16..2026-11-20`.
fn typed_days(word: &str, today: Date, toward: Toward) -> Option<TypedDays> {
    let on = |word: &str| match TypedDay::read(word)? {
        // What was kept for two weeks, or in the whole of last week, was not kept on one day.
        TypedDay::Length(_) => None,
        TypedDay::Away(_) if is_whole_span(word) => None,
        day => Some(day.on(today, toward)),
    };
    match word.split_once("..") {
        None => on(word).map(TypedDays::One),
        Some((first, last)) => Some(TypedDays::Between(on(first)?, on(last)?)),
    }
}

/// Whether it is `last week`, `next month` or the like: of more days than one.
fn is_whole_span(word: &str) -> bool {
    let word = word.trim().to_lowercase();
    word.starts_with("last ") || word.starts_with("next ")
}

/// Whether a word is written as days are, and no name of a promise is: `2027-02-29`, `monday..`,
/// `last week`.
fn is_like_day(word: &str) -> bool {
    let is_date = word.contains('-') && word.chars().all(|c| c == '-' || c.is_ascii_digit());
    is_date || word.contains("..") || TypedDay::read(word).is_some()
}

fn not_a_day(word: &str) -> Error {
    Error::usage(format!("not a day: {word}"))
        .hint("names of promises come first, then days: today, friday, 2026-11-16..2026-11-20")
}

/// Reads one day that a flag takes.
pub(crate) fn day(word: &str) -> Result<TypedDay, &'static str> {
    TypedDay::read(word).ok_or("write a day as 2026-12-04, friday or tomorrow")
}
