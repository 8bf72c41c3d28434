//! What was said about promises, found by its words.

use serde_json::{Value as Json, json};

use crate::commands::agreed::told_in;
use crate::commands::scope::DatedFilter;
use crate::journal::{SearchQuery, Store, StoreError};
use crate::ledger::{Fact, own_texts, without_guests};
use crate::session::short_id;
use crate::text::marked::{MarkedPiece, lines};
use crate::text::{inert, wrap_indented};

/// A fact with the lines in which the words are.
pub(super) struct FoundFact {
    fact: Fact,
    /// What each line is of, and the line.
    lines: Vec<(&'static str, MarkedPiece)>,
}

/// Finds the facts in which a person wrote all of these words, newest first, and says which could not
/// be read.
pub(super) fn find(
    store: &Store,
    words: &SearchQuery,
    within: &DatedFilter<'_>,
) -> (Vec<FoundFact>, Vec<StoreError>) {
    let (facts, problems) = store.facts().all();
    let (facts, _) = without_guests(facts, words.household(), told_in(store));
    let found = facts.into_iter().filter_map(|fact| {
        let texts = own_texts(&fact);
        let is_meant = within.lets_fact_through(fact.at.day());
        if !is_meant || !words.are_among(texts.iter().map(|(_, text)| *text)) {
            return None;
        }
        let lines = texts.iter().flat_map(|(of, text)| {
            let lines = lines(text, &words.places(text)).into_iter();
            lines.map(move |line| (*of, line))
        });
        let lines = lines.collect();
        Some(FoundFact { fact, lines })
    });
    (found.collect(), problems)
}

impl FoundFact {
    /// Returns the lines for people: for a screen of this width, else for a pipe.
    pub(super) fn shown(&self, screen: Option<usize>, bold: bool) -> String {
        let (minute, short) = (
            inert(&self.fact.at.minute()).into_owned(),
            short_id(&self.fact.of),
        );
        let lines = self.lines.iter().flat_map(|(of, line)| match screen {
            None => vec![format!("{minute}  {short}  {of}: {}", line.shown(bold))],
            Some(width) => {
                let line = line.near_first(width * 2 - 24).shown(bold);
                let first = format!("{minute}  {short}  ");
                wrap_indented(&format!("{of}: {line}"), width, &first, "    ")
            }
        });
        lines.map(|line| format!("{}\n", line.trim_end())).collect()
    }

    /// Returns it for programs.
    pub(super) fn as_json(&self, with_text: bool) -> Json {
        let found = self.lines.iter().map(|(of, line)| {
            let mut shown = json!({ "in": of });
            if with_text {
                shown["line"] = line.text().into();
                shown["marked"] = line.marks().collect();
            }
            shown
        });
        json!({
            "id": self.fact.id,
            "promise": self.fact.of,
            "at": self.fact.at.0,
            "found": found.collect::<Vec<_>>(),
        })
    }
}
