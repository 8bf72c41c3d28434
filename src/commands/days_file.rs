//! Which day it is, and the days file: what commands do for it beside their own work.

use jiff::civil::Date;

use crate::home::world::World;
use crate::journal::Store;
use crate::ledger::{DayFacts, OpenDays, promises, today_of};

/// Returns which day it is: after midnight still the old one, as far as `day-ends` says.
pub(super) fn today(world: &World<'_>) -> Date {
    today_of(&world.clock.now(), world.config.settings.day_ends())
}

/// Brings the days file to what the facts say, in a vault that has just been opened. It is there with
/// the vault on only where that was allowed. Where that cannot be done, it is done the next time.
pub(super) fn bring_up_to_date(world: &World<'_>, store: &Store) {
    if !world.config.settings.due_without_passphrase() {
        let _ = store.forget_days();
    } else if store.noted_days().is_none_or(|noted| !noted.is_whole) {
        let state = store.ledger_state();
        let (facts, problems) = store.facts().all();
        let count = facts.len() + problems.len();
        let (promises, today) = (promises(facts), today(world));
        let facts_on = DayFacts::of(&promises, today);
        let _ = store.note_days(&OpenDays::of(&promises, today), &facts_on, count, &state);
    }
}
