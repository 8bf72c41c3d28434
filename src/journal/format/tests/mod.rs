pub(crate) mod random;

use toml::{Table, Value as Toml};

use super::{FormatError, from_text, head_from_text, to_text};
use crate::exercise::StepKind;
use crate::session::{
    Answer, AnswerVersion, Moment, Outcome, Session, SessionNote, SessionState, StoredFinding,
    Value,
};
use crate::test_support::{answer, moment};

fn session() -> Session {
    Session {
        at: Some("draft".to_string()),
        ..crate::test_support::session("20261122T174501.032Z-9f3a61c2")
    }
}

fn written(text: &str) -> Session {
    let value = Value::Text(text.to_string());
    Session {
        answers: vec![answer("act", StepKind::Write, Outcome::Value(value))],
        ..session()
    }
}

#[test]
fn a_session_reads_well() {
    let mut whole = written("I read your messages on Tuesday night.\n");
    let mut more = [
        answer(
            "who",
            StepKind::Choose,
            Outcome::Value(Value::Choice("me".into())),
        ),
        answer("how", StepKind::Rate, Outcome::Value(Value::Number(7))),
        answer("why", StepKind::Write, Outcome::Skipped),
        answer("read", StepKind::Say, Outcome::Seen),
        answer("draft", StepKind::Write, Outcome::Pending),
    ];
    more[0].label = Some("I did".to_string());
    more[0].sensitive = true;
    more[1].round = 2;
    more[1].versions = vec![AnswerVersion {
        at: moment(),
        value: Value::Number(5),
        extra: Table::new(),
    }];
    more[2].unreached = true;
    let found = |rule: &str, span, kept| StoredFinding {
        rule: rule.to_string(),
        span,
        kept,
        extra: Table::new(),
    };
    whole.answers[0].findings = vec![
        found("minimise", (7, 11), true),
        found("vague", (0, 0), false),
    ];
    more[4].progress = Some("I am \"sorry\"".to_string());
    whole.answers.extend(more);
    whole.notes = vec![SessionNote {
        at: moment(),
        text: "We talked.".to_string(),
        extra: Table::new(),
    }];
    insta::assert_snapshot!(to_text(&whole), @r#"
    # trust-coach session. Edit freely; comments are not kept.
    format = 1
    id = "20261122T174501.032Z-9f3a61c2"
    exercise = "apology"
    exercise_version = 3
    title = "A full apology"
    lang = "en"
    state = "open"
    started = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    seed = 4711
    at = "draft"
    tags = []

    [[notes]]
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    text = "We talked."

    [[answers]]
    step = "act"
    kind = "write"
    prompt = "What did you do?"
    value = '''
    I read your messages on Tuesday night.
    '''
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    findings = [
      { rule = "minimise", span = [7, 11], kept = true },
      { rule = "vague", span = [0, 0] },
    ]

    [[answers]]
    step = "who"
    kind = "choose"
    prompt = "What did you do?"
    value = "me"
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    label = "I did"
    sensitive = true

    [[answers]]
    step = "how"
    round = 2
    kind = "rate"
    prompt = "What did you do?"
    value = 7
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    versions = [
      { at = "2026-11-22T18:45:01+01:00[Europe/Berlin]", value = 5 },
    ]

    [[answers]]
    step = "why"
    kind = "write"
    prompt = "What did you do?"
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    skipped = true
    unreached = true

    [[answers]]
    step = "read"
    kind = "say"
    prompt = "What did you do?"
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    seen = true

    [[answers]]
    step = "draft"
    kind = "write"
    prompt = "What did you do?"
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    progress = 'I am "sorry"'
    "#);
}

#[test]
fn text_that_literal_strings_cannot_hold_comes_back() {
    for text in [
        "",
        "\n",
        "\n\n",
        "\na",
        "a\n",
        "'",
        "''",
        "'''",
        "a\n'",
        "a\n''",
        "'''\n",
        "\"\n",
        "\"\"\"\n",
        "a\n\"",
        "a\n\"\"\"\"",
        "\\\n",
        "a\\",
        "a \\\n b",
        "\r\n",
        "a\rb\n",
        "\t",
        "\t\n",
        "\0",
        "\u{7f}\n",
        "\u{9b}31m",
        "\u{202e}\n",
        "\u{feff}",
        "\u{e0067}\n",
        "\u{2028}",
        "[[answers]]",
        "a\n[[answers]]\nb",
        "👨‍👩‍👧\n\u{200f}שלום",
        "#",
        " a ",
        "a\n  \n",
    ] {
        let session = written(text);
        let file = to_text(&session);
        assert_eq!(from_text(&file).as_ref(), Ok(&session), "{file}");
        assert!(
            !file.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\r', '\u{feff}']),
            "{file}"
        );
    }
}

#[test]
fn unknown_keys_stay_and_stand_before_the_answers() {
    let file = to_text(&written("yes\nno\n"))
        .replace("tags = []\n", "tags = []\nmood = \"low\"\nx-nan = nan\n")
        .replace(
            "\n[[answers]]\n",
            "\n[[notes]]\nat = \"a\"\ntext = \"b\"\nwhere = \"home\"\n\n[x-mine]\nb = 1\na = { d = 2, c = '''\n1\n2''' }\n\n[[answers]]\nfindings = [{ rule = \"but\", span = [1, 2], sure = 3 }]\n",
        );
    let session = from_text(&file).unwrap();
    let again = to_text(&session);
    let (head, answers) = again.split_once("[[answers]]").unwrap();
    for kept in [
        "mood = \"low\"",
        "x-nan = nan",
        "[x-mine]\nb = 1\na =",
        "where = \"home\"",
    ] {
        assert!(head.contains(kept), "{head}");
    }
    assert!(answers.contains("{ rule = \"but\", span = [1, 2], sure = 3 },\n"));
    assert_eq!(to_text(&from_text(&again).unwrap()), again);
}

#[test]
fn a_file_that_another_editor_saved_is_read() {
    let session = written("one\ntwo\n");
    let file = to_text(&session);
    assert_eq!(from_text(&format!("\u{feff}{file}")), Ok(session.clone()));
    let windows = from_text(&file.replace('\n', "\r\n")).unwrap();
    let answers = windows.answers.clone();
    assert_eq!(answers[0].given, session.answers[0].given);
    let head = head_from_text(&file.replace('\n', "\r\n")).unwrap();
    assert_eq!(head.id, session.id);
}

#[test]
fn a_newer_format_is_refused_with_both_numbers() {
    let file = to_text(&session()).replace("format = 1", "format = 2");
    let error = from_text(&file).unwrap_err();
    assert_eq!(error, FormatError::Newer { found: 2, known: 1 });
    assert_eq!(
        error.to_string(),
        "it has format 2, but this program only reads formats up to 1"
    );
}

#[test]
fn what_is_missing_or_wrong_is_named_with_its_place() {
    let file = to_text(&written("a"));
    for (from, to, says) in [
        ("id = ", "idd = ", "`id` is missing"),
        (
            "state = \"open\"",
            "state = \"on\"",
            "`state` should be open, done or left",
        ),
        (
            "value = \"a\"",
            "value = 3",
            "`value` of answer 1 should be text in quotes",
        ),
        (
            "kind = \"write\"",
            "kind = \"sing\"",
            "`kind` of answer 1 should be the kind of a step",
        ),
        ("seed = 4711", "seed = ", "line 10: "),
        (
            "value = \"a\"",
            "value = \"a\"\nfindings = [{ rule = \"but\", span = [2, 1] }]",
            "`span` of answer 1 should be two numbers",
        ),
        (
            "value = \"a\"",
            "value = \"a\"\nfindings = [{ span = [0, 1] }]",
            "`rule` of answer 1 is missing",
        ),
    ] {
        let error = from_text(&file.replacen(from, to, 1))
            .unwrap_err()
            .to_string();
        assert!(error.starts_with(says), "{error}");
    }
}

#[test]
fn the_head_is_read_without_the_answers() {
    let file = to_text(&written("a"));
    let broken = file.replace("value = \"a\"", "value = ???");
    assert_eq!(head_from_text(&broken), Ok(session()));
}

#[test]
fn a_head_that_holds_what_looks_like_its_end_is_read_whole() {
    let mut noted = written("a");
    noted.notes = vec![SessionNote {
        at: moment(),
        text: "b".to_string(),
        extra: Table::new(),
    }];
    let file = to_text(&noted).replace("text = \"b\"", "text = '''\n[[answers]]\n'''");
    let head = head_from_text(&file).unwrap();
    assert_eq!(head.notes[0].text, "[[answers]]\n");
    assert_eq!(head.answers, []);
}
