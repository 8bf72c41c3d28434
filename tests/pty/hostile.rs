//! A session file that would steer the terminal, shown on one.

use std::fs;

use crate::harness::{SMALL, USUAL};
use crate::session::{Home, TEA};

const FILE: &str = r#"format = 1
id = "a"
exercise = "tea"
title = "a\u001b]0;title\u0007b\u009b31mc\u202ed"
state = "done"
started = "2026-11-22T18:45:01+01:00[Europe/Berlin]"

[[answers]]
step = "memory"
kind = "write"
prompt = "e\u001b[2Jf\u001b]52;c;aGk=\u0007g"
value = "h\u001b[31mi\u2066j\u007fk\u0085l"
"#;

#[test]
fn what_is_shown_of_it_is_inert() {
    for window in [USUAL, SMALL] {
        for (args, last) in [
            (&["history", "show", "last"] as &[&str], "\\u{85}l"),
            (
                &["history", "show", "last", "--answer", "memory"],
                "\\u{85}l",
            ),
            (&["history"], "9f3a61c2"),
            (&["history", "search", "h"], "9f3a61c2"),
            (&["doctor"], "Looked at"),
        ] {
            let home = Home::with(TEA);
            let month = home.path().join("sessions/2026/11");
            fs::create_dir_all(&month).unwrap();
            fs::write(month.join("20261122T174501.032Z-9f3a61c2.toml"), FILE).unwrap();
            let mut screen = home.open(&[&["--plain"], args].concat(), window);
            if args.contains(&"doctor") {
                screen.send("\n\n\n\n");
            }
            screen.wait_somewhere(last);
            screen.wait_exit();
            let bytes = screen.bytes();
            let shown = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
            let steers = |c| trust_coach::text::is_unsafe(c) || trust_coach::text::is_misleading(c);
            assert!(!shown.contains(steers), "{args:?}: {shown:?}");
        }
    }
}

#[test]
fn what_reports_the_mouse_is_switched_off_before_anything_is_asked() {
    let home = Home::with(TEA);
    home.output(&[
        "exercise",
        "tea",
        "--answer",
        "kind=mint",
        "--answer",
        "memory=Mine.",
        "--answer",
        "warm=3",
        "--answer",
        "again=yes",
    ]);
    for (words, asked) in [
        (&["exercise", "tea"][..], "Green"),
        (&[], "like"),
        (&["exercise"], "Search"),
        (&["history", "show"], "Search"),
        (&["history", "delete", "last"], "ession:"),
        (&["vault", "on"], "(not shown)"),
    ] {
        let screen = home.open(words, USUAL);
        screen.wait_for(asked, |screen| screen.contents().contains(asked));
        let bytes = String::from_utf8_lossy(&screen.bytes()).into_owned();
        let at = bytes.rfind(asked);
        let at = at.unwrap_or_else(|| panic!("{words:?}: {bytes:?}"));
        for mode in [1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 2031] {
            let off = format!("\x1b[?{mode}l");
            assert!(bytes[..at].contains(&off), "{words:?} {mode}: {bytes:?}");
        }
    }
}
