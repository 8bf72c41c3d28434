//! Ratings over weeks, as plain data: what was rated when, whether it changed by more than it varies
//! anyway, and how that looks as a picture of letters. Pure.

pub mod change;
pub mod chart;
pub mod measure;
pub mod pair;
pub mod strip;
pub mod words;

pub use change::{ChangeNote, LookedAt};
pub use measure::{Measure, MeasurePoint, MeasureScale, Rating};
pub use pair::{PairHistory, PairPoint};
pub use strip::DayStrip;
