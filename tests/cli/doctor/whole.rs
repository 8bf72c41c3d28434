//! How it tells, and what is wrong with more than a file.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use insta::assert_snapshot;

use super::{ONE, TWO, put, text, told, well};
use crate::common::Sandbox;

#[test]
fn where_nothing_is_wrong_it_says_so() {
    let (sandbox, _) = well();
    assert_snapshot!(told(&sandbox, &[]), @"
    Looked at 2 sessions and 0 exercises of your own. Everything is fine.
    --- exit 0 ---
    ");
    assert_snapshot!(told(&sandbox, &["--json"]), @r#"
    {
      "format": "1.0",
      "sessions": 2,
      "facts": 0,
      "exercises": 0,
      "quarantined": 0,
      "findings": []
    }
    --- exit 0 ---
    "#);
    let nothing = Sandbox::new();
    assert_snapshot!(told(&nothing, &[]), @"
    Looked at 0 sessions and 0 exercises of your own. There’s nothing in $SANDBOX/home yet.
    --- exit 0 ---
    ");
    assert!(!nothing.home().exists(), "looking makes nothing");
}

#[test]
fn modes_are_told_and_set() {
    let (sandbox, month) = well();
    let path = month.join(format!("{ONE}.toml"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(&month, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(sandbox.home(), fs::Permissions::from_mode(0o755)).unwrap();
    assert_snapshot!(told(&sandbox, &[]), @"
    3 files or folders have the wrong permissions.
      $SANDBOX/home
        other people on this machine can use it (mode 755)
      $SANDBOX/home/sessions/2026/11
        other people on this machine can use it (mode 755)
      $SANDBOX/home/sessions/2026/11/20261122T174501.032Z-[id2].toml
        other people on this machine can use it (mode 644)
      repair: Change them so that only you can use them

    Looked at 2 sessions and 0 exercises of your own. 3 findings.
    hint: `trust-coach doctor --repair` does every safe repair
    --- exit 6 ---
    ");
    assert_snapshot!(told(&sandbox, &["--repair"]), @"
    3 files or folders have the wrong permissions.
      $SANDBOX/home
        other people on this machine can use it (mode 755)
      $SANDBOX/home/sessions/2026/11
        other people on this machine can use it (mode 755)
      $SANDBOX/home/sessions/2026/11/20261122T174501.032Z-[id2].toml
        other people on this machine can use it (mode 644)
      3 repaired

    Looked at 2 sessions and 0 exercises of your own. Everything that was wrong is repaired.
    --- exit 0 ---
    ");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let modes = [mode(&path), mode(&month), mode(&sandbox.home())];
    assert_eq!(modes, [0o600, 0o700, 0o700]);
}

#[test]
fn a_newer_program_is_told_with_both_numbers_and_nothing_is_touched() {
    let (sandbox, month) = well();
    let path = month.join(format!("{ONE}.toml"));
    put(
        &path,
        &text(ONE, "warm").replace("format = 1", "format = 2"),
    );
    assert_snapshot!(told(&sandbox, &["--repair"]), @"
    1 session was written by a newer trust-coach.
      $SANDBOX/home/sessions/2026/11/20261122T174501.032Z-[id2].toml
        it has format 2, but this program only reads formats up to 1
    hint: update trust-coach on this machine too

    Looked at 1 session and 0 exercises of your own. 1 finding.
    --- exit 6 ---
    ");
    put(&sandbox.home().join("format"), "3\n");
    assert_snapshot!(told(&sandbox, &["--repair"]), @"
    A newer trust-coach wrote your folder, so nothing else was checked.
      $SANDBOX/home/format
        it has format 3, but this program only reads formats up to 1
    hint: update trust-coach on this machine too

    Looked at 0 sessions and 0 exercises of your own. 1 finding.
    --- exit 6 ---
    ");
    put(&sandbox.home().join("format"), "three\n");
    put(&path, &text(ONE, "warm"));
    assert_snapshot!(told(&sandbox, &["--repair"]), @"
    The file with your folder’s format number is missing, or has no number in it.
      $SANDBOX/home/format
      1 repaired

    Looked at 2 sessions and 0 exercises of your own. Everything that was wrong is repaired.
    --- exit 0 ---
    ");
}

#[test]
fn exercises_settings_and_contacts_of_ones_own_are_looked_at() {
    let (sandbox, _) = well();
    sandbox.write("home/exercises/small.toml", "format = 1\n");
    sandbox.write("home/exercises/Not An Id.toml", "");
    sandbox.write("home/config.toml", "plian = true\n");
    put(&sandbox.home().join("contacts.toml"), "contact = 1\n");
    assert_snapshot!(told(&sandbox, &[]), @"
    2 of your own exercises have errors and can’t be used.
      $SANDBOX/home/exercises/Not An Id.toml
        its name isn’t an exercise id
      $SANDBOX/home/exercises/small.toml
        1 problem
    hint: `trust-coach check FILE` shows what is wrong

    2 of your settings files have mistakes in them.
      $SANDBOX/home/config.toml
        line 1: unknown key `plian`; did you mean `plain`?
      $SANDBOX/home/contacts.toml
        line 1: `contact` (each contact begins with [[contact]]) takes a list of tables, but this is a number
    hint: fix it in an editor; `trust-coach config --explain` shows all the keys

    Looked at 2 sessions and 2 exercises of your own. 4 findings.
    --- exit 6 ---
    ");
}

#[test]
fn json_has_every_finding_and_what_came_of_it() {
    let (sandbox, month) = well();
    put(&month.join(format!("{ONE}.toml")), "half a");
    put(&month.join(format!("{TWO} (1).toml")), &text(TWO, "warm"));
    assert_snapshot!(told(&sandbox, &["--json"]), @r#"
    {
      "format": "1.0",
      "sessions": 2,
      "facts": 0,
      "exercises": 0,
      "quarantined": 0,
      "findings": [
        {
          "sort": "unreadable",
          "path": "$SANDBOX/home/sessions/2026/11/20261122T174501.032Z-[id3].toml",
          "why": "line 1: key with no value, expected `=`",
          "can_be_repaired": true,
          "outcome": "stays",
          "to": null,
          "error": null
        },
        {
          "sort": "same-copy",
          "path": "$SANDBOX/home/sessions/2026/11/20261121T080000.000Z-[id2] (1).toml",
          "why": "a copy that somebody made",
          "can_be_repaired": true,
          "outcome": "stays",
          "to": null,
          "error": null
        }
      ]
    }
    --- exit 6 ---
    "#);
    assert_snapshot!(told(&sandbox, &["--json", "--repair"]), @r#"
    {
      "format": "1.0",
      "sessions": 2,
      "facts": 0,
      "exercises": 0,
      "quarantined": 1,
      "findings": [
        {
          "sort": "unreadable",
          "path": "$SANDBOX/home/sessions/2026/11/20261122T174501.032Z-9f3a61c2.toml",
          "why": "line 1: key with no value, expected `=`",
          "can_be_repaired": true,
          "outcome": "moved",
          "to": "$SANDBOX/home/quarantine/20261122T174501.032Z-9f3a61c2.toml",
          "error": null
        },
        {
          "sort": "same-copy",
          "path": "$SANDBOX/home/sessions/2026/11/20261121T080000.000Z-[id1] (1).toml",
          "why": "a copy that somebody made",
          "can_be_repaired": true,
          "outcome": "removed",
          "to": null,
          "error": null
        }
      ]
    }
    --- exit 0 ---
    "#);
}

#[test]
fn a_session_that_is_open_is_left_alone() {
    let (sandbox, month) = well();
    let path = month.join(format!("{ONE}.toml"));
    put(&path, "half a");
    let folders = trust_coach::home::folders::Folders::under(&sandbox.home());
    let store = trust_coach::journal::Store::new(folders.data, folders.state);
    let _lock = trust_coach::journal::Lock::take(&store, ONE).unwrap();
    let repaired = sandbox.run(&["doctor", "--repair"]);
    assert_eq!(repaired.code, Some(6));
    assert!(
        repaired.stdout.contains("not repaired: session"),
        "{repaired}"
    );
    assert_eq!(fs::read_to_string(path).unwrap(), "half a");
}
