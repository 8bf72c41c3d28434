//! The first look at a home that older versions wrote: what it finds, what it offers, and only once.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::harness::{Screen, USUAL};
use crate::session::Home;
use crate::vault::vault;

const WORDS: &str = "My uncle never called back.";

/// A home with the vault on, and in it what older versions have left: an unfinished save, a session
/// that was never encrypted, and a text that was open in an editor.
fn old_home() -> (Home, [PathBuf; 3]) {
    let home = vault();
    let month = home.sessions()[0].parent().unwrap().to_path_buf();
    let id = "20261101T080000.000Z-00000001";
    let session = format!(
        "format = 1\nid = \"{id}\"\nexercise = \"tea\"\ntitle = \"Tea\"\nstate = \"done\"\n\
         started = \"2026-11-01T09:00:00+01:00[Europe/Berlin]\"\n\n[[answers]]\nstep = \"memory\"\n\
         kind = \"write\"\nvalue = \"{WORDS}\"\nat = \"2026-11-01T09:00:00+01:00[Europe/Berlin]\"\n"
    );
    let left = month.join(format!(".{id}.toml.123-0.tmp"));
    let plain = month.join(format!("{id}.toml"));
    let draft = home
        .path()
        .join(format!("state/drafts/{id}/memory/text.md"));
    fs::create_dir_all(draft.parent().unwrap()).unwrap();
    for path in [&left, &plain, &draft] {
        fs::write(path, &session).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    let _ = fs::remove_file(home.path().join("state/looked"));
    (home, [left, plain, draft])
}

const QUESTION: &str = "Remove what was left behind? [y/N]";

/// Answers the question, and then leaves the one for the passphrase.
fn answered(home: &Home, keys: &str) -> Screen {
    let mut screen = home.open(&["history"], USUAL);
    screen.wait_somewhere(QUESTION);
    screen.send(keys);
    screen.wait_words("Passphrase (not shown):");
    screen.send("\x04");
    assert_eq!(screen.wait_exit(), 3);
    screen.wait_sane();
    screen
}

#[test]
fn it_says_what_it_found_once_and_removes_what_was_left_after_a_yes() {
    let (home, [left, plain, draft]) = old_home();
    let shown = answered(&home, "y\r").everything().join(" ");
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("1 unfinished save is beside your encrypted sessions"));
    assert!(
        shown.contains("`trust-coach vault on` encrypts it"),
        "{shown}"
    );
    assert!(
        shown.contains("These texts were open in an editor"),
        "{shown}"
    );
    assert!(shown.contains("memory/text.md"), "{shown}");
    assert!(!shown.contains("uncle"), "{shown}");
    assert!(!left.exists() && plain.exists() && draft.exists());
    // The second time it says nothing of all that.
    fs::write(&left, WORDS).unwrap();
    let mut screen = home.open(&["history"], USUAL);
    screen.wait_words("Passphrase (not shown):");
    screen.send("\x04");
    assert_eq!(screen.wait_exit(), 3);
    let shown = screen.everything().join(" ");
    assert!(
        !shown.contains("unfinished") && !shown.contains("editor"),
        "{shown}"
    );
    // Whoever has to know goes on saying it.
    assert!(
        home.output(&["vault", "status"])
            .contains("2 in plain text")
    );
}

#[test]
fn nothing_is_removed_without_a_yes() {
    for keys in ["\r", "n\r"] {
        let (home, [left, plain, draft]) = old_home();
        answered(&home, keys);
        assert!(left.exists() && plain.exists() && draft.exists());
        assert!(home.path().join("state/looked").exists());
    }
}

#[test]
fn who_ends_the_question_is_asked_again_the_next_time() {
    let (home, [left, ..]) = old_home();
    let mut screen = home.open(&["history"], USUAL);
    screen.wait_somewhere(QUESTION);
    screen.send("\x03");
    assert_eq!(screen.wait_exit(), 130);
    screen.wait_sane();
    answered(&home, "y\r");
    assert!(!left.exists());
}

#[test]
fn a_home_on_a_full_disk_is_looked_at_and_read_all_the_same() {
    let (home, [left, ..]) = old_home();
    let line = "trap '' XFSZ; ulimit -f 0; \"$0\" history";
    let mut screen = Screen::shell(home.path(), line);
    screen.wait_somewhere(QUESTION);
    screen.send("n\r");
    screen.wait_words("Passphrase (not shown):");
    screen.send("\x04");
    assert_eq!(screen.wait_exit(), 3);
    assert!(left.exists() && !home.path().join("state/looked").exists());
}

#[test]
fn a_home_with_nothing_left_is_looked_at_in_silence() {
    let home = vault();
    let mut screen = home.open(&["history"], USUAL);
    screen.wait_words("Passphrase (not shown):");
    screen.send("\x04");
    assert_eq!(screen.wait_exit(), 3);
    let shown = screen.everything().join(" ");
    assert!(
        !shown.contains("unfinished") && !shown.contains("editor"),
        "{shown}"
    );
}
