//! The end of a session: what was written as one page, and a short menu of what comes next.

use trust_coach::ask::SlashCommand;

use crate::harness::{SMALL, Screen, USUAL, Window};
use crate::session::{Home, TEA, wait_step};
use crate::vault::vault;

const CTRL_C: &str = "\x03";

/// Answers the questions of the exercise.
fn answered(home: &Home, window: Window) -> Screen {
    let screen = home.open(&["exercise", "tea"], window);
    screen.turn_pages("Green tea");
    screen.wait_list("Green tea");
    screen.send("2\r");
    screen.wait_words("one cup of Mint");
    screen.send("My aunt made it.\x04");
    wait_step(&screen, "How warm was it?");
    screen.send("4\r");
    screen.wait_list("1 Yes");
    screen.send("yes\r");
    screen
}

/// Answers everything, and turns the pages to the menu at the end; all that was shown on the way.
fn ended(home: &Home, window: Window) -> (Screen, String) {
    let screen = answered(home, window);
    screen.wait_words("Read it once more.");
    screen.send("\x04");
    screen.wait_list("Finish and save");
    screen.send("1\r");
    let shown = screen.turn_pages("What would you like to do next?");
    screen.wait_list("Stop for now");
    (screen, shown)
}

#[test]
fn what_was_written_is_a_page_and_says_where_it_is() {
    for window in [USUAL, SMALL] {
        let home = Home::with(TEA);
        let (mut screen, _) = ended(&home, window);
        let all = screen.everything();
        let heading = all.iter().rposition(|row| row == "The whole").unwrap();
        assert!(all[heading..].iter().any(|row| row == "My aunt made it."));
        screen.send("stop\r");
        assert_eq!(screen.wait_exit(), 0);
        screen.wait_sane();
        screen.wait_somewhere("trust-coach history show");
        assert!(home.session().contains("state = \"done\""));
    }
}

#[test]
fn with_the_vault_on_the_page_is_shown_and_no_day_to_look_back_is_offered() {
    for window in [USUAL, SMALL] {
        let home = vault();
        let (mut screen, shown) = ended(&home, window);
        assert!(shown.contains("The whole") && shown.contains("My aunt made it."));
        let rows = screen.wait_list("1 Another exercise").join("\n");
        assert!(!rows.contains("Look back"), "{rows}");
        screen.send("stop\r");
        assert_eq!(screen.wait_exit(), 0);
        screen.wait_sane();
        screen.wait_somewhere("trust-coach history show");
        let files = home.sessions();
        assert_eq!(files.len(), 2);
        for file in files {
            let bytes = std::fs::read(file).unwrap();
            assert!(!String::from_utf8_lossy(&bytes).contains("My aunt"));
        }
    }
}

#[test]
fn where_nothing_is_put_together_all_that_was_given_is_on_the_page() {
    let (before, _) = TEA.split_once("[[step]]\nid = \"text\"").unwrap();
    let home = Home::with(&before.replace("pin = true", "pin = true\nsensitive = true"));
    let mut screen = answered(&home, USUAL);
    screen.wait_list("Finish and save");
    screen.send("1\r");
    screen.turn_pages("What would you like to do next?");
    screen.wait_list("Stop for now");
    let all = screen.everything().join("\n");
    for line in [
        "Which tea: Mint",
        "A memory: (not shown)",
        "How warm: 4",
        "Again: yes",
    ] {
        assert!(all.contains(line), "{line}\n{all}");
    }
    screen.send(CTRL_C);
    assert_eq!(screen.wait_exit(), 130);
    assert!(!screen.everything().join("\n").contains("Paused"));
}

#[test]
fn a_day_to_look_back_is_kept_and_the_menu_offers_it_then() {
    let home = Home::with(TEA);
    let (mut screen, _) = ended(&home, USUAL);
    screen.send("1\r");
    screen.wait_list("In four weeks");
    screen.send("1\r");
    screen.wait_somewhere("From Sunday 29 November 2026 on");
    screen.wait_list("1 Another exercise");
    screen.send("/pause\r");
    assert_eq!(screen.wait_exit(), 0);
    assert!(home.session().contains("look-back = \"2026-11-29\""));

    let look = |now: &str| {
        let variables = [("TRUST_COACH_NOW", now)];
        let mut screen = Screen::program_with(home.path(), &[], USUAL, &variables);
        let rows = screen.wait_list("What would you like to do?").join("\n");
        screen.send("/pause\r");
        screen.wait_exit();
        rows.contains("Look back, as you wanted to")
    };
    assert!(!look("2026-11-28T09:00:00+01:00[Europe/Berlin]"));
    assert!(look("2026-11-29T09:00:00+01:00[Europe/Berlin]"));
    assert!(look("2026-12-24T09:00:00+01:00[Europe/Berlin]"));
}

#[test]
fn another_exercise_is_chosen_and_begins() {
    let home = Home::with(TEA);
    let (mut screen, _) = ended(&home, USUAL);
    screen.send("another\r");
    screen.wait_for("a search", |screen| {
        screen.hide_cursor() && screen.contents().contains("Search: |")
    });
    screen.send("tea");
    screen.wait_for("tea", |screen| screen.contents().contains("> Tea"));
    screen.send("\r");
    screen.wait_list("Green tea");
    screen.send("/pause\r");
    assert_eq!(screen.wait_exit(), 4);
    assert_eq!(home.sessions().len(), 2);
}

#[test]
fn every_command_and_wrong_key_is_taken_at_the_end() {
    for window in [USUAL, SMALL] {
        for (command, typed, _) in SlashCommand::ALL {
            let home = Home::with(TEA);
            let (mut screen, _) = ended(&home, window);
            screen.send("99\r");
            screen.wait_somewhere("Choose one of the three");
            screen.wait_list("Stop for now");
            screen.send(&format!("{typed}\r"));
            let told = match command {
                SlashCommand::Skip | SlashCommand::Pause => None,
                SlashCommand::Back => Some("so you can’t go back"),
                SlashCommand::Leave => {
                    screen.wait_words("Clear all older text");
                    screen.send("no\r");
                    None
                }
                SlashCommand::Editor => Some("nothing to write here"),
                SlashCommand::Hint | SlashCommand::Why => Some("There’s nothing more on this"),
                SlashCommand::Help => Some("/back: "),
                SlashCommand::Support => Some("112"),
            };
            if let Some(told) = told {
                screen.wait_somewhere(told);
                screen.turn_pages("Stop for now");
                screen.wait_list("Stop for now");
                screen.send("stop\r");
            }
            assert_eq!(screen.wait_exit(), 0, "{typed} {window:?}");
            screen.wait_sane();
            let shown = screen.rows().join("\n");
            assert!(
                command != SlashCommand::Leave || !shown.contains("My aunt"),
                "{shown}"
            );
            assert!(home.session().contains("state = \"done\""), "{typed}");
        }
    }
}

#[test]
fn where_the_exercise_asked_for_a_day_no_other_day_is_asked_for() {
    let day = TEA.replacen("[[step]]\nid = \"warm\"\nkind = \"rate\"", "[[step]]\nid = \"day\"\nkind = \"date\"\ndefault = \"in 7 days\"\nprompt = \"When?\"\n\n[[step]]\nid = \"warm\"\nkind = \"rate\"", 1);
    assert_ne!(day, TEA);
    let home = Home::with(&day);
    let screen = home.open(&["exercise", "tea"], USUAL);
    screen.wait_list("Green tea");
    screen.send("2\r");
    screen.wait_words("one cup of Mint");
    screen.send("My aunt made it.\x04");
    screen.wait_words("Enter: keep  Type: change");
    screen.send("\r");
    wait_step(&screen, "How warm was it?");
    screen.send("4\r");
    screen.wait_list("1 Yes");
    screen.send("yes\r");
    screen.wait_words("Read it once more.");
    screen.send("\x04");
    screen.wait_list("Finish and save");
    screen.send("1\r");
    screen.turn_pages("What would you like to do next?");
    let rows = screen.wait_list("1 Another exercise").join("\n");
    assert!(!rows.contains("Look back"), "{rows}");
}

#[test]
fn whoever_is_in_danger_is_led_nowhere_by_enter_and_finds_help_lines_first() {
    for window in [USUAL, SMALL] {
        for (exercise, answers) in [
            ("bad-day", &[("What kind of bad day", "4\r")][..]),
            (
                "promise",
                &[
                    ("Who is your promise for", "1\r"),
                    ("without anyone forcing", "no\r"),
                ],
            ),
        ] {
            let home = Home::with(TEA);
            let mut screen = home.open(&["exercise", exercise], window);
            for (question, answer) in answers {
                screen.turn_pages(question);
                screen.wait_list(question);
                screen.send(answer);
            }
            screen.turn_pages("Finish and save");
            let look_back = screen.wait_list("Finish and save").join("\n");
            assert!(!look_back.contains("choice: no"), "{look_back}");
            screen.send("1\r");
            let end = screen.turn_pages("What would you like to do next?");
            assert!(
                end.contains("trust-coach support") && end.contains("find-help"),
                "{end}"
            );
            assert!(end.contains("(not shown)"), "{end}");
            let menu = screen.wait_list("1 Help lines").join("\n");
            assert!(menu.contains("Stop here for today"), "{menu}");
            for nudge in ["Another", "Look back", "calendar", "apology"] {
                assert!(
                    !menu.contains(nudge) && !end.contains(nudge),
                    "{nudge}: {end}\n{menu}"
                );
            }
            // Nothing is pointed at, and Enter alone chooses nothing.
            screen.send("\r");
            screen.wait_list("1 Help lines");
            screen.send("1\r");
            let lines = screen.turn_pages("1 Help lines");
            assert!(lines.contains("112"), "{lines}");
            screen.wait_list("1 Help lines");
            screen.send("3\r");
            assert_eq!(screen.wait_exit(), 0);
            screen.wait_sane();
            assert_eq!(home.sessions().len(), 1);
        }
    }
}

#[test]
fn whoever_is_in_danger_can_go_on_to_find_help() {
    let home = Home::with(TEA);
    let mut screen = home.open(&["exercise", "bad-day"], USUAL);
    screen.turn_pages("What kind of bad day");
    screen.send("5\r");
    screen.turn_pages("Finish and save");
    screen.send("1\r");
    screen.turn_pages("1 Help lines");
    screen.wait_list("2 Find someone who can help");
    screen.send("2\r");
    screen.turn_pages("What’s true for you now?");
    screen.wait_list("What’s true for you now?");
    screen.send("/pause\r");
    assert_eq!(screen.wait_exit(), 4);
}

#[test]
fn a_letter_from_the_page_behind_the_safety_question_ends_as_for_somebody_in_danger() {
    for window in [USUAL, SMALL] {
        let home = Home::with(TEA);
        let screen = home.open(&["exercise", "apology"], window);
        screen.turn_pages("1 Yes");
        screen.wait_list("1 Yes");
        screen.send("1\r");
        screen.turn_pages("1 Leave this page");
        let rows = screen.wait_list("A letter to keep");
        let letter = rows.iter().find(|row| row.contains("A letter to keep"));
        let number = letter.and_then(|row| row.chars().find(char::is_ascii_digit));
        screen.send(&format!("{}\r", number.unwrap()));
        for step in 1.. {
            let at = format!("step {step} of");
            let goes_on = |rows: &[String]| rows.iter().any(|row| row.contains("Enter: go on"));
            let is_next =
                |rows: &[String]| rows.join("\n").contains(&at) || rows.join("\n").contains(DONE);
            let page = screen.wait("a question", |rows| is_next(rows) || goes_on(rows));
            if page.join("\n").contains(DONE) {
                break;
            }
            screen.turn_pages(&at);
            screen.wait("its keys", |rows| rows.join("\n").contains("Esc: menu"));
            screen.send("/skip\r");
        }
        screen.send("1\r");
        screen.turn_pages("What would you like to do next?");
        let menu = screen.wait_list("1 Help lines").join("\n");
        assert!(menu.contains("3 Stop here for today"), "{menu}");
        assert!(!menu.contains("> ") && !menu.contains("Another"), "{menu}");
    }
}

const DONE: &str = "Finish and save";

#[test]
fn the_question_after_leave_shows_help_lines_and_ctrl_c_leaves_nothing_of_it() {
    let home = Home::with(TEA);
    for window in [USUAL, SMALL] {
        let mut screen = home.open(&["exercise", "tea"], window);
        screen.wait_list("Green tea");
        screen.send("/leave\r");
        screen.wait_list("Clear all older text");
        screen.send("/support\r");
        screen.wait_somewhere("If a life is in danger now, call");
        screen.turn_pages("Clear all older text");
        screen.wait_list("Clear all older text");
        screen.send("\x03");
        assert_eq!(screen.wait_exit(), 130);
        screen.wait_sane();
        let shown = screen.rows().join("");
        assert!(shown.trim().is_empty(), "{shown}");
    }
}

#[test]
fn whoever_added_to_a_text_and_goes_back_is_told_that_a_part_of_it_changed() {
    let home = Home::with(TEA);
    let screen = answered(&home, USUAL);
    screen.wait_words("Read it once more.");
    screen.send("And more.");
    screen.wait_words("And more.");
    screen.send("\r/back\r");
    screen.wait_list("1 Yes");
    screen.send("/back\r");
    wait_step(&screen, "How warm was it?");
    screen.send("/back\r");
    wait_step(&screen, "one cup of Mint");
    screen.send("\rIn June.\x04");
    wait_step(&screen, "How warm was it?");
    screen.send("4\r");
    screen.wait_list("1 Yes");
    screen.send("yes\r");
    screen.wait_somewhere("You changed an answer that this text was made from.");
    screen.wait_words("And more.");
}
