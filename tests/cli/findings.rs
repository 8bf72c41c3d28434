//! What rules find in a session: events for scripts, and never a question.

use serde_json::Value;

use crate::common::Sandbox;
use crate::common::exercise_text;
use crate::protocol::message;

/// A promise in one step and put together in another.
const PLAN: &str = exercise_text!(
    r#"title = "A plan"
strategy = "reliability"
minutes = 2
summary = "Plan."
opening = "Begin."
closing = "End."
"#,
    r#"[[step]]
id = "plan"
kind = "write"
name = "The plan"
review = "promise"
prompt = "What will you do?"

[[step]]
id = "whole"
kind = "compose"
name = "The whole"
from = [{ use = "plan" }]
review = "promise"
prompt = "Read it once more."
"#
);

const WORDS: &str = "I will never be late again if you stop shouting.";

fn home() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("home/exercises/plan.toml", PLAN);
    sandbox
}

fn session(sandbox: &Sandbox) -> toml::Table {
    let text = std::fs::read_to_string(&sandbox.sessions()[0]).unwrap();
    text.parse().unwrap()
}

/// The rule and the words of every finding of a step.
fn found(sandbox: &Sandbox, step: &str) -> Vec<(String, String)> {
    let session = session(sandbox);
    let answers = session["answers"].as_array().unwrap();
    let answer = answers
        .iter()
        .find(|answer| answer["step"].as_str() == Some(step));
    let answer = answer.unwrap().as_table().unwrap();
    let text = answer["value"].as_str().unwrap();
    let Some(findings) = answer.get("findings") else {
        return Vec::new();
    };
    let one = |found: &toml::Value| {
        let end = |at: usize| usize::try_from(found["span"][at].as_integer().unwrap()).unwrap();
        assert!(found.get("kept").is_none(), "nobody was asked");
        let rule = found["rule"].as_str().unwrap().to_string();
        (rule, text[end(0)..end(1)].to_string())
    };
    findings.as_array().unwrap().iter().map(one).collect()
}

fn has(found: &[(String, String)], rule: &str, words: &str) -> bool {
    let is = |(id, at): &(String, String)| id == rule && at.contains(words);
    found.iter().any(is)
}

#[test]
fn findings_of_an_answers_file_are_events_without_words_and_stand_in_the_session_file() {
    let sandbox = home();
    sandbox.write("a.toml", format!("[answers]\nplan = \"{WORDS}\"\n"));
    let args = ["exercise", "plan", "--answers", "a.toml", "--events", "e"];
    let output = sandbox.run(&args);
    assert_eq!(
        (output.code, output.stderr.as_str()),
        (Some(0), ""),
        "{output}"
    );
    for step in ["plan", "whole"] {
        let found = found(&sandbox, step);
        assert!(has(&found, "conditional-on-other", "if you"), "{found:?}");
        assert!(has(&found, "absolute", "never"), "{found:?}");
        let missing = found.iter().any(|(rule, _)| rule.starts_with("missing-"));
        assert_eq!(missing, step == "whole", "{found:?}");
    }
    let folder = sandbox.home().parent().unwrap().to_path_buf();
    let events = std::fs::read_to_string(folder.join("e")).unwrap();
    assert!(!events.contains("shouting"), "{events}");
    let events: Vec<Value> = events.lines().map(message).collect();
    let findings = events.iter().filter(|event| event["type"] == "finding");
    let finding = findings.clone().find(|event| event["rule"] == "absolute");
    let finding = finding.unwrap();
    assert_eq!(
        (&finding["id"], &finding["kind"]),
        (&"plan".into(), &"mark".into())
    );
    let never = WORDS.find("never").unwrap();
    let span = [0, 1].map(|end| usize::try_from(finding["span"][end].as_u64().unwrap()).unwrap());
    assert!((span[0]..span[1]).contains(&never), "{finding}");
    let missing = |event: &&Value| event["kind"] == "part";
    assert!(
        findings
            .clone()
            .filter(missing)
            .all(|event| event["id"] == "whole")
    );
    assert!(findings.count() >= 5);
}

#[test]
fn a_program_on_the_other_side_is_told_before_the_next_question_and_asked_nothing() {
    let sandbox = home();
    let line = serde_json::json!({ "type": "answer", "id": "plan", "value": WORDS });
    let output = sandbox.run_with(&["exercise", "plan", "--io", "json"], format!("{line}\n"));
    let said: Vec<Value> = output.stdout.lines().map(message).collect();
    let kinds: Vec<&str> = said
        .iter()
        .map(|said| said["type"].as_str().unwrap())
        .collect();
    let first = kinds.iter().position(|kind| *kind == "finding").unwrap();
    let asks: Vec<usize> = (0..kinds.len()).filter(|at| kinds[*at] == "ask").collect();
    assert!(asks[0] < first && first < asks[1], "{kinds:?}");
    assert_eq!(asks.len(), 2, "{kinds:?}");
    assert_eq!(
        output.code,
        Some(4),
        "paused at the end of the input: {output}"
    );
}

#[test]
fn lines_are_asked_for_steps_alone_and_hear_nothing_of_findings() {
    let sandbox = home();
    let output = sandbox.run_with(
        &["exercise", "plan", "--io", "lines"],
        format!("{WORDS}\n\n"),
    );
    assert_eq!(output.code, Some(0), "{output}");
    assert!(!output.stderr.contains("promise waits"), "{output}");
    assert!(has(&found(&sandbox, "whole"), "absolute", "never"));
}

#[test]
fn what_is_recorded_gives_the_same_session_with_the_same_findings() {
    let sandbox = home();
    let first = ["exercise", "plan", "--answer", &format!("plan={WORDS}")];
    sandbox.run(&[&first as &[&str], &["--record", "again.toml"]].concat());
    let before = session(&sandbox);
    sandbox.run(&["history", "delete", "last", "--yes"]);
    assert!(sandbox.sessions().is_empty());
    let output = sandbox.run(&["exercise", "plan", "--answers", "again.toml"]);
    assert_eq!(output.code, Some(0), "{output}");
    assert_eq!(session(&sandbox)["answers"], before["answers"]);
}

#[test]
fn heavy_words_leave_no_trace_in_the_file_or_in_the_events() {
    let sandbox = home();
    let calm = "I will never be late again if you stop shouting.";
    let heavy = "I will never be late again if you stop shouting. I want to kill myself.";
    let events = |words: &str, name: &str| {
        let answer = format!("plan={words}");
        let args = ["exercise", "plan", "--answer", &answer, "--events", name];
        let output = sandbox.run(&args);
        assert_eq!(
            (output.code, output.stderr.as_str()),
            (Some(0), ""),
            "{output}"
        );
        let folder = sandbox.home().parent().unwrap().to_path_buf();
        std::fs::read_to_string(folder.join(name)).unwrap()
    };
    assert!(events(calm, "calm").contains("\"finding\""));
    let text = events(heavy, "heavy");
    assert!(
        !text.contains("finding") && !text.contains("note"),
        "{text}"
    );
    let files = sandbox.sessions();
    let texts = files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap());
    let heavy = texts.filter(|text| text.contains("kill"));
    let heavy: Vec<String> = heavy.collect();
    assert_eq!(heavy.len(), 1);
    assert!(!heavy[0].contains("findings"), "{}", heavy[0]);
}

#[test]
fn a_name_of_rules_that_does_not_exist_is_refused_with_the_nearest() {
    let sandbox = Sandbox::new();
    sandbox.write("plan.toml", PLAN.replacen("\"promise\"", "\"promisse\"", 1));
    let output = sandbox.run(&["check", "plan.toml"]);
    assert_eq!(output.code, Some(5), "{output}");
    let text = format!("{}{}", output.stdout, output.stderr);
    assert!(
        text.contains("promisse") && text.contains("did you mean \"promise\"?"),
        "{text}"
    );
}

#[test]
fn a_full_apology_and_listening_are_looked_at() {
    for (exercise, who, step, words, rule, whole) in [
        (
            "apology",
            "jonas",
            "own",
            "I am sorry if you felt hurt.",
            "conditional",
            "draft",
        ),
        (
            "active-listening",
            "leila",
            "back-content",
            "You should just talk to your sister about it.",
            "advice",
            "say-back",
        ),
    ] {
        let sandbox = Sandbox::new();
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/answers");
        let file = format!("{file}/{exercise}/{who}.toml");
        let answer = format!("{step}={words}");
        let args = [
            "exercise",
            exercise,
            "--screened",
            "--answers",
            &file,
            "--answer",
            &answer,
        ];
        let output = sandbox.run(&args);
        assert_eq!(output.code, Some(0), "{output}");
        for step in [step, whole] {
            let found = found(&sandbox, step);
            let rules: Vec<&str> = found.iter().map(|(rule, _)| rule.as_str()).collect();
            assert!(rules.contains(&rule), "{step}: {rules:?}");
            // Nobody is pressed to ask for forgiveness.
            assert!(!rules.contains(&"missing-asks-forgiveness"), "{rules:?}");
        }
    }
}

#[test]
fn rules_of_ones_own_speak_in_a_session_and_a_file_with_errors_is_told_of_once() {
    let sandbox = home();
    let rules = r#"format = 1
subject = "promise"
silence = ["absolute"]

[[rule]]
id = "cooking"
kind = "mark"
wording = "tentative"
name = "cooking"
message = "This is about food."
look_at = "Look at who eats it."
why = "They may not be hungry."
source = "A counsellor"
patterns = ["cook"]
examples.caught = ["I will cook."]
examples.passes = ["I will call."]
"#;
    sandbox.write("home/rules/mine.toml", rules);
    sandbox.write("home/rules/torn.toml", "format = ");
    let args = [
        "exercise",
        "plan",
        "--answer",
        "plan=I will never cook again.",
    ];
    let output = sandbox.run(&args);
    assert_eq!(output.code, Some(0), "{output}");
    let found = found(&sandbox, "plan");
    assert!(has(&found, "cooking", "cook"), "{found:?} {output}");
    assert!(!has(&found, "absolute", ""), "{found:?}");
    assert_eq!(output.stderr.matches("aren’t used").count(), 1, "{output}");
    assert!(output.stderr.contains("trust-coach check"), "{output}");
}
