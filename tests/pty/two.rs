//! Two people at one terminal: what each closes stays closed, also for whoever kills the program.

use std::path::Path;

use rustix::process::Signal;

use crate::harness::{Screen, USUAL};
use crate::session::Home;

pub(crate) const MARKER: &str = "heron-7781";

pub(crate) const TWO: &str = include_str!("../fixtures/two/wish.toml");

/// Whether a word lies anywhere below a folder.
pub(crate) fn lies_below(folder: &Path, word: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return lies_below(&path, word);
        }
        let bytes = std::fs::read(&path).unwrap_or_default();
        bytes
            .windows(word.len())
            .any(|window| window == word.as_bytes())
    })
}

/// Waits for a hand-over and takes the keyboard.
pub(crate) fn take(screen: &Screen, words: &str) {
    screen.wait_words(words);
    screen.send("\r");
}

/// Waits for the question about a passphrase of one's own, and goes on without one. One Enter too
/// many before it says nothing.
pub(crate) fn without_own_key(screen: &Screen) {
    screen.wait_words("set a passphrase of your own");
    std::thread::sleep(std::time::Duration::from_millis(700));
    screen.send("\r");
}

/// The names.
pub(crate) fn to_answers(home: &Home) -> Screen {
    let screen = home.open(&["exercise", "tea"], USUAL);
    screen.wait_words("One name or initial");
    screen.send("Mo\r");
    screen.wait_words("other name");
    screen.send("Il\r");
    screen
}

/// What both say to when they go on.
pub(crate) fn go_on(screen: &Screen, answer: &str) {
    screen.wait_words("When do you both go on?");
    screen.wait_list("rather not say");
    screen.send(answer);
}

/// The names, and what each says to the question.
pub(crate) fn begin(home: &Home, first: &str, second: &str) -> Screen {
    both_say(home.open(&["exercise", "tea"], USUAL), first, second)
}

/// The same, once an exercise is open.
pub(crate) fn both_say(screen: Screen, first: &str, second: &str) -> Screen {
    for (question, keys) in [("One name or initial", "Mo\r"), ("other name", "Il\r")] {
        screen.wait_words(question);
        for key in keys.chars() {
            press(&screen, key);
        }
    }
    for (name, answer) in [("Now Mo, alone", first), ("Now Il, alone", second)] {
        take(&screen, name);
        screen.turn_pages("Not today");
        screen.wait_list("Not today");
        for key in answer.chars() {
            press(&screen, key);
        }
    }
    take(&screen, "Now both of you");
    screen
}

/// Types a key and waits until it is seen: keys that come together are painted together.
pub(crate) fn press(screen: &Screen, key: char) {
    let before = screen.rows();
    screen.send(&key.to_string());
    screen.wait("another screen", |rows| *rows != before);
}

/// What one of the two writes alone.
pub(crate) fn write(screen: &Screen, hand_over: &str, wish: &str, warm: &str) {
    take(screen, hand_over);
    without_own_key(screen);
    screen.wait_words("what do you wish for?");
    screen.send(&format!("{wish}\r"));
    screen.wait_words("How warm is it");
    screen.send(&format!("{warm}\r"));
}

pub(crate) fn to_first_hand_over(home: &Home) -> Screen {
    let screen = begin(home, "1\r", "1\r");
    screen.turn_pages("Now Mo, alone");
    screen
}

#[test]
fn a_way_is_said_for_whoever_cannot_look_away_or_has_the_screen_read_aloud() {
    let home = Home::with(TWO);
    let screen = begin(&home, "1\r", "1\r");
    let seen = screen.wait_words("when you’ve both read it").join(" ");
    screen.send("\r");
    let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "read aloud, use headphones",
        "can’t look away",
        "/skip",
        "--plain",
    ] {
        assert!(seen.contains(words), "{words}: {seen}");
    }
    screen.wait_words("or hear it");
    // With nothing closed by either there’s nothing to show, and the rest goes on.
    for name in ["Now Mo, alone", "Now Il, alone"] {
        take(&screen, name);
        without_own_key(&screen);
        screen.wait_words("what do you wish for?");
        screen.send("/skip\r");
        screen.wait_words("How warm is it");
        screen.send("/skip\r");
    }
    for name in ["Now Mo, alone", "Now Il, alone"] {
        take(&screen, name);
        screen.turn_pages("Keep it closed");
        screen.wait_list("Keep it closed");
        screen.send("1\r");
    }
    take(&screen, "Now both of you");
    screen.wait_words("This stays closed today");
    screen.send("\r");
    screen.wait_words("What do you take from it?");
}

#[test]
fn who_begins_with_a_step_for_both_takes_the_keyboard_once() {
    let first = "[[step]]\nid = \"where\"\nkind = \"write\"\nlines = \"one\"\nprompt = \"Where do you sit?\"\n\n[[step]]\nid = \"wish\"";
    let home = Home::with(&TWO.replacen("[[step]]\nid = \"wish\"", first, 1));
    let mut screen = begin(&home, "1\r", "1\r");
    let seen = screen.turn_pages("Where do you sit?");
    assert!(!seen.contains("step 1 of 5\n\nNow both of you"), "{seen}");
    screen.send("\x15/pause\r");
    go_on(&screen, "5\r");
    screen.wait_exit();
    // Who comes back may not be both of them.
    let resumed = home.open(&["resume"], USUAL);
    resumed.turn_pages("Now both of you");
}

#[test]
fn when_two_go_on_is_asked_of_both_kept_named_and_forgotten_once_they_do() {
    let home = Home::with(TWO);
    let mut screen = to_first_hand_over(&home);
    take(&screen, "Now Mo, alone");
    without_own_key(&screen);
    screen.wait_words("what do you wish for?");
    screen.send("/pause\r");
    take(&screen, "Now both of you");
    go_on(&screen, "3\r");
    screen.wait_exit();
    assert!(
        home.session().contains("\nreturn = \""),
        "{}",
        home.session()
    );
    for command in [&["due"][..], &["next"], &[]] {
        let told = home.output(command);
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            told.contains("You both wanted to go on tomorrow."),
            "{command:?}: {told}"
        );
    }
    assert!(
        home.output(&["due", "--json"])
            .contains("\"returns\": [\n    {")
    );
    let mut resumed = home.open(&["resume"], USUAL);
    take(&resumed, "Now Mo, alone");
    without_own_key(&resumed);
    resumed.wait_words("what do you wish for?");
    resumed.send("/pause\r");
    take(&resumed, "Now both of you");
    // Neither Enter nor a blank says anything.
    resumed.wait_list("rather not say");
    resumed.send("\r \r");
    resumed.wait_words("Choose one with the arrow keys");
    go_on(&resumed, "2\r");
    resumed.wait_words("At what time?");
    resumed.send("/skip\r");
    resumed.wait_exit();
    assert!(!home.session().contains("return = "), "{}", home.session());
    assert!(!home.output(&["due"]).contains("go on"));
}

#[test]
fn a_closed_word_is_nowhere_after_a_kill_and_resuming_begins_with_whoever_was_asked() {
    let home = Home::with(TWO);
    let mut screen = to_first_hand_over(&home);
    write(&screen, "Now Mo, alone", MARKER, "4");
    take(&screen, "Now Il, alone");
    without_own_key(&screen);
    screen.wait_words("what do you wish for?");
    screen.send(MARKER);
    std::thread::sleep(std::time::Duration::from_millis(1500));
    screen.signal(Signal::KILL);
    screen.wait_exit();
    assert!(!lies_below(home.path(), MARKER));
    assert!(home.session().contains("AGE ENCRYPTED FILE"));
    let resumed = home.open(&["resume"], USUAL);
    resumed.turn_pages("Now Il, alone");
    assert!(!resumed.everything().join("\n").contains(MARKER));
    take(&resumed, "Now Il, alone");
    // It is Il's own text, which is still there.
    resumed.wait_words(MARKER);
}

#[test]
fn what_both_show_stands_there_for_both_and_what_one_keeps_is_erased() {
    for (second, kept) in [("1\r", false), ("3\r", true)] {
        let home = Home::with(TWO);
        let screen = to_first_hand_over(&home);
        write(&screen, "Now Mo, alone", MARKER, "4");
        write(&screen, "Now Il, alone", "rest", "5");
        for (name, answer) in [("Now Mo, alone", "1\r"), ("Now Il, alone", second)] {
            take(&screen, name);
            screen.turn_pages("Keep it closed");
            let asked = screen.wait_list("Keep it closed").join(" ");
            assert!(asked.contains("only if you both choose"), "{asked}");
            screen.send(answer);
        }
        take(&screen, "Now both of you");
        let shown = screen.wait_words("both read it").join("\n");
        assert_eq!(shown.contains(MARKER), !kept, "{shown}");
        screen.send("\r");
        screen.wait_words("What do you take from it?");
        screen.send("Tea.\r");
        screen.wait_list("Finish and save");
        screen.send("1\r");
        screen.turn_pages("What would you like to do next?");
        assert_eq!(lies_below(home.path(), MARKER), !kept);
        // A stray Enter of one of the two begins nothing.
        let menu = screen.wait_list("Another exercise");
        assert!(!menu.iter().any(|row| row.starts_with('❯')), "{menu:?}");
        screen.send("\r");
        screen.wait_list("Another exercise");
    }
}

#[test]
fn keys_typed_too_early_open_nothing_of_the_others_and_back_never_crosses() {
    let home = Home::with(TWO);
    let screen = to_first_hand_over(&home);
    take(&screen, "Now Mo, alone");
    without_own_key(&screen);
    screen.wait_words("what do you wish for?");
    screen.send(&format!("{MARKER}\r"));
    screen.wait_words("How warm is it");
    screen.send("4\r\r\r\r\r\r");
    screen.wait_words("Now Il, alone");
    std::thread::sleep(std::time::Duration::from_millis(900));
    assert!(screen.rows().join("\n").contains("Now Il, alone"));
    screen.send("\r");
    without_own_key(&screen);
    screen.wait_words("what do you wish for?");
    screen.send("/back\r");
    screen.wait_words("isn’t opened");
    assert!(!screen.everything().join("\n").contains(MARKER));
}

#[test]
fn nothing_but_enter_opens_what_one_sees_alone_and_help_lines_stay_in_view() {
    let home = Home::with(TWO);
    let at_first = to_answers(&home);
    at_first.turn_pages("Now Mo, alone");
    let later = to_first_hand_over(&home);
    for screen in [at_first, later] {
        for (typed, shown) in [
            ("/help\r", "/leave"),
            ("/skip\r", "/leave"),
            ("/support GB\r", "Samaritans"),
        ] {
            screen.send(typed);
            let seen = screen.wait_words(shown).join("\n");
            assert!(!seen.contains("Do you want to do this"), "{typed}: {seen}");
            screen.turn_pages("Now Mo, alone");
        }
    }
}
