//! Whole sessions with the program itself, from the first screen to the saved file.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{NOW, exercise_text};
use crate::harness::{SMALL, Screen, USUAL, Window, is_list};
use crate::patience::until;

const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";

pub(crate) const TEA: &str = exercise_text!(
    r#"title = "Tea"
strategy = "values"
minutes = 2
summary = "Write about tea."
opening = "Put the kettle on."
closing = "Drink it while it is warm."
"#,
    r#"[[step]]
id = "kind"
kind = "choose"
name = "Which tea"
prompt = "Which tea do you like?"
options = [{ id = "green", label = "Green tea" }, { id = "mint", label = "Mint" }]

[[step]]
id = "memory"
kind = "write"
lines = "many"
name = "A memory"
pin = true
prompt = "Tell of one cup of {{kind|tea}}."

[[step]]
id = "warm"
kind = "rate"
name = "How warm"
from = 1
to = 5
prompt = "How warm was it?"

[[step]]
id = "again"
kind = "confirm"
name = "Again"
prompt = "Would you drink it again?"

[[step]]
id = "text"
kind = "compose"
name = "The whole"
from = [{ use = "memory" }]
prompt = "Read it once more."
"#
);

pub(crate) struct Home {
    path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Home {
    pub(crate) fn with(exercise: &str) -> Self {
        // What a test puts beside it goes along with it.
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("home");
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
        fs::create_dir(path.join("exercises")).unwrap();
        fs::write(path.join("exercises/tea.toml"), exercise).unwrap();
        Self {
            path,
            _folder: folder,
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn open(&self, args: &[&str], window: Window) -> Screen {
        Screen::program(self.path(), args, window)
    }

    /// What the program prints with nobody at the terminal.
    pub(crate) fn output(&self, args: &[&str]) -> String {
        self.output_at(NOW, args)
    }

    /// The same at another moment.
    pub(crate) fn output_at(&self, now: &str, args: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trust-coach"));
        let output = command
            .args(args)
            .env("TRUST_COACH_HOME", self.path())
            .env("TRUST_COACH_NOW", now)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn sessions(&self) -> Vec<PathBuf> {
        let month = self.path().join("sessions/2026/11");
        let entries = fs::read_dir(month).into_iter().flatten();
        let files = entries.map(|file| file.unwrap().path());
        // What is just being saved has another name until it is whole.
        let is_whole = |path: &PathBuf| path.extension() != Some("tmp".as_ref());
        files.filter(is_whole).collect()
    }

    /// The text of the one session; looked for again while it is put aside and another in its place.
    pub(crate) fn session(&self) -> String {
        let mut text = None;
        assert!(until(|| {
            text = fs::read_to_string(self.sessions().pop().unwrap_or_default()).ok();
            text.is_some()
        }));
        text.unwrap()
    }
}

/// Finishes a session at its look back, and does nothing more.
pub(crate) fn finish(screen: &mut Screen) {
    screen.wait_list("Finish and save");
    screen.send("1\r");
    screen.turn_pages("What would you like to do next?");
    screen.wait_list("Stop for now");
    screen.send("stop\r");
    assert_eq!(screen.wait_exit(), 0);
}

#[test]
fn a_person_stops_in_a_paragraph_resumes_goes_back_changes_an_answer_and_copies_the_text_out() {
    for window in [USUAL, SMALL] {
        let home = Home::with(TEA);
        let mut screen = home.open(&["exercise", "tea"], window);
        screen.wait_list("Green tea");
        screen.send("2\r");
        wait_step(&screen, "one cup of Mint");
        screen.send("My aunt made it.\r\rIn a gla");
        screen.wait_words("In a gla");
        screen.send(CTRL_C);
        assert_eq!(screen.wait_exit(), 130);
        screen.wait_words("trust-coach resume");
        screen.wait_sane();
        assert!(
            home.session()
                .contains("progress = '''\nMy aunt made it.\n\nIn a gla'''")
        );

        let mut screen = home.open(&["resume"], window);
        screen.wait_words("In a gla");
        screen.send("ss.");
        screen.send(CTRL_D);
        wait_step(&screen, "How warm was it?");
        screen.send("9\r");
        screen.wait_words("from 1 to 5");
        screen.send("\x15/back\r");
        wait_step(&screen, "one cup of Mint");
        screen.send(CTRL_D);
        wait_step(&screen, "How warm was it?");
        screen.send("\x154\r");
        screen.wait_list("1 Yes");
        screen.send("yes\r");
        wait_step(&screen, "Read it once more.");
        screen.send(CTRL_D);
        screen.wait_list("> 1 Finish and save");
        screen.send("3\r");
        wait_step(&screen, "one cup of Mint");
        screen.send(" With honey.");
        screen.send(CTRL_D);
        wait_step(&screen, "Read it once more.");
        screen.send(CTRL_D);
        finish(&mut screen);
        screen.wait_words("history show");
        screen.wait_sane();
        let text = home.output(&["history", "show", "last", "--answer", "text"]);
        assert_eq!(text, "My aunt made it.\n\nIn a glass. With honey.\n");
        assert!(!home.session().contains("progress"));
    }
}

#[test]
fn what_is_behind_the_private_screen_is_the_same_for_yes_and_for_rather_not_and_nothing_is_written()
{
    let gated = TEA.replace("lang = ", "gate = \"screen\"\nlang = ");
    let mut seen = Vec::new();
    for keys in ["1\r", "3\r"] {
        let home = Home::with(&gated);
        let mut screen = home.open(&["exercise", "tea"], USUAL);
        screen.wait_list("rather not say");
        screen.send(keys);
        let pages = read_on(&screen, "  1 Leave this page");
        let all = pages.concat().join("\n");
        assert!(all.find("a life is in danger").unwrap() < all.find("Help lines").unwrap());
        screen.send("1\r");
        assert_eq!(screen.wait_exit(), 0);
        screen.wait_sane();
        assert_eq!(screen.everything().join("").trim(), "Done.");
        let files = fs::read_dir(home.path())
            .unwrap()
            .map(|file| file.unwrap().file_name());
        assert_eq!(files.collect::<Vec<_>>(), ["exercises"]);
        seen.push(all);
    }
    assert_eq!(seen[0], seen[1]);
}

/// Waits until a step with these words is the last thing on the screen and takes keys.
pub(crate) fn wait_step(screen: &Screen, words: &str) {
    screen.wait(words, |rows| {
        let here: Vec<&String> = rows
            .iter()
            .rev()
            .take_while(|row| !row.contains("tep ") && !row.starts_with("* "))
            .collect();
        let has = |words: &str| here.iter().any(|row| row.contains(words));
        has(words)
            && ["Ctrl-D: done", "Enter: done", "Enter: take"]
                .iter()
                .any(|keys| has(keys))
    });
}

/// Reads page after page until a list is there, and returns them.
fn read_on(screen: &Screen, list: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    loop {
        let there = |rows: &[String]| is_list(rows) && rows.iter().any(|row| row.contains(list));
        let more = |rows: &[String]| rows.iter().any(|row| row.contains("Enter: go on"));
        let before = screen.wait(list, |rows| there(rows) || more(rows));
        pages.push(before.clone());
        if there(&before) {
            return pages;
        }
        screen.send("\r");
        screen.wait_for("the next page", |now| {
            now.rows(0, 80)
                .map(|row| row.trim_end().to_string())
                .ne(before.iter().cloned())
        });
    }
}

#[test]
fn nothing_of_a_gated_session_stays_on_the_screen() {
    let gated = TEA.replace("lang = ", "gate = \"screen\"\nlang = ");
    for leave in ["/leave\r", "/pause\r", CTRL_C] {
        let home = Home::with(&gated);
        let mut screen = home.open(&["exercise", "tea"], SMALL);
        read_on(&screen, "rather not say");
        screen.send("2\r");
        read_on(&screen, "Green tea");
        screen.wait_list("Mint");
        screen.send("1\r");
        screen.wait_words("one cup of Green tea");
        screen.send("A secret of mine.\r");
        screen.wait_words("A secret of mine.");
        screen.send(leave);
        let code = screen.wait_exit();
        screen.wait_sane();
        let all = screen.everything().join("\n");
        assert!(!all.contains("secret") && !all.contains("afraid"), "{all}");
        let expected = match leave {
            "/leave\r" => (0, "Done."),
            "/pause\r" => (4, "Paused at step 2"),
            _ => (130, "Paused."),
        };
        assert_eq!(code, expected.0);
        assert!(all.contains(expected.1), "{all}");
        assert!(home.session().contains("A secret of mine."));
    }
}

#[test]
fn a_session_in_plain_mode_shows_no_escape_and_saves_the_same() {
    let home = Home::with(TEA);
    let mut screen = home.open(&["--plain", "exercise", "tea"], SMALL);
    screen.wait_words("from 1 to 2");
    screen.send("mint\n");
    screen.wait_words("A dot");
    screen.send("My aunt made it.\n/hint\n");
    screen.wait_words("no hint");
    screen.send("In a glass.\n.\n");
    screen.wait_words("from 1 to 5");
    screen.send("4\n");
    screen.wait_words("yes or no?");
    screen.send("yes\n");
    screen.wait_words("1 keep it");
    screen.send("\n");
    screen.wait_words("from 1 to 6");
    screen.send("1\n");
    screen.wait_words("from 1 to 3");
    screen.send("stop\n");
    assert_eq!(screen.wait_exit(), 0);
    let text = home.output(&["history", "show", "last", "--answer", "text"]);
    assert_eq!(text, "My aunt made it.\nIn a glass.\n");
}

#[test]
fn leftovers_of_runs_that_were_cut_off_are_swept_at_the_end_of_a_session() {
    let home = Home::with(TEA);
    let month = home.path().join("sessions/2026/10");
    fs::create_dir_all(&month).unwrap();
    let left = month.join(".20261001T080000.000Z-0badcafe.toml.1-2.tmp");
    fs::write(&left, "half a session").unwrap();
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_790_000_000);
    fs::File::open(&left).unwrap().set_modified(old).unwrap();
    let mut screen = home.open(&["exercise", "tea"], USUAL);
    screen.wait_list("Green tea");
    screen.send("1\r");
    wait_step(&screen, "one cup");
    screen.send("/pause\r");
    assert_eq!(screen.wait_exit(), 4);
    assert!(!left.exists());
}

#[test]
fn events_beside_a_person_hold_no_words_and_end_with_how_it_ended() {
    let home = Home::with(TEA);
    let file = home.path().join("events");
    let events = ["--events", file.to_str().unwrap()];
    let mut screen = home.open(&[&["exercise", "tea"] as &[&str], &events].concat(), USUAL);
    screen.wait_list("Green tea");
    screen.send("1\r");
    wait_step(&screen, "one cup of Green");
    screen.send("My aunt made it.");
    screen.wait_words("aunt made it");
    screen.send(CTRL_C);
    assert_eq!(screen.wait_exit(), 130);
    let text = fs::read_to_string(file).unwrap();
    assert!(
        !text.contains("aunt") && !text.contains("one cup"),
        "{text}"
    );
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let types: Vec<&str> = lines
        .iter()
        .map(|line| line["type"].as_str().unwrap())
        .collect();
    let expected = "hello note note saved ask answer saved ask done";
    assert_eq!(types.join(" "), expected);
    assert_eq!(lines.last().unwrap()["status"], "paused");
}

#[test]
fn the_menu_offers_the_way_back_only_where_there_is_one() {
    let home = Home::with(TEA);
    let screen = home.open(&["exercise", "tea"], USUAL);
    screen.wait_list("Mint");
    screen.send("\x1b");
    screen.wait_list("> 1 Keep going");
    let rows = screen.rows().join("\n");
    assert!(!rows.contains("Back to the step before"), "{rows}");
    screen.send("\r");
    screen.wait_list("Mint");
    screen.send("/back\r");
    screen.wait_words("This is the first step.");
    screen.wait_list("> 1 Green tea");
    screen.send("2\r");
    wait_step(&screen, "one cup of Mint");
    screen.send("\x1b");
    screen.wait_list("2 Back to the step before");
}
