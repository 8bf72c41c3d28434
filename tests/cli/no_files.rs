//! A pipe or a device in the place of any file of ours: nothing waits for it, or reads it without end.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::{Output, Sandbox, files};

const TWO: &str = include_str!("../fixtures/two/wish.toml");

/// Another name of a session, which is nowhere.
const ID: &str = "20261101T080000.000Z-0badcafe";

/// A home with something of everything in it, and in a session that two have paused.
fn home() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("home/exercises/tea.toml", TWO);
    let replies = [
        r#"{"type":"skip","id":"name-a"}"#,
        r#"{"type":"skip","id":"name-b"}"#,
        r#"{"type":"answer","id":"hand-over","value":null}"#,
        r#"{"type":"answer","id":"a:wish","value":"heron"}"#,
    ];
    let json = ["exercise", "tea", "--io", "json", "--screened"];
    sandbox.run_with(&json, replies.join("\n") + "\n");
    let tomorrow = ["promise", "add", "Call.", "--when", "tomorrow"];
    assert_eq!(sandbox.run(&tomorrow).code, Some(0));
    sandbox
}

/// The program with a limit of memory, which what never ends would reach, and of time, which a pipe
/// that is waited for would.
fn bounded(sandbox: &Sandbox, args: &[&str]) -> Output {
    let coach = sandbox.command(&[]);
    let mut shell = Command::new("timeout");
    let limited = "ulimit -v 1500000; exec \"$0\" \"$@\"";
    shell
        .args(["-k", "1", "60", "sh", "-c", limited])
        .arg(coach.get_program())
        .args(args)
        .env_clear()
        .env("TRUST_COACH_HOME", sandbox.home())
        .env("TRUST_COACH_NOW", crate::common::NOW)
        .env("PATH", "/usr/bin:/bin")
        .current_dir(sandbox.home().parent().unwrap())
        .stdin(Stdio::null());
    sandbox.finish(&mut shell)
}

/// Puts a pipe, or a link to a device that never ends, where a file is or would be.
fn replaced(path: &Path, device: Option<&str>) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let _ = fs::remove_file(path);
    match device {
        None => assert!(Command::new("mkfifo").arg(path).status().unwrap().success()),
        Some(device) => symlink(device, path).unwrap(),
    }
}

const DOCTOR: &[&str] = &["doctor"];
const HOME: &[&str] = &[];
const STATUS: &[&str] = &["vault", "status"];
const HISTORY: &[&str] = &["history"];
const LIST: &[&str] = &["list"];
const RESUME: &[&str] = &["resume", "--io", "json", "--screened"];
const PROMISES: &[&str] = &["promise", "list"];
const MAKING: &[&str] = &["promise", "add", "Write.", "--when", "tomorrow"];
const PLANS: &[&str] = &["plan", "list"];
const REVIEW: &[&str] = &["review", "text.md", "--as", "apology"];
const AUTHOR: &[&str] = &["author", "new", "walk"];
const BACKUP: &[&str] = &["backup", "all.tar"];

/// What is ours below the home, and the commands that read it.
fn ours(two: &str) -> Vec<(String, Vec<&'static [&'static str]>)> {
    let named = |name: &str, commands: &[&'static [&'static str]]| {
        (name.to_string(), [&[DOCTOR, HOME], commands].concat())
    };
    vec![
        named("format", &[HISTORY, PROMISES, BACKUP]),
        named("config.toml", &[&["config"], LIST, BACKUP]),
        named("contacts.toml", &[&["support"], &["support", "list"]]),
        named("exercises/own.toml", &[LIST, &["show", "own"], BACKUP]),
        named("exercises/exercise.schema.json", &[AUTHOR]),
        named("plans/weeks.toml", &[PLANS, &["plan", "show", "weeks"]]),
        named("rules/office.toml", &[REVIEW, BACKUP]),
        named("packs/evening/pack.toml", &[LIST, &["pack", "list"]]),
        named("packs/evening/one.toml", &[LIST, BACKUP]),
        named("packs/evening/plans/weeks.toml", &[PLANS]),
        named("identities/identity.age", &[STATUS, HISTORY, MAKING]),
        named("identities/recipients.txt", &[STATUS, MAKING]),
        named("identities/unfinished", &[STATUS, MAKING]),
        named("identities/partners.txt", &[&["partner", "list"]]),
        named("state/vault", &[STATUS, MAKING]),
        named("state/draft-folders", &[STATUS, MAKING]),
        named("state/looked", &[STATUS]),
        named("state/days.toml", &[&["due"], &["next"], PROMISES]),
        named("state/next.toml", &[&["due"], &["next"]]),
        named(
            &format!("state/returns/{two}"),
            &[&["due"], &["next"], RESUME],
        ),
        named(&format!("state/two/{two}-a.key"), &[RESUME]),
        named(&format!("state/two/{two}-b.key"), &[RESUME]),
        named(&format!("state/unfollowed/{two}"), &[RESUME, PROMISES]),
        named("state/locks/store", &[MAKING, &["vault", "on"]]),
        named(&format!("state/locks/{two}"), &[RESUME]),
        named(
            "state/drafts/promise/trust-coach-words-0badcafe/words.toml",
            &[MAKING],
        ),
        named(&format!("state/drafts/{two}/text.md"), &[RESUME]),
        named(&format!("sessions/2026/11/{ID}.toml"), &[HISTORY, BACKUP]),
        named(&format!("ledger/2026/11/{ID}.toml"), &[PROMISES, &["due"]]),
        named(&format!("quarantine/{ID}.toml"), &[BACKUP]),
    ]
}

/// The name of the one session there is.
fn session(sandbox: &Sandbox) -> String {
    let path = sandbox.sessions().pop().unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    name.strip_suffix(".toml").unwrap().to_string()
}

#[test]
fn nothing_waits_for_a_pipe_or_a_device_in_the_place_of_any_file_of_ours() {
    let two = session(&home());
    for at in 0..ours(&two).len() {
        let sandbox = home();
        sandbox.write("text.md", "I'm sorry that I was late.\n");
        let (name, commands) = ours(&session(&sandbox)).swap_remove(at);
        for device in [None, Some("/dev/zero")] {
            for args in commands.iter().copied() {
                replaced(&sandbox.home().join(&name), device);
                let output = bounded(&sandbox, args);
                let ended = output.code.is_some_and(|code| code < 100);
                assert!(ended, "{name} {device:?} {args:?}: {output}");
            }
        }
        let support = sandbox.run(&["support"]);
        assert!(support.stdout.contains("support"), "{name}");
    }
}

#[test]
fn no_file_that_a_home_comes_to_have_is_missing_in_the_list() {
    let sandbox = home();
    let two = session(&sandbox);
    for args in [DOCTOR, &["due"], &["next"], STATUS, HOME] {
        sandbox.run(args);
    }
    let listed: Vec<String> = ours(&two).into_iter().map(|(name, _)| name).collect();
    for path in files(&sandbox.home()) {
        let name = path.strip_prefix(sandbox.home()).unwrap();
        let is_listed = |listed: &String| {
            let listed = Path::new(listed);
            listed == name || listed.parent() == name.parent()
        };
        assert!(listed.iter().any(is_listed), "{name:?}");
    }
}

#[test]
fn settings_that_are_no_file_are_named_and_help_is_there_all_the_same() {
    for device in [None, Some("/dev/zero")] {
        let sandbox = Sandbox::new();
        replaced(&sandbox.home().join("config.toml"), device);
        for args in [&["config"] as &[&str], &["doctor"], &["history"]] {
            let output = bounded(&sandbox, args);
            let told = output.to_string();
            assert!(told.contains("config.toml"), "{device:?} {args:?}: {told}");
            assert!(told.contains("it isn’t a file"), "{args:?}: {told}");
        }
        let support = bounded(&sandbox, &["support"]);
        assert_eq!(support.code, Some(0), "{support}");
    }
}

#[test]
fn a_key_that_cannot_be_read_is_never_replaced() {
    let sandbox = home();
    let two = session(&sandbox);
    let key = sandbox.home().join(format!("state/two/{two}-a.key"));
    let kept = key.with_extension("kept");
    fs::rename(&key, &kept).unwrap();
    symlink(&kept, &key).unwrap();
    let output = bounded(&sandbox, RESUME);
    assert_eq!(output.code, Some(1), "{output}");
    assert!(output.stderr.contains("-a.key"), "{output}");
    assert!(key.is_symlink() && kept.exists());
}
