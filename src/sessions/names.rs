//! What two people who do an exercise are called.

use std::io;

use crate::ask::{Ask, Input, Note, Prompter, Rejection, Reply, StepPosition, Tone, Want};
use crate::safety::Support;
use crate::session::{Partner, Partners};
use crate::text::{clean_name, first_words};

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
            match &reply {
                Reply::Answer(given) => match typed_name(given) {
                    Some(name) => *names.name_mut(partner) = name,
                    None => {
                        reject(prompter, &ask, "empty", A_LETTER.to_string())?;
                        continue;
                    }
                },
                Reply::Skip => *names.name_mut(partner) = letter(partner),
                Reply::Leave | Reply::Pause => return Ok(Err(reply)),
                Reply::Support(country) => {
                    say_support(prompter, support, country.as_deref())?;
                    continue;
                }
                _ => {
                    prompter.say(&Note::new(Tone::Aside, A_LETTER_OR_SKIP))?;
                    continue;
                }
            }
            if partner == Partner::A || !names.are_alike() {
                break;
            }
            reject(prompter, &ask, "same-name", same_name(&names.b))?;
        }
    }
    Ok(Ok(names))
}

/// The name that was typed, as it's kept.
fn typed_name(given: &Input) -> Option<String> {
    match given {
        Input::Words(words) => clean_name(words),
        _ => None,
    }
}

/// The letter that stands for somebody without a name.
fn letter(partner: Partner) -> String {
    Partners::letters().name(partner).to_string()
}

/// Says why a name doesn't do.
fn reject(
    prompter: &mut dyn Prompter,
    ask: &Ask,
    code: &'static str,
    message: String,
) -> io::Result<()> {
    let rejected = prompter.reject(ask, &Rejection { code, message });
    rejected.map(|_| ())
}

/// What is said where both have one name.
pub(super) fn same_name(name: &str) -> String {
    let name = first_words(name, MOST_NAME);
    format!("You both typed {name}. Add something, so it’s clear who is meant.")
}

/// A name; an initial is enough. Nothing for wanting to go.
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
        match prompter.ask(&ask)? {
            Reply::Answer(given) => match typed_name(&given) {
                Some(name) => return Ok(Some(name)),
                None => reject(prompter, &ask, "empty", A_LETTER.to_string())?,
            },
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

/// How many columns of a name stand in a sentence.
pub(super) const MOST_NAME: usize = 20;

// Texts for people.
pub(super) const FIRST_NAME: &str = "Who’s doing this? One name or initial first.";
pub(super) const SECOND_NAME: &str = "And the other name or initial?";
const A_LETTER: &str = "An initial is enough. /leave takes you out.";
const A_LETTER_OR_SKIP: &str =
    "An initial is enough. Without a name, A and B stand for the two of you.";
