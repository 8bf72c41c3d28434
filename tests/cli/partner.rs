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
