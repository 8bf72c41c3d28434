//! Two people follow the plan for both after a betrayal: between its parts it waits until both want
//! to go on, and nothing of it comes before.

use super::{does, done, next};
use crate::common::Sandbox;

fn stage(sandbox: &Sandbox, after: i64) -> String {
    let next = next(sandbox, after);
    let word = |key: &str| next[key].as_str().unwrap_or("-").to_string();
    format!("{} {}", word("now"), word("stage"))
}

/// Two who have practised listening with small things.
fn practised() -> Sandbox {
    let sandbox = Sandbox::new();
    done(&sandbox, 0, &["plan", "start", "after-a-betrayal"]);
    does(&sandbox, 0, "time-out", "kettle");
    for day in [3, 7, 11] {
        assert_eq!(stage(&sandbox, day), "do small-talk");
        does(&sandbox, day, "speaker-listener", "closed");
    }
    sandbox
}

#[test]
fn no_part_begins_before_both_want_to_go_on_and_it_is_over() {
    let sandbox = practised();
    assert_eq!(stage(&sandbox, 14), "do ready-to-hear");
    does(&sandbox, 14, "before-you-go-on", "wait");
    assert_eq!(stage(&sandbox, 15), "offer not-over");
    does(&sandbox, 16, "find-help", "petra");
    assert_eq!(stage(&sandbox, 17), "wait ready-to-hear");
    assert_eq!(stage(&sandbox, 21), "do ready-to-hear");
    does(&sandbox, 21, "before-you-go-on", "on");
    assert_eq!(stage(&sandbox, 22), "wait what-it-did");
    assert_eq!(stage(&sandbox, 23), "do what-it-did");
    does(&sandbox, 23, "hear-the-hurt", "bench");
    done(&sandbox, 30, &["plan", "skip"]);
    // That they wanted it once doesn’t open the next part.
    assert_eq!(stage(&sandbox, 34), "do ready-to-say");
    does(&sandbox, 34, "before-you-go-on", "wait");
    for day in [35, 38, 60] {
        let stage = stage(&sandbox, day);
        assert!(!stage.contains("sorry"), "{stage}");
    }
    does(&sandbox, 61, "before-you-go-on", "on");
    assert_eq!(stage(&sandbox, 63), "do sorry");
}

#[test]
fn what_was_too_strong_to_tell_is_followed_by_no_apology() {
    let sandbox = Sandbox::new();
    done(&sandbox, 0, &["plan", "start", "after-a-betrayal"]);
    does(&sandbox, 0, "time-out", "kettle");
    for day in [3, 7, 11] {
        does(&sandbox, day, "speaker-listener", "closed");
    }
    does(&sandbox, 14, "before-you-go-on", "on");
    assert_eq!(stage(&sandbox, 16), "do what-it-did");
    does(&sandbox, 16, "hear-the-hurt", "too-strong");
    // It was too strong that day, so nothing was heard, and no apology follows it.
    done(&sandbox, 17, &["plan", "skip"]);
    assert_eq!(stage(&sandbox, 24), "do questions");
}
