//! What looks alike for two people whatever was said alone, and what no stray key says.

use std::time::Duration;

use crate::harness::Screen;
use crate::session::Home;
use crate::two::{TWO, begin, press, take, to_answers, to_first_hand_over, without_own_key, write};

/// What both see at the end of a run in which B does something else each time.
fn last_screens(wish: &str, consent: &str) -> Vec<String> {
    let home = Home::with(TWO);
    let screen = to_first_hand_over(&home);
    write(&screen, "Now Mo, alone", "rest", "5");
    write(&screen, "Now Il, alone", wish, "4");
    for (name, answer) in [("Now Mo, alone", "1\r"), ("Now Il, alone", consent)] {
        take(&screen, name);
        screen.turn_pages("Keep it closed");
        screen.wait_list("Keep it closed");
        screen.send(answer);
    }
    let mut seen = vec![screen.wait_words("Now both of you").join("\n")];
    screen.send("\r");
    seen.push(screen.wait_words("This stays closed today").join("\n"));
    screen.send("\r");
    seen.push(screen.wait_words("What do you take from it?").join("\n"));
    screen.send("Tea.\r");
    seen.push(screen.wait_list("Finish and save").join("\n"));
    screen.send("1\r");
    seen.push(screen.turn_pages("What would you like to do next?"));
    seen
}

#[test]
fn every_reason_for_staying_closed_gives_the_same_screens_byte_for_byte() {
    let kept = last_screens("tea", "3\r");
    assert!(kept[1].contains("There can be many reasons"), "{kept:?}");
    assert_eq!(last_screens("/skip", "1\r"), kept);
    assert_eq!(last_screens("I want to kill myself", "1\r"), kept);
}

/// Enter and Space alone, in every order: the same question still stands there.
fn says_nothing(screen: &Screen, words: &str) {
    screen.turn_pages(words);
    screen.wait_list(words);
    for key in ["\r", " ", " \r", "\r\r"] {
        screen.send(key);
    }
    std::thread::sleep(Duration::from_millis(500));
    screen.wait_list(words);
}

#[test]
fn on_no_screen_of_consent_sharing_or_an_agreement_does_enter_or_space_say_anything() {
    let agreement = "\n[[step]]\nid = \"agree\"\nkind = \"promise\"\nwhat = \"together\"\nwhen = { step = \"together\", answered = true }\nprompt = \"When do you do it?\"\n";
    let home = Home::with(&format!("{TWO}{agreement}"));
    let screen = to_answers(&home);
    for name in ["Now Mo, alone", "Now Il, alone"] {
        take(&screen, name);
        says_nothing(&screen, "Not today");
        screen.send("1\r");
    }
    take(&screen, "Now both of you");
    screen.turn_pages("Now Mo, alone");
    write(&screen, "Now Mo, alone", "tea", "4");
    write(&screen, "Now Il, alone", "rest", "5");
    for name in ["Now Mo, alone", "Now Il, alone"] {
        take(&screen, name);
        says_nothing(&screen, "Keep it closed");
        screen.send("1\r");
    }
    take(&screen, "Now both of you");
    screen.wait_words("both read it");
    screen.send("\r");
    screen.wait_words("What do you take from it?");
    screen.send("Tea.\r");
    screen.wait_words("When do you do it?");
    screen.send("each sunday for 4 weeks\r");
    for name in ["Now Mo, alone", "Now Il, alone"] {
        take(&screen, name);
        says_nothing(&screen, "Not like this");
        assert!(!home.path().join("ledger").exists());
        screen.send("1\r");
    }
    take(&screen, "Now both of you");
    screen.wait_words("You’ve agreed on this");
}

/// How many bytes it takes from the first of these hand-overs to the last. Each key is seen before the
/// next is typed: keys that come together are painted together.
fn bytes(first: &str, second: &str, until: &str) -> usize {
    let home = Home::with(TWO);
    let screen = to_answers(&home);
    screen.wait_words("Now Mo, alone");
    let before = screen.bytes().len();
    for (name, answer) in [("Now Mo, alone", first), ("Now Il, alone", second)] {
        take(&screen, name);
        screen.turn_pages("Not today");
        screen.wait_list("Not today");
        for key in answer.chars() {
            press(&screen, key);
        }
    }
    screen.wait_words("Now both of you");
    screen.wait_words("both here");
    if until != "Now both of you" {
        screen.send("\r");
        screen.wait_words(until);
        assert!(home.sessions().is_empty());
    }
    screen.bytes().len() - before
}

#[test]
fn both_ways_through_the_question_look_alike_and_one_no_is_enough() {
    let (yes, no) = ("1\r", "2\r");
    let ways = [(yes, yes), (yes, no), (no, yes), (no, no)];
    alike(&ways, "Now both of you");
    alike(&ways[1..], "It takes a yes from both");
}

/// Compares the bytes of each way. A busy machine paints some things twice and others once for two
/// keys, so runs are repeated until each way has been seen to look as long as every other.
fn alike(ways: &[(&str, &str)], until: &str) {
    let mut seen = vec![Vec::new(); ways.len()];
    for _ in 0..12 {
        for (seen, (first, second)) in seen.iter_mut().zip(ways) {
            seen.push(bytes(first, second, until));
        }
        let within = |least: usize| {
            let near = |bytes: &usize| *bytes >= least && (*bytes - least) * 20 <= *bytes;
            seen.iter().all(|seen| seen.iter().any(near))
        };
        if seen.iter().flatten().any(|least| within(*least)) {
            return;
        }
    }
    panic!("{seen:?}");
}

#[test]
fn enter_alone_at_the_question_about_a_passphrase_means_none_and_one_too_many_means_nothing() {
    let home = Home::with(TWO);
    let screen = begin(&home, "1\r", "1\r");
    screen.turn_pages("Now Mo, alone");
    screen.send("\r\r\r");
    screen.wait_words("set a passphrase of your own");
    screen.send("\r");
    without_own_key(&screen);
    screen.wait_words("what do you wish for?");
    assert!(!home.session().contains("[seals"));
}
