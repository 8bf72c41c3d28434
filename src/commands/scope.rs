//! Which sessions a command is about, by flags that mean the same everywhere.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::ToSpan;
use jiff::civil::Date;

use super::known::KnownNames;
use crate::dates::{Toward, TypedDay};
use crate::error::{Error, Result};
use crate::exercise::Strategy;
use crate::exercise::library::LoadError;
use crate::home::world::World;
use crate::journal::{Store, StoreError};
use crate::session::{Session, SessionId};
use crate::text::is_same_name;

/// What narrows sessions down.
#[derive(Debug, Default, clap::Args)]
pub(super) struct SessionFilter {
    /// Only those started on or after this day: 2026-11-01, yesterday, "1 dec", "two weeks ago", 14d
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<TypedDay>,
    /// Only those started on or before this day
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<TypedDay>,
    /// Only those that work on this
    #[arg(long, value_parser = strategies())]
    strategy: Option<Strategy>,
    /// Only those of this exercise
    #[arg(long, value_name = "EXERCISE")]
    exercise: Option<String>,
    /// Only those with this tag; given twice, only those with both
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
}

/// The same with days that stand still.
#[derive(Debug)]
pub(super) struct DatedFilter<'a> {
    scope: &'a SessionFilter,
    since: Option<Date>,
    until: Option<Date>,
}

impl SessionFilter {
    /// Whether the newest sessions need not be the ones that are meant.
    pub(super) fn is_narrow(&self) -> bool {
        self.until.is_some()
            || self.strategy.is_some()
            || self.exercise.is_some()
            || !self.tag.is_empty()
    }

    /// What it means today.
    ///
    /// # Errors
    ///
    /// There's no such exercise and no session of one, nothing has the tag, or it ends before it begins.
    pub(super) fn at(&self, world: &World<'_>, store: &Store) -> Result<DatedFilter<'_>> {
        self.refuse_unknown(world, store)?;
        let on = |day: TypedDay| match day {
            TypedDay::Date(date) => date,
            // Which day it is where the person is takes a while to find out.
            day => day.on(world.clock.now().date(), Toward::Past),
        };
        let (since, until) = (self.since.map(on), self.until.map(on));
        if let (Some(since), Some(until)) = (since, until)
            && since > until
        {
            let what = format!("no day is both since {since} and until {until}");
            return Err(
                Error::usage(what).hint("--since is the earlier day, --until the later one")
            );
        }
        Ok(DatedFilter {
            scope: self,
            since,
            until,
        })
    }

    fn refuse_unknown(&self, world: &World<'_>, store: &Store) -> Result<()> {
        if let Some(id) = &self.exercise {
            let library = crate::home::library(world);
            if matches!(library.head(id), Err(LoadError::Unknown { .. })) {
                let ids = library.heads().into_iter().map(|entry| entry.id);
                let mut known = KnownNames::new(ids, str::eq);
                // One that's installed no longer is known by what was done of it.
                if !known.has_in_sessions(id, store, |head| vec![head.exercise.clone()]) {
                    let what = format!("there’s no exercise called {id}, and no session of one");
                    let error = known.refusal(id, what);
                    return Err(error.hint("`trust-coach list` shows all of them"));
                }
            }
        }
        let has_none = |store: &Store| store.sessions().heads().next().is_none();
        for tag in self.tag.iter().filter(|_| !has_none(store)) {
            let mut known = KnownNames::new([], is_same_name);
            if !known.has_in_sessions(tag, store, |head| head.tags.clone()) {
                return Err(known.refusal(tag, format!("no session has the tag {tag}")));
            }
        }
        Ok(())
    }
}

impl DatedFilter<'_> {
    /// The names of the sessions that can be meant, newest first. Names tell the day in UTC, which
    /// is at most one off from where it began; what is older is not even listed.
    pub(super) fn names(
        &self,
        store: &Store,
    ) -> impl Iterator<Item = Result<SessionId, StoreError>> + Send + use<> {
        let name = |day: Date| day.strftime("%Y%m%d").to_string();
        let first = self.since.map(|day| name(day.saturating_sub(1.day())));
        let end = self.until.map(|day| name(day.saturating_add(2.days())));
        let is = |id: &Result<SessionId, _>, holds: &dyn Fn(&str) -> bool| {
            id.as_deref().map_or(true, holds)
        };
        store
            .sessions()
            .newest()
            .take_while(move |id| is(id, &|id| first.as_deref().is_none_or(|first| id >= first)))
            .filter(move |id| is(id, &|id| end.as_deref().is_none_or(|end| id < end)))
    }

    /// Whether something that was said about a promise on this day is meant too. It has no exercise, no
    /// strategy and no tag.
    pub(super) fn lets_fact_through(&self, day: &str) -> bool {
        let scope = self.scope;
        self.is_between(day)
            && scope.exercise.is_none()
            && scope.strategy.is_none()
            && scope.tag.is_empty()
    }

    fn is_between(&self, day: &str) -> bool {
        self.since
            .is_none_or(|first| day >= first.to_string().as_str())
            && self
                .until
                .is_none_or(|last| day <= last.to_string().as_str())
    }

    /// Whether this session is meant.
    pub(super) fn lets_through(
        &self,
        head: &Session,
        strategy: &dyn Fn(&str) -> Option<Strategy>,
    ) -> bool {
        let scope = self.scope;
        let dated = self.since.is_some() || self.until.is_some();
        (!dated || self.is_between(&day_of(head)))
            && scope
                .exercise
                .as_ref()
                .is_none_or(|id| head.exercise == *id)
            && scope.tag.iter().all(|tag| head.has_tag(tag))
            && (scope.strategy.is_none() || strategy(&head.exercise) == scope.strategy)
    }
}

/// The day on which a session began: by what it says, or by its name where that is no day.
fn day_of(head: &Session) -> String {
    let said = head.started.day();
    let name = || Date::strptime("%Y%m%d", head.id.get(..8)?).ok();
    match said.parse::<Date>() {
        Ok(_) => said.to_string(),
        Err(_) => name().map_or_else(|| said.to_string(), |day| day.to_string()),
    }
}

fn day(typed: &str) -> Result<TypedDay, &'static str> {
    let days_ago = || typed.strip_suffix('d')?.parse::<u16>().ok();
    let day = days_ago().map(|days| TypedDay::days(-i32::from(days)));
    day.or_else(|| TypedDay::read(typed))
        .ok_or("write a day as 2026-11-01, yesterday, 1 dec or two weeks ago, or days back as 14d")
}

fn strategies() -> impl TypedValueParser<Value = Strategy> {
    PossibleValuesParser::new(Strategy::ALL.map(|(_, id)| id))
        .try_map(|id| Strategy::from_id(&id).ok_or("no such strategy"))
}
