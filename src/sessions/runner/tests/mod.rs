mod by_chance;
mod change;
mod feedback;
mod kept;
mod lazily;
mod rules;

use std::cell::{Cell, RefCell};
use std::io;
use std::path::{Path, PathBuf};

use super::{BuiltIn, Feedback, Runner, Saver, SessionEnd, SharedKeyboard, SoftLines};
use crate::ask::{Ask, Input, Note, ProgressKeeper, Prompter, Rejection, Reply, Retry, Want};
use crate::engine::{Context, Engine};
use crate::error::Error;
use crate::exercise::parse;
use crate::session::AnswerId;
use crate::session::{Session, SessionState};
use crate::test_support::{ScriptedPerson, exercise_text, now};

const WALK: &str = exercise_text!(
    r#"title = "A walk"
strategy = "values"
minutes = 1
summary = "Walk."
opening = "Put shoes on."
closing = "Rest."
"#,
    r#"[[step]]
id = "way"
kind = "choose"
name = "Which way"
prompt = "Which way?"
why = "Ways differ."
hints = ["Look left.", "Look right."]
options = [{ id = "hill", label = "Uphill" }, { id = "lake", label = "To the lake" }]

[[step]]
id = "boat"
kind = "write"
name = "The boat"
when = { step = "way", is = "lake" }
prompt = "Which boat?"

[[step]]
id = "seen"
kind = "write"
name = "What you saw"
min_words = 3
prompt = "What did you see?"
"#
);

/// A soft line for heavy words, and another for what watches over somebody.
fn soft(heavy: &str) -> SoftLines<'_> {
    SoftLines {
        heavy,
        control: "Is it freely agreed? /support",
    }
}

/// Fails so many times, then saves.
#[derive(Default)]
struct Disk {
    fails: Cell<u32>,
    saved: RefCell<Option<Session>>,
    copies: RefCell<Vec<PathBuf>>,
}

impl ProgressKeeper for Disk {
    fn progress(&self, _text: &str) {}
}

impl Saver for Disk {
    fn save(&self, session: &Session) -> Result<(), Error> {
        if let Some(left) = self.fails.get().checked_sub(1) {
            self.fails.set(left);
            return Err(Error::failed("could not write to the disk"));
        }
        *self.saved.borrow_mut() = Some(session.clone());
        Ok(())
    }

    fn begin_answer(&self, _id: Option<AnswerId>) {}

    fn copy_to(&self, _session: &Session, path: &Path) -> Result<(), Error> {
        self.copies.borrow_mut().push(path.to_path_buf());
        Ok(())
    }
}

fn says(words: &str) -> Reply {
    Reply::Answer(Input::Words(words.into()))
}

fn session() -> Session {
    Session {
        exercise: "walk".into(),
        exercise_version: 1,
        title: "A walk".into(),
        seed: 1,
        ..crate::test_support::session("20261122T174501.000Z-00000001")
    }
}

struct Ran {
    ended: Result<SessionEnd, Error>,
    person: ScriptedPerson,
    session: Session,
}

fn run(disk: &Disk, doing: Vec<Reply>) -> Ran {
    run_through(WALK, disk, doing)
}

fn run_through(exercise: &str, disk: &Disk, doing: Vec<Reply>) -> Ran {
    let exercise = parse::exercise("walk", exercise).unwrap();
    let mut person = ScriptedPerson::new(doing);
    let context = Context {
        nudges: true,
        ..Context::default()
    };
    let mut runner = Runner {
        engine: Engine::new(exercise, session(), context),
        prompter: &mut person,
        saver: disk,
        listener: &mut |_| {},
        now: &now,
        person: true,
        support: &|_| "Call 116 123.".into(),
        feedback: Feedback::new(&BuiltIn, soft("That sounds hard.")),
        keyboard: SharedKeyboard::default(),
    };
    let ended = runner.run();
    let session = runner.engine.session().clone();
    Ran {
        ended,
        person,
        session,
    }
}

#[test]
fn what_is_typed_instead_of_an_answer_keeps_the_step() {
    let doing = vec![
        Reply::Hint,
        Reply::Hint,
        Reply::Hint,
        Reply::Why,
        Reply::Help,
        Reply::Support(None),
        Reply::Back,
        Reply::Pause,
    ];
    let ran = run(&Disk::default(), doing);
    assert_eq!(ran.person.asked(), ["way"; 8]);
    for words in [
        "Hint 1 of 2. Look left.",
        "Hint 2 of 2. Look right.",
        "Ways differ.",
        "/leave",
        "Call 116 123.",
        "This is the first step.",
    ] {
        assert!(
            ran.person.shown.contains(words),
            "{words}: {}",
            ran.person.shown
        );
    }
    assert_eq!(ran.person.shown.matches("Look left.").count(), 2);
    assert!(matches!(ran.ended, Ok(SessionEnd::Paused(Some(place))) if place.step == 1));
}

#[test]
fn an_answer_can_be_changed_in_the_look_back_and_only_what_is_new_is_asked() {
    let disk = Disk::default();
    let doing = vec![
        says("1"),
        says("Three white geese"),
        says("a1"),
        says("lake"),
        says("The blue one."),
        says("finish"),
    ];
    let ran = run(&disk, doing);
    assert_eq!(
        ran.person.asked(),
        ["way", "seen", "look-back", "way", "boat", "look-back"]
    );
    assert!(matches!(ran.ended, Ok(SessionEnd::Done)));
    assert_eq!(
        disk.saved.borrow().as_ref().unwrap().state,
        SessionState::Done
    );
}

#[test]
fn what_is_no_longer_in_use_can_be_erased_in_the_look_back() {
    let disk = Disk::default();
    let doing = vec![
        says("2"),
        says("The blue one."),
        says("Three white geese"),
        says("a1"),
        says("hill"),
        says("erase"),
        says("finish"),
    ];
    let ran = run(&disk, doing);
    let kept: Vec<&str> = ran
        .session
        .answers
        .iter()
        .map(|answer| answer.step.as_str())
        .collect();
    assert_eq!(kept, ["way", "seen"]);
}

#[test]
fn a_short_text_draws_one_nudge_and_is_then_taken() {
    let ran = run(
        &Disk::default(),
        vec![says("1"), says("geese"), says("geese"), says("finish")],
    );
    assert_eq!(ran.person.shown.matches("words would be enough").count(), 1);
    assert!(ran.person.shown.contains("press Ctrl-D again."));
    assert!(matches!(ran.ended, Ok(SessionEnd::Done)));
}

#[test]
fn leaving_marks_the_session_so_that_it_is_not_offered() {
    let disk = Disk::default();
    let ran = run(&disk, vec![says("1"), Reply::Leave]);
    assert!(matches!(ran.ended, Ok(SessionEnd::Left)));
    assert_eq!(
        disk.saved.borrow().as_ref().unwrap().state,
        SessionState::Left
    );
    assert_eq!(ran.person.shown, "");
}

#[test]
fn when_saving_fails_the_person_chooses_and_nothing_is_lost() {
    let disk = Disk::default();
    disk.fails.set(3);
    let doing = vec![
        says("again"),
        says("elsewhere"),
        says("/tmp/copy.toml"),
        says("again"),
        says("1"),
        Reply::Pause,
    ];
    let ran = run(&disk, doing);
    assert_eq!(
        ran.person
            .shown
            .matches("Your words could not be saved")
            .count(),
        3
    );
    assert_eq!(*disk.copies.borrow(), [PathBuf::from("/tmp/copy.toml")]);
    assert_eq!(disk.saved.borrow().as_ref().unwrap().answers.len(), 2);
    assert!(matches!(ran.ended, Ok(SessionEnd::Paused(_))));
}

#[test]
fn one_can_go_on_without_saving_or_stop() {
    let disk = Disk::default();
    disk.fails.set(1);
    let ran = run(&disk, vec![says("go-on"), says("1"), Reply::Pause]);
    assert!(matches!(ran.ended, Ok(SessionEnd::Paused(_))));
    disk.fails.set(1);
    let ran = run(&disk, vec![says("stop")]);
    assert_eq!(
        ran.ended.unwrap_err().message,
        "could not write to the disk"
    );
}

#[test]
fn whatever_else_is_typed_where_saving_failed_is_refused_and_copied_nowhere() {
    let disk = Disk::default();
    disk.fails.set(1);
    let doing = vec![
        says("/tmp/copy.toml"),
        Reply::Hint,
        says("again"),
        Reply::Pause,
    ];
    let ran = run(&disk, doing);
    assert_eq!(ran.person.asked(), ["saving", "saving", "saving", "way"]);
    assert_eq!(ran.person.rejected, [Rejection::NOT_AN_OPTION; 2]);
    assert!(disk.copies.borrow().is_empty());
}

#[test]
fn a_question_is_asked_with_what_the_engine_says() {
    let ran = run(&Disk::default(), vec![Reply::Pause]);
    let ask = ran.person.asked.last().unwrap();
    assert_eq!(ask.prompt, "Which way?");
    assert!(matches!(ask.want, Want::One { other: None, .. }));
}
