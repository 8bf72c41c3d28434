//! What variables say.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// A variable that is set and not empty.
pub fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// A path as somebody typed it: `~` is the home folder, as in a shell.
pub fn typed_path(typed: impl AsRef<Path>) -> PathBuf {
    let typed = typed.as_ref();
    match (typed.strip_prefix("~"), variable("HOME")) {
        (Ok(rest), Some(home)) => Path::new(&home).join(rest),
        _ => typed.to_path_buf(),
    }
}

/// The locale of messages, where one is set.
pub fn locale() -> Option<String> {
    let first = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(variable)?;
    first.into_string().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_path_knows_the_home_folder_at_its_start_alone() {
        let home = PathBuf::from(variable("HOME").unwrap_or_else(|| "~".into()));
        assert_eq!(typed_path("~/copy.toml"), home.join("copy.toml"));
        for other in ["/a/~/b", "a/b", "~b/c"] {
            assert_eq!(typed_path(other), Path::new(other));
        }
    }
}
