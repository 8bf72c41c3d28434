//! The pager: only for what is read, only when it is taller than the screen.

use std::fs;

use crate::harness::{SMALL, Screen, USUAL, Window};
use crate::session::{Home, TEA};

/// A pager that keeps what it was handed.
fn pager(home: &Home) -> String {
    let folder = home.path().to_str().unwrap();
    format!(
        "sh -c 'echo \"$LESS $LESSHISTFILE $LESSSECURE $LESSCHARSET $#\" >{folder}/asked; cat >{folder}/paged'"
    )
}

fn run(home: &Home, args: &[&str], window: Window, variables: &[(&str, &str)]) -> Screen {
    let mut screen = Screen::program_with(home.path(), args, window, variables);
    assert_eq!(screen.wait_exit(), 0);
    screen
}

fn read(home: &Home, file: &str) -> Option<String> {
    fs::read_to_string(home.path().join(file)).ok()
}

#[test]
fn what_is_taller_than_the_screen_goes_to_the_pagers_input_and_nowhere_else() {
    let home = Home::with(TEA);
    let pager = pager(&home);
    let usual = [
        ("TRUST_COACH_PAGER", &*pager),
        ("PAGER", "false"),
        ("LESS", ""),
    ];
    let screen = run(
        &home,
        &["show", "tea", "--steps", "--sources"],
        SMALL,
        &usual,
    );
    let printed = home.output(&["show", "tea", "--steps", "--sources"]);
    let paged = read(&home, "paged").unwrap();
    assert_eq!(
        paged.split_whitespace().collect::<Vec<_>>(),
        printed.split_whitespace().collect::<Vec<_>>()
    );
    assert_eq!(
        read(&home, "asked").unwrap(),
        "IKRPsspace\\: go on, q\\: leave$ - 1 utf-8 0\n"
    );
    assert_eq!(screen.bytes(), b"");
    let own = [("PAGER", &*pager), ("TRUST_COACH_PAGER", ""), ("LESS", "R")];
    fs::remove_file(home.path().join("asked")).unwrap();
    let screen = run(&home, &["show", "tea", "--steps", "--sources"], SMALL, &own);
    screen.wait_somewhere("What it rests on");
    assert_eq!(read(&home, "asked"), None);
    run(
        &home,
        &["show", "tea", "--steps", "--sources"],
        SMALL,
        &[("PAGER", &pager), ("LESS", "R")],
    );
    assert_eq!(read(&home, "asked").unwrap(), "R - 1 utf-8 0\n");
}

#[test]
fn a_session_is_paged_and_its_list_is_not() {
    let home = Home::with(TEA);
    let pager = pager(&home);
    let variables = [("TRUST_COACH_PAGER", &*pager)];
    let answers = [
        "kind=mint",
        "warm=3",
        "again=yes",
        "text=one\ntwo\nthree",
        "memory=one\n\n\ntwo",
    ];
    let given = answers.iter().flat_map(|answer| ["--answer", answer]);
    let args: Vec<&str> = ["exercise", "tea"].into_iter().chain(given).collect();
    home.output(&args);
    for args in [&["history"] as &[&str], &["list"]] {
        run(&home, args, SMALL, &variables);
        assert_eq!(read(&home, "asked"), None, "{args:?}");
    }
    let tall = (80, 200);
    run(&home, &["history", "show", "last"], tall, &variables);
    assert_eq!(read(&home, "asked"), None);
    run(&home, &["history", "show", "last"], SMALL, &variables);
    assert!(
        read(&home, "paged")
            .unwrap()
            .contains("Tell of one cup of Mint.")
    );
}

#[test]
fn without_a_pager_that_can_be_used_the_text_is_printed() {
    let home = Home::with(TEA);
    for pager in ["", "cat", " ", "/nowhere/pager"] {
        let screen = run(
            &home,
            &["show", "tea", "--steps", "--sources"],
            SMALL,
            &[("TRUST_COACH_PAGER", pager)],
        );
        screen.wait_somewhere("What it rests on");
        let seen = String::from_utf8_lossy(&screen.bytes()).into_owned();
        let told = seen.contains("could not be started");
        assert_eq!(told, pager == "/nowhere/pager");
    }
    let plain = pager(&home);
    run(
        &home,
        &["--plain", "show", "tea", "--steps", "--sources"],
        SMALL,
        &[("PAGER", &plain)],
    );
    assert_eq!(read(&home, "asked"), None);
}

#[test]
fn a_pager_that_is_left_at_once_is_no_error() {
    let home = Home::with(TEA);
    run(
        &home,
        &["show", "tea", "--steps", "--sources"],
        USUAL,
        &[("TRUST_COACH_PAGER", "true")],
    );
}

#[test]
fn ctrl_c_is_the_pagers() {
    let home = Home::with(TEA);
    let folder = home.path().to_str().unwrap();
    let pager = format!("sh -c 'kill -INT $PPID; sleep 0.1; cat >{folder}/paged'");
    run(
        &home,
        &["show", "tea", "--steps", "--sources"],
        SMALL,
        &[("PAGER", &pager)],
    );
    assert!(read(&home, "paged").unwrap().contains("What it rests on"));
}

#[test]
fn help_lines_begin_and_end_with_the_emergency_numbers_also_page_by_page() {
    let home = Home::with(TEA);
    let pager = pager(&home);
    let args = ["support", "--region", "au"];
    run(&home, &args, SMALL, &[("TRUST_COACH_PAGER", &pager)]);
    let paged = read(&home, "paged").unwrap();
    let numbers = "If a life is in danger now, call:\n000  police";
    let (first, last) = (paged.find(numbers), paged.rfind(numbers));
    assert_eq!(paged[..first.unwrap()].lines().count(), 3, "{paged}");
    assert!(paged[last.unwrap()..].lines().count() < 5, "{paged}");
    // A window without a pager keeps its last rows.
    let screen = run(&home, &args, SMALL, &[("TRUST_COACH_PAGER", "")]);
    screen.wait("the number", |rows| {
        rows.iter().any(|row| row.starts_with("000  police"))
    });
}

#[test]
fn a_pager_that_shows_nothing_is_told_and_the_text_is_shown() {
    let home = Home::with(TEA);
    for pager in ["false", "true"] {
        let args = ["show", "tea", "--steps", "--sources"];
        let screen = run(&home, &args, SMALL, &[("PAGER", pager)]);
        screen.wait_somewhere("What it rests on");
        screen.wait_somewhere("the pager");
    }
}

#[test]
fn ctrl_c_ends_less_and_leaves_nothing_of_what_was_read() {
    // It isn’t on every machine.
    if std::process::Command::new("less")
        .arg("-V")
        .output()
        .is_err()
    {
        return;
    }
    let home = Home::with(TEA);
    let less = [("TRUST_COACH_PAGER", "less"), ("LC_ALL", "C")];
    let mut screen = Screen::program_with(home.path(), &["support", "DE"], SMALL, &less);
    let rows = screen.wait_words("q: leave").join("\n");
    assert!(!rows.contains("<E2>") && !rows.contains("<C3>"), "{rows}");
    screen.send("\x03");
    assert_eq!(screen.wait_exit(), 0);
    assert_eq!(screen.rows().join("").trim(), "");
}
