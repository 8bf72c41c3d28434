//! Reads what an author wrote, whatever it is.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use crate::text::position::line_of;

/// Larger files are not exercises.
pub const MOST_BYTES: u64 = 1024 * 1024;

/// The text of an exercise file.
///
/// # Errors
///
/// Why it cannot be read, for a person: it is no regular file, too large, not text, or the system
/// says no.
pub fn read(path: &Path) -> Result<String, String> {
    let say = |error: io::Error| error.to_string();
    // A pipe or a device would never end.
    if !fs::metadata(path).map_err(say)?.is_file() {
        return Err(String::from("it is not a file"));
    }
    read_from(fs::File::open(path).map_err(say)?)
}

/// The text of an exercise from a stream.
///
/// # Errors
///
/// As [`read`].
pub fn read_from(stream: impl Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    let mut limited = stream.take(MOST_BYTES + 1);
    limited
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(String::from("it is larger than 1 MB, which no exercise is"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = line_of(error.as_bytes(), good);
        format!("it is not UTF-8 text (line {line})")
    })
}
