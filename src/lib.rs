//! A private, offline coach in the terminal for building and rebuilding trust.
//!
//! Data flows one way: TOML text, [`exercise`], [`engine`], [`ask`], [`session`], [`journal`].

pub mod answers;
pub mod ask;
pub mod commands;
pub mod dates;
pub mod engine;
pub mod error;
pub mod exercise;
pub mod export;
pub mod format;
pub mod home;
pub mod input;
pub mod journal;
pub mod ledger;
pub mod lines;
pub mod output;
pub mod plain;
pub mod plan;
pub mod progress;
pub mod questions;
pub mod review;
pub mod safety;
pub mod session;
pub mod sessions;
pub mod terminal;
pub mod text;
pub mod wire;

// What tests share reads the same inside the crate and outside.
#[cfg(test)]
extern crate self as trust_coach;
#[cfg(test)]
mod test_support;
