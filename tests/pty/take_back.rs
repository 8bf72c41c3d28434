//! Taking back at a terminal what was shown: it's a name or a passphrase that says yes, and no stray key.

use std::fs;

use crate::harness::{SMALL, Screen, USUAL};
use crate::own_keys::{OWN, shown_as};
use crate::session::Home;
use crate::two::{MARKER, TWO, lies_below};

/// A home in which Mo and Il showed each other a wish.
pub(crate) fn shown() -> Home {
    let home = Home::with(TWO);
    let answers = home.path().with_extension("answers");
    let one = |wish: &str| format!("wish = \"{wish}\"\nwarm = 4\nshow = true\n");
    let (mo, il) = (one("rest"), one(MARKER));
    let names = "names = { a = \"Mo\", b = \"Il\" }";
    let text = format!(
        "format = 1\n{names}\n[answers]\ntogether = \"Tea.\"\n[answers.a]\n{mo}[answers.b]\n{il}"
    );
    fs::write(&answers, text).unwrap();
    let answers = answers.to_str().unwrap();
    home.output(&["exercise", "tea", "--answers", answers, "--screened"]);
    assert!(lies_below(home.path(), MARKER));
    home
}

fn open(home: &Home, words: &[&str]) -> Screen {
    home.open(&[&["history", "take-back", "last"], words].concat(), USUAL)
}

#[test]
fn enter_and_space_alone_take_nothing_back() {
    for window in [USUAL, SMALL] {
        let home = shown();
        for (who, keys) in [("a", "\r"), ("a", " \r"), ("b", "\r"), ("b", " \r")] {
            let mut screen = home.open(&["history", "take-back", "last", "--as", who], window);
            screen.wait_words("type your name if you want this");
            screen.wait_words("Name:");
            screen.send(keys);
            assert_eq!(screen.wait_exit(), 1, "{keys:?}");
            screen.wait_somewhere("Nothing was taken back.");
        }
        assert!(lies_below(home.path(), MARKER));
    }
}

#[test]
fn in_the_others_home_both_type_their_names() {
    let home = shown();
    let mut screen = open(&home, &[]);
    screen.wait_somewhere("Who takes something back?");
    screen.wait_for("the list", |shown| {
        shown.hide_cursor() && shown.contents().contains("/leave")
    });
    screen.send("\x1b[B\x1b[B\r");
    screen.wait_words("Il, type your name if you want this");
    screen.wait_last_row("Name:");
    screen.send("Mo\r");
    screen.wait_words("That isn’t Il");
    screen.send("\x15Il\r");
    screen.wait_words("Mo, type your name if you want this");
    screen.wait_last_row("Name:");
    screen.send("\r");
    assert_eq!(screen.wait_exit(), 1);
    assert!(lies_below(home.path(), MARKER));
    let mut screen = open(&home, &["wish", "--as", "b"]);
    screen.wait_words("Il, type your name if you want this");
    screen.wait_last_row("Name:");
    screen.send("Il\r");
    screen.wait_words("Mo, type your name if you want this");
    screen.wait_last_row("Name:");
    screen.send("Mo\r");
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_somewhere("Taken back: 1 answer. It’s erased here.");
    assert!(!lies_below(home.path(), MARKER));
    assert!(home.session().contains("\"rest\""));
}

#[test]
fn a_passphrase_of_their_own_is_enough_and_is_not_shown() {
    let home = shown();
    let folders = trust_coach::home::folders::Folders::under(home.path());
    let store = trust_coach::journal::Store::new(folders.data, folders.state);
    let own = trust_coach::journal::vault::seal::Passphrase::new(OWN.into());
    let now = crate::common::moment();
    store.add_partner("Il", &now, &own, 2).unwrap();
    let mut screen = open(&home, &["--as", "b"]);
    screen.wait_words("Il’s own passphrase (not shown)");
    screen.send("\r");
    screen.wait_words("That isn’t the passphrase. Nothing was changed");
    screen.wait_times("passphrase (not shown)", 2);
    screen.wait_unseen();
    screen.send("\x04");
    assert_eq!(screen.wait_exit(), 3);
    screen.wait_somewhere("--agreed \"Il,Mo\" erases it");
    assert!(lies_below(home.path(), MARKER));
    let mut screen = open(&home, &["--as", "b"]);
    screen.wait_words("Il’s own passphrase (not shown)");
    screen.send(&format!("{OWN}\r"));
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_somewhere("It’s closed again");
    assert!(!screen.everything().join("\n").contains(OWN));
    assert!(!lies_below(home.path(), MARKER));
    assert!(shown_as(&home, "b").contains(MARKER));
}

#[test]
fn what_the_other_gave_goes_to_a_file_only_once_they_have_typed_their_name() {
    for (keys, goes) in [
        ("\r", false),
        (" \r", false),
        ("Mo\r\x15\r", false),
        ("Il\r", true),
    ] {
        for words in [
            &["export", "--format", "json"][..],
            &["report", "--format", "markdown"],
        ] {
            let home = shown();
            let file = home.path().with_extension("out");
            let output = ["--output", file.to_str().unwrap()];
            let mut screen = home.open(&[words, &output].concat(), USUAL);
            screen.wait_words("Enter alone keeps them here.");
            screen.wait_words("Name:");
            screen.send(keys);
            if words[0] == "export" {
                screen.wait_somewhere("Which answers should go out?");
                screen.wait_words("Numbers:");
                screen.send("\r");
            }
            screen.wait_somewhere("Write it?");
            screen.send("y\r");
            assert_eq!(screen.wait_exit(), 0);
            let text = fs::read_to_string(&file).unwrap();
            let theirs = if words[0] == "export" { MARKER } else { ", Il" };
            assert_eq!(text.contains(theirs), goes, "{keys:?}: {text}");
            let told = screen.everything().join(" ").contains("left out");
            assert_eq!(told, !goes, "{keys:?}");
            fs::remove_file(&file).unwrap();
        }
    }
}
