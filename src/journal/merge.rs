//! Records that come from elsewhere, brought in so that nothing is doubled and nothing is lost.

use super::error::StoreError;
use super::lock::{Lock, StoreLock};
use super::record::Record;
use super::records::Records;
use crate::session::SessionId;

type Result<T> = std::result::Result<T, StoreError>;

/// What becomes of a record that comes from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It is not here yet.
    New,
    /// It is here, and all that is in it.
    Here,
    /// It goes on where the one here stops, and takes its place.
    Further,
    /// The one here has other words: both stay, this one under another name.
    Beside(SessionId),
}

impl<R: Record> Records<'_, R> {
    /// What [`Self::bring_in`] would do with this record now. Changes nothing.
    pub fn arrival(&self, theirs: &R) -> Result<Arrival> {
        if let Some(arrival) = self.compare_with(theirs.id(), theirs)? {
            return Ok(arrival);
        }
        // The same words always get the same other name, so that they come in once.
        for salt in 0.. {
            let id = beside(theirs, salt);
            let there = self.compare_with(&id, &theirs.clone().with_id(id.clone()))?;
            match there {
                Some(Arrival::New) => return Ok(Arrival::Beside(id)),
                Some(_) => return Ok(Arrival::Here),
                None => {}
            }
        }
        Ok(Arrival::Here)
    }

    /// Brings a record in, and tells what became of it.
    ///
    /// # Errors
    ///
    /// The record here is open in another program, or something could not be saved. What was here
    /// before is as it was.
    pub fn bring_in(&self, _all: &StoreLock, theirs: &R) -> Result<Arrival> {
        loop {
            let arrival = self.arrival(theirs)?;
            let id = match &arrival {
                Arrival::Here => return Ok(arrival),
                Arrival::New | Arrival::Further => theirs.id().to_string(),
                Arrival::Beside(id) => id.clone(),
            };
            let _lock = Lock::take(self.store, &id)?;
            // Whoever had it open until now may have gone on.
            if self.arrival(theirs)? == arrival {
                self.save(&theirs.clone().with_id(id))?;
                return Ok(arrival);
            }
        }
    }

    /// What becomes of a record under the name `id`; nothing where other words have that name.
    fn compare_with(&self, id: &str, theirs: &R) -> Result<Option<Arrival>> {
        match self.read(id) {
            Ok(ours) if ours.to_text() == theirs.to_text() || ours.contains(theirs) => {
                Ok(Some(Arrival::Here))
            }
            Ok(ours) if theirs.contains(&ours) => Ok(Some(Arrival::Further)),
            Err(StoreError::Gone { .. }) => Ok(Some(Arrival::New)),
            // Someone's words may be in it all the same.
            Ok(_) | Err(StoreError::Unreadable { .. } | StoreError::Unsaved { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Another name for a record, of the same time.
fn beside<R: Record>(record: &R, salt: u32) -> SessionId {
    // FNV-1a: it need only be the same on every machine and in every year.
    let text = record.to_text();
    let salted = text.bytes().chain(salt.to_le_bytes());
    let hash = salted.fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let time = record.id().rsplit_once('-').map_or("", |(time, _)| time);
    format!("{time}-{hash:08x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::tests::{now, session, store};
    use crate::session::{AnswerVersion, Moment, SessionNote, Value};
    use crate::session::{Outcome, Session, SessionState};

    const ID: &str = "20261122T174501.032Z-9f3a61c2";

    fn saying(words: &str) -> Session {
        let mut one = session(ID);
        one.answers[0].given = Outcome::Value(Value::Text(words.to_string()));
        one
    }

    /// What a session meets where `here` is saved already, and what is there then.
    fn brought(here: &Session, theirs: &Session) -> (Arrival, Vec<Session>) {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        store.sessions().save(here).unwrap();
        let all = StoreLock::take(&store).unwrap();
        let arrival = store.sessions().bring_in(&all, theirs).unwrap();
        for _ in 0..2 {
            // A second time changes nothing any more.
            assert_eq!(
                store.sessions().bring_in(&all, theirs).unwrap(),
                Arrival::Here
            );
            assert_eq!(
                store.sessions().bring_in(&all, here).unwrap(),
                Arrival::Here
            );
        }
        let sessions = store
            .sessions()
            .newest()
            .map(|id| store.sessions().read(&id.unwrap()).unwrap());
        (arrival, sessions.collect())
    }

    #[test]
    fn a_session_that_went_on_elsewhere_takes_the_place_of_the_one_here_and_not_the_other_way() {
        let mut begun = session(ID);
        begun.answers[0].progress = Some("I re".to_string());
        let mut done = saying("I read.");
        done.state = SessionState::Done;
        done.ended = Some(Moment::new(&now()));
        assert_eq!(
            brought(&begun, &done),
            (Arrival::Further, vec![done.clone()])
        );
        assert_eq!(brought(&done, &begun), (Arrival::Here, vec![done.clone()]));
        let mut revised = saying("I read your messages.");
        revised.state = SessionState::Done;
        revised.answers[0].versions = vec![AnswerVersion {
            at: Moment::new(&now()),
            value: Value::Text("I read.".to_string()),
            extra: toml::Table::new(),
        }];
        assert_eq!(brought(&done, &revised).0, Arrival::Further);
        assert_eq!(brought(&revised, &done).0, Arrival::Here);
    }

    #[test]
    fn other_words_under_the_same_name_are_kept_beside_each_other() {
        let (one, two) = (saying("One."), saying("Two."));
        let (arrival, sessions) = brought(&one, &two);
        let Arrival::Beside(id) = arrival else {
            panic!("{arrival:?}");
        };
        assert!(id.starts_with("20261122T174501.032Z-") && id != ID);
        assert_eq!(sessions.len(), 2);
        assert!(sessions.contains(&one) && sessions.contains(&Session { id, ..two }));
    }

    #[test]
    fn nothing_that_somebody_wrote_is_dropped_by_a_copy_that_is_further() {
        let done = |mut session: Session| {
            session.state = SessionState::Done;
            session
        };
        let mut note = saying("I read.");
        note.notes = vec![SessionNote {
            at: Moment::new(&now()),
            text: "More.".to_string(),
            extra: toml::Table::new(),
        }];
        let mut tagged = saying("I read.");
        tagged.tags = vec!["us".to_string()];
        let mut odd = saying("I read.");
        odd.answers[0]
            .extra
            .insert("x-mood".to_string(), "low".into());
        let mut draft = saying("I read.");
        draft.answers[0].progress = Some("I read it twice".to_string());
        for ours in [note, tagged, odd, draft, done(saying("I"))] {
            let (arrival, sessions) = brought(&ours, &done(saying("I read.")));
            assert!(matches!(arrival, Arrival::Beside(_)), "{arrival:?}");
            assert!(sessions.contains(&ours));
        }
    }

    #[test]
    fn a_file_here_that_cannot_be_read_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        store.sessions().save(&saying("One.")).unwrap();
        let path = store.sessions().path(ID);
        std::fs::write(&path, "half a").unwrap();
        let all = StoreLock::take(&store).unwrap();
        let arrival = store.sessions().bring_in(&all, &saying("One.")).unwrap();
        assert!(matches!(arrival, Arrival::Beside(_)), "{arrival:?}");
        assert_eq!(
            store.sessions().bring_in(&all, &saying("One.")).unwrap(),
            Arrival::Here
        );
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "half a");
    }

    #[test]
    fn a_session_that_is_open_in_another_window_is_not_replaced() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let begun = session(ID);
        store.sessions().save(&begun).unwrap();
        let _open = Lock::take(&store, ID).unwrap();
        let all = StoreLock::take(&store).unwrap();
        let error = store
            .sessions()
            .bring_in(&all, &saying("I read."))
            .unwrap_err();
        assert!(matches!(error, StoreError::Held { .. }), "{error}");
        assert_eq!(store.sessions().read(ID).unwrap(), begun);
    }
}
