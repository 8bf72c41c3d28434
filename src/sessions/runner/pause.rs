//! When two people go on: asked of both, once one of them has paused it.

use jiff::ToSpan;

use super::{Runner, SessionEnd};
use crate::ask::{Ask, Choice, Input, Rejection, Reply, StepPosition, Tone, Want, chosen};
use crate::engine::Scene;
use crate::error::Error;

impl Runner<'_> {
    /// Asks both when they go on. The session is saved, so that nothing is lost where they just go.
    pub(super) fn agree_on_return(
        &mut self,
        place: Option<StepPosition>,
    ) -> Result<SessionEnd, Error> {
        let paused = SessionEnd::Paused(place);
        if !self.person || self.engine.partners().is_none() {
            return Ok(paused);
        }
        self.save()?;
        if let Some(super::NextStep::End(ended)) = self.hand_over(Some(Scene::Together), place)? {
            return Ok(ended);
        }
        let options = WAYS.map(|(id, label)| Choice {
            id: String::from(id),
            label: String::from(label),
            note: None,
        });
        let ask = Ask {
            place,
            unmarked: true,
            ..Ask::own_choice("return", WHEN, &options)
        };
        loop {
            let reply = self.ask_once(&ask)?;
            let option = match chosen(&options, reply) {
                Ok(Some(option)) => option,
                Ok(None) => {
                    self.reject(&ask, &Rejection::not_an_option(self.engine.language()))?;
                    continue;
                }
                Err(reply) => match self.instead_of_return(&reply, paused)? {
                    Some(ended) => return Ok(ended),
                    None => continue,
                },
            };
            let now = (self.now)();
            match option.id.as_str() {
                "half-hour" => {
                    let then = now.saturating_add(30.minutes());
                    self.engine.set_return(&then.to_string(), &now);
                }
                "tomorrow" => _ = self.engine.set_return("tomorrow", &now),
                "today" => return self.typed_return(AT_WHAT_TIME, "today at ", paused),
                "other" => return self.typed_return(ON_WHICH_DAY, "", paused),
                _ => {}
            }
            return Ok(paused);
        }
    }

    /// Asks for a time or a day until one is understood, or they'd rather not say.
    fn typed_return(
        &mut self,
        prompt: &str,
        before: &str,
        paused: SessionEnd,
    ) -> Result<SessionEnd, Error> {
        let ask = Ask {
            optional: true,
            ..Ask::own("return-at", prompt, Want::Line)
        };
        loop {
            match self.ask_once(&ask)? {
                Reply::Answer(Input::Words(words)) if !words.trim().is_empty() => {
                    let now = (self.now)();
                    let words = words.trim();
                    let with_day = format!("{before}{words}");
                    if self.engine.set_return(&with_day, &now)
                        || self.engine.set_return(words, &now)
                    {
                        return Ok(paused);
                    }
                    self.say(Tone::Status, NOT_UNDERSTOOD)?;
                }
                Reply::Answer(_) => return Ok(paused),
                reply => {
                    if let Some(ended) = self.instead_of_return(&reply, paused)? {
                        return Ok(ended);
                    }
                }
            }
        }
    }

    /// Carries out what was typed instead of a moment; how it ends, where it does.
    fn instead_of_return(
        &mut self,
        reply: &Reply,
        paused: SessionEnd,
    ) -> Result<Option<SessionEnd>, Error> {
        match reply {
            Reply::Leave => return Ok(Some(SessionEnd::Left)),
            Reply::Pause | Reply::Skip => return Ok(Some(paused)),
            Reply::Support(country) => self.say_support(country.as_deref())?,
            _ => self.say(Tone::Aside, WHY)?,
        }
        Ok(None)
    }
}

/// When they can go on: a name, and words.
const WAYS: [(&str, &str); 5] = [
    ("half-hour", "In half an hour"),
    ("today", "Later today"),
    ("tomorrow", "Tomorrow"),
    ("other", "Another day"),
    ("unsaid", "We’d rather not say"),
];

// Texts for people.
const WHEN: &str = "It’s saved. When do you both go on?";
const AT_WHAT_TIME: &str = "At what time? For example 20:00.";
const ON_WHICH_DAY: &str = "On which day? For example friday, or friday at 20:00.";
const NOT_UNDERSTOOD: &str =
    "I can’t find a day or time to come in that. You can type: 20:00, friday, in 3 days at 19:00.";
const WHY: &str =
    "A pause is easier when you both know it ends. You can leave it open, too: type /skip.";
