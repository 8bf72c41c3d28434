//! What a plan looks like to somebody who does each stage on the day it comes, for its author.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Time, date};

use super::ledger::PlanLedger;
use super::show;
use super::words::length_words;
use crate::error::Result;
use crate::home::world::World;
use crate::ledger::PlanStart;
use crate::plan::{Plan, PlanAnswer, PlanRun, PlanSituation, next};
use crate::session::{Moment, Session, SessionState};
use crate::text::{inert, width};

/// Returns the page of a plan, and its weeks.
pub(super) fn page(plan: &Plan, world: &World<'_>) -> Result<String> {
    let ledger = PlanLedger::closed(world)?;
    let shown = show::page(plan, &ledger, width(world.terminal.columns));
    let weeks = weeks(plan, &ledger);
    Ok(inert(&format!("{shown}\n{IN_ORDER}\n{weeks}")).into_owned())
}

/// The stages as they come, without an answer to anything.
fn weeks(plan: &Plan, ledger: &PlanLedger) -> String {
    let began = date(2026, 1, 1);
    let run = PlanRun {
        id: String::from("20260101T000000.000Z-00000000"),
        start: PlanStart {
            plan: plan.id.clone(),
            version: plan.version,
            counted_since: None,
            weekday: None,
        },
        began,
        said: Vec::new(),
    };
    let (mut sessions, mut lines): (Vec<Session>, Vec<String>) = (Vec::new(), Vec::new());
    let (mut today, gated) = (began, BTreeSet::new());
    // Each turn does something or lets days go by; no plan needs more.
    for turn in 0..MOST_TURNS {
        let step = next(&PlanSituation {
            plan,
            run: &run,
            sessions: &sessions,
            promises: &[],
            gated: &gated,
            today,
            day_ends: Time::midnight(),
        });
        let exercise = match step.answer {
            PlanAnswer::Wait(_, until) if until < began.saturating_add(FARTHEST.days()) => {
                today = until;
                continue;
            }
            _ => match step.answer.exercise() {
                Some(exercise) => exercise,
                None => break,
            },
        };
        let after = (today - began).get_days().unsigned_abs();
        let when = match after {
            0 => String::from("at once"),
            days => format!("after {}", length_words(days)),
        };
        lines.push(format!("  {when}: {}\n", ledger.title(exercise)));
        let at = Moment(format!("{today}T12:00:00+00:00[UTC]"));
        // Of one that isn't there, no more can be done.
        let Ok(head) = ledger.library.head(exercise) else {
            break;
        };
        sessions.push(Session {
            id: format!("{}T120000.000Z-{turn:08x}", today.strftime("%Y%m%d")),
            state: SessionState::Done,
            ended: Some(at.clone()),
            ..Session::new(&head, at, 0)
        });
    }
    lines.concat()
}

/// No plan has more stages and waits than this.
const MOST_TURNS: usize = 500;

/// After so many days nobody reads on.
const FARTHEST: i64 = 730;

// Texts for people.
const IN_ORDER: &str = "What comes when, if nothing is answered and each stage is done on its day";
