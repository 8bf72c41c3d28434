use insta::assert_snapshot;

use super::*;

#[test]
fn sessions_are_listed_newest_first() {
    let home = three();
    assert_snapshot!(list_of(home.path(), ""), @r"
    2026-11-22 18:00  9f3a61c2  paused  A full apology
    2026-11-20 00:30  0000002b  left    Giving it time, and what to do with a day on which nothing moves [home, us]
    2026-10-01 08:00  0000001a  done    One small promise [Home, calm]
    ");
}

#[test]
fn a_narrow_screen_gets_two_lines_for_each() {
    let home = three();
    let ran = run_line(home.path(), "", Some(40), "");
    assert!(ran.out.lines().all(|line| line.chars().count() <= 40));
    assert_snapshot!(ran.out, @r"
    today 18:00       paused  9f3a61c2
      A full apology
    2026-11-20 00:30  left    0000002b
      Giving it time, and what to do with a…
    2026-10-01 08:00  done    0000001a
      One small promise [Home, calm]
    ");
}

#[test]
fn on_a_screen_it_is_a_table_with_today_and_yesterday_in_words() {
    let home = three();
    save(home.path(), 3, "2026-11-21T23:59:00", "tea", |session| {
        session.title = "日本のお茶".to_string();
    });
    assert_snapshot!(run_line(home.path(), "", Some(80), "").out, @"
    today 18:00       A full apology                                paused  9f3a61c2
    yesterday 23:59   日本のお茶                                    paused  00000003
    2026-11-20 00:30  Giving it time, and what to do with a day o…  left    0000002b
    2026-10-01 08:00  One small promise [Home, calm]                done    0000001a
    ");
}

#[test]
fn what_was_written_is_listed_only_when_asked_for_and_sensitive_answers_are_masked() {
    let home = three();
    save(home.path(), 4, "2026-11-22T18:30:00", "tea", |session| {
        let mut secret = written("secret", "Nobody reads this.");
        secret.sensitive = true;
        let mut gone = written("gone", "Another way.");
        gone.unreached = true;
        session.answers.extend([secret, gone]);
    });
    let long = run_line(home.path(), "--long --limit 1", Some(40), "").out;
    assert_snapshot!(long, @"
    today 18:30       paused  00000004
      A full apology
        act: I read your messages. # And mo…
        secret: (not shown)
    ");
    assert!(!list_of(home.path(), "").contains("messages"));
    let piped = list_of(home.path(), "--long --limit 1");
    assert!(
        piped.ends_with("    act: I read your messages. # And more.\n    secret: (not shown)\n"),
        "{piped}"
    );
}

#[test]
fn a_list_can_be_narrowed_down() {
    let home = three();
    let shown = |line: &str| {
        let list = list_of(home.path(), line);
        let ids = list
            .lines()
            .map(|line| line[18..26].trim_start_matches('0').to_string());
        ids.collect::<Vec<_>>().join(" ")
    };
    for (line, ids) in [
        ("--limit 1", "9f3a61c2"),
        ("--limit 0", "9f3a61c2 2b 1a"),
        ("--since 2026-11-20", "9f3a61c2 2b"),
        ("--since 2026-11-21", "9f3a61c2"),
        ("--since 2d", "9f3a61c2 2b"),
        ("--since 0d", "9f3a61c2"),
        ("--until 2026-11-20", "2b 1a"),
        ("--until 2026-11-19", "1a"),
        ("--until 1d --since 60d", "2b 1a"),
        ("--tag us", "2b"),
        ("--strategy time", "2b"),
        ("--exercise promise", "1a"),
        ("--state paused", "9f3a61c2"),
        ("--state open", "9f3a61c2"),
        ("--state done --since 2026-11-01", ""),
        ("--until 2026-11-20", "2b 1a"),
        ("--until 2026-11-19", "1a"),
        ("--until 3d", "1a"),
        ("--since 2026-10-01 --until 2026-10-01", "1a"),
        ("--tag home", "2b 1a"),
        ("--tag HOME --tag calm", "1a"),
        ("--tag us --tag calm", ""),
        ("--with messages --limit 2", "9f3a61c2 2b"),
        ("--with MESSAGES --with more", "9f3a61c2 2b 1a"),
        ("--with more --with heron", ""),
        ("--with you", "9f3a61c2 2b 1a"),
        ("--with What", ""),
    ] {
        assert_eq!(shown(line), ids, "{line}");
    }
}

#[test]
fn a_filter_that_is_not_one_is_a_usage_error() {
    for line in [
        "--since soon",
        "--state on",
        "--strategy love",
        "--limit -1",
        "--until 2026-13-01",
        "--until 12/01/2026",
        "--with",
        "--with-text",
        "--tag",
    ] {
        let words = std::iter::once("history").chain(line.split_whitespace());
        assert!(Line::try_parse_from(words).is_err(), "{line}");
    }
}

#[test]
fn a_word_to_look_for_must_be_one() {
    let home = three();
    let ran = run_line(home.path(), "--with \"\"", None, "");
    assert_snapshot!(ran.exit.unwrap_err().to_string(), @r"
    error: there’s no word to search for
    hint: give one or more words
    ");
}

#[test]
fn many_are_listed_in_order_with_all_that_is_asked_for() {
    let home = tempfile::tempdir().unwrap();
    for number in 0..150 {
        let time = format!("2026-11-22T{:02}:{:02}:00", number / 60, number % 60);
        save(home.path(), number, &time, "apology", |session| {
            if number == 77 {
                session.answers = vec![written("act", "A Heron.")];
            }
        });
    }
    let all = list_of(home.path(), "--limit 0");
    let lines: Vec<&str> = all.lines().collect();
    assert_eq!(lines.len(), 150);
    assert!(lines.is_sorted_by(|newer, older| newer > older));
    assert_eq!(list_of(home.path(), "--limit 120").lines().count(), 120);
    assert_eq!(list_of(home.path(), "--with heron").lines().count(), 1);
    let json = list_of(home.path(), "--limit 0 --json --with-text");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let sessions = json["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 150);
    assert_eq!(sessions[72]["answers"][0]["value"], "A Heron.");
}

#[test]
fn json_with_texts_holds_all_that_was_written() {
    let home = three();
    let json = list_of(home.path(), "--json --with-text --exercise promise");
    assert_snapshot!(json, @r#"
    {
      "format": "1.0",
      "sessions": [
        {
          "id": "20261001T060000.000Z-0000001a",
          "short": "0000001a",
          "exercise": "promise",
          "title": "One small promise",
          "state": "done",
          "started": "2026-10-01T08:00:00+02:00[Europe/Berlin]",
          "ended": null,
          "tags": [
            "Home",
            "calm"
          ],
          "strategy": null,
          "exercise_version": 1,
          "lang": "en",
          "answers": [
            {
              "step": "act",
              "round": 1,
              "kind": "write",
              "name": null,
              "given": "value",
              "at": null,
              "unreached": false,
              "sensitive": false,
              "prompt": "What about act?",
              "value": "I read your messages.\n\n# And more.\n",
              "label": null,
              "item": null,
              "progress": null,
              "versions": [],
              "findings": []
            }
          ],
          "notes": []
        }
      ]
    }
    "#);
    let none = list_of(home.path(), "--json --exercise good-news");
    assert_snapshot!(none, @r#"
    {
      "format": "1.0",
      "sessions": []
    }
    "#);
}

#[test]
fn json_of_the_list_holds_nothing_that_was_written() {
    let home = three();
    let json = list_of(home.path(), "--json --limit 1");
    assert_snapshot!(json, @r#"
    {
      "format": "1.0",
      "sessions": [
        {
          "id": "20261122T170000.000Z-9f3a61c2",
          "short": "9f3a61c2",
          "exercise": "apology",
          "title": "A full apology",
          "state": "open",
          "started": "2026-11-22T18:00:00+01:00[Europe/Berlin]",
          "ended": null,
          "tags": [],
          "strategy": "apology"
        }
      ]
    }
    "#);
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
            "Nothing here yet. `trust-coach list` shows the exercises you can start.\n\
             If you expected something, it’s looked for in:\n  ~\n"
        )
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_hides_no_other() {
    let home = three();
    let path = store(home.path())
        .sessions()
        .path("20261122T170000.000Z-9f3a61c2");
    fs::write(path, "format = 1\nid =\n").unwrap();
    let ran = run_line(home.path(), "", None, "");
    assert_eq!(ran.out.lines().count(), 2);
    assert_snapshot!(ran.err, @r#"
    left out: could not understand ~/sessions/2026/11/20261122T170000.000Z-9f3a61c2.toml: line 2: string values must be quoted, expected literal string
    hint: it’s left as it is; open it in an editor and fix that place
    "#);
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
