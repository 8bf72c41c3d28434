//! What went wrong with files of sessions, as a person reads it.

use super::StoreError;
use crate::error::{Error, Exit};
use crate::session::short_id;

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
