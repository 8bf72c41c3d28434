use insta::assert_snapshot;

use super::*;

/// Sessions with the same word in all sorts of places.
fn written_all_over() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let path = home.path();
    save(path, 0x1a, "2026-10-01T08:00:00", "promise", |session| {
        session.title = "One small promise".to_string();
        let mut first = written(
            "act",
            "A heron stood in the water.\nNothing moved.\nThe Héron left.",
        );
        first.name = Some("What you saw".to_string());
        first.prompt = "Have you seen a heron?".to_string();
        first.versions = vec![AnswerVersion {
            at: Moment::new(&at("2026-10-01T08:01:00")),
            value: Value::Text("Herons, perhaps.".to_string()),
            extra: Table::new(),
        }];
        let mut again = answer("where", StepKind::Write, Outcome::Pending);
        again.round = 2;
        again.progress = Some("by the heron".to_string());
        session.answers = vec![first, again];
        let text = "We spoke of the heron\nand of us.".to_string();
        session.notes = vec![SessionNote {
            at: Moment::new(&at("2026-10-02T08:00:00")),
            text,
            extra: Table::new(),
        }];
    });
    save(path, 0x2b, "2026-11-20T00:30:00", "apology", |session| {
        session.answers = vec![written("act", "I was angry about the heron.")];
        session.answers[0].sensitive = true;
    });
    save(path, 0x3c, "2026-11-21T00:30:00", "apology", |_| {});
    home
}

#[test]
fn in_a_pipe_each_line_says_where_it_is_from() {
    let home = written_all_over();
    assert_snapshot!(shown(home.path(), "search HERON"), @r"
    2026-11-20 00:30  0000002b  act: (not shown)
    2026-10-01 08:00  0000001a  act: A heron stood in the water.
    2026-10-01 08:00  0000001a  act: The Héron left.
    2026-10-01 08:00  0000001a  act (earlier): Herons, perhaps.
    2026-10-01 08:00  0000001a  where@2 (in progress): by the heron
    2026-10-01 08:00  0000001a  note: We spoke of the heron
    exit 0
    ");
    assert_snapshot!(shown(home.path(), "search heron us"), @r"
    2026-10-01 08:00  0000001a  act: A heron stood in the water.
    2026-10-01 08:00  0000001a  act: The Héron left.
    2026-10-01 08:00  0000001a  act (earlier): Herons, perhaps.
    2026-10-01 08:00  0000001a  where@2 (in progress): by the heron
    2026-10-01 08:00  0000001a  note: We spoke of the heron
    2026-10-01 08:00  0000001a  note: and of us.
    exit 0
    ");
    assert_snapshot!(shown(home.path(), "search 'heron and of'"), @r"
    2026-10-01 08:00  0000001a  note: We spoke of the heron
    2026-10-01 08:00  0000001a  note: and of us.
    exit 0
    ");
    assert_snapshot!(shown(home.path(), "search '\"of the\" héron'"), @r"
    2026-10-01 08:00  0000001a  act: A heron stood in the water.
    2026-10-01 08:00  0000001a  act: The Héron left.
    2026-10-01 08:00  0000001a  act (earlier): Herons, perhaps.
    2026-10-01 08:00  0000001a  where@2 (in progress): by the heron
    2026-10-01 08:00  0000001a  note: We spoke of the heron
    exit 0
    ");
}

#[test]
fn on_a_screen_a_session_is_named_once() {
    let home = written_all_over();
    assert_snapshot!(seen(home.path(), "search heron", Some(80), ""), @r"
    2026-11-20 00:30  0000002b  A full apology
      act: (not shown)
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
fn nothing_found_is_one_calm_line_and_no_failure() {
    let home = written_all_over();
    assert_snapshot!(shown(home.path(), "search crane"), @r"
    --- stderr ---
    Nothing you wrote has all these words.
    exit 0
    ");
    assert_snapshot!(shown(home.path(), "search crane --json"), @r#"
    {
      "format": "1.0",
      "sessions": []
    }
    --- stderr ---
    Nothing you wrote has all these words.
    exit 0
    "#);
    assert_snapshot!(shown(&home.path().join("nowhere"), "search crane"), @r"
    --- stderr ---
    Nothing you wrote has all these words.
    exit 0
    ");
}

#[test]
fn a_search_is_narrowed_down_like_a_list() {
    let home = written_all_over();
    for (line, count) in [
        ("search heron --exercise apology", 1),
        ("search heron --since 2026-11-01", 1),
        ("search heron --until 2026-10-01", 5),
        ("search heron --strategy time", 0),
        ("search heron --strategy apology", 1),
        ("search heron --tag none", 0),
        ("search heron --limit 0", 6),
    ] {
        assert_eq!(
            run_line(home.path(), line, None, "").out.lines().count(),
            count,
            "{line}"
        );
    }
    assert_snapshot!(shown(home.path(), "search heron --limit 1"), @r"
    2026-11-20 00:30  0000002b  act: (not shown)
    --- stderr ---
    More sessions match. --limit 0 shows all.
    exit 0
    ");
}

#[test]
fn words_can_be_kept_out_of_the_command_line() {
    let home = written_all_over();
    assert_snapshot!(seen(home.path(), "search", Some(80), "angry \"the heron\"\n"), @r"
    2026-11-20 00:30  0000002b  A full apology
      act: (not shown)
    --- stderr ---
    Which words? exit 0
    ");
    assert_snapshot!(seen(home.path(), "search -", None, "angry\nheron\n"), @r"
    2026-11-20 00:30  0000002b  act: (not shown)
    exit 0
    ");
    assert_snapshot!(shown(home.path(), "search"), @r"
    error: there’s no word to search for
    hint: give words, or `-` to read them from standard input
    exit 3
    ");
    assert_snapshot!(shown(home.path(), "search ''"), @r"
    error: there’s no word to search for
    hint: give one or more words
    exit 2
    ");
    assert_snapshot!(seen(home.path(), "search", Some(80), ""), @r"
    --- stderr ---
    Which words? error: there’s no word to search for
    hint: give one or more words
    exit 2
    ");
}

#[test]
fn json_has_lines_only_when_asked() {
    let home = written_all_over();
    let bare = list_of(home.path(), "search heron --exercise promise --json");
    assert!(!bare.contains("eron"), "{bare}");
    assert_snapshot!(list_of(home.path(), "search us heron --json --with-text"), @r#"
    {
      "format": "1.0",
      "sessions": [
        {
          "id": "20261001T060000.000Z-0000001a",
          "short": "0000001a",
          "exercise": "promise",
          "title": "One small promise",
          "state": "open",
          "started": "2026-10-01T08:00:00+02:00[Europe/Berlin]",
          "ended": null,
          "tags": [],
          "strategy": null,
          "found": [
            {
              "in": "answer",
              "step": "act",
              "round": 1,
              "name": "What you saw",
              "at": null,
              "line": "A heron stood in the water.",
              "marked": [
                "heron"
              ]
            },
            {
              "in": "answer",
              "step": "act",
              "round": 1,
              "name": "What you saw",
              "at": null,
              "line": "The Héron left.",
              "marked": [
                "Héron"
              ]
            },
            {
              "in": "earlier",
              "step": "act",
              "round": 1,
              "name": "What you saw",
              "at": null,
              "line": "Herons, perhaps.",
              "marked": [
                "Heron"
              ]
            },
            {
              "in": "progress",
              "step": "where",
              "round": 2,
              "name": null,
              "at": null,
              "line": "by the heron",
              "marked": [
                "heron"
              ]
            },
            {
              "in": "note",
              "step": null,
              "round": null,
              "name": null,
              "at": "2026-10-02T08:00:00+02:00[Europe/Berlin]",
              "line": "We spoke of the heron",
              "marked": [
                "heron"
              ]
            },
            {
              "in": "note",
              "step": null,
              "round": null,
              "name": null,
              "at": "2026-10-02T08:00:00+02:00[Europe/Berlin]",
              "line": "and of us.",
              "marked": [
                "us"
              ]
            }
          ]
        }
      ]
    }
    "#);
}

#[test]
fn a_file_that_has_the_words_and_cannot_be_read_is_named_and_hides_no_other() {
    let home = written_all_over();
    let path = store(home.path())
        .sessions()
        .path("20261119T233000.000Z-0000002b");
    fs::write(path, "a heron, and no session").unwrap();
    let ran = run_line(home.path(), "search heron", None, "");
    assert_eq!(ran.out.lines().count(), 5);
    assert_snapshot!(ran.err, @r"
    left out: could not understand ~/sessions/2026/11/20261119T233000.000Z-0000002b.toml: line 1: key with no value, expected `=`
    hint: it’s left as it is; open it in an editor and fix that place
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
