//! `due`: what is to be looked at, for a person, a prompt of a shell, and cron. Never asks.

use std::cmp::Ordering;

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::open::{self, UnlockFlags, set};
use super::promise::common::PromiseLedger;
use super::promise::words::{day_words, names_words};
use super::returns::AgreedReturn;
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::journal::{Store, Vault};
use crate::ledger::{DayFacts, DayState, FactId, OpenDays, Promise};
use crate::session::short_id;
use crate::text::{counted, counted_as, inert, json, width, wrap_indented};

/// Show which of your promises are due, and which days have no answer yet
///
/// It never asks for anything, so your shell’s prompt and cron can call it. With the vault on it says
/// nothing, unless your settings have `due-without-passphrase = true`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Also show what’s due in the next DAYS days
    #[arg(long, value_name = "DAYS", default_value_t = 0)]
    within: u16,
    /// End with exit code 6 when something is due
    #[arg(long)]
    exit_code: bool,
    /// Print nothing, and end with exit code 6 when something is due
    #[arg(long)]
    quiet: bool,
    /// Print only the number of days
    #[arg(long, conflicts_with_all = ["quiet", "short"])]
    count: bool,
    /// Print at most one short line, without words of yours; nothing when nothing is due
    #[arg(long, conflicts_with = "quiet")]
    short: bool,
    /// Print JSON, without what was promised
    #[arg(long, conflicts_with_all = ["quiet", "count", "short"])]
    json: bool,
}

/// A day that nobody has said anything of, and its promise.
type OpenDay<'d> = (Date, &'d FactId);

/// What is known of open days without asking.
struct DueState {
    days: OpenDays,
    /// The promises, where they can be read.
    promises: Option<Vec<Promise>>,
    /// Whether nothing is known, since the vault is closed.
    closed: bool,
    /// Whether everything that is there could be looked at.
    is_whole: bool,
    /// How many facts have come from elsewhere since somebody could read.
    unseen: usize,
}

/// Carries it out.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let today = world.today().date;
    let last = today.saturating_add(i64::from(args.within).days());
    let has_page = !(args.count || args.short || args.json || args.quiet);
    let returns = AgreedReturn::all(world, &open::to_write(world)?);
    let due = DueState::find(world, today, has_page)?;
    // That was told, and no number would be true.
    if !due.is_whole && !has_page {
        return Ok(Exit::Failed);
    }
    let days = due.days.until(last);
    if due.closed && world.terminal.stderr && !args.quiet {
        world.tell(CLOSED);
    }
    if has_page {
        for agreed in &returns {
            world.print(&set(&agreed.lines(today), world.terminal.columns))?;
        }
    }
    if args.json {
        let mut object = as_json(&due, &days, today);
        let returns = returns.iter();
        let returns = returns.map(|one| json!({ "session": one.session, "at": one.at }));
        object["returns"] = returns.collect();
        world.print(&json::pretty(&object))?;
    } else if args.count {
        if !due.closed {
            world.print(&format!("{}\n", days.len()))?;
        }
    } else if args.short {
        if !days.is_empty() {
            world.print(&format!("{} to look at\n", days.len()))?;
        }
    } else if let (true, Some(promises)) = (has_page, &due.promises) {
        let text = page(&days, promises, today, width(world.terminal.columns));
        world.print(&inert(&text))?;
    } else if has_page && !due.closed {
        world.print(&set(&due.without_words(days.len()), world.terminal.columns))?;
    }
    if !due.is_whole {
        return Ok(Exit::Failed);
    }
    let is_empty = days.is_empty() && returns.is_empty() && due.unseen == 0;
    if has_page && is_empty && !due.closed && world.terminal.stdout {
        world.tell(NOTHING);
    }
    let is_due = !days.is_empty() || returns.iter().any(|agreed| agreed.is_due);
    match (args.exit_code || args.quiet) && is_due {
        true => Ok(Exit::Found),
        false => Ok(Exit::Done),
    }
}

/// Returns on how many days nobody has said anything yet, as far as that is known without asking; nothing
/// where that couldn't be read, which was told.
pub(super) fn days_to_look_at(world: &mut World<'_>) -> Result<Option<usize>> {
    let today = world.today().date;
    let due = DueState::find(world, today, false)?;
    Ok(due.is_whole.then(|| due.days.until(today).len()))
}

impl DueState {
    fn find(world: &mut World<'_>, today: Date, with_words: bool) -> Result<Self> {
        let store = open::to_write(world)?;
        let nearby = store.vault_nearby()?;
        let noted = store.noted_days();
        let noted = noted.filter(|noted| noted.is_whole && nearby.is_none());
        let is_noted = noted.is_some();
        if let Some(noted) = noted.filter(|_| !with_words) {
            return Ok(Self {
                days: noted.days,
                promises: None,
                closed: false,
                is_whole: true,
                unseen: 0,
            });
        }
        if store.vault()? != Vault::Off {
            return Self::noted(world, &store);
        }
        let state = store.ledger_state();
        let ledger = PromiseLedger::to_write(world, &UnlockFlags::default())?;
        let is_whole = ledger.is_whole;
        let promises = ledger.into_all();
        let days = OpenDays::of(&promises, today);
        let count = store.facts().newest().count();
        if count > 0 && !is_noted && is_whole {
            // Where it cannot be noted, it is found out again the next time.
            let _ = store.note_days(&days, &DayFacts::default(), count, &state);
        }
        Ok(Self {
            days,
            promises: Some(promises),
            closed: false,
            is_whole,
            unseen: 0,
        })
    }

    /// What was noted for a closed vault, where that is allowed.
    fn noted(world: &mut World<'_>, store: &Store) -> Result<Self> {
        let may_know = world.config.settings.due_without_passphrase();
        let noted = match may_know {
            true => store.noted_days(),
            false => {
                store.forget_days()?;
                None
            }
        };
        let is_unknown = may_know && noted.is_none() && store.facts().newest().next().is_some();
        if is_unknown {
            world.tell(NOT_NOTED);
        }
        Ok(Self {
            promises: None,
            closed: noted.is_none(),
            is_whole: !is_unknown,
            unseen: noted.as_ref().map_or(0, |noted| store.unseen_facts(noted)),
            days: noted.unwrap_or_default().days,
        })
    }

    /// How many days are open, for a person whose vault is closed.
    fn without_words(&self, count: usize) -> String {
        let mut lines = Vec::new();
        if count > 0 {
            let days = counted(count, "day");
            lines.push(format!(
                "{days} to look at. Read them: trust-coach promise look"
            ));
        }
        if self.unseen > 0 {
            let facts = counted_as(self.unseen, "fact has", "facts have");
            lines.push(format!(
                "{facts} come from elsewhere, and none of that is counted here."
            ));
        }
        lines.join("\n")
    }
}

fn as_json(due: &DueState, days: &[OpenDay<'_>], today: Date) -> Value {
    let state = |on: Date| match on.cmp(&today) {
        Ordering::Less => DayState::Unanswered,
        Ordering::Equal => DayState::Today,
        Ordering::Greater => DayState::Ahead,
    };
    let listed = days
        .iter()
        .map(|(on, of)| json!({ "promise": of, "on": on.to_string(), "state": state(*on).name() }));
    json!({
        "format": "1.0",
        "today": today.to_string(),
        "closed": due.closed,
        "unseen": due.unseen,
        "count": days.len(),
        "due": listed.collect::<Vec<_>>(),
    })
}

/// What is due today, what comes, and what has no answer yet.
fn page(days: &[OpenDay<'_>], promises: &[Promise], today: Date, width: usize) -> String {
    let mut lines = Vec::new();
    let (past, coming): (Vec<OpenDay<'_>>, Vec<_>) =
        days.iter().copied().partition(|(on, _)| *on < today);
    let what = |on: Date, of: &FactId| {
        let promise = promises.iter().find(|promise| promise.id == *of);
        let terms = promise.map(|promise| promise.terms_on(on));
        terms.map_or_else(String::new, |terms| {
            let what = terms.what.lines().next().unwrap_or_default();
            match &terms.partners {
                Some(two) => format!("{}: {what}", names_words(two)),
                None => what.to_string(),
            }
        })
    };
    for same in coming.chunk_by(|(one, _), (other, _)| one == other) {
        lines.push(heading(same[0].0, today));
        for (on, of) in same {
            let first = format!("  {}  ", short_id(of));
            lines.extend(wrap_indented(&what(*on, of), width, &first, "    "));
        }
    }
    let mut past = past;
    past.sort_by_key(|(on, of)| (*of, *on));
    if !past.is_empty() {
        lines.push(String::from("No answer yet"));
    }
    for same in past.chunk_by(|(_, one), (_, other)| one == other) {
        let short = short_id(same[0].1);
        let said = match same {
            [.., last] if same.len() > LISTED => {
                let days = counted(same.len(), "day");
                let last = day_words(last.0, today);
                vec![format!("{days}, the last on {last}")]
            }
            few => few.iter().map(|(on, _)| day_words(*on, today)).collect(),
        };
        let mut first = format!("  {short}  ");
        // Where it isn't due again, its words don't stand above.
        if !coming.iter().any(|(_, of)| *of == same[0].1) {
            let what = what(same[0].0, same[0].1);
            lines.extend(wrap_indented(&what, width, &first, "    "));
            first = String::from("    ");
        }
        let lines_of = |words: &String| wrap_indented(words, width, &first, "    ");
        lines.extend(said.iter().flat_map(lines_of));
    }
    if days.iter().any(|(on, _)| *on <= today) {
        lines.push(String::new());
        lines.push(String::from(LOOK));
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// `Today, Friday 27 November`, `Tomorrow`, or the day.
fn heading(day: Date, today: Date) -> String {
    let words = day_words(day, today);
    match day == today {
        true => format!("Today, {words}"),
        false if today.tomorrow().is_ok_and(|tomorrow| day == tomorrow) => {
            format!("Tomorrow, {words}")
        }
        false => words,
    }
}

/// More days of one promise than this are told in one line.
const LISTED: usize = 3;

// Texts for people.
const LOOK: &str = "Look at them: trust-coach promise look";
const NOTHING: &str = "Nothing is due.\n";
const NOT_NOTED: &str = "What’s due isn’t known on this machine until the vault is opened here once: trust-coach promise list\n";
const CLOSED: &str =
    "The vault is on, so `due` shows nothing. To see what’s due: trust-coach promise list\n";
