//! The keys of paused sessions for two, each in a file with the session’s name.

use std::fs;
use std::path::PathBuf;

use super::closed::{closed_by, opened_answer};
use super::contents::{missing, whole_text};
use super::error::StoreError;
use super::names::{ID_LENGTH, is_id, list};
use super::store::Store;
use super::vault::seal::{Identity, SealError};
use crate::session::{Partner, Session, SessionState};

/// The folder of the keys, below the state folder.
const FOLDER: &str = "two";

type Result<T> = std::result::Result<T, StoreError>;

impl Store {
    /// Gives a session that had another name before the keys that open what is closed in it: they lie under
    /// that name, and go with it when the session that has it is finished.
    pub(super) fn adopt_partner_keys(&self, session: &Session) {
        for partner in Partner::PAIR {
            let path = self.partner_key_path(&session.id, partner);
            if closed_by(session, partner).next().is_none() || path.symlink_metadata().is_ok() {
                continue;
            }
            if let Some((before, words)) = self.key_before(session, partner) {
                // Where it can’t be kept, the session says that its key isn’t there.
                let is_kept = self.put_new(&path, words.as_bytes()).is_ok();
                let there = self.sessions().read_head(&before);
                if is_kept && matches!(there, Err(StoreError::Gone { .. })) {
                    let _ = fs::remove_file(self.partner_key_path(&before, partner));
                }
            }
        }
    }

    /// The key that opens what one of the two closed, and the name of a session under which it lies.
    fn key_before(&self, session: &Session, partner: Partner) -> Option<(String, String)> {
        let ending = key_ending(partner);
        let names = list(&self.two_folder()).unwrap_or_default().into_iter();
        let mut keys = names.filter_map(|(name, _)| {
            let words = whole_text(&self.two_folder().join(&name)).ok()?;
            Some((name.strip_suffix(&ending)?.to_string(), words))
        });
        keys.find(|(_, words)| opens(words, session, partner))
    }

    /// Where the keys of a paused session should be that neither lie there nor under another name, or open
    /// nothing of it.
    pub(super) fn missing_keys(&self, session: &Session) -> Vec<PathBuf> {
        let path = |partner| self.partner_key_path(&session.id, partner);
        let is_there = |partner: Partner| match whole_text(&path(partner)) {
            Ok(words) => opens(&words, session, partner),
            Err(error) => missing(&error) && self.key_before(session, partner).is_some(),
        };
        let mut needed = Partner::PAIR.to_vec();
        needed.retain(|it| closed_by(session, *it).next().is_some() && !is_there(*it));
        let own = Partner::PAIR
            .into_iter()
            .filter_map(|it| session.own_key(it));
        let lasting = own.filter_map(|own| self.lasting_key_file(&own));
        let gone = lasting.filter(|path| path.symlink_metadata().is_err());
        needed.into_iter().map(path).chain(gone).collect()
    }

    /// Forgets the keys of sessions that are finished, whatever ended before it could.
    pub(super) fn sweep_partner_keys(&self) {
        for (name, _) in list(&self.two_folder()).unwrap_or_default() {
            let id = name.get(..ID_LENGTH).filter(|id| is_id(id));
            let head = id.and_then(|id| self.sessions().read_head(id).ok());
            if let Some(head) = head.filter(|head: &Session| head.state == SessionState::Done) {
                self.forget_partner_keys(&head.id);
            }
        }
    }

    /// Where the keys lie.
    pub(super) fn two_folder(&self) -> PathBuf {
        self.state.join(FOLDER)
    }

    /// The paused sessions for two that can be read.
    pub(super) fn paused_for_two(&self) -> impl Iterator<Item = Session> {
        let heads = self.sessions().heads().flatten();
        let paused = heads.filter(|it| it.state == SessionState::Open && it.partners().is_some());
        paused.filter_map(|head| self.sessions().read(&head.id).ok())
    }

    /// Gives every paused session its keys, after some have got other names.
    pub fn adopt_all_partner_keys(&self) {
        if !list(&self.two_folder()).unwrap_or_default().is_empty() {
            let paused = self.paused_for_two();
            paused.for_each(|session| self.adopt_partner_keys(&session));
        }
    }

    /// Forgets the keys of a session: what is still closed then stays so.
    pub fn forget_partner_keys(&self, session: &str) {
        for partner in Partner::PAIR {
            let _ = fs::remove_file(self.partner_key_path(session, partner));
        }
    }

    /// The key for what one of the two closes. One that is there is never written over, whatever is in
    /// it, and none is made where something `is_closed` already: it may open that.
    pub(super) fn partner_key(
        &self,
        session: &str,
        partner: Partner,
        is_closed: bool,
    ) -> Result<Identity> {
        let path = self.partner_key_path(session, partner);
        match whole_text(&path) {
            Ok(words) => {
                if let Some(key) = Identity::read(words.trim()) {
                    return Ok(key);
                }
            }
            Err(error) if missing(&error) => {}
            // It may open what is closed already.
            Err(error) => return Err(error),
        }
        let key = crate::error::caught(Identity::generate);
        let source = SealError::NoChance;
        let key = key.ok_or_else(|| StoreError::CannotSeal {
            path: path.clone(),
            source,
        })?;
        if fs::symlink_metadata(&path).is_ok() {
            return Err(StoreError::NoKey { path });
        } else if is_closed {
            return Err(StoreError::ClosedKeyMissing { path });
        }
        self.make_folders(&self.two_folder())?;
        self.put_new(&path, key.secret().as_bytes())?;
        Ok(key)
    }

    pub(super) fn partner_key_path(&self, session: &str, partner: Partner) -> PathBuf {
        let name = format!("{session}{}", key_ending(partner));
        self.two_folder().join(name)
    }
}

/// Whether the words of a key’s file open something that one of the two closed in a session.
fn opens(words: &str, session: &Session, partner: Partner) -> bool {
    let key = Identity::read(words.trim());
    let mut closed = closed_by(session, partner);
    key.is_some_and(|key| closed.any(|answer| opened_answer(answer, &key).is_some()))
}

/// How the file of a key is called, behind the session’s name.
fn key_ending(partner: Partner) -> String {
    format!("-{}.key", partner.id())
}
