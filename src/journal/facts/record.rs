//! A fact as a record of the journal.

use crate::journal::format::FormatError;
use crate::journal::record::{Record, RecordKind};
use crate::ledger::{Fact, FactError, FactId, MOST_FACT_BYTES};
use crate::session::Moment;

impl Record for Fact {
    const KIND: &'static RecordKind = &RecordKind {
        sought: "promise",
        written_once: true,
        ..RecordKind::of::<Self>("ledger", "fact", "trust-coach promise")
    };

    fn id(&self) -> &str {
        &self.id
    }

    fn with_id(self, id: FactId) -> Self {
        let of = match self.of == self.id {
            true => id.clone(),
            false => self.of,
        };
        Self { id, of, ..self }
    }

    fn started(&self) -> &Moment {
        &self.at
    }

    fn to_text(&self) -> String {
        self.to_text()
    }

    fn from_text(text: &str) -> Result<Self, FormatError> {
        if text.len() > MOST_FACT_BYTES {
            let message = format!(
                "it is larger than {} KiB, and no fact is",
                MOST_FACT_BYTES >> 10
            );
            return Err(FormatError::Shape(message));
        }
        Self::from_text(text).map_err(|error| match error {
            FactError::Toml { line, message } => FormatError::Toml { line, message },
            FactError::Newer { found } => FormatError::Newer {
                found,
                known: crate::ledger::FACT_FORMAT,
            },
            FactError::Shape(message) => FormatError::Shape(message),
        })
    }

    fn is_same(&self, other: &Self) -> bool {
        self.to_text() == other.to_text()
    }

    fn contains(&self, part: &Self) -> bool {
        self.is_same(part)
    }
}
