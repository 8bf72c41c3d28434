//! What a run finds on this machine: folders, settings, the clock, chance, and what lies in the
//! person's own folders.

pub mod clock;
pub mod environment;
pub mod folders;
pub mod new_file;
pub mod rules;
pub mod settings;
pub mod support;
pub mod unfinished;
pub mod world;

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Time;

use crate::error::{Error, Result};
use crate::exercise::library::{FileFault, Library};
use crate::format::meant_as_toml;
use crate::input;
use crate::journal::{Store, StoreError};
use crate::text::inert;
use folders::Folders;
use support::SupportSource;
use world::World;

/// Where everything lies.
pub struct Home {
    /// The exercises there are.
    pub library: Library,
    /// The sessions.
    pub store: Store,
    /// Help lines, for whoever asks.
    pub shelf: SupportSource,
    /// The folder that the person's own rules lie in, where there is one.
    pub data: Option<PathBuf>,
    /// Until when in the night a day lasts.
    pub day_ends: Time,
}

impl Home {
    /// The exercises, beside a store that was opened for what the command does.
    pub fn with(store: Store, world: &World<'_>) -> Self {
        let library = crate::home::library(world);
        let shelf = SupportSource::look(world);
        Self {
            library,
            store,
            shelf,
            data: world.folders().ok().map(|folders| folders.data.clone()),
            day_ends: world.config.settings.day_ends(),
        }
    }
}

/// The exercises there are, with the person's own and those of packs.
pub fn library(world: &World<'_>) -> Library {
    let folders = world.folders().ok();
    let own = folders.as_ref().map(Folders::exercises);
    let more = world.config.exercises();
    let library = Library::open(own.iter().chain(&more).map(PathBuf::as_path));
    let fault = |folder: PathBuf| unseen(&folder).map(|fault| (folder, fault));
    let named = more.and_then(|folder| match folder.is_dir() {
        true => fault(folder),
        false => Some((folder, FileFault::Missing)),
    });
    let Some(folders) = folders else {
        return library.without(named);
    };
    let packs = folders.packs();
    let each = packs.read_dir().into_iter().flatten().flatten();
    let each = each.map(|pack| pack.path()).filter(|pack| pack.is_dir());
    let ours = own.into_iter().chain([packs.clone()]).chain(each);
    let ours = ours.filter_map(fault).chain(named);
    library.with_packs(&packs).without(ours)
}

/// Why what is in a folder can't be seen, where that is so.
fn unseen(folder: &Path) -> Option<FileFault> {
    if input::dangling_link(folder).is_some() {
        return Some(FileFault::Missing);
    }
    let error = input::look_into(folder).err()?;
    Some(FileFault::Closed(error.to_string()))
}

/// The files beside one of ours that are meant as it, and aren't read because of their names.
pub fn misnamed(ours: &Path) -> Vec<PathBuf> {
    let name = ours.file_name().unwrap_or_default().to_string_lossy();
    let stem = ours.file_stem().unwrap_or_default().to_string_lossy();
    let entries = fs::read_dir(ours.parent().unwrap_or(ours));
    let is_meant = |path: &PathBuf| {
        let other = path.file_name().unwrap_or_default().to_string_lossy();
        let meant = meant_as_toml(&other).unwrap_or_else(|| other.to_lowercase());
        // What a sync program puts beside it when two machines changed it may have more in it.
        let conflicts = meant.contains("conflict") && meant.starts_with(&*stem);
        // There are disks to which large and small letters are the same.
        other != name
            && (meant == name || conflicts)
            && path.canonicalize().ok() != ours.canonicalize().ok()
    };
    let paths = entries.into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = paths.map(|entry| entry.path()).filter(is_meant).collect();
    found.sort();
    found
}

/// Tells of files that are meant as one of ours, and aren't read.
pub fn tell_misnamed(ours: &Path, world: &mut World<'_>) {
    for path in misnamed(ours) {
        let path = path.display();
        let why = not_called(ours);
        world.tell(&inert(&format!("warning: skipped {path}: {why}\n")));
    }
}

/// Why a file isn't read that is meant as one of ours.
pub fn not_called(ours: &Path) -> String {
    let name = ours.file_name().unwrap_or_default().to_string_lossy();
    format!("its name isn’t {name}")
}

/// Whether a folder of the person's own that need not be there isn't merely out of reach.
///
/// # Errors
///
/// It is a link that leads nowhere, or nobody can look into it.
pub fn within_reach(folder: &Path) -> Result<()> {
    if let Some(path) = input::dangling_link(folder) {
        return Err(StoreError::LeadsNowhere { path: path.into() }.into());
    }
    input::look_into(folder).map_err(|error| {
        let message = format!("could not list the folder {}", folder.display());
        Error::failed(message).because(&error)
    })
}
