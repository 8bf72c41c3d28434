//! Texts that rules look at: what a review of one needs to know, and what came of it.

use std::fmt::Display;

use unicode_segmentation::UnicodeSegmentation;

use super::path::Slot;
use super::{Cursor, Engine};
use crate::ask::Rejection;
use crate::exercise::{Asking, LineLimit};
use crate::session::{Answer, AnswerId, StoredFinding, Value};

/// A text that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewableText {
    /// The answer's identity.
    pub id: AnswerId,
    /// The name of the rules that look at it.
    pub rules: Option<String>,
    /// The text as it was given.
    pub text: String,
    /// What the other said, where the text says it back.
    pub about: Option<String>,
    /// Whether the step asks for all of it, so that one can tell what is not there.
    pub whole: bool,
    /// Not for other eyes.
    pub private: bool,
    /// The steps whose texts it was put together from.
    pub sources: Vec<String>,
}

impl Engine {
    /// One nudge for a text shorter than the author hopes for; the second time it is taken.
    pub(super) fn nudge(&mut self, slot: Slot, value: &Value) -> Option<Rejection> {
        let Asking::Write {
            min_words: Some(least),
            lines,
            ..
        } = self.step(slot).ask
        else {
            return None;
        };
        let Value::Text(text) = value else {
            return None;
        };
        let words = u32::try_from(text.unicode_words().count()).unwrap_or(u32::MAX);
        if !self.context.nudges || words >= least || !self.nudged.insert(slot) {
            return None;
        }
        let key = match lines {
            LineLimit::One => "Enter",
            LineLimit::Many => "Ctrl-D",
        };
        let words: [(&str, &dyn Display); 2] = [("least", &least), ("key", &key)];
        Some(Rejection {
            code: "short",
            message: self.language().fill(SHORT, &words),
        })
    }

    /// The text of this answer, where one was given.
    pub fn text_of(&self, id: &AnswerId) -> Option<ReviewableText> {
        let slot = self.slot(id)?;
        let step = self.step(slot);
        let Value::Text(text) = self.ground().answer(slot)?.value()? else {
            return None;
        };
        let sources = match &step.ask {
            Asking::Compose { from, .. } => from.clone(),
            _ => Vec::new(),
        };
        Some(ReviewableText {
            id: id.clone(),
            rules: step.ask.review().map(String::from),
            text: text.clone(),
            about: self.about(slot),
            whole: !matches!(step.ask, Asking::Write { .. }),
            private: step.sensitive,
            sources,
        })
    }

    /// What the text at `slot` is compared with: the text that the step names, or that one of its
    /// parts names; the words of a drawn scene.
    fn about(&self, slot: Slot) -> Option<String> {
        let step = match &self.step(slot).ask {
            Asking::Write { about, .. } => about.as_deref(),
            Asking::Compose { from, .. } => from.iter().find_map(|part| {
                let part = self.exercise.step(part)?;
                match &part.ask {
                    Asking::Write { about, .. } => about.as_deref(),
                    _ => None,
                }
            }),
            Asking::Draw { .. } => return self.drawn_text(slot).map(|scene| spoken(&scene)),
            _ => None,
        };
        self.ground().words(&self.met_before(slot), slot, step?)
    }

    /// What rules point at in the text of this answer, for the file.
    pub fn note_findings(&mut self, id: &AnswerId, findings: Vec<StoredFinding>) {
        if let Some(answer) = self.slot(id).and_then(|slot| self.stored(slot)) {
            answer.findings = findings;
        }
    }

    /// The text that is advised to be changed here, where there is one.
    pub fn advised_change(&self) -> Option<AnswerId> {
        let current = self.current()?;
        let Asking::Say { change } = &self.step(current).ask else {
            return None;
        };
        let mut given = self.session.answers.iter().rev();
        let answer = given.find(|answer| {
            Some(&answer.step) == change.as_ref() && answer.value().is_some() && !answer.unreached
        });
        answer.map(Answer::id)
    }

    /// Opens the text of this answer again, as if it had not been left.
    pub fn open_again(&mut self, id: &AnswerId) {
        let Some(slot) = self.slot(id) else {
            return;
        };
        self.cursor = match self.left {
            Cursor::Revising(_) => Cursor::Revising(slot),
            Cursor::Forward | Cursor::Back(_) => Cursor::Back(slot),
        };
    }

    /// The text that they were at when the session was paused, where they had not said yet what to
    /// do about what was found in it.
    pub fn undecided(&self) -> Option<AnswerId> {
        let at = self.session.at.as_deref()?;
        if self.current_id().is_some_and(|id| id.step == at) {
            return None;
        }
        let settled = &self.path().settled;
        let mut last = settled.iter().rev();
        let slot = *last.find(|slot| self.step(**slot).id == at)?;
        let open = |found: &StoredFinding| !found.kept;
        let answer = self.ground().answer(slot)?;
        answer.findings.iter().any(open).then(|| self.id(slot))
    }
}

// Texts for people.
const SHORT: &str =
    "About {least} words would be enough here. To keep it as it is, press {key} again.";

/// What is said in a scene: the words in quotation marks, or all of it where there are none.
fn spoken(scene: &str) -> String {
    let quotes = ['"', '“', '”', '„'];
    let said: Vec<&str> = scene.split(quotes).skip(1).step_by(2).collect();
    if said.is_empty() {
        return scene.to_string();
    }
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_scene_the_words_that_are_said_count() {
        assert_eq!(
            spoken("Your friend says: “I waited.” Then, after a while: “You never came.”"),
            "I waited. You never came."
        );
        assert_eq!(spoken("Amara says: \"I was sad.\""), "I was sad.");
        assert_eq!(spoken("Your friend is late."), "Your friend is late.");
    }
}
