//! Finding words in what a person wrote: in answers, labels, text in progress, earlier wordings and
//! notes, and not in what they were asked.
//!
//! Most files are put aside by their bytes alone, without being understood. That is exact: a file is
//! put aside only where no reading of it could hold the words.

mod fold;
mod own;
mod raw;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use memchr::memmem::Finder;

use super::contents::{as_text, whole_bytes};
use super::encoding::Encoding;
use super::error::StoreError;
use super::format;
use super::read::record;
use super::records::{Records, is_name};
use super::vault::seal::is_sealed;
use crate::session::{Household, Partner, Partners, Session};
use fold::{fold, fold_with_places};

use own::own_words;
pub use own::{OwnText, TextPart};

/// What is looked for: words and phrases, all of which must be there.
#[derive(Debug)]
pub struct SearchQuery {
    terms: Vec<Term>,
    /// Whose words are looked through, of two people.
    household: Household,
    /// The names of those whose words were passed over.
    guests: Mutex<BTreeSet<String>>,
}

/// A word or a phrase.
#[derive(Debug)]
struct Term {
    /// As it is compared.
    folded: String,
    /// Finds the longest part of it that stands in a file as it is, whatever is around it; none
    /// where there is no such part.
    certain: Option<Finder<'static>>,
}

impl SearchQuery {
    /// Reads what was typed, an argument each. One with spaces is a phrase; one with double quotes
    /// in it holds phrases between them and words around them. None where nothing is left to look
    /// for.
    pub fn read<T: AsRef<str>>(typed: &[T]) -> Option<Self> {
        let pieces = typed.iter().map(AsRef::as_ref);
        Self::of(pieces.flat_map(|argument| {
            if argument.contains(QUOTES) {
                pieces_of(argument)
            } else {
                vec![argument]
            }
        }))
    }

    /// Reads what was typed in one line: words, and phrases between double quotes.
    pub fn read_line(typed: &str) -> Option<Self> {
        Self::of(pieces_of(typed).into_iter())
    }

    fn of<'p>(pieces: impl Iterator<Item = &'p str>) -> Option<Self> {
        let mut terms: Vec<Term> = Vec::new();
        for piece in pieces {
            let folded = fold(piece).trim().to_string();
            if !folded.is_empty() && terms.iter().all(|term| term.folded != folded) {
                terms.push(Term::new(folded));
            }
        }
        (!terms.is_empty()).then(|| Self {
            terms,
            household: Household::default(),
            guests: Mutex::default(),
        })
    }

    /// The same, with the words of those who agree as well as of whoever is at home.
    #[must_use]
    pub fn of_household(self, household: Household) -> Self {
        Self { household, ..self }
    }

    /// Whose words are looked through, of two people.
    pub fn household(&self) -> &Household {
        &self.household
    }

    /// The names of those whose words were passed over, since they're guests who haven't agreed.
    pub fn guests(&self) -> BTreeSet<String> {
        self.met_guests().clone()
    }

    fn met_guests(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes whose words are passed over in a session's text, whether what is looked for is in them or
    /// not.
    fn note_guest(&self, bytes: &[u8]) {
        if memchr::memmem::find(bytes, TWO).is_none() {
            return;
        }
        let text = std::str::from_utf8(bytes).ok();
        let head = text.and_then(|text| format::head_from_text(text).ok());
        let two = head.and_then(|head| head.partners());
        self.guests_among(two.as_ref());
    }

    /// Those of two people whose words are passed over, whose names are noted.
    fn guests_among(&self, two: Option<&Partners>) -> Vec<Partner> {
        let Some(two) = two else {
            return Vec::new();
        };
        let guests = self.household.guests(two);
        let names = guests.iter().map(|guest| two.name(*guest).to_string());
        self.met_guests().extend(names);
        guests
    }

    /// What is looked through in a session.
    pub fn own_words<'s>(
        &self,
        session: &'s Session,
    ) -> impl Iterator<Item = OwnText<'s>> + use<'s> {
        own_words(session, self.guests_among(session.partners().as_ref()))
    }

    /// Whether there is a phrase in it: words that are found only as they stand.
    pub fn has_phrase(&self) -> bool {
        let mut terms = self.terms.iter();
        terms.any(|term| term.folded.contains(char::is_whitespace))
    }

    /// Whether every word is somewhere in what the person wrote in this session.
    pub fn are_in(&self, session: &Session) -> bool {
        self.are_among(self.own_words(session).map(|own| own.text))
    }

    /// Whether every word is in one of these texts.
    pub fn are_among<'t>(&self, texts: impl Iterator<Item = &'t str>) -> bool {
        let texts: Vec<String> = texts.map(fold).collect();
        self.terms
            .iter()
            .all(|term| texts.iter().any(|text| text.contains(&term.folded)))
    }

    /// Where in a text the words are: in order, without overlaps.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let (folded, places) = fold_with_places(text);
        let place = |at: usize| places[at] as usize;
        let mut found: Vec<Range<usize>> = Vec::new();
        for term in &self.terms {
            found.extend(folded.match_indices(&term.folded).map(|(at, met)| {
                // A character may be compared as two, of which one is enough.
                let last = place(at + met.len() - 1);
                let end = text[last..]
                    .chars()
                    .next()
                    .map_or(last, |c| last + c.len_utf8());
                place(at)..end
            }));
        }
        found.sort_by_key(|range| (range.start, range.end));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for range in found {
            match apart.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => apart.push(range),
            }
        }
        apart
    }
}

impl Term {
    fn new(folded: String) -> Self {
        let parts = folded.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric());
        let longest = parts.max_by_key(|part| part.len()).unwrap_or_default();
        let certain = (!longest.is_empty()).then(|| Finder::new(longest).into_owned());
        Self { folded, certain }
    }
}

/// What the names of two people stand below.
const TWO: &[u8] = b"\n[partners]\n";

/// What a phrase stands between.
const QUOTES: [char; 3] = ['"', '“', '”'];

/// The words and phrases in a line.
fn pieces_of(line: &str) -> Vec<&str> {
    let parts = line.split(QUOTES).enumerate();
    parts
        .flat_map(|(nth, part)| {
            if nth % 2 == 1 {
                vec![part]
            } else {
                part.split_whitespace().collect()
            }
        })
        .collect()
}

impl Records<'_, Session> {
    /// The session, where the person wrote all of these words in it. `buffer` is for its bytes, to
    /// be used again for the next.
    pub fn read_with(
        &self,
        id: &str,
        words: &SearchQuery,
        buffer: &mut Vec<u8>,
    ) -> Result<Option<Session>, StoreError> {
        self.store.check()?;
        is_name(id)?;
        self.in_its_form(id, |path, form| {
            let opened;
            let bytes: &[u8] = match form {
                Encoding::Plain => {
                    whole_bytes(path, buffer)?;
                    match is_sealed(buffer) {
                        true => {
                            opened = self.store.content(path, form)?;
                            &opened
                        }
                        false => buffer,
                    }
                }
                Encoding::Sealed => {
                    opened = self.store.content(path, form)?;
                    &opened
                }
            };
            words.note_guest(bytes);
            if !words.may_be_in(bytes) {
                return Ok(None);
            }
            let session = record(id, path, as_text(path, bytes)?, format::from_text)?;
            Ok(words.are_in(&session).then_some(session))
        })
    }
}

#[cfg(test)]
mod tests;
