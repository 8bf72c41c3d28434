//! `trust-coach resume`.

use clap::Args as ClapArgs;

use super::open::{self, Key};
use super::perform::{self, Input, Keeping, Place, Plan};
use crate::error::{Error, Exit, Result};
use crate::session::State;
use crate::world::World;

/// Go on with a paused session
///
/// Goes on where you stopped; everything you wrote is still there.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The session, as `trust-coach history` names it; the newest paused one if left out
    #[arg(value_name = "SESSION")]
    session: Option<String>,
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    key: Key,
}

/// Goes on.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let store = open::to_read(world, &args.key)?;
    let place = Place::with(store, world);
    let id = match &args.session {
        Some(name) => place.store.find(name)?,
        None => {
            let open = |head: &crate::session::Session| head.state == State::Open;
            let found = place.store.heads().flatten().find(open);
            found
                .ok_or_else(|| {
                    Error::usage("no session is paused")
                        .hint("`trust-coach list` shows what you can begin")
                        .hint("`trust-coach resume SESSION` also goes on with one that was left")
                })?
                .id
        }
    };
    let doing = perform::take_up(&place, &id)?;
    let plan = Plan {
        head: doing.exercise.head.clone(),
        offer_paused: false,
        keeping: Keeping::Save,
    };
    perform::perform(world, &place, &args.input, &plan, |_| Ok(doing))
}
