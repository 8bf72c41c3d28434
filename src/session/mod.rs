//! One doing of one exercise, as plain data: what was asked, what was answered, and when.
//!
//! The identity of an answer is (step, round). Nothing here prints, reads files or knows a clock.

mod id;
mod moment;
mod partners;
mod take_back;
mod value;

use jiff::civil::Date;

pub use crate::exercise::Partner;
use crate::exercise::{AnswerTest, Exercise, ExerciseHead, StepKind};
use crate::text::is_same_name;
use crate::text::language::Language;
pub use id::AnswerId;
pub use moment::Moment;
pub use partners::{Household, OwnKey, PARTNERS, Partners};
pub use take_back::{as_told, is_telling, is_their_own, one_line, says, telling};
pub use value::{PlainValue, Value};

/// The full name of a session, such as `20261122T174501.032Z-9f3a61c2`: UTC time to the
/// millisecond, then eight hex digits. Names sort by time.
pub type SessionId = String;

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// Begun or paused; `resume` goes on with it.
    Open,
    /// Finished.
    Done,
    /// Left on purpose, or put aside; it can be resumed by name but is not offered.
    Left,
}

impl SessionState {
    /// Every state, as it is written in files.
    pub const ALL: [(Self, &str); 3] = [
        (Self::Open, "open"),
        (Self::Done, "done"),
        (Self::Left, "left"),
    ];

    /// The word in files and lists.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(state, _)| *state == self)
            .map_or("open", |(_, name)| name)
    }

    /// The state with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, word)| *word == name)
            .map(|(state, _)| *state)
    }
}

pub use crate::exercise::OTHER;

/// What happened at a step.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Outcome {
    /// Shown or begun, not answered yet.
    Pending,
    /// A `say` step that has been read.
    Seen,
    /// The person chose not to say.
    Skipped,
    /// An answer.
    Value(Value),
    /// What somebody gave or left out in an exercise for two, encrypted for them alone.
    Closed(String),
}

/// An earlier wording of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerVersion {
    /// When it was given.
    pub at: Moment,
    /// What it was.
    pub value: Value,
    /// Keys that this version of the program does not know, kept as they are.
    pub extra: toml::Table,
}

/// What a rule pointed at in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredFinding {
    /// The rule's id.
    pub rule: String,
    /// The bytes of the answer's text that it points at: the first, and the one behind the last.
    /// Both are 0 where it points at the text as a whole.
    pub span: (usize, usize),
    /// The person was told of it and left their words as they are: it stays silent.
    pub kept: bool,
    /// Keys that this version of the program does not know, kept as they are.
    pub extra: toml::Table,
}

/// One answer, with the prompt as it was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The step's id.
    pub step: String,
    /// Which pass through the step's group, from 1.
    pub round: u32,
    /// Who gave it, in an exercise for two.
    pub by: Option<Partner>,
    /// Nobody but its owner reads it: on the disk it's encrypted.
    pub closed: bool,
    /// The step's kind when it was answered.
    pub kind: StepKind,
    /// The prompt as the person saw it.
    pub prompt: String,
    /// The step's short name, where it has one.
    pub name: Option<String>,
    /// What was given.
    pub given: Outcome,
    /// The id of the drawn item (`draw`).
    pub item: Option<String>,
    /// The chosen option's words, or what they typed for "something else".
    pub label: Option<String>,
    /// When it was answered.
    pub at: Option<Moment>,
    /// True when the branch it belongs to is not taken any more.
    pub unreached: bool,
    /// True when the step was marked as not for other eyes: left out of exports unless it is named.
    pub sensitive: bool,
    /// Earlier wordings of a text, oldest first.
    pub versions: Vec<AnswerVersion>,
    /// What rules pointed at in the text as it stands.
    pub findings: Vec<StoredFinding>,
    /// Text in progress: typed, and not yet an answer.
    pub progress: Option<String>,
    /// Keys that this version does not know, kept as they are.
    pub extra: toml::Table,
}

impl Answer {
    /// The same answer with what was given alone, without what was shown beside it and what came before it.
    pub fn given_alone(self) -> Self {
        Self {
            prompt: String::new(),
            label: None,
            at: None,
            versions: Vec::new(),
            findings: Vec::new(),
            progress: None,
            extra: toml::Table::new(),
            ..self
        }
    }

    /// The value, where there is one that anybody may read.
    pub fn value(&self) -> Option<&Value> {
        self.own_value().filter(|_| !self.closed)
    }

    /// The value as its owner knows it, closed or not.
    pub fn own_value(&self) -> Option<&Value> {
        match &self.given {
            Outcome::Value(value) => Some(value),
            Outcome::Pending | Outcome::Seen | Outcome::Skipped | Outcome::Closed(_) => None,
        }
    }

    /// The answer in words: text as it is, the labels of what was chosen, a number, a date in
    /// words. Nothing where nothing was picked.
    pub fn words(&self) -> Option<String> {
        self.words_in(Language::English)
    }

    /// The same in a language.
    pub fn words_in(&self, language: Language) -> Option<String> {
        let on = self.at.as_ref().map_or(Date::MIN, Moment::on);
        self.value()?.in_words(self.label.as_deref(), on, language)
    }

    /// Its identity.
    pub fn id(&self) -> AnswerId {
        AnswerId {
            by: self.by,
            ..AnswerId::new(&self.step, self.round)
        }
    }

    /// Whether it is the answer with this identity.
    pub fn is(&self, id: &AnswerId) -> bool {
        self.step == id.step && self.round == id.round && self.by == id.by
    }

    /// True once the step needs no asking any more: answered, skipped or read.
    pub fn settled(&self) -> bool {
        self.given != Outcome::Pending
    }
}

impl AnswerTest {
    /// Whether an answer passes it. Without an answer none does but `Answered(false)`.
    pub fn passes(&self, answer: Option<&Answer>) -> bool {
        let Some(value) = answer.and_then(Answer::value) else {
            return *self == Self::Answered(false);
        };
        match self {
            Self::Answered(yes) => *yes,
            Self::Is(wanted) => value.is(wanted),
            Self::IsNot(wanted) => !value.is(wanted),
            Self::Includes(id) => matches!(value, Value::Choices(ids) if ids.contains(id)),
            Self::AtLeast(bound) => matches!(value, Value::Number(n) if n >= bound),
            Self::AtMost(bound) => matches!(value, Value::Number(n) if n <= bound),
        }
    }
}

/// An addendum to a session.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionNote {
    /// When it was written.
    pub at: Moment,
    /// What it says.
    pub text: String,
    /// Keys that this version of the program does not know, kept as they are.
    pub extra: toml::Table,
}

impl SessionNote {
    /// A note that holds an answer given again later, to compare with the first. Files from before
    /// there were such notes have none of the keys for it, so they stand with the unknown ones.
    pub fn answering(at: Moment, text: String, id: &AnswerId) -> Self {
        let mut extra = toml::Table::new();
        extra.insert("step".to_string(), id.step.clone().into());
        if id.round != 1 {
            extra.insert("round".to_string(), i64::from(id.round).into());
        }
        Self { at, text, extra }
    }

    /// The answer that it gives again, where it does.
    pub fn again(&self) -> Option<AnswerId> {
        let step = self.extra.get("step")?.as_str()?;
        let round = self.extra.get("round").and_then(toml::Value::as_integer);
        Some(AnswerId::new(step, u32::try_from(round.unwrap_or(1)).ok()?))
    }
}

/// One doing of one exercise.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Its full name.
    pub id: SessionId,
    /// The exercise's id.
    pub exercise: String,
    /// The content version of the exercise when it was last worked on.
    pub exercise_version: i64,
    /// The exercise's title.
    pub title: String,
    /// The exercise's language.
    pub lang: String,
    /// Where it stands.
    pub state: SessionState,
    /// When it began.
    pub started: Moment,
    /// When it was finished or left.
    pub ended: Option<Moment>,
    /// The seed of its draws, at most `i64::MAX` so that it fits a TOML number.
    pub seed: u64,
    /// The step it stands at. Only a hint: the place follows from the answers.
    pub at: Option<String>,
    /// The person's own tags.
    pub tags: Vec<String>,
    /// Addenda.
    pub notes: Vec<SessionNote>,
    /// The answers, in the order of the exercise.
    pub answers: Vec<Answer>,
    /// Keys and tables that this version does not know, kept as they are.
    pub extra: toml::Table,
}

impl Session {
    /// Gives answers, and what was noted of them, the ids that their steps have today. An answer
    /// whose step has one under today's id already keeps its own.
    pub fn rename_steps(&mut self, exercise: &Exercise) {
        if exercise.steps.iter().all(|step| step.was.is_none()) {
            return;
        }
        let free = |answers: &[Answer], id: &AnswerId| !answers.iter().any(|other| other.is(id));
        for at in 0..self.answers.len() {
            let answer = &self.answers[at];
            let today = AnswerId::new(exercise.step_id_today(&answer.step), answer.round);
            if free(&self.answers, &today) {
                self.answers[at].step = today.step;
            }
        }
        for note in &mut self.notes {
            if let Some(toml::Value::String(step)) = note.extra.get_mut("step") {
                *step = exercise.step_id_today(step).to_string();
            }
        }
    }

    /// One that begins: open, without an answer, and without a name until one is claimed for it.
    pub fn new(exercise: &ExerciseHead, started: Moment, seed: u64) -> Self {
        Self {
            id: SessionId::new(),
            exercise: exercise.id.clone(),
            exercise_version: exercise.version,
            title: exercise.title.clone(),
            lang: exercise.lang.clone(),
            state: SessionState::Open,
            started,
            ended: None,
            seed,
            at: None,
            tags: Vec::new(),
            notes: Vec::new(),
            answers: Vec::new(),
            extra: toml::Table::new(),
        }
    }

    /// The last eight characters of the id, as lists show it.
    pub fn short_id(&self) -> &str {
        short_id(&self.id)
    }

    /// Whether it has this tag, in small letters or large ones.
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().any(|there| is_same_name(there, tag))
    }

    /// The day on which they wish to look back at it, `2026-12-20`.
    pub fn look_back(&self) -> Option<&str> {
        self.extra.get(LOOK_BACK)?.as_str()
    }

    /// Sets that day. Files from before there were such days have none, so it stands with the keys that
    /// are not known.
    pub fn set_look_back(&mut self, day: &str) {
        self.extra.insert(LOOK_BACK.into(), day.into());
    }

    /// The promises that it is about, by their full names.
    pub fn about(&self) -> impl Iterator<Item = &str> {
        let about = self.extra.get(ABOUT).and_then(toml::Value::as_array);
        about.into_iter().flatten().filter_map(toml::Value::as_str)
    }

    /// Sets them. Files from before there were any have none, so they stand with the keys that are not
    /// known.
    pub fn set_about(&mut self, promises: Vec<SessionId>) {
        match promises.is_empty() {
            true => self.extra.remove(ABOUT),
            false => self.extra.insert(ABOUT.into(), promises.into()),
        };
    }

    /// The answer with this identity.
    pub fn answer(&self, id: &AnswerId) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.is(id))
    }
}

/// The key of the promises that a session is about.
const ABOUT: &str = "about";

/// The key of the day to look back.
const LOOK_BACK: &str = "look-back";

/// The hex part of a session id; the whole id where it has none.
pub fn short_id(id: &str) -> &str {
    id.rsplit_once('-').map_or(id, |(_, hex)| hex)
}
