//! Whoever says that they're afraid, or don't want to live, is masked, finds help first at the end and
//! is pushed into nothing.

use std::collections::BTreeSet;

use trust_coach::engine::{Context, Engine};
use trust_coach::exercise::library::TRANSLATED;
use trust_coach::exercise::{AnswerOption, AnswerTest, Asking, Condition, Exercise, Step};

use crate::common::Sandbox;
use crate::exercises::exercises;
use crate::personas::personas_of;

/// Words in an option, or in a question for yes or no, that say somebody is in danger or forced.
const DANGER: [&str; 11] = [
    "afraid",
    "alive",
    "anyone forcing",
    "pushed",
    "feel I have to",
    "Fear, or",
    "demand",
    "controls my",
    "might hurt",
    "scared",
    "still going on",
];

/// Where they don’t: what one can ask a counsellor, why one cuts in, what a guess rests on, and a feeling that the next
/// question asks more about.
const OTHERWISE: [(&str, &str); 4] = [
    ("find-help", "questions"),
    ("let-them-finish", "pull"),
    ("other-side", "source"),
    ("raise-it-gently", "feeling"),
];

/// Whether an answer to it says so.
fn says_danger(step: &Step) -> bool {
    let mut labels = step.options().iter().map(|option| option.label.as_str());
    let in_words = |words: &str| DANGER.iter().any(|danger| words.contains(danger));
    let prompt = step.prompt.outline();
    let asks = step.ask == Asking::Confirm && in_words(&prompt);
    let is_asked = !matches!(step.ask, Asking::Say { .. });
    asks || is_asked && prompt.starts_with("Are you afraid") || labels.any(in_words)
}

/// The steps that a condition looks at.
pub(crate) fn looks_at(condition: &Condition) -> BTreeSet<&str> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(looks_at).collect(),
        Condition::Not(inner) => looks_at(inner),
        Condition::Step { step, .. } => BTreeSet::from([step.as_str()]),
    }
}

/// Whether an answer to the step leads to a page for somebody in danger.
fn leads_to_help(exercise: &Exercise, step: &Step) -> bool {
    let mut pages = exercise.steps.iter().filter(|page| page.help);
    pages.any(|page| {
        page.when
            .as_ref()
            .is_some_and(|when| looks_at(when).contains(step.id.as_str()))
    })
}

/// An exercise, what is typed to say so and to stop there, and what only others read.
const WAYS: [(&str, &str, &str); 14] = [
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
    ("promise", "broke\nno", "in your calendar"),
    ("promise", "self\nno", "reliability-review"),
    ("promise", "hurt\nno", "trust-coach exercise apology"),
    ("openness", "demand", "trust-coach exercise promise"),
    ("setback", "mine\npage", "trust-coach exercise apology"),
    // Rather not say isn't a yes.
    ("promise", "broke\n/skip", "in your calendar"),
    ("setback", "mine\n/skip", "trust-coach exercise apology"),
    (
        "eye-to-eye",
        "partner\nnone\n/skip",
        "trust-coach exercise raise-it-gently",
    ),
];

#[test]
fn an_answer_that_says_somebody_is_in_danger_is_masked_and_leads_to_help() {
    let mut found = 0;
    for exercise in exercises() {
        for step in exercise.steps.iter().filter(|step| says_danger(step)) {
            let at = (&*exercise.head.id, &*step.id);
            if OTHERWISE.contains(&at) {
                continue;
            }
            found += 1;
            // Two people are asked alone, and only they see what they said.
            let alone = step.participation.seal && step.participation.is_alone();
            assert!(step.sensitive || alone, "{at:?}");
            assert!(leads_to_help(&exercise, step) || alone, "{at:?}");
        }
    }
    assert!(found >= 15, "{found}");
}

#[test]
fn every_page_for_somebody_in_danger_names_help_and_what_leads_there_is_masked() {
    for exercise in exercises() {
        for page in exercise.steps.iter().filter(|step| step.help) {
            let at = (&exercise.head.id, &page.id);
            assert!(page.prompt.outline().contains("/support"), "{at:?}");
            let Some(when) = &page.when else {
                continue;
            };
            let answered = looks_at(when).into_iter();
            let answered = answered.filter_map(|id| exercise.step(id));
            let mut told =
                answered.filter(|step| matches!(step.ask, Asking::Rate { .. }) || step.sensitive);
            assert!(told.next().is_some(), "{at:?}");
        }
    }
}

#[test]
fn whoever_met_such_a_page_is_sent_to_help_alone_at_the_end() {
    let mut met = BTreeSet::new();
    for exercise in exercises() {
        for persona in personas_of(&exercise.head.id) {
            let session = persona.by_script().0;
            let engine = Engine::new(exercise.clone(), session, Context::default());
            // What is for somebody afraid has a closing of its own.
            if !engine.met_help() || exercise.head.id == "find-help" {
                continue;
            }
            met.insert(exercise.head.id.clone());
            let closing = engine.closing();
            let name = &persona.name;
            assert!(
                closing.starts_with("trust-coach support"),
                "{name}: {closing}"
            );
            let mut others = closing.split("trust-coach exercise ").skip(1);
            assert!(
                others.all(|id| id.starts_with("find-help")),
                "{name}: {closing}"
            );
            for nudge in ["calendar", "history", "progress", "promise", "apology"] {
                assert!(!closing.contains(nudge), "{name}: {closing}");
            }
        }
    }
    let with_pages = exercises().into_iter();
    let with_pages = with_pages.filter(|one| {
        one.steps
            .iter()
            .any(|step| step.help && step.when.is_some())
    });
    let with_pages = with_pages
        .map(|one| one.head.id)
        .filter(|id| id != "find-help");
    assert_eq!(met, with_pages.collect());
}

#[test]
fn whoever_is_in_danger_is_asked_nothing_more_and_finds_help_first_at_the_end() {
    for (id, typed, elsewhere) in WAYS {
        let german = TRANSLATED.iter().any(|(known, ..)| *known == id);
        for lang in ["en", "de"].iter().take(1 + usize::from(german)) {
            let sandbox = Sandbox::new();
            let args = [
                "exercise",
                id,
                "--lang",
                lang,
                "--io",
                "lines",
                "--screened",
            ];
            let done = sandbox.run_with(&args, format!("{typed}\n"));
            let way = format!("{id} {lang} {typed}: {done}");
            assert_eq!(done.code, Some(0), "{way}");
            assert!(sandbox.session().contains("state = \"done\""), "{way}");
            let all = &done.stderr;
            assert!(!all.contains(elsewhere), "{way}");
            assert!(!all.contains("history show"), "{way}");
            let (_, end) = all.rsplit_once("\n[").unwrap();
            let (_, closing) = end.split_once("\ntrust-coach support").unwrap();
            let mut others = closing.split("trust-coach exercise ").skip(1);
            assert!(others.all(|id| id.starts_with("find-help")), "{way}");
        }
    }
}

/// Who said so and goes on, what is theirs to read then, and what is asked or advised of others alone.
const GOING_ON: [(&str, &str, &[&str], &[&str]); 6] = [
    (
        "check-in",
        "yael",
        &["safe-note", "outside-alone"],
        &[
            "hope",
            "valued",
            "wish",
            "own-step",
            "outside-help",
            "next",
            "sharing",
        ],
    ),
    (
        "check-in",
        "zeynep",
        &["own-safe-note", "outside-alone"],
        &[
            "hope",
            "valued",
            "wish",
            "setback",
            "outside-help",
            "sharing",
        ],
    ),
    ("eye-to-eye", "sandor", &["note-afraid"], &["say", "both"]),
    (
        "long-road",
        "noor",
        &["harm-note", "next-outside"],
        &["next-talk"],
    ),
    ("openness", "zoe", &["pressed"], &["follow"]),
    (
        "first-weeks-broke",
        "hanno",
        &["anger-note", "health-apart"],
        &["sorry", "talks-note", "health-note", "later", "space-note"],
    ),
];

#[test]
fn whoever_says_so_and_goes_on_is_not_asked_or_advised_as_others_are() {
    for (id, person, read, unread) in GOING_ON {
        let people = personas_of(id);
        let name = format!("{id}/{person}.toml");
        let person = people.iter().find(|one| one.name == name).unwrap();
        let asked = person.by_script().1.asked;
        for step in read {
            assert!(asked.contains(*step), "{name} {step}: {asked:?}");
        }
        for step in unread {
            assert!(!asked.contains(*step), "{name} {step}: {asked:?}");
            assert!(person.exercise.step(step).is_some(), "{name} {step}");
        }
    }
}

#[test]
fn what_is_asked_only_of_somebody_in_danger_is_masked_as_well() {
    let mut told = Vec::new();
    for exercise in exercises() {
        for step in exercise.steps.iter().filter(|step| says_danger(step)) {
            let at = (&*exercise.head.id, &*step.id);
            if OTHERWISE.contains(&at) || !step.sensitive {
                continue;
            }
            let is_danger =
                |option: &AnswerOption| DANGER.iter().any(|it| option.label.contains(it));
            let (danger, others): (Vec<_>, Vec<_>) =
                step.options().iter().partition(|it| is_danger(it));
            for asked in exercise.steps.iter().filter(|it| !it.sensitive) {
                let when = asked.when.as_ref();
                let when = when.filter(|_| !matches!(asked.ask, Asking::Say { .. }));
                let Some(when) = when.filter(|when| looks_at(when).contains(&*step.id)) else {
                    continue;
                };
                let opens = |option: &&AnswerOption| {
                    let given = |of: &str| (step.id == of).then_some(&*option.id);
                    may_be(when, &given, true)
                };
                if danger.iter().any(opens) && !others.iter().all(opens) {
                    told.push(format!("{} {}: {}", at.0, at.1, asked.id));
                }
            }
        }
    }
    assert_eq!(told, [""; 0]);
}

/// Whether a condition can be so when these answers were given, or skipped, and others are anything.
pub(crate) fn may_be<'g>(
    condition: &Condition,
    given: &dyn Fn(&str) -> Option<&'g str>,
    wanted: bool,
) -> bool {
    match condition {
        Condition::Not(inner) => may_be(inner, given, !wanted),
        Condition::All(parts) if wanted => parts.iter().all(|part| may_be(part, given, true)),
        Condition::All(parts) => parts.iter().any(|part| may_be(part, given, false)),
        Condition::Any(parts) if wanted => parts.iter().any(|part| may_be(part, given, true)),
        Condition::Any(parts) => parts.iter().all(|part| may_be(part, given, false)),
        Condition::Step { step, test } => given(step).is_none_or(|answer| {
            let holds = match test {
                AnswerTest::Answered(wanted) => *wanted == (answer != "/skip"),
                _ if answer == "/skip" => false,
                AnswerTest::Is(what) => what == answer,
                AnswerTest::IsNot(what) => what != answer,
                _ => return true,
            };
            holds == wanted
        }),
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
