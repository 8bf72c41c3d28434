//! What is sealed is known by what is in it, whatever somebody has made of its name.

use std::fs;
use std::path::PathBuf;

use crate::common::Sandbox;
use crate::tea::{ANSWERS, home};
use crate::vault::private;
use crate::vault_signs::{MARKER, begin, identities, leaks, sealed};

/// A home with the vault on, whose one session is called so behind its own name, in place of `.toml.age`.
fn renamed(ending: &str) -> (Sandbox, PathBuf) {
    let sandbox = sealed();
    let session = sandbox.sessions().pop().unwrap();
    let name = session.to_str().unwrap();
    let to = PathBuf::from(format!(
        "{}{ending}",
        name.strip_suffix(".toml.age").unwrap()
    ));
    fs::rename(&session, &to).unwrap();
    (sandbox, to)
}

const KEY: [&str; 2] = ["--passphrase-file", "pass"];

#[test]
fn a_sealed_file_that_lost_its_ending_is_read_and_is_not_sealed_twice() {
    for turns in [&["on", "off"] as &[&str], &["off"]] {
        let (sandbox, _) = renamed(".toml");
        for read in [
            &["history", "show", "last"] as &[&str],
            &["history", "search", "aunt", "--json", "--with-text"],
            &["export", "--format", "markdown"],
        ] {
            let args = [read, &KEY].concat();
            let output = sandbox.run(&args);
            assert!(output.stdout.contains("aunt"), "{args:?}: {output}");
        }
        let listed = sandbox.run(&[&["history"][..], &KEY].concat());
        assert!(listed.stdout.contains("Tea"), "{listed}");
        assert!(!listed.stderr.contains("isn’t encrypted"), "{listed}");
        for turn in turns {
            let output = sandbox.run(&[&["vault", turn][..], &KEY].concat());
            assert_eq!(output.code, Some(0), "{output}");
        }
        let shown = sandbox.run(&["history", "show", "last"]);
        assert!(shown.stdout.contains(MARKER), "{turns:?}: {shown}");
    }
}

#[test]
fn what_is_sealed_in_the_quarantine_is_opened_without_its_ending_too() {
    let (sandbox, session) = renamed(".toml");
    let quarantine = sandbox.home().join("quarantine");
    fs::create_dir(&quarantine).unwrap();
    let aside = quarantine.join("walk.toml");
    fs::rename(session, &aside).unwrap();
    let output = sandbox.run(&[&["vault", "off"][..], &KEY].concat());
    assert_eq!(output.code, Some(0), "{output}");
    assert!(fs::read_to_string(aside).unwrap().contains(MARKER));
}

#[test]
fn the_doctor_gives_a_sealed_file_its_ending_back_and_never_puts_it_away() {
    for ending in [".toml", ".toml.age.bak"] {
        let (sandbox, session) = renamed(ending);
        let output = sandbox.run(&["doctor", "--repair"]);
        assert!(output.stdout.contains("1 repaired"), "{ending}: {output}");
        assert!(!session.exists() && sandbox.sessions().len() == 1);
        let shown = sandbox.run(&[&["history", "show", "last"][..], &KEY].concat());
        assert!(shown.stdout.contains(MARKER), "{ending}: {shown}");
    }
}

#[test]
fn without_any_other_sign_a_sealed_file_still_tells_of_the_vault_by_what_is_in_it() {
    for ending in [".txt", ".bak", ".toml (1)"] {
        let (sandbox, _) = renamed(ending);
        fs::remove_dir_all(identities(&sandbox)).unwrap();
        fs::remove_dir_all(sandbox.home().join("state")).unwrap();
        assert_eq!(begin(&sandbox), Some(1), "{ending}");
        assert!(!leaks(&sandbox), "{ending}");
    }
    let (sandbox, _) = renamed(".toml");
    fs::remove_dir_all(identities(&sandbox)).unwrap();
    fs::remove_dir_all(sandbox.home().join("state")).unwrap();
    assert_eq!(begin(&sandbox), Some(1));
    sandbox.run(&["history", "tag", "last", "x"]);
    assert!(!leaks(&sandbox));
    let listed = sandbox.run(&["history"]);
    assert_eq!(listed.code, Some(1), "{listed}");
    assert!(listed.stderr.contains("its key is missing"), "{listed}");
}

#[test]
fn a_journal_whose_sealed_files_have_other_names_is_not_empty() {
    for ending in [".toml.age.bak", ".age", ".toml.AGE", " (1).toml.age"] {
        let (sandbox, session) = renamed(ending);
        for args in [
            &["history"] as &[&str],
            &["history", "search", "aunt"],
            &["history", "show", "last"],
            &["export"],
            &["progress"],
            &["report", "--output", "out.html"],
        ] {
            let output = sandbox.run(&[args, &KEY].concat());
            assert_eq!(output.code, Some(1), "{args:?}: {output}");
            assert!(
                output
                    .stderr
                    .contains("something encrypted that isn’t read"),
                "{args:?}: {output}"
            );
            assert!(output.stderr.contains("trust-coach doctor"), "{output}");
        }
        // Beside others it hides none of them.
        fs::rename(&session, session.with_extension("away")).unwrap();
        assert_eq!(begin(&sandbox), Some(0));
        let saved = sandbox.sessions().pop().unwrap();
        fs::rename(session.with_extension("away"), &session).unwrap();
        let listed = sandbox.run(&[&["history"][..], &KEY].concat());
        assert_eq!(listed.code, Some(0), "{}: {listed}", saved.display());
        assert!(listed.stdout.contains("Tea"), "{listed}");
    }
}

#[test]
fn what_an_editor_or_a_person_copied_beside_a_session_is_sealed_with_it_and_opened_again() {
    let sandbox = crate::vault::one_done();
    let session = sandbox.sessions().pop().unwrap();
    let words = fs::read(&session).unwrap();
    let month = session.parent().unwrap();
    let name = session.file_name().unwrap().to_str().unwrap();
    let copies = [
        month.join(format!("{name}~")),
        month.join(format!("#{name}#")),
        month.join(name.replace(".toml", " (1).toml")),
        month.join("old").join(name),
        sandbox.home().join("sessions/copy.toml"),
        sandbox.home().join("quarantine/sub/walk.txt"),
    ];
    for copy in &copies {
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::write(copy, &words).unwrap();
    }
    // What stands in the way of a copy's new name is not written over.
    let other = sandbox.home().join("sessions/copy.toml.age");
    fs::write(&other, "somebody's").unwrap();
    crate::vault::quick_vault(&sandbox);
    let status = sandbox.run(&[&["vault", "status"][..], &KEY].concat());
    assert!(status.stdout.contains("8 in plain text"), "{status}");
    let output = sandbox.run(&[&["vault", "on"][..], &KEY].concat());
    assert_eq!(output.code, Some(0), "{output}");
    assert!(!leaks(&sandbox));
    assert_eq!(fs::read(&other).unwrap(), b"somebody's");
    fs::remove_file(&other).unwrap();
    let status = sandbox.run(&[&["vault", "status"][..], &KEY].concat());
    assert!(status.stdout.contains("0 in plain text"), "{status}");
    let output = sandbox.run(&[&["vault", "off"][..], &KEY].concat());
    assert_eq!(output.code, Some(0), "{output}");
    for file in copies.iter().filter(|copy| copy.ends_with(name)) {
        assert_eq!(fs::read(file).unwrap(), words, "{}", file.display());
    }
}

#[test]
fn what_an_editor_left_of_a_session_that_is_open_nowhere_is_told_at_once() {
    let sandbox = sealed();
    let session = sandbox.sessions().pop().unwrap();
    let id = session.file_name().unwrap().to_str().unwrap();
    let id = id.strip_suffix(".toml.age").unwrap();
    sandbox.write(format!("home/state/drafts/{id}/7a/text.md"), MARKER);
    let told = |args: &[&str]| sandbox.run(args).to_string();
    assert!(told(&["vault", "status"]).contains("1 draft that was left is in plain text, too."));
    for args in [&["vault", "on"] as &[&str], &["doctor"]] {
        assert!(told(args).contains("text.md"), "{}", told(args));
    }
    // A promise that was begun before the vault was on, and what an editor put one folder deeper.
    for (of, left) in [
        ("promise", "trust-coach-words-7a/words.toml"),
        (id, "7b/text.md/x"),
    ] {
        sandbox.write(format!("home/state/drafts/{of}/{left}"), MARKER);
        for args in [&["vault", "on"] as &[&str], &["doctor"]] {
            assert!(told(args).contains(left), "{}", told(args));
        }
    }
    let status = told(&["vault", "status"]);
    let status = status.split_whitespace().collect::<Vec<_>>().join(" ");
    let all = "3 drafts that were left are in plain text, too. `trust-coach doctor` names them.";
    assert!(status.contains(all), "{status}");
}

#[test]
fn a_backup_in_plain_text_beside_a_vault_and_one_that_brings_it_say_so() {
    let plain = home();
    plain.write("a.toml", ANSWERS);
    assert_eq!(begin(&plain), Some(0));
    let backup = plain.home().with_file_name("plain.tar");
    plain.run(&["backup", backup.to_str().unwrap()]);

    let vault = sealed();
    let brought = vault.home().with_file_name("vault.tar");
    vault.run(&["backup", brought.to_str().unwrap()]);
    let told = vault
        .run(&["restore", backup.to_str().unwrap()])
        .to_string();
    let is_plain = "1 session isn’t encrypted. `trust-coach vault on` encrypts the rest.";
    assert!(told.contains(is_plain), "{told}");

    let told = plain
        .run(&["restore", "--yes", brought.to_str().unwrap()])
        .to_string();
    assert!(
        told.contains("The vault came back with the backup. Open it here once"),
        "{told}"
    );
    assert!(told.contains(is_plain), "{told}");
}

#[test]
fn blanks_and_what_cannot_be_seen_make_no_passphrase() {
    let sandbox = home();
    let (short, unseen) = ("not counting blanks", "can’t be seen");
    for (blank, why) in [
        ("        ".to_string(), short),
        ("\u{200b}".repeat(9), unseen),
        ("a  b  c  d".to_string(), short),
        ("soft\u{ad}hyphen and words".to_string(), unseen),
        ("one\u{a0}word and more".to_string(), unseen),
        ("tabs\tand words".to_string(), unseen),
        ("\u{1b}[31mred words".to_string(), unseen),
    ] {
        private(&sandbox, "pass", &blank);
        let output = sandbox.run(&[&["vault", "on"][..], &KEY].concat());
        assert_eq!(output.code, Some(2), "{output}");
        assert!(output.stderr.contains(why), "{output}");
    }
}
