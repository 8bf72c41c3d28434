//! Words: what the window shows is that slice of what comes back.

use crate::driver::QUESTION;
use crate::harness::{SMALL, Screen, USUAL, Window};
use crate::session::{Home, TEA, finish, wait_step};

const CTRL_D: &str = "\x04";
const FOOTER: &str = "Ctrl-D: done";

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The rows of the text itself.
fn window(rows: &[String]) -> Vec<String> {
    let top = rows.iter().rposition(|row| row.contains(QUESTION)).unwrap();
    let bottom = rows
        .iter()
        .rposition(|row| row.contains(FOOTER) || row.contains("Enter: done"))
        .unwrap();
    let rows = rows[top + 1..bottom].iter();
    let is_ours =
        |row: &str| row.starts_with('(') && row.ends_with(')') && row.contains("more line");
    rows.filter(|row| !row.is_empty() && !is_ours(row))
        .cloned()
        .collect()
}

/// Words that all differ, so that a row that is shown twice is seen.
fn numbered(count: usize) -> String {
    let words: Vec<String> = (0..count)
        .map(|number| format!("word{number:04}"))
        .collect();
    words.join(" ")
}

fn samples() -> Vec<(&'static str, String, bool)> {
    let cjk = "昨日の夜、あなたのメッセージを読みました。本当にごめんなさい。".repeat(4);
    let family = "We are 👨‍👩‍👧‍👦 and 👩🏽‍🤝‍👨🏿 at home ❤️ with a 🇩🇪 flag, ".repeat(3);
    vec![
        ("long", numbered(60), false),
        ("family", family, false),
        ("cjk", cjk, false),
        (
            "hebrew",
            "שלום לך, אני מצטער מאוד על מה שאמרתי אתמול בלילה. ".repeat(3),
            false,
        ),
        (
            "persian",
            "می‌خواهم با تو حرف بزنم و گوش کنم. ".repeat(4),
            false,
        ),
        (
            "three lines",
            format!("One line.\r\n{}\r\nThree\tlines.", numbered(12)),
            true,
        ),
        ("5,000", numbered(556).chars().take(5000).collect(), true),
    ]
}

fn write_all(window_size: Window) {
    let screen = Screen::open("texts", window_size);
    for (number, (name, text, pasted)) in samples().into_iter().enumerate() {
        let rows = screen.wait("the question", window_is_empty);
        assert!(rows.iter().any(|row| row.contains(QUESTION)));
        if pasted {
            screen.paste(&text);
        } else {
            screen.send(&text);
        }
        // In the middle: up, to the side, and some words.
        screen.send("\x1b[A\x1b[A\x1b[D\x1b[D\x1b[DEDIT\u{301}ED");
        let mark = "EDIT\u{301}ED";
        let rows = screen.wait(name, |rows| squeeze(&window(rows).concat()).contains(mark));
        let (row, column) = screen.look(vt100::Screen::cursor_position);
        let top = screen.rows();
        screen.send("\x04");
        let given = screen.wait_answer(number + 1);
        let expected = text.replace("\r\n", "\n");
        assert_eq!(given.replacen(mark, "", 1), expected, "{name}");
        let seen = window(&rows);
        assert!(
            squeeze(&given).contains(&squeeze(&seen.concat())),
            "{name}: the screen shows what is not in the answer\n{}\n{given}",
            rows.join("\n"),
        );
        assert!(
            rows.iter().filter(|row| row.contains(QUESTION)).count() >= 1,
            "{name}: the question is not in view\n{}",
            rows.join("\n"),
        );
        let mut unique = seen.clone();
        unique.sort();
        unique.dedup();
        if name == "long" || name == "5,000" {
            assert_eq!(unique.len(), seen.len(), "{name}: {}", rows.join("\n"));
        }
        // The cursor stands right behind what was typed last.
        let before: String = top[usize::from(row)].clone();
        let place = before.find(mark);
        if let Some(place) = place {
            let end = unicode_columns(&before[..place + mark.len()]);
            assert_eq!(usize::from(column), end, "{name}: {before}");
        }
    }
    screen.wait("the question after the last", window_is_empty);
    let all = screen.everything();
    let text = squeeze(&all.concat());
    for (name, sample, _) in samples() {
        let first: String = squeeze(&sample).chars().take(8).collect();
        let row = format!("*{first}");
        assert!(text.contains(&row), "{name} is not in the scrollback");
    }
}

fn window_is_empty(rows: &[String]) -> bool {
    let has = |words: &str| rows.iter().any(|row| row.contains(words));
    has(QUESTION) && has(FOOTER) && window(rows).is_empty()
}

/// Columns as the emulator counts them.
fn unicode_columns(text: &str) -> usize {
    use unicode_width::UnicodeWidthChar;
    text.chars().filter_map(UnicodeWidthChar::width).sum()
}

#[test]
fn the_screen_shows_that_slice_of_the_answer_at_80_by_24() {
    write_all(USUAL);
}

#[test]
fn the_screen_shows_that_slice_of_the_answer_at_40_by_15() {
    write_all(SMALL);
}

#[test]
fn what_was_answered_before_it_was_shown_stays_in_view_all_the_same() {
    let home = Home::with(TEA);
    let mut screen = home.open(&["exercise", "tea"], USUAL);
    screen.wait_list("Green tea");
    screen.send("2\r");
    wait_step(&screen, "one cup of Mint");
    screen.send("In a glass.\x04");
    wait_step(&screen, "How warm was it?");
    screen.send("4\r");
    screen.wait_list("1 Yes");
    screen.send("yes\r");
    wait_step(&screen, "Read it once more.");
    screen.send(CTRL_D);
    screen.wait_list("> 1 Finish and save");
    screen.send("3\r With honey.\x04\x04");
    screen.wait_times("* In a glass. With honey.", 2);
    finish(&mut screen);
    let seen = screen.everything().join("\n");
    for shown in [
        "* A memory\n",
        "Tell of one cup of Mint.\n* In a glass. With honey.",
        "Read it once more.\n* In a glass. With honey.",
    ] {
        assert!(seen.contains(shown), "{shown}\n{seen}");
    }
}
