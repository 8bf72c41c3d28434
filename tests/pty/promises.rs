//! Promises as a person makes and answers them at a terminal.

use crate::harness::{SMALL, Screen, USUAL};
use crate::session::{Home, TEA};
use crate::vault::vault;

const CTRL_D: &str = "\x04";
const DOWN: &str = "\x1b[B";

/// A home with a promise for the day before, today and tomorrow.
pub(crate) fn home() -> Home {
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

/// How many files the ledger has this month.
pub(crate) fn facts(home: &Home) -> usize {
    let month = std::fs::read_dir(home.path().join("ledger/2026/11"));
    month.into_iter().flatten().count()
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
