//! A disk that takes nothing: what is said of saving while somebody types.

use std::fs;

use crate::harness::{Screen, USUAL};
use crate::session::{Home, TEA, wait_step};

const CTRL_D: &str = "\x04";

/// A session at its first text, whose file takes no save.
fn broken(home: &Home) -> Screen {
    let variables = [("HOME", home.path().to_str().unwrap())];
    let screen = Screen::program_with(home.path(), &["exercise", "tea"], USUAL, &variables);
    screen.wait_list("Green tea");
    screen.send("2\r");
    wait_step(&screen, "one cup of Mint");
    // A newer program's file is never written over.
    fs::write(&home.sessions()[0], "format = 2\n").unwrap();
    screen.send("My aunt\r");
    screen.wait_words("not saved");
    screen
}

/// What the row of keys says of saving.
fn foot(screen: &Screen) -> String {
    let rows = screen.rows();
    let keys = rows.iter().rfind(|row| row.contains("Esc: menu")).unwrap();
    keys.rsplit("  ").next().unwrap().to_string()
}

#[test]
fn that_saving_fails_is_in_the_foot_at_once_and_that_it_works_again_too() {
    let home = Home::with(TEA);
    let screen = broken(&home);
    screen.send("made it.");
    screen.wait_words("made it.");
    assert_eq!(foot(&screen), "not saved");
    fs::remove_file(&home.sessions()[0]).unwrap();
    screen.wait("saved again", |rows| {
        let is_saved = |row: &String| row.ends_with(" saved") && !row.ends_with("not saved");
        rows.iter().any(is_saved)
    });
    assert!(home.session().contains("My aunt\nmade it."));
    screen.send("!");
    screen.wait_words("made it.!");
    assert_eq!(foot(&screen), "Esc: menu");
}

#[test]
fn the_page_on_a_failed_save_calls_nothing_saved_and_ticks_nothing_it_did_not_do() {
    let home = Home::with(TEA);
    let mut screen = broken(&home);
    screen.send(CTRL_D);
    screen.wait_list("Save a copy somewhere else");
    assert_eq!(foot(&screen), "not saved");
    screen.send("~/copy.toml\r");
    screen.wait_list("Choose one of the");
    assert!(!screen.everything().join("\n").contains("~/copy.toml"));
    screen.send("2\r");
    screen.wait_words("Type the path of a file");
    screen.send("~/no/copy.toml\r");
    screen.wait_list("That didn’t work");
    screen.send("2\r");
    screen.wait_words("Type the path of a file");
    screen.send("~/copy.toml\r");
    screen.wait_list("A copy is in");
    let copy = fs::read_to_string(home.path().join("copy.toml")).unwrap();
    assert!(copy.contains("My aunt"), "{copy}");
    // Going on without a save, and stopping: nothing is called saved.
    screen.send("3\r");
    wait_step(&screen, "How warm was it?");
    assert_eq!(foot(&screen), "not saved");
    screen.send("/pause\r");
    screen.wait_list("Continue without saving for now");
    screen.send("3\r");
    assert_eq!(screen.wait_exit(), 1);
    screen.wait_words("could not be saved");
    assert!(
        !screen
            .everything()
            .join("\n")
            .contains("Your words are saved")
    );
}

#[test]
fn the_page_on_a_failed_save_has_help_lines_and_leaves_nothing_in_view() {
    let home = Home::with(TEA);
    let mut screen = broken(&home);
    screen.send("made it.");
    screen.send(CTRL_D);
    screen.wait_list("Continue without saving for now");
    screen.send("/support\r");
    screen.wait_somewhere("call");
    screen.send("/leave\r");
    screen.wait_somewhere("Clear all older text");
    screen.send("\r");
    assert_eq!(screen.wait_exit(), 0);
    let rows = screen.rows().join(" ");
    assert!(
        !rows.contains("aunt") && !rows.contains("could not"),
        "{rows}"
    );
}

#[test]
fn whoever_leaves_while_saving_fails_is_asked_nothing_about_it() {
    let home = Home::with(TEA);
    let mut screen = broken(&home);
    screen.send("made it.\r/leave\r");
    screen.wait_somewhere("Clear all older text");
    screen.send("\r");
    assert_eq!(screen.wait_exit(), 0);
    let rows = screen.rows().join(" ");
    assert!(
        !rows.contains("aunt") && !rows.contains("could not"),
        "{rows}"
    );
}
