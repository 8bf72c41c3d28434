//! Why something is next, or why nothing is.

use jiff::civil::{Date, Weekday};

use super::{PlanRule, PlanStage};

/// Why something is next, or why nothing is.
#[derive(Clone, Debug, PartialEq)]
pub enum NextReason<'p> {
    /// The plan begins with it.
    First,
    /// This stage was done.
    StageDone(&'p PlanStage, Date),
    /// This stage was skipped, or didn't fit.
    StagePassed(&'p PlanStage, Date),
    /// This stage has safety questions and was open for two weeks, so it was passed over.
    PassedByItself(&'p PlanStage, Date),
    /// It comes so many days after that.
    Wait(u32),
    /// It is repeated, and was done last on this day.
    Repeat {
        /// When it was done last; never yet, where there is none.
        last: Option<Date>,
        /// So many days apart.
        every: u32,
        /// The day of the week that was chosen for it.
        weekday: Option<Weekday>,
    },
    /// It was put off to this day.
    PutOff(Date),
    /// Its condition has been true since this day.
    BecameTrue(&'p PlanStage, Date),
    /// This rule has applied since this day.
    Rule(&'p PlanRule, Date),
    /// They let the plan wait from this day on.
    Paused(Date),
    /// They stopped the plan on this day.
    Stopped(Date),
    /// Every stage is over.
    AllOver,
}

impl NextReason<'_> {
    /// Returns the word for it in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::First => "first",
            Self::StageDone(..) => "stage-done",
            Self::StagePassed(..) => "stage-passed",
            Self::PassedByItself(..) => "passed-by-itself",
            Self::Wait(_) => "wait",
            Self::Repeat { .. } => "repeat",
            Self::PutOff(_) => "put-off",
            Self::BecameTrue(..) => "became-true",
            Self::Rule(..) => "rule",
            Self::Paused(_) => "paused",
            Self::Stopped(_) => "stopped",
            Self::AllOver => "all-over",
        }
    }

    /// Returns the stage or rule that it is about.
    pub fn of(&self) -> Option<&str> {
        match self {
            Self::StageDone(stage, _)
            | Self::StagePassed(stage, _)
            | Self::PassedByItself(stage, _)
            | Self::BecameTrue(stage, _) => Some(&stage.id),
            Self::Rule(rule, _) => Some(&rule.id),
            _ => None,
        }
    }

    /// Returns the day that it names.
    pub fn day(&self) -> Option<Date> {
        match self {
            Self::StageDone(_, day)
            | Self::StagePassed(_, day)
            | Self::PassedByItself(_, day)
            | Self::PutOff(day)
            | Self::BecameTrue(_, day)
            | Self::Rule(_, day)
            | Self::Paused(day)
            | Self::Stopped(day) => Some(*day),
            Self::Repeat { last, .. } => *last,
            Self::First | Self::Wait(_) | Self::AllOver => None,
        }
    }
}
