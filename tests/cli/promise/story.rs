//! A promise from the day it is made to the day on which somebody sees what they kept: two laptops that
//! are synced, with the vault on.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{Output, Sandbox, files};
use crate::vault::{private, quick_vault};

const PASS: [&str; 2] = ["--passphrase-file", "pass"];

/// What somebody does at a laptop at a moment.
fn at(laptop: &Sandbox, day: &str, args: &[&str]) -> Output {
    let mut command = laptop.command(args);
    let now = format!("{day}:00+01:00[Europe/Berlin]");
    laptop.finish(command.env("TRUST_COACH_NOW", now).env("TERM", "xterm"))
}

/// Brings to one laptop what is new on the other, as a program that syncs the data folder does.
fn sync(from: &Sandbox, to: &Sandbox) {
    for file in files(&from.home()) {
        let name = file.strip_prefix(from.home()).unwrap();
        if name.starts_with("state") || to.home().join(name).exists() {
            continue;
        }
        let copy = to.write(Path::new("home").join(name), "");
        fs::copy(&file, copy).unwrap();
    }
}

/// What the prompt begins with that the page on scripting sets.
fn prompt(laptop: &Sandbox, day: &str) -> String {
    let page = include_str!("../../../docs/scripting.md");
    let line = page.lines().find(|line| line.starts_with("PS1=")).unwrap();
    let line = line.replace("\"$PS1\"", "");
    let program = Path::new(env!("CARGO_BIN_EXE_trust-coach"));
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let shown = Command::new("sh")
        .args(["-c", &format!("{line}; eval \"echo \\\"$PS1\\\"\"")])
        .env_clear()
        .env("PATH", path)
        .env("TRUST_COACH_HOME", laptop.home())
        .env("TRUST_COACH_NOW", format!("{day}:00+01:00[Europe/Berlin]"))
        .output()
        .unwrap();
    String::from_utf8(shown.stdout).unwrap()
}

#[test]
fn what_is_promised_on_monday_is_counted_on_friday_answered_on_sunday_and_seen_in_four_weeks() {
    let (desk, lap) = (Sandbox::new(), Sandbox::new());
    desk.write("home/config.toml", "due-without-passphrase = true\n");
    quick_vault(&desk);
    let words = fs::read_to_string(desk.home().with_file_name("pass")).unwrap();
    private(&lap, "pass", words.trim());
    let on = at(
        &desk,
        "2026-11-22T19:00",
        &[&["vault", "on"][..], &PASS].concat(),
    );
    assert_eq!(on.code, Some(0), "{on}");

    // On Monday an exercise makes it, and nobody types a passphrase.
    let answers = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/answers/promise/theo.toml"
    );
    let exercise = ["exercise", "promise", "--answers", answers];
    let made = at(&desk, "2026-11-23T19:00", &exercise);
    assert_eq!(made.code, Some(0), "{made}");
    let due = |laptop: &Sandbox, day: &str| at(laptop, day, &["due", "--count"]).stdout;
    // On Friday the prompt has a number, though the vault is closed.
    assert_eq!(prompt(&desk, "2026-11-27T18:00"), "(4) \n");
    assert_eq!(
        at(&desk, "2026-11-27T18:00", &["due", "--short"]).stdout,
        "4 to look at\n"
    );

    // On Sunday they say at the other laptop what came of each day.
    sync(&desk, &lap);
    let said = |laptop: &Sandbox, day: &str, args: &[&str]| {
        let said = at(laptop, day, &[&["promise"], args, &PASS].concat());
        assert_eq!(said.code, Some(0), "{said}");
        said
    };
    said(
        &lap,
        "2026-11-29T20:00",
        &["kept", "last", "2026-11-24..2026-11-26"],
    );
    let missed = said(&lap, "2026-11-29T20:01", &["missed", "last", "friday"]);
    assert!(
        missed.stderr.contains("exercise setback --about"),
        "{missed}"
    );
    assert_eq!(due(&lap, "2026-11-29T20:02"), "0\n");

    // Four weeks later the first laptop knows all of it.
    sync(&lap, &desk);
    let list = said(&desk, "2026-12-21T20:00", &["list", "--all"]);
    assert!(
        list.stdout.contains("I will send a message before six"),
        "{list}"
    );
    let shown = said(&desk, "2026-12-21T20:01", &["show", "last"]);
    assert!(
        shown.stdout.contains("Kept 3 of the 4 days you answered."),
        "{shown}"
    );
    assert!(!shown.stdout.contains("answered twice"), "{shown}");
    assert_eq!(due(&desk, "2026-12-21T20:02"), "0\n");
    for file in files(&desk.home()).into_iter().chain(files(&lap.home())) {
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
        assert!(!text.contains("before six"), "{}", file.display());
    }
}
