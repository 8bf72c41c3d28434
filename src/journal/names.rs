//! Names of sessions on disk, newest first. The order of names is the index: nothing but folders is
//! opened, and no more of them than are asked for.

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::encoding::Encoding;
use super::error::{Operation, StoreError};
use crate::session::SessionId;

/// The shape of a name: digits, hex digits, and signs that stand for themselves.
const SHAPE: &[u8] = b"00000000T000000.000Z-ffffffff";

/// How many characters the full name of a session has.
pub(super) const ID_LENGTH: usize = SHAPE.len();

/// Whether `id` is the full name of a session, such as `20261122T174501.032Z-9f3a61c2`.
pub fn is_id(id: &str) -> bool {
    id.len() == SHAPE.len()
        && id.bytes().zip(SHAPE).all(|(byte, shape)| match shape {
            b'0' => byte.is_ascii_digit(),
            b'f' => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
            exact => byte == *exact,
        })
}

/// Whether a file is called as a session is, but for some of its name.
pub(super) fn is_nearly_session(name: &str) -> bool {
    let shown = name.trim_start_matches('.');
    shown.get(..ID_LENGTH).is_some_and(is_id) || shown.to_lowercase().contains(".toml")
}

/// The time in the name of a session that begins at `at`.
pub(super) fn time_name(at: &jiff::Zoned) -> String {
    at.timestamp().strftime("%Y%m%dT%H%M%S.%3fZ").to_string()
}

/// The year and the month folder of a session.
pub(super) fn month_of(id: &str) -> (&str, &str) {
    (id.get(..4).unwrap_or("0000"), id.get(4..6).unwrap_or("00"))
}

/// Sessions by name, newest first. What cannot be listed, and what is no file though it has the
/// name of one, comes as an error and hides nothing else.
#[derive(Debug, Default)]
pub struct Names {
    years: Vec<PathBuf>,
    months: Vec<PathBuf>,
    found: VecDeque<Result<SessionId, StoreError>>,
}

impl Names {
    /// The sessions below `folder`, which need not exist.
    pub(super) fn below(folder: &Path) -> Self {
        let mut names = Self::default();
        names.years = names.folders(folder, 4);
        names
    }

    /// Nothing but one error.
    pub(super) fn failed(error: StoreError) -> Self {
        Self {
            found: VecDeque::from([Err(error)]),
            ..Self::default()
        }
    }

    /// The folders in `folder` whose name has `digits` digits, in order.
    fn folders(&mut self, folder: &Path, digits: usize) -> Vec<PathBuf> {
        let is_ours =
            |name: &str| name.len() == digits && name.bytes().all(|byte| byte.is_ascii_digit());
        let mut folders = Vec::new();
        for (name, kind) in self.list(folder) {
            if !is_ours(&name) {
                continue;
            }
            let path = folder.join(&name);
            if kind.is_dir() {
                folders.push(path);
            } else {
                self.found.push_back(Err(StoreError::OutOfPlace { path }));
            }
        }
        folders.sort_unstable();
        folders
    }

    fn sessions(&mut self, folder: &Path) {
        let mut names = self.list(folder);
        names.sort_unstable_by(|(one, _), (other, _)| other.cmp(one));
        for (name, kind) in names {
            let Some((id, _)) = Encoding::split(&name).filter(|(id, _)| is_id(id)) else {
                continue;
            };
            // In both forms it is still one session.
            if matches!(self.found.back(), Some(Ok(last)) if last == id) {
                continue;
            }
            let (year, month) = month_of(id);
            if !folder.ends_with(Path::new(year).join(month)) {
                continue;
            }
            self.found.push_back(if kind.is_file() {
                Ok(id.to_string())
            } else {
                let path = folder.join(&name);
                Err(StoreError::OutOfPlace { path })
            });
        }
    }

    fn list(&mut self, folder: &Path) -> Vec<(String, fs::FileType)> {
        match list(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.found
                    .push_back(Err(StoreError::io(Operation::List, folder, error)));
                Vec::new()
            }
        }
    }
}

impl Iterator for Names {
    type Item = Result<SessionId, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.found.pop_front() {
                return Some(found);
            }
            if let Some(month) = self.months.pop() {
                self.sessions(&month);
            } else {
                let year = self.years.pop()?;
                self.months = self.folders(&year, 2);
            }
        }
    }
}

/// Every month folder below `folder`, newest first; those that cannot be listed are left out.
pub(super) fn months(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let mut names = Names::below(folder);
    std::iter::from_fn(move || {
        while names.months.is_empty() {
            let year = names.years.pop()?;
            names.months = names.folders(&year, 2);
        }
        names.months.pop()
    })
}

/// The names in a folder with their types, which come with the list and cost no call each. A folder
/// that is not there holds nothing; names that are not UTF-8 are not ours.
pub(super) fn list(folder: &Path) -> io::Result<Vec<(String, fs::FileType)>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        if let Ok(name) = entry.file_name().into_string() {
            names.push((name, entry.file_type()?));
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_full_names_are_names() {
        assert!(is_id("20261122T174501.032Z-9f3a61c2"));
        for other in [
            "",
            "9f3a61c2",
            "20261122T174501.032Z-9F3A61C2",
            "20261122T174501.032Z-9f3a61c2.toml",
            "20261122T174501.032Z-../../..",
            "20261122T174501-032Z-9f3a61c2",
        ] {
            assert!(!is_id(other), "{other}");
        }
    }

    #[test]
    fn names_come_newest_first_and_other_files_do_not() {
        let home = tempfile::tempdir().unwrap();
        let ids = [
            "20261231T235959.999Z-00000001",
            "20261231T235959.998Z-ffffffff",
            "20261201T000000.000Z-00000001",
            "20261122T174501.032Z-9f3a61c2",
            "20251122T174501.032Z-9f3a61c2",
        ];
        for id in ids.iter().rev() {
            let (year, month) = month_of(id);
            let folder = home.path().join(year).join(month);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(format!("{id}.toml")), "").unwrap();
            fs::write(folder.join(format!(".{id}.toml.1-1.tmp")), "").unwrap();
            fs::write(folder.join("notes.txt"), "").unwrap();
            fs::write(folder.join(format!("{id}.toml.age")), "").unwrap();
        }
        let found = Names::below(home.path()).collect::<Result<Vec<_>, _>>();
        assert_eq!(found.unwrap(), ids);
        assert_eq!(months(home.path()).count(), 3);
    }

    #[test]
    fn only_the_months_that_are_asked_for_are_opened() {
        let home = tempfile::tempdir().unwrap();
        for (month, id) in [
            ("12", "20261201T000000.000Z-00000001"),
            ("11", "20261122T174501.032Z-9f3a61c2"),
        ] {
            let folder = home.path().join("2026").join(month);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(format!("{id}.toml")), "").unwrap();
        }
        let mut names = Names::below(home.path());
        assert!(names.next().is_some_and(|id| id.is_ok()));
        assert_eq!(names.months.len(), 1);
    }
}
