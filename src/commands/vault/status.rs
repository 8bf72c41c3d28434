//! `vault status`: how it stands. Never asks.

use serde_json::{Value, json};

use crate::commands::history::common::left_out;
use crate::commands::open::{called, set};
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::journal::{EncodingCounts, Reader, Store, Vault};
use crate::sessions::drafts_left;
use crate::text::counted_as;
use crate::text::json::pretty;

/// Show whether the vault is on, and who can read
///
/// Never asks for the passphrase.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, world: &mut World<'_>, store: &Store) -> Result<Exit> {
    // It looks at every session, and may meet what tells of a vault.
    let forms = store.forms()?;
    let unlisted = store.unlisted();
    let vault = store.vault()?;
    let resealing = store.is_resealing()?;
    let drafts = drafts_left(store).len();
    let foreign = match vault {
        Vault::Off => 0,
        _ => store.strays().foreign.len(),
    };
    let readers = match vault {
        Vault::Off => Some(Vec::new()),
        Vault::On | Vault::TurningOff => store.readers().ok(),
        Vault::TurningOn | Vault::KeyMissing => None,
    };
    if args.json {
        let mut object = as_json(vault, forms, drafts, resealing, readers.as_deref());
        object["plain_others"] = foreign.into();
        object["not_counted"] = unlisted.len().into();
        world.print(&pretty(&object))?;
    } else {
        let mut page = in_words(vault, forms, drafts, resealing, readers.as_deref());
        page += &others(foreign);
        if store.key_has_changed() {
            page += &format!("\n{KEY_CHANGED}");
        }
        if !unlisted.is_empty() {
            page += &format!("\n{NOT_COUNTED}");
        }
        world.print(&set(&page, world.terminal.columns))?;
    }
    let is_whole = unlisted.is_empty();
    let told = unlisted.into_iter().map(left_out);
    told.for_each(|problem| world.tell(&problem));
    store.can_save()?;
    match is_whole {
        true => Ok(Exit::Done),
        false => Ok(Exit::Failed),
    }
}

fn in_words(
    vault: Vault,
    forms: EncodingCounts,
    drafts: usize,
    resealing: bool,
    readers: Option<&[Reader]>,
) -> String {
    let mut lines = vec![String::from(match vault {
        Vault::Off => "The vault is off.",
        Vault::On => "The vault is on.",
        Vault::TurningOn => "The vault isn’t on yet, so nothing can be saved.",
        Vault::TurningOff => "The vault is being turned off. `trust-coach vault off` continues.",
        Vault::KeyMissing => "There’s a vault, but its key is missing, so nothing can be saved.",
    })];
    if vault != Vault::Off
        && let Some(readers) = readers
    {
        lines.push(String::from("Who can read what you save:"));
        for reader in readers {
            let day = reader.since.day();
            let since = if day.is_empty() {
                String::new()
            } else {
                format!("since {day}  ")
            };
            lines.push(format!("  {since}{}", called(reader)));
        }
    }
    let plain = match forms.plain.facts {
        0 => forms.plain.sessions.to_string(),
        _ => forms.plain.to_string(),
    };
    lines.push(format!(
        "{} encrypted, {plain} in plain text.",
        forms.sealed
    ));
    if vault == Vault::On && forms.plain.all() > 0 {
        lines.push(String::from("`trust-coach vault on` encrypts the rest."));
    }
    if vault != Vault::Off && drafts > 0 {
        let left = counted_as(
            drafts,
            "draft that was left is",
            "drafts that were left are",
        );
        let them = if drafts == 1 { "it" } else { "them" };
        lines.push(format!(
            "{left} in plain text, too. `trust-coach doctor` names {them}."
        ));
    }
    if resealing {
        lines.push(String::from(
            "Encrypting sessions again isn’t finished. `trust-coach vault on` continues.",
        ));
    }
    if vault != Vault::Off && readers.is_some() {
        lines.push(String::from(COMPARED));
    }
    lines.join("\n")
}

/// What is plain in the folder and not one of ours.
fn others(foreign: usize) -> String {
    if foreign == 0 {
        return String::new();
    }
    let (are, them) = match foreign {
        1 => ("1 file in your folder isn’t trust-coach’s, and is", "it"),
        _ => ("files in your folder aren’t trust-coach’s, and are", "them"),
    };
    let count = match foreign {
        1 => String::new(),
        many => format!("{many} "),
    };
    format!("\n{count}{are} in plain text. `trust-coach doctor` names {them}.")
}

fn as_json(
    vault: Vault,
    forms: EncodingCounts,
    drafts: usize,
    resealing: bool,
    readers: Option<&[Reader]>,
) -> Value {
    let readers = readers.map(|readers| readers.iter().map(reader_as_json).collect::<Vec<_>>());
    json!({
        "format": "1.0",
        "vault": match vault {
            Vault::Off => "off",
            Vault::On => "on",
            Vault::TurningOn => "turning-on",
            Vault::TurningOff => "turning-off",
            Vault::KeyMissing => "key-missing",
        },
        "readers": readers,
        "encrypted": forms.sealed.sessions,
        "encrypted_facts": forms.sealed.facts,
        "plain": forms.plain.sessions,
        "plain_facts": forms.plain.facts,
        "plain_drafts": drafts,
        "encrypting_anew": resealing,
    })
}

/// A reader for programs.
pub(crate) fn reader_as_json(reader: &Reader) -> Value {
    json!({
        "recipient": reader.recipient.to_string(),
        "name": reader.name,
        "since": (!reader.since.0.is_empty()).then_some(&reader.since.0),
    })
}

// Texts for people.
const KEY_CHANGED: &str = "The file of its key has changed since it was last opened here. `trust-coach history` shows whether it still opens.";
const NOT_COUNTED: &str = "There may be more: not every folder could be looked into.";
const COMPARED: &str = "\
This is the list used for saving. It’s compared with the one your passphrase protects whenever you type that.";
