//! `history note`: something added to a session afterwards. What is there stays as it is.

use std::io::BufRead;

use super::change::{change, in_a_line, is_private};
use crate::ask::{Ask, Input, Tone, Want};
use crate::commands::choose;
use crate::commands::text_file::{TextFile, refused, some_text};
use crate::error::{Exit, Result};
use crate::home::Home;
use crate::home::world::World;
use crate::journal::Lock;
use crate::session::{Moment, Session, SessionNote};
use crate::sessions::{ProgressTarget, QuestionOutcome, SingleQuestion};

/// Add a note to a session, without changing what’s there
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// `last`, or the first few of its eight characters; at a terminal you can choose one
    session: Option<String>,
    #[command(flatten)]
    text: TextFile,
}

pub(super) fn run(
    args: &Args,
    world: &mut World<'_>,
    place: &Home,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    let Some(id) = choose::session_to_change(world, &place.store, args.session.as_deref())? else {
        return Ok(Exit::Done);
    };
    let note = SessionNote {
        at: Moment::new(&world.clock.now()),
        text: String::new(),
        extra: toml::Table::new(),
    };
    if let Some(text) = args.text.read(world, input, "a text")? {
        let text = some_text(&Input::Words(text)).map_err(|reason| refused("the note", &reason))?;
        let session = change(&place.store, &id, |session| {
            session.notes.push(SessionNote { text, ..note });
            Ok(())
        })?;
        added(world, &session);
        return Ok(Exit::Done);
    }
    let lock = Lock::take(&place.store, &id)?;
    let mut session = place.store.sessions().read(&id)?;
    let private = is_private(place, &session);
    let mut sitting = SingleQuestion::open(world, place, private, read_it(&session))?;
    sitting.keep(place, lock, &session, ProgressTarget::Note(note.clone()))?;
    sitting.say(Tone::Title, &in_a_line(&session))?;
    let ask = Ask {
        private,
        ..Ask::own("note", WHAT, Want::Text)
    };
    match sitting.ask(place, &ask, some_text)? {
        QuestionOutcome::Given(text) => {
            session.notes.push(SessionNote { text, ..note });
            sitting.save(&session)?;
            sitting.finish();
            added(world, &session);
            Ok(Exit::Done)
        }
        QuestionOutcome::Nothing => {
            // What was typed on the way goes as well.
            sitting.save(&session)?;
            sitting.finish();
            world.tell("Nothing was added.\n");
            Ok(Exit::Done)
        }
        other => sitting.part(world, &other),
    }
}

fn added(world: &mut World<'_>, session: &Session) {
    world.tell(&format!("Added. {}\n", read_it(session)));
}

fn read_it(session: &Session) -> String {
    format!("Read it: trust-coach history show {}", session.short_id())
}

// Texts for people.
const WHAT: &str = "What would you like to add? What you wrote before stays as it is.";
