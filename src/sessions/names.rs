//! What two people who do an exercise are called.

use std::io;

use crate::ask::{Ask, Input, Note, Prompter, Rejection, Reply, StepPosition, Tone, Want};
use crate::safety::Support;
use crate::session::{Partner, Partners};
use crate::text::clean_name;

/// Asks a program for the names as the first two questions; where they'd rather not say, a letter stands for
/// them. What was said in place of a name ends the session.
pub(super) fn ask_names(
    prompter: &mut dyn Prompter,
    support: &Support,
    place: StepPosition,
) -> io::Result<Result<Partners, Reply>> {
    let mut names = Partners::letters();
    for (partner, question) in [(Partner::A, FIRST_NAME), (Partner::B, SECOND_NAME)] {
        let ask = Ask {
            optional: true,
            place: Some(place),
            ..Ask::own(&format!("name-{}", partner.id()), question, Want::Line)
        };
        loop {
            let reply = prompter.ask(&ask)?;
            if let Some(name) = name_in(&reply) {
                *names.name_mut(partner) = name;
                break;
            }
            match reply {
                Reply::Skip => break,
                reply @ (Reply::Leave | Reply::Pause) => return Ok(Err(reply)),
                Reply::Support(country) => say_support(prompter, support, country.as_deref())?,
                Reply::Answer(_) => reject_blank(prompter, &ask)?,
                _ => prompter.say(&Note::new(Tone::Aside, A_LETTER_OR_SKIP))?,
            }
        }
    }
    Ok(Ok(names))
}

/// The name in a reply, where something can be seen of it.
fn name_in(reply: &Reply) -> Option<String> {
    match reply {
        Reply::Answer(Input::Words(words)) => clean_name(words),
        _ => None,
    }
}

/// Nothing can be seen of a name.
fn reject_blank(prompter: &mut dyn Prompter, ask: &Ask) -> io::Result<()> {
    let message = A_LETTER.to_string();
    let code = "empty";
    let rejected = prompter.reject(ask, &Rejection { code, message });
    rejected.map(|_| ())
}

/// A name; a letter is enough. Nothing for wanting to go.
pub(super) fn name(
    prompter: &mut dyn Prompter,
    support: &Support,
    id: &str,
    prompt: &str,
) -> io::Result<Option<String>> {
    let ask = Ask {
        private: true,
        ..Ask::own(id, prompt, Want::Line)
    };
    loop {
        let reply = prompter.ask(&ask)?;
        if let Some(name) = name_in(&reply) {
            return Ok(Some(name));
        }
        match reply {
            Reply::Answer(_) => reject_blank(prompter, &ask)?,
            Reply::Leave | Reply::Pause => return Ok(None),
            Reply::Support(country) => say_support(prompter, support, country.as_deref())?,
            _ => prompter.say(&Note::new(Tone::Status, A_LETTER))?,
        }
    }
}

/// Shows the help lines, of `country` where one was named.
pub(super) fn say_support(
    prompter: &mut dyn Prompter,
    support: &Support,
    country: Option<&str>,
) -> io::Result<()> {
    prompter.say(&Note::new(Tone::Text, support.short_page(country)))
}

// Texts for people.
pub(super) const FIRST_NAME: &str =
    "You’ll do this together. What’s the first name? A letter is enough.";
pub(super) const SECOND_NAME: &str = "And the other name?";
const A_LETTER: &str = "A letter is enough. /leave takes you out.";
const A_LETTER_OR_SKIP: &str =
    "A letter is enough. Without a name, A and B stand for the two of you.";
