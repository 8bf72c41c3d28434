//! Plans at a terminal: what is asked before one begins and ends, and the safety questions before what
//! is next.

use crate::harness::{SMALL, Screen, USUAL};
use crate::session::{Home, TEA};

fn asked(home: &Home, args: &[&str], words: &str) -> Screen {
    let screen = home.open(args, USUAL);
    screen.wait_somewhere(words);
    screen
}

/// How many files of facts there are.
fn facts(home: &Home) -> usize {
    let month = home.path().join("ledger/2026/11");
    std::fs::read_dir(month).map_or(0, Iterator::count)
}

fn begun() -> Home {
    let home = Home::with(TEA);
    home.output(&["plan", "start", "reliable-again"]);
    home
}

#[test]
fn a_plan_begins_only_after_a_yes() {
    for (keys, is_begun) in [("y\r", true), ("\r", false), ("n\r", false)] {
        let home = Home::with(TEA);
        let mut screen = asked(
            &home,
            &["plan", "start", "reliable-again"],
            "Begin it? [y/N]",
        );
        let before = screen.everything().join(" ");
        assert!(before.contains("When not to do this"), "{before}");
        assert!(before.contains("How strong the evidence is"), "{before}");
        screen.send(keys);
        assert_eq!(screen.wait_exit(), 0, "{keys:?}");
        assert_eq!(facts(&home), usize::from(is_begun), "{keys:?}");
    }
}

#[test]
fn a_page_about_what_was_done_to_somebody_takes_the_ways_out() {
    for flags in [&[] as &[&str], &["--plain"]] {
        for (keys, code, last) in [("/leave\r", 0, "Done."), ("/pause\r", 4, "Stopped.")] {
            let home = Home::with(TEA);
            let start = ["plan", "start", "after-you-were-hurt"];
            let mut screen = asked(&home, &[flags, &start].concat(), "Begin it? [y/N]");
            screen.send("/support GB\r");
            screen.wait_somewhere("999");
            screen.wait_last_row("Begin it? [y/N]");
            screen.send(keys);
            if keys == "/leave\r" && flags.is_empty() {
                screen.wait_somewhere("Clear all older text");
                screen.wait_last_row("[y/N]");
                let rows = screen.rows().join(" ");
                assert!(!rows.contains("Begin it?"), "{rows}");
                screen.send("\r");
            }
            assert_eq!(screen.wait_exit(), code, "{keys:?} {flags:?}");
            let rows = screen.rows().join(" ");
            assert!(rows.contains(last) && !rows.contains("error:"), "{rows}");
            assert_eq!(facts(&home), 0);
            screen.wait_sane();
        }
    }
}

#[test]
fn a_plan_ends_as_they_say_and_enter_alone_changes_nothing() {
    for (keys, stops, said) in [
        // Nothing is pointed at yet, so that Enter alone chooses nothing.
        ("\r\x1b", false, "Nothing was stopped."),
        ("\x1b[B\r", false, "Nothing was stopped."),
        ("parting\r", true, "as good an ending as any"),
        ("not say\r", true, "Stopped. What you wrote stays."),
    ] {
        let home = begun();
        let mut screen = asked(&home, &["plan", "stop"], "How does it end?");
        screen.wait_somewhere("I’d rather not say");
        screen.send(keys);
        assert_eq!(screen.wait_exit(), 0, "{keys:?}");
        let told = screen.everything().join(" ");
        assert!(told.contains(said), "{keys:?}: {told}");
        assert_eq!(facts(&home), 1 + usize::from(stops), "{keys:?}");
    }
}

#[test]
fn the_safety_questions_come_before_what_is_next_and_leave_nothing_behind() {
    for window in [USUAL, SMALL] {
        let home = begun();
        let before = (facts(&home), home.output(&["next", "--json"]));
        for keys in ["/leave\r", "1\r"] {
            let mut screen = home.open(&["next", "--go"], window);
            screen.turn_pages("I’d rather not say");
            screen.wait_list("I’d rather not say");
            screen.send(keys);
            if keys == "1\r" {
                screen.turn_pages("1 Leave this page");
                screen.send("1\r");
            }
            assert_eq!(screen.wait_exit(), 0, "{keys:?}");
            let after = (facts(&home), home.output(&["next", "--json"]));
            assert_eq!(after, before, "{keys:?}");
            assert!(home.sessions().is_empty(), "{keys:?}");
        }
        // Once something of the plan was begun, they don't come again before four weeks are over.
        let mut screen = home.open(&["next", "--go"], window);
        screen.turn_pages("I’d rather not say");
        screen.wait_list("I’d rather not say");
        screen.send("2\r");
        screen.wait_somewhere("One promise you can keep");
        screen.turn_pages("Who is your promise for?");
        screen.wait_list("Who is your promise for?");
        screen.send("/pause\r");
        assert_eq!(screen.wait_exit(), 4);
        assert!(home.output(&["next", "--json"]).contains("\"gate\": false"));
    }
}

#[test]
fn the_menu_offers_to_go_on_with_the_plan() {
    let home = begun();
    let mut screen = home.open(&[], USUAL);
    screen.wait_list("Go on with your plan");
    let rows = screen.rows().join(" ");
    assert!(rows.contains("One promise you can keep, about"), "{rows}");
    screen.send("1\r");
    screen.wait_somewhere("everyone sees");
    screen.turn_pages("Esc: menu");
    screen.send("/leave\r");
    assert_eq!(screen.wait_exit(), 0);
}

#[test]
fn what_brings_people_here_leads_to_a_plan_as_well() {
    let home = Home::with(TEA);
    let mut screen = home.open(&[], USUAL);
    screen.turn_pages("I want to be more reliable");
    screen.wait_list("I want to be more reliable");
    screen.send("4\r");
    screen.wait_list("A plan for weeks: Reliable again");
    screen.send("4\r");
    screen.wait_somewhere("Begin it? [y/N]");
    screen.send_early("y\r");
    assert_eq!(screen.wait_exit(), 0);
    assert_eq!(facts(&home), 1);
}
