//! Answers that are there from the start, and a person who is asked for the rest.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::io;
use std::rc::Rc;

use super::batch::Batch;
use crate::ask::{Ask, Input, Note, Prompter, Rejection, Reply, Retry, Tone};

/// A prompter that gives each answer it was brought once, unseen, and asks a person everything
/// else: also again what they come back to.
pub struct RemainingQuestions<'p> {
    brought: Batch,
    person: &'p mut dyn Prompter,
    /// The steps that need no answer from `brought` any more.
    met: BTreeSet<String>,
    /// The step that `brought` has just answered.
    last: Option<String>,
    /// Whether it was `brought` that answered last.
    unseen: Rc<Cell<bool>>,
}

impl<'p> RemainingQuestions<'p> {
    /// Gives what `brought` has, and asks `person` for the rest.
    pub fn new(brought: Batch, person: &'p mut dyn Prompter) -> Self {
        Self {
            brought,
            person,
            met: BTreeSet::new(),
            last: None,
            unseen: Rc::default(),
        }
    }

    /// Whether the last answer was brought, and no person has seen its question: as it is whenever
    /// one looks.
    pub fn unseen(&self) -> Rc<Cell<bool>> {
        Rc::clone(&self.unseen)
    }
}

impl Prompter for RemainingQuestions<'_> {
    fn say(&mut self, note: &Note) -> io::Result<()> {
        self.person.say(note)
    }

    fn ask(&mut self, ask: &Ask) -> io::Result<Reply> {
        self.last = None;
        self.unseen.set(false);
        // Only steps have answers in a file; the program's own questions may have the same names.
        if ask.place.is_some() && self.met.insert(ask.id.clone()) {
            if let Some(reply) = self.brought.brought(ask) {
                self.last = Some(ask.id.clone());
                self.unseen.set(true);
                return Ok(reply);
            }
            if let (Some(known), Some(chosen)) = (&ask.known, &ask.initial) {
                self.person.say(&Note::new(Tone::Status, known))?;
                return Ok(Reply::Answer(Input::Words(chosen.clone())));
            }
        }
        self.person.ask(ask)
    }

    fn reject(&mut self, ask: &Ask, reason: &Rejection) -> io::Result<Retry> {
        // A text that was brought is as long as it was meant to be: it is given once more, unseen.
        if self.last.as_ref() == Some(&ask.id) && reason.code == SHORT {
            self.met.remove(&ask.id);
            return Ok(Retry::Again);
        }
        self.person.reject(ask, reason)
    }
}

/// The code of the one nudge for a text with few words.
const SHORT: &str = "short";

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::answers::batch::ScriptedAnswer;
    use crate::ask::{StepPosition, Want};
    use crate::test_support::ScriptedPerson;

    /// A person who always says the same.
    fn person() -> ScriptedPerson {
        ScriptedPerson::new(vec![Reply::Back, Reply::Back])
    }

    fn ask(id: &str) -> Ask {
        Ask {
            place: Some(StepPosition {
                step: 1,
                of: 2,
                about: false,
                grew: false,
            }),
            back: true,
            ..Ask::own(id, "", Want::Text)
        }
    }

    fn brought() -> Batch {
        let given = ScriptedAnswer::Given(Input::Words("I left.".into()));
        Batch::new(BTreeMap::from([("act".into(), given)]), false)
    }

    #[test]
    fn what_was_brought_is_given_once_and_a_person_is_asked_for_everything_else() {
        let mut person = person();
        let mut rest = RemainingQuestions::new(brought(), &mut person);
        let given = Reply::Answer(Input::Words("I left.".into()));
        let unseen = rest.unseen();
        assert_eq!(rest.ask(&ask("act")).unwrap(), given);
        assert!(unseen.get());
        assert_eq!(rest.ask(&ask("why")).unwrap(), Reply::Back);
        assert!(!unseen.get());
        assert_eq!(rest.ask(&ask("act")).unwrap(), Reply::Back);
        assert_eq!(person.asked(), ["why", "act"]);
    }

    #[test]
    fn what_is_known_is_taken_with_a_word_until_they_come_back_to_it() {
        let mut person = person();
        let mut rest = RemainingQuestions::new(brought(), &mut person);
        let mut known = ask("relation");
        known.known = Some("My partner, as last time.".into());
        known.initial = Some("partner".into());
        let taken = Reply::Answer(Input::Words("partner".into()));
        assert_eq!(rest.ask(&known).unwrap(), taken);
        assert_eq!(rest.ask(&known).unwrap(), Reply::Back);
        // What was brought goes first.
        known.id = "act".into();
        let given = Reply::Answer(Input::Words("I left.".into()));
        assert_eq!(rest.ask(&known).unwrap(), given);
        assert_eq!(person.asked(), ["relation"]);
    }

    #[test]
    fn a_question_of_the_programs_own_with_the_name_of_a_step_is_asked() {
        let mut person = person();
        let mut rest = RemainingQuestions::new(brought(), &mut person);
        let mut own = ask("act");
        own.place = None;
        assert_eq!(rest.ask(&own).unwrap(), Reply::Back);
        assert_eq!(person.asked(), ["act"]);
    }

    #[test]
    fn a_short_text_that_was_brought_is_given_again_and_no_person_is_nudged_for_it() {
        let mut person = person();
        let mut rest = RemainingQuestions::new(brought(), &mut person);
        let reason = |code| Rejection {
            code,
            message: String::new(),
        };
        let given = rest.ask(&ask("act")).unwrap();
        assert_eq!(
            rest.reject(&ask("act"), &reason("short")).unwrap(),
            Retry::Again
        );
        assert_eq!(rest.ask(&ask("act")).unwrap(), given);
        rest.reject(&ask("act"), &reason("empty")).unwrap();
        assert_eq!(rest.ask(&ask("act")).unwrap(), Reply::Back);
        assert_eq!(person.rejected, ["empty"]);
        assert_eq!(person.asked(), ["act"]);
    }
}
