//! Two machines with one journal: files are made to be synced by whatever syncs files.

use std::collections::BTreeMap;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::common::{Sandbox, files};

/// What is in the folder that is synced, by name. Locks and drafts are of one machine only.
fn synced(sandbox: &Sandbox) -> BTreeMap<String, Vec<u8>> {
    let home = sandbox.home();
    let all = files(&home)
        .into_iter()
        .filter(|path| !path.starts_with(home.join("state")));
    let name = |path: &Path| {
        path.strip_prefix(&home)
            .unwrap()
            .to_str()
            .unwrap()
            .to_string()
    };
    all.map(|path| (name(&path), std::fs::read(&path).unwrap()))
        .collect()
}

/// Puts files where a tool that syncs would put them.
fn brought(sandbox: &Sandbox, theirs: &BTreeMap<String, Vec<u8>>) {
    for (name, bytes) in theirs {
        sandbox.write(Path::new("home").join(name), bytes);
    }
    // Such a tool keeps modes, or is told to.
    let mode = Permissions::from_mode;
    for path in files(&sandbox.home()) {
        std::fs::set_permissions(&path, mode(0o600)).unwrap();
        let folders = path.ancestors().skip(1);
        for folder in folders.take_while(|folder| folder.starts_with(sandbox.home())) {
            std::fs::set_permissions(folder, mode(0o700)).unwrap();
        }
    }
}

/// Does an exercise and returns the full name of the session.
fn done(sandbox: &Sandbox, exercise: &str, answers: &str) -> String {
    let file = format!(
        "{}/tests/answers/{exercise}/{answers}.toml",
        env!("CARGO_MANIFEST_DIR")
    );
    let before = sandbox.sessions();
    let done = sandbox.run(&["exercise", exercise, "--answers", &file, "--screened"]);
    assert_eq!(done.code, Some(0), "{done}");
    let mut after = sandbox.sessions().into_iter();
    let new = after.find(|path| !before.contains(path)).unwrap();
    new.file_stem().unwrap().to_str().unwrap().to_string()
}

/// What was written or changed since `before`.
fn changed(sandbox: &Sandbox, before: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let mut now = synced(sandbox);
    assert!(before.keys().all(|name| now.contains_key(name)));
    now.retain(|name, bytes| before.get(name) != Some(bytes));
    now
}

fn exported(sandbox: &Sandbox) -> String {
    let output = sandbox
        .command(&["export", "--all", "--format", "jsonl"])
        .output()
        .unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn two_machines_never_write_one_file_and_copied_together_they_have_all() {
    let (one, two) = (Sandbox::new(), Sandbox::new());
    done(&one, "check-in", "ines");
    let shared = synced(&one);
    brought(&two, &shared);
    // In the same second on both, with notes, tags and a deletion.
    for (sandbox, answers) in [(&one, ["ben", "lou"]), (&two, ["yael", "ben"])] {
        for answers in answers {
            done(sandbox, "check-in", answers);
        }
        let id = done(sandbox, "unsent-letter", "sam");
        assert_eq!(sandbox.run(&["history", "tag", &id, "us"]).code, Some(0));
    }
    let (of_one, of_two) = (changed(&one, &shared), changed(&two, &shared));
    assert!(
        of_one.keys().all(|name| !of_two.contains_key(name)),
        "{:?}",
        of_one.keys()
    );
    // Three sessions, and the promise that one of them made.
    assert_eq!((of_one.len(), of_two.len()), (4, 4));
    let (mut lines, others) = (exported(&one), exported(&two));
    lines.push_str(&others);
    brought(&one, &of_two);
    brought(&two, &of_one);
    assert_eq!(synced(&one), synced(&two));
    let merged = exported(&one);
    assert_eq!(merged, exported(&two));
    // Seven sessions, and the promises that two of them made.
    assert_eq!(merged.lines().count(), 9);
    for line in lines.lines() {
        assert!(merged.lines().any(|merged| merged == line), "{line}");
    }
    assert_eq!(one.run(&["doctor"]).code, Some(0));
}

#[test]
fn two_homes_that_began_apart_are_one_journal_once_they_are_copied_together() {
    let (one, two) = (Sandbox::new(), Sandbox::new());
    done(&one, "check-in", "ben");
    done(&two, "check-in", "ben");
    let (of_one, of_two) = (synced(&one), synced(&two));
    // Only the file that says the format is on both, and it says the same.
    let both = of_one
        .keys()
        .filter(|name| of_two.contains_key(*name))
        .collect::<Vec<_>>();
    assert_eq!(both, ["format"]);
    assert_eq!(of_one["format"], of_two["format"]);
    brought(&one, &of_two);
    // Two sessions, and the promise that each of them made.
    assert_eq!(exported(&one).lines().count(), 4);
}

#[test]
fn one_session_that_was_changed_on_both_machines_loses_nothing_when_it_is_brought_together() {
    let (one, two) = (Sandbox::new(), Sandbox::new());
    done(&one, "unsent-letter", "sam");
    brought(&two, &synced(&one));
    for (sandbox, words) in [(&one, "said here"), (&two, "said there")] {
        let path = sandbox.sessions().pop().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("you moved to the coast"));
        std::fs::write(&path, text.replace("you moved to the coast", words)).unwrap();
    }
    // What a tool that syncs leaves beside the file is not taken for a session.
    let path = two.sessions().pop().unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    let copy = name.replace(".toml", ".sync-conflict-20261123-101112-ABCDEFG.toml");
    let theirs = one.sessions().pop().unwrap().with_file_name(copy);
    std::fs::copy(&path, &theirs).unwrap();
    assert_eq!(exported(&one).lines().count(), 1);
    // Its owner brings it in through an export.
    let came = one.run_with(&["import", "-"], exported(&two));
    assert_eq!(came.stderr, "1 kept beside another\n");
    let all = exported(&one);
    assert!(
        all.contains("said here") && all.contains("said there"),
        "{all}"
    );
}
