//! What can be wrong with facts as a whole: those about nothing, and those from a time that has not
//! come yet.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::super::names::time_name;
use super::walk::Examiner;
use super::{IssueKind, Repair};
use crate::ledger::{Fact, PlanStatement, Statement};

/// Clocks of two machines may differ by as much.
const AHEAD: Duration = Duration::from_secs(60 * 60);

/// As long as this, the promise may still be on its way from another machine.
const ON_ITS_WAY: Duration = Duration::from_secs(7 * 24 * 60 * 60);

impl Examiner<'_, '_> {
    /// Says which facts are about a promise or a plan that is not there, as far as facts can be read.
    pub(super) fn orphans(&mut self) {
        let records = self.store.facts();
        let (facts, _) = records.all();
        let is_made = |fact: &Fact| match &fact.statement {
            Statement::Made(_) => true,
            Statement::Plan { said, .. } => matches!(said, PlanStatement::Started(_)),
            _ => false,
        };
        let read: HashMap<&str, bool> = facts
            .iter()
            .map(|fact| (fact.id.as_str(), is_made(fact)))
            .collect();
        // One that is there and cannot be read may be a promise.
        let is_promise = |id: &str| {
            read.get(id)
                .copied()
                .unwrap_or_else(|| records.is_there(id))
        };
        let long_ago = self.now.checked_sub(ON_ITS_WAY).and_then(name_at);
        for fact in &facts {
            let is_known = !matches!(fact.statement, Statement::Newer(_));
            if !is_known || is_promise(&fact.of) {
                continue;
            }
            let is_old = long_ago.as_ref().is_some_and(|before| fact.id < *before);
            let mut why = format!("it is about {}", fact.of);
            if read.contains_key(fact.of.as_str()) {
                why += match fact.statement {
                    Statement::Plan { .. } => ", which doesn’t begin a plan",
                    _ => ", which isn’t a promise",
                };
            } else if !is_old {
                why += ", which may still come";
            }
            let fix = is_old.then_some(Repair::Quarantine);
            let path = records.path(&fact.id);
            self.report.add(IssueKind::Orphan, path, Some(why), fix);
        }
    }

    /// Whether a name is from a time that has not come yet.
    pub(super) fn is_ahead(&self, id: &str) -> bool {
        let latest = self.now.checked_add(AHEAD).and_then(name_at);
        latest.is_some_and(|latest| id > latest.as_str())
    }
}

/// What a name that is given at `time` begins with.
fn name_at(time: SystemTime) -> Option<String> {
    let at = Timestamp::try_from(time).ok()?;
    Some(time_name(&at.to_zoned(TimeZone::UTC)))
}
