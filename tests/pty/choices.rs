//! What is chosen from a list outside a session, where a command isn't told which one.

use rustix::process::Signal;

use crate::harness::{SMALL, Screen, USUAL, Window};
use crate::session::{Home, TEA, wait_step};

const CTRL_C: &str = "\x03";
const DOWN: &str = "\x1b[B";
const ESC: &str = "\x1b";

/// A home with two finished sessions.
fn home() -> Home {
    let home = Home::with(TEA);
    let path = home.path().join("answers.toml");
    let text = "format = 1\nexercise = \"tea\"\n[answers]\nkind = \"mint\"\nmemory = \"Mine.\"\nwarm = 3\nagain = \"yes\"\ntext = \"ready\"\n";
    std::fs::write(&path, text).unwrap();
    for _ in 0..2 {
        home.output(&["exercise", "tea", "--answers", path.to_str().unwrap()]);
    }
    home
}

/// Waits until a list of dialoguer's is whole: it is drawn with the cursor hidden.
fn wait_keys(screen: &Screen, words: &str) {
    screen.wait_for(words, |screen| {
        screen.hide_cursor() && screen.contents().contains(words)
    });
}

fn ends_well(screen: &mut Screen, code: i32) {
    assert_eq!(screen.wait_exit(), code);
    screen.wait_sane();
    assert!(screen.look(|screen| !screen.hide_cursor()));
}

#[test]
fn letters_find_an_exercise_and_it_begins() {
    let home = Home::with(TEA);
    let mut screen = home.open(&["exercise"], USUAL);
    wait_keys(&screen, "Search: |");
    // Nothing is chosen by Enter alone.
    screen.send("\r");
    screen.send("tea");
    wait_keys(&screen, "Search: tea|");
    wait_keys(&screen, "> Tea · 2 min · values");
    screen.send("\r");
    screen.wait_list("Green tea");
    screen.send("/pause\r");
    assert_eq!(screen.wait_exit(), 4);
    let shown = screen.everything().join("\n");
    assert!(shown.contains("> Tea · 2 min · values"), "{shown}");
}

#[test]
fn esc_begins_nothing_and_leaves_a_clean_screen_however_long_the_search_was() {
    let home = home();
    for letters in [0, 3, 90] {
        let mut screen = home.open(&["exercise"], (60, 24));
        wait_keys(&screen, "Search: |");
        screen.send(&"z".repeat(letters));
        if letters > 0 {
            wait_keys(&screen, "z|");
        }
        screen.send(&"\x7f".repeat(letters));
        wait_keys(&screen, "Search: |");
        screen.send(ESC);
        ends_well(&mut screen, 0);
        let shown = screen.everything().join("\n");
        assert!(shown.trim().starts_with("Which exercise?"), "{shown}");
        assert!(
            !shown.contains("Search:") && !shown.contains("min"),
            "{shown}"
        );
        assert_eq!(home.sessions().len(), 2);
    }
}

#[test]
fn help_lines_and_the_way_out_are_found_in_a_search() {
    let home = Home::with(TEA);
    let mut screen = home.open(&["exercise"], USUAL);
    wait_keys(&screen, "Search: |");
    screen.send("/support");
    screen.wait_words("Command: /support");
    screen.send("\r");
    screen.wait_somewhere("Enter goes on:");
    screen.wait_somewhere("If a life is in danger now, call");
    screen.send("\r");
    wait_keys(&screen, "Search: |");
    screen.send("/leave");
    screen.wait_words("Command: /leave");
    screen.send("\r");
    screen.wait_somewhere("Clear all older text");
    screen.wait_last_row("[y/N]");
    screen.send("y\r");
    ends_well(&mut screen, 0);
    assert_eq!(screen.everything().join(" ").trim(), "Done.");

    let mut screen = home.open(&["exercise"], USUAL);
    wait_keys(&screen, "Search: |");
    screen.send("/leave");
    screen.wait_words("Command: /leave");
    screen.send("\r");
    screen.wait_somewhere("Clear all older text");
    screen.wait_last_row("[y/N]");
    screen.send(CTRL_C);
    ends_well(&mut screen, 130);
    assert_eq!(screen.rows().join("").trim(), "");
}

#[test]
fn a_command_ends_a_search_however_it_is_spelled_and_no_entry_has_to_have_its_letters() {
    let home = Home::with(TEA);
    for (typed, code) in [
        ("/leave  ", 0),
        ("/LEAVE", 0),
        ("／leave", 0),
        (" /leave", 0),
        ("/pause", 4),
        ("/Quit ", 4),
        ("/exit", 4),
    ] {
        let mut screen = home.open(&["exercise"], USUAL);
        wait_keys(&screen, "Search: |");
        // What is typed fast is kept where the list makes room for the line.
        screen.send(&format!("{typed}\r"));
        if code == 0 {
            screen.wait_words("Clear all older text");
            screen.wait_last_row("[y/N]");
            screen.send("\r");
        }
        ends_well(&mut screen, code);
        assert_eq!(home.sessions().len(), 0, "{typed:?}");
    }
    for window in [USUAL, SMALL] {
        let mut screen = home.open(&["exercise"], window);
        wait_keys(&screen, "Search: |");
        screen.send("/");
        screen.wait_words("Command: /");
        screen.send("\x7f\r");
        wait_keys(&screen, "Search: |");
        for (typed, said) in [
            ("/help", "You can type /support"),
            ("/paus", "Did you mean"),
            ("/", "You can type /support"),
        ] {
            screen.send(&format!("{typed}\r"));
            screen.wait_words(said);
            screen.wait_last_row("Enter goes on:");
            screen.send("\r");
            wait_keys(&screen, "Search: |");
        }
        screen.send(&format!("{DOWN}\x1b"));
        ends_well(&mut screen, 0);
        assert_eq!(home.sessions().len(), 0);
    }
}

#[test]
fn on_a_narrow_screen_no_line_of_a_search_is_too_long_and_the_narrowest_have_numbers() {
    let home = Home::with(TEA);
    for window in [(39, 15), (59, 8), (35, 15)] {
        let mut screen = home.open(&["show"], window);
        if window.0 > 35 {
            wait_keys(&screen, "Search: |");
            screen.send("zzzz");
            wait_keys(&screen, "Search: zzzz|  Nothing matches.");
            screen.send("\x7f\x7f\x7f\x7f");
            wait_keys(&screen, "Search: |");
        } else {
            screen.wait_words("Number or words");
        }
        let rows = screen.rows();
        let fits = |row: &String| row.chars().count() <= usize::from(window.0);
        assert!(rows.iter().all(fits), "{rows:#?}");
        screen.send("/leave");
        if window.0 > 35 {
            screen.wait_words("Command: /leave");
        }
        screen.send("\r");
        screen.wait_somewhere("Clear all older text");
        screen.wait_last_row("[y/N]");
        screen.send("y\r");
        ends_well(&mut screen, 0);
    }
}

#[test]
fn a_session_and_then_an_answer_are_chosen_and_what_was_typed_ahead_decides_nothing() {
    let home = home();
    let mut screen = home.open(&["history", "edit"], USUAL);
    screen.wait_words("Number or words");
    // The second Enter was meant for nothing that is in view.
    screen.send("1\r\r");
    wait_keys(&screen, "Which tea");
    screen.send(&format!("{DOWN}{DOWN}{DOWN}\r"));
    wait_step(&screen, "How warm was it?");
    screen.send("\x155\r");
    ends_well(&mut screen, 0);
    let warm = home.output(&["history", "show", "last", "--answer", "warm"]);
    assert_eq!(warm, "5\n");
}

#[test]
fn whatever_ends_a_list_gives_the_terminal_back_with_its_cursor() {
    let home = home();
    let signals = [
        (None, 130),
        (Some(Signal::TERM), 143),
        (Some(Signal::HUP), 129),
    ];
    let file = home.path().join("out.json").display().to_string();
    let marks = ["export", "--output", &file];
    for args in [["show"].as_slice(), &["exercise"], &marks] {
        for (signal, code) in signals {
            let mut screen = home.open(args, USUAL);
            match args.len() {
                3 => drop(screen.wait_words("Numbers:")),
                _ => wait_keys(&screen, "Enter"),
            }
            match signal {
                None => screen.send(CTRL_C),
                Some(signal) => screen.signal(signal),
            }
            ends_well(&mut screen, code);
            assert_eq!(home.sessions().len(), 2);
            assert!(!home.path().join("out.json").exists());
        }
    }
}

#[test]
fn ctrl_c_in_a_session_that_was_chosen_saves_it() {
    let home = Home::with(TEA);
    let mut screen = home.open(&["exercise"], USUAL);
    wait_keys(&screen, "Search: |");
    screen.send("tea");
    wait_keys(&screen, "> Tea");
    screen.send("\r");
    screen.wait_list("Green tea");
    screen.send("1\r");
    screen.wait_words("one cup of Green tea");
    screen.send("My aunt");
    screen.wait_words("My aunt");
    screen.send(CTRL_C);
    ends_well(&mut screen, 130);
    assert!(home.session().contains("My aunt"), "{}", home.session());
}

#[test]
fn another_size_of_the_window_neither_ends_a_list_nor_chooses() {
    let home = home();
    for (from, to) in [(USUAL, SMALL), (SMALL, USUAL), (USUAL, (30, 8))] {
        let mut screen = home.open(&["history", "path"], from);
        screen.wait_words("Number or words");
        screen.resize(to);
        screen.send("1\r");
        ends_well(&mut screen, 0);
        screen.wait_somewhere(".toml");
    }
}

#[test]
fn plain_mode_and_a_low_screen_have_numbered_lines() {
    let home = home();
    let ways: [(&[&str], Window); 3] = [
        (&["--plain", "show"], USUAL),
        (&["--plain", "show"], SMALL),
        (&["show"], (80, 7)),
    ];
    for (args, window) in ways {
        let mut screen = home.open(&[args, &["--json"]].concat(), window);
        screen.wait_somewhere("Number or words");
        screen.send("tea \n");
        screen.wait_times("Number or words", 2);
        screen.send("nonsense\n");
        screen.wait_somewhere("None of them has “nonsense” in it.");
        screen.wait_times("Number or words", 3);
        screen.send("1\n");
        assert_eq!(screen.wait_exit(), 0);
        screen.wait_somewhere("\"opening\"");
        let shown = String::from_utf8_lossy(&screen.bytes()).into_owned();
        assert!(!shown.contains('\x1b'), "{shown:?}");
    }
    let mut screen = home.open(&["--plain", "exercise"], USUAL);
    screen.wait_somewhere("Number or words");
    screen.send("\n");
    assert_eq!(screen.wait_exit(), 0);
    assert_eq!(home.sessions().len(), 2);
}

#[test]
fn a_terminal_that_can_only_add_lines_has_numbered_lines_too() {
    let home = home();
    let dumb = [("TERM", "dumb")];
    let mut screen = Screen::program_with(home.path(), &["history", "path"], USUAL, &dumb);
    screen.wait_somewhere("Number or words");
    screen.send("2\n");
    assert_eq!(screen.wait_exit(), 0);
    screen.wait_somewhere(".toml");
    let shown = String::from_utf8_lossy(&screen.bytes()).into_owned();
    assert!(!shown.contains('\x1b'), "{shown:?}");
}

#[test]
fn with_no_terminal_on_one_of_the_streams_nobody_is_asked() {
    let home = home();
    for (command, without) in [
        ("show", "exercise is named"),
        ("answers", "exercise is named"),
        ("exercise", "exercise is named"),
        ("history show", "session is named"),
        ("history edit", "session is named"),
        ("history note", "session is named"),
        ("history tag", "session is named"),
        ("history path", "session is named"),
    ] {
        for stream in ["</dev/null", "2>told"] {
            let line = format!(
                "cd \"$TRUST_COACH_HOME\"; \"$0\" {command} {stream}; echo \"ended $?\"; cat told"
            );
            let mut screen = Screen::shell(home.path(), &line);
            screen.wait_exit();
            screen.wait_somewhere("ended 2");
            screen.wait_somewhere(without);
        }
    }
}

#[test]
fn of_several_paused_sessions_one_is_chosen() {
    let home = Home::with(TEA);
    for words in ["First cup", "Second cup"] {
        let mut screen = home.open(&["exercise", "tea"], USUAL);
        let again = screen.wait("a list", |rows| {
            rows.iter()
                .any(|row| row.contains("Green tea") || row.contains("Start a new one"))
        });
        if again.iter().any(|row| row.contains("Start a new one")) {
            screen.send("2\r");
        }
        screen.wait_list("Green tea");
        screen.send("2\r");
        screen.wait_words("one cup of Mint");
        screen.send(words);
        screen.wait_words(words);
        screen.send(CTRL_C);
        assert_eq!(screen.wait_exit(), 130);
    }
    let cup = |keys: &str| {
        let mut screen = home.open(&["resume"], USUAL);
        screen.wait_words("Number or words");
        screen.send(keys);
        let rows = screen.wait("a cup", |rows| rows.iter().any(|row| row.ends_with(" cup")));
        screen.send(CTRL_C);
        assert_eq!(screen.wait_exit(), 130);
        rows.join("\n").contains("First cup")
    };
    assert_ne!(cup("1\r"), cup("2\r"));
}
