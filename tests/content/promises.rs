//! What the page on promises shows is what happens.

use std::path::Path;
use std::process::{Command, Output, Stdio};

const PAGE: &str = include_str!("../../docs/promises.md");
const SCRIPTING: &str = include_str!("../../docs/scripting.md");

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

/// The block of a language on the page on scripting that has these words in it.
fn block(language: &str, words: &str) -> &'static str {
    let begins = format!("```{language}\n");
    let mut blocks = SCRIPTING.split(&*begins).skip(1);
    let mut found = blocks
        .by_ref()
        .map(|rest| rest.split("\n```").next().unwrap());
    found.find(|block| block.contains(words)).unwrap()
}

#[test]
fn the_prompt_and_the_note_of_the_page_on_scripting_run_in_a_shell() {
    let home = shown();
    let lines = block("sh", "PS1=");
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
}

/// What a line prints as cron runs it: a shell in the home folder, next to no environment, no terminal.
fn cron(home: &Path, line: &str, now: &str) -> String {
    let run = Command::new("/bin/sh")
        .args(["-c", line])
        .env_clear()
        .envs([("HOME", home.to_str().unwrap()), ("LOGNAME", "you")])
        .envs([("SHELL", "/bin/sh"), ("PATH", "/usr/bin:/bin")])
        .env("TRUST_COACH_NOW", now)
        .stdin(Stdio::null())
        .current_dir(home)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(run.stderr).unwrap(), "");
    assert_eq!(run.status.code(), Some(0));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn cron_mails_a_count_when_something_is_due_and_only_then() {
    let home = tempfile::tempdir().unwrap();
    let bin = home.path().join(".cargo/bin");
    std::fs::create_dir_all(&bin).unwrap();
    let program = env!("CARGO_BIN_EXE_trust-coach");
    std::os::unix::fs::symlink(program, bin.join("trust-coach")).unwrap();
    let line = block("crontab", "due").trim_start_matches("0 20 * * *");
    assert_eq!(cron(home.path(), line, NOW), "");
    let add = "~/.cargo/bin/trust-coach promise add Call. --when 'once on 2026-11-28' 2>said";
    assert_eq!(cron(home.path(), add, NOW), "");
    assert_eq!(cron(home.path(), line, NOW), "");
    let tomorrow = NOW.replace("11-27", "11-28");
    assert_eq!(cron(home.path(), line, &tomorrow), "1 to look at\n");
    let kept = "~/.cargo/bin/trust-coach promise kept last 2>said";
    assert_eq!(cron(home.path(), kept, &tomorrow), "");
    assert_eq!(cron(home.path(), line, &tomorrow), "");
}
