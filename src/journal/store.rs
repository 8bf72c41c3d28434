//! The folders of one person, what their files go through, and what is known of keys: the core that
//! everything else in the journal borrows.

use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use super::contents::{as_text, missing, whole};
use super::error::{Operation, StoreError};
use super::files::{Disk, Files};
use super::vault::keyring::Keyring;
use crate::input::dangling_link;
use crate::session::SessionId;

/// The format of the data folder that this program knows.
pub(super) const FORMAT: i64 = 1;

/// Where drafts of promises lie among those of sessions.
pub const PROMISE_DRAFTS: &str = "promise";

/// How often another name is tried when one is taken.
pub(super) const TRIES: usize = 32;

/// Hears how many things of long work are done, and breaks where it is to stop there.
pub type WorkListener<'l> = dyn FnMut(usize) -> ControlFlow<()> + 'l;

/// The files of one person: records below the data folder, locks and drafts below the state folder.
/// Making one touches nothing; folders are made with the first claim.
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
    /// The records in the data folder `data`, with locks and drafts in `state`.
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

    /// Where the locks lie.
    pub(super) fn locks(&self) -> PathBuf {
        self.state.join("locks")
    }

    /// Where the drafts lie that a session has open in an editor.
    pub fn drafts(&self, id: &str) -> PathBuf {
        self.state.join("drafts").join(id)
    }

    /// The folder that everything of the person lies in.
    pub fn data_folder(&self) -> &Path {
        &self.data
    }

    /// Makes a folder and the ones above it that are missing, and brings their names to the disk.
    pub(super) fn make_folders(&self, folder: &Path) -> Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        self.is_still_there()?;
        let above = folder_of(folder);
        if above != folder {
            self.make_folders(&above)?;
        }
        match self.files.make_dir(folder) {
            Err(error) if !(taken(&error) && folder.is_dir()) => Err(match dangling_link(folder) {
                Some(path) => StoreError::LeadsNowhere { path: path.into() },
                None => StoreError::io(Operation::MakeFolder, folder, error),
            }),
            _ => self
                .files
                .sync_dir(&above)
                .map_err(|error| StoreError::io(Operation::SyncFolder, &above, error)),
        }
    }

    /// Makes sure that this program knows the data folder's format.
    pub fn check(&self) -> Result<()> {
        self.has_format().map(|_| ())
    }

    /// Whether the data folder says its format, and it is known. A folder that does not is new.
    fn has_format(&self) -> Result<bool> {
        if self.known.load(Ordering::Relaxed) {
            return self.is_still_there().map(|()| true);
        }
        self.leads_somewhere()?;
        let path = self.data.join("format");
        let bytes = match whole(&path) {
            Err(error) if missing(&error) => return Ok(false),
            bytes => bytes?,
        };
        match as_text(&path, &bytes)?.trim().parse::<i64>() {
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

    /// Makes sure that no folder of ours is a link to what is not there, or no folder: what is out of
    /// reach may be all there is.
    pub(super) fn leads_somewhere(&self) -> Result<()> {
        self.is_still_there()?;
        let records = self.every_kind().map(|records| records.folder());
        for folder in records.chain([self.identities(), self.state.clone()]) {
            if let Some(link) = dangling_link(&folder) {
                return Err(StoreError::LeadsNowhere { path: link.into() });
            }
            if fs::metadata(&folder).is_ok_and(|found| !found.is_dir()) {
                let why = io::ErrorKind::NotADirectory.into();
                return Err(StoreError::io(Operation::List, &folder, why));
            }
        }
        Ok(())
    }

    /// Makes sure that the data folder is there where it was seen before. When its disk goes away, a
    /// new one in its place would have words in the open that nobody finds again.
    fn is_still_there(&self) -> Result<()> {
        let was_there = self.known.load(Ordering::Relaxed);
        let found = was_there.then(|| fs::symlink_metadata(self.data.join("format")));
        match found {
            Some(Err(error)) if is_absent(&error) => Err(StoreError::WentAway {
                path: self.data.clone(),
            }),
            _ => Ok(()),
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
}

pub(super) fn folder_of(path: &Path) -> PathBuf {
    path.parent()
        .filter(|above| !above.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new(if path.is_absolute() { "/" } else { "." }))
        .to_path_buf()
}

fn is_absent(error: &io::Error) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory)
}

pub(super) fn taken(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::AlreadyExists
}
