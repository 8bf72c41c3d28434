//! `history`: the newest sessions, from their heads alone.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde_json::{Value, json};

use super::{FORMAT, state_in_words};
use crate::commands::scope::Scope;
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
    #[command(flatten)]
    scope: Scope,
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

pub(super) fn run(
    args: &Filter,
    world: &mut World<'_>,
    store: &Store,
    strategy: &dyn Fn(&str) -> Option<Strategy>,
) -> Result<Exit> {
    store.check()?;
    let within = args.scope.at(&world.clock.now());
    let limit = if args.limit == 0 {
        usize::MAX
    } else {
        args.limit
    };
    let mut left_out = Vec::new();
    let heads = within
        .names(store)
        .map(|id| store.read_head(&id?))
        .filter_map(|head| match head {
            Ok(head) => Some(head),
            Err(StoreError::Unsaved { .. }) => None,
            Err(error) => {
                left_out.push(error);
                None
            }
        })
        .filter(|head| args.state.is_none_or(|state| head.state == state))
        .filter(|head| within.lets_through(head, strategy))
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
