use insta::assert_snapshot;

use crate::tea::{ANSWERS, TEA, home};

#[test]
fn a_script_does_an_exercise_and_gets_the_name_of_the_session() {
    let sandbox = home();
    sandbox.write("answers.toml", ANSWERS);
    let output = sandbox.run(&["exercise", "tea", "--answers", "answers.toml"]);
    assert_snapshot!(output, @r"
    20261122T174501.000Z-[id1]
    --- exit 0 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "show", "last"]), @r"
    # Tea

    Begun 2026-11-22 18:45, done 2026-11-22 18:45. Session [id1].

    > Which tea do you like?

    Mint

    > With sugar?

    no

    > Tell of one cup of Mint.

    My aunt made it.

    In a glass.

    > It is dawn.
    >
    > What would you drink then?

    Nothing.

    > Another scene?

    yes

    > It rains.
    >
    > What would you drink then?

    Water.

    > Another scene?

    no

    > How warm?

    3

    > When is the next cup?

    Sunday 6 December 2026

    > Read it once more.

    My aunt made it.

    In a glass.

    Water.
    --- exit 0 ---
    ");
    assert_snapshot!(sandbox.session(), @r#"
    # trust-coach session. Edit freely; comments are not kept.
    format = 1
    id = "20261122T174501.000Z-[id1]"
    exercise = "tea"
    exercise_version = 1
    title = "Tea"
    lang = "en"
    state = "done"
    started = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    ended = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    seed = 7
    tags = []

    [[answers]]
    step = "kind"
    kind = "choose"
    prompt = "Which tea do you like?"
    value = "mint"
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    name = "Which tea"
    label = "Mint"

    [[answers]]
    step = "sugar"
    kind = "confirm"
    prompt = "With sugar?"
    value = false
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"

    [[answers]]
    step = "memory"
    kind = "write"
    prompt = "Tell of one cup of Mint."
    value = '''
    My aunt made it.

    In a glass.'''
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    name = "A memory"

    [[answers]]
    step = "scene"
    kind = "draw"
    prompt = '''
    It is dawn.

    What would you drink then?'''
    value = "Nothing."
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    item = "dawn"

    [[answers]]
    step = "more"
    kind = "confirm"
    prompt = "Another scene?"
    value = true
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"

    [[answers]]
    step = "scene"
    round = 2
    kind = "draw"
    prompt = '''
    It rains.

    What would you drink then?'''
    value = "Water."
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    item = "rain"

    [[answers]]
    step = "more"
    round = 2
    kind = "confirm"
    prompt = "Another scene?"
    value = false
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"

    [[answers]]
    step = "warm"
    kind = "rate"
    prompt = "How warm?"
    value = 3
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"

    [[answers]]
    step = "day"
    kind = "date"
    prompt = "When is the next cup?"
    value = "2026-12-06"
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"

    [[answers]]
    step = "text"
    kind = "compose"
    prompt = "Read it once more."
    value = '''
    My aunt made it.

    In a glass.

    Water.'''
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    "#);
}

#[test]
fn answers_can_come_from_standard_input_and_from_the_command_line() {
    let sandbox = home();
    let json = r#"{"seed": 7, "answers": {"kind": 1, "memory": {"skip": true}, "scene": "x",
        "more": false, "day": "2026-12-01"}}"#;
    sandbox.write("scene.txt", "Two lines\nof it\n");
    let args = [
        "exercise",
        "tea",
        "--answers",
        "-",
        "--answer",
        "scene=@scene.txt",
        "--defaults",
    ];
    let output = sandbox.run_with(&args, json);
    assert_eq!(output.code, Some(0), "{output}");
    let shown = sandbox.run(&["history", "show", "last", "--answer", "text"]);
    assert_snapshot!(shown, @r"
    Two lines
    of it
    --- exit 0 ---
    ");
    let warm = sandbox.run(&["history", "show", "last", "--answer", "warm"]);
    assert_snapshot!(warm, @r"
    4
    --- exit 0 ---
    ");
}

#[test]
fn every_problem_is_said_at_once_and_nothing_is_saved() {
    let sandbox = home();
    let answers =
        "[answers]\nkind = \"coffee\"\nmemry = \"x\"\nwarm = 9\nday = \"soon\"\nmore = true";
    sandbox.write("answers.toml", answers);
    let output = sandbox.run(&["exercise", "tea", "--answers", "answers.toml"]);
    assert_snapshot!(output, @"
    --- stderr ---
    error: 8 problems with the answers; nothing was saved
      unknown answer `memry`; did you mean `memory`?
      answer `kind`: Please give a number from 1 to 2, or one of: green, mint. (then perhaps also `sugar`)
      missing answer `memory` (text): Tell of one cup of tea.
      missing answer `scene` (text): What would you drink then?
      missing answer `scene@2` (text): What would you drink then?
      missing answer `more@2` (yes or no): Another scene?
      answer `warm`: Please type a number from 1 to 5.
      answer `day`: Please type a day, such as 2026-12-01, 1 dec, tomorrow, friday, in 2 weeks; add a time as 19:00.
    hint: `trust-coach answers tea` prints a file to fill in
    --- exit 2 ---
    ");
    assert!(sandbox.sessions().is_empty());
}

#[test]
fn without_answers_and_without_a_terminal_every_missing_one_is_named() {
    let output = home().run(&["exercise", "tea"]);
    assert_snapshot!(output, @"
    --- stderr ---
    error: 6 answers are missing, and there’s nobody to ask; nothing was saved
      missing answer `kind` (green | mint): Which tea do you like? (then perhaps also `sugar`)
      missing answer `memory` (text): Tell of one cup of tea.
      missing answer `scene` (text): What would you drink then?
      missing answer `more` (yes or no): Another scene?
      missing answer `warm` (a number from 1 to 5): How warm?
      missing answer `day` (a date): When is the next cup?
    hint: `trust-coach answers tea` prints a file to fill in
    --- exit 3 ---
    ");
}

#[test]
fn standard_input_is_left_alone_without_a_word_about_it() {
    let sandbox = home();
    let mut command = std::process::Command::new("sh");
    let program = env!("CARGO_BIN_EXE_trust-coach");
    let script = format!("{program} exercise tea --no-input 2>/dev/null; cat");
    command
        .args(["-c", &script])
        .env("TRUST_COACH_HOME", sandbox.home());
    use std::io::Write;
    let mut child = command
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"for the next one\n")
        .unwrap();
    let left = child.wait_with_output().unwrap().stdout;
    assert_eq!(String::from_utf8(left).unwrap(), "for the next one\n");
}

#[test]
fn an_unknown_exercise_gives_the_nearest_name() {
    assert_snapshot!(home().run(&["exercise", "aplogy"]), @r"
    --- stderr ---
    error: there’s no exercise called aplogy
    hint: did you mean apology?
    hint: `trust-coach list` shows all of them
    --- exit 2 ---
    ");
}

#[test]
fn answers_for_another_exercise_are_refused() {
    let sandbox = home();
    sandbox.write("answers.toml", "exercise = \"coffee\"\n");
    assert_snapshot!(sandbox.run(&["exercise", "tea", "--answers", "answers.toml"]), @r"
    --- stderr ---
    error: these answers are for coffee, not for tea
    --- exit 2 ---
    ");
}

#[test]
fn answers_that_are_no_text_or_not_there_are_named() {
    let sandbox = home();
    sandbox.write("answers.toml", [0xff, 0xfe, 0x00]);
    assert_snapshot!(sandbox.run(&["exercise", "tea", "--answers", "answers.toml"]), @"
    --- stderr ---
    error: answers.toml: it isn’t UTF-8 text (line 1)
    hint: save it as UTF-8, and try again
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["exercise", "tea", "--answers", "none.toml"]), @r"
    --- stderr ---
    error: could not read none.toml
    caused by: No such file or directory (os error 2)
    --- exit 1 ---
    ");
    assert_snapshot!(sandbox.run(&["exercise", "tea", "--answer", "kind"]), @r"
    --- stderr ---
    error: --answer kind: it has no `=`
    hint: write it as --answer KEY=VALUE, or --answer KEY=@FILE
    --- exit 2 ---
    ");
}

#[test]
fn a_broken_exercise_of_ones_own_is_not_passed_over() {
    let sandbox = home();
    sandbox.write(
        "home/exercises/tea.toml",
        TEA.replace("kind = \"rate\"", "kind = \"rtae\""),
    );
    assert_snapshot!(sandbox.run(&["exercise", "tea"]), @r"
    --- stderr ---
    error: exercise tea has 1 error
    hint: `trust-coach check $SANDBOX/home/exercises/tea.toml` shows them
    --- exit 5 ---
    ");
}

#[test]
fn the_private_questions_stand_before_a_script_too() {
    let sandbox = home();
    sandbox.write(
        "home/exercises/tea.toml",
        TEA.replace("lang =", "gate = \"screen\"\nlang ="),
    );
    sandbox.write("answers.toml", ANSWERS);
    let args = ["exercise", "tea", "--answers", "answers.toml"];
    assert_snapshot!(sandbox.run(&args), @r"
    --- stderr ---
    error: tea starts with private safety questions
    hint: `trust-coach safety` shows them; answer them alone
    hint: --screened says that you have; nothing about it is stored
    --- exit 3 ---
    ");
    let screened = sandbox.run(&[args.as_slice(), &["--screened"]].concat());
    assert_eq!(screened.code, Some(0), "{screened}");
}

#[test]
fn a_seed_makes_a_draw_repeatable() {
    let drawn = |seed: &str| {
        let sandbox = home();
        let answers = ANSWERS.replace("seed = 7\n", "");
        sandbox.write("answers.toml", answers);
        let args = [
            "exercise",
            "tea",
            "--answers",
            "answers.toml",
            "--seed",
            seed,
        ];
        assert_eq!(sandbox.run(&args).code, Some(0));
        let session = sandbox.session();
        let items = session.lines().filter(|line| line.starts_with("item ="));
        items.map(String::from).collect::<Vec<_>>()
    };
    assert_eq!(drawn("1"), drawn("1"));
    assert!((2..40).any(|seed: u32| drawn(&seed.to_string()) != drawn("1")));
}

#[test]
fn items_of_recent_sessions_come_last() {
    let sandbox = home();
    sandbox.write(
        "answers.toml",
        ANSWERS.replace("more = true", "more = false"),
    );
    let item = |minute: &str| {
        let mut command = sandbox.command(&["exercise", "tea", "--answers", "answers.toml"]);
        let now = format!("2026-11-22T18:{minute}:00+01:00[Europe/Berlin]");
        let output = sandbox.finish(command.env("TRUST_COACH_NOW", now));
        assert_eq!(output.code, Some(0), "{output}");
        let session = std::fs::read_to_string(sandbox.sessions().last().unwrap()).unwrap();
        let item = session.lines().find(|line| line.starts_with("item ="));
        item.unwrap().to_string()
    };
    let mut seen = vec![item("10"), item("20")];
    seen.sort();
    assert_eq!(seen, ["item = \"dawn\"", "item = \"rain\""]);
}
