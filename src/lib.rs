//! A private, offline coach in the terminal for building and rebuilding trust.
//!
//! Data flows one way: TOML text, [`exercise`], [`engine`], [`prompt`], [`session`], [`journal`].

pub mod answers;
pub mod commands;
pub mod config;
pub mod engine;
pub mod error;
pub mod exercise;
pub mod export;
pub mod journal;
pub mod pager;
pub mod problem;
pub mod prompt;
pub mod protocol;
pub mod review;
pub mod runner;
pub mod safety;
pub mod seal;
pub mod session;
pub mod syntax;
pub mod view;
pub mod world;
