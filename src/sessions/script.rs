//! A session by a script: its answers are checked as a whole, then saved once.

use super::checked::{CheckedAnswers, check, refuse};
use super::events::Sink;
use super::follow::{expect_promises, follow_promises};
use super::start::{self, SessionStart};
use super::{AnswerOptions, Persistence, closed, dry_run, named_files};
use crate::answers::AnswerProblem;
use crate::error::{Error, Exit, Result};
use crate::home::Home;
use crate::home::world::World;
use crate::session::SessionState;
use crate::text::inert;

pub(super) fn run(
    world: &mut World<'_>,
    home: &Home,
    options: &AnswerOptions,
    persistence: Persistence,
    sink: Option<Sink>,
    start: SessionStart,
) -> Result<Exit> {
    if start.exercise.head.gate && !options.screened {
        return Err(not_screened(&start.exercise.head.id));
    }
    let checked = check(world, home, options, sink, start)?;
    finish(world, home, options, persistence, checked)
}

pub(super) fn not_screened(id: &str) -> Error {
    Error::new(
        Exit::InputNeeded,
        format!("{id} starts with private safety questions"),
    )
    .hint("`trust-coach safety` shows them; answer them alone")
    .hint("--screened says that you have; nothing about it is stored")
}

/// Saves what was checked, or tells what is wrong with it.
pub(super) fn finish(
    world: &mut World<'_>,
    home: &Home,
    options: &AnswerOptions,
    persistence: Persistence,
    checked: CheckedAnswers,
) -> Result<Exit> {
    let exercise = checked.engine.exercise();
    if let Some(unused) = closed::unused_keys(home, exercise, checked.engine.session()) {
        world.tell(&inert(&format!("warning: {unused}\n")));
    }
    if persistence == Persistence::DryRun {
        dry_run::print(world, options, &checked)?;
    }
    let all: Vec<&AnswerProblem> = checked.problems.iter().collect();
    // A dry run in JSON has its problems in the one object that it prints.
    let in_json = options.json && persistence != Persistence::DryRun;
    if let Err(error) = refuse(world, in_json, exercise, &all) {
        if let Some(events) = checked.buffered {
            events.failed(&error);
        }
        return Err(error);
    }
    if !checked.unasked.is_empty() {
        let keys = checked.unasked.join("`, `");
        world.tell(&format!("warning: {NOT_ASKED}: `{keys}`\n"));
    }
    if persistence == Persistence::DryRun {
        return Ok(Exit::Done);
    }
    if let Some(text) = closed::other_readers(home) {
        world.tell(&format!("{text}\n"));
    }
    let mut session = checked.engine.session().clone();
    named_files::write_answers(world, home, options, &checked.engine)?;
    if persistence == Persistence::Save {
        let lock = start::claim(world, home, &mut session, checked.lock)?;
        expect_promises(home, exercise, &session)?;
        let saved = home.store.sessions().save(&session);
        saved.inspect_err(|_| home.store.sessions().give_up(&session.id))?;
        drop(lock);
        if session.state == SessionState::Done {
            home.store.forget_partner_keys(&session.id);
        }
        follow_promises(world, home, exercise, &session);
        if let Some(events) = checked.buffered {
            events.release(home, &session, exercise);
        }
    }
    if options.json {
        start::print_end(world, home, persistence, &session)?;
    } else if persistence == Persistence::Save {
        world.print(&format!("{}\n", session.id))?;
    } else {
        world.tell("Nothing was saved.\n");
    }
    Ok(Exit::Done)
}

// A text for people.
const NOT_ASKED: &str = "the other answers lead past these, so they aren’t saved";
