//! Any session comes back from its text as it was.

use proptest::prelude::*;

use super::*;

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

fn value(kind: StepKind) -> BoxedStrategy<Value> {
    match kind {
        StepKind::Say | StepKind::Share | StepKind::Write | StepKind::Draw | StepKind::Compose => {
            words().prop_map(Value::Text).boxed()
        }
        StepKind::Choose => words().prop_map(Value::Choice).boxed(),
        StepKind::Pick => prop::collection::vec(words(), 0..4)
            .prop_map(Value::Choices)
            .boxed(),
        StepKind::Rate => any::<i64>().prop_map(Value::Number).boxed(),
        StepKind::Confirm => any::<bool>().prop_map(Value::YesNo).boxed(),
        StepKind::Date => words().prop_map(Value::Date).boxed(),
        StepKind::Promise => words().prop_map(Value::Rule).boxed(),
    }
}

fn kinds() -> impl Strategy<Value = StepKind> {
    prop::sample::select(StepKind::ALL.map(|(kind, _)| kind).to_vec())
}

fn given(kind: StepKind) -> BoxedStrategy<Outcome> {
    let rest = prop::sample::select(vec![Outcome::Pending, Outcome::Seen, Outcome::Skipped]);
    if kind.spec().value.is_none() {
        return rest.boxed();
    }
    prop_oneof![rest, value(kind).prop_map(Outcome::Value)].boxed()
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

fn versions() -> impl Strategy<Value = Vec<AnswerVersion>> {
    let one = (words(), kinds().prop_flat_map(value), unknown()).prop_map(|(at, value, extra)| {
        let at = Moment(at);
        AnswerVersion { at, value, extra }
    });
    prop::collection::vec(one, 0..3)
}

fn findings() -> impl Strategy<Value = Vec<StoredFinding>> {
    // A number in a file has 63 bits.
    let end = || 0..=usize::MAX / 2;
    let one = (words(), end(), end(), any::<bool>(), unknown());
    let one = one.prop_map(|(rule, a, b, kept, extra)| StoredFinding {
        rule,
        span: (a.min(b), a.max(b)),
        kept,
        extra,
    });
    prop::collection::vec(one, 0..3)
}

prop_compose! {
    fn answers()(kind in kinds())(
        kind in Just(kind),
        given in given(kind),
        (step, prompt) in (words(), words()),
        round in any::<u32>(),
        by in prop::sample::select(vec![None, Some(crate::session::Partner::A), Some(crate::session::Partner::B)]),
        [name, item, label, at, progress] in prop::array::uniform5(prop::option::of(words())),
        [unreached, sensitive] in prop::array::uniform2(any::<bool>()),
        versions in versions(),
        findings in findings(),
        extra in unknown(),
    ) -> Answer {
        let at = at.map(Moment);
        Answer { step, round, by, closed: false, kind, prompt, name, given, item, label, at, unreached, sensitive, versions, findings, progress, extra }
    }
}

prop_compose! {
    pub(crate) fn sessions()(
        [id, exercise, title, lang, started] in prop::array::uniform5(words()),
        exercise_version in any::<i64>(),
        state in prop::sample::select(SessionState::ALL.map(|(state, _)| state).to_vec()),
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
            notes: notes.map(|(at, text, extra)| SessionNote { at: Moment(at), text, extra }).collect(),
            answers, extra,
        }
    }
}

/// A piece of a session's file as people and programs may write it, fitting its place or not.
pub(crate) fn part_of_file() -> impl Strategy<Value = String> {
    let ours = prop::sample::select(vec![
        "[[answers]]\n",
        "[[notes]]\n",
        "[[answers.versions]]\n",
        "[[answers]]\nstep = \"open\"\nkind = \"rate\"\nvalue = 4\n",
        "[[answers]]\nkind = \"rate\"\nvalue = 4\nstep = \"heard\"\n",
        "[[answers]]\nvalue = \"yes\"\nstep = \"who\"\nkind = \"choose\"\n",
        "[[answers]]\nstep = \"why\"\nkind = \"write\"\nvalue = '''\n",
        "skipped = true\n",
        "sensitive = true\n",
        "unreached = true\n",
        "round = 2\n",
        "by = \"a\"\n",
        "name = \"Open\"\n",
        "tags = [\"a\", \"b, c\"]\n",
        "tags = [\n",
        "kind = \"rate\"\n",
        "kind = 'rate'\n",
        "value = 7\n",
        "value = 0_7\n",
        "value = 7 # seven\n",
        "value = \"\"\"a\"\"\"\"\n",
        "answers = []\n",
        "answers = [{ step = \"open\", kind = \"rate\", value = 3 }]\n",
        "x = [\"\"\"a\"\"\"\", \"b\"]\n",
        "x = { y = [1, \"]\"] }\n",
        "x.y = 1\n",
        "partners = { a = \"Mara\", b = \"Ilir\" }\n",
        "[partners]\na = \"Mara\"\nb = \"Ilir\"\n",
        "prompt = \"a # b\" # c's\n",
        "prompt = \"a\\\"\"\n",
        "prompt = \"\"\"\\\n",
        "prompt = ''\n",
        "'''\n",
        "\"\"\"\n",
        "]\n",
        "# it's\n",
        "\n",
        "\r\n",
        "\"",
        "'",
    ]);
    prop_oneof![4 => ours.prop_map(str::to_string), 1 => words()]
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
