//! What the private screen leaves behind: the same after every answer, which is nothing.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::harness::{SMALL, Screen, USUAL, Window};
use crate::session::{Home, TEA};

/// The answers to the private screen, as they are typed: yes, no, rather not say.
const ANSWERS: [&str; 3] = ["1\r", "2\r", "3\r"];

/// Every folder and file below one, with its mode and its bytes. What differs between any two runs
/// is no part of it: the eight random characters of a session's name, and the number of the process
/// in a lock.
fn disk(folder: &Path) -> BTreeMap<String, (u32, String)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            let mode = path.symlink_metadata().unwrap().permissions().mode();
            let name = path.strip_prefix(folder).unwrap().display().to_string();
            let text = if path.is_dir() {
                folders.push(path);
                String::new()
            } else if name.starts_with("state/locks/") {
                String::new()
            } else {
                fs::read_to_string(&path).unwrap()
            };
            found.insert(without_hex(&name), (mode, without_hex(&text)));
        }
    }
    found
}

fn without_hex(text: &str) -> String {
    let mut parts = text.split("Z-");
    let first = parts.next().unwrap().to_string();
    parts.fold(first, |text, part| text + "Z-" + part.get(8..).unwrap())
}

/// All that the program shows of what it knows.
fn shown(home: &Home) -> Vec<String> {
    let commands: [&[&str]; 6] = [
        &[],
        &["list"],
        &["list", "--json"],
        &["history"],
        &["history", "--json"],
        &["support", "--region", "ie"],
    ];
    commands
        .iter()
        .map(|words| {
            let text = home.output(words);
            without_shorts(&text.replace(home.path().to_str().unwrap(), "HOME"))
        })
        .collect()
}

/// Without the eight random characters that stand for a session in lists.
fn without_shorts(text: &str) -> String {
    let is_hex = |word: &str| word.len() == 8 && word.chars().all(|c| c.is_ascii_hexdigit());
    let words = without_hex(text);
    let words = words.split_inclusive(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !is_hex(word.trim_end_matches(|c: char| !c.is_alphanumeric())))
        .collect()
}

/// A home in which one session was done some days ago.
fn home(exercise: &str) -> Home {
    let home = Home::with(exercise);
    home.output_at(
        "2026-11-20T08:00:00+01:00[Europe/Berlin]",
        &[
            "exercise",
            "tea",
            "--screened",
            "--answer",
            "kind=mint",
            "--answer",
            "memory=Warm.",
            "--answer",
            "warm=3",
            "--answer",
            "again=true",
            "--seed",
            "7",
        ],
    );
    home
}

fn to_the_questions(home: &Home, words: &[&str], window: Window) -> Screen {
    let screen = home.open(words, window);
    screen.turn_pages("rather not say");
    screen.wait_list("rather not say");
    screen
}

#[test]
fn the_questions_alone_leave_the_same_bytes_lists_and_suggestions_after_every_answer() {
    let untouched = home(TEA);
    let before = (disk(untouched.path()), shown(&untouched));
    for answer in ANSWERS {
        for window in [USUAL, SMALL] {
            let home = home(TEA);
            let mut screen = to_the_questions(&home, &["safety"], window);
            screen.send(answer);
            if answer != "2\r" {
                screen.turn_pages("1 Leave this page");
                screen.send("1\r");
            }
            assert_eq!(screen.wait_exit(), 0);
            screen.wait_sane();
            assert_eq!(screen.everything().concat().trim(), "Done.");
            assert_eq!((disk(home.path()), shown(&home)), before, "{answer:?}");
        }
    }
}

#[test]
fn an_exercise_that_is_begun_after_all_leaves_the_same_bytes_whatever_was_answered_before() {
    let gated = TEA.replace("lang = ", "gate = \"screen\"\nlang = ");
    let mut all = Vec::new();
    for answer in ANSWERS {
        let home = home(&gated);
        let words = ["exercise", "tea", "--seed", "7"];
        let mut screen = to_the_questions(&home, &words, USUAL);
        if answer != "2\r" {
            screen.send(answer);
            screen.turn_pages("1 Leave this page");
            screen.send("/back\r");
            screen.wait_list("rather not say");
        }
        screen.send("2\r");
        screen.turn_pages("Green tea");
        screen.wait_list("Mint");
        screen.send("/pause\r");
        assert_eq!(screen.wait_exit(), 4);
        screen.wait_sane();
        all.push((disk(home.path()), shown(&home)));
    }
    assert_eq!(all[0], all[1]);
    assert_eq!(all[2], all[1]);
    assert!(all[0].0.keys().any(|name| name.ends_with(".toml")));
}

#[test]
fn nothing_typed_on_a_page_before_the_questions_answers_them() {
    let home = Home::with(TEA);
    let screen = home.open(&["safety"], SMALL);
    screen.wait_words("Enter: go on");
    screen.send("\x1b");
    let menu = screen.wait_list("Keep going").join("\n");
    assert!(!menu.contains("Rather not say"), "{menu}");
    screen.send("1\r");
    screen.wait_words("Enter: go on");
    screen.send("/skip\r");
    screen.wait_words("The question comes next.");
    screen.send("\r");
    screen.turn_pages("rather not say");
    screen.wait_list("rather not say");
}

#[test]
fn one_enter_too_many_turns_no_page_that_nobody_has_read() {
    let home = Home::with(TEA);
    let screen = to_the_questions(&home, &["safety"], SMALL);
    screen.send("1\r");
    let first = screen.wait("the first page", |rows| {
        rows.iter().any(|row| row.contains("Enter: go on"))
    });
    let screen = to_the_questions(&home, &["safety"], SMALL);
    screen.send("1\r\r\r");
    screen.wait("the first page again", |rows| rows == first);
    // On the page behind it there's nothing to leave out.
    screen.turn_pages("1 Leave this page");
    screen.send("/skip\r");
    screen.wait_words("Choose one of the");
}

#[test]
fn after_a_wrong_key_the_questions_stand_where_they_stood() {
    let home = Home::with(TEA);
    let screen = to_the_questions(&home, &["safety"], SMALL);
    screen.send("9\r");
    screen.wait_words("Choose one of the three");
    screen.wait_list("rather not say");
    screen.send("\x15\r");
    // A message is set once, and no word of it stands alone.
    screen.wait("what to do", |rows| {
        rows.iter().any(|row| row == "number, then Enter.")
    });
}

#[test]
fn in_a_window_that_got_small_what_is_asked_is_read_page_by_page() {
    let home = Home::with(TEA);
    let screen = home.open(&["exercise", "apology"], USUAL);
    screen.wait_list("Are any of these true");
    screen.resize(SMALL);
    screen.wait_words("Enter: go on");
    let pages = screen.turn_pages("Arrows or number");
    assert!(pages.contains("I’m afraid of them."), "{pages}");
    screen.wait_list("I’d rather not say");
    // What was read isn’t read again where the window only gets smaller.
    screen.resize((40, 14));
    screen.wait_list("I’d rather not say");
    screen.send("2\r");
    screen.wait("the exercise", |rows| {
        !rows.iter().any(|row| row.contains("Are any of these"))
    });
}

#[test]
fn after_a_wrong_key_one_stays_where_the_choice_is() {
    for window in [USUAL, SMALL] {
        let home = Home::with(TEA);
        let mut screen = to_the_questions(&home, &["safety"], window);
        for wrong in ["x\r", "7\r", "perhaps\r"] {
            screen.send(wrong);
            let rows = screen.wait_list("Choose one of the three");
            let shown = rows.join("\n");
            assert!(shown.contains("I’d rather not say"), "{shown}");
        }
        screen.send("1\r");
        screen.turn_pages("1 Leave this page");
        screen.wait_list("1 Leave this page");
        screen.send("x\r");
        let rows = screen.wait_list("Choose one of the");
        assert!(
            rows.join("\n").contains("1 Leave this page"),
            "{}",
            rows.join("\n")
        );
        screen.send("1\r");
        assert_eq!(screen.wait_exit(), 0);
    }
}

#[test]
fn a_page_behind_the_questions_takes_commands_also_where_it_says_that_there_is_more() {
    for window in [USUAL, SMALL] {
        for (typed, shown) in [("/support\r", "112"), ("/support GB\r", "999 or 112")] {
            let home = Home::with(TEA);
            let screen = to_the_questions(&home, &["exercise", "apology"], window);
            screen.send("1\r");
            screen.wait_words("Enter: go on");
            screen.send(typed);
            screen.wait_words(shown);
            screen.turn_pages("1 Leave this page");
            screen.wait_list("1 Leave this page");
        }
        let home = Home::with(TEA);
        let mut screen = to_the_questions(&home, &["exercise", "apology"], window);
        screen.send("1\r");
        screen.wait_words("Enter: go on");
        screen.send("/leave");
        screen.wait_words("/leave");
        screen.send("\r");
        assert_eq!(screen.wait_exit(), 0);
        screen.wait_sane();
        assert_eq!(screen.everything().concat().trim(), "Done.");
        assert!(home.sessions().is_empty());
    }
}

#[test]
fn the_page_behind_the_questions_says_who_may_read_along() {
    for window in [USUAL, SMALL] {
        let home = Home::with(TEA);
        let screen = to_the_questions(&home, &["exercise", "apology"], window);
        screen.send("1\r");
        let page = screen.turn_pages("1 Leave this page");
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        for words in [
            "If someone reads what’s on this device",
            "find-help",
            "unsent-letter",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
}

#[test]
fn after_the_help_lines_what_is_asked_about_is_read_again() {
    let home = Home::with(TEA);
    let mut screen = to_the_questions(&home, &["safety"], USUAL);
    screen.send("/support\r");
    let pages = screen.turn_pages("rather not say");
    assert!(pages.contains("Someone controls my money."), "{pages}");
    screen.send("/leave\r");
    screen.wait_exit();
}
