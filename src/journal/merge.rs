//! Sessions that come from elsewhere, brought in so that nothing is doubled and nothing is lost.

use super::error::StoreError;
use super::format::to_text;
use super::lock::{Lock, StoreLock};
use super::store::Store;
use crate::session::{Answer, Outcome, Session, SessionId, SessionState};

type Result<T> = std::result::Result<T, StoreError>;

/// What becomes of a session that comes from elsewhere.
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

impl Store {
    /// What [`Self::bring_in`] would do with this session now. Changes nothing.
    pub fn arrival(&self, theirs: &Session) -> Result<Arrival> {
        if let Some(arrival) = self.meet(&theirs.id, theirs)? {
            return Ok(arrival);
        }
        // The same words always get the same other name, so that they come in once.
        for salt in 0.. {
            let id = beside(theirs, salt);
            let there = self.meet(
                &id,
                &Session {
                    id: id.clone(),
                    ..theirs.clone()
                },
            )?;
            match there {
                Some(Arrival::New) => return Ok(Arrival::Beside(id)),
                Some(_) => return Ok(Arrival::Here),
                None => {}
            }
        }
        Ok(Arrival::Here)
    }

    /// Brings a session in, and tells what became of it.
    ///
    /// # Errors
    ///
    /// The session here is open in another program, or something could not be saved. What was here
    /// before is as it was.
    pub fn bring_in(&self, _all: &StoreLock, theirs: &Session) -> Result<Arrival> {
        loop {
            let arrival = self.arrival(theirs)?;
            let id = match &arrival {
                Arrival::Here => return Ok(arrival),
                Arrival::New | Arrival::Further => theirs.id.clone(),
                Arrival::Beside(id) => id.clone(),
            };
            let _lock = Lock::take(self, &id)?;
            // Whoever had it open until now may have gone on.
            if self.arrival(theirs)? == arrival {
                let renamed = theirs.clone();
                self.save(&Session { id, ..renamed })?;
                return Ok(arrival);
            }
        }
    }

    /// What becomes of a session under the name `id`; nothing where other words have that name.
    fn meet(&self, id: &str, theirs: &Session) -> Result<Option<Arrival>> {
        match self.read(id) {
            Ok(ours) if to_text(&ours) == to_text(theirs) || holds(&ours, theirs) => {
                Ok(Some(Arrival::Here))
            }
            Ok(ours) if holds(theirs, &ours) => Ok(Some(Arrival::Further)),
            Err(StoreError::Gone { .. }) => Ok(Some(Arrival::New)),
            // Someone's words may be in it all the same.
            Ok(_) | Err(StoreError::Unreadable { .. } | StoreError::Unsaved { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Another name for a session, of the same time.
fn beside(session: &Session, salt: u32) -> SessionId {
    // FNV-1a: it need only be the same on every machine and in every year.
    let text = to_text(session);
    let salted = text.bytes().chain(salt.to_le_bytes());
    let hash = salted.fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let time = session.id.rsplit_once('-').map_or("", |(time, _)| time);
    format!("{time}-{hash:08x}")
}

/// Whether all that a person gave in `part` is also in `whole`.
fn holds(whole: &Session, part: &Session) -> bool {
    let is_on = part.state != SessionState::Done || whole.state == SessionState::Done;
    is_on
        && whole.exercise == part.exercise
        && part.notes.iter().all(|note| whole.notes.contains(note))
        && part.tags.iter().all(|tag| whole.tags.contains(tag))
        && part
            .extra
            .iter()
            .all(|(key, value)| whole.extra.get(key) == Some(value))
        && part.answers.iter().all(|answer| {
            let mut same = whole.answers.iter().filter(|one| one.is(&answer.id()));
            is_empty(answer) || same.any(|one| answer_holds(one, answer))
        })
}

/// Whether nothing was given yet.
fn is_empty(answer: &Answer) -> bool {
    matches!(answer.given, Outcome::Pending | Outcome::Seen)
        && answer.progress.is_none()
        && answer.versions.is_empty()
        && answer.extra.is_empty()
}

fn answer_holds(whole: &Answer, part: &Answer) -> bool {
    let had = |value| {
        whole.value() == Some(value) || whole.versions.iter().any(|one| one.value == *value)
    };
    let given = match &part.given {
        Outcome::Pending | Outcome::Seen => true,
        Outcome::Skipped => whole.given == Outcome::Skipped || whole.value().is_some(),
        Outcome::Value(_) if whole.given == part.given => whole.label == part.label,
        Outcome::Value(value) => had(value),
    };
    // A text in progress went into the answer that was given after it.
    let progress = part.progress.is_none() || part.progress == whole.progress;
    given
        && (progress || (part.value().is_none() && whole.value().is_some()))
        && (part.item.is_none() || part.item == whole.item)
        && part.versions.iter().all(|one| had(&one.value))
        && part
            .extra
            .iter()
            .all(|(key, value)| whole.extra.get(key) == Some(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::tests::{now, session, store};
    use crate::session::{AnswerVersion, Moment, SessionNote, Value};

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
        store.save(here).unwrap();
        let all = StoreLock::take(&store).unwrap();
        let arrival = store.bring_in(&all, theirs).unwrap();
        for _ in 0..2 {
            // A second time changes nothing any more.
            assert_eq!(store.bring_in(&all, theirs).unwrap(), Arrival::Here);
            assert_eq!(store.bring_in(&all, here).unwrap(), Arrival::Here);
        }
        let sessions = store.newest().map(|id| store.read(&id.unwrap()).unwrap());
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
        store.save(&saying("One.")).unwrap();
        let path = store.path(ID);
        std::fs::write(&path, "half a").unwrap();
        let all = StoreLock::take(&store).unwrap();
        let arrival = store.bring_in(&all, &saying("One.")).unwrap();
        assert!(matches!(arrival, Arrival::Beside(_)), "{arrival:?}");
        assert_eq!(
            store.bring_in(&all, &saying("One.")).unwrap(),
            Arrival::Here
        );
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "half a");
    }

    #[test]
    fn a_session_that_is_open_in_another_window_is_not_replaced() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let begun = session(ID);
        store.save(&begun).unwrap();
        let _open = Lock::take(&store, ID).unwrap();
        let all = StoreLock::take(&store).unwrap();
        let error = store.bring_in(&all, &saying("I read.")).unwrap_err();
        assert!(matches!(error, StoreError::Held { .. }), "{error}");
        assert_eq!(store.read(ID).unwrap(), begun);
    }
}
