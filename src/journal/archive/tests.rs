use std::fs::{self, File};

use rustix::io::Errno;

use std::ops::ControlFlow;

use super::*;
use crate::journal::Operation;
use crate::journal::faulty::faulty;
use crate::journal::tests::saved;

const STEPS: [Operation; 5] = [
    Operation::Create,
    Operation::Write,
    Operation::Sync,
    Operation::Rename,
    Operation::SyncFolder,
];

#[test]
fn an_archive_is_there_whole_or_not_at_all_whatever_fails() {
    for step in STEPS {
        for error in [Errno::NOSPC, Errno::IO, Errno::ROFS] {
            let home = tempfile::tempdir().unwrap();
            let (store, files) = faulty(&home.path().join("home"));
            saved(&store, 1);
            let place = ArchiveRoots::new(&store, home.path().join("home/config.toml"));
            let to = home.path().join("all.tar");
            files.fail(step, error);
            assert!(
                store
                    .pack(&place, &to, &mut |_| ControlFlow::Continue(()))
                    .is_err()
            );
            files.heal();
            // Only bringing its name to the disk comes after it is there.
            assert_eq!(to.exists(), step == Operation::SyncFolder);
            if to.exists() {
                assert_eq!(prove(File::open(&to).unwrap()).unwrap().records.sessions, 1);
                fs::remove_file(&to).unwrap();
            }
            assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
            store
                .pack(&place, &to, &mut |_| ControlFlow::Continue(()))
                .unwrap();
            assert_eq!(prove(File::open(&to).unwrap()).unwrap().records.sessions, 1);
        }
    }
}

#[test]
fn putting_back_can_fail_at_any_step_and_be_done_again() {
    let from = tempfile::tempdir().unwrap();
    let (store, _) = faulty(from.path());
    let sessions = [1, 2, 3].map(|number| saved(&store, number));
    let archive = from.path().join("all.tar");
    let place = ArchiveRoots::new(&store, from.path().join("config.toml"));
    store
        .pack(&place, &archive, &mut |_| ControlFlow::Continue(()))
        .unwrap();
    let open = || File::open(&archive).unwrap();
    let proof = prove(open()).unwrap();
    for step in STEPS.into_iter().chain([Operation::MakeFolder]) {
        for error in [Errno::NOSPC, Errno::IO, Errno::ROFS] {
            let home = tempfile::tempdir().unwrap();
            let (store, files) = faulty(home.path());
            let place = ArchiveRoots::new(&store, home.path().join("config.toml"));
            let plan = store.plan(&proof, &place).unwrap();
            files.fail(step, error);
            assert!(
                store
                    .put_back(open(), &proof, &plan, &place, &mut |_| {
                        ControlFlow::Continue(())
                    })
                    .unwrap()
                    .is_err()
            );
            files.heal();
            let plan = store.plan(&proof, &place).unwrap();
            store
                .put_back(open(), &proof, &plan, &place, &mut |_| {
                    ControlFlow::Continue(())
                })
                .unwrap()
                .unwrap();
            for session in &sessions {
                assert_eq!(&store.sessions().read(&session.id).unwrap(), session);
            }
            let plan = store.plan(&proof, &place).unwrap();
            assert_eq!(plan.count(FileComparison::Same), proof.files());
        }
    }
}

#[test]
fn names_that_lead_elsewhere_are_none_of_ours() {
    for name in [
        "format",
        "config.toml",
        "sessions/2026/11/a.toml",
        "exercises/a b.toml",
    ] {
        assert_eq!(refuse(name), None, "{name}");
    }
    for name in [
        "",
        "/",
        "..",
        "sessions",
        "sessions/",
        "sessions/..",
        "sessions//a",
        "sessions/./a",
        "sessions/a\\b",
        "sessions/a\nb",
        "format/a",
        "Sessions/a",
        "state/locks/a",
        "sessions/1/2/3/4/5/6/7/8",
    ] {
        assert!(refuse(name).is_some(), "{name}");
    }
}

#[test]
fn keys_of_another_vault_stand_in_the_way_of_what_is_encrypted() {
    let home = tempfile::tempdir().unwrap();
    let (store, _) = faulty(home.path());
    let kept = saved(&store, 1);
    let sealed = home
        .path()
        .join("sessions/2026/11/20261122T174501.032Z-00000002.toml.age");
    let key = crate::journal::vault::seal::Identity::generate();
    fs::write(
        &sealed,
        crate::journal::vault::seal::seal(b"words", &[key.recipient()]).unwrap(),
    )
    .unwrap();
    fs::create_dir(home.path().join("identities")).unwrap();
    fs::write(home.path().join("identities/key"), "one").unwrap();
    let (archive, place) = (
        home.path().join("all.tar"),
        ArchiveRoots::new(&store, home.path().join("c")),
    );
    let packed = store
        .pack(&place, &archive, &mut |_| ControlFlow::Continue(()))
        .unwrap();
    assert_eq!((packed.records.sessions, packed.sealed), (2, 1));
    let proof = prove(File::open(&archive).unwrap()).unwrap();
    assert!(store.plan(&proof, &place).unwrap().other_vault.is_none());
    fs::write(home.path().join("identities/key"), "another").unwrap();
    let plan = store.plan(&proof, &place).unwrap();
    assert_eq!(plan.other_vault, Some(home.path().join("identities/key")));
    // A session that is here in the other form is here.
    fs::rename(
        store.sessions().path(&kept.id),
        store.sessions().path(&kept.id).with_extension("toml.age"),
    )
    .unwrap();
    assert_eq!(
        store
            .plan(&proof, &place)
            .unwrap()
            .count(FileComparison::Differs),
        2
    );
}
