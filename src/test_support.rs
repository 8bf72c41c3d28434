//! What the tests inside the crate and the test programs in `tests/` share: one moment, one made-up
//! session, the head of an exercise, and a person who does what they are told.

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "no test program uses all of it"
)]

use std::io;

use jiff::Zoned;
use toml::Table;
use trust_coach::ask::{Ask, Input, Note, Prompter, Rejection, Reply, Retry, Want};
use trust_coach::exercise::StepKind;
use trust_coach::session::{Answer, Moment, Outcome, Session, SessionState};

/// The moment at which tests take place.
pub(crate) const NOW: &str = "2026-11-22T18:45:01+01:00[Europe/Berlin]";

/// Returns [`NOW`] as a clock tells it.
pub(crate) fn now() -> Zoned {
    NOW.parse().unwrap()
}

/// Returns [`NOW`] as a session keeps it.
pub(crate) fn moment() -> Moment {
    Moment(NOW.to_string())
}

/// The text of an exercise: what a test looks at in the head, the rest that every exercise needs, and
/// its steps.
macro_rules! exercise_text {
    ($head:literal, $steps:literal) => {
        concat!(
            "format = 1\nversion = 1\nfor = \"one\"\nlang = \"en\"\n",
            $head,
            "\n[[sources]]\nauthor = \"A. Author\"\nyear = 2020\ntitle = \"On things\"\n",
            "address = \"https://example.org\"\nsupports = \"Nothing.\"\nstrength = \"None.\"\n\n",
            $steps
        )
    };
}
pub(crate) use exercise_text;

/// Returns an open session of that name, in which nothing has been asked yet.
pub(crate) fn session(id: &str) -> Session {
    Session {
        id: id.into(),
        exercise: "apology".into(),
        exercise_version: 3,
        title: "A full apology".into(),
        lang: "en".into(),
        state: SessionState::Open,
        started: moment(),
        ended: None,
        seed: 4711,
        at: None,
        tags: Vec::new(),
        notes: Vec::new(),
        answers: Vec::new(),
        extra: Table::new(),
    }
}

/// Returns an answer that was given now.
pub(crate) fn answer(step: &str, kind: StepKind, given: Outcome) -> Answer {
    Answer {
        step: step.into(),
        round: 1,
        by: None,
        closed: false,
        kind,
        prompt: "What did you do?".into(),
        name: None,
        given,
        at: Some(moment()),
        item: None,
        label: None,
        unreached: false,
        sensitive: false,
        versions: Vec::new(),
        findings: Vec::new(),
        progress: None,
        extra: Table::new(),
    }
}

/// Returns an answer that is still to be given.
pub(crate) fn pending(step: &str) -> Answer {
    Answer {
        at: None,
        ..answer(step, StepKind::Write, Outcome::Pending)
    }
}

/// A person who gives these replies in turn, and what they were shown and asked.
#[derive(Default)]
pub(crate) struct ScriptedPerson {
    pub(crate) replies: Vec<Reply>,
    pub(crate) shown: String,
    pub(crate) asked: Vec<Ask>,
    /// The codes of the rejections.
    pub(crate) rejected: Vec<&'static str>,
}

impl ScriptedPerson {
    pub(crate) fn new(replies: Vec<Reply>) -> Self {
        Self {
            replies,
            ..Self::default()
        }
    }

    /// The names of what was asked.
    pub(crate) fn asked(&self) -> Vec<&str> {
        self.asked.iter().map(|ask| ask.id.as_str()).collect()
    }
}

impl Prompter for ScriptedPerson {
    fn say(&mut self, note: &Note) -> io::Result<()> {
        self.shown.push_str(&format!("{}\n", note.text));
        Ok(())
    }

    fn ask(&mut self, ask: &Ask) -> io::Result<Reply> {
        self.asked.push(ask.clone());
        Ok(self.replies.remove(0))
    }

    fn reject(&mut self, _: &Ask, reason: &Rejection) -> io::Result<Retry> {
        self.shown.push_str(&format!("{}\n", reason.message));
        self.rejected.push(reason.code);
        Ok(Retry::Again)
    }
}

/// What answers a question: of the options the one at `nth`.
pub(crate) fn given(want: &Want, nth: usize) -> Input {
    match want {
        Want::One { options, .. } => Input::Options(vec![options[nth % options.len()].id.clone()]),
        Want::Many { options, min, .. } => {
            let ids = options.iter().cycle().skip(nth % options.len()).take(*min);
            Input::Options(ids.map(|option| option.id.clone()).collect())
        }
        Want::Scale { from, to, .. } => {
            let nth = i64::try_from(nth).unwrap();
            Input::Words((to - nth % (to - from + 1)).to_string())
        }
        Want::YesNo => Input::Words(String::from(if nth.is_multiple_of(2) {
            "yes"
        } else {
            "no"
        })),
        Want::Date => Input::Words(String::from("tomorrow")),
        Want::When { .. } => Input::Words(String::from("each sunday for 4 weeks")),
        Want::Text | Want::Line => Input::Words(String::from("We walk on Sunday at five.")),
        Want::Ready => Input::Ready,
    }
}
