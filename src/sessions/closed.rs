//! What is other with the vault on: earlier sessions stay closed, and nothing goes to the disk in
//! the open but where the person says so.

use std::path::{Path, PathBuf};

use super::Persistence;
use crate::exercise::{Asking, Exercise};
use crate::home::Home;
use crate::home::environment::variable;
use crate::home::world::World;
use crate::journal::{Store, Vault};
use crate::text::inert;

/// Whether what is saved is encrypted.
pub(super) fn seals(store: &Store) -> bool {
    // In doubt it is: then nothing is saved, and nothing lies around in the open either.
    store.vault().map_or(true, |vault| vault == Vault::On)
}

/// Whether there are earlier sessions that cannot be looked into here.
fn has_closed(store: &Store) -> bool {
    !store.has_key() && store.any_sealed()
}

/// What to say before an exercise that would look into earlier sessions.
pub(super) fn earlier(home: &Home, exercise: &Exercise) -> Option<&'static str> {
    let draws = |ask: &Asking| matches!(ask, Asking::Draw { .. });
    let mut references = exercise.outside_references();
    let looks = references.any(|reference| reference.exercise.is_some())
        || exercise.steps.iter().any(|step| draws(&step.ask));
    (looks && has_closed(&home.store)).then_some(EARLIER)
}

/// What to say where a paused session would be offered.
pub(super) fn paused(home: &Home) -> Option<&'static str> {
    has_closed(&home.store).then_some(PAUSED)
}

/// Where drafts go that an editor has open; none where they would lie on the disk in the open.
pub(super) fn drafts(home: &Home, persistence: Persistence, id: &str) -> Option<PathBuf> {
    let folder = match persistence {
        _ if seals(&home.store) => {
            let us = rustix::process::geteuid().as_raw();
            memory()?.join(format!("trust-coach-{us}")).join(id)
        }
        Persistence::Save | Persistence::DryRun => home.store.drafts(id),
        // What is not kept does not lie beside what is, not even while an editor has it.
        Persistence::Nothing => memory()
            .unwrap_or_else(std::env::temp_dir)
            .join(format!("trust-coach-{}", std::process::id())),
    };
    Some(folder)
}

/// A folder in memory, where the system has such: nothing in it goes to the disk, and all of it is
/// gone when the person logs out or the machine stops.
fn memory() -> Option<PathBuf> {
    let own = variable("XDG_RUNTIME_DIR").map(PathBuf::from);
    let folders = own.into_iter().chain([PathBuf::from("/dev/shm")]);
    folders.into_iter().find(|folder| folder.is_dir())
}

/// Says that a file the person named is not encrypted, where they may expect it.
pub(super) fn told_open(world: &mut World<'_>, home: &Home, path: &Path) {
    if seals(&home.store) {
        let text = format!("warning: {} is not encrypted\n", path.display());
        world.tell(&inert(&text));
    }
}

// Texts for people.
const EARLIER: &str = "The vault is on: your earlier answers are not looked at here.";
const PAUSED: &str = "The vault is on: a paused session is not looked for here.\n\
    `trust-coach resume` goes on with one.";
