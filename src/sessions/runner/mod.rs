//! One session from its first screen to its last: asks what the engine says, saves before every
//! question, and carries out what is typed instead of an answer.
//!
//! The same code runs for a person at a terminal, in plain mode, for a script and in a test.

mod change;
mod consent;
mod decide;
mod event;
mod feedback;
mod look_back;
mod own_key;
mod pause;
mod saver;
mod trouble;
mod two;

use std::fmt::Display;
use std::io;

use jiff::Zoned;

use super::screen::gone;
use crate::ask::{
    Ask, Note, Prompter, Rejection, Reply, Retry, SlashCommand, StepPosition, SupportPage, Tone,
    Want,
};
use crate::engine::{Engine, Scene};
use crate::error::Error;
use crate::exercise::{Exercise, Pack, Partner, StepKind};
use crate::session::{AnswerId, Value};
use crate::text::language::Language;
pub use event::Event;
pub use feedback::{BuiltIn, Coach, Feedback, SoftLines};
pub use saver::{NoSaver, Saver};
pub use two::hand_over_in_words;

/// How a session ended for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionEnd {
    /// Finished.
    Done,
    /// Saved, to go on later.
    Paused(Option<StepPosition>),
    /// Saved, and nothing of it to be left in view.
    Left,
}

/// What a run of a session needs.
pub struct Runner<'a> {
    /// The session and where it stands.
    pub engine: Engine,
    /// Whoever answers.
    pub prompter: &'a mut dyn Prompter,
    /// Where it is saved.
    pub saver: &'a dyn Saver,
    /// Who is told what happens.
    pub listener: &'a mut dyn FnMut(&Event<'_>),
    /// The time.
    pub now: &'a dyn Fn() -> Zoned,
    /// Whether a person answers: only they look back at the end, and choose when saving fails.
    pub person: bool,
    /// The help lines, for `/support`.
    pub support: &'a SupportPage<'a>,
    /// What rules have to say of a text.
    pub feedback: Feedback<'a>,
    /// How far the keyboard has changed hands between two people.
    pub keyboard: SharedKeyboard,
}

/// One keyboard for two people.
#[derive(Debug, Default)]
pub struct SharedKeyboard {
    /// Who sits before the screen, as far as it has changed hands.
    pub scene: Option<Scene>,
    /// Who was asked for a passphrase of their own.
    asked_for_key: Vec<Partner>,
    /// Whether closed steps are left out.
    leaves_out_closed: bool,
    /// Whether two people are still to read what was said before the first step.
    opening_unread: bool,
}

impl SharedKeyboard {
    /// With these people before it. `leaves_out_closed` where closed steps are left out.
    pub fn new(scene: Option<Scene>, leaves_out_closed: bool) -> Self {
        Self {
            scene,
            asked_for_key: Vec::new(),
            leaves_out_closed,
            opening_unread: false,
        }
    }
}

/// What comes after a reply.
enum NextStep {
    GoOn,
    End(SessionEnd),
}

impl Runner<'_> {
    /// Says what the exercise is, for a session that begins.
    pub fn open(&mut self) -> Result<(), Error> {
        let notes = opening(self.engine.exercise());
        notes.iter().try_for_each(|note| self.show_note(note))?;
        self.explain_closed()
    }

    /// Asks until the exercise is finished, paused or left. The engine is handed back inside, with
    /// the session as it was saved last.
    pub fn run(&mut self) -> Result<SessionEnd, Error> {
        self.engine.forget_return();
        if let NextStep::End(ended) = self.take_up()? {
            return self.end(ended);
        }
        if let Some(NextStep::End(ended)) = self.read_opening()? {
            return self.end(ended);
        }
        // A program has no passphrase: what it doesn't open stays closed.
        if let Some(partner) = self.engine.asked_behind_key().filter(|_| self.person)
            && let Some(NextStep::End(ended)) = self.hand_over(Some(Scene::Alone(partner)), None)?
        {
            return self.end(ended);
        }
        loop {
            let ended = match self.engine.ask() {
                Some(mut ask) => {
                    // Steps that nobody saw would count as done.
                    ask.place = ask.place.filter(|_| !self.keyboard.leaves_out_closed);
                    self.step(&ask)?
                }
                None if self.person => self.look_back()?,
                None => NextStep::End(SessionEnd::Done),
            };
            if let NextStep::End(ended) = ended {
                return self.end(ended);
            }
        }
    }

    fn step(&mut self, ask: &Ask) -> Result<NextStep, Error> {
        // Whatever is typed while saving fails, such as a path, belongs to no answer.
        self.saver.begin_answer(None);
        self.save()?;
        let kind = self.engine.current_kind();
        if self.keyboard.leaves_out_closed && (ask.sealed || kind == Some(StepKind::Share)) {
            self.engine.skip(&(self.now)());
            return Ok(NextStep::GoOn);
        }
        if kind == Some(StepKind::Share) {
            return self.share(ask);
        }
        if let Some(end) = self.hand_over(self.engine.scene(), ask.place)? {
            return Ok(end);
        }
        let id = self.engine.current_id();
        self.saver.begin_answer(id.clone());
        if self.person && self.engine.is_overtaken() {
            self.say_own(Tone::Aside, OVERTAKEN)?;
        }
        let reply = match self.engine.advised_change().filter(|_| self.person) {
            Some(text) => match self.change_or_go_on(ask, &text)? {
                Some(reply) => reply,
                None => return Ok(NextStep::GoOn),
            },
            None => self.ask_once(ask)?,
        };
        let typed = self.saver.take_progress();
        let Reply::Answer(given) = &reply else {
            if let Some(text) = typed {
                self.engine.progress(&text);
            }
            return self.command(&reply, ask.place);
        };
        if self.engine.partners().is_some() && kind == Some(StepKind::Promise) {
            return self.agree(ask, given);
        }
        if let Err(reason) = self.engine.answer(given, &(self.now)()) {
            if let Some(text) = typed {
                self.engine.progress(&text);
            }
            if self.reject(ask, &reason)? == Retry::GiveUp {
                self.engine.skip(&(self.now)());
            }
            return Ok(NextStep::GoOn);
        }
        if self.person && matches!(ask.want, Want::Date | Want::When { .. }) {
            self.say_the_day(id.as_ref())?;
        }
        match id {
            Some(id) if self.is_reviewed(&id) => self.look_at(&id, ask.place),
            Some(_) if ask.sealed && self.person => {
                self.say_own(Tone::Status, CLOSED)?;
                Ok(NextStep::GoOn)
            }
            _ => Ok(NextStep::GoOn),
        }
    }

    /// A day is typed in many ways: says which one was understood.
    fn say_the_day(&mut self, id: Option<&AnswerId>) -> Result<(), Error> {
        let language = self.engine.language();
        let answer = id.and_then(|id| self.engine.session().answer(id));
        let Some((answer, words)) =
            answer.and_then(|answer| Some((answer, answer.words_in(language)?)))
        else {
            return Ok(());
        };
        let today = self.engine.today(&(self.now)()).date.to_string();
        let past =
            matches!(answer.value(), Some(Value::Date(day)) if day.as_str() < today.as_str());
        let end = if past { language.translate(PAST) } else { "." };
        self.say(Tone::Status, &format!("{words}{end}"))
    }

    /// Carries out what was typed instead of an answer.
    fn command(&mut self, reply: &Reply, place: Option<StepPosition>) -> Result<NextStep, Error> {
        match reply {
            Reply::Answer(_) => {}
            Reply::Back => {
                if !self.engine.back() {
                    self.say_own(Tone::Status, self.nothing_before())?;
                }
            }
            Reply::Skip => self.engine.skip(&(self.now)()),
            // It goes on where something is open, also when they had gone back from there.
            Reply::Pause => {
                let open = self.engine.open_place().filter(|_| self.person);
                let place = place.map(|here| open.unwrap_or(here));
                return Ok(NextStep::End(SessionEnd::Paused(place)));
            }
            Reply::Leave => return Ok(NextStep::End(SessionEnd::Left)),
            Reply::Hint => match self.engine.hint() {
                Some(hint) => {
                    let text =
                        hint_in_words(hint.number, hint.of, &hint.text, self.engine.language());
                    self.say(Tone::Aside, &text)?;
                }
                None => self.say_own(Tone::Aside, NO_HINT)?,
            },
            Reply::Why => match self.engine.why() {
                Some(why) => self.say(Tone::Aside, &why)?,
                None => self.say_own(Tone::Aside, NO_WHY)?,
            },
            Reply::Help => self.say(
                Tone::Aside,
                &help(self.saver.keeps(), self.engine.language()),
            )?,
            Reply::Support(country) => self.say_support(country.as_deref())?,
        }
        Ok(NextStep::GoOn)
    }

    fn end(&mut self, ended: SessionEnd) -> Result<SessionEnd, Error> {
        self.saver.begin_answer(None);
        let ended = match ended {
            SessionEnd::Paused(place) => self.agree_on_return(place)?,
            ended => ended,
        };
        match ended {
            SessionEnd::Done => {
                self.tell_what_stays_closed()?;
                self.engine.finish(&(self.now)());
            }
            SessionEnd::Left => {
                self.engine.leave(&(self.now)());
                // Whoever has to go is asked nothing any more, whether it can be saved or not.
                if self.saver.save(self.engine.session()).is_ok() {
                    (self.listener)(&Event::Saved);
                }
                return Ok(ended);
            }
            SessionEnd::Paused(_) => {}
        }
        self.save()?;
        // Nothing needs them any more, whatever becomes of this window.
        if ended == SessionEnd::Done
            && let Some(sealer) = self.saver.sealer()
        {
            sealer
                .store()
                .forget_partner_keys(&self.engine.session().id);
        }
        Ok(ended)
    }

    /// Puts one question and returns what came back.
    fn ask_once(&mut self, ask: &Ask) -> Result<Reply, Error> {
        (self.listener)(&Event::Asked(ask));
        let asked = self.prompter.ask(ask);
        let reply = asked.map_err(|error| self.gone(&error))?;
        (self.listener)(&Event::Replied(ask, &reply));
        Ok(reply)
    }

    fn reject(&mut self, ask: &Ask, reason: &Rejection) -> Result<Retry, Error> {
        (self.listener)(&Event::Rejected(ask, reason));
        let retry = self.prompter.reject(ask, reason);
        retry.map_err(|error| self.gone(&error))
    }

    fn say(&mut self, tone: Tone, text: &str) -> Result<(), Error> {
        self.show_note(&Note::new(tone, text))
    }

    /// Shows the help lines, of `country` where one was named.
    fn say_support(&mut self, country: Option<&str>) -> Result<(), Error> {
        self.say(Tone::Text, &(self.support)(country))
    }

    /// Says a text of the program's own, in the language of the exercise.
    fn say_own(&mut self, tone: Tone, text: &str) -> Result<(), Error> {
        self.say(tone, self.engine.language().translate(text))
    }

    /// Shows a text.
    pub fn show_note(&mut self, note: &Note) -> Result<(), Error> {
        (self.listener)(&Event::Said(note));
        let said = self.prompter.say(note);
        said.map_err(|error| self.gone(&error))
    }

    /// The one who answers can't be reached any more: how to go on, where anything is kept.
    fn gone(&self, error: &io::Error) -> Error {
        let gone = gone(error);
        match self.saver.keeps() {
            true => gone.hint(IS_SAVED),
            false => gone,
        }
    }
}

/// What an exercise says before its first step.
pub fn opening(exercise: &Exercise) -> Vec<Note> {
    let (minutes, language) = (exercise.head.minutes, exercise.head.language());
    let mut notes = vec![Note::new(
        Tone::Title,
        language.fill(
            if minutes == 1 { ABOUT_ONE } else { ABOUT },
            &[("title", &exercise.head.title), ("minutes", &minutes)],
        ),
    )];
    if let Some(pack) = &exercise.head.pack {
        notes.push(Note::new(Tone::Text, from(pack)));
    }
    notes.push(Note::new(Tone::Text, exercise.opening.clone()));
    if let Some(caution) = &exercise.caution {
        notes.push(Note::new(Tone::Text, caution.clone()));
    }
    notes
}

/// Whose work an exercise of a pack is.
pub fn from(pack: &Pack) -> String {
    format!(
        "Third-party: from the pack {}, by {} (licence {}). It doesn’t come with trust-coach.",
        pack.name, pack.author, pack.licence
    )
}

/// A hint, and which one of how many it is.
pub fn hint_in_words(number: usize, of: usize, text: &str, language: Language) -> String {
    let values: [(&str, &dyn Display); 3] = [("number", &number), ("of", &of), ("text", &text)];
    language.fill(HINT, &values)
}

/// The commands, a line each. `keeps` says whether what is typed stays when they stop.
pub fn help(keeps: bool, language: Language) -> String {
    let lines = SlashCommand::ALL
        .iter()
        .map(|(_, typed, does)| format!("{typed}: {}", language.translate(does)));
    let lines: Vec<String> = lines.collect();
    let stays = if keeps { STAYS } else { "" };
    let [first, last, stays] = [HELP_FIRST, HELP_LAST, stays].map(|text| language.translate(text));
    format!("{first}\n\n{}\n\n{last}{stays}", lines.join("\n"))
}

// Texts for people.
const OVERTAKEN: &str = "You changed an answer that this text was made from. The text is still as \
    you left it; change it if you like.";
const ABOUT: &str = "{title} (about {minutes} minutes)";
const ABOUT_ONE: &str = "{title} (about {minutes} minute)";
const HINT: &str = "Hint {number} of {of}. {text}";
const CLOSED: &str = "Closed.";
const IS_SAVED: &str = "what you wrote is saved; continue with `trust-coach resume`";
const PAST: &str = ", which is past.";
const FIRST_STEP: &str = "This is the first step.";
const NO_HINT: &str = "There’s no hint for this step.";
const NO_WHY: &str = "There’s nothing more on why this is asked.";
const HELP_FIRST: &str = "Alone on the last line you can type:";
const HELP_LAST: &str = "Type // for a slash at the start of a line. Ctrl-C stops.";
const STAYS: &str = "\nHowever you stop, what you wrote is saved.";

#[cfg(test)]
mod tests;
