//! What is encrypted and not read, since its files have other names: it is missing, and no journal is
//! empty by it.

use crate::error::{Error, Result};
use crate::home::world::World;
use crate::journal::Store;

/// Says that nothing encrypted can be found by its name, where that is so; an error where nothing else is
/// there. For a store in which no record is called as a sealed one.
pub(super) fn needs_names(world: &mut World<'_>, store: &Store) -> Result<()> {
    let Some(path) = store.sealed_file() else {
        return Ok(());
    };
    let missing = format!("{UNREAD} {}", path.display());
    if store.is_empty() {
        return Err(Error::failed(missing).hint(NAMES_BACK));
    }
    world.tell(&format!("warning: {missing}\nhint: {NAMES_BACK}\n"));
    Ok(())
}

// Texts for people.
const UNREAD: &str = "there’s something encrypted that isn’t read under the name it has:";
const NAMES_BACK: &str = "`trust-coach doctor` shows it, and with --repair gives it its name back";
