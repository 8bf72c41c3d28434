//! What somebody wrote themselves or added goes into a backup and comes back.

use std::fs;
use std::os::unix::fs::symlink;

use crate::backup::{everything, full};

#[test]
fn whatever_somebody_wrote_themselves_or_added_comes_back() {
    let sandbox = full();
    let own = [
        "exercises/small.toml",
        "plans/weeks.toml",
        "rules/office.toml",
        "packs/abende/pack.toml",
        "packs/abende/plans/winter.toml",
    ];
    for name in own {
        sandbox.write(format!("home/{name}"), "format = 1\n");
    }
    let elsewhere = sandbox.write("dotfiles/mine.toml", "format = 1\n");
    symlink(elsewhere, sandbox.home().join("plans/mine.toml")).unwrap();
    let before = everything(&sandbox.home());
    assert_eq!(sandbox.run(&["backup", "all.tar"]).code, Some(0));
    fs::remove_dir_all(sandbox.home()).unwrap();
    let output = sandbox.run(&["restore", "--yes", "all.tar"]);
    assert_eq!(output.code, Some(0), "{output}");
    assert_eq!(everything(&sandbox.home()), before);
    // What is pointed at in a text is decided by rules: whose they are is asked.
    fs::remove_dir_all(sandbox.home()).unwrap();
    let output = sandbox.run(&["restore", "all.tar"]);
    assert!(output.stderr.contains("rules/office.toml"), "{output}");
    assert!(!sandbox.home().join("rules/office.toml").exists());
}

#[test]
fn what_doctor_moved_away_and_is_no_file_is_named_and_leaves_the_backup_whole() {
    let sandbox = full();
    let session = sandbox.sessions().pop().unwrap();
    let link = session.with_file_name("20261101T101010.123Z-aaaabbbb.toml");
    symlink("/etc/hostname", &link).unwrap();
    sandbox.run(&["doctor", "--repair"]);
    let moved = sandbox
        .home()
        .join("quarantine")
        .join(link.file_name().unwrap());
    assert!(moved.is_symlink());
    let output = sandbox.run(&["backup", "all.tar"]);
    assert_eq!(output.code, Some(0), "{output}");
    let named = "aaaabbbb.toml isn’t a regular file, so the backup has nothing of it.";
    assert!(output.stderr.contains(named), "{output}");
    let output = sandbox.run(&["restore", "--dry-run", "all.tar"]);
    assert_eq!(output.code, Some(0), "{output}");
}
