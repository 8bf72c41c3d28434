//! A question as it is being asked, and what stood there when it was asked last.

use crate::ask::{Ask, InitialSource, Note, Reply, Want};
use crate::text::language::Language;

/// What stood in the place for the answer of the question that was put last.
#[derive(Clone, Debug)]
pub(super) struct EarlierInput {
    pub(super) id: String,
    pub(super) text: String,
    /// It was given as the answer.
    pub(super) answered: bool,
    /// All that comes before the question was read.
    pub(super) reached: bool,
    /// It will not do.
    pub(super) refused: bool,
    /// Notes that were said before the question when it was put for the first time.
    pub(super) notes: Vec<Note>,
}

/// A question as it is being asked.
pub(super) struct OpenQuestion<'a> {
    pub(super) ask: &'a Ask,
    /// The exercise's title, or nothing.
    pub(super) title: String,
    pub(super) language: Language,
    /// The answer before it is on the disk.
    pub(super) saved: bool,
    /// What stands there to begin with.
    pub(super) initial: String,
    /// What stands there was given before and will not do.
    pub(super) refused: bool,
    /// It was asked just before: what could not stay in view has been read.
    pub(super) again: bool,
    /// Why the last answer will not do.
    pub(super) message: Option<String>,
    /// Notes that stood before it when it was asked before.
    pub(super) earlier: Vec<Note>,
    /// Notes that were said before it, and not read yet.
    pub(super) notes: Vec<Note>,
}

/// What came back, in words for the scrollback and as it stood there.
pub(super) struct AnswerInWords {
    pub(super) reply: Reply,
    /// What stood there, as it can be put there again.
    pub(super) standing: String,
}

impl OpenQuestion<'_> {
    /// Whether what stands there is a value to take or to type anew, and no words of their own: a
    /// day, or what the author put there.
    pub(super) fn suggests(&self, standing: &str) -> bool {
        let is_own = self.again && self.ask.initial.as_deref() != Some(standing);
        let is_day = matches!(self.ask.want, Want::Date | Want::When { .. });
        !is_own && (is_day || self.ask.initial_by == InitialSource::Author)
    }

    /// What was suggested where something else stands there since: it comes back once that is emptied.
    pub(super) fn suggestion(&self) -> Option<String> {
        let initial = self.ask.initial.clone();
        initial.filter(|initial| self.again && self.suggests(initial))
    }
}
