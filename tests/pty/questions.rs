//! What is asked outside a session: by keys at a full terminal, by lines where that is asked for, and
//! in the terminal's own way again whatever ends it.

use std::fs;

use rustix::process::Signal;

use crate::harness::{SMALL, Screen, USUAL};
use crate::session::{Home, TEA};

/// A home with a backup beside it whose settings, contacts and session are gone.
fn lost() -> (Home, String) {
    let home = Home::with(TEA);
    home.output(&["exercise", "tea", "--answers", &answers(&home)]);
    fs::write(home.path().join("contacts.toml"), "format = 1\n").unwrap();
    let backup = home.path().join("all.tar").display().to_string();
    home.output(&["backup", &backup]);
    fs::remove_file(home.path().join("contacts.toml")).unwrap();
    fs::remove_file(&home.sessions()[0]).unwrap();
    (home, backup)
}

fn answers(home: &Home) -> String {
    let path = home.path().join("answers.toml");
    let text = "format = 1\nexercise = \"tea\"\n[answers]\nkind = \"mint\"\nmemory = \"Mine.\"\nwarm = 3\nagain = \"yes\"\ntext = \"ready\"\n";
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn asked(home: &Home, backup: &str) -> Screen {
    let screen = home.open(&["restore", backup], USUAL);
    screen.wait_somewhere("Put these back too? [y/N]");
    screen
}

#[test]
fn a_backup_brings_contacts_and_settings_only_after_a_yes() {
    for (keys, is_back) in [
        ("y\r", true),
        ("\r", false),
        ("n\r", false),
        ("yes\r", true),
        ("y\x7fn\r", false),
    ] {
        let (home, backup) = lost();
        let mut screen = asked(&home, &backup);
        screen.send(keys);
        assert_eq!(screen.wait_exit(), 0, "{keys:?}");
        assert_eq!(
            home.path().join("contacts.toml").exists(),
            is_back,
            "{keys:?}"
        );
        assert_eq!(home.sessions().len(), 1, "{keys:?}");
        let told = screen.everything().join("\n");
        assert_eq!(
            told.contains("1 file left in the backup."),
            !is_back,
            "{told}"
        );
        assert!(told.contains("contacts.toml"), "{told}");
        screen.wait_sane();
    }
}

#[test]
fn a_narrow_or_low_screen_another_size_and_plain_mode_ask_the_same() {
    for (flags, window) in [
        (&[] as &[&str], (39, 15)),
        (&[], (80, 7)),
        (&["--plain"], USUAL),
    ] {
        let (home, backup) = lost();
        let mut screen = home.open(&[flags, &["restore", &backup]].concat(), window);
        screen.wait_somewhere("[y/N]");
        screen.resize(SMALL);
        screen.send("y\r");
        assert_eq!(screen.wait_exit(), 0, "{flags:?} at {window:?}");
        assert!(home.path().join("contacts.toml").exists());
        screen.wait_sane();
        let by_lines = !flags.is_empty() || window.1 < 8;
        let steers = String::from_utf8_lossy(&screen.bytes()).contains('\x1b');
        assert_eq!(steers, !by_lines, "{flags:?} at {window:?}");
    }
}

#[test]
fn a_yes_or_no_is_a_whole_line_and_not_a_letter_of_another_word() {
    let (home, backup) = lost();
    let mut screen = asked(&home, &backup);
    screen.send("not today\r");
    screen.wait_somewhere("Type y or n, then press Enter.");
    screen.send("\r");
    assert_eq!(screen.wait_exit(), 0);
    assert!(!home.path().join("contacts.toml").exists());
    screen.wait_sane();
}

#[test]
fn keys_that_nobody_pressed_decide_nothing() {
    let (home, backup) = lost();
    let mut screen = asked(&home, &backup);
    for noise in [
        "\x1b[<65;10;10M",
        "\x1b[<0;3;3m",
        "\x1b[1;5C",
        "\x1bOP",
        "q",
        "7",
    ] {
        screen.send(noise);
    }
    screen.send("\r");
    screen.wait_somewhere("Type y or n, then press Enter.");
    screen.send("\x15\r");
    assert_eq!(screen.wait_exit(), 0);
    assert!(!home.path().join("contacts.toml").exists());
}

#[test]
fn whatever_ends_the_program_gives_the_terminal_back_with_its_cursor() {
    for (signal, code) in [
        (None, 130),
        (Some(Signal::TERM), 143),
        (Some(Signal::HUP), 129),
    ] {
        let (home, backup) = lost();
        let mut screen = asked(&home, &backup);
        match signal {
            None => screen.send("\x03"),
            Some(signal) => screen.signal(signal),
        }
        assert_eq!(screen.wait_exit(), code);
        screen.wait_sane();
        assert!(screen.look(|screen| !screen.hide_cursor()), "{code}");
        assert!(!home.path().join("contacts.toml").exists());
        assert_eq!(home.sessions().len(), 0);
    }
}

#[test]
fn a_session_is_removed_only_by_its_name() {
    let (home, backup) = lost();
    home.output(&["restore", "--yes", &backup]);
    let name = home.output(&["history", "--ids"]);
    let name = name.trim().rsplit('-').next().unwrap().to_string();
    for window in [USUAL, SMALL] {
        let mut screen = home.open(&["history", "delete", "last"], window);
        screen.wait_somewhere("Session:");
        screen.send("abcd\r");
        screen.wait_somewhere("That isn’t");
        screen.send("\r");
        assert_eq!(screen.wait_exit(), 1);
        assert_eq!(home.sessions().len(), 1);
    }
    let mut screen = home.open(&["--plain", "history", "delete", "last"], USUAL);
    screen.wait_somewhere("Session:");
    screen.send(&format!("{name}\n"));
    assert_eq!(screen.wait_exit(), 0);
    assert_eq!(home.sessions().len(), 0);
    let shown = String::from_utf8_lossy(&screen.bytes()).into_owned();
    assert!(!shown.contains('\x1b'), "{shown:?}");
}
