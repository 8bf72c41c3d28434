//! The terminal back end as a person meets it: in a pseudo-terminal, read by an emulator.

// A test that cannot go on ends by a panic, in its helpers as well.
#![allow(clippy::unwrap_used, clippy::panic)]

mod asked;
mod brought;
mod changed;
mod choices;
mod commands;
#[path = "../support/mod.rs"]
mod common;
mod doctor;
mod doors;
mod driver;
mod ending;
mod exits;
mod findings;
mod first_answer;
mod first_look;
mod gate;
mod german;
mod harness;
mod history;
mod home;
mod hostile;
mod keys;
mod killed;
mod lists;
mod looks;
mod meeting;
mod own_keys;
mod own_words;
mod packs;
mod pager;
mod passphrase;
mod patience;
mod paused;
mod plain;
mod plans;
mod preview;
mod promise_days;
mod promises;
mod questions;
mod remembered;
mod resized;
mod session;
mod styled;
mod tables;
mod take_back;
mod text;
mod two;
mod two_alike;
mod two_plain;
mod two_time;
mod unmade;
mod unread;
mod unsaved;
mod vault;
mod ways_out;
mod work;

/// Not a test of its own: the others start this program again as a child that runs only this.
#[test]
fn driver_child() {
    driver::run();
}
