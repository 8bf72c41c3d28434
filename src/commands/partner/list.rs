//! `partner list`: who has a lasting key. Never asks.

use serde_json::json;

use crate::commands::open::called;
use crate::commands::vault::reader_as_json;
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::journal::{Reader, Store};
use crate::text::inert;
use crate::text::json::pretty;

/// Show who has a lasting key
///
/// This list lies in the open. Each key is compared with it when its owner types their passphrase.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, world: &mut World<'_>, store: &Store) -> Result<Exit> {
    let partners = store.partners()?;
    if args.json {
        let partners: Vec<_> = partners.iter().map(reader_as_json).collect();
        world.print(&pretty(&json!({ "format": "1.0", "partners": partners })))?;
        return Ok(Exit::Done);
    }
    if partners.is_empty() {
        world.tell(NOBODY);
    }
    let line = |partner: &Reader| {
        let day = inert(partner.since.day());
        format!("{day:10}  {}  {}\n", partner.recipient, called(partner))
    };
    world.print(&partners.iter().map(line).collect::<String>())?;
    Ok(Exit::Done)
}

// Texts for people.
const NOBODY: &str = "Nobody has a lasting key. `trust-coach partner add NAME` makes one.\n";
