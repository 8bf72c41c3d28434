//! What holds for any exercise, at any moment and in any file: random walks, runs that are cut off,
//! hostile bytes, and the shape of the code.

// Helpers of tests may panic and print like the tests themselves.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

mod circles;
mod closed;
#[path = "../support/mod.rs"]
mod common;
mod feed;
mod kill;
mod layers;
mod names;
mod random_exercise;
mod random_for_two;
mod seeds;
mod walks;
mod walks_at_keyboard;
mod walks_for_two;
mod walks_with_keys;

/// A file that is not a module of its test program would never run.
#[test]
fn every_file_of_tests_is_a_module() {
    let tests = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for folder in ["cli", "content", "engine", "pty", "support"] {
        let main = if folder == "support" {
            "mod.rs"
        } else {
            "main.rs"
        };
        let mut modules = std::fs::read_to_string(tests.join(folder).join(main)).unwrap();
        if folder == "support" {
            // Some test programs take one of these files alone.
            let programs = ["cli", "content", "engine", "pty"].map(|name| tests.join(name));
            let programs = programs.map(|path| std::fs::read_to_string(path.join("main.rs")));
            modules.extend(programs.map(Result::unwrap));
        }
        for file in std::fs::read_dir(tests.join(folder)).unwrap() {
            let path = file.unwrap().path();
            // What a failed snapshot leaves beside a test is no module.
            if path.extension().is_some_and(|end| end == "pending-snap") {
                continue;
            }
            let name = path.file_stem().unwrap().to_str().unwrap();
            let is_module = modules
                .lines()
                .any(|line| line.ends_with(&format!("mod {name};")));
            assert!(
                path.ends_with(main) || is_module,
                "add `mod {name};` to tests/{folder}/{main}"
            );
        }
    }
}
