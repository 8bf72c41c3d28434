//! Lists, yes or no, numbers, dates and the menu that Esc opens.

use crate::driver::QUESTION;
use crate::harness::{SMALL, Screen, USUAL};

fn row_with<'a>(rows: &'a [String], words: &str) -> &'a str {
    let found = rows.iter().find(|row| row.contains(words));
    found.unwrap_or_else(|| panic!("no {words} in\n{}", rows.join("\n")))
}

fn assert_no_row_twice(rows: &[String]) {
    let mut rows: Vec<&String> = rows.iter().filter(|row| !row.is_empty()).collect();
    let count = rows.len();
    rows.sort();
    rows.dedup();
    assert_eq!(rows.len(), count, "{rows:#?}");
}

#[test]
fn one_option_is_chosen_with_the_arrows_and_only_the_answer_stays() {
    for window in [USUAL, SMALL] {
        let mut screen = Screen::open("one", window);
        let rows = screen.wait_list("> 1 calm");
        assert!(row_with(&rows, QUESTION).starts_with(QUESTION));
        screen.send("\x1b[B");
        screen.wait_list("> 2 tense");
        screen.send("\x1b[B");
        let rows = screen.wait_list("> 3 עייף");
        assert_no_row_twice(&rows);
        assert!(row_with(&rows, "Esc: menu").contains("Enter"));
        screen.send("\r");
        assert_eq!(
            screen.wait_reply(1)["reply"],
            "Answer(Options([\"tired\"]))"
        );
        let rows = screen.wait_words("THE END");
        assert!(row_with(&rows, "> עייף").starts_with('>'));
        assert!(!rows.iter().any(|row| row.contains("calm")));
        assert_no_row_twice(&rows);
        assert_eq!(screen.wait_exit(), 0);
        screen.wait_sane();
    }
}

#[test]
fn a_long_list_keeps_its_question_in_view() {
    for window in [USUAL, SMALL] {
        let screen = Screen::open("one-many", window);
        screen.wait_list("> 1 feeling 1");
        screen.send("\x1b[A");
        let rows = screen.wait_list("> 20 feeling 20");
        assert!(row_with(&rows, QUESTION).starts_with(QUESTION));
        assert!(row_with(&rows, "Page").contains('/'));
        assert_no_row_twice(&rows);
        screen.send("\r");
        assert_eq!(screen.wait_reply(1)["reply"], "Answer(Options([\"f20\"]))");
    }
}

#[test]
fn options_with_notes_are_read_in_full_first() {
    for window in [USUAL, SMALL] {
        let screen = Screen::open("one-notes", window);
        screen.turn_pages("> 1 calm");
        let rows = screen.wait_list("> 1 calm");
        assert!(row_with(&rows, QUESTION).starts_with(QUESTION));
        let all = screen.everything();
        let notes = all
            .iter()
            .filter(|row| row.contains("a note that says more"));
        assert_eq!(notes.count(), 4);
        screen.send("\r");
        assert_eq!(screen.wait_reply(1)["reply"], "Answer(Options([\"calm\"]))");
    }
}

#[test]
fn an_option_of_their_own_is_typed() {
    let screen = Screen::open("other", SMALL);
    screen.wait_list("> 1 calm");
    screen.send("\x1b[A");
    screen.wait_list("> 5 something else");
    screen.send("\r");
    screen.wait_words("Enter: done");
    screen.send("a bit of both\r");
    assert_eq!(screen.wait_answer(1), "a bit of both");
}

#[test]
fn marks_are_told_by_characters_and_survive_the_menu() {
    for window in [USUAL, SMALL] {
        let screen = Screen::open("many", window);
        screen.wait_list("> [ ] 1 calm");
        screen.wait_list("  [x] 2 tense");
        screen.send(" ");
        screen.wait_list("> [x] 1 calm");
        screen.send("\x1b");
        screen.wait_list("> Keep going");
        screen.send("\r");
        screen.wait_list("> [x] 1 calm");
        screen.wait_list("  [x] 2 tense");
        let rows = screen.wait_list("4 日本語の選択肢");
        assert_eq!(
            rows.iter().filter(|row| row.contains("] 1 calm")).count(),
            1
        );
        screen.send("\r");
        let reply = screen.wait_reply(1);
        assert_eq!(reply["reply"], "Answer(Options([\"calm\", \"tense\"]))");
        let rows = screen.wait_words("THE END");
        assert!(row_with(&rows, "> calm, tense").starts_with('>'));
    }
}

#[test]
fn escape_in_a_list_offers_the_ways_out() {
    let mut screen = Screen::open("one", SMALL);
    screen.wait_list("> 1 calm");
    screen.send("\x1b");
    screen.wait_list("> Keep going");
    screen.send("\x1b[B");
    screen.wait_list("> Back to the step before");
    screen.send("\r");
    assert_eq!(screen.wait_reply(1)["reply"], "Back");
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_sane();
}

#[test]
fn yes_and_no_take_one_key_and_enter_takes_what_stands_there() {
    for (case, key, said) in [
        ("yes-no", "y", "yes"),
        ("yes-no", "n", "no"),
        ("yes-no-no", "\r", "no"),
    ] {
        let screen = Screen::open(case, SMALL);
        let rows = screen.wait_list("Yes or no? [");
        assert!(row_with(&rows, QUESTION).starts_with(QUESTION));
        screen.send(key);
        assert_eq!(screen.wait_answer(1), said);
        let rows = screen.wait_words("THE END");
        assert!(row_with(&rows, &format!("> {said}")).starts_with('>'));
        assert!(!rows.iter().any(|row| row.contains("Yes or no?")));
    }
}

#[test]
fn what_was_typed_ahead_never_answers_a_yes_or_no() {
    let screen = Screen::open("text-then-yes-no", USUAL);
    screen.wait_words("Enter: done");
    // Some of it comes with the answer before, and some while nobody listens.
    screen.send("words\ry\ny\n");
    assert_eq!(screen.wait_answer(1), "words");
    screen.send("y\n");
    screen.wait("its echo", |rows| rows.iter().any(|row| row == "y"));
    screen.go_on();
    screen.wait_list("Yes or no? [y/n]");
    screen.send("n");
    assert_eq!(screen.wait_answer(2), "no");
}

#[test]
fn numbers_dates_and_reading_on_take_one_line() {
    for window in [USUAL, SMALL] {
        let screen = Screen::open("words", window);
        let rows = screen.wait_words("Enter: done");
        assert_eq!(row_with(&rows, "low"), "1 = low ... 7 = high");
        screen.send("5\r");
        assert_eq!(screen.wait_answer(1), "5");
        screen.wait_words("Enter: done");
        screen.send("in 3 days\r");
        assert_eq!(screen.wait_answer(2), "in 3 days");
        screen.wait_words("Press Enter to go on");
        screen.send("hm\r");
        screen.wait_words("nothing to write here");
        screen.send("\r");
        assert_eq!(screen.wait_reply(3)["reply"], "Answer(Ready)");
    }
}
