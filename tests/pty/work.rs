//! Long work: a bar at a terminal, and Ctrl-C between two things that are done.

use std::io::Write;
use std::thread;
use std::time::Duration;

use trust_coach::terminal::work_bar::WorkBar;

use crate::harness::{SMALL, Screen, USUAL};

/// The work of the child: it takes for ever.
pub(crate) fn child() {
    let mut screen = std::io::stderr();
    writeln!(screen).unwrap();
    let mut bar = WorkBar::new(true, "Importing", 100_000, "session");
    while bar.at_next().is_continue() {
        thread::sleep(Duration::from_millis(2));
    }
    let stopped = bar.stopped();
    drop(bar);
    write!(screen, "{stopped}").unwrap();
}

#[test]
fn a_bar_comes_says_how_far_it_is_and_goes_with_ctrl_c() {
    for window in [USUAL, SMALL] {
        let mut screen = Screen::open("work", window);
        screen.wait_for("a bar", |screen| {
            screen.contents().contains("Importing ") && screen.contents().contains(" of 100000 [")
        });
        let rows = screen.rows();
        let bars = rows.iter().filter(|row| row.contains("Importing"));
        assert_eq!(bars.count(), 1, "{rows:#?}");
        screen.send("\x03");
        assert_eq!(screen.wait_exit(), 0);
        let rows = screen.rows();
        assert!(
            !rows.iter().any(|row| row.contains("Importing")),
            "{rows:#?}"
        );
        let said =
            |row: &String| row.starts_with("error: stopped after ") && row.contains(" of 100000");
        assert!(rows.iter().any(said), "{rows:#?}");
        screen.wait_sane();
    }
}
