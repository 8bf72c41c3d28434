//! `trust-coach restore`: a backup back to where its files belong.

use std::fs::File;
use std::io::{self, BufReader, Seek};
use std::path::{Path, PathBuf};

use super::open;
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::journal::archive::{
    ArchiveRoots, FileComparison, Proof, RestorePlan, RestoreRefusal, prove,
};
use crate::journal::{Store, StoreLock, Vault};
use crate::text::{counted, inert};

/// Restore a backup, after checking all of it
///
/// Nothing is written until the whole file has been checked: that it’s complete and unchanged, that
/// every session in it can be read, and that no name leads out of your folders. Existing files are
/// never overwritten; any that differ are named. Settings, contacts and the vault’s keys decide
/// what runs, which numbers help shows and who can read, so you’re asked before those are restored.
/// You can interrupt it at any moment and run it again.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A file that `trust-coach backup` wrote
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Check it and show what would be restored, without writing anything
    #[arg(long)]
    dry_run: bool,
    /// Don’t ask about settings, contacts and keys; restore them too
    #[arg(long)]
    yes: bool,
}

/// Proves, tells, and puts back.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let path = &args.file;
    let store = open::to_write(world)?;
    let place = ArchiveRoots::new(&store, world.folders()?.config());
    store.check()?;
    let mut file = open_plain(path)?;
    let proof = prove(BufReader::new(&file)).map_err(|error| refused(path, &error))?;
    world.tell(&format!(
        "{} is whole: {}, {} in all.\n",
        inert(&path.to_string_lossy()),
        proof.records,
        counted(proof.files(), "file")
    ));
    let lock = if args.dry_run {
        None
    } else {
        Some(StoreLock::take(&store)?)
    };
    let mut plan = store.plan(&proof, &place)?;
    let was_off = store.vault()? == Vault::Off;
    if let Some(other) = &plan.other_vault {
        return Err(another_vault(other));
    }
    if !plan.deciding.is_empty() && lock.is_some() && !args.yes && !asked(world, &plan)? {
        plan.decline_deciding();
    }
    if lock.is_some() {
        file.rewind().map_err(|error| unread(path, &error))?;
        let mut bar = world.work_bar("Restoring", plan.count(FileComparison::New), "file");
        let from = BufReader::new(&file);
        let put_back = store.put_back(from, &proof, &plan, &place, &mut |done| bar.at(done));
        put_back.map_err(|error| refused(path, &error))??;
        if bar.is_stopped() {
            let stopped = bar.stopped();
            return Err(stopped.hint("run the same command again for the rest"));
        }
    }
    world.tell(&inert(&told(args, &proof, &plan)));
    if lock.is_some() {
        tell_vault(world, &store, was_off)?;
    }
    match plan.count(FileComparison::Differs) {
        0 => Ok(Exit::Done),
        count => Err(differs(count, &plan)),
    }
}

/// Asks about what decides something; whether it is to be put back.
fn asked(world: &mut World<'_>, plan: &RestorePlan) -> Result<bool> {
    if !open::can_ask(world) {
        let mut error = Error::nobody_to_ask(NEEDS_A_YES);
        for path in &plan.deciding {
            error = error.detail(path.display().to_string());
        }
        return Err(error.hint("add --yes to put these back too, if the backup is yours"));
    }
    let mut text = String::from(DECIDES);
    for path in &plan.deciding {
        text += &format!("\n  {}", path.display());
    }
    open::say(world, &text);
    open::asker(world, &mut io::stdin().lock()).confirm("Put these back too?")
}

/// Opens the file, which must be a plain one: it is read twice.
fn open_plain(path: &Path) -> Result<File> {
    let found = path.metadata().map_err(|error| unread(path, &error))?;
    if !found.is_file() {
        return Err(Error::usage(format!("{} isn’t a file", path.display())));
    }
    File::open(path).map_err(|error| unread(path, &error))
}

fn told(args: &Args, proof: &Proof, plan: &RestorePlan) -> String {
    let (new, same) = (
        plan.count(FileComparison::New),
        plan.count(FileComparison::Same),
    );
    let mut text = if args.dry_run {
        format!("{} would be put back.\n", counted(new, "file"))
    } else {
        format!("{} put back.\n", counted(new, "file"))
    };
    if same > 0 {
        text += &format!("{} already here, unchanged.\n", counted(same, "file"));
    }
    if args.dry_run && !plan.deciding.is_empty() {
        text += &format!(
            "You’ll be asked first about {}:\n",
            counted(plan.deciding.len(), "file")
        );
        for path in &plan.deciding {
            text += &format!("  {}\n", path.display());
        }
    }
    let declined = plan.count(FileComparison::Declined);
    if declined > 0 {
        text += &format!("{} left in the backup.\n", counted(declined, "file"));
    }
    if proof.sealed > 0 && !args.dry_run {
        text += SEALED;
    }
    text
}

/// Says that the backup turned the vault on, and what isn't encrypted beside it.
fn tell_vault(world: &mut World<'_>, store: &Store, was_off: bool) -> Result<()> {
    if store.vault()? != Vault::On {
        return Ok(());
    }
    if was_off {
        world.tell(NOW_ON);
    }
    let plain = store.forms()?.plain;
    if plain.all() > 0 {
        world.tell(&format!("{}\n", open::still_plain(plain)));
    }
    Ok(())
}

fn differs(count: usize, plan: &RestorePlan) -> Error {
    let mut error = Error::failed(format!(
        "{} not put back: something else here has that name",
        counted(count, "file")
    ));
    for path in plan.of(FileComparison::Differs) {
        error = error.detail(path.display().to_string());
    }
    error.hint(OTHER_PLACE)
}

fn another_vault(path: &Path) -> Error {
    Error::failed("the backup belongs to a different vault from the one here")
        .detail(path.display().to_string())
        .hint("nobody here could open what’s encrypted in it, so nothing was put back")
        .hint(OTHER_PLACE)
}

fn refused(path: &Path, error: &RestoreRefusal) -> Error {
    Error::failed(format!("nothing from {} was put back", path.display()))
        .because(error)
        .hint("use another backup, if you have one")
}

fn unread(path: &Path, error: &std::io::Error) -> Error {
    Error::failed(format!("could not read {}", path.display())).because(error)
}

// Texts for people.
const NOW_ON: &str = "The vault came back with the backup. Open it here once before you write:\n\
    trust-coach vault recipients\n";
const NEEDS_A_YES: &str = "some files in the backup are only put back after a yes";
const DECIDES: &str = "\
These decide which programs run, which numbers help shows and who can read what you write. If you didn’t make this backup yourself, say no:";
const SEALED: &str =
    "What’s encrypted opens with the passphrase you had when you made the backup.\n";
const OTHER_PLACE: &str =
    "to see what’s in the backup, set TRUST_COACH_HOME to an empty folder and restore it there";
