//! The vault while it is half on or half off: what was cut off says how to go on, and what is still going
//! says that.

use std::fs;

use insta::assert_snapshot;
use trust_coach::journal::{Lock, StoreLock};

use crate::common::Sandbox;
use crate::vault::{one_done, quick_vault, store};
use crate::vault_signs::{begin, identities, leaks};

/// A home with one plain session, in which `vault on` was killed before the key had its name.
fn half_on(left: &str) -> Sandbox {
    let sandbox = one_done();
    quick_vault(&sandbox);
    let key = identities(&sandbox).join("identity.age");
    match left {
        "the key without its name" => {
            fs::rename(&key, key.with_file_name(".identity.age.4711-3.tmp")).unwrap();
        }
        _ => fs::remove_file(&key).unwrap(),
    }
    if left == "the list alone" {
        fs::remove_file(sandbox.home().join("state/vault")).unwrap();
    }
    sandbox
}

/// A home with one session, in which `vault off` was killed before its last rename.
fn half_off() -> Sandbox {
    let sandbox = one_done();
    quick_vault(&sandbox);
    for turn in ["on", "off"] {
        let done = sandbox.run(&["vault", turn, "--passphrase-file", "pass"]);
        assert_eq!(done.code, Some(0), "{done}");
    }
    let folder = identities(&sandbox);
    let old = folder.join("old-20261122T174501Z.age");
    fs::rename(old, folder.join("identity.age")).unwrap();
    fs::write(folder.join("unfinished"), "off\n").unwrap();
    sandbox
}

#[test]
fn where_turning_it_on_was_cut_off_every_refusal_says_how_to_go_on() {
    for left in [
        "the list alone",
        "the list and the memory",
        "the key without its name",
    ] {
        let sandbox = half_on(left);
        insta::allow_duplicates! {
            assert_snapshot!(sandbox.run(&["exercise", "tea", "--answers", "a.toml"]), @"
            --- stderr ---
            error: nothing can be saved: turning the vault on isn’t finished
            hint: `trust-coach vault on` continues
            --- exit 1 ---
            ");
            assert_snapshot!(sandbox.run(&["vault", "status"]), @"
            The vault isn’t on yet, so nothing can be saved.
            0 sessions encrypted, 1 in plain text.
            --- stderr ---
            error: nothing can be saved: turning the vault on isn’t finished
            hint: `trust-coach vault on` continues
            --- exit 1 ---
            ");
            let json = sandbox.run(&["vault", "status", "--json"]).stdout;
            assert!(json.contains("\"vault\": \"turning-on\""), "{json}");
            let off = sandbox.run(&["vault", "off", "--passphrase-file", "pass"]);
            assert_snapshot!(off, @"
            --- stderr ---
            error: nothing can be saved: turning the vault on isn’t finished
            hint: `trust-coach vault on` continues
            --- exit 1 ---
            ");
            let doctor = sandbox.run(&["doctor"]).stdout;
            let (first, _) = doctor.split_once("\n\n").unwrap();
            assert_snapshot!(first, @"
            The vault isn’t in order, so nothing can be saved.
              $SANDBOX/home/identities
                nothing can be saved: turning the vault on isn’t finished
            hint: `trust-coach vault status` says how to go on
            ");
        }
        let on = sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
        assert_eq!(on.code, Some(0), "{left}: {on}");
        assert!(
            on.stderr.contains("The vault is on: 1 session encrypted."),
            "{left}: {on}"
        );
        assert!(!leaks(&sandbox), "{left}");
    }
}

#[test]
fn where_it_is_still_going_in_another_window_that_is_said() {
    let me = std::process::id().to_string();
    for (sandbox, to) in [(half_on(""), "on"), (half_off(), "off")] {
        let all = StoreLock::take(&store(&sandbox)).unwrap();
        let output = sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
        let shown = output.to_string().replace(&me, "4711");
        assert_eq!(
            shown,
            format!(
                "--- stderr ---\n\
                 error: nothing can be saved: turning the vault {to} isn’t finished\n\
                 hint: it’s still going in another window (process 4711); try again once it’s done there\n\
                 --- exit 1 ---"
            )
        );
        drop(all);
    }
}

#[test]
fn a_key_that_is_lost_beside_encrypted_sessions_is_still_missing_and_nothing_new_is_begun() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    fs::remove_file(identities(&sandbox).join("identity.age")).unwrap();
    let output = sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
    assert!(output.stderr.contains("its key is missing"), "{output}");
}

#[test]
fn turning_it_off_that_was_cut_off_goes_on_or_back_without_a_false_warning() {
    let sandbox = half_off();
    assert_snapshot!(sandbox.run(&["exercise", "tea", "--answers", "a.toml"]), @"
    --- stderr ---
    error: nothing can be saved: turning the vault off isn’t finished
    hint: `trust-coach vault off` continues, and `trust-coach vault on` goes back
    --- exit 1 ---
    ");
    assert_snapshot!(sandbox.run(&["vault", "status"]), @"
    The vault is being turned off. `trust-coach vault off` continues.
    0 sessions encrypted, 1 in plain text.
    --- stderr ---
    error: nothing can be saved: turning the vault off isn’t finished
    hint: `trust-coach vault off` continues, and `trust-coach vault on` goes back
    --- exit 1 ---
    ");
    let back = sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    assert_snapshot!(back, @"
    --- stderr ---
    The vault is open. One person can read it: you.
    The vault is on: 1 session encrypted. One person can read it: you.
    --- exit 0 ---
    ");
    assert_eq!(begin(&sandbox), Some(0));
    assert!(!leaks(&sandbox));
    let off = half_off().run(&["vault", "off", "--passphrase-file", "pass"]);
    assert_snapshot!(off, @"
    --- stderr ---
    The vault is open. One person can read it: you.
    The vault is off: 0 sessions decrypted. Anyone who uses this account can
    read what you saved, and what you save from now on, including in windows
    that are already open.
    The key is kept, protected by its passphrase, for encrypted copies
    elsewhere:
      $SANDBOX/home/identities/old-20261122T174501Z.age
    --- exit 0 ---
    ");
}

#[test]
fn a_list_that_somebody_changed_is_told_of_while_it_is_being_turned_off_too() {
    let sandbox = half_off();
    let other = trust_coach::journal::vault::seal::Identity::generate().recipient();
    fs::write(
        identities(&sandbox).join("recipients.txt"),
        format!("{other}\n"),
    )
    .unwrap();
    let back = sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    assert!(back.stderr.contains("isn’t the one you set"), "{back}");
}

#[test]
fn while_a_session_is_open_elsewhere_it_is_said_what_is_plain_and_what_is_not() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    assert_eq!(begin(&sandbox), Some(0));
    let store = store(&sandbox);
    let open = store.sessions().newest().next().unwrap().unwrap();
    let lock = Lock::take(&store, &open).unwrap();
    let off = ["vault", "off", "--passphrase-file", "pass"];
    assert_snapshot!(sandbox.run(&off), @"
    --- stderr ---
    The vault is open. One person can read it: you.
    1 session is in plain text now, for anyone who uses this account to
    read.
    The vault isn’t off yet. What you save is still encrypted.
    skipped: session [id2] is open in another window
    hint: run `trust-coach vault off` again once that’s fixed
    --- exit 1 ---
    ");
    drop(lock);
    assert_eq!(sandbox.run(&off).code, Some(0));
}
