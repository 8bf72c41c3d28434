use proptest::prelude::*;
use toml::{Table, Value as Toml};

use super::{FormatError, from_text, head_from_text, to_text};
use crate::exercise::Kind;
use crate::session::{Answer, Given, Moment, Note, Session, State, Value, Version};

fn moment() -> Moment {
    Moment("2026-11-22T18:45:01+01:00[Europe/Berlin]".to_string())
}

fn answer(step: &str, kind: Kind, given: Given) -> Answer {
    Answer {
        step: step.to_string(),
        round: 1,
        kind,
        prompt: "What did you do?".to_string(),
        name: None,
        given,
        item: None,
        label: None,
        at: Some(moment()),
        unreached: false,
        versions: Vec::new(),
        progress: None,
        extra: Table::new(),
    }
}

fn session() -> Session {
    Session {
        id: "20261122T174501.032Z-9f3a61c2".to_string(),
        exercise: "apology".to_string(),
        exercise_version: 3,
        title: "A full apology".to_string(),
        lang: "en".to_string(),
        state: State::Open,
        started: moment(),
        ended: None,
        seed: 4711,
        at: Some("draft".to_string()),
        tags: Vec::new(),
        notes: Vec::new(),
        answers: Vec::new(),
        extra: Table::new(),
    }
}

fn written(text: &str) -> Session {
    let value = Value::Text(text.to_string());
    Session {
        answers: vec![answer("act", Kind::Write, Given::Value(value))],
        ..session()
    }
}

#[test]
fn a_session_reads_well() {
    let mut whole = written("I read your messages on Tuesday night.\n");
    let mut more = [
        answer(
            "who",
            Kind::Choose,
            Given::Value(Value::Choice("me".into())),
        ),
        answer("how", Kind::Rate, Given::Value(Value::Number(7))),
        answer("why", Kind::Write, Given::Skipped),
        answer("read", Kind::Say, Given::Seen),
        answer("draft", Kind::Write, Given::Pending),
    ];
    more[0].label = Some("I did".to_string());
    more[1].round = 2;
    more[1].versions = vec![Version {
        at: moment(),
        value: Value::Number(5),
        extra: Table::new(),
    }];
    more[2].unreached = true;
    more[4].progress = Some("I am \"sorry\"".to_string());
    whole.answers.extend(more);
    whole.notes = vec![Note {
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

    [[answers]]
    step = "who"
    kind = "choose"
    prompt = "What did you do?"
    value = "me"
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    label = "I did"

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
            "\n[[notes]]\nat = \"a\"\ntext = \"b\"\nwhere = \"home\"\n\n[x-mine]\nb = 1\na = { d = 2, c = '''\n1\n2''' }\n\n[[answers]]\nfindings = [{ rule = \"but\", span = [1, 2] }]\n",
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
    assert!(answers.contains("findings = [{ rule = \"but\", span = [1, 2] }]"));
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
        "it has format 2, and this program reads up to format 1"
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
    noted.notes = vec![Note {
        at: moment(),
        text: "b".to_string(),
        extra: Table::new(),
    }];
    let file = to_text(&noted).replace("text = \"b\"", "text = '''\n[[answers]]\n'''");
    let head = head_from_text(&file).unwrap();
    assert_eq!(head.notes[0].text, "[[answers]]\n");
    assert_eq!(head.answers, []);
}

fn words() -> impl Strategy<Value = String> {
    let tricky = prop::sample::select(vec![
        "'''",
        "\"\"\"",
        "\"",
        "'",
        "\\",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\0",
        "\u{1b}[2J",
        "\u{9b}",
        "\u{202e}",
        "\u{200d}",
        "[[answers]]",
        "\n[[answers]]\n",
        " ",
        "a",
        "#",
        "{",
        "👨‍👩‍👧",
    ])
    .prop_map(str::to_string);
    let any = prop::collection::vec(any::<char>(), 0..6).prop_map(String::from_iter);
    prop::collection::vec(prop_oneof![tricky, any], 0..8).prop_map(|parts| parts.concat())
}

fn value(kind: Kind) -> BoxedStrategy<Value> {
    match kind {
        Kind::Say | Kind::Write | Kind::Draw | Kind::Compose => {
            words().prop_map(Value::Text).boxed()
        }
        Kind::Choose => words().prop_map(Value::Choice).boxed(),
        Kind::Pick => prop::collection::vec(words(), 0..4)
            .prop_map(Value::Choices)
            .boxed(),
        Kind::Rate => any::<i64>().prop_map(Value::Number).boxed(),
        Kind::Confirm => any::<bool>().prop_map(Value::YesNo).boxed(),
        Kind::Date => words().prop_map(Value::Date).boxed(),
    }
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop::sample::select(Kind::ALL.map(|(kind, _)| kind).to_vec())
}

fn given(kind: Kind) -> BoxedStrategy<Given> {
    let rest = prop::sample::select(vec![Given::Pending, Given::Seen, Given::Skipped]);
    if kind == Kind::Say {
        return rest.boxed();
    }
    prop_oneof![rest, value(kind).prop_map(Given::Value)].boxed()
}

fn unknown() -> impl Strategy<Value = Table> {
    let leaf = prop_oneof![
        words().prop_map(Toml::String),
        any::<i64>().prop_map(Toml::Integer),
        any::<f64>().prop_map(Toml::Float),
        any::<bool>().prop_map(Toml::Boolean),
    ];
    let any = leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Toml::Array),
            table(inner).prop_map(Toml::Table),
        ]
    });
    table(any)
}

fn table(inner: impl Strategy<Value = Toml>) -> impl Strategy<Value = Table> {
    let key = words().prop_map(|name| format!("x-{name}"));
    prop::collection::vec((key, inner), 0..3).prop_map(Table::from_iter)
}

fn versions() -> impl Strategy<Value = Vec<Version>> {
    let one = (words(), kinds().prop_flat_map(value), unknown()).prop_map(|(at, value, extra)| {
        let at = Moment(at);
        Version { at, value, extra }
    });
    prop::collection::vec(one, 0..3)
}

prop_compose! {
    fn answers()(kind in kinds())(
        kind in Just(kind),
        given in given(kind),
        (step, prompt) in (words(), words()),
        round in any::<u32>(),
        [name, item, label, at, progress] in prop::array::uniform5(prop::option::of(words())),
        unreached in any::<bool>(),
        versions in versions(),
        extra in unknown(),
    ) -> Answer {
        let at = at.map(Moment);
        Answer { step, round, kind, prompt, name, given, item, label, at, unreached, versions, progress, extra }
    }
}

prop_compose! {
    fn sessions()(
        [id, exercise, title, lang, started] in prop::array::uniform5(words()),
        exercise_version in any::<i64>(),
        state in prop::sample::select(State::ALL.map(|(state, _)| state).to_vec()),
        [ended, at] in prop::array::uniform2(prop::option::of(words())),
        seed in 0..=i64::MAX.unsigned_abs(),
        tags in prop::collection::vec(words(), 0..3),
        notes in prop::collection::vec((words(), words(), unknown()), 0..3),
        answers in prop::collection::vec(answers(), 0..4),
        extra in unknown(),
    ) -> Session {
        let notes = notes.into_iter();
        Session {
            id, exercise, exercise_version, title, lang, state, started: Moment(started),
            ended: ended.map(Moment), seed, at, tags,
            notes: notes.map(|(at, text, extra)| Note { at: Moment(at), text, extra }).collect(),
            answers, extra,
        }
    }
}

proptest! {
    #[test]
    fn any_session_comes_back_as_it_was(session in sessions()) {
        let file = to_text(&session);
        let read = from_text(&file);
        prop_assert_eq!(read.as_ref(), Ok(&session), "{}", file);
        let head = Session { answers: Vec::new(), ..session };
        prop_assert_eq!(head_from_text(&file), Ok(head));
    }
}
