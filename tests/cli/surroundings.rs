//! What the program meets outside: no home, a closed output, odd languages and clocks.

use std::process::Stdio;

use insta::assert_snapshot;

use crate::exercise::home;

#[test]
fn without_a_home_it_says_what_to_set() {
    let sandbox = home();
    let mut command = sandbox.command(&["exercise", "tea", "--answer", "kind=1"]);
    assert_snapshot!(sandbox.finish(command.env_remove("TRUST_COACH_HOME")), @r"
    --- stderr ---
    error: there is no home folder to keep sessions in
    hint: set HOME, or set TRUST_COACH_HOME to a folder of your own
    --- exit 1 ---
    ");
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let sandbox = home();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    for args in [
        &["list"] as &[&str],
        &["support"],
        &["schema", "exercise"],
        &["show", "tea"],
    ] {
        let mut command = sandbox.command(args);
        let output = command
            .stdout(writer.try_clone().unwrap())
            .stderr(Stdio::piped());
        let output = output.spawn().unwrap().wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{args:?}");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
    }
}

#[test]
fn an_empty_environment_and_the_c_language_change_nothing() {
    let sandbox = home();
    let usual = sandbox.run(&["show", "tea"]).to_string();
    let mut bare = sandbox.command(&["show", "tea"]);
    bare.env_clear()
        .env("TRUST_COACH_HOME", sandbox.home())
        .env("LANG", "C");
    assert_eq!(sandbox.finish(&mut bare).to_string(), usual);
}

#[test]
fn a_clock_that_is_no_moment_is_refused() {
    let sandbox = home();
    let mut command = sandbox.command(&["list"]);
    assert_snapshot!(sandbox.finish(command.env("TRUST_COACH_NOW", "teatime")), @r"
    --- stderr ---
    error: TRUST_COACH_NOW is not a moment: teatime
    caused by: failed to parse four digit integer as year: invalid digit, expected 0-9 but got t
    hint: write it as 2026-11-22T18:45:01+01:00[Europe/Berlin], or unset it
    --- exit 2 ---
    ");
}

#[test]
fn a_disk_that_may_not_be_written_is_named_and_nothing_is_half_there() {
    let sandbox = home();
    let file = sandbox.write("home/sessions", "in the way");
    let args = [
        "exercise",
        "tea",
        "--answer",
        "kind=1",
        "--answer",
        "memory=m",
        "--answer",
        "scene=s",
        "--answer",
        "more=no",
        "--answer",
        "day=today",
        "--defaults",
    ];
    assert_snapshot!(sandbox.run(&args), @r"
    --- stderr ---
    error: could not make the folder $SANDBOX/home/sessions
    caused by: File exists (os error 17)
    --- exit 1 ---
    ");
    assert_eq!(std::fs::read_to_string(file).unwrap(), "in the way");
}
