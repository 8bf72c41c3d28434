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
        let takes = match sharing(ask) {
            Some(_) => String::from("true or false"),
            None => ask.want.takes(),
        };
        let message = format!("missing answer `{}` ({takes}): {about}", ask.id);
        self.refuse(ask, "missing", message);
    }
}

impl Prompter for Batch {
    fn say(&mut self, _note: &Note) -> io::Result<()> {
        Ok(())
    }

    fn ask(&mut self, ask: &Ask) -> io::Result<Reply> {
        self.asked.insert(ask.id.clone());
        if let Some(reply) = self.brought(ask) {
            if wants_change(ask, &reply) {
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
        let why = sharing(ask).map_or(&*reason.message, |_| TRUE_OR_FALSE);
        let message = format!("answer `{}`: {why}", ask.id);
        self.refuse(ask, reason.code, message);
        Ok(Retry::GiveUp)
    }
}

/// What each of two people is offered before something is shown, where a question is that one.
fn sharing(ask: &Ask) -> Option<&[Choice]> {
    match &ask.want {
        Want::One { options, .. } if options.iter().map(|it| &*it.id).eq(Choice::SHARING) => {
            Some(options)
        }
        _ => None,
    }
}

/// Whether an answer goes back to what was given, which only asks for the same again.
fn wants_change(ask: &Ask, reply: &Reply) -> bool {
    let meant = sharing(ask).and_then(|options| chosen(options, reply.clone()).ok()?);
    meant.is_some_and(|option| option.id == Choice::SHARING[1])
}

// Texts for people.
const TRUE_OR_FALSE: &str = "true shows it, false keeps it closed";
const NO_CHANGE: &str = "nothing can be changed in a file; true shows it, false keeps it closed";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_called_change_is_refused_only_where_two_people_show_something() {
        let option = |id: &&str| Choice {
            id: String::from(*id),
            label: String::new(),
            note: None,
        };
        for (ids, is_refused) in [(&Choice::SHARING[..], true), (&["change", "less"], false)] {
            let options: Vec<Choice> = ids.iter().map(option).collect();
            let ask = Ask {
                sealed: true,
                ..Ask::own_choice("b:step", "", &options)
            };
            let change = ScriptedAnswer::Given(Input::Words("change".into()));
            let mut batch = Batch::new(BTreeMap::from([("b:step".into(), change)]), false);
            let reply = batch.ask(&ask).unwrap();
            assert_eq!(reply == Reply::Skip, is_refused, "{ids:?}");
            assert_eq!(batch.problems().len(), usize::from(is_refused));
        }
    }
}
