//! An exercise that was begun before and paused.

use std::fs;

use crate::harness::USUAL;
use crate::session::{Home, TEA};

#[test]
fn a_paused_session_is_offered_before_a_new_one_begins() {
    let home = Home::with(TEA);
    let mut screen = home.open(&["exercise", "tea"], USUAL);
    screen.wait_list("Green tea");
    screen.send("1\r");
    screen.wait_words("one cup");
    screen.send("/pause\r");
    assert_eq!(screen.wait_exit(), 4);
    let screen = home.open(&["exercise", "tea"], USUAL);
    screen.wait_list("Continue it");
    for (typed, says) in [
        ("/help\r", "Alone on the last line"),
        ("/skip\r", "nothing more on this"),
    ] {
        screen.send(typed);
        screen.wait_somewhere(says);
        screen.wait_list("Continue it");
    }
    screen.send("1\r");
    screen.wait_words("one cup of Green tea");
    drop(screen);
    let screen = home.open(&["exercise", "tea"], USUAL);
    screen.wait_list("Put it aside");
    screen.send("3\r");
    screen.wait_list("Mint");
    drop(screen);
    let states: Vec<String> = home
        .sessions()
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .flat_map(|text| {
            text.lines()
                .find(|line| line.starts_with("state"))
                .map(String::from)
        })
        .collect();
    assert!(
        states.contains(&String::from("state = \"left\"")),
        "{states:?}"
    );
}
