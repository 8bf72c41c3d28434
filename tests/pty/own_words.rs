//! Words of one's own in place of an option: what is pointed at is what Enter takes.

use crate::harness::{SMALL, Screen, USUAL, Window};
use crate::session::{Home, TEA};

const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";

/// Back at a list to which words of their own were given.
fn back_at_the_list(window: Window) -> (Home, Screen) {
    let home = Home::with(&TEA.replace("options = [{ id = \"green\"", OTHER));
    let screen = home.open(&["exercise", "tea"], window);
    screen.turn_pages("Green tea");
    screen.wait_list("Green tea");
    screen.send("my own cup\r");
    screen.wait_words("one cup of my own cup");
    screen.send("/back\r");
    screen.wait_list("my own cup");
    (home, screen)
}

const OTHER: &str = "other = true\noptions = [{ id = \"green\"";

#[test]
fn what_is_pointed_at_is_taken_whatever_words_stood_there() {
    for window in [USUAL, SMALL] {
        for (keys, shown, taken) in [
            (vec![], "> 3", "my own cup"),
            (vec!["1"], "> 1 Green tea", "Green tea"),
            (vec![UP], "> 2 Mint", "Mint"),
            (vec![DOWN], "> 1 Green tea", "Green tea"),
            (vec![UP, DOWN], "my own cup", "my own cup"),
            (vec!["1", UP], "> 3", "my own cup"),
            (vec![" or 2"], "my own cup or 2", "my own cup or 2"),
            (vec!["2", UP], "> 1 Green tea", "Green tea"),
        ] {
            let (_home, screen) = back_at_the_list(window);
            for key in &keys {
                screen.send(key);
            }
            screen.wait_words(shown);
            screen.send("\r");
            screen.wait_words(&format!("one cup of {taken}"));
        }
    }
}

#[test]
fn beside_words_of_their_own_that_are_typed_no_number_is_promised() {
    let (_home, screen) = back_at_the_list(USUAL);
    screen.wait_words("Arrows or number");
    screen.send(" or so");
    let rows = screen.wait_words("Enter: done");
    assert!(!rows.iter().any(|row| row.contains("number")), "{rows:#?}");
}

#[test]
fn words_of_their_own_are_there_again_behind_a_command() {
    let (_home, screen) = back_at_the_list(USUAL);
    screen.send("/why\r");
    screen.wait_words("There’s nothing more");
    screen.wait_list("> 3");
    screen.send("\r");
    screen.wait_words("one cup of my own cup");
}

#[test]
fn the_number_of_the_entry_for_their_own_words_is_no_answer() {
    let (_home, screen) = back_at_the_list(USUAL);
    screen.send("3\r");
    screen.wait_words("Type it, then Enter.");
    screen.send("chai\r");
    screen.wait_words("one cup of chai");
}

#[test]
fn a_word_that_is_not_understood_leaves_the_pointer_on_what_was_given() {
    for window in [USUAL, SMALL] {
        let home = Home::with(TEA);
        let screen = home.open(&["exercise", "tea"], window);
        screen.turn_pages("Green tea");
        screen.wait_list("Green tea");
        screen.send("2\r");
        screen.wait_words("Tell of one cup of");
        screen.send("/back\r");
        screen.wait_list("> 2 Mint");
        screen.send("yes\r");
        screen.wait_words("Choose one of the two");
        screen.wait_list("> 2 Mint");
        screen.send(UP);
        screen.wait_list("> 1 Green tea");
        screen.send(DOWN);
        screen.send("qqq\r");
        screen.wait_words("Choose one of the two");
        screen.wait_list("> 2 Mint");
        screen.send("\r");
        screen.wait_words("Tell of one cup of Mint");
    }
}
