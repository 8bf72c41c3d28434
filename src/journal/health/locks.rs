//! What stands in the place of locks: where it is no lock, nothing can be saved, and no repair can be made.

use std::fs;

use super::super::lock::is_in_the_way;
use super::IssueKind;
use super::walk::Examiner;

impl Examiner<'_, '_> {
    /// Says what is in the way of a lock, or of the folder of all of them.
    pub(super) fn locks(&mut self) {
        let folder = self.store.locks();
        let found = fs::symlink_metadata(&folder);
        if found.is_ok_and(|found| !found.is_dir()) {
            return self.report.add(IssueKind::Lock, folder, None, None);
        }
        for entry in self.entries(&folder) {
            if is_in_the_way(&entry.name, &entry.path) {
                self.report.add(IssueKind::Lock, entry.path, None, None);
            }
        }
    }
}
