//! `trust-coach resume`.

use clap::Args as ClapArgs;

use super::answer_flags::AnswerFlags;
use super::choose;
use super::exercise;
use super::history::misnamed;
use super::open::{self, UnlockFlags};
use crate::error::{Error, Exit, Result};
use crate::home::Home;
use crate::home::world::World;
use crate::journal::Store;
use crate::session::{Session, SessionState};
use crate::sessions::{self, Mode, Persistence, StartRequest};

/// Continue a paused session
///
/// Picks up where you left off; everything you wrote is still there.
#[derive(Debug, Default, ClapArgs)]
pub struct Args {
    /// The session, as `trust-coach history` names it; by default the only paused one, one you
    /// choose at a terminal, or else the newest
    #[arg(value_name = "SESSION")]
    session: Option<String>,
    #[command(flatten)]
    input: AnswerFlags,
    #[command(flatten)]
    key: UnlockFlags,
}

impl Args {
    /// For this session, or for the paused one.
    pub(super) fn of(session: Option<String>) -> Self {
        Self {
            session,
            ..Self::default()
        }
    }
}

/// Goes on.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let store = open::to_read(world, &args.key)?;
    let home = Home::with(store, world);
    let options = args.input.options();
    let asks = Mode::decide(&options, &world.terminal).is_person() && open::can_ask(world);
    let id = match &args.session {
        Some(name) => home.store.sessions().find(name, &world.clock.now())?,
        None => {
            let mut paused = paused(&home.store)?;
            if asks && paused.len() > 1 {
                match choose::one_of(world, paused)? {
                    Some(id) => id,
                    None => return Ok(Exit::Done),
                }
            } else {
                paused.swap_remove(0).id
            }
        }
    };
    let start = sessions::take_up(&home, &id)?;
    let request = StartRequest {
        head: start.exercise.head.clone(),
        offer_paused: false,
        persistence: Persistence::Save,
    };
    let done = sessions::perform(world, &home, &options, &request, |_| Ok(start))?;
    exercise::next(done, world)
}

/// The newest paused sessions, at least one. Those that are open in another program are passed over,
/// but where there is no other one is named, so that the person is told where it is.
fn paused(store: &Store) -> Result<Vec<Session>> {
    let (mut elsewhere, mut unread) = (None, None);
    let mut here = Vec::new();
    for session in store.sessions().heads() {
        let session = match session {
            Ok(session) if session.state == SessionState::Open => session,
            Ok(_) => continue,
            Err(error) => {
                unread.get_or_insert(error);
                continue;
            }
        };
        if store.is_open_elsewhere(&session.id) {
            elsewhere.get_or_insert(session);
        } else {
            here.push(session);
        }
        if here.len() == choose::NEWEST {
            break;
        }
    }
    if here.is_empty() {
        here.extend(elsewhere);
    }
    if let (true, Some(error)) = (here.is_empty(), unread.or(misnamed(store).next())) {
        return Err(Error::failed("no paused session could be read")
            .because(&error)
            .hint("`trust-coach doctor` shows what can be done about it"));
    }
    if here.is_empty() {
        return Err(Error::usage("no session is paused")
            .hint("`trust-coach list` shows what you can start")
            .hint("`trust-coach resume SESSION` also continues one that you left"));
    }
    Ok(here)
}
