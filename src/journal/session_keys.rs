//! The keys of paused sessions for two, each in a file with the session’s name.

use std::fs;
use std::path::PathBuf;

use super::closed::{closed_by, opened_answer};
use super::contents::{missing, whole_text};
use super::error::StoreError;
use super::names::list;
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
        let names = list(&self.state.join(FOLDER)).unwrap_or_default();
        for partner in Partner::PAIR {
            let path = self.partner_key_path(&session.id, partner);
            let mut closed = closed_by(session, partner);
            if closed.next().is_none() || path.symlink_metadata().is_ok() {
                continue;
            }
            let ending = key_ending(partner);
            let keys = names.iter().filter_map(|(name, _)| {
                let words = whole_text(&path.with_file_name(name)).ok()?;
                Some((name.strip_suffix(&ending)?, words))
            });
            let opens = |words: &str| {
                let key = Identity::read(words.trim());
                let mut closed = closed_by(session, partner);
                key.is_some_and(|key| closed.any(|answer| opened_answer(answer, &key).is_some()))
            };
            let found = keys.filter(|(_, words)| opens(words)).take(1);
            for (before, words) in found {
                // Where it can’t be kept, the session says that its key isn’t there.
                let is_kept = self.put_new(&path, words.as_bytes()).is_ok();
                let there = self.sessions().read_head(before);
                if is_kept && matches!(there, Err(StoreError::Gone { .. })) {
                    let _ = fs::remove_file(self.partner_key_path(before, partner));
                }
            }
        }
    }

    /// Does so for every paused session, after some have got other names.
    pub fn adopt_all_partner_keys(&self) {
        if list(&self.state.join(FOLDER))
            .unwrap_or_default()
            .is_empty()
        {
            return;
        }
        let heads = self.sessions().heads().flatten();
        let paused = heads.filter(|it| it.state == SessionState::Open && it.partners().is_some());
        let whole = paused.filter_map(|head| self.sessions().read(&head.id).ok());
        whole.for_each(|session| self.adopt_partner_keys(&session));
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
        self.make_folders(&self.state.join(FOLDER))?;
        self.put_new(&path, key.secret().as_bytes())?;
        Ok(key)
    }

    pub(super) fn partner_key_path(&self, session: &str, partner: Partner) -> PathBuf {
        let name = format!("{session}{}", key_ending(partner));
        self.state.join(FOLDER).join(name)
    }
}

/// How the file of a key is called, behind the session’s name.
fn key_ending(partner: Partner) -> String {
    format!("-{}.key", partner.id())
}
