//! Looking back with the program itself: notes, changed answers, and answers given again.

use std::fs;

use crate::common::NOW;
use crate::harness::{SMALL, USUAL};
use crate::session::{Home, TEA, wait_step};

const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";

/// A home with one finished session.
fn done(exercise: &str, more: &[&str]) -> Home {
    done_at(NOW, exercise, more)
}

/// The same, so long ago that its texts can be answered again.
fn done_earlier(exercise: &str, more: &[&str]) -> Home {
    done_at("2026-11-08T18:45:01+01:00[Europe/Berlin]", exercise, more)
}

fn done_at(now: &str, exercise: &str, more: &[&str]) -> Home {
    let home = Home::with(exercise);
    let answers = home.path().join("answers.toml");
    let whole = "[answers]\nkind = 1\nmemory = \"My aunt made it.\"\nwarm = 3\nagain = false\n";
    fs::write(&answers, whole).unwrap();
    let args = ["exercise", "tea", "--answers", answers.to_str().unwrap()];
    home.output_at(now, &[args.as_slice(), more].concat());
    home
}

#[test]
fn an_answer_opens_as_it_is_and_what_is_typed_is_saved_as_it_is_typed() {
    for window in [USUAL, SMALL] {
        let home = done(TEA, &[]);
        let edit = ["history", "edit", "last", "memory"];
        let mut screen = home.open(&edit, window);
        screen.wait_words("My aunt made it.");
        screen.send(" On Sund");
        screen.wait_words("On Sund");
        screen.send(CTRL_C);
        assert_eq!(screen.wait_exit(), 130);
        screen.wait_words("Stopped. What you typed is saved.");
        screen.wait_sane();
        let saved = home.session();
        assert!(saved.contains("value = \"My aunt made it.\""), "{saved}");
        assert!(
            saved.contains("progress = \"My aunt made it. On Sund\""),
            "{saved}"
        );

        let mut screen = home.open(&edit, window);
        screen.wait_words("On Sund");
        screen.send("ays.");
        screen.send(CTRL_D);
        assert_eq!(screen.wait_exit(), 0);
        screen.wait_words("The earlier version is kept");
        screen.wait_sane();
        let text = home.output(&["history", "show", "last", "--answer", "memory"]);
        assert_eq!(text, "My aunt made it. On Sundays.\n");
        let all = home.output(&["history", "show", "last", "--all"]);
        assert!(all.contains("\nMy aunt made it.\n"), "{all}");
        assert!(!home.session().contains("progress"));
    }
}

#[test]
fn a_rating_is_asked_again_until_it_fits_and_skip_leaves_it_out_and_keeps_it() {
    let home = done(TEA, &[]);
    let mut screen = home.open(&["history", "edit", "last", "warm"], USUAL);
    wait_step(&screen, "How warm was it?");
    screen.send("\x159\r");
    screen.wait_words("from 1 to 5");
    screen.send("\x15/skip\r");
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_words("The earlier version is kept");
    assert!(home.session().contains("skipped = true"));
    let mut screen = home.open(&["--plain", "history", "edit", "last", "warm"], USUAL);
    screen.wait_somewhere("How warm was it?");
    screen.send("5\n");
    assert_eq!(screen.wait_exit(), 0);
    assert!(home.session().contains("versions = [\n  { at = "));
}

#[test]
fn a_text_that_is_left_out_stays_with_what_was_typed_above_the_command() {
    let home = done(TEA, &[]);
    let mut screen = home.open(&["history", "edit", "last", "memory"], USUAL);
    screen.wait_words("My aunt made it.");
    screen.send(" On Sundays.\r/skip\r");
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_words("The earlier version is kept");
    let shown = home.output(&["history", "show", "last"]);
    assert!(
        shown.contains("(left out)") && !shown.contains("On Sundays"),
        "{shown}"
    );
    let all = home.output(&["history", "show", "last", "--all"]);
    for words in [
        "\n    My aunt made it.\n",
        "\n    My aunt made it. On Sundays.\n",
    ] {
        assert!(all.contains(words.trim_start_matches("\n    ")), "{all}");
    }
    let mut screen = home.open(&["history", "edit", "last", "memory"], USUAL);
    screen.wait_words("one cup of Green tea");
    screen.send("/skip\r");
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_words("Nothing was changed.");
}

#[test]
fn a_note_is_kept_as_far_as_it_was_written() {
    let home = done(TEA, &[]);
    let mut screen = home.open(&["history", "note", "last"], SMALL);
    screen.wait_words("like to add?");
    screen.send("We spoke abo");
    screen.wait_words("We spoke abo");
    screen.send(CTRL_C);
    assert_eq!(screen.wait_exit(), 130);
    screen.wait_sane();
    assert!(home.session().contains("text = \"We spoke abo\""));
    let mut screen = home.open(&["history", "note", "last"], USUAL);
    screen.wait_words("like to add?");
    screen.send("We spoke about it.\rAnd laughed.");
    screen.send(CTRL_D);
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_words("Added. Read it: trust-coach history show");
    let show = home.output(&["history", "show", "last"]);
    assert!(
        show.contains("We spoke about it.\nAnd laughed.\n"),
        "{show}"
    );
    let mut screen = home.open(&["history", "note", "last"], USUAL);
    screen.wait_words("like to add?");
    screen.send("Never mind.\r/skip\r");
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_words("Nothing was added.");
    assert_eq!(home.session().matches("[[notes]]").count(), 2);
}

#[test]
fn an_answer_is_given_again_without_seeing_it_and_then_both_stand_side_by_side() {
    let home = done_earlier(TEA, &[]);
    let mut screen = home.open(&["history", "compare", "tea", "--blind"], USUAL);
    screen.wait_list("A memory");
    screen.send("1\r");
    screen.wait_words("Tell of one cup of Green tea.");
    assert!(!screen.everything().join("").contains("My aunt"));
    screen.send("Nobody made it.");
    screen.send(CTRL_D);
    assert_eq!(screen.wait_exit(), 0);
    let rows = screen.wait_words("Nobody made it.");
    let beside =
        |row: &String| row.contains("[My aunt] made it.") && row.contains("[Nobody] made it.");
    assert!(rows.iter().any(beside), "{rows:?}");
    screen.wait_sane();
    assert!(
        home.session()
            .contains("text = \"Nobody made it.\"\nstep = \"memory\"")
    );
}

#[test]
fn of_a_private_exercise_nothing_stays_in_view_and_the_safety_questions_come_first() {
    let gated = TEA.replace("lang = ", "gate = \"screen\"\nlang = ");
    let home = done_earlier(&gated, &["--screened"]);
    let again = [
        "history", "compare", "last", "--blind", "--answer", "memory",
    ];
    let mut screen = home.open(&again, USUAL);
    screen.wait_list("rather not say");
    screen.send("2\r");
    screen.wait_words("Tell of one cup of Green tea.");
    screen.send("Nobody made it.");
    screen.send(CTRL_D);
    screen.wait_words("Enter");
    assert!(screen.everything().join("").contains("[My aunt] made it."));
    screen.send("\r");
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_sane();
    let left = screen.everything().join("\n");
    assert!(
        !left.contains("made it") && left.contains("Saved. Read it:"),
        "{left}"
    );
    assert!(home.session().contains("text = \"Nobody made it.\""));
}
