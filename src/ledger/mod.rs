//! Promises: what was said about each, one fact at a time, and the days that come of it.

pub use crate::dates::{DayPattern, DayRule, WhenProblem, WhenReading, read_when, today_of};
