//! Sessions whose promises may not be followed yet: an empty file for each in the state folder, from
//! before the session is saved as finished until its facts are on the disk.

use std::fs;
use std::path::PathBuf;

use super::error::{Operation, StoreError};
use super::names::is_id;
use super::store::{Store, taken};
use crate::session::SessionId;

type Result<T> = std::result::Result<T, StoreError>;

impl Store {
    fn unfollowed_folder(&self) -> PathBuf {
        self.state.join("unfollowed")
    }

    /// Notes that a session may make promises. When this returns without an error, the note is on the
    /// disk.
    pub fn note_unfollowed(&self, session: &str) -> Result<()> {
        let folder = self.unfollowed_folder();
        self.make_folders(&folder)?;
        let path = folder.join(session);
        match self.files.create(&path) {
            Err(error) if !taken(&error) => Err(StoreError::io(Operation::Create, &path, error)),
            _ => self.sync_folder(&folder),
        }
    }

    /// Removes the note: its promises are followed, or it makes none.
    pub fn note_followed(&self, session: &str) -> Result<()> {
        self.remove(&self.unfollowed_folder().join(session))
    }

    /// The sessions that are noted. There are none but those that are open, and those whose run was cut
    /// off.
    pub fn unfollowed(&self) -> Vec<SessionId> {
        let entries = fs::read_dir(self.unfollowed_folder()).into_iter().flatten();
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut ids: Vec<SessionId> = names.filter(|name| is_id(name)).collect();
        ids.sort();
        ids
    }
}
