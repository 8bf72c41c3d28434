//! Somebody follows an eight-week plan for as long as it takes them, with weeks in which nothing happens
//! and a pause, and is told one next thing each time.

use std::fmt::Write;

use insta::assert_snapshot;

use super::{begun, does, done, next, reviews};
use crate::common::Sandbox;

/// Says what is next on a day, in a line.
fn told(sandbox: &Sandbox, after: i64, story: &mut String) -> String {
    let next = next(sandbox, after);
    let reasons = next["reasons"].as_array().unwrap();
    assert!(!reasons.is_empty(), "{next}");
    let reasons = reasons.iter().map(|it| it["code"].as_str().unwrap());
    let reasons = reasons.collect::<Vec<_>>().join(", ");
    let word = |key: &str| next[key].as_str().unwrap_or("-").to_string();
    let (now, stage, until) = (word("now"), word("stage"), word("until"));
    let week = &next["week"];
    writeln!(
        story,
        "day {after:>3}, week {week}: {now} {stage} {until} ({reasons})"
    )
    .unwrap();
    // The page for people says one thing, too.
    let page = done(sandbox, after, &["next"]);
    let says = ["Next: ", "Nothing today", "is over"];
    assert_eq!(
        says.iter().filter(|says| page.contains(*says)).count(),
        1,
        "{page}"
    );
    now
}

#[test]
fn eight_weeks_with_missed_weeks_and_a_pause_are_one_thing_after_another() {
    let sandbox = begun();
    let story = &mut String::new();
    let verdict = |after: i64, verdict: &str| {
        done(&sandbox, after, &["promise", verdict, "last"]);
    };
    told(&sandbox, 0, story);
    does(&sandbox, 0, "promise", "ada");
    told(&sandbox, 0, story);
    verdict(1, "kept");
    verdict(2, "kept");
    told(&sandbox, 7, story);
    // Three weeks in which nothing happens.
    told(&sandbox, 28, story);
    reviews(&sandbox, 28);
    told(&sandbox, 28, story);
    does(&sandbox, 29, "promise", "ada");
    told(&sandbox, 29, story);
    done(&sandbox, 31, &["plan", "pause"]);
    told(&sandbox, 40, story);
    done(&sandbox, 52, &["plan", "resume"]);
    told(&sandbox, 52, story);
    told(&sandbox, 57, story);
    reviews(&sandbox, 58);
    told(&sandbox, 58, story);
    does(&sandbox, 58, "promise", "ada");
    done(&sandbox, 64, &["promise", "kept", "last", "--every"]);
    told(&sandbox, 64, story);
    let mut after = 65;
    // From here on they do what they are told, each time.
    while after < 200 {
        if told(&sandbox, after, story) == "ended" {
            break;
        }
        match next(&sandbox, after)["exercise"].as_str() {
            Some("reliability-review") => reviews(&sandbox, after),
            Some("rulers") => does(&sandbox, after, "rulers", "tam"),
            Some("promise") => does(&sandbox, after, "promise", "ada"),
            Some("find-help") => does(&sandbox, after, "find-help", "jun"),
            Some(other) => panic!("{other}"),
            None => after += 7,
        }
    }
    assert_snapshot!(story, @"
    day   0, week 1: do first-promise - (first)
    day   0, week 1: wait first-look 2026-11-08 (stage-done, wait)
    day   7, week 2: do first-look - (stage-done, wait)
    day  28, week 5: do first-look - (stage-done, wait)
    day  28, week 5: do second-promise - (stage-done)
    day  29, week 5: wait weekly-look 2026-12-07 (stage-done, wait, repeat)
    day  40, week 5: paused - - (paused)
    day  52, week 5: wait weekly-look 2026-12-28 (stage-done, wait, repeat)
    day  57, week 6: do weekly-look - (stage-done, wait, repeat)
    day  58, week 6: wait one-more 2027-01-04 (stage-done, wait)
    day  64, week 7: wait weekly-look 2027-01-05 (repeat)
    day  65, week 7: do weekly-look - (repeat)
    day  65, week 7: wait weekly-look 2027-01-12 (repeat)
    day  72, week 8: do weekly-look - (repeat)
    day  72, week 8: do bad-day - (stage-done, wait)
    day  72, week 8: wait weekly-look 2027-01-19 (repeat)
    day  79, week 9: do weekly-look - (repeat)
    day  79, week 9: do what-it-takes - (stage-done)
    day  79, week 9: ended - - (all-over)
    ");
    assert_snapshot!(done(&sandbox, after, &["next"]), @"
    “Reliable again” is over. Every stage is done or was skipped.

    Look at the first promise and the last one side by side: trust-coach
    promise list --all

    From here on, a look once a month is enough. What you’ve kept stays
    kept, whatever comes next.

    Say how it ends: trust-coach plan stop --plan reliable-again
    ");
    assert_snapshot!(done(&sandbox, after, &["plan"]), @"
    Reliable again, since Sunday 1 November 2026. Week 9.

    One promise
      done 1 Nov   One promise you can keep
      done 29 Nov  A look at the week’s promises

    The same, or a smaller one
      done 30 Nov  One promise you can keep
      4 done       A look at the week’s promises

    A little more, if it holds
      done 29 Dec  One promise you can keep
      done 12 Jan  One promise you can keep

    Looking back
      done 19 Jan  How much, and how sure

    What’s next: trust-coach next
    ");
}
