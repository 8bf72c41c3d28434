//! What must be read before a question is read, whatever is typed on the way.

use std::collections::BTreeSet;

use crate::harness::{SMALL, Screen};
use crate::session::{Home, TEA};

/// What is typed on a page, and has an answer of its own.
const TYPED: [&str; 5] = ["/hint", "/why", "/back", "/help", "/support"];

/// The rows that are seen until some words come.
fn rows_until(screen: &Screen, words: &str) -> BTreeSet<String> {
    let seen = screen.turn_pages(words);
    seen.lines().map(|row| row.trim_end().into()).collect()
}

/// Opens an exercise in a home of its own, to its first page.
fn opened(id: &str) -> (Home, Screen) {
    let home = Home::with(TEA);
    let screen = home.open(&["exercise", id], SMALL);
    screen.wait_words("Enter: go on");
    (home, screen)
}

#[test]
fn an_opening_is_read_to_its_end_whatever_is_typed_on_its_pages() {
    for (id, first) in [
        ("promise", "Who is your promise for?"),
        ("money-facts", "Which of these fits you best?"),
        ("unsent-letter", "What’s your letter about?"),
    ] {
        let (_home, screen) = opened(id);
        let all = rows_until(&screen, first);
        for typed in TYPED {
            let (_home, screen) = opened(id);
            let page = screen.rows();
            screen.send(&format!("{typed}\r"));
            screen.wait_for("what was asked for", |shown| {
                shown.contents() != page.join("\n")
            });
            let mut seen = rows_until(&screen, first);
            seen.extend(page.iter().map(|row| row.trim_end().into()));
            let foot = |row: &&String| !row.contains("Enter: ");
            let missing: Vec<&String> = all.difference(&seen).filter(foot).collect();
            assert_eq!(missing, [""; 0], "{id}, {typed}");
        }
        let (_home, screen) = opened(id);
        screen.send("/skip\r");
        screen.wait_words("The question comes next.");
        let seen = rows_until(&screen, first);
        assert!(seen.iter().any(|row| row.contains(first)), "{id}: {seen:?}");
    }
}

#[test]
fn reading_goes_on_where_it_was_left_behind_what_was_asked_for() {
    for case in ["unread", "private-unread"] {
        let screen = Screen::open(case, SMALL);
        screen.wait_words("Enter: go on");
        let mut seen = String::new();
        while !seen.contains("Opening 12.") {
            let page = screen.rows();
            seen.push_str(&page.join("\n"));
            screen.send("\r");
            screen.wait("the next page", |rows| {
                rows != page && rows.iter().any(|row| row.contains("Enter: go on"))
            });
        }
        screen.send("/hint\r");
        assert_eq!(screen.wait_reply(1)["reply"], "Hint");
        let rest = screen.turn_pages("Ctrl-D: done");
        let hint = rest.find("A short hint.");
        let last = rest.find("Opening 40.");
        assert!(hint.is_some() && hint < last, "{case}: {rest}");
        assert!(!rest.contains("Short words before it."), "{case}: {rest}");
        screen.send("x\x04");
        assert_eq!(screen.wait_answer(2), "x", "{case}");
    }
}

#[test]
fn who_paused_in_an_opening_reads_it_when_they_come_back() {
    let (home, mut screen) = opened("promise");
    screen.send("/pause\r");
    assert_eq!(screen.wait_exit(), 4);
    let screen = home.open(&["resume"], SMALL);
    let seen = screen.turn_pages("Who is your promise for?");
    assert!(seen.contains("stop here"), "{seen}");
}
