//! What a step asks, with what belongs to each kind alone.

use super::kinds::{PoolItem, StepKind};
use super::promise_sources::PromiseSources;

/// What a step asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Asking {
    /// Nothing: a screenful to read.
    Say {
        /// The step whose text they are advised to change, and can open from here.
        change: Option<String>,
    },
    /// Free text.
    Write {
        /// One line or many.
        lines: LineLimit,
        /// Fewer words than this draw one nudge; it never blocks.
        min_words: Option<u32>,
        /// The rules that look at the text.
        review: Option<String>,
        /// The step whose text a review compares with.
        about: Option<String>,
        /// Whether it begins with the words of the promise that the session is about.
        of_promise: bool,
    },
    /// One option.
    Choose {
        /// What to choose from, at least two.
        options: Vec<AnswerOption>,
        /// They may type one of their own.
        other: bool,
        /// Whether it says what came of the promise that the session is about.
        verdict: bool,
    },
    /// Several options.
    Pick {
        /// What to pick from, at least two.
        options: Vec<AnswerOption>,
        /// The fewest to pick.
        min: u32,
        /// The most to pick.
        max: u32,
    },
    /// A number on a scale.
    Rate {
        /// The lowest number.
        from: i64,
        /// The highest number, above `from`.
        to: i64,
        /// What the lowest means.
        low: Option<String>,
        /// What the highest means.
        high: Option<String>,
        /// The name that it shares with other steps that ask the same thing.
        measure: Option<String>,
        /// Whether the highest number is the better end; none where neither is.
        up_is_better: Option<bool>,
    },
    /// Yes or no.
    Confirm,
    /// A day, or a day and time with its zone.
    Date,
    /// One item of a pool, and text about it.
    Draw {
        /// What to draw from, at least one.
        pool: Vec<PoolItem>,
        /// The rules that look at the text.
        review: Option<String>,
    },
    /// The person's own earlier sentences put together, to revise.
    Compose {
        /// The steps whose answers become a paragraph each, in this order.
        from: Vec<String>,
        /// Whether each paragraph stands under its step's name.
        headings: bool,
        /// The rules that look at the text.
        review: Option<String>,
    },
    /// On which days an earlier answer is followed as a promise.
    Promise(PromiseSources),
    /// Whether what each has closed is shown to both.
    Share {
        /// The steps whose answers are shown, all of them or none.
        of: Vec<String>,
    },
}

impl Asking {
    /// The kind, without what belongs to it.
    pub fn kind(&self) -> StepKind {
        match self {
            Self::Say { .. } => StepKind::Say,
            Self::Write { .. } => StepKind::Write,
            Self::Choose { .. } => StepKind::Choose,
            Self::Pick { .. } => StepKind::Pick,
            Self::Rate { .. } => StepKind::Rate,
            Self::Confirm => StepKind::Confirm,
            Self::Date => StepKind::Date,
            Self::Draw { .. } => StepKind::Draw,
            Self::Compose { .. } => StepKind::Compose,
            Self::Promise(_) => StepKind::Promise,
            Self::Share { .. } => StepKind::Share,
        }
    }

    /// The name of the rules that look at the text.
    pub fn review(&self) -> Option<&str> {
        match self {
            Self::Write { review, .. }
            | Self::Draw { review, .. }
            | Self::Compose { review, .. } => review.as_deref(),
            _ => None,
        }
    }
}

/// How much a `write` step takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineLimit {
    /// A name or a phrase.
    One,
    /// As much as they like.
    Many,
}

/// An option of a `choose` or `pick`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerOption {
    /// Its id, stored as the answer.
    pub id: String,
    /// What the person reads, at most 36 columns to be shown whole everywhere.
    pub label: String,
    /// More about it.
    pub note: Option<String>,
}
