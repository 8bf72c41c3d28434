//! What the commands on plans need: which plans are done, what is next in each, and a way to say
//! something about one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Zoned;
use jiff::civil::{Date, Time};
use toml::Table;

use crate::commands::days_file::{not_whole, read_facts, save_facts};
use crate::commands::open::{self, UnlockFlags};
use crate::error::{Error, Exit, Result};
use crate::exercise::library::Library;
use crate::home;
use crate::home::folders::Folders;
use crate::home::world::World;
use crate::journal::{Store, StoreError, StoreLock, Vault};
use crate::ledger::{Fact, FactId, PlanStatement, Promise, Statement, promises};
use crate::plan::library::PlanLibrary;
use crate::plan::{Plan, PlanRun, PlanSituation, plan_runs};
use crate::session::{Answer, Moment, Session, SessionId};
use crate::sessions::follow_unfollowed_promises;

/// The plans that somebody does, and today’s date.
pub(crate) struct PlanLedger {
    store: Store,
    now: Zoned,
    /// Which day it is.
    pub(crate) today: Date,
    /// Until when in the night a day lasts.
    day_ends: Time,
    notes_days: bool,
    /// The exercises there are.
    pub(crate) library: Library,
    /// The plans there are.
    pub(super) plans: PlanLibrary,
    /// Every doing of a plan, the oldest first.
    pub(super) runs: Vec<PlanRun>,
    /// Whether everything that is there could be looked at.
    pub(super) is_whole: bool,
    promises: Vec<Promise>,
}

/// A plan that is done, with all that what is next in it follows from.
pub(crate) struct RunningPlan<'l> {
    /// What was said about it.
    pub(crate) run: &'l PlanRun,
    /// The plan as it is today.
    pub(crate) plan: Plan,
    sessions: Vec<Session>,
    promises: &'l [Promise],
    gated: BTreeSet<String>,
    today: Date,
    day_ends: Time,
}

/// Returns the plans there are.
pub(crate) fn plans(world: &World<'_>) -> PlanLibrary {
    let folders = world.folders().ok();
    let own = folders.as_ref().map(Folders::plans);
    let packs = folders.as_ref().map(Folders::packs);
    PlanLibrary::open(own.as_deref(), packs.as_deref())
}

/// Which of several plans is meant.
#[derive(Debug, Default, clap::Args)]
pub(super) struct WhichPlan {
    /// Which plan, if you’re doing more than one
    #[arg(long = "plan", value_name = "PLAN")]
    name: Option<String>,
}

impl PlanLedger {
    /// Opens it for a command that reads. Asks for the passphrase where there is one.
    pub(crate) fn to_read(world: &mut World<'_>, key: &UnlockFlags) -> Result<Self> {
        let store = open::to_read(world, key)?;
        Ok(Self::new(world, store))
    }

    /// Opens it without what was said: only to look at plans.
    pub(super) fn closed(world: &World<'_>) -> Result<Self> {
        let store = open::to_write(world)?;
        Ok(Self::of(world, store, &[]))
    }

    /// Opens it where nobody need be asked; nothing with the vault on.
    pub(crate) fn unasked(world: &mut World<'_>) -> Result<Option<Self>> {
        let store = open::to_write(world)?;
        let is_open = store.vault()? == Vault::Off;
        Ok(is_open.then(|| Self::new(world, store)))
    }

    /// Reads it again, and keeps others from adding to it until the lock is dropped.
    pub(super) fn hold(self, world: &World<'_>) -> Result<(StoreLock, Self)> {
        let lock = StoreLock::take(&self.store)?;
        let (facts, _) = self.store.facts().all();
        Ok((lock, Self::of(world, self.store, &facts)))
    }

    fn new(world: &mut World<'_>, store: Store) -> Self {
        follow_unfollowed_promises(world, &store);
        let (facts, is_whole) = read_facts(world, &store);
        let ledger = Self::of(world, store, &facts);
        Self { is_whole, ..ledger }
    }

    fn of(world: &World<'_>, store: Store, facts: &[Fact]) -> Self {
        Self {
            today: world.today().date,
            day_ends: world.config.settings.day_ends(),
            now: world.clock.now(),
            notes_days: world.config.settings.due_without_passphrase(),
            library: home::library(world),
            plans: plans(world),
            runs: plan_runs(facts),
            is_whole: true,
            promises: promises(facts.to_vec()),
            store,
        }
    }

    /// Returns the journal.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// Returns how a command ends that has shown these plans: as failed where others, or some of the ledger,
    /// can't be read, which was told.
    pub(crate) fn exit(&self, running: &[RunningPlan<'_>]) -> Exit {
        match self.is_whole && running.len() == self.not_stopped().count() {
            true => Exit::Done,
            false => Exit::Failed,
        }
    }

    /// Makes sure that what isn’t there isn’t only out of reach.
    pub(crate) fn needs_all(&self, to_know: &str) -> Result<()> {
        match self.is_whole {
            true => Ok(()),
            false => Err(not_whole(to_know)),
        }
    }

    /// Returns the doings that weren’t stopped, the oldest first.
    pub(super) fn not_stopped(&self) -> impl Iterator<Item = &PlanRun> {
        self.runs.iter().filter(|run| run.stopped().is_none())
    }

    /// Returns the plans that are done, the oldest first. Tells of one that can’t be read.
    pub(crate) fn running(&self, world: &mut World<'_>) -> Vec<RunningPlan<'_>> {
        let mut running = Vec::new();
        for run in self.not_stopped() {
            match self.load(run) {
                Ok(plan) => running.push(plan),
                Err(error) => {
                    let id = &run.start.plan;
                    let error = error.hint(format!("`trust-coach plan stop --plan {id}` ends it"));
                    world.tell_error(&error);
                }
            }
        }
        running
    }

    /// Returns a plan with all that what is next in it follows from.
    pub(super) fn load<'l>(&'l self, run: &'l PlanRun) -> Result<RunningPlan<'l>> {
        let plan = self.plans.load(&run.start.plan)?;
        let gated = plan.exercises().filter(|id| {
            let head = self.library.head(id);
            head.is_ok_and(|head| head.gate)
        });
        Ok(RunningPlan {
            sessions: self.sessions(&plan, run)?,
            gated: gated.map(String::from).collect(),
            promises: &self.promises,
            today: self.today,
            day_ends: self.day_ends,
            run,
            plan,
        })
    }

    /// The sessions that count, with the answers that the plan looks at and no others: there may be
    /// very many.
    fn sessions(&self, plan: &Plan, run: &PlanRun) -> Result<Vec<Session>> {
        let mut asked: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for condition in plan.conditions() {
            condition.each_step(&mut |exercise, step| {
                asked.entry(exercise).or_default().insert(step);
            });
        }
        let load = |id: &&str| self.library.load(id).ok();
        let exercises: Vec<_> = asked.keys().filter_map(load).collect();
        let (first, records) = (run.first_name(), self.store.sessions());
        let mut sessions = Vec::new();
        // What can’t be read may say that the plan stops, or waits.
        let unclear = |error: StoreError| not_whole(UNCLEAR).because(&error).hint(SHOWN_BY_DOCTOR);
        if let Some(path) = records.misnamed(&first, true).into_iter().next() {
            return Err(unclear(StoreError::Misnamed { path }));
        }
        let is_later = |id: &std::result::Result<SessionId, StoreError>| {
            id.as_ref().map_or(true, |id| *id >= first)
        };
        for id in records.newest().take_while(is_later) {
            let id = id.map_err(unclear)?;
            let read = records.read_head(&id).and_then(|mut session| {
                let steps = asked.get(session.exercise.as_str());
                if steps.is_some() {
                    session = records.read(&id)?;
                    let mut exercises = exercises.iter();
                    if let Some(exercise) = exercises.find(|it| it.head.id == session.exercise) {
                        session.rename_steps(exercise);
                    }
                }
                Ok(without_words(session, steps))
            });
            match read {
                Ok(session) => sessions.push(session),
                Err(StoreError::Sealed { .. }) => return Ok(sessions),
                Err(StoreError::Gone { .. } | StoreError::Unsaved { .. }) => {}
                Err(error) => return Err(unclear(error)),
            }
        }
        Ok(sessions)
    }

    /// Returns the doing that is meant: the one that is named, or the only one.
    pub(super) fn chosen(&self, which: &WhichPlan) -> Result<&PlanRun> {
        let all: Vec<&PlanRun> = self.not_stopped().collect();
        // Two machines may have begun the same one.
        let named = which.name.as_deref().or_else(|| {
            let first = all.first()?.start.plan.as_str();
            all.iter()
                .all(|run| run.start.plan == first)
                .then_some(first)
        });
        let meant = |run: &&&PlanRun| named.is_none_or(|name| run.start.plan == name);
        let meant: Vec<&&PlanRun> = all.iter().filter(meant).collect();
        match (meant.as_slice(), named) {
            ([.., newest], Some(_)) | ([newest], None) => Ok(newest),
            ([], _) if !self.is_whole => Err(not_whole(WHICH)),
            ([], None) => Err(Error::usage("you aren’t doing a plan")
                .hint("`trust-coach plan list` shows the plans there are")),
            ([], Some(name)) => Err(
                Error::usage(format!("you aren’t doing a plan called {name}"))
                    .hint("`trust-coach plan` shows the ones you do"),
            ),
            (several, None) => {
                let ids: Vec<&str> = several.iter().map(|run| run.start.plan.as_str()).collect();
                Err(Error::usage("you’re doing more than one plan")
                    .hint(format!("say which with --plan: {}", ids.join(", "))))
            }
        }
    }

    /// Says something about a doing of a plan, or begins one.
    pub(super) fn say(&self, of: Option<&FactId>, said: PlanStatement) -> Result<Vec<Fact>> {
        let fact = Fact {
            id: FactId::new(),
            about: String::from("plan"),
            of: of.cloned().unwrap_or_default(),
            at: Moment::new(&self.now),
            instead_of: Vec::new(),
            statement: Statement::Plan {
                on: self.today,
                said,
            },
            by: None,
            note: None,
            extra: Table::new(),
        };
        save_facts(&self.store, &self.now, self.notes_days, vec![fact])
    }

    /// Says that no plan is done; of one, or of a ledger, that can’t be read, that was told.
    pub(crate) fn none(&self, world: &mut World<'_>) -> Exit {
        if self.not_stopped().next().is_some() || !self.is_whole {
            return Exit::Failed;
        }
        world.tell(NONE);
        Exit::Done
    }

    /// Returns the title of an exercise; its id where it’s gone.
    pub(crate) fn title(&self, exercise: &str) -> String {
        let head = self.library.head(exercise);
        head.map_or_else(|_| exercise.to_string(), |head| head.title)
    }
}

/// A session with what a plan looks at: when it was, and what was given at some steps.
fn without_words(session: Session, steps: Option<&BTreeSet<&str>>) -> Session {
    let is_asked = |it: &Answer| steps.is_some_and(|steps| steps.contains(it.step.as_str()));
    let answers = session.answers.into_iter().filter(is_asked);
    let answers = answers.map(|answer| Answer {
        name: None,
        ..answer.given_alone()
    });
    let mut answers: Vec<Answer> = answers.collect();
    answers.shrink_to_fit();
    Session {
        title: String::new(),
        lang: String::new(),
        at: None,
        tags: Vec::new(),
        notes: Vec::new(),
        answers,
        extra: Table::new(),
        ..session
    }
}

impl RunningPlan<'_> {
    /// Returns what everything about it follows from.
    pub(crate) fn at(&self) -> PlanSituation<'_> {
        PlanSituation {
            plan: &self.plan,
            run: self.run,
            sessions: &self.sessions,
            promises: self.promises,
            gated: &self.gated,
            today: self.today,
            day_ends: self.day_ends,
        }
    }

    /// Returns whether an exercise begins with safety questions.
    pub(crate) fn is_gated(&self, exercise: &str) -> bool {
        self.gated.contains(exercise)
    }
}

// Texts for people.
const SHOWN_BY_DOCTOR: &str = "`trust-coach doctor` shows it";
pub(crate) const UNCLEAR: &str = "what comes next in the plan";
pub(super) const WHICH: &str = "which plans you’re doing";
const NONE: &str = "\
You aren’t doing a plan.
`trust-coach plan list` shows the plans there are.
";
