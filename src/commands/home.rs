//! `trust-coach` alone.

use super::list::THIRD_PARTY;
use super::open;
use crate::error::{Exit, Result};
use crate::exercise::ExerciseHead;
use crate::home::Home;
use crate::home::world::World;
use crate::session::{Session, SessionState};
use crate::text::{inert, width, wrap};

/// Says what this is, offers a paused session first, then three exercises.
pub(super) fn run(world: &mut World<'_>) -> Result<Exit> {
    let place = Home::with(open::to_write(world)?, world);
    let newest: Vec<Session> = place
        .store
        .sessions()
        .heads()
        .take(NEWEST)
        .flatten()
        .collect();
    let mut lines = vec![String::from(WHAT_IT_IS), String::new()];
    let paused =
        |it: &&Session| it.state == SessionState::Open && !place.store.is_open_elsewhere(&it.id);
    if let Some(paused) = newest.iter().find(paused) {
        lines.push(format!(
            "Paused on {}: {}",
            paused.started.minute(),
            paused.title
        ));
        lines.push(String::from("  trust-coach resume"));
        lines.push(String::new());
    }
    if newest.is_empty() && place.store.any_sealed() {
        lines.push(String::from(VAULT_IS_ON));
        lines.push(String::from("  trust-coach resume"));
        lines.push(String::new());
    }
    lines.push(String::from("To begin:"));
    for head in suggestions(&place, &newest) {
        lines.push(format!("  trust-coach exercise {}", head.id));
        let third_party = head
            .pack
            .map_or(String::new(), |_| format!(" ({THIRD_PARTY})"));
        lines.push(format!(
            "    {}, about {} minutes{third_party}",
            head.title, head.minutes
        ));
    }
    lines.push(String::from("All of them: trust-coach list"));
    lines.push(String::from("Help lines: trust-coach support"));
    let width = width(world.terminal.columns);
    world.print(&(wrap(&inert(&lines.join("\n")), width).join("\n") + "\n"))?;
    Ok(Exit::Done)
}

/// Three exercises that begin without safety questions and work on different things, those not
/// done lately first.
fn suggestions(place: &Home, newest: &[Session]) -> Vec<ExerciseHead> {
    let heads = place
        .library
        .heads()
        .into_iter()
        .filter_map(|entry| entry.head.ok());
    let mut heads: Vec<ExerciseHead> = heads.filter(|head| !head.gate).collect();
    let lately = |head: &ExerciseHead| {
        let done = newest
            .iter()
            .position(|session| session.exercise == head.id);
        done.map_or(0, |at| newest.len() - at)
    };
    heads.sort_by_key(lately);
    let mut three: Vec<ExerciseHead> = Vec::new();
    for head in heads {
        if three.len() < 3 && three.iter().all(|other| other.strategy != head.strategy) {
            three.push(head);
        }
    }
    three
}

/// How many sessions are looked at.
const NEWEST: usize = 50;

// Texts for people.
const WHAT_IT_IS: &str = "trust-coach helps you build trust, or build it again.\n\
    It asks, and you write. Only you can read what you write.\n\
    Nothing is sent anywhere.";
const VAULT_IS_ON: &str = "The vault is on. To go on with a paused session:";
