//! A way through an exercise that stands for it: what it asks of most people, without every branch.

use std::collections::BTreeSet;

use super::path::{AnswerLookup, Slot};
use crate::exercise::{Asking, Exercise, Step};
use crate::session::{Answer, Outcome, Value};

/// The steps of an exercise for somebody who answers everything: with the first option, where there
/// are options, and with yes.
pub fn usual_steps(exercise: &Exercise) -> Vec<&Step> {
    let mut answers: Vec<Answer> = Vec::new();
    let mut steps: Vec<&Step> = Vec::new();
    while let Some(slot) = next(exercise, &answers) {
        let step = &exercise.steps[slot.step];
        if !steps.iter().any(|known| known.id == step.id) {
            steps.push(step);
        }
        answers.push(usual_answer(step, slot));
    }
    steps
}

/// The ids of those steps.
pub(super) fn usual_ids(exercise: &Exercise) -> BTreeSet<String> {
    let steps = usual_steps(exercise).into_iter();
    steps.map(|step| step.id.clone()).collect()
}

fn next(exercise: &Exercise, answers: &[Answer]) -> Option<Slot> {
    let lookup = AnswerLookup {
        exercise,
        answers,
        promises: 0,
        session: None,
    };
    lookup.walk().next
}

fn usual_answer(step: &Step, slot: Slot) -> Answer {
    let first = step.options().first().map(|option| option.id.clone());
    let given = match &step.ask {
        Asking::Say { .. } | Asking::Share { .. } => Outcome::Seen,
        Asking::Choose { .. } => Outcome::Value(Value::Choice(first.unwrap_or_default())),
        Asking::Pick { .. } => Outcome::Value(Value::Choices(first.into_iter().collect())),
        Asking::Rate { from, .. } => Outcome::Value(Value::Number(*from)),
        Asking::Confirm => Outcome::Value(Value::YesNo(true)),
        Asking::Date => Outcome::Value(Value::Date(String::new())),
        Asking::Promise(_) => Outcome::Value(Value::Rule(String::new())),
        Asking::Write { .. } | Asking::Draw { .. } | Asking::Compose { .. } => {
            Outcome::Value(Value::Text(String::new()))
        }
    };
    Answer {
        step: step.id.clone(),
        round: slot.round,
        by: slot.by,
        closed: false,
        kind: step.kind(),
        prompt: String::new(),
        name: None,
        given,
        item: None,
        label: None,
        at: None,
        unreached: false,
        sensitive: false,
        versions: Vec::new(),
        findings: Vec::new(),
        progress: None,
        extra: toml::Table::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::library::Library;

    fn ids(id: &str) -> Vec<String> {
        let exercise = Library::open(None).load(id).unwrap();
        let steps = usual_steps(&exercise);
        steps.iter().map(|step| step.id.clone()).collect()
    }

    #[test]
    fn the_first_options_lead_to_what_the_exercise_is_for() {
        let ids = ids("apology");
        for step in ["start", "time", "act", "regret", "draft", "look-back"] {
            assert!(ids.iter().any(|id| id == step), "{step} in {ids:?}");
        }
        for aside in ["was-hurt", "not-yours", "listen-first", "kept"] {
            assert!(!ids.iter().any(|id| id == aside), "{aside} in {ids:?}");
        }
    }

    #[test]
    fn a_step_that_is_repeated_is_there_once() {
        let ids = ids("active-listening");
        assert_eq!(ids.iter().filter(|id| *id == "first").count(), 1);
        assert!(ids.iter().any(|id| id == "look-back"), "{ids:?}");
    }
}
