//! `vault off`: back to plain files.

use std::path::PathBuf;

use super::common::{needs_vault, told_left, told_skipped};
use crate::commands::open::{self, UnlockFlags, say};
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::journal::{Store, StoreLock};

/// Turn everything back into plain files, or finish doing so
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(key: &UnlockFlags, world: &mut World<'_>, store: &Store) -> Result<Exit> {
    let is_elsewhere = store.turned_off_elsewhere().is_some();
    if !is_elsewhere {
        needs_vault(store)?;
    }
    let all = StoreLock::take(store)?;
    let (opened, passphrase) = open::unlock_to_go_on(world, store, key)?;
    let now = world.clock.now().timestamp();
    let time = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    let others = store.retire_copies(&all, &opened, &passphrase, &time)?;
    if is_elsewhere {
        store.forget()?;
        say(world, &format!("The vault is off here, too. {PLAIN}"));
        return Ok(told_others(world, &others, IN_THE_WAY));
    }
    let sealed = store.forms()?.sealed.all();
    let mut bar = world.work_bar("Decrypting", sealed, "file");
    let (tally, is_off) = store.open_all(&all, &opened, &time, &mut |done| bar.at(done))?;
    drop(bar);
    if !is_off {
        let plain = store.forms()?.plain;
        if plain.all() > 0 {
            let are = if plain.all() == 1 { "is" } else { "are" };
            say(
                world,
                &format!("{plain} {are} in plain text now, {FOR_ANYONE}"),
            );
        }
        say(world, NOT_YET);
        told_others(world, &others, MAY_OPEN);
        return Ok(told_left(world, &tally, "trust-coach vault off"));
    }
    let turned = tally.turned;
    say(
        world,
        &format!("The vault is off: {turned} decrypted. {PLAIN}"),
    );
    let file = store.old_identity_file(&time);
    say(world, &format!("{OLD_KEY}\n  {}", file.display()));
    let done = told_others(world, &others, IN_THE_WAY);
    if tally.failed.is_empty() {
        return Ok(done);
    }
    told_skipped(world, &tally);
    let aside = store.put_aside();
    if !aside.is_empty() {
        let paths = aside.iter().map(|path| format!("\n  {}", path.display()));
        let paths: String = paths.collect();
        say(world, &format!("{ASIDE}{paths}\n{GOOD_COPY}"));
    }
    Ok(Exit::Failed)
}

/// Names the keys beside it that aren't the vault's, or open with another passphrase.
fn told_others(world: &mut World<'_>, others: &[PathBuf], hint: &str) -> Exit {
    if others.is_empty() {
        return Exit::Done;
    }
    let paths = others.iter().map(|path| format!("\n  {}", path.display()));
    let paths: String = paths.collect();
    say(world, &format!("{OTHERS}{paths}\n{hint}"));
    Exit::Failed
}

// Texts for people.
const PLAIN: &str = "Anyone who uses this account can read what you saved, and what you save from now on, \
    including in windows that are already open.";
const FOR_ANYONE: &str = "for anyone who uses this account to read.";
const NOT_YET: &str = "The vault isn’t off yet. What you save is still encrypted.";
const OLD_KEY: &str = "\
The key is kept, protected by its passphrase, for encrypted copies elsewhere:";
const OTHERS: &str = "Beside your key there’s another vault’s, or a copy with another passphrase:";
const IN_THE_WAY: &str = "hint: nothing can be saved while it’s there; move it somewhere else";
const MAY_OPEN: &str = "\
hint: it may open what was skipped: swap the names of the two keys, and run `trust-coach vault off` again with its passphrase";
const ASIDE: &str =
    "What couldn’t be decrypted is in the quarantine folder now, encrypted as it was:";
const GOOD_COPY: &str = "\
hint: with a good copy where it was, `trust-coach doctor` gives the key its name back, and `trust-coach vault off` decrypts it";
