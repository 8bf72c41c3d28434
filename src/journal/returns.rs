//! When two people wanted to go on with a paused session: a small file for each in the state folder,
//! so that it's known without reading a session. There is no word of theirs in it.

use std::fs;
use std::path::PathBuf;

use super::contents::whole_text;
use super::error::StoreError;
use super::names::is_id;
use super::store::Store;
use crate::session::SessionId;

impl Store {
    fn returns_folder(&self) -> PathBuf {
        self.state.join("returns")
    }

    /// Notes when they wanted to go on.
    pub fn note_return(&self, session: &str, at: &str) -> Result<(), StoreError> {
        let folder = self.returns_folder();
        self.make_folders(&folder)?;
        self.replace(&folder.join(session), at.as_bytes())
    }

    /// Removes the note: they went on, or left it open.
    pub fn forget_return(&self, session: &str) -> Result<(), StoreError> {
        self.remove(&self.returns_folder().join(session))
    }

    /// The sessions that are noted, each with the moment or the day.
    pub fn returns(&self) -> Vec<(SessionId, String)> {
        let entries = fs::read_dir(self.returns_folder()).into_iter().flatten();
        let noted = entries.filter_map(|entry| {
            let entry = entry.ok()?;
            let id = entry
                .file_name()
                .into_string()
                .ok()
                .filter(|id| is_id(id))?;
            let at = whole_text(&entry.path()).ok()?;
            Some((id, at))
        });
        let mut noted: Vec<_> = noted.collect();
        noted.sort();
        noted
    }
}
