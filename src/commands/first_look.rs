//! The first look at a home that older versions wrote: for plain words beside a vault, and for drafts.

use std::io::BufRead;

use super::open::{self, say};
use crate::error::Result;
use crate::home::world::World;
use crate::journal::{Store, StoreLock, Vault};
use crate::sessions::drafts_left;
use crate::text::counted_as;

/// Looks once, where somebody is there to be told, and offers to mend what it finds.
pub(super) fn look(world: &mut World<'_>, input: &mut dyn BufRead) -> Result<()> {
    if !open::can_ask(world) {
        return Ok(());
    }
    let Ok(store) = open::to_write(world) else {
        return Ok(());
    };
    // A home that is new, or out of reach, has nothing to look at.
    if !store.is_to_be_looked_at() {
        return Ok(());
    }
    if store.vault().is_ok_and(|vault| vault != Vault::Off) {
        leftovers(world, &store, input)?;
    }
    drafts(world, &store);
    // A disk that can't be written to is told by whoever writes to it.
    let _ = store.was_looked_at();
    Ok(())
}

/// What saves that were cut off left in the open, and sessions that were never encrypted.
fn leftovers(world: &mut World<'_>, store: &Store, input: &mut dyn BufRead) -> Result<()> {
    let count = store.plain_leftovers().len();
    if count > 0 {
        let count = counted_as(count, "unfinished save is", "unfinished saves are");
        say(world, &format!("{count} {LEFTOVERS}"));
        if open::asker(world, input).confirm("Remove what was left behind?")? {
            // While another program changes many sessions they stay, and doctor goes on naming them.
            if let Ok(_all) = StoreLock::take(store) {
                store.sweep_leftovers();
            }
        }
    }
    let plain = store.forms().unwrap_or_default().plain.all();
    if plain > store.plain_leftovers().len() {
        say(world, PLAIN);
    }
    Ok(())
}

fn drafts(world: &mut World<'_>, store: &Store) {
    let left = drafts_left(store);
    if left.is_empty() {
        return;
    }
    let mut text = String::from(DRAFTS);
    for path in left {
        text.push_str(&format!("\n  {}", path.display()));
    }
    say(world, &text);
}

// Texts for people.
const LEFTOVERS: &str = "\
beside your encrypted sessions, in plain text. Whatever you were told was saved is in your sessions too.";
const PLAIN: &str = "\
Some of what you wrote isn’t encrypted, though the vault is on. `trust-coach vault on` encrypts it.";
const DRAFTS: &str = "\
These texts were open in an editor when the program ended. Read them, copy what you want to keep, \
then delete them:";
