//! The text of a fact's file: TOML. What is known is checked, and what is not known is kept.

mod plan;

use jiff::civil::Date;
use toml::{Table, Value};

use super::fact::{Fact, PromiseChange, PromiseTerms, SkipCause, Statement, TermsOrigin, Verdict};
use crate::dates::DayRule;
use crate::session::{Moment, Partner, Partners};
use crate::text::position::line_of;

/// The newest format of a fact that this program reads, and the one that it writes.
pub const FACT_FORMAT: i64 = 1;

/// A sort of thing whose facts are known here.
const PROMISE: &str = "promise";

/// The other one.
const PLAN: &str = "plan";

/// Whose a promise of two people is.
const BOTH: &str = "both";

/// Why a text is not a fact.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FactError {
    /// It is not TOML.
    #[error("line {line}: {message}")]
    Toml {
        /// The line, counted from 1.
        line: usize,
        /// What stands there, in the parser's words.
        message: String,
    },
    /// It was written by a newer program.
    #[error("it has format {found}, and this program reads up to format {FACT_FORMAT}")]
    Newer {
        /// Its format.
        found: i64,
    },
    /// It is TOML, and a key is missing or holds something else than it should.
    #[error("{0}")]
    Shape(String),
}

type Result<T> = std::result::Result<T, FactError>;

impl Fact {
    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// It is no TOML, it comes from a newer program, or a key is missing or wrong.
    pub fn from_text(text: &str) -> Result<Self> {
        let table = text.parse::<Table>().map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            FactError::Toml {
                line: line_of(text, start),
                message: error.message().to_string(),
            }
        })?;
        Self::from_table(table)
    }

    /// Reads the table that such a text holds.
    ///
    /// # Errors
    ///
    /// It comes from a newer program, or a key is missing or wrong.
    pub fn from_table(table: Table) -> Result<Self> {
        let mut keys = FactKeys(table);
        match keys.number("format")? {
            Some(FACT_FORMAT) => {}
            Some(found) if found > FACT_FORMAT => return Err(FactError::Newer { found }),
            _ => return Err(wrong("format", "a number from 1 up")),
        }
        let id = keys.needed("id")?;
        let about = keys.needed("about")?;
        let of = keys.needed("of")?;
        let fact = keys.needed("fact")?;
        let at = Moment(keys.needed("at")?);
        let instead_of = keys.texts("instead_of")?;
        let statement = match about.as_str() {
            PROMISE => keys.statement(fact)?,
            PLAN => keys.plan_statement(fact)?,
            _ => Statement::Newer(fact),
        };
        let by = match statement {
            Statement::Verdict { .. } => {
                keys.take("by", "a or b", |value| Partner::from_id(value.as_str()?))?
            }
            _ => None,
        };
        let note = match statement {
            Statement::Newer(_) => None,
            _ => keys.text("note")?,
        };
        Ok(Self {
            id,
            about,
            of,
            at,
            instead_of,
            statement,
            by,
            note,
            extra: keys.0,
        })
    }

    /// Returns the text of its file.
    pub fn to_text(&self) -> String {
        // Strings, numbers and lists of them are always TOML.
        let table = toml::to_string_pretty(&self.to_table()).unwrap_or_default();
        let header = match self.about.as_str() {
            PLAN => PLAN_HEADER,
            _ => HEADER,
        };
        format!("{header}\n{table}")
    }

    /// Returns the table that its file holds.
    pub fn to_table(&self) -> Table {
        let mut table = Table::new();
        table.insert("format".into(), FACT_FORMAT.into());
        let mut put = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                table.insert(key.into(), value.into());
            }
        };
        put("id", Some(self.id.clone()));
        put("about", Some(self.about.clone()));
        put("of", Some(self.of.clone()));
        put("fact", Some(self.statement.name().to_string()));
        put("at", Some(self.at.0.clone()));
        put_statement(&self.statement, &mut put);
        put("by", self.by.map(|by| by.id().to_string()));
        put("note", self.note.clone());
        if let Statement::Verdict {
            times: Some(times), ..
        } = self.statement
        {
            table.insert("times".into(), i64::from(times).into());
        }
        if let Statement::Plan { said, .. } = &self.statement {
            said.put_rest(&mut table);
        }
        if let Statement::Made(PromiseTerms {
            partners: Some(Partners { a, b }),
            ..
        }) = &self.statement
        {
            table.insert("who".into(), BOTH.into());
            table.insert("partners".into(), vec![a.clone(), b.clone()].into());
        }
        if !self.instead_of.is_empty() {
            table.insert("instead_of".into(), self.instead_of.clone().into());
        }
        for (key, value) in &self.extra {
            table.insert(key.clone(), value.clone());
        }
        table
    }
}

/// Hands on the keys of a statement that hold text.
fn put_statement(statement: &Statement, put: &mut impl FnMut(&str, Option<String>)) {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    match statement {
        Statement::Made(terms) => {
            put("what", Some(terms.what.clone()));
            put("to", terms.to.clone());
            put("if_then", terms.if_then.clone());
            put("rule", Some(terms.rule.to_string()));
            put("look", day(terms.look));
            if let Some(origin) = &terms.origin {
                put("session", Some(origin.session.clone()));
                put("step", Some(origin.answer.to_string()));
                put("exercise", origin.exercise.clone());
            }
            put("follows", terms.follows.clone());
        }
        Statement::Verdict { on, .. } => put("on", day(Some(*on))),
        Statement::Moved { on, to_day, told } => {
            put("on", day(Some(*on)));
            put("to_day", day(*to_day));
            put("told", told.as_ref().map(|told| told.0.clone()));
        }
        Statement::Changed { since, change } => {
            put("since", day(Some(*since)));
            put("what", change.what.clone());
            put("to", change.to.clone());
            put("if_then", change.if_then.clone());
            put("rule", change.rule.as_ref().map(DayRule::to_string));
        }
        Statement::Skipped { on, through, cause } => {
            put("on", day(Some(*on)));
            put("through", day(*through));
            put("cause", Some(cause.name().to_string()));
        }
        Statement::LetGo { since } => put("since", day(Some(*since))),
        Statement::TakenBack(id) => put("takes", Some(id.clone())),
        Statement::Plan { on, said } => {
            put("on", day(Some(*on)));
            said.put_texts(put);
        }
        Statement::Noted | Statement::Newer(_) => {}
    }
}

/// The keys that have not been read yet.
struct FactKeys(Table);

impl FactKeys {
    fn statement(&mut self, fact: String) -> Result<Statement> {
        if let Some(verdict) = Verdict::from_name(&fact) {
            return Ok(Statement::Verdict {
                verdict,
                on: self.needed_day("on")?,
                times: self.take("times", "a number from 0 to 255", |value| {
                    u8::try_from(value.as_integer()?).ok()
                })?,
            });
        }
        Ok(match fact.as_str() {
            "made" => Statement::Made(self.terms()?),
            "changed" if self.0.contains_key("on") => Statement::Moved {
                on: self.needed_day("on")?,
                to_day: self.day("to_day")?,
                told: self.text("told")?.map(Moment),
            },
            "changed" => Statement::Changed {
                since: self.needed_day("since")?,
                change: PromiseChange {
                    what: self.text("what")?,
                    to: self.text("to")?,
                    if_then: self.text("if_then")?,
                    rule: self.rule()?,
                },
            },
            "skipped" => Statement::Skipped {
                on: self.needed_day("on")?,
                through: self.day("through")?,
                cause: match self.text("cause")? {
                    None => SkipCause::default(),
                    // One that a newer program knows is still no occasion.
                    Some(name) => SkipCause::from_name(&name).unwrap_or(SkipCause::Other),
                },
            },
            "let-go" => Statement::LetGo {
                since: self.needed_day("since")?,
            },
            "noted" => Statement::Noted,
            "taken-back" => Statement::TakenBack(self.needed("takes")?),
            _ => Statement::Newer(fact),
        })
    }

    fn terms(&mut self) -> Result<PromiseTerms> {
        let origin = if self.0.contains_key("session") && self.0.contains_key("step") {
            Some(TermsOrigin {
                session: self.needed("session")?,
                answer: self.needed("step")?.parse().map_err(FactError::Shape)?,
                exercise: self.text("exercise")?,
            })
        } else {
            None
        };
        Ok(PromiseTerms {
            what: self.needed("what")?,
            to: self.text("to")?,
            if_then: self.text("if_then")?,
            rule: self.rule()?.ok_or_else(|| missing("rule"))?,
            look: self.day("look")?,
            origin,
            follows: self.text("follows")?,
            partners: self.partners()?,
        })
    }

    /// The two whose promise it is. What else a newer program says of whose it is stays as it is.
    fn partners(&mut self) -> Result<Option<Partners>> {
        if self.0.get("who").and_then(Value::as_str) != Some(BOTH) {
            return Ok(None);
        }
        self.0.remove("who");
        match <[String; 2]>::try_from(self.texts("partners")?) {
            Ok([a, b]) => Ok(Some(Partners {
                a: Partners::good(&a, Partner::A),
                b: Partners::good(&b, Partner::B),
            })),
            Err(_) => Err(wrong("partners", "a list of two names")),
        }
    }

    fn rule(&mut self) -> Result<Option<DayRule>> {
        let Some(line) = self.text("rule")? else {
            return Ok(None);
        };
        let rule = line.parse::<DayRule>();
        rule.map(Some)
            .map_err(|problem| FactError::Shape(format!("`rule`: {}", problem.says)))
    }

    fn take<T>(
        &mut self,
        key: &str,
        should: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<Option<T>> {
        match self.0.remove(key) {
            None => Ok(None),
            Some(value) => read(&value).map(Some).ok_or_else(|| wrong(key, should)),
        }
    }

    fn text(&mut self, key: &str) -> Result<Option<String>> {
        self.take(key, "text in quotes", |value| {
            value.as_str().map(str::to_string)
        })
    }

    fn needed(&mut self, key: &str) -> Result<String> {
        self.text(key)?.ok_or_else(|| missing(key))
    }

    fn texts(&mut self, key: &str) -> Result<Vec<String>> {
        let text = |value: &Value| value.as_str().map(str::to_string);
        let texts = self.take(key, "a list of texts", |value| {
            value.as_array()?.iter().map(text).collect()
        });
        texts.map(Option::unwrap_or_default)
    }

    fn number(&mut self, key: &str) -> Result<Option<i64>> {
        self.take(key, "a whole number", Value::as_integer)
    }

    /// A day may also stand without quotes, as somebody who knows TOML would write it.
    fn day(&mut self, key: &str) -> Result<Option<Date>> {
        self.take(key, "a day such as 2026-12-01", |value| match value {
            Value::Datetime(day) => day.to_string().parse().ok(),
            other => other.as_str()?.parse().ok(),
        })
    }

    fn needed_day(&mut self, key: &str) -> Result<Date> {
        self.day(key)?.ok_or_else(|| missing(key))
    }
}

fn missing(key: &str) -> FactError {
    FactError::Shape(format!("`{key}` is missing"))
}

fn wrong(key: &str, should: &str) -> FactError {
    FactError::Shape(format!("`{key}` should be {should}"))
}

/// What stands at the top of a file, for whoever opens it.
const PLAN_HEADER: &str =
    "# trust-coach fact. It is never rewritten; what is said later is another one.";
const HEADER: &str = "# trust-coach fact. It is never rewritten; \
    `trust-coach promise change` and `undo` add another one.";

#[cfg(test)]
mod tests;
