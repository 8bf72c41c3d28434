//! The files that `author new` writes: what is there already stays.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::format::key::Format;
use crate::format::schema::schema;
use crate::home::folders::whole;
use crate::home::new_file::{self, refuse_own};
use crate::home::world::World;
use crate::input::{self, InputError};
use crate::text::json;

/// Writes a file that is not there yet. What others are meant to get has the usual mode.
pub(super) fn write_new(path: &Path, text: &str, own: bool) -> Result<()> {
    if path.symlink_metadata().is_ok() {
        let there = Error::usage(format!("{} already exists", path.display()));
        return Err(there.hint("choose another id: trust-coach author new ID"));
    }
    match own {
        true => new_file::write_new(path, text),
        false => new_file::write_shared(path, text),
    }
}

/// Whether a file is to lie in the folder for what the person writes; an error where it would lie in another
/// one of ours.
pub(super) fn is_theirs(path: &Path, world: &World<'_>) -> Result<bool> {
    let folder = whole(path).and_then(|path| path.parent().map(PathBuf::from));
    let own = folder
        .zip(world.folders().ok())
        .is_some_and(|(folder, folders)| {
            let theirs = [folders.exercises(), folders.plans()];
            theirs
                .iter()
                .any(|theirs| whole(theirs).as_ref() == Some(&folder))
        });
    if !own {
        refuse_own(path, world)?;
    }
    Ok(own)
}

/// Puts the schema beside the file. One that was not made by this program stays as it is.
pub(super) fn write_schema(
    folder: &Path,
    name: &str,
    format: &Format,
    own: bool,
) -> Result<&'static str> {
    let path = folder.join(name);
    let schema = schema(format);
    let text = json::pretty(&schema);
    match input::read_file(&path, MOST_BYTES) {
        Ok(there) if there == text => return Ok(CHECKED_THERE),
        Ok(there) => {
            let title = serde_json::from_str::<serde_json::Value>(&there).ok();
            let title = title.and_then(|there| there.get("title").cloned());
            if title.as_ref() != schema.get("title") {
                return Ok("");
            }
            // It can be written anew at any time.
            fs::remove_file(&path).map_err(|error| could_not(&path, &error))?;
            write_new(&path, &text, own)?;
        }
        Err(InputError::Io(error)) if error.kind() == ErrorKind::NotFound => {
            write_new(&path, &text, own)?;
        }
        Err(InputError::Io(error)) => return Err(could_not(&path, &error)),
        // Something else, or far too large.
        Err(_) => return Ok(""),
    }
    Ok(CHECKED_THERE)
}

pub(super) fn could_not(path: &Path, error: &std::io::Error) -> Error {
    Error::failed(format!("could not write {}", path.display())).because(error)
}

/// The most that is read of what is there.
const MOST_BYTES: u64 = 1 << 20;

// Texts for people.
const CHECKED_THERE: &str = " With Tombi or Taplo, mistakes are underlined as you type.";
