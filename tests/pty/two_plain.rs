//! Two people in plain mode: what they type stays in the window, and they choose what to do about that.

use crate::harness::{Screen, USUAL};
use crate::own_keys::{OWN, shown_as};
use crate::session::Home;
use crate::two::{MARKER, TWO, lies_below};

/// The names, and a yes from each that isn't shown.
fn begin(home: &Home) -> Screen {
    let screen = home.open(&["exercise", "tea", "--plain"], USUAL);
    screen.wait_somewhere("One name or initial");
    screen.send("Mo\n");
    screen.wait_somewhere("other name");
    screen.send("Il\n");
    for (nth, name) in ["Now Mo, alone", "Now Il, alone"].into_iter().enumerate() {
        screen.wait_somewhere(name);
        screen.send("\n");
        screen.wait_times("isn’t shown", nth + 1);
        screen.wait_unseen();
        if nth == 0 {
            // Enter and a blank alone are no answer.
            screen.send("\n");
            screen.wait_times("Nothing has been typed yet", 1);
            screen.wait_unseen();
            screen.send(" \n");
            screen.wait_times("Nothing has been typed yet", 2);
            screen.wait_unseen();
        }
        screen.send("1\n");
    }
    screen.wait_somewhere("Now both of you");
    screen.send("\n");
    screen.wait_somewhere("In this mode what is typed stays in the window");
    screen.wait_somewhere("Leave the closed steps out");
    screen.send("\n");
    screen.wait_times("Nothing has been typed yet", 3);
    let bytes = screen.bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(!text.contains("> 1"), "{text}");
    screen
}

fn finish(screen: &mut Screen) -> String {
    screen.wait_somewhere("What do you take from it?");
    screen.send("Tea.\n");
    screen.wait_somewhere("Finish and save");
    screen.send("1\n");
    screen.wait_somewhere("What would you like to do next?");
    screen.send("stop\n");
    assert_eq!(screen.wait_exit(), 0);
    let bytes = screen.bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(!text.contains('\x1b'), "{text}");
    text
}

#[test]
fn without_the_closed_steps_the_rest_is_done_together() {
    let home = Home::with(TWO);
    let mut screen = begin(&home);
    screen.send("2\n");
    let text = finish(&mut screen);
    assert_eq!(text.matches("Now Mo, alone").count(), 1, "{text}");
    assert!(
        !text.contains("wish for") && !text.contains("passphrase") && !text.contains("Step "),
        "{text}"
    );
    let session = home.session();
    assert!(
        session.contains("Tea.") && !session.contains("AGE"),
        "{session}"
    );
}

#[test]
fn going_on_shows_neither_a_passphrase_nor_what_somebody_says_to_showing_it() {
    let home = Home::with(TWO);
    let mut screen = begin(&home);
    screen.send("1\n");
    screen.wait_somewhere("Press Enter when you’ve both read it.");
    screen.send("\n");
    screen.wait_times("Now Mo, alone", 2);
    screen.send("\n");
    screen.wait_somewhere("set a passphrase of your own");
    screen.wait_times("isn’t shown.", 3);
    for nth in [4, 5] {
        screen.wait_unseen();
        screen.send(&format!("{OWN}\n"));
        if nth == 4 {
            screen.wait_somewhere("The same passphrase again");
            screen.wait_times("isn’t shown.", nth + 1);
        }
    }
    screen.wait_somewhere("what do you wish for?");
    screen.send(&format!("{MARKER}\n"));
    screen.wait_somewhere("How warm is it");
    screen.send("4\n");
    screen.wait_times("Now Il, alone", 2);
    screen.wait_times("What was typed before is still above", 4);
    screen.send("\n");
    screen.wait_times("set a passphrase of your own", 2);
    screen.wait_unseen();
    screen.send("\n");
    screen.wait_times("what do you wish for?", 2);
    screen.send("rest\n");
    screen.wait_times("How warm is it", 2);
    screen.send("5\n");
    for (nth, name) in [(1, "Now Mo, alone"), (2, "Now Il, alone")] {
        screen.wait_times(name, 3);
        screen.send("\n");
        screen.wait_times("Keep it closed", nth);
        screen.wait_times("or the words. What you type here isn’t shown", nth + 2);
        screen.wait_unseen();
        screen.send("3\n");
    }
    screen.wait_times("Now both of you", 2);
    screen.send("\n");
    screen.wait_somewhere("This stays closed today");
    screen.send("\n");
    let text = finish(&mut screen);
    assert!(!text.contains("> 3") && !text.contains(OWN), "{text}");
    assert!(!lies_below(home.path(), MARKER));
    assert!(shown_as(&home, "a").contains(MARKER));
}
