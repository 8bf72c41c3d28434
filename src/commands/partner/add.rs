//! `partner add`: a lasting key for what somebody closes.

use crate::commands::open::{UnlockFlags, say};
use crate::commands::vault::{good_name, new_passphrase};
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::journal::vault::seal::WORK;
use crate::journal::{Store, StoreLock};
use crate::session::Moment;
use crate::text::inert;

/// Make a lasting key for somebody
///
/// They sit at the keyboard alone and type a new passphrase, twice. Nobody can reset it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The name they type when an exercise for two begins
    name: String,
}

pub(super) fn run(
    args: &Args,
    key: &UnlockFlags,
    world: &mut World<'_>,
    store: &Store,
) -> Result<Exit> {
    let name = good_name(&args.name)?;
    if name.is_empty() {
        return Err(Error::usage("a name has at least one letter"));
    }
    refuse_twice(store, &name)?;
    if !key.is_given() {
        say(world, &format!("{}, {ALONE}", inert(&name)));
    }
    let passphrase = new_passphrase(world, key)?;
    let _all = StoreLock::take(store)?;
    // Somebody may have made it meanwhile.
    refuse_twice(store, &name)?;
    let now = Moment::new(&world.clock.now());
    let partner = store.add_partner(&name, &now, &passphrase, WORK)?;
    let file = store.partner_key_file(&partner.recipient);
    say(
        world,
        &format!(
            "What {name} closes is kept under that passphrase from now on. {NO_WAY_BACK}\n  {}",
            file.display()
        ),
    );
    Ok(Exit::Done)
}

fn refuse_twice(store: &Store, name: &str) -> Result<()> {
    let Some(there) = store.partner(name)? else {
        return Ok(());
    };
    let error = Error::usage(format!("{} has a key already", there.name));
    Err(error.hint("`trust-coach partner passphrase` changes its passphrase"))
}

// Texts for people.
const ALONE: &str = "\
alone at the keyboard, please. Your passphrase is asked for when the keyboard first comes to you in an exercise for two. If you forget it, nobody can open what you closed, including you.";
const NO_WAY_BACK: &str = "\
Nobody can reset it. Without this file it opens nothing, so keep a copy:";
