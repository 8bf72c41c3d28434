//! A file of the person's own or of a pack, by its name alone.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::{FileFault, errors};
use super::file::read;
use crate::exercise::{ExerciseHead, MANIFEST, Pack, id_in, parse};
use crate::format::{is_id, meant_as_toml};

/// An exercise file that is not built in.
#[derive(Clone, Debug)]
pub(super) struct OwnExercise {
    /// Where it is.
    pub path: PathBuf,
    /// Its id; none when the name has none.
    pub id: Option<String>,
    /// The language of a translation.
    pub lang: Option<String>,
    /// The pack it is from.
    pub pack: Option<Arc<Pack>>,
    /// What is wrong with it, where it is no file, but a folder of exercises.
    pub fault: Option<FileFault>,
}

impl OwnExercise {
    /// A folder of exercises that isn't there or that nobody can look into.
    pub fn folder(path: PathBuf, fault: FileFault) -> Self {
        Self {
            fault: Some(fault),
            ..Self::unnamed(path)
        }
    }

    fn unnamed(path: PathBuf) -> Self {
        Self {
            path,
            id: None,
            lang: None,
            pack: None,
            fault: None,
        }
    }

    /// The file at `path`, if it is a TOML file, or nearly called as one.
    pub fn of(path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy();
        if meant_as_toml(&name).is_some() {
            return Some(Self::unnamed(path));
        }
        let stem = name.strip_suffix(".toml").filter(|stem| !stem.is_empty())?;
        if stem.starts_with('.') {
            return None;
        }
        let (id, lang) = match stem.split_once('.') {
            Some((id, lang)) => (id, Some(lang.to_string())),
            None => (stem, None),
        };
        let id = is_id(id).then(|| id.to_string());
        let lang = lang.filter(|_| id.is_some());
        Some(Self {
            id,
            lang,
            path,
            pack: None,
            fault: None,
        })
    }

    /// The same file as one of a pack; none for what says what the pack is.
    pub fn of_pack(self, pack: &Arc<Pack>) -> Option<Self> {
        if self.path.file_name()?.to_str() == Some(MANIFEST) {
            return None;
        }
        Some(Self {
            id: self.id.map(|id| id_in(&pack.name, &id)),
            pack: Some(Arc::clone(pack)),
            ..self
        })
    }

    /// Whether the other is the same exercise in the same language.
    pub fn same(&self, other: &Self) -> bool {
        self.id == other.id && self.lang == other.lang
    }

    /// What a list shows of it.
    pub fn head(&self) -> Result<ExerciseHead, FileFault> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let id = self.id.as_deref().ok_or(FileFault::Name)?;
        let text = read(&self.path).map_err(FileFault::Unreadable)?;
        let head = parse::head(id, &text).map_err(|problems| {
            // Rare enough to count everything, so that the number is the one that `check` tells.
            let all = parse::exercise(id, &text).map_or_else(|all| errors(&all), |_| 0);
            FileFault::Problems(all.max(problems.len()))
        })?;
        Ok(ExerciseHead {
            pack: self.pack.as_deref().cloned(),
            ..head
        })
    }
}

/// What the folder of a pack says of itself, as far as it can be read.
pub(super) fn pack_in(folder: &Path) -> Option<Pack> {
    let name = folder.file_name()?.to_str().filter(|name| is_id(name))?;
    let said = read(&folder.join(MANIFEST)).ok();
    let said = said.and_then(|text| parse::pack(&text).ok());
    Some(match said {
        // It is called as its folder is, whatever happened to the file.
        Some(pack) => Pack {
            name: name.to_string(),
            ..pack
        },
        None => Pack::nameless(name),
    })
}
