//! What more than one command shows: wrapping, sessions, and the one filter for untrusted text.
//!
//! Takes values and returns values; prints nothing.

pub mod condition;
pub mod finding;
pub mod json;
pub mod marked;
pub mod problem;
pub mod readability;
pub mod text;
pub mod underline;
