//! `trust-coach backup`: one file with everything.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::open;
use crate::error::{Error, Exit, Result};
use crate::exercise::library::{packs, quoted};
use crate::home::new_file::refuse_existing;
use crate::home::world::World;
use crate::journal::archive::{ArchiveContents, ArchiveRoots};
use crate::journal::{StoreError, StoreLock};
use crate::text::{counted, inert};

/// Back up everything you have here to one file
///
/// Your sessions, exercises, settings and contacts, and the vault’s keys, in a tar archive that any
/// tool can open. What’s encrypted stays encrypted; the rest can be read by anyone who has the
/// file. The archive lists every file’s hash, and `restore` checks them all.
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
    refuse_existing(&args.file, world)?;
    // One that is moved aside would be missing in it.
    packs(&world.folders()?.packs());
    let lock = match StoreLock::take(&store) {
        // Where nothing can be written, nobody changes anything meanwhile.
        Err(StoreError::Io { source, .. }) if source.kind() == ErrorKind::ReadOnlyFilesystem => {
            None
        }
        lock => Some(lock?),
    };
    let forms = store.forms()?;
    let mut bar = world.work_bar("Packing", forms.plain.all() + forms.sealed.all(), "file");
    let packed = store.pack(&place, &args.file, &mut |done| bar.at(done));
    drop(lock);
    if packed.is_err() && bar.is_stopped() {
        return Err(bar.stopped().hint("nothing was written"));
    }
    drop(bar);
    let packed = packed?;
    if packed.files == 0 {
        // A home whose disk is away must not pass for one that was backed up.
        let _ = fs::remove_file(&packed.path);
        let folder = store.data_folder().display().to_string();
        return Err(Error::failed(NOTHING).detail(folder).hint(AWAY));
    }
    world.tell(&inert(&told(&packed)));
    if packed.left_out.is_empty() {
        return Ok(Exit::Done);
    }
    let count = packed.left_out.len();
    let mut error = Error::failed(format!("the backup isn’t whole: {count} not in it"));
    for (path, why) in packed.left_out {
        error = error.detail(format!("{}: {why}", path.display()));
    }
    Err(error
        .hint("everything else is in it; `trust-coach doctor` may tell you more")
        .hint("once that’s fixed, back up again"))
}

fn told(packed: &ArchiveContents) -> String {
    let mut text = format!(
        "Wrote {}: {}, {} in all.\n",
        packed.path.display(),
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
    for path in &packed.no_files {
        text += &format!("{} {NO_FILE}\n", path.display());
    }
    text + &format!(
        "To test it: trust-coach restore --dry-run {}\n",
        quoted(&packed.path)
    )
}

// Texts for people.
const NO_STREAM: &str = "a backup can’t be written to standard output";
const NOTHING: &str = "there’s nothing to back up";
const AWAY: &str = "if you expected something there, look whether its disk is connected";
const NAME_A_FILE: &str = "name a file: trust-coach backup trust-coach.tar";
const PLAIN: &str = "It isn’t encrypted: anyone who has the file can read what you wrote.\n";
const SEALED: &str = "What’s encrypted stays encrypted in it, and only your passphrase opens it.\n";
const NO_FILE: &str = "isn’t a regular file, so the backup has nothing of it.";
const BROKEN: &str = "can’t be read; it’s in the backup’s quarantine folder.";
