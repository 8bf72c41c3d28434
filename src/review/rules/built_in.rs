//! The rules files that come with the program, each read once.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::review::file::{RulesFile, SourceFile};
use crate::review::keys::{CONTROL, HEAVY, WORDS};
use crate::review::{Subject, parse, quick};

/// The built-in rules files: what they are for, and their text.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("words", include_str!("../../../exercises/rules/words.toml")),
    ("heavy", include_str!("../../../exercises/rules/heavy.toml")),
    (
        "control",
        include_str!("../../../exercises/rules/control.toml"),
    ),
    (
        "apology",
        include_str!("../../../exercises/rules/apology.toml"),
    ),
    (
        "reflection",
        include_str!("../../../exercises/rules/reflection.toml"),
    ),
    (
        "empathy",
        include_str!("../../../exercises/rules/empathy.toml"),
    ),
    (
        "promise",
        include_str!("../../../exercises/rules/promise.toml"),
    ),
    (
        "opening",
        include_str!("../../../exercises/rules/opening.toml"),
    ),
];

/// A built-in file, by what it is for.
pub(super) fn built_in(name: &str) -> Option<&'static RulesFile> {
    static READ: [OnceLock<Option<RulesFile>>; BUILT_IN.len()] =
        [const { OnceLock::new() }; BUILT_IN.len()];
    let mut files = BUILT_IN.iter().zip(&READ);
    let ((_, text), read) = files.find(|((known, _), _)| *known == name)?;
    let read = read.get_or_init(|| quick::read(text).or_else(|| parse::whole(text)));
    read.as_ref()
}

/// The built-in files for a subject.
pub(super) fn base(subject: Subject) -> impl Iterator<Item = SourceFile> {
    let binds = matches!(
        subject,
        Subject::Promise | Subject::Opening | Subject::Apology
    );
    let first = [WORDS, HEAVY].into_iter().chain(binds.then_some(CONTROL));
    let files = first.chain([subject.name()]).filter_map(built_in);
    files.map(Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_readers_make_the_same_of_every_built_in_file() {
        for (name, text) in BUILT_IN {
            let quick = quick::read(text).unwrap_or_else(|| panic!("{name}: a form not known"));
            let mut whole = parse::whole(text).unwrap();
            whole.starts.clear();
            // Not `assert_eq`: nobody reads two whole files.
            assert!(quick == whole, "{name}");
        }
    }
}
