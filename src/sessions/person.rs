//! A session with a person: the private screen where one is due, the steps, and the way out.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use super::closed;
use super::events::{self, HomeCoach, NotifyingSaver};
use super::gate::{self, GateOutcome, SoloExercise};
use super::leave::{leave, part};
use super::paused::{self, PausedChoice};
use super::runner::{Feedback, ProgressRelay, Runner, Saver};
use super::screen::PersonScreen;
use super::script::Prefilled;
use super::watched::WatchedPrompter;
use super::{
    AnswerFlags, Mode, NoSaver, Persistence, SessionStart, StartPoint, StartRequest, copy, ended,
    engine_drawing, gone, new_session, write_new,
};
use crate::answers::record;
use crate::answers::rest::RemainingQuestions;
use crate::ask::{Note, Prompter, Tone};
use crate::error::{Exit, Result};
use crate::exercise::ExerciseHead;
use crate::home::Home;
use crate::home::world::{World, random};
use crate::journal::{Lock, Writer};
use crate::session::{AnswerId, Session};
use crate::terminal::editor::{self, Drafts};
use crate::text::inert;
use crate::wire::{EndStatus, Wire};

/// What the thread that waits for signals learns late.
pub(super) struct SignalContext {
    /// The writer of the session, from the moment there is one.
    pub(super) writer: OnceLock<Arc<Writer>>,
    /// Who is told what happens.
    pub(super) wires: OnceLock<Vec<Arc<Wire>>>,
    /// All is saved and said; a signal changes nothing any more.
    pub(super) over: AtomicBool,
    /// Where drafts go that are open in an editor.
    pub(super) drafts: Drafts,
    /// What is kept of the session.
    pub(super) keeping: Persistence,
}

/// For a thread that waits for a signal from the start.
pub(super) type SharedSignalContext = Arc<SignalContext>;

pub(super) fn course(place: &Home, keeping: Persistence) -> SharedSignalContext {
    let drafts = Drafts::new(
        closed::drafts(place, keeping, "unnamed"),
        closed::seals(&place.store),
    );
    Arc::new(SignalContext {
        writer: OnceLock::new(),
        wires: OnceLock::new(),
        over: AtomicBool::new(false),
        drafts,
        keeping,
    })
}

fn open(
    world: &World<'_>,
    mode: Mode,
    private: bool,
    late: &SharedSignalContext,
    desk: &Arc<ProgressRelay>,
) -> Result<PersonScreen> {
    let (desk, drafts) = (desk.clone(), late.drafts.clone());
    PersonScreen::open(world, mode, private, desk, drafts, signalled(late))
}

/// How a person does it.
pub(super) struct PersonRun<'i> {
    /// At what kind of screen.
    pub mode: Mode,
    /// What they asked for.
    pub input: &'i AnswerFlags,
    /// What is kept.
    pub keeping: Persistence,
}

/// Does an exercise with the person at the terminal: first the private screen where one is due,
/// then whether to go on with a paused session. `load` reads the exercise only then: what comes
/// first must be there at once.
pub(super) fn run(
    world: &mut World<'_>,
    place: &Home,
    by: &PersonRun<'_>,
    plan: &StartRequest,
    brought: Prefilled,
    load: impl FnOnce(Option<String>) -> Result<SessionStart>,
) -> Result<Exit> {
    let late = course(place, by.keeping);
    let desk = desk(&late);
    let gate = plan.head.gate;
    let mut screen = open(world, by.mode, gate, &late, &desk)?;
    match gate
        .then(|| ask_privately(&mut screen, place))
        .transpose()?
    {
        None | Some(GateOutcome::Pass) => {}
        Some(GateOutcome::Leave) => return Ok(leave(world, &late, screen)),
        Some(GateOutcome::Instead(id)) => {
            let (doing, nothing) = (alone(place, &id)?, Prefilled::default());
            return steps(world, place, by, (screen, &late, &desk), doing, nothing);
        }
    }
    let paused = if plan.offer_paused {
        paused::session(place, &plan.head)
    } else {
        None
    };
    if plan.offer_paused
        && paused.is_none()
        && let Some(text) = closed::paused(place)
    {
        let note = Note::new(Tone::Status, text);
        screen.say(&note).map_err(|error| gone(&error))?;
    }
    let go_on = match paused
        .map(|head| paused::ask(&mut screen, place, head))
        .transpose()?
    {
        None | Some(PausedChoice::New) => None,
        Some(PausedChoice::GoOn(id)) => Some(id),
        Some(PausedChoice::Leave) => return Ok(leave(world, &late, screen)),
        Some(PausedChoice::Stop) => {
            screen.finish(None);
            return Ok(Exit::Paused);
        }
    };
    let doing = load(go_on)?;
    steps(world, place, by, (screen, &late, &desk), doing, brought)
}

/// An exercise to be done alone, from the page behind the private screen.
pub(super) fn alone(place: &Home, id: &str) -> Result<SessionStart> {
    Ok(SessionStart {
        exercise: place.library.load(id)?,
        begun: StartPoint::New { seed: None },
    })
}

/// Shows the private screen on its own, and goes where it leads.
pub fn private_screen(world: &mut World<'_>, place: &Home, mode: Mode) -> Result<Exit> {
    let by = PersonRun {
        mode,
        input: &AnswerFlags::default(),
        keeping: Persistence::Save,
    };
    let late = course(place, by.keeping);
    let desk = desk(&late);
    let mut screen = open(world, mode, true, &late, &desk)?;
    match ask_privately(&mut screen, place)? {
        GateOutcome::Pass | GateOutcome::Leave => Ok(leave(world, &late, screen)),
        GateOutcome::Instead(id) => {
            let doing = alone(place, &id)?;
            let brought = Prefilled::default();
            steps(world, place, &by, (screen, &late, &desk), doing, brought)
        }
    }
}

pub(super) fn desk(late: &SharedSignalContext) -> Arc<ProgressRelay> {
    let late = Arc::clone(late);
    Arc::new(ProgressRelay::new(move |text| {
        if let Some(writer) = late.writer.get() {
            writer.progress(text);
        }
    }))
}

/// What is done when a signal ends the run: what was typed is saved. Gives the last line.
pub(super) fn signalled(late: &SharedSignalContext) -> impl FnOnce(i32) -> String + Send + 'static {
    let late = Arc::clone(late);
    move |_| {
        if late.over.load(Ordering::SeqCst) {
            return String::new();
        }
        let Some(writer) = late.writer.get() else {
            let nothing = late.keeping == Persistence::Nothing;
            editor::forget();
            return if nothing {
                String::from(NOTHING_KEPT)
            } else {
                String::new()
            };
        };
        if let Some(text) = editor::rescue() {
            writer.progress(&text);
        }
        let saved = writer.flush();
        for wire in late.wires.get().into_iter().flatten() {
            let _ = wire.done(EndStatus::Paused);
        }
        match saved {
            Ok(()) => {
                editor::forget();
                let aside = put_aside(writer).map(|news| format!("{}\n", inert(&news)));
                aside.unwrap_or_default() + PAUSED_BY_SIGNAL
            }
            Err(error) => format!("{NOT_ALL_SAVED} {error}."),
        }
    }
}

pub(super) fn ask_privately(screen: &mut PersonScreen, place: &Home) -> Result<GateOutcome> {
    let solo = || {
        let heads = place
            .library
            .heads()
            .into_iter()
            .filter_map(|entry| entry.head.ok());
        let has = |head: &ExerciseHead, wanted: &str| head.tags.iter().any(|tag| tag == wanted);
        // What stands on a page for people in danger is read by those who make this program.
        let ours = heads.filter(|head| head.pack.is_none());
        let solo = ours.filter(|head| !head.gate && (has(head, ALONE) || has(head, KEEP)));
        let solo = solo.map(|head| SoloExercise {
            keep: has(&head, KEEP),
            id: head.id,
            title: head.title,
        });
        solo.collect()
    };
    gate::screen(screen, &place.shelf.support(), &solo).map_err(|error| gone(&error))
}

pub(super) fn steps(
    world: &mut World<'_>,
    place: &Home,
    by: &PersonRun<'_>,
    (mut screen, late, desk): (PersonScreen, &SharedSignalContext, &ProgressRelay),
    doing: SessionStart,
    brought: Prefilled,
) -> Result<Exit> {
    let exercise = doing.exercise;
    let (mut session, lock, new) = match doing.begun {
        StartPoint::New { seed } => (new_session(&exercise, seed, world)?, None, true),
        StartPoint::Paused(session, lock) => (*session, Some(lock), false),
    };
    if session.exercise_version != exercise.head.version && !new {
        screen
            .say(&Note::new(Tone::Status, OTHER_VERSION))
            .map_err(|error| gone(&error))?;
    }
    let closed = closed::earlier(place, &exercise);
    let saver = saver(world, place, by.keeping, (&mut session, lock), late)?;
    let watch = brought
        .sink
        .map(|sink| sink.begin(place, &session, &exercise));
    let _ = late.wires.set(watch.iter().cloned().collect());
    let clock = world.clock.clone();
    let support = place.shelf.support();
    let coach = HomeCoach::new(place, watch.iter().cloned());
    let some_brought = brought.batch.is_some();
    let mut rest = RemainingQuestions::new(brought.batch.unwrap_or_default(), &mut screen);
    let unseen = rest.unseen();
    let mut runner = Runner {
        engine: engine_drawing(place, exercise, session, true, brought.draws),
        prompter: &mut WatchedPrompter::new(&mut rest, watch.clone()),
        saver: &NotifyingSaver::new(saver.as_ref(), watch.clone()),
        desk,
        now: &|| clock.now(),
        person: true,
        support: &support.page(),
        feedback: Feedback::new(&coach, &support.texts.heavy).unless(unseen),
    };
    if new {
        runner.open().map_err(|error| gone(&error))?;
    }
    let about = [
        (closed.is_some(), closed.unwrap_or_default()),
        (some_brought, ONLY_THE_REST),
        (by.keeping == Persistence::Nothing, NOTHING_WILL_BE_KEPT),
    ];
    for (_, text) in about.iter().filter(|(so, _)| *so) {
        let note = Note::new(Tone::Status, *text);
        runner.prompter.say(&note).map_err(|error| gone(&error))?;
    }
    let how = runner.run().map_err(|mut error| {
        if by.keeping == Persistence::Nothing {
            // They say how to go on with what was saved.
            error.hints.clear();
        }
        error
    })?;
    let engine = runner.engine;
    events::ended(&watch, how);
    let exit = part(world, late, screen, how, &engine);
    let session = engine.session();
    if by.keeping == Persistence::Save {
        // What runs that were cut off have left goes now, when nobody waits.
        place.store.sweep(world.clock.now().timestamp().into());
    }
    if let Some(path) = &by.input.record {
        let written = write_new(path, &record(engine.exercise(), session));
        written.map_err(|error| match by.keeping {
            Persistence::Nothing => error,
            Persistence::Save | Persistence::DryRun => error.hint(SAVED_ALL_THE_SAME),
        })?;
        closed::told_open(world, place, path);
    }
    if by.input.json {
        ended(world, place, by.keeping, session)?;
    }
    Ok(exit)
}

/// Gives the session its name, and what saves it from now on.
fn saver(
    world: &World<'_>,
    place: &Home,
    keeping: Persistence,
    (session, lock): (&mut Session, Option<Lock>),
    late: &SharedSignalContext,
) -> Result<Box<dyn Saver>> {
    if keeping == Persistence::Nothing {
        return Ok(Box::new(NoSaver));
    }
    let lock = match lock {
        Some(lock) => lock,
        None => {
            session.id = place.store.claim(&world.clock.now(), random)?;
            Lock::take(&place.store, &session.id)
                .inspect_err(|_| place.store.give_up(&session.id))?
        }
    };
    let drafts = closed::drafts(place, keeping, &session.id);
    late.drafts.set(drafts);
    let writer = Arc::new(Writer::start(place.store.clone(), lock, session.clone())?);
    let _ = late.writer.set(Arc::clone(&writer));
    Ok(Box::new(JournalSaver(writer)))
}

/// What to say of files that saving has put aside.
fn put_aside(writer: &Writer) -> Option<String> {
    let aside = writer.put_aside();
    let paths = aside.iter().map(|path| format!("\n  {}", path.display()));
    (!aside.is_empty()).then(|| format!("{PUT_ASIDE}{}", paths.collect::<String>()))
}

/// A session that is saved as it goes on.
pub(super) struct JournalSaver(pub(super) Arc<Writer>);

impl Saver for JournalSaver {
    fn save(&self, session: &Session) -> Result<()> {
        Ok(self.0.save(session)?)
    }

    fn news(&self) -> Option<String> {
        put_aside(&self.0)
    }

    fn begin_answer(&self, id: Option<AnswerId>) {
        self.0.begin_answer(id);
    }

    fn copy_to(&self, session: &Session, path: &Path) -> Result<()> {
        copy(session, path)
    }
}

/// The tags of exercises that the page behind the private screen names.
const ALONE: &str = "alone";
const KEEP: &str = "keep";

// Texts for people.
const PUT_ASIDE: &str = "\
The file of this session was changed by something else meanwhile. Your words are saved in its place, \
and what stood there is kept:";
const PAUSED_BY_SIGNAL: &str = "Paused. Your words are saved.\nGo on: trust-coach resume";
pub(super) const NOT_ALL_SAVED: &str = "Stopped. The last words could not be saved:";
const SAVED_ALL_THE_SAME: &str = "the session itself is saved; `trust-coach history` has it";
pub(super) const NOTHING_KEPT: &str = "Nothing of this session was kept.";
const NOTHING_WILL_BE_KEPT: &str = "Nothing of this session will be kept.";
const ONLY_THE_REST: &str = "Some answers are here already. Only the rest is asked.";
pub(super) const OTHER_VERSION: &str =
    "This exercise has changed since you began. Your answers are still here.";
