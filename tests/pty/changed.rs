//! Something else writes into the file of the session that somebody is in.

use std::fs;

use crate::harness::{Screen, USUAL};
use crate::patience::until;
use crate::session::{Home, TEA};

/// A session at its first question, in whose file something else writes now.
fn changed(args: &[&str], wait: impl Fn(&Screen)) -> (Home, Screen) {
    let home = Home::with(TEA);
    let screen = home.open(args, USUAL);
    wait(&screen);
    assert!(until(
        || !home.sessions().is_empty() && !home.session().is_empty()
    ));
    fs::write(&home.sessions()[0], "half a text").unwrap();
    (home, screen)
}

/// What stood there is kept, and the session is whole.
fn nothing_is_lost(home: &Home) {
    let name = home.sessions()[0].file_name().unwrap().to_os_string();
    let kept = fs::read_to_string(home.path().join("quarantine").join(name)).unwrap();
    assert_eq!(kept, "half a text");
    assert!(home.session().contains("value = \"mint\""));
}

#[test]
fn a_file_that_was_broken_meanwhile_is_kept_and_the_person_is_told_at_once() {
    let (home, screen) = changed(&["--plain", "exercise", "tea"], |screen| {
        screen.wait_somewhere("from 1 to 2");
    });
    screen.send("mint\n");
    screen.wait_somewhere("Something else changed this session");
    screen.wait_somewhere("quarantine/");
    screen.wait_somewhere("Tell of one cup");
    nothing_is_lost(&home);
}

#[test]
fn at_a_full_terminal_it_is_said_above_the_next_question() {
    let (home, screen) = changed(&["exercise", "tea"], |screen| {
        screen.wait_list("> 1 ");
    });
    screen.send("2\r");
    screen.wait_words("Something else changed this session");
    screen.wait_words("Tell of one cup");
    nothing_is_lost(&home);
}

#[test]
fn who_stops_with_ctrl_c_is_told_too() {
    let (home, mut screen) = changed(&["--plain", "exercise", "tea"], |screen| {
        screen.wait_somewhere("from 1 to 2");
    });
    screen.send("mint\n");
    screen.wait_somewhere("Tell of one cup");
    fs::write(&home.sessions()[0], "half again").unwrap();
    screen.send("In a glass.\n");
    // Ctrl-C throws away what the program has not read yet.
    assert!(until(|| home.session().contains("In a glass.")));
    screen.send("\x03");
    assert_eq!(screen.wait_exit(), 130);
    // What was written last may still be on its way through the terminal.
    let told = || {
        let all = screen.everything().join("\n");
        all.matches("Something else changed this session").count()
    };
    assert!(until(|| told() == 2), "told {} times", told());
    assert_eq!(
        fs::read_dir(home.path().join("quarantine"))
            .unwrap()
            .count(),
        2
    );
}
