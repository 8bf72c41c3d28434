//! What an engine may know of other sessions.

use std::collections::BTreeMap;

use crate::engine::Context;
use crate::exercise::{Asking, Exercise};
use crate::journal::Store;
use crate::session::{Session, SessionState};

/// How many sessions are looked through. Older ones do not count as recent.
const NEWEST: usize = 200;

/// Looks only for what the exercise uses; sessions that cannot be read count as none.
pub(super) fn of(store: &Store, exercise: &Exercise, own: &str, nudges: bool) -> Context {
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
        if let Some(words) = latest_words(store, other, &reference.step) {
            context.outside.insert(key, words);
        }
    }
    let draws = exercise
        .steps
        .iter()
        .filter(|step| matches!(step.ask, Asking::Draw { .. }));
    let draws: Vec<&str> = draws.map(|step| step.id.as_str()).collect();
    if !draws.is_empty() {
        context.recent = recent_items(store, &exercise.head.id, own, &draws);
    }
    context
}

/// The answer of a step in the latest finished session of an exercise.
fn latest_words(store: &Store, exercise: &str, step: &str) -> Option<String> {
    let done = |head: &Session| head.exercise == exercise && head.state == SessionState::Done;
    let head = store.sessions().heads().take(NEWEST).flatten().find(done)?;
    let session = store.sessions().read(&head.id).ok()?;
    let mut answers = session
        .answers
        .iter()
        .rev()
        .filter(|answer| !answer.unreached);
    answers.find(|answer| answer.step == step)?.words()
}

/// For each `draw` step, the items that recent sessions of the exercise showed, newest first.
fn recent_items(
    store: &Store,
    exercise: &str,
    own: &str,
    draws: &[&str],
) -> BTreeMap<String, Vec<String>> {
    let mut recent: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let same = |head: &Session| head.exercise == exercise && head.id != own;
    for head in store.sessions().heads().take(NEWEST).flatten().filter(same) {
        let Ok(session) = store.sessions().read(&head.id) else {
            continue;
        };
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
