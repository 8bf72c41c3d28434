//! Folders that can't be looked into: what is in them is missing everywhere, and nothing says so.

use std::fs;
use std::path::Path;

use super::IssueKind;
use super::walk::{Examiner, mode};
use crate::input::{dangling_link, look_into};

impl Examiner<'_, '_> {
    /// Says which of the folders that hold no records can't be looked into.
    pub(super) fn folders_of_others(&mut self) {
        for (name, deep) in [("exercises", 0), ("plans", 0), ("rules", 0), ("packs", 2)] {
            self.reach(&self.store.data.join(name), deep);
        }
        self.reach(&self.store.locks(), 0);
        if self.store.key_has_changed() {
            let (key, why) = (self.store.identity_file(), Some(CHANGED.to_string()));
            self.report.add(IssueKind::LostKey, key, why, None);
        }
    }

    /// Looks at the keys of paused sessions for two: who else can use them, and whether each is there.
    pub(super) fn keys_of_two(&mut self) {
        let folder = self.store.two_folder();
        if dangling_link(&folder).is_some() {
            let folder = folder.clone();
            self.report.add(IssueKind::DanglingLink, folder, None, None);
        }
        for key in self.entries(&folder) {
            // What a link leads to isn't ours.
            if key.found.is_file() {
                self.owner_and_mode(&key.path, &key.found);
            }
        }
        for session in self.store.paused_for_two() {
            for path in self.store.missing_keys(&session) {
                let why = Some(format!("what was closed in {} needs it", session.id));
                self.report.add(IssueKind::LostKey, path, why, None);
            }
        }
    }

    /// Whether one can look into a folder that others may look into as well, and into those in it.
    fn reach(&mut self, folder: &Path, deep: usize) {
        if let Err(error) = look_into(folder) {
            if let Ok(found) = fs::metadata(folder) {
                mode(&mut self.report, folder, &found);
            }
            return self.closed(folder, &error);
        }
        if let Some(deep) = deep.checked_sub(1) {
            let inside = fs::read_dir(folder).into_iter().flatten().flatten();
            for path in inside.map(|entry| entry.path()) {
                if path.is_dir() {
                    self.reach(&path, deep);
                }
            }
        }
    }
}

const CHANGED: &str = "it has changed since the vault was last opened here; `trust-coach history` shows whether it still opens";
