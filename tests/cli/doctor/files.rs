//! What can be wrong with one file among the sessions.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::time::{Duration, SystemTime};

use insta::assert_snapshot;

use super::{ONE, TWO, put, text, told, well, words};
use crate::common::files;

#[test]
fn what_cannot_be_read_is_named_and_moved_as_it_is() {
    let (sandbox, month) = well();
    let path = month.join(format!("{ONE}.toml"));
    put(&path, "format = 1\nid = half a");
    put(&month.join("notes.toml"), "\u{1b}[31mred");
    assert_snapshot!(told(&sandbox, &[]), @"
    2 files can’t be read as sessions.
      $SANDBOX/home/sessions/2026/11/20261122T174501.032Z-[id2].toml
        line 2: string values must be quoted, expected literal string
      $SANDBOX/home/sessions/2026/11/notes.toml
        line 1: key with no value, expected `=`
      repair: Move them to the quarantine folder, as they are

    Looked at 1 session and 0 exercises of your own. 2 findings.
    hint: `trust-coach doctor --repair` does every safe repair
    --- exit 6 ---
    ");
    assert_snapshot!(told(&sandbox, &["--repair"]), @"
    2 files can’t be read as sessions.
      $SANDBOX/home/sessions/2026/11/20261122T174501.032Z-9f3a61c2.toml
        line 2: string values must be quoted, expected literal string
      $SANDBOX/home/sessions/2026/11/notes.toml
        line 1: key with no value, expected `=`
      now $SANDBOX/home/quarantine/20261122T174501.032Z-9f3a61c2.toml
      now $SANDBOX/home/quarantine/notes.toml
      2 repaired

    Looked at 1 session and 0 exercises of your own. Everything that was wrong is repaired.
    2 files in the quarantine folder $SANDBOX/home/quarantine
    --- exit 0 ---
    ");
    assert_snapshot!(told(&sandbox, &[]), @"
    Looked at 1 session and 0 exercises of your own. Everything is fine.
    2 files in the quarantine folder $SANDBOX/home/quarantine
    --- exit 0 ---
    ");
    let kept = sandbox.home().join(format!("quarantine/{ONE}.toml"));
    assert_eq!(fs::read_to_string(kept).unwrap(), "format = 1\nid = half a");
    assert_eq!(words(&sandbox), ["warm"]);
}

#[test]
fn copies_of_sync_programs_are_known_by_name_and_become_sessions_of_their_own() {
    let (sandbox, month) = well();
    let copy =
        |rest: &str, words: &str| put(&month.join(format!("{ONE}{rest}")), &text(ONE, words));
    copy(".sync-conflict-20261123-101530-ABCDEFG.toml", "cold");
    copy(" (Ana's conflicted copy 2026-11-23).toml", "hot");
    copy(".toml.orig", "old");
    copy(" (1).toml", "warm");
    assert_snapshot!(told(&sandbox, &[]), @"
    3 files are other versions of sessions that were changed in two places.
      $SANDBOX/home/sessions/2026/11/20261122T174501.032Z-[id5] (Ana's conflicted copy 2026-11-23).toml
        a copy that Dropbox or Nextcloud made
      $SANDBOX/home/sessions/2026/11/20261122T174501.032Z-[id5].sync-conflict-20261123-101530-ABCDEFG.toml
        a copy that Syncthing made
      $SANDBOX/home/sessions/2026/11/20261122T174501.032Z-[id5].toml.orig
        a copy that git made
      repair: Keep each as a separate session, next to the other

    1 file is an exact copy of a session.
      $SANDBOX/home/sessions/2026/11/20261122T174501.032Z-[id5] (1).toml
        a copy that somebody made
      repair: Remove the copy

    Looked at 6 sessions and 0 exercises of your own. 4 findings.
    hint: `trust-coach doctor --repair` does every safe repair
    --- exit 6 ---
    ");
    let repaired = sandbox.run(&["doctor", "--repair"]);
    assert_eq!(repaired.code, Some(0), "{repaired}");
    assert_eq!(words(&sandbox), ["cold", "hot", "old", "warm", "warm"]);
    assert!(told(&sandbox, &[]).starts_with("Looked at 5 sessions"));
}

#[test]
fn two_versions_with_the_marks_of_git_become_two_sessions() {
    let (sandbox, month) = well();
    let path = month.join(format!("{ONE}.toml"));
    let line = "value = \"warm\"\n";
    let both = format!("<<<<<<< HEAD\n{line}=======\nvalue = \"cold\"\n>>>>>>> other\n");
    put(&path, &text(ONE, "warm").replace(line, &both));
    assert_snapshot!(told(&sandbox, &[]), @"
    1 session has two versions in it that git could not merge.
      $SANDBOX/home/sessions/2026/11/20261122T174501.032Z-[id2].toml
      repair: Keep both as two sessions, and move the file to the quarantine folder

    Looked at 1 session and 0 exercises of your own. 1 finding.
    hint: `trust-coach doctor --repair` does every safe repair
    --- exit 6 ---
    ");
    let repaired = sandbox.run(&["doctor", "--repair"]);
    assert_eq!(repaired.code, Some(0), "{repaired}");
    assert_eq!(words(&sandbox), ["cold", "warm", "warm"]);
    let kept = sandbox.home().join(format!("quarantine/{ONE}.toml"));
    assert!(fs::read_to_string(kept).unwrap().contains("<<<<<<< HEAD"));
    assert_eq!(fs::read_to_string(path).unwrap(), text(ONE, "warm"));
}

#[test]
fn what_lies_or_is_named_wrongly_comes_to_its_place() {
    let (sandbox, month) = well();
    let (year, june) = (month.with_file_name("2026"), month.with_file_name("06"));
    for folder in [&year, &june] {
        fs::create_dir(folder).unwrap();
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
    }
    let path = month.join(format!("{ONE}.toml"));
    fs::rename(&path, june.join(format!("{ONE}.toml"))).unwrap();
    put(&year.join(format!("{TWO}.toml")), &text(TWO, "cold"));
    put(&month.join("the big one.toml"), &text(ONE, "hot"));
    assert_snapshot!(told(&sandbox, &[]), @"
    1 session is in a file whose name isn’t a session’s name.
      $SANDBOX/home/sessions/2026/11/the big one.toml
      repair: Rename it, as a separate session

    2 sessions are in the wrong folders for their months.
      $SANDBOX/home/sessions/2026/06/20261122T174501.032Z-[id1].toml
      $SANDBOX/home/sessions/2026/2026/20261121T080000.000Z-[id2].toml
      repair: Move them there

    Looked at 4 sessions and 0 exercises of your own. 3 findings.
    hint: `trust-coach doctor --repair` does every safe repair
    --- exit 6 ---
    ");
    let repaired = sandbox.run(&["doctor", "--repair"]);
    assert_eq!(repaired.code, Some(0), "{repaired}");
    assert!(path.is_file());
    assert_eq!(words(&sandbox), ["cold", "hot", "warm", "warm"]);
}

#[test]
fn a_folder_whose_disk_is_away_is_not_moved() {
    let (sandbox, _) = well();
    let year = sandbox.home().join("sessions/2025");
    symlink("/media/away/2025", &year).unwrap();
    let output = sandbox.run(&["doctor", "--repair"]);
    assert!(output.to_string().contains("leads nowhere"), "{output}");
    assert_eq!(output.code, Some(6), "{output}");
    assert!(year.is_symlink());
}

#[test]
fn what_is_no_file_is_moved_and_what_a_link_leads_to_stays() {
    let (sandbox, month) = well();
    let place = |digit: char| month.join(format!("20261101T000000.000Z-0000000{digit}.toml"));
    let secret = sandbox.write("secret", "not ours");
    symlink(&secret, place('1')).unwrap();
    fs::create_dir(place('2')).unwrap();
    let pipe = std::process::Command::new("mkfifo")
        .arg(place('3'))
        .status();
    assert!(pipe.unwrap().success());
    symlink(sandbox.home(), month.with_file_name("05")).unwrap();
    assert_snapshot!(told(&sandbox, &[]), @"
    4 things are in the place of sessions or folders of sessions, but are neither.
      $SANDBOX/home/sessions/2026/05
        a link
      $SANDBOX/home/sessions/2026/11/20261101T000000.000Z-[id1].toml
        a link
      $SANDBOX/home/sessions/2026/11/20261101T000000.000Z-00000002.toml
        a folder
      $SANDBOX/home/sessions/2026/11/20261101T000000.000Z-[id2].toml
        a pipe
      repair: Move them to the quarantine folder, as they are

    Looked at 2 sessions and 0 exercises of your own. 4 findings.
    hint: `trust-coach doctor --repair` does every safe repair
    --- exit 6 ---
    ");
    assert_eq!(sandbox.run(&["doctor", "--repair"]).code, Some(0));
    assert_eq!(fs::read_to_string(secret).unwrap(), "not ours");
    assert_eq!(words(&sandbox).len(), 2);
    assert_eq!(
        fs::read_dir(sandbox.home().join("quarantine"))
            .unwrap()
            .count(),
        4
    );
}

#[test]
fn leftovers_of_runs_that_were_cut_off_go_and_drafts_stay_to_be_read() {
    let (sandbox, month) = well();
    let old = SystemTime::now() - Duration::from_secs(60 * 60 * 48);
    let aged = |path: &Path, words: &str| {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        put(path, words);
        fs::File::open(path).unwrap().set_modified(old).unwrap();
    };
    aged(&month.join(format!(".{ONE}.toml.9-9.tmp")), "half a");
    aged(&month.join("20261101T000000.000Z-00000001.toml"), "");
    // Of a program that has ended: it locks nothing, and nobody need hear of it.
    aged(&sandbox.home().join(format!("state/locks/{TWO}")), "4711\n");
    let draft = sandbox
        .home()
        .join(format!("state/drafts/{ONE}/0badcafe/text.md"));
    aged(&draft, "words");
    // What was typed for a promise waits for whoever goes on with it.
    let waiting = "state/drafts/promise/trust-coach-words-0badcafe";
    let waits = sandbox.home().join(waiting).join("words.toml");
    aged(&waits, "at = \"to\"\n");
    for folder in [
        "state",
        "state/locks",
        "state/drafts",
        "state/drafts/promise",
        waiting,
    ] {
        let folder = sandbox.home().join(folder);
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
    }
    for folder in draft.ancestors().skip(1).take(2) {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
        fs::File::open(folder).unwrap().set_modified(old).unwrap();
    }
    let mut command = sandbox.command(&["doctor"]);
    assert_snapshot!(sandbox.finish(command.env_remove("TRUST_COACH_NOW")), @"
    1 file can’t be read as a session.
      $SANDBOX/home/sessions/2026/11/20261101T000000.000Z-[id1].toml
        it’s empty; a backup, or whatever syncs it, may have what was in it
      repair: Move it to the quarantine folder, as it is

    1 file was left behind by a save that was interrupted.
      $SANDBOX/home/sessions/2026/11/.20261122T174501.032Z-[id3].toml.9-9.tmp
      repair: Remove it

    1 text was left unfinished when the program ended.
      $SANDBOX/home/state/drafts/20261122T174501.032Z-[id3]/[id2]/text.md
    hint: read it, copy what you want to keep, then delete the file

    Looked at 2 sessions and 0 exercises of your own. 3 findings.
    hint: `trust-coach doctor --repair` does every safe repair
    --- exit 6 ---
    ");
    let mut command = sandbox.command(&["doctor", "--repair"]);
    let repaired = sandbox.finish(command.env_remove("TRUST_COACH_NOW"));
    assert_eq!(repaired.code, Some(6), "the draft is left: {repaired}");
    assert_eq!(fs::read_to_string(&draft).unwrap(), "words");
    assert_eq!(files(&month).len(), 2);
    assert_eq!(words(&sandbox), ["warm", "warm"]);
}

#[test]
fn no_unfinished_save_of_anything_stays_for_ever() {
    let (sandbox, _) = well();
    let old = SystemTime::now() - Duration::from_secs(60 * 60 * 48);
    let left = [
        ".format.9-0.tmp",
        ".contacts.toml.9-12.tmp",
        "identities/.identity.age.9-0.tmp",
        "identities/.recipients.txt.9-1.tmp",
        "state/.days.toml.9-0.tmp",
        "plans/.weeks.toml.9-0.tmp",
    ];
    let theirs = sandbox.write("home/.notes.tmp", "mine");
    for name in left {
        let path = sandbox.write(format!("home/{name}"), "half a");
        fs::File::open(path).unwrap().set_modified(old).unwrap();
    }
    let doctor = |args: &[&str]| {
        let mut command = sandbox.command(args);
        sandbox.finish(command.env_remove("TRUST_COACH_NOW"))
    };
    let found = doctor(&["doctor"]);
    for name in left {
        assert!(found.stdout.contains(name), "{name}: {found}");
    }
    doctor(&["doctor", "--repair"]);
    for name in left {
        assert!(!sandbox.home().join(name).exists(), "{name}");
    }
    assert!(theirs.exists());
}

#[test]
fn encrypted_sessions_are_looked_at_from_outside() {
    use trust_coach::journal::vault::seal;
    let (sandbox, month) = well();
    let key = seal::Identity::generate();
    let sealed = seal::seal(text(ONE, "warm").as_bytes(), &[key.recipient()]).unwrap();
    fs::remove_file(month.join(format!("{ONE}.toml"))).unwrap();
    let path = month.join(format!("{ONE}.toml.age"));
    put(&path, "");
    fs::write(&path, &sealed).unwrap();
    let looked = sandbox.run(&["doctor"]);
    assert_eq!(looked.code, Some(6));
    assert!(looked.stdout.contains("its key is missing"), "{looked}");
    fs::write(&path, &sealed[..60]).unwrap();
    assert_snapshot!(told(&sandbox, &["--repair"]), @"
    The vault isn’t in order, so nothing can be saved.
      $SANDBOX/home/identities/identity.age
        nothing can be saved or decrypted: there’s a vault, and its key is missing or isn’t a key: $SANDBOX/home/identities/identity.age
    hint: `trust-coach vault status` says how to go on

    1 file can’t be read as a session.
      $SANDBOX/home/sessions/2026/11/20261122T174501.032Z-9f3a61c2.toml.age
        it was changed or cut off after it was encrypted
      now $SANDBOX/home/quarantine/20261122T174501.032Z-9f3a61c2.toml.age
      1 repaired

    1 session isn’t encrypted, although the vault is on.
      $SANDBOX/home/sessions/2026/11/20261121T080000.000Z-[id1].toml
    hint: `trust-coach vault on` encrypts what’s left

    Looked at 1 session and 0 exercises of your own. 2 findings left.
    1 file in the quarantine folder $SANDBOX/home/quarantine
    --- exit 6 ---
    ");
    let kept = sandbox.home().join(format!("quarantine/{ONE}.toml.age"));
    assert_eq!(fs::read(kept).unwrap(), sealed[..60]);
}
