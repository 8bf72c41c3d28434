//! New facts and the days file: what commands do for it beside their own work.

use std::collections::BTreeSet;

use jiff::Zoned;

use super::history::common::left_out;
use crate::error::{Error, Result};
use crate::home::world::{World, random};
use crate::journal::{Store, StoreError};
use crate::ledger::{
    DayFacts, Fact, FactId, MOST_FACT_BYTES, OpenDays, PlanStatement, Statement, promises,
};
use crate::text::inert;

/// Brings the days file to what the facts say, in a vault that has just been opened. It is there with
/// the vault on only where that was allowed. Where that cannot be done, it is done the next time.
pub(super) fn bring_up_to_date(world: &World<'_>, store: &Store) {
    if !world.config.settings.due_without_passphrase() {
        let _ = store.forget_days();
    } else if store.noted_days().is_none_or(|noted| !noted.is_whole) {
        let state = store.ledger_state();
        let (facts, problems) = store.facts().all();
        if problems.iter().any(StoreError::hides_something) {
            return;
        }
        let count = facts.len() + problems.len();
        let (promises, today) = (promises(facts), world.today().date);
        let facts_on = DayFacts::of(&promises, today);
        let _ = store.note_days(&OpenDays::of(&promises, today), &facts_on, count, &state);
    }
}

/// Reads every fact and tells which can't be read, and what something was said about that isn't there. False
/// where some of what is there couldn't be looked at or isn't understood: then nothing follows from what
/// isn't there.
pub(super) fn read_facts(world: &mut World<'_>, store: &Store) -> (Vec<Fact>, bool) {
    let (facts, problems) = store.facts().all();
    let is_whole = !problems.iter().any(StoreError::hides_something);
    let told = problems.into_iter().map(left_out);
    told.for_each(|problem| world.tell(&problem));
    // Something was said about it, so it was there: it was deleted elsewhere, or is still to come.
    let known: BTreeSet<&FactId> = facts.iter().map(|fact| &fact.id).collect();
    let is_alone =
        |fact: &&Fact| !known.contains(&fact.of) && !matches!(fact.statement, Statement::Newer(_));
    let alone: BTreeSet<&FactId> = facts.iter().filter(is_alone).map(|fact| &fact.of).collect();
    for of in alone {
        world.tell(&inert(&format!("{GONE} {of}\nhint: {SHOWN}\n")));
    }
    (facts, is_whole)
}

/// What a name or a wish can't be answered with, since some of the ledger couldn't be looked at.
pub(super) fn not_whole(what: &str) -> Error {
    Error::failed(format!(
        "not everything you said could be read, so it isn’t clear {what}"
    ))
}

/// Gives facts that are said now their names and saves them: all of them, or none. Returns them as they
/// are saved. `notes_days` says whether open days may be noted with the vault on.
pub(super) fn save_facts(
    store: &Store,
    now: &Zoned,
    notes_days: bool,
    facts: Vec<Fact>,
) -> Result<Vec<Fact>> {
    let ids = store.facts().new_ids(now, facts.len(), random)?;
    let named = ids.into_iter().zip(facts).map(|(id, fact)| Fact {
        of: match fact.statement {
            Statement::Made(_)
            | Statement::Plan {
                said: PlanStatement::Started(_),
                ..
            } => id.clone(),
            _ => fact.of,
        },
        id,
        ..fact
    });
    let named: Vec<Fact> = named.collect();
    if named
        .iter()
        .any(|fact| fact.to_text().len() > MOST_FACT_BYTES)
    {
        let error = Error::usage(format!(
            "these words take more than {} KiB, and nothing was saved",
            MOST_FACT_BYTES >> 10
        ));
        return Err(error.hint("`trust-coach note` keeps longer texts with a session"));
    }
    store.add_and_note(&named, notes_days)?;
    Ok(named)
}

// Texts for people.
const GONE: &str = "what was promised or begun isn’t there, though something was said about it:";
const SHOWN: &str =
    "`trust-coach doctor` names the files; it was deleted on another machine, or is still to come";
