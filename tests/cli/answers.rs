//! Answers files: printed, filled in and checked.

use insta::assert_snapshot;

use crate::common::{Output, Sandbox};
use crate::tea::{ANSWERS, TEA, home};

const MEGABYTE: usize = 1 << 20;

pub(crate) fn with_answers(answers: impl AsRef<[u8]>) -> Sandbox {
    let sandbox = home();
    sandbox.write("answers.toml", answers);
    sandbox
}

/// Does the exercise with `answers.toml` and more arguments.
pub(crate) fn exercise(sandbox: &Sandbox, more: &[&str]) -> Output {
    let args = ["exercise", "tea", "--answers", "answers.toml"];
    sandbox.run(&[args.as_slice(), more].concat())
}

pub(crate) fn json(output: &Output) -> serde_json::Value {
    serde_json::from_str(&output.stdout).unwrap()
}

#[test]
fn a_file_to_fill_in_says_all_that_is_asked() {
    assert_snapshot!(home().run(&["answers", "tea"]), @r#"
    # Answers for tea: Tea
    #
    # To give an answer, take the # off its line and write the answer after
    # the =. Then do the exercise, or only check the file:
    #
    #   trust-coach exercise tea --answers FILE
    #   trust-coach exercise tea --answers FILE --dry-run
    #
    # Put text of several lines between three quotes: """. Give an option by
    # its id, its label or its number. { skip = true } says "rather not
    # say", at any step; { file = "words.txt" } takes the text from a file.
    # At a terminal you’re asked for whatever has no answer here; in a
    # script it’s an error.
    format = 1
    exercise = "tea"
    version = 1

    # Draws: the same seed draws the same items, or you can name them
    # yourself.
    #seed = 1
    #[draws]
    #scene = "rain"

    [answers]
    # Which tea do you like?
    # - choose: one option
    #     green - Green tea
    #     mint - Mint
    #kind = ""

    # With sugar?
    # - confirm: true or false
    # - only when `kind` is mint
    #sugar = ""

    # Tell of one cup of tea.
    # - write: text
    #memory = ""

    # What would you drink then?
    # - draw: one of the pool is drawn; text
    #     rain - It rains.
    #     dawn - It is dawn.
    # - in later rounds "scene@2" up to "scene@3"; rounds end when `more` is
    #   anything but yes
    #scene = ""

    # Another scene?
    # - confirm: true or false
    # - in later rounds "more@2" up to "more@3"
    #more = ""

    # How warm?
    # - rate: a number from 1 to 5; 4 with --defaults
    #warm = ""

    # When is the next cup?
    # - date: a day, or a day and time: 2026-12-01, tomorrow, in 2 weeks
    #day = ""

    # Read it once more.
    # - compose: text; left out, it’s put together from earlier answers
    #text = ""
    --- exit 0 ---
    "#);
}

#[test]
fn a_file_to_fill_in_can_be_json() {
    let output = home().run(&["answers", "tea", "--format", "json"]);
    let file = json(&output);
    let steps = &file["x-steps"];
    assert_eq!(steps["sugar"]["when"], "`kind` is mint");
    assert_eq!(steps["kind"]["options"][0]["label"], "Green tea");
    assert_eq!(steps["scene"]["rounds"], 3);
    assert_eq!(file["answers"]["memory"], serde_json::Value::Null);
    let sandbox = with_answers(&output.stdout);
    let untouched = exercise(&sandbox, &[]);
    assert_eq!(untouched.code, Some(3), "{untouched}");
    let filled = output
        .stdout
        .replace("\"memory\": null", "\"memory\": \"x\"");
    sandbox.write("answers.toml", filled);
    let more = "kind=1 scene=x more=no day=2026-12-01".split(' ');
    let more: Vec<&str> = more.flat_map(|pair| ["--answer", pair]).collect();
    let done = exercise(&sandbox, &[more.as_slice(), &["--defaults"]].concat());
    assert_eq!(done.code, Some(0), "{done}");
}

#[test]
fn a_file_that_was_not_touched_only_lacks_answers() {
    let sandbox = home();
    let printed = sandbox.run(&["answers", "tea"]);
    sandbox.write("answers.toml", printed.stdout);
    let output = exercise(&sandbox, &[]);
    assert_eq!(output.code, Some(3), "{output}");
    assert!(output.stderr.contains("6 answers are missing"), "{output}");
}

#[test]
fn a_file_for_another_version_is_taken_with_a_warning() {
    let sandbox = with_answers(ANSWERS.replace("seed = 7", "seed = 7\nversion = 4"));
    assert_snapshot!(exercise(&sandbox, &[]), @"
    20261122T174501.000Z-[id1]
    --- stderr ---
    warning: these answers are for version 4 of tea, which is now version 1
    --- exit 0 ---
    ");
}

#[test]
fn only_what_is_surely_asked_is_missing_and_what_hangs_on_it_is_named_with_it() {
    let branching = TEA.replace(
        "kind = \"confirm\"\nwhen = { step = \"kind\", is = \"mint\" }",
        "kind = \"confirm\"\nwhen = { not = { step = \"kind\", is = \"mint\" } }",
    );
    let sandbox = with_answers("[answers]\nmemory = \"x\"\nscene = \"x\"\nwarm = 3\n");
    sandbox.write("home/exercises/tea.toml", branching);
    assert_snapshot!(exercise(&sandbox, &[]), @"
    --- stderr ---
    error: 3 answers are missing, and there’s nobody to ask; nothing was saved
      missing answer `kind` (green | mint): Which tea do you like? (then perhaps also `sugar`)
      missing answer `more` (yes or no): Another scene?
      missing answer `day` (a date): When is the next cup?
    hint: `trust-coach answers tea` prints a file to fill in
    --- exit 3 ---
    ");
    let until = TEA.replace(
        "{ not = { step = \"more\", is = true } }",
        "{ step = \"more\", is = false }",
    );
    sandbox.write("home/exercises/tea.toml", until);
    sandbox.write(
        "answers.toml",
        "[answers]\nkind = 1\nmemory = { skip = true }\nwarm = 3\n",
    );
    assert_snapshot!(exercise(&sandbox, &[]), @"
    --- stderr ---
    error: 3 answers are missing, and there’s nobody to ask; nothing was saved
      missing answer `scene` (text): What would you drink then?
      missing answer `more` (yes or no): Another scene?
      missing answer `day` (a date): When is the next cup?
    hint: `trust-coach answers tea` prints a file to fill in
    --- exit 3 ---
    ");
    let skipped = "[answers]\nkind = 1\nmemory = { skip = true }\nscene = { skip = true }\n\
        more = false\nwarm = 3\n";
    sandbox.write("answers.toml", skipped);
    assert_snapshot!(exercise(&sandbox, &[]), @"
    --- stderr ---
    error: 1 answer is missing, and there’s nobody to ask; nothing was saved
      missing answer `day` (a date): When is the next cup?
    hint: `trust-coach answers tea` prints a file to fill in
    --- exit 3 ---
    ");
}

#[test]
fn wrong_draws_rounds_and_values_are_said_at_once() {
    let sandbox = with_answers(
        "[draws]\nscene = \"snow\"\nkind = \"rain\"\n[answers]\nkind = [\"green\", \"mint\"]\n\
         sugar = \"perhaps\"\nmemory = \"\"\n\"warm@2\" = 3\n\"scene@4\" = \"x\"\n\
         scene = { file = \"none.txt\" }\nmore = { skip = 1 }\nwarm = { skip = true }\n\
         day = { file = \"-\" }\n",
    );
    assert_snapshot!(exercise(&sandbox, &[]), @r#"
    --- stderr ---
    error: 10 problems with the answers; nothing was saved
      unknown answer `scene@4`; the rounds are `scene`, `scene@2`, up to `scene@3`
      unknown answer `warm@2`; `warm` is asked once
      draw `kind`: the steps that draw are scene
      draw `scene`: there’s no item `snow`; the items are rain, dawn
      answer `scene`: could not read none.txt: No such file or directory (os error 2)
      answer `more`: a table is { skip = true } or { file = "…" }
      answer `day`: standard input is no file
      answer `kind`: Please give a number from 1 to 2, or one of: green, mint.
      answer `memory`: it’s empty; { skip = true } leaves it out
      answer `sugar`: Please type yes or no.
    hint: `trust-coach answers tea` prints a file to fill in
    --- exit 2 ---
    "#);
    assert!(sandbox.sessions().is_empty());
}

#[test]
fn programs_get_problems_and_the_end_as_json() {
    let sandbox = with_answers(
        ANSWERS
            .replace("warm = 3", "wram = 3")
            .replace("Mint", "Milk"),
    );
    let output = exercise(&sandbox, &["--json"]);
    assert_eq!(output.code, Some(2), "{output}");
    assert_snapshot!(output.stdout, @r#"{"format":"1.0","problems":[{"code":"unknown","id":"wram","kind":null,"options":[],"message":"unknown answer `wram`; did you mean `warm`?"},{"code":"not-an-option","id":"kind","kind":"choose","options":["green","mint"],"message":"answer `kind`: Please give a number from 1 to 2, or one of: green, mint."},{"code":"missing","id":"warm","kind":"rate","options":[],"message":"missing answer `warm` (a number from 1 to 5): How warm?"}]}"#);
    sandbox.write("answers.toml", ANSWERS);
    let output = exercise(&sandbox, &["--json"]);
    assert_snapshot!(output, @r#"
    {"format":"1.0","session":"20261122T174501.000Z-[id1]","path":"$SANDBOX/home/sessions/2026/11/20261122T174501.000Z-[id1].toml","state":"done"}
    --- exit 0 ---
    "#);
}

#[test]
fn draws_that_are_named_are_drawn() {
    for (first, second) in [("rain", "dawn"), ("dawn", "rain"), ("rain", "rain")] {
        let draws = format!("[draws]\nscene = \"{first}\"\n\"scene@2\" = \"{second}\"\n[answers]");
        let sandbox = with_answers(ANSWERS.replace("[answers]", &draws));
        assert_eq!(exercise(&sandbox, &[]).code, Some(0));
        let session = sandbox.session();
        let items = session.lines().filter(|line| line.starts_with("item ="));
        let items: Vec<&str> = items.collect();
        assert_eq!(
            items,
            [
                format!("item = \"{first}\""),
                format!("item = \"{second}\"")
            ]
        );
    }
}

#[test]
fn a_key_that_stands_twice_is_named() {
    let sandbox = with_answers(ANSWERS.replace("warm = 3", "warm = 3\nwarm = 4"));
    assert_snapshot!(exercise(&sandbox, &[]), @"
    --- stderr ---
    error: answers.toml: the key `warm` is there twice, at line 15
    hint: `trust-coach answers EXERCISE` prints a file ready to fill in
    --- exit 2 ---
    ");
    sandbox.write(
        "answers.toml",
        r#"{"answers": {"kind": 1, "warm": 3, "kind": 2}}"#,
    );
    assert_snapshot!(exercise(&sandbox, &[]), @r"
    --- stderr ---
    error: answers.toml: the key `kind` is there twice, at line 1 column 41
    hint: `trust-coach answers EXERCISE` prints a file ready to fill in
    --- exit 2 ---
    ");
}

#[test]
fn ten_megabytes_of_rubbish_are_refused_in_a_few_words() {
    let bytes: Vec<u8> = (0..10 * MEGABYTE).map(|at| (at * 31 % 251) as u8).collect();
    let keys: String = (0..MEGABYTE / 16)
        .map(|at| format!("k{at} = \"x\"\n"))
        .collect();
    let rubbish = [
        bytes,
        vec![0; 10 * MEGABYTE],
        format!("[answers]\n{keys}").into_bytes(),
        format!("{{\"answers\":{}", "[".repeat(10 * MEGABYTE)).into_bytes(),
    ];
    for rubbish in rubbish {
        let sandbox = with_answers(rubbish);
        let output = exercise(&sandbox, &[]);
        assert_eq!(output.code, Some(2), "{output}");
        assert!(output.stderr.starts_with("error: ") && output.stderr.len() < 4000);
        assert!(sandbox.sessions().is_empty());
    }
}

#[test]
fn an_answer_of_a_megabyte_in_a_file_of_seven_is_saved_as_it_is() {
    let words = format!("It's \\ \"{}\".\n\n", "a".repeat(4096)).repeat(MEGABYTE / 4096);
    let answers = serde_json::json!({
        "x-more": "#".repeat(6 * MEGABYTE),
        "answers": { "kind": "green", "memory": words, "scene": { "skip": true },
            "more": false, "warm": 3, "day": "2026-12-01" },
    });
    let sandbox = with_answers(answers.to_string());
    let output = exercise(&sandbox, &["--record", "again.toml"]);
    assert_eq!(output.code, Some(0), "{output}");
    let shown = sandbox.run(&["history", "show", "last", "--answer", "memory"]);
    assert_eq!(shown.stdout.trim_end(), words.trim_end());
    let again = ["exercise", "tea", "--answers", "again.toml", "--no-save"];
    assert_eq!(sandbox.run(&again).code, Some(0));
}

#[test]
fn standard_input_gives_one_thing() {
    let sandbox = home();
    let args = ["exercise", "tea", "--answers", "-", "--answer", "memory=@-"];
    assert_snapshot!(sandbox.run_with(&args, ANSWERS), @r"
    --- stderr ---
    error: standard input can be read only once
    hint: put one of them in a file
    --- exit 2 ---
    ");
    let text = [
        "exercise",
        "tea",
        "--no-save",
        "--defaults",
        "--answer",
        "memory=@-",
    ];
    let more = "kind=1 scene=x more=no day=2026-12-01".split(' ');
    let more: Vec<&str> = more.flat_map(|pair| ["--answer", pair]).collect();
    let output = sandbox.run_with(&[text.as_slice(), &more].concat(), "In a glass.\n");
    assert_eq!(output.code, Some(0), "{output}");
}

#[test]
fn of_two_answers_to_one_step_neither_is_taken() {
    let sandbox = with_answers(ANSWERS);
    let twice = [
        "--answer",
        "warm=1",
        "--answer",
        "scene@2=Rain",
        "--answer",
        "warm=5",
    ];
    assert_snapshot!(exercise(&sandbox, &[&twice[..], &["--answer", "scene@2=Rain"]].concat()), @"
    --- stderr ---
    error: 2 problems with the answers; nothing was saved
      answer `warm`: --answer gives it twice, as “1” and as “5”
      answer `scene@2`: --answer gives it twice, as “Rain” and as “Rain”
    hint: `trust-coach answers tea` prints a file to fill in
    --- exit 2 ---
    ");
    let file = [
        "--answer",
        "memory=@answers.toml",
        "--answer",
        "memory=A cup.",
    ];
    let output = exercise(&sandbox, &file);
    assert!(
        output.stderr.contains("as “@answers.toml” and as “A cup.”"),
        "{output}"
    );
    assert_eq!(
        json(&exercise(&sandbox, &[&twice[..], &["--json"]].concat()))["problems"][0]["code"],
        "twice"
    );
    assert!(sandbox.sessions().is_empty());
}

#[test]
fn what_has_no_place_in_these_answers_is_refused() {
    let sandbox = with_answers(format!("names = {{ a = \"Mo\", b = \"Il\" }}\n{ANSWERS}"));
    assert_snapshot!(exercise(&sandbox, &[]), @"
    --- stderr ---
    error: tea is for one, and these answers have `names` for two
    --- exit 2 ---
    ");
    sandbox.write("answers.toml", ANSWERS);
    let output = exercise(&sandbox, &["--answer", "memory=@"]);
    assert!(output.stderr.contains("no file is named"), "{output}");
    assert!(sandbox.sessions().is_empty());
}

#[test]
fn an_answer_on_the_command_line_wins_over_the_file() {
    let sandbox = with_answers(ANSWERS);
    let output = exercise(
        &sandbox,
        &["--answer", "warm=1", "--answer", "scene@2=Snow."],
    );
    assert_eq!(output.code, Some(0), "{output}");
    let warm = sandbox.run(&["history", "show", "last", "--answer", "warm"]);
    assert_eq!(warm.stdout, "1\n");
    let scene = sandbox.run(&["history", "show", "last", "--answer", "scene@2"]);
    assert_eq!(scene.stdout, "Snow.\n");
    // Also over what the file gives wrongly.
    sandbox.write("answers.toml", ANSWERS.replace("warm = 3", "warm = [[1]]"));
    let output = exercise(&sandbox, &["--answer", "warm=2"]);
    assert_eq!(output.code, Some(0), "{output}");
}
