//! One program at a time writes a session, and one at a time changes the whole store. The system
//! lets go of a lock when its holder ends, however it ends.

use std::fs::{self, File, Permissions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::{FileExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rustix::fs::{CWD, Mode, OFlags};
use rustix::io::Errno;

use super::contents;
use super::error::{Operation, StoreError};
use super::names::is_id;
use super::store::Store;
use crate::session::SessionId;

/// The right to write one session, held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    id: SessionId,
    _held: LockFile,
}

impl Lock {
    /// Takes the lock of a session, or tells at once who holds it.
    pub fn take(store: &Store, id: &str) -> Result<Self, StoreError> {
        if !is_id(id) {
            return Err(StoreError::Gone { id: id.to_string() });
        }
        match LockFile::take(store, id)? {
            Ok(held) => Ok(Self {
                id: id.to_string(),
                _held: held,
            }),
            Err(pid) => Err(StoreError::Held {
                id: id.to_string(),
                pid,
            }),
        }
    }

    /// The session it is for.
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// The right to change many sessions, or to remove some: one program at a time imports, restores,
/// deletes, sweeps, or turns encryption on or off. Held until it is dropped. Doing an exercise needs
/// only the [`Lock`] of its session, so who holds this takes that lock too before touching one.
#[derive(Debug)]
pub struct StoreLock {
    _held: LockFile,
}

impl StoreLock {
    /// Takes it. What another program does is mostly over in a moment, so this waits a little
    /// before it tells who holds it.
    pub fn take(store: &Store) -> Result<Self, StoreError> {
        for _ in 1..LOOKS {
            match Self::take_now(store) {
                Err(StoreError::Busy { .. }) => thread::sleep(BETWEEN),
                taken => return taken,
            }
        }
        Self::take_now(store)
    }

    /// Takes it, or tells at once who holds it.
    pub fn take_now(store: &Store) -> Result<Self, StoreError> {
        match LockFile::take(store, STORE)? {
            Ok(held) => Ok(Self { _held: held }),
            Err(pid) => Err(StoreError::Busy { pid }),
        }
    }
}

/// The name of the store's lock among those of sessions, none of which can have it.
const STORE: &str = "store";

/// How often the store's lock is asked for, and how long between.
const LOOKS: u32 = 40;
const BETWEEN: Duration = Duration::from_millis(50);

/// A locked file with our number in it.
#[derive(Debug)]
struct LockFile {
    path: PathBuf,
    // Held for its lock.
    file: File,
}

impl LockFile {
    /// Locks the file of this name, or tells which process has it, where that said so.
    fn take(store: &Store, name: &str) -> Result<Result<Self, Option<u32>>, StoreError> {
        let folder = store.locks();
        // Where a link leads nothing is ours.
        if folder.symlink_metadata().is_ok_and(|found| !found.is_dir()) {
            let error = io::Error::other(NO_FOLDER);
            return Err(StoreError::io(Operation::Lock, &folder, error));
        }
        store.make_folders(&folder)?;
        let path = folder.join(name);
        let failed = |error| StoreError::io(Operation::Lock, &path, error);
        loop {
            let mut file = open(&path).map_err(failed)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(Err(holder(&mut file))),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
            // The last holder may have removed the file after we had opened it. Then what we have
            // locked is nothing that anybody else would meet.
            if !is_at(&file, &path).map_err(failed)? {
                continue;
            }
            if !is_ours(&file).map_err(failed)? {
                return Err(failed(io::Error::other(NOT_OURS)));
            }
            // Who holds it is said for people; on a full disk it is not.
            let _ = file
                .set_permissions(Permissions::from_mode(0o600))
                .and_then(|()| file.set_len(0))
                .and_then(|()| writeln!(file, "{}", std::process::id()));
            return Ok(Ok(Self { path, file }));
        }
    }
}

impl Drop for LockFile {
    /// Removes the file while it is still locked; who has it open then sees that it is gone.
    fn drop(&mut self) {
        // Somebody may have put something else there.
        if is_at(&self.file, &self.path).unwrap_or(false) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Store {
    /// Whether a session is open in another program, so that this one cannot go on with it now.
    pub fn is_open_elsewhere(&self, id: &str) -> bool {
        is_held(self, id)
    }
}

/// Whether a session is open in some program. Makes no file.
pub(super) fn is_held(store: &Store, id: &str) -> bool {
    let file = contents::open(&store.locks().join(id));
    file.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

/// Whether some program is changing many sessions, and its process, where it said so. Makes no file.
pub(super) fn changes_many(store: &Store) -> (bool, Option<u32>) {
    match contents::open(&store.locks().join(STORE)) {
        Ok(mut file) if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) => {
            (true, holder(&mut file))
        }
        _ => (false, None),
    }
}

/// Opens a lock's file, or makes it. A link is not followed, and a file with a second name is not
/// ours to write to.
fn open(path: &Path) -> io::Result<File> {
    let flags =
        OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let mode = Mode::from_raw_mode(0o600);
    let opened = rustix::fs::openat(CWD, path, flags, mode);
    let file = File::from(opened.map_err(|error| match error {
        Errno::LOOP | Errno::ISDIR => io::Error::other(NO_FILE),
        error => error.into(),
    })?);
    let found = file.metadata()?;
    if !found.is_file() || found.nlink() > 1 {
        return Err(io::Error::other(NO_FILE));
    }
    Ok(file)
}

/// Whether a file holds what that of a lock does: nothing, or a number. A power cut may leave zeros of it.
fn is_ours(file: &File) -> io::Result<bool> {
    let mut start = [0; LONGEST_NUMBER + 1];
    let length = file.read_at(&mut start, 0)?;
    let is_ours = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_whitespace() || *byte == 0;
    Ok(length <= LONGEST_NUMBER && start[..length].iter().all(is_ours))
}

/// Whether what has the name of a lock stands in the way of it.
pub(super) fn is_in_the_way(name: &str, path: &Path) -> bool {
    let is_lock = || match contents::open(path) {
        Ok(file) => {
            file.metadata().is_ok_and(|found| found.nlink() == 1) && is_ours(&file).unwrap_or(false)
        }
        Err(error) => contents::missing(&error),
    };
    (name == STORE || is_id(name)) && !is_lock()
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(LONGEST_NUMBER as u64)
        .read_to_string(&mut text)
        .ok()?;
    text.trim().parse().ok()
}

/// So much is read of a lock's file: there is a number in it.
const LONGEST_NUMBER: usize = 32;

// Texts for people.
const NO_FOLDER: &str = "it’s a link, or not a folder";
const NO_FILE: &str = "it’s a link, or not a regular file";
const NOT_OURS: &str = "something else than a lock is in it";

fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let ours = file.metadata()?;
    match fs::metadata(path) {
        Ok(there) => Ok(there.dev() == ours.dev() && there.ino() == ours.ino()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::journal::tests::store;

    const ID: &str = "20261122T174501.032Z-9f3a61c2";

    #[test]
    fn the_second_is_told_who_has_it_and_the_next_gets_it() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let lock = Lock::take(&store, ID).unwrap();
        let mode = fs::metadata(store.locks().join(ID))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o7777, 0o600);
        let Err(StoreError::Held { pid, .. }) = Lock::take(&store, ID) else {
            panic!("it was given twice");
        };
        assert_eq!(pid, Some(std::process::id()));
        assert!(store.is_open_elsewhere(ID));
        drop(lock);
        assert!(!store.is_open_elsewhere(ID));
        assert_eq!(Lock::take(&store, ID).unwrap().id(), ID);
    }

    #[test]
    fn a_lock_file_that_somebody_left_is_taken_over() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        fs::create_dir_all(store.locks()).unwrap();
        fs::write(store.locks().join(ID), "4711\n").unwrap();
        assert!(Lock::take(&store, ID).is_ok());
    }

    #[test]
    fn what_is_no_lock_is_neither_emptied_nor_removed() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let file = store.locks().join(ID);
        fs::create_dir_all(store.locks()).unwrap();
        for words in ["KEEP", "4711 and words", &"1".repeat(40)] {
            fs::write(&file, words).unwrap();
            assert!(Lock::take(&store, ID).is_err(), "{words}");
            assert_eq!(fs::read_to_string(&file).unwrap(), words);
            assert!(is_in_the_way(ID, &file));
        }
        for left in ["", "4711\n", "\0\0\0\0"] {
            fs::write(&file, left).unwrap();
            assert!(!is_in_the_way(ID, &file));
            let lock = Lock::take(&store, ID).unwrap();
            assert!(!is_in_the_way(ID, &file));
            // What another puts there meanwhile is theirs.
            fs::remove_file(&file).unwrap();
            fs::write(&file, "KEEP").unwrap();
            drop(lock);
            assert_eq!(fs::read_to_string(&file).unwrap(), "KEEP");
        }
        let other = home.path().join("other");
        fs::rename(store.locks(), &other).unwrap();
        std::os::unix::fs::symlink(&other, store.locks()).unwrap();
        fs::write(other.join(ID), "4711\n").unwrap();
        assert!(Lock::take(&store, ID).is_err());
        assert_eq!(fs::read_to_string(other.join(ID)).unwrap(), "4711\n");
    }

    #[test]
    fn at_no_time_do_two_hold_it() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let (holders, start) = (AtomicUsize::new(0), Barrier::new(4));
        let taken = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    start.wait();
                    for _ in 0..500 {
                        let Ok(_lock) = Lock::take(&store, ID) else {
                            continue;
                        };
                        assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0);
                        taken.fetch_add(1, Ordering::SeqCst);
                        holders.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(taken.into_inner() > 0);
    }
    #[test]
    fn the_store_is_changed_by_one_and_sessions_are_written_all_the_same() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let all = StoreLock::take(&store).unwrap();
        let Err(StoreError::Busy { pid }) = StoreLock::take_now(&store) else {
            panic!("it was given twice");
        };
        assert_eq!(pid, Some(std::process::id()));
        assert!(Lock::take(&store, ID).is_ok());
        drop(all);
        assert!(StoreLock::take_now(&store).is_ok());
    }

    #[test]
    fn who_wants_the_store_waits_for_one_that_is_soon_done() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let first = StoreLock::take(&store).unwrap();
        let (asked, done) = (Barrier::new(2), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                asked.wait();
                let _second = StoreLock::take(&store).unwrap();
                assert_eq!(done.load(Ordering::SeqCst), 1);
            });
            asked.wait();
            done.store(1, Ordering::SeqCst);
            drop(first);
        });
    }
}
