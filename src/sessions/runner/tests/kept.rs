//! However an answer is changed, left out, passed by or cut off, the words that were given stay in
//! the file, and so does whatever stands on the screen.

use proptest::prelude::*;

use super::rules::Coached;
use super::*;
use crate::ask::InitialSource;
use crate::session::{Answer, Value};

const FORK: &str = exercise_text!(
    r#"title = "A fork"
strategy = "values"
minutes = 1
summary = "Walk."
opening = "Begin."
closing = "End."
"#,
    r#"[[step]]
id = "way"
kind = "choose"
prompt = "Which way?"
other = true
options = [{ id = "hill", label = "Uphill" }, { id = "lake", label = "To the lake" }]

[[step]]
id = "boat"
kind = "write"
when = { step = "way", is = "lake" }
prompt = "Which boat?"

[[step]]
id = "seen"
kind = "write"
prompt = "What did you see?"

[[step]]
id = "letter"
kind = "compose"
from = [{ use = "boat" }, { use = "seen" }]
when = { step = "way", is_not = "hill" }
prompt = "Read it."

[[step]]
id = "last"
kind = "write"
lines = "one"
optional = true
prompt = "And last?"
"#
);

/// What is in the file at any moment, with what is typed meanwhile.
struct File {
    session: RefCell<Session>,
    id: RefCell<Option<AnswerId>>,
    typed: RefCell<Option<String>>,
}

impl ProgressKeeper for File {
    fn progress(&self, text: &str) {
        *self.typed.borrow_mut() = Some(text.into());
        let (mut session, id) = (self.session.borrow_mut(), self.id.borrow());
        let mut answers = session.answers.iter_mut();
        if let Some(answer) = answers.find(|answer| id.as_ref().is_some_and(|id| answer.is(id))) {
            answer.progress = Some(text.into());
        }
    }
}

impl Saver for File {
    fn save(&self, session: &Session) -> Result<(), Error> {
        self.session.borrow_mut().clone_from(session);
        Ok(())
    }

    fn begin_answer(&self, id: Option<AnswerId>) {
        (*self.id.borrow_mut(), *self.typed.borrow_mut()) = (id, None);
    }

    fn take_progress(&self) -> Option<String> {
        self.typed.borrow_mut().take()
    }
}

impl File {
    /// Whether these words are somewhere in the answer.
    fn has(&self, id: &AnswerId, words: &str) -> bool {
        let session = self.session.borrow();
        let is = |value: &Value| *value == Value::Text(words.into());
        let holds = |answer: &&Answer| {
            answer.value().is_some_and(is)
                || answer.progress.as_deref() == Some(words)
                || answer.label.as_deref() == Some(words)
                || answer.versions.iter().any(|version| is(&version.value))
        };
        session
            .answers
            .iter()
            .filter(|it| it.is(id))
            .any(|it| holds(&it))
    }
}

/// Does whatever comes by chance, and is cut off now and then.
struct Wanderer<'f> {
    file: &'f File,
    choices: Vec<u8>,
    /// What was given, ever.
    given: Vec<(AnswerId, String)>,
}

impl Wanderer<'_> {
    fn look(&self) {
        for (id, words) in &self.given {
            let session = self.file.session.borrow().clone();
            assert!(self.file.has(id, words), "{id}: {words:?} in {session:#?}");
        }
    }
}

impl Prompter for Wanderer<'_> {
    fn say(&mut self, _: &Note) -> io::Result<()> {
        Ok(())
    }

    fn ask(&mut self, ask: &Ask) -> io::Result<Reply> {
        self.look();
        let Some(choice) = self.choices.pop() else {
            return Ok(Reply::Pause);
        };
        let choice = usize::from(choice);
        if ask.place.is_none() {
            let own = ["a1", "a2", "a3", "finish"];
            return Ok(own.get(choice % 5).map_or(Reply::Back, |own| says(own)));
        }
        let id: AnswerId = ask.id.parse().unwrap();
        let stands = ask.initial.as_ref();
        if let Some(stands) = stands.filter(|_| ask.initial_by == InitialSource::Person)
            && !["hill", "lake"].contains(&stands.as_str())
        {
            let session = self.file.session.borrow().clone();
            assert!(
                self.file.has(&id, stands),
                "{stands:?} stands there: {session:#?}"
            );
        }
        let words = format!("words {}", choice % 7);
        match choice % 11 {
            0 | 1 if id.step == "way" => return Ok(says(["hill", "lake"][choice % 11])),
            0..4 => {
                self.given.push((id, words.clone()));
                return Ok(says(&words));
            }
            4 => {
                let stands = stands.cloned().unwrap_or(words);
                if !["hill", "lake"].contains(&stands.as_str()) {
                    self.given.push((id, stands.clone()));
                }
                return Ok(says(&stands));
            }
            5 | 6 => return Ok(Reply::Skip),
            8 => return Ok(Reply::Back),
            7 | 9 => self.file.progress(&words),
            _ => return Err(io::Error::other("cut off")),
        }
        Ok([Reply::Skip, Reply::Back][usize::from(choice % 11 == 9)].clone())
    }

    fn reject(&mut self, ask: &Ask, reason: &Rejection) -> io::Result<Retry> {
        assert!(ask.place.is_none(), "{reason:?}");
        Ok(Retry::Again)
    }
}

/// Walks until nothing is left to choose, again and again from what is in the file.
fn wander(choices: Vec<u8>) -> (Vec<(AnswerId, String)>, Session) {
    let exercise = parse::exercise("fork", FORK).unwrap();
    let file = File {
        session: RefCell::new(session()),
        id: RefCell::default(),
        typed: RefCell::default(),
    };
    let given = Vec::new();
    let mut who = Wanderer {
        file: &file,
        choices,
        given,
    };
    while !who.choices.is_empty() {
        let saved = file.session.borrow().clone();
        let mut runner = Runner {
            engine: Engine::new(exercise.clone(), saved, Context::default()),
            prompter: &mut who,
            saver: &file,
            listener: &mut |_| {},
            now: &now,
            person: true,
            support: &|_| String::new(),
            feedback: Feedback::new(&Coached, SoftLines::default()),
            keyboard: SharedKeyboard::default(),
        };
        let _ = runner.run();
        who.look();
    }
    let saved = file.session.borrow().clone();
    (who.given, saved)
}

proptest! {
    #[test]
    fn what_was_given_once_and_what_stands_on_the_screen_is_in_the_file(
        choices in prop::collection::vec(any::<u8>(), 1..38),
    ) {
        wander(choices);
    }
}

#[test]
fn a_letter_put_together_and_taken_as_it_was_stays_when_its_branch_is_left() {
    // To the lake; a boat; a sight; the letter; back to the sight; other words; back; uphill.
    let doing = [1, 0, 0, 4, 8, 8, 3, 8, 8, 8, 0];
    let (given, saved) = wander(doing.into_iter().rev().collect());
    let letter = saved.answer(&AnswerId::new("letter", 1)).unwrap();
    assert!(letter.unreached && !letter.settled(), "{letter:#?}");
    let whole = &given.iter().find(|(id, _)| id.step == "letter").unwrap().1;
    assert_eq!(letter.versions[0].value, Value::Text(whole.clone()));
}
