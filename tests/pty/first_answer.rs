//! From the program's name, typed for the first time, to the first answer: few decisions, few keys.

use std::time::Duration;

use crate::harness::{SMALL, Screen, USUAL, Window};

/// What brings people here has so many answers.
const REASONS: usize = 6;

/// Somebody at a keyboard, who is counted.
struct Newcomer {
    screen: Screen,
    decisions: usize,
    keys: usize,
    /// What was seen, and what was pressed there.
    transcript: String,
}

impl Newcomer {
    /// Presses these keys on the screen as it is.
    fn press(&mut self, keys: &str, decides: bool) {
        let rows = self.screen.rows().join("\n");
        self.transcript += &format!("{}\n>>> {keys:?}\n\n", rows.trim_end());
        self.decisions += usize::from(decides);
        self.keys += keys.chars().count();
        self.screen.send(keys);
    }

    /// Waits until keys are taken, and something is there that was not before.
    fn wait_news(&self, before: &[String]) -> Vec<String> {
        let takes_keys = |rows: &[String]| rows.iter().any(|row| row.contains("Esc: menu"));
        let rows = self
            .screen
            .wait("what comes next", |rows| rows != before && takes_keys(rows));
        // What is drawn in two strokes is whole then.
        std::thread::sleep(Duration::from_millis(50));
        if self.screen.rows() == rows {
            rows
        } else {
            self.wait_news(before)
        }
    }
}

/// Goes to the first answer of the first exercise that a reason leads to.
fn to_the_first_answer(reason: usize, window: Window) -> Newcomer {
    let home = tempfile::tempdir().unwrap();
    let screen = Screen::program(home.path(), &[], window);
    screen.turn_pages("What brings you here?");
    screen.wait_list("What brings you here?");
    let mut newcomer = Newcomer {
        screen,
        decisions: 0,
        keys: 0,
        transcript: String::new(),
    };
    newcomer.press(&format!("{reason}\r"), true);
    newcomer.screen.wait_list("could help");
    let mut before = newcomer.screen.rows();
    newcomer.press("1\r", true);
    loop {
        let rows = newcomer.wait_news(&before);
        let has = |words: &str| rows.iter().any(|row| row.contains(words));
        let (keys, is_answer) = match () {
            () if has("rather not say") && !has("tep ") => ("2\r", false),
            () if has("Enter: go on") => ("\r", false),
            () if has("Enter: take") => ("1\r", true),
            () if has("Space: mark") => (" \r", true),
            () if has("Ctrl-D: done") => ("a\x04", true),
            () => ("a\r", true),
        };
        if is_answer {
            newcomer.press(keys, true);
            newcomer.screen.wait_words("saved");
            return newcomer;
        }
        // The gate and the opening are for reading: what is pressed there decides nothing.
        let counted = newcomer.keys;
        newcomer.press(keys, false);
        newcomer.keys = counted;
        before = rows;
    }
}

#[test]
fn each_of_six_reasons_leads_to_a_saved_answer_with_three_decisions_and_eight_keys_at_most() {
    std::thread::scope(|scope| {
        for window in [USUAL, SMALL] {
            scope.spawn(move || {
                for reason in 1..=REASONS {
                    let newcomer = to_the_first_answer(reason, window);
                    let (decisions, keys) = (newcomer.decisions, newcomer.keys);
                    println!(
                        "reason {reason} at {window:?}: {decisions} decisions, {keys} keys\n{}",
                        newcomer.transcript
                    );
                    assert!(decisions <= 3, "{}", newcomer.transcript);
                    assert!(keys <= 8, "{}", newcomer.transcript);
                }
            });
        }
    });
}
