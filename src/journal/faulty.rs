//! A disk that fails, for the tests of this module.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use rustix::io::Errno;

use super::{Disk, Files, Operation, Store};
use crate::home::folders::Folders;

/// A disk on which one sort of call fails, and that remembers what was called. A disk that is
/// full writes half of what it is given first.
pub(super) struct Faulty {
    fails: Mutex<Option<(Operation, i32)>>,
    called: Mutex<Vec<Operation>>,
}

impl Faulty {
    /// From now on each call of this sort fails with this error.
    pub(super) fn fail(&self, doing: Operation, error: Errno) {
        *self.fails.lock().unwrap() = Some((doing, error.raw_os_error()));
    }

    /// From now on nothing fails.
    pub(super) fn heal(&self) {
        *self.fails.lock().unwrap() = None;
    }

    /// What was called since the last [`Self::forget`], in order.
    pub(super) fn called(&self) -> Vec<Operation> {
        self.called.lock().unwrap().clone()
    }

    pub(super) fn forget(&self) {
        self.called.lock().unwrap().clear();
    }

    fn call<T>(&self, doing: Operation, real: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        self.called.lock().unwrap().push(doing);
        match *self.fails.lock().unwrap() {
            Some((fails, error)) if fails == doing => Err(io::Error::from_raw_os_error(error)),
            _ => real(),
        }
    }
}

impl Files for Faulty {
    fn create(&self, path: &Path) -> io::Result<File> {
        self.call(Operation::Create, || Disk.create(path))
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        let half = bytes.len().div_ceil(2);
        let before = self.called.lock().unwrap().last() == Some(&Operation::Write);
        if !before {
            self.called.lock().unwrap().push(Operation::Write);
            return Disk.write(file, &bytes[..half]);
        }
        self.call(Operation::Write, || Disk.write(file, bytes))
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.call(Operation::Sync, || Disk.sync(file))
    }

    fn sync_all(&self, files: &[&File]) -> io::Result<()> {
        self.call(Operation::Sync, || Disk.sync_all(files))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call(Operation::Rename, || Disk.rename(from, to))
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call(Operation::Rename, || Disk.rename_new(from, to))
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.call(Operation::SyncFolder, || Disk.sync_dir(path))
    }

    fn make_dir(&self, path: &Path) -> io::Result<()> {
        self.call(Operation::MakeFolder, || Disk.make_dir(path))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call(Operation::Remove, || Disk.remove(path))
    }
}

/// The store below `home`, on such a disk.
pub(super) fn faulty(home: &Path) -> (Store, Arc<Faulty>) {
    let folders = Folders::under(home);
    let files = Arc::new(Faulty {
        fails: Mutex::new(None),
        called: Mutex::new(Vec::new()),
    });
    let theirs: Arc<dyn Files> = files.clone();
    (
        Store::with_files(folders.data, folders.state, theirs),
        files,
    )
}

/// A disk that is stuck while the gate is held.
struct Stuck(Arc<Mutex<()>>);

impl Files for Stuck {
    fn create(&self, path: &Path) -> io::Result<File> {
        Disk.create(path)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        Disk.write(file, bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        let _gate = self.0.lock().unwrap();
        Disk.sync(file)
    }

    fn sync_all(&self, files: &[&File]) -> io::Result<()> {
        Disk.sync_all(files)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.rename_new(from, to)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        Disk.sync_dir(path)
    }

    fn make_dir(&self, path: &Path) -> io::Result<()> {
        Disk.make_dir(path)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        Disk.remove(path)
    }
}

/// The store below `home`, on such a disk.
pub(super) fn stuck(home: &Path, gate: &Arc<Mutex<()>>) -> Store {
    let folders = Folders::under(home);
    let files = Arc::new(Stuck(Arc::clone(gate)));
    Store::with_files(folders.data, folders.state, files)
}
