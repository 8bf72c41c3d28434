//! Whoever would rather not say, or marks nothing, is not taken for somebody who is safe.

use crate::common::Sandbox;
use crate::exercises::exercises;
use crate::in_danger::{looks_at, may_be};

type Unsaid = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

/// An exercise, what is typed up to the question about safety, which is skipped, and what isn't asked then.
const UNSAID: [Unsaid; 14] = [
    (
        "tell-truth",
        &[("about", "affair"), ("safe", "/skip")],
        &["day", "kept"],
    ),
    (
        "check-in",
        &[("side", "hurt"), ("safe", "/skip")],
        &[
            "hope",
            "valued",
            "wish",
            "own-step",
            "setback",
            "sharing",
            "outside-help",
            "next",
        ],
    ),
    (
        "first-weeks-hurt",
        &[("state", "/skip")],
        &["contact", "talks", "stop"],
    ),
    (
        "hear-it-out",
        &[("start", "/skip")],
        &["pull", "long", "where", "offer", "day", "next-day", "page"],
    ),
    (
        "setback",
        &[("words", "Sorry."), ("give", "/skip")],
        &["after-words"],
    ),
    (
        "long-road",
        &[("harm", "/skip")],
        &["next-talk", "next-act"],
    ),
    (
        "eye-to-eye",
        &[("theirs", "/skip")],
        &["say", "both", "alone", "instead", "value", "look"],
    ),
    (
        "first-weeks-broke",
        &[("state", "/skip")],
        &["sorry", "talks-note", "health-note", "later"],
    ),
    (
        "check-in",
        &[("side", "broke"), ("own-safe", "/skip")],
        &["hope", "valued", "wish"],
    ),
    (
        "check-in",
        &[("side", "both"), ("safe", "6"), ("own-safe", "/skip")],
        &["hope", "valued", "wish"],
    ),
    (
        "remember-when",
        &[("who", "/skip"), ("afraid", "/skip")],
        &["memory", "says", "use"],
    ),
    (
        "appreciation",
        &[("who", "/skip"), ("afraid", "/skip")],
        &["them"],
    ),
    (
        "why-us",
        &[("role", "/skip"), ("afraid", "/skip")],
        &["bring"],
    ),
    (
        "apology",
        &[("start", "/skip"), ("part", "/skip")],
        &["act", "own"],
    ),
];

#[test]
fn whoever_would_rather_not_say_is_not_taken_for_safe() {
    for (id, typed, unread) in UNSAID {
        let exercise = exercises().into_iter().find(|it| it.head.id == id).unwrap();
        for step in unread {
            let when = exercise
                .step(step)
                .and_then(|step| step.when.clone())
                .unwrap();
            let given = |of: &str| typed.iter().find(|(step, _)| *step == of).map(|it| it.1);
            assert!(
                typed.iter().any(|(step, _)| looks_at(&when).contains(step)),
                "{id} {step}"
            );
            assert!(!may_be(&when, &given, true), "{id} {step}");
        }
    }
}

#[test]
fn who_marks_nothing_when_looking_for_help_is_not_sent_there_with_the_other() {
    let given = |id: &str, value: &str| {
        format!("{{\"type\":\"answer\",\"id\":\"{id}\",\"value\":{value}}}\n")
    };
    for (signs, next) in [("[]", "you-first"), ("[\"silent\"]", "who")] {
        let lines = given("first", "null") + &given("signs", signs);
        let output = Sandbox::new().run_with(&["exercise", "find-help", "--io", "json"], lines);
        let mut asked = output
            .stdout
            .lines()
            .filter(|line| line.contains("\"type\":\"ask\""));
        let last = asked.next_back().unwrap();
        assert!(last.contains(&format!("\"id\":\"{next}\"")), "{output}");
    }
}
