//! What an engine may know of other sessions.

use std::collections::BTreeMap;

use super::about;
use crate::engine::{Context, Engine, chosen_under_names};
use crate::exercise::{Asking, Exercise, Step, StepKind};
use crate::home::Home;
use crate::session::{Session, SessionState, Value};

/// How many sessions are looked through. Older ones do not count as recent.
const NEWEST: usize = 200;

/// How many are looked through for what was chosen last.
const NEWEST_CHOSEN: usize = 20;

/// Looks only for what the exercise uses; sessions that cannot be read count as none.
pub(super) fn of(home: &Home, exercise: &Exercise, session: &Session, nudges: bool) -> Context {
    let own = session.id.as_str();
    let mut context = Context {
        nudges,
        promises: about::in_view(home, session),
        day_ends: home.day_ends,
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
    // Behind a passphrase nothing is told that is not asked for.
    if nudges && !home.store.any_sealed() {
        context.remembered = remembered(home, exercise, own);
        if !draws.is_empty() && !exercise.head.for_two {
            context.known = known(home);
        }
    }
    context
}

/// The answer of a step in the latest finished session of an exercise; none where that session led to a page
/// for somebody in danger.
fn latest_words(home: &Home, exercise: &str, step: &str) -> Option<String> {
    let sessions = home.store.sessions();
    let done = |head: &Session| head.exercise == exercise && head.state == SessionState::Done;
    let head = sessions.heads().take(NEWEST).flatten().find(done)?;
    let mut session = sessions.read(&head.id).ok()?;
    if let Ok(exercise) = home.library.load(exercise) {
        session.rename_steps(&exercise);
    }
    // What somebody wrote of whom they fear is no comfort on another day.
    if led_to_help(home, &session) {
        return None;
    }
    let mut answers = session
        .answers
        .iter()
        .rev()
        .filter(|answer| !answer.unreached);
    answers.find(|answer| answer.step == step)?.words()
}

/// Whether a session led to a page for somebody who may be in danger.
pub fn led_to_help(home: &Home, session: &Session) -> bool {
    let exercise = home.library.load(&session.exercise);
    exercise.is_ok_and(|exercise| {
        let mut session = session.clone();
        session.rename_steps(&exercise);
        Engine::new(exercise, session, Context::default()).met_help()
    })
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

/// The option that was chosen last under each name that steps remember; nothing with the vault on.
pub(crate) fn known(home: &Home) -> BTreeMap<String, String> {
    let mut known = BTreeMap::new();
    if home.store.any_sealed() {
        return known;
    }
    let sessions = home.store.sessions();
    for head in sessions.heads().take(NEWEST_CHOSEN).flatten() {
        let Ok(exercise) = home.library.load(&head.exercise) else {
            continue;
        };
        if !exercise.steps.iter().any(|step| step.remember.is_some()) {
            continue;
        }
        if let Ok(mut session) = sessions.read(&head.id) {
            session.rename_steps(&exercise);
            for (name, option) in chosen_under_names(&session, &exercise) {
                known.entry(name).or_insert(option);
            }
        }
    }
    known
}

/// For each step that remembers, the option that was chosen last under its name, in whichever exercise.
fn remembered(home: &Home, exercise: &Exercise, own: &str) -> BTreeMap<String, String> {
    let mut remembered = BTreeMap::new();
    let mut open: Vec<&Step> = exercise.steps.iter().collect();
    open.retain(|step| step.remember.is_some());
    let sessions = home.store.sessions();
    for head in sessions.heads().take(NEWEST_CHOSEN).flatten() {
        if open.is_empty() {
            break;
        }
        let Ok(other) = home.library.load(&head.exercise) else {
            continue;
        };
        let there = |step: &&Step| {
            other
                .steps
                .iter()
                .any(|other| other.remember == step.remember)
        };
        if head.id == own || !open.iter().any(there) {
            continue;
        }
        let Ok(mut session) = sessions.read(&head.id) else {
            continue;
        };
        session.rename_steps(&other);
        open.retain(|step| {
            let chosen = chosen(&session, &other, step);
            let fits = |chosen: &String| match step.kind() {
                StepKind::Write => true,
                _ => step.options().iter().any(|option| option.id == *chosen),
            };
            let known = chosen.filter(fits);
            let is_known = known.is_some();
            remembered.extend(known.map(|id| (step.id.clone(), id)));
            !is_known
        });
    }
    remembered
}

/// What was chosen in a session at a step that remembers under the same name.
fn chosen(session: &Session, exercise: &Exercise, step: &Step) -> Option<String> {
    let mut answers = session.answers.iter().rev();
    answers.find_map(|answer| {
        let same = exercise.step(&answer.step)?.remember == step.remember;
        match answer.value()? {
            Value::Choice(id) if same && !answer.unreached => Some(id.clone()),
            Value::Text(words) if same && !answer.unreached => Some(words.clone()),
            _ => None,
        }
    })
}
