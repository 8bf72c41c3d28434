//! The time of whoever has the floor: told in a line below what is typed.

use crate::session::Home;
use crate::two::{TWO, begin, take};

#[test]
fn half_of_the_time_and_its_end_are_told_and_what_is_typed_stays() {
    let floor = "[[step]]\nid = \"where\"\nkind = \"write\"\nlines = \"one\"\n\
        prompt = \"Where do you sit?\"\n\n[[step]]\nid = \"speak\"\nkind = \"say\"\nby = \"a\"\nseconds = 10\n\
        prompt = \"{{@a}}, you have the floor.\"\n\n\
        [[step]]\nid = \"wish\"";
    let home = Home::with(&TWO.replacen("[[step]]\nid = \"wish\"", floor, 1));
    let screen = begin(&home, "1\r", "1\r");
    screen.turn_pages("Where do you sit?");
    screen.send("Here.\r");
    screen.wait_words("Mo, you have the floor.");
    screen.send("/he");
    for words in ["Half of the time is over.", "The time is over."] {
        let seen = screen.wait_words(words).join("\n");
        assert!(seen.contains("/he"), "{seen}");
    }
    // Nothing is taken from anybody: the command goes on where it was, and they end it themselves.
    screen.send("lp\r");
    screen.wait_words("Alone on the last line you can type:");
    screen.send("\r");
    take(&screen, "Now Mo, alone");
}
