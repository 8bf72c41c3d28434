//! A type has a name of its own: who looks for it finds it, and no other.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::layers::{code, is_tests, sources};

/// Names that are the same everywhere by custom: the arguments of a command, and what a module’s own
/// error makes of a result.
const BY_CUSTOM: &[&str] = &["Args", "Result"];

/// The most types in a thousand that may share their bare name with another one.
const MOST: usize = 30;

/// Every type below a folder by its bare name, with the files that have one of that name.
fn types(root: &Path) -> BTreeMap<String, Vec<PathBuf>> {
    let mut types: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for file in sources(root) {
        if is_tests(file.strip_prefix(root).unwrap()) {
            continue;
        }
        for line in code(&file).lines() {
            // What is indented is inside of something else, such as the `Err` of a trait.
            let line = line.split_once("pub(").map_or(line, |(before, line)| {
                let (_, line) = line.split_once(") ").unwrap_or_default();
                if before.is_empty() { line } else { "" }
            });
            let line = line.strip_prefix("pub ").unwrap_or(line);
            let line = line.strip_prefix("unsafe ").unwrap_or(line);
            let keywords = ["struct ", "enum ", "trait ", "type ", "union "];
            let Some(rest) = keywords.iter().find_map(|word| line.strip_prefix(word)) else {
                continue;
            };
            let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_');
            let name = name.into_iter().next().unwrap();
            if !BY_CUSTOM.contains(&name) {
                types.entry(name.into()).or_default().push(file.clone());
            }
        }
    }
    types
}

/// How many types there are, and those that share their name.
fn shared(root: &Path) -> (usize, Vec<(String, Vec<PathBuf>)>) {
    let types = types(root);
    let count = types.values().map(Vec::len).sum();
    let shared = types.into_iter().filter(|(_, files)| files.len() > 1);
    (count, shared.collect())
}

#[test]
fn hardly_a_type_shares_its_bare_name_with_another() {
    let (count, shared) = shared(Path::new("src"));
    assert!(count > 500, "{count} types were found");
    let sharing: usize = shared.iter().map(|(_, files)| files.len()).sum();
    println!("{sharing} of {count} types share their name");
    assert!(sharing * 1000 <= count * MOST, "of {count}: {shared:#?}");
}

#[test]
fn two_types_of_one_name_are_found_and_what_is_no_type_of_its_own_is_not() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("room")).unwrap();
    let put = |path: &str, text: &str| fs::write(root.path().join(path), text).unwrap();
    put(
        "room/one.rs",
        "pub(crate) struct Day(u8);\nstruct Args;\nenum Month { May }\n",
    );
    put(
        "room/two.rs",
        "pub enum Day<'a> { One(&'a str) }\nstruct Args;\n// struct Month;\nimpl Day<'_> {\n    type Month = ();\n}\n\
         #[cfg(test)]\nmod tests {\n}\nstruct Month;\n",
    );
    let (count, shared) = shared(root.path());
    assert_eq!(count, 3);
    assert_eq!(shared.len(), 1, "{shared:?}");
    assert_eq!((shared[0].0.as_str(), shared[0].1.len()), ("Day", 2));
}
