//! `history` as a program: streams, exit codes, folders.

use std::process::Stdio;

use crate::common::Sandbox;

const ID: &str = "20261122T170000.000Z-9f3a61c2";

const FILE: &str = r#"
format = 1
id = "20261122T170000.000Z-9f3a61c2"
exercise = "apology"
title = "A full apology"
state = "done"
started = "2026-11-22T18:00:00+01:00[Europe/Berlin]"

[[answers]]
step = "act"
kind = "write"
prompt = "What did you do?"
value = "I read your messages"
"#;

fn home() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(format!("home/sessions/2026/11/{ID}.toml"), FILE);
    sandbox
}

#[must_use]
fn ran(sandbox: &Sandbox, args: &[&str]) -> (Option<i32>, String, String) {
    let output = sandbox.run(&[&["history"], args].concat());
    (output.code, output.stdout, output.stderr)
}

#[test]
fn a_file_written_by_hand_is_listed_and_shown() {
    let home = home();
    let (code, out, err) = ran(&home, &[]);
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (
            Some(0),
            "2026-11-22 18:00  [id1]  done    A full apology\n",
            ""
        )
    );
    let (code, out, err) = ran(&home, &["show", "last", "--answer", "act"]);
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (Some(0), "I read your messages\n", "")
    );
}

#[test]
fn looking_changes_nothing_on_the_disk() {
    let home = home();
    let _ = ran(&home, &[]);
    let _ = ran(&home, &["show", "last"]);
    let left = std::fs::read_dir(home.home()).unwrap().count();
    assert_eq!(left, 1);
    let path = home.home().join(format!("sessions/2026/11/{ID}.toml"));
    assert_eq!(std::fs::read_to_string(path).unwrap(), FILE);
}

#[test]
fn an_unknown_session_is_a_usage_error_with_a_hint() {
    let home = home();
    let (code, out, err) = ran(&home, &["show", "7"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert_eq!(
        err,
        "error: there’s no session called 7\n\
         hint: the newest is [id1]; `trust-coach history` shows more\n"
    );
}

#[test]
fn deleting_needs_somebody_to_ask_or_a_yes() {
    let home = home();
    let (code, _, err) = ran(&home, &["delete", "last"]);
    assert_eq!(code, Some(3));
    assert!(
        err.ends_with("hint: add --yes to remove it without asking\n"),
        "{err}"
    );
    let (code, _, _) = ran(&home, &["delete", "last", "--yes"]);
    assert_eq!(code, Some(0));
    let (code, out, err) = ran(&home, &[]);
    assert_eq!((code, out.as_str()), (Some(0), ""));
    assert!(err.starts_with("Nothing here yet."), "{err}");
}

#[test]
fn a_newer_data_folder_is_refused_with_both_numbers() {
    let home = home();
    home.write("home/format", "2\n");
    for args in [&[][..], &["show", "last"], &["delete", "last", "--yes"]] {
        let (code, _, err) = ran(&home, args);
        assert_eq!(code, Some(1));
        assert!(
            err.contains("has format 2, but this program only knows formats up to 1"),
            "{err}"
        );
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let home = home();
    let mut child = home
        .command(&["history"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), vec![]));
}
