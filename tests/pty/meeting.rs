//! Two people at one terminal: a weekly meeting, an agreement, and what stands there a week later.

use crate::harness::{Screen, USUAL};
use crate::session::{Home, TEA, finish};
use crate::two::{MARKER, both_say, lies_below, take, without_own_key};

const CTRL_D: &str = "\x04";

/// Waits for each question, and gives the keys that answer it.
fn say(screen: &Screen, all: &[(&str, &str)]) {
    for (question, keys) in all {
        screen.wait_words(question);
        screen.send(keys);
    }
}

/// Each says alone, behind a hand-over, what they want of a list; then both are there again.
fn each_says(screen: &Screen, list: &str, mo: &str, il: &str) {
    for (name, answer) in [("Now Mo, alone", mo), ("Now Il, alone", il)] {
        take(screen, name);
        screen.turn_pages(list);
        screen.wait_list(list);
        screen.send(answer);
    }
    take(screen, "Now both of you");
}

/// The first time that each is alone: nobody sets a passphrase.
fn each_alone(screen: &Screen, mo: &[(&str, &str)], il: &[(&str, &str)]) {
    for (name, answers) in [("Now Mo, alone", mo), ("Now Il, alone", il)] {
        take(screen, name);
        without_own_key(screen);
        say(screen, answers);
    }
}

fn meet(home: &Home) {
    let mut screen = both_say(
        home.open(&["exercise", "weekly-meeting"], USUAL),
        "1\r",
        "1\r",
    );
    screen.turn_pages("Now Mo, alone");
    let hurt = format!("{MARKER}, on Sunday.{CTRL_D}");
    each_alone(
        &screen,
        &[
            ("you were glad of?", "The call on Tuesday.\r"),
            ("Now your own week.", "I rang the landlord.\r"),
            ("Did anything hurt this week?", &hurt),
            ("One wish for the week ahead", "A walk on Sunday.\r"),
            ("Did you leave anything out", "1\r"),
        ],
        &[
            ("you were glad of?", "The soup.\r"),
            ("Now your own week.", "Home by six on Wednesday.\r"),
            ("Did anything hurt this week?", "nothing this week\x04"),
            ("One wish for the week ahead", "none this week\r"),
            ("Did you leave anything out", "1\r"),
        ],
    );
    each_says(&screen, "Keep it closed", "1\r", "1\r");
    let shown = screen.wait_words("both read it").join("\n");
    assert!(shown.contains("Mo: The call on Tuesday."), "{shown}");
    screen.send("\r");
    say(&screen, &[("Take a minute with that.", "\r")]);
    each_says(&screen, "Keep it closed", "3\r", "1\r");
    let closed = screen.wait_words("both read it").join("\n");
    assert!(closed.contains("This stays closed today."), "{closed}");
    screen.send("\r");
    screen.wait_list("Do you both want that today?");
    screen.send("1\r");
    for (speaker, listener) in [("Mo", "Il"), ("Il", "Mo")] {
        let floor = format!("{speaker}, you have the floor.");
        let back = format!("{listener}, say it back out loud");
        let rate = format!("{speaker}, how much of what you meant");
        say(
            &screen,
            &[
                (&floor, "\r"),
                (&back, "You were alone with it.\r"),
                (&rate, "6\r"),
            ],
        );
    }
    say(
        &screen,
        &[
            ("Look at your wishes again.", "Walk on Sunday at five.\r"),
            ("On which days is it due?", "each sunday for 4 weeks\r"),
        ],
    );
    each_says(&screen, "Not like this", "1\r", "1\r");
    say(
        &screen,
        &[("agreed on this", "\r"), ("next meeting?", "\r")],
    );
    finish(&mut screen);
}

fn agree(home: &Home) {
    let mut screen = both_say(home.open(&["exercise", "agreement"], USUAL), "1\r", "1\r");
    screen.turn_pages("What do you want to agree on?");
    say(
        &screen,
        &[
            (
                "What do you want to agree on?",
                "The evenings from six to eight.\r",
            ),
            (
                "What do you both see",
                "One of us is alone with the children.\r",
            ),
        ],
    );
    let ways = |words: &str| format!("{words}{CTRL_D}");
    let (mo, il) = (ways("I do Mondays."), ways("We swap week by week."));
    each_alone(
        &screen,
        &[
            ("What could each of you do?", &mo),
            ("couldn’t you live with?", "nothing\r"),
        ],
        &[
            ("What could each of you do?", &il),
            ("couldn’t you live with?", "nothing\r"),
        ],
    );
    each_says(&screen, "Keep it closed", "1\r", "1\r");
    let deal = ways("On Mondays Mo is home by six. On Tuesdays Il is.");
    say(
        &screen,
        &[
            ("both read it", "\r"),
            ("Read all of it first", "\r"),
            ("don’t belong in an agreement", "\r"),
            ("Who does what, and when?", &deal),
            ("If one of you sees", "A message by noon.\r"),
            ("without a word, what then?", "They take the next day.\r"),
            ("What would you change?", CTRL_D),
            ("On which day do you look at it together?", "\r"),
            ("On which days is it due?", "mondays and tuesdays\r"),
        ],
    );
    each_says(&screen, "Not like this", "1\r", "1\r");
    say(&screen, &[("agreed on this", "\r")]);
    for name in ["Now Mo, alone", "Now Il, alone"] {
        take(&screen, name);
        screen.turn_pages("how");
        screen.wait_list("Did you agree to anything");
        screen.send("1\r");
    }
    finish(&mut screen);
}

#[test]
fn two_meet_and_agree_at_one_terminal_and_a_week_later_due_names_what_they_agreed() {
    let home = Home::with(TEA);
    meet(&home);
    agree(&home);
    assert!(!lies_below(home.path(), MARKER));
    let due = |now| {
        let page = home.output_at(now, &["due"]);
        page.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let week_later = due("2026-11-29T19:00:00+01:00[Europe/Berlin]");
    for words in [
        "Mo and Il: Walk on Sunday at five.",
        "Mo and Il: On Mondays Mo is home by six.",
    ] {
        assert!(week_later.contains(words), "{words}: {week_later}");
    }
    let both = home.output_at("2026-11-29T19:00:00+01:00[Europe/Berlin]", &["progress"]);
    assert!(
        both.contains("Felt understood at the first try 2 of 2 times."),
        "{both}"
    );
}
