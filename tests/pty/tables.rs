//! Tables: one line for each, cut to the terminal, headings in bold where it may be.

use crate::harness::{SMALL, Screen, Window};
use crate::session::{Home, TEA};

const WIDE: [Window; 4] = [SMALL, (80, 24), (120, 40), (200, 50)];

fn ended(home: &Home, args: &[&str], window: Window, variables: &[(&str, &str)]) -> Screen {
    let mut screen = Screen::program_with(home.path(), args, window, variables);
    assert_eq!(screen.wait_exit(), 0);
    screen
}

#[test]
fn the_list_has_a_line_for_each_exercise_at_every_width() {
    let home = Home::with(TEA);
    let count = home.output(&["list", "--ids"]).lines().count();
    for window in WIDE {
        let screen = ended(&home, &["list"], window, &[]);
        let lines = screen.everything();
        let items = lines
            .iter()
            .filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        assert_eq!(items.count(), count, "{window:?} {lines:#?}");
        assert!(!lines.iter().any(|line| line.contains('…')), "{lines:#?}");
    }
}

#[test]
fn a_heading_of_the_list_is_bold_and_a_title_without_room_stands_below() {
    let home = Home::with(TEA);
    let args = ["list", "--strategy", "reliability"];
    let screen = ended(&home, &args, (40, 30), &[]);
    // How long each takes is none of this test's business.
    let rows = screen.styled();
    let rows = rows[..4]
        .iter()
        .map(|row| row.replace(char::is_numeric, "9"));
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [
            "[bold|Reliability: do what you said you’d do]",
            "  promise              99 min",
            "      One promise you can keep",
            "  reliability-review   99 min",
        ]
    );
    for (args, variables) in [
        (&args as &[&str], &[("NO_COLOR", "1")] as &[_]),
        (&["--plain", "list", "--strategy", "reliability"], &[]),
        (&["--color=never", "list", "--strategy", "reliability"], &[]),
    ] {
        let bare = ended(&home, args, (40, 30), variables);
        assert_eq!(bare.styled(), screen.rows(), "{args:?}");
    }
}

#[test]
fn history_is_a_table_at_a_terminal() {
    let home = Home::with(TEA);
    let answers = ["kind=mint", "warm=3", "again=no", "text=one", "memory=two"];
    let given = answers.iter().flat_map(|answer| ["--answer", answer]);
    let args: Vec<&str> = ["exercise", "tea"].into_iter().chain(given).collect();
    home.output(&args);
    let rows = ended(&home, &["history"], (80, 24), &[]).rows();
    let row = &rows[0];
    assert!(row.starts_with("today 18:45       Tea"), "{row}");
    assert_eq!(row.find("done"), Some(64), "{row}");
    let rows = ended(&home, &["history"], SMALL, &[]).rows();
    assert!(
        rows[0].starts_with("today 18:45       done    "),
        "{rows:?}"
    );
    assert_eq!(rows[1], "  Tea");
}
