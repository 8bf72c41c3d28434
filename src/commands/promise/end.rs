//! `promise let-go`, `note` and `undo`: what is said about a promise as a whole.

use std::io::BufRead;

use super::common::{PromiseLedger, needs_passphrase};
use super::days::day;
use super::verdict::{NoteFile, speaker};
use super::words::day_words;
use crate::ask::{Ask, Input, Want};
use crate::commands::open::{UnlockFlags, say};
use crate::commands::text_file::{TextFile, refused, some_text};
use crate::dates::{Toward, TypedDay};
use crate::error::{Error, Exit, Result};
use crate::home::Home;
use crate::home::world::World;
use crate::ledger::{Fact, Statement};
use crate::session::short_id;
use crate::sessions::{QuestionOutcome, SingleQuestion};
use crate::text::inert;

/// Let a promise go, on purpose; no reason is needed
#[derive(Debug, clap::Args)]
pub(super) struct LetGo {
    /// `last`, or the first few of its eight characters; at a terminal you can choose one
    promise: Option<String>,
    /// The first day it no longer applies to; today when left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<TypedDay>,
    #[command(flatten)]
    note: NoteFile,
}

/// Add a remark to a promise
#[derive(Debug, clap::Args)]
pub(super) struct AddRemark {
    /// `last`, or the first few of its eight characters; at a terminal you can choose one
    promise: Option<String>,
    #[command(flatten)]
    text: TextFile,
}

/// Take back the last thing you said about a promise
#[derive(Debug, clap::Args)]
pub(super) struct Undo {
    /// `last`, or the first few of its eight characters; at a terminal you can choose one
    promise: Option<String>,
    /// Take back this one, by the name that `promise show --all` gives
    #[arg(long, value_name = "FACT")]
    fact: Option<String>,
    /// For what two of you agreed on: whose word, as `a`, `b` or by name
    #[arg(long, value_name = "WHO", conflicts_with = "fact")]
    by: Option<String>,
}

/// Lets one go.
pub(super) fn let_go(
    args: &LetGo,
    world: &mut World<'_>,
    key: &UnlockFlags,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    let ledger = PromiseLedger::to_write(world, key)?;
    let Some(id) = ledger.chosen(world, args.promise.as_deref())? else {
        return Ok(Exit::Done);
    };
    let today = ledger.today;
    let since = args
        .since
        .map_or(today, |day| day.on(today, Toward::Coming));
    let fact = Fact {
        note: args.note.read(input)?,
        ..ledger.fact(&id, Statement::LetGo { since })
    };
    ledger.save(vec![fact])?;
    let short = short_id(&id);
    let when = if since == today {
        String::new()
    } else {
        format!(" from {} on", day_words(since, today))
    };
    say(
        world,
        &format!("Let go: {short}{when}. What you said about it stays."),
    );
    Ok(Exit::Done)
}

/// Adds a remark.
pub(super) fn note(
    args: &AddRemark,
    world: &mut World<'_>,
    key: &UnlockFlags,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    let ledger = PromiseLedger::to_write(world, key)?;
    let Some(id) = ledger.chosen(world, args.promise.as_deref())? else {
        return Ok(Exit::Done);
    };
    let text = match args.text.read(world, input, "a remark")? {
        Some(text) => {
            some_text(&Input::Words(text)).map_err(|reason| refused("the remark", &reason))?
        }
        None => {
            let home = Home::with(ledger.store().clone(), world);
            let go_on = format!(
                "Nothing was added. To start again: trust-coach promise note {}",
                short_id(&id)
            );
            let mut screen = SingleQuestion::open(world, &home, false, go_on)?;
            match screen.ask(&home, &Ask::own("note", WHAT, Want::Text), some_text)? {
                QuestionOutcome::Given(text) => {
                    screen.finish();
                    text
                }
                QuestionOutcome::Nothing => {
                    screen.finish();
                    world.tell("Nothing was added.\n");
                    return Ok(Exit::Done);
                }
                other => return screen.part(world, &other),
            }
        }
    };
    let fact = Fact {
        note: Some(text),
        ..ledger.fact(&id, Statement::Noted)
    };
    ledger.save(vec![fact])?;
    say(world, &format!("Added to {}.", short_id(&id)));
    Ok(Exit::Done)
}

/// Takes something back. It stays readable.
pub(super) fn undo(args: &Undo, world: &mut World<'_>, key: &UnlockFlags) -> Result<Exit> {
    let ledger = match &args.fact {
        // A fact that is named need not be read.
        Some(_) => PromiseLedger::to_write(world, key)?,
        None => PromiseLedger::to_read(world, key)?,
    };
    let Some(id) = ledger.chosen(world, args.promise.as_deref())? else {
        return Ok(Exit::Done);
    };
    let promise = ledger.promise(&id);
    let taken = match (&args.fact, promise) {
        (Some(name), None) => named_fact(&ledger, name)?,
        (Some(name), Some(promise)) => {
            let typed = name.trim().to_lowercase();
            let mut facts = promise.facts.iter().filter(|fact| can_be_taken(fact));
            let found = facts.find(|fact| fact.id == typed || short_id(&fact.id) == typed);
            let none = || {
                let short = short_id(&id);
                let error = Error::usage(format!("nothing said about {short} is called {name}"));
                error.hint(format!(
                    "`trust-coach promise show {short} --all` shows names"
                ))
            };
            found.ok_or_else(none)?.id.clone()
        }
        (None, Some(promise)) => {
            // Of a promise of two, each takes back only their own.
            let who = speaker(&ledger, &id, args.by.as_deref(), world)?;
            let is_theirs =
                |fact: &&Fact| can_be_taken(fact) && (fact.by.is_none() || fact.by == who);
            let newest = promise.facts.iter().rfind(is_theirs);
            let none = || {
                let short = short_id(&id);
                let error = Error::usage(format!("nothing was said about {short} yet"));
                error.hint(format!(
                    "`trust-coach promise delete {short}` removes the promise"
                ))
            };
            newest.ok_or_else(none)?.id.clone()
        }
        (None, None) => return Err(needs_passphrase("what was said last")),
    };
    let fact = promise.and_then(|promise| promise.facts.iter().find(|fact| fact.id == taken));
    let what = fact.map_or(String::new(), |fact| {
        let on = fact
            .day()
            .map(|on| format!(" for {}", day_words(on, ledger.today)));
        let two = promise.and_then(|promise| promise.terms().partners.as_ref());
        let whose = two
            .zip(fact.by)
            .map(|(two, by)| format!("what {} said, ", inert(two.name(by))));
        let (whose, on) = (whose.unwrap_or_default(), on.unwrap_or_default());
        format!(": {whose}“{}”{on}", fact.statement.name())
    });
    ledger.save(vec![ledger.fact(&id, Statement::TakenBack(taken))])?;
    say(world, &format!("Taken back{what}."));
    Ok(Exit::Done)
}

/// The full name of a fact, from names of files alone.
fn named_fact(ledger: &PromiseLedger, name: &str) -> Result<String> {
    Ok(ledger.store().facts().find(name, ledger.now())?)
}

/// What made a promise can’t be taken back, and neither can a taking back.
fn can_be_taken(fact: &Fact) -> bool {
    !matches!(fact.statement, Statement::Made(_) | Statement::TakenBack(_))
}

// Texts for people.
const WHAT: &str = "What would you like to add? What was said before stays as it is.";
