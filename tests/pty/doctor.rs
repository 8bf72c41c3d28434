//! `doctor` at a terminal asks what to repair.

use std::fs;
use std::path::PathBuf;

use crate::harness::{SMALL, USUAL};
use crate::session::{Home, TEA};

/// A home with a file that can’t be read, which has, as its folders, the mode of the test’s umask.
fn broken() -> (Home, PathBuf) {
    let home = Home::with(TEA);
    let month = home.path().join("sessions/2026/11");
    fs::create_dir_all(&month).unwrap();
    let broken = month.join("20261122T174501.032Z-9f3a61c2.toml");
    fs::write(&broken, "half a").unwrap();
    (home, broken)
}

#[test]
fn what_is_agreed_to_is_repaired_and_nothing_else() {
    let (home, broken) = broken();
    let mut screen = home.open(&["doctor"], USUAL);
    let rows = screen.wait_words("Numbers:");
    let row = rows.iter().find(|row| row.contains("Move it to")).unwrap();
    let number = row.split_whitespace().next().unwrap();
    screen.send(&format!("{number}\r"));
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

#[test]
fn no_command_and_no_enter_alone_agrees_to_anything() {
    for (keys, code) in [
        ("/leave\r", 0),
        ("/LEAVE \r", 0),
        ("/pause\r", 4),
        ("/exit\r", 4),
        ("\r", 6),
        ("none\r", 6),
    ] {
        let (home, broken) = broken();
        let mut screen = home.open(&["doctor"], SMALL);
        screen.wait_words("Numbers:");
        screen.send(keys);
        if code == 0 {
            screen.wait_words("Clear all older text");
            screen.wait_last_row("[y/N]");
            screen.send("\r");
        }
        assert_eq!(screen.wait_exit(), code, "{keys:?}");
        assert_eq!(fs::read_to_string(broken).unwrap(), "half a", "{keys:?}");
        assert!(!home.path().join("quarantine").exists(), "{keys:?}");
    }
}
