use insta::assert_snapshot;

use crate::common::Sandbox;

const SMALL: &str = include_str!("../fixtures/exercises/good/small.toml");

/// A home with an exercise of one's own beside the built-in ones, which grow with time; filters
/// keep them out of the snapshots.
fn home() -> Sandbox {
    let sandbox = Sandbox::new();
    let aside = SMALL.replace("minutes = 3", "minutes = 599");
    sandbox.write("home/exercises/small-one.toml", &aside);
    sandbox.write("home/exercises/small-one.de.toml", &aside);
    sandbox
}

#[test]
fn exercises_stand_under_what_they_work_on() {
    let output = Sandbox::new().run(&["list"]);
    assert_eq!(output.code, Some(0), "{output}");
    assert_eq!(output.stderr, "");
    let time = output
        .stdout
        .split("\n\n")
        .find(|block| block.contains("  check-in "));
    assert!(
        time.is_some_and(|block| block.starts_with("Time: let trust grow, week by week\n")),
        "{output}"
    );
}

#[test]
fn ones_own_exercises_are_marked() {
    let sandbox = home();
    sandbox.write("home/exercises/check-in.toml", SMALL);
    let output = sandbox.run(&["list"]);
    assert!(
        output
            .stdout
            .contains("  small-one           599 min  A small one  (also in German; yours)\n"),
        "{output}"
    );
    let replaced = "    3 min  A small one  (yours, replaces the built-in one)\n";
    assert!(output.stdout.contains(replaced), "{output}");
}

#[test]
fn every_exercise_has_one_line_and_what_is_aligned_stands_below_one_another() {
    let output = home().run(&["list"]);
    let exercises: Vec<&str> = output
        .stdout
        .lines()
        .filter(|line| line.starts_with("  "))
        .collect();
    let all = home().run(&["list", "--ids"]);
    assert_eq!(exercises.len(), all.stdout.lines().count(), "{output}");
    let minutes = exercises.iter().map(|line| line.find(" min  "));
    let columns: std::collections::BTreeSet<_> = minutes.collect();
    assert_eq!(columns.len(), 1, "{output}");
}

#[test]
fn long_tells_what_each_of_them_is() {
    let output = home().run(&["list", "--long", "--max-minutes", "599"]);
    let told = "A small one  (also in German; yours)\n    The least that an exercise can be.\n";
    assert!(output.stdout.contains(told), "{output}");
}

#[test]
fn filters_leave_what_fits() {
    let sandbox = home();
    let output = sandbox.run(&["list", "--strategy", "empathy", "--max-minutes", "599"]);
    assert!(
        output
            .stdout
            .starts_with("Empathy: see it from their side\n"),
        "{output}"
    );
    assert!(output.stdout.contains("small-one"), "{output}");
    assert!(!output.stdout.contains("check-in"), "{output}");
    let shorter = sandbox.run(&["list", "--max-minutes", "598"]);
    assert!(!shorter.stdout.contains("small-one"), "{shorter}");
    assert_snapshot!(sandbox.run(&["list", "--max-minutes", "0"]), @"
    --- stderr ---
    No exercise matches. `trust-coach list` shows all of them.
    --- exit 0 ---
    ");
}

#[test]
fn an_unknown_strategy_is_a_usage_error_with_a_suggestion() {
    assert_snapshot!(Sandbox::new().run(&["list", "--strategy", "empaty"]), @r#"
    --- stderr ---
    error: invalid value 'empaty' for '--strategy <STRATEGY>'
      [possible values: communication, reliability, empathy, apology, time, help, values]

      tip: a similar value exists: 'empathy'

    For more information, try '--help'.
    --- exit 2 ---
    "#);
}

#[test]
fn json_has_a_format_and_an_object_for_each() {
    let output = home().run(&["list", "--json", "--strategy", "empathy"]);
    let list: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(list["format"], "1.0");
    let exercises = list["exercises"].as_array().unwrap();
    let own = exercises
        .iter()
        .find(|one| one["id"] == "small-one")
        .unwrap();
    assert_snapshot!(format!("{own:#}"), @r#"
    {
      "id": "small-one",
      "version": 1,
      "title": "A small one",
      "strategy": "empathy",
      "minutes": 599,
      "for": "one",
      "summary": "The least that an exercise can be.",
      "lang": "en",
      "gate": false,
      "tags": [],
      "translations": [
        "de"
      ],
      "origin": "own",
      "pack": null,
      "path": "$SANDBOX/home/exercises/small-one.toml"
    }
    "#);
}

#[test]
fn a_broken_file_of_ones_own_is_named_and_hides_nothing() {
    let sandbox = home();
    sandbox.write("home/exercises/broken.toml", "title = oops\n");
    sandbox.write("home/exercises/My Own.toml", SMALL);
    sandbox.write("home/exercises/binary.toml", b"\xff\xfa");
    let output = sandbox.run(&["list"]);
    assert_eq!(output.code, Some(0));
    assert!(output.stdout.contains("small-one") && output.stdout.contains("check-in"));
    assert_snapshot!(output.stderr, @"
    warning: skipped $SANDBOX/home/exercises/My Own.toml: its name isn’t an exercise id
    hint: give it a name such as my-exercise.toml
    warning: skipped $SANDBOX/home/exercises/binary.toml: it isn’t UTF-8 text (line 1)
    hint: trust-coach check $SANDBOX/home/exercises/binary.toml
    warning: skipped $SANDBOX/home/exercises/broken.toml: 1 problem
    hint: trust-coach check $SANDBOX/home/exercises/broken.toml
    ");
    let json = sandbox.run(&["list", "--json"]);
    let list: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(list["broken"].as_array().unwrap().len(), 3);
}

#[test]
fn a_reader_that_stops_early_is_no_error() {
    let sandbox = home();
    let mut command = sandbox.command(&["list"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    command.stdout(writer);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn built_in_exercises_are_listed_without_a_home() {
    let sandbox = Sandbox::new();
    let output = sandbox.finish(sandbox.command(&["list"]).env_remove("TRUST_COACH_HOME"));
    assert_eq!(output.code, Some(0));
    assert!(output.stdout.contains("check-in"), "{output}");
}

#[test]
fn exercises_for_two_are_marked_and_can_be_asked_for() {
    let sandbox = Sandbox::new();
    let all = sandbox.run(&["list"]).stdout;
    let marked: Vec<_> = all
        .lines()
        .filter(|line| line.ends_with("(for two)"))
        .collect();
    let two = sandbox.run(&["list", "--for", "two"]).stdout;
    let two: Vec<_> = two.lines().filter(|line| line.starts_with("  ")).collect();
    assert_eq!(two.len(), marked.len());
    assert!(two.iter().any(|line| line.contains("  weekly-meeting ")));
    let one = sandbox.run(&["list", "--for", "one"]).stdout;
    assert!(!one.contains("for two") && one.contains("  check-in "));
    let json = sandbox.run(&["list", "--for", "two", "--json"]).stdout;
    assert_eq!(json.matches("\"for\": \"two\"").count(), two.len());
}

#[test]
fn one_minute_is_not_said_in_the_plural() {
    let said = Sandbox::new().run_with(&["exercise", "one-line", "--io", "lines"], "/leave\n");
    assert!(said.stderr.contains("(about 1 minute)"), "{said}");
}
