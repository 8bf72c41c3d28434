//! Who may know whom. Data flows one way; a module that reaches back is found here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of the source, lowest first, and whom each may know: all of it, since every room has its
/// row. A room knows only rooms that stand above its own row, so that no ring can close.
const MATRIX: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("error", &["text"]),
    ("dates", &["text"]),
    ("input", &["text"]),
    ("output", &[]),
    ("format", &["text"]),
    (
        "exercise",
        &["output", "input", "text", "error", "dates", "format"],
    ),
    ("review", &["text", "format"]),
    ("session", &["text", "dates", "exercise"]),
    ("ledger", &["text", "dates", "session"]),
    (
        "plan",
        &["error", "dates", "format", "exercise", "session", "ledger"],
    ),
    ("progress", &["text", "dates", "session", "ledger"]),
    ("ask", &["text", "format", "exercise"]),
    ("engine", &["text", "dates", "exercise", "session", "ask"]),
    (
        "journal",
        &[
            "output", "input", "text", "error", "exercise", "session", "ledger",
        ],
    ),
    (
        "answers",
        &[
            "input", "text", "error", "dates", "format", "exercise", "session", "ask", "engine",
            "journal",
        ],
    ),
    ("safety", &["input", "text", "dates", "format"]),
    ("terminal", &["output", "input", "text", "error", "ask"]),
    ("plain", &["text", "ask"]),
    ("lines", &["text", "ask"]),
    ("wire", &["text", "session", "ask", "lines"]),
    (
        "questions",
        &["text", "error", "ask", "safety", "terminal", "plain"],
    ),
    (
        "home",
        &[
            "output", "input", "text", "error", "dates", "format", "exercise", "review", "journal",
            "safety", "terminal",
        ],
    ),
    (
        "sessions",
        &[
            "output", "input", "text", "error", "dates", "format", "exercise", "review", "session",
            "ledger", "ask", "engine", "journal", "answers", "safety", "terminal", "plain",
            "lines", "wire", "home",
        ],
    ),
    (
        "export",
        &[
            "text", "format", "exercise", "session", "ledger", "progress", "journal",
        ],
    ),
    (
        "commands",
        &[
            "output",
            "input",
            "text",
            "error",
            "dates",
            "format",
            "exercise",
            "review",
            "session",
            "ledger",
            "plan",
            "progress",
            "ask",
            "engine",
            "journal",
            "answers",
            "safety",
            "terminal",
            "plain",
            "wire",
            "questions",
            "home",
            "sessions",
            "export",
        ],
    ),
];

/// A word, and the only parts of the source that may name it.
const ONLY: &[(&str, &[&str])] = &[
    ("rustix::termios", &["src/terminal"]),
    ("indicatif", &["src/terminal/work_bar.rs"]),
    ("dialoguer", &["src/questions"]),
    (
        "console::",
        &["src/text/look.rs", "src/questions", "src/home/world.rs"],
    ),
    (
        "clap",
        &[
            "src/commands",
            "src/main.rs",
            "src/home/world.rs",
            "src/sessions",
        ],
    ),
    ("std::net", &[]),
    ("use age::", &["src/journal/vault/seal"]),
    ("is_terminal()", &["src/home/world.rs", "src/terminal"]),
    (
        "env::var",
        &[
            "src/home/world.rs",
            "src/home/environment.rs",
            "src/terminal/editor.rs",
        ],
    ),
    ("Zoned::now()", &["src/home/clock.rs"]),
];

pub(crate) fn sources(under: &Path) -> Vec<PathBuf> {
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
pub(crate) fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap();
    text.lines()
        .map(|line| line.split("//").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The arrows between rooms: from, to, and a file that draws it.
fn arrows(root: &Path) -> BTreeMap<(String, String), PathBuf> {
    let mut arrows = BTreeMap::new();
    for file in sources(root) {
        let inside = file.strip_prefix(root).unwrap();
        let Some(room) = inside.iter().next().and_then(|first| first.to_str()) else {
            continue;
        };
        let room = room.trim_end_matches(".rs");
        if ["lib", "main"].contains(&room) || is_tests(inside) {
            continue;
        }
        let code = code(&file);
        for after in code.split("crate::").skip(1) {
            let name = after.split(|c: char| !c.is_alphanumeric() && c != '_');
            let to = name.clone().next().unwrap_or_default();
            if !to.is_empty() && to != room {
                arrows
                    .entry((room.to_string(), to.to_string()))
                    .or_insert_with(|| file.clone());
            }
        }
    }
    arrows
}

/// Whether a file holds tests alone.
pub(crate) fn is_tests(file: &Path) -> bool {
    let tests = ["tests", "tests.rs", "test_support.rs", "faulty.rs"];
    file.iter()
        .any(|part| tests.iter().any(|name| part == *name))
}

/// Every arrow that the matrix has no place for, as a sentence.
fn forbidden(
    arrows: &BTreeMap<(String, String), PathBuf>,
    matrix: &[(&str, &[&str])],
) -> Vec<String> {
    let allowed = |from: &str, to: &str| {
        let row = matrix.iter().find(|(room, _)| *room == from);
        row.is_some_and(|(_, known)| known.contains(&to))
    };
    let ours = arrows.iter().filter(|((from, to), _)| !allowed(from, to));
    ours.map(|((from, to), file)| format!("{from} knows {to}: {}", file.display()))
        .collect()
}

/// A ring among the arrows, as the rooms that it leads through.
pub(crate) fn ring(arrows: &BTreeSet<(String, String)>) -> Option<Vec<String>> {
    let mut left: BTreeSet<&str> = arrows
        .iter()
        .flat_map(|(from, to)| [from.as_str(), to.as_str()])
        .collect();
    loop {
        let leads_on = |room: &&str| {
            let mut on = arrows.iter();
            on.any(|(from, to)| from == room && left.contains(to.as_str()))
        };
        let kept: BTreeSet<&str> = left.iter().copied().filter(leads_on).collect();
        if kept.len() == left.len() {
            break;
        }
        left = kept;
    }
    let mut way = vec![left.iter().next()?.to_string()];
    loop {
        let last = way.last().unwrap();
        let next = arrows
            .iter()
            .find(|(from, to)| from == last && left.contains(to.as_str()));
        let next = next.unwrap().1.clone();
        if let Some(begin) = way.iter().position(|room| *room == next) {
            return Some(way.split_off(begin));
        }
        way.push(next);
    }
}

#[test]
fn every_arrow_between_rooms_stands_in_the_matrix() {
    let forbidden = forbidden(&arrows(Path::new("src")), MATRIX);
    assert!(forbidden.is_empty(), "{}", forbidden.join("\n"));
}

#[test]
fn every_room_has_its_row_and_the_matrix_leads_one_way() {
    for ((from, to), file) in arrows(Path::new("src")) {
        for room in [from, to] {
            let rows = MATRIX.iter().filter(|(name, _)| *name == room).count();
            assert_eq!(rows, 1, "{room}, which {} names", file.display());
        }
    }
    for (row, (room, known)) in MATRIX.iter().enumerate() {
        for other in *known {
            let above = MATRIX.iter().take(row).any(|(name, _)| name == other);
            assert!(above, "{room} knows {other}, which does not stand above it");
        }
    }
}

#[test]
fn no_ring_of_rooms() {
    let arrows: BTreeSet<_> = arrows(Path::new("src")).into_keys().collect();
    assert_eq!(ring(&arrows), None);
}

#[test]
fn in_a_made_up_tree_a_ring_and_an_arrow_too_many_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for (file, text) in [
        ("lib.rs", "pub mod a;"),
        ("a.rs", "use crate::b::B; // crate::d"),
        (
            "b/mod.rs",
            "fn f() { crate::c::c() }\n#[cfg(test)]\nuse crate::d;",
        ),
        ("c.rs", ""),
        ("d.rs", ""),
    ] {
        let path = root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let matrix: &[(&str, &[&str])] = &[("a", &["b"]), ("b", &[]), ("c", &[]), ("d", &[])];
    let found = arrows(root);
    let keys: BTreeSet<_> = found.keys().cloned().collect();
    assert_eq!(ring(&keys), None);
    let too_many = forbidden(&found, matrix);
    assert_eq!(too_many.len(), 1, "{too_many:?}");
    assert!(too_many[0].starts_with("b knows c: "), "{too_many:?}");

    fs::write(root.join("c.rs"), "use crate::a;").unwrap();
    let keys: BTreeSet<_> = arrows(root).into_keys().collect();
    assert_eq!(
        ring(&keys),
        Some(["a", "b", "c"].map(String::from).to_vec())
    );
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
        if file.ends_with("exercise/library/built_in.rs") || file.ends_with("tests.rs") {
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
