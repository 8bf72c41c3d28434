//! The keys of what is said about a plan.

use toml::Table;

use super::{FactKeys, Result};
use crate::dates::weekday_of;
use crate::ledger::fact::Statement;
use crate::ledger::plan_fact::{PlanStart, PlanStatement};

impl FactKeys {
    pub(super) fn plan_statement(&mut self, fact: String) -> Result<Statement> {
        let said = match fact.as_str() {
            "started" => PlanStatement::Started(PlanStart {
                plan: self.needed("plan")?,
                version: self.number("version")?.unwrap_or(1),
                counted_since: self.day("counted_since")?,
                weekday: self.take("weekday", "a day of the week", |value| {
                    weekday_of(value.as_str()?)
                })?,
            }),
            "paused" => PlanStatement::Paused {
                until: self.day("until")?,
            },
            "resumed" => PlanStatement::Resumed,
            "postponed" => PlanStatement::Postponed {
                stage: self.needed("stage")?,
                until: self.needed_day("until")?,
            },
            "skipped" => PlanStatement::Skipped {
                stage: self.needed("stage")?,
            },
            "stopped" => PlanStatement::Stopped {
                ending: self.text("ending")?,
            },
            _ => return Ok(Statement::Newer(fact)),
        };
        let on = self.needed_day("on")?;
        Ok(Statement::Plan { on, said })
    }
}

impl PlanStatement {
    /// Hands on the keys that hold text.
    pub(super) fn put_texts(&self, put: &mut impl FnMut(&str, Option<String>)) {
        match self {
            Self::Started(start) => {
                put("plan", Some(start.plan.clone()));
                put(
                    "counted_since",
                    start.counted_since.map(|day| day.to_string()),
                );
                let weekday = start.weekday.map(|day| format!("{day:?}"));
                put("weekday", weekday.map(|day| day.to_lowercase()));
            }
            Self::Paused { until } => put("until", until.map(|day| day.to_string())),
            Self::Postponed { stage, until } => {
                put("stage", Some(stage.clone()));
                put("until", Some(until.to_string()));
            }
            Self::Skipped { stage } => put("stage", Some(stage.clone())),
            Self::Stopped { ending } => put("ending", ending.clone()),
            Self::Resumed => {}
        }
    }

    /// Puts what is no text into the table of a fact.
    pub(super) fn put_rest(&self, table: &mut Table) {
        if let Self::Started(start) = self {
            table.insert("version".into(), start.version.into());
        }
    }
}
