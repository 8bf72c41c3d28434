//! A session with a person: the private screen where one is due, the steps, and the way out.

use std::sync::Arc;

use jiff::civil::Date;

use super::about;
use super::checked::Prefilled;
use super::closed;
use super::ending::{LastPage, NextWish};
use super::events;
use super::follow::{expect_promises, follow_promises};
use super::gate::GateOutcome;
use super::leave::{leave, part};
use super::named_files::{self, SAVED_ALL_THE_SAME};
use super::paused::{self, PausedChoice};
use super::private::ask_privately;
use super::run::SessionRun;
use super::runner::{NoSaver, Saver, SessionEnd};
use super::screen::{PersonScreen, gone};
use super::signals::{self, SignalContext};
use super::start::{self, OTHER_VERSION, SessionStart, StartPoint, StartRequest};
use super::two::{self, TwoOutcome};
use super::{AnswerOptions, Mode, Persistence};
use crate::answers::rest::RemainingQuestions;
use crate::ask::{Note, Prompter, Tone};
use crate::error::{Exit, Result};
use crate::home::Home;
use crate::home::world::World;
use crate::safety::Support;
use crate::session::Session;
use crate::text::language::Language;

/// A person about to do an exercise.
pub(super) struct PersonRun<'r> {
    home: &'r Home,
    options: &'r AnswerOptions,
    mode: Mode,
    context: Arc<SignalContext>,
    /// Whether they are asked what comes next, where they finish.
    pub(super) asks_next: bool,
}

impl<'r> PersonRun<'r> {
    /// At a screen of this kind.
    pub(super) fn new(
        home: &'r Home,
        options: &'r AnswerOptions,
        mode: Mode,
        persistence: Persistence,
        language: Language,
    ) -> Self {
        Self {
            home,
            options,
            mode,
            context: SignalContext::new(home, persistence, language),
            asks_next: false,
        }
    }

    /// Takes over where a person sits already.
    pub(super) fn at(
        home: &'r Home,
        options: &'r AnswerOptions,
        mode: Mode,
        context: Arc<SignalContext>,
    ) -> Self {
        Self {
            home,
            options,
            mode,
            context,
            asks_next: false,
        }
    }

    /// Does an exercise: first the private screen where one is due, then whether to go on with a
    /// paused session. `load` reads the exercise only then: what comes first must be there at once.
    pub(super) fn run(
        self,
        world: &mut World<'_>,
        request: &StartRequest,
        prefilled: Prefilled,
        load: impl FnOnce(Option<String>) -> Result<SessionStart>,
    ) -> Result<(Exit, NextWish)> {
        let ended = |exit| Ok((exit, NextWish::Stop));
        let gate = request.head.gate;
        let mut screen = self.open(world, gate)?;
        if request.head.for_two {
            return self.for_two(world, screen, request, prefilled, load);
        }
        if gate {
            let head = Some(&request.head);
            match ask_privately(&mut screen, self.home, head, self.context.language)? {
                GateOutcome::Pass => {}
                GateOutcome::Leave => {
                    return ended(leave(world, &self.context, screen, &self.support()));
                }
                GateOutcome::Instead(id) => return self.alone(world, screen, &id),
            }
        }
        let mut go_on = None;
        if request.offer_paused {
            match paused::session(self.home, &request.head) {
                Some(head) => {
                    match paused::ask(&mut screen, self.home, self.spoken(world), head)? {
                        PausedChoice::New => {}
                        PausedChoice::GoOn(id) => go_on = Some(id),
                        PausedChoice::Leave => {
                            return ended(leave(world, &self.context, screen, &self.support()));
                        }
                        PausedChoice::Stop => {
                            screen.finish(None, &|country| self.support().short_page(country));
                            return ended(Exit::Paused);
                        }
                    }
                }
                None => self.say(&mut screen, closed::paused(self.home))?,
            }
        }
        self.steps(world, screen, load(go_on)?, prefilled, StepsScope::Whole)
    }

    /// Does an exercise for two. One that is paused goes on with the hand-over to whoever was asked.
    fn for_two(
        self,
        world: &mut World<'_>,
        mut screen: PersonScreen,
        request: &StartRequest,
        prefilled: Prefilled,
        load: impl FnOnce(Option<String>) -> Result<SessionStart>,
    ) -> Result<(Exit, NextWish)> {
        let ended = |exit| Ok((exit, NextWish::Stop));
        let home = self.home;
        let mut go_on = None;
        let paused = request
            .offer_paused
            .then(|| paused::session(home, &request.head));
        if let Some(head) = paused.flatten() {
            match paused::ask(&mut screen, home, self.spoken(world), head)? {
                PausedChoice::New => {}
                PausedChoice::GoOn(id) => go_on = Some(id),
                PausedChoice::Leave => {
                    return ended(leave(world, &self.context, screen, &self.support()));
                }
                PausedChoice::Stop => {
                    screen.finish(None, &|country| self.support().short_page(country));
                    return ended(Exit::Paused);
                }
            }
        }
        let mut start = load(go_on)?;
        if matches!(start.point, StartPoint::New { .. }) {
            let listed = home.store.partners().unwrap_or_default();
            let listed: Vec<String> = listed.into_iter().map(|one| one.name).collect();
            let known = start.partners.take();
            let begun = two::begin(&mut screen, &self.support(), known.as_ref(), &listed);
            match begun.map_err(|error| gone(&error))? {
                TwoOutcome::Begin(partners) => start.partners = Some(partners),
                TwoOutcome::NotToday => {
                    screen.finish(Some(two::NOT_TODAY), &|country| {
                        self.support().short_page(country)
                    });
                    return ended(Exit::Done);
                }
                TwoOutcome::Leave => {
                    return ended(leave(world, &self.context, screen, &self.support()));
                }
            }
        }
        let mut scope = StepsScope::Whole;
        // What was closed already would be erased with the steps that are left out.
        let has_closed = match &start.point {
            StartPoint::Paused(session, _) => session.answers.iter().any(|answer| answer.closed),
            StartPoint::New { .. } => false,
        };
        if self.mode == Mode::Plain && start.exercise.closes_anything() && !has_closed {
            let asked = two::leaves_out_closed(&mut screen, &self.support());
            match asked.map_err(|error| gone(&error))? {
                Some(true) => scope = StepsScope::WithoutClosed,
                Some(false) => {}
                None => return ended(leave(world, &self.context, screen, &self.support())),
            }
        }
        self.steps(world, screen, start, prefilled, scope)
    }

    /// The help lines in the language that is spoken.
    fn support(&self) -> Support {
        self.home.shelf.support_in(self.context.language)
    }

    /// The language that is spoken, and the day.
    fn spoken(&self, world: &World<'_>) -> (Language, Date) {
        (self.context.language, world.clock.now().date())
    }

    fn open(&self, world: &World<'_>, private: bool) -> Result<PersonScreen> {
        let on_signal = signals::pause(&self.context);
        PersonScreen::open(world, self.mode, private, &self.context, on_signal)
    }

    /// Says a word of the program's own on the screen, where there is one to say.
    fn say(&self, screen: &mut PersonScreen, text: Option<&str>) -> Result<()> {
        let text = text.map(|text| self.context.language.translate(text));
        let said = text.map_or(Ok(()), |text| screen.say(&Note::new(Tone::Status, text)));
        said.map_err(|error| gone(&error))
    }

    /// Does an exercise alone, from the page behind the private screen.
    pub(super) fn alone(
        &self,
        world: &mut World<'_>,
        screen: PersonScreen,
        id: &str,
    ) -> Result<(Exit, NextWish)> {
        let lang = self.context.language.code();
        let start = SessionStart::new(self.home.library.load_in(id, lang)?, None);
        let prefilled = Prefilled::default();
        self.steps(world, screen, start, prefilled, StepsScope::MayBeAfraid)
    }

    fn steps(
        &self,
        world: &mut World<'_>,
        mut screen: PersonScreen,
        start: SessionStart,
        prefilled: Prefilled,
        scope: StepsScope,
    ) -> Result<(Exit, NextWish)> {
        let (home, persistence) = (self.home, self.context.persistence);
        let exercise = start.exercise;
        screen.begin_exercise(&exercise.head.title, persistence == Persistence::Save);
        let new = matches!(start.point, StartPoint::New { .. });
        let (mut session, lock) = start.point.session(&exercise, None, world, home)?;
        start::join(&mut session, &exercise, start.partners.as_ref());
        // Who stopped before the first answer may not have read what it begins with.
        let mut answers = session.answers.iter();
        let is_unread = !exercise.head.for_two && answers.all(|answer| answer.value().is_none());
        let opens = new || is_unread;
        if session.exercise_version != exercise.head.version {
            self.say(&mut screen, Some(OTHER_VERSION))?;
        }
        let saver: Arc<dyn Saver + Send + Sync> = if persistence == Persistence::Nothing {
            Arc::new(NoSaver::default())
        } else {
            let writer = start::begin_writing(world, home, &mut session, lock)?;
            expect_promises(home, &exercise, &session)?;
            let drafts = closed::drafts(home, persistence, &session.id);
            self.context.drafts.set(drafts);
            writer
        };
        let _ = self.context.saver.set(saver.clone());
        let sink = prefilled.sink;
        let file = sink.map(|sink| sink.begin(home, &session, &exercise));
        let _ = self.context.wires.set(file.iter().cloned().collect());

        let closed = closed::earlier(home, &exercise);
        let batch = prefilled.batch;
        let behind = [
            closed::other_readers(home),
            closed::turned_off(home, persistence, self.context.sealed),
            closed,
            about::unread(home, &exercise),
            batch.is_some().then_some(ONLY_THE_REST),
            (persistence == Persistence::Nothing).then_some(NOTHING_WILL_BE_KEPT),
        ];
        let mut rest = RemainingQuestions::new(batch.unwrap_or_default(), &mut screen);
        let mut run =
            SessionRun::new(home, exercise, session, prefilled.draws, true).with_support(home);
        let behind = behind.into_iter().flatten();
        run.behind = behind
            .map(|text| self.context.language.translate(text).into())
            .collect();
        (run.opens, run.leaves_out_closed) = (opens, scope == StepsScope::WithoutClosed);
        run.unseen = rest.unseen();
        let mut listener = events::listener(None, file);
        let ran = match run.run(world, home, &mut rest, saver.as_ref(), &mut listener) {
            // They left where saving fails.
            Err(error) if error.exit == Exit::Done => {
                return Ok((
                    leave(world, &self.context, screen, &self.support()),
                    NextWish::Leave,
                ));
            }
            ran => ran?,
        };
        let mut wish = None;
        if self.asks_next && ran.end == SessionEnd::Done {
            // Nothing of it can be lost any more.
            self.context.end();
            let keeps = persistence == Persistence::Save && !closed::seals(&home.store);
            let page = LastPage {
                home,
                engine: &ran.engine,
                may_be_afraid: scope == StepsScope::MayBeAfraid,
                now: &world.clock.now(),
                saver: keeps.then_some(saver.as_ref()),
            };
            wish = Some(page.show(&mut screen)?);
        }
        let end = match wish {
            Some(NextWish::Leave) => SessionEnd::Left,
            _ => ran.end,
        };
        let last = wish.is_none().then(|| ran.engine.closing());
        let exit = part(
            world,
            &self.context,
            screen,
            (end, last),
            &ran.engine,
            &self.support(),
        );
        let session = ran.engine.session();
        if persistence == Persistence::Save {
            note_return(world, home, session);
            follow_promises(world, home, ran.engine.exercise(), session);
            // What runs that were cut off have left goes now, when nobody waits.
            home.store.sweep(world.clock.now().timestamp().into());
        }
        named_files::write_answers(world, home, self.options, &ran.engine).map_err(|error| {
            match persistence {
                Persistence::Nothing => error,
                Persistence::Save | Persistence::DryRun => error.hint(SAVED_ALL_THE_SAME),
            }
        })?;
        if self.options.json {
            start::print_end(world, home, persistence, session)?;
        }
        Ok((exit, wish.unwrap_or(NextWish::Stop)))
    }
}

/// What of an exercise is done, and by whom.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StepsScope {
    Whole,
    /// All but what would be closed.
    WithoutClosed,
    /// All of it, by somebody who came from the page for those who may be afraid.
    MayBeAfraid,
}

/// Shows the private screen on its own, and goes where it leads.
pub fn private_screen(
    world: &mut World<'_>,
    home: &Home,
    mode: Mode,
    language: Language,
) -> Result<Exit> {
    let options = AnswerOptions::default();
    let run = PersonRun::new(home, &options, mode, Persistence::Save, language);
    let mut screen = run.open(world, true)?;
    match ask_privately(&mut screen, home, None, language)? {
        GateOutcome::Pass | GateOutcome::Leave => {
            Ok(leave(world, &run.context, screen, &run.support()))
        }
        GateOutcome::Instead(id) => Ok(run.alone(world, screen, &id)?.0),
    }
}

/// Notes when two people wanted to go on, where it may be known without a passphrase. Where it can't be
/// noted, the session still has it.
fn note_return(world: &World<'_>, home: &Home, session: &Session) {
    let may_know = !closed::seals(&home.store) || world.config.settings.due_without_passphrase();
    let _ = match session.return_at().filter(|_| may_know) {
        Some(at) => home.store.note_return(&session.id, at),
        None => home.store.forget_return(&session.id),
    };
}

// Texts for people.
const NOTHING_WILL_BE_KEPT: &str = "Nothing from this session will be kept.";
const ONLY_THE_REST: &str = "Some answers are already here. You’ll only be asked the rest.";
