//! The one way to the sessions: for commands that only write, and for those that read.

use std::io::{self, BufRead};

pub(super) use super::say::{say, set};
pub(super) use super::unlock_flags::UnlockFlags;
use super::{days_file, unread};
use crate::error::{Error, Exit, Result};
use crate::home::support::SupportSource;
use crate::home::world::World;
use crate::journal::vault::seal::{OpenError, Passphrase};
use crate::journal::{Mismatch, OWN, OpenVault, Reader, RecordCounts, Store, StoreError, Vault};
use crate::questions::{Asker, is_hidden_command};
use crate::session::short_id;
use crate::terminal::REPORTS_OFF;
use crate::terminal::secret::{SecretInput, SecretPrompt};
use crate::text::inert;

/// How often a passphrase is asked for at a terminal.
const TRIES: usize = 3;

/// The sessions, for a command that never asks for a passphrase: it lists, claims, saves, removes.
pub(super) fn to_write(world: &World<'_>) -> Result<Store> {
    let folders = world.folders()?;
    Ok(Store::new(folders.data, folders.state))
}

/// The sessions, for a command that reads what is in them. Asks for the passphrase where some are
/// sealed, once.
pub(super) fn to_read(world: &mut World<'_>, key: &UnlockFlags) -> Result<Store> {
    let store = to_write(world)?;
    if store.vault()? == Vault::Off || !store.any_sealed() {
        return unread::needs_names(world, &store).map(|()| store);
    }
    let (opened, _) = unlock(world, &store, key)?;
    let is_own = opened.beside.is_none() || store.is_own(&opened);
    let store = store.with_key(opened.identity);
    if is_own {
        // With another key none of the promises would be read.
        days_file::bring_up_to_date(world, &store);
    }
    Ok(store)
}

/// The sessions, for a list of so many of the newest. Where none of these is sealed and nothing else
/// tells of a vault, the names of all the others need no look.
pub(super) fn to_list(world: &mut World<'_>, key: &UnlockFlags, newest: usize) -> Result<Store> {
    let store = to_write(world)?;
    if store.vault_nearby()?.is_none() && !store.any_newest_sealed(newest) {
        return Ok(store);
    }
    to_read(world, key)
}

/// Opens the vault with the passphrase that is brought, or else asked for, and says who can read.
pub(super) fn unlock(
    world: &mut World<'_>,
    store: &Store,
    key: &UnlockFlags,
) -> Result<(OpenVault, Passphrase)> {
    store.needs_key()?;
    let (opened, passphrase) = until_right(world, key, PASSPHRASE, &|passphrase| {
        store.unlock(passphrase)
    })?;
    told(world, store, &opened);
    told_rest(world, store);
    Ok((opened, passphrase))
}

/// The same, for a command that changes something about the vault: with its own key alone.
pub(super) fn unlock_to_change(
    world: &mut World<'_>,
    store: &Store,
    key: &UnlockFlags,
) -> Result<(OpenVault, Passphrase)> {
    let opened = unlock_to_go_on(world, store, key)?;
    told_rest(world, store);
    Ok(opened)
}

/// The same, for a command that goes on with whatever isn't finished: that needs no word.
pub(super) fn unlock_to_go_on(
    world: &mut World<'_>,
    store: &Store,
    key: &UnlockFlags,
) -> Result<(OpenVault, Passphrase)> {
    store.needs_key()?;
    let open = &|passphrase: &Passphrase| store.unlock_to_change(passphrase);
    let (opened, passphrase) = until_right(world, key, PASSPHRASE, open)?;
    told(world, store, &opened);
    Ok((opened, passphrase))
}

/// Opens something with the passphrase that is brought, or else asked for as often as a person may try.
pub(super) fn until_right<T>(
    world: &mut World<'_>,
    key: &UnlockFlags,
    question: &str,
    open: &dyn Fn(&Passphrase) -> std::result::Result<T, StoreError>,
) -> Result<(T, Passphrase)> {
    let brought = key.brought(world)?;
    let mut asker = PassphrasePrompt::default();
    let mut tries = if brought.is_some() { 1 } else { TRIES };
    loop {
        let passphrase = match &brought {
            Some(passphrase) => passphrase.clone(),
            None => asker.typed(world, question)?,
        };
        tries -= 1;
        match open(&passphrase) {
            Ok(opened) => return Ok((opened, passphrase)),
            Err(StoreError::NotOpened {
                source: OpenError::WrongPassphrase,
                ..
            }) if tries > 0 => say(world, WRONG),
            Err(StoreError::NotOpened {
                source: OpenError::WrongPassphrase,
                ..
            }) => {
                let error = Error::failed("that isn’t the passphrase; nothing was changed");
                return Err(error.hint("check capital letters and spaces"));
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Asks the person at the terminal.
#[derive(Default)]
pub(super) struct PassphrasePrompt(Option<SecretPrompt>);

impl PassphrasePrompt {
    /// The words that are typed.
    pub(super) fn typed(&mut self, world: &mut World<'_>, question: &str) -> Result<Passphrase> {
        if !can_ask(world) {
            let error = Error::nobody_to_ask("the passphrase is needed");
            return Err(error.hint(BRING_IT));
        }
        let failed = |error| Error::failed("could not ask for the passphrase").because(&error);
        loop {
            let asking = match &mut self.0 {
                Some(asking) => asking,
                none => {
                    if !world.terminal.plain {
                        let _ = world.err.write_all(REPORTS_OFF.as_bytes());
                    }
                    none.insert(SecretPrompt::begin().map_err(failed)?)
                }
            };
            match asking.ask(question, world.err).map_err(failed)? {
                SecretInput::Words(words) if is_hidden_command(&words) => {
                    // What it asks for is read and answered at a terminal as it was.
                    self.0 = None;
                    asker(world, &mut io::empty()).fulfils(&words)?;
                }
                SecretInput::Words(words) => return Ok(Passphrase::new(words.to_string())),
                SecretInput::Refused(why) => say(world, why),
                SecretInput::Nothing => {
                    return Err(Error::new(Exit::InputNeeded, "no passphrase was given"));
                }
                SecretInput::Stopped => {
                    return Err(Error::new(Exit::Signal(2), "stopped; nothing was changed"));
                }
            }
        }
    }
}

/// Whether somebody is there whose keys can be read, and who sees what they are asked.
pub(super) fn can_ask(world: &World<'_>) -> bool {
    world.terminal.stdin && world.terminal.stderr
}

/// Whoever is at the terminal, to ask them.
pub(super) fn asker<'a>(world: &'a mut World<'_>, input: &'a mut dyn BufRead) -> Asker<'a> {
    let support = SupportSource::look(world);
    Asker {
        keys: world.terminal.keys,
        columns: world.terminal.columns,
        rows: world.terminal.rows,
        input,
        screen: &mut *world.err,
        support: Box::new(move |country| support.support().short_page(country)),
    }
}

/// Says how many can read, and what is not as it should be.
fn told(world: &mut World<'_>, store: &Store, opened: &OpenVault) {
    if let Some(path) = opened.beside.as_ref().filter(|_| !store.is_own(opened)) {
        // Its list is another vault's, too.
        return say(world, &format!("{OTHER_VAULT}\n  {}", path.display()));
    }
    let warned = store.mismatch(opened).map(|it| warning(world, store, &it));
    let open = match warned {
        // Who could read when the list was last put right may not be who can read now.
        Some(warning) => format!("The vault is open.\n{warning}"),
        None => format!("The vault is open. {}", who_can_read(&opened.readers)),
    };
    say(world, &open);
    let open = store.open_to_more(opened.readers.len());
    if let Some(newest) = open.first() {
        say(world, &open_to_others(open.len(), newest));
    }
}

/// Says what isn't finished, and how to go on with it.
fn told_rest(world: &mut World<'_>, store: &Store) {
    let plain = store.forms().unwrap_or_default().plain;
    let is_over = store.was_turned_off();
    if plain.all() > 0 && !is_over {
        say(world, &still_plain(plain));
    }
    if is_over && !store.kept_keys().is_empty() {
        say(world, CAME_LATE);
    } else if store.vault().is_ok_and(|vault| vault == Vault::TurningOff) {
        say(world, TURNING_OFF);
    } else if store.is_resealing().unwrap_or(false) {
        say(world, RESEALING);
    }
}

/// That somebody who is not in the list can read some sessions.
fn open_to_others(count: usize, newest: &str) -> String {
    let newest = short_id(newest);
    let which = if count == 1 {
        format!("session {newest}")
    } else {
        format!("{count} sessions (the newest is {newest})")
    };
    format!("warning: more people can read {which} than your list has\n{CLOSE}")
}

/// That words lie in the open beside the vault.
pub(super) fn still_plain(plain: RecordCounts) -> String {
    let are = if plain.all() == 1 {
        "isn’t"
    } else {
        "aren’t"
    };
    format!("{plain} {are} encrypted. `trust-coach vault on` encrypts the rest.")
}

/// How many can read, and who.
pub(super) fn who_can_read(readers: &[Reader]) -> String {
    let names: Vec<String> = readers.iter().map(name).collect();
    match names.as_slice() {
        [one] => format!("One person can read it: {one}."),
        names => format!("{} people can read it: {}.", names.len(), names.join(", ")),
    }
}

/// What somebody is called.
pub(super) fn called(reader: &Reader) -> String {
    match reader.name.as_str() {
        "" => reader.recipient.to_string(),
        name => inert(name).into_owned(),
    }
}

/// What somebody is called, and the key they read with, which is all there is where they have no name.
fn name_and_key(reader: &Reader) -> String {
    match reader.name.as_str() {
        "" => name(reader),
        _ => format!("{} {}", name(reader), reader.recipient),
    }
}

/// What somebody is called, with the day.
fn name(reader: &Reader) -> String {
    let name = called(reader);
    if name == OWN || reader.since.0.is_empty() {
        name
    } else {
        format!("{name} (since {})", inert(reader.since.day()))
    }
}

/// What a list in the open that differs means, and what to do.
fn warning(world: &World<'_>, store: &Store, mismatch: &Mismatch) -> String {
    let mut lines = vec![String::from(
        "warning: the list of who can read what you save isn’t the one you set",
    )];
    let changed = mismatch.changed.and_then(|at| {
        let at = jiff::Timestamp::try_from(at).ok()?;
        Some(at.to_zoned(world.clock.now().time_zone().clone()))
    });
    lines.push(match &changed {
        Some(at) => format!(
            "  the list was last changed on {}",
            at.strftime("%Y-%m-%d %H:%M")
        ),
        None => String::from("  the list is gone, so nothing can be saved"),
    });
    for reader in &mismatch.added {
        let who = name_and_key(reader);
        lines.push(format!("  can read, but you didn’t add them: {who}"));
    }
    for reader in &mismatch.missing {
        let who = name_and_key(reader);
        lines.push(format!("  can’t read, although you added them: {who}"));
    }
    if let Some(at) = mismatch.changed {
        let since = store.saved_since(at);
        let newest = since
            .first()
            .map(|id| format!("; the newest is {}", short_id(id)));
        lines.push(format!(
            "  sessions saved since then: {}{}",
            since.len(),
            newest.unwrap_or_default()
        ));
    }
    lines.push(String::from(
        "hint: `trust-coach vault recipients reset` puts your list back and encrypts those sessions again",
    ));
    lines.push(String::from(
        "hint: if that wasn’t you, somebody else can write to your files",
    ));
    lines.join("\n")
}

// Texts for people.
const PASSPHRASE: &str = "Passphrase (not shown): ";
pub(super) const BRING_IT: &str = "give it with --passphrase-file FILE or --passphrase-fd N";
const WRONG: &str = "That isn’t the passphrase. Nothing was changed; try again.";
const CLOSE: &str = "hint: `trust-coach vault recipients reset` encrypts everything again for your list alone\n\
    hint: if you didn’t add or remove anybody, somebody else can write to your files";
const OTHER_VAULT: &str =
    "That passphrase opens another vault’s key. Only what it opens can be read:";
const TURNING_OFF: &str =
    "Turning the vault off isn’t finished: `trust-coach vault off` continues.";
const CAME_LATE: &str = "Something encrypted came after you turned the vault off.\n\
    `trust-coach doctor` gives that key its name back.\n\
    `trust-coach vault off` then decrypts the rest.";
const RESEALING: &str =
    "Encrypting sessions again isn’t finished: `trust-coach vault on` continues.";
