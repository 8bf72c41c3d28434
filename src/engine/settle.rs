//! What an answer changes: it is stored, what was built on another wording of it is opened again,
//! and the answers are brought into order.

use std::collections::BTreeSet;

use jiff::Zoned;

use super::path::{Slot, fits};
use super::{Cursor, Engine, versions};
use crate::exercise::{Asking, Exercise};
use crate::session::{Answer, Moment, Outcome, Value};

impl Engine {
    /// Stores what was given at a slot, lets go what was built on another wording of it, and moves
    /// the cursor on.
    pub(super) fn record_answer(
        &mut self,
        slot: Slot,
        given: Outcome,
        label: Option<String>,
        now: &Zoned,
    ) {
        if matches!(given, Outcome::Value(_)) {
            self.drafts.remove(&slot);
        }
        let composed = self.composed_before(slot);
        let prompt = self.prompt(slot);
        let item = self.drawn(slot);
        let sensitive = self.step(slot).sensitive;
        if self.stored(slot).is_none() {
            let blank = self.blank(slot, String::new(), None);
            self.session.answers.push(blank);
        }
        if let Some(answer) = self.stored(slot) {
            let same = answer.given == given && answer.label == label;
            (answer.prompt, answer.item) = (prompt, item);
            answer.label = label;
            versions::replace(answer, given);
            // A mark that a person made in the file by hand stays.
            answer.sensitive |= sensitive;
            answer.progress = None;
            if !same || answer.at.is_none() {
                answer.at = Some(Moment::new(now));
            }
        }
        self.reopen(&composed);
        self.advance(slot);
        self.tidy();
    }

    /// The settled `compose` steps and the text that each would be composed of now.
    fn composed_before(&self, changing: Slot) -> Vec<(Slot, String)> {
        let met = self.path().settled;
        met.into_iter()
            .filter(|slot| *slot != changing)
            .filter(|slot| matches!(self.step(*slot).ask, Asking::Compose { .. }))
            .map(|slot| (slot, self.compose(slot)))
            .collect()
    }

    /// Opens each `compose` step again whose sources have changed: its text as revised stays as
    /// text in progress; a text that was never revised is composed anew.
    fn reopen(&mut self, before: &[(Slot, String)]) {
        for (slot, old) in before {
            if self.compose(*slot) == *old {
                continue;
            }
            if let Some(answer) = self.stored(*slot) {
                answer.progress = match &answer.given {
                    Outcome::Value(Value::Text(text)) if text != old.trim_end() => {
                        Some(text.clone())
                    }
                    _ => None,
                };
                let revised = answer.progress.is_some();
                versions::replace(answer, Outcome::Pending);
                if revised {
                    self.overtaken.insert(*slot);
                }
            }
        }
    }

    fn advance(&mut self, slot: Slot) {
        self.left = self.cursor;
        self.cursor = match self.cursor {
            Cursor::Back(_) => {
                let settled = self.path().settled;
                let here = settled.iter().position(|met| *met == slot);
                match here.and_then(|at| settled.get(at + 1)) {
                    Some(next) => Cursor::Back(*next),
                    None => Cursor::Forward,
                }
            }
            Cursor::Forward | Cursor::Revising(_) => Cursor::Forward,
        };
    }

    /// Brings the answers into the order of the exercise, marks those of branches not taken, and
    /// drops what was merely shown and left without a word.
    pub(super) fn tidy(&mut self) {
        let path = self.path();
        let current = self.current();
        let reached: BTreeSet<(&str, u32)> = path
            .settled
            .iter()
            .chain(&path.next)
            .chain(&current)
            .map(|slot| (self.exercise.steps[slot.step].id.as_str(), slot.round))
            .collect();
        let here = current.map(|slot| (self.exercise.steps[slot.step].id.as_str(), slot.round));
        for answer in &mut self.session.answers {
            let Some(step) = self.exercise.step(&answer.step) else {
                continue;
            };
            let met = reached.contains(&(answer.step.as_str(), answer.round));
            answer.unreached = !(met && fits(step, answer));
        }
        self.session.answers.retain(|answer| {
            answer.settled()
                || answer.progress.is_some()
                || answer.item.is_some()
                || here == Some((answer.step.as_str(), answer.round))
        });
        // Of two answers with one identity the one that fits the step of today goes first: it is
        // the one that everybody else finds.
        let exercise = &self.exercise;
        self.session
            .answers
            .sort_by_key(|answer| order(exercise, answer));
    }
}

/// Where an answer stands in the exercise: the rounds of a group one after the other, answers to
/// steps that are gone last, and what does not fit its step any more behind what does.
fn order(exercise: &Exercise, answer: &Answer) -> (usize, u32, usize, bool) {
    let steps = &exercise.steps;
    let Some(at) = steps.iter().position(|step| step.id == answer.step) else {
        return (usize::MAX, answer.round, 0, false);
    };
    let group = &steps[at].group;
    let first = match group {
        None => at,
        Some(_) => steps
            .iter()
            .position(|step| step.group == *group)
            .unwrap_or(at),
    };
    (first, answer.round, at, !fits(&steps[at], answer))
}
