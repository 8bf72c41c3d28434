//! The program as a person or a script meets it: one file a command.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod author;
mod backup;
mod check;
#[path = "../support/mod.rs"]
mod common;
mod completions;
mod composed;
mod config;
mod contacts;
mod doctor;
mod doors;
mod events;
mod exercise;
mod export;
mod facts;
mod findings;
mod follow;
mod followed;
mod history;
mod home;
mod hostile;
mod import;
mod lines;
mod list;
mod loops;
mod man;
mod packs;
mod pages;
mod place;
mod preview;
mod private;
mod progress;
mod promise;
mod protocol;
mod record;
mod resume;
mod review;
mod review_more;
mod safety;
mod schema;
mod sealed;
mod show;
mod support;
mod surroundings;
mod sync;
mod tea;
mod vault;
mod vault_keys;
mod vault_kills;
mod vault_signs;
