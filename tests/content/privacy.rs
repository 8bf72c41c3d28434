//! What the page on privacy says is true, where a test can tell, and people can read it.

use std::path::Path;
use std::process::{Command, Stdio};

use trust_coach::home::folders::Folders;
use trust_coach::journal::Store;
use trust_coach::journal::vault::seal::{self, Passphrase};

pub(crate) const PAGE: &str = include_str!("../../docs/privacy.md");

pub(crate) fn run(home: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_trust-coach"))
        .args(args)
        .env("TRUST_COACH_HOME", home)
        .current_dir(home)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

/// The commands of the list behind these words.
fn commands(before: &str) -> Vec<Vec<&'static str>> {
    let list = PAGE.split(before).nth(1).expect("the list").trim_start();
    let items = list.lines().skip_while(|line| !line.starts_with("- `"));
    let items = items.take_while(|line| line.starts_with("- `"));
    let commands = items.map(|line| line.trim_start_matches("- ").trim_matches('`'));
    commands
        .map(|line| line.split_whitespace().skip(1).collect())
        .collect()
}

/// A home with one encrypted session in it.
pub(crate) fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let folders = Folders::under(home.path());
    let store = Store::new(folders.data, folders.state);
    let now = crate::common::moment();
    let passphrase = Passphrase::new("four or more words".to_string());
    store.make_vault(&now, &passphrase, 2).unwrap();
    let answers = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/answers/unsent-letter/hana.toml"
    );
    let (code, said) = run(
        home.path(),
        &["exercise", "unsent-letter", "--answers", answers],
    );
    assert_eq!(code, Some(0), "{said}");
    home
}

#[test]
fn what_it_says_asks_does_and_what_it_says_never_asks_does_not() {
    let home = home();
    let (asks, never) = (commands("Asked at most once"), commands("Never asked"));
    assert!(asks.len() >= 6 && never.len() >= 8);
    for args in asks {
        let (code, said) = run(home.path(), &args);
        assert_eq!(code, Some(3), "{args:?}\n{said}");
        assert!(
            said.contains("the passphrase is needed"),
            "{args:?}\n{said}"
        );
    }
    for args in never {
        let (_, said) = run(home.path(), &args);
        assert!(
            !said.contains("the passphrase is needed"),
            "{args:?}\n{said}"
        );
    }
}

#[test]
fn its_numbers_are_those_of_the_program() {
    assert!(PAGE.contains(&format!("work factor {}", seal::WORK)));
    assert!(PAGE.contains(&format!("A work factor above {}", seal::MOST_WORK)));
    let identity = seal::Identity::generate();
    // Age adds a stanza of chance to what it writes: the least that it grows by says more.
    let sealed = || seal::seal(&[b'a'; 2000], &[identity.recipient()]).unwrap();
    let grown = (0..20).map(|_| sealed().len() - 2000).min().unwrap();
    assert!((200..550).contains(&grown), "it grows by {grown}");
    let home = home();
    for file in ["identities/identity.age", "identities/recipients.txt"] {
        assert!(PAGE.contains(file) && home.path().join(file).exists());
    }
}

#[test]
fn it_reads_at_grade_eight_or_below_and_the_readme_leads_to_it() {
    // Tables and commands are not sentences.
    let is_prose = |line: &&str| !line.starts_with('|') && !line.starts_with("- `");
    let prose: Vec<&str> = PAGE.lines().filter(is_prose).collect();
    let prose = prose
        .join("\n")
        .replace(['`', '*', '#'], "")
        .replace("\n- ", ".\n");
    let grade = textstat::flesch_kincaid_grade(&prose);
    println!("grade {grade:.1}");
    assert!(grade <= 8.0, "grade {grade:.1}");
    assert!(include_str!("../../README.md").contains("(docs/privacy.md)"));
}
