//! Texts of one of two people that repeat the other's words, in a home of theirs.

use crate::guest::{MINE, exported, ran};
use crate::partner::quick_partner;
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

#[test]
fn what_they_ended_with_a_full_stop_is_known_in_the_middle_of_a_sentence() {
    let sandbox = shown();
    sandbox.write("home/config.toml", "name = \"Mo\"\n");
    sandbox.write(
        "said.txt",
        "I said “you waited for me … ” and then, you know, nothing.",
    );
    let edit = [
        "history",
        "edit",
        "last",
        "a:back",
        "--text-file",
        "said.txt",
    ];
    ran(&sandbox, &edit);
    let all = exported(&sandbox, &["--format", "json", "--all"]);
    assert!(!all.stdout.contains("and then"), "{all}");
}

/// Il takes back what is in `back`, with a yes from both.
const BACK: [&str; 8] = [
    "history",
    "take-back",
    "last",
    "back",
    "--as",
    "b",
    "--agreed",
    "Mo,Il",
];

#[test]
fn a_note_that_repeats_what_was_taken_back_is_named() {
    let sandbox = shown();
    sandbox.write("said.txt", "He wrote: you waited for me. I cried.");
    ran(
        &sandbox,
        &["history", "note", "last", "--text-file", "said.txt"],
    );
    let taken = ran(&sandbox, &BACK);
    assert!(taken.stderr.contains("Said again in 1 note."), "{taken}");
}

#[test]
fn whoever_has_a_passphrase_is_erased_by_their_name_only_where_that_is_said() {
    let sandbox = shown();
    quick_partner(&sandbox, "Il");
    let refused = sandbox.run(&BACK);
    assert_eq!(refused.code, Some(2), "{refused}");
    assert!(refused.stderr.contains("--delete erases it"), "{refused}");
    assert!(sandbox.session().contains("You waited for me."));
    ran(&sandbox, &[&BACK[..], &["--delete"]].concat());
    assert!(!sandbox.session().contains("You waited for me."));
}
