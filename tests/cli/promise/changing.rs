use insta::assert_snapshot;

use super::{answered, at, promised};
use crate::common::{Sandbox, files};

fn on(sandbox: &Sandbox, day: u8, time: &str, args: &[&str]) -> String {
    at(sandbox, day, time, &[&["promise"], args].concat()).to_string()
}

#[test]
fn a_day_without_an_occasion_counts_neither_way() {
    let sandbox = promised();
    let skip = |args: &[&str]| on(&sandbox, 17, "19:10", &[&["skip", "last"], args].concat());
    assert_snapshot!(skip(&["2026-11-19..2026-11-20", "--cause", "away"]), @"
    --- stderr ---
    Noted for [fact1]: 2 days, didn’t come up.
    --- exit 0 ---
    ");
    assert_snapshot!(skip(&["saturday"]), @"
    --- stderr ---
    error: Saturday 21 November isn’t one of the days of [fact1]
    hint: the days around it are Friday 20 November and Monday 23 November
    --- exit 2 ---
    ");
    assert_snapshot!(on(&sandbox, 20, "19:10", &["show", "last"]), @"
    I'll send a message before six when I'll be home late.
    To Mara. It’s due on weekdays from Monday 16 November 2026 until Friday
    4 December 2026.

            Mon  Tue  Wed  Thu  Fri
    16 Nov    .    .    .    s    s

    . no answer yet 3   s didn’t come up 2
    --- exit 0 ---
    ");
}

#[test]
fn a_day_is_moved_in_time_or_dropped_and_not_afterwards() {
    let sandbox = promised();
    let change = |day: u8, time: &str, args: &[&str]| {
        on(&sandbox, day, time, &[&["change", "last"], args].concat())
    };
    assert_snapshot!(change(17, "19:10", &["--on", "thursday", "--to-day", "saturday"]), @"
    --- stderr ---
    Noted for [fact1]: Thursday 19 November goes to Saturday 21 November.
    --- exit 0 ---
    ");
    assert_snapshot!(change(17, "19:11", &["--on", "2026-11-20", "--drop"]), @"
    --- stderr ---
    Noted for [fact1]: Friday 20 November is dropped.
    --- exit 0 ---
    ");
    assert_snapshot!(change(17, "19:12", &["--on", "2026-11-18", "--to-day", "2026-11-19"]), @"
    --- stderr ---
    error: Thursday 19 November is one of its days already
    hint: move it to another day, or --drop it
    --- exit 2 ---
    ");
    assert_snapshot!(change(17, "19:13", &["--on", "2026-11-18"]), @"
    --- stderr ---
    error: where does it go?
    hint: --to-day DAY moves it, and --drop drops it
    --- exit 2 ---
    ");
    assert_snapshot!(change(17, "19:14", &["--on", "2026-11-16", "--drop"]), @"
    --- stderr ---
    error: that was after the day
    hint: `trust-coach promise missed` or `repaired` fits, and you can make a new one
    --- exit 2 ---
    ");
    assert_snapshot!(change(17, "19:15", &["--on", "2026-11-16", "--drop", "--told", "2026-11-16 12:00"]), @"
    --- stderr ---
    Noted for [fact1]: Monday 16 November is dropped.
    --- exit 0 ---
    ");
    on(&sandbox, 21, "20:00", &["kept", "last"]);
    assert_snapshot!(on(&sandbox, 21, "20:10", &["show", "last"]), @"
    I'll send a message before six when I'll be home late.
    To Mara. It’s due on weekdays from Monday 16 November 2026 until Friday
    4 December 2026.

            Mon  Tue  Wed  Thu  Fri  Sat
    16 Nov    c    .    .    c    c    k

    c changed in time 3   . no answer yet 2   k kept 1
    Kept on the one day you answered.

    16 Nov  changed in time, dropped
    19 Nov  changed in time, to Saturday 21 November: kept
    20 Nov  changed in time, dropped
    --- exit 0 ---
    ");
}

#[test]
fn on_its_first_day_a_promise_is_mended_and_later_it_changes_from_a_day_on() {
    let sandbox = promised();
    let what = sandbox.write("what.txt", "I'll write before seven.");
    let what = what.to_str().unwrap();
    assert_snapshot!(on(&sandbox, 15, "19:20", &["change", "last", "--what-file", what]), @"
    --- stderr ---
    Noted for [fact1]: mended.
    --- exit 0 ---
    ");
    let shown = on(&sandbox, 15, "19:30", &["show", "last"]);
    assert!(
        shown.contains("before seven") && !shown.contains("before six"),
        "{shown}"
    );
    assert!(!shown.contains("Since"), "{shown}");
    let smaller = ["change", "last", "--when", "each monday until 2026-12-14"];
    assert_snapshot!(on(&sandbox, 20, "19:20", &smaller), @"
    --- stderr ---
    Noted for [fact1]: changed from Monday 23 November on.
    --- exit 0 ---
    ");
    let what = sandbox.write("what.txt", "I'll write before eight.");
    let what = what.to_str().unwrap();
    on(
        &sandbox,
        20,
        "19:21",
        &["change", "last", "--what-file", what, "--since", "monday"],
    );
    assert_snapshot!(on(&sandbox, 27, "19:20", &["show", "last", "--all"]), @"
    I'll write before eight.
    To Mara. It’s due on Mondays from Monday 23 November 2026 until Monday
    14 December 2026.
    Since Monday 23 November: I'll write before eight.

            Mon  Tue  Wed  Thu  Fri
    16 Nov    .    .    .    .    .
    23 Nov    .

    . no answer yet 6

    2026-11-15 19:10  [fact1]  made
    2026-11-15 19:20  [fact2]  changed
    2026-11-20 19:20  [fact3]  changed
    2026-11-20 19:21  [fact4]  changed
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 27, "19:20", &["change", "last"]), @"
    --- stderr ---
    error: nothing is changed yet
    hint: --on DAY with --to-day DAY or --drop moves one day
    hint: --when, --what-file, --if-then-file and --to change the promise
    --- exit 2 ---
    ");
}

#[test]
fn a_promise_is_let_go_and_its_past_stays() {
    let sandbox = answered();
    assert_snapshot!(on(&sandbox, 27, "19:10", &["let-go", "last"]), @"
    --- stderr ---
    Let go: [fact1]. What you said about it stays.
    --- exit 0 ---
    ");
    assert_eq!(at(&sandbox, 27, "19:20", &["due", "--count"]).stdout, "0\n");
    assert_snapshot!(on(&sandbox, 27, "19:20", &["list", "--ended"]), @"
    [fact1]  on weekdays until Friday 4 December 2026
      I'll send a message before six when I'll be home late.
      To Mara. Let go on Friday 27 November. Kept 5 of the 7 days you
      answered.
    --- exit 0 ---
    ");
}

#[test]
fn what_was_said_last_is_taken_back_step_by_step() {
    let sandbox = promised();
    on(&sandbox, 18, "19:10", &["missed", "last"]);
    on(&sandbox, 18, "19:11", &["repaired", "last"]);
    assert_snapshot!(on(&sandbox, 18, "19:12", &["undo", "last"]), @"
    --- stderr ---
    Taken back: “repaired” for Wednesday 18 November.
    --- exit 0 ---
    ");
    let shown = on(&sandbox, 18, "19:13", &["show", "last"]);
    assert!(shown.contains("m missed 1"), "{shown}");
    assert_snapshot!(on(&sandbox, 18, "19:14", &["undo", "last"]), @"
    --- stderr ---
    Taken back: “missed” for Wednesday 18 November.
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 18, "19:15", &["undo", "last"]), @"
    --- stderr ---
    error: nothing was said about [fact1] yet
    hint: `trust-coach promise delete [fact1]` removes the promise
    --- exit 2 ---
    ");
    assert_snapshot!(on(&sandbox, 18, "19:16", &["undo", "last", "--fact", "ffffffff"]), @"
    --- stderr ---
    error: nothing said about [fact1] is called ffffffff
    hint: `trust-coach promise show [fact1] --all` shows names
    --- exit 2 ---
    ");
}

#[test]
fn a_remark_is_added_to_a_promise() {
    let sandbox = promised();
    let text = sandbox.write("text.txt", "We spoke about it.\n");
    let text = text.to_str().unwrap();
    assert_snapshot!(on(&sandbox, 18, "19:10", &["note", "last", "--text-file", text]), @"
    --- stderr ---
    Added to [fact1].
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 18, "19:11", &["note", "last"]), @"
    --- stderr ---
    error: a remark is needed, and there’s nobody to ask
    hint: give it with --text-file FILE, or --text-file - for standard input
    --- exit 3 ---
    ");
    let shown = on(&sandbox, 18, "19:12", &["show", "last"]);
    assert!(shown.contains("18 Nov  We spoke about it."), "{shown}");
}

#[test]
fn a_promise_is_deleted_only_by_its_name() {
    let sandbox = answered();
    let ledger = sandbox.home().join("ledger");
    let mut all = files(&ledger);
    all.sort();
    let name = all[0].file_stem().unwrap().to_str().unwrap();
    let short = name.rsplit_once('-').unwrap().1;
    assert_snapshot!(on(&sandbox, 27, "19:10", &["delete", "last"]), @"
    --- stderr ---
    error: promise [fact1] is removed only after asking, and there’s nobody to ask
    hint: --confirm [fact1] removes it without asking
    --- exit 3 ---
    ");
    assert_snapshot!(on(&sandbox, 27, "19:10", &["delete", "last", "--confirm", "ffff"]), @"
    --- stderr ---
    Nothing was removed: its name is [fact1].
    --- exit 1 ---
    ");
    let gone = on(
        &sandbox,
        27,
        "19:10",
        &["delete", "last", "--confirm", short],
    );
    assert_snapshot!(gone.replace(short, "[gone]"), @"
    --- stderr ---
    Removed [gone]: 9 files.
    --- exit 0 ---
    ");
    assert_eq!(files(&ledger), [] as [std::path::PathBuf; 0]);
}

#[test]
fn after_a_miss_an_exercise_is_offered_and_after_three_something_smaller() {
    let sandbox = promised();
    assert_snapshot!(on(&sandbox, 18, "19:10", &["missed", "last"]), @"
    --- stderr ---
    Noted for [fact1]: Wednesday 18 November, missed.
    A small miss that’s named soon often stays small. There’s an exercise
    for it, about 18 minutes: trust-coach exercise setback --about [fact1]
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 18, "19:11", &["missed", "last", "2026-11-16..2026-11-17"]), @"
    --- stderr ---
    Noted for [fact1]: 2 days, missed.
    That’s the third in two weeks. It’s probably not a lack of willpower: it
    may be the wrong promise, or too big a one. `trust-coach promise change`
    makes it smaller, and `trust-coach promise let-go` ends it.
    --- exit 0 ---
    ");
    // Words that control somebody are nothing to put right.
    let sandbox = Sandbox::new();
    let words = "I'll ask him before I go out.";
    let made = [
        "promise",
        "add",
        words,
        "--when",
        "weekdays until 2026-12-04",
        "--to",
        "K",
    ];
    at(&sandbox, 15, "19:10", &made);
    let missed = on(&sandbox, 18, "19:10", &["missed", "last"]);
    assert!(missed.contains("missed.\n--- exit 0"), "{missed}");
}

#[test]
fn a_day_is_moved_to_no_day_that_is_over_and_nobody_was_told_in_days_to_come() {
    let sandbox = promised();
    for (args, why) in [
        (
            &["--to-day", "2026-11-14"][..],
            "14 November is over already",
        ),
        (
            &["--to-day", "saturday", "--told", "tomorrow"],
            "you can’t have told them yet",
        ),
    ] {
        let args = [&["promise", "change", "last", "--on", "2026-11-19"], args].concat();
        let output = at(&sandbox, 17, "19:10", &args);
        assert_eq!(output.code, Some(2), "{output}");
        assert!(output.stderr.contains(why), "{output}");
    }
    assert_eq!(files(&sandbox.home().join("ledger")).len(), 1);
}

#[test]
fn a_program_reads_when_somebody_was_told_of_a_day_that_was_moved() {
    let sandbox = promised();
    on(
        &sandbox,
        18,
        "19:10",
        &["change", "last", "--on", "2026-11-19", "--drop"],
    );
    let told = [
        "change",
        "last",
        "--on",
        "2026-11-20",
        "--drop",
        "--told",
        "2026-11-17",
    ];
    on(&sandbox, 18, "19:11", &told);
    let shown = at(
        &sandbox,
        20,
        "19:10",
        &["promise", "show", "last", "--json"],
    );
    let shown: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
    let days = shown["days"].as_array().unwrap().iter();
    let told: Vec<_> = days.filter_map(|day| day["told"].as_str()).collect();
    assert_eq!(
        told,
        ["2026-11-18T19:10:00+01:00[Europe/Berlin]", "2026-11-17"]
    );
}

#[test]
fn another_if_then_sentence_is_a_change_that_is_shown_from_its_day_on() {
    let sandbox = promised();
    let if_then = sandbox.write("if.txt", "If my phone rings at five, I look at the clock.");
    let file = ["--if-then-file", if_then.to_str().unwrap()];
    let change = [&["change", "last", "--since", "2026-11-23"], &file[..]].concat();
    on(&sandbox, 20, "19:20", &change);
    let shown = on(&sandbox, 27, "19:20", &["show", "last"]);
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let since = "Since Monday 23 November: I'll send a message before six when I'll be home late. \
        If my phone rings at five, I look at the clock.";
    assert!(shown.contains(since), "{shown}");
}
