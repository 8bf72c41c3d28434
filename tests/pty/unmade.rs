//! Promises that aren't made yet, and drafts, while the vault is turned on elsewhere, another window or
//! another home is there, or the program is killed.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use rustix::process::Signal;
use trust_coach::journal::vault::seal::Passphrase;
use trust_coach::journal::{OpenVault, Store};

use crate::harness::{Screen, USUAL};
use crate::session::{Home, TEA, wait_step};
use crate::two::{MARKER, lies_below};
use crate::vault::{MEMORY, WORDS, store, vault};

/// Makes a vault under a passphrase that is fast. What is there stays as it is.
pub(crate) fn turn_on(home: &Home) -> (Store, OpenVault) {
    let store = store(home);
    let now = crate::common::moment();
    let passphrase = Passphrase::new(WORDS.to_string());
    let opened = store.make_vault(&now, &passphrase, 2).unwrap();
    (store, opened)
}

fn memory() -> tempfile::TempDir {
    let memory = tempfile::tempdir_in(MEMORY).unwrap();
    fs::set_permissions(memory.path(), fs::Permissions::from_mode(0o700)).unwrap();
    memory
}

fn open(home: &Home, memory: &tempfile::TempDir, args: &[&str]) -> Screen {
    let editor = memory.path().with_extension("editor");
    let variables = [
        ("XDG_RUNTIME_DIR", memory.path().to_str().unwrap()),
        ("EDITOR", editor.to_str().unwrap()),
    ];
    Screen::program_with(home.path(), args, USUAL, &variables)
}

/// A promise that is being made, at the question to whom.
fn begun(home: &Home, memory: &tempfile::TempDir) -> Screen {
    let screen = open(home, memory, &["promise", "add"]);
    screen.wait_words("What will you do?");
    screen.send(&format!("I'll call {MARKER}."));
    screen.wait_words(MARKER);
    screen.send("\x04");
    screen.wait_words("Who are you promising it to?");
    screen
}

fn pause(screen: &mut Screen) {
    screen.send("/pause\r");
    assert_eq!(screen.wait_exit(), 4);
}

#[test]
fn a_draft_is_laid_out_in_memory_once_the_vault_is_turned_on_in_another_window() {
    let (home, memory) = (Home::with(TEA), memory());
    let editor = memory.path().with_extension("editor");
    let path = memory.path().with_extension("path");
    let script = format!(
        "#!/bin/sh\nprintf %s \"$1\" > {}\nprintf 'Mine.\\n' > \"$1\"\n",
        path.display()
    );
    fs::write(&editor, script).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let screen = open(&home, &memory, &["exercise", "tea"]);
    screen.wait_list("Green tea");
    screen.send("1\r");
    wait_step(&screen, "one cup of Green tea");
    turn_on(&home);
    screen.send("/editor\r");
    screen.wait_words("Mine.");
    let laid_out = fs::read_to_string(&path).unwrap();
    fs::remove_file(path).unwrap();
    fs::remove_file(editor).unwrap();
    assert!(
        laid_out.starts_with(memory.path().to_str().unwrap()),
        "{laid_out}"
    );
    assert!(!home.path().join("state/drafts").exists());
}

#[test]
fn words_for_a_promise_leave_the_disk_once_the_vault_is_on_and_are_shown_after_the_passphrase() {
    let (home, memory) = (Home::with(TEA), memory());
    let mut screen = begun(&home, &memory);
    assert!(lies_below(home.path(), MARKER));
    turn_on(&home);
    screen.send("Mara\r");
    screen.wait_words("What will remind you");
    assert!(!lies_below(home.path(), MARKER));
    assert!(lies_below(memory.path(), MARKER));
    pause(&mut screen);
    screen.wait_somewhere("kept in memory");

    let screen = open(&home, &memory, &["promise", "add"]);
    let rows = screen.wait_list("Continue it").join("\n");
    assert!(
        rows.contains("You last typed on") && !rows.contains(MARKER),
        "{rows}"
    );
    screen.send("1\r");
    screen.wait_words("Passphrase (not shown):");
    screen.wait_for("a question that is hidden", |_| !screen.echoes());
    screen.send_early(&format!("{WORDS}\r"));
    screen.wait_words("What will remind you");
    screen.send("/back\r");
    screen.wait_words("Mara");
}

#[test]
fn what_another_window_or_another_home_has_begun_is_not_offered() {
    let (home, memory) = (vault(), memory());
    let mut screen = begun(&home, &memory);
    let mut second = open(&home, &memory, &["promise", "add"]);
    second.wait_words("What will you do?");
    pause(&mut second);
    pause(&mut screen);
    let other = vault();
    let mut theirs = open(&other, &memory, &["promise", "add"]);
    theirs.wait_words("What will you do?");
    pause(&mut theirs);
    // It is there all the same.
    open(&home, &memory, &["promise", "add"]).wait_list("Continue it");
}

#[test]
fn what_is_being_typed_for_a_promise_outlives_a_kill() {
    let (home, memory) = (Home::with(TEA), memory());
    let mut screen = open(&home, &memory, &["promise", "add"]);
    screen.wait_words("What will you do?");
    screen.send(&format!("I'll call {MARKER}."));
    screen.wait_for("the words on the disk", |_| lies_below(home.path(), MARKER));
    screen.signal(Signal::KILL);
    assert_eq!(screen.wait_exit(), -1);
    let mut screen = open(&home, &memory, &["promise", "add"]);
    screen.wait_list("Continue it");
    screen.send("1\r");
    screen.wait_words(MARKER);
    // What is emptied again is nothing to go on with.
    screen.send("\x15");
    screen.wait_for("no words on the disk", |_| !lies_below(home.path(), MARKER));
    pause(&mut screen);
    screen.wait_somewhere("Nothing was saved.");
    open(&home, &memory, &["promise", "add"]).wait_words("What will you do?");
}
