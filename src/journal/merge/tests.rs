//! What comes in: nothing doubled, nothing lost, and on the disk before it is told.

use rustix::io::Errno;

use super::*;
use crate::journal::faulty::faulty;
use crate::journal::tests::{now, session, store};
use crate::journal::{Operation, Store};
use crate::session::{AnswerVersion, Moment, SessionNote, Value};
use crate::session::{Outcome, Session, SessionState};

const ID: &str = "20261122T174501.032Z-9f3a61c2";

fn saying(words: &str) -> Session {
    let mut one = session(ID);
    one.answers[0].given = Outcome::Value(Value::Text(words.to_string()));
    one
}

/// What becomes of one session.
fn bring(store: &Store, theirs: &Session) -> Result<Arrival> {
    let all = StoreLock::take(store).unwrap();
    let mut arrivals = Vec::new();
    store
        .sessions()
        .bring_in(&all, std::slice::from_ref(theirs), |_, arrival| {
            arrivals.push(arrival);
            ControlFlow::Continue(())
        });
    arrivals.remove(0)
}

/// What a session meets where `here` is saved already, and what is there then.
fn brought(here: &Session, theirs: &Session) -> (Arrival, Vec<Session>) {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    store.sessions().save(here).unwrap();
    let arrival = bring(&store, theirs).unwrap();
    for _ in 0..2 {
        // A second time changes nothing any more.
        assert_eq!(bring(&store, theirs).unwrap(), Arrival::Here);
        assert_eq!(bring(&store, here).unwrap(), Arrival::Here);
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
    let arrival = bring(&store, &saying("One.")).unwrap();
    assert!(matches!(arrival, Arrival::Beside(_)), "{arrival:?}");
    assert_eq!(bring(&store, &saying("One.")).unwrap(), Arrival::Here);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "half a");
}

#[test]
fn a_session_that_is_open_in_another_window_is_not_replaced() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let begun = session(ID);
    store.sessions().save(&begun).unwrap();
    let _open = Lock::take(&store, ID).unwrap();
    let error = bring(&store, &saying("I read.")).unwrap_err();
    assert!(matches!(error, StoreError::Held { .. }), "{error}");
    assert_eq!(store.sessions().read(ID).unwrap(), begun);
}

/// Sessions of one day, each with words of its own.
fn many(count: usize) -> Vec<Session> {
    let named = |number: usize| Session {
        id: format!("20261122T174501.032Z-{number:08x}"),
        ..saying(&format!("{number}"))
    };
    (1..=count).map(named).collect()
}

/// What became of them, until one failed.
fn bring_many(store: &Store, theirs: &[Session]) -> Vec<Result<Arrival>> {
    let all = StoreLock::take(store).unwrap();
    let mut arrivals = Vec::new();
    store.sessions().bring_in(&all, theirs, |_, arrival| {
        arrivals.push(arrival);
        ControlFlow::Continue(())
    });
    arrivals
}

#[test]
fn many_wait_for_the_disk_once_and_none_has_a_name_before() {
    let home = tempfile::tempdir().unwrap();
    let (store, files) = faulty(home.path());
    bring(&store, &session(ID)).unwrap();
    files.forget();
    let theirs = many(BATCH + 1);
    let arrivals = bring_many(&store, &theirs);
    assert!(
        arrivals
            .iter()
            .all(|arrival| matches!(arrival, Ok(Arrival::New)))
    );
    assert_eq!(arrivals.len(), theirs.len());
    let mut called = files.called();
    let count = |wanted| called.iter().filter(|doing| **doing == wanted).count();
    assert_eq!(
        (count(Operation::Sync), count(Operation::Rename)),
        (2, BATCH + 1)
    );
    called.retain(|doing| *doing != Operation::Create);
    called.dedup();
    let group = [
        Operation::Write,
        Operation::Sync,
        Operation::Rename,
        Operation::SyncFolder,
    ];
    assert_eq!(called, [group, group].concat());
}

#[test]
fn what_was_told_to_be_here_is_here_whatever_fails_and_doing_it_again_doubles_nothing() {
    let steps = [
        Operation::MakeFolder,
        Operation::Create,
        Operation::Write,
        Operation::Sync,
        Operation::Rename,
        Operation::SyncFolder,
    ];
    for step in steps {
        let home = tempfile::tempdir().unwrap();
        let (store, files) = faulty(home.path());
        let theirs = many(BATCH + 9);
        bring_many(&store, &theirs[..BATCH]);
        files.fail(step, Errno::NOSPC);
        let mut later = many(BATCH + 9);
        later[BATCH..]
            .iter_mut()
            .for_each(|session| session.id.replace_range(..4, "2027"));
        let arrivals = bring_many(&store, &later);
        assert!(arrivals.last().unwrap().is_err(), "{step:?}");
        for (session, arrival) in later.iter().zip(&arrivals) {
            let told = arrival.is_ok();
            assert!(!told || store.sessions().read(&session.id).unwrap() == *session);
        }
        files.heal();
        assert!(
            bring_many(&store, &later).iter().all(Result::is_ok),
            "{step:?}"
        );
        assert_eq!(store.sessions().newest().count(), BATCH + 9, "{step:?}");
    }
}

#[test]
fn of_two_with_one_name_in_a_file_the_second_meets_the_first() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let theirs = [saying("One."), saying("Two."), saying("One.")];
    let arrivals = bring_many(&store, &theirs);
    assert!(matches!(
        arrivals[..],
        [Ok(Arrival::New), Ok(Arrival::Beside(_)), Ok(Arrival::Here)]
    ));
}
