//! `trust-coach doctor`: looks whether every session can be read.

use crate::error::{Error, Exit, Result};
use crate::journal::{Store, StoreError};
use crate::view::text::inert;
use crate::world::World;

/// Look whether every session can be read
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

/// Reads everything there is; changes nothing.
pub(super) fn run(_args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let folders = world.folders()?;
    let store = Store::new(folders.data, folders.state);
    store.check()?;
    let (mut read, mut found) = (0, 0);
    for session in store.newest().map(|id| store.read(&id?)) {
        match session {
            Ok(_) => read += 1,
            Err(StoreError::Unsaved { .. }) => {}
            Err(error) => {
                found += 1;
                let error = Error::from(error);
                let why = error.causes.iter().map(|cause| format!("  {cause}\n"));
                let text = format!("{}\n{}", error.message, why.collect::<String>());
                world.print(&inert(&text))?;
            }
        }
    }
    world.print(&format!("{read} sessions can be read, {found} cannot.\n"))?;
    Ok(if found == 0 { Exit::Done } else { Exit::Found })
}
