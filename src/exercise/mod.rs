//! What an exercise is: a type that cannot be wrong, made from TOML text by [`parse`].
//!
//! Plain data only: it knows no terminal, session or clock, and only [`library`] reads files.

mod asking;
mod condition;
mod condition_rule;
pub mod condition_words;
mod kinds;
pub mod library;
mod pack;
pub mod parse;
mod participation;
mod promise_sources;
mod source_rule;
pub mod table;
mod template;
pub mod works;

pub use crate::format::problem;
use crate::text::counted;
use crate::text::language::Language;
pub use asking::{AnswerOption, Asking, LineLimit};
pub use condition::{AnswerTest, Condition};
pub use kinds::{KINDS, KindSpec, PoolItem, StepKind, ValueShape};
pub use pack::{MANIFEST, Pack, id_in};
pub use participation::{Answerer, Participation, Partner, PersonName};
pub use promise_sources::PromiseSources;
pub use template::{Reference, Template, TemplatePiece};
pub use works::Work;

/// The newest exercise format that this program reads.
pub const FORMAT: i64 = 1;

/// The option id that stands for "something else", where a step allows it.
pub const OTHER: &str = "other";

/// The seven strategies that everything hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strategy {
    /// Open and honest talk; active listening.
    Communication,
    /// Consistency; kept promises.
    Reliability,
    /// Understanding the other.
    Empathy,
    /// Acknowledging and making amends.
    Apology,
    /// Patience, transparency, small steps.
    Time,
    /// A counsellor or therapist.
    Help,
    /// Why this relationship matters.
    Values,
}

impl Strategy {
    /// Every strategy with its id, in the order of lists.
    pub const ALL: [(Self, &str); 7] = [
        (Self::Communication, "communication"),
        (Self::Reliability, "reliability"),
        (Self::Empathy, "empathy"),
        (Self::Apology, "apology"),
        (Self::Time, "time"),
        (Self::Help, "help"),
        (Self::Values, "values"),
    ];

    /// The id in files, flags and lists.
    pub fn id(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(strategy, _)| *strategy == self)
            .map_or("", |(_, id)| id)
    }

    /// What it is, as a heading above exercises.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Communication => "Communication: say it, and hear each other",
            Self::Reliability => "Reliability: do what you said you’d do",
            Self::Empathy => "Empathy: see it from their side",
            Self::Apology => "Apology: say it and make it right",
            Self::Time => "Time: let trust grow, week by week",
            Self::Help => "Help: find someone to talk to",
            Self::Values => "Values: know what matters to you",
        }
    }

    /// The strategy with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, name)| *name == id)
            .map(|(strategy, _)| *strategy)
    }
}

/// What a list shows of an exercise; read from the text before its first `[[step]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExerciseHead {
    /// The exercise's id, from its file name.
    pub id: String,
    /// The version of its content.
    pub version: i64,
    /// The language it is written in, such as `en`.
    pub lang: String,
    /// Its title.
    pub title: String,
    /// What it works on.
    pub strategy: Strategy,
    /// About how long it takes.
    pub minutes: i64,
    /// One sentence on what one does.
    pub summary: String,
    /// Whether the safety questions come first.
    pub gate: bool,
    /// Whether two people do it at one keyboard.
    pub for_two: bool,
    /// The author's words to find it by.
    pub tags: Vec<String>,
    /// The pack it is from, when a third party wrote it.
    pub pack: Option<Pack>,
}

impl ExerciseHead {
    /// Returns the language that the program speaks while it’s done.
    pub fn language(&self) -> Language {
        Language::of(&self.lang)
    }

    /// Returns about how long it takes, in English words: “8 minutes”.
    pub fn minutes_in_words(&self) -> String {
        counted(usize::try_from(self.minutes).unwrap_or_default(), "minute")
    }
}

/// A whole exercise, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Exercise {
    /// What a list shows of it.
    pub head: ExerciseHead,
    /// Why, and what to have at hand.
    pub opening: String,
    /// What to do next; may quote answers.
    pub closing: Template,
    /// When not to do this.
    pub caution: Option<String>,
    /// What it rests on.
    pub sources: Vec<Source>,
    /// Its repeated groups.
    pub groups: Vec<Group>,
    /// Its steps, at least one, in order. The steps of a group stand together.
    pub steps: Vec<Step>,
}

impl Exercise {
    /// The steps that make a promise out of this one, and itself where it makes one.
    pub fn promises_from<'e>(&'e self, step: &'e str) -> impl Iterator<Item = &'e Step> {
        self.steps.iter().filter(move |one| match &one.ask {
            Asking::Promise(sources) => one.id == step || sources.steps().any(|it| it == step),
            _ => false,
        })
    }

    /// The step with this id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// Returns the id that a step has today, by the one that it has or had.
    pub fn step_id_today<'i>(&'i self, id: &'i str) -> &'i str {
        let mut steps = self.steps.iter();
        let renamed = steps.find(|step| step.was.as_deref() == Some(id));
        renamed.map_or(id, |step| &step.id)
    }

    /// The group with this name.
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name == name)
    }

    /// Every answer of another exercise that its texts quote.
    pub fn outside_references(&self) -> impl Iterator<Item = &Reference> {
        let templates = self.steps.iter().flat_map(Step::templates);
        templates
            .chain(std::iter::once(&self.closing))
            .flat_map(Template::references)
            .filter(|reference| reference.exercise.is_some())
    }
}

/// What an exercise rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The work.
    pub work: Work,
    /// What in the exercise it supports.
    pub supports: String,
    /// How strong that support is, beyond the limits of the work.
    pub strength: Option<String>,
}

/// Steps that are repeated.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name, as steps give it.
    pub name: String,
    /// Rounds end when this is true after a round.
    pub repeat_until: Condition,
    /// And in any case after this many, at least 1.
    pub at_most: u32,
    /// Afterwards all of it is done once more, with the two exchanged.
    pub swap: bool,
    /// Whether its rounds are the promises that the session goes over, where there are some.
    pub each_promise: bool,
    /// The steps that aren't asked then.
    pub unasked: Vec<String>,
}

/// One screen of an exercise.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Unique in the exercise.
    pub id: String,
    /// The id that it had in earlier versions.
    pub was: Option<String>,
    /// What it asks, with what belongs to that kind alone.
    pub ask: Asking,
    /// Shown only when this holds.
    pub when: Option<Condition>,
    /// The group it belongs to.
    pub group: Option<String>,
    /// The text on the screen.
    pub prompt: Template,
    /// A short name for lists, at most 24 columns.
    pub name: Option<String>,
    /// Why it is asked; shown on request.
    pub why: Option<Template>,
    /// Help in stages; shown one at a time on request.
    pub hints: Vec<Template>,
    /// Worded as one that may be left out. Any step may be skipped.
    pub optional: bool,
    /// What stands there to begin with, as a person would type it.
    pub default: Option<String>,
    /// Keeps this answer in view above later steps.
    pub pin: bool,
    /// Not for other eyes.
    pub sensitive: bool,
    /// Its list points at nothing to begin with.
    pub unmarked: bool,
    /// It's read by somebody who may be in danger, or forced.
    pub help: bool,
    /// The name under which it begins at what was given last, in whichever exercise.
    pub remember: Option<String>,
    /// It's asked once: afterwards what was given last is taken.
    pub once: bool,
    /// In an exercise for two: who answers, and what stays closed.
    pub participation: Participation,
}

impl Step {
    /// The kind, without what belongs to it.
    pub fn kind(&self) -> StepKind {
        self.ask.kind()
    }

    /// The options of a `choose` or `pick`; empty for every other kind.
    pub fn options(&self) -> &[AnswerOption] {
        match &self.ask {
            Asking::Choose { options, .. } | Asking::Pick { options, .. } => options,
            _ => &[],
        }
    }

    /// Every text of the step that may quote answers.
    pub fn templates(&self) -> impl Iterator<Item = &Template> {
        std::iter::once(&self.prompt)
            .chain(&self.why)
            .chain(&self.hints)
    }
}
