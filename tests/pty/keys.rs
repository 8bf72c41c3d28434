//! Commands, keys and pastes in the text area.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::driver::QUESTION;
use crate::harness::{SMALL, Screen, USUAL};

fn replied(screen: &Screen, count: usize) -> String {
    screen.wait_reply(count)["reply"].as_str().unwrap().into()
}

#[test]
fn a_command_is_taken_at_enter_and_the_text_stays_for_the_next_time() {
    for window in [USUAL, SMALL] {
        let screen = Screen::open("talk", window);
        screen.wait_words("Ctrl-D: done");
        screen.send("One line.\r/hint\r");
        assert_eq!(replied(&screen, 1), "Hint");
        assert_eq!(screen.replies()[0]["progress"], "One line.\n");
        let rows = screen.wait("the text again", |rows| {
            rows.iter().any(|row| row == "You asked: Hint.")
                && rows.iter().any(|row| row == "One line.")
        });
        assert_eq!(rows.iter().filter(|row| row.contains(QUESTION)).count(), 1);
        screen.send("Two.\x04");
        assert_eq!(screen.wait_answer(2), "One line.\nTwo.");
    }
}

#[test]
fn every_command_is_told_to_the_caller() {
    let screen = Screen::open("talk", USUAL);
    let commands = [
        "back", "skip", "pause", "hint", "why", "help", "support", "leave",
    ];
    for (number, command) in commands.into_iter().enumerate() {
        screen.wait_words("Ctrl-D: done");
        screen.send(&format!("/{command}\r"));
        let told = replied(&screen, number + 1).to_lowercase();
        assert_eq!(told.trim_end_matches("(none)"), command);
    }
}

#[test]
fn a_pasted_command_is_text() {
    let screen = Screen::open("texts", SMALL);
    screen.wait_words("Ctrl-D: done");
    screen.paste("/skip");
    screen.send("\rwords\x04");
    assert_eq!(screen.wait_answer(1), "/skip\nwords");
}

#[test]
fn what_would_colour_a_pasted_text_goes_whole_and_no_word_with_it() {
    for window in [USUAL, SMALL] {
        let screen = Screen::open("texts", window);
        screen.wait_words("Ctrl-D: done");
        screen.paste("so \u{1b}[1;31mred\u{1b}[0m\n\u{1b}]0;a title\u{7}a\u{1b}(Bb \u{1b}Hello");
        screen.send("\x04");
        assert_eq!(screen.wait_answer(1), "so red\nab Hello");
    }
}

#[test]
fn an_unknown_command_is_asked_about_and_two_slashes_are_one() {
    let screen = Screen::open("lines", SMALL);
    screen.wait_words("Enter: done");
    screen.send("/bakc\r");
    screen.wait_words("/bakc isn’t a command");
    assert!(screen.replies().is_empty());
    screen.send("\r");
    assert_eq!(screen.wait_answer(1), "/bakc");
    screen.wait_words("Enter: done");
    screen.send("//skip\r");
    assert_eq!(screen.wait_answer(2), "/skip");
}

#[test]
fn many_lines_end_with_a_full_stop_alone_and_nothing_twice_pauses() {
    let screen = Screen::open("texts", USUAL);
    screen.wait_words("Ctrl-D: done");
    screen.send("One.\r\rTwo.\r.\r");
    assert_eq!(screen.wait_answer(1), "One.\n\nTwo.");
    screen.wait_words("Ctrl-D: done");
    screen.send("\x04");
    screen.wait_words("Ctrl-D again saves and stops");
    screen.send("\x04");
    assert_eq!(replied(&screen, 2), "Pause");
}

#[test]
fn a_paste_of_lines_into_one_line_answers_one_question() {
    let screen = Screen::open("lines", SMALL);
    screen.wait_words("Enter: done");
    screen.paste("one\r\ntwo\nthree\n");
    screen.wait_words("one two three");
    assert_eq!(screen.replies().len(), 0);
    screen.send("\r");
    assert_eq!(screen.wait_answer(1), "one two three");
}

#[test]
fn what_steers_a_terminal_does_not_get_in() {
    let screen = Screen::open("lines", SMALL);
    screen.wait_words("Enter: done");
    screen.paste("a\x1b[2Jb\u{9b}c\u{202e}d");
    screen.send("\r");
    assert_eq!(screen.wait_answer(1), "abcd");
}

#[test]
fn untrusted_words_are_shown_by_their_codes() {
    let screen = Screen::open("hostile", USUAL);
    let rows = screen.wait_words("Enter: done");
    let all = rows.join("\n");
    for words in [
        "Title\\u{1b}]0;taken\\u{7}\\u{1b}[2J",
        "Prompt\\u{1b}[?1049h\\u{9b}31m",
        "pin\\u{1b}c: \\u{202e}x",
        "initial",
    ] {
        assert!(all.contains(words), "{words} is not in\n{all}");
    }
    screen.send("\r");
    screen.wait_list("> 1 a\\u{1b}[2Jb");
}

#[test]
fn escape_opens_the_menu_and_the_text_comes_back() {
    let screen = Screen::open("texts", SMALL);
    screen.wait_words("Ctrl-D: done");
    screen.send("Some words");
    screen.wait_words("Some words");
    screen.send("\x1b");
    screen.wait_list("> 1 Keep going");
    screen.send("\r");
    let rows = screen.wait_words("Some words");
    assert_eq!(rows.iter().filter(|row| row.contains(QUESTION)).count(), 1);
    screen.send(" more\x04");
    assert_eq!(screen.wait_answer(1), "Some words more");
    screen.wait_words("Ctrl-D: done");
    screen.send("\x1b");
    screen.wait_list("> 1 Keep going");
    screen.send("\x1b[A");
    screen.wait_list("> 9 Leave: save, and clear the screen");
    screen.send("\r");
    assert_eq!(replied(&screen, 2), "Leave");
}

#[test]
fn a_rejected_answer_stays_to_be_changed() {
    let screen = Screen::open("twice", SMALL);
    screen.wait_words("Ctrl-D: done");
    screen.send("Short\x04");
    assert_eq!(screen.wait_answer(1), "Short");
    screen.wait_words("A few more words would help");
    screen.wait_words("Short");
    screen.send(", and longer\x04");
    assert_eq!(screen.wait_answer(2), "Short, and longer");
}

#[test]
fn earlier_paragraphs_are_read_first_and_the_last_stays_in_view() {
    let screen = Screen::open("long-prompt", SMALL);
    let seen = screen.turn_pages("Ctrl-D: done");
    for number in 1..=6 {
        assert!(
            seen.contains(&format!("Paragraph {number} goes")),
            "{number}: {seen}"
        );
    }
    screen.send(&"words and more words ".repeat(40));
    let rows = screen.wait_words("more lines above");
    assert!(rows.iter().any(|row| row == "And what did you do then?"));
    assert!(
        rows.iter()
            .any(|row| row.starts_with("why: because it matters") && row.ends_with('…'))
    );
    assert!(rows.iter().any(|row| row == "Step 3 of 7"));
}

fn editor(screen_case: &str, script: &str) -> (Screen, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my editor");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let value = format!("'{}' --wait", path.display());
    let screen = Screen::open_with(screen_case, SMALL, &[("EDITOR", &value), ("VISUAL", "")]);
    screen.wait_words("Ctrl-D: done");
    (screen, folder)
}

#[test]
fn the_editor_changes_the_text_and_leaves_no_draft() {
    let script = "stat -c %a \"$2\" \"$(dirname \"$2\")\" > \"$TRUST_COACH_PTY_OUT/modes\"\n\
        sed -i 's/One/Two/' \"$2\"";
    let (screen, _folder) = editor("texts", script);
    screen.send("One line.\x0f");
    let rows = screen.wait_words("Two line.");
    assert_eq!(rows.iter().filter(|row| row.contains(QUESTION)).count(), 1);
    screen.send("\x04");
    assert_eq!(screen.wait_answer(1), "Two line.");
    let modes = fs::read_to_string(screen.home().join("modes")).unwrap();
    assert_eq!(modes, "600\n700\n");
    assert!(!screen.home().join("drafts").exists());
}

#[test]
fn an_editor_that_fails_leaves_the_text_as_it_was() {
    let (screen, _folder) = editor("texts", "echo other > \"$2\"; exit 1");
    screen.send("Mine\r/editor\r");
    screen.wait_words("The editor ended with an error");
    screen.wait_words("The draft is kept:");
    screen.send("\x04");
    assert_eq!(screen.wait_answer(1), "Mine\n");
}

#[test]
fn the_path_of_a_draft_that_is_kept_is_never_cut() {
    for window in [SMALL, USUAL] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("editor");
        fs::write(&path, "#!/bin/sh\necho other > \"$1\"; exit 1\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        let editor = [("EDITOR", path.to_str().unwrap())];
        let screen = Screen::open_with("texts", window, &editor);
        screen.wait_words("Ctrl-D: done");
        screen.send("Mine\x0f");
        let rows = screen.wait_words("text.md");
        let drafts = fs::read_dir(screen.home().join("drafts")).unwrap();
        let draft = drafts.map(|it| it.unwrap().path()).next().unwrap();
        let shown: Vec<&str> = rows.iter().map(|row| row.trim_end()).collect();
        let draft = draft.join("text.md");
        let draft = draft.to_str().unwrap();
        assert!(shown.concat().contains(draft), "{draft}: {rows:#?}");
        let is_whole = shown.iter().any(|row| row.contains(draft));
        assert!(window == SMALL || is_whole, "{draft}: {rows:#?}");
        assert!(
            shown.contains(&"Mine") && shown.concat().contains("The editor ended with an error")
        );
    }
}

#[test]
fn an_editor_that_returns_at_once_or_is_missing_is_spoken_of() {
    let (screen, _folder) = editor("texts", "exit 0");
    screen.send("Mine\x0f");
    screen.wait_words("Nothing changed.");
    let screen = Screen::open_with("texts", USUAL, &[("EDITOR", "/no/such/editor")]);
    screen.wait_words("Ctrl-D: done");
    screen.send("\x0f");
    screen.wait_words("The editor /no/such/editor isn’t installed");
    screen.send("Mine\x04");
    assert_eq!(screen.wait_answer(1), "Mine");
}

#[test]
fn an_editor_with_a_screen_of_its_own_does_not_end_the_privacy() {
    let script = "printf '\\033[?1049h'; echo Private >> \"$2\"; printf '\\033[?1049l'";
    let (screen, _folder) = editor(
        "private-texts",
        &format!("{script}; sed -i 's/One/Two/' \"$2\""),
    );
    screen.send("One line.\x0f");
    screen.wait_words("Two line.");
    assert!(screen.look(vt100::Screen::alternate_screen));
    screen.send("\x04");
    assert_eq!(screen.wait_answer(1), "Two line.");
    screen.wait_words("Ctrl-D: done");
    screen.send("\x04\x04");
    screen.wait_words("THE END");
    assert!(!screen.everything().concat().contains("Two line"));
}

#[test]
fn ctrl_c_in_an_editor_is_the_editors() {
    let script = "trap '' INT\ntouch \"$TRUST_COACH_PTY_OUT/open\"\n\
        while [ ! -e \"$TRUST_COACH_PTY_OUT/go\" ]; do sleep 0.01; done\n\
        sed -i 's/One/Two/' \"$2\"";
    let (screen, _folder) = editor("texts", script);
    screen.send("One line.\x0f");
    screen.wait_for("the editor", |_| screen.home().join("open").exists());
    screen.send_early("\x03");
    // The terminal has taken it before the editor ends, and the program's thread has had its turn.
    screen.wait_somewhere("^C");
    std::thread::sleep(std::time::Duration::from_millis(500));
    screen.go_on();
    screen.wait_words("Two line.");
    screen.send("\x04");
    assert_eq!(screen.wait_answer(1), "Two line.");
    assert_eq!(screen.replies().len(), 1);
}

#[test]
fn pages_that_were_turned_stay_with_their_empty_rows() {
    let screen = Screen::open("long-prompt", SMALL);
    screen.turn_pages("Ctrl-D: done");
    screen.send("x\x04");
    screen.wait_words("THE END");
    let all = screen.everything();
    for number in 2..=6 {
        let words = format!("Paragraph {number} goes");
        let at = all.iter().position(|row| row.starts_with(&words)).unwrap();
        assert_eq!(all[at - 1], "", "{all:#?}");
        assert_ne!(all[at - 2], "", "{all:#?}");
    }
}

#[test]
fn letters_that_are_not_utf_8_are_spoken_of_and_what_lacks_them_is_not_taken_unseen() {
    for window in [USUAL, SMALL] {
        let screen = Screen::open("lines", window);
        screen.wait_words("Enter: done");
        screen.send(b"caf\xe9 ");
        screen.wait("the sentence", |rows| {
            rows.join(" ").contains("they were left out")
        });
        screen.send(b"noir\r");
        screen.wait_words("Enter again keeps it");
        screen.send("\x15café noir\r");
        assert_eq!(screen.wait_answer(1), "café noir");
    }
}

#[test]
fn what_was_typed_is_taken_back_and_made_again_in_one_line_and_in_many() {
    for window in [USUAL, SMALL] {
        for (case, foot, typed, done, given) in [
            ("lines", "Enter: done", "Green", "\r", "Green tea"),
            (
                "talk",
                "Ctrl-D: done",
                "One.\rGreen",
                "\x04",
                "One.\nGreen tea",
            ),
        ] {
            let screen = Screen::open(case, window);
            screen.wait_words(foot);
            screen.send(typed);
            screen.wait("the first word", |rows| {
                rows.iter().any(|row| row == "Green")
            });
            screen.send(" tea");
            screen.wait("all of it", |rows| {
                rows.iter().any(|row| row == "Green tea")
            });
            screen.send("\x1f");
            screen.wait("a word less", |rows| {
                rows.iter().any(|row| row.trim() == "Green")
            });
            screen.send("\x19");
            screen.wait("all of it", |rows| {
                rows.iter().any(|row| row == "Green tea")
            });
            screen.send("\x1f\x1f\x1f\x1f\x1f\x1f\x1f");
            screen.wait("nothing", |rows| {
                rows.iter().all(|row| !row.contains("Green"))
            });
            screen.send("\x19\x19\x19\x19\x19\x19\x19\x19");
            screen.wait("all of it", |rows| {
                rows.iter().any(|row| row == "Green tea")
            });
            screen.send(done);
            assert_eq!(screen.wait_answer(1), given);
        }
    }
}
