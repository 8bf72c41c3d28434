//! `partner`: lasting keys for what somebody closes in exercises for two.

use trust_coach::journal::Reader;
use trust_coach::journal::vault::seal::{Identity, Passphrase};

use crate::common::{Output, Sandbox};
use crate::vault::{one_done, private, quick_vault, store};

pub(crate) const OWN: &str = "the words of ilir";

/// Makes a lasting key without the wait, and writes its passphrase to `own`.
pub(crate) fn quick_partner(sandbox: &Sandbox, name: &str) -> Reader {
    let passphrase = Passphrase::new(OWN.to_string());
    private(sandbox, "own", OWN);
    let now = crate::common::moment();
    store(sandbox)
        .add_partner(name, &now, &passphrase, 2)
        .unwrap()
}

fn partner(sandbox: &Sandbox, words: &[&str]) -> Output {
    sandbox.run(&[&["partner"], words].concat())
}

/// Whether these words open the key of the one who is there.
fn opens(sandbox: &Sandbox, words: &str) -> bool {
    let store = store(sandbox);
    let ilir = store.partner("Ilir").unwrap().unwrap();
    let passphrase = Passphrase::new(words.to_string());
    let own = store.lasting_key(&ilir);
    store.unlock_own_key("", &own, &passphrase).is_ok()
}

#[test]
fn a_key_is_made_listed_put_under_other_words_and_removed() {
    let sandbox = Sandbox::new();
    let none = partner(&sandbox, &["list"]);
    assert!(none.stderr.contains("partner add NAME"), "{none}");
    private(&sandbox, "short", "short");
    let short = partner(&sandbox, &["add", "Ilir", "--passphrase-file", "short"]);
    assert_eq!(short.code, Some(2), "{short}");
    private(&sandbox, "own", OWN);
    let added = partner(&sandbox, &["add", "Ilir", "--passphrase-file", "own"]);
    assert_eq!(added.code, Some(0), "{added}");
    assert!(added.stderr.contains("identities/partner-"), "{added}");
    let twice = partner(&sandbox, &["add", "ilir", "--passphrase-file", "own"]);
    assert_eq!(twice.code, Some(2), "{twice}");
    let listed = partner(&sandbox, &["list"]).stdout;
    assert!(
        listed.contains("age1") && listed.ends_with("Ilir\n"),
        "{listed}"
    );
    let json = partner(&sandbox, &["list", "--json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["partners"][0]["name"], "Ilir");
    private(&sandbox, "new", "other words of ilir");
    let new = [
        "passphrase",
        "Ilir",
        "--new-passphrase-file",
        "new",
        "--passphrase-file",
    ];
    let wrong = partner(&sandbox, &[&new[..], &["new"]].concat());
    assert_eq!(wrong.code, Some(1), "{wrong}");
    assert!(opens(&sandbox, OWN));
    let changed = partner(&sandbox, &[&new[..], &["own"]].concat());
    assert_eq!(changed.code, Some(0), "{changed}");
    assert!(!opens(&sandbox, OWN) && opens(&sandbox, "other words of ilir"));
    let unknown = partner(&sandbox, &["remove", "Ilia"]);
    assert_eq!(unknown.code, Some(2), "{unknown}");
    assert!(unknown.stderr.contains("did you mean `Ilir`?"), "{unknown}");
    let nobody = partner(&sandbox, &["remove", "Zoe"]);
    assert!(
        nobody.stderr.contains("those who have one: Ilir"),
        "{nobody}"
    );
    let asked = partner(&sandbox, &["remove", "Ilir"]);
    assert_eq!(asked.code, Some(3), "{asked}");
    let other = partner(&sandbox, &["remove", "Ilir", "--confirm", "yes"]);
    assert_eq!(other.code, Some(1), "{other}");
    let removed = partner(&sandbox, &["remove", "Ilir", "--confirm", "Ilir"]);
    assert_eq!(removed.code, Some(0), "{removed}");
    assert!(partner(&sandbox, &["list"]).stdout.is_empty());
    assert!(crate::common::files(&sandbox.home().join("identities")).len() == 1);
}

#[test]
fn doctor_backup_restore_and_the_vault_know_the_files() {
    let sandbox = one_done();
    quick_partner(&sandbox, "Ilir");
    let well = || {
        let doctor = sandbox.run(&["doctor"]);
        assert_eq!(doctor.code, Some(0), "{doctor}");
        assert!(opens(&sandbox, OWN));
    };
    well();
    quick_vault(&sandbox);
    let turn = |to| {
        let turned = sandbox.run(&["vault", to, "--passphrase-file", "pass"]);
        assert_eq!(turned.code, Some(0), "{turned}");
        well();
    };
    turn("off");
    std::fs::remove_dir_all(sandbox.home().join("identities")).unwrap();
    quick_partner(&sandbox, "Ilir");
    quick_vault(&sandbox);
    turn("on");
    let backed = sandbox.run(&["backup", "all.tar"]);
    assert_eq!(backed.code, Some(0), "{backed}");
    let other = Sandbox::new();
    let archive = sandbox.home().with_file_name("all.tar");
    let restored = other.run(&["restore", "--yes", archive.to_str().unwrap()]);
    assert_eq!(restored.code, Some(0), "{restored}");
    assert!(opens(&other, OWN));
    // A list with one more in it is no other vault.
    let now = crate::common::moment();
    let passphrase = Passphrase::new(OWN.to_string());
    store(&other)
        .add_partner("Mara", &now, &passphrase, 2)
        .unwrap();
    let again = other.run(&["restore", "--yes", archive.to_str().unwrap()]);
    assert!(!again.stderr.contains("a different vault"), "{again}");
}

#[test]
fn doctor_names_a_key_that_was_put_in_the_place_of_theirs() {
    let sandbox = one_done();
    let ilir = quick_partner(&sandbox, "Ilir");
    let list = store(&sandbox).partners_file();
    let text = std::fs::read_to_string(&list).unwrap();
    let strange = Identity::generate().recipient().to_string();
    let theirs = ilir.recipient.to_string();
    std::fs::write(&list, text.replace(&theirs, &strange)).unwrap();
    let doctor = sandbox.run(&["doctor", "--json"]);
    assert_eq!(doctor.code, Some(6), "{doctor}");
    assert_eq!(doctor.stdout.matches("partner-key").count(), 2, "{doctor}");
    std::fs::write(&list, text.replace(&theirs, "age1nobody")).unwrap();
    let doctor = sandbox.run(&["doctor"]);
    assert_eq!(doctor.code, Some(6), "{doctor}");
    let listed = sandbox.run(&["partner", "list"]);
    assert_eq!(listed.code, Some(1), "{listed}");
    assert!(listed.stderr.contains("partners.txt"), "{listed}");
}

#[test]
fn no_copy_and_no_unfinished_save_of_their_key_is_a_vault_or_becomes_its_key() {
    let sandbox = one_done();
    let ilir = quick_partner(&sandbox, "Ilir");
    let key = store(&sandbox).partner_key_file(&ilir.recipient);
    let name = key.file_name().unwrap().to_str().unwrap().to_string();
    let copy = name.replace(".age", ".sync-conflict-20261130-101010-ABCDEFG.age");
    let beside = |name: &str| key.with_file_name(name);
    std::fs::copy(&key, beside(&copy)).unwrap();
    let temp = beside(&format!(".{name}.2147483646-0.tmp"));
    std::fs::rename(&key, &temp).unwrap();
    let exercise = ["exercise", "tea", "--answers", "a.toml"];
    let saved = sandbox.run(&exercise);
    assert_eq!(saved.code, Some(0), "{saved}");
    let hours = std::time::SystemTime::now() - std::time::Duration::from_secs(3 * 60 * 60);
    let file = std::fs::File::options().append(true).open(&temp).unwrap();
    file.set_modified(hours).unwrap();
    let mut doctor = sandbox.command(&["doctor", "--json"]);
    let doctor = sandbox.finish(doctor.env_remove("TRUST_COACH_NOW"));
    assert!(!doctor.stdout.contains("key-copy"), "{doctor}");
    let found = doctor.stdout.matches("\"unfinished\"").count();
    assert_eq!(found, 1, "{doctor}");
    // The one that is missing, and the copy.
    assert_eq!(doctor.stdout.matches("partner-key").count(), 2, "{doctor}");
    std::fs::rename(&temp, &key).unwrap();
    quick_vault(&sandbox);
    std::fs::copy(&key, &temp).unwrap();
    let own = store(&sandbox).identity_file();
    std::fs::rename(&own, sandbox.home().join("away.age")).unwrap();
    for more in [&[][..], &["--passphrase-file", "pass"]] {
        let doctor = sandbox.run(&[&["doctor", "--repair"], more].concat());
        assert_eq!(doctor.code, Some(6), "{doctor}");
        assert!(!own.exists(), "{doctor}");
    }
}

#[test]
fn doctor_gives_no_key_the_name_of_the_vaults_that_the_passphrase_shows_to_be_another() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    let own = store(&sandbox).identity_file();
    let key = std::fs::read(&own).unwrap();
    let other = one_done();
    quick_vault(&other);
    std::fs::copy(store(&other).identity_file(), own.with_file_name("a.age")).unwrap();
    std::fs::rename(&own, own.with_file_name("b.age")).unwrap();
    let doctor = sandbox.run(&["doctor", "--repair", "--passphrase-file", "pass"]);
    assert_eq!(std::fs::read(&own).unwrap(), key, "{doctor}");
    assert!(own.with_file_name("a.age").exists(), "{doctor}");
}
