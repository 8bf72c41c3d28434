//! A person at a terminal who has brought some of the answers, or wants nothing kept.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::harness::{Screen, USUAL};
use crate::session::{Home, TEA, finish, wait_step};

const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";

fn open(home: &Home, answers: &str, more: &[&str]) -> Screen {
    let file = home.path().join("answers.toml");
    fs::write(&file, answers).unwrap();
    let args = ["exercise", "tea", "--answers", file.to_str().unwrap()];
    home.open(&[args.as_slice(), more].concat(), USUAL)
}

#[test]
fn a_half_answered_file_asks_only_the_rest_and_back_opens_what_was_brought() {
    let home = Home::with(&TEA.replace("pin = true", "min_words = 9"));
    let answers = "[answers]\nkind = \"mint\"\nmemory = \"In a glass.\"\nagain = true\n";
    let mut screen = open(&home, answers, &[]);
    wait_step(&screen, "How warm was it?");
    let all = screen.everything().join("\n");
    assert!(all.contains("only be asked the rest."), "{all}");
    assert!(
        !all.contains("Which tea") && !all.contains("words would be enough"),
        "{all}"
    );
    screen.send("/back\r");
    wait_step(&screen, "one cup of Mint");
    screen.wait_words("In a glass.");
    screen.send(" With honey, and some lemon in it, and nothing more.");
    screen.send(CTRL_D);
    wait_step(&screen, "How warm was it?");
    screen.send("4\r");
    wait_step(&screen, "Read it once more.");
    screen.send(CTRL_D);
    finish(&mut screen);
    let text = home.output(&["history", "show", "last", "--answer", "text"]);
    assert!(text.starts_with("In a glass. With honey"), "{text}");
    assert!(
        home.session()
            .contains("step = \"again\"\nkind = \"confirm\"")
    );
}

#[test]
fn wrong_answers_end_it_before_the_first_screen_and_whole_ones_need_none() {
    let home = Home::with(TEA);
    let mut screen = open(&home, "[answers]\nkind = \"coffee\"\n", &[]);
    assert_eq!(screen.wait_exit(), 2);
    screen.wait_words("1 problem with the answers");
    assert!(!screen.everything().join("").contains("kettle"));
    let whole = "[answers]\nkind = 1\nmemory = \"x\"\nwarm = 3\nagain = false\n";
    let mut screen = open(&home, whole, &[]);
    assert_eq!(screen.wait_exit(), 0);
    assert!(!screen.everything().join("").contains("kettle"));
    let mut screen = open(&home, "[answers]\nkind = 1\n", &["--no-input"]);
    assert_eq!(screen.wait_exit(), 3);
    assert_eq!(home.sessions().len(), 1);
}

#[test]
fn a_person_keeps_nothing_but_the_file_they_asked_for_and_it_gives_the_same_again() {
    let home = Home::with(TEA);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("again.toml");
    let record = ["--record", file.to_str().unwrap()];
    let args = ["exercise", "tea", "--no-save", record[0], record[1]];
    let mut screen = home.open(&args, USUAL);
    screen.wait_list("Green tea");
    screen.send("1\r");
    wait_step(&screen, "one cup of Green tea");
    screen.send("My aunt made it.\r\rIn a glass.");
    screen.send(CTRL_D);
    wait_step(&screen, "How warm was it?");
    screen.send("/skip\r");
    screen.wait_list("1 Yes");
    screen.send("no\r");
    wait_step(&screen, "Read it once more.");
    screen.send(CTRL_D);
    finish(&mut screen);
    screen.wait_words("Nothing from this session was kept.");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    let recorded = fs::read_to_string(&file).unwrap();
    let (_, answers) = recorded.split_once("[answers]\n").unwrap();
    let expected = "kind = \"green\"\nmemory = '''\nMy aunt made it.\n\nIn a glass.'''\n\
        warm = { skip = true }\nagain = false\ntext = '''\nMy aunt made it.\n\nIn a glass.'''\n";
    assert_eq!(answers, expected);
    let again = folder.path().join("again-2.toml");
    let (answers, record) = (file.to_str().unwrap(), again.to_str().unwrap());
    home.output(&["exercise", "tea", "--answers", answers, "--record", record]);
    // The first line has the day.
    let body = |text: &str| text.split_once('\n').unwrap().1.to_string();
    let again = fs::read_to_string(&again).unwrap();
    assert_eq!(body(&again), body(&recorded));
}

#[test]
fn stopping_keeps_nothing_where_nothing_is_to_be_kept() {
    for (stop, code) in [("/pause\r", 0), (CTRL_C, 130), ("/leave\r", 0)] {
        let home = Home::with(TEA);
        let mut screen = home.open(&["exercise", "tea", "--no-save"], USUAL);
        screen.wait_list("Green tea");
        screen.send("1\r");
        wait_step(&screen, "one cup of Green tea");
        screen.send("A secret of mine.\r");
        screen.send(stop);
        if stop == "/leave\r" {
            screen.wait_list("older text");
            screen.send("\r");
        }
        assert_eq!(screen.wait_exit(), code);
        if stop != "/leave\r" {
            screen.wait_words("Nothing from this session was kept.");
        }
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }
}

#[test]
fn where_the_terminal_is_lost_only_what_was_saved_is_called_so() {
    for (flag, kept) in [("", true), ("--no-save", false)] {
        let home = Home::with(TEA);
        // A keyboard that can't be read.
        let line = format!("\"$0\" exercise tea {flag} 0>/dev/tty");
        let mut screen = Screen::shell(home.path(), &line);
        screen.wait_list("Green tea");
        screen.send("1");
        assert_eq!(screen.wait_exit(), 1);
        let shown = screen.everything().join("\n");
        assert!(shown.contains("the terminal can’t be reached any more"));
        assert_eq!(shown.contains("what you wrote is saved"), kept, "{shown}");
        assert_eq!(home.sessions().len(), usize::from(kept));
    }
}

#[test]
fn a_text_in_an_editor_leaves_no_draft_where_nothing_is_to_be_kept() {
    let home = Home::with(TEA);
    // It isn't noted anywhere, so a draft left there would never be found.
    let elsewhere = tempfile::tempdir_in("/dev/shm").unwrap();
    let out = tempfile::tempdir().unwrap();
    let editor = out.path().join("editor");
    let script = format!(
        "#!/bin/sh\nprintf %s \"$1\" > {0}/path\nprintf 'A secret of mine.\\n' > \"$1\"\n",
        out.path().display()
    );
    fs::write(&editor, script).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(elsewhere.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let variables = [
        ("EDITOR", editor.to_str().unwrap()),
        ("XDG_RUNTIME_DIR", elsewhere.path().to_str().unwrap()),
    ];
    let args = ["exercise", "tea", "--no-save"];
    let mut screen = Screen::program_with(home.path(), &args, USUAL, &variables);
    screen.wait_list("Green tea");
    screen.send("1\r");
    wait_step(&screen, "one cup of Green tea");
    screen.send("/editor\r");
    screen.wait_words("A secret of mine.");
    screen.send(CTRL_D);
    wait_step(&screen, "How warm was it?");
    screen.send("/pause\r");
    assert_eq!(screen.wait_exit(), 0);
    let draft = fs::read_to_string(out.path().join("path")).unwrap();
    assert!(draft.starts_with("/dev/shm/trust-coach-"), "{draft}");
    assert!(!Path::new(&draft).parent().unwrap().exists());
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
}
