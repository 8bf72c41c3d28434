//! Every question of an exercise as it would be put, without doing it: what hangs on answers has
//! their names in brackets.

use super::show::{floor_in_words, want};
use crate::ask::{Ask, InitialSource, Pin, StepPosition};
use crate::exercise::{Asking, Exercise, PoolItem, Reference, Step, Template};

/// A screen of an exercise.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewScreen<'e> {
    /// The step.
    pub step: &'e Step,
    /// The item of its pool that this screen shows, with its place and how many there are.
    pub item: Option<(&'e PoolItem, usize, usize)>,
    /// The question.
    pub ask: Ask,
    /// Why it is asked.
    pub why: Option<String>,
    /// Its hints.
    pub hints: Vec<String>,
}

/// Every screen of an exercise, in the order of its steps: also those that no single session shows
/// together, and of a `draw` one for each item of its pool.
pub fn screens(exercise: &Exercise) -> Vec<PreviewScreen<'_>> {
    let steps = exercise.steps.iter().enumerate();
    steps
        .flat_map(|(at, step)| of(exercise, at, step))
        .collect()
}

/// The text of the last screen.
pub fn closing(exercise: &Exercise) -> String {
    filled(exercise, &exercise.closing)
}

fn of<'e>(exercise: &'e Exercise, at: usize, step: &'e Step) -> Vec<PreviewScreen<'e>> {
    let screen = |item: Option<(&'e PoolItem, usize, usize)>| PreviewScreen {
        step,
        item,
        ask: ask(exercise, at, step, item.map(|(item, ..)| item.text.trim())),
        why: step.why.as_ref().map(|why| filled(exercise, why)),
        hints: step
            .hints
            .iter()
            .map(|hint| filled(exercise, hint))
            .collect(),
    };
    let Asking::Draw { pool, .. } = &step.ask else {
        return vec![screen(None)];
    };
    let items = pool.iter().enumerate();
    items
        .map(|(number, item)| screen(Some((item, number + 1, pool.len()))))
        .collect()
}

fn ask(exercise: &Exercise, at: usize, step: &Step, item: Option<&str>) -> Ask {
    let text = filled(exercise, &step.prompt);
    let (initial, initial_by) = match &step.ask {
        Asking::Compose { from, .. } => {
            let parts: Vec<String> = from.iter().map(|id| bracketed(exercise, id)).collect();
            (Some(parts.join("\n\n")), InitialSource::Composed)
        }
        _ => (step.default.clone(), InitialSource::Author),
    };
    let about = exercise
        .steps
        .iter()
        .any(|step| step.when.is_some() || step.group.is_some());
    Ask {
        id: step.id.clone(),
        place: Some(StepPosition {
            step: at + 1,
            grew: false,
            of: exercise.steps.len(),
            about,
        }),
        pins: pins(exercise, at),
        prompt: match item {
            Some(item) => super::show::with_item(text.trim(), item),
            None => match step.participation.seconds {
                Some(seconds) => format!("{}\n\n{}", text.trim(), floor_in_words(seconds)),
                None => text.trim().to_string(),
            },
        },
        want: want(step),
        initial,
        initial_by,
        back: at > 0,
        optional: step.optional,
        private: step.sensitive || step.participation.is_alone(),
        unmarked: step.unmarked,
        person: None,
        sealed: step.participation.seal,
        secret: false,
        seconds: None,
        hand_over: false,
        known: None,
    }
}

/// What could be pinned above a step.
fn pins(exercise: &Exercise, at: usize) -> Vec<Pin> {
    let pinned = exercise.steps[..at].iter().filter(|step| step.pin);
    let pin = |step: &Step| Pin {
        name: step.name.clone().unwrap_or_else(|| step.id.clone()),
        text: bracketed(exercise, &step.id),
    };
    pinned.map(pin).collect()
}

fn filled(exercise: &Exercise, template: &Template) -> String {
    template.fill(|reference| {
        Some(match reference {
            Reference {
                exercise: Some(other),
                step,
                ..
            } => format!("[{other}/{step}]"),
            Reference { step, .. } => bracketed(exercise, step),
        })
    })
}

/// What stands for an answer: the name of its step.
fn bracketed(exercise: &Exercise, id: &str) -> String {
    let step = exercise.step(id);
    let name = step.and_then(|step| step.name.as_deref()).unwrap_or(id);
    format!("[{name}]")
}
