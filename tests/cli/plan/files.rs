use insta::assert_snapshot;

use super::{begun, does, done, next, on};
use crate::common::Sandbox;

const MINE: &str = r#"format = 1
version = 1
title = "Steady steps"
role = "anyone"
weeks = 4
minutes_a_week = 15
summary = "One promise, and a look at it every week."
opening = "One thing at a time."
closing = "That's all of it."
caution = "Not while someone makes you promise things."
evidence = "Weak: this plan wasn't tested."
endings = [{ id = "not-ready", title = "Not now", text = "That's an answer too." }]

[[stage]]
id = "talk"
exercise = "evening-talk"

[[stage]]
id = "look"
exercise = "check-in"
"#;

/// Somebody with a plan of their own over an exercise of their own.
fn with_own() -> Sandbox {
    let sandbox = Sandbox::new();
    done(&sandbox, 0, &["author", "new", "evening-talk"]);
    sandbox.write("home/plans/steady.toml", MINE);
    sandbox
}

#[test]
fn a_plan_of_ones_own_is_checked_listed_and_done() {
    let sandbox = with_own();
    let file = sandbox.home().join("plans/steady.toml");
    let checked = on(&sandbox, 0, &["check", file.to_str().unwrap()]);
    assert_eq!(checked.code, Some(0), "{checked}");
    let listed = done(&sandbox, 0, &["plan", "list"]);
    assert!(listed.contains("steady  Steady steps (yours)"), "{listed}");
    done(&sandbox, 0, &["plan", "start", "steady"]);
    assert_eq!(next(&sandbox, 0)["exercise"], "evening-talk");
}

#[test]
fn a_plan_over_an_exercise_that_is_not_there_is_named_by_doctor() {
    let sandbox = with_own();
    assert_eq!(on(&sandbox, 0, &["doctor"]).code, Some(0));
    let nowhere = MINE.replace("\"check-in\"", "\"check-inn\"");
    sandbox.write("home/plans/steady.toml", &nowhere);
    let found = on(&sandbox, 0, &["doctor"]);
    assert_eq!(found.code, Some(6), "{found}");
    for said in ["steady.toml", "there’s no exercise `check-inn`"] {
        assert!(found.stdout.contains(said), "{found}");
    }
}

#[test]
fn an_exercise_that_is_gone_is_named_and_can_be_passed() {
    let sandbox = with_own();
    done(&sandbox, 0, &["plan", "start", "steady"]);
    std::fs::remove_file(sandbox.home().join("exercises/evening-talk.toml")).unwrap();
    assert_snapshot!(on(&sandbox, 1, &["next"]), @"
    Next: evening-talk, which isn’t among your exercises any more
    Week 1 of about 4 in “Steady steps”

    Why now: The plan begins with it.
    When a plan begins and every four weeks, a short private page on safety
    comes first. Nothing about it is kept.

    Another day: trust-coach plan postpone
    Skip it: trust-coach plan skip
    --- exit 0 ---
    ");
    done(&sandbox, 1, &["plan", "skip"]);
    assert_eq!(next(&sandbox, 1)["exercise"], "check-in");
}

#[test]
fn a_plan_that_is_gone_or_broken_is_told_of_and_can_be_stopped() {
    let sandbox = with_own();
    done(&sandbox, 0, &["plan", "start", "steady"]);
    let file = sandbox.home().join("plans/steady.toml");
    std::fs::write(&file, MINE.replace("role = \"anyone\"", "role = 3")).unwrap();
    assert_snapshot!(on(&sandbox, 1, &["next"]), @"
    --- stderr ---
    error: plan steady isn’t right
      line 4: `role` takes a word, but this is a number; it can be: broke, hurt, closer, unsure, both, anyone
    hint: `trust-coach check $SANDBOX/home/plans/steady.toml` shows where
    hint: `trust-coach plan stop --plan steady` ends it
    --- exit 1 ---
    ");
    std::fs::remove_file(&file).unwrap();
    assert_snapshot!(on(&sandbox, 1, &["plan"]), @"
    --- stderr ---
    error: there’s no plan called steady
    hint: `trust-coach plan list` shows all of them
    hint: `trust-coach plan stop --plan steady` ends it
    --- exit 1 ---
    ");
    assert_snapshot!(on(&sandbox, 1, &["plan", "stop"]), @"
    --- stderr ---
    Stopped. What you wrote stays.
    --- exit 0 ---
    ");
}

#[test]
fn a_newer_version_of_a_plan_loses_nothing() {
    let sandbox = with_own();
    done(&sandbox, 0, &["plan", "start", "steady"]);
    done(&sandbox, 0, &["plan", "skip"]);
    does(&sandbox, 1, "check-in", "ben");
    let newer = MINE
        .replace("version = 1\ntitle", "version = 2\ntitle")
        .replace(
            "[[stage]]\nid = \"talk\"\nexercise = \"evening-talk\"\n",
            "",
        );
    sandbox.write("home/plans/steady.toml", newer);
    assert_snapshot!(on(&sandbox, 2, &["plan"]), @"
    Steady steps, since Sunday 1 November. Week 1 of about 4.
    This plan has changed since you began. What you’ve done still counts.

    The stages
      done 2 Nov  A check-in with yourself

    What’s next: trust-coach next
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 2, &["next"]), @"
    “Steady steps” is over. Every stage is done or was skipped.

    That's all of it.

    Say how it ends: trust-coach plan stop --plan steady
    --- exit 0 ---
    ");
}

#[test]
fn a_pack_brings_plans_that_are_marked_as_third_party() {
    let sandbox = Sandbox::new();
    let pack = "format = 1\nname = \"ours\"\nauthor = \"A. Author\"\nlicence = \"CC BY 4.0\"\n\
        version = \"1\"\nlanguage = \"en\"\n";
    sandbox.write("ours/pack.toml", pack);
    done(
        &sandbox,
        0,
        &["author", "new", "evening-talk", "--output", "ours"],
    );
    let plan = MINE.replace("evening-talk", "ours/evening-talk");
    sandbox.write("ours/plans/steady.toml", &plan);
    done(&sandbox, 0, &["pack", "add", "ours"]);
    assert_snapshot!(on(&sandbox, 0, &["plan", "show", "ours/steady"]), @"
    Steady steps
    ours/steady · for anyone · about 4 weeks, 15 minutes a week
    Third-party, from the pack ours by A. Author

    One promise, and a look at it every week.

    When not to do this
      Not while someone makes you promise things.

    How strong the evidence is
      Weak: this plan wasn't tested.

    The stages
      Evening talk
      A check-in with yourself

    How it can end
      Not now

    Begin it: trust-coach plan start ours/steady
    --- exit 0 ---
    ");
    done(&sandbox, 0, &["plan", "start", "ours/steady"]);
    assert_eq!(next(&sandbox, 0)["exercise"], "ours/evening-talk");
    // One that is wrong keeps the pack out.
    sandbox.write(
        "ours/plans/steady.toml",
        plan.replace("weeks = 4", "weeks = 0"),
    );
    let refused = on(&sandbox, 0, &["pack", "add", "ours", "--replace"]);
    assert_snapshot!(refused, @"
    error[TC0206]: `weeks` must be a number from 1 to 104
     --> ours/plans/steady.toml:5:9
      |
    5 | weeks = 0
      |         ^
      |
      = help: `weeks`: About how many weeks it takes; never counted down

    --- stderr ---
    error: ours wasn’t added: it has 1 error
    hint: trust-coach check ours/plans/steady.toml
    --- exit 5 ---
    ");
}

#[test]
fn an_author_begins_a_plan_from_an_example_and_sees_it_week_by_week() {
    let sandbox = Sandbox::new();
    assert_snapshot!(on(&sandbox, 0, &["author", "new", "--plan", "steady"]), @"
    $SANDBOX/home/plans/steady.toml
    --- stderr ---
    Open it in an editor. With Tombi or Taplo, mistakes are underlined as you type.
    Then: trust-coach check $SANDBOX/home/plans/steady.toml
    and:  trust-coach author preview $SANDBOX/home/plans/steady.toml
    --- exit 0 ---
    ");
    let file = sandbox.home().join("plans/steady.toml");
    let file = file.to_str().unwrap();
    let checked = on(&sandbox, 0, &["check", file]);
    assert_eq!(checked.code, Some(0), "{checked}");
    assert_snapshot!(on(&sandbox, 0, &["author", "preview", file]), @"
    Steady
    steady · for anyone · about 4 weeks, 15 minutes a week

    Say in one sentence what people do over these weeks.

    When not to do this
      If someone is making you do this, or you’re afraid of them,
      trust-coach support comes first.

    How strong the evidence is
      Weak: this plan wasn’t tested.

    A beginning
      Why this relationship
        Say why it comes first.
      One promise you can keep (3 days later)
        Say why it comes here.

    Week by week
      A look at the week’s promises (1 week later; every week, 2 to 4 times)
        Until a promise has been kept on 4 days or more in the last 2 weeks.
        Say why it’s repeated.

    Whenever it fits
      After a broken promise (a private page on safety comes first)
        Whenever a promise has been missed in the last week.
        Say what this is good for.

    How it can end
      I go on with it
      Not now

    Begin it: trust-coach plan start steady

    What comes when, if nothing is answered and each stage is done on its day
      at once: Why this relationship
      after 3 days: One promise you can keep
      after 10 days: A look at the week’s promises
      after 17 days: A look at the week’s promises
      after 24 days: A look at the week’s promises
      after 31 days: A look at the week’s promises
    --- exit 0 ---
    ");
    done(&sandbox, 0, &["plan", "start", "steady"]);
    assert_eq!(next(&sandbox, 0)["exercise"], "why-us");
    for args in [
        &["author", "new", "--plan", "steady"][..],
        &["author", "new", "--plan", "reliable-again"],
        &["author", "new", "--plan", "other", "--gate"],
        &["author", "new", "--plan", "Not-This"],
    ] {
        assert_eq!(on(&sandbox, 0, args).code, Some(2), "{args:?}");
    }
    std::fs::write(file, MINE.replace("weeks = 4", "weeks = 0")).unwrap();
    assert_snapshot!(on(&sandbox, 0, &["author", "preview", file]), @"
    --- stderr ---
    error: plan steady isn’t right
    hint: `trust-coach check $SANDBOX/home/plans/steady.toml` shows where
    --- exit 5 ---
    ");
}

#[test]
fn a_session_that_cannot_be_read_may_say_that_the_plan_stops() {
    for nearly in ["ID", ".ID.icloud", "../01/ID"] {
        let sandbox = begun();
        does(&sandbox, 1, "promise", "ada");
        let session = sandbox.sessions().pop().unwrap();
        let name = session.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&session).unwrap();
        std::fs::remove_file(&session).unwrap();
        let other = session.with_file_name(nearly.replace("ID", name));
        std::fs::create_dir_all(other.parent().unwrap()).unwrap();
        // In another month's folder not even a whole one is read.
        let text = if nearly.contains("01") {
            &text[..]
        } else {
            &text[..300]
        };
        std::fs::write(other, text).unwrap();
        for args in [
            &["next"][..],
            &["next", "--json"],
            &["next", "--short"],
            &["plan"],
        ] {
            let output = on(&sandbox, 9, args);
            let is_short = args.len() > 1 && args[1] == "--short";
            assert!(is_short || output.code == Some(1), "{args:?}: {output}");
            assert!(!output.stdout.contains("look-back") && !output.stdout.contains("Next"));
            let said = "it isn’t clear what comes next in the plan";
            assert!(output.stderr.contains(said), "{args:?}: {output}");
        }
    }
}

#[test]
fn a_stop_that_cannot_be_read_does_not_bring_the_plan_back() {
    let sandbox = begun();
    done(&sandbox, 1, &["plan", "stop"]);
    let mut facts = crate::common::files(&sandbox.home().join("ledger"));
    facts.sort();
    let stop = facts.pop().unwrap();
    let text = std::fs::read_to_string(&stop).unwrap();
    for broken in [&text[..40], "", &text.replace("format = 1", "format = 2")] {
        std::fs::write(&stop, broken).unwrap();
        for args in [&["next"][..], &["next", "--go"], &["next", "--exit-code"]] {
            let output = on(&sandbox, 2, args);
            assert_eq!((output.code, &*output.stdout), (Some(1), ""), "{output}");
        }
    }
}
