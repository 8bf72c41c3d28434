//! What the program meets outside: no home, a closed output, odd languages and clocks.

use std::process::{Command, Stdio};

use insta::assert_snapshot;

use crate::common::{Sandbox, files};
use crate::tea::home;

#[test]
fn without_a_home_it_says_what_to_set() {
    let sandbox = home();
    let mut command = sandbox.command(&["exercise", "tea", "--answer", "kind=1"]);
    assert_snapshot!(sandbox.finish(command.env_remove("TRUST_COACH_HOME")), @r"
    --- stderr ---
    error: there’s no home folder to keep sessions in
    hint: set HOME, or set TRUST_COACH_HOME to a folder of yours
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
    error: TRUST_COACH_NOW isn’t a date and time: teatime
    caused by: failed to parse four digit integer as year: invalid digit, expected 0-9 but got t
    hint: write it as 2026-11-22T18:45:01+01:00[Europe/Berlin], or unset it
    --- exit 2 ---
    ");
}

#[test]
fn a_disk_that_may_not_be_written_is_named_and_nothing_is_half_there() {
    let sandbox = home();
    let file = sandbox.write("home/sessions", "in the way");
    assert_snapshot!(sandbox.run(&DONE), @"
    --- stderr ---
    error: could not list the folder $SANDBOX/home/sessions
    caused by: not a directory
    --- exit 1 ---
    ");
    assert_eq!(std::fs::read_to_string(file).unwrap(), "in the way");
}

/// Everything that an exercise asks, on the command line.
const DONE: [&str; 13] = [
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

/// A line for a shell, with the program in `$COACH`.
fn shell(sandbox: &Sandbox, line: &str) -> Command {
    let mut command = sandbox.command(&[]);
    let coach = command.get_program().to_owned();
    let mut shell = Command::new("/bin/sh");
    shell
        .args(["-c", line])
        .env_clear()
        .env("COACH", coach)
        .env("TRUST_COACH_HOME", sandbox.home())
        .env("PATH", "/usr/bin:/bin")
        .current_dir(sandbox.home())
        .stdin(Stdio::null());
    command.env_clear();
    shell
}

#[test]
fn with_nobody_there_what_is_missing_is_told_and_nothing_is_waited_for() {
    let sandbox = home();
    let lines = [
        "\"$COACH\" exercise tea </dev/null",
        "\"$COACH\" exercise tea <&-",
        "echo 1 | \"$COACH\" exercise tea",
    ];
    for line in lines {
        let output = sandbox.finish(&mut shell(&sandbox, line));
        assert_eq!(output.code, Some(3), "{line}: {output}");
        assert!(output.stderr.contains("there’s nobody to ask"), "{output}");
        assert_eq!(output.stdout, "");
    }
    assert_eq!(sandbox.sessions().len(), 0);
}

#[test]
fn every_command_works_with_any_stream_closed() {
    let sandbox = home();
    assert_eq!(sandbox.run(&DONE).code, Some(0));
    let commands = [
        "list",
        "show tea",
        "history",
        "history show last",
        "support",
        "where",
        "config",
    ];
    for command in commands {
        for streams in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", ">/dev/null 2>&1 <&-"] {
            let line = format!("\"$COACH\" {command} {streams}");
            let output = sandbox.finish(&mut shell(&sandbox, &line));
            // Nothing can be printed on a stream that isn’t there, and that is worth a word.
            let closed = streams.contains(">&-") && !streams.starts_with('2');
            let fine = output.code == Some(0) || (closed && output.code == Some(1));
            assert!(fine, "{line}: {output}");
        }
    }
}

#[test]
fn a_reader_may_leave_after_the_first_line() {
    let sandbox = home();
    for command in [
        "list",
        "show apology",
        "support",
        "schema exercise",
        "completions bash",
    ] {
        let line = format!("{{ \"$COACH\" {command}; echo \"exit $?\" >&2; }} | head -n 1");
        let output = sandbox.finish(&mut shell(&sandbox, &line));
        assert_eq!(output.stdout.lines().count(), 1, "{output}");
        assert_eq!(output.stderr, "exit 0\n", "{command}");
    }
}

#[test]
fn what_is_told_can_go_to_a_log_and_what_is_printed_stays_clean() {
    let sandbox = home();
    sandbox.write("home/exercises/Not An Id.toml", "");
    let output = sandbox.finish(&mut shell(&sandbox, "\"$COACH\" list --json 2>log"));
    assert!(serde_json::from_str::<serde_json::Value>(&output.stdout).is_ok());
    assert_eq!(output.stderr, "");
    let log = std::fs::read_to_string(sandbox.home().join("log")).unwrap();
    assert!(log.starts_with("warning: skipped"), "{log}");
}

#[test]
fn a_loop_that_reads_lines_keeps_its_lines() {
    let sandbox = home();
    let line = "printf 'one\\ntwo\\nthree\\n' | while read -r words; do \
        \"$COACH\" exercise tea --answer \"kind=1\" --answer \"memory=$words\" --answer scene=s \
        --answer more=no --answer day=today --defaults >/dev/null || exit 9; echo \"$words\"; done";
    let output = sandbox.finish(&mut shell(&sandbox, line));
    assert_eq!(output.to_string(), "one\ntwo\nthree\n--- exit 0 ---");
    assert_eq!(sandbox.sessions().len(), 3);
}

#[test]
fn the_environment_of_cron_is_enough() {
    let sandbox = home();
    let mut command = sandbox.command(&DONE);
    command
        .env_clear()
        .env("HOME", sandbox.home())
        .env("LOGNAME", "somebody")
        .env("SHELL", "/bin/sh")
        .env("PATH", "/usr/bin:/bin");
    let answers = sandbox.home().join(".local/share/trust-coach/exercises");
    std::fs::create_dir_all(&answers).unwrap();
    std::fs::copy(
        sandbox.home().join("exercises/tea.toml"),
        answers.join("tea.toml"),
    )
    .unwrap();
    let output = sandbox.finish(&mut command);
    assert_eq!(output.code, Some(0), "{output}");
    assert_eq!(output.stderr, "");
    let sessions = sandbox.home().join(".local/share/trust-coach/sessions");
    let saved = crate::common::files(&sessions);
    assert_eq!(
        saved
            .iter()
            .filter(|path| path.extension().is_some_and(|end| end == "toml"))
            .count(),
        1
    );
}

#[test]
fn no_colour_leaks_into_a_pipe_or_a_file_unless_it_is_asked_for() {
    let sandbox = home();
    assert_eq!(sandbox.run(&DONE).code, Some(0));
    sandbox.write("home/broken.toml", "format = 1\nkind = \"x\"\n");
    let commands: [&[&str]; 9] = [
        &[],
        &["list"],
        &["show", "tea"],
        &["history"],
        &["history", "show", "last"],
        &["support"],
        &["config", "--explain"],
        &["check", "home/broken.toml"],
        &["exercise", "tee"],
    ];
    for args in commands {
        for term in ["xterm-256color", "dumb"] {
            let mut command = sandbox.command(args);
            let output = sandbox.finish(command.env("TERM", term));
            assert!(!output.to_string().contains('\x1b'), "{args:?}: {output}");
        }
    }
}

#[test]
fn every_command_that_reads_has_json_with_a_format() {
    let sandbox = home();
    assert_eq!(sandbox.run(&DONE).code, Some(0));
    let commands: [&[&str]; 9] = [
        &["doctor"],
        &["list"],
        &["show", "tea"],
        &["history"],
        &["history", "show", "last"],
        &["where"],
        &["config"],
        &["support"],
        &["support", "--region", "us"],
    ];
    for args in commands {
        let output = sandbox.run(&[args, &["--json"]].concat());
        let json: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
        assert_eq!(json["format"], "1.0", "{args:?}");
        let first = output
            .stdout
            .find('"')
            .map(|at| &output.stdout[at + 1..at + 7]);
        assert_eq!(first, Some("format"), "{args:?}");
    }
}

#[test]
fn a_home_that_is_no_whole_path_is_refused_and_help_still_comes() {
    let sandbox = home();
    for (name, value) in [
        ("TRUST_COACH_HOME", "~/coach"),
        ("TRUST_COACH_HOME", "coach"),
        ("TRUST_COACH_HOME", "$HOME/coach"),
        ("TRUST_COACH_HOME", "/tmp/coach\r"),
        ("TRUST_COACH_HOME", "/tmp/coach\u{200b}"),
        ("TRUST_COACH_HOME", "/tmp/\u{202a}coach"),
        ("XDG_STATE_HOME", "/tmp/coach\r"),
        ("HOME", "people/me"),
        ("HOME", "~"),
    ] {
        let with = |args: &[&str]| {
            let mut command = sandbox.command(args);
            let command = command
                .env_remove("TRUST_COACH_HOME")
                .env("HOME", sandbox.home())
                .env(name, value);
            sandbox.finish(command)
        };
        let refused = with(&["history"]);
        assert_eq!(refused.code, Some(2), "{name}={value}");
        let told = format!("{name} ");
        assert!(refused.stderr.contains(&told), "{}", refused.stderr);
        assert!(refused.stderr.contains("hint: "), "{}", refused.stderr);
        let lines = with(&["support", "--region", "DE"]);
        assert!(lines.stdout.contains("112"), "{name}={value}: {lines}");
    }
    assert!(!sandbox.home().with_file_name("~").exists());
}

#[test]
fn a_time_zone_that_nobody_knows_is_named_and_utc_is_used() {
    let sandbox = home();
    for zone in ["Nowhere/City", "UTC+25", "../../etc/passwd"] {
        for args in [&["history"] as &[&str], &["doctor"]] {
            let mut command = sandbox.command(args);
            let command = command.env_remove("TRUST_COACH_NOW").env("TZ", zone);
            let said = sandbox.finish(command).stderr;
            let warning =
                format!("warning: the time zone {zone} in TZ isn’t known, so times are in UTC\n");
            assert_eq!(said.matches(&warning).count(), 1, "{said}");
        }
    }
    let mut command = sandbox.command(&["history"]);
    let command = command
        .env_remove("TRUST_COACH_NOW")
        .env("TZ", "Europe/Berlin");
    assert!(!sandbox.finish(command).stderr.contains("TZ"));
}

#[test]
fn a_limit_on_the_size_of_files_is_said_and_leaves_nothing_half_done() {
    let sandbox = home();
    sandbox.write("long.txt", "word ".repeat(2000));
    sandbox.write("a.toml", crate::tea::ANSWERS);
    // A block has 512 bytes or 1024.
    let limited = |line: &str| sandbox.shell(&format!("ulimit -f 8; {line}"));
    let output = limited("$TC exercise tea --answers a.toml --answer memory=@long.txt");
    assert_eq!(output.code, Some(1), "{output}");
    assert!(output.stderr.contains("error: could not"), "{output}");
    assert!(output.stderr.contains("`ulimit -f` shows"), "{output}");
    assert_eq!(files(&sandbox.home().join("sessions")), NONE);
    assert!(limited("$TC exercise tea --answers a.toml").code == Some(0));
    sandbox.write("home/exercises/long.toml", "#".repeat(20_000));
    for line in [
        "$TC backup all.tar",
        "mkdir m; $TC man --dir m",
        "$TC schema exercise > schema",
    ] {
        let output = limited(line);
        assert_eq!(output.code, Some(1), "{line}: {output}");
        assert!(output.stderr.contains("File too large"), "{line}: {output}");
    }
    assert!(!sandbox.home().with_file_name("all.tar").exists());
}

const NONE: [std::path::PathBuf; 0] = [];
