//! The text of a session file, format 1: TOML, the head first and the answers last, so that a list
//! needs to read only the head.

mod ratings;
mod read;
mod same;
pub(crate) mod text;
mod write;

pub use ratings::ratings_from_text;
pub(super) use read::closed_answer;
pub use read::{from_table, from_text, head_from_text, to_table};
pub use same::same;
pub(super) use write::answer_to_text;
pub use write::to_text;

/// The newest session format that this program reads, and the one that it writes.
pub const FORMAT: i64 = 1;

/// The line that ends the head.
pub(crate) const ANSWERS: &str = "[[answers]]";

/// Why a text is not a session.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// It is not TOML.
    #[error("line {line}: {message}")]
    Toml {
        /// The line, counted from 1.
        line: usize,
        /// What stands there, in the parser's words.
        message: String,
    },
    /// It was written by a newer program.
    #[error("it has format {found}, but this program only reads formats up to {known}")]
    Newer {
        /// Its format.
        found: i64,
        /// The newest that this program reads.
        known: i64,
    },
    /// It is TOML, and a key is missing or holds something else than it should.
    #[error("{0}")]
    Shape(String),
}

#[cfg(test)]
pub(crate) mod tests;
