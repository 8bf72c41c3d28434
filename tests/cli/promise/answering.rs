use insta::assert_snapshot;

use super::{answered, at, promised};
use crate::common::files;

#[test]
fn days_are_answered_one_by_one_in_a_stretch_or_all_at_once() {
    let sandbox = promised();
    let say = |time: &str, args: &[&str]| at(&sandbox, 27, time, &[&["promise"], args].concat());
    assert_snapshot!(say("19:10", &["kept", "last"]), @"
    --- stderr ---
    Noted for [fact1]: Friday 27 November, kept.
    --- exit 0 ---
    ");
    assert_snapshot!(say("19:11", &["missed", "last", "2026-11-16..2026-11-18"]), @"
    --- stderr ---
    Noted for [fact1]: 3 days, missed.
    That’s the third in two weeks. It’s probably not a lack of willpower: it
    may be the wrong promise, or too big a one. `trust-coach promise change`
    makes it smaller, and `trust-coach promise let-go` ends it.
    --- exit 0 ---
    ");
    assert_snapshot!(say("19:12", &["kept", "last", "--every"]), @"
    --- stderr ---
    Noted for [fact1]: 6 days, kept.
    --- exit 0 ---
    ");
    assert_snapshot!(say("19:13", &["kept", "last", "--every"]), @"
    --- stderr ---
    error: every day of [fact1] has an answer
    --- exit 2 ---
    ");
    assert_eq!(at(&sandbox, 27, "19:14", &["due", "--count"]).stdout, "0\n");
}

#[test]
fn an_old_promise_is_due_today_and_a_range_that_is_too_long_is_refused() {
    let sandbox = promised();
    let say = |args: &[&str]| at(&sandbox, 27, "19:10", args);
    let when = "each day from 2000-01-01 until 2026-12-31";
    let added = say(&["promise", "add", "Write.", "--when", when, "--anyway"]);
    assert!(added.stderr.contains("It’s due"), "{}", added.stderr);
    let kept = say(&["promise", "kept", "last", "2000-01-01..2026-11-27"]);
    let refused =
        "too many days from 2000-01-01 to 2026-11-27\nhint: a range takes fewer than 4000 days";
    assert!(kept.stderr.contains(refused), "{}", kept.stderr);
    let due = say(&["due", "--json"]).stdout;
    let today = "\"on\": \"2026-11-27\"";
    assert_eq!(due.matches(today).count(), 2, "{due}");
    say(&["promise", "kept", "last"]);
    let due = say(&["due", "--json"]).stdout;
    assert_eq!(due.matches(today).count(), 1, "{due}");
}

#[test]
fn all_that_is_wrong_is_told_together_and_nothing_is_saved() {
    let sandbox = promised();
    let say = |args: &[&str]| {
        at(
            &sandbox,
            27,
            "19:10",
            &[&["promise", "kept"], args].concat(),
        )
    };
    let before = files(&sandbox.home().join("ledger"));
    assert_snapshot!(say(&["last", "2026-11-21"]), @"
    --- stderr ---
    error: Saturday 21 November isn’t one of the days of [fact1]
    hint: the days around it are Friday 20 November and Monday 23 November
    --- exit 2 ---
    ");
    assert_snapshot!(say(&["last", "2026-12-01"]), @"
    --- stderr ---
    error: Tuesday 1 December is still to come
    hint: before the day, you can only use `trust-coach promise change` and `promise skip`
    --- exit 2 ---
    ");
    assert_snapshot!(say(&["last", "ffff", "yesterday", "2026-11-22", "2026-12-01", "fryday"]), @"
    --- stderr ---
    error: 4 things aren’t right, and nothing was saved
      not a day: fryday
      there’s no promise called ffff
      Sunday 22 November isn’t one of the days of [fact1]
      Tuesday 1 December is still to come
    hint: names of promises come first, then days: today, friday, 2026-11-16..2026-11-20
    hint: `trust-coach promise` shows the ones there are
    hint: the days around it are Friday 20 November and Monday 23 November
    hint: before the day, you can only use `trust-coach promise change` and `promise skip`
    --- exit 2 ---
    ");
    assert_snapshot!(say(&["yesterday"]), @"
    --- stderr ---
    error: no promise is named
    hint: `last` is the newest; `trust-coach promise` shows them all
    --- exit 2 ---
    ");
    assert_snapshot!(say(&["last", "2026-11-21..2026-11-22"]), @"
    --- stderr ---
    error: [fact1] has no day from 2026-11-21 to 2026-11-22
    --- exit 2 ---
    ");
    assert_snapshot!(say(&["last", "--times", "2"]), @"
    --- stderr ---
    error: [fact1] isn’t a number of times a week
    hint: leave --times out
    --- exit 2 ---
    ");
    assert_eq!(files(&sandbox.home().join("ledger")), before);
}

#[test]
fn the_same_answer_twice_is_one() {
    let sandbox = promised();
    let kept = |time: &str| at(&sandbox, 27, time, &["promise", "kept", "last"]);
    kept("19:10");
    let count = files(&sandbox.home().join("ledger")).len();
    assert_snapshot!(kept("19:11"), @"
    --- stderr ---
    Noted already for [fact1]: Friday 27 November, kept.
    --- exit 0 ---
    ");
    assert_eq!(files(&sandbox.home().join("ledger")).len(), count);
    let both = ["promise", "kept", "last", "2026-11-25", "2026-11-27"];
    assert_snapshot!(at(&sandbox, 27, "19:12", &both), @"
    --- stderr ---
    Noted for [fact1]: Wednesday 25 November, kept.
    Noted already for [fact1]: Friday 27 November, kept.
    --- exit 0 ---
    ");
}

#[test]
fn one_day_alone_is_told_as_what_it_was() {
    for (said, told) in [
        ("kept", "Kept on the one day you answered."),
        ("part", "Kept in part on the one day you answered."),
        ("missed", "Not kept on the one day you answered."),
        (
            "repaired",
            "Missed, and put right, on the one day you answered.",
        ),
    ] {
        let sandbox = promised();
        at(&sandbox, 27, "19:10", &["promise", said, "last"]);
        let shown = at(&sandbox, 27, "19:20", &["promise", "show", "last"]);
        assert!(shown.stdout.contains(told), "{shown}");
    }
}

#[test]
fn with_the_clock_set_back_the_answer_that_was_given_last_counts() {
    let sandbox = promised();
    at(
        &sandbox,
        27,
        "19:10",
        &["promise", "missed", "last", "2026-11-25"],
    );
    at(
        &sandbox,
        27,
        "18:10",
        &["promise", "kept", "last", "2026-11-25"],
    );
    let shown = at(
        &sandbox,
        27,
        "19:20",
        &["promise", "show", "last", "--json"],
    );
    let shown: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
    assert_eq!(shown["counts"]["kept"], 1);
    assert_eq!(shown["counts"]["missed"], 0);
}

#[test]
fn so_many_times_a_week_is_one_day_with_a_number() {
    let sandbox = crate::common::Sandbox::new();
    let run = |day: u8, args: &[&str]| at(&sandbox, day, "19:10", &[&["promise"], args].concat());
    run(9, &["add", "Walk.", "--when", "3 times a week for 4 weeks"]);
    assert_snapshot!(run(15, &["kept", "last", "--times", "2"]), @"
    --- stderr ---
    error: there’s no promise called last
    hint: there are no promises yet; `trust-coach list` shows what to begin
    --- exit 2 ---
    ");
    assert_snapshot!(run(15, &["part", "last", "--times", "2"]), @"
    --- stderr ---
    error: there’s no promise called last
    hint: there are no promises yet; `trust-coach list` shows what to begin
    --- exit 2 ---
    ");
    assert_snapshot!(run(16, &["show", "last"]), @"
    --- stderr ---
    error: there’s no promise called last
    hint: there are no promises yet; `trust-coach list` shows what to begin
    --- exit 2 ---
    ");
}

#[test]
fn programs_get_what_was_saved() {
    let sandbox = promised();
    let said = at(
        &sandbox,
        27,
        "19:10",
        &["promise", "kept", "last", "--json"],
    );
    assert_snapshot!(said, @r#"
    {
      "format": "1.0",
      "saved": [
        {
          "promise": "20261115T181000.000Z-[fact1]",
          "fact": "20261127T181000.000Z-[fact2]",
          "on": "2026-11-27",
          "is": "kept"
        }
      ]
    }
    --- exit 0 ---
    "#);
}

#[test]
fn a_remark_stands_beside_the_answer() {
    let sandbox = answered();
    let note = sandbox.write("note.txt", "Told her the same evening.\n");
    let note = note.to_str().unwrap();
    at(
        &sandbox,
        27,
        "19:10",
        &["promise", "part", "last", "2026-11-24", "--note-file", note],
    );
    let shown = at(&sandbox, 27, "19:20", &["promise", "show", "last"]).stdout;
    assert!(
        shown.contains("24 Nov  partly kept\n        Told her the same evening."),
        "{shown}"
    );
}

#[test]
fn days_that_are_none_are_told_as_days() {
    let sandbox = promised();
    for (day, why) in [
        ("2026-11-20..2026-11-16", "2026-11-20 is after 2026-11-16"),
        ("2027-02-29", "not a day: 2027-02-29"),
        ("2026-11-16..", "not a day: 2026-11-16.."),
        ("..", "not a day: .."),
        ("last week", "not a day: last week"),
        ("2 weeks", "not a day: 2 weeks"),
    ] {
        let output = at(&sandbox, 27, "19:10", &["promise", "kept", "last", day]);
        assert_eq!(output.code, Some(2), "{output}");
        assert!(output.stderr.contains(why), "{output}");
    }
}

#[test]
fn words_that_no_fact_has_room_for_are_refused_as_such() {
    let sandbox = promised();
    sandbox.write("long.txt", "word ".repeat(4000));
    for args in [
        &["promise", "note", "last", "--text-file", "long.txt"][..],
        &["promise", "kept", "last", "--note-file", "long.txt"],
    ] {
        let output = at(&sandbox, 27, "19:10", args);
        assert_eq!(output.code, Some(2), "{output}");
        assert!(output.stderr.contains("more than 16 KiB"), "{output}");
    }
}
