//! No file that somebody at the account can write, rename or remove leads to plain words.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use trust_coach::journal::vault::seal::Identity;

use crate::common::{Output, Sandbox, files};
use crate::tea::{ANSWERS, home};
use crate::vault::quick_vault;

/// What somebody at the account does to a home.
pub(crate) type Attack = fn(&Sandbox);

pub(crate) fn identities(sandbox: &Sandbox) -> std::path::PathBuf {
    sandbox.home().join("identities")
}

pub(crate) const MARKER: &str = "My aunt made it.";

/// A home with the vault on and one session in it.
pub(crate) fn sealed() -> Sandbox {
    let sandbox = home();
    sandbox.write("a.toml", ANSWERS);
    quick_vault(&sandbox);
    assert_eq!(begin(&sandbox), Some(0));
    sandbox
}

pub(crate) fn begin(sandbox: &Sandbox) -> Option<i32> {
    let output = sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
    if output.code != Some(0) {
        assert!(output.stderr.contains("nothing can be saved"), "{output}");
    }
    output.code
}

/// Whether words of a session lie in the open anywhere below the home.
pub(crate) fn leaks(sandbox: &Sandbox) -> bool {
    let has = |path: &std::path::PathBuf| {
        // A pipe or a device holds no words, and reading one never ends.
        let plain = fs::metadata(path).is_ok_and(|meta| meta.is_file());
        let bytes = if plain {
            fs::read(path).unwrap()
        } else {
            Vec::new()
        };
        bytes
            .windows(MARKER.len())
            .any(|words| words == MARKER.as_bytes())
    };
    files(&sandbox.home()).iter().any(has)
}

#[test]
fn no_single_file_that_is_written_moved_or_removed_leads_to_plain_words() {
    let attacks: [(&str, Attack); 9] = [
        ("the key cut off by a byte", |sandbox| {
            let key = identities(sandbox).join("identity.age");
            let bytes = fs::read(&key).unwrap();
            fs::write(&key, &bytes[..bytes.len() - 1]).unwrap();
            assert_eq!(begin(sandbox), Some(1));
            let doctor = sandbox.run(&["doctor", "--json"]);
            assert!(doctor.stdout.contains("\"vault\""), "{doctor}");
        }),
        ("a marker of turning off", |sandbox| {
            fs::write(identities(sandbox).join("unfinished"), "off\n").unwrap();
        }),
        ("the key renamed", |sandbox| {
            let key = identities(sandbox).join("identity.age");
            fs::rename(&key, identities(sandbox).join(".x")).unwrap();
        }),
        ("the key removed", |sandbox| {
            fs::remove_file(identities(sandbox).join("identity.age")).unwrap();
        }),
        ("the whole folder removed", |sandbox| {
            fs::remove_dir_all(identities(sandbox)).unwrap();
        }),
        ("the list removed", |sandbox| {
            fs::remove_file(identities(sandbox).join("recipients.txt")).unwrap();
        }),
        ("the list emptied", |sandbox| {
            fs::write(identities(sandbox).join("recipients.txt"), "").unwrap();
        }),
        ("the memory removed with the folder", |sandbox| {
            fs::remove_dir_all(identities(sandbox)).unwrap();
            let _ = fs::remove_file(sandbox.home().join("state/vault"));
        }),
        ("a list without its owner", |sandbox| {
            let other = trust_coach::journal::vault::seal::Identity::generate();
            let list = identities(sandbox).join("recipients.txt");
            fs::write(list, format!("{}\n", other.recipient())).unwrap();
        }),
    ];
    for (what, attack) in attacks {
        let sandbox = paused();
        attack(&sandbox);
        for output in rewritten(&sandbox) {
            // It isn't for want of a passphrase that nothing is written.
            assert_ne!(output.code, Some(3), "{what}: {output}");
        }
        begin(&sandbox);
        rewritten(&sandbox);
        assert!(!leaks(&sandbox), "{what}");
    }
    // Where nobody has done anything, each of them rewrites a session.
    let sandbox = paused();
    for output in rewritten(&sandbox) {
        assert_eq!(output.code, Some(0), "{output}");
    }
    assert!(!leaks(&sandbox));
}

/// The same with a session that was left open.
fn paused() -> Sandbox {
    let sandbox = sealed();
    let replies = [
        r#"{"type":"answer","id":"kind","value":"mint"}"#,
        r#"{"type":"answer","id":"sugar","value":false}"#,
        r#"{"type":"answer","id":"memory","value":"My aunt made it.\n\nIn a glass."}"#,
    ];
    let json = ["exercise", "tea", "--io", "json"];
    sandbox.run_with(&json, replies.join("\n") + "\n");
    assert_eq!(sandbox.sessions().len(), 2);
    sandbox
}

/// Runs what writes sessions anew that are encrypted, with the passphrase.
fn rewritten(sandbox: &Sandbox) -> [Output; 2] {
    let tag: &[&str] = &["history", "tag", "last", "x"];
    let resume: &[&str] = &["resume", "--answers", "a.toml"];
    let pass = ["--passphrase-file", "pass"];
    [tag, resume].map(|args| sandbox.run(&[args, &pass].concat()))
}

#[test]
fn a_lost_key_is_never_written_over() {
    let sandbox = sealed();
    let key = sandbox.home().join("identities/identity.age");
    fs::remove_file(&key).unwrap();
    let output = sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    assert_eq!(output.code, Some(1), "{output}");
    assert!(
        output.stderr.contains("1 session is encrypted with it"),
        "{output}"
    );
    assert!(!key.exists());
    let output = sandbox.run(&["vault", "on", "--new-key", "--passphrase-file", "pass"]);
    assert_eq!(output.code, Some(0), "{output}");
    assert!(key.exists());
}

#[test]
fn that_no_key_is_left_is_said_before_a_passphrase_is_asked_for_where_one_of_the_newest_is_encrypted()
 {
    let sandbox = sealed();
    let sealed = sandbox.sessions().pop().unwrap();
    fs::remove_dir_all(identities(&sandbox)).unwrap();
    fs::remove_file(sandbox.home().join("state/vault")).unwrap();
    let doctor = sandbox.run(&["doctor", "--passphrase-file", "pass"]);
    assert!(doctor.stdout.contains("key"), "{doctor}");
    let of_newest = ["history", "--limit", "1"];
    let gone = |output: Output| {
        assert_eq!(output.code, Some(1), "{output}");
        assert!(output.stderr.contains("its key is missing"), "{output}");
    };
    gone(sandbox.run(&of_newest));
    // A plain one from another machine is newer: it's listed, and a longer list tells of the other.
    let name = sealed.file_name().unwrap().to_str().unwrap();
    let older = sealed.with_file_name(format!("{}01{}", &name[..6], &name[8..]));
    fs::rename(&sealed, &older).unwrap();
    let other = home();
    other.write("a.toml", ANSWERS);
    assert_eq!(begin(&other), Some(0));
    let plain = other.sessions().pop().unwrap();
    let beside = sealed.with_file_name(plain.file_name().unwrap());
    fs::copy(&plain, &beside).unwrap();
    let output = sandbox.run(&of_newest);
    assert_eq!(output.code, Some(0), "{output}");
    for all in [
        ["history", "--limit", "2"],
        ["history", "--limit", "0"],
        ["history", "--with", "aunt"],
    ] {
        gone(sandbox.run(&all));
    }
    assert_ne!(begin(&sandbox), Some(0));
}

#[test]
fn a_sealed_file_is_known_by_any_spelling_of_its_ending_and_however_deep_it_lies() {
    for to in ["X.toml.AGE", "a/b/c/d/e/f/g/h/x.toml.age"] {
        let sandbox = sealed();
        let session = sandbox.sessions().pop().unwrap();
        let moved = sandbox.home().join("sessions").join(to);
        fs::create_dir_all(moved.parent().unwrap()).unwrap();
        fs::rename(session, moved).unwrap();
        fs::remove_dir_all(identities(&sandbox)).unwrap();
        fs::remove_dir_all(sandbox.home().join("state")).unwrap();
        assert_ne!(begin(&sandbox), Some(0), "{to}");
        assert!(!leaks(&sandbox), "{to}");
    }
}

#[test]
fn what_an_unfinished_save_left_is_plain_until_the_vault_is_turned_on() {
    let sandbox = home();
    sandbox.write("a.toml", ANSWERS);
    assert_eq!(begin(&sandbox), Some(0));
    let session = sandbox.sessions().pop().unwrap();
    let name = session.file_name().unwrap().to_str().unwrap();
    let left = session.with_file_name(format!(".{name}.123-0.tmp"));
    fs::copy(&session, &left).unwrap();
    quick_vault(&sandbox);
    assert_eq!(
        sandbox
            .run(&["vault", "on", "--passphrase-file", "pass"])
            .code,
        Some(0)
    );
    assert!(!leaks(&sandbox) && !left.exists());
    fs::write(&left, MARKER).unwrap();
    let status = sandbox.run(&["vault", "status"]).to_string();
    let counted = "1 session encrypted, 1 in plain text.";
    assert!(status.contains(counted), "{status}");
}

#[test]
fn a_session_with_the_name_of_an_unfinished_save_is_one_still_and_gets_its_own_name_back() {
    let sandbox = sealed();
    let session = sandbox.sessions().pop().unwrap();
    let name = session.file_name().unwrap().to_str().unwrap();
    let renamed = session.with_file_name(format!(".{name}.2147483646-0.tmp"));
    fs::rename(&session, &renamed).unwrap();
    let doctor = sandbox.run(&["doctor"]);
    assert_eq!(doctor.code, Some(6), "{doctor}");
    assert!(doctor.stdout.contains(".2147483646-0.tmp"), "{doctor}");
    // Whoever takes the key as well gets nothing in plain text.
    for folder in ["identities", "state"] {
        let away = sandbox.home().with_file_name(folder);
        fs::rename(sandbox.home().join(folder), away).unwrap();
    }
    assert_eq!(begin(&sandbox), Some(1));
    assert!(!leaks(&sandbox));
    for folder in ["identities", "state"] {
        let _ = fs::remove_dir_all(sandbox.home().join(folder));
        let away = sandbox.home().with_file_name(folder);
        fs::rename(away, sandbox.home().join(folder)).unwrap();
    }
    let repair = sandbox.run(&["doctor", "--repair", "--passphrase-file", "pass"]);
    assert_eq!(repair.code, Some(0), "{repair}");
    let kept = sandbox.sessions().pop().unwrap();
    assert!(
        kept.metadata().unwrap().len() > 0 && !renamed.exists(),
        "{kept:?}"
    );
}

#[test]
fn doctor_says_at_once_that_what_an_unfinished_save_left_is_plain_and_names_none_that_goes_on() {
    let sandbox = sealed();
    let session = sandbox.sessions().pop().unwrap();
    let name = session.file_name().unwrap().to_str().unwrap();
    let name = name.strip_suffix(".age").unwrap();
    let left = |pid: u32| {
        let left = session.with_file_name(format!(".{name}.{pid}-0.tmp"));
        fs::write(&left, MARKER).unwrap();
        fs::set_permissions(&left, fs::Permissions::from_mode(0o600)).unwrap();
        left
    };
    let ended = left(2_147_483_646);
    let doctor = sandbox.run(&["doctor"]);
    assert_eq!(doctor.code, Some(6), "{doctor}");
    for told in [
        "1 session isn’t encrypted, although the vault is on.",
        ".2147483646-0.tmp\n    a save that was interrupted left it\n",
        "`trust-coach vault on` encrypts what’s left",
    ] {
        assert!(doctor.stdout.contains(told), "{doctor}");
    }
    fs::remove_file(ended).unwrap();
    // Of this very process, which runs.
    let open = left(std::process::id());
    let doctor = sandbox.run(&["doctor"]);
    assert!(!doctor.stdout.contains(".tmp"), "{doctor}");
    let hour = std::time::Duration::from_secs(2 * 60 * 60);
    let file = fs::File::options().write(true).open(&open).unwrap();
    file.set_modified(std::time::SystemTime::now() - hour)
        .unwrap();
    let mut doctor = sandbox.command(&["doctor"]);
    let doctor = sandbox.finish(doctor.env_remove("TRUST_COACH_NOW"));
    assert!(doctor.stdout.contains("0.tmp"), "{doctor}");
}

#[test]
fn a_lock_that_is_a_link_is_never_written_to() {
    let sandbox = sealed();
    let important = sandbox.write("important", "not yours");
    let lock = sandbox.home().join("state/locks/store");
    fs::create_dir_all(lock.parent().unwrap()).unwrap();
    let _ = fs::remove_file(&lock);
    std::os::unix::fs::symlink(&important, &lock).unwrap();
    assert_ne!(
        sandbox
            .run(&["vault", "off", "--passphrase-file", "pass"])
            .code,
        Some(0)
    );
    assert_eq!(fs::read_to_string(&important).unwrap(), "not yours");
    fs::remove_file(&lock).unwrap();
    fs::hard_link(&important, &lock).unwrap();
    assert_ne!(
        sandbox
            .run(&["vault", "off", "--passphrase-file", "pass"])
            .code,
        Some(0)
    );
    assert_eq!(fs::read_to_string(&important).unwrap(), "not yours");
}

#[test]
fn a_pipe_or_a_device_in_the_place_of_a_file_is_named_and_never_waited_for() {
    for name in [
        "format",
        "identities/recipients.txt",
        "identities/identity.age",
        "identities/unfinished",
        "state/vault",
    ] {
        for device in [None, Some("/dev/zero")] {
            let sandbox = sealed();
            let path = sandbox.home().join(name);
            let _ = fs::remove_file(&path);
            match device {
                None => {
                    let made = std::process::Command::new("mkfifo").arg(&path).status();
                    assert!(made.unwrap().success());
                }
                Some(device) => std::os::unix::fs::symlink(device, &path).unwrap(),
            }
            for args in [
                &["vault", "status"] as &[&str],
                &["doctor"],
                &["history", "show", "last", "--passphrase-file", "pass"],
                &["exercise", "tea", "--answers", "a.toml"],
            ] {
                // A passphrase is slow, and a device is read by the same opener as a pipe.
                if device.is_some() && args[0] == "history" {
                    continue;
                }
                let output = sandbox.run(args);
                // What this machine remembers is no more than one sign of several.
                if name != "state/vault" && args[0] == "exercise" {
                    assert_ne!(output.code, Some(0), "{name} {args:?} {output}");
                    assert!(output.stderr.contains(name), "{name} {args:?} {output}");
                }
            }
            assert!(sandbox.run(&["support"]).stdout.contains("support"));
            assert!(!leaks(&sandbox), "{name}");
        }
    }
}

#[test]
fn what_stands_in_the_place_of_the_key_and_is_none_saves_nothing_and_is_not_written_over() {
    for content in ["", "AGE-SECRET-KEY-", "half a"] {
        let sandbox = sealed();
        let key = identities(&sandbox).join("identity.age");
        fs::write(&key, content).unwrap();
        assert_eq!(begin(&sandbox), Some(1), "{content:?}");
        let doctor = sandbox.run(&["doctor"]);
        assert_eq!(doctor.code, Some(6), "{doctor}");
        for more in [&[] as &[&str], &["--new-key"]] {
            let on = ["vault", "on", "--passphrase-file", "pass"];
            let output = sandbox.run(&[&on, more].concat());
            assert_eq!(output.code, Some(1), "{output}");
            assert!(output.stderr.contains("identity.age"), "{output}");
        }
        assert_eq!(fs::read_to_string(&key).unwrap(), content);
        assert!(!leaks(&sandbox));
    }
}

#[test]
fn a_script_that_saves_for_another_list_of_readers_is_told() {
    let sandbox = sealed();
    let list = identities(&sandbox).join("recipients.txt");
    let other = Identity::generate().recipient().to_string();
    let text = fs::read_to_string(&list).unwrap();
    fs::write(&list, format!("{text}{other}\n")).unwrap();
    let output = sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
    assert_eq!(output.code, Some(0), "{output}");
    assert!(
        output
            .stderr
            .contains("who can read what you save has changed"),
        "{output}"
    );
}
