//! A session with a person: the private screen where one is due, the steps, and the way out.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::events::{self, Sink, Told};
use super::paused::{self, Before};
use super::screen::Screen;
use super::{Begun, Doing, Mode, Place, Plan, copy, engine, new_session};
use crate::error::{Error, Exit, Result};
use crate::exercise::Head;
use crate::journal::{Lock, Writer};
use crate::prompt::{Note, Prompter, Tone, Watched};
use crate::protocol::{Status, Wire};
use crate::runner::{Desk, Ended, Runner, Saver};
use crate::safety::{self, Gate, Lines, Solo, Texts};
use crate::session::Session;
use crate::world::{World, random};

/// What there is from the moment the session has a name.
#[derive(Default)]
pub(super) struct Live {
    /// Who saves it.
    pub(super) writer: OnceLock<Arc<Writer>>,
    /// Who is told what happens.
    pub(super) wires: OnceLock<Vec<Arc<Wire>>>,
}

/// For a thread that waits for a signal from the start.
pub(super) type Late = Arc<Live>;

/// Does an exercise with the person at the terminal: first whether to go on with a paused session,
/// then the private screen where one is due. `load` reads the exercise only then: what comes first
/// must be there at once.
pub(super) fn run(
    world: &mut World<'_>,
    place: &Place,
    mode: Mode,
    plan: &Plan,
    sink: Option<Sink>,
    load: impl FnOnce(Option<String>) -> Result<Doing>,
) -> Result<Exit> {
    let late: Late = Arc::default();
    let desk = desk(&late);
    let gate = plan.head.gate;
    let mut screen = Screen::open(world, place, mode, gate, desk.clone(), signalled(&late))?;
    let paused = if plan.offer_paused {
        paused::session(place, &plan.head)
    } else {
        None
    };
    let go_on = match paused
        .map(|head| paused::ask(&mut screen, place, head))
        .transpose()?
    {
        None | Some(Before::New) => None,
        Some(Before::GoOn(id)) => Some(id),
        Some(Before::Stop) => return Ok(leave(world, screen)),
    };
    let doing = match gate
        .then(|| ask_privately(&mut screen, place))
        .transpose()?
    {
        None | Some(Gate::Pass) => load(go_on)?,
        Some(Gate::Leave) => return Ok(leave(world, screen)),
        Some(Gate::Instead(id)) => alone(place, &id)?,
    };
    steps(world, place, screen, &late, &desk, sink, doing)
}

/// An exercise to be done alone, from the page behind the private screen.
fn alone(place: &Place, id: &str) -> Result<Doing> {
    Ok(Doing {
        exercise: place.library.load(id)?,
        begun: Begun::New { seed: None },
    })
}

/// Shows the private screen on its own, and goes where it leads.
pub(in crate::commands) fn private_screen(
    world: &mut World<'_>,
    place: &Place,
    mode: Mode,
) -> Result<Exit> {
    let late: Late = Arc::default();
    let desk = desk(&late);
    let mut screen = Screen::open(world, place, mode, true, desk.clone(), signalled(&late))?;
    match ask_privately(&mut screen, place)? {
        Gate::Pass | Gate::Leave => Ok(leave(world, screen)),
        Gate::Instead(id) => {
            let doing = alone(place, &id)?;
            steps(world, place, screen, &late, &desk, None, doing)
        }
    }
}

pub(super) fn desk(late: &Late) -> Arc<Desk> {
    let late = Arc::clone(late);
    Arc::new(Desk::new(move |text| {
        if let Some(writer) = late.writer.get() {
            writer.progress(text);
        }
    }))
}

/// What is done when a signal ends the run: what was typed is saved, and whoever listens is told.
/// Gives the last line.
pub(super) fn signalled(late: &Late) -> impl FnOnce(i32) -> String + Send + 'static {
    let late = Arc::clone(late);
    move |_| {
        let Some(writer) = late.writer.get() else {
            return String::new();
        };
        let saved = writer.flush();
        for wire in late.wires.get().into_iter().flatten() {
            let _ = wire.done(Status::Paused);
        }
        match saved {
            Ok(()) => String::from(PAUSED_BY_SIGNAL),
            Err(error) => format!("{NOT_ALL_SAVED} {error}."),
        }
    }
}

fn ask_privately(screen: &mut Screen, place: &Place) -> Result<Gate> {
    let solo = || {
        let heads = place
            .library
            .heads()
            .into_iter()
            .filter_map(|entry| entry.head.ok());
        let has = |head: &Head, wanted: &str| head.tags.iter().any(|tag| tag == wanted);
        let solo = heads.filter(|head| !head.gate && (has(head, ALONE) || has(head, KEEP)));
        let solo = solo.map(|head| Solo {
            keep: has(&head, KEEP),
            id: head.id,
            title: head.title,
        });
        solo.collect()
    };
    safety::screen(screen, &Texts::built_in(), &solo).map_err(|error| gone(&error))
}

fn steps(
    world: &mut World<'_>,
    place: &Place,
    mut screen: Screen,
    late: &Late,
    desk: &Desk,
    sink: Option<Sink>,
    doing: Doing,
) -> Result<Exit> {
    let exercise = doing.exercise;
    let (mut session, lock, new) = match doing.begun {
        Begun::New { seed } => (new_session(&exercise, seed, world)?, None, true),
        Begun::Paused(session, lock) => (*session, Some(lock), false),
    };
    if session.exercise_version != exercise.head.version && !new {
        screen
            .say(&Note::new(Tone::Status, OTHER_VERSION))
            .map_err(|error| gone(&error))?;
    }
    let lock = match lock {
        Some(lock) => lock,
        None => {
            session.id = place.store.claim(&world.clock.now(), random)?;
            Lock::take(&place.store, &session.id)?
        }
    };
    let writer = Arc::new(Writer::start(place.store.clone(), lock, session.clone())?);
    let _ = late.writer.set(Arc::clone(&writer));
    let texts = Texts::built_in();
    let clock = world.clock.clone();
    let watch = sink.map(|sink| sink.begin(place, &session, &exercise));
    let _ = late.wires.set(watch.iter().cloned().collect());
    let mut runner = Runner {
        engine: engine(place, exercise, session, true),
        prompter: &mut Watched::new(&mut screen, watch.clone()),
        saver: &Told::new(Kept(writer), watch.clone()),
        desk,
        now: &|| clock.now(),
        person: true,
        support: &Lines::built_in().page(None, &texts),
    };
    if new {
        runner.open().map_err(|error| gone(&error))?;
    }
    let ended = runner.run()?;
    let (closing, session) = (runner.engine.closing(), runner.engine.session().clone());
    events::ended(&watch, ended);
    match ended {
        Ended::Left => Ok(leave(world, screen)),
        Ended::Paused(at) => {
            screen.finish(None);
            let at = at.map_or(String::new(), |at| format!(" at step {}", at.step));
            world.tell(&format!(
                "\nPaused{at}. {SAVED_SO_FAR}\nGo on: trust-coach resume\n"
            ));
            Ok(Exit::Paused)
        }
        Ended::Done => {
            screen.finish(Some(&closing));
            let short = session.short_id();
            world.tell(&format!(
                "\n{SAVED}\nRead it: trust-coach history show {short}\n"
            ));
            Ok(Exit::Done)
        }
    }
}

/// Leaves nothing of ours in view, and one neutral line.
fn leave(world: &mut World<'_>, screen: Screen) -> Exit {
    screen.leave();
    world.tell(&format!("{}\n", Texts::built_in().left));
    Exit::Done
}

/// A session that is saved as it goes on.
pub(super) struct Kept(pub Arc<Writer>);

impl Saver for Kept {
    fn save(&self, session: &Session) -> Result<()> {
        Ok(self.0.save(session)?)
    }

    fn turn(&self, turn: Option<(String, u32)>) {
        self.0.turn(turn);
    }

    fn copy_to(&self, session: &Session, path: &Path) -> Result<()> {
        copy(session, path)
    }
}

/// The one who answers cannot be reached any more.
pub(super) fn gone(error: &std::io::Error) -> Error {
    Error::failed("the terminal cannot be reached any more").because(error)
}

/// The tags of exercises that the page behind the private screen names.
const ALONE: &str = "alone";
const KEEP: &str = "keep";

// Texts for people.
const PAUSED_BY_SIGNAL: &str = "Paused. Your words are saved.\nGo on: trust-coach resume";
const NOT_ALL_SAVED: &str = "Stopped. The last words could not be saved:";
const SAVED_SO_FAR: &str = "Your words are saved.";
const SAVED: &str = "Saved.";
pub(super) const OTHER_VERSION: &str =
    "This exercise has changed since you began. Your answers are still here.";
