//! What is still encrypted once the vault is off: what came late from elsewhere, and what is broken.

use std::fs;

use crate::common::{Output, Sandbox};
use crate::vault::{one_done, quick_vault, store};

const PASS: [&str; 2] = ["--passphrase-file", "pass"];

fn opened(sandbox: &Sandbox, words: &[&str]) -> Output {
    sandbox.run(&[words, &PASS].concat())
}

fn good(sandbox: &Sandbox, words: &[&str]) -> Output {
    let output = opened(sandbox, words);
    assert_eq!(output.code, Some(0), "{words:?}: {output}");
    output
}

const EXERCISE: [&str; 4] = ["exercise", "tea", "--answers", "a.toml"];

/// A home in which the vault was turned off, and one session came encrypted after that.
fn came_late() -> Sandbox {
    let sandbox = one_done();
    quick_vault(&sandbox);
    good(&sandbox, &["vault", "on"]);
    assert_eq!(sandbox.run(&EXERCISE).code, Some(0));
    let late = sandbox.sessions().pop().unwrap();
    let away = sandbox.home().with_file_name("late");
    fs::rename(&late, &away).unwrap();
    good(&sandbox, &["vault", "off"]);
    fs::rename(&away, &late).unwrap();
    sandbox
}

#[test]
fn what_comes_encrypted_after_the_vault_is_off_is_opened_with_the_key_that_was_kept() {
    let sandbox = came_late();
    let kept = "identities/old-20261122T174501Z.age";
    let history = good(&sandbox, &["history", "--ids"]);
    assert_eq!(history.stdout.lines().count(), 2, "{history}");
    assert!(!history.stderr.contains("warning"), "{history}");
    assert!(
        history.stderr.contains("`trust-coach vault off`"),
        "{history}"
    );
    for words in [&EXERCISE[..], &["vault", "status"], &["vault", "on"]] {
        let refused = sandbox.run(words);
        assert_eq!(refused.code, Some(1), "{refused}");
        assert!(refused.stderr.contains(kept), "{refused}");
        assert!(!refused.stderr.contains("--new-key"), "{refused}");
    }
    let doctor = sandbox.run(&["doctor"]);
    assert_eq!(doctor.code, Some(6), "{doctor}");
    assert!(doctor.stdout.contains(kept), "{doctor}");
    assert!(!doctor.stdout.contains("isn’t encrypted"), "{doctor}");
    sandbox.write("wrong", "words that open nothing");
    let wrong = sandbox.run(&["doctor", "--repair", "--passphrase-file", "wrong"]);
    assert_eq!(wrong.code, Some(6), "{wrong}");
    assert!(sandbox.home().join(kept).exists(), "{wrong}");
    let wrong = sandbox.run(&["history", "--passphrase-file", "wrong"]);
    assert!(
        wrong.stderr.contains("that isn’t the passphrase"),
        "{wrong}"
    );
    let repaired = sandbox.run(&["doctor", "--repair"]);
    assert!(store(&sandbox).identity_file().exists(), "{repaired}");
    let half = sandbox.run(&EXERCISE);
    assert!(
        half.stderr.contains("`trust-coach vault off` continues"),
        "{half}"
    );
    let doctor = sandbox.run(&["doctor"]);
    assert!(!doctor.stdout.contains("isn’t encrypted"), "{doctor}");
    let off = good(&sandbox, &["vault", "off"]);
    assert!(!off.stderr.contains("warning"), "{off}");
    assert_eq!(sandbox.run(&EXERCISE).code, Some(0));
    let history = sandbox.run(&["history", "--ids"]);
    assert_eq!(history.stdout.lines().count(), 3, "{history}");
}

#[test]
fn of_several_keys_that_were_kept_doctor_takes_the_one_that_opens_what_came() {
    let sandbox = came_late();
    let first = sandbox.home().join("identities/old-20261122T174501Z.age");
    let key = fs::read(&first).unwrap();
    let other = one_done();
    quick_vault(&other);
    let newer = first.with_file_name("old-20261123T000000Z.age");
    fs::copy(store(&other).identity_file(), &newer).unwrap();
    let history = good(&sandbox, &["history", "--ids"]);
    assert_eq!(history.stdout.lines().count(), 2, "{history}");
    let doctor = opened(&sandbox, &["doctor", "--repair"]);
    let own = store(&sandbox).identity_file();
    assert_eq!(fs::read(own).unwrap(), key, "{doctor}");
    assert!(newer.exists(), "{doctor}");
}

#[test]
fn what_cannot_be_decrypted_is_named_where_it_lies_when_the_vault_is_off_and_a_good_copy_still_opens()
 {
    let sandbox = one_done();
    quick_vault(&sandbox);
    good(&sandbox, &["vault", "on"]);
    assert_eq!(sandbox.run(&EXERCISE).code, Some(0));
    let broken = sandbox.sessions().pop().unwrap();
    let whole = fs::read(&broken).unwrap();
    let mut bytes = whole.clone();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&broken, &bytes).unwrap();
    let off = opened(&sandbox, &["vault", "off"]);
    assert_eq!(off.code, Some(1), "{off}");
    let name = broken.file_name().unwrap().to_str().unwrap();
    let aside = sandbox.home().join("quarantine").join(name);
    assert_eq!(fs::read(&aside).unwrap(), bytes, "{off}");
    assert!(off.stderr.contains("$SANDBOX/home/quarantine/"), "{off}");
    assert!(off.stderr.contains("`trust-coach doctor`"), "{off}");
    assert!(
        !off.stderr.contains("run `trust-coach vault off` again"),
        "{off}"
    );
    // As it is told.
    fs::write(&broken, &whole).unwrap();
    sandbox.run(&["doctor", "--repair"]);
    let off = opened(&sandbox, &["vault", "off"]);
    assert_eq!(off.code, Some(1), "{off}");
    assert_eq!(sandbox.run(&EXERCISE).code, Some(0));
    let history = sandbox.run(&["history", "--ids"]);
    assert_eq!(history.stdout.lines().count(), 3, "{history}");
    assert!(aside.exists());
}
