//! What several of the commands on the vault need.

use std::io::BufRead;

use crate::commands::open::{self, PassphrasePrompt, UnlockFlags, say};
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::journal::vault::seal::Passphrase;
use crate::journal::{ResealTally, Store, Vault};
use crate::session::short_id;

/// Makes sure that there is a vault.
pub(super) fn needs_vault(store: &Store) -> Result<()> {
    match store.vault()? {
        Vault::On | Vault::TurningOff => Ok(()),
        half @ Vault::TurningOn => Err(store.half_turned(half).into()),
        Vault::KeyMissing => Err(store.key_missing().into()),
        Vault::Off => {
            Err(Error::usage("the vault is off").hint("`trust-coach vault on` turns it on"))
        }
    }
}

/// A new passphrase: what a script brings, or what the person types twice.
pub(crate) fn new_passphrase(world: &mut World<'_>, key: &UnlockFlags) -> Result<Passphrase> {
    if let Some(passphrase) = key.brought(world)? {
        return match passphrase.flaw() {
            Some(flaw) => Err(Error::usage(format!("the passphrase {flaw}"))),
            None => Ok(passphrase),
        };
    }
    let mut asker = PassphrasePrompt::default();
    say(world, ADVICE);
    loop {
        let passphrase = asker.typed(world, NEW)?;
        if let Some(flaw) = passphrase.flaw() {
            say(world, &format!("That {flaw}."));
        } else if passphrase.is(&asker.typed(world, AGAIN)?) {
            return Ok(passphrase);
        } else {
            say(world, OTHER);
        }
    }
}

/// A new passphrase that is another than the one before.
pub(crate) fn other_passphrase(
    world: &mut World<'_>,
    key: &UnlockFlags,
    before: &Passphrase,
) -> Result<Passphrase> {
    let passphrase = new_passphrase(world, key)?;
    match passphrase.is(before) {
        true => Err(Error::usage(THE_SAME)),
        false => Ok(passphrase),
    }
}

/// Asks the person at the terminal for a yes. A script that brings the passphrase has said it.
pub(super) fn needs_yes(
    key: &UnlockFlags,
    world: &mut World<'_>,
    question: &str,
    input: &mut dyn BufRead,
) -> Result<bool> {
    if key.is_given() {
        return Ok(true);
    }
    open::asker(world, input).confirm(question)
}

/// Says what was left as it was, and how to go on.
pub(super) fn told_left(world: &mut World<'_>, tally: &ResealTally, again: &str) -> Exit {
    told_skipped(world, tally);
    if tally.stopped {
        let turned = tally.turned;
        say(world, &format!("stopped after {turned}"));
        say(world, &format!("hint: run `{again}` again for the rest"));
        return Exit::Signal(2);
    }
    if tally.open.is_empty() && tally.failed.is_empty() {
        return Exit::Done;
    }
    say(
        world,
        &format!("hint: run `{again}` again once that’s fixed"),
    );
    Exit::Failed
}

/// Names what was left as it was, and why.
pub(super) fn told_skipped(world: &mut World<'_>, tally: &ResealTally) {
    for id in &tally.open {
        let id = short_id(id);
        say(
            world,
            &format!("skipped: session {id} is open in another window"),
        );
    }
    for error in &tally.failed {
        let error = Error::from(error.clone());
        let causes: String = error.causes.iter().map(|why| format!(": {why}")).collect();
        say(world, &format!("skipped: {}{causes}", error.message));
    }
}

// Texts for people.
const ADVICE: &str = "A passphrase has 8 characters or more. Four or more words are easy to remember and hard to guess.";
const NEW: &str = "New passphrase (not shown): ";
const AGAIN: &str = "The same passphrase again: ";
const OTHER: &str = "Those two weren’t the same. Please try again.";
const THE_SAME: &str = "that’s the passphrase there is already, so nothing was changed";
