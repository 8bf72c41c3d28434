//! `promise add`: a promise begins.

use std::io::BufRead;
use std::path::PathBuf;

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;

use super::ask::{PromiseDraft, complete};
use super::common::PromiseLedger;
use super::days::day;
use super::soft::soft_line_of;
use super::verdict::NoteFile;
use super::words::day_words;
use crate::ask::{Input, ProgressKeeper};
use crate::commands::agreed::household;
use crate::commands::open::{self, UnlockFlags, say};
use crate::commands::text_file::{refused, some_text, text_in};
use crate::dates::{DayPattern, MOST_DAYS, Toward, TypedDay};
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::ledger::{DayRule, Fact, PromiseTerms, Statement, TermsOrigin, WhenReading, read_when};
use crate::session::{AnswerId, Household, short_id};
use crate::sessions::runner::Saver;
use crate::sessions::somebody_is_there;
use crate::text::language::Language;
use crate::text::{counted, inert, json};

/// Follow a promise to its days
///
/// At a terminal it asks for what’s missing. What you write on the command line can be seen by
/// others on this machine, and your shell remembers it: leave WHAT out to be asked, or bring it with
/// --what-file.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What you’ll do, in one sentence. Others on this machine can see it here
    what: Option<String>,
    /// Take what you’ll do from a file; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "what")]
    what_file: Option<PathBuf>,
    /// Take the words of an answer you gave: SESSION/STEP, such as 9f3a/act
    #[arg(long, value_name = "SESSION/STEP", conflicts_with_all = ["what", "what_file"])]
    from: Option<String>,
    /// Who you’re promising it to; yourself when left out
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// Take from a file what sets it off, and what you’ll do then
    #[arg(long, value_name = "FILE")]
    if_then_file: Option<PathBuf>,
    /// When it’s due: "weekdays until friday", "each sunday", "once on friday", "3 times a week"
    #[arg(long, value_name = "WHEN")]
    when: Option<String>,
    /// It goes on without an end
    #[arg(long)]
    no_end: bool,
    /// Begin it even if that’s more than a year before what you noted last
    #[arg(long)]
    anyway: bool,
    /// The day on which you’ll look at it as a whole
    #[arg(long, value_name = "DAY", value_parser = day)]
    look: Option<TypedDay>,
    #[command(flatten)]
    note: NoteFile,
    /// The promise that came before this one
    #[arg(long, value_name = "PROMISE")]
    follows: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    args: &Args,
    world: &mut World<'_>,
    key: &UnlockFlags,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    let ledger = PromiseLedger::to_write(world, key)?;
    let origin = match &args.from {
        Some(from) => Some(copied(&ledger, from, &household(world, &[]))?),
        None => None,
    };
    let what = match (&args.what, &args.what_file, &origin) {
        (_, _, Some((_, words))) => Some(words.clone()),
        (Some(what), _, _) => Some(words("the promise", what.clone())?),
        (_, Some(path), _) => Some(words("the promise", text_in(path, input)?)?),
        _ => None,
    };
    let somebody = somebody_is_there(world);
    let when = args.when.as_ref();
    let no_end = args.no_end || somebody;
    let mut draft = PromiseDraft {
        what,
        to: args
            .to
            .clone()
            .map(|to| words("the name", to))
            .transpose()?,
        if_then: match &args.if_then_file {
            Some(path) => Some(words("what sets it off", text_in(path, input)?)?),
            None => None,
        },
        rule: when.map(|when| rule(&ledger, when, no_end)).transpose()?,
        no_end: args.no_end,
        look: args.look.map(|day| day.on(ledger.today, Toward::Coming)),
    };
    // What can be wrong on the command line is said before anybody types.
    let begins = draft.rule.as_ref().map(DayRule::from);
    if let Some((look, begins)) = draft
        .look
        .zip(begins)
        .filter(|(look, begins)| look < begins)
    {
        let look = day_words(look, ledger.today);
        let what = format!("--look is {look}, before the promise begins");
        let begins = day_words(begins, ledger.today);
        return Err(Error::usage(what).hint(format!("it begins on {begins}")));
    }
    let follows = args.follows.as_ref().map(|name| ledger.id(name));
    let follows = follows.transpose()?;
    let note = args.note.read(input)?;
    let has_end = |rule: &DayRule| args.no_end || rule.until().is_some();
    let is_whole = draft.what.is_some() && draft.rule.as_ref().is_some_and(has_end);
    let mut typed = None;
    if !is_whole && somebody {
        match complete(&mut draft, &ledger, world, key)? {
            Ok(words) => typed = Some(words),
            Err(exit) => return Ok(exit),
        }
    }
    let terms = PromiseTerms {
        what: draft
            .what
            .ok_or_else(|| missing("what you’ll do", "--what-file FILE"))?,
        to: draft.to,
        if_then: draft.if_then,
        rule: draft
            .rule
            .ok_or_else(|| missing("when it’s due", "--when \"weekdays until friday\""))?,
        look: draft.look,
        origin: origin.map(|(origin, _)| origin),
        follows,
        partners: None,
    };
    if !args.anyway && is_long_ago(&ledger, &terms.rule) {
        let day = terms.rule.from().strftime("%-d %B %Y");
        let begins = format!("begins on {day}, more than a year before what you noted last");
        if !somebody {
            let error = Error::usage(format!("it {begins}"));
            return Err(error.hint("is the clock right? --anyway means it"));
        }
        if !open::asker(world, input).confirm(&format!("It {begins}. {ANYWAY}"))? {
            let stopped = typed.and_then(|typed| typed.stopped());
            say(world, stopped.as_deref().unwrap_or("Nothing was saved."));
            return Ok(Exit::Failed);
        }
    }
    let fact = Fact {
        note,
        ..ledger.fact("", Statement::Made(terms.clone()))
    };
    let soft = soft_line_of([Some(&terms.what), terms.if_then.as_ref()]);
    let saved = ledger.save(vec![fact]).map_err(|error| match &typed {
        Some(typed) if typed.keeps() => error.hint(TYPED_IS_KEPT),
        _ => error,
    })?;
    typed.iter().for_each(|typed| typed.forget());
    for fact in saved {
        if args.json {
            let rule = terms.rule.words_with_start();
            let mut made = json!({ "format": "1.0", "promise": fact.id, "rule": rule });
            if soft.is_some() {
                made["support"] = true.into();
            }
            world.print(&json::pretty(&made))?;
        } else {
            say(world, &followed(&ledger, &terms.rule, &fact.id));
            if let Some(line) = &soft {
                say(world, &format!("\n{line}"));
            }
        }
    }
    Ok(Exit::Done)
}

/// Whether it begins so long before the newest fact that the clock may be wrong.
fn is_long_ago(ledger: &PromiseLedger, rule: &DayRule) -> bool {
    let newest = ledger.store().facts().newest().flatten().next();
    let noted = newest.and_then(|id| Date::strptime("%Y%m%d", id.get(..8)?).ok());
    noted.is_some_and(|noted| rule.from() < noted.saturating_sub(LONG.days()))
}

/// When it’s due, and where to look at it.
fn followed(ledger: &PromiseLedger, rule: &DayRule, id: &str) -> String {
    let today = ledger.today;
    let short = short_id(id);
    let days = match (rule.pattern(), rule.until()) {
        (DayPattern::Once, _) => String::new(),
        (DayPattern::TimesAWeek(times), Some(until)) => {
            // It's due once in each week, for all the times in it.
            match rule.days(rule.from()..=until).count() {
                MOST_DAYS => String::new(),
                weeks => format!(
                    ": {}, {} in all",
                    counted(weeks, "week"),
                    counted(weeks * usize::from(times), "time")
                ),
            }
        }
        (_, Some(until)) => match rule.days(rule.from()..=until).count() {
            MOST_DAYS => String::new(),
            days => format!(": {}", counted(days, "day")),
        },
        (_, None) => format!(", first on {}", day_words(rule.from(), today)),
    };
    let first = rule.days(rule.from()..=Date::MAX).next();
    let say = match first.filter(|day| *day > today) {
        None => String::from("Say how it went: "),
        Some(_) if rule.pattern() == DayPattern::Once => {
            String::from("On that day, say how it went:\n")
        }
        Some(day) => format!("From {} on, say how it went:\n", day_words(day, today)),
    };
    let last = match rule.pattern() {
        DayPattern::Once => Some(rule.from()),
        _ => rule.until(),
    };
    // Of one that is over no day is today.
    let how = match last.is_some_and(|day| day < today) {
        true => String::from("look"),
        false => format!("kept {short}"),
    };
    format!(
        "It’s due {}{days}.\nFollowed as {short}. {say}trust-coach promise {how}",
        rule.words_on(today, Language::English)
    )
}

/// Reads when it’s due. A script says itself that it has no end.
pub(super) fn rule(ledger: &PromiseLedger, when: &str, no_end: bool) -> Result<DayRule> {
    let reading = read_when(when, ledger.today, &ledger.zone()).map_err(|problem| {
        Error::usage(problem.says.trim_end_matches('.'))
            .hint(format!("you can type: {}", problem.example))
    })?;
    let rule = match reading {
        WhenReading::Rule(rule) => rule,
        WhenReading::MonthEnd { day, last, exact } => {
            let error = Error::usage(format!("not every month has day {day}"));
            let error = error.hint(format!("the last day of each month: {}", last.words()));
            return Err(error.hint(format!("only in months that have it: {}", exact.words())));
        }
    };
    if rule.until().is_some() || no_end {
        return Ok(rule);
    }
    let error = Error::usage("it has no end, and a promise without one is hard to keep");
    Err(error
        .hint("add one: until 2026-12-04, until friday, for 2 weeks")
        .hint("if it should go on for good, add --no-end"))
}

/// The words of an answer, and where they are from.
fn copied(
    ledger: &PromiseLedger,
    from: &str,
    household: &Household,
) -> Result<(TermsOrigin, String)> {
    let Some((session, step)) = from.split_once('/') else {
        let error = Error::usage(format!("{from} names no answer"));
        return Err(error.hint("name the session, then the step: 9f3a/act"));
    };
    let answer: AnswerId = step.parse().map_err(Error::usage)?;
    let sessions = ledger.store().sessions();
    let session = sessions.read(&sessions.find(session, ledger.now())?)?;
    let found = session
        .answer(&answer)
        .and_then(crate::session::Answer::words);
    let Some(text) = found else {
        let short = short_id(&session.id);
        let error = Error::usage(format!("there are no words in {step} of session {short}"));
        return Err(error.hint(format!(
            "`trust-coach history show {short}` shows what is there"
        )));
    };
    // Theirs would go out, and be found, as the person's own.
    if let Some(two) = session.partners()
        && let Some(by) = answer.by.filter(|by| household.is_guest(&two, *by))
    {
        let error = Error::usage(format!("{} wrote that", inert(two.name(by))));
        return Err(error.hint("leave --from out, and put your promise into words of your own"));
    }
    let origin = TermsOrigin {
        session: session.id.clone(),
        answer,
        exercise: Some(session.exercise.clone()),
    };
    Ok((origin, words("the answer", text)?))
}

/// Words as they are kept, and few enough for a file of their own.
pub(super) fn words(what: &str, text: String) -> Result<String> {
    let text = some_text(&Input::Words(text)).map_err(|reason| refused(what, &reason))?;
    if text.len() > MOST_BYTES {
        return Err(Error::usage(format!("{what} is too long"))
            .hint("a promise is one act, in one sentence or two"));
    }
    Ok(text)
}

fn missing(what: &str, flag: &str) -> Error {
    Error::nobody_to_ask(format!("{what} is needed")).hint(format!("give it with {flag}"))
}

/// More than this is no promise.
const MOST_BYTES: usize = 4000;

/// So many days before the newest fact are long ago.
const LONG: i64 = 400;

// Texts for people.
const TYPED_IS_KEPT: &str = "what you typed is kept; `trust-coach promise add` continues it";
const ANYWAY: &str = "Is that the day you mean?";
