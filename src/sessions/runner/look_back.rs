//! The look back before the end: every answer by its name and first words, to open and change.

use super::{CHOOSE_ONE, NextStep, Runner, SessionEnd};
use crate::ask::{Ask, Choice, Tone, chosen};
use crate::error::Error;
use crate::session::{Answer, AnswerId, Outcome};
use crate::text::first_words;

/// How wide an entry of the list is, so that it is shown whole on a small screen.
const LABEL: usize = 33;

/// What an entry of the list does.
enum LookBackChoice {
    Finish,
    Change(AnswerId),
    Erase,
}

impl Runner<'_> {
    pub(super) fn look_back(&mut self) -> Result<NextStep, Error> {
        self.saver.begin_answer(None);
        self.save()?;
        let (options, entries) = self.entries();
        let ask = Ask::own_choice("look-back", LOOK_BACK, &options);
        let reply = self.ask_once(&ask)?;
        let chosen = match chosen(&options, reply) {
            Ok(chosen) => chosen,
            Err(other) => return self.command(&other, None),
        };
        let at = chosen.and_then(|chosen| options.iter().position(|option| option == chosen));
        match at.and_then(|at| entries.get(at)) {
            Some(LookBackChoice::Finish) => return Ok(NextStep::End(SessionEnd::Done)),
            Some(LookBackChoice::Change(id)) => self.engine.revise(id),
            Some(LookBackChoice::Erase) => self.engine.erase_unreached(),
            None => self.say(Tone::Status, CHOOSE_ONE)?,
        }
        Ok(NextStep::GoOn)
    }

    fn entries(&self) -> (Vec<Choice>, Vec<LookBackChoice>) {
        let mut options = vec![option("finish", FINISH.into())];
        let mut entries = vec![LookBackChoice::Finish];
        for (number, (step, answer)) in self.engine.review().into_iter().enumerate() {
            let name = step.name.as_deref().unwrap_or(&step.id);
            let round = if answer.round > 1 {
                format!(" {}", answer.round)
            } else {
                String::new()
            };
            let words = if step.sensitive {
                String::from("(kept private)")
            } else {
                words(answer)
            };
            let label = first_words(&format!("{name}{round}: {words}"), LABEL);
            options.push(option(&format!("a{}", number + 1), label));
            entries.push(LookBackChoice::Change(answer.id()));
        }
        match self.engine.unreached() {
            0 => {}
            count => {
                let answers = if count == 1 { "answer" } else { "answers" };
                options.push(option(
                    "erase",
                    format!("Erase {count} {answers} no longer in use"),
                ));
                entries.push(LookBackChoice::Erase);
            }
        }
        (options, entries)
    }
}

fn words(answer: &Answer) -> String {
    match &answer.given {
        Outcome::Skipped => String::from("(left out)"),
        _ => answer.words().unwrap_or_else(|| String::from("(nothing)")),
    }
}

fn option(id: &str, label: String) -> Choice {
    Choice {
        id: id.to_string(),
        label,
        note: None,
    }
}

// Texts for people.
const LOOK_BACK: &str = "That was the last step. Here are your answers. You can finish, or open \
    an answer and change it.";
const FINISH: &str = "Finish and save";
