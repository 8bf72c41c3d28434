use insta::assert_snapshot;

use super::{begun, does, done, next, on};

#[test]
fn what_has_safety_questions_is_named_by_next_alone() {
    let sandbox = begun();
    does(&sandbox, 0, "promise", "ada");
    done(&sandbox, 2, &["promise", "missed", "last"]);
    assert_eq!(next(&sandbox, 2)["exercise"], "setback");
    assert_snapshot!(on(&sandbox, 2, &["next"]), @"
    Next: After a broken promise, about 18 minutes
    Week 1 of about 8 in “Reliable again”

    Why now: It fits now: a promise has been missed in the last week.
    A short private page on safety comes first. Nothing about it is kept.

    Do it: trust-coach next --go
    Another day: trust-coach plan postpone
    Skip it: trust-coach plan skip
    --- exit 0 ---
    ");
    let home = done(&sandbox, 2, &[]);
    assert!(
        home.contains("Your plan has a next step\n  trust-coach next --go"),
        "{home}"
    );
    let short = done(&sandbox, 2, &["next", "--short"]);
    for said in [&home, &short, &done(&sandbox, 2, &["due"])] {
        assert!(
            !said.contains("broken promise") && !said.contains("setback"),
            "{said}"
        );
    }
    assert!(short.ends_with("a plan step today\n"), "{short}");
    // After two weeks it isn't offered any more.
    assert_eq!(next(&sandbox, 17)["exercise"], "reliability-review");
}

#[test]
fn home_shows_what_is_next_and_nothing_while_it_waits() {
    let sandbox = begun();
    let home = done(&sandbox, 0, &[]);
    let line = "Next in your plan: One promise you can keep, about";
    assert!(
        home.contains(line) && home.contains("trust-coach next --go"),
        "{home}"
    );
    does(&sandbox, 0, "promise", "ada");
    let home = done(&sandbox, 1, &[]);
    assert!(!home.contains("your plan"), "{home}");
}
