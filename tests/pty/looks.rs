//! How a session looks: what stands out, with colour and without, and that nothing is told by it
//! alone.

use crate::harness::{SMALL, Screen, USUAL, Window};
use crate::session::{Home, TEA, finish, wait_step};

const ALL: [Window; 4] = [SMALL, USUAL, (120, 40), (200, 50)];

const UTF8: [(&str, &str); 1] = [("LC_ALL", "C.UTF-8")];

/// At the third step of a session: a list, then a text, were answered.
fn at_the_rating(home: &Home, window: Window, variables: &[(&str, &str)]) -> Screen {
    let screen = Screen::program_with(home.path(), &["exercise", "tea"], window, variables);
    screen.wait_list("1 Green tea");
    screen.send("\r");
    wait_step(&screen, "one cup of Green tea");
    screen.send("My aunt made it.\r\rIn a glass.\x04");
    wait_step(&screen, "How warm was it?");
    screen
}

/// The rows from the one that begins like this.
fn from(rows: Vec<String>, words: &str) -> Vec<String> {
    let rows: Vec<String> = rows
        .into_iter()
        .skip_while(|row| !row.contains(words))
        .collect();
    rows.into_iter().filter(|row| !row.is_empty()).collect()
}

#[test]
fn the_question_stands_out_and_what_was_answered_does_not() {
    let home = Home::with(TEA);
    let screen = at_the_rating(&home, USUAL, &UTF8);
    assert_eq!(
        from(screen.styled(), "Which tea"),
        [
            "[italic|Which tea do you like?]",
            "[black on green|✓] Green tea",
            "[italic|Tell of one cup of Green tea.]",
            "[black on green|✓] My aunt made it. In a glass.",
            "[italic|Tea · step 3 of 5]",
            "A memory: My aunt made it. In a glass.",
            "[bold|How warm was it?]",
            " 1  2  3  4  5",
            "[italic|Arrows or number  Enter: take  Esc: menu                           saved]",
        ]
    );
}

#[test]
fn what_enter_takes_in_a_list_has_a_sign_and_a_colour() {
    let home = Home::with(TEA);
    let screen = Screen::program_with(home.path(), &["exercise", "tea"], SMALL, &UTF8);
    screen.wait_list("1 Green tea");
    assert_eq!(
        from(screen.styled(), "Which tea"),
        [
            "[bold|Which tea do you like?]",
            "[black on CYAN|❯ 1] Green tea",
            "  2 Mint",
            "[italic|Arrows or number  Enter: take  Esc: menu]",
        ]
    );
}

#[test]
fn what_was_answered_is_said_to_be_saved_until_the_next_key_and_never_where_nothing_is_kept() {
    for (args, saves) in [
        (&["exercise", "tea"][..], true),
        (&["exercise", "tea", "--no-save"], false),
    ] {
        for window in ALL {
            let home = Home::with(TEA);
            let screen = Screen::program_with(home.path(), args, window, &[]);
            screen.wait_list("1 Green tea");
            assert!(!screen.rows().join(" ").contains("saved"));
            screen.send("\r");
            wait_step(&screen, "one cup of Green tea");
            let said = |rows: &[String]| rows.iter().any(|row| row.ends_with(" saved"));
            assert_eq!(said(&screen.rows()), saves, "{:#?}", screen.rows());
            screen.send("M");
            screen.wait("the foot alone", |rows| {
                rows.iter().any(|row| row == "M") && !said(rows)
            });
        }
    }
}

#[test]
fn without_colour_every_size_says_the_same() {
    for window in ALL {
        let (home, bare) = (Home::with(TEA), Home::with(TEA));
        let painted = at_the_rating(&home, window, &[]);
        let plain = at_the_rating(&bare, window, &[("NO_COLOR", "1")]);
        assert_eq!(plain.styled(), plain.rows());
        assert_eq!(painted.rows(), plain.rows());
        assert_ne!(painted.styled(), painted.rows());
    }
}

#[test]
fn a_wrong_enter_on_a_list_is_undone_by_back_with_the_earlier_mark_in_place() {
    for window in ALL {
        let home = Home::with(TEA);
        let screen = home.open(&["exercise", "tea"], window);
        screen.wait_list("1 Green tea");
        screen.send("2\r");
        wait_step(&screen, "one cup of Mint");
        screen.send("/back\r");
        // Enter would have taken the first; it takes what was taken before.
        let pointed = |words: &'static str| {
            screen.wait(words, |rows| {
                rows.iter().any(|row| row.trim_start().starts_with(words))
            });
        };
        pointed("> 2 Mint");
        screen.send("\r");
        wait_step(&screen, "one cup of Mint");
        screen.send("Mine.\x04");
        wait_step(&screen, "How warm was it?");
        screen.send("5\r");
        screen.wait_list("Would you drink it again?");
        screen.send("/back\r");
        pointed("1  2  3  4 >5");
        screen.send("\x1b[D\r");
        screen.wait_list("Would you drink it again?");
        screen.send("/back\r");
        pointed("1  2  3 >4  5");
    }
}

#[test]
fn without_colour_what_is_printed_says_the_same_at_every_size() {
    let home = Home::with(TEA);
    at_the_rating(&home, USUAL, &[]).send("/pause\r");
    for args in [
        &["list"][..],
        &["show", "tea"],
        &["history"],
        &["support", "--region", "ie"],
    ] {
        for window in ALL {
            let shown = |variables: &[(&str, &str)]| {
                let variables = [variables, &[("PAGER", "cat")]].concat();
                let mut screen = Screen::program_with(home.path(), args, window, &variables);
                screen.wait_exit();
                (screen.everything(), screen.styled(), screen.rows())
            };
            let (painted, plain) = (shown(&[]), shown(&[("NO_COLOR", "1")]));
            assert_eq!(painted.0, plain.0, "{args:?} at {window:?}");
            assert_eq!(plain.1, plain.2, "{args:?} at {window:?}");
        }
    }
}

#[test]
fn plain_mode_says_the_same_in_the_same_order() {
    let said = [
        "Tea (about 2 minutes)",
        "Put the kettle on.",
        "tep 1 of 5",
        "Which tea do you like?",
        "Green tea",
        "Mint",
        "tep 2 of 5",
        "Tell of one cup of Green tea.",
        "tep 3 of 5",
        "A memory: My aunt made it.",
        "How warm was it?",
        "tep 4 of 5",
        "Would you drink it again?",
        "tep 5 of 5",
        "My aunt made it.",
        "Drink it while it is warm.",
    ];
    for (flags, keys) in [
        (
            &[] as &[&str],
            ["1\r", "My aunt made it.\x04", "3\r", "yes\r", "\x04"],
        ),
        (
            &["--plain"],
            ["1\n", "My aunt made it.\n.\n", "3\n", "yes\n", "\n"],
        ),
    ] {
        let home = Home::with(TEA);
        let mut screen = home.open(&[flags, &["exercise", "tea"]].concat(), USUAL);
        for (at, keys) in keys.iter().enumerate() {
            screen.wait_somewhere(&format!("tep {} of", at + 1));
            let is_full = flags.is_empty();
            screen.wait_for("keys are taken", |now| {
                let shown = now.contents();
                let keys = shown.contains("Esc: menu") && !now.hide_cursor();
                (is_full && keys)
                    || [">", "ends the text."]
                        .iter()
                        .any(|end| shown.trim_end().ends_with(end))
            });
            screen.send(keys);
        }
        screen.wait_somewhere("Finish and save");
        if flags.is_empty() {
            finish(&mut screen);
        } else {
            screen.send("1\n");
            screen.wait_somewhere(said[said.len() - 1]);
        }
        let bytes = String::from_utf8_lossy(&screen.bytes()).into_owned();
        let mut rest = bytes.as_str();
        for words in said {
            let at = rest.find(words);
            rest = &rest[at.unwrap_or_else(|| panic!("{flags:?}: no {words} in {rest}"))..];
        }
    }
}

#[test]
fn nothing_is_pointed_at_on_the_private_page_and_enter_alone_does_nothing() {
    let home = Home::with(&TEA.replace("lang = ", "gate = \"screen\"\nlang = "));
    let screen = home.open(&["exercise", "tea"], (80, 50));
    let rows = screen.wait_list("rather not say");
    assert!(!rows.iter().any(|row| row.starts_with("> ")), "{rows:#?}");
    screen.send("\r");
    screen.wait_list("Choose one with the arrow keys");
    screen.send(" ");
    screen.wait_list("Choose one with the arrow keys");
}

#[test]
fn an_error_begins_with_a_word_in_bold_and_not_where_nothing_may_be_styled() {
    let home = Home::with(TEA);
    for (flags, variables, first) in [
        (
            &[] as &[&str],
            &[] as &[(&str, &str)],
            "[bold|error:] there’s",
        ),
        (&[], &[("NO_COLOR", "1")], "error: there’s"),
        (&["--plain", "--color", "always"], &[], "error: there’s"),
    ] {
        let args = [flags, &["show", "tee"]].concat();
        let mut screen = Screen::program_with(home.path(), &args, USUAL, variables);
        assert_eq!(screen.wait_exit(), 2);
        assert!(
            screen.styled()[0].starts_with(first),
            "{:?}",
            screen.styled()
        );
    }
}

#[test]
fn a_message_hides_no_option_while_what_is_above_can_give_way() {
    let options = [
        "Green tea",
        "Mint",
        "Sage",
        "Thyme",
        "Nettle",
        "Lime blossom",
    ];
    let listed = options.map(|label| {
        let id = label.to_lowercase().replace(' ', "-");
        format!("{{ id = \"{id}\", label = \"{label}\" }}")
    });
    let prompt = "There are many, and each of them has a day of its own.\\n\\n".repeat(6);
    let tea = TEA
        .replacen(
            "{ id = \"green\", label = \"Green tea\" }, { id = \"mint\", label = \"Mint\" }",
            &listed.join(", "),
            1,
        )
        .replacen("Which tea do", &format!("{prompt}Which tea do"), 1);
    let home = Home::with(&tea);
    let mut screen = home.open(&["exercise", "tea"], USUAL);
    screen.wait_list("Lime blossom");
    screen.send("99\r");
    screen.wait_somewhere("Choose one of the six");
    let rows = screen.wait_list("Lime blossom").join("\n");
    for shown in options.iter().chain(&["Which tea do you like?"]) {
        assert!(rows.contains(shown), "{shown}: {rows}");
    }
    screen.send("/leave\r");
    screen.wait_words("Clear all older text");
    screen.send("\r");
    assert_eq!(screen.wait_exit(), 0);
}
