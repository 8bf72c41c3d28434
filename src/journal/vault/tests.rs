//! The vault: what is saved is sealed, what was there is turned, and nothing is lost on the way.

use std::fs;
use std::path::Path;

use std::ops::ControlFlow;

use super::*;
use crate::journal::tests::{now, saved, session, store};
use crate::journal::{Lock, RecordCounts, StoreLock};
use crate::session::{Outcome, Session, Value};

/// Fast: nothing in these tests is worth guarding.
const QUICK: u8 = 2;

fn words(words: &str) -> Passphrase {
    Passphrase::new(words.to_string())
}

fn vault(store: &Store) -> OpenVault {
    let now = Moment::new(&now());
    store
        .make_vault(&now, &words("four or more"), QUICK)
        .unwrap()
}

fn longer(mut session: Session, text: &str) -> Session {
    session.answers[0].given = Outcome::Value(Value::Text(text.to_string()));
    session
}

/// So many sessions in each form.
fn counts(plain: usize, sealed: usize) -> EncodingCounts {
    let sessions = |sessions| RecordCounts { sessions, facts: 0 };
    EncodingCounts {
        plain: sessions(plain),
        sealed: sessions(sealed),
    }
}

/// The names of all files below the sessions, sorted.
fn names(home: &Path) -> Vec<String> {
    let month = home.join("sessions/2026/11");
    let entries = fs::read_dir(month).unwrap().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn everything(home: &Path) -> Vec<u8> {
    let files = names(home).into_iter();
    let read = |name| fs::read(home.join("sessions/2026/11").join(name)).unwrap();
    files.flat_map(read).collect()
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes
        .windows(words.len())
        .any(|some| some == words.as_bytes())
}

#[test]
fn with_the_vault_on_saving_needs_no_key_and_reading_does() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    assert_eq!(store.vault().unwrap(), Vault::Off);
    let opened = vault(&store);
    assert_eq!(store.vault().unwrap(), Vault::On);
    let session = longer(saved(&store, 1), "I read your messages.");
    store.sessions().save(&session).unwrap();
    store.sessions().save(&session).unwrap();
    assert_eq!(names(home.path()), [format!("{}.toml.age", session.id)]);
    assert!(!holds(&everything(home.path()), "messages"));
    assert!(matches!(
        store.sessions().read(&session.id),
        Err(StoreError::Sealed { .. })
    ));
    assert!(matches!(
        store.sessions().read_head(&session.id),
        Err(StoreError::Sealed { .. })
    ));
    assert_eq!(store.sessions().find("last", &now()).unwrap(), session.id);
    let with_key = store.with_key(opened.identity);
    assert_eq!(with_key.sessions().read(&session.id).unwrap(), session);
    assert_eq!(
        with_key.sessions().read_head(&session.id).unwrap().title,
        session.title
    );
    assert_eq!(with_key.sessions().heads().count(), 1);
}

#[test]
fn a_sealed_file_that_somebody_else_changed_is_put_aside_and_the_words_are_saved() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let opened = vault(&store);
    let session = saved(&store, 1);
    let path = store.sessions().path(&session.id);
    fs::write(&path, "age-encryption.org/v1\nof another device").unwrap();
    let new = longer(session, "I read your messages.");
    store.sessions().save(&new).unwrap();
    let aside = store.put_aside();
    assert_eq!(
        fs::read(&aside[0]).unwrap(),
        b"age-encryption.org/v1\nof another device"
    );
    let with_key = store.with_key(opened.identity);
    assert_eq!(with_key.sessions().read(&new.id).unwrap(), new);
    // Who can look into it need not put a whole one aside.
    with_key.sessions().save(&longer(new, "I did.")).unwrap();
    assert!(with_key.put_aside().is_empty());
}

#[test]
fn every_session_is_sealed_but_those_that_are_open_and_opened_again() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let sessions = [1, 2, 3].map(|hex| saved(&store, hex));
    let claimed = store.sessions().claim(&now(), || Ok(4)).unwrap();
    let opened = vault(&store);
    let all = StoreLock::take(&store).unwrap();
    let lock = Lock::take(&store, &sessions[1].id).unwrap();
    let tally = store
        .seal_all(&all, &opened, &mut |_| ControlFlow::Continue(()))
        .unwrap();
    assert_eq!(
        (tally.turned.all(), &tally.open),
        (2, &vec![sessions[1].id.clone()])
    );
    assert_eq!(store.forms().unwrap(), counts(1, 2));
    drop(lock);
    assert_eq!(
        store
            .seal_all(&all, &opened, &mut |_| ControlFlow::Continue(()))
            .unwrap()
            .turned
            .all(),
        1
    );
    let with_key = store.with_key(opened.identity.clone());
    for session in &sessions {
        assert_eq!(&with_key.sessions().read(&session.id).unwrap(), session);
    }
    let (tally, off) = store
        .open_all(&all, &opened, "20261122T174501Z", &mut |_| {
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!((tally.turned.all(), off), (3, true));
    assert_eq!(store.vault().unwrap(), Vault::Off);
    assert_eq!(store.forms().unwrap(), counts(3, 0));
    for session in &sessions {
        assert_eq!(&store.sessions().read(&session.id).unwrap(), session);
    }
    assert!(store.sessions().path(&claimed).exists());
    assert!(
        home.path()
            .join("identities/old-20261122T174501Z.age")
            .exists()
    );
}

#[test]
fn a_session_in_both_forms_is_one_and_is_listed_once() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let session = saved(&store, 1);
    let plain = fs::read(store.sessions().path(&session.id)).unwrap();
    let opened = vault(&store);
    let all = StoreLock::take(&store).unwrap();
    store
        .seal_all(&all, &opened, &mut |_| ControlFlow::Continue(()))
        .unwrap();
    // Cut off between the new file and the old one's end.
    fs::write(
        store.sessions().path_in(&session.id, Encoding::Plain),
        &plain,
    )
    .unwrap();
    assert_eq!(store.sessions().newest().count(), 1);
    let tally = store
        .seal_all(&all, &opened, &mut |_| ControlFlow::Continue(()))
        .unwrap();
    assert_eq!((tally.turned.all(), tally.failed.len()), (1, 0));
    assert_eq!(names(home.path()), [format!("{}.toml.age", session.id)]);
}

#[test]
fn where_both_forms_say_other_things_both_are_kept() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let session = saved(&store, 1);
    let plain = fs::read(store.sessions().path(&session.id)).unwrap();
    let opened = vault(&store);
    let all = StoreLock::take(&store).unwrap();
    store
        .seal_all(&all, &opened, &mut |_| ControlFlow::Continue(()))
        .unwrap();
    let with_key = store.with_key(opened.identity.clone());
    let new = longer(session.clone(), "I read your messages.");
    with_key.sessions().save(&new).unwrap();
    fs::write(
        store.sessions().path_in(&session.id, Encoding::Plain),
        &plain,
    )
    .unwrap();
    store
        .seal_all(&all, &opened, &mut |_| ControlFlow::Continue(()))
        .unwrap();
    let read = with_key
        .sessions()
        .newest()
        .map(|id| with_key.sessions().read(&id.unwrap()).unwrap());
    let answers: Vec<_> = read.map(|session| session.answers).collect();
    assert_eq!(answers, [session.answers, new.answers]);
    assert_eq!(store.forms().unwrap(), counts(0, 2));
}

#[test]
fn a_session_that_was_open_while_the_vault_was_turned_on_is_sealed_with_its_next_save() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let session = saved(&store, 1);
    let other = crate::journal::tests::store(home.path());
    let opened = vault(&other);
    let new = longer(session, "I read your messages.");
    store.sessions().save(&new).unwrap();
    assert_eq!(names(home.path()), [format!("{}.toml.age", new.id)]);
    assert_eq!(
        other
            .with_key(opened.identity)
            .sessions()
            .read(&new.id)
            .unwrap(),
        new
    );
    // A list that is taken away meanwhile does not make it plain again.
    fs::remove_dir_all(home.path().join("identities")).unwrap();
    store.sessions().save(&longer(new, "I did.")).unwrap();
    assert_eq!(names(home.path()).len(), 1);
    assert!(!holds(&everything(home.path()), "I did"));
}

#[test]
fn without_a_list_nothing_is_saved_in_the_open() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let opened = vault(&store);
    for list in ["", "# nobody\n", "age1nobody\n"] {
        fs::write(store.list_file(), list).unwrap();
        assert!(store.sessions().claim(&now(), || Ok(1)).is_err(), "{list}");
    }
    fs::remove_file(store.list_file()).unwrap();
    let error = store.sessions().claim(&now(), || Ok(1)).unwrap_err();
    assert!(matches!(error, StoreError::NoReaders { .. }), "{error}");
    assert!(
        store
            .sessions()
            .save(&session("20261122T174501.032Z-00000001"))
            .is_err()
    );
    store.write_list(&opened.readers).unwrap();
    saved(&store, 1);
}

#[test]
fn a_list_that_differs_is_seen_with_who_was_added_and_who_is_missing() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let mut opened = vault(&store);
    assert!(store.mismatch(&opened).is_none());
    let other = Identity::generate().recipient();
    fs::write(store.list_file(), format!("{other}\n")).unwrap();
    let mismatch = store.mismatch(&opened).unwrap();
    assert_eq!(mismatch.added[0].recipient, other);
    assert_eq!(mismatch.missing, opened.readers);
    assert!(mismatch.changed.is_some());
    // Given on purpose, it stands in both.
    opened.readers.push(mismatch.added[0].clone());
    store
        .keep_vault(&opened, &words("other words"), QUICK)
        .unwrap();
    let opened = store.unlock(&words("other words")).unwrap();
    assert!(store.mismatch(&opened).is_none());
    assert_eq!(opened.readers.len(), 2);
    let error = store.unlock(&words("four or more")).unwrap_err();
    assert!(matches!(error, StoreError::NotOpened { .. }), "{error}");
}

#[test]
fn sessions_are_sealed_anew_for_who_may_read_now_and_it_goes_on_where_it_was_cut_off() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let mut opened = vault(&store);
    let sessions = [1, 2, 3].map(|hex| saved(&store, hex));
    let phone = Identity::generate();
    opened.readers.push(Reader {
        recipient: phone.recipient(),
        since: Moment::new(&now()),
        name: "phone".to_string(),
    });
    store
        .keep_vault(&opened, &words("four or more"), QUICK)
        .unwrap();
    let all = StoreLock::take(&store).unwrap();
    let of_phone = store.with_key(phone);
    store.begin_resealing().unwrap();
    store
        .note(Some(&format!("reseal {}", sessions[2].id)))
        .unwrap();
    assert!(store.is_resealing().unwrap());
    let tally = store
        .reseal_all(&all, &opened, &mut |_| ControlFlow::Continue(()))
        .unwrap();
    assert_eq!(tally.turned.all(), 2);
    assert!(!store.is_resealing().unwrap());
    let read = sessions
        .each_ref()
        .map(|session| of_phone.sessions().read(&session.id).is_ok());
    assert_eq!(read, [true, true, false]);
    store.begin_resealing().unwrap();
    assert_eq!(
        store
            .reseal_all(&all, &opened, &mut |_| ControlFlow::Continue(()))
            .unwrap()
            .turned
            .all(),
        3
    );
    assert_eq!(
        of_phone.sessions().read(&sessions[2].id).unwrap(),
        sessions[2]
    );
}

#[test]
fn what_cannot_be_opened_stays_and_hides_nothing() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let opened = vault(&store);
    let (kept, broken) = (saved(&store, 1), saved(&store, 2));
    let path = store.sessions().path(&broken.id);
    fs::write(&path, "age-encryption.org/v1\nhalf a").unwrap();
    let all = StoreLock::take(&store).unwrap();
    let (tally, off) = store
        .open_all(&all, &opened, "t", &mut |_| ControlFlow::Continue(()))
        .unwrap();
    assert_eq!((tally.turned.all(), tally.failed.len(), off), (1, 1, true));
    assert_eq!(store.sessions().read(&kept.id).unwrap(), kept);
    // It is kept aside, so that it does not say for ever that there is a vault.
    let aside = store.quarantine().join(path.file_name().unwrap());
    assert_eq!(fs::read(&aside).unwrap(), b"age-encryption.org/v1\nhalf a");
    assert_eq!(store.vault().unwrap(), Vault::Off);
}

#[test]
fn what_was_put_aside_is_sealed_too() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let session = saved(&store, 1);
    fs::write(store.sessions().path(&session.id), "half a text").unwrap();
    store.sessions().save(&session).unwrap();
    let opened = vault(&store);
    let all = StoreLock::take(&store).unwrap();
    assert_eq!(
        store
            .seal_all(&all, &opened, &mut |_| ControlFlow::Continue(()))
            .unwrap()
            .turned
            .all(),
        2
    );
    let aside = store.quarantine().join(format!("{}.toml.age", session.id));
    assert!(!holds(&fs::read(&aside).unwrap(), "half"));
    store
        .open_all(&all, &opened, "t", &mut |_| ControlFlow::Continue(()))
        .unwrap();
    let plain = store.quarantine().join(format!("{}.toml", session.id));
    assert_eq!(fs::read(plain).unwrap(), b"half a text");
    assert!(!aside.exists());
}
