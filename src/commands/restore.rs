//! `trust-coach restore`: a backup back to where its files belong.

use std::fs::File;
use std::io::{self, BufReader, Seek};
use std::path::{Path, PathBuf};

use super::open;
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::journal::StoreLock;
use crate::journal::archive::{
    ArchiveRoots, FileComparison, Proof, RestorePlan, RestoreRefusal, prove,
};
use crate::text::{counted, inert};

/// Put a backup back, after proving all of it
///
/// Nothing is written before the whole file is proven: that it is complete and unchanged, that every
/// session in it can be read, and that no name leads out of your folders. A file that is here already
/// is never written over; one that differs is named. Settings, contacts and the vault's keys decide
/// what runs, whom help names and who can read: you are asked before those are put back. It can be cut off at any moment and done
/// again.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A file that `trust-coach backup` wrote
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Prove it and say what would be done, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Don't ask about settings, contacts and keys: put them back too
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
    if let Some(other) = &plan.other_vault {
        return Err(another_vault(other));
    }
    if !plan.deciding.is_empty() && lock.is_some() && !args.yes && !asked(world, &plan)? {
        plan.decline_deciding();
    }
    if lock.is_some() {
        file.rewind().map_err(|error| unread(path, &error))?;
        let put_back = store.put_back(BufReader::new(&file), &proof, &plan, &place);
        put_back.map_err(|error| refused(path, &error))??;
    }
    world.tell(&inert(&told(args, &proof, &plan)));
    match plan.count(FileComparison::Differs) {
        0 => Ok(Exit::Done),
        count => Err(differs(count, &plan)),
    }
}

/// Asks about what decides something; whether it is to be put back.
fn asked(world: &mut World<'_>, plan: &RestorePlan) -> Result<bool> {
    if !(world.terminal.stdin && world.terminal.stderr) {
        let mut error = Error::new(Exit::InputNeeded, NOBODY_TO_ASK);
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
        return Err(Error::usage(format!("{} is not a file", path.display())));
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
        text += &format!("{} here already, the same.\n", counted(same, "file"));
    }
    if args.dry_run && !plan.deciding.is_empty() {
        text += &format!(
            "You are asked first about {}:\n",
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

fn differs(count: usize, plan: &RestorePlan) -> Error {
    let mut error = Error::failed(format!(
        "{} not put back: something else is here under that name",
        counted(count, "file")
    ));
    for path in plan.of(FileComparison::Differs) {
        error = error.detail(path.display().to_string());
    }
    error.hint(OTHER_PLACE)
}

fn another_vault(path: &Path) -> Error {
    Error::failed("the backup belongs to another vault than the one here")
        .detail(path.display().to_string())
        .hint("what is encrypted in it could be opened by nobody here, so nothing was put back")
        .hint(OTHER_PLACE)
}

fn refused(path: &Path, error: &RestoreRefusal) -> Error {
    Error::failed(format!("nothing of {} was put back", path.display()))
        .because(error)
        .hint("use another backup, if there is one")
}

fn unread(path: &Path, error: &std::io::Error) -> Error {
    Error::failed(format!("could not read {}", path.display())).because(error)
}

// Texts for people.
const NOBODY_TO_ASK: &str =
    "the backup has files that are put back only after asking, and there is nobody to ask";
const DECIDES: &str = "\
These decide which programs run, whom help names and who can read what you write. If you didn’t make \
this backup yourself, leave them:";
const SEALED: &str = "What is encrypted opens with the passphrase that the backup was made with.\n";
const OTHER_PLACE: &str =
    "to see what the backup has, set TRUST_COACH_HOME to an empty folder and restore it there";
