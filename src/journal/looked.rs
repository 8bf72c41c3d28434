//! Whether somebody has looked for what older versions left in a home.

use std::path::PathBuf;

use super::error::StoreError;
use super::store::Store;

impl Store {
    /// Whether nobody has looked yet for what older versions left in a home where something was saved.
    pub fn is_to_be_looked_at(&self) -> bool {
        self.data.join("format").is_file() && self.check().is_ok() && !self.looked_file().exists()
    }

    /// Notes that somebody has looked.
    pub fn was_looked_at(&self) -> Result<(), StoreError> {
        self.make_folders(&self.state)?;
        self.replace(&self.looked_file(), b"1\n")
    }

    fn looked_file(&self) -> PathBuf {
        self.state.join("looked")
    }
}
