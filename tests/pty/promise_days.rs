//! The days of a promise as a person answers them at a terminal.

use crate::harness::{SMALL, USUAL};
use crate::promises::{facts, home};
use crate::vault::vault;

const DOWN: &str = "\x1b[B";

#[test]
fn enter_and_space_alone_say_nothing_about_a_day() {
    for window in [USUAL, SMALL] {
        let home = home();
        let mut screen = home.open(&["promise", "look"], window);
        screen.wait_list("I kept it");
        for key in ["\r", " ", "\r", " \r"] {
            screen.send(key);
            screen.wait_list("I kept it");
            assert_eq!(facts(&home), 1, "{key:?}");
        }
        screen.send("\x15/pause\r");
        assert_eq!(screen.wait_exit(), 4);
        screen.wait_somewhere("Stopped.");
        assert_eq!(facts(&home), 1);
    }
}

#[test]
fn days_are_answered_one_by_one_and_saved_at_once() {
    let home = home();
    let mut screen = home.open(&["promise", "look"], USUAL);
    screen.wait_words("1 of 2. Sunday 22 November, today");
    screen.wait_list("I kept it");
    screen.send("1\r");
    screen.wait_words("2 of 2. Saturday 21 November");
    screen.wait_list("I kept it");
    assert_eq!(facts(&home), 2);
    screen.send(&format!("{DOWN}{DOWN}{DOWN}{DOWN}\r"));
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_somewhere("2 days noted.");
    screen.wait_somewhere("trust-coach exercise setback");
    screen.wait_sane();
    let json = home.output(&["promise", "show", "last", "--json"]);
    let shown: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(shown["counts"]["kept"], 1);
    assert_eq!(shown["counts"]["missed"], 1);
}

#[test]
fn whoever_slips_goes_back_to_the_day_before_and_says_it_anew() {
    for (again, counts) in [("1", [1, 0, 1]), ("7", [0, 0, 1])] {
        let home = home();
        let mut screen = home.open(&["promise", "look"], USUAL);
        screen.wait_list("I kept it");
        screen.send("/back\r");
        screen.wait_words("nothing to go back to");
        screen.wait_list("I kept it");
        screen.send("4\r");
        screen.wait_words("2 of 2. Saturday 21 November");
        screen.wait_list("I kept it");
        screen.send("/back\r");
        screen.wait_words("1 of 2. Sunday 22 November, today");
        screen.wait_list("I kept it");
        screen.send(&format!("{again}\r"));
        screen.wait_words("2 of 2. Saturday 21 November");
        screen.wait_list("I kept it");
        screen.send("2\r");
        assert_eq!(screen.wait_exit(), 0);
        let json = home.output(&["promise", "show", "last", "--json"]);
        let shown: serde_json::Value = serde_json::from_str(&json).unwrap();
        let said = ["kept", "missed", "part"].map(|verdict| shown["counts"][verdict].clone());
        assert_eq!(said, counts, "{json}");
    }
}

#[test]
fn with_the_vault_on_a_week_is_answered_in_two_keys_a_day() {
    let home = vault();
    let when = "each day from 2026-11-18 until 2026-11-22";
    home.output(&["promise", "add", "Water the marigold.", "--when", when]);
    let mut screen = home.open(&["promise", "look"], USUAL);
    screen.wait_words("Passphrase (not shown):");
    screen.send("four or more words\r");
    // At a second for each decision and for each key, that is a quarter of a minute.
    let answers = ["1\r", "1\r", "4\r", "1\r", "2\r"];
    for (nth, keys) in answers.iter().enumerate() {
        screen.wait_words(&format!("{} of 5.", nth + 1));
        screen.wait_list("I kept it");
        screen.send(keys);
    }
    assert_eq!(screen.wait_exit(), 0);
    assert_eq!(facts(&home), 6);
    assert_eq!(answers.concat().len(), 10);
}

#[test]
fn in_plain_mode_a_day_is_answered_by_its_number() {
    let home = home();
    let mut screen = home.open(&["--plain", "promise", "look"], USUAL);
    screen.wait_somewhere("How did it go?");
    screen.send("\n");
    screen.send("2\n");
    screen.wait_somewhere("2 of 2. Saturday 21 November");
    screen.send("7\n");
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_somewhere("1 day noted.");
    assert_eq!(facts(&home), 2);
}

#[test]
fn whoever_leaves_at_the_day_a_promise_moved_to_has_said_that_they_changed_it() {
    let home = home();
    let mut screen = home.open(&["promise", "look"], USUAL);
    screen.wait_list("I kept it");
    screen.send("3\r");
    screen.wait_words("Which day did you move it to?");
    screen.send("/back\r");
    screen.wait_words("1 of 2. Sunday 22 November, today");
    screen.wait_list("I kept it");
    screen.send("/pause\r");
    assert_eq!(screen.wait_exit(), 4);
    // Whoever went back hasn't said so.
    let mut screen = home.open(&["promise", "look"], USUAL);
    screen.wait_words("1 of 2. Sunday 22 November, today");
    screen.wait_list("I kept it");
    screen.send("3\r");
    screen.wait_words("Which day did you move it to?");
    screen.send("/pause\r");
    assert_eq!(screen.wait_exit(), 4);
    let days = || {
        let json = home.output(&["promise", "show", "last", "--json"]);
        let shown: serde_json::Value = serde_json::from_str(&json).unwrap();
        shown["days"].to_string()
    };
    assert!(days().contains("\"is\":\"changed\""), "{}", days());
    let mut screen = home.open(&["promise", "look"], USUAL);
    screen.wait_words("1 of 1. Saturday 21 November");
    screen.wait_list("I kept it");
    screen.send("3\r");
    screen.wait_words("Which day did you move it to?");
    screen.send("2026-11-01\r");
    screen.wait_words("The promise only began after that.");
    screen.send("\x1524 November 2026\r");
    assert_eq!(screen.wait_exit(), 0);
    let files = std::fs::read_dir(home.path().join("ledger/2026/11")).unwrap();
    let facts = files
        .flatten()
        .map(|file| std::fs::read_to_string(file.path()).unwrap());
    assert_eq!(facts.filter(|fact| fact.contains("2026-11-24")).count(), 1);
}

#[test]
fn of_a_promise_of_both_the_look_asks_once_who_answers_and_then_for_their_own() {
    let home = home();
    let month = std::fs::read_dir(home.path().join("ledger/2026/11"));
    let file = month.unwrap().next().unwrap().unwrap().path();
    let both = "who = \"both\"\npartners = [\"Hanna\", \"Milo\"]\n";
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{text}{both}")).unwrap();
    let shown = || {
        let json = home.output(&["promise", "show", "last", "--json"]);
        serde_json::from_str::<serde_json::Value>(&json).unwrap()
    };
    let mut screen = home.open(&["promise", "look"], USUAL);
    screen.wait_list("Who’s answering?");
    for key in ["\r", " ", " \r"] {
        screen.send(key);
        screen.wait_list("Who’s answering?");
        assert_eq!(facts(&home), 1, "{key:?}");
    }
    screen.send("2\r");
    screen.wait_words("1 of 2. Sunday 22 November, today");
    screen.wait_list("I kept it");
    screen.send("1\r");
    // The second day is Milo's too.
    screen.wait_words("2 of 2. Saturday 21 November");
    screen.wait_list("I kept it");
    screen.send("4\r");
    assert_eq!(screen.wait_exit(), 0);
    assert_eq!(facts(&home), 3);
    let days = shown()["days"].to_string();
    assert!(
        days.contains("\"b\":\"kept\"") && !days.contains("\"a\":\"kept\""),
        "{days}"
    );
    // Hanna sees the days that only Milo has answered.
    let mut screen = home.open(&["promise", "look"], USUAL);
    screen.wait_list("Who’s answering?");
    screen.send("1\r");
    screen.wait_words("1 of 2. Sunday 22 November, today");
    screen.wait_list("I kept it");
    screen.send("1\r");
    screen.wait_words("2 of 2. Saturday 21 November");
    screen.wait_list("I kept it");
    screen.send("1\r");
    assert_eq!(screen.wait_exit(), 0);
    let days = shown()["days"].to_string();
    assert!(days.contains("\"a\":\"kept\""), "{days}");
    assert_eq!(facts(&home), 5);
    home.open(&["promise", "look"], USUAL)
        .wait_words("nothing to look at");
}
