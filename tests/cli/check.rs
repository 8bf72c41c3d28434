use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use trust_coach::format::problem::Code;

use crate::common::Sandbox;

/// A good exercise, as small as can be.
const SMALL: &str = include_str!("../fixtures/exercises/good/small.toml");

/// The bad exercises of one sort.
pub(crate) fn fixtures(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/exercises")
        .join(folder);
    let files = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_bad_exercise_is_told_of_in_full() {
    let sandbox = Sandbox::new();
    for folder in [
        "shape", "meaning", "warnings", "../rules", "../works", "../plans",
    ] {
        for file in fixtures(folder) {
            let name = file.file_stem().unwrap().to_str().unwrap();
            let local = format!("{name}.toml");
            sandbox.write(&local, std::fs::read(&file).unwrap());
            let output = sandbox.run(&["check", &local]);
            let exit = if folder == "warnings" { 0 } else { 5 };
            assert_eq!(output.code, Some(exit), "{name}");
            insta::with_settings!({
                snapshot_path => "../fixtures/exercises/snapshots",
                prepend_module_to_snapshot => false,
                omit_expression => true,
            }, {
                let folder = folder.trim_start_matches("../");
                assert_snapshot!(format!("{folder}-{name}"), output);
            });
        }
    }
}

#[test]
fn every_code_is_shown_by_a_bad_exercise() {
    let mut seen = BTreeSet::new();
    let folders = [
        "shape", "meaning", "warnings", "../rules", "../works", "../plans",
    ];
    for file in folders.map(fixtures).concat() {
        let output =
            Sandbox::new().run(&["check", "--message-format", "json", file.to_str().unwrap()]);
        for line in output.stdout.lines() {
            let problem: serde_json::Value = serde_json::from_str(line).unwrap();
            seen.insert(problem["code"].as_str().unwrap().to_string());
        }
    }
    let known: BTreeSet<_> = Code::ALL
        .iter()
        .map(|(_, id, _)| (*id).to_string())
        .collect();
    assert_eq!(seen, known);
}

#[test]
fn good_exercises_have_nothing_to_mend() {
    let sandbox = Sandbox::new();
    for file in fixtures("good") {
        let output = sandbox.run(&["check", "--deny-warnings", file.to_str().unwrap()]);
        assert_eq!(output.code, Some(0), "{output}");
        assert_eq!(output.stderr, "1 file checked, nothing to fix\n");
    }
}

#[test]
fn short_messages_are_one_line_each() {
    let sandbox = Sandbox::new();
    sandbox.write("a.toml", SMALL.replace("prompt", "promt"));
    sandbox.write("b.toml", SMALL.replace("minutes = 3", "minutes = \"3\""));
    let output = sandbox.run(&["check", "--message-format", "short", "a.toml", "b.toml"]);
    assert_snapshot!(output, @r"
    a.toml:16:1: error[TC0201]: unknown key `promt`
    b.toml:5:11: error[TC0203]: `minutes` takes a whole number, but this is text
    --- stderr ---
    2 files checked: 2 errors
    --- exit 5 ---
    ");
}

#[test]
fn json_messages_are_one_object_a_line() {
    let sandbox = Sandbox::new();
    let step = &SMALL[SMALL.find("[[step]]").unwrap()..];
    sandbox.write("a.toml", format!("{SMALL}\n{step}"));
    let output = sandbox.run(&["check", "--message-format", "json", "a.toml"]);
    assert_snapshot!(output, @r#"
    {"file":"a.toml","line":19,"column":6,"end":{"line":19,"column":12},"code":"TC0301","level":"error","message":"the step id `only` is used twice","help":"answers are stored under ids, so each needs its own","second":{"line":12,"column":6,"label":"first used here"}}
    --- stderr ---
    1 file checked: 1 error
    --- exit 5 ---
    "#);
}

#[test]
fn standard_input_is_a_file_named_with_a_hyphen() {
    let output = Sandbox::new().run_with(&["check", "-"], SMALL.replace("empathy", "apologies"));
    assert_snapshot!(output, @r#"
    error[TC0204]: `strategy` can’t be "apologies"
     --> <stdin>:4:12
      |
    4 | strategy = "apologies"
      |            ^^^^^^^^^^^
      |
      = help: did you mean "apology"? It can be: communication, reliability, empathy, apology, time, help, values

    --- stderr ---
    1 file checked: 1 error
    --- exit 5 ---
    "#);
}

#[test]
fn warnings_are_errors_when_asked_for() {
    let sandbox = Sandbox::new();
    let long = ["word"; 61].join(" ");
    sandbox.write("a.toml", SMALL.replace("What do you see?", &long));
    assert_eq!(sandbox.run(&["check", "a.toml"]).code, Some(0));
    assert_eq!(
        sandbox.run(&["check", "--deny-warnings", "a.toml"]).code,
        Some(5)
    );
}

#[test]
fn a_file_that_cannot_be_read_does_not_stop_the_others() {
    let sandbox = Sandbox::new();
    sandbox.write("good.toml", SMALL);
    sandbox.write("picture.toml", b"\x89PNG\r\n\x1a\n\x00\x00");
    sandbox.write("folder.toml/inside", "");
    let output = sandbox.run(&[
        "check",
        "none.toml",
        "folder.toml",
        "picture.toml",
        "good.toml",
    ]);
    assert_snapshot!(output, @"
    --- stderr ---
    error: could not read none.toml
    caused by: No such file or directory (os error 2)
    error: could not read folder.toml
    caused by: it isn’t a file
    error: could not read picture.toml
    caused by: it has NUL bytes in it, so it isn’t text
    --- exit 1 ---
    ");
}

#[test]
fn a_file_of_very_many_mistakes_shows_the_first_and_ends() {
    let sandbox = Sandbox::new();
    let steps = "[[step]]\nid = \"x\"\nkind = \"nothing\"\n".repeat(5_000);
    sandbox.write("steps.toml", format!("{SMALL}{steps}"));
    let quotes = "{{x}}{{".repeat(100_000);
    sandbox.write("quotes.toml", SMALL.replace("What do you see?", &quotes));
    let tests = "{ step = \"none\", answered = true }, ".repeat(20_000);
    sandbox.write(
        "tests.toml",
        format!("{SMALL}when = {{ all = [{tests}] }}\n"),
    );
    let brackets = "[".repeat(500_000);
    sandbox.write("brackets.toml", format!("{SMALL}when = {brackets}\n"));
    for file in ["steps.toml", "quotes.toml", "tests.toml", "brackets.toml"] {
        let output = sandbox.run(&["check", file]);
        assert_eq!(output.code, Some(5), "{file}");
        assert!(output.stdout.matches("error[TC").count() <= 100, "{file}");
    }
}

#[test]
fn a_file_name_cannot_steer_the_terminal() {
    let output = Sandbox::new().run(&["check", "a\u{1b}[2J\u{202e}.toml"]);
    assert!(!output.stderr.contains(['\u{1b}', '\u{202e}']), "{output}");
    assert_eq!(output.code, Some(1));
}

#[test]
fn nothing_in_a_file_can_steer_the_terminal() {
    let sandbox = Sandbox::new();
    let escapes = "\\u001b]52;c;eA==\\u0007\\u009b2J\\u202e";
    let raw = "\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\u{2066}\u{7f}";
    for text in [
        SMALL.replace("prompt", &format!("\"{escapes}\"")),
        SMALL.replace("only", escapes),
        SMALL.replace("empathy", escapes),
        SMALL.replace("What do you see?", &format!("{{{{{escapes}}}}}")),
        SMALL.replace("What do you see?", raw),
        SMALL.replace("title", raw),
        format!("{SMALL}when = {{ step = \"{escapes}\", is = \"{raw}\" }}\n"),
        format!("{SMALL}group = \"{escapes}\"\n"),
    ] {
        sandbox.write("a.toml", &text);
        for format in ["human", "short", "json"] {
            let output = sandbox.run(&["check", "--message-format", format, "a.toml"]);
            assert_eq!(output.code, Some(5), "{text}");
            let shown = output.to_string();
            assert!(!shown.contains(trust_coach::text::is_unsafe), "{shown:?}");
        }
    }
}

#[test]
fn nothing_is_said_to_be_well_where_a_file_could_not_be_read() {
    let sandbox = Sandbox::new();
    sandbox.write("a.toml", SMALL);
    for files in [&["none.toml"][..], &["a.toml", "none.toml"]] {
        let output = sandbox.run(&[&["check"], files].concat());
        assert_eq!(output.stdout, "", "{output}");
        assert_eq!(
            output.stderr,
            "error: could not read none.toml\ncaused by: No such file or directory (os error 2)\n"
        );
        assert_eq!(output.code, Some(1));
    }
}

/// A rules file that is right.
const RULES: &str = r#"format = 1
subject = "apology"

[[rule]]
id = "kin"
kind = "mark"
wording = "tentative"
name = "kin"
message = "This is about kin."
look_at = "You can look for yourself."
why = "They know their kin."
source = "Our own."
examples.caught = ["I forgot my mum."]
examples.passes = ["I forgot the cat."]
patterns = ["my|your mum|dad", "~forget *1 mum", "step mum"]
"#;

#[test]
fn a_corpus_tells_how_often_each_pattern_matches_and_which_never_do() {
    let sandbox = Sandbox::new();
    sandbox.write("kin.toml", RULES);
    sandbox.write("texts/one.txt", "I keep forgetting your mum, and my dad.");
    sandbox.write(
        "texts/deeper/two.jsonl",
        "{\"text\": \"My dad.\"}\nno JSON\n{\"reply\": \"No.\"}\n",
    );
    sandbox.write("texts/picture.png", "my mum");
    assert_snapshot!(sandbox.run(&["check", "kin.toml", "--corpus", "texts"]), @"
    matches  texts  rule: pattern
          0      0  kin: step mum
          1      1  kin: ~forget *1 mum
          3      2  kin: my|your mum|dad
    --- stderr ---
    kin.toml: 1 of 3 patterns match nowhere in 3 texts
    --- exit 0 ---
    ");
    sandbox.write("tea.toml", SMALL);
    assert_snapshot!(sandbox.run(&["check", "tea.toml", "--corpus", "texts"]), @"
    --- stderr ---
    error: tea.toml isn’t a rules file
    hint: --corpus counts what the patterns of rules match
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["check", "kin.toml", "--corpus", "nowhere"]), @"
    --- stderr ---
    error: could not read nowhere
    caused by: No such file or directory (os error 2)
    --- exit 1 ---
    ");
}
