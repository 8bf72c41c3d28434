//! Where sessions lie, and how one is claimed, saved, read and removed.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Zoned;

use super::encoding::Encoding;
use super::error::{Operation, StoreError};
use super::files::{Disk, Files};
use super::names::{Names, is_id, month_of, time_name};
use super::vault::Keyring;
use crate::session::SessionId;

/// The format of the data folder that this program knows.
pub(super) const FORMAT: i64 = 1;

/// How often another name is tried when one is taken.
pub(super) const TRIES: usize = 32;

/// The sessions of one person: `sessions/YYYY/MM/<id>.toml` below the data folder, or `.toml.age`
/// with the vault on; locks below the state folder. Making one touches nothing; folders are made with the first claim.
#[derive(Clone)]
pub struct Store {
    pub(super) data: PathBuf,
    pub(super) state: PathBuf,
    pub(super) files: Arc<dyn Files>,
    known: Arc<AtomicBool>,
    /// Who we are: files in somebody else's folder would be in their way, and theirs in ours.
    pub(super) us: u32,
    ours: Arc<AtomicBool>,
    /// What was saved last, and as which session: a file that holds just this need not be
    /// understood again, and one that holds something else was changed by somebody else.
    pub(super) saved: Arc<Mutex<(SessionId, Vec<u8>)>>,
    /// Files that saves have put aside and nobody has been told of.
    pub(super) aside: Arc<Mutex<Vec<PathBuf>>>,
    /// What is known of keys.
    pub(super) ring: Arc<Keyring>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Store").field(&self.data).finish()
    }
}

type Result<T> = std::result::Result<T, StoreError>;

impl Store {
    /// The sessions in the data folder `data`, with locks and drafts in `state`.
    pub fn new(data: PathBuf, state: PathBuf) -> Self {
        Self::with_files(data, state, Arc::new(Disk))
    }

    /// The same, changing files through `files`.
    pub fn with_files(data: PathBuf, state: PathBuf, files: Arc<dyn Files>) -> Self {
        Self {
            data,
            state,
            files,
            known: Arc::new(AtomicBool::new(false)),
            us: rustix::process::geteuid().as_raw(),
            ours: Arc::new(AtomicBool::new(false)),
            saved: Arc::default(),
            aside: Arc::default(),
            ring: Arc::default(),
        }
    }

    /// Takes a name for a session that begins `now` by making its file, still empty. Nobody else
    /// can get the same name.
    pub fn claim(
        &self,
        now: &Zoned,
        mut random: impl FnMut() -> crate::error::Result<u32>,
    ) -> Result<SessionId> {
        self.prepare()?;
        let form = match self.sealing()? {
            Some(_) => Encoding::Sealed,
            None => Encoding::Plain,
        };
        let time = time_name(now);
        let mut tries = 0;
        loop {
            let id = self.draw_name(&time, &mut random)?;
            let path = self.path_in(&id, form);
            self.make_month(&id)?;
            tries += 1;
            match self.files.create(&path) {
                Ok(_) => return Ok(id),
                Err(error) if taken(&error) && tries < TRIES => {}
                Err(error) => return Err(StoreError::io(Operation::Create, &path, error)),
            }
        }
    }

    /// A name for a session that begins at `time`, which may be taken.
    pub(super) fn draw_name(
        &self,
        time: &str,
        random: &mut dyn FnMut() -> crate::error::Result<u32>,
    ) -> Result<SessionId> {
        let number = random().map_err(|error| {
            let error = io::Error::other(error.message);
            StoreError::io(Operation::Create, &self.sessions(), error)
        })?;
        Ok(format!("{time}-{number:08x}"))
    }

    /// The names of all sessions, newest first, from folders alone. A name may be claimed and not
    /// saved yet.
    pub fn newest(&self) -> Names {
        match self.check() {
            Ok(()) => Names::below(&self.sessions()),
            Err(error) => Names::failed(error),
        }
    }

    /// Where the locks lie.
    pub(super) fn locks(&self) -> PathBuf {
        self.state.join("locks")
    }

    /// Where the drafts lie that a session has open in an editor.
    pub fn drafts(&self, id: &str) -> PathBuf {
        self.state.join("drafts").join(id)
    }

    /// Where the sessions lie.
    pub(super) fn sessions(&self) -> PathBuf {
        self.data.join("sessions")
    }

    /// Makes a folder and the ones above it that are missing, and brings their names to the disk.
    pub(super) fn make_folders(&self, folder: &Path) -> Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        let above = folder_of(folder);
        if above != folder {
            self.make_folders(&above)?;
        }
        match self.files.make_dir(folder) {
            Err(error) if !(taken(&error) && folder.is_dir()) => {
                Err(StoreError::io(Operation::MakeFolder, folder, error))
            }
            _ => self
                .files
                .sync_dir(&above)
                .map_err(|error| StoreError::io(Operation::SyncFolder, &above, error)),
        }
    }

    pub(super) fn make_month(&self, id: &str) -> Result<()> {
        let (year, month) = month_of(id);
        let year = self.sessions().join(year);
        let month = year.join(month);
        // A link here would lead out of the person's folder, and lists would not follow it.
        for folder in [&year, &month] {
            if fs::symlink_metadata(folder).is_ok_and(|found| !found.is_dir()) {
                let path = folder.clone();
                return Err(StoreError::OutOfPlace { path });
            }
        }
        self.make_folders(&month)
    }

    /// Makes sure that this program knows the data folder's format.
    pub fn check(&self) -> Result<()> {
        self.has_format().map(|_| ())
    }

    /// Whether the data folder says its format, and it is known. A folder that does not is new.
    fn has_format(&self) -> Result<bool> {
        if self.known.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let path = self.data.join("format");
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            text => text.map_err(|error| StoreError::io(Operation::Read, &path, error))?,
        };
        match text.trim().parse::<i64>() {
            Ok(found) if found > FORMAT => Err(StoreError::Newer {
                path,
                found,
                known: FORMAT,
            }),
            Ok(1..) => {
                self.known.store(true, Ordering::Relaxed);
                Ok(true)
            }
            _ => Err(StoreError::NoFormat { path }),
        }
    }

    /// Makes sure that the data folder is there and says its format.
    pub(super) fn prepare(&self) -> Result<()> {
        self.is_ours()?;
        if self.has_format()? {
            return Ok(());
        }
        self.write_format()
    }

    /// Makes the data folder where it is not there, and says its format in it.
    pub(super) fn write_format(&self) -> Result<()> {
        self.make_folders(&self.data)?;
        self.replace(&self.data.join("format"), format!("{FORMAT}\n").as_bytes())?;
        self.known.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Makes sure that the data folder, where it is there, does not belong to somebody else.
    fn is_ours(&self) -> Result<()> {
        if self.ours.load(Ordering::Relaxed) {
            return Ok(());
        }
        match fs::metadata(&self.data) {
            Ok(found) if found.uid() != self.us => Err(StoreError::Foreign {
                path: self.data.clone(),
                owner: found.uid(),
                us: self.us,
            }),
            _ => {
                self.ours.store(true, Ordering::Relaxed);
                Ok(())
            }
        }
    }

    pub(super) fn session_file(&self, id: &str) -> Result<PathBuf> {
        is_name(id)?;
        Ok(self.path(id))
    }
}

/// Makes sure that `id` can be the name of a session.
pub(super) fn is_name(id: &str) -> Result<()> {
    if is_id(id) {
        Ok(())
    } else {
        Err(StoreError::Gone { id: id.to_string() })
    }
}

pub(super) fn folder_of(path: &Path) -> PathBuf {
    path.parent()
        .filter(|above| !above.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new(if path.is_absolute() { "/" } else { "." }))
        .to_path_buf()
}

pub(super) fn taken(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::AlreadyExists
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::journal::names::list;
    use crate::journal::tests::{now, saved, session, store};

    #[test]
    fn a_claimed_name_is_utc_time_and_eight_hex_digits_and_nobody_elses() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let mut numbers = [0x9f3a_61c2, 0x9f3a_61c2, 0xb].into_iter();
        let mut random = || Ok(numbers.next().unwrap_or_default());
        let first = store.claim(&now(), &mut random).unwrap();
        let second = store.claim(&now(), &mut random).unwrap();
        assert_eq!(first, "20261122T174501.032Z-9f3a61c2");
        assert_eq!(second, "20261122T174501.032Z-0000000b");
        let path = home.path().join("sessions/2026/11").join(first + ".toml");
        assert!(path.is_file());
        let format = fs::read_to_string(home.path().join("format")).unwrap();
        assert_eq!(format, "1\n");
    }

    #[test]
    fn a_random_source_that_repeats_itself_ends_in_an_error() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        assert!(store.claim(&now(), || Ok(7)).is_ok());
        assert!(store.claim(&now(), || Ok(7)).is_err());
    }

    #[test]
    fn a_newer_data_folder_is_left_alone_and_both_numbers_are_told() {
        let home = tempfile::tempdir().unwrap();
        saved(&store(home.path()), 1);
        fs::write(home.path().join("format"), "3\n").unwrap();
        let store = store(home.path());
        let error = store.claim(&now(), || Ok(2)).unwrap_err().to_string();
        assert!(error.ends_with("format says format 3, and this program knows up to format 1"));
        assert!(store.newest().all(|id| id.is_err()));
        assert_eq!(store.newest().count(), 1);
    }

    #[test]
    fn nothing_is_written_to_a_folder_of_somebody_else() {
        let home = tempfile::tempdir().unwrap();
        let theirs = saved(&store(home.path()), 1);
        let mut store = store(home.path());
        store.us += 1;
        let error = store.claim(&now(), || Ok(2)).unwrap_err();
        assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
        assert!(store.save(&theirs).is_err());
        assert_eq!(
            list(&home.path().join("sessions/2026/11")).unwrap().len(),
            1
        );
        // Who may read it may read it.
        assert_eq!(store.read(&theirs.id).unwrap(), theirs);
    }

    #[test]
    fn nothing_is_made_by_looking() {
        let home = tempfile::tempdir().unwrap();
        let store = store(&home.path().join("none"));
        assert_eq!(store.heads().count(), 0);
        assert!(store.find("last").is_err());
        assert!(!home.path().join("none").exists());
    }

    #[test]
    fn a_month_that_is_a_link_is_not_written_through() {
        let home = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let store = store(home.path());
        fs::create_dir_all(home.path().join("sessions/2026")).unwrap();
        symlink(elsewhere.path(), home.path().join("sessions/2026/11")).unwrap();
        let error = store.claim(&now(), || Ok(1)).unwrap_err();
        assert!(matches!(error, StoreError::OutOfPlace { .. }), "{error}");
        assert!(
            store
                .save(&session("20261122T174501.032Z-00000001"))
                .is_err()
        );
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }
}
