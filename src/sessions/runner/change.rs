//! Where a step advises a change: to open the text at once, or to go on.

use super::Runner;
use crate::ask::{Ask, Choice, Input, Rejection, Reply, Want, chosen};
use crate::error::Error;
use crate::session::AnswerId;

impl Runner<'_> {
    /// Asks whether to change the text now. None where that is done next; otherwise what came back.
    pub(super) fn change_or_go_on(
        &mut self,
        ask: &Ask,
        text: &AnswerId,
    ) -> Result<Option<Reply>, Error> {
        let language = self.engine.language();
        let options = [("change", CHANGE), ("go-on", LEAVE)].map(|(id, label)| Choice {
            id: id.into(),
            label: language.translate(label).into(),
            note: None,
        });
        let question = language.translate(CHANGE_IT);
        let ask = Ask {
            prompt: format!("{}\n\n{question}", ask.prompt.trim_end()),
            want: Want::One {
                options: options.to_vec(),
                other: None,
            },
            ..ask.clone()
        };
        let reply = self.ask_once(&ask)?;
        match chosen(&options, reply) {
            Ok(Some(option)) if option.id == "change" => self.engine.revise(text),
            Ok(Some(_)) => return Ok(Some(Reply::Answer(Input::Ready))),
            Ok(None) => _ = self.reject(&ask, &Rejection::not_an_option(language))?,
            Err(reply) => return Ok(Some(reply)),
        }
        Ok(None)
    }
}

// Texts for people.
const CHANGE_IT: &str = "Would you like to change your text now?";
const CHANGE: &str = "Change it now";
const LEAVE: &str = "Leave it as it is";
