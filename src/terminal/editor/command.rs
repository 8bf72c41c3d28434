//! Which editor is run.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::PermissionsExt;

/// Tried in turn where no editor is named.
const USUAL: [&str; 2] = ["nano", "vi"];

/// The command to run: the first of VISUAL, EDITOR and the one that is set that says something,
/// else a usual one.
pub(super) fn command(
    variable: &dyn Fn(&str) -> Option<OsString>,
    named: Option<OsString>,
    is_there: &dyn Fn(&str) -> bool,
) -> Option<Vec<OsString>> {
    let variables = ["VISUAL", "EDITOR"].into_iter().filter_map(variable);
    for value in variables.chain(named) {
        // A value that is not text, or has a quote too many, names the program as it is.
        let words = value
            .to_str()
            .and_then(|value| shell_words::split(value).ok());
        let words = words.map_or_else(
            || vec![value],
            |words| words.into_iter().map(OsString::from).collect(),
        );
        if words.first().is_some_and(|program| !program.is_empty()) {
            return Some(words);
        }
    }
    let usual = USUAL.into_iter().find(|program| is_there(program))?;
    Some(vec![usual.into()])
}

/// Whether a program of this name lies in one of the folders of `path`.
pub(super) fn is_in(path: &OsStr, program: &str) -> bool {
    env::split_paths(path).any(|folder| {
        fs::metadata(folder.join(program))
            .is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(visual: &str, editor: &str, there: &str) -> Vec<String> {
        let variable = |name: &str| {
            let value = if name == "VISUAL" { visual } else { editor };
            (value != "unset").then(|| value.into())
        };
        let words = command(&variable, None, &|program| program == there).unwrap_or_default();
        let words = words.iter().map(|word| word.to_string_lossy().into_owned());
        words.collect()
    }

    #[test]
    fn visual_comes_before_editor_and_an_empty_one_is_as_good_as_none() {
        assert_eq!(chosen("emacs -nw", "vim", ""), ["emacs", "-nw"]);
        assert_eq!(chosen("", "vim", ""), ["vim"]);
        assert_eq!(
            chosen(" ", "\"my editor\" --wait", ""),
            ["my editor", "--wait"]
        );
        assert_eq!(chosen("unset", "unset", "vi"), ["vi"]);
        assert!(chosen("unset", "", "").is_empty());
    }

    #[test]
    fn the_editor_that_is_set_comes_behind_variables_and_before_the_usual_ones() {
        let named = || Some(OsString::from("my-editor -w"));
        let one = |name: &str| (name == "EDITOR").then(|| OsString::from("vim"));
        let first = |words: Option<Vec<OsString>>| words.unwrap()[0].clone();
        assert_eq!(first(command(&one, named(), &|_| true)), "vim");
        assert_eq!(first(command(&|_| None, named(), &|_| true)), "my-editor");
    }
}
