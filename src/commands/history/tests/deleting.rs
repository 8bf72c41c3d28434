use insta::assert_snapshot;

use super::*;

#[test]
fn deleting_asks_for_the_name_and_says_which_file() {
    let home = three();
    let ran = run_line(home.path(), "delete 9f", Some(80), "\n");
    assert!(matches!(ran.exit, Ok(Exit::Failed)));
    assert_snapshot!(ran.err, @"
    This removes one session for good: A full apology, begun 2026-11-22 18:00.
    Its file is ~/sessions/2026/11/20261122T170000.000Z-9f3a61c2.toml
    Type 9f3a61c2 to remove it, or press Enter to keep it.
    Session: Nothing was removed.
    ");
    assert_eq!(list_of(home.path(), "").lines().count(), 3);
    let ran = run_line(home.path(), "delete 9f", Some(80), "9f3a61c2\n");
    assert!(matches!(ran.exit, Ok(Exit::Done)));
    assert_eq!(list_of(home.path(), "").lines().count(), 2);
}

#[test]
fn deleting_without_a_terminal_needs_a_yes() {
    let home = three();
    let error = run_line(home.path(), "delete last", None, "9f3a61c2\n").exit;
    assert_eq!(error.unwrap_err().exit, Exit::InputNeeded);
    let ran = run_line(home.path(), "delete last --yes", None, "");
    assert!(matches!(ran.exit, Ok(Exit::Done)));
    assert_eq!(
        ran.err,
        "Removed ~/sessions/2026/11/20261122T170000.000Z-9f3a61c2.toml\n"
    );
    assert_eq!(list_of(home.path(), "").lines().count(), 2);
}

#[test]
fn a_session_that_cannot_be_read_can_be_deleted() {
    let home = three();
    let path = store(home.path())
        .sessions()
        .path("20261122T170000.000Z-9f3a61c2");
    fs::write(&path, "half a").unwrap();
    let ran = run_line(home.path(), "delete 9f3a", Some(80), "9f3a61c2\n");
    assert!(matches!(ran.exit, Ok(Exit::Done)));
    assert!(!path.exists());
}
