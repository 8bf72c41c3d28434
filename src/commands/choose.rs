//! What a command that isn’t told which one lets a person choose at their terminal.

use std::io;

use super::history::common::{minute_in_words, state_in_words};
use super::list::THIRD_PARTY;
use super::open;
use crate::error::{Error, Result};
use crate::exercise::ExerciseHead;
use crate::exercise::library::Library;
use crate::home::world::World;
use crate::journal::Store;
use crate::session::{Session, SessionId};

/// From how many columns on what an exercise works on has room in a list.
const WIDE: usize = 60;

/// How many sessions are offered.
pub(super) const NEWEST: usize = 20;

/// The exercise that is named, or else one that they choose; none where they choose none.
pub(super) fn exercise(
    world: &mut World<'_>,
    library: &Library,
    named: Option<&str>,
) -> Result<Option<String>> {
    if let Some(named) = named {
        return Ok(Some(named.to_string()));
    }
    if !open::can_ask(world) {
        return Err(no_exercise());
    }
    let heads = library.heads().into_iter();
    let mut heads: Vec<ExerciseHead> = heads.filter_map(|entry| entry.head.ok()).collect();
    heads.sort_by_key(|head| head.strategy);
    let wide = world.terminal.columns >= WIDE;
    let entries = heads.iter().map(|head| in_a_line(head, wide));
    let entries: Vec<String> = entries.collect();
    let chosen = open::asker(world, &mut io::stdin().lock()).choose(WHICH_EXERCISE, &entries)?;
    Ok(chosen.map(|at| heads.swap_remove(at).id))
}

/// That no exercise was named where nobody can be asked.
pub(super) fn no_exercise() -> Error {
    Error::usage("no exercise is named").hint("`trust-coach list` shows them all")
}

/// An exercise as an entry of a list, with what it works on where there's room.
fn in_a_line(head: &ExerciseHead, wide: bool) -> String {
    let third_party = head.pack.as_ref();
    let third_party = third_party.map_or(String::new(), |_| format!(" · {THIRD_PARTY}"));
    let strategy = if wide { head.strategy.id() } else { "" };
    let dot = if wide { " · " } else { "" };
    let (title, minutes) = (&head.title, head.minutes);
    format!("{title} · {minutes} min{dot}{strategy}{third_party}")
}

/// The session that is named, or else one of the newest that they choose; none where they choose
/// none.
pub(super) fn session(
    world: &mut World<'_>,
    store: &Store,
    named: Option<&str>,
) -> Result<Option<SessionId>> {
    match named {
        Some(named) => Ok(Some(store.sessions().find(named, &world.clock.now())?)),
        None => newest(world, store),
    }
}

/// The same, for what changes it: `last` must be clear.
pub(super) fn session_to_change(
    world: &mut World<'_>,
    store: &Store,
    named: Option<&str>,
) -> Result<Option<SessionId>> {
    let now = world.clock.now();
    match named {
        Some(named) => Ok(Some(store.sessions().find_to_change(named, &now)?)),
        None => newest(world, store),
    }
}

fn newest(world: &mut World<'_>, store: &Store) -> Result<Option<SessionId>> {
    if !open::can_ask(world) {
        let none = Error::usage("no session is named");
        return Err(none.hint("`last` is the newest; `trust-coach history` shows them all"));
    }
    let newest = store.sessions().heads().flatten().take(NEWEST).collect();
    one_of(world, newest)
}

/// The one of some sessions that they choose.
pub(super) fn one_of(world: &mut World<'_>, mut heads: Vec<Session>) -> Result<Option<SessionId>> {
    if heads.is_empty() {
        let none = Error::usage("there’s no session to choose from");
        return Err(none.hint("`trust-coach list` shows what you can start"));
    }
    let today = world.clock.now().date();
    let entry = |head: &Session| {
        let at = minute_in_words(&head.started.minute(), today);
        format!("{at} · {} · {}", head.title, state_in_words(head.state))
    };
    let entries: Vec<String> = heads.iter().map(entry).collect();
    let chosen = open::asker(world, &mut io::stdin().lock()).choose(WHICH_SESSION, &entries)?;
    Ok(chosen.map(|at| heads.swap_remove(at).id))
}

// Texts for people.
const WHICH_EXERCISE: &str = "Which exercise?";
const WHICH_SESSION: &str = "Which session?";
