//! Who an exercise is about: asked once, in the same words everywhere, and told apart where it matters.

use trust_coach::exercise::{AnswerTest, Asking, Condition, Exercise, Step, StepKind};

use crate::exercises::exercises;
use crate::in_danger::may_be;

/// The step that asks who it’s about.
fn relation(exercise: &Exercise) -> Option<&Step> {
    let mut steps = exercise.steps.iter();
    steps.find(|step| step.remember.as_deref() == Some("relation"))
}

#[test]
fn who_it_is_about_is_asked_once_and_in_the_same_words_everywhere() {
    let mut lists = Vec::new();
    for exercise in exercises() {
        let Some(step) = relation(&exercise) else {
            continue;
        };
        let id = exercise.head.id.clone();
        assert!(step.once, "{id} asks again what is remembered");
        assert!(step.name.is_some(), "{id}");
        let options = step.options().iter();
        // Only a few things are for somebody who isn't grown up yet.
        let options = options.filter(|option| option.id != "grown-up");
        let options: Vec<_> = options
            .map(|option| (option.id.clone(), option.label.clone()))
            .collect();
        lists.push((id, options));
    }
    assert!(lists.len() >= 20, "{lists:#?}");
    let ids: Vec<&str> = lists[0].1.iter().map(|(id, _)| id.as_str()).collect();
    let everybody = [
        "partner",
        "ex",
        "parent",
        "grown-child",
        "minor",
        "sibling",
        "friend",
        "colleague",
        "else",
    ];
    assert_eq!(ids, everybody);
    for (id, options) in &lists {
        assert_eq!(*options, lists[0].1, "{id} and {}", lists[0].0);
    }
}

/// Whether a condition looks for a child under 18 at a step.
fn is_for_minors(when: &Condition, asking: &str) -> bool {
    match when {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().any(|part| is_for_minors(part, asking))
        }
        Condition::Step {
            step,
            test: AnswerTest::Is(option),
        } => step == asking && option == "minor",
        Condition::Not(_) | Condition::Step { .. } => false,
    }
}

#[test]
fn where_it_is_asked_somebody_with_a_child_is_told_something_else() {
    for exercise in exercises() {
        let Some(asking) = relation(&exercise) else {
            continue;
        };
        let says = exercise.steps.iter().any(|step| {
            let when = step.when.as_ref();
            step.kind() == StepKind::Say && when.is_some_and(|when| is_for_minors(when, &asking.id))
        });
        assert!(says, "{}", exercise.head.id);
    }
}

#[test]
fn what_only_fits_a_couple_is_in_an_exercise_that_asks_or_says_whom_it_is_for() {
    let words = [
        "partner",
        "partners",
        "couple",
        "couples",
        "relationship",
        "relationships",
        "romantic",
        "lover",
    ];
    let speaks = |text: &str| {
        let text = text.to_lowercase();
        let mut own = text.split(|c: char| !c.is_alphabetic());
        own.any(|own| words.contains(&own))
    };
    let mut unclear = Vec::new();
    for exercise in exercises() {
        let head = &exercise.head;
        if relation(&exercise).is_some() || speaks(&head.summary) || speaks(&exercise.opening) {
            continue;
        }
        let mut said = vec![exercise.caution.clone().unwrap_or_default()];
        said.push(exercise.closing.outline());
        // A story is told in steps without a question.
        let steps = exercise.steps.iter();
        let steps = steps.filter(|step| head.id != "stories" || step.kind() != StepKind::Say);
        said.extend(steps.map(|step| step.prompt.outline()));
        // An example in a hint is somebody else's.
        let labels = exercise.steps.iter().flat_map(Step::options);
        // A list that begins with a partner and goes on with others leaves nobody out.
        let labels = labels.map(|option| option.label.clone());
        said.extend(labels.filter(|label| !label.contains(", a friend")));
        let found = said
            .into_iter()
            .find(|text| speaks(text) && !is_for_all(text));
        unclear.extend(found.map(|text| format!("{}: {text}", head.id)));
    }
    assert!(unclear.is_empty(), "{unclear:#?}");
}

/// Whether a text names others beside a partner.
fn is_for_all(text: &str) -> bool {
    ["friend", "famil"]
        .iter()
        .any(|other| text.to_lowercase().contains(other))
}

#[test]
fn nobody_is_asked_what_is_not_for_whom_it_is_about() {
    for exercise in exercises() {
        let Some(asked) = relation(&exercise) else {
            continue;
        };
        for step in &exercise.steps {
            let Asking::Draw { pool, .. } = &step.ask else {
                continue;
            };
            for option in asked.options() {
                let given = |of: &str| (of == asked.id).then_some(&*option.id);
                let when = step.when.as_ref();
                if when.is_none_or(|when| may_be(when, &given, true)) {
                    let fits = pool.iter().any(|item| !item.not_for.contains(&option.id));
                    assert!(fits, "{} {}: {}", exercise.head.id, step.id, option.id);
                }
            }
        }
    }
}
