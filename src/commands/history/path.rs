//! `history path`: where the file of a session is.

use std::os::unix::ffi::OsStrExt;

use crate::commands::choose;
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::journal::Store;
use crate::text::inert;

/// Print the path of a session’s file
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// `last`, or the first few of its eight characters; at a terminal you can choose one
    session: Option<String>,
}

pub(super) fn run(args: &Args, world: &mut World<'_>, store: &Store) -> Result<Exit> {
    let Some(id) = choose::session(world, store, args.session.as_deref())? else {
        return Ok(Exit::Done);
    };
    let path = store.sessions().path(&id);
    if world.terminal.stdout {
        world.print(&format!("{}\n", inert(&path.to_string_lossy())))?;
    } else {
        // A name need not be text, and a program must be able to open it.
        world.print_bytes(&[path.as_os_str().as_bytes(), b"\n"].concat())?;
    }
    Ok(Exit::Done)
}
