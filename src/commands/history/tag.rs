//! `history tag`: words of one's own by which sessions are found again.

use super::change::change;
use crate::commands::choose;
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::journal::Store;
use crate::session::{Session, short_id};
use crate::text::is_same_name;
use crate::text::{columns, inert, is_blank, is_unsafe, without_hidden};

/// Add tags to a session, or remove them
///
/// Without a tag, prints the session’s tags. `trust-coach history --tag TAG` shows the sessions
/// with a tag.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// `last`, or the first few of its eight characters; at a terminal you can choose one
    session: Option<String>,
    /// Tags to add
    #[arg(value_name = "TAG")]
    tags: Vec<String>,
    /// A tag to remove
    #[arg(long, value_name = "TAG")]
    remove: Vec<String>,
}

/// The widest that a tag may be, so that several fit in a list.
const WIDEST: usize = 24;

pub(super) fn run(args: &Args, world: &mut World<'_>, store: &Store) -> Result<Exit> {
    let Some(id) = choose::session_to_change(world, store, args.session.as_deref())? else {
        return Ok(Exit::Done);
    };
    let more = each(&args.tags)?;
    let fewer = each(&args.remove)?;
    if more.is_empty() && fewer.is_empty() {
        let tags = store.sessions().read_head(&id)?.tags;
        let lines = tags.iter().map(|tag| format!("{}\n", inert(tag)));
        world.print(&lines.collect::<String>())?;
        return Ok(Exit::Done);
    }
    let session = change(store, &id, |session| {
        for tag in &fewer {
            if !session.has_tag(tag) {
                return Err(not_there(session, tag));
            }
            session.tags.retain(|there| !is_same_name(there, tag));
        }
        for tag in &more {
            if !session.has_tag(tag) {
                session.tags.push(tag.clone());
            }
        }
        Ok(())
    })?;
    let tags = match session.tags.as_slice() {
        [] => String::from("none"),
        tags => tags.join(", "),
    };
    world.tell(&format!("Tags of {}: {}\n", short_id(&id), inert(&tags)));
    Ok(Exit::Done)
}

fn each(typed: &[String]) -> Result<Vec<String>> {
    typed.iter().map(|typed| one(typed)).collect()
}

/// A tag as it is kept: one word, with nothing in it that nobody sees.
fn one(typed: &str) -> Result<String> {
    let typed = typed.trim();
    let apart = |c: char| c.is_whitespace() || c == ',' || c.is_control() || is_unsafe(c);
    let tag = without_hidden(typed);
    if is_blank(&tag) || typed.contains(apart) || tag.starts_with('-') {
        let error = Error::usage(format!("not a tag: {}", typed.replace('\n', "\\n")));
        return Err(error.hint("a tag is one word, such as repair or our-kitchen"));
    }
    if columns(&tag) > WIDEST {
        let error = Error::usage(format!("the tag {tag} is too long"));
        return Err(error.hint(format!("use {WIDEST} letters at most")));
    }
    Ok(tag)
}

fn not_there(session: &Session, tag: &str) -> Error {
    let error = Error::usage(format!("session {} has no tag {tag}", session.short_id()));
    match session.tags.as_slice() {
        [] => error.hint("it has no tags"),
        tags => error.hint(format!("it has {}", tags.join(", "))),
    }
}
