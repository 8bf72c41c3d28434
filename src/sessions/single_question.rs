//! Single questions put to a person about a session that is already here: to add a note, to change
//! an answer, to answer again. What is typed is saved while it is typed, as in a session.

use std::sync::Arc;

use super::gate::GateOutcome;
use super::leave::leave;
use super::person::PersonRun;
use super::private::ask_privately;
use super::runner::help;
use super::screen::{PersonScreen, gone};
use super::signals::SignalContext;
use super::unfinished::STOPPED;
use super::{AnswerOptions, Mode, Persistence, UnfinishedWords, closed};
use crate::ask::{
    Ask, Choice, Input, Note, ProgressKeeper, Prompter, Rejection, Reply, Retry, Tone, chosen,
};
use crate::error::{Exit, Result};
use crate::home::Home;
use crate::home::world::World;
use crate::journal::{Lock, Writer};
use crate::safety::Support;
use crate::session::{self, AnswerId, Session};
use crate::text::language::Language;

/// A person at their screen.
pub struct SingleQuestion {
    screen: PersonScreen,
    context: Arc<SignalContext>,
    support: Support,
    go_on: String,
    /// They would rather not say.
    left_out: bool,
}

/// What came of a question.
pub enum QuestionOutcome<T> {
    /// An answer that will do.
    Given(T),
    /// Nothing is to be changed.
    Nothing,
    /// They went back to the question before.
    Back,
    /// They stopped; what is typed so far stays.
    Pause,
    /// They left, and nothing may stay in view.
    Leave,
}

/// Takes what was given; leaves with anything else.
macro_rules! given {
    ($outcome:expr) => {
        match $outcome? {
            QuestionOutcome::Given(given) => given,
            QuestionOutcome::Nothing => return Ok(QuestionOutcome::Nothing),
            QuestionOutcome::Back => return Ok(QuestionOutcome::Back),
            QuestionOutcome::Pause => return Ok(QuestionOutcome::Pause),
            QuestionOutcome::Leave => return Ok(QuestionOutcome::Leave),
        }
    };
}
pub(crate) use given;

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
    pub fn open(world: &World<'_>, home: &Home, private: bool, go_on: String) -> Result<Self> {
        let mode = Mode::decide(&AnswerOptions::default(), &world.terminal);
        let context = SignalContext::new(home, Persistence::Save, Language::English);
        let on_signal = stop(&context, &go_on);
        let screen = PersonScreen::open(world, mode, private, &context, on_signal)?;
        Ok(Self {
            screen,
            context,
            support: home.shelf.support(),
            go_on,
            left_out: false,
        })
    }

    /// Shows the private screen that stands before an exercise with safety questions. Back with the
    /// person still there, or with how it ended elsewhere.
    pub fn through_the_gate(
        mut self,
        world: &mut World<'_>,
        home: &Home,
    ) -> Result<std::result::Result<Self, Exit>> {
        match ask_privately(&mut self.screen, home, None, Language::English)? {
            GateOutcome::Pass => Ok(Ok(self)),
            GateOutcome::Leave => Ok(Err(leave(world, &self.context, self.screen, &self.support))),
            GateOutcome::Instead(id) => {
                let options = AnswerOptions::default();
                let mode = Mode::decide(&options, &world.terminal);
                let run = PersonRun::at(home, &options, mode, self.context);
                Ok(Err(run.alone(world, self.screen, &id)?.0))
            }
        }
    }

    /// From now on what is typed is saved in this session.
    pub fn keep(
        &mut self,
        home: &Home,
        lock: Lock,
        session: &Session,
        to: ProgressTarget,
    ) -> Result<()> {
        let drafts = closed::drafts(home, Persistence::Save, &session.id);
        self.context.drafts.set(drafts);
        let writer = Writer::start(home.store.clone(), lock, session.clone())?;
        match to {
            ProgressTarget::Answer(id) => writer.begin_answer(Some(id)),
            ProgressTarget::Note(note) => writer.note(note),
        }
        let _ = self.context.saver.set(Arc::new(writer));
        Ok(())
    }

    /// From now on what is typed is kept there, until it can be saved as a whole.
    pub fn keep_words(&self, words: &Arc<UnfinishedWords>) {
        let words: Arc<UnfinishedWords> = Arc::clone(words);
        let _ = self.context.saver.set(words);
    }

    /// Saves the session as it is now. What is typed after that belongs to nothing.
    pub fn save(&self, session: &Session) -> Result<()> {
        if let Some(saver) = self.context.saver.get() {
            saver.begin_answer(None);
            saver.save(session)?;
        }
        Ok(())
    }

    /// Whether they said that they would rather not say.
    pub fn is_left_out(&self) -> bool {
        self.left_out
    }

    /// Takes what was typed so far.
    pub fn typed(&self) -> Option<String> {
        self.context.saver.get()?.take_progress()
    }

    /// Shows text.
    pub fn say(&mut self, tone: Tone, text: &str) -> Result<()> {
        let said = self.screen.say(&Note::new(tone, text));
        said.map_err(|error| gone(&error))
    }

    /// Asks until there is an answer that `read` takes, or none is to come.
    pub fn ask<T>(
        &mut self,
        home: &Home,
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
                Reply::Back if !ask.back => self.say(Tone::Status, NOTHING_BEFORE)?,
                Reply::Back => return Ok(QuestionOutcome::Back),
                Reply::Skip => {
                    self.left_out = true;
                    return Ok(QuestionOutcome::Nothing);
                }
                Reply::Pause => return Ok(QuestionOutcome::Pause),
                Reply::Leave => return Ok(QuestionOutcome::Leave),
                Reply::Help => {
                    self.say(Tone::Aside, &help(self.context.keeps(), Language::English))?;
                }
                Reply::Support(country) => {
                    let page = home.shelf.support().short_page(country.as_deref());
                    self.say(Tone::Text, &page)?;
                }
                Reply::Hint | Reply::Why => self.say(Tone::Aside, NO_MORE)?,
            }
        }
    }

    /// Asks until one of some options is chosen, by its place.
    pub fn choose(
        &mut self,
        home: &Home,
        prompt: &str,
        options: &[Choice],
    ) -> Result<QuestionOutcome<usize>> {
        self.choose_in(home, &Ask::own_choice("which", prompt, options))
    }

    /// The same, for a question that is put in another way.
    pub fn choose_in(&mut self, home: &Home, ask: &Ask) -> Result<QuestionOutcome<usize>> {
        let options = ask.want.options().unwrap_or_default();
        self.ask(home, ask, |given| {
            let choice = chosen(options, Reply::Answer(given.clone())).ok().flatten();
            let at = choice.and_then(|choice| options.iter().position(|option| option == choice));
            at.ok_or_else(|| Rejection::not_an_option(Language::English))
        })
    }

    /// Ends without an answer, with all that was typed saved.
    pub fn part<T>(self, world: &mut World<'_>, came: &QuestionOutcome<T>) -> Result<Exit> {
        if let Some(saver) = self.context.saver.get() {
            saver.flush()?;
        }
        if matches!(came, QuestionOutcome::Leave) {
            return Ok(leave(world, &self.context, self.screen, &self.support));
        }
        let last = stopped(&self.context, &self.go_on);
        self.finish();
        world.tell(&format!("\n{last}\n"));
        Ok(Exit::Paused)
    }

    /// Closes the screen.
    pub fn finish(self) {
        self.context.end();
        self.screen.finish(None, &|_| String::new());
    }
}

/// What a signal does meanwhile.
fn stop(context: &Arc<SignalContext>, go_on: &str) -> impl FnOnce(i32) -> String + Send + 'static {
    let (context, go_on) = (Arc::clone(context), go_on.to_string());
    move |_| context.ended_by_signal(|_| stopped(&context, &go_on))
}

/// The last lines after a stop.
fn stopped(context: &SignalContext, go_on: &str) -> String {
    let saver = context.saver.get();
    if let Some(words) = saver.and_then(|saver| saver.stopped()) {
        return words;
    }
    match saver {
        Some(_) => format!("{STOPPED}\n{go_on}"),
        None => format!("{STOPPED_UNSAVED}\n{go_on}"),
    }
}

// Texts for people.
const STOPPED_UNSAVED: &str = "Stopped.";
const NOTHING_BEFORE: &str = "There’s nothing to go back to here. /pause stops for now.";
const NO_MORE: &str = "There’s nothing more on this. /help shows what you can type.";
