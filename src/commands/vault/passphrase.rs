//! `vault passphrase`: another one.

use std::path::PathBuf;

use super::common::{needs_vault, other_passphrase};
use crate::commands::open::{self, UnlockFlags, say};
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::journal::vault::seal::WORK;
use crate::journal::{Store, StoreLock};

/// Change the passphrase
///
/// Asks for your current passphrase, then twice for the new one. Sessions stay as they are. Older
/// copies of the key, in backups, still open with the old passphrase.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Read the new passphrase from the first line of this file
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,
    /// Read the new passphrase from the first line of this open file descriptor
    #[arg(long, value_name = "N", conflicts_with = "new_passphrase_file")]
    new_passphrase_fd: Option<u32>,
}

pub(super) fn run(
    args: &Args,
    key: &UnlockFlags,
    world: &mut World<'_>,
    store: &Store,
) -> Result<Exit> {
    needs_vault(store)?;
    let all = StoreLock::take(store)?;
    let (opened, old) = open::unlock_to_change(world, store, key)?;
    let new = UnlockFlags::new(args.new_passphrase_file.clone(), args.new_passphrase_fd);
    let passphrase = other_passphrase(world, &new, &old)?;
    store.write_identity(&opened, &passphrase, WORK)?;
    let both = [&old, &passphrase];
    let still = store.renew_copies(&all, &opened, both, WORK);
    say(world, CHANGED);
    if still.is_empty() {
        return Ok(Exit::Done);
    }
    for path in still {
        say(
            world,
            &format!("still opens with the old one: {}", path.display()),
        );
    }
    say(world, REMOVE);
    Ok(Exit::Failed)
}

// Texts for people.
const CHANGED: &str = "\
Your passphrase is changed. Older copies of the key, in backups or git history, still open with the old one.";
const REMOVE: &str = "hint: remove what you don’t need; it opens everything";
