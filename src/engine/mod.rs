//! The state machine that walks one session through an exercise.
//!
//! Pure: it touches no terminal, no file, no clock and no random source; it is handed what it
//! needs. The step to ask next always follows from the answers, so going on after a pause is the
//! same as starting. An answer's identity is its step and round.

mod draw;
mod ending;
mod length;
mod path;
pub mod preview;
mod promise;
mod read;
mod read_days;
mod read_options;
mod review;
mod settle;
mod show;
mod two;
mod usual_way;
mod versions;

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use jiff::{Zoned, civil::Time};

use crate::ask::{self, Ask, Rejection};
use crate::dates::LocalDay;
use crate::exercise::{Exercise, Partner, Step};
use crate::session::{Answer, AnswerId, Moment, Outcome, Partners, Session, SessionState, Value};
use crate::text::is_blank;
pub use draw::{chosen_under_names, is_for};
pub use ending::SAFE_ALONE;
use path::{AnswerLookup, SessionOnPath, Slot, StepPath, ToldLength};
pub use promise::{PromiseAnswer, PromiseVerdict, promises_of, verdicts_of};
pub use read::{check, says_the_same, understand};
pub use review::ReviewableText;
pub use show::{as_typed, want};
pub use two::Scene;
pub use usual_way::usual_steps;
use versions::holds_words;
pub use versions::{leave_out, put_away, revise};

/// What an engine is handed about other sessions, and how it behaves.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Answers of other exercises in words, by exercise id and step id.
    pub outside: BTreeMap<(String, String), String>,
    /// For each `draw` step, the ids of items shown in recent sessions, newest first.
    pub recent: BTreeMap<String, Vec<String>>,
    /// For each step that remembers, the option that was chosen last under its name.
    pub remembered: BTreeMap<String, String>,
    /// The option that was chosen last under each name that steps remember, in whichever exercise.
    pub known: BTreeMap<String, String>,
    /// Items to draw, by the answer (`scene@2`). What was shown stays; unknown ones are passed over.
    pub draws: BTreeMap<String, String>,
    /// Whether a short text draws one nudge. Only for a person.
    pub nudges: bool,
    /// The promises that the session is about, in its order; nothing for one that cannot be read.
    pub promises: Vec<Option<PromiseInView>>,
    /// Until when in the night a day lasts.
    pub day_ends: Time,
}

/// A promise that a session is about, as the ledger has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromiseInView {
    /// What was promised.
    pub what: String,
    /// Which of its days have no answer, in words.
    pub days: String,
}

/// A hint and its place among the hints of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Which one, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// What it says.
    pub text: String,
}

/// Where the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cursor {
    /// At the first step that is not settled.
    Forward,
    /// Back at a settled step, and on from there step by step.
    Back(Slot),
    /// Changing one answer from the review; afterwards forward again.
    Revising(Slot),
}

/// One session of one exercise, going on.
#[derive(Clone, Debug)]
pub struct Engine {
    exercise: Exercise,
    session: SessionOnPath,
    context: Context,
    cursor: Cursor,
    /// Where they were when the last answer was given.
    left: Cursor,
    hints: BTreeMap<Slot, usize>,
    nudged: BTreeSet<Slot>,
    /// Revised texts whose parts have changed since, to be told of once.
    overtaken: BTreeSet<Slot>,
    /// The steps of the usual way, once somebody asks how long it is.
    usual: OnceCell<BTreeSet<String>>,
    /// How long it was said to be at each step behind.
    told: RefCell<Vec<ToldLength>>,
    /// The two who do it, in an exercise for two.
    partners: Option<Partners>,
    /// Those of them who have typed the passphrase of a key of their own.
    own_keys: BTreeSet<Partner>,
}

impl Engine {
    /// Takes up a session, new or paused, at the place its answers lead to.
    pub fn new(exercise: Exercise, mut session: Session, context: Context) -> Self {
        session.state = SessionState::Open;
        session.ended = None;
        session.exercise_version = exercise.head.version;
        session.rename_steps(&exercise);
        let partners = session.partners();
        let mut engine = Self {
            exercise,
            session: SessionOnPath::new(session),
            context,
            cursor: Cursor::Forward,
            left: Cursor::Forward,
            hints: BTreeMap::new(),
            nudged: BTreeSet::new(),
            overtaken: BTreeSet::new(),
            usual: OnceCell::new(),
            told: RefCell::default(),
            partners,
            own_keys: BTreeSet::new(),
        };
        engine.give_promises();
        engine.tidy();
        engine
    }

    /// The exercise.
    pub fn exercise(&self) -> &Exercise {
        &self.exercise
    }

    /// The session as it stands, ready to be saved.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Where the person is; `None` when nothing is left to ask.
    fn current(&self) -> Option<Slot> {
        match self.cursor {
            Cursor::Forward => self.path().next,
            Cursor::Back(slot) | Cursor::Revising(slot) => Some(slot),
        }
    }

    /// The answer that is asked for now; `None` when nothing is left to ask.
    pub fn current_id(&self) -> Option<AnswerId> {
        self.current().map(|slot| self.id(slot))
    }

    fn id(&self, slot: Slot) -> AnswerId {
        slot.id(&self.step(slot).id)
    }

    /// Where an answer is asked for in the exercise as it is today.
    fn slot(&self, id: &AnswerId) -> Option<Slot> {
        let mut steps = self.exercise.steps.iter();
        let step = steps.position(|step| step.id == id.step)?;
        Some(Slot {
            step,
            round: id.round,
            by: id.by,
        })
    }

    /// What to ask now. Notes in the session what is asked and drawn, so that a save holds it.
    pub fn ask(&mut self) -> Option<Ask> {
        let Some(slot) = self.current() else {
            self.session.at = None;
            return None;
        };
        let prompt = self.prompt(slot);
        let item = self.drawn(slot);
        let id = self.step(slot).id.clone();
        if let Some(answer) = self.stored(slot) {
            if !answer.settled() {
                answer.prompt.clone_from(&prompt);
                answer.item = item;
            }
        } else {
            let blank = self.blank(slot, prompt.clone(), item);
            self.session.answers.push(blank);
        }
        self.session.at = Some(id);
        self.tidy();
        Some(self.asking(slot, prompt))
    }

    /// Returns which day it is for whoever does it.
    pub fn today(&self, now: &Zoned) -> LocalDay {
        LocalDay::of(now, self.context.day_ends)
    }

    /// Takes an answer to the current step, checks it, and moves on.
    pub fn answer(&mut self, given: &ask::Input, now: &Zoned) -> Result<(), Rejection> {
        let Some(slot) = self.current() else {
            return Ok(());
        };
        let step = self.step(slot);
        if step.kind().spec().value.is_none() {
            self.record_answer(slot, Outcome::Seen, None, now);
            return Ok(());
        }
        if read::declines(step, given, self.language()) {
            self.skip(now);
            return Ok(());
        }
        let read = self.read(slot, given, now)?;
        if let Some(nudge) = self.nudge(slot, &read.value) {
            return Err(nudge);
        }
        self.record_answer(slot, Outcome::Value(read.value), read.label, now);
        Ok(())
    }

    /// Leaves the current step unanswered on purpose, and moves on.
    pub fn skip(&mut self, now: &Zoned) {
        let Some(slot) = self.current() else {
            return;
        };
        let given = if self.step(slot).kind().spec().value.is_none() {
            Outcome::Seen
        } else {
            Outcome::Skipped
        };
        self.record_answer(slot, given, None, now);
    }

    /// Goes to the step before. Returns false where nobody can.
    pub fn back(&mut self) -> bool {
        let before = self.before();
        self.cursor = before.map_or(self.cursor, Cursor::Back);
        before.is_some()
    }

    /// The step before, where one can go back to it.
    fn before(&self) -> Option<Slot> {
        let path = self.path();
        let here = match self.cursor {
            Cursor::Forward => path.settled.len(),
            Cursor::Back(slot) | Cursor::Revising(slot) => path
                .settled
                .iter()
                .position(|met| *met == slot)
                .unwrap_or(path.settled.len()),
        };
        let before = path.settled.get(here.checked_sub(1)?)?;
        self.can_go_back_to(*before).then_some(*before)
    }

    /// Remembers text in progress at the current step.
    pub fn progress(&mut self, text: &str) {
        let Some(slot) = self.current() else {
            return;
        };
        if let Some(answer) = self.stored(slot) {
            let same = matches!(answer.own_value(), Some(Value::Text(saved)) if saved == text);
            answer.progress = (!same && !is_blank(text)).then(|| text.to_string());
        }
    }

    /// Whether the text at the current step was revised before a part of it changed. Tells it once.
    pub fn is_overtaken(&mut self) -> bool {
        self.current()
            .is_some_and(|slot| self.overtaken.remove(&slot))
    }

    /// The next hint at the current step. After the last one the first comes again.
    pub fn hint(&mut self) -> Option<Hint> {
        let slot = self.current()?;
        let of = self.step(slot).hints.len();
        let next = self.hints.get(&slot).map_or(0, |shown| shown + 1) % of.max(1);
        let text = self.fill(slot, self.step(slot).hints.get(next)?);
        self.hints.insert(slot, next);
        Some(Hint {
            number: next + 1,
            of,
            text,
        })
    }

    /// Why the current step is asked.
    pub fn why(&self) -> Option<String> {
        let slot = self.current()?;
        self.step(slot).why.as_ref().map(|why| self.fill(slot, why))
    }

    /// Every step that was asked on the way taken, for a look back, with what was given.
    pub fn review(&self) -> Vec<(&Step, &Answer)> {
        let ground = self.ground();
        let met = self.path().settled.iter();
        met.filter_map(|slot| Some((self.step(*slot), ground.answer(*slot)?)))
            .filter(|(step, _)| step.kind().spec().value.is_some())
            // What one of two gave alone stays as it was shown.
            .filter(|(step, _)| !step.participation.is_alone())
            .collect()
    }

    /// Opens an answer to change it; afterwards only what became open by the change is asked.
    pub fn revise(&mut self, id: &AnswerId) {
        if let Some(slot) = self.slot(id) {
            self.cursor = Cursor::Revising(slot);
        }
    }

    /// How many answers belong to branches that are not taken any more.
    pub fn unreached(&self) -> usize {
        self.session
            .answers
            .iter()
            .filter(|answer| answer.unreached)
            .count()
    }

    /// Erases the answers of branches that are not taken any more.
    pub fn erase_unreached(&mut self) {
        self.session.answers.retain(|answer| !answer.unreached);
    }

    /// Marks the session as finished.
    pub fn finish(&mut self, now: &Zoned) {
        self.session.state = SessionState::Done;
        self.session.ended = Some(self.end_at(now));
        self.session.at = None;
        let current = self.current();
        self.erase_closed();
        self.session
            .answers
            .retain(|answer| answer.settled() || holds_words(answer));
        debug_assert!(current.is_none());
    }

    /// Marks the session as left on purpose: kept, and not offered again.
    pub fn leave(&mut self, now: &Zoned) {
        self.session.state = SessionState::Left;
        self.session.ended = Some(self.end_at(now));
    }

    /// Now, and not before it began: the clock may have been set since.
    fn end_at(&self, now: &Zoned) -> Moment {
        let (started, now) = (&self.session.started, Moment::new(now));
        match now.at() < started.at() {
            true => started.clone(),
            false => now,
        }
    }

    fn ground(&self) -> AnswerLookup<'_> {
        AnswerLookup::of(&self.exercise, &self.session)
    }

    fn path(&self) -> &StepPath {
        self.session.path(|| self.ground().walk())
    }

    fn step(&self, slot: Slot) -> &Step {
        &self.exercise.steps[slot.step]
    }

    fn stored(&mut self, slot: Slot) -> Option<&mut Answer> {
        let mut behind = 0;
        self.ground().find(slot, &mut behind)?;
        self.session.answers.get_mut(behind - 1)
    }
}
