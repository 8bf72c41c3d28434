use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::SystemTime;

use rustix::io::Errno;

use std::ops::ControlFlow;

use super::*;
use crate::journal::Record;
use crate::journal::facts::tests::made;
use crate::journal::faulty::faulty;
use crate::journal::tests::{now, saved, store};
use crate::journal::vault::seal::Passphrase;
use crate::journal::{Operation, Store};
use crate::session::Moment;

/// Something to repair of each sort that changes files by name, in a home with one good session.
/// Gives the words that must never be lost.
fn wrong(store: &Store) -> BTreeSet<String> {
    let good = saved(store, 1);
    let path = store.sessions().path(&good.id);
    let text = fs::read_to_string(&path).unwrap();
    let put = |name: &str, words: &str| {
        fs::write(
            path.with_file_name(name),
            text.replace("A full apology", words),
        )
        .unwrap();
    };
    let id = |hex: u32| format!("20261122T174501.032Z-{hex:08x}");
    put(
        &format!("{}.sync-conflict-20261123-101530-ABCDEFG.toml", good.id),
        "a copy",
    );
    put("a name.toml", "misnamed");
    put("20251122T174501.032Z-00000004.toml", "misplaced");
    let both = "<<<<<<< HEAD\ntitle = \"ours\"\n=======\ntitle = \"theirs\"\n>>>>>>> x\n";
    let marked = text.replace("title = \"A full apology\"\n", both);
    fs::write(path.with_file_name(format!("{}.toml", id(5))), marked).unwrap();
    fs::write(path.with_file_name(format!("{}.toml", id(6))), "broken").unwrap();
    // Long ago, whatever the time is now.
    let mut promise = made(7, "a promise");
    promise = promise.with_id("20201122T174501.032Z-00000007".to_string());
    store.facts().add(std::slice::from_ref(&promise)).unwrap();
    let path = store.facts().path(&promise.id);
    let text = fs::read_to_string(&path).unwrap();
    let put = |name: &str, text: &str| fs::write(path.with_file_name(name), text).unwrap();
    put("20201122T174501.032Z-00000007 (1).toml", &text);
    let edited = text.replace("a promise", "edited by hand");
    put("20201122T174501.032Z-00000007.toml.orig", &edited);
    let other = text.replace("00000007", "00000008");
    put("moved.toml", &other.replace("a promise", "moved"));
    put(
        "20201122T174501.032Z-00000009.toml",
        &other.replace("a promise", "taken"),
    );
    [
        "A full apology",
        "a copy",
        "misnamed",
        "misplaced",
        "ours",
        "theirs",
        "broken",
        "a promise",
        "edited by hand",
        "moved",
        "taken",
    ]
    .map(String::from)
    .into()
}

/// Which of the words are somewhere below a folder.
fn found(folder: &Path, words: &BTreeSet<String>) -> BTreeSet<String> {
    let mut all = String::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all += &fs::read_to_string(path).unwrap();
            }
        }
    }
    words
        .iter()
        .filter(|word| all.contains(*word))
        .cloned()
        .collect()
}

fn counting() -> impl FnMut() -> crate::error::Result<u32> {
    let mut next = 0x100;
    move || {
        next += 1;
        Ok(next)
    }
}

#[test]
fn repairs_lose_no_words_whatever_fails_and_can_be_done_again() {
    let steps = [
        Operation::MakeFolder,
        Operation::Create,
        Operation::Write,
        Operation::Sync,
        Operation::Rename,
        Operation::SyncFolder,
        Operation::Remove,
    ];
    for step in steps {
        for error in [Errno::NOSPC, Errno::IO, Errno::ROFS] {
            let home = tempfile::tempdir().unwrap();
            let (store, files) = faulty(home.path());
            let words = wrong(&store);
            let mut random = counting();
            files.fail(step, error);
            for finding in store
                .examine(SystemTime::now(), &mut |_| ControlFlow::Continue(()))
                .findings
            {
                let _ = store.repair(&finding, &mut random);
                assert_eq!(found(home.path(), &words), words, "{step:?}: {finding:?}");
            }
            files.heal();
            for finding in store
                .examine(SystemTime::now(), &mut |_| ControlFlow::Continue(()))
                .findings
            {
                store.repair(&finding, &mut random).unwrap();
            }
            assert_eq!(found(home.path(), &words), words);
            assert_eq!(
                store
                    .examine(SystemTime::now(), &mut |_| ControlFlow::Continue(()))
                    .findings,
                []
            );
            assert!(store.sessions().heads().all(|head| head.is_ok()));
            let (facts, problems) = store.facts().all();
            assert_eq!((facts.len(), problems.len()), (2, 0));
        }
    }
}

#[test]
fn a_file_that_was_mended_meanwhile_is_left_where_it_is() {
    let home = tempfile::tempdir().unwrap();
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let store = store(home.path());
    let good = saved(&store, 1);
    let copy = store
        .sessions()
        .path(&good.id)
        .with_file_name(format!("{} (1).toml", good.id));
    fs::copy(store.sessions().path(&good.id), &copy).unwrap();
    let found = store
        .examine(SystemTime::now(), &mut |_| ControlFlow::Continue(()))
        .findings;
    assert_eq!(found[0].sort, IssueKind::SameCopy);
    fs::write(&copy, "other words").unwrap();
    assert_eq!(
        store.repair(&found[0], &mut counting()).unwrap(),
        RepairOutcome::Over
    );
    assert_eq!(fs::read_to_string(&copy).unwrap(), "other words");
}

#[test]
fn what_is_plain_though_the_vault_is_on_is_named() {
    let home = tempfile::tempdir().unwrap();
    let plain = saved(&store(home.path()), 1);
    fs::create_dir(home.path().join("identities")).unwrap();
    let store = store(home.path());
    fs::write(store.identity_file(), "locked").unwrap();
    let sorts: Vec<IssueKind> = store
        .examine(SystemTime::now(), &mut |_| ControlFlow::Continue(()))
        .findings
        .into_iter()
        .map(|finding| finding.sort)
        .collect();
    // The test makes its folder and file as the umask says, and there is no list of readers.
    assert!(
        sorts.contains(&IssueKind::Plain) && sorts.contains(&IssueKind::Vault),
        "{sorts:?}"
    );
    assert!(store.sessions().read(&plain.id).is_ok());
}

#[test]
fn what_a_repair_puts_in_its_place_is_sealed_where_the_vault_is_on() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    wrong(&store);
    let words = Passphrase::new(String::from("four or more"));
    let opened = store.make_vault(&Moment::new(&now()), &words, 2).unwrap();
    let examine = || store.examine(SystemTime::now(), &mut |_| ControlFlow::Continue(()));
    let mut random = counting();
    for finding in examine().findings {
        let outcome = store.repair(&finding, &mut random).unwrap();
        if let RepairOutcome::Moved(path) | RepairOutcome::Split(path) = outcome
            && path.starts_with(store.sessions().folder())
        {
            assert!(path.to_string_lossy().ends_with(".toml.age"), "{finding:?}");
        }
    }
    let paths = store
        .sessions()
        .newest()
        .map(|id| store.sessions().path(&id.unwrap()));
    let (sealed, plain): (Vec<_>, Vec<_>) =
        paths.partition(|path| path.extension().is_some_and(|ending| ending == "age"));
    // The one that was well is named by doctor, and left to `vault on`.
    assert_eq!((sealed.len(), plain.len()), (5, 1), "{plain:?}");
    let sessions = store.with_key(opened.identity);
    assert!(sessions.sessions().heads().all(|head| head.is_ok()));
}

#[test]
fn names_for_programs_are_told_apart() {
    let names: BTreeSet<&str> = IssueKind::ALL.iter().map(|(_, name)| *name).collect();
    assert_eq!(names.len(), IssueKind::ALL.len());
}

#[test]
fn a_name_that_was_never_saved_to_is_told_after_a_day_and_one_that_was_emptied_at_once() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let kept = store.sessions().path(&saved(&store, 1).id);
    let claimed = store
        .sessions()
        .claim(&crate::journal::tests::now(), || Ok(2));
    let claimed = store.sessions().path(&claimed.unwrap());
    let found = |now: SystemTime| -> Vec<(IssueKind, std::path::PathBuf)> {
        let report = store.examine(now, &mut |_| ControlFlow::Continue(()));
        let findings = report.findings.into_iter();
        let files = findings.filter(|one| one.sort != IssueKind::Mode);
        files.map(|one| (one.sort, one.path)).collect()
    };
    let now = SystemTime::now();
    assert_eq!(found(now), []);
    let later = now + std::time::Duration::from_secs(2 * 86_400);
    assert_eq!(found(later), [(IssueKind::Unused, claimed)]);
    let file = fs::File::options().write(true).open(&kept).unwrap();
    file.set_len(0).unwrap();
    file.set_modified(later).unwrap();
    assert_eq!(found(now), [(IssueKind::Unreadable, kept)]);
    assert_eq!(
        store.sweep(later),
        1,
        "what was emptied is named until somebody looks"
    );
}
