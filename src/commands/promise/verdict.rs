//! `promise kept`, `part`, `missed` and `repaired`: what came of a day.

use std::io::{self, BufRead};
use std::path::PathBuf;

use jiff::civil::Date;
use serde_json::json;

use super::common::{PromiseLedger, all_wrong, needs_passphrase};
use super::days::PromiseDays;
use super::offer::after_missed;
use super::words::{day_words, state_words};
use crate::ask::Input;
use crate::commands::open::{UnlockFlags, asker, can_ask, say};
use crate::commands::text_file::{refused, some_text, text_in};
use crate::dates::Toward;
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::ledger::{DayState, Fact, FactId, Promise, Statement, Verdict};
use crate::session::{Partner, short_id};
use crate::text::{first_words, json};

/// Which days of which promises, and what else there is to say.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    days: PromiseDays,
    /// All its days up to today that have no answer yet
    #[arg(long)]
    every: bool,
    /// For a promise of so many times a week: how many times it was
    #[arg(long, value_name = "N")]
    times: Option<u8>,
    /// For what two of you agreed on: who’s answering, as `a`, `b` or by name
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
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
        let by = match speaker(&ledger, id, args.by.as_deref(), world) {
            Ok(by) => by,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        for day in days {
            let said = VerdictSaid {
                verdict,
                times: args.times,
                by,
            };
            match said.on(&ledger, id, *day) {
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
        let is_new = |day: &Date| {
            saved
                .iter()
                .any(|it| it.of == *id && it.day() == Some(*day))
        };
        let (new, old): (Vec<Date>, Vec<Date>) = days.iter().partition(|day| is_new(day));
        for (noted, days) in [("Noted", new), ("Noted already", old)] {
            if !days.is_empty() {
                let (short, days) = (short_id(id), ledger.days_words(&days));
                say(world, &format!("{noted} for {short}: {days}, {what}."));
            }
        }
    }
    if verdict == Verdict::Missed
        && let Some(fact) = saved.last()
    {
        after_missed(world, key, &fact.of)?;
    }
    Ok(Exit::Done)
}

/// What is said of each of the days.
struct VerdictSaid {
    verdict: Verdict,
    times: Option<u8>,
    by: Option<Partner>,
}

impl VerdictSaid {
    /// The answer for one day; nothing where just that was said already.
    fn on(&self, ledger: &PromiseLedger, id: &FactId, on: Date) -> Result<Option<Fact>> {
        let (verdict, times) = (self.verdict, self.times);
        if on > ledger.today {
            let when = day_words(on, ledger.today);
            return Err(Error::usage(format!("{when} is still to come")).hint(
                "before the day, you can only use `trust-coach promise change` and `promise skip`",
            ));
        }
        if let Some(promise) = ledger.promise(id) {
            check_times(promise, verdict, times, on)?;
        }
        ledger.day_fact(id, on, Statement::Verdict { verdict, on, times }, self.by)
    }
}

/// Who of two people says it: as they named themselves, or as they choose at their terminal. Nothing
/// of a promise of one. With the vault closed it is as they say.
pub(super) fn speaker(
    ledger: &PromiseLedger,
    id: &FactId,
    named: Option<&str>,
    world: &mut World<'_>,
) -> Result<Option<Partner>> {
    let letter = named.and_then(|name| Partner::from_id(&name.trim().to_lowercase()));
    let Some(promise) = ledger.promise(id) else {
        let unknown = named.filter(|_| letter.is_none());
        return match unknown {
            None => Ok(letter),
            Some(name) => Err(needs_passphrase(&format!("who {name} is"))),
        };
    };
    let Some(two) = &promise.terms().partners else {
        return match named {
            None => Ok(None),
            Some(_) => {
                let what = format!("{} is one person’s promise", short_id(id));
                Err(Error::usage(what).hint("leave --by out"))
            }
        };
    };
    let who = match named {
        Some(name) => two.meant(name),
        None if can_ask(world) => {
            let names = Partner::PAIR.map(|one| first_words(two.name(one), 20));
            let at = asker(world, &mut io::stdin().lock()).choose(WHO_SAYS, &names)?;
            at.and_then(|at| Partner::PAIR.get(at).copied())
        }
        None => None,
    };
    who.map(Some).ok_or_else(|| {
        let what = format!("two of you agreed on {}, so who’s answering?", short_id(id));
        let [a, b] = Partner::PAIR.map(|one| first_words(two.name(one), 20));
        Error::usage(what).hint(format!("--by a is {a}, and --by b is {b}"))
    })
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

// Texts for people.
const WHO_SAYS: &str = "Who’s answering?";
