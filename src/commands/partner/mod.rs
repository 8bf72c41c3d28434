//! `partner` and what belongs to it: who keeps what they close under a passphrase of their own.

mod add;
mod common;
mod list;
mod passphrase;
mod remove;

use std::io;
use std::path::PathBuf;

use super::open::{self, UnlockFlags};
use crate::error::{Exit, Result};
use crate::home::world::World;

/// Give somebody a lasting passphrase for what they close in exercises for two
///
/// Whoever has one is asked for it when the keyboard first comes to them, before they write. It opens
/// what they closed, and nothing else. docs/privacy.md says what this protects, from whom.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: PartnerCommand,
    /// Read their passphrase from the first line of this file
    #[arg(long, value_name = "FILE", hide_short_help = true, global = true)]
    passphrase_file: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum PartnerCommand {
    Add(add::Args),
    List(list::Args),
    Passphrase(passphrase::Args),
    Remove(remove::Args),
}

/// Carries it out.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let store = open::to_write(world)?;
    store.check()?;
    let key = UnlockFlags::new(args.passphrase_file.clone(), None);
    match &args.command {
        PartnerCommand::Add(add) => add::run(add, &key, world, &store),
        PartnerCommand::List(list) => list::run(list, world, &store),
        PartnerCommand::Passphrase(new) => passphrase::run(new, &key, world, &store),
        PartnerCommand::Remove(remove) => {
            remove::run(remove, world, &store, &mut io::stdin().lock())
        }
    }
}
