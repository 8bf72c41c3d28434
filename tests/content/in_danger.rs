//! Whoever says that they're afraid, or don't want to live, is masked, finds help first at the end and
//! is pushed into nothing.

use crate::common::Sandbox;
use crate::exercises::exercises;

/// Labels that say somebody is in danger.
const DANGER: [&str; 4] = [
    "I don’t want to be alive",
    "I’m afraid of my partner",
    "I’m afraid of someone",
    "I’m afraid of what I might do",
];

/// An exercise, what is typed to say so and to stop there, and what only others read.
const WAYS: [(&str, &str, &str); 6] = [
    ("bad-day", "afraid", "trust-coach progress"),
    ("bad-day", "dark", "trust-coach progress"),
    ("first-weeks-hurt", "safe-no", "trust-coach exercise impact"),
    (
        "first-weeks-hurt",
        "dark\nstop",
        "trust-coach exercise impact",
    ),
    (
        "first-weeks-broke",
        "dark\nstop",
        "trust-coach exercise apology",
    ),
    (
        "first-weeks-broke",
        "anger\nstop",
        "trust-coach exercise apology",
    ),
];

#[test]
fn an_answer_that_says_somebody_is_in_danger_is_masked() {
    let mut found = 0;
    for exercise in exercises() {
        for step in &exercise.steps {
            let mut labels = step.options().iter().map(|option| option.label.as_str());
            let asks = step.prompt.outline().starts_with("Are you afraid of them");
            let says = asks || labels.any(|label| DANGER.contains(&label));
            found += usize::from(says);
            assert!(!says || step.sensitive, "{}: {}", exercise.head.id, step.id);
        }
    }
    assert!(found >= 5, "{found}");
}

#[test]
fn whoever_is_in_danger_is_asked_nothing_more_and_finds_help_first_at_the_end() {
    for (id, typed, elsewhere) in WAYS {
        for lang in ["en", "de"] {
            let sandbox = Sandbox::new();
            let args = ["exercise", id, "--lang", lang, "--io", "lines"];
            let done = sandbox.run_with(&args, format!("{typed}\n"));
            let way = format!("{id} {lang} {typed}: {done}");
            assert_eq!(done.code, Some(0), "{way}");
            assert!(sandbox.session().contains("state = \"done\""), "{way}");
            let all = &done.stderr;
            assert!(!all.contains(elsewhere), "{way}");
            assert!(!all.contains("history show"), "{way}");
            let (_, end) = all.rsplit_once("\n[").unwrap();
            let help = end.find("trust-coach support").unwrap();
            let other = end.find("trust-coach exercise").unwrap();
            assert!(help < other, "{way}");
        }
    }
}

#[test]
fn a_bad_day_without_earlier_lines_shows_none() {
    let sandbox = Sandbox::new();
    let args = ["exercise", "bad-day", "--io", "lines"];
    let done = sandbox.run_with(&args, "low\n");
    let (_, after) = done.stderr.split_once("[better-days]").unwrap();
    assert!(after.contains("[still]"), "{done}");
    assert!(!after.contains("Something"), "{done}");
    assert!(!after.contains("still true"), "{done}");
}
