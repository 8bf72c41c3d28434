//! A name is one name however it is written: composed or not, in small letters or large ones.

use trust_coach::journal::vault::seal::Identity;
use unicode_normalization::UnicodeNormalization;

use crate::common::{Output, Sandbox};
use crate::tea::{ANSWERS, TEA, home};
use crate::vault::{one_done, quick_vault};

/// A name as it's typed on one machine, and as it comes from another: decomposed, in large letters.
fn forms(name: &str) -> [String; 2] {
    [name.nfc().collect(), name.to_uppercase().nfd().collect()]
}

fn ok(output: &Output) {
    assert_eq!(output.code, Some(0), "{output}");
}

#[test]
fn a_contact_is_one_in_every_form_of_its_name() {
    let [zoe, other] = forms("Zoë");
    let sandbox = Sandbox::new();
    ok(&sandbox.run(&["support", "add", &zoe, "0151"]));
    let again = sandbox.run(&["support", "add", &other, "0152"]);
    assert_eq!(again.code, Some(2), "{again}");
    ok(&sandbox.run(&["support", "remove", &other]));
    assert!(!sandbox.run(&["support", "list"]).stdout.contains("0151"));
}

#[test]
fn a_reader_is_one_in_every_form_of_their_name() {
    let [zoe, other] = forms("Zoë");
    let sandbox = one_done();
    quick_vault(&sandbox);
    let key = || Identity::generate().recipient().to_string();
    let pass = ["--passphrase-file", "pass"];
    let run = |args: &[&str]| sandbox.run(&[&["vault", "recipients"], args, &pass].concat());
    ok(&run(&["add", &key(), "--name", &zoe]));
    let again = run(&["add", &key(), "--name", &other]);
    assert_eq!(again.code, Some(2), "{again}");
    assert!(again.stderr.contains("already called"), "{again}");
    // A reader without a name is meant by no name.
    ok(&run(&["add", &key()]));
    for nothing in ["", "\u{200b}"] {
        assert_eq!(run(&["remove", nothing]).code, Some(2));
    }
    ok(&run(&["remove", &other]));
    let left = run(&[]);
    assert!(!left.stdout.contains(&zoe), "{left}");
}

#[test]
fn an_option_is_meant_by_every_form_of_its_label() {
    let [label, other] = forms("Grüner Tee");
    let sandbox = Sandbox::new();
    sandbox.write("home/exercises/tea.toml", TEA.replace("Green tea", &label));
    let answers = ANSWERS.replace(
        "kind = \"Mint\"\nsugar = false",
        &format!("kind = \"{other}\""),
    );
    sandbox.write("a.toml", answers);
    ok(&sandbox.run(&["exercise", "tea", "--answers", "a.toml"]));
    assert!(sandbox.session().contains("value = \"green\""));
}

#[test]
fn a_country_is_found_by_every_form_of_its_name() {
    let sandbox = Sandbox::new();
    for name in forms("Österreich") {
        let lines = sandbox.run(&["support", &name]);
        assert!(lines.stdout.starts_with("Austria"), "{name}: {lines}");
    }
}

#[test]
fn a_tag_is_one_in_every_form() {
    let [tag, other] = forms("Café");
    let sandbox = home();
    sandbox.write("a.toml", ANSWERS);
    ok(&sandbox.run(&["exercise", "tea", "--answers", "a.toml"]));
    ok(&sandbox.run(&["history", "tag", "last", &tag]));
    ok(&sandbox.run(&["history", "tag", "last", &other]));
    assert_eq!(sandbox.session().matches("tags = [\"Café\"]").count(), 1);
    let found = sandbox.run(&["history", "--tag", &other]);
    assert!(found.stdout.contains("Tea"), "{found}");
    ok(&sandbox.run(&["history", "tag", "last", "--remove", &other]));
    assert!(!sandbox.session().contains("Caf"));
}
