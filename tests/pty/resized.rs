//! A window that gets another size while something is read: nothing that was in view is lost or cut.

use crate::harness::{SMALL, Screen, USUAL, Window};
use crate::session::{Home, TEA};

/// As a phone shows it before and while its keyboard is open.
const PHONE: Window = (40, 24);
const PHONE_KEYBOARD: Window = (40, 12);

/// The words in view of a page, from those that begin it.
fn words(rows: &[String], first: &str) -> Vec<String> {
    let rows = rows.iter().skip_while(|row| !row.contains(first));
    let rows = rows.filter(|row| !row.contains("Enter: go on"));
    let words = rows.flat_map(|row| row.split_whitespace().map(String::from));
    words.collect()
}

/// Does something that makes the program clear what is visible, and waits for what it shows then.
fn anew(screen: &Screen, act: impl FnOnce()) -> Vec<String> {
    let before = screen.bytes().len();
    act();
    screen.wait_for("a page that is set anew", |shown| {
        let bytes = screen.bytes();
        let bytes = String::from_utf8_lossy(&bytes[before..]).into_owned();
        let end = bytes.rsplit("\x1b[2J").next().unwrap_or_default();
        // The keys that can be pressed come last.
        let is_set = shown.contents().contains("Enter: ") && !shown.hide_cursor();
        bytes.contains("\x1b[2J") && end.contains("\x1b[?25h") && is_set
    });
    screen.rows()
}

/// Whether the words of a page are all there, page by page, from the first of them on.
fn assert_whole(screen: &Screen, rows: &[String], first: &str, wanted: &[String]) {
    let mut seen = words(rows, first);
    let mut page = rows.to_vec();
    while seen.len() < wanted.len() {
        assert!(
            page.iter().any(|row| row.contains("Enter: go on")),
            "the words end at {seen:?}\n{page:#?}"
        );
        screen.send("\r");
        let old = page.clone();
        // A page that was read stands there without its keys until the next one comes.
        page = screen.wait("the next page", |rows| {
            rows != old && rows.iter().any(|row| row.contains("Enter: "))
        });
        // On the main screen the page before still stands above.
        let shown = words(&page, "");
        let tail = old
            .iter()
            .rfind(|row| !row.is_empty() && !row.contains("Enter: go on"));
        let tail = tail.cloned().unwrap_or_default();
        let at = page.iter().rposition(|row| *row == tail);
        match at {
            Some(at) => seen.extend(words(&page[at + 1..], "")),
            None => seen.extend(shown),
        }
    }
    assert_eq!(&seen[..wanted.len()], wanted);
}

#[test]
fn help_lines_in_a_session_are_there_however_the_window_changes() {
    for (from, to) in [(PHONE, PHONE_KEYBOARD), (USUAL, SMALL), (SMALL, USUAL)] {
        for redraws in [false, true] {
            let home = Home::with(TEA);
            let screen = home.open(&["exercise", "tea"], from);
            screen.turn_pages("Green tea");
            screen.wait_list("Green tea");
            screen.send("/support\r");
            let rows = screen.wait("help lines", |rows| {
                let has = |words: &str| rows.iter().any(|row| row.contains(words));
                has("in danger now") && (has("Enter: go on") || has("Enter: take"))
            });
            let until = rows.iter().position(|row| row.contains("Which tea do you"));
            let wanted = words(&rows[..until.unwrap_or(rows.len())], "If a life");
            assert!(wanted.len() > 10, "{rows:#?}");
            let rows = anew(&screen, || {
                if redraws {
                    screen.send("\x0c");
                } else {
                    screen.resize(to);
                }
            });
            assert_whole(&screen, &rows, "If a life", &wanted);
        }
    }
}

#[test]
fn the_page_behind_a_safety_question_is_wrapped_anew() {
    let home = Home::with(TEA);
    for (from, to) in [(USUAL, SMALL), (SMALL, USUAL), (PHONE, PHONE_KEYBOARD)] {
        let screen = home.open(&["exercise", "apology"], from);
        screen.turn_pages("1 Yes");
        screen.wait_list("Yes");
        screen.send("1\r");
        let page = |rows: &[String]| rows.iter().any(|row| row.contains("Enter: go on"));
        let rows = screen.wait("the page", page);
        let first = rows.iter().find(|row| !row.is_empty()).cloned().unwrap();
        let first: String = first
            .split_whitespace()
            .take(3)
            .collect::<Vec<_>>()
            .join(" ");
        let wanted = words(&rows, &first);
        assert!(wanted.len() > 10, "{rows:#?}");
        let rows = anew(&screen, || screen.resize(to));
        assert_whole(&screen, &rows, &first, &wanted);
    }
}

#[test]
fn help_lines_at_home_are_wrapped_anew() {
    let home = Home::with(TEA);
    for (from, to) in [(USUAL, SMALL), (PHONE, PHONE_KEYBOARD)] {
        let screen = home.open(&[], from);
        screen.turn_pages("Just looking");
        screen.wait_list("Just looking");
        screen.send("/support\r");
        let rows = screen.wait("help lines", |rows| {
            rows.iter().any(|row| row.contains("in danger now"))
        });
        let until = rows.iter().position(|row| row.contains("What brings you"));
        let wanted = words(&rows[..until.unwrap_or(rows.len())], "If a life");
        let rows = anew(&screen, || screen.resize(to));
        assert_whole(&screen, &rows, "If a life", &wanted);
    }
}
