//! Where sessions lie, and how one is claimed, saved, read and removed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use jiff::Zoned;
use rustix::fs::OFlags;
use rustix::io::Errno;

use super::error::{Doing, StoreError};
use super::files::{Disk, Files};
use super::format::{self, ANSWERS, FormatError};
use super::lock::Lock;
use super::names::{EXTENSION, Names, is_id, list, month_of};
use crate::session::{Session, SessionId};

/// The format of the data folder that this program knows.
const FORMAT: i64 = 1;

/// How often another name is tried when one is taken.
const TRIES: usize = 32;

/// The sessions of one person: `sessions/YYYY/MM/<id>.toml` below the data folder, locks below the
/// state folder. Making one touches nothing; folders are made with the first claim.
#[derive(Clone)]
pub struct Store {
    data: PathBuf,
    state: PathBuf,
    files: Arc<dyn Files>,
    known: Arc<AtomicBool>,
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
        }
    }

    /// The file of the session with this full name, whether or not it is there.
    pub fn path(&self, id: &str) -> PathBuf {
        let (year, month) = month_of(id);
        let mut path = self.sessions().join(year);
        path.push(month);
        path.push(format!("{id}{EXTENSION}"));
        path
    }

    /// Takes a name for a session that begins `now` by making its file, still empty. Nobody else
    /// can get the same name.
    pub fn claim(
        &self,
        now: &Zoned,
        mut random: impl FnMut() -> crate::error::Result<u32>,
    ) -> Result<SessionId> {
        self.prepare()?;
        let time = now.timestamp().strftime("%Y%m%dT%H%M%S.%3fZ").to_string();
        let mut tries = 0;
        loop {
            let number = random().map_err(|error| {
                StoreError::io(
                    Doing::Create,
                    &self.sessions(),
                    io::Error::other(error.message),
                )
            })?;
            let id = format!("{time}-{number:08x}");
            let path = self.path(&id);
            self.make_month(&id)?;
            tries += 1;
            match self.files.create(&path) {
                Ok(_) => return Ok(id),
                Err(error) if taken(&error) && tries < TRIES => {}
                Err(error) => return Err(StoreError::io(Doing::Create, &path, error)),
            }
        }
    }

    /// Saves the session. When this returns without an error it is on the disk, whatever happens
    /// next; with one, the file is whole: as it was before, or (when only the folder could not be
    /// brought to the disk) as it should be. A file that cannot be understood is left alone.
    pub fn save(&self, session: &Session) -> Result<()> {
        let path = self.path(&session.id);
        let text = format::to_text(session);
        if !gives_back(&text, session) || !is_id(&session.id) {
            return Err(StoreError::Unequal { path });
        }
        self.prepare()?;
        self.make_month(&session.id)?;
        match self.text(&path) {
            Ok(before) if before.is_empty() => {}
            Ok(before) => {
                understand(&path, format::from_text(&before))?;
            }
            Err(error) if missing(&error) => {}
            Err(error) => return Err(error),
        }
        self.replace(&path, text.as_bytes())
    }

    /// The session with this full name.
    pub fn read(&self, id: &str) -> Result<Session> {
        self.check()?;
        let path = self.session_file(id)?;
        let text = self.text(&path).map_err(|error| not_found(error, id))?;
        named(id, understand_unless_empty(&path, &text, format::from_text))
    }

    /// The session without its answers. Reads no more of the file than it needs.
    pub fn read_head(&self, id: &str) -> Result<Session> {
        self.check()?;
        let path = self.session_file(id)?;
        let text = head_text(&path).map_err(|error| not_found(error, id))?;
        match understand_unless_empty(&path, &text, format::head_from_text) {
            Err(StoreError::Unreadable {
                source: FormatError::Toml { .. },
                ..
            }) => {
                // A text in the head may hold what looks like its end; the whole file tells.
                let text = self.text(&path)?;
                named(
                    id,
                    understand_unless_empty(&path, &text, format::head_from_text),
                )
            }
            head => named(id, head),
        }
    }

    /// The names of all sessions, newest first, from folders alone. A name may be claimed and not
    /// saved yet.
    pub fn newest(&self) -> Names {
        match self.check() {
            Ok(_) => Names::below(&self.sessions()),
            Err(error) => Names::failed(error),
        }
    }

    /// The heads of all saved sessions, newest first, each read when it is asked for.
    pub fn heads(&self) -> impl Iterator<Item = Result<Session>> + '_ {
        self.newest()
            .map(|id| self.read_head(&id?))
            .filter(|head| !matches!(head, Err(StoreError::Unsaved { .. })))
    }

    /// Removes a session, with its drafts and what unfinished saves left, and makes sure that it
    /// stays removed. One that is open elsewhere is not removed.
    pub fn delete(&self, id: &str) -> Result<()> {
        self.check()?;
        let path = self.session_file(id)?;
        let _lock = Lock::take(self, id)?;
        for (folder, start) in [
            (self.drafts(), id.to_string()),
            (folder_of(&path), format!(".{id}")),
        ] {
            let entries =
                list(&folder).map_err(|error| StoreError::io(Doing::List, &folder, error))?;
            for (name, kind) in entries {
                if name.starts_with(&start) && !kind.is_dir() {
                    self.remove(&folder.join(name))?;
                }
            }
        }
        self.remove(&path)?;
        let folder = folder_of(&path);
        self.files
            .sync_dir(&folder)
            .map_err(|error| StoreError::io(Doing::SyncFolder, &folder, error))
    }

    /// Where the locks lie.
    pub(super) fn locks(&self) -> PathBuf {
        self.state.join("locks")
    }

    /// Where an editor's drafts lie; their names begin with the session's.
    pub fn drafts(&self) -> PathBuf {
        self.state.join("drafts")
    }

    /// Where the sessions lie.
    pub(super) fn sessions(&self) -> PathBuf {
        self.data.join("sessions")
    }

    pub(super) fn remove(&self, path: &Path) -> Result<()> {
        match self.files.remove(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(StoreError::io(Doing::Remove, path, error))
            }
            _ => Ok(()),
        }
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
                Err(StoreError::io(Doing::MakeFolder, folder, error))
            }
            _ => self
                .files
                .sync_dir(&above)
                .map_err(|error| StoreError::io(Doing::SyncFolder, &above, error)),
        }
    }

    fn make_month(&self, id: &str) -> Result<()> {
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

    /// Looks whether this program knows the data folder's format. A folder without the file is new.
    fn check(&self) -> Result<bool> {
        if self.known.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let path = self.data.join("format");
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            text => text.map_err(|error| StoreError::io(Doing::Read, &path, error))?,
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
    fn prepare(&self) -> Result<()> {
        if self.check()? {
            return Ok(());
        }
        self.make_folders(&self.data)?;
        self.replace(&self.data.join("format"), format!("{FORMAT}\n").as_bytes())?;
        self.known.store(true, Ordering::Relaxed);
        Ok(())
    }

    fn session_file(&self, id: &str) -> Result<PathBuf> {
        if is_id(id) {
            Ok(self.path(id))
        } else {
            Err(StoreError::NotFound {
                name: id.to_string(),
                newest: None,
            })
        }
    }

    fn text(&self, path: &Path) -> Result<String> {
        let mut text = String::new();
        open(path)?
            .read_to_string(&mut text)
            .map_err(|error| StoreError::io(Doing::Read, path, error))?;
        Ok(text)
    }

    /// Puts `bytes` in the place of the file: all of them, or nothing.
    fn replace(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let (temp, file) = self.create_temp(path)?;
        let done = self.fill(&temp, file, bytes).and_then(|()| {
            self.files
                .rename(&temp, path)
                .map_err(|error| StoreError::io(Doing::Rename, path, error))
        });
        if let Err(error) = done {
            // The first error is the one that tells; a leftover is swept later.
            let _ = self.files.remove(&temp);
            return Err(error);
        }
        let folder = folder_of(path);
        self.files
            .sync_dir(&folder)
            .map_err(|error| StoreError::io(Doing::SyncFolder, &folder, error))
    }

    fn create_temp(&self, path: &Path) -> Result<(PathBuf, File)> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut tries = 0;
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let temp = path.with_file_name(format!(".{name}.{}-{count}.tmp", std::process::id()));
            tries += 1;
            match self.files.create(&temp) {
                Ok(file) => return Ok((temp, file)),
                // Left by a process that had this number before.
                Err(error) if taken(&error) && tries < TRIES => {}
                Err(error) => return Err(StoreError::io(Doing::Create, &temp, error)),
            }
        }
    }

    fn fill(&self, path: &Path, mut file: File, bytes: &[u8]) -> Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            match self.files.write(&mut file, rest) {
                Ok(0) => {
                    let error = io::ErrorKind::WriteZero.into();
                    return Err(StoreError::io(Doing::Write, path, error));
                }
                Ok(written) => rest = rest.get(written..).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(StoreError::io(Doing::Write, path, error)),
            }
        }
        self.files
            .sync(&file)
            .map_err(|error| StoreError::io(Doing::Sync, path, error))
    }
}

/// Opens a session's file. A link is not followed, and a pipe is not waited for.
fn open(path: &Path) -> Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
        .map_err(|error| {
            if error.raw_os_error() == Some(Errno::LOOP.raw_os_error()) {
                out_of_place(path)
            } else {
                StoreError::io(Doing::Read, path, error)
            }
        })?;
    match file.metadata() {
        Ok(found) if found.is_file() => Ok(file),
        Ok(_) => Err(out_of_place(path)),
        Err(error) => Err(StoreError::io(Doing::Read, path, error)),
    }
}

fn out_of_place(path: &Path) -> StoreError {
    StoreError::OutOfPlace {
        path: path.to_path_buf(),
    }
}

/// The text of a file up to and with the line that ends the head.
fn head_text(path: &Path) -> Result<String> {
    const CHUNK: u64 = 4096;
    let mut file = open(path)?;
    let end = format!("\n{ANSWERS}").into_bytes();
    let mut bytes = Vec::new();
    loop {
        let from = bytes.len().saturating_sub(end.len());
        let read = file
            .by_ref()
            .take(CHUNK)
            .read_to_end(&mut bytes)
            .map_err(|error| StoreError::io(Doing::Read, path, error))?;
        let fresh = bytes.get(from..).unwrap_or_default();
        if let Some(at) = fresh.windows(end.len()).position(|window| window == end) {
            bytes.truncate(from + at + end.len());
            break;
        }
        if read == 0 {
            break;
        }
    }
    String::from_utf8(bytes).map_err(|error| {
        let error = io::Error::new(io::ErrorKind::InvalidData, error);
        StoreError::io(Doing::Read, path, error)
    })
}

/// Whether reading `text` gives `session` again.
fn gives_back(text: &str, session: &Session) -> bool {
    // Two NaN in unknown keys are not equal, though the same; their words are.
    format::from_text(text)
        .is_ok_and(|read| read == *session || format!("{read:?}") == format!("{session:?}"))
}

fn understand<T>(path: &Path, parsed: std::result::Result<T, FormatError>) -> Result<T> {
    parsed.map_err(|source| StoreError::Unreadable {
        path: path.to_path_buf(),
        source,
    })
}

fn understand_unless_empty(
    path: &Path,
    text: &str,
    parse: fn(&str) -> std::result::Result<Session, FormatError>,
) -> Result<Option<Session>> {
    if text.is_empty() {
        return Ok(None);
    }
    understand(path, parse(text)).map(Some)
}

/// The name of a file is the session's name: a copy under another name is another session, and
/// saving it must not touch the first.
fn named(id: &str, read: Result<Option<Session>>) -> Result<Session> {
    match read? {
        Some(mut session) => {
            session.id = id.to_string();
            Ok(session)
        }
        None => Err(StoreError::Unsaved { id: id.to_string() }),
    }
}

fn not_found(error: StoreError, id: &str) -> StoreError {
    if missing(&error) {
        let (name, newest) = (id.to_string(), None);
        StoreError::NotFound { name, newest }
    } else {
        error
    }
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent()
        .filter(|above| !above.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new(if path.is_absolute() { "/" } else { "." }))
        .to_path_buf()
}

fn taken(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::AlreadyExists
}

fn missing(error: &StoreError) -> bool {
    matches!(error, StoreError::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
}
