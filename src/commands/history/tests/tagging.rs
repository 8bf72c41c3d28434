use insta::assert_snapshot;

use super::*;
use crate::journal::Lock;

#[test]
fn tags_are_put_on_and_taken_off() {
    let home = three();
    let home = home.path();
    assert_snapshot!(shown(home, "tag 9f our-kitchen repair Repair"), @r"
    --- stderr ---
    Tags of 9f3a61c2: our-kitchen, repair
    exit 0
    ");
    assert_snapshot!(shown(home, "tag 9f"), @r"
    our-kitchen
    repair
    exit 0
    ");
    assert_snapshot!(shown(home, "tag 9f again --remove REPAIR --remove our-kitchen"), @r"
    --- stderr ---
    Tags of 9f3a61c2: again
    exit 0
    ");
    assert_snapshot!(shown(home, "tag 9f --remove again"), @r"
    --- stderr ---
    Tags of 9f3a61c2: none
    exit 0
    ");
    assert_snapshot!(shown(home, "tag 9f"), @"exit 0");
}

#[test]
fn a_tag_has_nothing_in_it_that_nobody_sees() {
    let home = three();
    let home = home.path();
    for typed in ["x\u{200b}y", "\u{feff}xy", "x\u{2060}y\u{e0041}", "xy"] {
        let told = shown(home, &format!("tag 9f {typed}"));
        assert!(told.contains("Tags of 9f3a61c2: xy\n"), "{typed:?}: {told}");
        let text = fs::read_to_string(store(home).sessions().path("20261122T170000.000Z-9f3a61c2"));
        assert!(text.unwrap().contains("[\"xy\"]"), "{typed:?}");
        shown(home, "tag 9f --remove x\u{200b}y");
    }
    let shown = shown(home, "tag 9f می‌خواهم");
    assert!(shown.contains("می‌خواهم"), "{shown}");
}

#[test]
fn what_is_no_tag_changes_nothing() {
    let home = three();
    let home = home.path();
    let before = fs::read(store(home).sessions().path("20261122T170000.000Z-9f3a61c2")).unwrap();
    assert_snapshot!(shown(home, "tag 9f fine a,b"), @r"
    error: not a tag: a,b
    hint: a tag is one word, such as repair or our-kitchen
    exit 2
    ");
    assert_snapshot!(shown(home, "tag 9f this-is-much-too-long-for-a-tag"), @"
    error: the tag this-is-much-too-long-for-a-tag is too long
    hint: use 24 letters at most
    exit 2
    ");
    assert_snapshot!(shown(home, "tag 9f \u{1b}[2J"), @r"
    error: not a tag: \u{1b}[2J
    hint: a tag is one word, such as repair or our-kitchen
    exit 2
    ");
    assert_snapshot!(shown(home, "tag 9f fine --remove none"), @r"
    error: session 9f3a61c2 has no tag none
    hint: it has no tags
    exit 2
    ");
    assert_snapshot!(shown(home, "tag 0000001a --remove none"), @r"
    error: session 0000001a has no tag none
    hint: it has Home, calm
    exit 2
    ");
    assert_snapshot!(shown(home, "tag nobody fine"), @"
    error: there’s no session called nobody
    hint: the newest is 9f3a61c2; `trust-coach history` shows more
    exit 2
    ");
    let after = fs::read(store(home).sessions().path("20261122T170000.000Z-9f3a61c2")).unwrap();
    assert_eq!(before, after);
}

#[test]
fn a_session_that_is_open_elsewhere_gets_no_tag() {
    let home = three();
    let id = "20261122T170000.000Z-9f3a61c2";
    let _lock = Lock::take(&store(home.path()), id).unwrap();
    let told = shown(home.path(), "tag 9f fine").replace(&std::process::id().to_string(), "PID");
    assert_snapshot!(told, @r"
    error: session 9f3a61c2 is open in another window (process PID)
    hint: continue there, or close it first
    exit 1
    ");
}

#[test]
fn what_this_program_does_not_know_stays_in_the_file() {
    let home = three();
    let path = store(home.path())
        .sessions()
        .path("20261122T170000.000Z-9f3a61c2");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        text.replace("tags = []", "tags = []\nmood = \"rain\""),
    )
    .unwrap();
    shown(home.path(), "tag 9f fine");
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("tags = [\"fine\"]\nmood = \"rain\"\n"),
        "{text}"
    );
}

#[test]
fn the_path_of_a_session_is_printed_alone() {
    let home = three();
    let found = shown(home.path(), "path 9f").replace(&*home.path().to_string_lossy(), "~");
    assert_snapshot!(found, @r"
    ~/sessions/2026/11/20261122T170000.000Z-9f3a61c2.toml
    exit 0
    ");
    assert_snapshot!(shown(home.path(), "path 77"), @"
    error: there’s no session called 77
    hint: the newest is 9f3a61c2; `trust-coach history` shows more
    exit 2
    ");
}
