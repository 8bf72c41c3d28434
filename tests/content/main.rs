//! What is shipped, read and done: exercises, rules and pages.

// Helpers of tests may panic like the tests themselves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod about_whom;
mod authoring;
#[path = "../support/mod.rs"]
mod common;
mod endings;
mod exercises;
mod fill_in;
mod freely;
mod in_danger;
mod minutes;
mod pages;
mod personas;
mod plans;
mod privacy;
mod privacy_claims;
mod privacy_home;
mod privacy_total;
mod privacy_two;
mod privacy_vault;
mod privacy_world;
mod promises;
mod rules;
mod scolded;
mod screens;
mod silence;
mod translations;
mod ways;
mod wording;
