//! Which sessions leave, and what of each.

use std::collections::BTreeMap;

use jiff::Zoned;

use crate::commands::agreed::told_in;
use crate::commands::history::left_out;
use crate::commands::scope::DatedFilter;
use crate::error::{Exit, Result};
use crate::exercise::Exercise;
use crate::exercise::library::Library;
use crate::export::{AnswerName, Depth, ExportSelection, HAND_OVER, Leaving, Summary, leaving};
use crate::home::world::World;
use crate::journal::{Store, StoreError};
use crate::ledger::{Fact, without_guests};
use crate::session::{Answer, Session, SessionId, SessionState, short_id};

/// What is done with each session that leaves.
pub(super) type Each<'a> = dyn FnMut(&Leaving, Option<&Exercise>) -> Result<()> + 'a;

/// An answer as a person chooses it.
pub(super) struct NamedAnswer {
    pub(super) name: AnswerName,
    pub(super) label: String,
    pub(super) sensitive: bool,
}

/// The sessions, the exercises they are of, and the person's wish.
pub(super) struct ExportSource {
    store: Store,
    library: Library,
    /// Each exercise once it was needed; none where it is not there any more.
    exercises: BTreeMap<String, Option<Exercise>>,
    wish: ExportSelection,
    /// For a page to give away: the session it begins with.
    page: Option<Option<SessionId>>,
    missing: Option<String>,
    paused: Option<SessionId>,
    unreadable: BTreeMap<SessionId, StoreError>,
    out_of_place: Vec<StoreError>,
    /// What was said about promises, once it was needed.
    facts: Option<Vec<Fact>>,
}

impl ExportSource {
    pub(super) fn new(store: Store, library: Library, wish: ExportSelection) -> Self {
        Self {
            store,
            library,
            exercises: BTreeMap::new(),
            wish,
            page: None,
            missing: None,
            paused: None,
            unreadable: BTreeMap::new(),
            out_of_place: Vec::new(),
            facts: None,
        }
    }

    /// The sessions of these names, else all that the flags let through; oldest first.
    pub(super) fn ids(
        &mut self,
        names: &[String],
        within: &DatedFilter<'_>,
        now: &Zoned,
    ) -> Result<Vec<SessionId>> {
        let mut ids = Vec::new();
        if !names.is_empty() {
            for name in names {
                let id = self.store.sessions().find(name, now)?;
                // What was asked for by name is not silently left out.
                self.store.sessions().read_head(&id)?;
                ids.push(id);
            }
            ids.sort_unstable();
            ids.dedup();
            return Ok(ids);
        }
        let heads = self.library.heads();
        let strategy = |id: &str| {
            let entry = heads.iter().find(|entry| entry.id == id)?;
            entry.head.as_ref().ok().map(|head| head.strategy)
        };
        for id in within.names(&self.store) {
            let id = match id {
                Ok(id) => id,
                Err(error) => {
                    self.out_of_place.push(error);
                    continue;
                }
            };
            match self.store.sessions().read_head(&id) {
                Ok(head) if within.lets_through(&head, &strategy) => ids.push(id),
                Ok(_) | Err(StoreError::Unsaved { .. }) => {}
                Err(error) => {
                    self.unreadable.insert(id, error);
                }
            }
        }
        if ids.is_empty() {
            let unread = self.store.sessions().misnamed("", true).into_iter();
            let unread = unread.map(|path| StoreError::Misnamed { path });
            self.out_of_place.extend(unread);
        }
        ids.reverse();
        Ok(ids)
    }

    /// Keeps those that belong on a page to give away: what is done. Tells which of them the page
    /// begins with, the last of an exercise that says that it is for that.
    pub(super) fn for_a_page(&mut self, ids: &mut Vec<SessionId>) -> Result<Option<SessionId>> {
        let heads = self.library.heads();
        let is_brought = |id: &str| {
            let entry = heads.iter().find(|entry| entry.id == id);
            let head = entry.and_then(|entry| entry.head.as_ref().ok());
            head.is_some_and(|head| head.tags.iter().any(|tag| tag == HAND_OVER))
        };
        let (mut done, mut brought) = (Vec::new(), None);
        for id in std::mem::take(ids) {
            let head = self.store.sessions().read_head(&id)?;
            if head.state == SessionState::Done {
                if is_brought(&head.exercise) {
                    brought = Some(id.clone());
                }
                done.push(id);
            } else if head.state == SessionState::Open {
                self.paused = Some(id);
            }
        }
        *ids = done;
        self.page = Some(brought.clone());
        if brought.is_none() {
            let entry = heads.iter().find(|entry| is_brought(&entry.id));
            self.missing = entry.map(|entry| entry.id.clone());
        }
        Ok(brought)
    }

    /// The exercise whose answers a page could begin with, where it was not done.
    pub(super) fn missing(&self) -> Option<&str> {
        self.missing.as_deref()
    }

    /// The newest session that is no part of a page because it is paused.
    pub(super) fn paused(&self) -> Option<&str> {
        self.paused.as_deref().map(short_id)
    }

    /// What leaves of one session.
    fn wish(&self, session: &Session) -> ExportSelection {
        let depth = match &self.page {
            None => self.wish.depth,
            Some(Some(brought)) if *brought == session.id => Depth::Page,
            Some(_) => Depth::Ratings,
        };
        ExportSelection {
            depth,
            ..self.wish.clone()
        }
    }

    /// Each answer of these sessions that can leave, once.
    pub(super) fn answers(&self, ids: &[SessionId]) -> Vec<NamedAnswer> {
        let sessions = ids
            .iter()
            .filter_map(|id| self.store.sessions().read(id).ok());
        let mut all: Vec<NamedAnswer> = Vec::new();
        for session in sessions {
            let two = session.partners();
            let guests = two.map_or(Vec::new(), |two| self.wish.household.guests(&two));
            let is_theirs = |it: &Answer| it.by.is_some_and(|by| guests.contains(&by));
            let answers = session.answers.iter().filter(|it| !is_theirs(it));
            for answer in answers.filter(|it| it.value().is_some() && !it.unreached) {
                let typed = format!("{}/{}", session.exercise, answer.step);
                let Ok(name) = typed.parse::<AnswerName>() else {
                    continue;
                };
                if let Some(known) = all.iter_mut().find(|known| known.name == name) {
                    known.sensitive |= answer.sensitive;
                    continue;
                }
                let called = answer.name.as_deref().unwrap_or(&answer.step);
                all.push(NamedAnswer {
                    name,
                    label: format!("{called} · {}", session.title),
                    sensitive: answer.sensitive,
                });
            }
        }
        all
    }

    /// From now on only these answers leave.
    pub(super) fn only(&mut self, answers: Vec<AnswerName>) {
        self.wish.answers = answers;
    }

    /// Reads them one after the other. One that cannot be read hides no other.
    pub(super) fn each(&mut self, ids: &[SessionId], each: &mut Each<'_>) -> Result<()> {
        for id in ids {
            match self.store.sessions().read(id) {
                Ok(session) => {
                    let wish = self.wish(&session);
                    let library = &self.library;
                    let exercise = self
                        .exercises
                        .entry(session.exercise.clone())
                        .or_insert_with(|| library.load(&session.exercise).ok())
                        .as_ref();
                    let leaving = leaving(session, exercise, &wish);
                    each(&leaving, exercise)?;
                }
                Err(error) => {
                    self.unreadable.insert(id.clone(), error);
                }
            }
        }
        Ok(())
    }

    /// What was said about promises, oldest first, and the name of whoever hasn't agreed, for each
    /// that stays. What cannot be read hides nothing else.
    pub(super) fn facts(&mut self) -> (Vec<Fact>, Vec<String>) {
        let (store, problems) = (&self.store, &mut self.out_of_place);
        let facts = self.facts.get_or_insert_with(|| {
            let (mut facts, unread) = store.facts().all();
            problems.extend(unread);
            facts.reverse();
            facts
        });
        without_guests(facts.clone(), &self.wish.household, told_in(store))
    }

    /// Who hasn't agreed that theirs leaves, with how many answers that is.
    pub(super) fn guests(
        &mut self,
        ids: &[SessionId],
        has_ledger: bool,
    ) -> Result<BTreeMap<String, usize>> {
        let mut summary = Summary::default();
        self.each(ids, &mut |leaving, _| {
            summary.add(leaving);
            Ok(())
        })?;
        if has_ledger {
            let (_, names) = self.facts();
            names.iter().for_each(|name| summary.keep_back(name, 1));
        }
        Ok(summary.kept_back().clone())
    }

    /// Lets go out what these people gave too.
    pub(super) fn agree(&mut self, names: Vec<String>) {
        self.wish.household.agreed.extend(names);
    }

    /// Tells which sessions and facts are not there, and why.
    pub(super) fn tell(&self, world: &mut World<'_>) {
        for error in self.out_of_place.iter().chain(self.unreadable.values()) {
            world.tell(&left_out(error.clone()));
        }
    }

    /// An export with holes is not done.
    pub(super) fn exit(&self) -> Exit {
        match self.unreadable.is_empty() && self.out_of_place.is_empty() {
            true => Exit::Done,
            false => Exit::Failed,
        }
    }
}
