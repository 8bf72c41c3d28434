//! `support add`, `support list` and `support remove`: the person's own contacts.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::super::open;
use crate::error::{Error, Exit, Result};
use crate::exercise::library::{self, quoted};
use crate::format::did_you_mean;
use crate::home::support::read;
use crate::home::tell_misnamed;
use crate::home::world::World;
use crate::journal::{Store, StoreLock};
use crate::safety::{Contact, Contacts};
use crate::text::json;
use crate::text::{columns, inert, is_blank, is_unsafe};

/// Add somebody you can call, to be shown with the help lines
///
/// The people you add are kept in plain text, so that you can read it quickly when it counts. It’s
/// never encrypted, so anyone who can use your account can read it.
#[derive(Debug, clap::Args)]
pub(super) struct AddContact {
    /// A name
    name: String,
    /// Their number, or another way to reach them
    #[arg(required = true, allow_hyphen_values = true)]
    number: Vec<String>,
}

/// Show the people you added
#[derive(Debug, clap::Args)]
pub(super) struct ListContacts {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Remove somebody from your own contacts
#[derive(Debug, clap::Args)]
pub(super) struct RemoveContact {
    /// The name, as `trust-coach support list` shows it
    name: String,
}

/// The file, and what is in it.
struct ContactsFile {
    path: PathBuf,
    store: Store,
    contacts: Contacts,
}

impl ContactsFile {
    /// One that cannot be understood is never written to.
    fn open(world: &World<'_>) -> Result<Self> {
        let path = world.folders()?.contacts();
        let contacts = read(&path).map_err(|reason| {
            Error::failed("your own contacts could not be read")
                .detail(reason)
                .hint("fix the file in an editor, or move it away")
        })?;
        Ok(Self {
            path,
            store: open::to_write(world)?,
            contacts,
        })
    }

    /// One that nobody else changes before it is saved.
    fn open_to_change(world: &World<'_>) -> Result<(StoreLock, Self)> {
        let lock = StoreLock::take(&open::to_write(world)?)?;
        Ok((lock, Self::open(world)?))
    }

    /// Brings it to the disk. Where that fails when the new file is in its place already, what was
    /// done is done, and it is said that the disk doesn't confirm it.
    fn save(&self, world: &mut World<'_>) -> Result<()> {
        let text = self.contacts.text();
        let Err(error) = self.store.save_beside(&self.path, text.as_bytes()) else {
            return Ok(());
        };
        if library::read(&self.path).is_ok_and(|there| there == text) {
            world.tell(&format!("warning: {error}\n{NOT_CONFIRMED}\n"));
            return Ok(());
        }
        Err(error.into())
    }
}

/// Adds one, and says how it is kept.
pub(super) fn add(args: &AddContact, world: &mut World<'_>) -> Result<Exit> {
    let new = Contact {
        name: line("name", &args.name)?,
        number: line("number", &args.number.join(" "))?,
    };
    let (_all, mut file) = ContactsFile::open_to_change(world)?;
    if let Some(there) = file.contacts.find(&new.name)
        && there.number != new.number
    {
        let there = format!("{} is already in the list: {}", there.name, there.number);
        let name = quoted(Path::new(&new.name));
        return Err(Error::usage(there).hint(format!("trust-coach support remove {name}")));
    }
    if file.contacts.find(&new.name).is_none() {
        file.contacts.add(new.clone());
    }
    file.save(world)?;
    world.tell(&inert(&format!(
        "Added {}: {}\n{KEPT_PLAIN}\n{}\n",
        new.name,
        new.number,
        file.path.display()
    )));
    Ok(Exit::Done)
}

/// Prints them.
pub(super) fn list(args: &ListContacts, world: &mut World<'_>) -> Result<Exit> {
    let ContactsFile { contacts, path, .. } = ContactsFile::open(world)?;
    tell_misnamed(&path, world);
    if args.json {
        let all: Vec<_> = contacts.all.iter().map(contact).collect();
        world.print(&json::pretty(&json!({ "format": "1.0", "contacts": all })))?;
        return Ok(Exit::Done);
    }
    let lines = contacts.all.iter();
    let lines = lines.map(|contact| format!("{}  {}\n", contact.number, contact.name));
    world.print(&inert(&lines.collect::<String>()))?;
    if contacts.all.is_empty() {
        world.tell(NOBODY);
    }
    Ok(Exit::Done)
}

/// Takes one out.
pub(super) fn remove(args: &RemoveContact, world: &mut World<'_>) -> Result<Exit> {
    let (_all, mut file) = ContactsFile::open_to_change(world)?;
    let Some(gone) = file.contacts.remove(&args.name) else {
        let none = format!("nobody called {} is among your contacts", args.name);
        let names = file.contacts.all.iter().map(|one| one.name.as_str());
        let meant = did_you_mean(&args.name, names);
        let hint = meant.unwrap_or_else(|| String::from("`trust-coach support list` shows them"));
        return Err(Error::usage(none).hint(hint));
    };
    file.save(world)?;
    world.tell(&inert(&format!("Removed {}: {}\n", gone.name, gone.number)));
    Ok(Exit::Done)
}

/// Something that can be read at a glance.
fn line(what: &str, words: &str) -> Result<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if is_blank(&words) {
        return Err(Error::usage(format!("the {what} is empty")));
    }
    if words.chars().any(is_unsafe) {
        return Err(Error::usage(format!(
            "the {what} has a character in it that can’t be shown"
        )));
    }
    if columns(&words) > WIDEST {
        return Err(Error::usage(format!("the {what} is too long"))
            .hint(format!("it can have {WIDEST} columns at most")));
    }
    Ok(words)
}

/// What can still be read at a glance.
const WIDEST: usize = 60;

// Texts for people.
const KEPT_PLAIN: &str = "It’s kept as plain text, even when everything else is encrypted.\n\
    Anyone who can use your account can read it:";
const NOT_CONFIRMED: &str = "It’s in its place, but a power cut could still undo it.";
const NOBODY: &str = "Nobody has been added yet: trust-coach support add NAME NUMBER\n";

/// A contact as an object.
pub(super) fn contact(contact: &Contact) -> Value {
    json!({ "name": contact.name, "number": contact.number })
}
