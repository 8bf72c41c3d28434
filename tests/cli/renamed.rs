//! Steps with other ids than in an earlier version: what was answered under the old ones still counts.

use insta::assert_snapshot;
use serde_json::Value;

use crate::common::{Sandbox, exercise_text};

const BEFORE: &str = exercise_text!(
    r#"title = "A look at the day"
strategy = "time"
minutes = 2
summary = "Look at a day."
opening = "Welcome."
closing = "Until tomorrow."
"#,
    r#"[[step]]
id = "good"
kind = "write"
name = "What was good"
prompt = "What was good today?"
hints = ["Small is fine.", "“It was good that ...”"]

[[step]]
id = "calm"
kind = "rate"
from = 1
to = 7
name = "How calm"
prompt = "How calm was it?"
"#
);

const QUOTING: &str = exercise_text!(
    r#"title = "One more look"
strategy = "time"
minutes = 2
summary = "Look again."
opening = "Welcome."
closing = "Until tomorrow."
"#,
    r#"[[step]]
id = "still"
kind = "confirm"
name = "Still"
prompt = "You wrote: {{day/helped|nothing}} Is it still so?"
"#
);

/// Today's version: the same steps under other ids.
fn today() -> String {
    BEFORE
        .replace("id = \"good\"", "id = \"helped\"\nwas = \"good\"")
        .replace("id = \"calm\"", "id = \"steady\"\nwas = \"calm\"")
}

/// One session in the old version, and one in today's.
fn home() -> Sandbox {
    let sandbox = Sandbox::new();
    let versions = [
        ("2026-11-20", BEFORE, "good = \"Tea.\"\ncalm = 2\n"),
        (
            "2026-11-21",
            &*today(),
            "helped = \"A walk.\"\nsteady = 5\n",
        ),
    ];
    for (day, exercise, answers) in versions {
        sandbox.write("home/exercises/day.toml", exercise);
        sandbox.write("a.toml", format!("format = 1\n[answers]\n{answers}"));
        let mut command = sandbox.command(&["exercise", "day", "--answers", "a.toml"]);
        let now = format!("{day}T19:00:00Z[UTC]");
        let output = sandbox.finish(command.env("TRUST_COACH_NOW", now));
        assert_eq!(output.code, Some(0), "{output}");
    }
    sandbox
}

#[test]
fn a_text_from_before_is_answered_again_under_its_id_of_today() {
    let sandbox = home();
    sandbox.write("again.txt", "Coffee, I think.\n");
    for id in ["helped", "good"] {
        let args = [
            "history",
            "compare",
            "day",
            "--blind",
            "--answer",
            id,
            "--text-file",
            "again.txt",
        ];
        let mut command = sandbox.command(&args);
        command.env("TRUST_COACH_NOW", "2026-12-04T20:00:00Z[UTC]");
        let output = sandbox.finish(&mut command);
        assert_eq!(output.code, Some(0), "{id}: {output}");
        assert!(output.stdout.contains("Tea."), "{id}: {output}");
    }
    let followed = sandbox.run(&["history", "compare", "day", "--answer", "helped"]);
    assert_eq!(
        followed.stdout.matches("Coffee, I think.").count(),
        2,
        "{followed}"
    );
}

#[test]
fn an_answer_from_before_stands_beside_the_one_of_today() {
    let sandbox = home();
    let names = sandbox.sessions();
    let names: Vec<&str> = names
        .iter()
        .map(|path| path.file_stem().unwrap().to_str().unwrap())
        .collect();
    let args = [&["history", "compare"], &*names].concat();
    let compared = sandbox.run(&args).stdout;
    assert!(!compared.contains("(not asked)"), "{compared}");
    for id in ["helped", "good"] {
        let followed = sandbox.run(&["history", "compare", "day", "--answer", id]);
        assert!(followed.stdout.contains("Tea."), "{id}: {followed}");
        assert!(followed.stdout.contains("A walk."), "{id}: {followed}");
    }
}

#[test]
fn ratings_from_before_are_of_one_row_with_those_of_today() {
    let printed = home().run(&["progress", "--json"]).stdout;
    let printed: Value = serde_json::from_str(&printed).unwrap();
    let series = printed["series"].as_array().unwrap();
    assert_eq!(series.len(), 1);
    assert_eq!(series[0]["id"], "day/steady");
    let points = series[0]["points"].as_array().unwrap();
    let values: Vec<i64> = points
        .iter()
        .map(|point| point["value"].as_i64().unwrap())
        .collect();
    assert_eq!(values, [2, 5]);
}

#[test]
fn a_quote_finds_what_was_answered_before() {
    let sandbox = home();
    let newest = sandbox.sessions().pop().unwrap();
    std::fs::remove_file(newest).unwrap();
    sandbox.write("home/exercises/more.toml", QUOTING);
    sandbox.write("a.toml", "format = 1\n[answers]\nstill = true\n");
    sandbox.run(&["exercise", "more", "--answers", "a.toml"]);
    let shown = sandbox.run(&["history", "show", "last"]).stdout;
    assert!(shown.contains("You wrote: Tea."), "{shown}");
}

#[test]
fn a_paused_session_from_before_goes_on_with_its_answers() {
    let sandbox = home();
    let path = sandbox.sessions()[0].clone();
    let text = std::fs::read_to_string(&path).unwrap();
    let (kept, _) = text.split_once("\n[[answers]]\nstep = \"calm\"").unwrap();
    let paused = kept.replace("state = \"done\"", "state = \"open\"");
    std::fs::write(&path, paused).unwrap();
    let resumed = sandbox.run(&["resume", "--answer", "steady=4"]);
    assert_eq!(resumed.code, Some(0), "{resumed}");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("step = \"helped\"") && text.contains("Tea."),
        "{text}"
    );
    assert!(!text.contains("step = \"good\""), "{text}");
}

#[test]
fn an_id_from_before_is_no_other_step_and_no_second_one_has_it() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "day.toml",
        today().replace("was = \"good\"", "was = \"steady\""),
    );
    assert_snapshot!(sandbox.run(&["check", "day.toml"]), @r#"
    error[TC0301]: the step id `steady` is used twice
      --> day.toml:22:7
       |
    22 | was = "steady"
       |       ^^^^^^^^
    ...
    29 | id = "steady"
       |      -------- first used here
       |
       = help: answers are stored under ids, so each needs its own

    --- stderr ---
    1 file checked: 1 error
    --- exit 5 ---
    "#);
}

#[test]
fn a_plan_looks_at_what_was_answered_before() {
    let sandbox = Sandbox::new();
    let at = |day: &str, args: &[&str]| {
        let mut command = sandbox.command(args);
        let now = format!("{day}T19:00:00Z[UTC]");
        let output = sandbox.finish(command.env("TRUST_COACH_NOW", now));
        assert_eq!(output.code, Some(0), "{output}");
        output.stdout
    };
    sandbox.write("home/exercises/day.toml", BEFORE);
    sandbox.write("home/exercises/more.toml", QUOTING);
    sandbox.write("home/plans/days.toml", PLAN);
    at("2026-11-19", &["plan", "start", "days"]);
    sandbox.write(
        "a.toml",
        "format = 1\n[answers]\ngood = \"Tea.\"\ncalm = 2\n",
    );
    at("2026-11-20", &["exercise", "day", "--answers", "a.toml"]);
    sandbox.write("home/exercises/day.toml", today());
    let next: Value = serde_json::from_str(&at("2026-11-21", &["next", "--json"])).unwrap();
    assert_eq!(next["exercise"], "more", "{next}");
}

const PLAN: &str = r#"format = 1
version = 1
title = "Some days"
role = "anyone"
weeks = 1
minutes_a_week = 5
summary = "A look, and one more after a day that wasn’t calm."
opening = "Welcome."
closing = "That’s all of it."
caution = "Not while someone makes you do it."
evidence = "Weak: this plan wasn’t tested."
endings = [{ id = "not-ready", title = "Not now", text = "That’s an answer too." }]

[[stage]]
id = "look"
exercise = "day"

[[stage]]
id = "again"
exercise = "more"
when = { answer = "day/steady", at_most = 3 }

[[stage]]
id = "week"
exercise = "check-in"
"#;
