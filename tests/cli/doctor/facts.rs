//! What can be wrong with facts.

use std::fs;

use insta::assert_snapshot;

use super::{put, told};
use crate::common::files;
use crate::facts::{KEPT, MADE, kept, made, path, with_facts};

/// The files below a folder of the home, by name.
fn names(home: &std::path::Path, folder: &str) -> Vec<String> {
    let files = files(&home.join(folder)).into_iter();
    files
        .map(|file| file.file_name().unwrap().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn facts_that_are_well_are_counted() {
    let sandbox = with_facts();
    assert_snapshot!(told(&sandbox, &[]), @"
    Looked at 2 sessions, 2 facts and 0 exercises of your own. Everything is fine.
    --- exit 0 ---
    ");
}

#[test]
fn an_equal_copy_of_a_fact_is_removed_and_an_edited_one_is_put_aside_whole() {
    let sandbox = with_facts();
    let text = kept(KEPT, MADE, "On the tram.");
    let copy = |rest: &str, text: &str| {
        let path = path(&sandbox.home(), KEPT);
        put(&path.with_file_name(format!("{KEPT}{rest}")), text);
    };
    copy(".sync-conflict-20261123-101530-ABCDEFG.toml", &text);
    copy(".toml.orig", &text.replace("kept", "missed"));
    assert_snapshot!(told(&sandbox, &["--repair"]), @"
    1 file is an exact copy of a fact.
      $SANDBOX/home/ledger/2026/11/20261116T190201.090Z-[fact2].sync-conflict-20261123-101530-ABCDEFG.toml
        a copy that Syncthing made
      1 repaired

    1 file is a copy of a fact and says something else. Facts never change, so somebody edited it.
      $SANDBOX/home/ledger/2026/11/20261116T190201.090Z-[fact2].toml.orig
        a copy that git made
      now $SANDBOX/home/quarantine/20261116T190201.090Z-[fact2].toml.orig
      1 repaired

    Looked at 2 sessions, 4 facts and 0 exercises of your own. Everything that was wrong is repaired.
    1 file in the quarantine folder $SANDBOX/home/quarantine
    --- exit 0 ---
    ");
    assert_eq!(names(&sandbox.home(), "ledger").len(), 2);
    let aside = sandbox.home().join(format!("quarantine/{KEPT}.toml.orig"));
    assert!(fs::read_to_string(aside).unwrap().contains("missed"));
}

#[test]
fn a_fact_under_another_name_gets_its_own_back_or_is_put_aside() {
    let sandbox = with_facts();
    let (one, two) = (
        "20261118T190201.000Z-00000001",
        "20261118T190201.000Z-00000002",
    );
    put(&path(&sandbox.home(), one), &kept(two, MADE, "Walked."));
    let moved = path(&sandbox.home(), one).with_file_name("moved.toml");
    put(&moved, &kept(KEPT, MADE, "Other words."));
    assert_snapshot!(told(&sandbox, &["--repair"]), @"
    2 facts are in files with the wrong names.
      $SANDBOX/home/ledger/2026/11/20261118T190201.000Z-00000001.toml
        it says that it is 20261118T190201.000Z-[fact3]
      $SANDBOX/home/ledger/2026/11/moved.toml
        it says that it is 20261116T190201.090Z-[fact2]
      now $SANDBOX/home/ledger/2026/11/20261118T190201.000Z-[fact3].toml
      now $SANDBOX/home/quarantine/moved.toml
      2 repaired

    Looked at 2 sessions, 4 facts and 0 exercises of your own. Everything that was wrong is repaired.
    1 file in the quarantine folder $SANDBOX/home/quarantine
    --- exit 0 ---
    ");
    assert!(names(&sandbox.home(), "ledger").contains(&format!("{two}.toml")));
    assert_eq!(names(&sandbox.home(), "quarantine"), ["moved.toml"]);
}

#[test]
fn facts_about_nothing_and_from_tomorrow_are_named() {
    let sandbox = with_facts();
    let (gone, fresh) = (
        "20261001T190201.000Z-00000001",
        "20261122T140201.000Z-00000002",
    );
    let tomorrow = "20261123T190201.000Z-00000003";
    put(
        &path(&sandbox.home(), gone),
        &kept(gone, "20261001T080000.000Z-0000000a", ""),
    );
    put(&path(&sandbox.home(), fresh), &kept(fresh, KEPT, ""));
    put(&path(&sandbox.home(), tomorrow), &made(tomorrow));
    assert_snapshot!(told(&sandbox, &[]), @"
    2 facts are about promises that aren’t there.
      $SANDBOX/home/ledger/2026/10/20261001T190201.000Z-[fact1].toml
        it is about 20261001T080000.000Z-0000000a
      $SANDBOX/home/ledger/2026/11/20261122T140201.000Z-[fact4].toml
        it is about 20261116T190201.090Z-[fact3], which isn’t a promise
      repair: Move it to the quarantine folder, as it is

    1 fact is from a time that hasn’t come yet.
      $SANDBOX/home/ledger/2026/11/20261123T190201.000Z-[fact5].toml
    hint: the clock of the machine that wrote it may have been wrong; what it says counts all the same

    Looked at 2 sessions, 5 facts and 0 exercises of your own. 3 findings.
    hint: `trust-coach doctor --repair` does every safe repair
    --- exit 6 ---
    ");
    // What may still be on its way stays.
    let repaired = sandbox.run(&["doctor", "--repair"]);
    assert_eq!(repaired.code, Some(6), "{repaired}");
    assert_eq!(
        names(&sandbox.home(), "quarantine"),
        [format!("{gone}.toml")]
    );
    let broken = path(&sandbox.home(), MADE);
    put(&broken, "half a");
    assert_snapshot!(told(&sandbox, &[]), @"
    1 file can’t be read as a fact.
      $SANDBOX/home/ledger/2026/11/20261115T181044.032Z-[fact1].toml
        line 1: key with no value, expected `=`
      repair: Move it to the quarantine folder, as it is

    1 fact is about a promise that isn’t there.
      $SANDBOX/home/ledger/2026/11/20261122T140201.000Z-[fact3].toml
        it is about 20261116T190201.090Z-[fact2], which isn’t a promise

    1 fact is from a time that hasn’t come yet.
      $SANDBOX/home/ledger/2026/11/20261123T190201.000Z-[fact4].toml
    hint: the clock of the machine that wrote it may have been wrong; what it says counts all the same

    Looked at 2 sessions, 3 facts and 0 exercises of your own. 3 findings.
    1 file in the quarantine folder $SANDBOX/home/quarantine
    hint: `trust-coach doctor --repair` does every safe repair
    --- exit 6 ---
    ");
}
