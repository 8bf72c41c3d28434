//! Turning what is there from one form into the other, one session at a time. At any moment each
//! session is whole in at least one form, so that a run that is cut off loses nothing and the next
//! one goes on.

use std::fs;
use std::io;
use std::iter;
use std::path::{Path, PathBuf};

use super::forms::has_words;
use super::seal::{OpenError, Recipient};
use super::signs::{SEALED, begins_sealed};
use super::{OpenVault, RESEALING, TURNING_OFF, Vault, sealed_for};
use crate::journal::contents::missing;
use crate::journal::encoding::Encoding;
use crate::journal::error::{Operation, StoreError};
use crate::journal::lock::{Lock, StoreLock};
use crate::journal::names::{is_nearly_session, list};
use crate::journal::record::{Record, RecordCounts, RecordKind};
use crate::journal::records::Records;
use crate::journal::store::{Store, WorkListener, folder_of};
use crate::journal::temp::{is_temp, unfinished};
use crate::session::{Session, SessionId, short_id};

type Result<T> = std::result::Result<T, StoreError>;

/// After so many sessions it is written down how far it is.
const NOTED: usize = 50;

/// What came of turning many sessions.
#[derive(Debug, Default)]
pub struct ResealTally {
    /// How many were turned, and are on the disk.
    pub turned: RecordCounts,
    /// Those that another program has open, left as they were.
    pub open: Vec<SessionId>,
    /// Why others were left as they were.
    pub failed: Vec<StoreError>,
    /// Whether it was stopped before all were looked at.
    pub stopped: bool,
}

impl ResealTally {
    /// Whether nothing is left that could be turned: what cannot be opened never can, but by another key
    /// where `others` lie here.
    fn is_whole(&self, others: bool) -> bool {
        let hopeless = |error: &StoreError| match error {
            StoreError::NotOpened { source, .. } => !others || *source != OpenError::NotForUs,
            _ => false,
        };
        !self.stopped && self.open.is_empty() && self.failed.iter().all(hopeless)
    }

    fn count(&mut self, kind: &RecordKind, result: Result<bool>) {
        match result {
            Ok(true) => self.turned.add(kind),
            Ok(false) => {}
            Err(StoreError::Held { id, .. }) => self.open.push(id),
            Err(error) => self.failed.push(error),
        }
    }
}

/// One who turns sessions: with the key, for some readers.
struct Resealer<'v> {
    store: Store,
    opened: &'v OpenVault,
    readers: Vec<Recipient>,
}

impl Store {
    /// Seals every session that is plain, and what lies in the quarantine. The vault is on. `tell`
    /// hears how many are done. The lock says that nobody else does such a thing.
    pub fn seal_all(
        &self,
        _all: &StoreLock,
        opened: &OpenVault,
        tell: &mut WorkListener<'_>,
    ) -> Result<ResealTally> {
        if self.vault()? == Vault::TurningOff {
            self.note(None)?;
        }
        let tally = Resealer::new(self, opened).all(Encoding::Sealed, tell);
        self.sweep_leftovers();
        Ok(tally)
    }

    /// Opens every session that is sealed, and turns the vault off when all are open. The key is
    /// kept, under a name with `time` in it: it opens older copies that lie elsewhere. Tells
    /// whether the vault is off.
    pub fn open_all(
        &self,
        _all: &StoreLock,
        opened: &OpenVault,
        time: &str,
        tell: &mut WorkListener<'_>,
    ) -> Result<(ResealTally, bool)> {
        self.note(Some(TURNING_OFF))?;
        let mut tally = Resealer::new(self, opened).all(Encoding::Plain, tell);
        if !tally.is_whole(!self.key_copies().is_empty()) {
            return Ok((tally, false));
        }
        // What no key of ours opens must not say for ever that there is a vault.
        for error in &tally.failed {
            if let StoreError::NotOpened { path, .. } = error
                && !path.starts_with(self.quarantine())
            {
                self.move_aside(path)?;
            }
        }
        if self.any_sealed() {
            // Saved by somebody else meanwhile.
            return Ok((tally, false));
        }
        if let Some(path) = self.sealed_file() {
            // In a place where sessions aren't looked for: the key is still needed.
            tally.failed.push(StoreError::Sealed { path });
            return Ok((tally, false));
        }
        // The key goes last: as long as it is there, what is saved is sealed.
        self.remove(&self.list_file())?;
        self.forget()?;
        let old = self.old_identity_file(time);
        let renamed = self.files.rename(&self.identity_file(), &old);
        renamed.map_err(|error| StoreError::io(Operation::Rename, &old, error))?;
        // It is off now. What is noted says nothing without the key, and a power cut that brings the
        // key back finds it turning off.
        let _ = self.note(None);
        Ok((tally, true))
    }

    /// Seals every sealed session anew for who may read now. One that was cut off goes on where it
    /// was.
    pub fn reseal_all(
        &self,
        _all: &StoreLock,
        opened: &OpenVault,
        tell: &mut WorkListener<'_>,
    ) -> Result<ResealTally> {
        Resealer::new(self, opened).all_anew(tell)
    }

    /// Writes down that sessions are to be sealed anew, from the newest.
    pub fn begin_resealing(&self) -> Result<()> {
        self.note(Some(RESEALING))
    }

    /// Writes down what was begun with many sessions, or that it is done.
    pub(super) fn note(&self, what: Option<&str>) -> Result<()> {
        let path = self.unfinished_file();
        match what {
            Some(what) => self.replace(&path, format!("{what}\n").as_bytes()),
            None => {
                self.remove(&path)?;
                self.sync_folder(&folder_of(&path))
            }
        }
    }
}

impl<'v> Resealer<'v> {
    fn new(store: &Store, opened: &'v OpenVault) -> Self {
        let readers = opened.readers.iter().map(|reader| reader.recipient.clone());
        Self {
            store: store.with_key(opened.identity.clone()),
            opened,
            readers: readers.collect(),
        }
    }

    /// Turns every session, then what lies in the quarantine.
    fn all(&self, to: Encoding, tell: &mut WorkListener<'_>) -> ResealTally {
        let mut tally = ResealTally::default();
        for records in self.store.every_kind() {
            for id in records.newest() {
                let turned = id.and_then(|id| self.reseal(records, &id, to));
                tally.count(records.kind, turned);
                if tell(tally.turned.all()).is_break() {
                    tally.stopped = true;
                    return tally;
                }
            }
        }
        for path in self.store.beside() {
            let is_ours = self.store.is_among_records(&path);
            match self.turn_beside(path, to) {
                // Elsewhere it may be anybody's, and says nothing of a vault.
                Err(StoreError::NotOpened { .. }) if !is_ours => {}
                turned => tally.count(Session::KIND, turned),
            }
        }
        tally
    }

    /// Turns what is no record by its name or its place, where it is. Tells whether it did.
    fn turn_beside(&self, mut path: PathBuf, to: Encoding) -> Result<bool> {
        if !is_called_sealed(&path) && begins_sealed(&path) {
            let sealed = free_name(&path, SEALED);
            self.put_ending_back(&path, &sealed)?;
            path = sealed;
            if to == Encoding::Sealed {
                return Ok(true);
            }
        }
        let new = match (to, is_called_sealed(&path)) {
            (Encoding::Sealed, false) if has_words(&path) => free_name(&path, ending(&path)),
            (Encoding::Plain, true) if begins_sealed(&path) => {
                free_name(&path.with_extension(""), "")
            }
            _ => return Ok(false),
        };
        self.convert(&path, &new, to)
    }

    /// Turns one session, where it is in the other form. Tells whether it was.
    fn reseal(&self, records: Records<'_>, id: &str, to: Encoding) -> Result<bool> {
        let old = records.path_in(id, to.other());
        let plain = records.path_in(id, Encoding::Plain);
        let lost_ending = begins_sealed(&plain);
        // One that is claimed belongs to a run that is about to begin, or is swept.
        if !has_words(&old) && !lost_ending {
            return Ok(false);
        }
        let _lock = Lock::take(&self.store, id)?;
        if lost_ending {
            // Sealed twice, nobody could read it.
            let mut sealed = records.path_in(id, Encoding::Sealed);
            if fs::symlink_metadata(&sealed).is_ok() {
                sealed = records.path_in(&spare_name(records, id), Encoding::Sealed);
            }
            self.put_ending_back(&plain, &sealed)?;
            if to == Encoding::Sealed || !has_words(&old) {
                return Ok(true);
            }
        }
        let mut new = records.path_in(id, to);
        if has_words(&new) {
            let content = self.store.content(&old, to.other())?;
            if *self.store.content(&new, to)? != *content {
                // Somebody else has written one of them. Both are kept.
                new = records.path_in(&spare_name(records, id), to);
            }
        }
        self.convert(&old, &new, to)?;
        self.remove_unfinished(&old, id)?;
        Ok(true)
    }

    /// Gives what is sealed the name that says so.
    fn put_ending_back(&self, path: &Path, sealed: &Path) -> Result<()> {
        let renamed = self.store.files.rename_new(path, sealed);
        renamed.map_err(|error| StoreError::io(Operation::Rename, path, error))?;
        self.store.sync_folder(&folder_of(path))
    }

    /// Puts what is in `old` into `new`, reads it back, and only then removes `old`.
    fn convert(&self, old: &Path, new: &Path, to: Encoding) -> Result<bool> {
        let content = self.store.content(old, to.other())?;
        self.write(new, &content, to)?;
        self.store.remove(old)?;
        self.store.sync_folder(&folder_of(old))?;
        Ok(true)
    }

    fn write(&self, path: &Path, content: &[u8], form: Encoding) -> Result<()> {
        match form {
            Encoding::Plain => self.store.replace(path, content)?,
            Encoding::Sealed => {
                let sealed = sealed_for(path, content, &self.readers)?;
                self.store.replace(path, &sealed)?;
            }
        }
        if !self.is_reader() && form == Encoding::Sealed {
            return Ok(());
        }
        if *self.store.content(path, form)? == content {
            return Ok(());
        }
        let path = path.to_path_buf();
        Err(StoreError::Unequal { path })
    }

    /// Whether we can read what we seal.
    fn is_reader(&self) -> bool {
        self.readers.contains(&self.opened.identity.recipient())
    }

    /// Removes what unfinished saves of the session have left.
    fn remove_unfinished(&self, path: &Path, id: &str) -> Result<()> {
        let month = folder_of(path);
        let failed = |error| StoreError::io(Operation::List, &month, error);
        for (name, kind) in list(&month).map_err(failed)? {
            if unfinished(&name) == Some(id) && is_temp(&name) && kind.is_file() {
                self.store.remove(&month.join(name))?;
            }
        }
        Ok(())
    }

    /// Seals every sealed session anew, from the newest.
    fn all_anew(&self, tell: &mut WorkListener<'_>) -> Result<ResealTally> {
        let begun = self.store.unfinished()?.unwrap_or_default();
        let done = begun.strip_prefix(RESEALING).unwrap_or_default().trim();
        let done = (!done.is_empty()).then(|| done.to_string());
        let mut tally = ResealTally::default();
        let mut names = Vec::new();
        for records in self.store.every_kind() {
            names.extend(records.newest().map(|id| id.map(|id| (id, records))));
        }
        // Newest first over all kinds, so that one name tells how far it is.
        names.sort_by(|one, other| match (one, other) {
            (Ok((one, _)), Ok((other, _))) => other.cmp(one),
            (one, other) => one.is_ok().cmp(&other.is_ok()),
        });
        for (nth, name) in names.into_iter().enumerate() {
            let (id, records) = match name {
                Ok((id, _)) if done.as_ref().is_some_and(|done| id >= *done) => continue,
                Ok(name) => name,
                Err(error) => {
                    tally.failed.push(error);
                    continue;
                }
            };
            tally.count(records.kind, self.seal_anew(records, &id));
            if tell(tally.turned.all()).is_break() {
                tally.stopped = true;
                return Ok(tally);
            }
            if tally.is_whole(false) && nth % NOTED == NOTED - 1 {
                self.store.note(Some(&format!("{RESEALING} {id}")))?;
            }
        }
        if tally.is_whole(false) {
            self.store.note(None)?;
        }
        Ok(tally)
    }

    fn seal_anew(&self, records: Records<'_>, id: &str) -> Result<bool> {
        let path = records.path_in(id, Encoding::Sealed);
        if !has_words(&path) {
            return Ok(false);
        }
        let _lock = Lock::take(&self.store, id)?;
        let content = match self.store.content(&path, Encoding::Sealed) {
            Err(error) if missing(&error) => return Ok(false),
            content => content?,
        };
        self.write(&path, &content, Encoding::Sealed)?;
        Ok(true)
    }
}

/// How the name of a sealed copy ends that isn't called as a record is.
const SEALED_COPY: &str = ".toml.age";

fn missing_at(path: &PathBuf) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// A name for a second record that began at the same time.
fn spare_name(records: Records<'_>, id: &str) -> SessionId {
    let hex = short_id(id);
    let time = id.strip_suffix(hex).unwrap_or(id);
    let mut number = u32::from_str_radix(hex, 16).unwrap_or(0);
    loop {
        number = number.wrapping_add(1);
        let other = format!("{time}{number:08x}");
        let is_free = |form| missing_at(&records.path_in(&other, form));
        if is_free(Encoding::Plain) && is_free(Encoding::Sealed) {
            return other;
        }
    }
}

fn is_called_sealed(path: &Path) -> bool {
    path.to_string_lossy().ends_with(SEALED)
}

/// What the name of a copy gets when it is sealed: by all of it what was sealed is found again.
fn ending(path: &Path) -> &'static str {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match is_nearly_session(&name) {
        true => SEALED,
        false => SEALED_COPY,
    }
}

/// The path with this ending, and a number before it where something stands there.
fn free_name(path: &Path, ending: &str) -> PathBuf {
    let named = |number: String| {
        let mut name = path.as_os_str().to_os_string();
        name.push(number + ending);
        PathBuf::from(name)
    };
    let names = (2..).map(|number: u32| named(format!(".{number}")));
    let mut names = iter::once(named(String::new())).chain(names);
    let is_free = |path: &PathBuf| fs::symlink_metadata(path).is_err();
    names.find(is_free).unwrap_or_else(|| path.to_path_buf())
}
