//! The program as a person or a script meets it: one file a command.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod author;
mod backup;
mod check;
mod common;
mod completions;
mod composed;
mod config;
mod contacts;
mod doctor;
mod events;
mod exercise;
mod export;
mod findings;
mod history;
mod home;
mod hostile;
mod import;
mod lines;
mod list;
mod loops;
mod man;
mod packs;
mod pages;
mod place;
mod preview;
mod private;
mod protocol;
mod record;
mod resume;
mod review;
mod safety;
mod schema;
mod sealed;
mod show;
mod support;
mod surroundings;
mod sync;
mod tea;
mod vault;
mod vault_keys;
mod vault_kills;

/// A file that is not a module here would never run.
#[test]
fn every_file_in_this_folder_is_a_module() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|end| end != "rs") {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap();
        let module = format!("\nmod {name};\n");
        assert!(
            name == "main" || include_str!("main.rs").contains(&module),
            "add `mod {name};` to tests/cli/main.rs"
        );
    }
}
