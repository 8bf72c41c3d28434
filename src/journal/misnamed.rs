//! Records that aren't read, since their names or their folders are only nearly right: sync programs,
//! editors and people give them such. One of them may be the newest.

use std::path::{Path, PathBuf};

use super::encoding::Encoding;
use super::names::{ID_LENGTH, is_id, list, month_of};
use super::records::Records;
use super::temp::unfinished;
use super::vault::strays::named_inside;
use crate::session::SessionId;

/// How deep folders are looked into.
const DEEP: usize = 8;

impl<R> Records<'_, R> {
    /// Files that are a record from the name `first` on, by what they are called or say, while none is
    /// there under its own name; the newest first. Without `everywhere`, folders of months before that
    /// of `first` aren't looked into.
    pub fn misnamed(&self, first: &str, everywhere: bool) -> Vec<PathBuf> {
        let (year, month) = month_of(first);
        let from = match everywhere {
            true => String::new(),
            false => format!("{year}/{month}"),
        };
        let mut found = Vec::new();
        self.misnamed_below(&self.folder(), (first, &from), DEEP, &mut found);
        found.sort();
        found.into_iter().rev().map(|(_, path)| path).collect()
    }

    fn misnamed_below(
        &self,
        folder: &Path,
        (first, from): (&str, &str),
        deep: usize,
        found: &mut Vec<(SessionId, PathBuf)>,
    ) {
        let own_month = folder.strip_prefix(self.folder()).unwrap_or(folder);
        let own_month = own_month.to_string_lossy();
        for (name, kind) in list(folder).unwrap_or_default() {
            if !kind.is_dir() && is_at_home(&name, &own_month) {
                continue;
            }
            let path = folder.join(&name);
            if !kind.is_dir() {
                let id = self.meant(&path, &name).filter(|id| id.as_str() >= first);
                found.extend(id.map(|id| (id, path)));
                continue;
            }
            let below = path.strip_prefix(self.folder()).unwrap_or(&path);
            let below = below.to_string_lossy();
            let is_before = from.get(..below.len()).is_some_and(|from| *below < *from);
            // In hidden ones lies what programs keep of before.
            if deep > 0 && !name.starts_with('.') && !is_before {
                self.misnamed_below(&path, (first, from), deep - 1, found);
            }
        }
    }

    /// The record that a file is meant to be which isn't called so; none where that one is there.
    fn meant(&self, path: &Path, name: &str) -> Option<SessionId> {
        let own = Encoding::split(name).filter(|(id, _)| is_id(id));
        if own.is_some_and(|(id, form)| self.path_in(id, form) == path)
            || unfinished(name).is_some() && !self.store.is_renamed_session(path)
        {
            return None;
        }
        let starts = 0..=name.len().saturating_sub(ID_LENGTH);
        let mut parts = starts.filter_map(|start| name.get(start..start + ID_LENGTH));
        let named = parts.find(|part| is_id(part)).map(String::from);
        let is_toml = || name.to_lowercase().contains(Encoding::Plain.ending());
        let id = named.or_else(|| named_inside(path).filter(|_| is_toml()))?;
        (!self.is_saved(&id)).then_some(id)
    }
}

/// Whether a file has the name of a record, and lies in its month, such as `2026/11`: nearly all do.
fn is_at_home(name: &str, month: &str) -> bool {
    let id = Encoding::split(name).map(|(id, _)| id);
    id.filter(|id| is_id(id)).is_some_and(|id| {
        let (year, own) = month_of(id);
        month.len() == year.len() + 1 + own.len() && month.starts_with(year) && month.ends_with(own)
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::journal::StoreError;
    use crate::journal::store::folder_of;
    use crate::journal::tests::{now, saved, store};

    #[test]
    fn the_last_is_unclear_while_a_newer_one_lies_there_under_a_name_that_is_not_read() {
        for nearly in [
            "../11/.ID.toml.icloud",
            "ID 2.toml",
            "ID.TOML",
            "ID.toml.txt",
            "ID (conflicted copy).toml",
            "Copy of ID.toml",
            "ID.toml.age.bak",
            "walk.toml",
            "sub/ID.toml",
            "../12/ID.toml",
            "../../ID.toml",
        ] {
            let home = tempfile::tempdir().unwrap();
            let store = store(home.path());
            let sessions = store.sessions();
            let (old, new) = (saved(&store, 1), saved(&store, 2));
            let path = sessions.path(&new.id);
            let other = folder_of(&path).join(nearly.replace("ID", &new.id));
            fs::create_dir_all(folder_of(&other)).unwrap();
            // A copy beside what is there says nothing.
            fs::copy(&path, &other).unwrap();
            assert_eq!(sessions.find_to_change("last", &now()).unwrap(), new.id);
            fs::remove_file(&path).unwrap();
            let error = sessions.find_to_change("last", &now()).unwrap_err();
            assert!(
                matches!(error, StoreError::LastUnclear { .. }),
                "{nearly}: {error}"
            );
            let name = other.file_name().unwrap().to_str().unwrap();
            assert!(error.to_string().contains(name), "{error}");
            // By its own name the other one can be changed.
            assert_eq!(sessions.find_to_change("00000001", &now()).unwrap(), old.id);
            assert_eq!(sessions.misnamed(&new.id, false).len(), 1, "{nearly}");
            fs::remove_file(sessions.path(&old.id)).unwrap();
            for found in [
                sessions.find("last", &now()),
                sessions.find_to_change("last", &now()),
            ] {
                assert!(found.unwrap_err().to_string().contains(name), "{nearly}");
            }
        }
    }

    #[test]
    fn what_programs_keep_of_before_and_older_ones_leave_the_last_clear() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let (old, new) = (saved(&store, 1), saved(&store, 2));
        let month = folder_of(&store.sessions().path(&new.id));
        fs::rename(
            store.sessions().path(&old.id),
            month.join(format!("{} 2.toml", old.id)),
        )
        .unwrap();
        let later = "20270101T000000.000Z-00000003";
        for name in [
            format!("../../.stversions/2027/01/{later}~20270102.toml"),
            format!(".{later}.toml.9-9.tmp"),
            "notes.toml".to_string(),
        ] {
            let path = month.join(name);
            fs::create_dir_all(folder_of(&path)).unwrap();
            fs::write(path, "title = \"words\"\n").unwrap();
        }
        let sessions = store.sessions();
        assert_eq!(sessions.find_to_change("last", &now()).unwrap(), new.id);
        assert_eq!(sessions.misnamed("", true).len(), 1);
    }

    #[test]
    fn the_last_is_unclear_where_the_newest_was_emptied() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let (_, new) = (saved(&store, 1), saved(&store, 2));
        let path = store.sessions().path(&new.id);
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_len(0).unwrap();
        let later = std::time::SystemTime::now() + std::time::Duration::from_secs(1);
        file.set_modified(later).unwrap();
        let error = store.sessions().find_to_change("last", &now()).unwrap_err();
        assert!(error.to_string().contains("it’s empty"), "{error}");
    }
}
