//! What is offered after a promise was missed.

use jiff::ToSpan;

use super::common::PromiseLedger;
use super::soft::soft_line_of;
use crate::commands::open::{UnlockFlags, say};
use crate::error::Result;
use crate::home;
use crate::home::world::World;
use crate::ledger::{DayState, FactId, Promise, Verdict};
use crate::session::short_id;

/// Says something after a promise was missed, where there is something to say.
pub(super) fn after_missed(world: &mut World<'_>, key: &UnlockFlags, id: &FactId) -> Result<()> {
    let ledger = PromiseLedger::to_write(world, key)?;
    if let Some(offer) = offer(world, ledger.promise(id), ledger.today) {
        say(world, &offer);
    }
    Ok(())
}

/// After one that was missed an exercise, and after several in two weeks that it may be the wrong
/// promise. Nothing where no exercise is for it.
fn offer(world: &World<'_>, promise: Option<&Promise>, today: jiff::civil::Date) -> Option<String> {
    let missed = promise.map_or(0, |promise| {
        let days = promise.days(today.saturating_sub(13.days())..=today, today);
        let is_missed = |state| state == DayState::Said(Verdict::Missed);
        days.iter().filter(|day| is_missed(day.state)).count()
    });
    if missed >= OFTEN {
        return Some(String::from(TOO_BIG));
    }
    // Words that control somebody are nothing to put right.
    let texts = promise.map(|promise| {
        [
            Some(&promise.terms().what),
            promise.terms().if_then.as_ref(),
        ]
    });
    if texts.and_then(soft_line_of).is_some() {
        return None;
    }
    let heads = home::library(world).heads().into_iter();
    let mut heads = heads.filter_map(|entry| entry.head.ok());
    let head = heads.find(|head| head.pack.is_none() && head.tags.iter().any(|tag| tag == TAG))?;
    let about = promise.map_or_else(String::new, |promise| {
        format!(" --about {}", short_id(&promise.id))
    });
    Some(format!(
        "{SMALL} There’s an exercise for it, about {} minutes: trust-coach exercise {}{about}",
        head.minutes, head.id
    ))
}

/// So many in two weeks are no slip.
const OFTEN: usize = 3;

/// The tag of the exercise to do after one was missed.
const TAG: &str = "after-missed";

// Texts for people.
const SMALL: &str = "A small miss that’s named soon often stays small.";
const TOO_BIG: &str = "That’s the third in two weeks. It’s probably not a lack of willpower: it may be \
    the wrong promise, or too big a one. `trust-coach promise change` makes it smaller, and \
    `trust-coach promise let-go` ends it.";
