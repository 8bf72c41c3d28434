//! `partner remove`: without a lasting key from now on.

use std::io::BufRead;

use super::common::named;
use crate::commands::open::{self, say};
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::journal::{Store, StoreLock};
use crate::text::inert;

/// Remove somebody’s key for good
///
/// After that nobody can open what they closed under it, including them.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Who they are
    name: String,
    /// Their name once more, in place of being asked
    #[arg(long, value_name = "NAME")]
    confirm: Option<String>,
}

pub(super) fn run(
    args: &Args,
    world: &mut World<'_>,
    store: &Store,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    let partner = named(store, &args.name)?;
    let name = inert(&partner.name);
    let is_meant = match &args.confirm {
        Some(typed) => typed.trim() == partner.name,
        None if open::can_ask(world) => {
            say(
                world,
                &format!("What {name} closed {NOBODY_OPENS} Type {name} to remove it."),
            );
            open::asker(world, input).confirm_name("Name", &partner.name)?
        }
        None => {
            let what = format!("the key of {name} is removed only after asking");
            let hint = format!("--confirm {name} removes it without asking");
            return Err(Error::nobody_to_ask(what).hint(hint));
        }
    };
    if !is_meant {
        world.tell(&match &args.confirm {
            Some(_) => format!("Nothing was removed: the name is {name}.\n"),
            None => String::from("Nothing was removed.\n"),
        });
        return Ok(Exit::Failed);
    }
    let _all = StoreLock::take(store)?;
    store.remove_partner(&partner)?;
    say(world, &format!("The key of {name} is removed."));
    Ok(Exit::Done)
}

// Texts for people.
const NOBODY_OPENS: &str = "\
under this key can’t be opened by anybody after that, unless they have a copy of it and the passphrase.";
