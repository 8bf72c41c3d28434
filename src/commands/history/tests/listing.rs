use insta::assert_snapshot;

use super::*;
use crate::test_support::{at, save, three};

#[test]
fn a_narrow_screen_gets_two_lines_for_each() {
    let home = three();
    let ran = run_line(home.path(), "", Some(40), "");
    assert!(ran.out.lines().all(|line| line.chars().count() <= 40));
    assert_snapshot!(ran.out, @r"
    2026-11-22 18:00  9f3a61c2  paused
      A full apology
    2026-11-20 00:30  0000002b  left
      Giving it time, and what to do with a…
    2026-10-01 08:00  0000001a  done
      One small promise [Home, calm]
    ");
}

#[test]
fn a_filter_that_is_not_one_is_a_usage_error() {
    for line in [
        "--since soon",
        "--state on",
        "--strategy love",
        "--limit -1",
        "--until 2026-13-01",
        "--until yesterday",
        "--with",
        "--with-text",
        "--tag",
    ] {
        let words = std::iter::once("history").chain(line.split_whitespace());
        assert!(Line::try_parse_from(words).is_err(), "{line}");
    }
}

#[test]
fn an_empty_history_says_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    store
        .sessions()
        .claim(&at("2026-11-22T18:30:00"), || Ok(1))
        .unwrap();
    let ran = run_line(home.path(), "", Some(80), "");
    assert_eq!(
        (ran.out.as_str(), ran.err.as_str()),
        (
            "",
            "nothing done yet\nhint: `trust-coach list` shows what there is to begin with\n"
        )
    );
}

#[test]
fn what_a_title_holds_cannot_steer_the_terminal_or_break_the_list() {
    let home = tempfile::tempdir().unwrap();
    save(
        home.path(),
        1,
        "2026-11-22T18:00:00",
        "apology",
        |session| {
            session.title = "a\n\u{1b}[2J\u{9b}b".to_string();
        },
    );
    for line in ["", "--json", "show last", "show last --json --with-text"] {
        let ran = run_line(home.path(), line, Some(80), "");
        assert!(!ran.out.contains(['\u{1b}', '\u{9b}']), "{}", ran.out);
    }
    assert_eq!(list_of(home.path(), "").lines().count(), 1);
    let json = list_of(home.path(), "show last --json");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["title"], "a\n\u{1b}[2J\u{9b}b");
}
