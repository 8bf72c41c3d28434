//! The one assembly of a running session: an engine that knows what it may, the rules, the help
//! lines, and who listens.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::context;
use super::events::HomeCoach;
use super::runner::{Coach, Event, Feedback, Runner, Saver, SessionEnd, SharedKeyboard, SoftLines};
use crate::ask::{Note, Prompter, Tone};
use crate::engine::{Engine, Scene};
use crate::error::Result;
use crate::exercise::Exercise;
use crate::home::Home;
use crate::home::world::World;
use crate::safety::Support;
use crate::session::Session;

/// A session that is about to run.
pub(super) struct SessionRun {
    engine: Engine,
    /// Whether a person answers.
    person: bool,
    /// The help lines; none where nobody reads them.
    support: Option<Support>,
    /// Said before and behind the exercise's own opening.
    pub before: Vec<String>,
    pub behind: Vec<String>,
    /// Whether the exercise says what it is.
    pub opens: bool,
    /// Whether the exercise says its last words here.
    pub closes: bool,
    /// Whether closed steps are left out.
    pub leaves_out_closed: bool,
    /// True while answers come from a script, though a person sits there.
    pub unseen: Rc<Cell<bool>>,
}

/// A session that ran.
pub(super) struct FinishedRun {
    pub engine: Engine,
    pub end: SessionEnd,
    /// Rules of the person's own that could not be used, a sentence each, and were told to nobody.
    pub left_out: Vec<String>,
}

impl SessionRun {
    /// Assembles a session of an exercise for a person, or for a program.
    pub(super) fn new(
        home: &Home,
        exercise: Exercise,
        session: Session,
        draws: BTreeMap<String, String>,
        person: bool,
    ) -> Self {
        let mut context = context::of(home, &exercise, &session, person);
        context.draws = draws;
        Self {
            engine: Engine::new(exercise, session, context),
            person,
            support: None,
            before: Vec::new(),
            behind: Vec::new(),
            opens: false,
            closes: false,
            leaves_out_closed: false,
            unseen: Rc::default(),
        }
    }

    /// Has the help lines at hand.
    #[must_use]
    pub(super) fn with_support(mut self, home: &Home) -> Self {
        self.support = Some(home.shelf.support_in(self.engine.language()));
        self
    }

    /// Runs it. The listener hears everything but [`Event::Ended`] when it fails.
    pub(super) fn run(
        self,
        world: &World<'_>,
        home: &Home,
        prompter: &mut dyn Prompter,
        saver: &dyn Saver,
        listener: &mut dyn FnMut(&Event<'_>),
    ) -> Result<FinishedRun> {
        let clock = world.clock.clone();
        let coach = HomeCoach::new(home);
        let support = self.support.as_ref();
        let page = |country: Option<&str>| {
            let page = support.map(|support| support.short_page(country));
            page.unwrap_or_default()
        };
        let soft = support.map(|support| SoftLines {
            heavy: &support.texts.heavy,
            control: &support.texts.control,
        });
        let feedback = Feedback::new(&coach, soft.unwrap_or_default()).unless(self.unseen);
        let mut runner = Runner {
            engine: self.engine,
            prompter,
            saver,
            listener,
            now: &|| clock.now(),
            person: self.person,
            support: &page,
            feedback,
            // Two people who begin have just sat down together.
            keyboard: SharedKeyboard::new(
                (self.opens && self.person).then_some(Scene::Together),
                self.leaves_out_closed,
            ),
        };
        for text in self.before {
            runner.show_note(&Note::new(Tone::Status, text))?;
        }
        if self.opens {
            runner.open()?;
        }
        for text in self.behind {
            runner.show_note(&Note::new(Tone::Status, text))?;
        }
        let end = runner.run()?;
        if self.closes && end == SessionEnd::Done {
            let closing = Note::new(Tone::Text, runner.engine.closing());
            runner.show_note(&closing)?;
        }
        (runner.listener)(&Event::Ended(end));
        let engine = runner.engine;
        Ok(FinishedRun {
            engine,
            end,
            left_out: coach.left_out(),
        })
    }
}
