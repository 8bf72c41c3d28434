//! The repairs. Each can be cut off at any moment and done again.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::super::contents::{as_text, missing, whole};
use super::super::encoding::Encoding;
use super::super::error::{Operation, StoreError};
use super::super::lock::Lock;
use super::super::names::is_id;
use super::super::records::Records;
use super::super::store::{Store, TRIES, folder_of, taken};
use super::super::vault::forms::has_words;
use super::super::vault::sealed_for;
use super::super::vault::signs::begins_sealed;
use super::judge::same;
use super::marks::sides;
use super::{HealthIssue, Repair};
use crate::session::SessionId;

type Result<T> = std::result::Result<T, StoreError>;

/// Numbers that nobody can guess.
type RandomSource<'r> = &'r mut dyn FnMut() -> crate::error::Result<u32>;

/// What a repair did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RepairOutcome {
    /// It is as it should be, in its place.
    Mended,
    /// It was removed.
    Removed,
    /// It is here now.
    Moved(PathBuf),
    /// The other version is here now, as a session of its own.
    Split(PathBuf),
    /// Nothing was done: what was found is not so any more.
    Over,
}

impl Store {
    /// Repairs what was found. The caller holds the store's lock. A session that is open is left
    /// alone.
    pub fn repair(&self, finding: &HealthIssue, random: RandomSource<'_>) -> Result<RepairOutcome> {
        let path = &finding.path;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let named = Encoding::split(&name).filter(|(id, _)| is_id(id));
        let sweeps = matches!(finding.fix, Some(Repair::Sweep(_)));
        let _lock = named
            .filter(|_| !sweeps)
            .map(|(id, _)| Lock::take(self, id))
            .transpose()?;
        match &finding.fix {
            None => Ok(RepairOutcome::Over),
            // What a link leads to may be anybody's.
            Some(Repair::Mode(_)) if path.is_symlink() && !path.is_dir() => Ok(RepairOutcome::Over),
            Some(Repair::Mode(mode)) => {
                let set = fs::set_permissions(path, Permissions::from_mode(*mode));
                set.map_err(|error| StoreError::io(Operation::SetMode, path, error))?;
                Ok(RepairOutcome::Mended)
            }
            Some(Repair::Quarantine) => self.quarantine_file(path).map(RepairOutcome::Moved),
            Some(Repair::Adopt { time, form }) => self.adopt(path, (time, *form), random),
            Some(Repair::Return { to, time, form }) => {
                self.give_back(path, to, (time, *form), random)
            }
            Some(Repair::ReturnOrQuarantine(to)) => self.give_back_once(path, to),
            Some(Repair::Split { id }) => self.split(id, path, random),
            Some(Repair::RemoveCopy(original)) => {
                if !same(self, path, original) {
                    return Ok(RepairOutcome::Over);
                }
                self.remove_copy(path)
            }
            Some(Repair::OwnName { id }) => match self.write_own_name(path, id) {
                Err(error) if missing(&error) => Ok(RepairOutcome::Over),
                written => {
                    written?;
                    self.seal_plain(path)?;
                    Ok(RepairOutcome::Mended)
                }
            },
            Some(Repair::Sweep(id)) => self.sweep_now(id, path),
            Some(Repair::RemoveTemp) => match self.remove(path) {
                Err(error) if missing(&error) => Ok(RepairOutcome::Over),
                removed => removed.map(|()| RepairOutcome::Removed),
            },
            Some(Repair::Key) => {
                let to = self.identity_file();
                if fs::symlink_metadata(&to).is_ok() {
                    return Ok(RepairOutcome::Over);
                }
                self.prepare_for(path)?;
                match self.files.rename_new(path, &to) {
                    Ok(()) => self.arrived(path, &to),
                    Err(error) if taken(&error) => Ok(RepairOutcome::Over),
                    Err(error) => Err(StoreError::io(Operation::Rename, &to, error)),
                }
            }
            Some(Repair::Format) => {
                self.write_format()?;
                Ok(RepairOutcome::Mended)
            }
        }
    }

    /// Gives the file the name of a new session.
    fn adopt(
        &self,
        path: &Path,
        time: (&str, Encoding),
        random: RandomSource<'_>,
    ) -> Result<RepairOutcome> {
        let records = self.kind_at(path)?;
        let (to, ()) = records.fresh(time, random, |to| self.files.rename_new(path, to))?;
        self.arrived(path, &to)
    }

    /// Writes the name of a record's file into it, where another one stands there. Whatever else it
    /// says stays to the letter.
    fn write_own_name(&self, path: &Path, id: &str) -> Result<()> {
        let bytes = whole(path)?;
        let text = as_text(path, &bytes)?;
        let head = self.kind_at(path)?.kind.head;
        let says = |text: &str| head(text).ok().map(|(says, _)| says);
        let line = text.lines().find(|line| is_name_line(line));
        let (Some(own), Some(line)) = (says(text).filter(|own| own != id), line) else {
            return Ok(());
        };
        let named = text.replacen(line, &format!("id = \"{id}\""), 1);
        // Where it says anything but the name now, it is left as it was.
        if says(&named).is_some_and(|says| says == id && own != id) {
            self.replace(path, named.as_bytes())?;
        }
        Ok(())
    }

    fn give_back(
        &self,
        path: &Path,
        to: &Path,
        time: (&str, Encoding),
        random: RandomSource<'_>,
    ) -> Result<RepairOutcome> {
        self.make_folders(&folder_of(to))?;
        match self.files.rename_new(path, to) {
            Ok(()) => self.arrived(path, to),
            Err(error) if taken(&error) && same(self, path, to) => self.remove_copy(path),
            Err(error) if taken(&error) => self.adopt(path, time, random),
            Err(error) => Err(StoreError::io(Operation::Rename, to, error)),
        }
    }

    fn give_back_once(&self, path: &Path, to: &Path) -> Result<RepairOutcome> {
        self.make_folders(&folder_of(to))?;
        match self.files.rename_new(path, to) {
            Ok(()) => self.arrived(path, to),
            Err(error) if taken(&error) && same(self, path, to) => self.remove_copy(path),
            Err(error) if taken(&error) => self.quarantine_file(path).map(RepairOutcome::Moved),
            Err(error) => Err(StoreError::io(Operation::Rename, to, error)),
        }
    }

    fn remove_copy(&self, path: &Path) -> Result<RepairOutcome> {
        self.remove(path)?;
        self.sync_folder(&folder_of(path))?;
        Ok(RepairOutcome::Removed)
    }

    /// Makes sure that a file that has a new name keeps it, and that only its owner can read it.
    fn arrived(&self, from: &Path, to: &Path) -> Result<RepairOutcome> {
        // On a stick that knows no modes it is where it should be all the same.
        let _ = fs::set_permissions(to, Permissions::from_mode(0o600));
        self.sync_folder(&folder_of(to))?;
        self.sync_folder(&folder_of(from))?;
        let name = to.file_name().unwrap_or_default().to_string_lossy();
        if let Some((id, Encoding::Plain)) = Encoding::split(&name) {
            self.write_own_name(to, id)?;
        }
        self.seal_plain(to).map(RepairOutcome::Moved)
    }

    /// Seals a record that was put into its place, where what is saved is sealed. Back with its path.
    fn seal_plain(&self, path: &Path) -> Result<PathBuf> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let plain = Encoding::split(&name).filter(|(_, form)| *form == Encoding::Plain);
        // Where it can't be, `doctor` names what is wrong with the vault.
        let readers = self.sealing().ok().flatten();
        let (Some((id, _)), Some(readers)) = (plain, readers) else {
            return Ok(path.to_path_buf());
        };
        let sealed = path.with_file_name(format!("{id}{}", Encoding::Sealed.ending()));
        if !has_words(path) || begins_sealed(path) || fs::symlink_metadata(&sealed).is_ok() {
            return Ok(path.to_path_buf());
        }
        let content = Zeroizing::new(whole(path)?);
        self.replace(&sealed, &sealed_for(&sealed, &content, &readers)?)?;
        self.remove(path)?;
        self.sync_folder(&folder_of(path))?;
        Ok(sealed)
    }

    /// Ours stays, theirs becomes a session of its own, and the file with both is kept.
    fn split(&self, id: &str, path: &Path, random: RandomSource<'_>) -> Result<RepairOutcome> {
        let bytes = whole(path)?;
        let Some((ours, theirs)) = sides(as_text(path, &bytes)?) else {
            return Ok(RepairOutcome::Over);
        };
        let records = self.kind_at(path)?;
        let read = records.kind.head;
        if read(&ours).is_err() || read(&theirs).is_err() {
            return Ok(RepairOutcome::Over);
        }
        self.keep_copy(path, &bytes)?;
        let time = id.rsplit_once('-').map_or(id, |(time, _)| time);
        let (other, _) =
            records.fresh((time, Encoding::Plain), random, |to| self.files.create(to))?;
        self.replace(&other, theirs.as_bytes())?;
        self.replace(path, ours.as_bytes())?;
        let name = other.file_name().unwrap_or_default().to_string_lossy();
        if let Some((new, _)) = Encoding::split(&name) {
            self.write_own_name(&other, new)?;
        }
        self.write_own_name(path, id)?;
        self.seal_plain(path)?;
        self.seal_plain(&other).map(RepairOutcome::Split)
    }

    fn sweep_now(&self, id: &str, path: &Path) -> Result<RepairOutcome> {
        let _lock = Lock::take(self, id)?;
        Ok(if self.sweep_held(path)? {
            RepairOutcome::Removed
        } else {
            RepairOutcome::Over
        })
    }

    fn kind_at(&self, path: &Path) -> Result<Records<'_>> {
        self.records_at(path).ok_or_else(|| StoreError::OutOfPlace {
            path: path.to_path_buf(),
        })
    }
}

/// Whether a line says the name of the record.
fn is_name_line(line: &str) -> bool {
    let value = line.strip_prefix("id").map(str::trim_start);
    value.is_some_and(|value| value.starts_with('='))
}

impl Records<'_> {
    /// Does `make` with a name for a record that began at `time` and that nobody has.
    fn fresh<T>(
        &self,
        (time, form): (&str, Encoding),
        random: RandomSource<'_>,
        make: impl Fn(&Path) -> std::io::Result<T>,
    ) -> Result<(PathBuf, T)> {
        let mut tries = 0;
        loop {
            let id: SessionId = self.draw_name(time, random)?;
            let path = self.path_in(&id, form);
            self.make_month(&id)?;
            tries += 1;
            match make(&path) {
                Ok(made) => return Ok((path, made)),
                Err(error) if taken(&error) && tries < TRIES => {}
                Err(error) => return Err(StoreError::io(Operation::Rename, &path, error)),
            }
        }
    }
}
