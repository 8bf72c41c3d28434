//! When saving does not work: say so, keep everything, and let the person choose what to do.

use std::iter::once;

use super::{Event, Runner};
use crate::ask::{Ask, Choice, Input, Rejection, Reply, Tone, Want, chosen};
use crate::error::{Error, Exit, Result};
use crate::home::environment::typed_path;

impl Runner<'_> {
    /// Saves the session. A person whose session cannot be saved may try again, save a copy
    /// elsewhere, or go on; a script ends here. Where they leave, the error says nothing and has
    /// [`Exit::Done`].
    pub(super) fn save(&mut self) -> Result<()> {
        while let Err(error) = self.saver.save(self.engine.session()) {
            if !self.person {
                return Err(error);
            }
            let language = self.engine.language();
            let mut lines = vec![language.fill(NOT_SAVED, &[("why", &error.message)])];
            let causes = error.causes.iter();
            lines.extend(causes.map(|cause| language.fill(CAUSE, &[("cause", cause)])));
            let hints = error.hints.iter();
            lines.extend(hints.map(|hint| language.fill(HINT, &[("hint", hint)])));
            lines.push(language.translate(STILL_HERE).to_string());
            self.say(Tone::Text, &lines.join("\n"))?;
            match self.choose()? {
                TroubleChoice::Again => {}
                TroubleChoice::Elsewhere => self.save_elsewhere()?,
                TroubleChoice::GoOn => return Ok(()),
                TroubleChoice::Stop => return Err(error),
            }
        }
        (self.listener)(&Event::Saved);
        if let Some(news) = self.saver.news() {
            self.say(Tone::Status, &news)?;
        }
        Ok(())
    }

    fn choose(&mut self) -> Result<TroubleChoice> {
        let language = self.engine.language();
        let options: Vec<Choice> = TroubleChoice::ALL
            .iter()
            .map(|(_, id, label)| Choice {
                id: (*id).into(),
                label: language.translate(label).into(),
                note: None,
            })
            .collect();
        let ask = Ask::own_choice("saving", language.translate(WHAT_NOW), &options);
        loop {
            let reply = self.ask_once(&ask)?;
            let option = match chosen(&options, reply) {
                Ok(Some(option)) => option,
                Err(Reply::Pause) => return Ok(TroubleChoice::Stop),
                Err(Reply::Leave) => return Err(Error::told(Exit::Done)),
                Err(Reply::Support(country)) => {
                    self.say_support(country.as_deref())?;
                    continue;
                }
                // What was typed is no answer, and does not stand there as one.
                Ok(None) | Err(_) => {
                    self.reject(&ask, &Rejection::not_an_option(language))?;
                    continue;
                }
            };
            if let Some((choice, ..)) = TroubleChoice::ALL
                .iter()
                .find(|(_, id, _)| *id == option.id)
            {
                return Ok(*choice);
            }
        }
    }

    fn save_elsewhere(&mut self) -> Result<()> {
        let language = self.engine.language();
        let ask = Ask::own("saving-where", language.translate(WHERE), Want::Line);
        let path = match self.ask_once(&ask)? {
            Reply::Answer(Input::Words(path)) => path,
            Reply::Leave => return Err(Error::told(Exit::Done)),
            Reply::Support(country) => return self.say_support(country.as_deref()),
            _ => return Ok(()),
        };
        let path = typed_path(path.trim());
        let said = match self.saver.copy_to(self.engine.session(), &path) {
            Ok(()) => language.fill(COPIED, &[("path", &path.display())]),
            Err(error) => {
                let why: Vec<String> = once(error.message).chain(error.causes).collect();
                let why = why.join(": ");
                language.fill(NOT_COPIED, &[("why", &why)])
            }
        };
        self.say(Tone::Status, &said)
    }
}

/// What to do when saving did not work.
#[derive(Clone, Copy)]
enum TroubleChoice {
    Again,
    Elsewhere,
    GoOn,
    Stop,
}

impl TroubleChoice {
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Again, "again", "Try again"),
        (Self::Elsewhere, "elsewhere", "Save a copy somewhere else"),
        (Self::GoOn, "go-on", "Continue without saving for now"),
        (Self::Stop, "stop", "Stop here"),
    ];
}

// Texts for people.
const NOT_SAVED: &str = "Your words could not be saved: {why}.";
const CAUSE: &str = "Why: {cause}.";
const HINT: &str = "Hint: {hint}.";
const COPIED: &str = "A copy is in {path}. It isn’t encrypted.";
const NOT_COPIED: &str = "That didn’t work: {why}.";
const STILL_HERE: &str = "Your words are still here.";
const WHAT_NOW: &str = "What would you like to do?";
const WHERE: &str = "Where? Type the path of a file that doesn’t exist yet.";
