//! Where exercises come from: those compiled in, and a folder of the person's own that adds to
//! them and may replace them, and packs that somebody else wrote. Lists read only heads.

mod built_in;
pub mod bundle;
mod error;
mod file;
mod own;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Exercise, ExerciseHead, Pack, parse};
use crate::format::{is_id, nearest};
pub use built_in::{BUILT_IN, TRANSLATED};
pub use error::{FileFault, LoadError, quoted};
pub use file::{MOST_BYTES, read, read_from};
use own::{OwnExercise, pack_in};

/// Where an exercise comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExerciseOrigin {
    /// Compiled in.
    BuiltIn,
    /// A file of the person's own.
    Own(PathBuf),
    /// A file of the person's own, in place of the built-in exercise with the same id.
    OwnReplacing(PathBuf),
    /// A file of a pack, which a third party wrote.
    Pack(PathBuf),
}

impl ExerciseOrigin {
    /// The file, where it is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::BuiltIn => None,
            Self::Own(path) | Self::OwnReplacing(path) | Self::Pack(path) => Some(path),
        }
    }
}

/// One exercise in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryEntry {
    /// Its id.
    pub id: String,
    /// Where it comes from.
    pub origin: ExerciseOrigin,
    /// What a list shows of it, or why there is nothing to show.
    pub head: Result<ExerciseHead, FileFault>,
    /// The languages it is translated into, from files named `<id>.<lang>.toml`.
    pub translations: Vec<String>,
}

/// The exercises there are.
#[derive(Clone, Debug)]
pub struct Library {
    own: Vec<OwnExercise>,
}

impl Library {
    /// The built-in exercises and those in the person's own `folders`, where there are such
    /// folders; what is in the first goes before what is in the second. Reads names only.
    pub fn open<'f>(folders: impl IntoIterator<Item = &'f Path>) -> Self {
        let mut own: Vec<OwnExercise> = Vec::new();
        for folder in folders {
            let files = fs::read_dir(folder).into_iter().flatten().flatten();
            let mut found: Vec<OwnExercise> = files
                .filter_map(|file| OwnExercise::of(file.path()))
                .collect();
            found.sort_by(|a, b| a.path.cmp(&b.path));
            found.retain(|one| one.id.is_none() || !own.iter().any(|own| own.same(one)));
            own.append(&mut found);
        }
        Self { own }
    }

    /// The same, with a word on folders that should be there and aren't, or that nobody can look into.
    #[must_use]
    pub fn without(mut self, folders: impl IntoIterator<Item = (PathBuf, FileFault)>) -> Self {
        let folders = folders.into_iter();
        self.own
            .extend(folders.map(|(path, fault)| OwnExercise::folder(path, fault)));
        self
    }

    /// The same with the packs in a folder, where there is one: each is a folder by its name.
    #[must_use]
    pub fn with_packs(mut self, folder: &Path) -> Self {
        for (pack, files) in packs(folder) {
            let pack = Arc::new(pack);
            let found = files.into_iter().filter_map(OwnExercise::of);
            self.own.extend(found.filter_map(|own| own.of_pack(&pack)));
        }
        self
    }

    /// What a list shows, built-in ones first, a broken file never in place of a good one.
    pub fn heads(&self) -> Vec<LibraryEntry> {
        let mut entries: Vec<LibraryEntry> = self.originals().map(|own| self.entry(own)).collect();
        let built_in = BUILT_IN.iter().map(|(id, _)| {
            let replaced = entries.iter().position(|e| e.id == *id && e.head.is_ok());
            match replaced {
                Some(index) => entries.remove(index),
                None => LibraryEntry {
                    id: (*id).to_string(),
                    origin: ExerciseOrigin::BuiltIn,
                    head: built_in::head(id).ok_or(FileFault::Problems(1)),
                    translations: self.translations(id),
                },
            }
        });
        let mut all: Vec<LibraryEntry> = built_in.collect();
        all.append(&mut entries);
        all
    }

    /// The whole exercise with this id; the person's own goes before a built-in one.
    ///
    /// # Errors
    ///
    /// There is none, or its file cannot be read or is wrong. A broken file of one's own is told
    /// of, and not silently passed over for the built-in one.
    pub fn load(&self, id: &str) -> Result<Exercise, LoadError> {
        let own = self.originals().find(|own| own.id.as_deref() == Some(id));
        let pack = own.and_then(|own| own.pack.as_deref().cloned());
        let mut exercise = if let Some(own) = own {
            of_own(id, own)?
        } else if let Some((_, text)) = BUILT_IN.iter().find(|(known, _)| *known == id) {
            parsed(id, None, text)?
        } else {
            return Err(self.unknown(id));
        };
        exercise.head.pack = pack;
        Ok(exercise)
    }

    /// The exercise in a language, where there is a translation; else as [`Self::load`] has it. The
    /// translation of a built-in one belongs to no exercise of one's own.
    ///
    /// # Errors
    ///
    /// As [`Self::load`].
    pub fn load_in(&self, id: &str, lang: &str) -> Result<Exercise, LoadError> {
        let mut own = self.own.iter().filter(|own| own.id.as_deref() == Some(id));
        if let Some(own) = own.find(|own| own.lang.as_deref() == Some(lang)) {
            return of_own(id, own);
        }
        let is_own = self.originals().any(|own| own.id.as_deref() == Some(id));
        let translated = TRANSLATED.iter().filter(|_| !is_own);
        let mut translated =
            translated.filter(|(known, language, _)| (*known, *language) == (id, lang));
        match translated.next() {
            Some((_, _, text)) => parsed(id, None, text),
            None => self.load(id),
        }
    }

    /// What a list shows of the exercise that [`Self::load`] would load. Quick for a built-in one;
    /// one of their own is read whole, so that what is wrong with it is said at once.
    ///
    /// # Errors
    ///
    /// As [`Self::load`].
    pub fn head(&self, id: &str) -> Result<ExerciseHead, LoadError> {
        let own = self.originals().any(|own| own.id.as_deref() == Some(id));
        match built_in::head(id).filter(|_| !own) {
            Some(head) => Ok(head),
            None => Ok(self.load(id)?.head),
        }
    }

    /// What a list shows of the exercise in a language, where there is a translation; else as
    /// [`Self::head`] has it.
    ///
    /// # Errors
    ///
    /// As [`Self::load`].
    pub fn head_in(&self, id: &str, lang: &str) -> Result<ExerciseHead, LoadError> {
        match self.translations(id).iter().any(|known| known == lang) {
            true => Ok(self.load_in(id, lang)?.head),
            false => self.head(id),
        }
    }

    /// Where the exercise that [`Self::load`] would load comes from.
    pub fn origin(&self, id: &str) -> Option<ExerciseOrigin> {
        let built_in = BUILT_IN.iter().any(|(known, _)| *known == id);
        match self.originals().find(|own| own.id.as_deref() == Some(id)) {
            Some(own) if own.pack.is_some() => Some(ExerciseOrigin::Pack(own.path.clone())),
            Some(own) if built_in => Some(ExerciseOrigin::OwnReplacing(own.path.clone())),
            Some(own) => Some(ExerciseOrigin::Own(own.path.clone())),
            None => built_in.then_some(ExerciseOrigin::BuiltIn),
        }
    }

    fn originals(&self) -> impl Iterator<Item = &OwnExercise> {
        self.own.iter().filter(|own| own.lang.is_none())
    }

    /// The languages an exercise is translated into.
    pub fn translations(&self, id: &str) -> Vec<String> {
        let files = self.own.iter().filter(|own| own.id.as_deref() == Some(id));
        let own = files.filter_map(|own| own.lang.clone());
        let is_own = self.originals().any(|own| own.id.as_deref() == Some(id));
        let built_in = TRANSLATED
            .iter()
            .filter(|(known, _, _)| !is_own && *known == id);
        let built_in = built_in.map(|(_, lang, _)| (*lang).to_string());
        let all: BTreeSet<String> = own.chain(built_in).collect();
        all.into_iter().collect()
    }

    fn entry(&self, own: &OwnExercise) -> LibraryEntry {
        let id = own.id.clone().unwrap_or_default();
        LibraryEntry {
            origin: self
                .origin(&id)
                .unwrap_or_else(|| ExerciseOrigin::Own(own.path.clone())),
            head: own.head(),
            translations: self.translations(&id),
            id,
        }
    }

    fn unknown(&self, id: &str) -> LoadError {
        let own = self.originals().filter_map(|own| own.id.as_deref());
        let known = BUILT_IN.iter().map(|(id, _)| *id).chain(own);
        LoadError::Unknown {
            id: id.to_string(),
            nearest: nearest(id, known).map(str::to_string),
            unseen: self
                .own
                .iter()
                .find(|own| own.fault.is_some())
                .map(|own| own.path.clone()),
        }
    }
}

fn of_own(id: &str, own: &OwnExercise) -> Result<Exercise, LoadError> {
    let path = own.path.clone();
    match read(&path) {
        Ok(text) => parsed(id, Some(path), &text),
        Err(reason) => Err(LoadError::Unreadable { path, reason }),
    }
}

fn parsed(id: &str, path: Option<PathBuf>, text: &str) -> Result<Exercise, LoadError> {
    parse::exercise(id, text).map_err(|problems| LoadError::Broken {
        id: id.to_string(),
        path,
        problems,
    })
}

/// The packs in a folder, by their names, each with the paths of its files. One that was moved aside while
/// another was added, and the program was stopped, is put back.
pub fn packs(folder: &Path) -> Vec<(Pack, Vec<PathBuf>)> {
    let list = |folder: &Path| {
        let files = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = files.map(|file| file.path()).collect();
        paths.sort();
        paths
    };
    let mut folders = list(folder);
    if folders.iter().any(|path| bundle::is_left(path)) {
        bundle::tidy(folder);
        folders = list(folder);
    }
    let folders = folders.into_iter().filter(|path| path.is_dir());
    folders
        .filter_map(|folder| Some((pack_in(&folder)?, list(&folder))))
        .collect()
}

/// The exercise in the text of a file, called as the file is.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn of_file(path: &Path, text: &str) -> Result<Exercise, LoadError> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let id = match name.split('.').next() {
        Some(id) if is_id(id) => id,
        // It came from elsewhere, or it has a name that no exercise can have.
        _ => "exercise",
    };
    parsed(id, Some(path.to_path_buf()), text)
}

#[cfg(test)]
mod tests;
