use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use super::{at, promised};
use crate::common::Sandbox;

#[test]
fn a_promise_says_its_days_and_its_name() {
    let sandbox = Sandbox::new();
    let file = sandbox.write("what.txt", "I'll write before six.\n");
    let file = file.to_str().unwrap();
    let add = ["promise", "add", "--what-file", file, "--when"];
    assert_snapshot!(at(&sandbox, 27, "19:10", &[&add[..], &["weekdays until friday"]].concat()), @"
    --- stderr ---
    It’s due on weekdays until Friday 4 December 2026: 5 days.
    Followed as [fact1]. From Monday 30 November on, say how it went:
    trust-coach promise kept [fact1]
    --- exit 0 ---
    ");
    assert_snapshot!(at(&sandbox, 27, "19:11", &[&add[..], &["once on sunday"]].concat()), @"
    --- stderr ---
    It’s due once on Sunday 29 November 2026.
    Followed as [fact2]. On that day, say how it went:
    trust-coach promise kept [fact2]
    --- exit 0 ---
    ");
    assert_snapshot!(at(&sandbox, 27, "19:12", &[&add[..], &["each sunday", "--no-end"]].concat()), @"
    --- stderr ---
    It’s due on Sundays, first on Sunday 29 November.
    Followed as [fact3]. From Sunday 29 November on, say how it went:
    trust-coach promise kept [fact3]
    --- exit 0 ---
    ");
    let json = at(
        &sandbox,
        27,
        "19:13",
        &[&add[..], &["each sunday for 4 weeks", "--json"]].concat(),
    );
    assert_snapshot!(json, @r#"
    {
      "format": "1.0",
      "promise": "20261127T181300.000Z-[fact4]",
      "rule": "on Sundays from Sunday 29 November 2026 until Friday 25 December 2026"
    }
    --- exit 0 ---
    "#);
}

#[test]
fn a_first_day_that_is_over_already_is_said() {
    let sandbox = Sandbox::new();
    let when = ["--when", "each day from yesterday until friday"];
    let add = [&["promise", "add", "I'll write."], &when[..]].concat();
    assert_snapshot!(at(&sandbox, 27, "19:10", &add), @"
    --- stderr ---
    It’s due each day from Thursday 26 November 2026 until Friday 27
    November 2026: 2 days.
    Followed as [fact1]. Say how it went: trust-coach promise kept [fact1]
    --- exit 0 ---
    ");
}

#[test]
fn of_a_promise_that_is_over_already_its_days_are_looked_at() {
    let sandbox = Sandbox::new();
    let add = ["promise", "add", "I'll cook.", "--when", "once yesterday"];
    assert_snapshot!(at(&sandbox, 27, "19:10", &add), @"
    --- stderr ---
    It’s due once on Thursday 26 November 2026.
    Followed as [fact1]. Say how it went: trust-coach promise look
    --- exit 0 ---
    ");
}

#[test]
fn a_promise_that_watches_over_somebody_is_followed_with_one_soft_line() {
    let sandbox = Sandbox::new();
    let words = "I'll let you check my location.";
    let add = |time: &str, words: &str, more: &[&str]| {
        let args = ["promise", "add", words, "--when", "once on sunday"];
        at(&sandbox, 27, time, &[&args, more].concat())
    };
    assert_snapshot!(add("19:10", words, &[]), @"
    --- stderr ---
    It’s due once on Sunday 29 November 2026.
    Followed as [fact1]. On that day, say how it went:
    trust-coach promise kept [fact1]

    Some of this is about checking up on someone, or asking for permission.
    Couples do sometimes agree on that freely, for a while. But if either of
    you would be afraid to say no, you can talk to someone about it:
    trust-coach support shows numbers. You can also just carry on.
    --- exit 0 ---
    ");
    let json = add("19:11", words, &["--json"]);
    assert!(json.stdout.contains("\"support\": true"), "{json}");
    for offer in [
        "I'll charge your phone.",
        "I'll tell you what I spent before you ask.",
    ] {
        let json = add("19:12", offer, &["--json"]);
        assert!(!json.stdout.contains("support"), "{json}");
        let said = add("19:13", offer, &[]);
        assert!(!said.stderr.contains("trust-coach support"), "{said}");
    }
    for (time, flag) in [("19:14", "--what-file"), ("19:15", "--if-then-file")] {
        let said = |words: &str| {
            let file = sandbox.write("words.txt", words);
            let change = ["promise", "change", "last", flag, file.to_str().unwrap()];
            at(&sandbox, 27, time, &change).stderr
        };
        assert!(said(words).contains("agree on that freely"), "{flag}");
        assert!(
            !said("I'll charge your phone.").contains("freely"),
            "{flag}"
        );
    }
    let made = at(&sandbox, 27, "19:20", &["export", "--ledger"]).to_string();
    assert!(made.contains(words) && !made.contains("support"), "{made}");
}

#[test]
fn a_script_is_told_what_is_missing_or_cannot_be_read() {
    let sandbox = Sandbox::new();
    let add = |args: &[&str]| at(&sandbox, 27, "19:10", &[&["promise", "add"], args].concat());
    assert_snapshot!(add(&[]), @"
    --- stderr ---
    error: what you’ll do is needed, and there’s nobody to ask
    hint: give it with --what-file FILE
    --- exit 3 ---
    ");
    assert_snapshot!(add(&["Call."]), @r#"
    --- stderr ---
    error: when it’s due is needed, and there’s nobody to ask
    hint: give it with --when "weekdays until friday"
    --- exit 3 ---
    "#);
    assert_snapshot!(add(&["Call.", "--when", "weekdays"]), @"
    --- stderr ---
    error: it has no end, and a promise without one is hard to keep
    hint: add one: until 2026-12-04, until friday, for 2 weeks
    hint: if it should go on for good, add --no-end
    --- exit 2 ---
    ");
    assert_snapshot!(add(&["Call.", "--when", "friday week"]), @"
    --- stderr ---
    error: “friday week”: I read “friday”, but not “week”
    hint: you can type: weekdays, each monday, 3 times a week, once on friday
    --- exit 2 ---
    ");
    assert_snapshot!(add(&["Call.", "--when", "on the 31st of each month"]), @"
    --- stderr ---
    error: not every month has day 31
    hint: the last day of each month: on the last day of each month
    hint: only in months that have it: on the 31st of each month, if there is one
    --- exit 2 ---
    ");
    assert_snapshot!(add(&["", "--when", "friday"]), @"
    --- stderr ---
    error: the promise: nothing is written in it
    --- exit 2 ---
    ");
    assert_snapshot!(add(&["Call.", "--when", "friday", "--follows", "5c0e"]), @"
    --- stderr ---
    error: there’s no promise called 5c0e
    hint: there are no promises yet; `trust-coach list` shows what to begin
    --- exit 2 ---
    ");
    assert!(!sandbox.home().join("ledger").exists());
}

#[test]
fn a_promise_that_begins_long_before_what_was_noted_last_may_come_of_a_wrong_clock() {
    let sandbox = promised();
    let add = ["promise", "add", "Call.", "--when", "each day for 2 days"];
    let run = |args: &[&str]| {
        let mut command = sandbox.command(args);
        sandbox.finish(command.env(
            "TRUST_COACH_NOW",
            "1970-01-01T01:00:00+01:00[Europe/Berlin]",
        ))
    };
    assert_snapshot!(run(&add), @"
    --- stderr ---
    error: it begins on 2 January 1970, more than a year before what you noted last
    hint: is the clock right? --anyway means it
    --- exit 2 ---
    ");
    let meant = run(&[&add[..], &["--anyway"]].concat());
    assert_eq!(meant.code, Some(0), "{meant}");
    // A day in the past that is meant, with a clock that is right.
    let back = [
        "promise",
        "add",
        "Call.",
        "--when",
        "each day from 2025-11-20 until 2025-11-21",
    ];
    assert_eq!(at(&sandbox, 16, "12:00", &back).code, Some(0));
}

#[test]
fn the_words_of_an_old_answer_become_a_promise() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "home/sessions/2026/11/20261122T174501.032Z-9f3a61c2.toml",
        "format = 1\nid = \"20261122T174501.032Z-9f3a61c2\"\nexercise = \"promise\"\n\
         title = \"One promise you can keep\"\nstate = \"done\"\n\
         started = \"2026-11-22T18:45:01+01:00[Europe/Berlin]\"\n\n[[answers]]\nstep = \"act\"\n\
         kind = \"write\"\nprompt = \"What?\"\nvalue = \"I'll call on Sundays.\"\n",
    );
    let add = |from: &str| {
        at(
            &sandbox,
            27,
            "19:10",
            &["promise", "add", "--from", from, "--when", "sunday"],
        )
    };
    assert_snapshot!(add("9f3a/none"), @"
    --- stderr ---
    error: there are no words in none of session [id1]
    hint: `trust-coach history show [id1]` shows what is there
    --- exit 2 ---
    ");
    assert_snapshot!(add("act"), @"
    --- stderr ---
    error: act names no answer
    hint: name the session, then the step: 9f3a/act
    --- exit 2 ---
    ");
    assert_eq!(add("9f3a/act").code, Some(0));
    assert_snapshot!(at(&sandbox, 27, "19:10", &["promise", "show", "last"]), @"
    I'll call on Sundays.
    It’s due once on Sunday 29 November 2026.

    From the session [id1], One promise you can keep
    --- exit 0 ---
    ");
}

#[test]
fn a_fact_is_its_owners_alone_and_reads_well() {
    let sandbox = promised();
    let ledger = sandbox.home().join("ledger/2026/11");
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&ledger), 0o700);
    let file = std::fs::read_dir(&ledger)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    assert_eq!(mode(&file), 0o600);
    let text = std::fs::read_to_string(&file).unwrap();
    let name = file.file_stem().unwrap().to_str().unwrap();
    assert_snapshot!(text.replace(name, "[id]"), @r#"
    # trust-coach fact. It is never rewritten; `trust-coach promise change` and `undo` add another one.
    format = 1
    id = "[id]"
    about = "promise"
    of = "[id]"
    fact = "made"
    at = "2026-11-15T19:10:00+01:00[Europe/Berlin]"
    what = "I'll send a message before six when I'll be home late."
    to = "Mara"
    rule = "DTSTART;VALUE=DATE:20261116 RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;WKST=MO;UNTIL=20261204"
    "#);
}

#[test]
fn the_help_says_who_can_see_what_is_on_the_command_line() {
    let help = Sandbox::new().run(&["promise", "add", "--help"]);
    let words: Vec<&str> = help.stdout.split_whitespace().collect();
    assert!(words.join(" ").contains("can be seen by others"), "{help}");
}

#[test]
fn words_in_which_nothing_can_be_seen_are_no_promise_and_a_far_end_has_no_count() {
    let sandbox = Sandbox::new();
    let add = |args: &[&str]| at(&sandbox, 27, "19:10", &[&["promise", "add"], args].concat());
    for args in [&["\u{2800}"][..], &["Call.", "--to", "\u{2800} "]] {
        let output = add(&[args, &["--when", "weekdays until friday"]].concat());
        assert_eq!(output.code, Some(2), "{output}");
    }
    assert_snapshot!(add(&["Call.", "--when", "each friday until 9999-12-31"]), @"
    --- stderr ---
    It’s due on Fridays until Friday 31 December 9999.
    Followed as [fact1]. From Friday 4 December on, say how it went:
    trust-coach promise kept [fact1]
    --- exit 0 ---
    ");
}
