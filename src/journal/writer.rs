//! The one thread that saves a session while somebody works on it, and what is typed meanwhile.

use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::closed::Sealer;
use super::error::StoreError;
use super::lock::Lock;
use super::pending_save::{NextSave, PendingSave, SaveError};
use super::store::Store;
use crate::session::{AnswerId, Session, SessionNote};

/// How long [`Writer::flush`] waits: a signal must not hang on a slow disk.
const PATIENCE: Duration = Duration::from_secs(2);

/// Saves one session, from its own thread. Every method can be called from any thread. Dropping it
/// saves what is not saved yet, then lets go of the session's lock.
#[derive(Debug)]
pub struct Writer {
    shared: Arc<WriterShared>,
    store: Store,
    sealer: Option<Sealer>,
    thread: Option<JoinHandle<()>>,
    _lock: Lock,
}

impl Writer {
    /// Starts the thread. Nothing is written before something changes.
    pub fn start(store: Store, lock: Lock, session: Session) -> Result<Self, SaveError> {
        Self::start_sealing(store, lock, session, None)
    }

    /// The same, for two people: nothing that is closed leaves memory as it is.
    pub fn start_sealing(
        store: Store,
        lock: Lock,
        session: Session,
        sealer: Option<Sealer>,
    ) -> Result<Self, SaveError> {
        let shared = Arc::new(WriterShared {
            pending: Mutex::new(PendingSave::new(session)),
            work: Condvar::new(),
            done: Condvar::new(),
        });
        let theirs = Arc::clone(&shared);
        let (saves, seals) = (store.clone(), sealer.clone());
        let thread = thread::Builder::new()
            .name("writer".to_string())
            .spawn(move || {
                let _end = ThreadEnd(&theirs);
                work(&theirs, &saves, seals.as_ref());
            })
            .map_err(|_| SaveError::Stopped)?;
        Ok(Self {
            shared,
            store,
            sealer,
            thread: Some(thread),
            _lock: lock,
        })
    }

    /// Where it is saved.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// What closes the answers of two people.
    pub fn sealer(&self) -> Option<&Sealer> {
        self.sealer.as_ref()
    }

    /// Saves the session, and returns when it is on the disk or cannot be. What it says of text in
    /// progress holds from now on.
    pub fn save(&self, session: &Session) -> Result<(), SaveError> {
        let mut pending = self.shared.pending();
        pending.replace_session(session.clone());
        self.wait(pending, None)
    }

    /// Tells which answer the text in progress belongs to from now on; `None` for none.
    pub fn begin_answer(&self, id: Option<AnswerId>) {
        self.shared.pending().begin_answer(id);
    }

    /// Takes what was typed since the answer began.
    pub fn take_progress(&self) -> Option<String> {
        self.shared.pending().typed.take()
    }

    /// Takes what is typed from now on as the text of a note behind the others. It is saved as far
    /// as it is written.
    pub fn note(&self, note: SessionNote) {
        self.shared.pending().begin_note(note);
    }

    /// Remembers what stands there now, and returns at once. It is saved at every new line, at 200
    /// typed characters, and a second after the first change at the latest. Without a turn it is
    /// not remembered.
    pub fn progress(&self, text: &str) {
        let mut pending = self.shared.pending();
        if pending.progress(text, Instant::now()) {
            self.shared.work.notify_one();
        }
    }

    /// Saves what is not saved yet and waits for it, but no longer than two seconds. Safe while
    /// another thread is in [`Writer::save`].
    pub fn flush(&self) -> Result<(), SaveError> {
        let until = Instant::now() + PATIENCE;
        self.wait(self.shared.pending(), Some(until))
    }

    /// Whether everything is on the disk; nothing where the last try failed.
    pub fn is_saved(&self) -> Option<bool> {
        let pending = self.shared.pending();
        (!pending.is_failing()).then(|| pending.is_saved())
    }

    /// Where saving has put files aside since this was last asked; see [`Store::put_aside`].
    pub fn put_aside(&self) -> Vec<PathBuf> {
        self.store.put_aside()
    }

    fn wait(
        &self,
        mut pending: MutexGuard<'_, PendingSave>,
        until: Option<Instant>,
    ) -> Result<(), SaveError> {
        let (wanted, tries) = pending.request_save();
        self.shared.work.notify_one();
        loop {
            if let Some(outcome) = pending.outcome(wanted, tries) {
                return outcome;
            }
            pending = match until.map(|until| until.saturating_duration_since(Instant::now())) {
                None => {
                    let woken = self.shared.done.wait(pending);
                    woken.unwrap_or_else(PoisonError::into_inner)
                }
                Some(Duration::ZERO) => return Err(SaveError::Slow),
                Some(left) => {
                    let woken = self.shared.done.wait_timeout(pending, left);
                    woken.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.shared.pending().leaving = true;
        self.shared.work.notify_one();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[derive(Debug)]
struct WriterShared {
    pending: Mutex<PendingSave>,
    /// There is something to save, or a reason to save it sooner.
    work: Condvar,
    /// A try to save has ended.
    done: Condvar,
}

impl WriterShared {
    fn pending(&self) -> MutexGuard<'_, PendingSave> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn work(shared: &WriterShared, store: &Store, sealer: Option<&Sealer>) {
    let mut pending = shared.pending();
    loop {
        pending = match pending.next_save(Instant::now()) {
            NextSave::End => return,
            NextSave::Wait => {
                let woken = shared.work.wait(pending);
                woken.unwrap_or_else(PoisonError::into_inner)
            }
            NextSave::WaitFor(time) => {
                let woken = shared.work.wait_timeout(pending, time);
                woken.unwrap_or_else(PoisonError::into_inner).0
            }
            NextSave::Save => {
                let (session, held) = pending.begin_try();
                drop(pending);
                let path = store.sessions().path(&session.id);
                let sealed = match sealer {
                    Some(sealer) => sealer.seal(session),
                    None => Ok(session),
                };
                let sealed = sealed.map_err(|source| StoreError::CannotSeal { path, source });
                let result = sealed.and_then(|session| store.sessions().save(&session));
                let result = result.map_err(SaveError::Store);
                pending = shared.pending();
                pending.end_try(held, result, Instant::now());
                shared.done.notify_all();
                pending
            }
        };
    }
}

/// Tells those who wait that the thread is gone, also when it did not go of itself.
struct ThreadEnd<'a>(&'a WriterShared);

impl Drop for ThreadEnd<'_> {
    fn drop(&mut self) {
        self.0.pending().ended = true;
        self.0.done.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::journal::StoreError;
    use crate::journal::faulty::stuck;
    use crate::journal::tests::{now, saved, store};
    use crate::session::{Moment, Outcome, Value};

    fn begin(home: &Path) -> (Store, Session, Writer) {
        let store = store(home);
        let session = saved(&store, 1);
        let lock = Lock::take(&store, &session.id).unwrap();
        let writer = Writer::start(store.clone(), lock, session.clone()).unwrap();
        (store, session, writer)
    }

    fn on_disk(store: &Store, session: &Session) -> Option<String> {
        let read = store.sessions().read(&session.id).unwrap();
        read.answers[0].progress.clone()
    }

    fn answered(mut session: Session, text: &str) -> Session {
        session.answers[0].given = Outcome::Value(Value::Text(text.to_string()));
        session.answers[0].at = Some(Moment::new(&now()));
        session
    }

    #[test]
    fn text_in_progress_is_saved_by_itself_and_gone_with_the_answer() {
        let home = tempfile::tempdir().unwrap();
        let (store, session, writer) = begin(home.path());
        writer.begin_answer(Some(AnswerId::new("act", 1)));
        writer.progress("I read");
        while on_disk(&store, &session).is_none() {
            thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(on_disk(&store, &session).as_deref(), Some("I read"));
        let session = answered(session, "I read it");
        writer.save(&session).unwrap();
        assert_eq!(store.sessions().read(&session.id).unwrap(), session);
    }

    #[test]
    fn what_the_session_says_of_text_in_progress_holds() {
        let home = tempfile::tempdir().unwrap();
        let (store, mut session, writer) = begin(home.path());
        writer.begin_answer(Some(AnswerId::new("act", 1)));
        writer.progress("I read");
        session.answers[0].progress = Some("I read".to_string());
        writer.save(&session).unwrap();
        assert_eq!(on_disk(&store, &session).as_deref(), Some("I read"));
        // Given again as it was: what was typed on the way goes.
        let session = answered(session, "I read it");
        writer.save(&session).unwrap();
        writer.progress("I read it, and");
        let mut same = session;
        same.answers[0].progress = None;
        writer.save(&same).unwrap();
        assert_eq!(on_disk(&store, &same), None);
    }

    #[test]
    fn an_answer_that_is_being_revised_keeps_both_until_it_is_given_anew() {
        let home = tempfile::tempdir().unwrap();
        let (store, session, writer) = begin(home.path());
        let first = answered(session, "I read it");
        writer.save(&first).unwrap();
        writer.begin_answer(Some(AnswerId::new("act", 1)));
        writer.progress("I read it all");
        writer.flush().unwrap();
        let saved = store.sessions().read(&first.id).unwrap();
        assert_eq!(saved.answers[0].given, first.answers[0].given);
        assert_eq!(on_disk(&store, &first).as_deref(), Some("I read it all"));
        let second = answered(first, "I read it all");
        writer.save(&second).unwrap();
        assert_eq!(store.sessions().read(&second.id).unwrap(), second);
    }

    #[test]
    fn a_note_is_saved_as_far_as_it_is_written_behind_the_others() {
        let home = tempfile::tempdir().unwrap();
        let (store, mut session, writer) = begin(home.path());
        let note = |text: &str| SessionNote {
            at: Moment::new(&now()),
            text: text.to_string(),
            extra: toml::Table::new(),
        };
        session.notes = vec![note("The first.")];
        writer.save(&session).unwrap();
        writer.note(note(""));
        for (typed, notes) in [
            ("I was\nwro", vec![note("The first."), note("I was\nwro")]),
            (" ", vec![note("The first.")]),
            ("I", vec![note("The first."), note("I")]),
        ] {
            writer.progress(typed);
            writer.flush().unwrap();
            assert_eq!(
                store.sessions().read(&session.id).unwrap().notes,
                notes,
                "{typed}"
            );
        }
    }

    #[test]
    fn deleted_text_is_not_kept() {
        let home = tempfile::tempdir().unwrap();
        let (store, session, writer) = begin(home.path());
        writer.begin_answer(Some(AnswerId::new("act", 1)));
        writer.progress("I");
        writer.flush().unwrap();
        assert_eq!(on_disk(&store, &session).as_deref(), Some("I"));
        writer.progress("");
        writer.flush().unwrap();
        assert_eq!(on_disk(&store, &session), None);
    }

    #[test]
    fn a_dropped_writer_has_saved_everything_and_lets_go_of_the_lock() {
        let home = tempfile::tempdir().unwrap();
        let (store, session, writer) = begin(home.path());
        writer.begin_answer(Some(AnswerId::new("act", 1)));
        writer.progress("I read");
        drop(writer);
        assert_eq!(on_disk(&store, &session).as_deref(), Some("I read"));
        assert!(Lock::take(&store, &session.id).is_ok());
    }

    #[test]
    fn a_stuck_disk_holds_up_neither_keys_nor_signals() {
        let home = tempfile::tempdir().unwrap();
        let gate = Arc::new(Mutex::new(()));
        let store = stuck(home.path(), &gate);
        let session = saved(&store, 1);
        let lock = Lock::take(&store, &session.id).unwrap();
        let writer = Writer::start(store.clone(), lock, session.clone()).unwrap();
        let held = gate.lock().unwrap();
        thread::scope(|scope| {
            let saving = scope.spawn(|| writer.save(&session));
            writer.begin_answer(Some(AnswerId::new("act", 1)));
            writer.progress("I read");
            assert!(matches!(writer.flush(), Err(SaveError::Slow)));
            drop(held);
            saving.join().unwrap().unwrap();
        });
        writer.progress("I read on");
        writer.flush().unwrap();
        assert_eq!(on_disk(&store, &session).as_deref(), Some("I read on"));
    }

    #[test]
    fn a_save_that_cannot_be_done_says_so_and_the_next_one_can() {
        let home = tempfile::tempdir().unwrap();
        let (store, session, writer) = begin(home.path());
        let path = store.sessions().path(&session.id);
        std::fs::write(&path, "format = 2").unwrap();
        let error = writer.save(&session).unwrap_err();
        assert!(matches!(
            error,
            SaveError::Store(StoreError::Unreadable { .. })
        ));
        writer.begin_answer(Some(AnswerId::new("act", 1)));
        writer.progress("I\n");
        assert!(writer.flush().is_err());
        assert_eq!(writer.is_saved(), None);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "format = 2");
        std::fs::remove_file(&path).unwrap();
        writer.flush().unwrap();
        assert_eq!(writer.is_saved(), Some(true));
        assert_eq!(on_disk(&store, &session).as_deref(), Some("I\n"));
    }
}
