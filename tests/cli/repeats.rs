//! Texts of one of two people that repeat the other's words, in a home of theirs.

use crate::guest::{MINE, exported, ran};
use crate::take_back::{shown, thanked};

#[test]
fn what_repeats_their_words_stays_in_whatever_letters_and_wherever_it_stands() {
    // What Il gave stands before what Mo gave.
    for (owner, own, said) in [
        ("Mo", "a:back", "Il said: YOU waited\nfor me. I know."),
        ("Il", "b:back", "Mo says: you were really TIRED. I know."),
    ] {
        let sandbox = shown();
        let session = sandbox.sessions().pop().unwrap();
        let longer = sandbox.session().replace(MINE, "You were really tired.");
        std::fs::write(&session, longer).unwrap();
        sandbox.write("home/config.toml", format!("name = \"{owner}\"\n"));
        sandbox.write("said.txt", said);
        let edit = ["history", "edit", "last", own, "--text-file", "said.txt"];
        ran(&sandbox, &edit);
        let all = exported(&sandbox, &["--format", "json", "--all"]);
        assert!(!all.stdout.contains("I know"), "{all}");
        let found = ran(&sandbox, &["history", "search", "know"]);
        assert_eq!(found.stdout, "", "{found}");
    }
}

#[test]
fn what_anybody_says_is_nobodys_own() {
    let sandbox = thanked();
    let found = ran(&sandbox, &["history", "search", "father"]);
    assert!(found.stdout.contains("father"), "{found}");
    let exported = exported(&sandbox, &["--format", "markdown"]);
    assert!(exported.stdout.contains("father"), "{exported}");
}
