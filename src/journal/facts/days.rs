//! The days file: which days of promises are open, without words, of this machine alone. It saves
//! reading every fact, and with the vault on it is all that can be known without the passphrase.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use toml::{Table, Value};

use crate::journal::contents::noted;
use crate::journal::error::{Operation, StoreError};
use crate::journal::names::months;
use crate::journal::store::{Store, folder_of};
use crate::journal::vault::Vault;
use crate::ledger::{DayFacts, Fact, OpenDays};

type Result<T> = std::result::Result<T, StoreError>;

/// What lay where facts lie, at one moment: each month's folder, and when it was changed last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerState(BTreeMap<String, i64>);

/// What the days file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NotedDays {
    /// The open days.
    pub days: OpenDays,
    /// Which facts count on their days; noted with the vault on alone, where they cannot be read.
    pub facts_on: DayFacts,
    /// Whether every fact that is there was looked at for them.
    pub is_whole: bool,
    state: LedgerState,
    facts: usize,
}

impl LedgerState {
    /// How the folders of months in a folder stand.
    pub(super) fn of(folder: &Path) -> Self {
        let changed = |month: PathBuf| {
            let at = fs::metadata(&month)
                .and_then(|found| found.modified())
                .ok()?;
            let name = month.strip_prefix(folder).ok()?;
            Some((name.to_str()?.replace('/', "-"), nanoseconds(at)?))
        };
        Self(months(folder).filter_map(changed).collect())
    }

    /// Reads what [`Self::to_value`] gives.
    pub(super) fn from_value(value: Value) -> Option<Self> {
        let Value::Table(months) = value else {
            return None;
        };
        let months = months.into_iter();
        let months = months.map(|(month, changed)| Some((month, changed.as_integer()?)));
        months.collect::<Option<_>>().map(Self)
    }

    pub(super) fn to_value(&self) -> Value {
        let months = self.0.iter();
        let months = months.map(|(month, changed)| (month.clone(), Value::Integer(*changed)));
        Value::Table(months.collect())
    }

    /// Whether every folder had been left alone for a while when a file was written: what came in the
    /// same moment would not have changed its time.
    pub(super) fn is_settled(&self, noted_in: &Path) -> bool {
        let noted = fs::metadata(noted_in).and_then(|found| found.modified());
        let Some(noted) = noted.ok().and_then(nanoseconds) else {
            return false;
        };
        let before = noted.saturating_sub(i64::try_from(SETTLED.as_nanos()).unwrap_or(i64::MAX));
        self.0.values().all(|changed| *changed < before)
    }
}

impl Store {
    /// How the folders of facts stand. Ask before facts are read or added, then note what came of it.
    pub fn ledger_state(&self) -> LedgerState {
        LedgerState::of(&self.facts().folder())
    }

    /// What was noted of open days last, where it can be understood.
    pub fn noted_days(&self) -> Option<NotedDays> {
        let path = self.days_file();
        let mut table = noted(&path)?;
        let state = LedgerState::from_value(table.remove(MONTHS)?)?;
        let facts = usize::try_from(table.remove(FACTS)?.as_integer()?).ok()?;
        if table.remove("format")?.as_integer() != Some(FORMAT) {
            return None;
        }
        let facts_on = match table.remove(SAID) {
            Some(said) => DayFacts::from_value(&said)?,
            None => DayFacts::default(),
        };
        Some(NotedDays {
            facts_on,
            days: OpenDays::from_table(table)?,
            // Without a month there is nothing to note, or nothing could be looked into.
            is_whole: !state.0.is_empty()
                && self.ledger_state() == state
                && state.is_settled(&path),
            state,
            facts,
        })
    }

    /// Notes the open days that follow from so many facts, and which of these count on which day; they
    /// were read when the ledger stood like this.
    pub fn note_days(
        &self,
        days: &OpenDays,
        facts_on: &DayFacts,
        facts: usize,
        state: &LedgerState,
    ) -> Result<()> {
        let mut table = Table::from_iter([
            ("format".to_string(), FORMAT.into()),
            (
                FACTS.to_string(),
                i64::try_from(facts).unwrap_or(i64::MAX).into(),
            ),
            (MONTHS.to_string(), state.to_value()),
            (SAID.to_string(), facts_on.to_value()),
        ]);
        table.extend(days.to_table());
        let path = self.days_file();
        self.make_folders(&folder_of(&path))?;
        // Numbers, texts and lists of them are always TOML.
        let text = toml::to_string(&table).unwrap_or_default();
        self.replace(&path, format!("{HEADER}\n{text}").as_bytes())
    }

    /// Adds facts; with the vault on, where that is allowed, also to what is noted of open days.
    pub fn add_and_note(&self, facts: &[Fact], notes_days: bool) -> Result<()> {
        let before = self.ledger_state();
        self.facts().add(facts)?;
        match notes_days && self.vault()? != Vault::Off {
            true => self.note_added(&before, facts),
            false => Ok(()),
        }
    }

    /// Notes facts that were added while nothing could be read. `before` is how the ledger stood then.
    pub fn note_added(&self, before: &LedgerState, facts: &[Fact]) -> Result<()> {
        let mut noted = self.noted_days().unwrap_or_default();
        let mut is_all = noted.state == *before;
        for fact in facts {
            is_all &= noted.days.add(fact);
            noted.facts_on.add(fact);
        }
        // What had come from elsewhere is not in it, nor what cannot be known without the rest.
        let state = match is_all {
            true => self.ledger_state(),
            false => noted.state,
        };
        let count = noted.facts + facts.len();
        self.note_days(&noted.days, &noted.facts_on, count, &state)
    }

    /// How many facts there are that were not looked at when these days were noted.
    pub fn unseen_facts(&self, noted: &NotedDays) -> usize {
        if noted.is_whole {
            return 0;
        }
        let there = self.facts().newest().flatten().count();
        there.saturating_sub(noted.facts)
    }

    /// Removes the days file, and what was noted of plans: with the vault on it is there only where that was allowed.
    pub fn forget_days(&self) -> Result<()> {
        for path in [self.days_file(), self.next_file()] {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::io(Operation::Remove, &path, error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn days_file(&self) -> PathBuf {
        self.state.join("days.toml")
    }
}

fn nanoseconds(at: SystemTime) -> Option<i64> {
    let since = at.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_nanos()).ok()
}

/// As long as this, a folder that is changed again may still have the same time.
const SETTLED: Duration = Duration::from_secs(2);

const FORMAT: i64 = 1;
const MONTHS: &str = "months";
const FACTS: &str = "facts";
const SAID: &str = "said";
const HEADER: &str = "# Open days of promises, without words. It’s made anew when it’s missing.";

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::os::unix::fs::PermissionsExt;

    use jiff::civil::{Date, date};

    use super::*;
    use crate::journal::facts::tests::{fact, made};
    use crate::journal::tests::store;
    use crate::ledger::promises;

    const TODAY: Date = date(2026, 11, 27);

    /// Reads all facts and notes what is open.
    fn note(store: &Store) {
        let state = store.ledger_state();
        let (facts, _) = store.facts().all();
        let (count, promises) = (facts.len(), promises(facts));
        let days = OpenDays::of(&promises, TODAY);
        let facts_on = DayFacts::default();
        store.note_days(&days, &facts_on, count, &state).unwrap();
    }

    /// Makes it seem as if the days had been noted long after the last fact.
    fn settle(home: &Path) {
        let later = SystemTime::now() + Duration::from_secs(60);
        let file = File::open(home.join("state/days.toml")).unwrap();
        file.set_modified(later).unwrap();
    }

    fn noted(store: &Store) -> NotedDays {
        store.noted_days().unwrap()
    }

    #[test]
    fn days_are_noted_for_the_owner_alone_and_hold_until_a_fact_comes() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        assert_eq!(store.noted_days(), None);
        store
            .facts()
            .add(&[made(1, "before six"), fact(2, "a note")])
            .unwrap();
        note(&store);
        let file = home.path().join("state/days.toml");
        let text = fs::read_to_string(&file).unwrap();
        assert!(
            !text.contains("before six") && !text.contains("a note"),
            "{text}"
        );
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        // A fact that came in the same moment would not be seen.
        assert!(!noted(&store).is_whole);
        settle(home.path());
        assert!(noted(&store).is_whole);
        let id = made(1, "").id;
        assert_eq!(noted(&store).days.until(TODAY), [(date(2026, 11, 24), &id)]);
        store.facts().add(&[fact(3, "")]).unwrap();
        assert!(!noted(&store).is_whole);
        assert_eq!(store.unseen_facts(&noted(&store)), 1);
        store.facts().delete(&fact(2, "").id).unwrap();
        assert!(!noted(&store).is_whole);
    }

    #[test]
    fn what_is_added_unread_is_noted_and_what_came_from_elsewhere_is_counted() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let add = |facts: &[Fact]| {
            let before = store.ledger_state();
            store.facts().add(facts).unwrap();
            store.note_added(&before, facts).unwrap();
            settle(home.path());
        };
        add(&[made(1, ""), made(2, "")]);
        assert!(noted(&store).is_whole);
        assert_eq!(noted(&store).days.until(TODAY).len(), 2);
        let mut answer = fact(3, "");
        answer.of = made(1, "").id;
        answer.statement = crate::ledger::Statement::LetGo { since: TODAY };
        add(std::slice::from_ref(&answer));
        assert!(noted(&store).is_whole);
        assert_eq!(noted(&store).days.until(TODAY).len(), 1);
        store.facts().add(&[made(4, ""), made(5, "")]).unwrap();
        add(&[made(6, "")]);
        assert!(!noted(&store).is_whole);
        assert_eq!(store.unseen_facts(&noted(&store)), 2);
        assert_eq!(noted(&store).days.until(TODAY).len(), 2);
    }

    #[test]
    fn what_cannot_be_understood_is_as_if_it_were_not_there() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        store.facts().add(&[made(1, "")]).unwrap();
        note(&store);
        let file = home.path().join("state/days.toml");
        let text = fs::read_to_string(&file).unwrap();
        for bad in [
            "",
            "x",
            &text.replace("format = 1", "format = 2"),
            &text[..text.len() - 9],
        ] {
            fs::write(&file, bad).unwrap();
            assert_eq!(store.noted_days(), None, "{bad}");
        }
        store.forget_days().unwrap();
        store.forget_days().unwrap();
        assert!(!file.exists());
    }
}
