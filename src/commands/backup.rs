//! `trust-coach backup`: one file with everything.

use std::path::{Path, PathBuf};

use super::open;
use crate::error::{Error, Exit, Result};
use crate::exercise::library::quoted;
use crate::home::world::World;
use crate::journal::StoreLock;
use crate::journal::archive::{ArchiveContents, ArchiveRoots};
use crate::text::{counted, inert};

/// Write everything of yours into one file
///
/// Sessions, exercises and settings of your own, contacts, and the keys of the vault, in a tar
/// archive that any tool can open. What is encrypted stays encrypted, and the rest can be read by
/// whoever has the file. Every file is named with its hash, and `restore` proves them all.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file to write; an existing one is never overwritten
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Writes it.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    if args.file == Path::new("-") {
        return Err(Error::usage(NO_STREAM).hint(NAME_A_FILE));
    }
    let store = open::to_write(world)?;
    let place = ArchiveRoots::new(&store, world.folders()?.config());
    if args.file.symlink_metadata().is_ok() {
        let there = format!("{} already exists", args.file.display());
        return Err(Error::usage(there).hint("name another file, or move that one away"));
    }
    let lock = StoreLock::take(&store)?;
    let packed = store.pack(&place, &args.file)?;
    drop(lock);
    world.tell(&inert(&told(args, &packed)));
    if packed.left_out.is_empty() {
        return Ok(Exit::Done);
    }
    let count = packed.left_out.len();
    let mut error = Error::failed(format!("{count} not in the backup"));
    for (path, why) in packed.left_out {
        error = error.detail(format!("{}: {why}", path.display()));
    }
    Err(error.hint("everything else is in it; `trust-coach doctor` may say more"))
}

fn told(args: &Args, packed: &ArchiveContents) -> String {
    let mut text = format!(
        "Wrote {}: {}, {} in all.\n",
        args.file.display(),
        packed.records,
        counted(packed.files, "file")
    );
    if packed.records.all() > packed.sealed {
        text += PLAIN;
    }
    if packed.sealed > 0 {
        text += SEALED;
    }
    for path in &packed.broken {
        text += &format!("{} {BROKEN}\n", path.display());
    }
    text + &format!(
        "Try it: trust-coach restore --dry-run {}\n",
        quoted(&args.file)
    )
}

// Texts for people.
const NO_STREAM: &str = "a backup is not written to standard output";
const NAME_A_FILE: &str = "name a file: trust-coach backup trust-coach.tar";
const PLAIN: &str = "It is not encrypted: whoever has it can read what you wrote.\n";
const SEALED: &str =
    "What is encrypted stays encrypted in it, and only your passphrase opens it.\n";
const BROKEN: &str =
    "cannot be read as a session; it went into the quarantine folder of the backup.";
