//! What is next in a plan, without words, of this machine alone: it saves reading every session, and
//! with the vault on it is all that can be known without the passphrase.

use std::path::PathBuf;

use toml::{Table, Value};

use super::days::LedgerState;
use crate::journal::contents::noted;
use crate::journal::error::StoreError;
use crate::journal::store::{Store, folder_of};

/// How the folders of facts and of sessions stood, at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanState {
    facts: LedgerState,
    sessions: LedgerState,
}

/// What was noted of what is next in a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotedStep {
    /// The day on which it was worked out, `2026-11-29`.
    pub day: String,
    /// The first day on which something is to be done; none where that is not known.
    pub from: Option<String>,
    /// The exercise, where it may be named.
    pub exercise: Option<String>,
}

impl Store {
    /// How the folders of facts and sessions stand. Ask before they are read, then note what came of it.
    pub fn plan_state(&self) -> PlanState {
        PlanState {
            facts: self.ledger_state(),
            sessions: LedgerState::of(&self.sessions().folder()),
        }
    }

    /// What was noted last, and whether nothing has come since.
    pub fn noted_step(&self) -> Option<(NotedStep, bool)> {
        let path = self.next_file();
        let mut table = noted(&path)?;
        if table.remove("format")?.as_integer() != Some(FORMAT) {
            return None;
        }
        let mut state = |key| LedgerState::from_value(table.remove(key)?);
        let state = PlanState {
            facts: state("facts")?,
            sessions: state("sessions")?,
        };
        let mut text = |key| Some(table.remove(key)?.as_str()?.to_string());
        let noted = NotedStep {
            day: text("day")?,
            from: text("from"),
            exercise: text("exercise"),
        };
        let is_settled = state.facts.is_settled(&path) && state.sessions.is_settled(&path);
        Some((noted, is_settled && self.plan_state() == state))
    }

    /// Notes what is next, as it was worked out when the folders stood like this.
    pub fn note_step(&self, step: &NotedStep, state: &PlanState) -> Result<(), StoreError> {
        let mut table = Table::from_iter([
            ("format".to_string(), FORMAT.into()),
            ("day".to_string(), Value::String(step.day.clone())),
        ]);
        let texts = [("from", &step.from), ("exercise", &step.exercise)];
        let texts = texts
            .into_iter()
            .filter_map(|(key, text)| Some((key, text.clone()?)));
        table.extend(texts.map(|(key, text)| (key.to_string(), Value::String(text))));
        table.insert("facts".to_string(), state.facts.to_value());
        table.insert("sessions".to_string(), state.sessions.to_value());
        let path = self.next_file();
        self.make_folders(&folder_of(&path))?;
        // Texts, numbers and tables of them are always TOML.
        let text = toml::to_string(&table).unwrap_or_default();
        self.replace(&path, format!("{HEADER}\n{text}").as_bytes())
    }

    pub(super) fn next_file(&self) -> PathBuf {
        self.state.join("next.toml")
    }
}

const FORMAT: i64 = 1;
const HEADER: &str = "# What is next in a plan, without words. It’s made anew when it’s missing.";

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::journal::facts::tests::fact;
    use crate::journal::tests::store;

    #[test]
    fn what_is_noted_holds_until_a_fact_or_a_session_comes() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        assert_eq!(store.noted_step(), None);
        store.facts().add(&[fact(1, "a note")]).unwrap();
        let noted = NotedStep {
            day: "2026-11-29".into(),
            from: Some("2026-11-29".into()),
            exercise: None,
        };
        let is_whole = || {
            let (there, is_whole) = store.noted_step().unwrap();
            assert_eq!(there, noted);
            is_whole
        };
        let note = || store.note_step(&noted, &store.plan_state()).unwrap();
        let settle = || {
            let later = SystemTime::now() + Duration::from_secs(60);
            let file = File::open(home.path().join("state/next.toml")).unwrap();
            file.set_modified(later).unwrap();
        };
        note();
        // What came in the same moment would not be seen.
        assert!(!is_whole());
        settle();
        assert!(is_whole());
        store.facts().add(&[fact(2, "")]).unwrap();
        assert!(!is_whole());
        note();
        settle();
        assert!(is_whole());
        fs::create_dir_all(home.path().join("sessions/2026/11")).unwrap();
        assert!(!is_whole());
        fs::write(home.path().join("state/next.toml"), "day = 3").unwrap();
        assert_eq!(store.noted_step(), None);
        store.forget_days().unwrap();
        assert!(!home.path().join("state/next.toml").exists());
    }
}
