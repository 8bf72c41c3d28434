//! The review rules there are, with the person's own.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::world::World;
use crate::exercise::library::{self, quoted};
use crate::format::meant_as_toml;
use crate::input::{dangling_link, look_into};
use crate::journal::vault::Vault;
use crate::journal::{Store, StoreLock};
use crate::review::{OwnRules, Subject, meaning, not_right};
use crate::text::inert;

/// The person's own rules files that can be used. The others are told of.
pub fn own(world: &mut World<'_>) -> Vec<OwnRules> {
    let Ok(folders) = world.folders() else {
        return Vec::new();
    };
    let (own, left_out) = read(&folders.data.clone());
    for file in left_out {
        let warning = format!(
            "warning: skipped {}: {}\nhint: {}\n",
            file.path.display(),
            file.reason,
            file.hint()
        );
        world.tell(&inert(&warning));
    }
    own
}

/// A rules file that cannot be used.
pub struct UnusableRules {
    /// Where it lies.
    pub path: PathBuf,
    /// Why it cannot be used.
    pub reason: String,
    /// Whether it isn't read for its name alone.
    pub is_misnamed: bool,
}

impl UnusableRules {
    /// What to do about it: the command that says more, or another name.
    pub fn hint(&self) -> String {
        match self.is_misnamed {
            true => String::from("give it a name such as my-rules.toml"),
            false => format!("trust-coach check {}", quoted(&self.path)),
        }
    }
}

/// The person's own rules files below the folder `data`: those that can be used, and the others.
pub fn read(data: &Path) -> (Vec<OwnRules>, Vec<UnusableRules>) {
    let (mut own, mut left_out) = (Vec::new(), Vec::new());
    let folder = data.join(FOLDER);
    if dangling_link(&folder).is_some() {
        left_out.push(unusable(folder.clone(), NOWHERE));
    }
    if let Err(error) = look_into(&folder) {
        left_out.push(unusable(folder.clone(), &error.to_string()));
    }
    for path in files(&folder) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if meant_as_toml(&name).is_some() {
            let is_misnamed = true;
            left_out.push(UnusableRules {
                is_misnamed,
                ..unusable(path, MISNAMED)
            });
            continue;
        }
        let reason = match library::read(&path) {
            Ok(text) => match meaning::own(&text) {
                Ok(file) => {
                    own.push(file);
                    continue;
                }
                Err(problems) if problems.is_empty() => BUILT_IN.to_string(),
                Err(problems) if problems.len() == 1 => String::from("it has 1 error"),
                Err(problems) => format!("it has {} errors", problems.len()),
            },
            Err(reason) => reason,
        };
        left_out.push(unusable(path, &reason));
    }
    (own, left_out)
}

fn unusable(path: PathBuf, reason: &str) -> UnusableRules {
    let reason = reason.to_string();
    let is_misnamed = false;
    UnusableRules {
        path,
        reason,
        is_misnamed,
    }
}

/// Notes that a remark of a rule isn't right, so that after some times it isn't made any more. With
/// the vault on nothing is noted: it would lie in the open. What can't be noted stays as it was.
pub fn call_not_right(store: &Store, subject: Subject, rule: &str) {
    if store.vault().ok() != Some(Vault::Off) {
        return;
    }
    let Ok(_all) = StoreLock::take(store) else {
        return;
    };
    let name = format!("not-right-{}.toml", subject.name());
    let folder = store.data_folder().join(FOLDER);
    let path = folder.join(name);
    let before = match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        _ => match library::read(&path) {
            Ok(text) => text,
            Err(_) => return,
        },
    };
    if let Some(text) = not_right(&before, subject, rule) {
        let _ = store.save_beside(&path, text.as_bytes());
    }
}

const NOWHERE: &str = "it’s a link that leads nowhere";

const MISNAMED: &str = "its name doesn’t end in .toml";

/// The folder of rules, beside that of exercises.
const FOLDER: &str = "rules";

const BUILT_IN: &str = "it says built_in, but it’s yours";

/// The TOML files in a folder that its owner can see, and those that are meant as such, in the order of
/// their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        !name.starts_with('.') && name.ends_with(".toml") || meant_as_toml(&name).is_some()
    });
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_that_cannot_be_read_are_not_written_over() {
        let home = tempfile::tempdir().unwrap();
        let store = Store::new(home.path().into(), home.path().join("state"));
        let note = || call_not_right(&store, Subject::Apology, "a-rule");
        note();
        let path = home.path().join("rules/not-right-apology.toml");
        assert!(fs::read_to_string(&path).unwrap().contains("a-rule"));
        fs::remove_file(&path).unwrap();
        // Where it leads may not be mounted now.
        std::os::unix::fs::symlink("/nowhere/notes.toml", &path).unwrap();
        note();
        assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
    }

    #[test]
    fn nothing_is_noted_over_what_another_program_writes_meanwhile() {
        let home = tempfile::tempdir().unwrap();
        let store = Store::new(home.path().into(), home.path().join("state"));
        let path = home.path().join("rules/not-right-apology.toml");
        let other = StoreLock::take(&store).unwrap();
        call_not_right(&store, Subject::Apology, "a-rule");
        assert!(!path.exists());
        drop(other);
        call_not_right(&store, Subject::Apology, "a-rule");
        assert!(path.exists());
    }
}
