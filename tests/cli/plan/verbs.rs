use insta::assert_snapshot;

use super::{begun, does, done, next, on};
use crate::common::{Sandbox, files};

#[test]
fn a_plan_begins_with_its_caution_and_its_evidence() {
    let sandbox = Sandbox::new();
    assert_snapshot!(on(&sandbox, 0, &["plan", "start", "reliable-again"]), @"
    --- stderr ---
    Reliable again

    You’ll make one small promise, keep it where you can see it, and look
    back at it once a week. If it goes well, you can add a second one. If it
    doesn’t, the next one gets smaller.

    If a week goes by and nothing happens, nothing’s lost. The plan waits
    for you, and nothing piles up.

    When not to do this: Here, a promise is something you’re free not to
    make. If someone makes you promise things, or you’re afraid of what
    happens when you miss one, trust-coach support comes first.

    How strong the evidence is: Parts of this are well tested, with people’s
    own goals: if-then plans, and writing down how it went. Whether that
    makes someone else trust you again is a different question. There the
    evidence is weak: there’s one study with a money game, and none of a
    plan like this one.
    Begun. What’s next: trust-coach next
    --- exit 0 ---
    ");
    let facts = files(&sandbox.home().join("ledger"));
    assert_eq!(facts.len(), 1);
    assert_snapshot!(on(&sandbox, 0, &["plan", "start", "reliable-again"]), @"
    --- stderr ---
    error: you’re already doing reliable-again
    hint: `trust-coach plan stop --plan reliable-again` ends it
    --- exit 2 ---
    ");
    assert_snapshot!(on(&sandbox, 0, &["plan", "start", "enough-to-decide"]), @"
    --- stderr ---
    error: you’re already doing reliable-again
    hint: `trust-coach plan stop --plan reliable-again` ends it
    hint: --beside begins another one beside it
    --- exit 2 ---
    ");
    assert_snapshot!(on(&sandbox, 0, &["plan", "start", "relable-again"]), @"
    --- stderr ---
    error: there’s no plan called relable-again
    hint: did you mean `reliable-again`?
    hint: `trust-coach plan list` shows all of them
    --- exit 2 ---
    ");
    assert_snapshot!(on(&sandbox, 0, &["plan", "start"]), @"
    --- stderr ---
    error: no plan is named
    hint: `trust-coach plan list` shows them all
    --- exit 2 ---
    ");
    assert_eq!(files(&sandbox.home().join("ledger")), facts);
}

#[test]
fn two_plans_are_done_beside_each_other_where_that_was_said() {
    let sandbox = begun();
    done(
        &sandbox,
        1,
        &["plan", "start", "enough-to-decide", "--beside"],
    );
    assert_snapshot!(on(&sandbox, 1, &["plan", "pause"]), @"
    --- stderr ---
    error: you’re doing more than one plan
    hint: say which with --plan: reliable-again, enough-to-decide
    --- exit 2 ---
    ");
    done(&sandbox, 1, &["plan", "pause", "--plan", "reliable-again"]);
    assert_eq!(next(&sandbox, 1)["plan"], "enough-to-decide");
    done(&sandbox, 2, &["plan", "stop", "--plan", "enough-to-decide"]);
    assert_eq!(next(&sandbox, 2)["now"], "paused");
}

#[test]
fn a_plan_is_paused_and_goes_on() {
    let sandbox = begun();
    does(&sandbox, 1, "promise", "ada");
    assert_snapshot!(on(&sandbox, 2, &["plan", "pause"]), @"
    --- stderr ---
    Paused. Go on whenever you like: trust-coach plan resume
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 5, &["next"]), @"
    Nothing today. “Reliable again” waits until you go on.
    You paused the plan on Tuesday 3 November.
    Go on now: trust-coach plan resume
    --- exit 0 ---
    ");
    assert_eq!(next(&sandbox, 60)["now"], "paused");
    assert_snapshot!(on(&sandbox, 60, &["plan", "resume"]), @"
    --- stderr ---
    It goes on. What’s next: trust-coach next
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 60, &["plan", "resume"]), @"
    --- stderr ---
    It isn’t paused. What’s next: trust-coach next
    --- exit 0 ---
    ");
    // A week from the promise on, six of its days still to come.
    assert_eq!(next(&sandbox, 60)["until"], "2027-01-06");
    assert_snapshot!(on(&sandbox, 60, &["plan", "pause", "--until", "in 2 weeks"]), @"
    --- stderr ---
    Paused until Thursday 14 January 2027.
    --- exit 0 ---
    ");
    assert_eq!(next(&sandbox, 61)["until"], "2027-01-14");
    assert_eq!(next(&sandbox, 74)["until"], "2027-01-20");
}

#[test]
fn a_stage_is_put_off_skipped_and_done_all_the_same() {
    let sandbox = begun();
    assert_snapshot!(on(&sandbox, 0, &["plan", "postpone"]), @"
    --- stderr ---
    Put off until Tuesday 3 November.
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 0, &["next"]), @"
    Nothing today. Next is on Tuesday 3 November: One promise you can keep
    Week 1 of about 8 in “Reliable again”

    Why then: The plan begins with it. You put it off until Tuesday 3
    November.
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 2, &["plan", "postpone", "first-look", "--until", "friday"]), @"
    --- stderr ---
    Put off until Friday 6 November.
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 2, &["plan", "postpone", "next week"]), @r#"
    --- stderr ---
    error: there’s no stage next week in reliable-again
    hint: `trust-coach plan --json` has the stages by their ids
    hint: a day goes behind --until: --until "next week"
    --- exit 2 ---
    "#);
    assert_snapshot!(on(&sandbox, 2, &["plan", "skip"]), @"
    --- stderr ---
    Skipped. You can still do it whenever you like. What’s next: trust-coach
    next
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 2, &["plan", "skip", "frist-look"]), @"
    --- stderr ---
    error: there’s no stage frist-look in reliable-again
    hint: did you mean `first-look`?
    hint: `trust-coach plan --json` has the stages by their ids
    --- exit 2 ---
    ");
    done(&sandbox, 2, &["plan", "skip", "first-look"]);
    assert_eq!(next(&sandbox, 2)["stage"], "second-promise");
}

#[test]
fn every_ending_is_as_good_as_another() {
    for ending in ["we-part", "not-ready", "steadier"] {
        let sandbox = begun();
        let stopped = on(&sandbox, 3, &["plan", "stop", "--ending", ending]);
        assert_eq!(stopped.code, Some(0), "{stopped}");
        assert!(
            stopped.stderr.ends_with("Stopped. What you wrote stays.\n"),
            "{stopped}"
        );
        assert_eq!(next(&sandbox, 4)["now"], "none");
        // The same plan can begin again.
        done(&sandbox, 5, &["plan", "start", "reliable-again"]);
        assert_eq!(next(&sandbox, 5)["week"], 1);
    }
    let sandbox = begun();
    assert_snapshot!(on(&sandbox, 3, &["plan", "stop", "--ending", "we-prt"]), @"
    --- stderr ---
    error: reliable-again has no ending we-prt
    hint: did you mean `we-part`?
    hint: its endings: steadier, not-ready, we-part, with-help
    --- exit 2 ---
    ");
    assert_snapshot!(on(&sandbox, 3, &["plan", "stop"]), @"
    --- stderr ---
    Stopped. What you wrote stays.
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 3, &["plan", "stop"]), @"
    --- stderr ---
    error: you aren’t doing a plan
    hint: `trust-coach plan list` shows the plans there are
    --- exit 2 ---
    ");
}

#[test]
fn what_was_done_before_is_counted_in_on_request() {
    let sandbox = Sandbox::new();
    does(&sandbox, -9, "promise", "ada");
    done(&sandbox, 0, &["plan", "start", "reliable-again"]);
    assert_eq!(next(&sandbox, 0)["stage"], "first-promise");
    done(&sandbox, 0, &["plan", "stop"]);
    let args = [
        "plan",
        "start",
        "reliable-again",
        "--count-since",
        "2 weeks ago",
    ];
    done(&sandbox, 0, &args);
    assert_eq!(next(&sandbox, 0)["stage"], "first-look");
}

#[test]
fn a_weekly_stage_keeps_to_the_day_that_was_chosen() {
    let sandbox = Sandbox::new();
    let args = ["plan", "start", "reliable-again", "--weekday", "Wednesday"];
    done(&sandbox, 0, &args);
    for stage in ["first-promise", "first-look", "second-promise"] {
        done(&sandbox, 0, &["plan", "skip", stage]);
    }
    // Skipped on Sunday, a week later at the earliest, on the Wednesday after that.
    assert_eq!(next(&sandbox, 7)["until"], "2026-11-11");
    assert_snapshot!(on(&sandbox, 10, &["next"]), @"
    Next: A look at the week’s promises, about 17 minutes
    Week 2 of about 8 in “Reliable again”

    Why now: “One promise you can keep” before it was skipped. It comes 1
    week later. It comes each Wednesday.
    When a plan begins and every four weeks, a short private page on safety
    comes first. Nothing about it is kept.
    It ends after 5, or after 4 once a promise has been kept on 4 days or
    more in the last 2 weeks.

    Do it: trust-coach next --go
    Another day: trust-coach plan postpone
    Skip it: trust-coach plan skip
    --- exit 0 ---
    ");
    let wrong = on(
        &sandbox,
        0,
        &["plan", "start", "reliable-again", "--weekday", "someday"],
    );
    assert_eq!(wrong.code, Some(2));
}

#[test]
fn what_was_said_about_a_plan_is_removed_by_its_name_alone() {
    let sandbox = begun();
    done(&sandbox, 0, &["plan", "postpone"]);
    does(&sandbox, 1, "promise", "ada");
    let refused = on(&sandbox, 2, &["plan", "delete", "reliable-again"]);
    assert_snapshot!(refused, @"
    --- stderr ---
    error: plan reliable-again is removed only after asking, and there’s nobody to ask
    hint: --confirm [fact1] removes it without asking
    --- exit 3 ---
    ");
    let mut facts = files(&sandbox.home().join("ledger"));
    facts.sort();
    let name = facts[0].file_stem().unwrap().to_str().unwrap();
    let (_, hex) = name.rsplit_once('-').unwrap();
    let wrong = on(
        &sandbox,
        2,
        &["plan", "delete", "reliable-again", "--confirm", "12345678"],
    );
    assert_eq!(
        (wrong.code, next(&sandbox, 2)["week"].as_i64()),
        (Some(1), Some(1))
    );
    done(
        &sandbox,
        2,
        &["plan", "delete", "reliable-again", "--confirm", hex],
    );
    assert_eq!(next(&sandbox, 2)["now"], "none");
    // The promise of the session, and the session, are still there.
    assert_eq!(sandbox.sessions().len(), 1);
    let promises = done(&sandbox, 2, &["promise", "list"]);
    assert!(promises.contains("phone stays downstairs"), "{promises}");
}

#[test]
fn a_plan_that_is_begun_in_two_windows_at_once_is_begun_once() {
    let sandbox = Sandbox::new();
    let start = ["plan", "start", "reliable-again"];
    let both = [sandbox.start(&start), sandbox.start(&start)].map(|child| sandbox.wait(child));
    let begun = both.iter().filter(|output| output.code == Some(0));
    assert_eq!(begun.count(), 1, "{}{}", both[0], both[1]);
    // As two machines leave it, that is one plan, too.
    let fact = files(&sandbox.home().join("ledger")).pop().unwrap();
    let name = fact.file_name().unwrap().to_str().unwrap();
    let id = name.strip_suffix(".toml").unwrap();
    let other = format!("{}00000000", &id[..id.len() - 8]);
    let text = std::fs::read_to_string(&fact).unwrap().replace(id, &other);
    std::fs::write(fact.with_file_name(format!("{other}.toml")), text).unwrap();
    done(&sandbox, 1, &["plan", "stop"]);
    done(&sandbox, 1, &["plan", "stop"]);
    assert_eq!(on(&sandbox, 1, &["plan", "stop"]).code, Some(2));
}

#[test]
fn nothing_is_put_off_to_a_day_that_is_over_or_counted_since_one_to_come() {
    let sandbox = begun();
    for day in ["yesterday", "2001-01-01", "today"] {
        let output = on(&sandbox, 0, &["plan", "postpone", "--until", day]);
        assert_eq!(output.code, Some(2), "{output}");
        assert!(output.stderr.contains("isn’t later than today"), "{output}");
    }
    assert_eq!(files(&sandbox.home().join("ledger")).len(), 1);
    let other = Sandbox::new();
    let start = ["plan", "start", "reliable-again", "--count-since"];
    let output = on(&other, 0, &[&start[..], &["2030-01-01"]].concat());
    assert_eq!(output.code, Some(2), "{output}");
    assert!(output.stderr.contains("is still to come"), "{output}");
    assert!(!other.home().join("ledger").exists());
}

#[test]
fn what_comes_on_a_later_day_is_put_off_from_that_day() {
    let sandbox = begun();
    does(&sandbox, 1, "promise", "ada");
    let comes = next(&sandbox, 2)["until"].clone();
    let comes: jiff::civil::Date = comes.as_str().unwrap().parse().unwrap();
    let until = comes.to_string();
    let output = on(&sandbox, 2, &["plan", "postpone", "--until", &until]);
    assert_eq!(output.code, Some(2), "{output}");
    assert!(output.stderr.contains("doesn’t come before"), "{output}");
    done(&sandbox, 2, &["plan", "postpone"]);
    let later = comes.tomorrow().unwrap().tomorrow().unwrap();
    assert_eq!(next(&sandbox, 2)["until"], later.to_string());
}
