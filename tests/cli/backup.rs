//! `backup` and `restore`: everything comes back, and nothing else ever does.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use insta::assert_snapshot;
use sha2::{Digest, Sha256};

use crate::common::{Sandbox, files};
use crate::doctor::{ONE, TWO, put, text, well};

/// Every file with its content, by its path below a home. Locks are of one machine.
pub(crate) fn everything(home: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = files(home)
        .into_iter()
        .map(|path| {
            (
                path.strip_prefix(home)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned(),
                fs::read(path).unwrap(),
            )
        })
        .filter(|(name, _)| !name.starts_with("state"))
        .collect();
    all.sort();
    all
}

pub(crate) fn full() -> Sandbox {
    let (sandbox, _) = well();
    sandbox.write("home/exercises/small.toml", "format = 1\n");
    sandbox.write("home/config.toml", "plain = true\n");
    sandbox.write("home/contacts.toml", "format = 1\n");
    sandbox.write("home/identities/key", "secret");
    sandbox.write("home/quarantine/odd name.toml", "half a");
    sandbox
}

#[test]
fn a_backup_is_a_file_and_never_standard_output() {
    let sandbox = full();
    assert_snapshot!(sandbox.run(&["backup", "-"]), @"
    --- stderr ---
    error: a backup can’t be written to standard output
    hint: name a file: trust-coach backup trust-coach.tar
    --- exit 2 ---
    ");
    assert!(!sandbox.home().with_file_name("-").exists());
}

#[test]
fn everything_comes_back_into_an_empty_home() {
    let sandbox = full();
    assert_snapshot!(sandbox.run(&["backup", "all.tar"]), @"
    --- stderr ---
    Wrote all.tar: 2 sessions, 8 files in all.
    It isn’t encrypted: anyone who has the file can read what you wrote.
    To test it: trust-coach restore --dry-run all.tar
    --- exit 0 ---
    ");
    let archive = sandbox.home().with_file_name("all.tar");
    let mode = fs::metadata(&archive).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let before = everything(&sandbox.home());
    fs::rename(sandbox.home(), sandbox.home().with_file_name("old")).unwrap();
    assert_snapshot!(sandbox.run(&["restore", "--dry-run", "all.tar"]), @"
    --- stderr ---
    all.tar is whole: 2 sessions, 8 files in all.
    8 files would be put back.
    You’ll be asked first about 3 files:
      $SANDBOX/home/contacts.toml
      $SANDBOX/home/config.toml
      $SANDBOX/home/identities/key
    --- exit 0 ---
    ");
    assert!(!sandbox.home().exists());
    assert_snapshot!(sandbox.run(&["restore", "all.tar"]), @"
    --- stderr ---
    all.tar is whole: 2 sessions, 8 files in all.
    error: some files in the backup are only put back after a yes, and there’s nobody to ask
      $SANDBOX/home/contacts.toml
      $SANDBOX/home/config.toml
      $SANDBOX/home/identities/key
    hint: add --yes to put these back too, if the backup is yours
    --- exit 3 ---
    ");
    assert!(files(&sandbox.home()).is_empty());
    assert_snapshot!(sandbox.run(&["restore", "--yes", "all.tar"]), @"
    --- stderr ---
    all.tar is whole: 2 sessions, 8 files in all.
    8 files put back.
    --- exit 0 ---
    ");
    assert_eq!(everything(&sandbox.home()), before);
    for file in files(&sandbox.home()) {
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    assert_snapshot!(sandbox.run(&["restore", "all.tar"]), @"
    --- stderr ---
    all.tar is whole: 2 sessions, 8 files in all.
    0 files put back.
    8 files already here, unchanged.
    --- exit 0 ---
    ");
    // The same files give the same archive.
    assert_eq!(sandbox.run(&["backup", "again.tar"]).code, Some(0));
    assert_eq!(
        fs::read(archive).unwrap(),
        fs::read(sandbox.home().with_file_name("again.tar")).unwrap()
    );
}

#[test]
fn a_file_that_is_there_is_never_written_over() {
    let sandbox = full();
    sandbox.write("all.tar", "mine");
    assert_snapshot!(sandbox.run(&["backup", "all.tar"]), @"
    --- stderr ---
    error: all.tar already exists
    hint: choose another name, or move that file away
    --- exit 2 ---
    ");
    assert_eq!(
        fs::read_to_string(sandbox.home().with_file_name("all.tar")).unwrap(),
        "mine"
    );
    assert_snapshot!(sandbox.run(&["backup", "none/all.tar"]), @"
    --- stderr ---
    error: could not make the file none/all.tar
    caused by: No such file or directory (os error 2)
    --- exit 1 ---
    ");
}

#[test]
fn what_differs_is_named_and_kept_and_the_rest_comes_back() {
    let sandbox = full();
    sandbox.run(&["backup", "all.tar"]);
    let month = sandbox.home().join("sessions/2026/11");
    fs::remove_file(month.join(format!("{TWO}.toml"))).unwrap();
    put(&month.join(format!("{ONE}.toml")), &text(ONE, "changed"));
    assert_snapshot!(sandbox.run(&["restore", "all.tar"]), @"
    --- stderr ---
    all.tar is whole: 2 sessions, 8 files in all.
    1 file put back.
    6 files already here, unchanged.
    error: 1 file not put back: something else here has that name
      $SANDBOX/home/sessions/2026/11/20261122T174501.032Z-[id2].toml
    hint: to see what’s in the backup, set TRUST_COACH_HOME to an empty folder and restore it there
    --- exit 1 ---
    ");
    let kept = fs::read_to_string(month.join(format!("{ONE}.toml"))).unwrap();
    assert!(kept.contains("changed"));
    assert!(month.join(format!("{TWO}.toml")).is_file());
}

#[test]
fn what_cannot_be_read_goes_in_as_it_is_and_what_is_no_file_is_named() {
    let (sandbox, month) = well();
    put(&month.join(format!("{ONE}.toml")), "half a");
    symlink(
        "/etc/passwd",
        month.join("20261101T000000.000Z-00000001.toml"),
    )
    .unwrap();
    assert_snapshot!(sandbox.run(&["backup", "all.tar"]), @"
    --- stderr ---
    Wrote all.tar.incomplete: 1 session, 3 files in all.
    It isn’t encrypted: anyone who has the file can read what you wrote.
    $SANDBOX/home/sessions/2026/11/20261122T174501.032Z-[id3].toml can’t be read; it’s in the backup’s quarantine folder.
    To test it: trust-coach restore --dry-run all.tar.incomplete
    error: the backup isn’t whole: 1 not in it
      $SANDBOX/home/sessions/2026/11/20261101T000000.000Z-[id1].toml: it isn’t a regular file
    hint: everything else is in it; `trust-coach doctor` may tell you more
    hint: once that’s fixed, back up again
    --- exit 1 ---
    ");
    fs::remove_dir_all(sandbox.home()).unwrap();
    assert_eq!(
        sandbox.run(&["restore", "all.tar.incomplete"]).code,
        Some(0)
    );
    let kept = sandbox
        .home()
        .join(format!("quarantine/sessions-2026-11-{ONE}.toml"));
    assert_eq!(fs::read_to_string(kept).unwrap(), "half a");
    assert_eq!(sandbox.run(&["doctor"]).code, Some(0));
}

/// An archive by hand: entries, and true sums behind them.
fn archive(sandbox: &Sandbox, entries: &[(&str, tar::EntryType, &str)]) {
    let mut tar = tar::Builder::new(Vec::new());
    let mut sums = String::new();
    let mut add = |name: &str, kind, words: &str| {
        let mut header = tar::Header::new_ustar();
        // As a stranger would write it: not through what checks names.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(words.len() as u64);
        header.set_entry_type(kind);
        if kind == tar::EntryType::Symlink {
            header.set_link_name("/etc/passwd").unwrap();
        }
        header.set_mode(0o644);
        header.set_cksum();
        tar.append(&header, words.as_bytes()).unwrap();
    };
    add(
        "BACKUP",
        tar::EntryType::Regular,
        "trust-coach backup, format 1\n",
    );
    for (name, kind, words) in entries {
        add(name, *kind, words);
        let hash = Sha256::digest(words.as_bytes());
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        sums += &format!("{hash}  {name}\n");
    }
    add("SHA256SUMS", tar::EntryType::Regular, &sums);
    sandbox.write("evil.tar", tar.into_inner().unwrap());
}

#[test]
fn an_archive_that_leads_astray_is_refused_before_anything_is_written() {
    use tar::EntryType as Kind;
    let session = text(ONE, "warm");
    let good = format!("sessions/2026/11/{ONE}.toml");
    let evil = [
        ("../outside.toml", Kind::Regular, "words"),
        ("/etc/outside", Kind::Regular, "words"),
        ("sessions/../../outside.toml", Kind::Regular, "words"),
        ("sessions/.git/hooks", Kind::Regular, "words"),
        ("elsewhere/file", Kind::Regular, "words"),
        ("format/file", Kind::Regular, "words"),
        ("exercises/\u{1b}[31m.toml", Kind::Regular, "words"),
        ("sessions/2026", Kind::Symlink, ""),
        ("exercises/pipe", Kind::Fifo, ""),
        ("exercises/folder", Kind::Directory, ""),
        ("exercises/hard", Kind::Link, ""),
        ("exercises/long", Kind::GNULongName, "words"),
        (
            "sessions/2026/11/20261101T000000.000Z-00000001.toml",
            Kind::Regular,
            "half a",
        ),
        (good.as_str(), Kind::Regular, session.as_str()),
        ("format", Kind::Regular, "2\n"),
    ];
    let mut told = String::new();
    for entry in evil {
        let sandbox = Sandbox::new();
        archive(&sandbox, &[(&good, Kind::Regular, &session), entry]);
        let output = sandbox.run(&["restore", "evil.tar"]);
        assert_eq!(output.code, Some(1), "{entry:?}: {output}");
        assert!(!sandbox.home().exists(), "{entry:?}");
        told += output.stderr.lines().nth(1).unwrap();
        told.push('\n');
    }
    assert_snapshot!(told, @r"
    caused by: ../outside.toml: it isn’t one of ours
    caused by: /etc/outside: it isn’t one of ours
    caused by: sessions/../../outside.toml: its name isn’t one of ours
    caused by: sessions/.git/hooks: its name isn’t one of ours
    caused by: elsewhere/file: it isn’t one of ours
    caused by: format/file: its name isn’t one of ours
    caused by: exercises/\u{1b}[31m.toml: its name isn’t one of ours
    caused by: sessions/2026: it isn’t a regular file
    caused by: exercises/pipe: it isn’t a regular file
    caused by: exercises/folder: it isn’t a regular file
    caused by: exercises/hard: it isn’t a regular file
    caused by: exercises/long: it isn’t a regular file
    caused by: sessions/2026/11/20261101T000000.000Z-00000001.toml: it can’t be read as a session
    caused by: sessions/2026/11/20261122T174501.032Z-9f3a61c2.toml: it’s there twice
    caused by: it has format 2, but this program only reads formats up to 1
    ");
}

#[test]
fn an_archive_that_was_cut_off_or_changed_at_any_place_is_refused() {
    let sandbox = full();
    sandbox.run(&["backup", "all.tar"]);
    let good = fs::read(sandbox.home().with_file_name("all.tar")).unwrap();
    fs::remove_dir_all(sandbox.home()).unwrap();
    // Behind the last entry stand 1,024 bytes that say that it was the last.
    for end in (0..good.len() - 1024).step_by(509) {
        sandbox.write("bad.tar", &good[..end]);
        let output = sandbox.run(&["restore", "bad.tar"]);
        assert_eq!(output.code, Some(1), "cut at {end}: {output}");
    }
    for at in (0..good.len() - 1024).step_by(211) {
        let mut bad = good.clone();
        bad[at] ^= 1;
        sandbox.write("bad.tar", &bad);
        let output = sandbox.run(&["restore", "bad.tar"]);
        // What fills up a block belongs to no file.
        let padding = good[at] == 0;
        assert!(
            output.code == Some(1) || padding,
            "changed at {at}: {output}"
        );
        if output.code == Some(1) {
            assert!(!sandbox.home().exists(), "changed at {at}");
        }
        let _ = fs::remove_dir_all(sandbox.home());
    }
    assert_snapshot!(sandbox.run(&["restore", "none.tar"]), @"
    --- stderr ---
    error: could not read none.tar
    caused by: No such file or directory (os error 2)
    --- exit 1 ---
    ");
    sandbox.write("words.tar", "these are words");
    assert_snapshot!(sandbox.run(&["restore", "words.tar"]), @"
    --- stderr ---
    error: nothing from words.tar was put back
    caused by: it isn’t a backup made by trust-coach
    hint: use another backup, if you have one
    --- exit 1 ---
    ");
}

#[test]
fn a_restore_that_was_cut_off_can_be_done_again() {
    let sandbox = full();
    sandbox.run(&["backup", "all.tar"]);
    let before = everything(&sandbox.home());
    for (name, _) in &before {
        fs::remove_file(sandbox.home().join(name)).unwrap();
        let output = sandbox.run(&["restore", "--yes", "all.tar"]);
        assert_eq!(output.code, Some(0), "{output}");
        assert!(output.stderr.contains("1 file put back"), "{output}");
    }
    assert_eq!(everything(&sandbox.home()), before);
}

#[test]
fn a_link_in_the_way_is_not_written_through() {
    let sandbox = full();
    sandbox.run(&["backup", "all.tar"]);
    fs::remove_dir_all(sandbox.home().join("sessions/2026/11")).unwrap();
    let outside = sandbox.home().with_file_name("outside");
    fs::create_dir(&outside).unwrap();
    symlink(&outside, sandbox.home().join("sessions/2026/11")).unwrap();
    assert_snapshot!(sandbox.run(&["restore", "all.tar"]), @"
    --- stderr ---
    all.tar is whole: 2 sessions, 8 files in all.
    error: not a regular file or folder: $SANDBOX/home/sessions/2026/11
    hint: `trust-coach doctor` can move it out of the way
    --- exit 1 ---
    ");
    assert_eq!(fs::read_dir(outside).unwrap().count(), 0);
}

#[test]
fn a_name_of_any_length_that_a_disk_takes_can_be_backed_up_to_and_put_back() {
    let sandbox = full();
    let long = format!("home/exercises/{}.toml", "x".repeat(75));
    sandbox.write(&long, "format = 1\n");
    for length in [235, 245, 255] {
        let name = format!("{}.tar", "b".repeat(length - 4));
        let output = sandbox.run(&["backup", &name]);
        assert_eq!(output.code, Some(0), "{length}: {output}");
        fs::remove_file(sandbox.home().with_file_name(&long)).unwrap();
        let output = sandbox.run(&["restore", "--yes", &name]);
        assert_eq!(output.code, Some(0), "{length}: {output}");
    }
}

#[test]
fn what_a_backup_left_that_was_cut_off_goes_with_the_next_one() {
    let sandbox = full();
    let left = |pid: u32, count: u32| {
        let name = format!(".trust-coach-unfinished.{pid}-{count}.tmp");
        sandbox.write(name, "half a")
    };
    // Of a process that has ended, of this one, and of one that had this number before.
    let (gone, open, old) = (
        left(2_147_483_646, 0),
        left(std::process::id(), 0),
        left(std::process::id(), 1),
    );
    let theirs = sandbox.write(".other.9-0.tmp", "theirs");
    let hours = std::time::SystemTime::now() - std::time::Duration::from_secs(7200);
    for path in [&old, &theirs] {
        fs::File::open(path).unwrap().set_modified(hours).unwrap();
    }
    assert_eq!(sandbox.run(&["backup", "all.tar"]).code, Some(0));
    assert!(!gone.exists() && open.exists() && !old.exists() && theirs.exists());
}
