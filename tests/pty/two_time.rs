//! The time of whoever has the floor: told in a line below what is typed.

use crate::patience::until;
use crate::session::Home;
use crate::two::{TWO, begin, take};

#[test]
fn half_of_the_time_and_its_end_are_told_and_what_is_typed_stays() {
    let floor = "[[step]]\nid = \"where\"\nkind = \"write\"\nlines = \"one\"\n\
        prompt = \"Where do you sit?\"\n\n[[step]]\nid = \"speak\"\nkind = \"say\"\nby = \"a\"\nseconds = 20\n\
        prompt = \"{{@a}}, you have the floor.\"\n\n\
        [[step]]\nid = \"wish\"";
    let home = Home::with(&TWO.replacen("[[step]]\nid = \"wish\"", floor, 1));
    let screen = begin(&home, "1\r", "1\r");
    screen.turn_pages("Where do you sit?");
    screen.send("Here.\r");
    screen.wait_words("Mo, you have the floor.");
    screen.send("/he");
    // It stands there for as long as the second half lasts, and a slow machine may look later.
    let half = || String::from_utf8_lossy(&screen.bytes()).contains("Half of the time is over.");
    assert!(until(half), "{}", screen.rows().join("\n"));
    screen.wait_words("/he");
    let seen = screen.wait_words("The time is over.").join("\n");
    assert!(seen.contains("/he"), "{seen}");
    // Nothing is taken from anybody: the command goes on where it was, and they end it themselves.
    screen.send("lp\r");
    screen.wait_words("Alone on the last line you can type:");
    screen.send("\r");
    take(&screen, "Now Mo, alone");
}
