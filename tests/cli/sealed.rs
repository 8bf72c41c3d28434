//! An export that only its reader can open.

use std::io::Read;

use age::armor::ArmoredReader;
use age::secrecy::ExposeSecret;
use age::x25519::Identity;
use insta::assert_snapshot;

use crate::export::three;

/// What somebody with this key reads.
pub(crate) fn opened(sealed: &str, key: &Identity) -> String {
    let decryptor = age::Decryptor::new(ArmoredReader::new(sealed.as_bytes())).unwrap();
    let mut reader = decryptor
        .decrypt([key as &dyn age::Identity].into_iter())
        .unwrap();
    let mut text = String::new();
    reader.read_to_string(&mut text).unwrap();
    text
}

#[test]
fn each_recipient_reads_what_a_plain_export_says_and_nobody_else_reads_a_word() {
    let sandbox = three();
    let [one, two, three] = [(); 3].map(|()| Identity::generate());
    let of = |key: &Identity| key.to_public().to_string();
    sandbox.write(
        "keys.txt",
        format!("# the practice\n{}\n\n{}\n", of(&two), of(&one)),
    );
    let plain = sandbox.run(&["export", "--format", "html"]);
    let sealed = [
        "export",
        "--to-age",
        &of(&one),
        "--to-age-file",
        "keys.txt",
        "--output",
        "page.html.age",
    ];
    assert_snapshot!(sandbox.run(&sealed), @r"
    --- stderr ---
    page.html.age is written and sealed: only someone with one of its keys can open it.
    --- exit 0 ---
    ");
    let path = sandbox.home().with_file_name("page.html.age");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.is_ascii() && text.starts_with("-----BEGIN AGE ENCRYPTED FILE-----\n"),
        "{text}"
    );
    for key in [&one, &two] {
        let read = opened(&text, key);
        assert_eq!(read.lines().count(), plain.stdout.lines().count());
        assert!(
            read.starts_with("<!DOCTYPE html>") && read.contains("Every Sunday"),
            "{read}"
        );
    }
    let stranger = age::Decryptor::new(ArmoredReader::new(text.as_bytes())).unwrap();
    assert!(
        stranger
            .decrypt([&three as &dyn age::Identity].into_iter())
            .is_err()
    );
}

#[test]
fn a_sealed_export_also_goes_down_a_pipe_and_comes_in_once_it_is_opened() {
    let sandbox = three();
    let key = Identity::generate();
    let sealed = sandbox.run(&["export", "--all", "--to-age", &key.to_public().to_string()]);
    assert_eq!((sealed.code, sealed.stderr.as_str()), (Some(0), ""));
    let again = sandbox.run_with(&["import", "-"], opened(&sealed.stdout, &key));
    assert_eq!(again.stderr, "3 already here\n");
    let refused = sandbox.run_with(&["import", "-"], &sealed.stdout);
    assert_snapshot!(refused, @r"
    --- stderr ---
    error: standard input is sealed with age
    hint: decrypt it first: age --decrypt -i KEY FILE | trust-coach import -
    --- exit 2 ---
    ");
}

#[test]
fn a_secret_key_is_refused_without_being_told_again() {
    let sandbox = three();
    let secret = Identity::generate().to_string();
    let secret = secret.expose_secret();
    let refused = sandbox.run(&["export", "--to-age", secret]);
    assert!(!refused.stderr.contains(secret) && refused.stdout.is_empty());
    assert_snapshot!(refused, @r"
    --- stderr ---
    error: --to-age: that’s a secret key, which only its owner should have
    hint: ask for their public key; it begins with age1 and is no secret
    --- exit 2 ---
    ");
    sandbox.write("keys.txt", format!("# mine\n{secret}\n"));
    let refused = sandbox.run(&["export", "--to-age-file", "keys.txt"]);
    assert!(!refused.stderr.contains(secret) && refused.stdout.is_empty());
    assert_snapshot!(refused, @r"
    --- stderr ---
    error: keys.txt, line 2: that’s a secret key, which only its owner should have
    hint: ask for their public key; it begins with age1 and is no secret
    --- exit 2 ---
    ");
    sandbox.write("keys.txt", "# nobody yet\n");
    assert_snapshot!(sandbox.run(&["export", "--to-age-file", "keys.txt"]), @r"
    --- stderr ---
    error: there’s no recipient in keys.txt
    hint: ask for their public key; it begins with age1 and is no secret
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["export", "--to-age", "ssh-ed25519 AAAA"]), @r"
    --- stderr ---
    error: --to-age: that isn’t a recipient: one begins with age1 and has 62 characters
    hint: ask for their public key; it begins with age1 and is no secret
    --- exit 2 ---
    ");
    assert_eq!(
        sandbox.run(&["export", "--to-age-file", "none.txt"]).code,
        Some(1)
    );
}
