//! The save: at any moment the file is whole, and when it returns, the words are on the disk.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use zeroize::Zeroizing;

use super::contents::{missing, too_large, whole};
use super::encoding::Encoding;
use super::error::StoreError;
use super::files::MOST;
use super::format::FormatError;
use super::names::is_id;
use super::record::Record;
use super::records::Records;
use super::vault::seal::Recipient;
use super::vault::sealed_for;

type Result<T> = std::result::Result<T, StoreError>;

impl<R: Record> Records<'_, R> {
    /// Saves the record. When this returns without an error it is on the disk, whatever happens
    /// next; with one, the file is whole: as it was before, or (when only the folder could not be
    /// brought to the disk) as it should be. What stands in the file and is not what was saved last
    /// (it cannot be understood, or somebody else has changed it) is put aside first, and
    /// [`Store::put_aside`](super::Store::put_aside) tells where. A file of a newer program is left alone.
    pub fn save(&self, record: &R) -> Result<()> {
        let sealing = self.store.sealing()?;
        let form = Encoding::of(sealing.is_some());
        let (path, bytes) = self.encoded(record, sealing.as_deref())?;
        self.store.prepare()?;
        self.make_month(record.id())?;
        let mut saved = self
            .store
            .saved
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let last = (saved.0 == record.id()).then_some(&*saved.1);
        let in_the_way = |path: &Path, form| match whole(path) {
            Ok(before) if before.is_empty() => Ok(false),
            Ok(before) if Some(&*before) == last => Ok(true),
            Ok(before) => {
                let understood = self.understands(path, form, &before)?;
                if last.is_some() || !understood {
                    self.store.keep_copy(path, &before)?;
                }
                Ok(true)
            }
            Err(error) if missing(&error) => Ok(false),
            Err(StoreError::TooLarge { .. }) => self.store.move_aside(path).map(|()| false),
            Err(error) => Err(error),
        };
        let new = !in_the_way(&path, form)?;
        // The vault was turned on or off since the session was saved last: the file in the other
        // form is what it was read from, and goes once this one is there.
        let before = self.path_in(record.id(), form.other());
        let turned = new && in_the_way(&before, form.other())?;
        saved.0.clear();
        self.store.replace(&path, &bytes)?;
        *saved = (record.id().to_string(), bytes);
        if turned {
            self.store.remove(&before)?;
        }
        Ok(())
    }

    /// The file of a record, and what stands in it: sealed where there are `readers`. What could not be
    /// read again is an error.
    pub(super) fn encoded(
        &self,
        record: &R,
        readers: Option<&[Recipient]>,
    ) -> Result<(PathBuf, Vec<u8>)> {
        let path = self.path_in(record.id(), Encoding::of(readers.is_some()));
        let text = Zeroizing::new(record.to_text());
        if !gives_back(&text, record) || !is_id(record.id()) {
            return Err(StoreError::Unequal { path });
        }
        if text.len() as u64 > MOST {
            return Err(too_large(&path));
        }
        let bytes = match readers {
            Some(readers) => sealed_for(&path, text.as_bytes(), readers)?,
            None => text.as_bytes().to_vec(),
        };
        Ok((path, bytes))
    }

    /// Whether the bytes of a record's file can be understood. Without a key, what is sealed
    /// cannot. A newer program's are an error: they are nobody's to replace.
    fn understands(&self, path: &Path, form: Encoding, bytes: &[u8]) -> Result<bool> {
        let Ok(content) = self.store.opened(path, form, bytes.to_vec()) else {
            return Ok(false);
        };
        let Ok(text) = std::str::from_utf8(&content) else {
            return Ok(false);
        };
        match (self.kind.head)(text) {
            Err(source @ FormatError::Newer { .. }) => Err(StoreError::Unreadable {
                path: path.to_path_buf(),
                source,
            }),
            parsed => Ok(parsed.is_ok()),
        }
    }
}

/// Whether reading `text` gives `record` again.
fn gives_back<R: Record>(text: &str, record: &R) -> bool {
    R::from_text(text).is_ok_and(|read| read.is_same(record))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use rustix::io::Errno;

    use super::*;
    use crate::journal::Operation;
    use crate::journal::faulty::faulty;
    use crate::journal::tests::{now, saved, session, store};
    use crate::session::Session;
    use crate::session::{Outcome, Value};

    fn longer(mut session: Session) -> Session {
        let text = "I read your messages.\n".repeat(40);
        session.answers[0].given = Outcome::Value(Value::Text(text));
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
            Operation::Create,
            Operation::Write,
            Operation::Sync,
            Operation::Rename,
            Operation::SyncFolder,
        ];
        for step in steps {
            for error in [Errno::NOSPC, Errno::IO, Errno::ROFS] {
                let home = tempfile::tempdir().unwrap();
                let (store, files) = faulty(home.path());
                let old = saved(&store, 1);
                let new = longer(old.clone());
                files.fail(step, error);
                let error = error.raw_os_error();
                let failed = store.sessions().save(&new).unwrap_err();
                let StoreError::Io { doing, source, .. } = &failed else {
                    panic!("{failed}");
                };
                assert_eq!((*doing, source.raw_os_error()), (step, Some(error)));
                let expected = if step == Operation::SyncFolder {
                    &new
                } else {
                    &old
                };
                assert_eq!(&store.sessions().read(&old.id).unwrap(), expected);
                let path = store.sessions().path(&old.id);
                assert_eq!(names(path.parent().unwrap()).len(), 1);
                files.heal();
                store.sessions().save(&new).unwrap();
                assert_eq!(store.sessions().read(&old.id).unwrap(), new);
            }
        }
    }

    #[test]
    fn a_claim_that_fails_leaves_nothing_that_hides_others() {
        for step in [
            Operation::MakeFolder,
            Operation::Create,
            Operation::SyncFolder,
        ] {
            let home = tempfile::tempdir().unwrap();
            let (store, files) = faulty(home.path());
            files.fail(step, Errno::NOSPC);
            assert!(store.sessions().claim(&now(), || Ok(1)).is_err());
            files.heal();
            let session = saved(&store, 1);
            let heads = store
                .sessions()
                .heads()
                .collect::<std::result::Result<Vec<_>, _>>();
            assert_eq!(heads.unwrap()[0].id, session.id);
        }
    }

    #[test]
    fn a_save_syncs_the_file_renames_it_and_syncs_the_folder() {
        let home = tempfile::tempdir().unwrap();
        let (store, files) = faulty(home.path());
        let session = saved(&store, 1);
        files.forget();
        store.sessions().save(&session).unwrap();
        assert_eq!(
            files.called(),
            [
                Operation::Create,
                Operation::Write,
                Operation::Write,
                Operation::Sync,
                Operation::Rename,
                Operation::SyncFolder
            ]
        );
    }

    #[test]
    fn a_file_that_cannot_be_understood_is_put_aside_whole_and_the_words_in_hand_are_saved() {
        let home = tempfile::tempdir().unwrap();
        let session = saved(&store(home.path()), 1);
        let path = store(home.path()).sessions().path(&session.id);
        let text = fs::read(&path).unwrap();
        let half = &text[..text.len() - 9];
        for (nth, broken) in [half, b"\xff\xfe", b"state = \"open\""].iter().enumerate() {
            fs::write(&path, broken).unwrap();
            // Also where the program that saves has not saved before.
            let store = store(home.path());
            store.sessions().save(&session).unwrap();
            assert_eq!(store.sessions().read(&session.id).unwrap(), session);
            let aside = store.put_aside();
            assert_eq!(aside.len(), 1);
            assert_eq!(fs::read(&aside[0]).unwrap(), *broken);
            assert_eq!(names(&store.quarantine()).len(), nth + 1);
            assert!(store.put_aside().is_empty(), "it is told once");
        }
    }

    #[test]
    fn what_somebody_else_made_of_the_file_meanwhile_is_put_aside_too() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let (one, two) = (saved(&store, 1), saved(&store, 2));
        store.sessions().save(&one).unwrap();
        assert!(store.put_aside().is_empty(), "sessions are not mixed up");
        let path = store.sessions().path(&one.id);
        let theirs = fs::read_to_string(&path).unwrap().replace("full", "short");
        fs::write(&path, &theirs).unwrap();
        store.sessions().save(&one).unwrap();
        let aside = store.put_aside();
        assert_eq!(fs::read_to_string(&aside[0]).unwrap(), theirs);
        assert_eq!(store.sessions().read(&one.id).unwrap(), one);
        assert_eq!(store.sessions().read(&two.id).unwrap(), two);
    }

    #[test]
    fn a_file_of_a_newer_program_is_left_alone_and_both_numbers_are_told() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let session = saved(&store, 1);
        let path = store.sessions().path(&session.id);
        let newer = fs::read_to_string(&path).unwrap().replace("= 1\n", "= 2\n");
        fs::write(&path, &newer).unwrap();
        let error = store.sessions().save(&session).unwrap_err();
        let StoreError::Unreadable { source, .. } = &error else {
            panic!("{error}");
        };
        let told = "it has format 2, but this program only reads formats up to 1";
        assert_eq!(source.to_string(), told);
        assert_eq!(fs::read_to_string(&path).unwrap(), newer);
        assert!(!store.quarantine().exists());
    }

    #[test]
    fn where_a_broken_file_cannot_be_put_aside_it_stays_and_nothing_is_saved_over_it() {
        for step in [
            Operation::MakeFolder,
            Operation::Create,
            Operation::Write,
            Operation::Sync,
            Operation::SyncFolder,
        ] {
            for error in [Errno::NOSPC, Errno::IO, Errno::ROFS] {
                let home = tempfile::tempdir().unwrap();
                let (store, files) = faulty(home.path());
                let session = saved(&store, 1);
                let path = store.sessions().path(&session.id);
                fs::write(&path, "half a text").unwrap();
                files.fail(step, error);
                assert!(store.sessions().save(&session).is_err());
                assert_eq!(fs::read_to_string(&path).unwrap(), "half a text");
                files.heal();
                store.sessions().save(&session).unwrap();
                assert_eq!(store.sessions().read(&session.id).unwrap(), session);
                let kept = names(&store.quarantine());
                let kept = kept.iter().map(|name| store.quarantine().join(name));
                for kept in kept {
                    assert_eq!(fs::read_to_string(kept).unwrap(), "half a text");
                }
                assert_eq!(store.put_aside().len(), 1);
            }
        }
    }

    #[test]
    fn what_would_not_come_back_is_not_written() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let before = saved(&store, 1);
        let mut odd = before.clone();
        odd.answers[0].given = Outcome::Value(Value::Number(1));
        let error = store.sessions().save(&odd).unwrap_err();
        assert!(matches!(error, StoreError::Unequal { .. }), "{error}");
        assert_eq!(store.sessions().read(&before.id).unwrap(), before);
        let outside = session("../../20261122");
        assert!(store.sessions().save(&outside).is_err());
    }

    #[test]
    fn a_temp_file_of_a_process_with_the_same_number_does_not_stand_in_the_way() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let session = saved(&store, 1);
        let path = store.sessions().path(&session.id);
        let name = path.file_name().unwrap().to_str().unwrap();
        for count in 0..20 {
            let temp = format!(".{name}.{}-{count}.tmp", std::process::id());
            fs::write(path.with_file_name(temp), "").unwrap();
        }
        store.sessions().save(&session).unwrap();
        assert_eq!(store.sessions().read(&session.id).unwrap(), session);
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

    #[test]
    fn nothing_is_made_anew_where_the_disk_with_the_data_folder_went_away() {
        for leaves_a_folder in [false, true] {
            let home = tempfile::tempdir().unwrap();
            let (data, away) = (home.path().join("data"), home.path().join("away"));
            let store = store(&data);
            let mut session = saved(&store, 1);
            fs::rename(&data, &away).unwrap();
            if leaves_a_folder {
                fs::create_dir_all(data.join("sessions/2026/11")).unwrap();
            }
            session.notes.clear();
            let error = store.sessions().save(&session).unwrap_err();
            assert!(matches!(error, StoreError::WentAway { .. }), "{error}");
            assert!(store.sessions().claim(&now(), || Ok(2)).is_err());
            // In doubt it is on, so that nothing goes to the disk below in the open.
            assert!(store.vault().is_err());
            assert!(!data.join("format").exists() && !store.sessions().path(&session.id).exists());
            assert_eq!(data.exists(), leaves_a_folder);
            let _ = fs::remove_dir_all(&data);
            fs::rename(&away, &data).unwrap();
            store.sessions().save(&session).unwrap();
            assert_eq!(store.sessions().read(&session.id).unwrap(), session);
        }
    }
}
