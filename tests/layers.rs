//! Who may know whom. Data flows one way; a module that reaches back is found here.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};

/// A part of the source, and what must not be named in it.
const RULES: &[(&str, &[&str])] = &[
    (
        "src/exercise",
        &[
            "crate::prompt",
            "crate::engine",
            "crate::session::",
            "crate::journal",
        ],
    ),
    (
        "src/prompt",
        &[
            "crate::exercise",
            "crate::engine",
            "crate::session",
            "crate::journal",
            "std::fs::",
        ],
    ),
    (
        "src/protocol",
        &[
            "crate::exercise",
            "crate::engine",
            "crate::journal",
            "crate::commands",
            "std::fs",
        ],
    ),
    (
        "src/engine",
        &[
            "crate::journal",
            "crate::commands",
            "crate::runner",
            "std::fs",
            "std::io",
            "::now()",
        ],
    ),
    (
        "src/session.rs",
        &[
            "crate::prompt",
            "crate::journal",
            "std::fs",
            "std::io",
            "::now()",
        ],
    ),
    (
        "src/journal",
        &[
            "crate::prompt",
            "crate::engine",
            "crate::commands",
            "crate::runner",
        ],
    ),
    (
        "src/runner",
        &["crate::journal", "crate::commands", "std::fs", "::now()"],
    ),
    (
        "src/syntax.rs",
        &[
            "crate::exercise",
            "crate::review",
            "crate::commands",
            "std::fs",
        ],
    ),
    (
        "src/problem.rs",
        &[
            "crate::exercise",
            "crate::review",
            "crate::commands",
            "std::fs",
        ],
    ),
    (
        "src/review",
        &[
            "crate::prompt",
            "crate::exercise",
            "crate::engine",
            "crate::session",
            "crate::journal",
            "crate::commands",
            "crate::runner",
            "std::fs",
            "std::io",
            "::now()",
        ],
    ),
    (
        "src/safety",
        &[
            "crate::journal",
            "crate::engine",
            "crate::commands",
            "std::fs",
        ],
    ),
    (
        "src/export",
        &[
            "crate::prompt",
            "crate::engine",
            "crate::runner",
            "crate::commands",
            "journal::Store",
            "std::fs",
            "std::io",
            "::now()",
        ],
    ),
    (
        "src/view",
        &[
            "crate::journal",
            "crate::commands",
            "crate::engine",
            "std::fs",
        ],
    ),
];

/// A word, and the only parts of the source that may name it.
const ONLY: &[(&str, &[&str])] = &[
    ("rustix::termios", &["src/prompt", "src/world.rs"]),
    ("clap", &["src/commands", "src/main.rs", "src/world.rs"]),
    ("std::net", &[]),
    ("use age::", &["src/seal"]),
    ("is_terminal()", &["src/world.rs", "src/prompt/terminal"]),
    ("env::var", &["src/world.rs", "src/prompt/editor.rs"]),
    ("Zoned::now()", &["src/world.rs"]),
];

fn sources(under: &Path) -> Vec<PathBuf> {
    if under.is_file() {
        return vec![under.to_path_buf()];
    }
    let entries = fs::read_dir(under)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .filter(|path| path.is_dir() || path.extension().is_some_and(|ending| ending == "rs"))
        .flat_map(|path| sources(&path))
        .collect();
    files.sort();
    files
}

/// The code of a file: without comments, and without the tests at its foot.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap();
    text.lines()
        .map(|line| line.split("//").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn no_module_names_what_it_must_not_know() {
    for (part, forbidden) in RULES {
        for file in sources(Path::new(part)) {
            // A text that is open in the person's own editor is a file.
            if file.ends_with("prompt/editor.rs") {
                continue;
            }
            let code = code(&file);
            for word in *forbidden {
                assert!(!code.contains(word), "{} names {word}", file.display());
            }
        }
    }
}

#[test]
fn each_library_and_each_edge_has_its_one_place() {
    for file in sources(Path::new("src")) {
        let code = code(&file);
        for (word, places) in ONLY {
            let allowed = places.iter().any(|place| file.starts_with(place));
            assert!(
                allowed || !code.contains(word),
                "{} names {word}",
                file.display()
            );
        }
    }
}

#[test]
fn no_code_names_an_exercise() {
    let ids: Vec<&str> = trust_coach::exercise::library::BUILT_IN
        .iter()
        .map(|(id, _)| *id)
        .collect();
    for file in sources(Path::new("src")) {
        if file.ends_with("exercise/library.rs") || file.ends_with("tests.rs") {
            continue;
        }
        let code = code(&file);
        // These are also words of the format.
        for id in ids
            .iter()
            .filter(|id| !["apology", "empathy", "promise"].contains(*id))
        {
            assert!(
                !code.contains(&format!("\"{id}\"")),
                "{} names {id}",
                file.display()
            );
        }
    }
}

#[test]
fn no_file_is_longer_than_four_hundred_lines_and_main_than_forty() {
    for file in sources(Path::new("src"))
        .iter()
        .chain(&sources(Path::new("tests")))
    {
        let lines = fs::read_to_string(file).unwrap().lines().count();
        let most = if file.ends_with("main.rs") && file.starts_with("src") {
            40
        } else {
            400
        };
        assert!(lines <= most, "{} has {lines} lines", file.display());
    }
}
