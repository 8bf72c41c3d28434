//! `vault recipients`: who else can read.

use serde_json::json;

use super::common::{needs_vault, told_left};
use super::status::reader_as_json;
use crate::commands::open::{self, UnlockFlags, called, say, who_can_read};
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::journal::vault::seal::{Recipient, WORK};
use crate::journal::{OWN, OpenVault, Reader, Store, StoreLock, Vault};
use crate::session::Moment;
use crate::text::json::pretty;
use crate::text::{columns, is_blank, is_same_name, is_unsafe};

/// Show who can read, or let somebody else read too
///
/// A recipient is the public half of an age key: `age-keygen` prints it, and it begins with age1.
/// It could be your second device, or a counsellor.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<RecipientsCommand>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum RecipientsCommand {
    /// Let somebody read what you save from now on
    ///
    /// They can’t read earlier sessions until those are saved again; --existing opens them too.
    Add {
        /// Their public key, which begins with age1
        recipient: String,
        /// What to call them
        #[arg(long, default_value = "", hide_default_value = true)]
        name: String,
        /// Let them read all earlier sessions too
        #[arg(long)]
        existing: bool,
    },
    /// Stop somebody from reading
    ///
    /// Every session is encrypted again without them. They can still read anything they copied.
    Remove {
        /// What they are called, or their public key
        who: String,
    },
    /// Restore the list that your passphrase protects
    ///
    /// For when you see `warning: the list of who can read what you save isn’t the one you set`.
    /// Every session is encrypted again for the people on your list.
    Reset,
}

pub(super) fn run(
    args: &Args,
    key: &UnlockFlags,
    world: &mut World<'_>,
    store: &Store,
) -> Result<Exit> {
    needs_vault(store)?;
    if args.command.is_some() && store.vault()? == Vault::TurningOff {
        return Err(Error::usage("turning the vault off isn’t finished")
            .hint("`trust-coach vault off` continues, `trust-coach vault on` goes back"));
    }
    match &args.command {
        None => show(args.json, key, world, store),
        Some(RecipientsCommand::Add {
            recipient,
            name,
            existing,
        }) => {
            let reader = Reader {
                recipient: known(recipient)?,
                since: Moment::new(&world.clock.now()),
                name: good_name(name)?,
            };
            add(&reader, *existing, key, world, store)
        }
        Some(RecipientsCommand::Remove { who }) => remove(who, key, world, store),
        Some(RecipientsCommand::Reset) => {
            let all = StoreLock::take(store)?;
            let (opened, _) = open::unlock_to_change(world, store, key)?;
            store.begin_resealing()?;
            store.write_list(&opened.readers)?;
            let who = who_can_read(&opened.readers);
            say(world, &format!("The list is as you set it. {who}"));
            anew(&all, &opened, world, store)
        }
    }
}

fn show(json: bool, key: &UnlockFlags, world: &mut World<'_>, store: &Store) -> Result<Exit> {
    let (opened, _) = open::unlock_to_change(world, store, key)?;
    let page = if json {
        let readers = opened.readers.iter().map(reader_as_json);
        let same = store.mismatch(&opened).is_none();
        let readers: Vec<_> = readers.collect();
        pretty(&json!({ "format": "1.0", "readers": readers, "list_is_the_same": same }))
    } else {
        let line = |reader: &Reader| {
            let day = reader.since.day();
            format!("{day:10}  {}  {}\n", reader.recipient, called(reader))
        };
        opened.readers.iter().map(line).collect()
    };
    world.print(&page)?;
    Ok(Exit::Done)
}

fn add(
    reader: &Reader,
    existing: bool,
    key: &UnlockFlags,
    world: &mut World<'_>,
    store: &Store,
) -> Result<Exit> {
    let all = StoreLock::take(store)?;
    let (mut opened, passphrase) = open::unlock_to_change(world, store, key)?;
    let mut others = opened.readers.iter();
    if let Some(there) = others.find(|there| there.recipient == reader.recipient) {
        if !existing {
            return Err(Error::usage(format!("{} can already read", called(there))));
        }
    } else if opened
        .readers
        .iter()
        .any(|there| !reader.name.is_empty() && is_same_name(&there.name, &reader.name))
    {
        return Err(Error::usage(format!(
            "somebody is already called {}",
            reader.name
        )));
    } else {
        opened.readers.push(reader.clone());
        if existing {
            store.begin_resealing()?;
        }
        store.keep_vault(&opened, &passphrase, WORK)?;
    }
    let there = opened.readers.iter();
    let mut there = there.filter(|there| there.recipient == reader.recipient);
    let who = called(there.next().unwrap_or(reader));
    if existing {
        say(
            world,
            &format!("{who} can read every session, and everything you save from now on."),
        );
        store.begin_resealing()?;
        return anew(&all, &opened, world, store);
    }
    say(
        world,
        &format!("{who} can read what you save from now on. {EARLIER}"),
    );
    Ok(Exit::Done)
}

fn remove(who: &str, key: &UnlockFlags, world: &mut World<'_>, store: &Store) -> Result<Exit> {
    let all = StoreLock::take(store)?;
    let (mut opened, passphrase) = open::unlock_to_change(world, store, key)?;
    let own = opened.identity.recipient();
    let is_meant = |reader: &Reader| {
        !is_blank(who) && is_same_name(&reader.name, who)
            || reader.recipient.to_string() == who.trim()
    };
    let Some(at) = opened.readers.iter().position(is_meant) else {
        let names: Vec<String> = opened.readers.iter().map(called).collect();
        let error = Error::usage(format!("no reader is called {who}"));
        return Err(error.hint(format!("the readers are: {}", names.join(", "))));
    };
    if opened.readers[at].recipient == own {
        return Err(
            Error::usage("you can’t remove yourself: then nobody could read it")
                .hint("`trust-coach vault off` turns everything back into plain files"),
        );
    }
    let gone = opened.readers.remove(at);
    // First, so that a run that is cut off goes on with it.
    store.begin_resealing()?;
    store.keep_vault(&opened, &passphrase, WORK)?;
    let gone = called(&gone);
    say(
        world,
        &format!("{gone} can’t read what you save from now on. {COPIED}"),
    );
    anew(&all, &opened, world, store)
}

/// Encrypts every session anew for those who may read.
fn anew(all: &StoreLock, opened: &OpenVault, world: &mut World<'_>, store: &Store) -> Result<Exit> {
    let sealed = store.forms()?.sealed.all();
    let mut bar = world.work_bar("Encrypting again", sealed, "file");
    let tally = store.reseal_all(all, opened, &mut |done| bar.at(done))?;
    drop(bar);
    say(world, &format!("{} encrypted again.", tally.turned));
    Ok(told_left(world, &tally, "trust-coach vault on"))
}

fn known(recipient: &str) -> Result<Recipient> {
    let recipient = recipient.trim().parse();
    recipient.map_err(|error: crate::journal::vault::seal::NotARecipient| {
        // What was typed is not shown: it may be the secret half.
        Error::usage(error.to_string()).hint("it’s the public key that `age-keygen` prints")
    })
}

/// A name that can stand in a list.
pub(crate) fn good_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.chars().any(is_unsafe) || (!name.is_empty() && is_blank(name)) || columns(name) > WIDEST
    {
        return Err(Error::usage(format!(
            "a name has something to see in it, at most {WIDEST} columns, and no control characters"
        )));
    }
    if is_same_name(name, OWN) {
        return Err(Error::usage(format!("{OWN} is the name of your own key")));
    }
    Ok(name.to_string())
}

/// The widest that a name may be.
const WIDEST: usize = 40;

// Texts for people.
const EARLIER: &str = "\
They can’t read earlier sessions until you change one; --existing opens all of them.";
const COPIED: &str = "They can still read anything they copied.";
