//! Single questions put to a person about a session that is there already: to add a note, to change
//! an answer, to answer again. What is typed is saved while it is typed, as in a session.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::gate::GateOutcome;
use super::leave::leave;
use super::person::{self, SharedSignalContext};
use super::runner::{ProgressRelay, help};
use super::screen::PersonScreen;
use super::script::Prefilled;
use super::{AnswerFlags, Mode, Persistence, closed, gone};
use crate::ask::{Ask, Input, Note, Prompter, Rejection, Reply, Retry, Tone};
use crate::error::{Exit, Result};
use crate::home::Home;
use crate::home::world::World;
use crate::journal::{Lock, Writer};
use crate::session::{self, AnswerId, Session};
use crate::terminal::editor;

/// A person at their screen.
pub struct SingleQuestion {
    screen: PersonScreen,
    late: SharedSignalContext,
    desk: Arc<ProgressRelay>,
    go_on: String,
}

/// What came of a question.
pub enum QuestionOutcome<T> {
    /// An answer that will do.
    Given(T),
    /// Nothing is to be changed.
    Nothing,
    /// They stopped; what is typed so far stays.
    Pause,
    /// They left, and nothing may stay in view.
    Leave,
}

/// Where text in progress belongs.
pub enum ProgressTarget {
    /// To an answer.
    Answer(AnswerId),
    /// To a note of its own.
    Note(session::SessionNote),
}

impl SingleQuestion {
    /// Opens the screen; a `private` one leaves nothing behind. `go_on` is the last line after a stop:
    /// how to go on.
    pub fn open(world: &World<'_>, place: &Home, private: bool, go_on: String) -> Result<Self> {
        let mode = Mode::decide(&AnswerFlags::default(), &world.terminal);
        let late = person::course(place, Persistence::Save);
        let desk = person::desk(&late);
        let (drafts, signalled) = (late.drafts.clone(), signalled(&late, &go_on));
        let screen = PersonScreen::open(world, mode, private, desk.clone(), drafts, signalled)?;
        Ok(Self {
            screen,
            late,
            desk,
            go_on,
        })
    }

    /// Shows the private screen that stands before an exercise with safety questions. Back with the
    /// person still there, or with how it ended elsewhere.
    pub fn through_the_gate(
        mut self,
        world: &mut World<'_>,
        place: &Home,
    ) -> Result<std::result::Result<Self, Exit>> {
        match person::ask_privately(&mut self.screen, place)? {
            GateOutcome::Pass => Ok(Ok(self)),
            GateOutcome::Leave => Ok(Err(leave(world, &self.late, self.screen))),
            GateOutcome::Instead(id) => {
                let doing = person::alone(place, &id)?;
                let by = person::PersonRun {
                    mode: Mode::decide(&AnswerFlags::default(), &world.terminal),
                    input: &AnswerFlags::default(),
                    keeping: Persistence::Save,
                };
                let at = (self.screen, &self.late, self.desk.as_ref());
                person::steps(world, place, &by, at, doing, Prefilled::default()).map(Err)
            }
        }
    }

    /// From now on what is typed is saved in this session.
    pub fn keep(
        &mut self,
        place: &Home,
        lock: Lock,
        session: &Session,
        to: ProgressTarget,
    ) -> Result<()> {
        let drafts = closed::drafts(place, Persistence::Save, &session.id);
        self.late.drafts.set(drafts);
        let writer = Writer::start(place.store.clone(), lock, session.clone())?;
        match to {
            ProgressTarget::Answer(id) => writer.begin_answer(Some(id)),
            ProgressTarget::Note(note) => writer.note(note),
        }
        let _ = self.late.writer.set(Arc::new(writer));
        Ok(())
    }

    /// Saves the session as it is now. What is typed after that belongs to nothing.
    pub fn save(&self, session: &Session) -> Result<()> {
        if let Some(writer) = self.late.writer.get() {
            writer.begin_answer(None);
            writer.save(session)?;
        }
        Ok(())
    }

    /// Shows text.
    pub fn say(&mut self, tone: Tone, text: &str) -> Result<()> {
        let said = self.screen.say(&Note::new(tone, text));
        said.map_err(|error| gone(&error))
    }

    /// Asks until there is an answer that `read` takes, or none is to come.
    pub fn ask<T>(
        &mut self,
        place: &Home,
        ask: &Ask,
        read: impl Fn(&Input) -> std::result::Result<T, Rejection>,
    ) -> Result<QuestionOutcome<T>> {
        loop {
            let reply = self.screen.ask(ask).map_err(|error| gone(&error))?;
            match reply {
                Reply::Answer(given) => match read(&given) {
                    Ok(read) => return Ok(QuestionOutcome::Given(read)),
                    Err(reason) => {
                        let retry = self.screen.reject(ask, &reason);
                        if retry.map_err(|error| gone(&error))? == Retry::GiveUp {
                            return Ok(QuestionOutcome::Nothing);
                        }
                    }
                },
                Reply::Back | Reply::Skip => return Ok(QuestionOutcome::Nothing),
                Reply::Pause => return Ok(QuestionOutcome::Pause),
                Reply::Leave => return Ok(QuestionOutcome::Leave),
                Reply::Help => self.say(Tone::Aside, &help())?,
                Reply::Support => self.say(Tone::Text, &place.shelf.support().page())?,
                Reply::Hint | Reply::Why => self.say(Tone::Aside, NO_MORE)?,
            }
        }
    }

    /// Ends without an answer, with all that was typed saved.
    pub fn part<T>(self, world: &mut World<'_>, came: &QuestionOutcome<T>) -> Result<Exit> {
        if let Some(writer) = self.late.writer.get() {
            writer.flush()?;
        }
        if matches!(came, QuestionOutcome::Leave) {
            return Ok(leave(world, &self.late, self.screen));
        }
        let go_on = self.go_on.clone();
        self.finish();
        world.tell(&format!("\n{STOPPED}\n{go_on}\n"));
        Ok(Exit::Paused)
    }

    /// Closes the screen.
    pub fn finish(self) {
        self.late.over.store(true, Ordering::SeqCst);
        self.screen.finish(None);
    }
}

/// What is done when a signal ends it: what was typed is saved. Gives the last line.
fn signalled(
    late: &SharedSignalContext,
    go_on: &str,
) -> impl FnOnce(i32) -> String + Send + 'static {
    let (late, go_on) = (Arc::clone(late), go_on.to_string());
    move |_| {
        let Some(writer) = late.writer.get() else {
            editor::forget();
            return String::new();
        };
        if late.over.load(Ordering::SeqCst) {
            return String::new();
        }
        if let Some(text) = editor::rescue() {
            writer.progress(&text);
        }
        match writer.flush() {
            Ok(()) => {
                editor::forget();
                format!("{STOPPED}\n{go_on}")
            }
            Err(error) => format!("{} {error}.", person::NOT_ALL_SAVED),
        }
    }
}

// Texts for people.
const STOPPED: &str = "Stopped. What you typed is saved.";
const NO_MORE: &str = "There is no more to say on this. /help shows what you can type.";
