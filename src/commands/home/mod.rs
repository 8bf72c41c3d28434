//! `trust-coach` alone: a menu for somebody at a terminal, elsewhere a few lines.

mod menu;
mod reasons;

use super::list::THIRD_PARTY;
use super::plan::due::due_step;
use super::{due, exercise, history, next, open, plan, promise, resume};
use crate::error::{Exit, Result};
use crate::exercise::ExerciseHead;
use crate::home::Home;
use crate::home::settings::SettingKind;
use crate::home::world::World;
use crate::session::{Session, SessionState};
use crate::sessions::follow_unfollowed_promises;
use crate::text::{counted, inert, width, wrap};
use menu::{EarlierText, HomeWish};

/// Asks a person what they would like, and does it.
pub(super) fn run(world: &mut World<'_>) -> Result<Exit> {
    let place = Home::with(open::to_write(world)?, world);
    follow_unfollowed_promises(world, &place.store);
    let heads = place.store.sessions().heads();
    let newest: Vec<Session> = heads.take(NEWEST).flatten().collect();
    // Without a fact nothing is due, and it need not be found out which day it is: that takes long.
    let any_facts = place.store.facts().newest().next().is_some();
    let to_look_at = match any_facts {
        true => due::days_to_look_at(world)?,
        false => Some(0),
    };
    // What couldn't be read was told, and tells nothing of a plan either.
    let any_facts = any_facts && to_look_at.is_some();
    let to_look_at = to_look_at.filter(|days| *days > 0).map(|to_look_at| {
        let days = counted(to_look_at, "day");
        format!("{days} with no answer yet")
    });
    let step = match any_facts {
        true => due_step(world)?,
        false => None,
    };
    let step = step.map(|step| {
        let head = step.exercise.and_then(|id| place.library.head(&id).ok());
        head.map(|head| format!("{}, about {}", head.title, head.minutes_in_words()))
    });
    let asks = world.config.settings.value(SettingKind::Home) == Some(ASK);
    if !asks || !world.terminal.stdout || !open::can_ask(world) {
        let suggested = suggestions(&place, &newest);
        return print(world, &place, &newest, to_look_at, step, &suggested);
    }
    let suggested = for_any_day(&place, &newest);
    match menu::ask(world, &place, &newest, to_look_at, step, suggested.as_ref())? {
        Err(exit) => Ok(exit),
        Ok(HomeWish::Resume(id)) => resume::run(&resume::Args::of(id), world),
        Ok(HomeWish::Look) => promise::look(world),
        Ok(HomeWish::Plan) => next::go(world),
        Ok(HomeWish::StartPlan(id)) => plan::start(id, world),
        Ok(HomeWish::Begin(id)) => exercise::run(&exercise::Args::of(id), world),
        Ok(HomeWish::Today) => exercise::today(world),
        Ok(HomeWish::AnswerAgain(id)) => history::run(&history::Args::again(id), world),
        Ok(HomeWish::Written) => history::run(&history::Args::show(), world),
        Ok(HomeWish::Reasons | HomeWish::Support | HomeWish::Stop) => Ok(Exit::Done),
    }
}

/// Says what this is, offers a paused session first, then three exercises.
fn print(
    world: &mut World<'_>,
    place: &Home,
    newest: &[Session],
    to_look_at: Option<String>,
    step: Option<Option<String>>,
    suggested: &[ExerciseHead],
) -> Result<Exit> {
    let mut lines = vec![String::from(WHAT_IT_IS), String::new()];
    let paused =
        |it: &&Session| it.state == SessionState::Open && !place.store.is_open_elsewhere(&it.id);
    if let Some(paused) = newest.iter().find(paused) {
        let title = menu::open_title(world, place, paused);
        let title = title.map_or(String::new(), |title| format!(": {title}"));
        lines.push(format!("Paused on {}{title}", paused.started.minute()));
        lines.extend(menu::return_words(world, place, &paused.id));
        lines.push(String::from("  trust-coach resume"));
        lines.push(String::new());
    }
    if newest.is_empty() && place.store.any_sealed() {
        lines.push(String::from(VAULT_IS_ON));
        lines.push(String::from("  trust-coach resume"));
        lines.push(String::new());
    }
    if let Some(days) = to_look_at {
        lines.push(format!("To look at: {days}"));
        lines.push(String::from("  trust-coach promise look"));
        lines.push(String::new());
    }
    if let Some(step) = step {
        lines.push(match step {
            Some(step) => format!("Next in your plan: {step}"),
            None => String::from(UNNAMED_STEP),
        });
        lines.push(String::from("  trust-coach next --go"));
        lines.push(String::new());
    }
    if let Some(EarlierText { session, ago }) = menu::earlier_text(world, place) {
        let title = &session.title;
        lines.push(format!("You wrote “{title}” {ago}. {AGAIN}"));
        let short = session.short_id();
        lines.push(format!("  trust-coach history compare {short} --blind"));
        lines.push(String::new());
    }
    lines.push(String::from("To start:"));
    for head in suggested {
        lines.push(format!("  trust-coach exercise {}", head.id));
        let third_party = head
            .pack
            .as_ref()
            .map_or(String::new(), |_| format!(" ({THIRD_PARTY})"));
        lines.push(format!(
            "    {}, about {} minutes{third_party}",
            head.title, head.minutes
        ));
    }
    lines.push(String::from("All exercises: trust-coach list"));
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
    heads.sort_by_key(|head| lately(&head.id, newest));
    let mut three: Vec<ExerciseHead> = Vec::new();
    for head in heads {
        if three.len() < 3 && three.iter().all(|other| other.strategy != head.strategy) {
            three.push(head);
        }
    }
    three
}

/// What fits any day and anybody, also somebody who is afraid: Enter alone begins it. Of such exercises it’s
/// the one done longest ago, so that it tells nothing of what was written.
fn for_any_day(place: &Home, newest: &[Session]) -> Option<ExerciseHead> {
    let fits = reasons::any_day().into_iter();
    let id = fits.min_by_key(|id| lately(id, newest))?;
    place.library.head(&id).ok()
}

/// How lately an exercise was done: 0 where it wasn’t.
fn lately(id: &str, newest: &[Session]) -> usize {
    let done = newest.iter().position(|session| session.exercise == id);
    done.map_or(0, |at| newest.len() - at)
}

/// The setting with which the menu is shown.
const ASK: &str = "ask";

/// How many sessions are looked at.
const NEWEST: usize = 50;

// Texts for people.
const WHAT_IT_IS: &str = "trust-coach helps you build trust, or rebuild it.\n\
    It asks, and you write. What you write stays on this device.\n\
    Nothing is sent anywhere.";
const UNNAMED_STEP: &str = "Your plan has a next step";
const AGAIN: &str = "It can be answered again.";
const VAULT_IS_ON: &str = "The vault is on. To continue a paused session:";
