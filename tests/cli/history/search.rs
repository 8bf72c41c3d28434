use insta::assert_snapshot;

use super::{home, visible};

#[test]
fn an_argument_with_spaces_is_a_phrase_and_several_are_words() {
    let sandbox = home();
    assert_snapshot!(sandbox.run(&["history", "search", "kitchen table"]), @r"
    2026-10-01 07:00  [id1]  memory: My aunt's kitchen table.
    --- exit 0 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "search", "table", "cafe"]), @r"
    2026-11-20 07:00  [id2]  memory: The table, and Café noise.
    --- exit 0 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "search", "table kitchen"]), @r"
    --- stderr ---
    Nothing you wrote has all these words and phrases.
    --- exit 0 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "--with", "cafe", "--with", "table"]), @r"
    2026-11-20 07:00  [id2]  done    Tea
    --- exit 0 ---
    ");
}

#[test]
fn marks_are_bold_where_colour_is_on_and_nowhere_else() {
    let sandbox = home();
    let mut command = sandbox.command(&["--color", "always", "history", "search", "cafe"]);
    command.env("TERM", "xterm");
    let bold = sandbox.finish(&mut command);
    assert_snapshot!(visible(&bold), @r"
    2026-11-20 07:00  [id2]  memory: The table, and ESC[1mCaféESC[0m noise.
    --- exit 0 ---
    ");
    for more in [
        &["--color", "never"][..],
        &["--plain"],
        &["--plain", "--color", "always"],
    ] {
        let args = [more, &["history", "search", "cafe"]].concat();
        let output = sandbox.run(&args);
        assert!(!output.stdout.contains('\u{1b}'), "{output}");
    }
}

#[test]
fn days_to_look_between_are_read_as_any_day_is() {
    let sandbox = home();
    for since in [
        "20.11.2026",
        "20 nov",
        "2 days ago",
        "last friday",
        "friday",
        "2d",
        "two days",
        "a couple of days ago",
    ] {
        let found = sandbox.run(&["history", "--since", since, "--until", "Nov 20th"]);
        let days: Vec<&str> = found.stdout.lines().map(|line| &line[..10]).collect();
        assert_eq!(days, ["2026-11-20"], "{since}");
    }
}

#[test]
fn what_is_asked_for_wrongly_is_told() {
    let sandbox = home();
    assert_snapshot!(sandbox.run(&["history", "search", "tea", "--since", "soon"]), @"
    --- stderr ---
    error: invalid value 'soon' for '--since <DAY>': write a day as 2026-11-01, yesterday, 1 dec or two weeks ago, or days back as 14d

    For more information, try '--help'.
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "search", "tea", "--with-text"]), @r"
    --- stderr ---
    error: the following required arguments were not provided:
      --json

    Usage: trust-coach history search --json --with-text <WORDS>...

    For more information, try '--help'.
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "search"]), @r"
    --- stderr ---
    error: there’s no word to search for
    hint: give words, or `-` to read them from standard input
    --- exit 3 ---
    ");
}

#[test]
fn a_reader_who_has_seen_enough_ends_the_search() {
    let sandbox = home();
    let output = sandbox.shell("\"$TC\" history search table --limit 0 | head -n 1");
    assert_eq!(output.stdout.lines().count(), 1, "{output}");
    assert_eq!((output.code, output.stderr.as_str()), (Some(0), ""));
}
