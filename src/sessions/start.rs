//! The session that an exercise begins or goes on with.

use std::sync::Arc;

use serde_json::json;

use crate::error::{Error, Result};
use crate::exercise::{Exercise, ExerciseHead};
use crate::home::Home;
use crate::home::world::{World, random};
use crate::journal::{Lock, Writer};
use crate::ledger::FactId;
use crate::session::{Moment, Partners, Session, SessionState};
use crate::text::json as json_text;

use super::Persistence;
use super::about::promises_of_week;

/// What is to be done, before it is read.
#[derive(Clone)]
pub struct StartRequest {
    /// The exercise.
    pub head: ExerciseHead,
    /// Whether a paused session of it is offered first.
    pub offer_paused: bool,
    /// What is kept.
    pub persistence: Persistence,
}

/// An exercise to be done, and how far it is.
pub struct SessionStart {
    /// The exercise.
    pub exercise: Exercise,
    /// How far it is.
    pub point: StartPoint,
    /// The names of two people who do it, where they have given some.
    pub partners: Option<Partners>,
}

/// Whether a session is there already.
pub enum StartPoint {
    /// It begins.
    New {
        /// The seed, where one was asked for; otherwise one is drawn.
        seed: Option<u64>,
        /// The promises that it is about, where they are named.
        about: Vec<FactId>,
    },
    /// It is locked by us and goes on.
    Paused(Box<Session>, Lock),
}

impl SessionStart {
    /// An exercise from its beginning.
    pub fn new(exercise: Exercise, seed: Option<u64>) -> Self {
        Self {
            exercise,
            point: StartPoint::New {
                seed,
                about: Vec::new(),
            },
            partners: None,
        }
    }
}

impl StartPoint {
    /// The session, with its lock when it goes on. A new one has no name yet.
    pub(super) fn session(
        self,
        exercise: &Exercise,
        seed: Option<u64>,
        world: &World<'_>,
        home: &Home,
    ) -> Result<(Session, Option<Lock>)> {
        let (seed, about) = match self {
            Self::Paused(session, lock) => return Ok((*session, Some(lock))),
            Self::New { seed: own, about } => (own.or(seed), about),
        };
        let seed = match seed {
            Some(seed) => seed,
            None => u64::from(random()?),
        };
        let now = world.clock.now();
        let mut session = Session::new(&exercise.head, Moment::new(&now), seed);
        session.set_about(match about.is_empty() {
            true => promises_of_week(home, exercise, &session),
            false => about,
        });
        Ok((session, None))
    }
}

/// Notes who the two are, in a session of an exercise for two that has no names yet.
pub(super) fn join(session: &mut Session, exercise: &Exercise, names: Option<&Partners>) {
    if exercise.head.for_two && session.partners().is_none() {
        let letters = Partners::letters();
        session.set_partners(names.unwrap_or(&letters));
    }
}

/// Gives a session that has none its name and its lock.
pub(super) fn claim(
    world: &World<'_>,
    home: &Home,
    session: &mut Session,
    lock: Option<Lock>,
) -> Result<Lock> {
    if let Some(lock) = lock {
        return Ok(lock);
    }
    session.id = home.store.sessions().claim(&world.clock.now(), random)?;
    let lock = Lock::take(&home.store, &session.id);
    Ok(lock.inspect_err(|_| home.store.sessions().give_up(&session.id))?)
}

/// Claims a session and starts the thread that saves it.
pub(super) fn begin_writing(
    world: &World<'_>,
    home: &Home,
    session: &mut Session,
    lock: Option<Lock>,
) -> Result<Arc<Writer>> {
    let is_new = lock.is_none();
    let lock = claim(world, home, session, lock)?;
    let sealer = session.partners().map(|_| home.store.sealer(session));
    let sealer = sealer.transpose().inspect_err(|_| {
        if is_new {
            home.store.sessions().give_up(&session.id);
        }
    })?;
    let store = home.store.clone();
    let writer = Writer::start_sealing(store, lock, session.clone(), sealer)?;
    Ok(Arc::new(writer))
}

/// Reads and locks a paused session, with its exercise as it is today.
pub fn take_up(home: &Home, id: &str) -> Result<SessionStart> {
    let lock = Lock::take(&home.store, id)?;
    let session = home.store.sessions().read(id)?;
    if session.state == SessionState::Done {
        let short = session.short_id();
        return Err(Error::usage(format!("session {short} is finished"))
            .hint(format!("read it with `trust-coach history show {short}`")));
    }
    let exercise = home.library.load_in(&session.exercise, &session.lang)?;
    Ok(SessionStart {
        exercise,
        point: StartPoint::Paused(Box::new(session), lock),
        partners: None,
    })
}

/// Prints how a session ended, for programs.
pub(super) fn print_end(
    world: &mut World<'_>,
    home: &Home,
    persistence: Persistence,
    session: &Session,
) -> Result<()> {
    let saved = persistence == Persistence::Save;
    let path = saved.then(|| home.store.sessions().path(&session.id));
    let object = json!({
        "format": "1.0",
        "session": saved.then_some(&session.id),
        "path": path.map(|path| path.display().to_string()),
        "state": session.state.name(),
    });
    world.print(&json_text::line(&object))
}

// Texts for people.
pub(super) const OTHER_VERSION: &str =
    "This exercise has changed since you began. Your answers are still here.";
