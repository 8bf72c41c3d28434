use insta::assert_snapshot;

use super::*;
use crate::test_support::{save, written, written_all_over};

#[test]
fn on_a_screen_a_session_is_named_once() {
    let home = written_all_over();
    assert_snapshot!(seen(home.path(), "search heron", Some(80), ""), @r"
    2026-11-20 00:30  0000002b  A full apology
      act: (kept private)
    2026-10-01 08:00  0000001a  One small promise
      What you saw: A heron stood in the water.
      What you saw: The Héron left.
      What you saw (earlier): Herons, perhaps.
      and 2 more lines
    exit 0
    ");
    assert_snapshot!(seen(home.path(), "search heron --exercise promise", Some(40), ""), @r"
    2026-10-01 08:00  0000001a
      One small promise
      What you saw: A heron stood in the
        water.
      What you saw: The Héron left.
      What you saw (earlier): Herons,
        perhaps.
      and 2 more lines
    exit 0
    ");
}

#[test]
fn words_can_be_kept_out_of_the_command_line() {
    let home = written_all_over();
    assert_snapshot!(seen(home.path(), "search", Some(80), "angry \"the heron\"\n"), @r"
    2026-11-20 00:30  0000002b  A full apology
      act: (kept private)
    --- stderr ---
    Which words? exit 0
    ");
    assert_snapshot!(seen(home.path(), "search -", None, "angry\nheron\n"), @r"
    2026-11-20 00:30  0000002b  act: (kept private)
    exit 0
    ");
    assert_snapshot!(shown(home.path(), "search"), @r"
    error: there is no word to look for
    hint: give words, or `-` to read them from standard input
    exit 3
    ");
    assert_snapshot!(shown(home.path(), "search ''"), @r"
    error: there is no word to look for
    hint: give a word, or several
    exit 2
    ");
    assert_snapshot!(seen(home.path(), "search", Some(80), ""), @r"
    --- stderr ---
    Which words? error: there is no word to look for
    hint: give a word, or several
    exit 2
    ");
}

#[test]
fn what_was_written_cannot_steer_the_terminal_and_long_lines_are_cut() {
    let home = tempfile::tempdir().unwrap();
    save(
        home.path(),
        1,
        "2026-11-22T18:00:00",
        "apology",
        |session| {
            let text = format!(
                "{}\u{1b}[2J heron \u{9b}{}",
                "x ".repeat(100_000),
                "y ".repeat(100_000)
            );
            session.answers = vec![written("act", &text)];
        },
    );
    let ran = run_line(home.path(), "search heron", Some(80), "");
    assert_snapshot!(ran.out, @r"
    2026-11-22 18:00  00000001  A full apology
      act: …x x x x x x x x x x x x x x x x \u{1b}[2J heron \u{9b}y y y y y
        y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y…
    ");
    let piped = run_line(home.path(), "search heron", None, "");
    assert!(!piped.out.contains(['\u{1b}', '\u{9b}']));
}
