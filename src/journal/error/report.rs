//! What went wrong with files of sessions, as a person reads it.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::{Operation, StoreError};
use crate::error::{Error, Exit};
use crate::session::short_id;

impl StoreError {
    /// `source`, met while `doing` something with `path`.
    pub(in crate::journal) fn io(doing: Operation, path: &Path, source: io::Error) -> Self {
        Self::Io {
            doing,
            path: path.to_path_buf(),
            source: Arc::new(source),
        }
    }

    /// Whether nothing follows from what isn’t there: something can’t be looked at, or isn’t understood.
    pub fn hides_something(&self) -> bool {
        matches!(
            self,
            Self::Io { .. }
                | Self::OutOfPlace { .. }
                | Self::LeadsNowhere { .. }
                | Self::Misnamed { .. }
                | Self::Newer { .. }
                | Self::Unreadable { .. }
                | Self::TooLarge { .. }
        )
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let exit = match error {
            StoreError::NotFound { .. } | StoreError::Ambiguous { .. } => Exit::Usage,
            _ => Exit::Failed,
        };
        let mut report = Self::new(exit, error.to_string());
        if let Some(cause) = std::error::Error::source(&error) {
            report = report.because(cause);
        }
        if let StoreError::Ambiguous { ids, .. } = &error {
            for id in ids {
                report = report.detail(format!("{}  {id}", short_id(id)));
            }
        }
        match error.hint() {
            Some(hint) => report.hint(hint),
            None => report,
        }
    }
}
