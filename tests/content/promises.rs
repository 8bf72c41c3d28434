//! What the page on promises shows is what happens.

use std::path::Path;
use std::process::{Command, Output};

const PAGE: &str = include_str!("../../docs/promises.md");

/// The moment at which its examples take place.
const NOW: &str = "2026-11-27T19:10:00+01:00[Europe/Berlin]";

/// The words of its promise and its remark, which it takes from files.
const FILES: [(&str, &str); 2] = [
    (
        "what.txt",
        "I’ll send a message before six when I’ll be home late.\n",
    ),
    ("note.txt", "Told her the same evening.\n"),
];

/// The name that its promise has there.
const NAME: &str = "5c0e77a1";

fn shell(home: &Path, line: &str, now: &str) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_trust-coach"));
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", program.parent().unwrap().display());
    Command::new("sh")
        .args(["-c", line])
        .env_clear()
        .env("PATH", path)
        .env("TERM", "xterm")
        .env("TRUST_COACH_HOME", home.join("home"))
        .env("TRUST_COACH_NOW", now)
        .current_dir(home)
        .output()
        .unwrap()
}

/// Runs every command that it shows with what comes of it, and gives back the home.
fn shown() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        std::fs::write(home.path().join(name), text).unwrap();
    }
    let blocks = PAGE.split("```console\n").skip(1);
    let blocks = blocks.map(|rest| rest.split("\n```").next().unwrap());
    let parts = blocks.flat_map(|block| block.split("$ trust-coach ").skip(1));
    let (mut name, mut runs) = (None, 0);
    for (second, part) in parts.enumerate() {
        let (line, expected) = part.split_once('\n').unwrap_or((part, ""));
        // What asks needs a person.
        if ["promise add", "promise look"].contains(&line) {
            continue;
        }
        // Each is a second after the one before.
        let now = NOW.replace(":00+", &format!(":{second:02}+"));
        let output = shell(home.path(), &format!("trust-coach {line}"), &now);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        // Chance gives the name.
        let name = name.get_or_insert_with(|| {
            let rest = said.split("Followed as ").nth(1).expect("the name");
            rest.split('.').next().unwrap().to_string()
        });
        assert_eq!(
            said.replace(&*name, NAME).trim_end(),
            expected.trim_end(),
            "{line}"
        );
        runs += 1;
    }
    assert_eq!(runs, 9);
    home
}

#[test]
fn its_commands_do_what_it_shows() {
    shown();
}

#[test]
fn its_prompt_and_its_note_run_in_a_shell() {
    let home = shown();
    let lines = PAGE
        .split("```sh\n")
        .nth(1)
        .unwrap()
        .split("\n```")
        .next()
        .unwrap();
    let line = |begins: &str| lines.lines().find(|line| line.starts_with(begins)).unwrap();
    let prompt = line("PS1=").replace("\"$PS1\"", "");
    let prompt = shell(
        home.path(),
        &format!("{prompt}; eval \"echo \\\"$PS1\\\"\""),
        NOW,
    );
    assert_eq!(String::from_utf8(prompt.stdout).unwrap(), "(7) \n");
    let note = line("trust-coach due --quiet").replace("notify-send -a Calendar", "echo");
    let note = shell(home.path(), &note, NOW);
    assert_eq!(
        String::from_utf8(note.stdout).unwrap(),
        "Something to look at\n"
    );
    let cron = line("0 20 * * *").trim_start_matches("0 20 * * *");
    let cron = shell(home.path(), cron, NOW);
    assert_eq!(String::from_utf8(cron.stdout).unwrap(), "7 to look at\n");
}
