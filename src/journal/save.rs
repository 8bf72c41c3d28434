//! The save: at any moment the file is whole, and when it returns, the words are on the disk.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU32, Ordering};

use super::error::{Doing, StoreError};
use super::format;
use super::names::is_id;
use super::read::{missing, understand, whole_text};
use super::store::{Store, TRIES, folder_of, taken};
use crate::session::Session;

type Result<T> = std::result::Result<T, StoreError>;

impl Store {
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
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        match whole_text(&path) {
            Ok(before) if before.is_empty() || before == *saved => {}
            Ok(before) => {
                understand(&path, format::from_text(&before))?;
            }
            Err(error) if missing(&error) => {}
            Err(error) => return Err(error),
        }
        saved.clear();
        self.replace(&path, text.as_bytes())?;
        *saved = text;
        Ok(())
    }

    /// Saves a file that lies beside the sessions, for its owner alone: all of it, or nothing.
    pub fn save_beside(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.prepare()?;
        self.replace(path, bytes)
    }

    /// Puts `bytes` in the place of the file: all of them, or nothing.
    pub(super) fn replace(&self, path: &Path, bytes: &[u8]) -> Result<()> {
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

/// Whether reading `text` gives `session` again.
fn gives_back(text: &str, session: &Session) -> bool {
    // Two NaN in unknown keys are not equal, though the same; their words are.
    format::from_text(text)
        .is_ok_and(|read| read == *session || format!("{read:?}") == format!("{session:?}"))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::sync::{Arc, Mutex};

    use rustix::io::Errno;

    use super::*;
    use crate::journal::tests::{now, saved, session, store};
    use crate::journal::{Disk, Files};
    use crate::session::{Given, Value};
    use crate::world::Folders;

    /// A disk on which one sort of call fails, and that remembers what was called. A disk that is
    /// full writes half of what it is given first.
    struct Faulty {
        fails: Mutex<Option<(Doing, i32)>>,
        called: Mutex<Vec<Doing>>,
    }

    impl Faulty {
        fn call<T>(&self, doing: Doing, real: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
            self.called.lock().unwrap().push(doing);
            match *self.fails.lock().unwrap() {
                Some((fails, error)) if fails == doing => Err(io::Error::from_raw_os_error(error)),
                _ => real(),
            }
        }
    }

    impl Files for Faulty {
        fn create(&self, path: &Path) -> io::Result<File> {
            self.call(Doing::Create, || Disk.create(path))
        }

        fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
            let half = bytes.len().div_ceil(2);
            let before = self.called.lock().unwrap().last() == Some(&Doing::Write);
            if !before {
                self.called.lock().unwrap().push(Doing::Write);
                return Disk.write(file, &bytes[..half]);
            }
            self.call(Doing::Write, || Disk.write(file, bytes))
        }

        fn sync(&self, file: &File) -> io::Result<()> {
            self.call(Doing::Sync, || Disk.sync(file))
        }

        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            self.call(Doing::Rename, || Disk.rename(from, to))
        }

        fn sync_dir(&self, path: &Path) -> io::Result<()> {
            self.call(Doing::SyncFolder, || Disk.sync_dir(path))
        }

        fn make_dir(&self, path: &Path) -> io::Result<()> {
            self.call(Doing::MakeFolder, || Disk.make_dir(path))
        }

        fn remove(&self, path: &Path) -> io::Result<()> {
            Disk.remove(path)
        }
    }

    fn faulty(home: &Path) -> (Store, Arc<Faulty>) {
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

    fn longer(mut session: Session) -> Session {
        let text = "I read your messages.\n".repeat(40);
        session.answers[0].given = Given::Value(Value::Text(text));
        session
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn a_save_that_fails_at_any_step_leaves_a_whole_file_and_nothing_else() {
        let steps = [
            Doing::Create,
            Doing::Write,
            Doing::Sync,
            Doing::Rename,
            Doing::SyncFolder,
        ];
        for step in steps {
            for error in [Errno::NOSPC, Errno::IO, Errno::ROFS] {
                let error = error.raw_os_error();
                let home = tempfile::tempdir().unwrap();
                let (store, files) = faulty(home.path());
                let old = saved(&store, 1);
                let new = longer(old.clone());
                *files.fails.lock().unwrap() = Some((step, error));
                let failed = store.save(&new).unwrap_err();
                let StoreError::Io { doing, source, .. } = &failed else {
                    panic!("{failed}");
                };
                assert_eq!((*doing, source.raw_os_error()), (step, Some(error)));
                let expected = if step == Doing::SyncFolder {
                    &new
                } else {
                    &old
                };
                assert_eq!(&store.read(&old.id).unwrap(), expected);
                let path = store.path(&old.id);
                assert_eq!(names(path.parent().unwrap()).len(), 1);
                *files.fails.lock().unwrap() = None;
                store.save(&new).unwrap();
                assert_eq!(store.read(&old.id).unwrap(), new);
            }
        }
    }

    #[test]
    fn a_claim_that_fails_leaves_nothing_that_hides_others() {
        for step in [Doing::MakeFolder, Doing::Create, Doing::SyncFolder] {
            let home = tempfile::tempdir().unwrap();
            let (store, files) = faulty(home.path());
            *files.fails.lock().unwrap() = Some((step, Errno::NOSPC.raw_os_error()));
            assert!(store.claim(&now(), || Ok(1)).is_err());
            *files.fails.lock().unwrap() = None;
            let session = saved(&store, 1);
            let heads = store.heads().collect::<std::result::Result<Vec<_>, _>>();
            assert_eq!(heads.unwrap()[0].id, session.id);
        }
    }

    #[test]
    fn a_save_syncs_the_file_renames_it_and_syncs_the_folder() {
        let home = tempfile::tempdir().unwrap();
        let (store, files) = faulty(home.path());
        let session = saved(&store, 1);
        files.called.lock().unwrap().clear();
        store.save(&session).unwrap();
        assert_eq!(
            *files.called.lock().unwrap(),
            [
                Doing::Create,
                Doing::Write,
                Doing::Write,
                Doing::Sync,
                Doing::Rename,
                Doing::SyncFolder
            ]
        );
    }

    #[test]
    fn a_file_that_cannot_be_understood_is_never_written_to() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let session = saved(&store, 1);
        let path = store.path(&session.id);
        let text = fs::read_to_string(&path).unwrap();
        for broken in [&text[..text.len() - 9], &text.replace("= 1\n", "= 2\n")] {
            fs::write(&path, broken).unwrap();
            let error = store.save(&session).unwrap_err();
            assert!(matches!(error, StoreError::Unreadable { .. }), "{error}");
            assert_eq!(fs::read_to_string(&path).unwrap(), broken);
        }
    }

    #[test]
    fn what_would_not_come_back_is_not_written() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let before = saved(&store, 1);
        let mut odd = before.clone();
        odd.answers[0].given = Given::Value(Value::Number(1));
        let error = store.save(&odd).unwrap_err();
        assert!(matches!(error, StoreError::Unequal { .. }), "{error}");
        assert_eq!(store.read(&before.id).unwrap(), before);
        let outside = session("../../20261122");
        assert!(store.save(&outside).is_err());
    }

    #[test]
    fn a_temp_file_of_a_process_with_the_same_number_does_not_stand_in_the_way() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let session = saved(&store, 1);
        let path = store.path(&session.id);
        let name = path.file_name().unwrap().to_str().unwrap();
        for count in 0..20 {
            let temp = format!(".{name}.{}-{count}.tmp", std::process::id());
            fs::write(path.with_file_name(temp), "").unwrap();
        }
        store.save(&session).unwrap();
        assert_eq!(store.read(&session.id).unwrap(), session);
    }

    #[test]
    fn a_folder_of_the_persons_own_keeps_its_mode() {
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("mine");
        fs::create_dir(&data).unwrap();
        fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).unwrap();
        saved(&store(&data), 1);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&data), 0o755);
        assert_eq!(mode(&data.join("sessions")), 0o700);
        assert_eq!(mode(&data.join("format")), 0o600);
    }
}
