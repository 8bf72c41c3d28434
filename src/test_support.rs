//! What the tests inside the crate and the test programs in `tests/` share: one moment, made-up
//! sessions, the head of an exercise, and a person who does what they are told.

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "no test program uses all of it"
)]

use std::io;
use std::path::Path;

use jiff::Zoned;
use toml::Table;
use trust_coach::ask::{Ask, Note, Prompter, Rejection, Reply, Retry};
use trust_coach::exercise::StepKind;
use trust_coach::home::folders::Folders;
use trust_coach::journal::Store;
use trust_coach::session::{
    Answer, AnswerVersion, Moment, Outcome, Session, SessionNote, SessionState, Value,
};

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

/// Returns the store below a home.
pub(crate) fn store(home: &Path) -> Store {
    let folders = Folders::under(home);
    Store::new(folders.data, folders.state)
}

/// Returns a moment of a day and a time in Berlin.
pub(crate) fn at(time: &str) -> jiff::Zoned {
    format!("{time}[Europe/Berlin]").parse().unwrap()
}

/// Returns an answer that asks about its step and does not say when it was given.
pub(crate) fn asked(step: &str, kind: StepKind, given: Outcome) -> Answer {
    Answer {
        prompt: format!("What about {step}?"),
        at: None,
        ..answer(step, kind, given)
    }
}

/// Returns a text that was written at a step.
pub(crate) fn written(step: &str, text: &str) -> Answer {
    let value = Value::Text(text.to_string());
    asked(step, StepKind::Write, Outcome::Value(value))
}

/// Saves a paused apology, begun at that time, with whatever is changed of it.
pub(crate) fn save(
    home: &Path,
    hex: u32,
    time: &str,
    exercise: &str,
    change: impl FnOnce(&mut Session),
) {
    let store = store(home);
    let now = at(time);
    let mut session = Session {
        exercise: exercise.to_string(),
        exercise_version: 1,
        started: Moment::new(&now),
        seed: 1,
        answers: vec![written("act", "I read your messages.\n\n# And more.\n")],
        ..session(&store.sessions().claim(&now, || Ok(hex)).unwrap())
    };
    change(&mut session);
    store.sessions().save(&session).unwrap();
}

/// Three sessions, and a name that is claimed and not used.
pub(crate) fn three() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let path = home.path();
    save(path, 0x1a, "2026-10-01T08:00:00", "promise", |session| {
        session.state = SessionState::Done;
        session.title = "One small promise".to_string();
        session.tags = vec!["Home".to_string(), "calm".to_string()];
    });
    save(path, 0x2b, "2026-11-20T00:30:00", "time", |session| {
        session.state = SessionState::Left;
        session.tags = vec!["home".to_string(), "us".to_string()];
        session.title =
            "Giving it time, and what to do with a day on which nothing moves".to_string();
    });
    save(path, 0x9f3a_61c2, "2026-11-22T18:00:00", "apology", |_| {});
    let store = store(path);
    store
        .sessions()
        .claim(&at("2026-11-22T18:30:00"), || Ok(1))
        .unwrap();
    home
}

/// Sessions with the same word in all sorts of places.
pub(crate) fn written_all_over() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let path = home.path();
    save(path, 0x1a, "2026-10-01T08:00:00", "promise", |session| {
        session.title = "One small promise".to_string();
        let mut first = written(
            "act",
            "A heron stood in the water.\nNothing moved.\nThe Héron left.",
        );
        first.name = Some("What you saw".to_string());
        first.prompt = "Have you seen a heron?".to_string();
        first.versions = vec![AnswerVersion {
            at: Moment::new(&at("2026-10-01T08:01:00")),
            value: Value::Text("Herons, perhaps.".to_string()),
            extra: Table::new(),
        }];
        let mut again = asked("where", StepKind::Write, Outcome::Pending);
        again.round = 2;
        again.progress = Some("by the heron".to_string());
        session.answers = vec![first, again];
        let text = "We spoke of the heron\nand of us.".to_string();
        session.notes = vec![SessionNote {
            at: Moment::new(&at("2026-10-02T08:00:00")),
            text,
            extra: Table::new(),
        }];
    });
    save(path, 0x2b, "2026-11-20T00:30:00", "apology", |session| {
        session.answers = vec![written("act", "I was angry about the heron.")];
        session.answers[0].sensitive = true;
    });
    save(path, 0x3c, "2026-11-21T00:30:00", "apology", |_| {});
    home
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
