//! `trust-coach resume`.

use clap::Args as ClapArgs;

use super::answer_flags::AnswerFlags;
use super::open::{self, UnlockFlags};
use crate::error::{Error, Exit, Result};
use crate::home::Home;
use crate::home::world::World;
use crate::journal::Store;
use crate::session::{Session, SessionId, SessionState};
use crate::sessions::{self, Persistence, StartRequest};

/// Go on with a paused session
///
/// Goes on where you stopped; everything you wrote is still there.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The session, as `trust-coach history` names it; the newest paused one if left out
    #[arg(value_name = "SESSION")]
    session: Option<String>,
    #[command(flatten)]
    input: AnswerFlags,
    #[command(flatten)]
    key: UnlockFlags,
}

/// Goes on.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let store = open::to_read(world, &args.key)?;
    let home = Home::with(store, world);
    let id = match &args.session {
        Some(name) => home.store.sessions().find(name)?,
        None => newest_paused(&home.store)?,
    };
    let start = sessions::take_up(&home, &id)?;
    let request = StartRequest {
        head: start.exercise.head.clone(),
        offer_paused: false,
        persistence: Persistence::Save,
    };
    sessions::perform(world, &home, &args.input.options(), &request, |_| Ok(start))
}

/// The newest paused session. One that is open in another program is passed over, but where there
/// is no other it is named, so that the person is told where it is.
fn newest_paused(store: &Store) -> Result<SessionId> {
    let mut elsewhere = None;
    let open = store
        .sessions()
        .heads()
        .flatten()
        .filter(|it| it.state == SessionState::Open);
    for Session { id, .. } in open {
        if !store.is_open_elsewhere(&id) {
            return Ok(id);
        }
        elsewhere.get_or_insert(id);
    }
    elsewhere.ok_or_else(|| {
        Error::usage("no session is paused")
            .hint("`trust-coach list` shows what you can begin")
            .hint("`trust-coach resume SESSION` also goes on with one that was left")
    })
}
