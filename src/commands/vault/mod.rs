//! `vault` and what belongs to it: nobody reads what was written without the passphrase.

mod common;
mod off;
mod on;
mod passphrase;
mod recipients;
mod status;

use std::io;

use crate::error::{Exit, Result};
use crate::home::world::World;

use super::open::{self, UnlockFlags};
pub(super) use common::{new_passphrase, other_passphrase};
pub(super) use recipients::good_name;
pub(super) use status::reader_as_json;

/// Encrypt what you write, so that nobody can read it without your passphrase
///
/// Saving never asks for the passphrase. Commands that read sessions ask once. docs/privacy.md says
/// what this protects, from whom, and what it doesn’t.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: VaultCommand,
    #[command(flatten)]
    key: UnlockFlags,
}

#[derive(Debug, clap::Subcommand)]
enum VaultCommand {
    On(on::Args),
    Off(off::Args),
    Status(status::Args),
    Passphrase(passphrase::Args),
    Recipients(recipients::Args),
}

/// Carries it out.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let store = open::to_write(world)?;
    store.check()?;
    match &args.command {
        VaultCommand::On(on) => on::run(on, &args.key, world, &store, &mut io::stdin().lock()),
        VaultCommand::Off(_) => off::run(&args.key, world, &store),
        VaultCommand::Status(status) => status::run(status, world, &store),
        VaultCommand::Recipients(who) => recipients::run(who, &args.key, world, &store),
        VaultCommand::Passphrase(new) => passphrase::run(new, &args.key, world, &store),
    }
}
