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
        screen.send("\x1b[B\x1b[B");
        let rows = screen.wait_list("> 3 עייף");
        assert_no_row_twice(&rows);
        screen.send("\r");
        assert_eq!(
            screen.wait_reply(1)["reply"],
            "Answer(Options([\"tired\"]))"
        );
        let rows = screen.wait_words("THE END");
        assert!(row_with(&rows, "* עייף").starts_with('*'));
        assert!(!rows.iter().any(|row| row.contains("calm")));
        assert_no_row_twice(&rows);
        assert_eq!(screen.wait_exit(), 0);
        screen.wait_sane();
    }
}

#[test]
fn no_stray_key_chooses_anything_where_it_matters() {
    let screen = Screen::open("one-grave", SMALL);
    screen.wait_list("  1 calm");
    screen.send("\r");
    screen.wait_list("Choose one with the arrow keys");
    screen.send(" ");
    screen.wait_list("Choose one with the arrow keys");
    screen.send("secret kids");
    screen.wait_list("secret kids");
    assert!(screen.replies().is_empty());
    screen.send("\x15/support\r");
    assert_eq!(screen.wait_reply(1)["reply"], "Support(None)");
}

#[test]
fn a_number_or_the_words_can_be_typed() {
    for (typed, id) in [("2\r", "tense"), ("CALM\r", "calm")] {
        let screen = Screen::open("one", SMALL);
        screen.wait_list("> 1 calm");
        screen.send(typed);
        assert_eq!(
            screen.wait_reply(1)["reply"],
            format!("Answer(Options([\"{id}\"]))")
        );
    }
}

#[test]
fn letters_and_the_ends_of_the_keyboard_move_too() {
    let screen = Screen::open("one", SMALL);
    screen.wait_list("> 1 calm");
    screen.send("j");
    screen.wait_list("> 2 tense");
    screen.send("k");
    screen.wait_list("> 1 calm");
    screen.send("\x1b[F");
    screen.wait_list("> 4 ");
    screen.send("\x1b[H");
    screen.wait_list("> 1 calm");
    screen.send("3");
    screen.wait_list("> 3 ");
    screen.send("\r");
    assert_eq!(
        screen.wait_reply(1)["reply"],
        "Answer(Options([\"tired\"]))"
    );
}

#[test]
fn a_number_is_taken_from_a_row_with_the_arrows() {
    let screen = Screen::open("words", SMALL);
    screen.wait_list(" 4");
    screen.send("\r");
    screen.wait_list("Choose one with the arrow keys");
    screen.send("\x1b[C");
    screen.wait_list(">4");
    screen.send("\x1b[C\x1b[C");
    screen.wait_list(">6");
    screen.send("\r");
    assert_eq!(screen.wait_answer(1), "6");
}

#[test]
fn a_command_is_taken_in_a_list_too() {
    let screen = Screen::open("one", SMALL);
    screen.wait_list("> 1 calm");
    screen.send("/leave\r");
    assert_eq!(screen.wait_reply(1)["reply"], "Leave");
}

#[test]
fn a_long_list_keeps_its_question_in_view() {
    for window in [USUAL, SMALL] {
        let screen = Screen::open("one-many", window);
        screen.wait_list("  1 feeling 1");
        screen.send("\x1b[A");
        let rows = screen.wait_list("> 20 feeling 20");
        assert!(row_with(&rows, QUESTION).starts_with(QUESTION));
        assert!(row_with(&rows, "more above").contains("more above"));
        assert_no_row_twice(&rows);
        screen.send("\r");
        assert_eq!(screen.wait_reply(1)["reply"], "Answer(Options([\"f20\"]))");
    }
}

#[test]
fn a_note_is_shown_with_its_option() {
    for window in [USUAL, SMALL] {
        let screen = Screen::open("one-notes", window);
        let rows = screen.wait_list("> 1 calm");
        assert!(row_with(&rows, QUESTION).starts_with(QUESTION));
        let at = rows
            .iter()
            .position(|row| row.starts_with("> 1 calm"))
            .unwrap();
        assert!(rows[at + 1].contains("a note that says more"), "{rows:#?}");
        screen.send("\r");
        assert_eq!(screen.wait_reply(1)["reply"], "Answer(Options([\"calm\"]))");
    }
}

#[test]
fn an_option_of_their_own_is_typed() {
    let screen = Screen::open("other", SMALL);
    screen.wait_list("  5 something else");
    screen.send("a bit of both\r");
    assert_eq!(screen.wait_answer(1), "a bit of both");
}

#[test]
fn marks_are_told_by_characters_and_survive_the_menu() {
    for window in [USUAL, SMALL] {
        let screen = Screen::open("many", window);
        screen.wait_list("  [x] 2 tense");
        screen.send(" ");
        screen.wait_list("> [x] 1 calm");
        screen.send("\x1b");
        screen.wait_list("> 1 Keep going");
        screen.send("\r");
        screen.wait_list("> [x] 1 calm");
        let rows = screen.wait_list("  [x] 2 tense");
        assert_eq!(
            rows.iter().filter(|row| row.contains("] 1 calm")).count(),
            1
        );
        screen.send("\r");
        let reply = screen.wait_reply(1);
        assert_eq!(reply["reply"], "Answer(Options([\"calm\", \"tense\"]))");
        let rows = screen.wait_words("THE END");
        assert!(row_with(&rows, "* calm, tense").starts_with('*'));
    }
}

#[test]
fn a_number_typed_beside_marks_is_marked_as_well_and_what_is_shown_is_taken() {
    for window in [USUAL, SMALL] {
        let screen = Screen::open("many", window);
        screen.wait_list("  [x] 2 tense");
        screen.send("4\r");
        screen.wait_list("> [x] 4");
        screen.wait_list("  [x] 2 tense");
        screen.send("1");
        screen.wait_list("> [ ] 1 calm");
        screen.send(" ");
        screen.wait_list("> [x] 1 calm");
        screen.send("\r");
        let reply = screen.wait_reply(1);
        let taken = "Answer(Options([\"calm\", \"tense\", \"joy\"]))";
        assert_eq!(reply["reply"], taken);
        let rows = screen.wait_words("THE END");
        assert!(row_with(&rows, "* calm, tense, ").starts_with('*'));
    }
}

#[test]
fn escape_in_a_list_offers_the_ways_out() {
    let mut screen = Screen::open("one", SMALL);
    screen.wait_list("> 1 calm");
    screen.send("\x1b");
    screen.wait_list("> 1 Keep going");
    screen.send("2\r");
    assert_eq!(screen.wait_reply(1)["reply"], "Back");
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_sane();
}

#[test]
fn yes_and_no_are_words_or_a_choice_and_enter_takes_what_stands_there() {
    for (case, keys, said, shown) in [
        ("yes-no", "yes\r", "yes", "* Yes"),
        ("yes-no", "n\r", "n", "* n"),
        ("yes-no", "\x1b[B\r", "yes", "* Yes"),
        ("yes-no-no", "\r", "no", "* No"),
    ] {
        let screen = Screen::open(case, SMALL);
        let rows = screen.wait_list("1 Yes");
        assert!(row_with(&rows, QUESTION).starts_with(QUESTION));
        screen.send(keys);
        assert_eq!(screen.wait_answer(1), said);
        let rows = screen.wait_words("THE END");
        assert!(row_with(&rows, shown).starts_with('*'));
    }
}

#[test]
fn what_was_typed_ahead_never_answers_a_yes_or_no() {
    let screen = Screen::open("text-then-yes-no", USUAL);
    screen.wait_words("Enter: done");
    // Some of it comes with the answer before, and some while nobody listens.
    screen.send("words\ry\ny\n");
    assert_eq!(screen.wait_answer(1), "words");
    screen.send_early("y\n");
    screen.go_on();
    screen.wait_list("1 Yes");
    screen.send("no\r");
    assert_eq!(screen.wait_answer(2), "no");
}

#[test]
fn of_what_was_typed_ahead_a_command_stays_and_the_enter_of_words_decides_nothing() {
    let asked = |ahead: &str| {
        let screen = Screen::open("text-then-one", USUAL);
        screen.wait_words("Enter: done");
        screen.send("words\r");
        assert_eq!(screen.wait_answer(1), "words");
        screen.send_early(ahead);
        screen.go_on();
        screen
    };
    let screen = asked("2\r/lea");
    screen.wait_words("/lea");
    screen.send("ve\r");
    assert_eq!(screen.wait_reply(2)["reply"], "Leave");
    let screen = asked("1\rye");
    screen.wait_list("calm");
    screen.send("\r");
    screen.send("2\r");
    assert_eq!(
        screen.wait_reply(2)["reply"],
        "Answer(Options([\"tense\"]))"
    );
}

#[test]
fn numbers_dates_and_reading_on_take_one_line() {
    for window in [USUAL, SMALL] {
        let screen = Screen::open("words", window);
        let rows = screen.wait_list("4");
        assert_eq!(row_with(&rows, "1  2"), " 1  2  3  4  5  6  7");
        assert_eq!(row_with(&rows, "low"), " low            high");
        screen.send("5\r");
        assert_eq!(screen.wait_answer(1), "5");
        screen.wait_words("Enter: done");
        screen.send("in 3 days\r");
        assert_eq!(screen.wait_answer(2), "in 3 days");
        screen.wait_words("Enter: go on");
        screen.send("hm\r");
        screen.wait_words("nothing to write here");
        // There's no text that it could be kept as.
        screen.send("/leve\r");
        let rows = screen.wait_words("Did you mean").join(" ");
        assert!(!rows.contains("again keeps"), "{rows}");
        screen.send("\r");
        assert_eq!(screen.wait_reply(3)["reply"], "Answer(Ready)");
    }
}

#[test]
fn what_stood_in_a_line_stays_whatever_is_typed() {
    let screen = Screen::open("prefilled", SMALL);
    screen.wait_words("Enter: keep");
    screen.send("/back\r");
    assert_eq!(screen.wait_reply(1)["reply"], "Back");
    let screen = Screen::open("prefilled", SMALL);
    screen.wait_words("Enter: keep");
    screen.send("/b\x7f\x7f");
    screen.wait_words("in 14 days");
    screen.send("\r");
    assert_eq!(screen.wait_answer(1), "in 14 days");
    let screen = Screen::open("own-line", SMALL);
    screen.wait_words("Enter: keep  Esc");
    screen.send(" or so\r");
    assert_eq!(screen.wait_answer(1), "in 14 days or so");
    let screen = Screen::open("prefilled", SMALL);
    screen.wait_words("Enter: keep");
    screen.send("\x1b[D\x1b[D\x1b[D\x1b[D\x1b[D\x7f3\r");
    assert_eq!(screen.wait_answer(1), "in 13 days");
    let screen = Screen::open("prefilled", SMALL);
    screen.wait_words("Enter: keep");
    screen.send("\x15tomorrow\x1f\x1f\r");
    assert_eq!(screen.wait_answer(1), "in 14 days");
}

#[test]
fn what_is_like_a_command_behind_what_stood_in_a_line_is_asked_about_once() {
    for window in [USUAL, SMALL] {
        for (typed, said) in [
            ("/paus", "/paus isn’t a command"),
            (" J. /pause.", "/pause only works alone"),
            (" (/leave)", "/leave only works alone"),
        ] {
            let screen = Screen::open("own-line", window);
            screen.wait_words("Enter: keep  Esc");
            screen.send(&format!("{typed}\r"));
            screen.wait_words(said);
            screen.send("\r");
            assert_eq!(screen.wait_answer(1), format!("in 14 days{typed}"));
        }
    }
}

#[test]
fn a_suggested_day_gives_way_to_what_is_typed() {
    // What is emptied again stands there as before.
    for typed in ["tom\x7f\x7f\x7f", "\x15", "tom\x15"] {
        let screen = Screen::open("prefilled", SMALL);
        screen.wait_words("Enter: keep  Type: change");
        screen.send(typed);
        screen.wait_words("in 14 days");
        screen.wait_words("Enter: keep  Type: change");
        screen.send("\r");
        assert_eq!(screen.wait_answer(1), "in 14 days");
    }
    for typed in [
        "tomorrow",
        "\x1b[200~tomorrow\x1b[201~",
        "\x7f\x15tomorrow",
        "tox\x7fmorrow",
    ] {
        let screen = Screen::open("prefilled", SMALL);
        screen.wait_words("Enter: keep  Type: change");
        screen.send(typed);
        screen.wait_words("Enter: done");
        screen.send("\r");
        assert_eq!(screen.wait_answer(1), "tomorrow");
    }
}

#[test]
fn words_of_their_own_are_kept_while_they_are_typed() {
    for (typed, kept) in [("my own words", "my own words"), ("2", "")] {
        let screen = Screen::open("other", USUAL);
        screen.wait_list("> 1 calm");
        screen.send(typed);
        screen.wait_words(typed);
        screen.send("\x1b");
        screen.wait_list("> 1 Keep going");
        screen.send("/pause\r");
        let reply = screen.wait_reply(1);
        assert_eq!(
            (&reply["reply"], &reply["progress"]),
            (&"Pause".into(), &kept.into())
        );
    }
}

#[test]
fn a_scale_that_has_no_room_in_a_row_says_what_its_ends_mean() {
    let screen = Screen::open("words", (20, 14));
    let rows = screen.wait_words("Enter: done").join(" ");
    let rows: Vec<&str> = rows.split_whitespace().collect();
    let rows = rows.join(" ");
    assert!(rows.contains("1 means:"), "{rows}");
}
