//! What an engine may know of other sessions.

use std::collections::BTreeMap;

use crate::engine::Context;
use crate::exercise::{Asking, Exercise};
use crate::home::Home;
use crate::session::{Session, SessionState};

/// How many sessions are looked through. Older ones do not count as recent.
const NEWEST: usize = 200;

/// Looks only for what the exercise uses; sessions that cannot be read count as none.
pub(super) fn of(home: &Home, exercise: &Exercise, own: &str, nudges: bool) -> Context {
    let mut context = Context {
        nudges,
        ..Context::default()
    };
    for reference in exercise.outside_references() {
        let Some(other) = &reference.exercise else {
            continue;
        };
        let key = (other.clone(), reference.step.clone());
        if context.outside.contains_key(&key) {
            continue;
        }
        if let Some(words) = latest_words(home, other, &reference.step) {
            context.outside.insert(key, words);
        }
    }
    let draws = exercise
        .steps
        .iter()
        .filter(|step| matches!(step.ask, Asking::Draw { .. }));
    let draws: Vec<&str> = draws.map(|step| step.id.as_str()).collect();
    if !draws.is_empty() {
        context.recent = recent_items(home, exercise, own, &draws);
    }
    context
}

/// The answer of a step in the latest finished session of an exercise.
fn latest_words(home: &Home, exercise: &str, step: &str) -> Option<String> {
    let sessions = home.store.sessions();
    let done = |head: &Session| head.exercise == exercise && head.state == SessionState::Done;
    let head = sessions.heads().take(NEWEST).flatten().find(done)?;
    let mut session = sessions.read(&head.id).ok()?;
    if let Ok(exercise) = home.library.load(exercise) {
        session.rename_steps(&exercise);
    }
    let mut answers = session
        .answers
        .iter()
        .rev()
        .filter(|answer| !answer.unreached);
    answers.find(|answer| answer.step == step)?.words()
}

/// For each `draw` step, the items that recent sessions of the exercise showed, newest first.
fn recent_items(
    home: &Home,
    exercise: &Exercise,
    own: &str,
    draws: &[&str],
) -> BTreeMap<String, Vec<String>> {
    let mut recent: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let sessions = home.store.sessions();
    let same = |head: &Session| head.exercise == exercise.head.id && head.id != own;
    for head in sessions.heads().take(NEWEST).flatten().filter(same) {
        let Ok(mut session) = sessions.read(&head.id) else {
            continue;
        };
        session.rename_steps(exercise);
        for answer in session.answers.iter().rev() {
            let Some(item) = &answer.item else {
                continue;
            };
            if draws.contains(&answer.step.as_str()) {
                let items = recent.entry(answer.step.clone()).or_default();
                if !items.contains(item) {
                    items.push(item.clone());
                }
            }
        }
    }
    recent
}
