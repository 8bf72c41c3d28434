//! `due`: what is to be looked at, for a person, a prompt of a shell, and cron. Never asks.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;

use super::open::UnlockFlags;
use super::promise::common::PromiseLedger;
use super::promise::words::{counted, day_words, state_name};
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::ledger::{DayState, Promise};
use crate::session::short_id;
use crate::text::{inert, json, width, wrap_indented};

/// Show which of your promises are due, and which days have no answer yet
///
/// It never asks for anything, so a shell's prompt and cron can call it. With the vault on it says
/// nothing.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Also days to come, so many days ahead
    #[arg(long, value_name = "DAYS", default_value_t = 0)]
    within: u16,
    /// End with exit code 6 when something is due
    #[arg(long)]
    exit_code: bool,
    /// Print nothing, and end with exit code 6 when something is due
    #[arg(long)]
    quiet: bool,
    /// Print the number of days alone
    #[arg(long, conflicts_with_all = ["quiet", "short"])]
    count: bool,
    /// Print at most one short line, without words of yours; nothing when nothing is due
    #[arg(long, conflicts_with = "quiet")]
    short: bool,
    /// Print JSON, without what was promised
    #[arg(long, conflicts_with_all = ["quiet", "count", "short"])]
    json: bool,
}

/// A day that is due.
pub(super) struct DueDay<'p> {
    promise: &'p Promise,
    on: Date,
    state: DayState,
}

/// Carries it out.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let ledger = PromiseLedger::to_write(world, &UnlockFlags::default())?;
    let days = due_days(ledger.all(), ledger.today, args.within);
    let closed = ledger.is_closed();
    if closed && world.terminal.stderr && !args.quiet {
        world.tell(CLOSED);
    }
    if args.json {
        let due = days.iter().map(|day| {
            json!({
                "promise": day.promise.id,
                "on": day.on.to_string(),
                "state": state_name(day.state),
            })
        });
        let all = json!({
            "format": "1.0",
            "today": ledger.today.to_string(),
            "closed": closed,
            "count": days.len(),
            "due": due.collect::<Vec<_>>(),
        });
        world.print(&json::pretty(&all))?;
    } else if args.count {
        if !closed {
            world.print(&format!("{}\n", days.len()))?;
        }
    } else if args.short {
        if !days.is_empty() {
            world.print(&format!("{} to look at\n", days.len()))?;
        }
    } else if !args.quiet {
        let text = page(&days, ledger.today, width(world.terminal.columns));
        world.print(&inert(&text))?;
    }
    match (args.exit_code || args.quiet) && !days.is_empty() {
        true => Ok(Exit::Found),
        false => Ok(Exit::Done),
    }
}

/// The days up to `within` days from today that nobody has said anything of, in order.
pub(super) fn due_days(promises: &[Promise], today: Date, within: u16) -> Vec<DueDay<'_>> {
    let last = today.saturating_add(i64::from(within).days());
    let mut due: Vec<DueDay<'_>> = promises
        .iter()
        .filter(|promise| promise.let_go().is_none())
        .flat_map(|promise| {
            let days = promise.days(promise.first_day().min(today)..=last, today);
            let open = days
                .into_iter()
                .filter(|day| day.is_open() || day.state == DayState::Ahead);
            open.map(move |day| DueDay {
                promise,
                on: day.on,
                state: day.state,
            })
        })
        .collect();
    due.sort_by_key(|day| day.on);
    due
}

/// What is due today, what comes, and what has no answer yet.
fn page(days: &[DueDay<'_>], today: Date, width: usize) -> String {
    let mut lines = Vec::new();
    let coming = days.iter().filter(|day| day.on >= today);
    let coming: Vec<&DueDay<'_>> = coming.collect();
    for same in coming.chunk_by(|one, other| one.on == other.on) {
        lines.push(heading(same[0].on, today));
        for day in same {
            let first = format!("  {}  ", short_id(&day.promise.id));
            let what = day.promise.terms_on(day.on).what.lines().next();
            lines.extend(wrap_indented(
                what.unwrap_or_default(),
                width,
                &first,
                "    ",
            ));
        }
    }
    let mut past: Vec<&DueDay<'_>> = days.iter().filter(|day| day.on < today).collect();
    past.sort_by_key(|day| (&day.promise.id, day.on));
    if !past.is_empty() {
        lines.push(String::from("No answer yet"));
    }
    for same in past.chunk_by(|one, other| one.promise.id == other.promise.id) {
        let short = short_id(&same[0].promise.id);
        match same {
            [.., last] if same.len() > LISTED => {
                let days = counted(same.len(), "day", "days");
                let last = day_words(last.on, today);
                lines.push(format!("  {short}  {days}, the last on {last}"));
            }
            few => lines.extend(
                few.iter()
                    .map(|day| format!("  {short}  {}", day_words(day.on, today))),
            ),
        }
    }
    if days.iter().any(|day| day.on <= today) {
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
const CLOSED: &str = "The vault is on, so nothing is shown here.\n";
