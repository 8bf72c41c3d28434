//! What the README shows is true.

use std::process::Command;

use trust_coach::error::EXITS;
use trust_coach::exercise::parse;

const README: &str = include_str!("../../README.md");

/// The first block of a language that holds these words.
fn block(language: &str, words: &str) -> &'static str {
    let fence = format!("```{language}\n");
    let blocks = README.split(&*fence).skip(1);
    let mut blocks = blocks.map(|rest| rest.split("\n```").next().unwrap());
    blocks
        .find(|block| block.contains(words))
        .expect("the block")
}

#[test]
fn its_exercise_has_nothing_to_mend() {
    let text = block("toml", "One good thing");
    assert_eq!(parse::check("one-good-thing", text), []);
    let exercise = parse::exercise("one-good-thing", text).unwrap();
    assert_eq!(exercise.steps.len(), 3);
}

#[test]
fn its_script_runs_as_it_is_shown() {
    let shown = block("console", "cat answers.toml");
    let home = tempfile::tempdir().unwrap();
    let answers = shown.split("$ cat answers.toml\n").nth(1).unwrap();
    let answers = answers.split("\n$ ").next().unwrap();
    std::fs::write(home.path().join("answers.toml"), answers).unwrap();
    let mut runs = 0;
    for part in shown.split("\n$ ").skip(1) {
        let (line, expected) = part.split_once('\n').unwrap_or((part, ""));
        let mut words = line.split_whitespace();
        assert_eq!(words.next(), Some("trust-coach"));
        let output = Command::new(env!("CARGO_BIN_EXE_trust-coach"))
            .args(words)
            .env("TRUST_COACH_HOME", home.path())
            .env("TRUST_COACH_NOW", crate::common::NOW)
            .current_dir(home.path())
            .output()
            .unwrap();
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
    assert_eq!(runs, 2);
}

#[test]
fn its_table_has_every_exit_code() {
    let table = README.split("| exit | means |").nth(1).unwrap();
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
fn it_names_every_command() {
    let help = Command::new(env!("CARGO_BIN_EXE_trust-coach"))
        .arg("--help")
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let commands = help
        .split("Commands:\n")
        .nth(1)
        .unwrap()
        .split("\n\n")
        .next()
        .unwrap();
    let names = commands
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    for name in names.map(|line| line.split_whitespace().next().unwrap()) {
        let there = name == "help" || README.contains(&format!("trust-coach {name}"));
        assert!(there, "{name}");
    }
}

#[test]
fn its_exports_run_as_they_are_shown() {
    let home = tempfile::tempdir().unwrap();
    let run = |line: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_trust-coach"))
            .args(line.split_whitespace().skip(1))
            .env("TRUST_COACH_HOME", home.path().join("home"))
            .current_dir(home.path())
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
    let lines = block("sh", "trust-coach export").lines();
    assert_eq!(lines.map(run).count(), 6);
}
