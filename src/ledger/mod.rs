//! Promises and plans: what was said about each, one fact at a time, and the days that come of a
//! promise. Pure: nothing here reads a file or knows which day it is.
//!
//! A [`Fact`] is one thing said at one moment. It is written once and never changed, so two machines
//! never write one file.

mod day_facts;
mod fact;
mod fold;
mod guests;
mod open_days;
mod plan_fact;
mod tally;
mod text;

pub use crate::dates::{DayPattern, DayRule, WhenProblem, WhenReading, read_when, today_of};
pub use day_facts::DayFacts;
pub use fact::{
    Fact, FactId, MOST_FACT_BYTES, PromiseChange, PromiseTerms, SkipCause, Statement, TermsOrigin,
    Verdict,
};
pub use fold::{DayState, Promise, PromiseDay, promises};
pub use guests::{own_texts, without_guests};
pub use open_days::OpenDays;
pub use plan_fact::{PlanStart, PlanStatement};
pub use tally::DayTally;
pub use text::{FACT_FORMAT, FactError};
