//! Answers that are there from the start: a script. Shows nothing, asks nobody, and collects every
//! problem instead of stopping at the first.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use crate::ask::{
    Ask, Choice, InitialSource, Input, Note, Prompter, Rejection, Reply, Retry, Want, chosen,
};

/// What a script gives for one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScriptedAnswer {
    /// An answer.
    Given(Input),
    /// Left out on purpose, which is not the same as missing.
    Skip,
}

/// What is wrong with a script's answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchProblem {
    /// A stable word for programs: `missing`, or a rejection's code.
    pub code: &'static str,
    /// The step, as [`Ask::id`] has it.
    pub id: String,
    /// For people.
    pub message: String,
}

/// A prompter that answers from a script.
#[derive(Debug, Default)]
pub struct Batch {
    answers: BTreeMap<String, ScriptedAnswer>,
    defaults: bool,
    asked: BTreeSet<String>,
    problems: Vec<BatchProblem>,
}

impl Batch {
    /// Answers by step id (`id@2` in the second round). `defaults` takes declared defaults where
    /// there is no answer.
    pub fn new(answers: BTreeMap<String, ScriptedAnswer>, defaults: bool) -> Self {
        Self {
            answers,
            defaults,
            asked: BTreeSet::new(),
            problems: Vec::new(),
        }
    }

    /// Everything that was wrong, in the order it was met.
    pub fn problems(&self) -> &[BatchProblem] {
        &self.problems
    }

    /// What there is for a question without asking anybody: the answer, or the declared default
    /// where defaults are taken.
    pub fn brought(&self, ask: &Ask) -> Option<Reply> {
        match self.answers.get(&ask.id) {
            Some(ScriptedAnswer::Given(given)) => return Some(Reply::Answer(given.clone())),
            Some(ScriptedAnswer::Skip) => return Some(Reply::Skip),
            None => {}
        }
        let stands = self.defaults && ask.initial_by == InitialSource::Author;
        let text = ask.initial.as_ref().filter(|_| stands)?;
        Some(Reply::Answer(Input::Words(text.clone())))
    }

    /// The answers that no step asked for.
    pub fn unasked(&self) -> impl Iterator<Item = &str> {
        self.answers
            .keys()
            .map(String::as_str)
            .filter(|id| !self.asked.contains(*id))
    }

    fn refuse(&mut self, ask: &Ask, code: &'static str, message: String) {
        let id = ask.id.clone();
        self.problems.push(BatchProblem { code, id, message });
    }

    fn missing(&mut self, ask: &Ask) {
        let about = ask
            .prompt
            .rsplit("\n\n")
            .next()
            .unwrap_or_default()
            .replace('\n', " ");
        self.problems.push(BatchProblem {
            code: "missing",
            id: ask.id.clone(),
            message: format!(
                "missing answer `{}` ({}): {about}",
                ask.id,
                ask.want.takes()
            ),
        });
    }
}

impl Prompter for Batch {
    fn say(&mut self, _note: &Note) -> io::Result<()> {
        Ok(())
    }

    fn ask(&mut self, ask: &Ask) -> io::Result<Reply> {
        self.asked.insert(ask.id.clone());
        if let Some(reply) = self.brought(ask) {
            let wants_change = |option: &Choice| option.id == CHANGE;
            if ask.sealed && chosen_in(ask, &reply).is_some_and(wants_change) {
                let message = format!("answer `{}`: {NO_CHANGE}", ask.id);
                self.refuse(ask, Rejection::NOT_AN_OPTION, message);
                return Ok(Reply::Skip);
            }
            return Ok(reply);
        }
        if ask.want == Want::Ready {
            return Ok(Reply::Answer(Input::Ready));
        }
        match &ask.initial {
            Some(text) if ask.initial_by == InitialSource::Composed => {
                Ok(Reply::Answer(Input::Words(text.clone())))
            }
            // There is nothing to put together: it was left out, or is missing and named already.
            None if ask.initial_by == InitialSource::Composed => Ok(Reply::Skip),
            _ => {
                self.missing(ask);
                Ok(Reply::Skip)
            }
        }
    }

    fn reject(&mut self, ask: &Ask, reason: &Rejection) -> io::Result<Retry> {
        let message = format!("answer `{}`: {}", ask.id, reason.message);
        self.refuse(ask, reason.code, message);
        Ok(Retry::GiveUp)
    }
}

/// The option that an answer to a question means.
fn chosen_in<'o>(ask: &'o Ask, reply: &Reply) -> Option<&'o Choice> {
    match &ask.want {
        Want::One { options, .. } => chosen(options, reply.clone()).ok()?,
        _ => None,
    }
}

/// The option of two people that goes back to what they gave.
const CHANGE: &str = "change";

// A text for people.
const NO_CHANGE: &str = "nothing can be changed in a file; true shows it, false keeps it closed";
