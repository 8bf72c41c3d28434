//! `history`: the newest sessions, from their heads alone.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use jiff::civil::Date;
use jiff::{ToSpan, Zoned};
use serde_json::{Value, json};

use super::{FORMAT, state_in_words};
use crate::error::{Error, Exit, Result};
use crate::exercise::Strategy;
use crate::journal::{Store, StoreError};
use crate::session::{Session, State};
use crate::view::json::pretty;
use crate::view::text::{columns, cut, first_words, inert};
use crate::world::World;

/// What narrows the list down.
#[derive(Debug, clap::Args)]
pub(super) struct Filter {
    /// Show at most this many; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Only those begun on or after this day, or in the last days: 2026-11-01, 14d
    #[arg(long, value_name = "DATE|DAYSd", value_parser = since)]
    since: Option<Since>,
    /// Only those that work on this
    #[arg(long, value_parser = strategies())]
    strategy: Option<Strategy>,
    /// Only those of this exercise
    #[arg(long, value_name = "EXERCISE")]
    exercise: Option<String>,
    /// Only those that stand like this
    #[arg(long, value_parser = states())]
    state: Option<State>,
    /// Print JSON, without what was written
    #[arg(long)]
    json: bool,
    /// Print the short names alone, one a line: for completion in a shell
    #[arg(long, hide = true, conflicts_with = "json")]
    ids: bool,
}

#[derive(Clone, Copy, Debug)]
enum Since {
    Day(Date),
    Days(u16),
}

pub(super) fn run(
    args: &Filter,
    world: &mut World<'_>,
    store: &Store,
    strategy: &dyn Fn(&str) -> Option<Strategy>,
) -> Result<Exit> {
    store.check()?;
    let since = match args.since {
        None => None,
        Some(Since::Day(day)) => Some(day),
        Some(Since::Days(days)) => Some(days_before(&world.clock.now(), days)),
    };
    let limit = if args.limit == 0 {
        usize::MAX
    } else {
        args.limit
    };
    let mut left_out = Vec::new();
    let heads = store
        .newest()
        .take_while(|id| since.is_none_or(|day| can_be_since(id.as_deref(), day)))
        .map(|id| store.read_head(&id?))
        .filter_map(|head| match head {
            Ok(head) => Some(head),
            Err(StoreError::Unsaved { .. }) => None,
            Err(error) => {
                left_out.push(error);
                None
            }
        })
        .filter(|head| args.lets_through(head, since, strategy))
        .take(limit)
        .collect::<Vec<_>>();
    if args.ids {
        let ids = heads.iter().map(|head| format!("{}\n", head.short_id()));
        return world.print(&ids.collect::<String>()).map(|()| Exit::Done);
    }
    if args.json {
        let sessions = heads.iter().map(|head| as_json(head, strategy));
        let list = json!({ "format": FORMAT, "sessions": sessions.collect::<Vec<_>>() });
        world.print(&pretty(&list))?;
    } else {
        let width = world.terminal.stdout.then_some(world.terminal.columns);
        let lines = heads.iter().map(|head| item(head, width));
        world.print(&lines.collect::<String>())?;
    }
    if heads.is_empty() && left_out.is_empty() {
        let nothing_yet = store.heads().next().is_none();
        world.tell(if nothing_yet { NOTHING_YET } else { NO_MATCH });
    }
    for error in left_out {
        world.tell(&told(error));
    }
    Ok(Exit::Done)
}

impl Filter {
    fn lets_through(
        &self,
        head: &Session,
        since: Option<Date>,
        strategy: &dyn Fn(&str) -> Option<Strategy>,
    ) -> bool {
        since.is_none_or(|day| head.started.day() >= day.to_string().as_str())
            && self.state.is_none_or(|state| head.state == state)
            && self.exercise.as_ref().is_none_or(|id| head.exercise == *id)
            && (self.strategy.is_none() || strategy(&head.exercise) == self.strategy)
    }
}

/// Whether a session with this name can have begun on `day` or later wherever it was. Names tell
/// the day in UTC, which is at most one off; so a list need not read what is older.
fn can_be_since(id: std::result::Result<&str, &StoreError>, day: Date) -> bool {
    let Ok(id) = id else { return true };
    let before = day.saturating_sub(1.day());
    id >= before.strftime("%Y%m%d").to_string().as_str()
}

fn days_before(now: &Zoned, days: u16) -> Date {
    now.date().saturating_sub(i64::from(days).days())
}

/// One session as people read it: a line, or two where the screen is narrow. Without a screen
/// nothing is cut.
fn item(head: &Session, width: Option<usize>) -> String {
    const NARROW: usize = 60;
    let facts = format!(
        "{}  {}  {:6}",
        inert(&head.started.minute()),
        head.short_id(),
        state_in_words(head.state)
    );
    match width {
        None => format!("{facts}  {}\n", first_words(&head.title, usize::MAX)),
        Some(width) if width < NARROW => format!(
            "{}\n  {}\n",
            cut(facts.trim_end(), width),
            first_words(&head.title, width.saturating_sub(2))
        ),
        Some(width) => {
            let rest = width.saturating_sub(columns(&facts) + 2);
            format!("{facts}  {}\n", first_words(&head.title, rest))
        }
    }
}

fn as_json(head: &Session, strategy: &dyn Fn(&str) -> Option<Strategy>) -> Value {
    json!({
        "id": head.id,
        "short": head.short_id(),
        "exercise": head.exercise,
        "strategy": strategy(&head.exercise).map(Strategy::id),
        "title": head.title,
        "state": head.state.name(),
        "started": head.started.0,
        "ended": head.ended.as_ref().map(|at| &at.0),
        "tags": head.tags,
    })
}

/// A file that is not in the list, and why.
fn told(error: StoreError) -> String {
    let error = Error::from(error);
    let causes = error.causes.iter().map(|cause| format!(": {cause}"));
    let hints = error.hints.iter().map(|hint| format!("hint: {hint}\n"));
    format!(
        "left out: {}{}\n{}",
        inert(&error.message),
        inert(&causes.collect::<String>()),
        inert(&hints.collect::<String>())
    )
}

fn since(typed: &str) -> std::result::Result<Since, String> {
    if let Some(Ok(days)) = typed.strip_suffix('d').map(str::parse) {
        return Ok(Since::Days(days));
    }
    let day = typed.parse::<Date>().map(Since::Day);
    day.map_err(|_| "write a day as 2026-11-01, or days back as 14d".to_string())
}

fn strategies() -> impl TypedValueParser<Value = Strategy> {
    PossibleValuesParser::new(Strategy::ALL.map(|(_, id)| id))
        .try_map(|id| Strategy::from_id(&id).ok_or("no such strategy"))
}

fn states() -> impl TypedValueParser<Value = State> {
    let values = State::ALL.map(|(state, name)| {
        let value = PossibleValue::new(state_in_words(state));
        if name == state_in_words(state) {
            value
        } else {
            value.alias(name)
        }
    });
    PossibleValuesParser::new(values).try_map(|word| {
        let mut all = State::ALL.into_iter();
        all.find(|(state, name)| *name == word || state_in_words(*state) == word)
            .map(|(state, _)| state)
            .ok_or("no such state")
    })
}

const NOTHING_YET: &str = "\
nothing done yet
hint: `trust-coach list` shows what there is to begin with
";

const NO_MATCH: &str = "\
no session is like that
hint: `trust-coach history --limit 0` shows all
";
