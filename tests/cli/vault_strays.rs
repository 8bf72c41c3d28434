//! Plain words beside the records: what is a copy of one is encrypted with them, and the rest is named.

use std::fs;
use std::path::{Path, PathBuf};

use crate::vault::{one_done, quick_vault};
use crate::vault_signs::{MARKER, begin, sealed};

const KEY: [&str; 2] = ["--passphrase-file", "pass"];

/// Files below a folder that hold the words of the session.
fn with_words(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(with_words(&path));
        } else if String::from_utf8_lossy(&fs::read(&path).unwrap()).contains(MARKER) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn put(path: &Path, words: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, words).unwrap();
}

#[test]
fn a_copy_of_a_session_is_counted_and_encrypted_wherever_it_lies_in_the_folder() {
    let sandbox = one_done();
    let session = sandbox.sessions().pop().unwrap();
    let words = fs::read(&session).unwrap();
    let id = session.file_stem().unwrap().to_str().unwrap();
    let copies = [
        format!(".stversions/sessions/2026/11/{id}~20261130-064141.toml"),
        format!("{id}.toml"),
        format!("old/{id}.toml.bak"),
        format!("exercises/{id}.toml"),
        String::from("sessions/old/a.txt"),
        String::from("ledger/2026/11/.x.tmp"),
    ];
    for copy in &copies {
        put(&sandbox.home().join(copy), &words);
    }
    quick_vault(&sandbox);
    let on = sandbox.run(&[&["vault", "on"][..], &KEY].concat());
    assert_eq!(on.code, Some(0), "{on}");
    assert_eq!(with_words(&sandbox.home()), Vec::<PathBuf>::new(), "{on}");
    let status = sandbox.run(&["vault", "status"]);
    assert!(status.stdout.contains(" 0 in plain text."), "{status}");
    // One that comes with the next sync.
    let late = sandbox.home().join(&copies[0]);
    put(&late, &words);
    let status = sandbox.run(&["vault", "status"]);
    assert!(status.stdout.contains(" 1 in plain text."), "{status}");
    let doctor = sandbox.run(&["doctor"]);
    assert!(
        doctor.code == Some(6) && doctor.stdout.contains("20261130-064141.toml"),
        "{doctor}"
    );
    let on = sandbox.run(&[&["vault", "on"][..], &KEY].concat());
    assert!(on.code == Some(0) && !late.exists(), "{on}");
    let off = sandbox.run(&[&["vault", "off"][..], &KEY].concat());
    assert_eq!(off.code, Some(0), "{off}");
    assert_eq!(with_words(&sandbox.home()).len(), copies.len() + 2, "{off}");
}

#[test]
fn what_is_plain_and_not_ours_is_named_and_left_as_it_is() {
    let sandbox = sealed();
    let foreign = [
        "sessions/old.tar",
        "sessions/notes/letter.txt",
        "ledger/2026/11/.y.tmp",
        "letters/one.md",
        "diary.txt",
    ];
    for path in foreign {
        put(&sandbox.home().join(path), MARKER.as_bytes());
    }
    let before = with_words(&sandbox.home());
    // What is no file is no way out of the folder.
    let elsewhere = sandbox.home().parent().unwrap().join("elsewhere");
    put(&elsewhere.join("private.txt"), MARKER.as_bytes());
    std::os::unix::fs::symlink(&elsewhere, sandbox.home().join("link")).unwrap();
    // What the person may have there, and what systems put everywhere.
    for ours in [
        "plans/p.toml",
        "contacts.toml",
        ".stfolder/x.txt",
        ".DS_Store",
        ".git/x",
    ] {
        put(&sandbox.home().join(ours), b"x");
    }
    let (status, doctor) = (sandbox.run(&["vault", "status"]), sandbox.run(&["doctor"]));
    assert!(
        status
            .stdout
            .contains("5 files in your folder aren’t trust-coach’s"),
        "{status}"
    );
    let on = sandbox.run(&[&["vault", "on"][..], &KEY].concat());
    assert_eq!((on.code, doctor.code), (Some(0), Some(6)), "{on}{doctor}");
    for path in foreign {
        assert!(doctor.stdout.contains(path), "{path}: {doctor}");
        assert!(on.stderr.replace("\n", "").contains(path), "{path}: {on}");
    }
    for other in [
        "private.txt",
        "contacts.toml",
        ".DS_Store",
        ".stfolder",
        ".git/",
    ] {
        assert!(!on.stderr.contains(other), "{other}: {on}");
    }
    let repaired = sandbox.run(&["doctor", "--repair"]);
    assert_eq!(repaired.code, Some(6), "{repaired}");
    let off = sandbox.run(&[&["vault", "off"][..], &KEY].concat());
    assert_eq!(off.code, Some(0), "{off}");
    let after = with_words(&sandbox.home());
    assert!(before.iter().all(|path| after.contains(path)), "{after:?}");
    // Nothing of it is anybody's business while the vault is off.
    assert!(!sandbox.run(&["doctor"]).stdout.contains("diary.txt"));
    assert_eq!(begin(&sandbox), Some(0));
}

#[test]
fn only_unfinished_saves_go_when_the_vault_is_turned_on() {
    let sandbox = sealed();
    let session = sandbox.sessions().pop().unwrap();
    let off = sandbox.run(&[&["vault", "off"][..], &KEY].concat());
    assert_eq!(off.code, Some(0), "{off}");
    let name = session.file_name().unwrap().to_str().unwrap();
    let name = name.strip_suffix(".age").unwrap();
    let (month, words) = (session.parent().unwrap(), "Never saved anywhere else.\n");
    let beside = |ending: &str| month.join(format!(".{name}{ending}"));
    for ending in [".swp", ".txt", ".2.bak", ".99999-0.tmp"] {
        std::fs::write(beside(ending), words).unwrap();
    }
    let on = sandbox.run(&[&["vault", "on"][..], &KEY].concat());
    assert_eq!(on.code, Some(0), "{on}");
    assert!(!beside(".99999-0.tmp").exists());
    let off = sandbox.run(&[&["vault", "off"][..], &KEY].concat());
    assert_eq!(off.code, Some(0), "{off}");
    for ending in [".swp", ".txt", ".2.bak"] {
        let there = std::fs::read_to_string(beside(ending));
        assert_eq!(there.unwrap(), words, "{ending}");
    }
}
