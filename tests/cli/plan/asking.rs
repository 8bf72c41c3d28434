use insta::assert_snapshot;

use super::{begun, does, done, on, reviews};
use crate::common::Sandbox;

#[test]
fn without_a_plan_there_is_nothing_next_and_no_file() {
    let sandbox = Sandbox::new();
    assert_snapshot!(on(&sandbox, 0, &["next"]), @"
    --- stderr ---
    You aren’t doing a plan.
    `trust-coach plan list` shows the plans there are.
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 0, &["plan"]), @"
    --- stderr ---
    You aren’t doing a plan.
    `trust-coach plan list` shows the plans there are.
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 0, &["next", "--json"]), @r#"
    {
      "format": "1.0",
      "now": "none"
    }
    --- exit 0 ---
    "#);
    assert_eq!(done(&sandbox, 0, &["next", "--short", "--exit-code"]), "");
    assert!(!sandbox.home().exists());
}

#[test]
fn plans_are_listed_and_shown_with_how_weak_their_evidence_is() {
    let sandbox = Sandbox::new();
    assert_snapshot!(on(&sandbox, 0, &["plan", "list"]), @"
    after-you-broke-trust  After you broke trust
        Twelve weeks after you broke trust: make it stop, look at what it
        did, say sorry, and keep one promise. About 12 weeks, 30 minutes a
        week.

    after-a-betrayal  After a betrayal, together
        Twelve weeks for both of you: learn to listen, say what it did, say
        sorry, and keep something small. About 12 weeks, 45 minutes a week.

    after-you-were-hurt  After you were hurt
        Twelve weeks after a betrayal: first get steady, then say what it
        did, then see what you need. About 12 weeks, 20 minutes a week.

    reliable-again  Reliable again
        Eight weeks of one small promise at a time, with a look back once a
        week. About 8 weeks, 20 minutes a week.

    enough-to-decide  Enough to decide
        Four weeks to find out what you want, when you don’t know whether to
        stay or go. About 4 weeks, 20 minutes a week.

    talk-again  Talk again
        Six weeks for two: listening first, then the fight you keep having,
        then a meeting once a week. About 6 weeks, 40 minutes a week.
    --- stderr ---

    More about one: trust-coach plan show PLAN
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 0, &["plan", "list", "--role", "hurt", "--json"]), @r#"
    {
      "format": "1.0",
      "plans": [
        {
          "id": "after-you-were-hurt",
          "version": 3,
          "title": "After you were hurt",
          "role": "hurt",
          "weeks": 12,
          "minutes_a_week": 20,
          "summary": "Twelve weeks after a betrayal: first get steady, then say what it did, then see what you need.",
          "pack": null,
          "path": null
        }
      ]
    }
    --- exit 0 ---
    "#);
    assert_snapshot!(on(&sandbox, 0, &["plan", "show", "enough-to-decide"]), @"
    Enough to decide
    enough-to-decide · for someone who isn’t sure · about 4 weeks, 20
    minutes a week

    Four weeks to find out what you want, when you don’t know whether to
    stay or go.

    When not to do this
      This is for a choice you’re free to make. If you’re afraid of how
      they’d react to the idea of you leaving, please don’t make a plan on a
      device they can see. trust-coach support shows people who can help
      with that first.

    How strong the evidence is
      Weak. Its order is borrowed from discernment counselling, where a
      trained person talks with people who aren’t sure. That’s only been
      looked at in counsellors’ reports of their own work. As far as we
      know, nobody has tested doing it alone, in writing.

    What you want
      Why this relationship
        Before you ask whether to stay or go: what do you need, and how are
        things now?

    What each way costs
      How much, and how sure (3 days later)
        Take the one you think about more, staying or going. How much do you
        want it, and how sure are you that you could?
      How much, and how sure (4 days later)
        Now give the same two numbers for the other one. It’s easier to see
        what each would cost when they’re side by side.
      A letter to keep (3 days later; can be left out)
        In a letter nobody gets, you can say what you’ve never told anyone.

    Through someone else’s eyes
      Find someone who can help (3 days later)
        Someone you trust, or someone who’s trained. Big decisions often get
        clearer when you talk them through.
      As a friend of both would see it (3 days later; can be left out; a
      private page on safety comes first)
        How would someone who wants the best for both of you see it?
      Why this relationship (1 week later)
        The first exercise again, four weeks on. What’s still true, and
        what’s changed?

    How it can end
      I want to stay
      We’re parting
      I’m not ready to decide
      I’d like help with it

    What it rests on
      Frattaroli (2006). Experimental disclosure and its moderators: a
      meta-analysis
      Doherty, Harris, Hall, Hubbard (2021). How long do people wait before
      seeking couples therapy? A research note

    Begin it: trust-coach plan start enough-to-decide
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 0, &["plan", "show", "enough"]), @"
    --- stderr ---
    error: there’s no plan called enough
    hint: did you mean `enough-to-decide`?
    hint: `trust-coach plan list` shows all of them
    --- exit 2 ---
    ");
    let ids = done(&sandbox, 0, &["plan", "list", "--ids"]);
    assert_eq!(ids.lines().count(), 6);
}

#[test]
fn what_is_next_is_one_thing_with_its_reasons() {
    let sandbox = begun();
    assert_snapshot!(on(&sandbox, 0, &["next"]), @"
    Next: One promise you can keep, about 18 minutes
    Week 1 of about 8 in “Reliable again”

    Why now: The plan begins with it.
    When a plan begins and every four weeks, a short private page on safety
    comes first. Nothing about it is kept.

    Do it: trust-coach next --go
    Another day: trust-coach plan postpone
    Skip it: trust-coach plan skip
    --- exit 0 ---
    ");
    does(&sandbox, 1, "promise", "ada");
    assert_snapshot!(on(&sandbox, 1, &["next"]), @"
    Nothing today. Next is on Monday 9 November: A look at the week’s
    promises
    Week 1 of about 8 in “Reliable again”

    Why then: You did “One promise you can keep” on Monday 2 November. It
    comes 1 week later.
    --- exit 0 ---
    ");
    reviews(&sandbox, 8);
    does(&sandbox, 9, "promise", "ada");
    assert_snapshot!(on(&sandbox, 16, &["next", "--why"]), @"
    Next: A look at the week’s promises, about 17 minutes
    Week 3 of about 8 in “Reliable again”

    Why now: You did “One promise you can keep” on Tuesday 10 November. It
    comes 1 week later. It comes every week.
    It ends after 5, or after 4 once a promise has been kept on 4 days or
    more in the last 2 weeks.

    Why it’s in the plan: Once a week, whatever the week was like.

    How strong the evidence is: Parts of this are well tested, with people’s
    own goals: if-then plans, and writing down how it went. Whether that
    makes someone else trust you again is a different question. There the
    evidence is weak: there’s one study with a money game, and none of a
    plan like this one.

    Do it: trust-coach next --go
    Another day: trust-coach plan postpone
    Skip it: trust-coach plan skip
    --- exit 0 ---
    ");
    assert_snapshot!(on(&sandbox, 16, &["next", "--json"]), @r#"
    {
      "format": "1.0",
      "now": "do",
      "plan": "reliable-again",
      "run": "20261101T190000.000Z-[fact1]",
      "week": 3,
      "stage": "weekly-look",
      "exercise": "reliability-review",
      "gate": false,
      "until": null,
      "reasons": [
        {
          "code": "stage-done",
          "of": "second-promise",
          "day": "2026-11-10"
        },
        {
          "code": "wait",
          "of": null,
          "day": null
        },
        {
          "code": "repeat",
          "of": null,
          "day": null
        }
      ]
    }
    --- exit 0 ---
    "#);
    assert_snapshot!(on(&sandbox, 16, &["plan"]), @"
    Reliable again, since Sunday 1 November. Week 3 of about 8.

    One promise
      done 2 Nov   One promise you can keep
      done 9 Nov   A look at the week’s promises

    The same, or a smaller one
      done 10 Nov  One promise you can keep
      now          A look at the week’s promises

    A little more, if it holds
      from 24 Nov  One promise you can keep
      later        One promise you can keep
      later        Three things that stay the same

    Looking back
      later        A thank-you each
      later        How much, and how sure

    What’s next: trust-coach next
    --- exit 0 ---
    ");
    let narrow = |args: &[&str]| {
        let mut command = sandbox.command(args);
        command.env(
            "TRUST_COACH_NOW",
            "2026-11-17T19:10:00+01:00[Europe/Berlin]",
        );
        sandbox.finish(command.env("COLUMNS", "40"))
    };
    assert_snapshot!(narrow(&["plan"]), @"
    Reliable again, since Sunday 1 November.
    Week 3 of about 8.

    One promise
      done 2 Nov   One promise you can keep
      done 9 Nov   A look at the week’s
          promises

    The same, or a smaller one
      done 10 Nov  One promise you can keep
      now          A look at the week’s
          promises

    A little more, if it holds
      from 24 Nov  One promise you can keep
      later        One promise you can keep
      later        Three things that stay
          the same

    Looking back
      later        A thank-you each
      later        How much, and how sure

    What’s next: trust-coach next
    --- exit 0 ---
    ");
    assert_snapshot!(narrow(&["next"]), @"
    Next: A look at the week’s promises,
    about 17 minutes
    Week 3 of about 8 in “Reliable again”

    Why now: You did “One promise you can
    keep” on Tuesday 10 November. It comes 1
    week later. It comes every week.
    It ends after 5, or after 4 once a
    promise has been kept on 4 days or more
    in the last 2 weeks.

    Do it: trust-coach next --go
    Another day: trust-coach plan postpone
    Skip it: trust-coach plan skip
    --- exit 0 ---
    ");
}

#[test]
fn the_exit_code_tells_a_script_whether_there_is_something_to_do() {
    let sandbox = begun();
    assert_eq!(on(&sandbox, 0, &["next", "--exit-code"]).code, Some(6));
    does(&sandbox, 0, "promise", "ada");
    assert_eq!(on(&sandbox, 0, &["next", "--exit-code"]).code, Some(0));
    // The promise's days don't come in between.
    done(&sandbox, 7, &["promise", "kept", "last", "--every"]);
    assert_eq!(done(&sandbox, 6, &["next", "--short"]), "");
    let short = on(&sandbox, 7, &["next", "--short", "--exit-code"]);
    assert_eq!(
        (short.stdout.as_str(), short.code),
        ("reliability-review today\n", Some(6))
    );
}

#[test]
fn the_short_line_is_at_most_forty_columns_and_counts_days_of_promises() {
    let sandbox = begun();
    let add = |what: &str, when: &str| {
        done(&sandbox, 0, &["promise", "add", what, "--when", when]);
    };
    add("Call.", "each day until 2027-01-01");
    assert_eq!(
        done(&sandbox, 8, &["next", "--short"]),
        "8 to look at, promise today\n"
    );
    does(&sandbox, 8, "promise", "ada");
    let line = done(&sandbox, 20, &["next", "--short"]);
    assert_snapshot!(line, @"28 to look at, reliability-review today");
    assert!(line.trim_end().len() <= 40, "{line}");
}

#[test]
fn a_script_cannot_begin_what_is_next_without_answers() {
    let sandbox = begun();
    assert_snapshot!(on(&sandbox, 0, &["next", "--go"]), @"
    --- stderr ---
    error: promise needs somebody to answer, and there’s nobody to ask
    hint: a script brings answers: trust-coach exercise promise --answers FILE
    --- exit 3 ---
    ");
    does(&sandbox, 0, "promise", "ada");
    assert_snapshot!(on(&sandbox, 1, &["next", "--go"]), @"
    --- stderr ---
    Nothing today. Next is on Sunday 8 November: A look at the week’s
    promises
    Week 1 of about 8 in “Reliable again”

    Why then: You did “One promise you can keep” on Sunday 1 November. It
    comes 1 week later.
    --- exit 0 ---
    ");
}
