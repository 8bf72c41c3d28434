//! `promise change`: one day is moved in time, or the promise is another one from a day on.

use std::io::BufRead;
use std::path::PathBuf;

use super::add::{rule, words};
use super::common::PromiseLedger;
use super::days::day;
use super::soft::soft_line_of;
use super::words::day_words;
use crate::commands::open::{UnlockFlags, say};
use crate::commands::text_file::text_in;
use crate::dates::{self, Toward, TypedDay};
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::ledger::{Fact, FactId, Promise, PromiseChange, Statement};
use crate::session::{Moment, short_id};

/// Move one day in time, or change the promise itself
///
/// On the day you made it, a change simply replaces what was there. After that it applies from a day
/// onwards, and earlier days keep the old words.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// `last`, or the first few of its eight characters; at a terminal you can choose one
    promise: Option<String>,
    /// The day to move
    #[arg(long, value_name = "DAY", value_parser = day, conflicts_with_all = ["since", "when", "what_file", "if_then_file", "to"])]
    on: Option<TypedDay>,
    /// Where to move it
    #[arg(long, value_name = "DAY", value_parser = day, requires = "on")]
    to_day: Option<TypedDay>,
    /// Move it nowhere: it’s dropped
    #[arg(long, requires = "on", conflicts_with = "to_day")]
    drop: bool,
    /// When you told them, if that wasn’t just now: yesterday, "2026-11-26 18:00"
    #[arg(long, value_name = "MOMENT", requires = "on")]
    told: Option<String>,
    /// The first day that the change applies to
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<TypedDay>,
    /// Other days: "weekdays until friday", "each sunday"
    #[arg(long, value_name = "WHEN")]
    when: Option<String>,
    /// The new days go on without an end
    #[arg(long, requires = "when")]
    no_end: bool,
    /// Other words, from a file; `-` is standard input
    #[arg(long, value_name = "FILE")]
    what_file: Option<PathBuf>,
    /// Something else sets it off, from a file
    #[arg(long, value_name = "FILE")]
    if_then_file: Option<PathBuf>,
    /// To somebody else
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
}

pub(super) fn run(
    args: &Args,
    world: &mut World<'_>,
    key: &UnlockFlags,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    let ledger = PromiseLedger::to_write(world, key)?;
    let Some(id) = ledger.chosen(world, args.promise.as_deref())? else {
        return Ok(Exit::Done);
    };
    let promise = ledger.promise(&id);
    let (fact, said) = match args.on {
        Some(on) => moved(args, &ledger, &id, promise, on, world)?,
        None => changed(args, &ledger, &id, promise, input)?,
    };
    let soft = fact.as_ref().and_then(soft_line_of_change);
    ledger.save(fact.into_iter().collect())?;
    say(world, &format!("Noted for {}: {said}.", short_id(&id)));
    if let Some(line) = soft {
        say(world, &format!("\n{line}"));
    }
    Ok(Exit::Done)
}

/// What is said of new words of a promise, as of those of a new one.
fn soft_line_of_change(fact: &Fact) -> Option<String> {
    match &fact.statement {
        Statement::Changed { change, .. } => {
            soft_line_of([change.what.as_ref(), change.if_then.as_ref()])
        }
        _ => None,
    }
}

/// One day goes to another, or nowhere.
fn moved(
    args: &Args,
    ledger: &PromiseLedger,
    id: &FactId,
    promise: Option<&Promise>,
    on: TypedDay,
    world: &World<'_>,
) -> Result<(Option<Fact>, String)> {
    let today = ledger.today;
    let on = on.on(today, Toward::Coming);
    let to_day = args.to_day.map(|day| day.on(today, Toward::Coming));
    if to_day.is_none() && !args.drop {
        let error = Error::usage("where does it go?");
        return Err(error.hint("--to-day DAY moves it, and --drop drops it"));
    }
    if let (Some(promise), Some(to)) = (promise, to_day)
        && !promise.days(to..=to, today).is_empty()
    {
        let error = Error::usage(format!(
            "{} is one of its days already",
            day_words(to, today)
        ));
        return Err(error.hint("move it to another day, or --drop it"));
    }
    let told = match &args.told {
        None => None,
        Some(words) => Some(dates::read(words, &world.today()).map_err(|_| {
            let error = Error::usage(format!("I can’t tell which day {words} means"));
            error.hint("write it as yesterday, or \"2026-11-26 18:00\"")
        })?),
    };
    let told_on = told.as_deref().and_then(|told| match told.parse() {
        Ok(moment) => Some(ledger.day_of(&moment)),
        Err(_) => told.parse().ok(),
    });
    if told_on.is_some_and(|told| told > today) {
        let error = Error::usage("you can’t have told them yet: --told is a day to come");
        return Err(error.hint("leave --told out when you’re telling them now"));
    }
    if let Some(to) = to_day.filter(|to| *to < told_on.unwrap_or(today)) {
        let error = Error::usage(format!("{} is over already", day_words(to, today)));
        return Err(error.hint("move it to a day to come, or --drop it"));
    }
    if told_on.unwrap_or(today) > on {
        let error = Error::usage("that was after the day");
        return Err(error
            .hint("`trust-coach promise missed` or `repaired` fits, and you can make a new one"));
    }
    let statement = Statement::Moved {
        on,
        to_day,
        told: told.map(Moment),
    };
    let said = match to_day {
        Some(to) => format!("{} goes to {}", day_words(on, today), day_words(to, today)),
        None => format!("{} is dropped", day_words(on, today)),
    };
    Ok((ledger.day_fact(id, on, statement, None)?, said))
}

/// The promise is another one from a day on.
fn changed(
    args: &Args,
    ledger: &PromiseLedger,
    id: &FactId,
    promise: Option<&Promise>,
    input: &mut dyn BufRead,
) -> Result<(Option<Fact>, String)> {
    let when = args.when.as_ref();
    let mut text = |what: &str, path: &Option<PathBuf>| match path {
        Some(path) => words(what, text_in(path, input)?).map(Some),
        None => Ok(None),
    };
    let change = PromiseChange {
        what: text("the promise", &args.what_file)?,
        if_then: text("what sets it off", &args.if_then_file)?,
        to: args
            .to
            .clone()
            .map(|to| words("the name", to))
            .transpose()?,
        rule: when
            .map(|when| rule(ledger, when, args.no_end))
            .transpose()?,
    };
    if change == PromiseChange::default() {
        let error = Error::usage("nothing is changed yet");
        return Err(error
            .hint("--on DAY with --to-day DAY or --drop moves one day")
            .hint("--when, --what-file, --if-then-file and --to change the promise"));
    }
    if promise.is_some_and(|promise| promise.terms().partners.is_some()) {
        let error = Error::usage("you both agreed on that, so one of you can’t change it");
        return Err(error
            .hint("--on DAY with --to-day DAY or --drop moves one day")
            .hint("`trust-coach promise let-go` ends it, and you can agree on something new"));
    }
    let today = ledger.today;
    let first = change.rule.as_ref().map(crate::ledger::DayRule::from);
    let is_fresh = promise.is_some_and(|promise| ledger.is_from_today(promise.made()));
    let since = match (args.since, promise) {
        (Some(since), _) => since.on(today, Toward::Coming),
        (None, Some(promise)) if is_fresh => {
            let from = promise.first_day();
            first.map_or(from, |first| first.min(from))
        }
        (None, _) => first.unwrap_or(today),
    };
    let said = match is_fresh && args.since.is_none() {
        true => String::from("mended"),
        false => format!("changed from {} on", day_words(since, today)),
    };
    let fact = ledger.fact(id, Statement::Changed { since, change });
    Ok((Some(fact), said))
}
