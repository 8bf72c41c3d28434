//! How the exercises are worded: one hand, no verdicts, and nobody is taken for what they may not be.

use std::collections::BTreeSet;

use trust_coach::exercise::library::Library;
use trust_coach::exercise::{Asking, Exercise, PoolItem, StepKind, Template};

use crate::exercises::{exercises, texts};

/// Everything of an exercise that a person can read, hints included.
fn with_hints(exercise: &Exercise) -> String {
    let hints = exercise.steps.iter().flat_map(|step| &step.hints);
    let mut all = texts(exercise);
    all.extend(hints.map(Template::outline));
    all.join("\n")
}

#[test]
fn one_hand_set_the_quotation_marks_and_no_example_is_called_weak() {
    for exercise in exercises() {
        let id = &exercise.head.id;
        let all = with_hints(&exercise);
        assert!(
            !all.contains(['"', '\'']),
            "{id} has straight quotation marks"
        );
        assert!(!all.contains("Weak:"), "{id} calls an example weak");
    }
    let letter = Library::open(None).load("unsent-letter").unwrap();
    assert!(!with_hints(&letter).contains("First try:"));
}

#[test]
fn outside_examples_and_stories_nobody_is_taken_for_a_man_a_woman_or_married() {
    let words = [
        "he",
        "she",
        "him",
        "his",
        "her",
        "hers",
        "husband",
        "wife",
        "spouse",
        "marriage",
        "boyfriend",
        "girlfriend",
    ];
    for exercise in exercises() {
        let mut said = vec![exercise.head.summary.clone(), exercise.opening.clone()];
        said.extend(exercise.caution.clone());
        said.push(exercise.closing.outline());
        for step in &exercise.steps {
            // A story is told in steps without a question.
            let prompt = (step.kind() != StepKind::Say || exercise.head.id != "stories")
                .then(|| step.prompt.outline());
            said.extend(prompt);
            said.extend(step.why.as_ref().map(Template::outline));
            said.extend(step.options().iter().map(|option| option.label.clone()));
        }
        let found = said.iter().find_map(|text| {
            let text = without_quotes(text);
            let mut own = text.split(|c: char| !c.is_alphabetic());
            own.find(|own| words.contains(own)).map(str::to_string)
        });
        assert_eq!(found, None, "{}", exercise.head.id);
    }
}

/// The text in small letters without what somebody says in it.
fn without_quotes(text: &str) -> String {
    let mut quoted = false;
    let own = text.chars().filter(|c| {
        quoted = (quoted || *c == '“') && *c != '”';
        !quoted
    });
    own.collect::<String>().to_lowercase()
}

/// Words that say nothing of what a prompt is about.
const SMALL: &[&str] = &[
    "a", "an", "the", "of", "to", "in", "on", "at", "it", "is", "are", "was", "were", "do", "does",
    "did", "you", "your", "they", "them", "their", "what", "when", "which", "who", "how", "that",
    "this", "with", "and", "for", "or", "if", "so", "but", "have", "had", "has", "been", "be",
    "as", "by", "from", "me", "my", "would", "like", "there",
];

/// The share of words that two prompts have in common.
fn overlap(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let count = |number: usize| f64::from(u32::try_from(number).unwrap());
    count(one.intersection(other).count()) / count(one.union(other).count().max(1))
}

#[test]
fn no_two_prompts_that_are_drawn_are_nearly_the_same() {
    let mut pools: Vec<(String, BTreeSet<String>)> = Vec::new();
    for exercise in exercises() {
        for step in &exercise.steps {
            let Asking::Draw { pool, .. } = &step.ask else {
                continue;
            };
            pools.extend(pool.iter().map(|item| {
                let text = item.text.to_lowercase();
                let words = text.split(|c: char| !c.is_alphabetic() && c != '’');
                let words = words.filter(|word| !word.is_empty() && !SMALL.contains(word));
                let words = words.map(str::to_string).collect();
                (format!("{}: {}", exercise.head.id, item.text), words)
            }));
        }
    }
    assert!(pools.len() >= 600, "{}", pools.len());
    for (at, (one, words)) in pools.iter().enumerate() {
        for (other, others) in &pools[at + 1..] {
            assert!(overlap(words, others) < 0.7, "{one}\n{other}");
        }
    }
}

#[test]
fn what_is_drawn_says_how_close_it_comes_and_names_only_options_that_are_remembered() {
    let all = exercises();
    let steps = all.iter().flat_map(|exercise| &exercise.steps);
    let remembers = steps.filter(|step| step.remember.is_some());
    let known: BTreeSet<&str> = remembers
        .flat_map(|step| step.options().iter().map(|option| option.id.as_str()))
        .collect();
    let steps = all.iter().flat_map(|exercise| &exercise.steps);
    let items = steps.filter_map(|step| match &step.ask {
        Asking::Draw { pool, .. } => Some(pool),
        _ => None,
    });
    let items: Vec<_> = items.flatten().collect();
    for item in &items {
        for option in &item.not_for {
            assert!(known.contains(option.as_str()), "{}: {option}", item.id);
        }
    }
    let at = |depth: u32| items.iter().filter(|item| item.depth == depth).count();
    assert!(
        at(1) >= 300 && at(2) >= 100 && at(3) >= 40,
        "{} {} {}",
        at(1),
        at(2),
        at(3)
    );
    let not_for = |option: &str| {
        let has = |item: &&&PoolItem| item.not_for.iter().any(|other| other == option);
        items.iter().filter(has).count()
    };
    for option in ["hurt", "ex", "minor"] {
        assert!(not_for(option) >= 40, "{option}: {}", not_for(option));
    }
}

#[test]
fn a_question_that_names_its_reason_has_no_answer_with_another() {
    for exercise in exercises() {
        for step in &exercise.steps {
            let asked = step.prompt.outline();
            let asked = asked.rsplit("\n\n").next().unwrap();
            if !asked.contains(" because ") {
                continue;
            }
            for option in step.options() {
                let own = ["chose to", "wanted to", "to be kind"];
                let other = own.iter().any(|reason| option.label.contains(reason));
                assert!(!other, "{}: {asked} {}", exercise.head.id, option.label);
            }
        }
    }
}
