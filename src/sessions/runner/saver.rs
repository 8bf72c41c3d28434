//! Where a session is saved, and text in progress with it.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::ask::{ProgressKeeper, SavingState};
use crate::error::Error;
use crate::home::new_file::write_new;
use crate::home::rules;
use crate::journal::{Sealer, Writer, format};
use crate::review::Subject;
use crate::session::{AnswerId, Session};

/// Where a session is saved. It owns the text in progress until somebody takes it.
pub trait Saver: ProgressKeeper {
    /// Saves the session as it stands; back only when it is safe on disk.
    fn save(&self, session: &Session) -> Result<(), Error>;

    /// What the person should hear of what saving did besides, once.
    fn news(&self) -> Option<String> {
        None
    }

    /// Names the answer that text in progress belongs to from now on.
    fn begin_answer(&self, id: Option<AnswerId>);

    /// Takes what was typed since the answer began; nothing where nothing was.
    fn take_progress(&self) -> Option<String> {
        None
    }

    /// Saves what is not saved yet, without waiting for ever.
    fn flush(&self) -> Result<(), Error> {
        Ok(())
    }

    /// What closes the answers of two people, where any are saved as they are given.
    fn sealer(&self) -> Option<&Sealer> {
        None
    }

    /// What is said where somebody stops, in place of the usual words.
    fn stopped(&self) -> Option<String> {
        None
    }

    /// Notes that a remark of a rule isn't right.
    fn call_not_right(&self, _subject: Subject, _rule: &str) {}

    /// Writes a copy of the session to a new file of the person's choice, for them alone.
    fn copy_to(&self, session: &Session, path: &Path) -> Result<(), Error> {
        write_new(path, &format::to_text(session))
    }
}

impl ProgressKeeper for Writer {
    fn progress(&self, text: &str) {
        Writer::progress(self, text);
    }

    fn secure(&self, text: &str) -> bool {
        Writer::progress(self, text);
        Writer::flush(self).is_ok()
    }

    fn saving(&self) -> SavingState {
        match self.is_saved() {
            None => SavingState::Failing,
            Some(false) => SavingState::Waiting,
            Some(true) => SavingState::Saved,
        }
    }
}

impl Saver for Writer {
    fn save(&self, session: &Session) -> Result<(), Error> {
        Ok(Writer::save(self, session)?)
    }

    fn news(&self) -> Option<String> {
        let aside = self.put_aside();
        let paths = aside.iter().map(|path| format!("\n  {}", path.display()));
        (!aside.is_empty()).then(|| format!("{PUT_ASIDE}{}", paths.collect::<String>()))
    }

    fn begin_answer(&self, id: Option<AnswerId>) {
        Writer::begin_answer(self, id);
    }

    fn take_progress(&self) -> Option<String> {
        Writer::take_progress(self)
    }

    fn flush(&self) -> Result<(), Error> {
        Ok(Writer::flush(self)?)
    }

    fn sealer(&self) -> Option<&Sealer> {
        Writer::sealer(self)
    }

    fn call_not_right(&self, subject: Subject, rule: &str) {
        rules::call_not_right(self.store(), subject, rule);
    }
}

/// A session that is saved once at the end, or not at all.
#[derive(Debug, Default)]
pub struct NoSaver(Mutex<Option<String>>);

impl ProgressKeeper for NoSaver {
    fn progress(&self, text: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(text.to_string());
    }

    fn keeps(&self) -> bool {
        false
    }
}

impl Saver for NoSaver {
    fn save(&self, _session: &Session) -> Result<(), Error> {
        Ok(())
    }

    fn begin_answer(&self, _id: Option<AnswerId>) {
        self.take_progress();
    }

    fn take_progress(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

// Texts for people.
const PUT_ASIDE: &str = "\
Something else changed this session’s file in the meantime. Your words are saved in its place, and what was in it is kept:";
