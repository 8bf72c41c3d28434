//! `partner passphrase`: another one.

use std::path::PathBuf;

use super::common::named;
use crate::commands::open::{UnlockFlags, say, until_right};
use crate::commands::vault::other_passphrase;
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::journal::vault::seal::WORK;
use crate::journal::{Store, StoreLock};
use crate::text::inert;

/// Change somebody’s passphrase
///
/// Asks them for their current passphrase, then twice for the new one. Older copies of the key, in
/// backups, still open with the old passphrase.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Who they are
    name: String,
    /// Read the new passphrase from the first line of this file
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,
}

pub(super) fn run(
    args: &Args,
    key: &UnlockFlags,
    world: &mut World<'_>,
    store: &Store,
) -> Result<Exit> {
    let partner = named(store, &args.name)?;
    let _all = StoreLock::take(store)?;
    let own = store.lasting_key(&partner);
    let question = format!("{}’s passphrase (not shown): ", inert(&partner.name));
    let (identity, old) = until_right(world, key, &question, &|passphrase| {
        store.unlock_own_key("", &own, passphrase)
    })?;
    let new = UnlockFlags::new(args.new_passphrase_file.clone(), None);
    let passphrase = other_passphrase(world, &new, &old)?;
    store.write_partner_key(&partner, &identity, &passphrase, WORK)?;
    say(world, CHANGED);
    Ok(Exit::Done)
}

// Texts for people.
const CHANGED: &str = "\
The passphrase is changed. Older copies of the key, in backups or git history, still open with the old one.";
