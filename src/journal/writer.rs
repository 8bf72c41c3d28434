//! The one thread that saves a session while somebody works on it, and what is typed meanwhile.

use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::desk::{Desk, REST, Rest};
use super::error::StoreError;
use super::lock::Lock;
use super::store::Store;
use crate::error::Error;
use crate::session::Session;

/// How long [`Writer::flush`] waits: a signal must not hang on a slow disk.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why the newest words are not on the disk.
#[derive(Clone, Debug)]
pub enum SaveError {
    /// Saving failed.
    Store(StoreError),
    /// The disk takes longer than a signal can wait. It is still being tried.
    Slow,
    /// The thread that saves has ended.
    Stopped,
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Slow => f.write_str("the disk is slow; the last words may not be saved"),
            Self::Stopped => f.write_str("saving has stopped; the last words are not saved"),
        }
    }
}

impl std::error::Error for SaveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) => error.source(),
            Self::Slow | Self::Stopped => None,
        }
    }
}

impl From<SaveError> for Error {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Store(error) => error.into(),
            other => Self::failed(other.to_string()),
        }
    }
}

/// Saves one session, from its own thread. Every method can be called from any thread. Dropping it
/// saves what is not saved yet, then lets go of the session's lock.
#[derive(Debug)]
pub struct Writer {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    _lock: Lock,
}

impl Writer {
    /// Starts the thread. Nothing is written before something changes.
    pub fn start(store: Store, lock: Lock, session: Session) -> Result<Self, SaveError> {
        let shared = Arc::new(Shared {
            desk: Mutex::new(Desk::new(session)),
            work: Condvar::new(),
            done: Condvar::new(),
        });
        let theirs = Arc::clone(&shared);
        let thread = thread::Builder::new()
            .name("writer".to_string())
            .spawn(move || {
                let _end = End(&theirs);
                work(&theirs, &store);
            })
            .map_err(|_| SaveError::Stopped)?;
        Ok(Self {
            shared,
            thread: Some(thread),
            _lock: lock,
        })
    }

    /// Saves the session, and returns when it is on the disk or cannot be. Text in progress stays
    /// with every answer that has not been given anew, and is gone from one that has.
    pub fn save(&self, session: &Session) -> Result<(), SaveError> {
        let mut desk = self.shared.desk();
        desk.lay(session.clone());
        desk.hurry = true;
        let wanted = desk.newest;
        self.wait(desk, wanted, None)
    }

    /// Tells which answer the text in progress belongs to from now on; `None` for none.
    pub fn turn(&self, step: Option<(String, u32)>) {
        self.shared.desk().turn = step;
    }

    /// Remembers what stands there now, and returns at once. It is saved at every new line, at 200
    /// typed characters, and a second after the first change at the latest. Without a turn it is
    /// not remembered.
    pub fn progress(&self, text: &str) {
        let mut desk = self.shared.desk();
        if desk.typed(text, Instant::now()) {
            self.shared.work.notify_one();
        }
    }

    /// Saves what is not saved yet and waits for it, but no longer than two seconds. Safe while
    /// another thread is in [`Writer::save`].
    pub fn flush(&self) -> Result<(), SaveError> {
        let mut desk = self.shared.desk();
        desk.hurry = true;
        let wanted = desk.newest;
        self.wait(desk, wanted, Some(Instant::now() + PATIENCE))
    }

    /// What went wrong in the last save from the thread, once; `None` as soon as a later save has
    /// worked.
    pub fn trouble(&self) -> Option<SaveError> {
        self.shared.desk().trouble.take()
    }

    fn wait(
        &self,
        mut desk: MutexGuard<'_, Desk>,
        wanted: u64,
        until: Option<Instant>,
    ) -> Result<(), SaveError> {
        let tries = desk.tries;
        self.shared.work.notify_one();
        loop {
            if desk.saved >= wanted {
                return Ok(());
            }
            if desk.ended {
                return Err(SaveError::Stopped);
            }
            // Only a try that began after ours was asked for can speak for it.
            if let Some(error) = desk.failed(wanted, tries) {
                desk.trouble = None;
                return Err(error);
            }
            desk = match until.map(|until| until.saturating_duration_since(Instant::now())) {
                None => self
                    .shared
                    .done
                    .wait(desk)
                    .unwrap_or_else(PoisonError::into_inner),
                Some(Duration::ZERO) => return Err(SaveError::Slow),
                Some(left) => {
                    let woken = self.shared.done.wait_timeout(desk, left);
                    woken.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.shared.desk().leaving = true;
        self.shared.work.notify_one();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[derive(Debug)]
struct Shared {
    desk: Mutex<Desk>,
    /// There is something to save, or a reason to save it sooner.
    work: Condvar,
    /// A try to save has ended.
    done: Condvar,
}

impl Shared {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn work(shared: &Shared, store: &Store) {
    let mut desk = shared.desk();
    loop {
        desk = match desk.rest(Instant::now()) {
            Rest::End => return,
            Rest::Long => shared
                .work
                .wait(desk)
                .unwrap_or_else(PoisonError::into_inner),
            Rest::Until(time) => {
                let woken = shared.work.wait_timeout(desk, time);
                woken.unwrap_or_else(PoisonError::into_inner).0
            }
            Rest::Over => {
                let (session, held) = (desk.session.clone(), desk.newest);
                (desk.hurry, desk.due, desk.count) = (false, None, 0);
                drop(desk);
                let result = store.save(&session);
                let mut desk = shared.desk();
                desk.tries += 1;
                match result {
                    Ok(()) => {
                        desk.saved = held;
                        (desk.failure, desk.trouble) = (None, None);
                    }
                    Err(error) => {
                        let error = SaveError::Store(error);
                        desk.failure = Some((held, error.clone()));
                        desk.trouble = Some(error);
                        desk.due = Some(Instant::now() + REST);
                    }
                }
                shared.done.notify_all();
                // The last words had their try; nobody will wait for another.
                if desk.leaving && desk.failure.is_some() && held == desk.newest {
                    return;
                }
                desk
            }
        };
    }
}

/// Tells those who wait that the thread is gone, also when it did not go of itself.
struct End<'a>(&'a Shared);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.desk().ended = true;
        self.0.done.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::tests::{now, saved, store};
    use crate::session::{Given, Moment, Value};

    fn begin(home: &std::path::Path) -> (Store, Session, Writer) {
        let store = store(home);
        let session = saved(&store, 1);
        let lock = Lock::take(&store, &session.id).unwrap();
        let writer = Writer::start(store.clone(), lock, session.clone()).unwrap();
        (store, session, writer)
    }

    fn on_disk(store: &Store, session: &Session) -> Option<String> {
        let read = store.read(&session.id).unwrap();
        read.answers[0].progress.clone()
    }

    fn answered(mut session: Session, text: &str) -> Session {
        session.answers[0].given = Given::Value(Value::Text(text.to_string()));
        session.answers[0].at = Some(Moment::new(&now()));
        session
    }

    #[test]
    fn text_in_progress_is_saved_by_itself_and_gone_with_the_answer() {
        let home = tempfile::tempdir().unwrap();
        let (store, session, writer) = begin(home.path());
        writer.turn(Some(("act".to_string(), 1)));
        writer.progress("I read");
        while on_disk(&store, &session).is_none() {
            thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(on_disk(&store, &session).as_deref(), Some("I read"));
        let session = answered(session, "I read it");
        writer.save(&session).unwrap();
        assert_eq!(store.read(&session.id).unwrap(), session);
    }

    #[test]
    fn a_save_keeps_text_in_progress_of_what_was_not_answered() {
        let home = tempfile::tempdir().unwrap();
        let (store, session, writer) = begin(home.path());
        writer.turn(Some(("act".to_string(), 1)));
        writer.progress("I read");
        writer.turn(None);
        writer.save(&session).unwrap();
        assert_eq!(on_disk(&store, &session).as_deref(), Some("I read"));
    }

    #[test]
    fn an_answer_that_is_being_revised_keeps_both_until_it_is_given_anew() {
        let home = tempfile::tempdir().unwrap();
        let (store, session, writer) = begin(home.path());
        let first = answered(session, "I read it");
        writer.save(&first).unwrap();
        writer.turn(Some(("act".to_string(), 1)));
        writer.progress("I read it all");
        writer.save(&first).unwrap();
        assert_eq!(on_disk(&store, &first).as_deref(), Some("I read it all"));
        let second = answered(first, "I read it all");
        writer.save(&second).unwrap();
        assert_eq!(store.read(&second.id).unwrap(), second);
    }

    #[test]
    fn deleted_text_is_not_kept() {
        let home = tempfile::tempdir().unwrap();
        let (store, session, writer) = begin(home.path());
        writer.turn(Some(("act".to_string(), 1)));
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
        writer.turn(Some(("act".to_string(), 1)));
        writer.progress("I read");
        drop(writer);
        assert_eq!(on_disk(&store, &session).as_deref(), Some("I read"));
        assert!(Lock::take(&store, &session.id).is_ok());
    }

    #[test]
    fn a_save_that_cannot_be_done_says_so_and_the_next_one_can() {
        let home = tempfile::tempdir().unwrap();
        let (store, session, writer) = begin(home.path());
        let path = store.path(&session.id);
        std::fs::write(&path, "half a").unwrap();
        let error = writer.save(&session).unwrap_err();
        assert!(matches!(
            error,
            SaveError::Store(StoreError::Unreadable { .. })
        ));
        writer.turn(Some(("act".to_string(), 1)));
        writer.progress("I\n");
        assert!(writer.flush().is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "half a");
        std::fs::remove_file(&path).unwrap();
        writer.flush().unwrap();
        assert!(writer.trouble().is_none());
        assert_eq!(on_disk(&store, &session).as_deref(), Some("I\n"));
    }
}
