//! `vault on`: from now on what is saved is encrypted, and what is there becomes so.

use std::io::BufRead;

use super::common::{needs_yes, new_passphrase, told_left};
use crate::commands::days_file;
use crate::commands::open::{self, UnlockFlags, say, who_can_read};
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::journal::vault::seal::WORK;
use crate::journal::{OpenVault, RecordCounts, Store, StoreLock, Vault};
use crate::session::Moment;
use crate::sessions::drafts_left;

/// Encrypt everything, or finish doing so
///
/// Asks for a new passphrase, twice. If you forget it, there’s no way back: nobody can reset it,
/// and no copy is kept.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Make a new key even though encrypted sessions need the old one, which is lost
    #[arg(long)]
    new_key: bool,
}

pub(super) fn run(
    args: &Args,
    key: &UnlockFlags,
    world: &mut World<'_>,
    store: &Store,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    let all = StoreLock::take(store)?;
    let forms = store.forms()?;
    let mut unlisted = store.unlisted();
    let (opened, is_new) = match store.vault()? {
        // A key was being made when the program was stopped, and nothing was sealed with it yet.
        Vault::KeyMissing if !args.new_key && forms.sealed.all() > 0 => {
            return Err(key_is_missing(store, forms.sealed));
        }
        // What needs the old key may be where nobody can look.
        Vault::TurningOn | Vault::KeyMissing if !args.new_key && !unlisted.is_empty() => {
            return Err(unlisted.swap_remove(0).into());
        }
        Vault::Off | Vault::TurningOn | Vault::KeyMissing => {
            match make(key, world, store, input)? {
                Some(opened) => (opened, true),
                None => return Ok(Exit::Failed),
            }
        }
        Vault::On
            if forms.plain.all() == 0
                && unlisted.is_empty()
                && !store.is_resealing()?
                && store.readers().is_ok() =>
        {
            let already = format!("The vault is already on: {} encrypted.", forms.sealed);
            say(world, &already);
            tell_drafts(world, store);
            tell_foreign(world, store);
            return Ok(Exit::Done);
        }
        Vault::On | Vault::TurningOff => {
            let (opened, _) = open::unlock_to_go_on(world, store, key)?;
            store.sweep_keys(&all);
            (opened, false)
        }
    };
    // What a change of readers, cut off, has left is as the list under the passphrase says.
    if store.readers().is_err() || store.is_resealing()? {
        store.write_list(&opened.readers)?;
    }
    let mut bar = world.work_bar("Encrypting", forms.plain.all(), "file");
    let mut tally = store.seal_all(&all, &opened, &mut |done| bar.at(done))?;
    if !tally.stopped && store.is_resealing()? {
        let anew = store.reseal_all(&all, &opened, &mut |done| bar.at(done))?;
        tally.open.extend(anew.open);
        tally.failed.extend(anew.failed);
        tally.stopped = anew.stopped;
    }
    drop(bar);
    days_file::bring_up_to_date(world, &store.with_key(opened.identity.clone()));
    let sealed = store.forms()?.sealed;
    let who = who_can_read(&opened.readers);
    say(
        world,
        &format!("The vault is on: {sealed} encrypted. {who}"),
    );
    if is_new {
        let file = store.identity_file();
        say(
            world,
            &format!("\n{OLD_COPIES}\n\n{KEY_FILE}\n  {}", file.display()),
        );
    }
    tell_drafts(world, store);
    tell_foreign(world, store);
    if is_new && sealed.facts > 0 && !world.config.settings.due_without_passphrase() {
        say(world, &format!("\n{DUE}"));
    }
    Ok(told_left(world, &tally, "trust-coach vault on"))
}

/// Names what editors have left of sessions that are open in no program.
fn tell_drafts(world: &mut World<'_>, store: &Store) {
    let left = drafts_left(store);
    if !left.is_empty() {
        let paths = left.iter().map(|path| format!("\n  {}", path.display()));
        say(world, &format!("\n{DRAFTS}{}", paths.collect::<String>()));
    }
}

/// Names what is plain in the folder and not one of ours: nothing here changes or removes it.
fn tell_foreign(world: &mut World<'_>, store: &Store) {
    let foreign = store.strays().foreign;
    if foreign.is_empty() {
        return;
    }
    let shown = foreign.iter().take(MANY);
    let mut text: String = shown
        .map(|path| format!("\n  {}", path.display()))
        .collect();
    if foreign.len() > MANY {
        text += &format!("\n  and {} more", foreign.len() - MANY);
    }
    say(world, &format!("\n{FOREIGN}{text}"));
}

/// So many files are named; `doctor --json` names all.
const MANY: usize = 20;

/// Makes the vault, when they still want it.
fn make(
    key: &UnlockFlags,
    world: &mut World<'_>,
    store: &Store,
    input: &mut dyn BufRead,
) -> Result<Option<OpenVault>> {
    say(world, WHAT_IT_DOES);
    let passphrase = new_passphrase(world, key)?;
    say(world, NO_WAY_BACK);
    if !needs_yes(key, world, "Turn it on?", input)? {
        world.tell("Nothing was changed.\n");
        return Ok(None);
    }
    let now = Moment::new(&world.clock.now());
    Ok(Some(store.make_vault(&now, &passphrase, WORK)?))
}

/// Why no new key is made beside sessions that need the old one.
fn key_is_missing(store: &Store, sealed: RecordCounts) -> Error {
    let are = if sealed.all() == 1 { "is" } else { "are" };
    let error = Error::from(store.key_missing()).detail(format!(
        "{sealed} {are} encrypted with it, and no new key can read them"
    ));
    if !store.kept_keys().is_empty() {
        return error;
    }
    error.hint("if you have no copy of it left: `trust-coach vault on --new-key`")
}

// Texts for people.
const WHAT_IT_DOES: &str = "\
This encrypts every session. Nobody can read one without your passphrase, not even somebody who uses this account. Saving never asks for it. Reading does, once for each command.

If you forget it, there’s no way back: nobody can reset it, and no copy is kept.
";
const NO_WAY_BACK: &str = "
Once more: without this passphrase, nobody can ever read what you wrote again, including you.";
const OLD_COPIES: &str = "\
Older copies may still be in plain text: backups, git history, other devices, and what a disk keeps of deleted files. trust-coach can’t reach those.";
const KEY_FILE: &str = "\
Your passphrase opens this file, and this file opens everything else. Keep a copy of it:";
const DUE: &str = "\
`trust-coach due` says nothing from now on, since that would need your passphrase. With \
`due-without-passphrase = true` in your settings it says how many days are open, and \
keeps those days in plain text, without a word of your promises.";
const FOREIGN: &str = "\
These files in your folder aren’t trust-coach’s and stay in plain text. If they hold words of yours, delete \
them or move them somewhere safe:";
const DRAFTS: &str = "\
Drafts that were left behind are still in plain text. Look at them, then delete them:";
