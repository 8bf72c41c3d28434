//! The vault at a terminal: the passphrase is asked for without showing it, and the terminal is as
//! before however that ends.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rustix::process::Signal;
use trust_coach::home::folders::Folders;
use trust_coach::journal::{Store, StoreLock};
use trust_coach::output::is_in_memory;

use crate::harness::{SMALL, Screen, USUAL, Window};
use crate::passphrase;
use crate::session::{Home, TEA, wait_step};
use crate::unmade::turn_on;

const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";

/// A folder that is in memory.
pub(crate) const MEMORY: &str = "/dev/shm";

pub(crate) const WORDS: &str = "four or more words";

pub(crate) fn store(home: &Home) -> Store {
    let folders = Folders::under(home.path());
    Store::new(folders.data, folders.state)
}

/// A home with one finished session, encrypted under a passphrase that is fast.
pub(crate) fn vault() -> Home {
    let home = Home::with(TEA);
    let answers = home.path().join("a.toml");
    let text = "[answers]\nkind = 1\nmemory = \"My aunt.\"\nwarm = 3\nagain = true\n";
    fs::write(&answers, text).unwrap();
    home.output(&["exercise", "tea", "--answers", answers.to_str().unwrap()]);
    fs::remove_file(answers).unwrap();
    let (store, opened) = turn_on(&home);
    let all = StoreLock::take(&store).unwrap();
    store
        .seal_all(&all, &opened, &mut |_| std::ops::ControlFlow::Continue(()))
        .unwrap();
    home
}

fn asked(home: &Home, args: &[&str], window: Window) -> Screen {
    let screen = home.open(args, window);
    screen.wait_words("Passphrase (not shown):");
    assert!(!screen.echoes());
    screen
}

#[test]
fn the_passphrase_is_not_shown_and_a_wrong_one_is_asked_for_again() {
    for window in [USUAL, SMALL] {
        let home = vault();
        let mut screen = asked(
            &home,
            &["history", "show", "last", "--answer", "memory"],
            window,
        );
        screen.send("four or more wurds\r");
        screen.wait_words("try again");
        screen.wait_for("the second question", |screen| {
            screen.contents().matches("(not shown)").count() == 2
        });
        screen.send("wrong\x15four or mo\x7fore words\r");
        assert_eq!(screen.wait_exit(), 0);
        screen.wait_somewhere("it: you.");
        screen.wait_somewhere("My aunt.");
        screen.wait_sane();
        let shown = String::from_utf8_lossy(&screen.bytes()).into_owned();
        assert!(!shown.contains("four or") && !shown.contains("wurds"));
    }
}

#[test]
fn what_is_to_be_removed_is_said_to_be_encrypted_and_not_broken() {
    let home = vault();
    let mut screen = home.open(&["history", "delete", "last"], USUAL);
    screen.wait_words("press Enter to keep it");
    let shown = screen.rows().join(" ");
    assert!(shown.contains("an encrypted session, begun 2"), "{shown}");
    assert!(!shown.contains("can’t be read"), "{shown}");
    screen.wait_words("Session:");
    screen.send("\r");
    assert_eq!(screen.wait_exit(), 1);
    assert_eq!(home.sessions().len(), 1);
}

#[test]
fn after_three_wrong_ones_it_ends_and_nothing_was_changed() {
    let home = vault();
    let before = fs::read(&home.sessions()[0]).unwrap();
    let mut screen = asked(&home, &["resume"], USUAL);
    for asked in 1..=3 {
        // What is typed before the question is dropped.
        screen.wait_for("the question", |screen| {
            screen.contents().matches("(not shown)").count() == asked
        });
        screen.send("wrong\r");
    }
    assert_eq!(screen.wait_exit(), 1);
    screen.wait_words("that isn’t the passphrase; nothing was changed");
    screen.wait_sane();
    assert_eq!(fs::read(&home.sessions()[0]).unwrap(), before);
}

#[test]
fn letters_that_are_not_utf_8_open_nothing_and_are_no_wrong_try() {
    let home = vault();
    let mut screen = asked(&home, &["history"], USUAL);
    for told in 1..=3 {
        screen.send(b"four or m\xf6re words\r");
        screen.wait_times("send letters in UTF-8", told);
        screen.wait_times("Passphrase (not shown):", told + 1);
    }
    screen.send(&format!("{WORDS}\r"));
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_sane();
}

#[test]
fn commands_where_a_passphrase_is_asked_for_do_what_they_say_and_are_none() {
    let home = vault();
    let mut screen = asked(&home, &["history"], USUAL);
    for told in 1..=3 {
        screen.send("/support\r");
        screen.wait_times("Passphrase (not shown):", told + 1);
    }
    screen.send("/leave\r");
    screen.wait_words("[y/N]");
    screen.send("\r");
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_sane();
    let home = Home::with(TEA);
    let mut screen = home.open(&["vault", "on"], USUAL);
    for told in 1..=2 {
        screen.wait_times("New passphrase", told);
        screen.send("/support\r");
    }
    screen.wait_times("New passphrase", 3);
    screen.send("/pause\r");
    assert_eq!(screen.wait_exit(), 4);
    assert!(!home.path().join("identities").exists());
}

#[test]
fn whatever_ends_the_question_gives_the_terminal_back() {
    let home = vault();
    let mut screen = asked(&home, &["history"], USUAL);
    screen.send(CTRL_C);
    assert_eq!(screen.wait_exit(), 130);
    screen.wait_sane();
    let mut screen = asked(&home, &["history"], USUAL);
    screen.send(CTRL_D);
    assert_eq!(screen.wait_exit(), 3);
    screen.wait_sane();
    let mut screen = asked(&home, &["history"], USUAL);
    screen.signal(Signal::TERM);
    // Ended by the signal itself: there is no exit code.
    assert_eq!(screen.wait_exit(), -1);
    screen.wait_sane();
}

#[test]
fn turning_it_on_asks_twice_says_twice_that_there_is_no_way_back_and_wants_a_yes() {
    for window in [USUAL, SMALL] {
        let home = Home::with(TEA);
        let mut screen = home.open(&["vault", "on"], window);
        screen.wait_somewhere("no way back");
        screen.wait_words("New passphrase");
        passphrase::set(&screen, WORDS);
        screen.wait_somewhere("Turn it on? [y/N]");
        screen.wait_somewhere("Once more: without this passphrase");
        screen.send("no\r");
        assert_eq!(screen.wait_exit(), 1);
        screen.wait_words("Nothing was changed.");
        screen.wait_sane();
        assert!(!home.path().join("identities").exists());
    }
}

#[test]
fn a_folder_that_others_can_use_or_is_not_in_memory_or_is_not_whole_gets_no_draft() {
    let disk = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (spoil, place) in [
        (0o777, Path::new(MEMORY)),
        (0o710, Path::new(MEMORY)),
        (0, Path::new(MEMORY)),
        (0o700, disk),
        (0o700, Path::new("relative")),
    ] {
        if place == disk && is_in_memory(fs::File::open(disk).unwrap()) {
            continue;
        }
        let is_relative = place.is_relative();
        let place = if is_relative {
            Path::new(MEMORY)
        } else {
            place
        };
        let home = vault();
        let memory = tempfile::tempdir_in(place).unwrap();
        let out = tempfile::tempdir_in(MEMORY).unwrap();
        let mut runtime = memory.path().join("run");
        if spoil == 0 {
            std::os::unix::fs::symlink(out.path(), &runtime).unwrap();
        } else {
            fs::create_dir(&runtime).unwrap();
            fs::set_permissions(&runtime, fs::Permissions::from_mode(spoil)).unwrap();
        }
        if is_relative {
            // Above the root there is nothing but the root.
            runtime = Path::new(&"../".repeat(64)).join(runtime.strip_prefix("/").unwrap());
        }
        let editor = out.path().join("editor");
        let script = format!(
            "#!/bin/sh\n{{ printf '%s ' \"$1\"; stat -c %a \"$(dirname \"$1\")\"; }} > {}/path\n",
            out.path().display()
        );
        fs::write(&editor, script).unwrap();
        fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
        let variables = [
            ("EDITOR", editor.to_str().unwrap()),
            ("XDG_RUNTIME_DIR", runtime.to_str().unwrap()),
        ];
        let mut screen = Screen::program_with(home.path(), &["exercise", "tea"], USUAL, &variables);
        screen.wait_list("Green tea");
        screen.send("1\r");
        wait_step(&screen, "one cup of Green tea");
        screen.send("/editor\r");
        screen.wait_words("Nothing changed.");
        screen.send(CTRL_C);
        assert_eq!(screen.wait_exit(), 130);
        let said = fs::read_to_string(out.path().join("path")).unwrap();
        let (path, mode) = said.trim().rsplit_once(' ').unwrap();
        assert!(path.starts_with("/dev/shm/trust-coach-"), "{said}");
        assert!(
            mode == "700" && !std::path::Path::new(path).exists(),
            "{said}"
        );
    }
}

#[test]
fn a_draft_for_an_editor_lies_in_memory_and_the_session_is_encrypted_as_it_is_typed() {
    let home = vault();
    let memory = tempfile::tempdir_in(MEMORY).unwrap();
    let out = tempfile::tempdir().unwrap();
    let editor = out.path().join("editor");
    let script = format!(
        "#!/bin/sh\nprintf %s \"$1\" > {0}/path\ncp \"$1\" {0}/draft\nprintf 'A secret of mine.\\n' > \"$1\"\n",
        out.path().display()
    );
    fs::write(&editor, script).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(memory.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let variables = [
        ("EDITOR", editor.to_str().unwrap()),
        ("XDG_RUNTIME_DIR", memory.path().to_str().unwrap()),
    ];
    let mut screen = Screen::program_with(home.path(), &["exercise", "tea"], USUAL, &variables);
    screen.wait_list("Green tea");
    screen.wait_somewhere("paused sessions aren’t shown here");
    screen.send("1\r");
    wait_step(&screen, "one cup of Green tea");
    screen.send("/editor\r");
    screen.wait_words("A secret of mine.");
    screen.send(CTRL_C);
    assert_eq!(screen.wait_exit(), 130);
    let read = |name: &str| fs::read_to_string(out.path().join(name)).unwrap();
    assert!(read("path").starts_with(memory.path().to_str().unwrap()));
    assert!(read("draft").contains("The vault is on."));
    assert_eq!(fs::read_dir(memory.path()).unwrap().count(), 0);
    assert!(!home.path().join("state/drafts").exists());
    let sessions = home.sessions();
    assert_eq!(sessions.len(), 2);
    for session in sessions {
        let bytes = fs::read(session).unwrap();
        assert!(!bytes.windows(6).any(|some| some == b"secret"));
    }

    let mut screen = asked(&home, &["resume"], USUAL);
    screen.send("four or more words\r");
    screen.wait_words("A secret of mine.");
    screen.send("/pause\r");
    screen.send_early("\r/pause\r");
    assert_eq!(screen.wait_exit(), 4);
    assert_eq!(home.sessions().len(), 2);
}

#[test]
fn a_vault_that_is_turned_off_in_another_window_is_told_before_anything_is_written() {
    let home = vault();
    let mut screen = home.open(&["exercise", "apology"], USUAL);
    screen.wait_list("I’d rather not say");
    let folders = Folders::under(home.path());
    let words = folders.data.join("pass");
    fs::write(&words, format!("{WORDS}\n")).unwrap();
    home.output(&["vault", "off", "--passphrase-file", words.to_str().unwrap()]);
    screen.send("2\r");
    screen.wait_somewhere("The vault was turned off in another window.");
    screen.send(CTRL_C);
    assert_eq!(screen.wait_exit(), 130);
}

#[test]
fn an_exercise_meets_an_encrypted_session_among_many_made_up_ones_before_it_saves_a_word() {
    let home = vault();
    for folder in ["identities", "state", "ledger"] {
        let _ = fs::remove_dir_all(home.path().join(folder));
    }
    let sealed = home.sessions().pop().unwrap();
    fs::rename(&sealed, sealed.with_extension("")).unwrap();
    for (year, count) in [(2027, 11), (2025, 88)] {
        let month = home.path().join(format!("sessions/{year}/11"));
        fs::create_dir_all(&month).unwrap();
        for nth in 0..count {
            fs::write(
                month.join(format!("{year}1122T174501.000Z-{nth:08x}.toml")),
                "x",
            )
            .unwrap();
        }
    }
    let mut screen = home.open(&["exercise", "unsent-letter"], USUAL);
    assert_eq!(screen.wait_exit(), 1);
    let said = screen.everything().join("\n");
    assert!(said.contains("there’s a vault, and its key is"), "{said}");
}

#[test]
fn a_terminal_gives_no_passphrase_to_a_descriptor_since_it_would_show_it() {
    let home = vault();
    for door in ["--passphrase-fd 0", "--passphrase-file /dev/tty"] {
        let mut screen = Screen::shell(home.path(), &format!("\"$0\" history {door}"));
        assert_eq!(screen.wait_exit(), 1);
        let said = screen.everything().join("\n");
        assert!(
            said.contains("it’s a terminal") && said.contains("you’re asked then"),
            "{said}"
        );
    }
}

#[test]
fn a_draft_of_a_killed_program_is_found_by_a_shell_that_knows_nothing_of_its_folder() {
    let home = vault();
    let memory = tempfile::tempdir_in(MEMORY).unwrap();
    let out = tempfile::tempdir().unwrap();
    let editor = out.path().join("editor");
    fs::write(&editor, "#!/bin/sh\nkill -KILL \"$PPID\"\n").unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(memory.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let variables = [
        ("EDITOR", editor.to_str().unwrap()),
        ("XDG_RUNTIME_DIR", memory.path().to_str().unwrap()),
    ];
    let mut screen = Screen::program_with(home.path(), &["exercise", "tea"], USUAL, &variables);
    screen.wait_list("Green tea");
    screen.send("1\r");
    wait_step(&screen, "one cup of Green tea");
    screen.send("Half a letter.\x0f");
    assert_eq!(screen.wait_exit(), -1);
    let said = |args: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_trust-coach"));
        let command = command.args(args).env("TRUST_COACH_HOME", home.path());
        let output = command.env_remove("XDG_RUNTIME_DIR").output().unwrap();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    };
    let doctor = said(&["doctor"]);
    assert!(doctor.contains(memory.path().to_str().unwrap()), "{doctor}");
    let status = said(&["vault", "status"]);
    assert!(
        status.contains("1 draft that was left is in plain text"),
        "{status}"
    );
}

#[test]
fn an_exercise_that_goes_over_promises_asks_for_the_passphrase_and_knows_them() {
    let home = vault();
    let when = "each day from 2026-11-20 until 2026-11-22";
    home.output(&["promise", "add", "Water the marigold.", "--when", when]);
    let review = ["exercise", "reliability-review"];
    let mut screen = asked(&home, &review, USUAL);
    screen.send("four or more words\r");
    screen.wait_list("Neither of these");
    screen.send("4\r");
    screen.wait_words("of your own free will");
    screen.send("\r");
    screen.wait_words("Water the marigold.");
    screen.send("\x15/pause\r");
    assert_eq!(screen.wait_exit(), 4);
}
