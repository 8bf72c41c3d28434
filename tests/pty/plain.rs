//! Plain mode: lines are added, and no byte of it moves, colours or takes back anything.

use rustix::process::Signal;
use rustix::termios::SpecialCodeIndex;

use crate::harness::{SMALL, Screen, USUAL};
use crate::patience::until;
use crate::session::{Home, TEA};

type Variables = &'static [(&'static str, &'static str)];

const CTRL_C: &str = "\x03";

/// Checks every byte that went to the terminal.
fn only_adds_lines(screen: &Screen) {
    let bytes = screen.bytes();
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains('\x1b'), "an escape byte: {text:?}");
    // Without the line ends that a terminal makes of newlines nothing is left that steers it.
    let lines = text.replace("\r\n", "\n");
    let steers = |c: char| c.is_control() && c != '\n';
    assert!(!lines.contains(steers), "a control character: {lines:?}");
}

/// A whole session: a name, a hint, a number out of range, a way back, and the look back.
fn session(screen: &mut Screen) {
    screen.wait_somewhere("from 1 to 2");
    screen.send("MINT\n");
    screen.wait_somewhere("A dot");
    screen.send("My aunt made it.\n/hint\n");
    screen.wait_somewhere("no hint");
    screen.send("In a glass.\n.\n");
    screen.wait_somewhere("A number from 1 to 5.");
    screen.send("9\n");
    screen.wait_somewhere("Please type a number");
    screen.send("/back\n");
    screen.wait_somewhere("1 keep it");
    screen.send("keep\n");
    screen.wait_times("A number from 1 to 5.", 2);
    screen.send("4\n");
    screen.wait_somewhere("yes or no?");
    screen.send("/bakc\n");
    screen.wait_somewhere("/bakc isn’t a command");
    screen.send("yes\n");
    screen.wait_somewhere("Read it once more.");
    screen.send("\n");
    screen.wait_somewhere("from 1 to 6");
    screen.send("finish\n");
    screen.wait_somewhere("What would you like to do next?");
    screen.send("stop\n");
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_somewhere("trust-coach history show");
}

#[test]
fn a_whole_session_has_no_escape_byte_however_plain_mode_was_asked_for() {
    let ways: [(&[&str], Variables); 5] = [
        (&["--plain", "--color", "always"], &[]),
        (&[], &[("TRUST_COACH_PLAIN", "1")]),
        (&[], &[("ACCESSIBLE", "1")]),
        (&[], &[("TERM", "dumb")]),
        (&[], &[("TERM", "dumb"), ("FORCE_COLOR", "1")]),
    ];
    for (flags, variables) in ways {
        for window in [SMALL, USUAL] {
            let home = Home::with(TEA);
            let args = [flags, &["exercise", "tea"]].concat();
            let mut screen = Screen::program_with(home.path(), &args, window, variables);
            session(&mut screen);
            only_adds_lines(&screen);
            let text = home.output(&["history", "show", "last", "--answer", "text"]);
            assert_eq!(text, "My aunt made it.\nIn a glass.\n");
        }
    }
}

#[test]
fn a_settings_file_can_ask_for_it_and_a_variable_can_say_no() {
    let home = Home::with(TEA);
    std::fs::write(home.path().join("config.toml"), "plain = true\n").unwrap();
    let mut screen = Screen::program(home.path(), &["exercise", "tea"], USUAL);
    session(&mut screen);
    only_adds_lines(&screen);
    let no = [("TRUST_COACH_PLAIN", "no")];
    let screen = Screen::program_with(home.path(), &["exercise", "tea"], USUAL, &no);
    screen.wait_list("Green tea");
    assert!(screen.bytes().contains(&0x1b));
}

#[test]
fn options_are_named_by_number_id_or_label() {
    for (typed, cup) in [
        ("1", "Green tea"),
        ("green", "Green tea"),
        ("green TEA", "Green tea"),
        ("2", "Mint"),
    ] {
        let home = Home::with(TEA);
        let screen = Screen::program(home.path(), &["--plain", "exercise", "tea"], USUAL);
        screen.wait_somewhere(" 1. Green tea");
        screen.send(&format!("{typed}\n"));
        screen.wait_somewhere(&format!("one cup of {cup}."));
    }
}

#[test]
fn the_private_questions_are_plain_too() {
    let gated = TEA.replace("lang = ", "gate = \"screen\"\nlang = ");
    let home = Home::with(&gated);
    let mut screen = Screen::program(home.path(), &["--plain", "exercise", "tea"], SMALL);
    screen.wait_somewhere("rather not say");
    screen.wait_somewhere("from 1 to 3");
    screen.send("no\n");
    session(&mut screen);
    only_adds_lines(&screen);
    let mut screen = Screen::program(home.path(), &["--plain", "exercise", "tea"], USUAL);
    screen.wait_somewhere("from 1 to 3");
    screen.send("rather-not\n");
    screen.wait_somewhere("Leave this page");
    screen.wait_somewhere("a life is in danger");
    screen.send("1\n");
    assert_eq!(screen.wait_exit(), 0);
    only_adds_lines(&screen);
    assert_eq!(home.sessions().len(), 1);
}

#[test]
fn what_only_prints_has_no_escape_byte_at_a_terminal() {
    let home = Home::with(TEA);
    let commands: [(&[&str], &str); 6] = [
        (&["--help"], "ended by SIGTERM"),
        (&["exercise", "--bogus"], "try '--help'"),
        (&["exercise", "tee"], "did you mean tea?"),
        (&["list"], "Values: know what matters to you"),
        (&["history"], "Nothing here yet"),
        (&["check", "nowhere.toml"], "could not read"),
    ];
    for (args, last) in commands {
        let mut screen = Screen::program(home.path(), &[&["--plain"], args].concat(), USUAL);
        screen.wait_exit();
        screen.wait_somewhere(last);
        only_adds_lines(&screen);
    }
}

#[test]
fn a_line_that_the_terminal_cut_is_told_of() {
    let home = Home::with(TEA);
    let screen = Screen::program(home.path(), &["--plain", "exercise", "tea"], USUAL);
    screen.wait_somewhere("from 1 to 2");
    screen.send("mint\n");
    screen.wait_somewhere("A dot");
    screen.send(&format!("{}\n", "a".repeat(5000)));
    screen.wait_somewhere("This line is as long as the terminal allows (4,095 bytes)");
}

/// A session that is back at the text of `tea`, which stands there already.
fn back_at_the_text(home: &Home) -> Screen {
    let screen = Screen::program(home.path(), &["--plain", "exercise", "tea"], USUAL);
    screen.wait_somewhere("from 1 to 2");
    screen.send("mint\n");
    screen.wait_somewhere("A dot");
    screen.send("My aunt made it.\n.\n");
    screen.wait_somewhere("A number from 1 to 5.");
    screen.send("/back\n");
    screen.wait_somewhere("1 keep it");
    screen
}

#[test]
fn a_sentence_typed_where_a_choice_is_wanted_is_added_and_not_lost() {
    let home = Home::with(TEA);
    let mut screen = back_at_the_text(&home);
    screen.send("4\n");
    screen.wait_somewhere("Please type 1, 2 or 3. Nothing was changed.");
    screen.send("It was in a glass.\n");
    screen.wait_somewhere("What you typed is kept");
    screen.send("It was warm.\n.\n");
    screen.wait_times("A number from 1 to 5.", 2);
    screen.send("4\n");
    screen.wait_somewhere("yes or no?");
    screen.send("/pause\n");
    assert_eq!(screen.wait_exit(), 4);
    only_adds_lines(&screen);
    let text = home.output(&["history", "show", "last", "--answer", "memory"]);
    assert_eq!(text, "My aunt made it.\nIt was in a glass.\nIt was warm.\n");
}

#[test]
fn such_a_sentence_is_saved_at_once_however_the_session_ends() {
    let home = Home::with(TEA);
    let mut screen = back_at_the_text(&home);
    screen.send("It was in a glass.\n");
    screen.wait_somewhere("What you typed is kept");
    screen.signal(Signal::TERM);
    assert_eq!(screen.wait_exit(), 143);
    let saved = std::fs::read_to_string(&home.sessions()[0]).unwrap();
    assert!(
        saved.contains("My aunt made it.\nIt was in a glass."),
        "{saved}"
    );
}

#[test]
fn enter_alone_where_something_must_be_picked_says_what_is_wanted() {
    let home = Home::with(TEA);
    let screen = Screen::program(home.path(), &["--plain", "exercise", "tea"], USUAL);
    screen.wait_somewhere("from 1 to 2");
    screen.send("\n");
    screen.wait_somewhere("Nothing has been typed yet. Type a number from 1 to 2, or the words.");
    only_adds_lines(&screen);
}

#[test]
fn before_anything_private_it_says_once_that_the_text_stays_and_leave_adds_one_word() {
    let gated = TEA.replace("lang = ", "gate = \"screen\"\nlang = ");
    let asked = "kind = \"choose\"\n";
    let sensitive = TEA.replace(asked, &format!("{asked}sensitive = true\n"));
    for (tea, last) in [(gated, "from 1 to 3"), (sensitive, "from 1 to 2")] {
        let home = Home::with(&tea);
        let mut screen = Screen::program(home.path(), &["--plain", "exercise", "tea"], USUAL);
        screen.wait_somewhere(last);
        let before = screen.everything().join("\n");
        let stays = "the text stays in this window";
        assert_eq!(before.matches(stays).count(), 1, "{before}");
        assert!(before.find(stays) < before.find(last), "{before}");
        screen.send("/leave\n");
        assert_eq!(screen.wait_exit(), 0);
        screen.wait_somewhere("Done.");
        let after = screen.everything().join("\n");
        let (_, after) = after.split_once("/leave\n").unwrap();
        assert_eq!(after.trim(), "Done.");
        only_adds_lines(&screen);
    }
}

#[test]
fn what_was_typed_ahead_answers_nothing_private() {
    let sensitive = TEA.replace(
        "kind = \"confirm\"\n",
        "kind = \"confirm\"\nsensitive = true\n",
    );
    let home = Home::with(&sensitive);
    let screen = Screen::program(home.path(), &["--plain", "exercise", "tea"], USUAL);
    screen.wait_somewhere("from 1 to 2");
    screen.send("1\n");
    screen.wait_somewhere("A dot");
    screen.send("In a glass.\n");
    screen.send(".\n");
    screen.wait_somewhere("A number from 1 to 5.");
    // Both lines are there before the program has its turn.
    screen.signal(Signal::STOP);
    screen.send_early("4\nyes\n");
    screen.signal(Signal::CONT);
    screen.wait_somewhere("yes or no?");
    screen.send("no\n");
    screen.wait_somewhere("Read it once more.");
    let saved = home.session();
    assert!(
        saved.contains("value = false") && !saved.contains("value = true"),
        "{saved}"
    );
    only_adds_lines(&screen);
}

#[test]
fn ways_out_leave_no_escape_byte_either() {
    for (way, code, last) in [
        ("/pause\n", 4, "Paused at step 1"),
        ("\x04", 4, "Paused at step 1"),
        ("/leave\n", 0, "Done."),
        (CTRL_C, 130, "trust-coach resume"),
    ] {
        let home = Home::with(TEA);
        let mut screen = Screen::program(home.path(), &["--plain", "exercise", "tea"], SMALL);
        screen.wait_somewhere("from 1 to 2");
        screen.send(way);
        assert_eq!(screen.wait_exit(), code, "{way:?}");
        screen.wait_somewhere(last);
        only_adds_lines(&screen);
    }
    let home = Home::with(TEA);
    let mut screen = Screen::program(home.path(), &["--plain", "exercise", "tea"], SMALL);
    screen.wait_somewhere("from 1 to 2");
    screen.signal(Signal::TERM);
    assert_eq!(screen.wait_exit(), 143);
    only_adds_lines(&screen);
}

#[test]
fn ctrl_c_keeps_the_line_that_is_being_typed() {
    let home = Home::with(TEA);
    let mut screen = Screen::program(home.path(), &["--plain", "exercise", "tea"], USUAL);
    screen.wait_somewhere("from 1 to 2");
    screen.send("2\n");
    screen.wait_somewhere("A dot");
    screen.send("My aunt made it.\n");
    let has_line = |path: &std::path::PathBuf| {
        std::fs::read_to_string(path).is_ok_and(|text| text.contains("My aunt made it."))
    };
    let saved = || home.sessions().iter().any(has_line);
    assert!(until(saved));
    // The next line is waited for: Ctrl-C is none of its signals now.
    assert!(until(|| screen.modes().special_codes
        [SpecialCodeIndex::VINTR]
        == 0));
    screen.send("In a glass that");
    screen.wait_somewhere("In a glass that");
    screen.send(CTRL_C);
    assert_eq!(screen.wait_exit(), 130);
    screen.wait_sane();
    let show = home.output(&["history", "show", "last"]);
    assert!(show.contains("In a glass that"), "{show}");
    let screen = Screen::program(home.path(), &["--plain", "resume"], USUAL);
    screen.wait_somewhere("In a glass that");
    screen.wait_somewhere("1 keep it");
}
