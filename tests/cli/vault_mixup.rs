//! More than one key in the folder: whose is the vault's, and what becomes of the others.

use std::fs;
use std::path::PathBuf;

use trust_coach::journal::vault::seal::{Identity, Passphrase};

use crate::common::{Output, Sandbox};
use crate::vault::{WORDS, one_done, private, quick_vault, store};
use crate::vault_signs::identities;

const OTHERS: &str = "words of another vault";
const CONFLICT: &str = "identity.sync-conflict-20261130-101010-ABCDEFG.age";
const EXERCISE: [&str; 4] = ["exercise", "tea", "--answers", "a.toml"];

fn with(sandbox: &Sandbox, pass: &str, words: &[&str]) -> Output {
    sandbox.run(&[words, &["--passphrase-file", pass]].concat())
}

/// A home with a vault, and beside its key that of another machine's, with what was saved there.
fn two_vaults(words: &str) -> (Sandbox, PathBuf) {
    let sandbox = one_done();
    quick_vault(&sandbox);
    assert_eq!(with(&sandbox, "pass", &["vault", "on"]).code, Some(0));
    private(&sandbox, "pass2", words);
    private(&sandbox, "new", "quite other words");
    let other = one_done();
    let now = crate::common::moment();
    let passphrase = Passphrase::new(words.to_string());
    let opened = store(&other).make_vault(&now, &passphrase, 2).unwrap();
    private(&other, "pass2", words);
    assert_eq!(with(&other, "pass2", &["vault", "on"]).code, Some(0));
    let own = sandbox.sessions().pop().unwrap();
    let name = own.file_name().unwrap().to_str().unwrap();
    // Another name in the same month.
    let (at, _) = name.rsplit_once('-').unwrap();
    let theirs = own.with_file_name(format!("{at}-0badcafe.toml.age"));
    let text = store(&other).with_key(opened.identity.clone());
    let id = text.sessions().newest().next().unwrap().unwrap();
    let mut session = text.sessions().read(&id).unwrap();
    session.id = format!("{at}-0badcafe");
    text.sessions().save(&session).unwrap();
    let saved = text.sessions().path(&session.id);
    fs::copy(saved, theirs).unwrap();
    let copy = identities(&sandbox).join(CONFLICT);
    fs::copy(store(&other).identity_file(), &copy).unwrap();
    (sandbox, copy)
}

#[test]
fn another_vaults_key_changes_nothing_about_the_vault_and_is_named() {
    let (sandbox, copy) = two_vaults(OTHERS);
    let phone = Identity::generate().recipient().to_string();
    let before = fs::read(store(&sandbox).identity_file()).unwrap();
    let list = fs::read(store(&sandbox).list_file()).unwrap();
    let changes: [&[&str]; 5] = [
        &["vault", "passphrase", "--new-passphrase-file", "new"],
        &["vault", "recipients", "add", &phone],
        &["vault", "recipients", "remove", "phone"],
        &["vault", "recipients", "reset"],
        &["vault", "off"],
    ];
    // With the memory, and then with the list alone.
    for _ in 0..2 {
        for words in changes {
            let output = with(&sandbox, "pass2", words);
            assert_eq!(output.code, Some(1), "{words:?}: {output}");
            let named = format!("this is another vault’s key: $SANDBOX/home/identities/{CONFLICT}");
            assert!(output.stderr.contains(&named), "{words:?}: {output}");
            let key = fs::read(store(&sandbox).identity_file()).unwrap();
            assert_eq!(key, before, "{words:?}");
            assert_eq!(fs::read(store(&sandbox).list_file()).unwrap(), list);
            assert!(!store(&sandbox).quarantine().exists(), "{words:?}");
        }
        let _ = fs::remove_file(sandbox.home().join("state/vault"));
    }
    let history = with(&sandbox, "pass2", &["history", "--ids"]);
    assert_eq!(history.stdout.lines().count(), 1, "{history}");
    assert!(history.stderr.contains("another vault’s key"), "{history}");
    assert!(!history.stderr.contains("recipients reset"), "{history}");
    let history = with(&sandbox, "pass", &["history", "--ids"]);
    assert_eq!(history.stdout.lines().count(), 1, "{history}");
    assert!(copy.exists());
}

#[test]
fn a_copy_of_the_key_is_not_written_over_one_that_stays_closed() {
    let (sandbox, copy) = two_vaults(OTHERS);
    let own = store(&sandbox).identity_file();
    // The sync program has taken the other machine's.
    let (mine, theirs) = (fs::read(&own).unwrap(), fs::read(&copy).unwrap());
    fs::write(&own, &theirs).unwrap();
    fs::write(&copy, &mine).unwrap();
    let history = with(&sandbox, "pass", &["history", "--ids"]);
    assert_eq!(history.stdout.lines().count(), 1, "{history}");
    for words in [
        &["vault", "passphrase", "--new-passphrase-file", "new"][..],
        &["vault", "off"],
    ] {
        let output = with(&sandbox, "pass", words);
        assert_eq!(output.code, Some(1), "{output}");
        assert!(
            output.stderr.contains("opens only a copy of your key"),
            "{output}"
        );
        assert_eq!(fs::read(&own).unwrap(), theirs);
    }
}

#[test]
fn what_another_key_may_open_is_not_moved_away_when_the_vault_is_turned_off() {
    // Whoever has two machines has one passphrase.
    let (sandbox, copy) = two_vaults(WORDS);
    let off = with(&sandbox, "pass", &["vault", "off"]);
    assert_eq!(off.code, Some(1), "{off}");
    assert!(off.stderr.contains("The vault isn’t off yet"), "{off}");
    assert!(off.stderr.contains(CONFLICT), "{off}");
    assert!(off.stderr.contains("swap the names"), "{off}");
    assert!(!store(&sandbox).quarantine().exists(), "{off}");
    // As it is told.
    let own = store(&sandbox).identity_file();
    let away = own.with_file_name("away");
    for (from, to) in [(&own, &away), (&copy, &own), (&away, &copy)] {
        fs::rename(from, to).unwrap();
    }
    let off = with(&sandbox, "pass", &["vault", "off"]);
    assert!(off.stderr.contains("The vault is off"), "{off}");
    assert!(off.stderr.contains("nothing can be saved while"), "{off}");
    assert_eq!(off.code, Some(1), "{off}");
    assert_eq!(sandbox.run(&EXERCISE).code, Some(1));
    fs::rename(&copy, sandbox.home().with_file_name("other.age")).unwrap();
    assert_eq!(sandbox.run(&EXERCISE).code, Some(0));
    let history = sandbox.run(&["history", "--ids"]);
    assert_eq!(history.stdout.lines().count(), 3, "{history}");
}

#[test]
fn doctor_moves_nothing_away_that_another_key_beside_the_vaults_may_open() {
    let (sandbox, _) = two_vaults(OTHERS);
    for pass in ["pass", "pass2"] {
        let doctor = with(&sandbox, pass, &["doctor", "--repair"]);
        assert_eq!(doctor.code, Some(6), "{doctor}");
        assert!(doctor.stdout.contains("for another key; one"), "{doctor}");
        assert!(!store(&sandbox).quarantine().exists(), "{doctor}");
    }
}

#[test]
fn a_new_passphrase_is_set_for_copies_of_the_key_and_leftovers_of_it_go() {
    let (sandbox, other) = two_vaults(OTHERS);
    let own = store(&sandbox).identity_file();
    let copy = own.with_file_name("identity.age~");
    let left = own.with_file_name(".identity.age.2147483646-0.tmp");
    fs::copy(&own, &copy).unwrap();
    fs::copy(&own, &left).unwrap();
    let theirs = fs::read(&other).unwrap();
    let words = ["vault", "passphrase", "--new-passphrase-file", "new"];
    let changed = with(&sandbox, "pass", &words);
    assert_eq!(changed.code, Some(0), "{changed}");
    assert!(!left.exists());
    assert_eq!(fs::read(&other).unwrap(), theirs);
    let old = with(&sandbox, "pass", &["history"]);
    assert!(old.stderr.contains("that isn’t the passphrase"), "{old}");
    // The copy still is one.
    fs::remove_file(&own).unwrap();
    let history = with(&sandbox, "new", &["history", "--ids"]);
    assert_eq!(history.stdout.lines().count(), 1, "{history}");
}

#[test]
fn once_the_vault_is_off_no_copy_or_leftover_of_its_key_stops_a_save() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    let own = store(&sandbox).identity_file();
    let left = own.with_file_name(".identity.age.2147483646-2.tmp");
    fs::copy(&own, &left).unwrap();
    assert_eq!(with(&sandbox, "pass", &["vault", "on"]).code, Some(0));
    assert!(!left.exists());
    fs::copy(&own, &left).unwrap();
    for name in [CONFLICT, "identity.age~"] {
        fs::copy(&own, own.with_file_name(name)).unwrap();
    }
    let off = with(&sandbox, "pass", &["vault", "off"]);
    assert_eq!(off.code, Some(0), "{off}");
    assert_eq!(sandbox.run(&EXERCISE).code, Some(0));
    let mut names: Vec<_> = fs::read_dir(identities(&sandbox))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let kept = ["-1.age", "-2.age", ".age"].map(|end| format!("old-20261122T174501Z{end}"));
    assert_eq!(names, kept);
}

#[test]
fn where_the_vault_was_turned_off_on_another_machine_that_is_said_and_how_to_go_on() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    assert_eq!(with(&sandbox, "pass", &["vault", "on"]).code, Some(0));
    let memory = sandbox.home().join("state/vault");
    let remembered = fs::read(&memory).unwrap();
    assert_eq!(with(&sandbox, "pass", &["vault", "off"]).code, Some(0));
    // The other machine's own, which isn't synced.
    fs::write(&memory, remembered).unwrap();
    let kept = "$SANDBOX/home/identities/old-20261122T174501Z.age";
    for words in [&EXERCISE[..], &["vault", "status"]] {
        let refused = sandbox.run(words);
        assert_eq!(refused.code, Some(1), "{refused}");
        assert!(refused.stderr.contains(kept), "{refused}");
        assert!(refused.stderr.contains("on another machine"), "{refused}");
        assert!(
            refused.stderr.contains("`trust-coach vault off`"),
            "{refused}"
        );
        assert!(!refused.stderr.contains("vault on"), "{refused}");
    }
    let doctor = sandbox.run(&["doctor", "--repair"]);
    assert!(doctor.stdout.contains("on another machine"), "{doctor}");
    assert!(!store(&sandbox).identity_file().exists(), "{doctor}");
    private(&sandbox, "wrong", "words that open nothing");
    let wrong = with(&sandbox, "wrong", &["vault", "off"]);
    assert_eq!(wrong.code, Some(1), "{wrong}");
    assert_eq!(sandbox.run(&EXERCISE).code, Some(1));
    let off = with(&sandbox, "pass", &["vault", "off"]);
    assert_eq!(off.code, Some(0), "{off}");
    assert!(!off.stderr.contains("warning"), "{off}");
    assert!(off.stderr.contains("The vault is off here, too."), "{off}");
    assert_eq!(sandbox.run(&EXERCISE).code, Some(0));
}

#[test]
fn whoever_removes_the_folder_of_keys_gets_no_plain_save_and_the_key_is_said_to_be_missing() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    assert_eq!(with(&sandbox, "pass", &["vault", "on"]).code, Some(0));
    for session in sandbox.sessions() {
        fs::remove_file(session).unwrap();
    }
    fs::remove_dir_all(identities(&sandbox)).unwrap();
    let refused = sandbox.run(&EXERCISE);
    assert_eq!(refused.code, Some(1), "{refused}");
    assert!(refused.stderr.contains("its key is missing"), "{refused}");
}

#[test]
fn no_open_days_are_noted_by_a_key_that_reads_none_of_the_promises() {
    let (sandbox, _) = two_vaults(OTHERS);
    sandbox.write("home/config.toml", "due-without-passphrase = true\n");
    let add = [
        "promise",
        "add",
        "Tea at four",
        "--when",
        "daily for 2 weeks",
    ];
    let added = with(&sandbox, "pass", &add);
    assert_eq!(added.code, Some(0), "{added}");
    let days = sandbox.home().join("state/days.toml");
    for (pass, notes) in [("pass2", false), ("pass", true)] {
        // As on a machine to which the folder has just come.
        let _ = fs::remove_file(&days);
        let history = with(&sandbox, pass, &["history"]);
        assert_eq!(days.exists(), notes, "{history}");
    }
}

#[test]
fn a_key_that_has_changed_is_told_until_the_passphrase_was_typed() {
    let sandbox = crate::vault_signs::sealed();
    let key = sandbox.home().join("identities/identity.age");
    let whole = std::fs::read(&key).unwrap();
    let told = |sandbox: &Sandbox| {
        let doctor = sandbox.run(&["doctor", "--json"]);
        let status = sandbox.run(&["vault", "status"]);
        let begun = sandbox.run(&["exercise", "tea", "--io", "lines"]);
        [
            doctor.stdout.contains("lost-key"),
            status.stdout.contains("has changed"),
            begun.stderr.contains("has changed"),
        ]
    };
    assert_eq!(told(&sandbox), [false; 3]);
    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    for other in [[&whole[..], b"\n"].concat(), flipped] {
        std::fs::write(&key, other).unwrap();
        assert_eq!(told(&sandbox), [true; 3]);
    }
    std::fs::write(&key, whole).unwrap();
    assert_eq!(told(&sandbox), [false; 3]);
    // Whoever changes the passphrase here knows it.
    private(&sandbox, "new", "other words that nobody knows");
    let change = ["vault", "passphrase", "--passphrase-file", "pass"];
    let changed = sandbox.run(&[&change[..], &["--new-passphrase-file", "new"]].concat());
    assert_eq!(changed.code, Some(0), "{changed}");
    assert_eq!(told(&sandbox), [false; 3]);
}
