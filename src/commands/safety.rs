//! `trust-coach safety`.

use clap::Args as ClapArgs;

use super::open;
use crate::error::{Error, Exit, Result};
use crate::home::Home;
use crate::home::world::World;
use crate::sessions::{AnswerOptions, Mode, private_screen};
use crate::text::language::Language;

/// Show the private safety questions on their own
///
/// They come before every exercise that ends in talking to the other person about a hurt. Nothing
/// about them is stored, not even that you saw them.
#[derive(Debug, ClapArgs)]
pub struct Args {}

/// Shows them.
pub fn run(_args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let home = Home::with(open::to_write(world)?, world);
    match Mode::decide(&AnswerOptions::default(), &world.terminal) {
        Mode::Script => Err(
            Error::new(Exit::InputNeeded, "the safety questions need a terminal")
                .hint("`trust-coach support` shows help lines anywhere"),
        ),
        mode => {
            let language = Language::of(&world.language());
            private_screen(world, &home, mode, language)
        }
    }
}
