//! The people of an exercise go every way through it.

use std::collections::BTreeSet;

use trust_coach::exercise::library::{BUILT_IN, Library};
use trust_coach::exercise::{AnswerTest, Condition, Exercise};
use trust_coach::session::{self, Value};

use crate::personas::personas_of;

/// The options, and `true` or `false`, that decide on the way through an exercise, as `step=option`.
fn deciding(exercise: &Exercise) -> BTreeSet<String> {
    let shown = exercise.steps.iter().filter_map(|step| step.when.as_ref());
    let ends = exercise.groups.iter().map(|group| &group.repeat_until);
    shown.chain(ends).flat_map(options).collect()
}

fn options(condition: &Condition) -> Vec<String> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(options).collect(),
        Condition::Not(inner) => options(inner),
        Condition::Step {
            step,
            test: AnswerTest::Is(option) | AnswerTest::IsNot(option) | AnswerTest::Includes(option),
        } => vec![format!("{step}={option}")],
        Condition::Step { .. } => Vec::new(),
    }
}

/// What was chosen at a step, as `step=option`.
fn chosen(answer: &session::Answer) -> Vec<String> {
    let options = match answer.value() {
        Some(Value::Choice(id)) => vec![id.clone()],
        Some(Value::Choices(ids)) => ids.clone(),
        Some(Value::YesNo(yes)) => vec![yes.to_string()],
        _ => Vec::new(),
    };
    let at = |option| format!("{}={option}", answer.step);
    options.into_iter().map(at).collect()
}

/// What the people of one exercise meet and give: its steps, `group NAME again` for a second round,
/// `step=option` for what was chosen, and `skip`.
fn met(exercise: &Exercise) -> BTreeSet<String> {
    let mut met = BTreeSet::new();
    for persona in personas_of(&exercise.head.id) {
        let (session, noting) = persona.by_script();
        met.extend(noting.asked);
        for answer in session.answers {
            met.extend(chosen(&answer));
            let group = exercise.step(&answer.step).unwrap().group.as_ref();
            met.extend(group.filter(|_| answer.round > 1).map(|name| again(name)));
            met.extend((answer.given == session::Outcome::Skipped).then(|| String::from("skip")));
            met.insert(answer.step);
        }
    }
    met
}

fn again(group: &str) -> String {
    format!("group {group} again")
}

#[test]
fn together_they_reach_every_step_every_branch_and_a_second_round() {
    let mut missing = Vec::new();
    for (id, _) in BUILT_IN {
        let exercise = Library::open(None).load(id).unwrap();
        let steps = exercise.steps.iter().map(|step| step.id.clone());
        let groups = exercise.groups.iter().filter(|group| group.at_most > 1);
        let rounds = groups.map(|group| again(&group.name));
        let mut wanted: Vec<String> = steps.chain(rounds).chain(deciding(&exercise)).collect();
        wanted.push(String::from("skip"));
        let met = met(&exercise);
        wanted.retain(|wanted| !met.contains(wanted));
        missing.extend(wanted.iter().map(|wanted| format!("{id}: {wanted}")));
    }
    let missing = missing.join("\n");
    assert!(
        missing.is_empty(),
        "nobody in tests/answers/<id>/ does this (`skip`: somebody gives `{{ skip = true }}`):\n{missing}"
    );
}
