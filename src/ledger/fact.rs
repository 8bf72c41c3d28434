//! One thing said about a promise or a plan at one moment.

use jiff::civil::Date;
use toml::Table;

use super::plan_fact::PlanStatement;
use crate::dates::DayRule;
use crate::session::{AnswerId, Moment, Partner, Partners, SessionId};

/// The full name of a fact, of the same shape as a session's. A promise has the name of the fact that
/// made it, and a plan that is done that of the fact that began it.
pub type FactId = SessionId;

/// How many bytes the file of a fact can have.
pub const MOST_FACT_BYTES: usize = 16 << 10;

/// One thing said at one moment. It is never changed: what is said later is another fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its full name.
    pub id: FactId,
    /// What sort of thing it is about: `promise`, `plan`, or something that a newer program knows.
    pub about: String,
    /// The promise or the plan that it is about; the fact itself where it makes or begins one.
    pub of: FactId,
    /// When it was said, in local time. Nothing is decided by it.
    pub at: Moment,
    /// The facts that it takes the place of.
    pub instead_of: Vec<FactId>,
    /// What was said.
    pub statement: Statement,
    /// Which of two people said it, of a promise of both.
    pub by: Option<Partner>,
    /// A remark in the person's own words.
    pub note: Option<String>,
    /// Keys that this version of the program does not know, kept as they are.
    pub extra: Table,
}

/// What a fact says.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// A promise begins.
    Made(PromiseTerms),
    /// What came of a day.
    Verdict {
        /// What came of it.
        verdict: Verdict,
        /// The day.
        on: Date,
        /// How many times, where some times a week were promised.
        times: Option<u8>,
    },
    /// One day was moved to another, or dropped, and that was said before it was over.
    Moved {
        /// The day.
        on: Date,
        /// Where it went; `None` where it was dropped.
        to_day: Option<Date>,
        /// When the other person was told, where that was not just now.
        told: Option<Moment>,
    },
    /// From a day on, the promise is another one.
    Changed {
        /// The first day on which it is.
        since: Date,
        /// What is different.
        change: PromiseChange,
    },
    /// There was no occasion.
    Skipped {
        /// The day, or the first one.
        on: Date,
        /// The last one, where there are several.
        through: Option<Date>,
        /// Why.
        cause: SkipCause,
    },
    /// The promise ends, on purpose.
    LetGo {
        /// The first day that is no day of it any more.
        since: Date,
    },
    /// A remark, and nothing else.
    Noted,
    /// Something about a plan.
    Plan {
        /// The day it was said.
        on: Date,
        /// What was said.
        said: PlanStatement,
    },
    /// Another fact does not count any more.
    TakenBack(FactId),
    /// Something that a newer program says, by its name there.
    Newer(String),
}

/// What came of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was kept.
    Kept,
    /// A part of it was.
    Part,
    /// It was not.
    Missed,
    /// It was not, and was put right afterwards.
    Repaired,
}

/// Why there was no occasion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SkipCause {
    /// Somebody was ill.
    Ill,
    /// Somebody was away.
    Away,
    /// The other person's part was missing.
    OthersPart,
    /// Nothing came up.
    #[default]
    NoOccasion,
    /// A day of rest.
    Rest,
    /// Something else.
    Other,
}

/// What was promised.
#[derive(Clone, Debug, PartialEq)]
pub struct PromiseTerms {
    /// The act, in the person's own words.
    pub what: String,
    /// To whom; `None` for oneself.
    pub to: Option<String>,
    /// What sets it off, and what follows.
    pub if_then: Option<String>,
    /// Its days.
    pub rule: DayRule,
    /// The day on which to look at it as a whole.
    pub look: Option<Date>,
    /// The answer that its words come from.
    pub origin: Option<TermsOrigin>,
    /// The promise before it.
    pub follows: Option<FactId>,
    /// The two who agreed on it; `None` where it's one person's.
    pub partners: Option<Partners>,
}

/// The answer that the words of a promise come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermsOrigin {
    /// The session.
    pub session: SessionId,
    /// The answer in it.
    pub answer: AnswerId,
    /// The exercise, where it is known.
    pub exercise: Option<String>,
}

/// What is different from a day on; the rest stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromiseChange {
    /// Other words.
    pub what: Option<String>,
    /// To somebody else.
    pub to: Option<String>,
    /// Something else sets it off.
    pub if_then: Option<String>,
    /// Other days.
    pub rule: Option<DayRule>,
}

impl Verdict {
    /// Every verdict, as it is written in files and typed as a command.
    pub const ALL: [(Self, &str); 4] = [
        (Self::Kept, "kept"),
        (Self::Part, "part"),
        (Self::Missed, "missed"),
        (Self::Repaired, "repaired"),
    ];

    /// Returns the word in files.
    pub fn name(self) -> &'static str {
        name_of(&Self::ALL, self)
    }

    /// Returns the verdict on a week in which it was so many times, of those that were promised.
    pub fn of_times(times: u8, promised: u8) -> Self {
        match times {
            0 => Self::Missed,
            times if times < promised => Self::Part,
            _ => Self::Kept,
        }
    }

    /// Returns the verdict with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        with_name(&Self::ALL, name)
    }
}

impl SkipCause {
    /// Every cause, as it is written in files and typed.
    pub const ALL: [(Self, &str); 6] = [
        (Self::Ill, "ill"),
        (Self::Away, "away"),
        (Self::OthersPart, "others-part"),
        (Self::NoOccasion, "no-occasion"),
        (Self::Rest, "rest"),
        (Self::Other, "other"),
    ];

    /// Returns the word in files.
    pub fn name(self) -> &'static str {
        name_of(&Self::ALL, self)
    }

    /// Returns the cause with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        with_name(&Self::ALL, name)
    }
}

fn name_of<T: Copy + PartialEq>(all: &[(T, &'static str)], wanted: T) -> &'static str {
    let found = all.iter().find(|(one, _)| *one == wanted);
    found.map_or("", |(_, name)| name)
}

fn with_name<T: Copy>(all: &[(T, &'static str)], wanted: &str) -> Option<T> {
    let found = all.iter().find(|(_, name)| *name == wanted);
    found.map(|(one, _)| *one)
}

impl Statement {
    /// Returns the word for it in files.
    pub fn name(&self) -> &str {
        match self {
            Self::Made(_) => "made",
            Self::Verdict { verdict, .. } => verdict.name(),
            Self::Moved { .. } | Self::Changed { .. } => "changed",
            Self::Skipped { .. } => "skipped",
            Self::LetGo { .. } => "let-go",
            Self::Noted => "noted",
            Self::Plan { said, .. } => said.name(),
            Self::TakenBack(_) => "taken-back",
            Self::Newer(name) => name,
        }
    }
}

impl Fact {
    /// Returns the one day that it is about, where it is about one.
    pub fn day(&self) -> Option<Date> {
        match self.statement {
            Statement::Verdict { on, .. }
            | Statement::Moved { on, .. }
            | Statement::Skipped {
                on, through: None, ..
            } => Some(on),
            _ => None,
        }
    }
}
