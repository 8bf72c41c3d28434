//! What the commands on promises need: the ledger as far as it can be read, and a way to add to it.

use std::io;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

use super::words::day_words;
use crate::commands::days_file::{not_whole, read_facts, save_facts};
use crate::commands::open::{self, UnlockFlags};
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::journal::{Record, Store, StoreError, Vault};
use crate::ledger::{DayFacts, Fact, FactId, Promise, Statement, promises, today_of};
use crate::session::{Moment, Partner, short_id};
use crate::sessions::follow_unfollowed_promises;
use crate::text::first_words;

/// The promises there are, and today’s date.
pub(crate) struct PromiseLedger {
    store: Store,
    now: Zoned,
    /// Which day it is.
    pub(crate) today: Date,
    /// Until when in the night a day lasts.
    day_ends: Time,
    /// The promises, the oldest first; `None` while the vault is closed.
    promises: Option<Vec<Promise>>,
    /// Whether everything that is there could be looked at.
    pub(crate) is_whole: bool,
    /// Whether open days may be noted with the vault on.
    notes_days: bool,
    /// Which facts count on which days, as far as that was noted for a closed vault.
    facts_on: DayFacts,
}

impl PromiseLedger {
    /// Opens it for a command that reads. Asks for the passphrase where there is one.
    pub(super) fn to_read(world: &mut World<'_>, key: &UnlockFlags) -> Result<Self> {
        let store = open::to_read(world, key)?;
        Ok(Self::new(world, store, true))
    }

    /// Opens it for a command that writes. Never asks for a passphrase: without one it stays closed.
    pub(crate) fn to_write(world: &mut World<'_>, key: &UnlockFlags) -> Result<Self> {
        if key.is_given() {
            return Self::to_read(world, key);
        }
        let store = open::to_write(world)?;
        let readable = store.vault()? == Vault::Off || !store.any_sealed();
        Ok(Self::new(world, store, readable))
    }

    fn new(world: &mut World<'_>, store: Store, readable: bool) -> Self {
        let now = world.clock.now();
        follow_unfollowed_promises(world, &store);
        let read = readable.then(|| read_facts(world, &store));
        let is_whole = read.as_ref().is_none_or(|(_, is_whole)| *is_whole);
        let promises = read.map(|(facts, _)| promises(facts));
        let notes_days = world.config.settings.due_without_passphrase();
        let noted = (!readable && notes_days).then(|| store.noted_days());
        Self {
            facts_on: noted.flatten().unwrap_or_default().facts_on,
            today: world.today().date,
            day_ends: world.config.settings.day_ends(),
            notes_days,
            store,
            now,
            promises,
            is_whole,
        }
    }

    /// Returns the promises, the oldest first; none while the vault is closed.
    pub(crate) fn all(&self) -> &[Promise] {
        self.promises.as_deref().unwrap_or_default()
    }

    /// Returns how a command ends that has shown what there is.
    pub(super) fn exit(&self) -> Exit {
        match self.is_whole {
            true => Exit::Done,
            false => Exit::Failed,
        }
    }

    /// Returns the promises themselves.
    pub(crate) fn into_all(self) -> Vec<Promise> {
        self.promises.unwrap_or_default()
    }

    /// Returns the journal itself.
    pub(crate) fn into_store(self) -> Store {
        self.store
    }

    /// Returns the journal.
    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// Returns the zone of here.
    pub(super) fn zone(&self) -> TimeZone {
        self.now.time_zone().clone()
    }

    /// Returns the moment.
    pub(super) fn now(&self) -> &Zoned {
        &self.now
    }

    /// Returns the moment, as facts keep it.
    pub(super) fn moment(&self) -> Moment {
        Moment::new(&self.now)
    }

    /// Returns the day that a moment belongs to.
    pub(super) fn day_of(&self, moment: &Zoned) -> Date {
        today_of(moment, self.day_ends)
    }

    /// Returns whether something was said today.
    pub(super) fn is_from_today(&self, fact: &Fact) -> bool {
        let said: Option<Zoned> = fact.at.0.parse().ok();
        said.is_some_and(|said| self.day_of(&said) == self.today)
    }

    /// Returns the full name of the promise that `name` means. With the vault closed it can be the
    /// name of any fact.
    pub(crate) fn id(&self, name: &str) -> Result<FactId> {
        match &self.promises {
            Some(_) => Ok(self.named(name)?.id.clone()),
            None if name.trim() == LAST => Err(needs_passphrase("which promise is the last")),
            None => Ok(self.store.facts().find(name, &self.now)?),
        }
    }

    /// Returns the promise that is named, or else one that a person chooses at their terminal; none
    /// where they choose none.
    pub(super) fn chosen(
        &self,
        world: &mut World<'_>,
        named: Option<&str>,
    ) -> Result<Option<FactId>> {
        if let Some(name) = named {
            return self.id(name).map(Some);
        }
        if !open::can_ask(world) {
            let none = Error::usage("no promise is named");
            return Err(none.hint("`last` is the newest; `trust-coach promise` shows them all"));
        }
        if self.promises.is_none() {
            return Err(needs_passphrase("which promises there are"));
        }
        let open = self.all().iter().rev();
        let open = open.filter(|promise| promise.is_open(self.today));
        let open: Vec<&Promise> = open.take(NEWEST).collect();
        if open.is_empty() && !self.is_whole {
            return Err(not_whole("which promises there are"));
        }
        if open.is_empty() {
            let none = Error::usage("there’s no promise to choose from");
            return Err(none.hint("`trust-coach promise add` follows one"));
        }
        let entry = |promise: &&Promise| {
            let terms = promise.terms();
            format!("{} · {}", first_words(&terms.what, 40), terms.rule.words())
        };
        let entries: Vec<String> = open.iter().map(entry).collect();
        let at = open::asker(world, &mut io::stdin().lock()).choose(WHICH, &entries)?;
        Ok(at.map(|at| open[at].id.clone()))
    }

    /// Returns the promise with this full name, where it can be read.
    pub(super) fn promise(&self, id: &FactId) -> Option<&Promise> {
        self.all().iter().find(|promise| promise.id == *id)
    }

    /// Returns the promise that `name` means: `last`, a full name, or any beginning of its hex part.
    pub(super) fn named(&self, name: &str) -> Result<&Promise> {
        let all = self.all();
        let typed = name.trim().to_lowercase();
        let is_meant = |promise: &&Promise| {
            !typed.is_empty() && short_id(&promise.id).starts_with(&typed)
                || promise.id.eq_ignore_ascii_case(&typed)
        };
        let meant: Vec<&Promise> = match typed.as_str() {
            LAST => all.last().into_iter().collect(),
            _ => all.iter().filter(is_meant).collect(),
        };
        if !self.is_whole && (typed == LAST || meant.is_empty()) {
            return Err(not_whole(&format!("which promise is called {name}")));
        }
        let (kind, name) = (Fact::KIND, name.to_string());
        let error = match meant.as_slice() {
            [one] => return Ok(one),
            [] => StoreError::NotFound {
                kind,
                name,
                newest: all.last().map(|promise| promise.id.clone()),
            },
            several => StoreError::Ambiguous {
                kind,
                name,
                ids: several.iter().rev().map(|one| one.id.clone()).collect(),
            },
        };
        Err(error.into())
    }

    /// Returns a fact about a promise that is said now. It has no name yet.
    pub(super) fn fact(&self, of: &str, statement: Statement) -> Fact {
        Fact {
            id: FactId::new(),
            about: String::from("promise"),
            of: of.to_string(),
            at: self.moment(),
            instead_of: Vec::new(),
            statement,
            by: None,
            note: None,
            extra: toml::Table::new(),
        }
    }

    /// Returns what is said of a day of a promise, in the place of what was said of it before; nothing
    /// where just that was said already. With the vault closed nothing can be checked, and what was said
    /// before is known as far as the days file names it. `by` is who of two people says it, and what the
    /// other said stays.
    pub(super) fn day_fact(
        &self,
        of: &FactId,
        on: Date,
        statement: Statement,
        by: Option<Partner>,
    ) -> Result<Option<Fact>> {
        let fact = Fact {
            by,
            ..self.fact(of, statement)
        };
        let Some(promise) = self.promise(of) else {
            let instead_of = match by {
                None => self.facts_on.on(of, on).to_vec(),
                Some(_) => Vec::new(),
            };
            return Ok(Some(Fact { instead_of, ..fact }));
        };
        let days = promise.days(on..=on, self.today);
        let Some(day) = days.first() else {
            return Err(not_its_day(promise, on, self.today));
        };
        let is_said = day
            .facts
            .iter()
            .any(|said| (&said.statement, said.by) == (&fact.statement, by));
        if is_said && day.also_said().is_empty() {
            return Ok(None);
        }
        let others = |said: &Fact| by.is_some() && said.by == by.map(Partner::other);
        let single = day
            .facts
            .iter()
            .filter(|said| said.day() == Some(on) && !others(said));
        Ok(Some(Fact {
            instead_of: single.map(|said| said.id.clone()).collect(),
            ..fact
        }))
    }

    /// Returns days in a few words: one by its name, several by their number.
    pub(super) fn days_words(&self, days: &[Date]) -> String {
        match days {
            [one] => day_words(*one, self.today),
            several => format!("{} days", several.len()),
        }
    }

    /// Gives facts their names and saves them: all of them, or none. Returns them as they are saved.
    pub(super) fn save(&self, facts: Vec<Fact>) -> Result<Vec<Fact>> {
        save_facts(&self.store, &self.now, self.notes_days, facts)
    }
}

/// What was asked for cannot be known while the vault is closed.
pub(super) fn needs_passphrase(what: &str) -> Error {
    let error = Error::new(
        Exit::InputNeeded,
        format!("the vault is on, and only the passphrase tells {what}"),
    );
    error.hint(open::BRING_IT)
}

/// Everything that is wrong at once. Nothing was saved.
pub(super) fn all_wrong(mut problems: Vec<Error>) -> Result<()> {
    let Some(first) = problems.pop() else {
        return Ok(());
    };
    if problems.is_empty() {
        return Err(first);
    }
    problems.push(first);
    let mut error = Error::usage(format!(
        "{} things aren’t right, and nothing was saved",
        problems.len()
    ));
    for problem in problems {
        error = error.detail(problem.message);
        error.details.extend(problem.details);
        for hint in problem.hints {
            if !error.hints.contains(&hint) {
                error.hints.push(hint);
            }
        }
    }
    Err(error)
}

/// A day that is none of the promise’s, with those around it.
fn not_its_day(promise: &Promise, day: Date, today: Date) -> Error {
    let short = short_id(&promise.id);
    let error = Error::usage(format!(
        "{} isn’t one of the days of {short}",
        day_words(day, today)
    ));
    let span = 400.days();
    let around = promise.days(day.saturating_sub(span)..=day.saturating_add(span), today);
    let before = around.iter().rfind(|other| other.on < day);
    let after = around.iter().find(|other| other.on > day);
    let around = [before, after].into_iter().flatten();
    let around: Vec<String> = around.map(|other| day_words(other.on, today)).collect();
    match around.as_slice() {
        [] => error,
        [one] => error.hint(format!("the day nearest to it is {one}")),
        days => error.hint(format!("the days around it are {}", days.join(" and "))),
    }
}

/// The word for the promise that was made last.
const LAST: &str = "last";

/// How many promises are offered.
const NEWEST: usize = 20;

// Texts for people.
const WHICH: &str = "Which promise?";
