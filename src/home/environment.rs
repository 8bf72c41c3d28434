//! What variables say.

use std::env;
use std::ffi::OsString;

/// A variable that is set and not empty.
pub fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// The locale of messages, where one is set.
pub fn locale() -> Option<String> {
    let first = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(variable)?;
    first.into_string().ok()
}
