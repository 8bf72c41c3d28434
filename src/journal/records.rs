//! The records of one kind: their names, and where each of them lies.

use std::fs;
use std::io;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use jiff::Zoned;

use super::contents::missing;
use super::encoding::Encoding;
use super::error::{Operation, StoreError};
use super::names::{Names, is_id, month_of, time_name};
use super::record::{Record, RecordKind};
use super::store::{Store, TRIES, taken};
use crate::ledger::Fact;
use crate::session::{Session, SessionId};

type Result<T> = std::result::Result<T, StoreError>;

/// Every kind of record. The sweep, the health check, backups and the vault go over this list: a new
/// kind is a [`Record`] and a row here.
pub(super) const KINDS: [&RecordKind; 2] = [Session::KIND, Fact::KIND];

/// The records of one kind in a store: `<folder>/YYYY/MM/<id>.toml` below the data folder, or
/// `.toml.age` with the vault on.
pub struct Records<'s, R = AnyRecord> {
    pub(super) store: &'s Store,
    pub(super) kind: &'static RecordKind,
    of: PhantomData<fn() -> R>,
}

/// In the place of a record's type: for what looks at files and not at what is said in them.
pub enum AnyRecord {}

impl<R> Clone for Records<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Records<'_, R> {}

impl Store {
    /// The sessions.
    pub fn sessions(&self) -> Records<'_, Session> {
        self.records(Session::KIND)
    }

    /// What was said about promises.
    pub fn facts(&self) -> Records<'_, Fact> {
        self.records(Fact::KIND)
    }

    /// Whether there is no record of any kind.
    pub fn is_empty(&self) -> bool {
        let mut kinds = self.every_kind();
        kinds.all(|records| records.newest().flatten().next().is_none())
    }

    /// The records of every kind.
    pub(super) fn every_kind(&self) -> impl Iterator<Item = Records<'_>> {
        KINDS.iter().map(|kind| self.records(kind))
    }

    /// The records among which `path` lies.
    pub(super) fn records_at(&self, path: &Path) -> Option<Records<'_>> {
        self.every_kind()
            .find(|records| path.starts_with(records.folder()))
    }

    fn records<R>(&self, kind: &'static RecordKind) -> Records<'_, R> {
        Records {
            store: self,
            kind,
            of: PhantomData,
        }
    }
}

impl<R> Records<'_, R> {
    /// Where they lie.
    pub(super) fn folder(&self) -> PathBuf {
        self.store.data.join(self.kind.folder)
    }

    /// Takes a name for a record that begins `now` by making its file, still empty. Nobody else
    /// can get the same name.
    pub fn claim(
        &self,
        now: &Zoned,
        mut random: impl FnMut() -> crate::error::Result<u32>,
    ) -> Result<SessionId> {
        self.store.prepare()?;
        let form = Encoding::of(self.store.sealing()?.is_some());
        let time = time_name(now);
        let mut tries = 0;
        loop {
            let id = self.draw_name(&time, &mut random)?;
            let path = self.path_in(&id, form);
            self.make_month(&id)?;
            tries += 1;
            match self.store.files.create(&path) {
                Ok(_) => return Ok(id),
                Err(error) if taken(&error) && tries < TRIES => {}
                Err(error) => return Err(StoreError::io(Operation::Create, &path, error)),
            }
        }
    }

    /// A name for a record that begins at `time`, which may be taken.
    pub(super) fn draw_name(
        &self,
        time: &str,
        random: &mut dyn FnMut() -> crate::error::Result<u32>,
    ) -> Result<SessionId> {
        let number = random().map_err(|error| {
            let error = io::Error::other(error.message);
            StoreError::io(Operation::Create, &self.folder(), error)
        })?;
        Ok(format!("{time}-{number:08x}"))
    }

    /// The names of all records, newest first, from folders alone. A name may be claimed and not
    /// saved yet.
    pub fn newest(&self) -> Names {
        match self.store.check() {
            Ok(()) => Names::below(&self.folder()),
            Err(error) => Names::failed(error),
        }
    }

    pub(super) fn make_month(&self, id: &str) -> Result<()> {
        let (year, month) = month_of(id);
        let year = self.folder().join(year);
        let month = year.join(month);
        // A link here would lead out of the person's folder, and lists would not follow it.
        for folder in [&year, &month] {
            if fs::symlink_metadata(folder).is_ok_and(|found| !found.is_dir()) {
                let path = folder.clone();
                return Err(StoreError::OutOfPlace { path });
            }
        }
        self.store.make_folders(&month)
    }

    /// The file of the record with this full name: the one that is there, else the one that the
    /// next save makes.
    pub fn path(&self, id: &str) -> PathBuf {
        let first = self.store.first_form();
        let path = self.path_in(id, first);
        if fs::symlink_metadata(&path).is_ok() {
            return path;
        }
        let other = self.path_in(id, first.other());
        if fs::symlink_metadata(&other).is_ok() {
            other
        } else {
            path
        }
    }

    /// The file of a record in one form, whether or not it is there.
    pub(super) fn path_in(&self, id: &str, form: Encoding) -> PathBuf {
        let (year, month) = month_of(id);
        let mut path = self.folder().join(year);
        path.push(month);
        path.push(format!("{id}{}", form.ending()));
        path
    }

    /// Does `with` with the file of a record in the form that is there. Where both are, a run that
    /// turned one into the other was cut off, and the one that is written now is the newer.
    pub(super) fn in_its_form<T>(
        &self,
        id: &str,
        mut with: impl FnMut(&Path, Encoding) -> Result<T>,
    ) -> Result<T> {
        let first = self.store.likely_form();
        match with(&self.path_in(id, first), first) {
            Err(error) if missing(&error) => {}
            done => return done,
        }
        let other = first.other();
        with(&self.path_in(id, other), other)
    }
}

/// Makes sure that `id` can be the name of a record.
pub(super) fn is_name(id: &str) -> Result<()> {
    if is_id(id) {
        Ok(())
    } else {
        Err(StoreError::Gone { id: id.to_string() })
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::journal::format::FormatError;
    use crate::journal::names::list;
    use crate::journal::tests::{now, saved, session, store};
    use crate::journal::{Arrival, StoreLock};
    use crate::session::Moment;

    #[test]
    fn a_claimed_name_is_utc_time_and_eight_hex_digits_and_nobody_elses() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let mut numbers = [0x9f3a_61c2, 0x9f3a_61c2, 0xb].into_iter();
        let mut random = || Ok(numbers.next().unwrap_or_default());
        let first = store.sessions().claim(&now(), &mut random).unwrap();
        let second = store.sessions().claim(&now(), &mut random).unwrap();
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
        assert!(store.sessions().claim(&now(), || Ok(7)).is_ok());
        assert!(store.sessions().claim(&now(), || Ok(7)).is_err());
    }

    #[test]
    fn a_newer_data_folder_is_left_alone_and_both_numbers_are_told() {
        let home = tempfile::tempdir().unwrap();
        saved(&store(home.path()), 1);
        fs::write(home.path().join("format"), "3\n").unwrap();
        let store = store(home.path());
        let error = store
            .sessions()
            .claim(&now(), || Ok(2))
            .unwrap_err()
            .to_string();
        assert!(
            error.ends_with("format has format 3, but this program only knows formats up to 1")
        );
        assert!(store.sessions().newest().all(|id| id.is_err()));
        assert_eq!(store.sessions().newest().count(), 1);
    }

    #[test]
    fn nothing_is_written_to_a_folder_of_somebody_else() {
        let home = tempfile::tempdir().unwrap();
        let theirs = saved(&store(home.path()), 1);
        let mut store = store(home.path());
        store.us += 1;
        let error = store.sessions().claim(&now(), || Ok(2)).unwrap_err();
        assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
        assert!(store.sessions().save(&theirs).is_err());
        assert_eq!(
            list(&home.path().join("sessions/2026/11")).unwrap().len(),
            1
        );
        // Who may read it may read it.
        assert_eq!(store.sessions().read(&theirs.id).unwrap(), theirs);
    }

    #[test]
    fn nothing_is_made_by_looking() {
        let home = tempfile::tempdir().unwrap();
        let store = store(&home.path().join("none"));
        assert_eq!(store.sessions().heads().count(), 0);
        assert!(store.sessions().find("last", &now()).is_err());
        assert!(!home.path().join("none").exists());
    }

    #[test]
    fn a_month_that_is_a_link_is_not_written_through() {
        let home = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let store = store(home.path());
        fs::create_dir_all(home.path().join("sessions/2026")).unwrap();
        symlink(elsewhere.path(), home.path().join("sessions/2026/11")).unwrap();
        let error = store.sessions().claim(&now(), || Ok(1)).unwrap_err();
        assert!(matches!(error, StoreError::OutOfPlace { .. }), "{error}");
        assert!(
            store
                .sessions()
                .save(&session("20261122T174501.032Z-00000001"))
                .is_err()
        );
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }

    /// A kind of record with a number in it, and nothing else.
    #[derive(Clone, Debug, PartialEq)]
    struct Count {
        id: String,
        started: Moment,
        number: i64,
    }

    impl Record for Count {
        const KIND: &'static RecordKind = &RecordKind::of::<Self>("counts", "count", "wc");

        fn id(&self) -> &str {
            &self.id
        }

        fn with_id(self, id: String) -> Self {
            Self { id, ..self }
        }

        fn started(&self) -> &Moment {
            &self.started
        }

        fn to_text(&self) -> String {
            format!("{}\n{}\n", self.started.0, self.number)
        }

        fn from_text(text: &str) -> std::result::Result<Self, FormatError> {
            let no_count = || FormatError::Shape("it is no count".to_string());
            let (started, number) = text.split_once('\n').ok_or_else(no_count)?;
            Ok(Self {
                id: String::new(),
                started: Moment(started.to_string()),
                number: number.trim().parse().map_err(|_| no_count())?,
            })
        }

        fn is_same(&self, other: &Self) -> bool {
            (&self.started, self.number) == (&other.started, other.number)
        }

        fn contains(&self, part: &Self) -> bool {
            self.is_same(part)
        }
    }

    #[test]
    fn another_kind_of_record_is_kept_as_sessions_are_and_apart_from_them() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let session = saved(&store, 1);
        let counts = store.records::<Count>(Count::KIND);
        let count = Count {
            id: counts.claim(&now(), || Ok(1)).unwrap(),
            started: Moment::new(&now()),
            number: 7,
        };
        assert_eq!(count.id, session.id, "each kind has names of its own");
        counts.save(&count).unwrap();
        assert!(
            counts
                .path(&count.id)
                .starts_with(home.path().join("counts/2026/11"))
        );
        assert_eq!(counts.read(&count.id).unwrap(), count);
        assert_eq!(counts.find("last", &now()).unwrap(), count.id);
        let arrival = |theirs: &Count| {
            let all = StoreLock::take(&store).unwrap();
            let mut arrivals = Vec::new();
            counts.bring_in(&all, std::slice::from_ref(theirs), |_, arrival| {
                arrivals.push(arrival.unwrap());
                ControlFlow::Continue(())
            });
            arrivals.remove(0)
        };
        assert_eq!(arrival(&count), Arrival::Here);
        let other = Count {
            number: 8,
            ..count.clone()
        };
        let arrival = arrival(&other);
        assert!(matches!(arrival, Arrival::Beside(_)), "{arrival:?}");
        assert_eq!(counts.newest().count(), 2);
        // What cannot be understood is put aside, by the kind's own reading.
        std::fs::write(counts.path(&count.id), "half").unwrap();
        counts.save(&count).unwrap();
        assert_eq!(store.put_aside().len(), 1);
        counts.delete(&count.id).unwrap();
        assert!(matches!(
            counts.read(&count.id),
            Err(StoreError::Gone { .. })
        ));
        assert_eq!(store.sessions().read(&session.id).unwrap(), session);
    }
}
