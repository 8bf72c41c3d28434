//! The promises that a session is about: one that was named, or those of the week that an exercise
//! goes over.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::engine::{PromiseInView, PromiseVerdict};
use crate::exercise::{Asking, Exercise, Step};
use crate::home::Home;
use crate::journal::{Store, StoreError};
use crate::ledger::{
    DayState, Fact, FactId, Promise, PromiseDay, SkipCause, Statement, Verdict, promises,
};
use crate::session::{Moment, Session};
use crate::text::counted_as;

/// Returns the promises that a new session of an exercise goes over: those with days in the week before
/// it, the oldest first. None where the exercise goes over none, or they cannot be read.
pub(super) fn promises_of_week(home: &Home, exercise: &Exercise, session: &Session) -> Vec<FactId> {
    let today = day_of(home, session).filter(|_| goes_over_promises(exercise));
    let Some(today) = today else {
        return Vec::new();
    };
    // Of what two agreed on each says only their own, and a session of one doesn't know who it is.
    let promises = readable(&home.store).into_iter();
    let of_one = promises.filter(|promise| promise.terms().partners.is_none());
    let of_week = of_one.filter(|promise| !week(promise, today).is_empty());
    of_week.map(|promise| promise.id).take(MOST).collect()
}

/// Returns whether an exercise has rounds for promises.
pub fn goes_over_promises(exercise: &Exercise) -> bool {
    exercise.groups.iter().any(|group| group.each_promise)
}

/// Returns whether a step's answer is what a promise of the ledger says.
pub(super) fn is_words_of_promise(step: &Step) -> bool {
    matches!(
        step.ask,
        Asking::Write {
            of_promise: true,
            ..
        }
    )
}

/// Returns the promises that a session is about, as the engine shows them.
pub(super) fn in_view(home: &Home, session: &Session) -> Vec<Option<PromiseInView>> {
    let about: Vec<&str> = session.about().collect();
    if about.is_empty() {
        return Vec::new();
    }
    let (promises, day) = (readable(&home.store), day_of(home, session));
    let view = |id: &&str| {
        let promise = promises.iter().find(|promise| promise.id == **id)?;
        let words = promise.terms().what.split_whitespace();
        Some(PromiseInView {
            what: words.collect::<Vec<_>>().join(" "),
            days: days_in_words(&week(promise, day?)),
        })
    };
    about.iter().map(view).collect()
}

/// Returns the facts that a finished session's verdicts make: one for each day of its week that has no
/// answer.
pub(super) fn verdict_facts(
    home: &Home,
    session: &Session,
    verdicts: &[PromiseVerdict],
) -> Vec<Fact> {
    let (Some(today), Some(at)) = (day_of(home, session), &session.ended) else {
        return Vec::new();
    };
    let about: Vec<&str> = session.about().collect();
    let promises = if verdicts.is_empty() {
        Vec::new()
    } else {
        readable(&home.store)
    };
    let mut facts = Vec::new();
    for verdict in verdicts {
        let id = about.get(verdict.promise);
        let promise = id.and_then(|id| promises.iter().find(|promise| promise.id == **id));
        let promise = promise.filter(|promise| promise.terms().partners.is_none());
        let days = promise.map(|promise| week(promise, today));
        let open = days.iter().flatten().filter(|day| day.is_open());
        for (day, promise) in open.zip(std::iter::repeat(promise)) {
            let id = home
                .store
                .facts()
                .id_of_answer(session, &verdict.id, Some(day.on));
            let said = statement(&verdict.option, day.on);
            if let (Some(id), Some(statement), Some(promise)) = (id, said, promise) {
                facts.push(Fact {
                    id,
                    about: String::from("promise"),
                    of: promise.id.clone(),
                    at: at.clone(),
                    instead_of: Vec::new(),
                    statement,
                    by: None,
                    note: None,
                    extra: toml::Table::new(),
                });
            }
        }
    }
    facts
}

/// What an option says of a day; nothing where it says nothing.
fn statement(option: &str, on: Date) -> Option<Statement> {
    match option {
        "changed" => Some(Statement::Moved {
            on,
            to_day: None,
            // They say themselves that it was in time.
            told: Some(Moment(on.to_string())),
        }),
        "skipped" => Some(Statement::Skipped {
            on,
            through: None,
            cause: SkipCause::default(),
        }),
        name => Verdict::from_name(name).map(|verdict| {
            let times = None;
            Statement::Verdict { verdict, on, times }
        }),
    }
}

/// The days of a promise in the week that ends today.
fn week(promise: &Promise, today: Date) -> Vec<PromiseDay<'_>> {
    if promise.let_go().is_some() {
        return Vec::new();
    }
    promise.days(today.saturating_sub(6.days())..=today, today)
}

fn days_in_words(week: &[PromiseDay<'_>]) -> String {
    let open = week.iter().filter(|day| day.is_open());
    let open: Vec<String> = open
        .map(|day| day.on.strftime("%A %-d %B").to_string())
        .collect();
    let answered = week.iter().filter(|day| !day.is_open());
    let answered = answered.filter(|day| day.state != DayState::Ahead).count();
    let mut said = match open.split_last() {
        None => String::from(ALL_ANSWERED),
        Some((one, [])) => format!("No answer yet for {one}; what you choose is noted there."),
        Some((last, others)) => format!(
            "No answer yet for {} and {last}; what you choose is noted for each of them.",
            others.join(", ")
        ),
    };
    if answered > 0 && !open.is_empty() {
        let days = counted_as(answered, "other day", "other days");
        said.push_str(&format!(" You’ve answered {days} of this week."));
    }
    said
}

/// What to say before an exercise that goes over promises where some can't be read.
pub(super) fn unread(home: &Home, exercise: &Exercise) -> Option<&'static str> {
    let hides = || {
        let (_, problems) = home.store.facts().all();
        problems.iter().any(StoreError::hides_something)
    };
    (goes_over_promises(exercise) && hides()).then_some(UNREAD)
}

/// The day on which a session was begun.
fn day_of(home: &Home, session: &Session) -> Option<Date> {
    session.started.date(home.day_ends)
}

/// The promises that can be read.
fn readable(store: &Store) -> Vec<Promise> {
    let (facts, _): (_, Vec<StoreError>) = store.facts().all();
    promises(facts)
}

/// With more, looking back turns into a list.
const MOST: usize = 5;

// Texts for people.
const UNREAD: &str = "Something you said about promises can’t be read, so not all of them may be here.\n\
    `trust-coach promise` names it.";
const ALL_ANSWERED: &str = "Each of its days this week has an answer, so nothing more is noted.";
