//! Promises as a person makes and answers them at a terminal.

use crate::harness::{SMALL, Screen, USUAL};
use crate::session::{Home, TEA};
use crate::vault::vault;

const CTRL_D: &str = "\x04";
const DOWN: &str = "\x1b[B";

/// A home with a promise for the day before, today and tomorrow.
fn home() -> Home {
    let home = Home::with(TEA);
    let when = "each day from 2026-11-21 until 2026-11-23";
    home.output(&["promise", "add", "I'll call.", "--when", when]);
    home
}

/// A promise that is being made, at the question to whom.
fn begun(home: &Home) -> Screen {
    let screen = home.open(&["promise", "add"], USUAL);
    screen.wait_words("What will you do?");
    screen.send("I'll call.");
    screen.send(CTRL_D);
    screen.wait_words("Who are you promising it to?");
    screen
}

fn facts(home: &Home) -> usize {
    let month = std::fs::read_dir(home.path().join("ledger/2026/11"));
    month.into_iter().flatten().count()
}

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
fn what_a_promise_is_missing_is_asked_and_saved_at_the_end() {
    let home = Home::with(TEA);
    let mut screen = begun(&home);
    screen.send("Mara\r");
    screen.wait_words("What will remind you");
    screen.send("/skip\r");
    screen.wait_words("When is it due?");
    screen.send("fryday\r");
    screen.wait_words("I can’t tell");
    assert_eq!(facts(&home), 0);
    screen.send("\x15on sundays\r");
    screen.wait_words("Until when?");
    screen.send("/skip\r");
    screen.wait_words("On which day will you look");
    screen.send("/skip\r");
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_somewhere("Followed as");
    assert_eq!(facts(&home), 1);
    let list = home.output(&["promise"]);
    assert!(
        list.contains("on Sundays until Saturday 26 December 2026"),
        "{list}"
    );
    assert!(list.contains("To Mara."), "{list}");
}

#[test]
fn a_promise_that_is_left_halfway_is_not_made_and_nothing_says_that_it_is_saved() {
    let home = Home::with(TEA);
    let mut screen = begun(&home);
    screen.send("/help\r");
    screen.wait_words("Ctrl-C stops.");
    screen.send("\x1b");
    screen.wait_words("Pause: save and stop for now");
    screen.send("\r");
    screen.wait_words("Enter: leave out");
    screen.send("\x04");
    screen.wait_words("Ctrl-D again saves and stops;");
    screen.send("\x04");
    assert_eq!(screen.wait_exit(), 4);
    screen.wait_somewhere("What you typed is saved.");
    assert_eq!(facts(&home), 0);
    // With nothing typed there’s nothing to keep.
    let home = Home::with(TEA);
    let mut screen = home.open(&["promise", "add"], USUAL);
    screen.wait_words("What will you do?");
    screen.send("/pause\r");
    assert_eq!(screen.wait_exit(), 4);
    screen.wait_somewhere("Nothing was saved.");
    assert!(!home.path().join("state/drafts").exists());
}

#[test]
fn what_was_typed_for_a_promise_is_kept_however_one_stops_and_goes_on_where_it_was() {
    for (stop, exit) in [("\r/pause\r", 4), ("\x1b", 4), ("\x03", 130)] {
        for window in [USUAL, SMALL] {
            let home = Home::with(TEA);
            let mut screen = begun(&home);
            screen.send("Mara\r");
            screen.wait_words("What will remind you");
            screen.send("If my phone rings, I look at the clock.");
            screen.wait_words("look at the clock.");
            screen.send(stop);
            if stop == "\x1b" {
                screen.wait_list("Pause: save and stop for now");
                screen.send("pause\x15/pause\r");
            }
            assert_eq!(screen.wait_exit(), exit);
            screen.wait_somewhere("What you typed is saved.");
            screen.wait_somewhere("trust-coach promise add");
            assert_eq!(facts(&home), 0);

            let mut screen = home.open(&["promise", "add"], window);
            let rows = screen.wait_list("Continue it").join("\n");
            assert!(rows.contains("“I'll call.”"), "{rows}");
            screen.send("1\r");
            screen.wait_words("look at the clock.");
            screen.send("\x04");
            screen.wait_words("When is it due?");
            screen.send("on sundays until 2026-12-20\r");
            screen.wait_words("On which day will you look");
            screen.send("/skip\r");
            assert_eq!(screen.wait_exit(), 0);
            screen.wait_somewhere("Followed as");
            let list = home.output(&["promise", "show", "last"]);
            for words in ["I'll call.", "To Mara.", "look at the clock."] {
                assert!(list.contains(words), "{list}");
            }
            // It is a promise now, and nothing else.
            let screen = home.open(&["promise", "add"], window);
            screen.wait_words("What will you do?");
        }
    }
}

#[test]
fn in_a_promise_one_goes_back_to_what_was_typed_before_and_nothing_of_it_is_lost() {
    let home = Home::with(TEA);
    let mut screen = begun(&home);
    screen.send("/back\r");
    screen.wait_words("What will you do?");
    screen.wait_words("I'll call.");
    screen.send("/back\r");
    screen.wait_words("nothing to go back to");
    // A promise needs it, so leaving it out ends nothing.
    screen.send("/skip\r");
    screen.wait_words("A promise needs this");
    screen.wait_words("I'll call.");
    screen.send(" Each week.\x04");
    screen.wait_words("Who are you promising it to?");
    screen.send("Mara\r");
    screen.wait_words("What will remind you");
    screen.send("/skip\r");
    screen.wait_words("When is it due?");
    screen.send("on the 31st of each month\r");
    screen.wait_list("Not every month has day 31");
    screen.send("/back\r");
    screen.wait_words("on the 31st of each month");
    screen.send("on sundays\r");
    screen.wait_words("Until when?");
    screen.send("\r");
    screen.wait_words("On which day will you look");
    screen.send("\r");
    assert_eq!(screen.wait_exit(), 0);
    let shown = home.output(&["promise", "show", "last"]);
    assert!(
        shown.contains("I'll call. Each week.") && shown.contains("To Mara."),
        "{shown}"
    );
    assert!(shown.contains("on Sundays"), "{shown}");
}

#[test]
fn with_the_vault_on_an_unfinished_promise_is_kept_in_memory_alone_and_one_is_told_so() {
    let home = vault();
    let memory = tempfile::tempdir_in("/dev/shm").unwrap();
    let owner = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::set_permissions(memory.path(), owner).unwrap();
    let variables = [("XDG_RUNTIME_DIR", memory.path().to_str().unwrap())];
    let add = || Screen::program_with(home.path(), &["promise", "add"], USUAL, &variables);
    let mut screen = add();
    screen.wait_words("What will you do?");
    screen.send("I'll call heron-7781.");
    screen.wait_words("heron-7781");
    screen.send("\r/pause\r");
    assert_eq!(screen.wait_exit(), 4);
    screen.wait_somewhere("kept in memory");
    assert!(!crate::two::lies_below(home.path(), "heron-7781"));
    assert!(crate::two::lies_below(memory.path(), "heron-7781"));
    let screen = add();
    screen.wait_list("Delete it and start a new one");
    screen.send("3\r");
    screen.wait_words("What will you do?");
    assert!(!crate::two::lies_below(memory.path(), "heron-7781"));
}

#[test]
fn a_first_day_of_long_ago_is_asked_about() {
    let home = home();
    let when = "each day from 1970-01-02 until 1970-01-03";
    for (keys, exit, count) in [("n\r", 1, 1), ("y\r", 0, 2)] {
        let mut screen = home.open(&["promise", "add", "I'll call.", "--when", when], USUAL);
        screen.wait_somewhere("It begins on 2 January 1970");
        screen.wait_somewhere("you mean? [y/N]");
        screen.send(keys);
        assert_eq!(screen.wait_exit(), exit);
        assert_eq!(facts(&home), count);
    }
}

#[test]
fn a_promise_that_is_not_named_is_chosen() {
    let home = home();
    let when = "each day from 2026-11-22 until 2026-11-24";
    home.output_at(
        "2026-11-22T18:46:00+01:00[Europe/Berlin]",
        &["promise", "add", "I'll write.", "--when", when],
    );
    let mut screen = home.open(&["promise", "kept"], USUAL);
    let first = "I'll write. ·";
    screen.wait_for(first, |screen| {
        screen.hide_cursor() && screen.contents().contains(first)
    });
    screen.send(&format!("{DOWN}{DOWN}\r"));
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_somewhere("kept.");
    assert_eq!(facts(&home), 3);
    let call = home.output(&["promise", "list", "--json", "--with-text"]);
    let call: serde_json::Value = serde_json::from_str(&call).unwrap();
    let kept = |at: usize| {
        (
            call["promises"][at]["what"].clone(),
            call["promises"][at]["counts"]["kept"].clone(),
        )
    };
    assert_eq!(kept(1), ("I'll call.".into(), 1.into()));
    assert_eq!(kept(0).1, 0);
}

#[test]
fn somebody_at_a_terminal_is_told_that_nothing_is_due_and_a_script_gets_nothing() {
    let home = Home::with(TEA);
    let mut screen = home.open(&["due"], USUAL);
    screen.wait_words("Nothing is due.");
    assert_eq!(screen.wait_exit(), 0);
    assert_eq!(home.output(&["due"]), "");
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
