//! What is next in a plan today, as far as that is known without asking.

use jiff::civil::Date;

use super::ledger::{PlanLedger, RunningPlan};
use crate::commands::open;
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::journal::{NotedStep, PlanState, Store, Vault};
use crate::plan::{NextStep, PlanAnswer, next};

/// Something to do today in a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DueStep {
    /// The exercise, where others may see its name.
    pub(crate) exercise: Option<String>,
}

/// Returns what there is to do today; nothing where that is nothing, or not known. Never asks.
pub(crate) fn due_step(world: &mut World<'_>) -> Result<Option<DueStep>> {
    let store = open::to_write(world)?;
    let today = world.today().date;
    let noted = store.noted_step();
    let noted = noted.filter(|(noted, is_whole)| *is_whole && noted.day == today.to_string());
    if let (Some((noted, _)), None) = (noted, store.vault_nearby()?) {
        return Ok(due(noted, today));
    }
    if store.vault()? != Vault::Off {
        if !world.config.settings.due_without_passphrase() {
            store.forget_days()?;
            return Ok(None);
        }
        let noted = store.noted_step();
        return Ok(noted.and_then(|(noted, _)| due(noted, today)));
    }
    let state = store.plan_state();
    let Some(ledger) = PlanLedger::unasked(world)? else {
        return Ok(None);
    };
    let running = ledger.running(world);
    // What can’t be read may say that a plan was stopped, and that was told.
    if ledger.exit(&running) != Exit::Done {
        return Ok(None);
    }
    let noted = noted_of(&running, today, true);
    if store.facts().newest().next().is_some() {
        // Where it cannot be noted, it is found out again the next time.
        let _ = store.note_step(&noted, &state);
    }
    Ok(due(noted, today))
}

/// Notes what is next for a vault that will be closed again, where that is allowed.
pub(crate) fn note_for_later(
    world: &World<'_>,
    store: &Store,
    running: &[RunningPlan<'_>],
    state: &PlanState,
) {
    let is_on = store.vault().is_ok_and(|vault| vault != Vault::Off);
    if is_on && world.config.settings.due_without_passphrase() {
        let _ = store.note_step(&noted_of(running, world.today().date, false), state);
    }
}

fn due(noted: NotedStep, today: Date) -> Option<DueStep> {
    let from = noted.from?;
    let exercise = noted.exercise;
    (from <= today.to_string()).then_some(DueStep { exercise })
}

fn noted_of(running: &[RunningPlan<'_>], today: Date, named: bool) -> NotedStep {
    let steps: Vec<NextStep<'_>> = running.iter().map(|plan| next(&plan.at())).collect();
    let at = first(&steps);
    let step = at.map(|at| (&running[at], &steps[at].answer));
    let exercise = step.and_then(|(plan, answer)| {
        let exercise = answer.exercise()?;
        (named && !plan.is_gated(exercise)).then(|| exercise.to_string())
    });
    let from = step.and_then(|(_, answer)| match answer.exercise() {
        Some(_) => Some(today),
        None => answer.until(),
    });
    NotedStep {
        day: today.to_string(),
        from: from.map(|day| day.to_string()),
        exercise,
    }
}

/// Returns the place of the one to be told of, among what is next in several plans.
pub(crate) fn first(steps: &[NextStep<'_>]) -> Option<usize> {
    let rank = |step: &NextStep<'_>| match step.answer {
        PlanAnswer::Do(_) | PlanAnswer::Offer(..) => (0, None),
        PlanAnswer::Wait(_, until) => (1, Some(until)),
        PlanAnswer::Paused(until) => (2, until),
        PlanAnswer::Ended => (3, None),
    };
    (0..steps.len()).min_by_key(|at| rank(&steps[*at]))
}
