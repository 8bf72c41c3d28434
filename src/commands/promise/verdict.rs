//! `promise kept`, `part`, `missed` and `repaired`: what came of a day.

use std::io::BufRead;
use std::path::PathBuf;

use jiff::civil::Date;
use serde_json::json;

use super::common::{PromiseLedger, all_wrong};
use super::days::PromiseDays;
use super::offer::after_missed;
use super::words::{day_words, state_words};
use crate::ask::Input;
use crate::commands::open::{UnlockFlags, say};
use crate::commands::text_file::{refused, some_text, text_in};
use crate::dates::Toward;
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::ledger::{DayState, Fact, FactId, Promise, Statement, Verdict};
use crate::session::short_id;
use crate::text::json;

/// Which days of which promises, and what else there is to say.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    days: PromiseDays,
    /// All its days up to today that have no answer yet
    #[arg(long)]
    every: bool,
    /// Where it is so many times a week: how many times it was
    #[arg(long, value_name = "N")]
    times: Option<u8>,
    #[command(flatten)]
    note: NoteFile,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A remark that nobody types. Not on the command line: others on the machine can see that.
#[derive(Debug, clap::Args)]
pub(super) struct NoteFile {
    /// Take a remark from a file; `-` is standard input
    #[arg(long, value_name = "FILE")]
    note_file: Option<PathBuf>,
}

impl NoteFile {
    /// Returns the remark, where a file was named.
    pub(super) fn read(&self, input: &mut dyn BufRead) -> Result<Option<String>> {
        let Some(path) = &self.note_file else {
            return Ok(None);
        };
        let text = Input::Words(text_in(path, input)?);
        let text = some_text(&text).map_err(|reason| refused("the note", &reason))?;
        Ok(Some(text))
    }
}

pub(super) fn run(
    verdict: Verdict,
    args: &Args,
    world: &mut World<'_>,
    key: &UnlockFlags,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    let ledger = PromiseLedger::to_write(world, key)?;
    let (chosen, mut problems) = args.days.read(world, &ledger, Toward::Past, args.every)?;
    let note = args.note.read(input)?;
    let mut facts = Vec::new();
    for (id, days) in &chosen {
        for day in days {
            match answer(&ledger, verdict, args.times, id, *day) {
                Ok(Some(fact)) => facts.push(Fact {
                    note: note.clone(),
                    ..fact
                }),
                Ok(None) if note.is_some() => problems.push(said_already(id, *day, &ledger)),
                Ok(None) => {}
                Err(problem) => problems.push(problem),
            }
        }
    }
    all_wrong(problems)?;
    let saved = ledger.save(facts)?;
    if args.json {
        world.print(&json::pretty(&saved_json(&saved)))?;
        return Ok(Exit::Done);
    }
    let (_, what) = state_words(DayState::Said(verdict));
    for (id, days) in &chosen {
        let is_new = saved.iter().any(|fact| fact.of == *id);
        let noted = if is_new { "Noted" } else { "Noted already" };
        let (short, days) = (short_id(id), ledger.days_words(days));
        say(world, &format!("{noted} for {short}: {days}, {what}."));
    }
    if verdict == Verdict::Missed
        && let Some(fact) = saved.last()
    {
        after_missed(world, key, &fact.of)?;
    }
    Ok(Exit::Done)
}

/// The answer for one day; nothing where just that was said already.
fn answer(
    ledger: &PromiseLedger,
    verdict: Verdict,
    times: Option<u8>,
    id: &FactId,
    on: Date,
) -> Result<Option<Fact>> {
    if on > ledger.today {
        let when = day_words(on, ledger.today);
        return Err(Error::usage(format!("{when} isn’t here yet")).hint(
            "before the day, you can only use `trust-coach promise change` and `promise skip`",
        ));
    }
    if let Some(promise) = ledger.promise(id) {
        check_times(promise, verdict, times, on)?;
    }
    ledger.day_fact(id, on, Statement::Verdict { verdict, on, times })
}

/// Makes sure that a number of times fits the promise and the verdict.
fn check_times(promise: &Promise, verdict: Verdict, times: Option<u8>, day: Date) -> Result<()> {
    let Some(times) = times else {
        return Ok(());
    };
    let Some(promised) = promise.terms_on(day).rule.times() else {
        let short = short_id(&promise.id);
        let error = Error::usage(format!("{short} isn’t a number of times a week"));
        return Err(error.hint("leave --times out"));
    };
    let fitting = Verdict::of_times(times, promised);
    if verdict == fitting || (verdict == Verdict::Repaired && times < promised) {
        return Ok(());
    }
    let name = fitting.name();
    Err(
        Error::usage(format!("{times} of {promised} times is “{name}”"))
            .hint(format!("`trust-coach promise {name}` says so")),
    )
}

fn said_already(id: &FactId, day: Date, ledger: &PromiseLedger) -> Error {
    let (short, day) = (short_id(id), day_words(day, ledger.today));
    Error::usage(format!("{day} of {short} already has that answer"))
        .hint("`trust-coach promise note` adds a remark")
}

/// What was saved, for programs.
pub(super) fn saved_json(saved: &[Fact]) -> serde_json::Value {
    let facts = saved.iter().map(|fact| {
        json!({
            "promise": fact.of,
            "fact": fact.id,
            "on": fact.day().map(|day| day.to_string()),
            "is": fact.statement.name(),
        })
    });
    json!({ "format": "1.0", "saved": facts.collect::<Vec<_>>() })
}
