//! What an answer changes: it is stored, what was built on another wording of it is opened again,
//! and the answers are brought into order.

use std::collections::BTreeSet;

use jiff::Zoned;

use super::path::{Slot, fits};
use super::versions::{self, holds_words, text_at};
use super::{Cursor, Engine};
use crate::exercise::{Answerer, Asking, Exercise, Partner};
use crate::session::{Answer, AnswerId, Moment, Outcome};

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
        let composed = self.composed_before(slot);
        let prompt = self.prompt(slot);
        let item = self.drawn(slot);
        let sensitive = self.blank(slot, String::new(), None).sensitive;
        let mut changes = false;
        if self.stored(slot).is_none() {
            let blank = self.blank(slot, String::new(), None);
            self.session.answers.push(blank);
        }
        if let Some(answer) = self.stored(slot) {
            let same = answer.given == given && answer.label == label;
            let skipped = given == Outcome::Skipped;
            // Minutes would tell who thought how long about what is closed.
            let at = match answer.closed {
                true => Moment(now.date().to_string()),
                false => Moment::new(now),
            };
            (answer.prompt, answer.item) = (prompt, item);
            versions::replace(answer, given, label);
            // A mark that a person made in the file by hand stays.
            answer.sensitive |= sensitive;
            if skipped {
                versions::put_away(answer, at.clone());
            }
            answer.progress = None;
            changes = !same;
            if !same || answer.at.is_none() {
                answer.at = Some(at);
            }
        }
        self.reopen(&composed);
        if changes && self.partners.is_some() {
            self.agree_anew(slot);
        }
        self.advance(slot);
        self.tidy();
    }

    /// The `compose` steps that were reached, and the text that each would be composed of now.
    fn composed_before(&self, changing: Slot) -> Vec<(Slot, String)> {
        let path = self.path();
        let met = path.settled.iter().chain(&path.next).copied();
        met.filter(|slot| *slot != changing)
            .filter(|slot| matches!(self.step(*slot).ask, Asking::Compose { .. }))
            .map(|slot| (slot, self.compose(slot)))
            .collect()
    }

    /// Opens each `compose` step again whose sources have changed: its text as revised stays as
    /// text in progress; a text that was never revised is composed anew, and kept as it was.
    fn reopen(&mut self, before: &[(Slot, String)]) {
        for (slot, old) in before {
            if self.compose(*slot) == *old {
                continue;
            }
            if let Some(answer) = self.stored(*slot) {
                answer.progress = text_at(answer).filter(|text| text != old.trim_end());
                let revised = answer.progress.is_some();
                versions::replace(answer, Outcome::Pending, None);
                if revised {
                    self.overtaken.insert(*slot);
                }
            }
        }
    }

    /// Opens again what both agreed on with other words, so that each is asked once more.
    fn agree_anew(&mut self, changed: Slot) {
        let changed = &self.exercise.steps[changed.step];
        let agreed = self.exercise.promises_from(&changed.id);
        let agreed = agreed.filter(|step| step.id != changed.id);
        let agreed: Vec<&str> = agreed.map(|step| step.id.as_str()).collect();
        let answers = self.session.answers.iter_mut();
        for answer in answers.filter(|answer| answer.settled() && agreed.contains(&&*answer.step)) {
            versions::replace(answer, Outcome::Pending, None);
        }
    }

    fn advance(&mut self, slot: Slot) {
        self.left = self.cursor;
        self.cursor = match self.cursor {
            Cursor::Back(_) => {
                let settled = &self.path().settled;
                let here = settled.iter().position(|met| *met == slot);
                // On the other person's side nothing that is settled is opened again.
                let same = |next: &&Slot| self.scene_at(**next) == self.scene_at(slot);
                match here.and_then(|at| settled.get(at + 1)).filter(same) {
                    Some(next) => Cursor::Back(*next),
                    None => Cursor::Forward,
                }
            }
            Cursor::Forward | Cursor::Revising(_) => Cursor::Forward,
        };
    }

    /// An answer that is still to be given.
    pub(super) fn blank(&self, slot: Slot, prompt: String, item: Option<String>) -> Answer {
        let step = self.step(slot);
        Answer {
            step: step.id.clone(),
            round: slot.round,
            by: slot.by,
            closed: step.participation.seal,
            kind: step.kind(),
            prompt,
            name: step.name.clone(),
            given: Outcome::Pending,
            item,
            label: None,
            at: None,
            unreached: false,
            sensitive: step.sensitive || step.help,
            versions: Vec::new(),
            findings: Vec::new(),
            progress: None,
            extra: toml::Table::new(),
        }
    }

    /// Brings the answers into the order of the exercise, marks those of branches not taken, and
    /// drops what was merely shown and left without a word.
    pub(super) fn tidy(&mut self) {
        let path = self.path();
        let current = self.current();
        let reached: BTreeSet<AnswerId> = path
            .settled
            .iter()
            .chain(&path.next)
            .chain(&current)
            .map(|slot| self.id(*slot))
            .collect();
        let here = current.map(|slot| self.id(slot));
        for answer in &mut self.session.answers {
            let Some(step) = self.exercise.step(&answer.step) else {
                continue;
            };
            let met = reached.contains(&answer.id());
            answer.unreached = !(met && fits(step, answer));
        }
        self.session.answers.retain(|answer| {
            answer.settled()
                || holds_words(answer)
                || answer.item.is_some()
                || here.as_ref().is_some_and(|here| answer.is(here))
        });
        // Of two answers with one identity the one that fits the step of today goes first: it is
        // the one that everybody else finds.
        let exercise = &self.exercise;
        self.session
            .answers
            .sort_by_key(|answer| order(exercise, answer));
    }
}

/// Run, half, round, step, person, and whether it fits.
type AnswerOrder = (usize, bool, u32, usize, Option<Partner>, bool);

/// Where an answer stands in the exercise: the rounds of a group one after the other, answers to
/// steps that are gone last, and what does not fit its step any more behind what does.
fn order(exercise: &Exercise, answer: &Answer) -> AnswerOrder {
    let steps = &exercise.steps;
    let Some(at) = steps.iter().position(|step| step.id == answer.step) else {
        return (usize::MAX, false, answer.round, 0, answer.by, false);
    };
    let group = &steps[at].group;
    let first = match group {
        None => at,
        Some(_) => steps
            .iter()
            .position(|step| step.group == *group)
            .unwrap_or(at),
    };
    let swapped = match (steps[at].participation.by, answer.by) {
        (Answerer::One(one), Some(by)) => one != by,
        _ => false,
    };
    let unfit = !fits(&steps[at], answer);
    (first, swapped, answer.round, at, answer.by, unfit)
}
