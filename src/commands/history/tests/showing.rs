use super::*;
use crate::test_support::{save, written};

#[test]
fn a_transcript_is_wrapped_on_a_screen() {
    let home = tempfile::tempdir().unwrap();
    save(
        home.path(),
        1,
        "2026-11-22T18:00:00",
        "apology",
        |session| {
            session.answers = vec![written("act", &"word ".repeat(60))];
        },
    );
    let ran = run_line(home.path(), "show last", Some(40), "");
    assert!(
        ran.out
            .lines()
            .skip(3)
            .all(|line| line.chars().count() <= 40)
    );
    assert_eq!(list_of(home.path(), "show last").lines().count(), 7);
}

#[test]
fn control_characters_of_an_answer_reach_a_pipe_and_no_screen() {
    let home = tempfile::tempdir().unwrap();
    save(
        home.path(),
        1,
        "2026-11-22T18:00:00",
        "apology",
        |session| {
            session.answers = vec![written("act", "a\u{1b}[2Jb")];
        },
    );
    let line = "show last --answer act";
    assert_eq!(list_of(home.path(), line), "a\u{1b}[2Jb\n");
    let ran = run_line(home.path(), line, Some(80), "");
    assert_eq!(ran.out, "a\\u{1b}[2Jb\n");
}
