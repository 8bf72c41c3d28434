//! Folders that can't be looked into: what is in them is missing everywhere, and nothing says so.

use std::fs;
use std::path::Path;

use super::walk::{Examiner, mode};
use crate::input::look_into;

impl Examiner<'_, '_> {
    /// Says which of the folders that hold no records can't be looked into.
    pub(super) fn folders_of_others(&mut self) {
        for (name, deep) in [("exercises", 0), ("plans", 0), ("rules", 0), ("packs", 2)] {
            self.reach(&self.store.data.join(name), deep);
        }
        self.reach(&self.store.locks(), 0);
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
