//! What lies between those who type and the thread that saves: plain data and the rules for when
//! to save.

use std::time::{Duration, Instant};

use super::error::StoreError;
use crate::error::Error;
use crate::exercise::StepKind;
use crate::session::{Answer, AnswerId, Session, SessionNote, Value};

/// Text in progress is on its way to the disk this long after it was typed, at the latest.
const REST: Duration = Duration::from_secs(1);

/// So many typed characters are saved without waiting.
const BURST: usize = 200;

/// What lies between those who type and the thread that saves. Never held while saving.
#[derive(Debug)]
pub(super) struct PendingSave {
    /// What should be on the disk.
    session: Session,
    id: Option<AnswerId>,
    /// What was typed since that answer began, until somebody takes it.
    pub(super) typed: Option<String>,
    /// The note that is being written, which goes behind so many others.
    note: Option<(usize, SessionNote)>,
    /// Counts changes; `saved` is the newest one on the disk.
    newest: u64,
    saved: u64,
    /// Counts tries to save that have ended.
    tries: u64,
    /// The newest change that the last failed try held, with its error.
    failure: Option<(u64, SaveError)>,
    /// When to save at the latest.
    due: Option<Instant>,
    /// Characters typed since the last try.
    count: usize,
    requested: bool,
    pub(super) leaving: bool,
    given_up: bool,
    pub(super) ended: bool,
}

impl PendingSave {
    pub(super) fn new(session: Session) -> Self {
        Self {
            session,
            id: None,
            typed: None,
            note: None,
            newest: 0,
            saved: 0,
            tries: 0,
            failure: None,
            due: None,
            count: 0,
            requested: false,
            leaving: false,
            given_up: false,
            ended: false,
        }
    }

    /// Asks for a save without rest. Tells the change that must be in it, and how many tries have
    /// ended before.
    pub(super) fn request_save(&mut self) -> (u64, u64) {
        self.requested = self.newest > self.saved;
        (self.newest, self.tries)
    }

    /// How it went with the change `wanted`, once that is known. Of the tries that failed, only one
    /// that ended after the first `tries` counts.
    pub(super) fn outcome(&mut self, wanted: u64, tries: u64) -> Option<Result<(), SaveError>> {
        if self.saved >= wanted {
            return Some(Ok(()));
        }
        if self.ended {
            return Some(Err(SaveError::Stopped));
        }
        let (held, error) = self.failure.as_ref()?;
        if *held < wanted || self.tries == tries {
            return None;
        }
        Some(Err(error.clone()))
    }

    /// What is to be saved now, and its newest change.
    pub(super) fn begin_try(&mut self) -> (Session, u64) {
        (self.requested, self.due, self.count) = (false, None, 0);
        (self.session.clone(), self.newest)
    }

    /// Takes note of how a try went that held the changes up to `held`. One that failed is tried
    /// again after a rest.
    pub(super) fn end_try(&mut self, held: u64, result: Result<(), SaveError>, now: Instant) {
        self.tries += 1;
        match result {
            Ok(()) => {
                self.saved = held;
                self.requested &= self.newest > held;
                self.failure = None;
            }
            Err(error) => {
                self.failure = Some((held, error));
                self.due = Some(now + REST);
                // The last words had their try, and nobody will wait for another.
                self.given_up = self.leaving && held == self.newest;
            }
        }
    }

    /// Whether everything is on the disk.
    pub(super) fn is_saved(&self) -> bool {
        self.newest == self.saved
    }

    /// Whether the last try failed. There will be another.
    pub(super) fn is_failing(&self) -> bool {
        self.failure.is_some()
    }

    /// Takes a session in place of the one before. What it says of text in progress holds.
    /// That somebody read a page for people in danger isn't kept, nor that they stopped there.
    pub(super) fn replace_session(&mut self, mut session: Session) {
        let is_private = |answer: &Answer| answer.kind == StepKind::Say && answer.sensitive;
        let (private, kept) = session.answers.into_iter().partition(is_private);
        let private: Vec<Answer> = private;
        session.answers = kept;
        let is_kept = |at: &String| !private.iter().any(|answer| answer.step == *at);
        session.at = session.at.filter(is_kept);
        self.session = session;
        self.newest += 1;
    }

    /// What is typed from now on belongs to this answer, or to nothing.
    pub(super) fn begin_answer(&mut self, id: Option<AnswerId>) {
        (self.id, self.note, self.typed) = (id, None, None);
    }

    /// What is typed from now on is the text of this note.
    pub(super) fn begin_note(&mut self, note: SessionNote) {
        self.note = Some((self.session.notes.len(), note));
    }

    /// Takes what stands there now. True when the thread should hear of it.
    pub(super) fn progress(&mut self, text: &str, now: Instant) -> bool {
        self.typed = Some(text.to_string());
        let Some(before) = self.write_progress(text) else {
            return false;
        };
        let lines = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count();
        let new_line = lines(text) > lines(&before);
        self.count += text.chars().count().abs_diff(before.chars().count()).max(1);
        self.newest += 1;
        self.requested |= new_line || self.count >= BURST;
        let first = self.due.is_none();
        self.due.get_or_insert(now + REST);
        first || self.requested
    }

    /// Puts what stands there now in its place, and gives what stood there before; nothing where
    /// that is the same, or no place is known.
    fn write_progress(&mut self, text: &str) -> Option<String> {
        if let Some((behind, note)) = &self.note {
            let notes = &mut self.session.notes;
            let before = notes.get(*behind).map(|note| note.text.clone());
            let before = before.unwrap_or_default();
            if before == text {
                return None;
            }
            notes.truncate(*behind);
            if !text.trim().is_empty() {
                let text = text.to_string();
                notes.push(SessionNote {
                    text,
                    ..note.clone()
                });
            }
            return Some(before);
        }
        let id = self.id.as_ref()?;
        let mut answers = self.session.answers.iter_mut();
        let answer = answers.find(|answer| answer.is(id))?;
        let before = answer.progress.clone().unwrap_or_default();
        if before == text {
            return None;
        }
        answer.progress = in_progress(answer, text);
        Some(before)
    }

    /// How long the thread may rest; nothing left means that it is time to save.
    pub(super) fn next_save(&self, now: Instant) -> NextSave {
        if self.given_up {
            return NextSave::End;
        }
        if self.newest == self.saved {
            return if self.leaving {
                NextSave::End
            } else {
                NextSave::Wait
            };
        }
        if self.requested || self.leaving {
            return NextSave::Save;
        }
        match self.due {
            Some(due) if due > now => NextSave::WaitFor(due - now),
            _ => NextSave::Save,
        }
    }
}

/// What the thread does next.
pub(super) enum NextSave {
    /// Wait for a change.
    Wait,
    /// Wait for a change, or so long.
    WaitFor(Duration),
    /// Save.
    Save,
    /// Nothing is left to save, and nothing will come.
    End,
}

/// The text in progress of an answer: none where nothing is typed or it is what was answered.
fn in_progress(answer: &Answer, text: &str) -> Option<String> {
    let answered = matches!(answer.value(), Some(Value::Text(value)) if value == text);
    (!text.is_empty() && !answered).then(|| text.to_string())
}

/// Why the newest words are not on the disk.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SaveError {
    /// Saving failed.
    #[error(transparent)]
    Store(StoreError),
    /// The disk takes longer than a signal can wait. It is still being tried.
    #[error("the disk is slow; the last words may not be saved")]
    Slow,
    /// The thread that saves has ended.
    #[error("saving has stopped; the last words aren’t saved")]
    Stopped,
}

impl From<SaveError> for Error {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Store(error) => error.into(),
            other => Self::failed(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_answer() -> PendingSave {
        let mut pending = PendingSave::new(crate::journal::tests::session("a"));
        pending.id = Some(AnswerId::new("act", 1));
        pending
    }

    #[test]
    fn a_try_that_failed_speaks_only_for_what_it_held() {
        let now = Instant::now();
        let mut pending = with_answer();
        pending.progress("a", now);
        let (first, tries) = pending.request_save();
        let (_, held) = pending.begin_try();
        pending.progress("ab", now);
        let (second, _) = pending.request_save();
        pending.end_try(held, Err(SaveError::Slow), now);
        assert!(matches!(pending.outcome(first, tries), Some(Err(_))));
        assert!(pending.outcome(second, tries).is_none());
        let (session, held) = pending.begin_try();
        assert_eq!(session.answers[0].progress.as_deref(), Some("ab"));
        pending.end_try(held, Ok(()), now);
        assert!(matches!(pending.outcome(second, tries), Some(Ok(()))));
        assert!(matches!(pending.next_save(now), NextSave::Wait));
    }

    #[test]
    fn what_could_not_be_saved_is_tried_again_after_a_rest_and_once_more_at_the_end() {
        let now = Instant::now();
        let mut pending = with_answer();
        pending.progress("a", now);
        let (_, held) = pending.begin_try();
        assert!(!pending.is_saved() && !pending.is_failing());
        pending.end_try(held, Err(SaveError::Slow), now);
        assert!(matches!(pending.next_save(now), NextSave::WaitFor(time) if time == REST));
        assert!(!pending.is_saved() && pending.is_failing());
        pending.leaving = true;
        assert!(matches!(pending.next_save(now), NextSave::Save));
        let (_, held) = pending.begin_try();
        pending.end_try(held, Err(SaveError::Slow), now);
        assert!(matches!(pending.next_save(now), NextSave::End));
    }

    #[test]
    fn new_lines_and_bursts_are_saved_at_once_and_single_keys_are_not() {
        let begun = Instant::now();
        let mut pending = with_answer();
        assert!(pending.progress("a", begun));
        assert!(matches!(pending.next_save(begun), NextSave::WaitFor(time) if time == REST));
        assert!(!pending.progress("ab", begun + REST / 2));
        assert!(matches!(pending.next_save(begun + REST), NextSave::Save));
        assert!(!pending.requested);
        assert!(pending.progress("ab\n", begun));
        assert!(pending.requested);
        (pending.requested, pending.count) = (false, 0);
        pending.progress(&"a".repeat(BURST), begun);
        assert!(!pending.requested);
        pending.progress(&"a".repeat(BURST + 3), begun);
        assert!(pending.requested);
    }
}
