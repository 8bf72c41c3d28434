//! Whatever happens, the terminal is left as it was and nothing private stays.

use rustix::process::{Pid, Signal, kill_process_group};

use crate::driver::QUESTION;
use crate::harness::{SMALL, Screen, USUAL};
use crate::patience::until;

#[test]
fn signals_save_and_leave_a_sane_terminal_in_text_and_in_lists() {
    for (signal, number) in [(Signal::INT, 2), (Signal::TERM, 15), (Signal::HUP, 1)] {
        for case in ["texts", "one", "many", "yes-no", "alternate"] {
            let mut screen = Screen::open(case, SMALL);
            match case {
                "texts" | "alternate" => {
                    screen.wait_words("Ctrl-D: done");
                    screen.send("Some words");
                    screen.wait_words("Some words");
                }
                _ => {
                    screen.wait_list("Esc: menu");
                }
            }
            screen.signal(signal);
            assert_eq!(screen.wait_exit(), 128 + number, "{case}");
            screen.wait_sane();
            let told = &screen.replies()[0];
            assert_eq!(told["signal"], number, "{case}");
            if case == "texts" {
                assert_eq!(told["progress"], "Some words");
            }
            if number == 1 {
                assert!(!screen.rows().iter().any(|row| row.contains("Goodbye")));
            } else {
                let rows = screen.wait_words("Saved. Goodbye.");
                assert!(
                    rows.iter().any(|row| row.ends_with("Saved. Goodbye.")),
                    "{case}: {rows:#?}"
                );
            }
            if case == "alternate" {
                let all = screen.everything().concat();
                assert!(
                    !all.contains("Some words") && !all.contains(QUESTION),
                    "{all}"
                );
                wiped(&screen);
            }
        }
    }
}

/// The private screen was emptied before it was left: there are terminals that have no other one.
fn wiped(screen: &Screen) {
    let bytes = screen.bytes();
    let bytes = String::from_utf8_lossy(&bytes);
    let left: Vec<&str> = bytes.split("\x1b[?1049l").collect();
    assert!(left.len() > 1);
    for before in &left[..left.len() - 1] {
        assert!(before.ends_with("\x1b[H\x1b[2J"), "{before:?}");
    }
}

#[test]
fn ctrl_c_takes_the_same_way_everywhere() {
    for case in ["texts", "lines", "one", "many", "yes-no"] {
        let mut screen = Screen::open(case, USUAL);
        if case == "texts" || case == "lines" {
            screen.wait_words(": done");
        } else {
            screen.wait_list("Esc: menu");
        }
        screen.send("\x03");
        assert_eq!(screen.wait_exit(), 130, "{case}");
        screen.wait_sane();
        let rows = screen.wait_words("Saved. Goodbye.");
        assert!(
            rows.iter().any(|row| row == "Saved. Goodbye."),
            "{case}: {rows:#?}"
        );
        assert_eq!(screen.replies().len(), 1, "{case}: saved more than once");
    }
}

#[test]
fn a_panic_leaves_a_sane_terminal() {
    for case in ["panic", "panic-private"] {
        let mut screen = Screen::open(case, SMALL);
        screen.wait_words("Enter: done");
        screen.send("words\r");
        assert_ne!(screen.wait_exit(), 0);
        screen.wait_sane();
        screen.wait_somewhere("as the case wants it");
    }
}

#[test]
fn a_resize_leaves_one_question_and_the_whole_text() {
    let screen = Screen::open("texts", USUAL);
    screen.wait_words("Ctrl-D: done");
    let text: Vec<String> = (0..30).map(|number| format!("word{number:02}")).collect();
    screen.send(&text.join(" "));
    screen.wait_words("word29");
    for window in [SMALL, (34, 10), (120, 40), USUAL] {
        screen.resize(window);
        let rows = screen.wait("one question and the end of the text", |rows| {
            rows.iter().filter(|row| row.contains(QUESTION)).count() == 1
                && rows.iter().filter(|row| row.contains("word29")).count() == 1
                && rows.iter().filter(|row| row.contains("Ctrl-D")).count() == 1
        });
        let all: Vec<&str> = rows.iter().flat_map(|row| row.split_whitespace()).collect();
        let words: Vec<&&str> = all.iter().filter(|word| word.starts_with("word")).collect();
        let mut unique = words.clone();
        unique.dedup();
        assert_eq!(words, unique);
    }
    screen.send("\x04");
    assert_eq!(screen.wait_answer(1), text.join(" "));
}

#[test]
fn a_resize_in_a_list_leaves_no_rows_behind() {
    let screen = Screen::open("one", USUAL);
    screen.wait_list("> 1 calm");
    screen.resize(SMALL);
    screen.send("\x1b[B");
    screen.wait_list("> 2 tense");
    screen.send("\r");
    assert_eq!(
        screen.wait_reply(1)["reply"],
        "Answer(Options([\"tense\"]))"
    );
    let rows = screen.wait_words("THE END");
    assert!(!rows.iter().any(|row| row.contains("calm")), "{rows:#?}");
    assert_eq!(rows.iter().filter(|row| row.contains(QUESTION)).count(), 1);
}

#[test]
fn the_smallest_window_that_fits_is_enough() {
    let smallest = (20, 8);
    assert!(trust_coach::terminal::fits(20, 8));
    let text: Vec<String> = (0..30).map(|number| format!("word{number:02}")).collect();
    let screen = Screen::open("texts", smallest);
    screen.wait_words("Ctrl-D: done");
    screen.send(&text.join(" "));
    let rows = screen.wait_words("word29");
    assert!(rows.iter().any(|row| row.ends_with("night?")), "{rows:#?}");
    screen.send("\x04");
    assert_eq!(screen.wait_answer(1), text.join(" "));
    let screen = Screen::open("many", smallest);
    screen.turn_pages("> [ ] 1 calm");
    let rows = screen.wait_words("> [ ] 1 calm");
    assert!(rows.iter().any(|row| row.ends_with("night?")), "{rows:#?}");
    screen.send(" ");
    screen.wait_words("> [x] 1 calm");
    screen.send("\r");
    let reply = screen.wait_reply(1);
    assert_eq!(reply["reply"], "Answer(Options([\"calm\", \"tense\"]))");
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_everything_comes_again() {
    let screen = Screen::open_in_shell("texts", USUAL);
    screen.wait_words("Ctrl-D: done");
    screen.send("Some words");
    screen.wait_words("Some words");
    screen.send("\x1a");
    screen.wait("nothing from ours", |rows| {
        !rows.iter().any(|row| row.contains("Some words"))
    });
    screen.wait_sane();
    assert!(screen.echoes());
    let group = Pid::from_raw(i32::try_from(screen.pid()).unwrap()).unwrap();
    // Until it has stopped there is nothing to wake.
    let awake = until(|| {
        kill_process_group(group, Signal::CONT).unwrap();
        screen.rows().iter().any(|row| row.contains("Some words"))
    });
    assert!(awake, "it does not wake up");
    screen.wait_words("Some words");
    assert!(!screen.echoes());
    screen.send(" more\x04");
    assert_eq!(screen.wait_answer(1), "Some words more");
}

#[test]
fn a_private_question_leaves_only_that_it_was_kept_private() {
    for window in [USUAL, SMALL] {
        let screen = Screen::open("secret", window);
        let rows = screen.wait_words("Ctrl-D: done");
        assert!(screen.look(vt100::Screen::alternate_screen));
        assert!(
            rows.iter().any(|row| row == "This is said before."),
            "{rows:#?}"
        );
        screen.send(&"My secret words. ".repeat(60));
        screen.wait_words("My secret words.");
        screen.send("\x04");
        screen.wait_words("(not shown)");
        screen.wait_words("Enter: done");
        assert!(!screen.look(vt100::Screen::alternate_screen));
        let all = screen.everything().concat();
        assert!(!all.to_lowercase().contains("secret"), "{all}");
        wiped(&screen);
    }
}

#[test]
fn a_private_list_leaves_nothing_either() {
    let screen = Screen::open("secret-one", USUAL);
    screen.wait_list("  1 calm");
    assert!(screen.look(vt100::Screen::alternate_screen));
    screen.send("1\r");
    screen.wait_words("(not shown)");
    screen.wait_words("Enter: done");
    let all = screen.everything().concat();
    assert!(!all.contains("calm"), "{all}");
}

#[test]
fn a_hint_to_a_private_question_is_shown_where_it_is_asked() {
    let screen = Screen::open("talk-private", SMALL);
    screen.wait_words("Ctrl-D: done");
    screen.send("words\r/hint\r");
    let rows = screen.wait("the hint", |rows| {
        rows.iter().any(|row| row == "You asked: Hint.")
    });
    assert!(screen.look(vt100::Screen::alternate_screen));
    assert!(rows.iter().any(|row| row == "words"));
    screen.send("\x04");
    screen.wait_words("(not shown)");
    let all = screen.everything().concat();
    assert!(!all.contains("You asked"), "{all}");
}

#[test]
fn on_the_alternate_screen_everything_can_be_read_and_nothing_stays() {
    let mut screen = Screen::open("alternate", SMALL);
    let rows = screen.wait_words("Ctrl-D: done");
    assert!(rows.iter().any(|row| row == "An exercise"));
    screen.send("First words\x04");
    screen.wait_reply(1);
    let seen = screen.turn_pages("Enter: done");
    for notice in 1..=40 {
        assert!(
            seen.contains(&format!("Notice {notice}.")),
            "{notice} was not seen"
        );
    }
    screen.send("x\r");
    screen.wait_words("That is all.");
    screen.send("\r");
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_sane();
    let all = screen.everything().concat();
    assert!(all.contains("THE END"));
    for words in ["Notice", "First words", QUESTION, "That is all"] {
        assert!(!all.contains(words), "{words} stayed: {all}");
    }
}

#[test]
fn erasing_takes_the_scrollback_along() {
    let mut screen = Screen::open("erase", SMALL);
    screen.wait_words("Enter: done");
    screen.send(&"Words to be seen. ".repeat(60));
    screen.send("\r");
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_words("THE END");
    let all = screen.everything().concat();
    assert!(!all.contains("Words") && !all.contains(QUESTION), "{all}");
}

#[test]
fn saving_that_hangs_is_not_waited_for() {
    let mut screen = Screen::open("hang", USUAL);
    screen.wait_words("Ctrl-D: done");
    screen.send("\x03");
    screen.wait_reply(1);
    assert_eq!(screen.wait_exit(), 130);
    screen.wait_sane();
}

#[test]
fn on_a_small_screen_a_long_opening_is_read_page_by_page() {
    for window in [USUAL, SMALL] {
        let screen = Screen::open("opening", window);
        let seen = screen.turn_pages("Ctrl-D: done");
        assert!(seen.contains("An exercise") && seen.contains("Short words"));
        for row in 1..=40 {
            assert!(
                seen.contains(&format!("Opening {row}.")),
                "{row} was not seen"
            );
        }
        let all = screen.everything();
        for row in 1..=40 {
            let words = format!("Opening {row}.");
            assert_eq!(
                all.iter().filter(|row| **row == words).count(),
                1,
                "{all:#?}"
            );
        }
        screen.send("x\x04");
        let rows = screen.wait_words("Enter: done");
        assert!(rows.iter().any(|row| row == "A short hint."), "{rows:#?}");
    }
}

#[test]
fn a_page_has_the_menu_too() {
    let screen = Screen::open("opening", SMALL);
    screen.wait_words("Enter: go on");
    screen.send("\x1b");
    screen.wait_list("> 1 Keep going");
    screen.send("\x1b[A");
    screen.wait_list("> 8 Leave");
    screen.send("\r");
    assert_eq!(screen.wait_reply(1)["reply"], "Leave");
}

#[test]
fn what_was_said_last_is_shown_however_it_ends() {
    for case in ["finished", "dropped"] {
        let mut screen = Screen::open(case, SMALL);
        screen.wait_words("Enter: done");
        screen.send("x\r");
        assert_eq!(screen.wait_exit(), 0);
        screen.wait_words("THE END");
        let all = screen.everything();
        let closing = all.iter().filter(|row| row.starts_with("Closing"));
        assert_eq!(closing.count(), 40, "{case}: {all:#?}");
    }
}
