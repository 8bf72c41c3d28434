//! Files inside a room know each other one way, too: a circle of files can only be read whole.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::layers::{code, is_tests, ring, sources};

/// The rooms: every folder of `src`.
fn rooms(root: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(root).unwrap().map(Result::unwrap);
    let folders = entries.filter(|entry| entry.path().is_dir());
    folders
        .map(|folder| folder.file_name().into_string().unwrap())
        .collect()
}

/// The path of a module from the room down.
type ModulePath = Vec<String>;

/// The modules of a room with their code.
fn modules(root: &Path, room: &str) -> BTreeMap<ModulePath, String> {
    let files = sources(&root.join(room)).into_iter();
    let files = files.filter(|file| !is_tests(file.strip_prefix(root).unwrap()));
    files
        .map(|file| {
            let inside = file.strip_prefix(root).unwrap().with_extension("");
            let mut path: ModulePath = inside
                .iter()
                .map(|part| part.to_str().unwrap().to_string())
                .collect();
            path.pop_if(|last| last == "mod");
            (path, code(&file))
        })
        .collect()
}

/// What a file names: each path, and whether it hands it on.
fn named(code: &str) -> Vec<(bool, String)> {
    let (mut all, mut rest) = (Vec::new(), String::new());
    for statement in code.split(';') {
        let lines: Vec<&str> = statement.lines().map(str::trim).collect();
        let begins =
            |line: &str| line.starts_with("use ") || line.contains("pub") && line.contains(" use ");
        if let Some(at) = lines.iter().rposition(|line| begins(line)) {
            let (head, tail) = lines[at].split_once("use ").unwrap();
            let path = format!("{tail} {}", lines[at + 1..].join(" "));
            let public = !head.is_empty();
            all.extend(expanded(&path).into_iter().map(|path| (public, path)));
            rest.push_str(&lines[..at].join("\n"));
        } else {
            rest.push_str(statement);
        }
        rest.push('\n');
    }
    // Paths in the midst of code.
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let words = rest
        .split(|c| !is_path(c))
        .filter(|word| word.contains("::"));
    all.extend(words.map(|word| (false, word.to_string())));
    all
}

/// Each path of a `use` with braces.
fn expanded(path: &str) -> Vec<String> {
    let path = path.trim();
    let Some((before, inside)) = path.split_once('{') else {
        let name = path.split(" as ").next().unwrap();
        return vec![name.trim().to_string()];
    };
    let inside = inside.rsplit_once('}').unwrap().0;
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for c in inside.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if c == ',' && depth == 0 {
            parts.push(String::new());
        } else {
            parts.last_mut().unwrap().push(c);
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    let paths = parts.iter().map(|part| format!("{before}{}", part.trim()));
    paths.flat_map(|path| expanded(&path)).collect()
}

/// A path as it goes from the room down; none when it leads out of it.
fn absolute(
    from: &ModulePath,
    path: &str,
    known: &BTreeMap<ModulePath, String>,
) -> Option<ModulePath> {
    let mut parts = path.split("::").map(String::from).peekable();
    let mut base = from.clone();
    if parts.next_if_eq("crate").is_some() {
        base.clear();
    } else if parts.peek()? == "super" {
        while parts.next_if_eq("super").is_some() {
            base.pop();
        }
    } else if parts.next_if_eq("self").is_none() {
        base.push(parts.peek()?.clone());
        if !known.contains_key(&base) {
            return None;
        }
        base.pop();
    }
    base.extend(parts);
    (base.first() == from.first()).then_some(base)
}

/// The arrows between the files of a room. What a file hands on from another is that other's.
fn arrows(root: &Path, room: &str) -> BTreeSet<(String, String)> {
    let known = modules(root, room);
    let (mut handed_on, mut uses) = (BTreeMap::new(), Vec::new());
    for (module, code) in &known {
        for (public, path) in named(code) {
            let Some(path) = absolute(module, &path, &known) else {
                continue;
            };
            if public {
                let mut name = module.clone();
                name.extend(path.last().cloned());
                handed_on.insert(name, path);
            } else {
                uses.push((module, path));
            }
        }
    }
    let mut arrows = BTreeSet::new();
    for (module, mut path) in uses {
        // A name can be handed on several times.
        for _ in 0..5 {
            let end = (1..=path.len()).find(|end| handed_on.contains_key(&path[..*end]));
            let Some(end) = end else { break };
            path = [&handed_on[&path[..end]], &path[end..]].concat();
        }
        let longest = (1..=path.len())
            .rev()
            .find(|end| known.contains_key(&path[..*end]));
        let Some(to) = longest.map(|end| &path[..end]) else {
            continue;
        };
        if to != module.as_slice() {
            arrows.insert((module.join("/"), to.join("/")));
        }
    }
    arrows
}

#[test]
fn no_file_stands_in_a_circle() {
    let rooms = rooms(Path::new("src"));
    assert!(rooms.len() > 15, "{rooms:?}");
    for room in &rooms {
        assert_eq!(ring(&arrows(Path::new("src"), room)), None, "{room}");
    }
}

#[test]
fn in_a_made_up_room_a_circle_is_found_and_what_is_handed_on_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join("room").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "mod.rs",
        "mod a;\nmod b;\npub use a::A;\nfn f() { b::make(); }\n",
    );
    write("a.rs", "pub struct A;\n");
    write("b.rs", "use super::{A};\npub fn make() -> A { A }\n");
    assert_eq!(ring(&arrows(folder.path(), "room")), None);
    write(
        "a.rs",
        "pub struct A;\nfn g() { crate::room::b::make(); }\n",
    );
    let found = ring(&arrows(folder.path(), "room")).unwrap();
    assert!(found.contains(&String::from("room/b")), "{found:?}");
}
