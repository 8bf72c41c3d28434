//! What the README and the pages in `docs` show is true, and they lead to each other.

use std::path::Path;
use std::process::Command;

use trust_coach::error::EXITS;
use trust_coach::exercise::library::BUILT_IN;

const README: &str = include_str!("../../README.md");
const GUIDE: &str = include_str!("../../docs/guide.md");
const SCRIPTING: &str = include_str!("../../docs/scripting.md");
const FILES: &str = include_str!("../../docs/files.md");
const RULES: &str = include_str!("../../docs/rules.md");
const IDEAS: &str = include_str!("../../docs/ideas.md");

/// The most characters of the README, and the most lines of a page.
const README_CHARACTERS: usize = 9_000;
const PAGE_LINES: usize = 300;

/// The README and every page, by their paths.
fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = std::fs::read_dir(root.join("docs")).unwrap();
    let docs = docs.map(|entry| entry.unwrap().path());
    let pages = docs.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let all = pages.chain(["README.md", "CONTRIBUTING.md"].map(|name| root.join(name)));
    all.map(|path| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path.to_str().unwrap().to_string(), text)
    })
    .collect()
}

/// The first block of a language on a page that holds these words.
fn block(page: &'static str, language: &str, words: &str) -> &'static str {
    let fence = format!("```{language}\n");
    let blocks = page.split(&*fence).skip(1);
    let mut blocks = blocks.map(|rest| rest.split("\n```").next().unwrap());
    blocks
        .find(|block| block.contains(words))
        .expect("the block")
}

/// The program with a home of its own.
fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trust-coach"));
    command
        .env("TRUST_COACH_HOME", home)
        .env("TRUST_COACH_NOW", crate::common::NOW)
        .current_dir(home);
    command
}

/// Runs every line of a console block, after the file that it shows first, and compares what is
/// printed. How many there were.
fn runs_as_shown(shown: &str, file: &str) -> usize {
    let home = tempfile::tempdir().unwrap();
    let shown = shown.split(&format!("$ cat {file}\n")).nth(1).unwrap();
    let mut parts = shown.split("\n$ ");
    std::fs::write(home.path().join(file), parts.next().unwrap()).unwrap();
    let mut runs = 0;
    for part in parts {
        let (line, expected) = part.split_once('\n').unwrap_or((part, ""));
        let mut words = line.split_whitespace();
        assert_eq!(words.next(), Some("trust-coach"));
        let output = program(home.path()).args(words).output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        // Chance gives the last eight characters of a session's name.
        let printed = printed.trim_end().to_string();
        if let Some((time, hex)) = expected
            .split_once("Z-")
            .filter(|_| !expected.contains(' '))
        {
            assert!(
                printed.starts_with(time) && hex.len() == 8,
                "{printed}{errors}"
            );
        } else {
            assert_eq!(printed, expected.trim_end(), "{errors}");
        }
        runs += 1;
    }
    runs
}

#[test]
fn the_readme_and_the_pages_are_short_enough_to_be_read() {
    assert!(README.chars().count() < README_CHARACTERS);
    for (path, text) in pages() {
        let lines = text.lines().count();
        assert!(lines < PAGE_LINES, "{path} has {lines} lines");
    }
}

#[test]
fn every_link_leads_to_a_file_and_the_readme_leads_to_every_page() {
    for (path, text) in pages() {
        let folder = Path::new(&path).parent().unwrap();
        for rest in text.split("](").skip(1) {
            let target = rest.split([')', '#']).next().unwrap();
            if !target.contains("://") && !target.is_empty() {
                assert!(folder.join(target).exists(), "{path}: {target}");
            }
        }
        let name = path.rsplit('/').next().unwrap();
        assert!(
            name == "README.md" || README.contains(&format!("{name})")),
            "{name}"
        );
    }
}

#[test]
fn the_script_on_the_page_on_scripting_runs_as_it_is_shown() {
    let shown = block(SCRIPTING, "console", "cat answers.toml");
    assert_eq!(runs_as_shown(shown, "answers.toml"), 2);
}

#[test]
fn the_review_in_the_guide_prints_what_it_shows() {
    let shown = block(GUIDE, "console", "cat draft.txt");
    assert_eq!(runs_as_shown(shown, "draft.txt"), 1);
}

#[test]
fn the_rule_on_the_page_on_rules_has_nothing_to_mend() {
    let home = tempfile::tempdir().unwrap();
    let rule = block(RULES, "toml", "office-words");
    std::fs::write(home.path().join("office.toml"), rule).unwrap();
    let output = program(home.path())
        .args(["check", "--deny-warnings", "office.toml"])
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
}

#[test]
fn the_table_of_exit_codes_has_every_one() {
    let table = SCRIPTING.split("| exit | means |").nth(1).unwrap();
    let table = table.split("\n\n").next().unwrap();
    let rows: Vec<&str> = table
        .lines()
        .filter(|row| !row.is_empty() && !row.contains("---"))
        .collect();
    for (code, _) in EXITS {
        let there = rows.iter().any(|row| {
            row.split('|')
                .nth(1)
                .unwrap()
                .split(", ")
                .any(|cell| cell.trim() == code.to_string())
        });
        assert!(there, "exit {code}");
    }
}

#[test]
fn the_guide_names_every_command() {
    let output = Command::new(env!("CARGO_BIN_EXE_trust-coach"))
        .arg("--help")
        .output()
        .unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let commands = help.split("Commands:\n").nth(1).unwrap();
    let commands = commands.split("\n\n").next().unwrap();
    let names = commands
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    for name in names.map(|line| line.split_whitespace().next().unwrap()) {
        let there = name == "help" || GUIDE.contains(&format!("trust-coach {name}"));
        assert!(there, "{name}");
    }
}

#[test]
fn the_exports_on_the_page_on_files_run_as_they_are_shown() {
    let home = tempfile::tempdir().unwrap();
    let run = |line: &str| {
        let output = program(home.path())
            .args(line.split_whitespace().skip(1))
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {told}");
    };
    for (exercise, answers) in [
        ("openness", "cal"),
        ("check-in", "ben"),
        ("first-session", "kaan"),
    ] {
        let file = format!(
            "{}/tests/answers/{exercise}/{answers}.toml",
            env!("CARGO_MANIFEST_DIR")
        );
        run(&format!(
            "trust-coach exercise {exercise} --answers {file} --screened"
        ));
    }
    let lines = block(FILES, "sh", "trust-coach export").lines();
    assert_eq!(lines.map(run).count(), 6);
}

#[test]
fn every_idea_of_what_builds_trust_has_an_exercise_that_exists() {
    let rows = IDEAS.lines().filter(|line| line.starts_with("| "));
    let rows: Vec<&str> = rows.filter(|row| *row != "| idea | where |").collect();
    assert_eq!(rows.len(), 41);
    for row in rows {
        let names: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "{row}");
        for name in names {
            let there = BUILT_IN.iter().any(|(id, _)| *id == name);
            assert!(there, "{name}: {row}");
        }
    }
}
