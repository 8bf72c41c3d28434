//! `progress --word`: in how many sessions of each month words are.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use jiff::civil::Date;
use serde_json::{Value as Json, json};

use crate::commands::agreed::{household, tell_unsearched};
use crate::commands::history::{left_out, misnamed};
use crate::commands::scope::SessionFilter;
use crate::error::{Error, Result};
use crate::home::world::World;
use crate::journal::{self, SearchQuery, Store, StoreError};
use crate::session::{Session, SessionState};
use crate::text::{counted, inert};

/// In how many finished sessions of each month something stands that was typed.
pub(super) struct WordCounts {
    words: Vec<String>,
    /// Of each month, by its first day: how many sessions, and in how many each word stands.
    months: BTreeMap<Date, (usize, Vec<usize>)>,
}

impl WordCounts {
    /// Reads every finished session that is meant. Words are found as the search finds them.
    pub(super) fn read(
        world: &mut World<'_>,
        store: &Store,
        scope: &SessionFilter,
        words: &[String],
    ) -> Result<Self> {
        store.check()?;
        let query = |word: &String| {
            let nothing = || Error::usage(format!("there’s no word in `{word}`"));
            let query = SearchQuery::read(&[word]).ok_or_else(nothing)?;
            Ok(query.of_household(household(world, &[])))
        };
        let queries = words.iter().map(query).collect::<Result<Vec<_>>>()?;
        let heads = crate::home::library(world).heads();
        let strategy = |id: &str| {
            let entry = heads.iter().find(|entry| entry.id == id)?;
            entry.head.as_ref().ok().map(|head| head.strategy)
        };
        let within = scope.at(world, store)?;
        let read = |name: Result<String, StoreError>, _: &mut Vec<u8>| {
            let session = name.and_then(|id| store.sessions().read(&id))?;
            let is_meant =
                session.state == SessionState::Done && within.lets_through(&session, &strategy);
            Ok(month(&session).filter(|_| is_meant).map(|month| {
                let found = queries.iter().map(|query| query.are_in(&session));
                (month, found.collect::<Vec<_>>())
            }))
        };
        let (mut months, mut bad) = (BTreeMap::new(), Vec::new());
        journal::each(within.names(store), false, read, |read| {
            match read {
                Ok(Some((month, found))) => {
                    let (sessions, counts) = months
                        .entry(month)
                        .or_insert_with(|| (0, vec![0; words.len()]));
                    *sessions += 1;
                    let counts: std::slice::IterMut<'_, usize> = counts.iter_mut();
                    counts
                        .zip(found)
                        .for_each(|(count, found)| *count += usize::from(found));
                }
                Ok(None) | Err(StoreError::Unsaved { .. }) => {}
                Err(error) => bad.push(error),
            }
            ControlFlow::Continue(())
        });
        for error in bad.into_iter().chain(misnamed(store)) {
            world.tell(&left_out(error));
        }
        let guests = queries.iter().flat_map(SearchQuery::guests).collect();
        tell_unsearched(world, guests, "`trust-coach history search` takes");
        let words = words.to_vec();
        Ok(Self { words, months })
    }

    /// Returns a paragraph for each word, with a line a month.
    pub(super) fn page(&self) -> String {
        let all: usize = self.months.values().map(|(sessions, _)| sessions).sum();
        let paragraph = |(at, word): (usize, &String)| {
            let found: usize = self.months.values().map(|(_, counts)| counts[at]).sum();
            let lines = self.months.iter().map(|(month, (sessions, counts))| {
                let (month, count) = (month.strftime("%b %Y"), counts[at]);
                format!("  {month}  {count} of {sessions}\n")
            });
            let head = format!("“{}”: in {found} of {}\n", word, counted(all, "session"));
            head + &lines.collect::<String>()
        };
        let paragraphs = self.words.iter().enumerate().map(paragraph);
        inert(&paragraphs.collect::<Vec<_>>().join("\n")).into_owned()
    }

    /// Returns them for programs.
    pub(super) fn as_json(&self) -> Json {
        let months = self.months.iter().map(|(month, (sessions, counts))| {
            let words = self.words.iter().zip(counts);
            let words = words.map(|(word, count)| (word.clone(), json!(count)));
            let words: serde_json::Map<String, Json> = words.collect();
            let month = month.strftime("%Y-%m").to_string();
            json!({ "month": month, "sessions": sessions, "words": words })
        });
        json!({ "format": "1.0", "months": months.collect::<Vec<_>>() })
    }
}

fn month(session: &Session) -> Option<Date> {
    let day = session.started.day().parse::<Date>().ok()?;
    Some(day.first_of_month())
}
