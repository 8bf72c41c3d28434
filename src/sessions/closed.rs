//! What is other with the vault on: earlier sessions stay closed, and nothing goes to the disk in
//! the open but where the person says so.

use std::fs::File;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::Persistence;
use super::about::goes_over_promises;
use crate::error::{Error, Exit, Result};
use crate::exercise::{Asking, Exercise, Partner};
use crate::home::Home;
use crate::home::environment::variable;
use crate::home::world::World;
use crate::journal::{Store, Vault};
use crate::output::is_in_memory;
use crate::session::{Outcome, Session};
use crate::terminal::editor::{self, DraftPlace};
use crate::text::inert;

/// Whether what is saved is encrypted.
pub(super) fn seals(store: &Store) -> bool {
    // In doubt it is: then nothing is saved, and nothing lies around in the open either.
    store.vault().map_or(true, |vault| vault != Vault::Off)
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
    let looks = looks || goes_over_promises(exercise);
    (looks && has_closed(&home.store)).then_some(EARLIER)
}

/// Refuses to go on without whoever closed something under a passphrase of their own: nobody can type it
/// here, and the end would erase what both have closed.
pub(super) fn needs_no_passphrase(session: &Session) -> Result<()> {
    let Some(two) = session.partners() else {
        return Ok(());
    };
    let is_locked = |by: &Partner| {
        let mut theirs = session.answers.iter().filter(|it| it.by == Some(*by));
        session.own_key(*by).is_some() && theirs.any(|it| matches!(it.given, Outcome::Closed(_)))
    };
    let Some(by) = Partner::PAIR.into_iter().find(is_locked) else {
        return Ok(());
    };
    let name = inert(two.name(by)).into_owned();
    let error = Error::new(Exit::InputNeeded, NEEDS_PASSPHRASE.replace("{name}", &name));
    Err(error.hint("`trust-coach resume` asks for it; nothing was changed"))
}

/// What to say of the lasting keys of two people where nobody can type their passphrases.
pub(super) fn unused_keys(home: &Home, exercise: &Exercise, session: &Session) -> Option<String> {
    let two = session.partners().filter(|_| exercise.closes_anything())?;
    let names = Partner::PAIR.map(|partner| two.name(partner));
    let has_key = |name: &&str| matches!(home.store.partner(name), Ok(Some(_)));
    let names: Vec<&str> = names.into_iter().filter(has_key).collect();
    (!names.is_empty()).then(|| UNUSED_KEY.replace("{names}", &names.join(" and ")))
}

/// What to say when the list of who may read, or the key, is another one than was seen on this machine.
pub(super) fn other_readers(home: &Home) -> Option<&'static str> {
    let key = || home.store.key_has_changed().then_some(OTHER_KEY);
    let readers = home.store.list_has_changed().then_some(OTHER_READERS);
    readers.or_else(key)
}

/// What to say where the vault was turned off since somebody sat down, and something is saved.
pub(super) fn turned_off(
    home: &Home,
    persistence: Persistence,
    was_on: bool,
) -> Option<&'static str> {
    let saves = persistence == Persistence::Save;
    (saves && was_on && !seals(&home.store)).then_some(TURNED_OFF)
}

/// What to say where a paused session would be offered.
pub(super) fn paused(home: &Home) -> Option<&'static str> {
    has_closed(&home.store).then_some(PAUSED)
}

/// Where drafts go that an editor has open, as the vault stands then. Each has a new folder of its own
/// there.
pub(super) fn drafts(
    home: &Home,
    persistence: Persistence,
    id: &str,
) -> impl Fn() -> DraftPlace + Send + Sync + use<> {
    let (store, id) = (home.store.clone(), id.to_string());
    move || draft_place(&store, persistence, &id)
}

/// Where a draft goes now; nowhere where it would lie on the disk in the open.
pub(super) fn draft_place(store: &Store, persistence: Persistence, id: &str) -> DraftPlace {
    let may_note = persistence == Persistence::Save;
    let guarded = seals(store);
    let folder = match persistence {
        _ if guarded => memory(store, may_note),
        Persistence::Save | Persistence::DryRun => Some(store.drafts(id)),
        // What is not kept does not lie beside what is, not even while an editor has it.
        Persistence::Nothing => Some(memory(store, may_note).unwrap_or_else(std::env::temp_dir)),
    };
    DraftPlace { folder, guarded }
}

/// The texts that editors had open when the program ended, for sessions which are open in no program
/// now: beside the sessions, and in memory.
pub fn drafts_left(store: &Store) -> Vec<PathBuf> {
    let mut left = store.drafts_left();
    left.extend(drafts_in_memory(store));
    left
}

/// The texts that editors had open in memory when the program ended, wherever drafts were laid out in it.
pub fn drafts_in_memory(store: &Store) -> Vec<PathBuf> {
    let folders = memory_folders(store);
    let left = folders.iter().flat_map(|folder| editor::left_below(folder));
    left.collect()
}

/// Wherever in memory something was laid out.
pub(super) fn memory_folders(store: &Store) -> Vec<PathBuf> {
    let mut folders = store.draft_folders();
    folders.extend([login_folder(), PathBuf::from(SHARED)]);
    // Also where no draft is laid out, since older versions did.
    folders.extend(runtime_folder());
    folders.sort();
    folders.dedup();
    folders
}

/// A folder in memory, where the system has such: all of it is gone when the person logs out or the
/// machine stops. It is their own, or one in which nobody can touch what is another's. Whatever is left
/// there is found later: the folder is one that is always looked at or, where we `may_note` it, noted.
fn memory(store: &Store, may_note: bool) -> Option<PathBuf> {
    let is_found = |folder: &PathBuf| {
        *folder == login_folder() || may_note && store.remember_draft_folder(folder)
    };
    let own = runtime_folder().filter(|folder| is_memory(folder));
    own.filter(is_found).or_else(shared_memory)
}

/// The person's own folder for what runs, if nobody else can use it.
fn runtime_folder() -> Option<PathBuf> {
    let us = rustix::process::geteuid().as_raw();
    let folder = PathBuf::from(variable("XDG_RUNTIME_DIR")?);
    let found = folder.symlink_metadata();
    let is_own = found.is_ok_and(|it| it.is_dir() && it.uid() == us && it.mode() & 0o077 == 0);
    // A relative one would be another folder wherever the program is started.
    (is_own && folder.is_absolute()).then_some(folder)
}

/// Where that folder is on most systems.
fn login_folder() -> PathBuf {
    let us = rustix::process::geteuid().as_raw();
    PathBuf::from(format!("/run/user/{us}"))
}

fn shared_memory() -> Option<PathBuf> {
    let shared = PathBuf::from(SHARED);
    let found = shared.symlink_metadata();
    let safe = found.is_ok_and(|it| it.is_dir() && it.uid() == 0 && it.mode() & 0o1000 != 0);
    (safe && is_memory(&shared)).then_some(shared)
}

fn is_memory(folder: &Path) -> bool {
    File::open(folder).is_ok_and(|folder| is_in_memory(&folder))
}

const SHARED: &str = "/dev/shm";

/// Says that a file the person named is not encrypted, where they may expect it.
pub(super) fn told_open(world: &mut World<'_>, home: &Home, path: &Path) {
    if seals(&home.store) {
        let text = format!("warning: {} isn’t encrypted\n", path.display());
        world.tell(&inert(&text));
    }
}

// Texts for people.
const OTHER_READERS: &str = "The list of who can read what you save has changed since you last looked.\n\
    `trust-coach vault status` shows it.";
const OTHER_KEY: &str = "The file of your vault’s key has changed since you last typed your passphrase here.\n\
    `trust-coach history` shows whether it still opens.";
const TURNED_OFF: &str = "The vault was turned off in another window. What you write from here on is \
    saved in plain text.";
const NEEDS_PASSPHRASE: &str = "to continue, {name} has to type the passphrase under which they closed something, which \
    is possible only at a terminal";
const UNUSED_KEY: &str = "The passphrase of {names} can only be typed at a terminal, so what they keep closed here is \
    erased at the end.";
const EARLIER: &str = "The vault is on, so your earlier answers aren’t used here.";
const PAUSED: &str = "The vault is on, so paused sessions aren’t shown here.\n\
    `trust-coach resume` continues one.";
