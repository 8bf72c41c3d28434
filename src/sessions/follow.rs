//! Promises that a finished session made: each becomes a fact, once, however often this is tried.

use super::about::verdict_facts;
use crate::engine::{PromiseAnswer, promises_of, verdicts_of};
use crate::error::Result;
use crate::exercise::{Asking, Exercise, Step};
use crate::home::Home;
use crate::home::world::World;
use crate::journal::{Store, StoreError};
use crate::ledger::{Fact, PromiseTerms, Statement, TermsOrigin};
use crate::session::{Session, SessionState};
use crate::text::inert;

/// Notes that a session may make promises, before it can be finished.
pub(super) fn expect_promises(home: &Home, exercise: &Exercise, session: &Session) -> Result<()> {
    let makes_some = |step: &Step| {
        matches!(
            step.ask,
            Asking::Promise(_) | Asking::Choose { verdict: true, .. }
        )
    };
    if exercise.steps.iter().any(makes_some) {
        home.store.note_unfollowed(&session.id)?;
    }
    Ok(())
}

/// Follows the promises of a session that was just saved. What can't be written now is written by a
/// later run, and the session is saved all the same.
pub(super) fn follow_promises(
    world: &mut World<'_>,
    home: &Home,
    exercise: &Exercise,
    session: &Session,
) {
    if let Err(error) = follow(world, home, exercise, session) {
        let text = format!("{NOT_YET} ({})", error.message);
        world.tell(&format!("{}\n", inert(&text)));
    }
}

/// Follows promises that a run left unfollowed when it was cut off between the session and its facts.
/// Says nothing, and asks for no passphrase.
pub fn follow_unfollowed_promises(world: &mut World<'_>, store: &Store) {
    let ids = store.unfollowed();
    if ids.is_empty() {
        return;
    }
    let home = &Home::with(store.clone(), world);
    for id in ids {
        match home.store.sessions().read(&id) {
            // It's asked just now, or paused.
            Ok(session) if session.state == SessionState::Open => {}
            Ok(session) => {
                if let Ok(exercise) = home.library.load(&session.exercise) {
                    let _ = follow(world, home, &exercise, &session);
                }
            }
            Err(StoreError::Gone { .. }) => _ = home.store.note_followed(&id),
            Err(_) => {}
        }
    }
}

fn follow(world: &World<'_>, home: &Home, exercise: &Exercise, session: &Session) -> Result<()> {
    let notes_days = world.config.settings.due_without_passphrase();
    let facts = home.store.facts();
    if session.state == SessionState::Done {
        let promises = promises_of(exercise, session).into_iter();
        let made = promises.filter_map(|promise| {
            let id = facts.id_of_answer(session, &promise.id, None)?;
            made(session, id, promise)
        });
        let said = verdict_facts(home, session, &verdicts_of(exercise, session));
        let mut new: Vec<Fact> = made.chain(said).collect();
        new.retain(|fact| !facts.is_there(&fact.id));
        home.store.add_and_note(&new, notes_days)?;
    }
    Ok(home.store.note_followed(&session.id)?)
}

fn made(session: &Session, id: String, promise: PromiseAnswer) -> Option<Fact> {
    Some(Fact {
        of: id.clone(),
        id,
        about: String::from("promise"),
        at: session.ended.clone()?,
        instead_of: Vec::new(),
        statement: Statement::Made(PromiseTerms {
            what: shortened(promise.what),
            to: promise.to.map(shortened),
            if_then: promise.if_then.map(shortened),
            rule: promise.rule,
            look: promise.look,
            origin: Some(TermsOrigin {
                session: session.id.clone(),
                answer: promise.id,
                exercise: Some(session.exercise.clone()),
            }),
            follows: match promise.follows {
                true => session.about().next().map(String::from),
                false => None,
            },
            partners: promise.partners,
        }),
        by: None,
        note: None,
        extra: toml::Table::new(),
    })
}

/// The words as a fact has room for them. The session keeps all of them.
fn shortened(mut words: String) -> String {
    if words.len() > MOST_BYTES {
        let end = (0..=MOST_BYTES).rfind(|at| words.is_char_boundary(*at));
        words.truncate(end.unwrap_or(0));
        words.push('…');
    }
    words
}

/// So much of each text fits into a fact, however it has to be written there.
const MOST_BYTES: usize = 2500;

// Texts for people.
const NOT_YET: &str =
    "The session is saved. Its promise isn’t followed yet, and will be the next time";
