//! `doctor` at a terminal asks what to repair.

use std::fs;

use crate::harness::USUAL;
use crate::session::{Home, TEA};

#[test]
fn what_is_agreed_to_is_repaired_and_nothing_else() {
    let home = Home::with(TEA);
    let month = home.path().join("sessions/2026/11");
    fs::create_dir_all(&month).unwrap();
    let broken = month.join("20261122T174501.032Z-9f3a61c2.toml");
    fs::write(&broken, "half a").unwrap();
    let mut screen = home.open(&["doctor"], USUAL);
    screen.wait_for("a list", |screen| {
        let shown = screen.contents();
        screen.hide_cursor() && shown.matches("[ ]").count() > 2 && shown.contains("[ ] Move it to")
    });
    // The file, and the folders that the test made, have the mode of its umask.
    let rows = screen.rows();
    let entries = rows.iter().filter(|row| row.contains("[ ]"));
    let at = entries
        .clone()
        .position(|row| row.contains("Move it to"))
        .unwrap();
    assert!(entries.count() > 2, "{rows:#?}");
    screen.send(&"\x1b[B".repeat(at));
    screen.send(" ");
    screen.wait_for("a mark", |screen| screen.contents().contains("> [x]"));
    screen.send("\r");
    assert_eq!(screen.wait_exit(), 6);
    let told = screen.everything().join("\n");
    assert!(
        told.contains("1 repaired") && told.contains("left."),
        "{told}"
    );
    assert!(!broken.exists());
    let kept = home
        .path()
        .join("quarantine")
        .join(broken.file_name().unwrap());
    assert_eq!(fs::read_to_string(kept).unwrap(), "half a");
}
