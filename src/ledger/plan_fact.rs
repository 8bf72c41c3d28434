//! What somebody says about a plan.

use jiff::civil::{Date, Weekday};

/// What somebody says about a plan that they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanStatement {
    /// It begins.
    Started(PlanStart),
    /// It waits, until a day or until they go on.
    Paused {
        /// The first day on which it goes on by itself.
        until: Option<Date>,
    },
    /// It goes on.
    Resumed,
    /// A stage is put off.
    Postponed {
        /// The stage.
        stage: String,
        /// The first day on which it is offered again.
        until: Date,
    },
    /// A stage is passed over.
    Skipped {
        /// The stage, or the rule whose offer it is.
        stage: String,
    },
    /// It's over, on purpose.
    Stopped {
        /// The ending, where they said which.
        ending: Option<String>,
    },
}

/// How a plan begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStart {
    /// The plan's id.
    pub plan: String,
    /// The version of its content.
    pub version: i64,
    /// What was done from this day on counts, although the plan hadn't begun.
    pub counted_since: Option<Date>,
    /// The day of the week for what comes every week.
    pub weekday: Option<Weekday>,
}

impl PlanStatement {
    /// Returns the word for it in files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Started(_) => "started",
            Self::Paused { .. } => "paused",
            Self::Resumed => "resumed",
            Self::Postponed { .. } => "postponed",
            Self::Skipped { .. } => "skipped",
            Self::Stopped { .. } => "stopped",
        }
    }
}
