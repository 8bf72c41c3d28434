//! Nothing that steers a terminal comes out, whatever it goes to: a pipe often ends on a screen.

use std::process::Stdio;

use crate::common::Sandbox;
use crate::doctor::{ONE, TWO, put, text, well};

/// What an imported title may hold: it fills the clipboard, and clears the screen in one character.
const EVIL: &str = "Tea \\u001b]52;c;ZXZpbA==\\u0007\\u009b2J\\u202e\\u061c\\u2028";

fn is_inert(text: &str) -> bool {
    !text.contains(|c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202e}' | '\u{61c}' | '\u{2028}')
    })
}

fn evil() -> Sandbox {
    let (sandbox, month) = well();
    for id in [ONE, TWO] {
        let session = text(id, "warm")
            .replace("\"Tea\"", &format!("\"{EVIL}\""))
            .replace(
                "\"write\"",
                &format!("\"write\"\nprompt = \"{EVIL}\"\nname = \"{EVIL}\""),
            )
            .replace("warm", &format!("warm {EVIL}"))
            .replace("state =", &format!("tags = [\"{EVIL}\"]\nstate ="));
        put(&month.join(format!("{id}.toml")), &session);
    }
    sandbox
}

#[test]
fn no_command_writes_raw_what_a_session_holds() {
    let sandbox = evil();
    for args in [
        &["history"] as &[&str],
        &["history", "--json", "--with-text"],
        &["history", "show", "last"],
        &["history", "show", "last", "--all"],
        &["history", "show", "last", "--json", "--with-text"],
        &["history", "show", "last", "--answer", "a"],
        &["history", "search", "warm"],
        &["history", "search", "warm", "--json"],
        &["history", "compare", "9f3a61c2", "0badcafe"],
        &["history", "compare", "tea", "--answer", "a"],
        &["history", "tag", "last", "calm"],
        &["export", "last", "--format", "markdown"],
        &["export", "last", "--format", "html"],
        &["export", "last", "--format", "csv"],
        &["export", "last", "--format", "json"],
        &["history", "delete", "last"],
        &["resume", "last"],
        &["doctor"],
    ] {
        let output = sandbox.run(args);
        let said = format!("{}{}", output.stdout, output.stderr);
        assert!(is_inert(&said), "{args:?}: {said:?}");
        assert!(!said.is_empty(), "{args:?}");
    }
}

#[test]
fn arguments_are_said_again_without_what_steers_a_terminal() {
    let sandbox = Sandbox::new();
    let evil = "\u{1b}]52;c;ZXZpbA==\u{7}\u{9b}2J";
    for args in [
        &[evil] as &[&str],
        &["list", evil],
        &["list", "--strategy", evil],
        &["history", "--limit", evil],
        &["history", "show", evil],
        &["exercise", evil],
        &["exercise", "tea", "--answer", evil],
        &["export", "--format", evil],
        &["check", evil],
        &["review", evil, "--as", "apology"],
        &["support", "remove", evil],
        &["pack", "add", evil],
        &["import", evil],
        &["restore", evil],
        &["vault", "recipients", "add", evil],
        &["schema", evil],
        &["author", "preview", evil],
    ] {
        let output = sandbox.run(args);
        let said = format!("{}{}", output.stdout, output.stderr);
        assert!(is_inert(&said), "{args:?}: {said:?}");
        assert_ne!(output.code, Some(0), "{args:?}");
    }
}

#[test]
fn help_that_cannot_be_written_is_an_error() {
    let sandbox = Sandbox::new();
    for args in [&["--help"] as &[&str], &["--version"], &["list", "--help"]] {
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let mut command = sandbox.command(args);
        let output = sandbox.finish(command.stdout(Stdio::from(full)));
        assert_eq!(output.code, Some(1), "{output}");
        assert!(output.stderr.contains("could not write"), "{output}");
    }
}
