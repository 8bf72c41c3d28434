//! Closed answers of exercises for two: encrypted for their owner before they come near the disk.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::error::StoreError;
use super::format::{answer_to_text, closed_answer};
use super::store::Store;
use super::vault::seal::{Identity, Recipient, SealError, armored, open, seal, unarmored};
use crate::session::{Answer, AnswerId, Moment, Outcome, Partner, Session};

/// Closed answers are filled up to steps of this many bytes, so that a number and a paragraph look
/// alike.
const STEP: usize = 1024;

type Result<T> = std::result::Result<T, StoreError>;

/// Encrypts what is closed in a session, each answer for its owner. What is cloned of it knows the
/// same keys.
#[derive(Clone, Debug)]
pub struct Sealer {
    store: Store,
    shared: Arc<Mutex<SealerKeys>>,
}

#[derive(Debug)]
struct SealerKeys {
    recipients: [Recipient; 2],
    /// What was encrypted last, so that nothing is encrypted anew without having changed.
    last: HashMap<AnswerId, (String, String)>,
}

impl Sealer {
    /// Where keys lie.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Closes what this one of the two gives for another key from now on.
    pub fn use_key(&self, partner: Partner, key: &Identity) {
        let mut keys = self.keys();
        keys.recipients[usize::from(partner == Partner::B)] = key.recipient();
        keys.last.retain(|id, _| id.by != Some(partner));
    }

    fn keys(&self) -> MutexGuard<'_, SealerKeys> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The session as it may lie on the disk.
    pub(super) fn seal(&self, mut session: Session) -> std::result::Result<Session, SealError> {
        let mut keys = self.keys();
        for answer in &mut session.answers {
            if answer.closed {
                // What is marked on an answer that stayed closed doesn't lie on the disk, either.
                let text = match &answer.given {
                    Outcome::Closed(text) => text.clone(),
                    _ => keys.sealed(answer)?,
                };
                *answer = closed(answer, text);
            }
        }
        Ok(session)
    }
}

/// An answer as it lies on the disk: encrypted, with nothing beside it that tells of it.
fn closed(answer: &Answer, sealed: String) -> Answer {
    Answer {
        closed: true,
        given: Outcome::Closed(sealed),
        at: answer.at.as_ref().map(|at| Moment(at.day().to_string())),
        item: None,
        label: None,
        unreached: false,
        sensitive: false,
        versions: Vec::new(),
        findings: Vec::new(),
        progress: None,
        ..answer.clone()
    }
}

/// The text of an answer, filled up and encrypted for its owner.
fn sealed(text: &str, owner: &Recipient) -> std::result::Result<String, SealError> {
    let fill = text.len().next_multiple_of(STEP) - text.len();
    let plain = [text, &"\n".repeat(fill)].concat();
    armored(&seal(plain.as_bytes(), std::slice::from_ref(owner))?)
}

impl SealerKeys {
    fn sealed(&mut self, answer: &Answer) -> std::result::Result<String, SealError> {
        let plain = answer_to_text(answer);
        let (id, owner) = (answer.id(), answer.by.ok_or(SealError::Nobody)?);
        if let Some((_, sealed)) = self.last.get(&id).filter(|(known, _)| *known == plain) {
            return Ok(sealed.clone());
        }
        let [a, b] = &self.recipients;
        let recipient = match owner {
            Partner::A => a,
            Partner::B => b,
        };
        let text = sealed(&plain, recipient)?;
        self.last.insert(id, (plain, text.clone()));
        Ok(text)
    }
}

/// What one of the two has closed in a session for a key of this machine.
pub(super) fn closed_by(session: &Session, partner: Partner) -> impl Iterator<Item = &Answer> {
    // What is closed for a key of their own needs no other.
    let answers = session
        .own_key(partner)
        .is_none()
        .then_some(&session.answers);
    let answers = answers.into_iter().flatten();
    answers.filter(move |it| it.by == Some(partner) && matches!(it.given, Outcome::Closed(_)))
}

/// A closed answer, opened with its owner's key; nothing where another key closed it.
pub fn opened_answer(answer: &Answer, key: &Identity) -> Option<Answer> {
    let Outcome::Closed(sealed) = &answer.given else {
        return None;
    };
    let plain = open(&unarmored(sealed)?, key).ok()?;
    let opened = closed_answer(std::str::from_utf8(&plain).ok()?).ok()?;
    // Somebody else's words under this name are not what was asked here.
    (opened.id() == answer.id()).then_some(opened)
}

impl Store {
    /// Opens what is closed in a session with the keys of this machine, and gives what closes it again.
    /// Makes keys where there are none.
    ///
    /// # Errors
    ///
    /// A key can't be read, isn't there though something is closed for it, or doesn't open that.
    pub fn sealer(&self, session: &mut Session) -> Result<Sealer> {
        self.adopt_partner_keys(session);
        let is_closed = |session: &Session, partner| closed_by(session, partner).next().is_some();
        let key = |partner| self.partner_key(&session.id, partner, is_closed(session, partner));
        // None is made for one of them where the other’s isn’t there.
        for partner in Partner::PAIR {
            if is_closed(session, partner) {
                key(partner)?;
            }
        }
        let keys = [key(Partner::A)?, key(Partner::B)?];
        for answer in &mut session.answers {
            let key = &keys[usize::from(answer.by != Some(Partner::A))];
            if let Some(opened) = opened_answer(answer, key) {
                *answer = opened;
            }
        }
        // Going on would end with that key forgotten, and what it never opened lost with it.
        if let Some(partner) = Partner::PAIR.into_iter().find(|it| is_closed(session, *it)) {
            let path = self.partner_key_path(&session.id, partner);
            return Err(StoreError::ClosedKeyMissing { path });
        }
        let keys = SealerKeys {
            recipients: keys.map(|key| key.recipient()),
            last: HashMap::new(),
        };
        Ok(Sealer {
            store: self.clone(),
            shared: Arc::new(Mutex::new(keys)),
        })
    }

    /// An answer that was shown, closed again for its owner's key.
    pub fn close_again(&self, session: &str, answer: &Answer, key: &Identity) -> Result<Answer> {
        let text = sealed(&answer_to_text(answer), &key.recipient());
        let text = text.map_err(|source| StoreError::CannotSeal {
            path: self.sessions().path(session),
            source,
        })?;
        Ok(closed(answer, text))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use rustix::io::Errno;

    use super::*;
    use crate::exercise::StepKind;
    use crate::journal::Operation;
    use crate::journal::faulty::faulty;
    use crate::journal::format;
    use crate::journal::tests::{saved, store};
    use crate::session::{SessionState, Value};

    const MARKER: &str = "heron-7781";

    fn unsealed(step: &str, by: Partner, given: Outcome) -> Answer {
        Answer {
            by: Some(by),
            closed: true,
            ..crate::test_support::answer(step, StepKind::Write, given)
        }
    }

    fn text(words: &str) -> Outcome {
        Outcome::Value(Value::Text(words.into()))
    }

    #[test]
    fn closed_answers_look_alike_on_the_disk_and_come_back_with_the_keys() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let mut session = saved(&store, 1);
        let sealer = store.sealer(&mut session).unwrap();
        let typed = Answer {
            progress: Some(MARKER.into()),
            ..unsealed("typed", Partner::A, Outcome::Pending)
        };
        session.answers = vec![
            unsealed(
                "long",
                Partner::A,
                text(&format!("{MARKER} {}", "word ".repeat(90))),
            ),
            unsealed("short", Partner::B, text("6")),
            unsealed("skipped", Partner::B, Outcome::Skipped),
            typed,
        ];
        let sealed = sealer.seal(session.clone()).unwrap();
        let day = |answer: &Answer| answer.at.as_ref().is_none_or(|at| at.0.len() == 10);
        assert!(sealed.answers.iter().all(day));
        let written = format::to_text(&sealed);
        assert!(!written.contains(MARKER) && !written.contains("skipped = true"));
        let lengths = sealed.answers.iter().map(|answer| match &answer.given {
            Outcome::Closed(text) => text.len(),
            other => panic!("{other:?}"),
        });
        let lengths: Vec<usize> = lengths.collect();
        assert!(
            lengths
                .iter()
                .all(|length| length.abs_diff(lengths[0]) < 200),
            "{lengths:?}"
        );
        let mut read = format::from_text(&written).unwrap();
        assert_eq!(read, sealed);
        assert!(read.answers.iter().all(|answer| answer.words().is_none()));
        store.sealer(&mut read).unwrap();
        assert_eq!(read.answers, session.answers);
    }

    #[test]
    fn a_key_is_made_only_where_none_is_and_nothing_is_closed_and_none_is_written_over() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let mut session = saved(&store, 1);
        session.answers = vec![unsealed("typed", Partner::A, text(MARKER))];
        let sealer = store.sealer(&mut session).unwrap();
        let mut sealed = sealer.seal(session.clone()).unwrap();
        let path = store.partner_key_path(&session.id, Partner::A);
        for broken in [&b""[..], b"half a key", b"caf\xe9"] {
            fs::write(&path, broken).unwrap();
            let error = store.sealer(&mut sealed.clone()).unwrap_err();
            assert!(error.to_string().contains("-a.key"), "{error}");
            assert!(store.put_new(&path, b"another").is_err());
            assert_eq!(fs::read(&path).unwrap(), broken);
        }
        store.forget_partner_keys(&session.id);
        let gone = store.sealer(&mut sealed.clone()).unwrap_err();
        let is_missing = matches!(gone, StoreError::ClosedKeyMissing { .. });
        assert!(is_missing && !path.exists(), "{gone}");
        // What is closed for a key of their own needs none of this machine.
        let words = crate::journal::vault::seal::Passphrase::new("words of mine".into());
        sealed.set_own_key(Partner::A, Some(store.make_own_key(&words, 1).unwrap().1));
        store.sealer(&mut sealed).unwrap();
        assert!(path.exists());
    }

    #[test]
    fn keys_of_a_finished_session_that_were_left_go_when_leftovers_do() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let (mut open, mut done) = (saved(&store, 1), saved(&store, 2));
        (open.state, done.state) = (SessionState::Open, SessionState::Done);
        for session in [&mut open, &mut done] {
            store.sealer(session).unwrap();
            store.sessions().save(session).unwrap();
        }
        store.sweep(std::time::SystemTime::now());
        let there = [&open, &done].map(|session| {
            let path = store.partner_key_path(&session.id, Partner::A);
            path.exists()
        });
        assert_eq!(there, [true, false]);
    }

    #[test]
    fn without_a_passphrase_the_key_lies_on_this_machine_until_the_end() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let mut session = saved(&store, 1);
        session.answers = vec![unsealed("typed", Partner::B, text(MARKER))];
        let sealer = store.sealer(&mut session).unwrap();
        let sealed = sealer.seal(session.clone()).unwrap();
        let path = store.partner_key_path(&session.id, Partner::B);
        assert!(path.starts_with(store.state.join("two")));
        let key = Identity::read(&fs::read_to_string(&path).unwrap()).unwrap();
        let opened = opened_answer(&sealed.answers[0], &key).unwrap();
        assert_eq!(opened, session.answers[0]);
        store.forget_partner_keys(&session.id);
        assert!(!path.exists());
    }

    #[test]
    fn with_a_key_of_somebodys_own_the_one_of_this_machine_opens_nothing_of_theirs() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let mut session = saved(&store, 1);
        session.answers = vec![
            unsealed("mine", Partner::A, text(MARKER)),
            unsealed("theirs", Partner::B, text(MARKER)),
        ];
        let sealer = store.sealer(&mut session).unwrap();
        sealer.seal(session.clone()).unwrap();
        let words = crate::journal::vault::seal::Passphrase::new("words of mine".into());
        let (own, noted) = store.make_own_key(&words, 1).unwrap();
        sealer.use_key(Partner::B, &own);
        session.set_own_key(Partner::B, Some(noted));
        let mut sealed = sealer.seal(session.clone()).unwrap();
        let theirs = opened_answer(&sealed.answers[1], &own).unwrap();
        assert_eq!(theirs, session.answers[1]);
        assert!(opened_answer(&sealed.answers[0], &own).is_none());
        store.sealer(&mut sealed).unwrap();
        assert_eq!(sealed.answers[0], session.answers[0]);
        assert!(matches!(sealed.answers[1].given, Outcome::Closed(_)));
        // It can lie on a way that isn't taken any more.
        sealed.answers[1].unreached = true;
        let saved = sealer.seal(sealed.clone()).unwrap();
        store.sessions().save(&saved).unwrap();
        // The answer of another step under this name isn't taken for it.
        sealed.answers[1].step = "other".into();
        assert!(opened_answer(&sealed.answers[1], &own).is_none());
    }

    #[test]
    fn what_is_not_encrypted_yet_is_not_written() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let mut session = saved(&store, 1);
        session.answers = vec![unsealed("long", Partner::A, text(MARKER))];
        assert!(!format::to_text(&session).contains(MARKER));
        assert!(store.sessions().save(&session).is_err());
    }

    #[test]
    fn taking_back_on_a_disk_that_fails_leaves_all_of_it_or_all_but_that() {
        for doing in [
            Operation::Create,
            Operation::Write,
            Operation::Sync,
            Operation::Rename,
            Operation::SyncFolder,
        ] {
            let home = tempfile::tempdir().unwrap();
            let (store, disk) = faulty(home.path());
            let other = saved(&store, 2);
            let mut before = saved(&store, 1);
            let shown = |by, words: &str| Answer {
                closed: false,
                ..unsealed("wish", by, text(words))
            };
            before.answers = vec![shown(Partner::A, MARKER), shown(Partner::B, "rest")];
            store.sessions().save(&before).unwrap();
            let key = Identity::generate();
            let again = store.close_again(&before.id, &before.answers[0], &key);
            let again = again.unwrap();
            assert_eq!(
                opened_answer(&again, &key).unwrap().own_value(),
                before.answers[0].value()
            );
            let mut after = before.clone();
            after.take_back(&[again.id()], std::slice::from_ref(&again), None);
            disk.fail(doing, Errno::IO);
            assert!(store.sessions().save(&after).is_err(), "{doing:?}");
            let there = store.sessions().read(&before.id).unwrap();
            assert!(there == before || there == after, "{doing:?}: {there:?}");
            disk.heal();
            store.sessions().save(&after).unwrap();
            let written = fs::read_to_string(store.sessions().path(&before.id)).unwrap();
            assert!(
                !written.contains(MARKER) && written.contains("rest"),
                "{written}"
            );
            assert_eq!(store.sessions().read(&other.id).unwrap(), other);
        }
    }
}
