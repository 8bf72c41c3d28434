//! Reads what an author wrote, whatever it is.

use std::io::Read;
use std::path::Path;

use crate::input::{self, InputError};

/// Larger files are not exercises.
pub const MOST_BYTES: u64 = 1024 * 1024;

/// The text of an exercise file.
///
/// # Errors
///
/// Why it cannot be read, for a person: it is no regular file, too large, not text, or the system
/// says no.
pub fn read(path: &Path) -> Result<String, String> {
    input::read_file(path, MOST_BYTES).map_err(|error| why(&error))
}

/// The text of an exercise from a stream.
///
/// # Errors
///
/// As [`read`].
pub fn read_from(stream: impl Read) -> Result<String, String> {
    input::read(stream, MOST_BYTES).map_err(|error| why(&error))
}

fn why(error: &InputError) -> String {
    match error {
        InputError::TooLarge(_) => String::from("it’s larger than 1 MB, and exercises aren’t"),
        error => error.to_string(),
    }
}
