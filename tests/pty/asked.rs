//! What single commands ask at a terminal: which answers leave, what a new exercise works on, which
//! country somebody is in.

use std::fs;

use crate::harness::{SMALL, Screen, USUAL};
use crate::session::{Home, TEA};

const DOWN: &str = "\x1b[B";

fn wait_keys(screen: &Screen, words: &str) {
    screen.wait_for(words, |screen| {
        screen.hide_cursor() && screen.contents().contains(words)
    });
}

/// A home with a finished session whose memory is sensitive.
fn home() -> Home {
    let home = Home::with(&TEA.replace("pin = true", "pin = true\nsensitive = true"));
    let path = home.path().join("answers.toml");
    let text = "format = 1\nexercise = \"tea\"\n[answers]\nkind = \"mint\"\nmemory = \"Very much mine.\"\nwarm = 3\nagain = \"yes\"\ntext = \"ready\"\n";
    fs::write(&path, text).unwrap();
    home.output(&["exercise", "tea", "--answers", path.to_str().unwrap()]);
    home
}

#[test]
fn what_is_sensitive_leaves_only_where_it_was_marked() {
    for (keys, leaves) in [("\r", false), ("2\r", true)] {
        let home = home();
        let file = home.path().join("out.json");
        let mut screen = home.open(&["export", "-o", file.to_str().unwrap()], SMALL);
        let rows = screen.wait_words("Numbers:").join("\n");
        assert!(rows.contains("1 [x] Which tea"), "{rows}");
        assert!(rows.contains("2 [ ] A memory"), "{rows}");
        screen.send(keys);
        screen.wait_somewhere("Write it? [y/N]");
        screen.send("y\r");
        assert_eq!(screen.wait_exit(), 0);
        screen.wait_sane();
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(text.contains("\"step\": \"memory\""), leaves, "{text}");
        assert_eq!(!text.contains("\"step\": \"kind\""), leaves, "{text}");
    }
}

#[test]
fn nothing_is_written_where_they_stop_at_the_choice() {
    let home = home();
    let file = home.path().join("out.json");
    for (keys, code, said) in [
        ("none\r", 1, "Nothing was written."),
        ("/pause\r", 4, "Stopped."),
        ("/QUIT \r", 4, "Stopped."),
    ] {
        let mut screen = home.open(&["export", "-o", file.to_str().unwrap()], USUAL);
        screen.wait_words("Numbers:");
        screen.send(keys);
        assert_eq!(screen.wait_exit(), code);
        screen.wait_somewhere(said);
        assert!(!file.exists());
    }
}

#[test]
fn no_letter_of_a_command_marks_what_is_sensitive() {
    for window in [USUAL, SMALL] {
        let home = home();
        let file = home.path().join("out.json");
        let mut screen = home.open(&["export", "-o", file.to_str().unwrap()], window);
        screen.wait_words("Numbers:");
        for (asked, (keys, said)) in [
            ("/paus\r", "Did you mean"),
            ("/help\r", "You can type /support"),
            ("/support\r", "112"),
            ("a\r", "“a” isn’t one of these"),
        ]
        .iter()
        .enumerate()
        {
            screen.send(keys);
            screen.wait_times("Numbers:", asked + 2);
            screen.wait_somewhere(said);
            screen.wait("the next line", |rows| {
                rows.iter().any(|row| row.as_str() == "Numbers:")
            });
        }
        screen.send("/leave\r");
        screen.wait_words("Clear all older text");
        screen.wait_last_row("[y/N]");
        screen.send("\r");
        assert_eq!(screen.wait_exit(), 0);
        assert!(!file.exists());
    }
}

#[test]
fn what_a_new_exercise_works_on_and_what_it_asks_is_chosen() {
    let home = Home::with(TEA);
    let mut screen = home.open(&["author", "new", "evening-talk"], USUAL);
    wait_keys(&screen, "Communication");
    screen.send(&format!("{}\r", DOWN.repeat(4)));
    wait_keys(&screen, "Their own words");
    screen.send(&format!("{}\r", DOWN.repeat(4)));
    screen.wait_somewhere("[y/N]");
    screen.send("y\r");
    assert_eq!(screen.wait_exit(), 0);
    let text = fs::read_to_string(home.path().join("exercises/evening-talk.toml")).unwrap();
    assert!(text.contains("strategy = \"apology\"\n") && text.contains("\ngate = \"screen\"\n"));
    assert!(
        text.contains("name = \"One small thing\"\nkind = \"rate\"\n"),
        "{text}"
    );

    for keys in [&["\x1b"][..], &["\x1b[B\r", "\x1b"]] {
        let mut screen = home.open(&["author", "new", "another"], USUAL);
        for (key, list) in keys.iter().zip(["Communication", "Their own words"]) {
            wait_keys(&screen, list);
            screen.send(key);
        }
        assert_eq!(screen.wait_exit(), 0);
        assert!(!home.path().join("exercises/another.toml").exists());
    }
}

#[test]
fn where_the_country_is_not_known_nothing_is_asked_and_the_numbers_come_first() {
    let home = Home::with(TEA);
    let nowhere = [
        ("TRUST_COACH_NOW", "2026-11-22T18:45:01+00:00[UTC]"),
        ("LC_ALL", "C"),
        ("PAGER", "cat"),
    ];
    let mut screen = Screen::program_with(home.path(), &["support"], (80, 60), &nowhere);
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_somewhere("Name a country");
    screen.wait_somewhere("112");
    screen.wait_somewhere("https://findahelpline.com");
}
