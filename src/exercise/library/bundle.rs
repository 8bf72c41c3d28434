//! A pack on its way in: the folder that somebody handed over, read whole and checked, and then
//! copied. Nothing of it is run, and nothing is copied that was not looked at.

use std::fs::{self, DirBuilder, DirEntry};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use rustix::io::Errno;
use rustix::process::{Pid, test_kill_process};

use super::own::OwnExercise;
use super::read;
use crate::exercise::{Exercise, MANIFEST, Pack, id_in, parse};
use crate::format::problem::Problem;
use crate::output;

/// The most files that a pack can have.
const MOST_FILES: usize = 500;

/// The most bytes of all its files together.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// A pack that can be taken in.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// What it says of itself.
    pub pack: Pack,
    /// Its exercises, but for translations, in the order of their names.
    pub exercises: Vec<Exercise>,
    /// What is copied: names and texts.
    files: Vec<(String, String)>,
}

/// Why a folder cannot be taken in.
#[derive(Debug)]
pub enum Refusal {
    /// Something in it does not belong into a pack.
    Unfit {
        /// What it is.
        path: PathBuf,
        /// Why not, and what would be better.
        reason: String,
    },
    /// Files of it have errors: the path, the text, and everything that is wrong.
    Broken(Vec<(PathBuf, String, Vec<Problem>)>),
}

impl Bundle {
    /// Reads and checks a folder.
    ///
    /// # Errors
    ///
    /// What is in it is no pack, or has errors.
    pub fn read(folder: &Path) -> Result<Self, Refusal> {
        let paths = paths(folder)?;
        let (mut files, mut broken, mut exercises) = (Vec::new(), Vec::new(), Vec::new());
        let (mut pack, mut bytes) = (None, 0);
        for path in paths {
            let text = read(&path).map_err(|reason| unfit(&path, reason))?;
            bytes += text.len();
            if bytes > MOST_BYTES {
                return Err(unfit(folder, "it’s larger than 16 MB, and packs aren’t"));
            }
            let name = name_in(folder, &path);
            let problems = if name == MANIFEST {
                parse::pack(&text).map(|read| pack = Some(read)).err()
            } else if name.starts_with(PLANS) {
                // What plans mean is known elsewhere.
                None
            } else if let Some(own) = OwnExercise::of(path.clone()) {
                let id = own.id.ok_or_else(|| unfit(&path, NO_ID))?;
                let is_original = own.lang.is_none();
                let read = parse::exercise(&id, &text);
                read.map(|exercise| exercises.extend(is_original.then_some(exercise)))
                    .err()
            } else {
                None
            };
            if let Some(problems) = problems {
                broken.push((path, text, problems));
            } else {
                files.push((name, text));
            }
        }
        if !broken.is_empty() {
            return Err(Refusal::Broken(broken));
        }
        let pack = pack.ok_or_else(|| unfit(folder, NO_MANIFEST))?;
        if exercises.is_empty() {
            return Err(unfit(folder, "it has no exercise"));
        }
        for exercise in &mut exercises {
            exercise.head.id = id_in(&pack.name, &exercise.head.id);
            exercise.head.pack = Some(pack.clone());
        }
        Ok(Self {
            pack,
            exercises,
            files,
        })
    }

    /// The plans among what is copied: their names and texts.
    pub fn plans(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self.files.iter();
        let plans = files.filter(|(name, _)| name.starts_with(PLANS));
        plans.map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The names of what is copied.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(name, _)| name.as_str())
    }

    /// Copies what was read into the folder of packs, for its owner alone. The whole pack is there,
    /// or nothing of it. With `replace` one of the same name goes, once the new one is whole.
    ///
    /// # Errors
    ///
    /// It is there already, or it cannot be written.
    pub fn install(&self, packs: &Path, replace: bool) -> io::Result<()> {
        tidy(packs);
        let place = packs.join(&self.pack.name);
        let there = fs::symlink_metadata(&place).is_ok();
        if there && !replace {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let mut folders = DirBuilder::new();
        folders.mode(0o700);
        folders.recursive(true).create(packs)?;
        let beside = |end| format!(".{}.{}.{end}", self.pack.name, std::process::id());
        let (staged, old) = (packs.join(beside(NEW)), packs.join(beside(OLD)));
        let copied = folders
            .recursive(false)
            .create(&staged)
            .and_then(|()| self.copy(&staged))
            .and_then(|()| exchange(&staged, &place, &old, |from, to| fs::rename(from, to)));
        if let Err(error) = copied {
            // The first error is the one that tells.
            let _ = fs::remove_dir_all(&staged);
            return Err(error);
        }
        if there {
            remove(packs, &beside(OLD))?;
        }
        fs::File::open(packs)?.sync_all()
    }

    fn copy(&self, to: &Path) -> io::Result<()> {
        if self.plans().next().is_some() {
            DirBuilder::new().mode(0o700).create(to.join(PLANS))?;
        }
        for (name, text) in &self.files {
            let mut file = output::create_private(&to.join(name))?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
        }
        fs::File::open(to)?.sync_all()
    }
}

/// Puts what is staged in its place, and what stands there aside: back again where that fails.
fn exchange(
    staged: &Path,
    place: &Path,
    old: &Path,
    mut rename: impl FnMut(&Path, &Path) -> io::Result<()>,
) -> io::Result<()> {
    if fs::symlink_metadata(place).is_err() {
        return rename(staged, place);
    }
    rename(place, old)?;
    rename(staged, place).inspect_err(|_| {
        let _ = rename(old, place);
    })
}

/// Removes what was left by programs that were stopped while they added a pack, and puts the pack back
/// that one had moved aside. What cannot be tidied stays for the next time.
pub(super) fn tidy(packs: &Path) {
    for entry in fs::read_dir(packs).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some((pack, pid, end)) = staged(&name) else {
            continue;
        };
        if test_kill_process(pid) == Err(Errno::SRCH) || is_old(&entry) {
            let aside = end == OLD && fs::symlink_metadata(packs.join(pack)).is_err();
            let _ = match aside {
                true => fs::rename(entry.path(), packs.join(pack)),
                false => remove(packs, &name),
            };
        }
    }
}

/// Whether something has its name for longer than adding a pack takes: after a restart another program may
/// have the number of the one that gave it.
fn is_old(entry: &DirEntry) -> bool {
    let named = entry.metadata().map(|found| found.ctime());
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let (Ok(named), Ok(now)) = (named, now) else {
        return false;
    };
    now.as_secs().cast_signed() - named > HOUR
}

const HOUR: i64 = 60 * 60;

/// Whether a folder beside the packs is left by adding one.
pub(super) fn is_left(path: &Path) -> bool {
    staged(&file_name(path)).is_some()
}

/// The pack, the process and the ending in the name of a folder beside the packs.
fn staged(name: &str) -> Option<(&str, Pid, &str)> {
    let (rest, end) = name.strip_prefix('.')?.rsplit_once('.')?;
    let (pack, pid) = rest.rsplit_once('.')?;
    let ours = !pack.is_empty() && [NEW, OLD].contains(&end);
    ours.then_some((pack, Pid::from_raw(pid.parse().ok()?)?, end))
}

/// How the names of folders end that a pack is copied to, and moved aside to.
const NEW: &str = "tmp";
const OLD: &str = "old";

/// Takes a pack out again, with everything in its folder. Where the folder is a link, only that.
///
/// # Errors
///
/// It is not there, or cannot be removed.
pub fn remove(packs: &Path, name: &str) -> io::Result<()> {
    let place = packs.join(name);
    if fs::symlink_metadata(&place)?.is_symlink() {
        return fs::remove_file(place);
    }
    fs::remove_dir_all(place)
}

/// The files of a folder that belong into a pack. What git keeps beside them stays behind.
fn paths(folder: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let say = |error: io::Error| unfit(folder, error.to_string());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(say)? {
        let path = entry.map_err(say)?.path();
        let name = file_name(&path);
        let kind = fs::symlink_metadata(&path).map_err(say)?.file_type();
        let beside = [".git", ".gitignore", ".gitattributes"];
        let reason = if beside.contains(&name.as_str()) || SCHEMAS.contains(&name.as_str()) {
            continue;
        } else if name.starts_with('.') {
            "it’s hidden, and a pack has nothing to hide"
        } else if kind.is_symlink() {
            "it’s a link, which could lead anywhere"
        } else if kind.is_dir()
            && name == PLANS.trim_end_matches('/')
            && folder.join(MANIFEST).exists()
        {
            paths.extend(self::paths(&path)?);
            continue;
        } else if kind.is_dir() {
            "it’s a folder; a pack’s exercises belong beside pack.toml, its plans in plans"
        } else if !kind.is_file() {
            "it isn’t a file"
        } else if !belongs(&name) {
            "it’s neither an exercise nor a text, and a pack has nothing else in it"
        } else {
            paths.push(path);
            continue;
        };
        return Err(unfit(&path, reason));
    }
    if paths.len() > MOST_FILES {
        return Err(unfit(folder, "it has more than 500 files"));
    }
    paths.sort();
    Ok(paths)
}

/// Exercises, and texts such as the licence.
fn belongs(name: &str) -> bool {
    let texts = ["LICENSE", "LICENCE", "COPYING", "README", "AUTHORS"];
    let ends = [".toml", ".md", ".txt"];
    texts.contains(&name) || ends.iter().any(|end| name.ends_with(end))
}

/// What a file of a pack is called, seen from its folder.
fn name_in(folder: &Path, path: &Path) -> String {
    let name = path.strip_prefix(folder).unwrap_or(path);
    name.to_string_lossy().into_owned()
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn unfit(path: &Path, reason: impl Into<String>) -> Refusal {
    Refusal::Unfit {
        path: path.to_path_buf(),
        reason: reason.into(),
    }
}

/// Where the plans of a pack are.
const PLANS: &str = "plans/";

/// What `author new` writes beside exercises; a pack needs none.
const SCHEMAS: [&str; 2] = ["exercise.schema.json", "plan.schema.json"];

// Texts for people.
const NO_MANIFEST: &str = "it has no pack.toml";
const NO_ID: &str = "its name isn’t an exercise id: small letters, digits and hyphens";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_whose_successor_cannot_take_its_place_is_put_back() {
        let packs = tempfile::tempdir().unwrap();
        let [staged, place, old] = ["staged", "place", "old"].map(|name| packs.path().join(name));
        fs::write(&staged, "new").unwrap();
        fs::write(&place, "old").unwrap();
        let exchanged = exchange(&staged, &place, &old, |from, to| match from == staged {
            true => Err(io::ErrorKind::StorageFull.into()),
            false => fs::rename(from, to),
        });
        assert_eq!(exchanged.unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(fs::read_to_string(&place).unwrap(), "old");
        assert!(!old.exists());
    }
}
