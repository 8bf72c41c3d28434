//! What the journal keeps: records, each a file of its own under a name that begins with its time.

use std::fmt;

use super::format::FormatError;
use crate::session::Moment;
use crate::text::counted;

/// Something that the journal keeps. What differs from kind to kind is here; names, saving, sealing,
/// locks, the health check, backups and the vault are the same for all.
pub trait Record: Clone {
    /// Its kind, as a row of `KINDS` in `records`.
    const KIND: &'static RecordKind;

    /// The full name, as [`is_id`](super::is_id) takes it.
    fn id(&self) -> &str;

    /// The same record under another name.
    #[must_use]
    fn with_id(self, id: String) -> Self;

    /// When it began, as it says itself.
    fn started(&self) -> &Moment;

    /// The text of its file.
    fn to_text(&self) -> String;

    /// Reads the text of a file.
    fn from_text(text: &str) -> Result<Self, FormatError>;

    /// What cannot be in what it says, such as an end before its beginning.
    fn contradictions(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether both say the same.
    fn is_same(&self, other: &Self) -> bool;

    /// Whether all that a person gave in `part` is also in this one.
    fn contains(&self, part: &Self) -> bool;
}

/// One kind of record, for those who look at files without asking what is said in them.
#[derive(Debug)]
pub struct RecordKind {
    /// The folder below the data folder.
    pub(super) folder: &'static str,
    /// What one is called.
    pub(super) noun: &'static str,
    /// What somebody looks for who types the name of one.
    pub(super) sought: &'static str,
    /// The command that lists them.
    pub(super) listed_by: &'static str,
    /// Whether its file is written once and never again, so that it says its own name and a copy that
    /// differs was made by hand.
    pub(super) written_once: bool,
    /// Reads the text of a file, and returns the record's name as it stands there, and when it began.
    pub(super) head: fn(&str) -> Result<(String, Moment), FormatError>,
    /// Reads the text of a file, and returns what cannot be in it.
    pub(super) contradictions: fn(&str) -> Vec<String>,
}

impl RecordKind {
    /// The kind of `R`, which lies in `folder`.
    pub(super) const fn of<R: Record>(
        folder: &'static str,
        noun: &'static str,
        listed_by: &'static str,
    ) -> Self {
        Self {
            folder,
            noun,
            sought: noun,
            listed_by,
            written_once: false,
            head: head::<R>,
            contradictions: contradictions::<R>,
        }
    }
}

/// How many records there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordCounts {
    /// Sessions.
    pub sessions: usize,
    /// Facts.
    pub facts: usize,
}

impl RecordCounts {
    /// Counts one more.
    pub(super) fn add(&mut self, kind: &RecordKind) {
        match kind.written_once {
            true => self.facts += 1,
            false => self.sessions += 1,
        }
    }

    /// How many there are together.
    pub fn all(self) -> usize {
        self.sessions + self.facts
    }
}

/// `3 sessions`, or `3 sessions and 1 fact`.
impl fmt::Display for RecordCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&counted(self.sessions, "session"))?;
        match self.facts {
            0 => Ok(()),
            facts => write!(f, " and {}", counted(facts, "fact")),
        }
    }
}

fn head<R: Record>(text: &str) -> Result<(String, Moment), FormatError> {
    R::from_text(text).map(|record| (record.id().to_string(), record.started().clone()))
}

fn contradictions<R: Record>(text: &str) -> Vec<String> {
    R::from_text(text).map_or_else(|_| Vec::new(), |record| record.contradictions())
}
