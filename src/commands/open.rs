//! The one way to the sessions: for commands that only write, and for those that read.

use std::path::PathBuf;

use crate::error::Result;
use crate::journal::Store;
use crate::world::World;

/// Where the passphrase comes from when nobody types it. Never an argument and never a variable:
/// both are in view of others on the machine.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "With the vault on")]
pub(super) struct Key {
    /// Read the passphrase from the first line of this file
    #[arg(long, value_name = "FILE", hide_short_help = true, global = true)]
    passphrase_file: Option<PathBuf>,
    /// Read the passphrase from the first line of this open file descriptor
    #[arg(
        long,
        value_name = "N",
        hide_short_help = true,
        global = true,
        conflicts_with = "passphrase_file"
    )]
    passphrase_fd: Option<u32>,
}

/// The sessions, for a command that never asks for a passphrase: it lists, claims, saves, removes.
pub(super) fn to_write(world: &World<'_>) -> Result<Store> {
    let folders = world.folders()?;
    Ok(Store::new(folders.data, folders.state))
}

/// The sessions, for a command that reads what is in them.
pub(super) fn to_read(world: &mut World<'_>, _key: &Key) -> Result<Store> {
    to_write(world)
}
