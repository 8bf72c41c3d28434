//! What every format can do.

use crate::exercise::Exercise;
use crate::ledger::Fact;
use crate::session::Session;

/// Writes sessions in one format. Each call returns the next piece of the text.
pub trait Exporter {
    /// What stands before the first session.
    fn begin(&mut self) -> String {
        String::new()
    }

    /// One session, with its exercise where that is still there.
    fn session(&mut self, session: &Session, exercise: Option<&Exercise>) -> String;

    /// One fact about a promise; facts come behind the sessions. Most formats have no place for it.
    fn fact(&mut self, _fact: &Fact) -> String {
        String::new()
    }

    /// What stands behind the last one.
    fn end(&mut self) -> String {
        String::new()
    }
}
