use insta::assert_snapshot;

use super::*;
use crate::session::AnswerId;

fn rich(home: &Path) {
    save(
        home,
        0x9f3a_61c2,
        "2026-11-22T18:00:00",
        "apology",
        |session| {
            let mut chosen = answer(
                "who",
                StepKind::Choose,
                Outcome::Value(Value::Choice("me".into())),
            );
            chosen.label = Some("I did".to_string());
            let mut again = written("offer", "I cook on Sundays");
            again.round = 2;
            let mut not_taken = written("letter", "Dear you");
            not_taken.unreached = true;
            let mut begun = answer("draft", StepKind::Write, Outcome::Pending);
            begun.progress = Some("I am".to_string());
            session.answers.extend([
                answer("read", StepKind::Say, Outcome::Seen),
                chosen,
                answer("why", StepKind::Write, Outcome::Skipped),
                answer(
                    "sure",
                    StepKind::Confirm,
                    Outcome::Value(Value::YesNo(true)),
                ),
                again,
                not_taken,
                begun,
            ]);
            session.state = SessionState::Done;
            session.ended = Some(Moment::new(&at("2026-11-22T19:10:00")));
            session.notes = vec![SessionNote {
                at: Moment::new(&at("2026-11-23T08:00:00")),
                text: "We talked.".to_string(),
                extra: Table::new(),
            }];
        },
    );
}

#[test]
fn on_a_screen_what_was_said_is_set_in_and_no_signs_of_markdown_are_needed() {
    let home = tempfile::tempdir().unwrap();
    save(
        home.path(),
        7,
        "2026-11-22T18:00:00",
        "apology",
        |session| {
            let left_out = answer("why", StepKind::Write, Outcome::Skipped);
            session.answers = vec![written("offer", "I cook on Sundays"), left_out];
        },
    );
    let screen = seen(home.path(), "show last", Some(40), "");
    assert!(
        !screen.lines().any(|line| line.starts_with(['#', '>'])),
        "{screen}"
    );
    for words in ["(left out)", "I cook on Sundays"] {
        let is_set_in = |line: &str| line.strip_prefix("    ").is_some_and(|rest| rest == words);
        assert!(screen.lines().any(is_set_in), "{words} in {screen}");
    }
}

#[test]
fn a_transcript_has_each_prompt_and_answer_in_order() {
    let home = tempfile::tempdir().unwrap();
    rich(home.path());
    assert_snapshot!(list_of(home.path(), "show last"), @r#"
    # A full apology

    Begun 2026-11-22 18:00, done 2026-11-22 19:10. Session 9f3a61c2.

    > What about act?

    I read your messages.

    # And more.

    > What about read?

    > What about who?

    I did

    > What about why?

    (left out)

    > What about sure?

    yes

    > What about offer?

    I cook on Sundays

    > What about draft?

    (in progress, not yet an answer)

    I am

    Added 2026-11-23 08:00:

    We talked.
    "#);
    assert!(list_of(home.path(), "show 9 --all").contains("Dear you"));
}

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
fn one_answer_is_printed_as_it_was_saved() {
    let home = tempfile::tempdir().unwrap();
    rich(home.path());
    for (answer, text) in [
        ("act", "I read your messages.\n\n# And more.\n"),
        ("who", "I did\n"),
        ("sure", "yes\n"),
        ("offer@2", "I cook on Sundays\n"),
    ] {
        assert_eq!(
            list_of(home.path(), &format!("show last --answer {answer}")),
            text
        );
    }
    for (answer, exit, hint) in [
        ("offer", Exit::Usage, "did you mean `offer@2`?"),
        ("acts", Exit::Usage, "did you mean `act`?"),
        (
            "draft",
            Exit::Failed,
            "`trust-coach resume 9f3a61c2` continues there",
        ),
    ] {
        let line = format!("show last --answer {answer}");
        let error = run_line(home.path(), &line, None, "").exit.unwrap_err();
        assert_eq!((error.exit, error.hints), (exit, vec![hint.to_string()]));
    }
}

#[test]
fn what_steers_a_terminal_reaches_neither_a_pipe_nor_a_screen() {
    let home = tempfile::tempdir().unwrap();
    save(
        home.path(),
        1,
        "2026-11-22T18:00:00",
        "apology",
        |session| {
            session.title = "Tea \u{1b}]52;c;eA==\u{7}".to_string();
            session.answers = vec![written("act", "a\u{1b}[2Jb")];
            session.answers[0].prompt = "What \u{9b}2J?".to_string();
        },
    );
    let line = "show last --answer act";
    assert_eq!(list_of(home.path(), line), "a\\u{1b}[2Jb\n");
    let ran = run_line(home.path(), line, Some(80), "");
    assert_eq!(ran.out, "a\\u{1b}[2Jb\n");
    for line in ["show last", "show last --all", "", "search a"] {
        let out = list_of(home.path(), line);
        assert!(!crate::text::has_unsafe(&out), "{line}: {out}");
    }
}

#[test]
fn json_of_a_session_holds_texts_only_when_asked() {
    let home = tempfile::tempdir().unwrap();
    rich(home.path());
    let bare = list_of(home.path(), "show last --json");
    for text in ["messages", "What about", "I did", "We talked", "I am"] {
        assert!(!bare.contains(text), "{bare}");
    }
    let whole = list_of(home.path(), "show last --json --with-text");
    let whole: serde_json::Value = serde_json::from_str(&whole).unwrap();
    assert_eq!(whole["format"], "1.0");
    assert_eq!(whole["answers"][2]["value"], "me");
    assert_eq!(whole["answers"][7]["progress"], "I am");
    assert_eq!(whole["notes"][0]["text"], "We talked.");
}

#[test]
fn how_a_text_grew_is_shown_when_all_is_wanted() {
    let home = tempfile::tempdir().unwrap();
    save(
        home.path(),
        1,
        "2026-11-22T18:00:00",
        "apology",
        |session| {
            let mut grown = written("act", "I read your messages.");
            grown.versions = vec![AnswerVersion {
                at: Moment::new(&at("2026-11-22T18:05:00")),
                value: Value::Text("Messages were read.".into()),
                extra: Table::new(),
            }];
            grown.findings = vec![StoredFinding {
                rule: "minimise".into(),
                span: (2, 6),
                kept: true,
                extra: Table::new(),
            }];
            grown.at = Some(Moment::new(&at("2026-11-22T18:09:00")));
            session.answers = vec![grown];
        },
    );
    assert!(!list_of(home.path(), "show last").contains("were read"));
    assert_snapshot!(list_of(home.path(), "show last --all"), @r"
    # A full apology

    Begun 2026-11-22 18:00, paused. Session 00000001.

    > What about act?

    (2026-11-22 18:05)

    Messages were read.

    (2026-11-22 18:09)

    I read your messages.
    ");
    let whole = list_of(home.path(), "show last --json --with-text");
    let whole: serde_json::Value = serde_json::from_str(&whole).unwrap();
    assert_eq!(
        whole["answers"][0]["versions"][0]["value"],
        "Messages were read."
    );
    assert_eq!(
        whole["answers"][0]["findings"],
        serde_json::json!([{ "rule": "minimise", "span": [2, 6], "kept": true }])
    );
    let bare = list_of(home.path(), "show last --json");
    assert!(
        !bare.contains("minimise") && !bare.contains("versions"),
        "{bare}"
    );
}

#[test]
fn earlier_wordings_tags_and_answers_given_again_are_shown() {
    let home = tempfile::tempdir().unwrap();
    let began = "2026-11-22T18:00:00";
    save(home.path(), 1, began, "apology", |session| {
        let later = Moment::new(&at("2026-12-22T18:00:00"));
        let (mut act, mut warm) = (
            written("act", "I read them all."),
            answer("warm", StepKind::Rate, Outcome::Value(Value::Number(4))),
        );
        act.name = Some("What you did".to_string());
        act.versions = vec![AnswerVersion {
            at: Moment::new(&at(began)),
            value: Value::Text("I read one.".to_string()),
            extra: Table::new(),
        }];
        warm.versions = vec![AnswerVersion {
            at: Moment::new(&at(began)),
            value: Value::Number(2),
            extra: Table::new(),
        }];
        session.answers = vec![act, warm];
        session.tags = vec!["home".to_string(), "calm".to_string()];
        let text = "I read what was yours.".to_string();
        session.notes = vec![SessionNote::answering(
            later,
            text,
            &AnswerId::new("act", 1),
        )];
    });
    assert_snapshot!(list_of(home.path(), "show last --all"), @r"
    # A full apology

    Begun 2026-11-22 18:00, paused. Session 00000001. Tags: home, calm.

    > What about act?

    (2026-11-22 18:00)

    I read one.

    I read them all.

    > What about warm?

    (2026-11-22 18:00)

    2

    4

    Answered again 2026-12-22 18:00 (What you did):

    I read what was yours.
    ");
    assert!(!list_of(home.path(), "show last").contains("I read one."));
    assert_snapshot!(list_of(home.path(), "show last --json"), @r#"
    {
      "format": "1.0",
      "id": "20261122T170000.000Z-00000001",
      "short": "00000001",
      "exercise": "apology",
      "title": "A full apology",
      "state": "open",
      "started": "2026-11-22T18:00:00+01:00[Europe/Berlin]",
      "ended": null,
      "tags": [
        "home",
        "calm"
      ],
      "exercise_version": 1,
      "lang": "en",
      "answers": [
        {
          "step": "act",
          "round": 1,
          "kind": "write",
          "name": "What you did",
          "given": "value",
          "at": null,
          "unreached": false,
          "sensitive": false
        },
        {
          "step": "warm",
          "round": 1,
          "kind": "rate",
          "name": null,
          "given": "value",
          "at": null,
          "unreached": false,
          "sensitive": false
        }
      ],
      "notes": [
        {
          "at": "2026-12-22T18:00:00+01:00[Europe/Berlin]",
          "step": "act",
          "round": 1
        }
      ]
    }
    "#);
    let whole = list_of(home.path(), "show last --json --with-text");
    let whole: serde_json::Value = serde_json::from_str(&whole).unwrap();
    assert_eq!(whole["answers"][0]["versions"][0]["value"], "I read one.");
    assert_eq!(whole["answers"][1]["versions"][0]["value"], 2);
    assert_eq!(whole["notes"][0]["text"], "I read what was yours.");
}
