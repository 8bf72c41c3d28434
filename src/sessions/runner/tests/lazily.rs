//! Rules are read when a text needs them.

use std::rc::Rc;

use super::rules::{Coached, SORRY};
use super::*;
use crate::review::{Rules, Subject};
use crate::sessions::runner::Coach;
use crate::test_support::{ScriptedPerson, now};

/// Counts how often it is asked for rules.
#[derive(Default)]
struct Counting {
    inner: Coached,
    asked: Cell<u32>,
}

impl Coach for Counting {
    fn rules(&self, subject: Subject, text: &str, about: Option<&str>) -> Rc<Rules> {
        self.asked.set(self.asked.get() + 1);
        self.inner.rules(subject, text, about)
    }
}

/// How often rules were asked for, with these answers.
fn asked_for(doing: Vec<Reply>) -> u32 {
    let mut person = ScriptedPerson::new(doing);
    let coach = Counting::default();
    let exercise = parse::exercise("sorry", SORRY).unwrap();
    let mut runner = Runner {
        engine: Engine::new(exercise, session(), Context::default()),
        prompter: &mut person,
        saver: &Disk::default(),
        listener: &mut |_| {},
        now: &now,
        person: true,
        support: &|_| String::new(),
        feedback: Feedback::new(&coach, SoftLines::default()),
        keyboard: SharedKeyboard::default(),
    };
    runner.run().unwrap();
    coach.asked.get()
}

#[test]
fn rules_are_read_when_a_text_needs_them() {
    assert_eq!(asked_for(vec![Reply::Pause]), 0);
    assert_eq!(asked_for(vec![Reply::Skip, Reply::Skip, Reply::Pause]), 0);
    let text = || says("I am sorry and I will mend it.");
    assert_eq!(asked_for(vec![text(), text(), Reply::Pause]), 2);
}

#[test]
fn every_name_of_rules_that_an_exercise_can_have_is_a_subject() {
    let subjects = Subject::ALL.map(|(_, name)| name);
    assert_eq!(subjects, crate::exercise::table::REVIEWS);
}
