//! `history path`: where the file of a session is.

use std::os::unix::ffi::OsStrExt;

use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::journal::Store;
use crate::text::inert;

/// Print where the file of a session is
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// `last`, or any beginning of its eight characters
    session: String,
}

pub(super) fn run(args: &Args, world: &mut World<'_>, store: &Store) -> Result<Exit> {
    let path = store
        .sessions()
        .path(&store.sessions().find(&args.session)?);
    if world.terminal.stdout {
        world.print(&format!("{}\n", inert(&path.to_string_lossy())))?;
    } else {
        // A name need not be text, and a program must be able to open it.
        world.print_bytes(&[path.as_os_str().as_bytes(), b"\n"].concat())?;
    }
    Ok(Exit::Done)
}
