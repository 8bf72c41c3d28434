//! `trust-coach` alone: a menu from which a person who never read a manual begins, finds what they
//! wrote, and finds help.

use std::fs;

use trust_coach::ask::SlashCommand;

use crate::harness::{SMALL, Screen, USUAL, Window};
use crate::session::{Home, TEA};

const CTRL_C: &str = "\x03";

/// A home with a finished session of words that nobody else may see.
fn returning(exercise: &str) -> Home {
    let home = Home::with(exercise);
    finish(&home, crate::common::NOW);
    home
}

fn finish(home: &Home, now: &str) {
    let path = home.path().join("answers.toml");
    let text = "format = 1\nexercise = \"tea\"\n[answers]\nkind = \"mint\"\nmemory = \"Very much mine.\"\nwarm = 3\nagain = \"yes\"\ntext = \"ready\"\n";
    fs::write(&path, text).unwrap();
    let args = ["exercise", "tea", "--screened", "--answers"];
    home.output_at(now, &[args.as_slice(), &[path.to_str().unwrap()]].concat());
}

fn pause(home: &Home) {
    let mut screen = home.open(&["exercise", "tea"], USUAL);
    screen.wait("a list", crate::harness::is_list);
    if screen.rows().iter().all(|row| !row.contains("Green tea")) {
        screen.send("2\r");
    }
    screen.wait_list("Green tea");
    screen.send("2\r");
    screen.wait_words("one cup of Mint");
    screen.send("Of the time when");
    screen.send(CTRL_C);
    assert_eq!(screen.wait_exit(), 130);
}

/// Reads what stands before the list, where it has pages of its own.
fn first_list(screen: &Screen, words: &str) {
    screen.turn_pages(words);
    screen.wait_list(words);
}

/// Chooses the entry with these words by its number.
fn take(screen: &Screen, words: &str) {
    let rows = screen.wait_list(words);
    let row = rows.iter().find(|row| row.contains(words)).unwrap();
    let number = row.trim_start_matches(['>', '❯', ' ']).split(' ').next();
    screen.send(&format!("{}\r", number.unwrap()));
}

const REASONS: [&str; 6] = [
    "I hurt someone",
    "Someone broke my trust",
    "the same fight",
    "more reliable",
    "to be closer",
    "Just looking",
];

#[test]
fn the_first_time_each_of_six_reasons_leads_to_an_exercise_with_two_choices_and_four_keys() {
    std::thread::scope(|scope| {
        for window in [USUAL, SMALL] {
            scope.spawn(move || {
                for (at, words) in REASONS.iter().enumerate() {
                    let home = tempfile::tempdir().unwrap();
                    let mut screen = Screen::program(home.path(), &[], window);
                    let before = screen
                        .turn_pages("What brings you here?")
                        .replace('\n', " ");
                    screen.wait_list("What brings you here?");
                    assert!(before.contains("helps you build trust"), "{before}");
                    let path = home.path().to_str().unwrap();
                    assert!(before.contains(path), "{before}");
                    screen.send(&format!("{}\r", at + 1));
                    screen.wait_list("could help");
                    screen.send("1\r");
                    // The private page of an exercise that has one, else its first page.
                    let rows = screen.wait("an exercise", |rows| {
                        let has = |words: &str| rows.iter().any(|row| row.contains(words));
                        has("minutes)") || has("everyone sees") || has("tep 1")
                    });
                    let is_private = rows.iter().any(|row| row.contains("everyone sees"));
                    screen.wait_words("Esc: menu");
                    screen.send("/leave\r");
                    if !is_private {
                        screen.wait_words("Clear all older text");
                        screen.send("no\r");
                    }
                    assert_eq!(screen.wait_exit(), 0, "{words}");
                    screen.wait_sane();
                    assert_nothing_of(home.path(), words);
                }
            });
        }
    });
}

/// Looks through all files for words that must not be kept.
fn assert_nothing_of(folder: &std::path::Path, words: &str) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            assert_nothing_of(&path, words);
        } else {
            let text = fs::read(&path).unwrap();
            assert!(!String::from_utf8_lossy(&text).contains(words), "{path:?}");
        }
    }
}

#[test]
fn who_comes_back_goes_on_where_they_stopped() {
    for window in [USUAL, SMALL] {
        let home = returning(TEA);
        pause(&home);
        let screen = &mut home.open(&[], window);
        let rows = screen.wait_list("Pick up where you left off").join("\n");
        assert!(rows.contains("Welcome back.") && rows.contains("What would you like to do?"));
        assert!(!rows.contains("Very much mine"), "{rows}");
        take(screen, "Pick up where you left off");
        screen.wait_words("Of the time when");
        screen.send(CTRL_C);
        assert_eq!(screen.wait_exit(), 130);
    }
}

#[test]
fn nobody_who_looks_on_learns_the_name_of_an_exercise_with_safety_questions() {
    let gated = TEA.replace("minutes = 2", "minutes = 2\ngate = \"screen\"");
    let home = Home::with(TEA);
    finish(&home, "2026-10-25T18:45:01+01:00[Europe/Berlin]");
    pause(&home);
    fs::write(home.path().join("exercises/tea.toml"), gated).unwrap();
    let mut screen = home.open(&[], USUAL);
    screen.wait_list("Pick up where you left off");
    let rows = screen.rows().join("\n");
    assert!(rows.contains("begun today"), "{rows}");
    assert!(
        !rows.contains("Tea") && !rows.contains("four weeks ago"),
        "{rows}"
    );
    take(&screen, "Stop");
    assert_eq!(screen.wait_exit(), 0);
    assert!(!home.output(&[]).contains("Tea"));

    fs::write(home.path().join("config.toml"), "titles = true\n").unwrap();
    let screen = home.open(&[], USUAL);
    let rows = screen.wait_list("Pick up where you left off").join("\n");
    assert!(rows.contains("“Tea”, begun today"), "{rows}");
    assert!(home.output(&[]).contains("Tea"));
}

#[test]
fn what_was_written_four_weeks_ago_can_be_answered_again_unless_it_is_not_wanted() {
    let home = Home::with(TEA);
    finish(&home, "2026-10-25T18:45:01+01:00[Europe/Berlin]");
    assert!(home.output(&[]).contains("four weeks ago"));
    let settings = home.path().join("config.toml");
    fs::write(&settings, "look-back = false\n").unwrap();
    let screen = home.open(&[], USUAL);
    let rows = screen.wait_list("What would you like to do?").join("\n");
    assert!(!rows.contains("four weeks ago"), "{rows}");
    assert!(!home.output(&[]).contains("four weeks ago"));
    fs::remove_file(settings).unwrap();
    let mut screen = home.open(&[], USUAL);
    take(&screen, "Answer again what you wrote four weeks ago");
    take(&screen, "A memory");
    screen.wait_words("Tell of one cup of Mint.");
    screen.send("/pause\r");
    assert_eq!(screen.wait_exit(), 4);
}

#[test]
fn what_was_written_and_help_and_all_exercises_are_found() {
    for window in [USUAL, SMALL] {
        let home = returning(TEA);
        let mut screen = home.open(&[], window);
        take(&screen, "Help lines");
        screen.wait_somewhere("112");
        first_list(&screen, "What would you like to do?");
        screen.send(CTRL_C);
        assert_eq!(screen.wait_exit(), 130);

        let mut screen = home.open(&[], window);
        take(&screen, "What I wrote");
        screen.wait_for("sessions", |screen| {
            screen.contents().contains("Tea · done")
        });
        screen.send("\x1b[B\r");
        screen.wait_somewhere("Very much mine.");
        if window == SMALL {
            // A pager shows it.
            screen.wait_words(":");
            screen.send_early("q");
        }
        assert_eq!(screen.wait_exit(), 0);

        let mut screen = home.open(&[], window);
        take(&screen, "All exercises");
        screen.wait_somewhere("Which exercise?");
        screen.wait_for("a list", vt100::Screen::hide_cursor);
        screen.send("\x1b");
        assert_eq!(screen.wait_exit(), 0);
        screen.wait_sane();
    }
}

#[test]
fn help_to_choose_can_be_gone_back_from() {
    let home = returning(TEA);
    let mut screen = home.open(&[], USUAL);
    take(&screen, "Help me choose");
    take(&screen, "Just looking");
    screen.wait_list("could help");
    screen.send("/back\r");
    screen.wait_list("1 I hurt someone");
    screen.send("/back\r");
    screen.wait_list("What I wrote");
    take(&screen, "Stop");
    assert_eq!(screen.wait_exit(), 0);
    assert_eq!(home.sessions().len(), 1);
}

#[test]
fn every_command_is_taken_on_every_page_of_it() {
    let pages: [(bool, &[&str], &str); 3] = [
        (false, &[], "1 I hurt someone"),
        (false, &["6\r"], "1 One good thing"),
        (true, &[], "1 Begin"),
    ];
    for window in [USUAL, SMALL] {
        for (comes_back, keys, words) in pages {
            for (command, typed, _) in SlashCommand::ALL {
                let home = if comes_back {
                    returning(TEA)
                } else {
                    Home::with(TEA)
                };
                let mut screen = home.open(&[], window);
                for key in keys {
                    first_list(&screen, "1 I hurt someone");
                    screen.send(key);
                }
                first_list(&screen, words);
                screen.send(&format!("{typed}\r"));
                match command {
                    // Nothing of the menu stays, so nothing is asked about older text.
                    SlashCommand::Leave | SlashCommand::Pause => {}
                    SlashCommand::Skip if keys.is_empty() => {}
                    SlashCommand::Back if keys.is_empty() => {
                        screen.wait_somewhere("nothing to go back to");
                        first_list(&screen, words);
                        screen.send("/pause\r");
                    }
                    SlashCommand::Back | SlashCommand::Skip => {
                        screen.wait_list("1 I hurt someone");
                        screen.send("/pause\r");
                    }
                    SlashCommand::Editor => {
                        screen.wait_words("nothing to write here");
                        screen.send("/pause\r");
                    }
                    SlashCommand::Hint | SlashCommand::Why => {
                        screen.wait_somewhere("There’s nothing more");
                        first_list(&screen, words);
                        screen.send("/pause\r");
                    }
                    SlashCommand::Help => {
                        screen.wait_somewhere("/back: ");
                        first_list(&screen, words);
                        screen.send("/pause\r");
                    }
                    SlashCommand::Support => {
                        screen.wait_somewhere("112");
                        first_list(&screen, words);
                        screen.send("/pause\r");
                    }
                }
                assert_eq!(screen.wait_exit(), 0, "{typed} at {words}, {window:?}");
                screen.wait_sane();
                assert_eq!(home.sessions().len(), usize::from(comes_back));
            }
        }
    }
}

#[test]
fn nothing_of_the_menu_stays_when_they_leave_an_exercise_that_it_led_to() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = Screen::program(home.path(), &[], USUAL);
    first_list(&screen, "What brings you here?");
    screen.send("1\r");
    screen.wait_list("could help");
    screen.send("1\r");
    screen.wait_list("everyone sees this page");
    screen.send("2\r");
    screen.wait_list("closest to you");
    screen.send("/leave\r");
    assert_eq!(screen.wait_exit(), 0);
    assert_eq!(screen.everything().concat().trim(), "Done.");
}

#[test]
fn wrong_keys_begin_nothing() {
    let home = returning(TEA);
    // Enter alone takes what the list points at; nothing else does by itself.
    for (keys, is_told) in [
        (" ", false),
        ("  \x1b[<0;3;3M\x1b[<0;3;3m", false),
        ("x\r", true),
        ("99\r", true),
        ("all of it\r", true),
        ("-1\r", true),
    ] {
        let mut screen = home.open(&[], SMALL);
        screen.wait_list("Welcome back.");
        screen.send(keys);
        screen.wait("what would do", |rows| {
            let told = rows.iter().any(|row| row.contains("Choose one of the"));
            crate::harness::is_list(rows) && told == is_told
        });
        screen.send("\x15/pause\r");
        assert_eq!(screen.wait_exit(), 0, "{keys:?}");
        assert_eq!(home.sessions().len(), 1);
    }
}

#[test]
fn in_plain_mode_it_is_a_list_with_numbers() {
    for window in [USUAL, SMALL] {
        let home = returning(TEA);
        let mut screen = home.open(&["--plain"], window);
        screen.wait_somewhere("What would you like to do?");
        screen.wait_somewhere(" Stop");
        let all = screen.everything();
        let row = all
            .iter()
            .find(|row| row.contains("Help me choose"))
            .unwrap();
        let number = row.trim().split('.').next().unwrap();
        screen.send(&format!("{number}\n"));
        screen.wait_somewhere("What brings you here?");
        screen.wait_somewhere("6. Just looking");
        screen.send("nonsense\n");
        screen.wait_somewhere("Choose one of the six");
        screen.send("6\n");
        screen.wait_somewhere("could help");
        screen.send("1\n");
        screen.wait_somewhere("(about ");
        screen.send("/pause\n");
        assert_eq!(screen.wait_exit(), 4);
        let shown = String::from_utf8_lossy(&screen.bytes()).into_owned();
        assert!(!shown.contains('\x1b'), "{shown:?}");
    }
}

#[test]
fn it_only_prints_where_that_is_set_and_where_a_program_reads_it() {
    let home = returning(TEA);
    let lines: [(&str, Window); 2] = [("\"$0\" | cat", USUAL), ("\"$0\" </dev/null", USUAL)];
    for (line, _) in lines {
        let mut screen = Screen::shell(home.path(), line);
        assert_eq!(screen.wait_exit(), 0);
        screen.wait_somewhere("trust-coach list");
    }
    fs::write(home.path().join("config.toml"), "home = \"print\"\n").unwrap();
    let mut screen = home.open(&[], USUAL);
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_somewhere("All exercises: trust-coach list");
}

#[test]
fn with_the_vault_on_no_title_is_shown_and_nothing_is_asked_first() {
    let home = returning(TEA);
    let words = home.path().join("words");
    fs::write(&words, "some long words of mine\n").unwrap();
    let file = words.to_str().unwrap();
    home.output(&["vault", "on", "--passphrase-file", file]);
    let mut screen = home.open(&[], USUAL);
    // Nothing is paused here, and nobody can tell without the passphrase.
    let rows = screen
        .wait_list("See whether anything is paused")
        .join("\n");
    assert!(
        rows.contains("passphrase") && !rows.contains("Tea"),
        "{rows}"
    );
    assert!(!rows.contains("left off"), "{rows}");
    take(&screen, "Stop");
    assert_eq!(screen.wait_exit(), 0);
}
