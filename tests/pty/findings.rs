//! What rules find in a text, at a terminal: what is seen, and what becomes of each choice.

use crate::common::exercise_text;
use crate::harness::{SMALL, Screen, USUAL, Window};
use crate::session::{Home, wait_step};

const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";

const PLAN: &str = exercise_text!(
    r#"title = "A plan"
strategy = "reliability"
minutes = 2
summary = "Plan."
opening = "Begin."
closing = "End."
"#,
    r#"[[step]]
id = "plan"
kind = "write"
name = "The plan"
review = "promise"
prompt = "What will you do?"

[[step]]
id = "day"
kind = "date"
name = "A day"
prompt = "On which day do you look back?"
"#
);

const WORDS: &str = "I will cook each Friday at six if you stop shouting.";

/// Writes the text, and reads on to the question about it.
fn to_the_question(home: &Home, window: Window) -> (Screen, String) {
    let screen = home.open(&["exercise", "plan"], window);
    wait_step(&screen, "What will you do?");
    screen.send(WORDS);
    screen.send(CTRL_D);
    let seen = screen.turn_pages("Keep it as it is");
    screen.wait_list("Keep it as it is");
    (screen, seen)
}

fn home(exercise: &str) -> Home {
    let home = Home::with(exercise);
    let folder = home.path().join("exercises");
    std::fs::rename(folder.join("tea.toml"), folder.join("plan.toml")).unwrap();
    home
}

/// The characters that stand above the signs that underline.
fn underlined(seen: &str) -> String {
    let rows: Vec<&str> = seen.lines().collect();
    let signs = |row: &str| row.contains('~') && row.trim_matches([' ', '~']).is_empty();
    let pairs = rows.windows(2).filter(|pair| signs(pair[1]));
    let above = pairs.flat_map(|pair| {
        let here = pair[0].chars().zip(pair[1].chars());
        here.filter(|(_, sign)| *sign == '~')
            .map(|(above, _)| above)
    });
    above.filter(|above| *above != ' ').collect()
}

#[test]
fn the_words_are_underlined_and_enter_keeps_them_and_goes_on() {
    for window in [USUAL, SMALL] {
        let home = home(PLAN);
        let (screen, seen) = to_the_question(&home, window);
        let under = underlined(&seen);
        assert!(under.starts_with("ifyou"), "{under}\n{seen}");
        assert!(home.session().contains("rule = \"conditional-on-other\""));
        assert!(!home.session().contains("kept = true"));
        screen.send("\r");
        wait_step(&screen, "On which day");
        screen.wait_for("what was kept in the file", |_| {
            home.session().contains("kept = true")
        });
    }
}

#[test]
fn a_change_opens_the_text_and_what_was_said_once_is_not_said_again() {
    for window in [USUAL, SMALL] {
        let home = home(PLAN);
        let (mut screen, _) = to_the_question(&home, window);
        screen.send("2\r");
        wait_step(&screen, "What will you do?");
        screen.wait_words("shouting.");
        screen.send(" On Mondays too.");
        screen.send(CTRL_D);
        wait_step(&screen, "On which day");
        screen.send("\x15/back\r");
        wait_step(&screen, "What will you do?");
        screen.send(CTRL_D);
        wait_step(&screen, "On which day");
        screen.send(CTRL_C);
        assert_eq!(screen.wait_exit(), 130);
        let grown = home.output(&["history", "show", "last", "--all"]);
        let (first, then) = (format!("\n\n{WORDS}\n\n("), "On Mondays too.");
        assert!(grown.contains(&first) && grown.contains(then), "{grown}");
    }
}

#[test]
fn why_is_told_and_the_question_comes_again() {
    for window in [USUAL, SMALL] {
        let home = home(PLAN);
        let (screen, _) = to_the_question(&home, window);
        screen.send("/why\r");
        screen.wait_words("From:");
        let seen = screen.turn_pages("Keep it as it is");
        assert!(!seen.contains('~') || window == USUAL, "{seen}");
        screen.wait_list("Why?");
        screen.send("1\r");
        wait_step(&screen, "On which day");
    }
}

#[test]
fn what_was_called_not_right_three_times_is_not_said_again() {
    let home = home(PLAN);
    let file = home.path().join("rules/not-right-promise.toml");
    for times in 1..=3 {
        let (mut screen, seen) = to_the_question(&home, SMALL);
        assert!(underlined(&seen).starts_with("ifyou"), "{seen}");
        screen.send("4\r");
        wait_step(&screen, "On which day");
        let noted = std::fs::read_to_string(&file).unwrap();
        assert_eq!(noted.matches("conditional-on-other").count(), times);
        assert!(!noted.contains("shouting"), "{noted}");
        screen.send(CTRL_C);
        assert_eq!(screen.wait_exit(), 130);
        for session in home.sessions() {
            std::fs::remove_file(session).unwrap();
        }
    }
    let screen = home.open(&["exercise", "plan"], SMALL);
    wait_step(&screen, "What will you do?");
    screen.send(WORDS);
    screen.send(CTRL_D);
    wait_step(&screen, "On which day");
    assert!(!screen.everything().join("\n").contains("Keep it as it is"));
}

#[test]
fn of_several_remarks_one_is_not_right_and_of_a_private_text_nothing_is_noted() {
    for private in [false, true] {
        let exercise = match private {
            true => PLAN.replacen("name = \"The plan\"", "sensitive = true", 1),
            false => String::from(PLAN),
        };
        let home = home(&exercise);
        let screen = home.open(&["exercise", "plan"], USUAL);
        wait_step(&screen, "What will you do?");
        screen.send("I will never be late again if you stop shouting.");
        screen.send(CTRL_D);
        screen.turn_pages("This remark isn’t right");
        screen.wait_list("This remark isn’t right");
        screen.send("4\r");
        screen.wait_list("Which remark isn’t right?");
        screen.send("2\r");
        screen.wait_words("What about the rest?");
        let rows = screen.wait_list("Keep it as it is").join("\n");
        assert!(rows.contains("if you stop shouting"), "{rows}");
        screen.send("1\r");
        wait_step(&screen, "On which day");
        let noted = std::fs::read_to_string(home.path().join("rules/not-right-promise.toml"));
        assert_eq!(noted.is_ok(), !private);
        let times = noted.map_or(0, |text| text.matches("absolute").count());
        assert_eq!(times, usize::from(!private));
    }
}

#[test]
fn a_question_that_was_cut_off_comes_again_and_one_that_was_answered_does_not() {
    for window in [USUAL, SMALL] {
        let home = home(PLAN);
        let (mut screen, _) = to_the_question(&home, window);
        screen.send(CTRL_C);
        assert_eq!(screen.wait_exit(), 130);
        screen.wait_sane();
        let mut screen = home.open(&["resume"], window);
        screen.turn_pages("Keep it as it is");
        screen.wait_list("Keep it as it is");
        screen.send("1\r");
        wait_step(&screen, "On which day");
        screen.send(CTRL_C);
        assert_eq!(screen.wait_exit(), 130);
        let screen = home.open(&["resume"], window);
        wait_step(&screen, "On which day");
        assert!(!screen.everything().join("\n").contains("Keep it as it is"));
    }
}

#[test]
fn nothing_about_a_private_text_stays_on_the_screen() {
    let private = PLAN.replacen("name = \"The plan\"", "sensitive = true", 1);
    for way_out in ["1\r", "/pause\r", "/leave\r", CTRL_C] {
        let home = home(&private);
        let (mut screen, seen) = to_the_question(&home, SMALL);
        assert!(underlined(&seen).starts_with("ifyou"), "{seen}");
        screen.send("3\r");
        screen.wait_words("From:");
        screen.turn_pages("Keep it as it is");
        screen.wait_list("Keep it as it is");
        screen.send(way_out);
        if way_out == "1\r" {
            wait_step(&screen, "On which day");
        } else {
            if way_out == "/leave\r" {
                screen.wait_list("Clear all older text");
                screen.send("\r");
            }
            screen.wait_exit();
            screen.wait_sane();
        }
        let all = screen.everything().join("\n");
        assert!(
            !all.contains("shouting") && !all.contains("if you"),
            "{all}"
        );
    }
}

#[test]
fn in_plain_mode_findings_are_sentences() {
    let home = home(PLAN);
    let screen = home.open(&["exercise", "plan", "--plain"], USUAL);
    screen.wait_words("A dot alone on a line");
    screen.send(&format!("{WORDS}\r.\r"));
    screen.wait_words("(Enter alone: Keep it as it is)");
    let all = screen.everything().join("\n");
    assert!(all.contains("“if you"), "{all}");
    assert!(!all.contains('~'), "{all}");
    screen.send("\r");
    screen.wait_words("On which day");
    assert!(!String::from_utf8_lossy(&screen.bytes()).contains('\x1b'));
}

#[test]
fn the_soft_word_for_a_private_text_is_read_on_its_screen_and_does_not_stay() {
    let private = PLAN.replacen("name = \"The plan\"", "sensitive = true", 1);
    let home = home(&private);
    let screen = home.open(&["exercise", "plan"], SMALL);
    wait_step(&screen, "What will you do?");
    screen.send("I want to kill myself.");
    screen.send(CTRL_D);
    screen.wait_words("sounds very hard");
    screen.send("\r");
    wait_step(&screen, "On which day");
    let all = screen.everything().join("\n");
    assert!(!all.contains("hard") && !all.contains("kill"), "{all}");
    assert!(!home.session().contains("findings"));
}

#[test]
fn after_a_wrong_key_the_remarks_still_stand_above_the_menu() {
    let gated = PLAN.replace("lang = ", "gate = \"screen\"\nlang = ");
    let home = home(&gated);
    let screen = home.open(&["exercise", "plan"], USUAL);
    screen.turn_pages("rather not say");
    screen.wait_list("rather not say");
    screen.send("2\r");
    screen.turn_pages("What will you do?");
    screen.send(WORDS);
    screen.send(CTRL_D);
    screen.turn_pages("Keep it as it is");
    let before = screen.wait_list("Keep it as it is");
    assert!(
        underlined(&before.join("\n")).starts_with("ifyou"),
        "{before:?}"
    );
    screen.send("9\r");
    let seen = screen.wait_words("Choose one of the four").join("\n");
    assert!(underlined(&seen).starts_with("ifyou"), "{seen}");
    // Beside what is asked for in between, they stand there as far as there is room.
    screen.send("/help\r");
    screen.turn_pages("Keep it as it is");
    let seen = screen.wait_list("Keep it as it is").join("\n");
    assert!(underlined(&seen).starts_with("ifyou"), "{seen}");
}

#[test]
fn what_was_refused_is_not_said_to_be_kept() {
    let home = home(PLAN);
    let screen = home.open(&["exercise", "plan"], USUAL);
    wait_step(&screen, "What will you do?");
    screen.send("I’ll cook on Friday at six.\x04");
    wait_step(&screen, "On which day");
    screen.send("fryday\r");
    let rows = screen.wait_words("Please type a day").join("\n");
    assert!(rows.contains("Enter: done"), "{rows}");
    screen.send("/help\r");
    let rows = screen.wait("the question", |rows| {
        let has = |words: &str| rows.iter().any(|row| row.contains(words));
        has("fryday") && has("Ctrl-C stops.") && has("Esc: menu")
    });
    assert!(!rows.join("\n").contains("Enter: keep"), "{rows:?}");
}
