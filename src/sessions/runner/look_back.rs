//! The look back before the end: every answer by its name and first words, to open and change.

use super::{NextStep, Runner, SessionEnd};
use crate::ask::{Ask, Choice, Rejection, chosen};
use crate::error::Error;
use crate::session::{Answer, AnswerId, Outcome};
use crate::text::first_words;
use crate::text::language::Language;

/// How much of an answer is in the list, where the screen has room for it.
const GIVEN: usize = 72;

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
        let language = self.engine.language();
        let ask = Ask::look_back(language.translate(LOOK_BACK), &options);
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
            None => _ = self.reject(&ask, &Rejection::not_an_option(language))?,
        }
        Ok(NextStep::GoOn)
    }

    fn entries(&self) -> (Vec<Choice>, Vec<LookBackChoice>) {
        let language = self.engine.language();
        let mut options = vec![option("finish", language.translate(FINISH).into())];
        let mut entries = vec![LookBackChoice::Finish];
        for (number, (step, answer)) in self.engine.review().into_iter().enumerate() {
            let name = step.name.as_deref().unwrap_or(&step.id);
            let round = if answer.round > 1 {
                format!(" {}", answer.round)
            } else {
                String::new()
            };
            let words = if step.sensitive {
                language.translate("(not shown)").to_string()
            } else {
                words(answer, language)
            };
            options.push(Choice {
                note: Some(first_words(&words, GIVEN)),
                ..option(&format!("a{}", number + 1), format!("{name}{round}"))
            });
            entries.push(LookBackChoice::Change(answer.id()));
        }
        match self.engine.unreached() {
            0 => {}
            count => {
                let erase = if count == 1 { ERASE_ONE } else { ERASE };
                options.push(option("erase", language.fill(erase, &[("count", &count)])));
                entries.push(LookBackChoice::Erase);
            }
        }
        (options, entries)
    }
}

fn words(answer: &Answer, language: Language) -> String {
    match &answer.given {
        Outcome::Skipped => language.translate("(left out)").to_string(),
        _ => answer
            .words_in(language)
            .unwrap_or_else(|| language.translate("(nothing)").to_string()),
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
const ERASE_ONE: &str = "Erase {count} answer no longer in use";
const ERASE: &str = "Erase {count} answers no longer in use";
