//! Files that somebody means ill with, or that broke in odd ways: shown inert, or refused with a
//! reason; nothing hangs, and nothing takes all memory.

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use insta::assert_snapshot;
use trust_coach::text::{is_misleading, is_unsafe};

use crate::common::{Output, Sandbox};
use crate::doctor::{ONE, put, text, well};

/// What a terminal could be steered with: a colour, a title, the clipboard, C1, bidi, and bells.
const EVIL: &str = "a\\u001b[31mb\\u001b]0;t\\u0007c\\u001b]52;c;aGk=\\u0007d\\u009b31me\\u202ef\\u2066g\\u007fh\\u061ci\\u2028j";

/// The same as bytes: TOML lets C1 and bidi in as they are.
const RAW: &str =
    "a\u{9b}31mb\u{202e}c\u{2066}d\u{85}e\u{61c}f\u{200f}g\u{2029}h\u{feff}i\u{e0067}j";

/// Every command that shows sessions, and some that show exercises.
const READS: [&[&str]; 14] = [
    &[],
    &["list"],
    &["list", "--json"],
    &["history"],
    &["history", "--limit", "0", "--json", "--with-text"],
    &["history", "show", "last"],
    &["history", "show", "last", "--json", "--with-text"],
    &["history", "search", "c"],
    &["history", "--with", "c"],
    &["doctor"],
    &["doctor", "--json"],
    &["export"],
    &["export", "--format", "jsonl"],
    &["backup", "all.tar"],
];

/// Whether what was printed could steer a terminal. `history show` hands texts to other programs as
/// they are, and is looked at on a screen, in the tests with a terminal.
fn steers(args: &[&str], output: &Output) -> bool {
    !args.starts_with(&["history", "show"])
        && format!("{}{}", output.stdout, output.stderr)
            .contains(|c| is_unsafe(c) || is_misleading(c))
}

/// A session with these words in every place that takes words.
fn everywhere(words: &str) -> String {
    format!(
        "format = 1\nid = \"{words}\"\nexercise = \"{words}\"\ntitle = \"{words}\"\n\
         lang = \"{words}\"\nstate = \"done\"\nstarted = \"{words}\"\nended = \"{words}\"\n\
         at = \"{words}\"\ntags = [\"{words}\"]\n\"{words}\" = \"{words}\"\n\n\
         [[notes]]\nat = \"{words}\"\ntext = \"{words}\"\n\n\
         [[answers]]\nstep = \"{words}\"\nkind = \"write\"\nname = \"{words}\"\n\
         prompt = \"{words}\"\nvalue = \"{words}\"\nprogress = \"{words}\"\nat = \"{words}\"\n\
         versions = [{{ at = \"{words}\", value = \"{words}\" }}]\n\n\
         [[answers]]\nstep = \"c\"\nkind = \"choose\"\nprompt = \"{words}\"\nvalue = \"{words}\"\n\
         label = \"{words}\"\n"
    )
}

#[test]
fn a_session_that_would_steer_the_terminal_is_shown_inert() {
    for words in [EVIL, RAW] {
        let (sandbox, month) = well();
        put(&month.join(format!("{ONE}.toml")), &everywhere(words));
        // A broken file is quoted in what is said of it.
        let broken = "20261101T000000.000Z-00000001.toml";
        put(
            &month.join(broken),
            &format!("format = 1\n{RAW} = \u{1b}[31m"),
        );
        for args in READS {
            let output = sandbox.run(args);
            assert!(
                !steers(args, &output),
                "{args:?}: {output:?}",
                output = output.to_string()
            );
        }
    }
}

#[test]
fn a_file_name_that_would_steer_the_terminal_is_shown_inert() {
    let (sandbox, month) = well();
    let evil = "\u{1b}]0;title\u{7}\u{9b}31m\u{202e}";
    put(&month.join(format!("{evil}.toml")), "half a");
    put(
        &month.join(format!("{ONE} {evil} conflicted copy.toml")),
        &text(ONE, "cold"),
    );
    symlink(evil, month.join("20261101T000000.000Z-00000001.toml")).unwrap();
    sandbox.write(format!("home/exercises/{evil}.toml"), "format = 1");
    for args in READS {
        let output = sandbox.run(args);
        assert!(
            !steers(args, &output),
            "{args:?}: {output:?}",
            output = output.to_string()
        );
    }
    assert_eq!(sandbox.run(&["doctor"]).code, Some(6));
}

#[test]
fn an_exercise_that_would_steer_the_terminal_is_refused_and_its_words_are_shown_inert() {
    let sandbox = Sandbox::new();
    let exercise = format!("format = 1\ntitle = \"{RAW}\"\n\u{1b}[31m\n");
    let path = sandbox.write("home/exercises/evil.toml", exercise);
    for args in [
        &["list"] as &[&str],
        &["show", "evil"],
        &["exercise", "evil"],
        &["check", path.to_str().unwrap()],
        &["doctor"],
    ] {
        let output = sandbox.run(args);
        assert!(
            !steers(args, &output),
            "{args:?}: {output:?}",
            output = output.to_string()
        );
    }
}

/// The program under a limit of memory, in KiB, and of time.
fn bounded(sandbox: &Sandbox, args: &[&str]) -> Output {
    let coach = sandbox.command(&[]);
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "ulimit -v 1500000; ulimit -t 120; exec \"$0\" \"$@\""])
        .arg(coach.get_program())
        .args(args)
        .env_clear()
        .env("TRUST_COACH_HOME", sandbox.home())
        .env("PATH", "/usr/bin:/bin")
        .current_dir(sandbox.home())
        .stdin(std::process::Stdio::null());
    sandbox.finish(&mut shell)
}

#[test]
fn lines_of_a_million_letters_are_shown() {
    let (sandbox, month) = well();
    let long = "x".repeat(1_000_000);
    let session = text(ONE, &long).replace("\"Tea\"", &format!("\"{long}\""));
    let session = format!("{session}prompt = \"{long}\"\nname = \"{long}\"\n");
    put(&month.join(format!("{ONE}.toml")), &session);
    // Every second command, for they take their time.
    for args in READS.into_iter().step_by(2) {
        let output = bounded(&sandbox, args);
        let told = (output.code, &output.stderr);
        assert!(output.code == Some(0), "{args:?}: {told:?}");
    }
    let shown = bounded(&sandbox, &["history", "show", "last"]);
    assert!(shown.stdout.len() > 2_000_000);
}

#[test]
fn a_million_answers_and_a_giant_file_are_refused_with_the_reason() {
    let (sandbox, month) = well();
    let path = month.join(format!("{ONE}.toml"));
    let answer = "[[answers]]\nstep = \"a\"\nkind = \"write\"\n";
    let many = |count| text(ONE, "warm") + &answer.repeat(count);
    for (content, reason) in [
        (many(1_000_000), "larger than 16 MiB"),
        (many(300_000), "more than 20000 answers"),
    ] {
        put(&path, &content);
        for args in [
            &["history", "show", "last"] as &[&str],
            &["history", "search", "warm"],
            &["doctor"],
            &["export"],
        ] {
            let output = bounded(&sandbox, args);
            let told = format!("{}{}", output.stdout, output.stderr);
            assert!(
                told.contains(reason),
                "{args:?}: {:?} {}",
                output.code,
                &output.stderr
            );
        }
        // One bad file never hides the good ones.
        assert!(
            bounded(&sandbox, &["history"]).stdout.contains("0badcafe")
                || !sandbox.sessions().is_empty()
        );
    }
    // A file that is all hole takes no room and would take all memory.
    fs::File::create(&path).unwrap().set_len(1 << 40).unwrap();
    let output = bounded(&sandbox, &["history", "show", "last"]);
    assert!(output.stderr.contains("larger than 16 MiB"), "{output}");
}

/// Things that are no files, where a session should be.
fn no_files(month: &Path) -> PathBuf {
    let place = |digit: char| month.join(format!("20261123T000000.000Z-0000000{digit}.toml"));
    symlink("/dev/zero", place('1')).unwrap();
    let pipe = Command::new("mkfifo").arg(place('2')).status();
    assert!(pipe.unwrap().success());
    fs::create_dir(place('3')).unwrap();
    symlink(month, month.with_file_name("12")).unwrap();
    place('2')
}

#[test]
fn links_and_pipes_in_place_of_sessions_are_refused_and_nothing_waits_for_them() {
    let (sandbox, month) = well();
    no_files(&month);
    for args in READS {
        let output = bounded(&sandbox, args);
        assert!(
            output.code.is_some_and(|code| code < 100),
            "{args:?}: {output}"
        );
        assert!(!output.stdout.contains("root:"), "{args:?}");
    }
    assert_snapshot!(sandbox.run(&["history", "show", "00000002"]), @"
    --- stderr ---
    error: there’s no session called [id4]
    hint: the newest is [id2]; `trust-coach history` shows more
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["history"]), @"
    2026-11-22 18:45  [id2]  done    Tea
    2026-11-22 18:45  [id1]  done    Tea
    --- stderr ---
    left out: not a regular file or folder: $SANDBOX/home/sessions/2026/12
    hint: `trust-coach doctor` can move it out of the way
    left out: not a regular file or folder: $SANDBOX/home/sessions/2026/11/20261123T000000.000Z-00000003.toml
    hint: `trust-coach doctor` can move it out of the way
    left out: not a regular file or folder: $SANDBOX/home/sessions/2026/11/20261123T000000.000Z-[id4].toml
    hint: `trust-coach doctor` can move it out of the way
    left out: not a regular file or folder: $SANDBOX/home/sessions/2026/11/20261123T000000.000Z-[id3].toml
    hint: `trust-coach doctor` can move it out of the way
    --- exit 0 ---
    ");
}

#[test]
fn a_home_of_somebody_else_is_not_written_to() {
    let sandbox = Sandbox::new();
    let us = fs::metadata(sandbox.home().parent().unwrap())
        .unwrap()
        .uid();
    // Root can give a folder away; for everybody else there is one that is root's.
    let home = if us == 0 {
        fs::create_dir(sandbox.home()).unwrap();
        std::os::unix::fs::chown(sandbox.home(), Some(4711), None).unwrap();
        sandbox.home()
    } else {
        PathBuf::from("/")
    };
    let mut command = sandbox.command(&["exercise", "unsent-letter", "--answers"]);
    command
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/answers/unsent-letter/hana.toml"
        ))
        .env("TRUST_COACH_HOME", &home);
    let output = sandbox.finish(&mut command);
    assert_eq!(output.code, Some(1), "{output}");
    assert!(
        output.stderr.contains("belongs to another user"),
        "{output}"
    );
    assert!(
        output.stderr.contains("hint: run trust-coach as its owner"),
        "{output}"
    );
    assert!(!home.join("sessions").exists());
    let doctor = sandbox.finish(sandbox.command(&["doctor"]).env("TRUST_COACH_HOME", &home));
    assert!(
        doctor.stdout.contains("belongs to another user"),
        "{doctor}"
    );
}
