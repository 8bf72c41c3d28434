//! `history delete`: removes one session for good.

use std::io::BufRead;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::common::tell_copies;
use crate::commands::open;
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::journal::{Store, StoreError};
use crate::session::{Moment, short_id};
use crate::text::{first_words, inert};

/// Remove a session for good, with everything written in it
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// `last`, or the first few of its eight characters
    session: String,
    /// Don’t ask
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(
    args: &Args,
    world: &mut World<'_>,
    store: &Store,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    let id = store
        .sessions()
        .find_to_change(&args.session, &world.clock.now())?;
    if !args.yes && !asked(world, store, &id, input)? {
        world.tell("Nothing was removed.\n");
        return Ok(Exit::Failed);
    }
    store.sessions().delete(&id)?;
    store.forget_partner_keys(&id);
    let path = store.sessions().path(&id);
    world.tell(&format!("Removed {}\n", inert(&path.to_string_lossy())));
    tell_copies(world, store, &id);
    Ok(Exit::Done)
}

/// Asks the person at the terminal; whether they want it gone.
fn asked(world: &mut World<'_>, store: &Store, id: &str, input: &mut dyn BufRead) -> Result<bool> {
    if !open::can_ask(world) {
        let what = format!("removing session {} needs a yes", short_id(id));
        return Err(Error::nobody_to_ask(what).hint("add --yes to remove it without asking"));
    }
    // It can be removed also when it cannot be read any more.
    let what = match store.sessions().read_head(id) {
        Ok(head) => {
            let title = first_words(&head.title, usize::MAX);
            format!("{title}, begun {}", inert(&head.started.minute()))
        }
        Err(StoreError::Sealed { .. }) => match begun(id, world) {
            Some(minute) => format!("an encrypted session, begun {minute}"),
            None => String::from("an encrypted session"),
        },
        Err(_) => String::from("a session that can’t be read"),
    };
    let path = store.sessions().path(id);
    world.tell(&format!(
        "This removes one session for good: {what}.\nIts file is {}\n\
         Type {} to remove it, or press Enter to keep it.\n",
        inert(&path.to_string_lossy()),
        short_id(id)
    ));
    open::asker(world, input).confirm_name("Session", short_id(id))
}

/// When a session was begun, by its name, in the time zone of here.
fn begun(id: &str, world: &World<'_>) -> Option<String> {
    let written = DateTime::strptime("%Y%m%dT%H%M%S", id.get(..15)?).ok()?;
    let zone = world.clock.now().time_zone().clone();
    let here = written.to_zoned(TimeZone::UTC).ok()?.with_time_zone(zone);
    Some(Moment::new(&here).minute())
}
