use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::thread;

use jiff::civil::date;
use proptest::prelude::*;
use rustix::io::Errno;

use super::*;
use crate::journal::faulty::faulty;
use crate::journal::tests::{now, store};
use crate::journal::vault::seal::Passphrase;
use crate::journal::{Operation, Store};
use crate::ledger::{DayRule, PromiseTerms, Statement, Verdict};
use crate::session::Moment;

/// A verdict with a remark, under a name with this hex part.
pub(in crate::journal) fn fact(hex: u32, note: &str) -> Fact {
    Fact {
        id: format!("20261122T174501.032Z-{hex:08x}"),
        about: "promise".to_string(),
        of: "20261115T181044.032Z-5c0e77a1".to_string(),
        at: Moment::new(&now()),
        instead_of: Vec::new(),
        statement: Statement::Verdict {
            verdict: Verdict::Kept,
            on: date(2026, 11, 22),
            times: None,
        },
        by: None,
        note: Some(note.to_string()),
        extra: toml::Table::new(),
    }
}

/// A promise that is made, under a name with this hex part.
pub(in crate::journal) fn made(hex: u32, what: &str) -> Fact {
    let kept = fact(hex, "");
    Fact {
        of: kept.id.clone(),
        statement: Statement::Made(PromiseTerms {
            what: what.to_string(),
            to: None,
            if_then: None,
            rule: DayRule::once(date(2026, 11, 24)),
            look: None,
            origin: None,
            follows: None,
            partners: None,
        }),
        note: None,
        ..kept
    }
}

/// All facts by name, without a problem.
fn read(store: &Store) -> Vec<Fact> {
    let (mut facts, problems) = store.facts().all();
    assert!(problems.is_empty(), "{problems:?}");
    facts.reverse();
    facts
}

/// Every file below the folder of facts.
fn files(home: &Path) -> Vec<String> {
    let month = fs::read_dir(home.join("ledger/2026/11"));
    let entries = month.into_iter().flatten().flatten();
    let mut names: Vec<_> = entries
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_fact_comes_back_as_it_was_and_is_its_owners_alone() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let facts = [fact(1, "Told her."), fact(2, "Nothing")];
    store.facts().add(&facts).unwrap();
    assert_eq!(read(&store), facts);
    assert_eq!(store.facts().find("00000002", &now()).unwrap(), facts[1].id);
    let mode = |path: &str| {
        let found = fs::metadata(home.path().join(path)).unwrap();
        found.permissions().mode() & 0o777
    };
    assert_eq!(mode("ledger/2026/11"), 0o700);
    let name = format!("ledger/2026/11/{}.toml", facts[0].id);
    assert_eq!(mode(&name), 0o600);
}

#[test]
fn the_name_of_no_promise_is_told_as_one() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let told =
        |name: &str| crate::error::Error::from(store.facts().find(name, &now()).unwrap_err());
    assert_eq!(told("5c").message, "there’s no promise called 5c");
    store.facts().add(&[fact(1, ""), fact(2, "")]).unwrap();
    assert_eq!(told("7").message, "there’s no promise called 7");
    assert_eq!(told("0").message, "more than one promise starts with 0");
}

#[test]
fn adding_that_fails_at_any_step_adds_nothing_and_can_be_done_again() {
    let steps = [
        Operation::MakeFolder,
        Operation::Create,
        Operation::Write,
        Operation::Sync,
        Operation::Rename,
        Operation::SyncFolder,
    ];
    for step in steps {
        for error in [Errno::NOSPC, Errno::IO, Errno::ROFS] {
            for folders in [false, true] {
                let home = tempfile::tempdir().unwrap();
                let (store, disk) = faulty(home.path());
                let before = fact(9, "before");
                if folders {
                    store.facts().add(std::slice::from_ref(&before)).unwrap();
                }
                let here = files(home.path());
                let facts = [fact(1, "one"), fact(2, "two"), fact(3, "three")];
                disk.fail(step, error);
                let added = store.facts().add(&facts);
                assert_eq!(added.is_ok(), folders && step == Operation::MakeFolder);
                if added.is_err() {
                    assert_eq!(files(home.path()), here, "{step:?} {error:?}");
                }
                disk.heal();
                store.facts().add(&facts).unwrap();
                assert_eq!(read(&store)[..3], facts);
                assert_eq!(files(home.path()).len(), 3 + here.len());
            }
        }
    }
}

#[test]
fn facts_are_on_the_disk_before_any_of_them_has_a_name() {
    let home = tempfile::tempdir().unwrap();
    let (store, disk) = faulty(home.path());
    store.facts().add(&[fact(9, "")]).unwrap();
    disk.forget();
    store.facts().add(&[fact(1, ""), fact(2, "")]).unwrap();
    let mut called = disk.called();
    called.dedup();
    let write = [Operation::Create, Operation::Write];
    let name = [Operation::Sync, Operation::Rename, Operation::SyncFolder];
    assert_eq!(called, [&write[..], &write, &name].concat());
}

#[test]
fn what_is_there_is_never_written_over() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let first = fact(1, "first");
    store.facts().add(std::slice::from_ref(&first)).unwrap();
    store.facts().add(std::slice::from_ref(&first)).unwrap();
    assert!(store.facts().add(&[fact(2, ""), fact(1, "other")]).is_err());
    assert_eq!(read(&store), [first]);
}

#[test]
fn a_name_that_is_taken_is_not_drawn_again() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    store.facts().add(&[fact(7, "")]).unwrap();
    let mut numbers = [7, 9, 9, 8].into_iter();
    let random = || Ok(numbers.next().unwrap_or_default());
    let ids = store.facts().new_ids(&now(), 2, random).unwrap();
    assert_eq!(ids, [fact(8, "").id, fact(9, "").id]);
    assert!(store.facts().new_ids(&now(), 2, || Ok(3)).is_err());
}

#[test]
fn what_cannot_be_read_is_named_and_hides_nothing() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    store.facts().add(&[fact(1, "good"), fact(2, "")]).unwrap();
    let path = store.facts().path(&fact(2, "").id);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, "half").unwrap();
    let put = |hex: u32, text: &str| {
        fs::write(store.facts().path(&fact(hex, "").id), text).unwrap();
    };
    put(3, "");
    put(4, &text);
    put(5, &text.replace("format = 1", "format = 2"));
    put(6, &(text.clone() + "# " + &"x".repeat(16 << 10)));
    let (facts, problems) = store.facts().all();
    assert_eq!(facts, [fact(1, "good")]);
    let why = problems.iter().map(|problem| {
        let source = std::error::Error::source(problem).unwrap();
        source.to_string()
    });
    let why: Vec<String> = why.collect();
    assert_eq!(why.len(), 4, "{why:?}");
    assert_eq!(why[0], "it is larger than 16 KiB, and no fact is");
    assert!(why[1].starts_with("it has format 2"), "{why:?}");
    let says = format!("it says that it is {}", fact(2, "").id);
    assert_eq!(why[2], says);
}

#[test]
fn a_fact_that_could_not_be_read_again_is_not_written() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let odd = Fact {
        id: "../../20261122".to_string(),
        ..fact(1, "")
    };
    let large = fact(2, &"x".repeat(16 << 10));
    for bad in [odd, large] {
        assert!(store.facts().add(&[fact(3, ""), bad]).is_err());
        assert_eq!(read(&store), []);
    }
    assert!(files(home.path()).is_empty());
}

#[test]
fn a_run_that_has_sealed_facts_adds_plain_ones_once_the_vault_was_turned_off_elsewhere() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let words = Passphrase::new("four or more".to_string());
    let opened = store.make_vault(&Moment::new(&now()), &words, 2).unwrap();
    // Another run, which stays open meanwhile.
    let other = crate::journal::tests::store(home.path());
    other.facts().add(&[fact(1, "before")]).unwrap();
    let all = crate::journal::StoreLock::take(&store).unwrap();
    let go_on = &mut |_| ControlFlow::Continue(());
    let (_, is_off) = store.open_all(&all, &opened, "now", go_on).unwrap();
    assert!(is_off);
    other.facts().add(&[fact(2, "after")]).unwrap();
    let names = files(home.path());
    assert!(
        names.iter().all(|name| name.ends_with(".toml")),
        "{names:?}"
    );
    assert_eq!(
        crate::journal::tests::store(home.path()).vault().unwrap(),
        Vault::Off
    );
    // Where it wasn't turned off, and somebody has only taken its signs away, nothing is added.
    let opened = store.make_vault(&Moment::new(&now()), &words, 2).unwrap();
    store.seal_all(&all, &opened, go_on).unwrap();
    let other = crate::journal::tests::store(home.path());
    other.facts().add(&[fact(3, "sealed")]).unwrap();
    fs::remove_dir_all(store.identities()).unwrap();
    fs::remove_file(home.path().join("state/vault")).unwrap();
    let error = other.facts().add(&[fact(4, "plain?")]).unwrap_err();
    assert!(matches!(error, StoreError::KeyMissing { .. }), "{error}");
    assert!(files(home.path()).iter().all(|name| name.ends_with(".age")));
}

#[test]
fn with_the_vault_on_adding_needs_no_key_and_reading_does() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let plain = fact(1, "plain words");
    // Another run that has not looked at the vault again.
    let other = crate::journal::tests::store(home.path());
    assert!(other.sealing().unwrap().is_none());
    let words = Passphrase::new("four or more".to_string());
    let opened = store.make_vault(&Moment::new(&now()), &words, 2).unwrap();
    other.facts().add(std::slice::from_ref(&plain)).unwrap();
    let more = [fact(2, "secret words"), fact(3, "")];
    store.facts().add(&more).unwrap();
    let names = files(home.path());
    assert!(names.iter().all(|name| name.ends_with(".toml.age")));
    for name in names {
        let path = home.path().join("ledger/2026/11").join(name);
        // Of one pad, and what age puts before it.
        assert!((4096..6000).contains(&fs::metadata(path).unwrap().len()));
    }
    let (facts, problems) = store.facts().all();
    assert_eq!((facts.len(), problems.len()), (0, 3));
    assert!(matches!(problems[0], StoreError::Sealed { .. }));
    assert_eq!(store.facts().find("00000002", &now()).unwrap(), more[0].id);
    let open = store.with_key(opened.identity);
    assert_eq!(read(&open), [&[plain][..], &more].concat());
}

#[test]
fn eight_writers_at_once_lose_and_double_nothing() {
    let home = tempfile::tempdir().unwrap();
    let facts: Vec<Fact> = (0..200).map(|hex| fact(hex, &format!("{hex}"))).collect();
    thread::scope(|scope| {
        for nth in 0..8 {
            let (home, facts) = (home.path(), &facts);
            scope.spawn(move || {
                let store = store(home);
                // Each fact is added by two of them, as two that heal one session do.
                let theirs = facts.iter().enumerate();
                for (_, fact) in theirs.filter(|(at, _)| at % 4 == nth % 4) {
                    let added = store.facts().add(std::slice::from_ref(fact));
                    // The other one was between its look and its name.
                    assert!(added.is_ok() || store.facts().is_there(&fact.id));
                }
            });
        }
    });
    assert_eq!(read(&store(home.path())), facts);
    assert_eq!(files(home.path()).len(), facts.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_read_is_what_was_added_in_any_order_and_in_any_portions(
        order in Just((0..12).collect::<Vec<u32>>()).prop_shuffle(),
        portion in 1_usize..6,
        notes in prop::collection::vec("(?s).{0,40}", 12),
    ) {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let all: Vec<Fact> = (0..12).map(|hex| fact(hex, &notes[hex as usize])).collect();
        for hexes in order.chunks(portion) {
            let some: Vec<Fact> = hexes.iter().map(|hex| all[*hex as usize].clone()).collect();
            store.facts().add(&some).unwrap();
        }
        prop_assert_eq!(read(&store), all);
    }
}
