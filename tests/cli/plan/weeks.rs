//! Somebody follows an eight-week plan for as long as it takes them, with weeks in which nothing happens
//! and a pause, is told one next thing each time, and looks at the end at what changed and what didn't.

use std::fmt::Write;

use insta::assert_snapshot;

use super::{begun, does, done, next, reviews};
use crate::common::Sandbox;

/// Says what is next on a day, in a line.
pub(super) fn told(sandbox: &Sandbox, after: i64, story: &mut String) -> String {
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

/// Rates a week: the word that was kept, and hope.
fn rates(sandbox: &Sandbox, after: i64, kept: u8, hope: u8) {
    let answers = format!(
        "format = 1\nexercise = \"check-in\"\n[answers]\nside = \"broke\"\nown-predictable = {kept}\n\
         own-dependable = {{ skip = true }}\nown-open = {{ skip = true }}\nown-heard = {{ skip = true }}\n\
         own-safe = 5\nhope = {hope}\nhelped = {{ skip = true }}\nhard = {{ skip = true }}\n\
         valued = {{ skip = true }}\nwish = {{ skip = true }}\nown-step = {{ skip = true }}\n\
         move = \"easier\"\noutside = []\nnext = \"next sunday\"\n"
    );
    let answers = sandbox.write("rated.toml", answers);
    let answers = answers.to_str().unwrap();
    done(
        sandbox,
        after,
        &["exercise", "check-in", "--answers", answers],
    );
}

/// What they see of their ratings at the end: a chart, and a page with the same words.
fn looks_back(sandbox: &Sandbox, after: i64) {
    let rated = ["own-kept-word", "hope"];
    let chart = done(sandbox, after, &[&["progress"], &rated[..]].concat());
    // Below it a text is offered to be answered again.
    let (chart, _) = chart.split_once("\nA text from 30 November").unwrap();
    assert_snapshot!(chart, @"
    I kept my word
    A check-in with yourself: 12 ratings since Sunday 1 November 2026.
    First six between 2 and 3, on average 2.3. Last six between 5 and 6, on
    average 5.5. The last six are higher by 3.2, for the better. That’s more
    than the usual ups and downs of your ratings.

    7 they could count … |
    6                    |                       o     o  o
    5                    |                    o     o        o
    4                    |
    3                    |        o     o
    2                    |  o  o     o     o
    1 they had to guess  |
                         +-------------------------------------
                            Nov               Dec         Jan

    Hope
    A check-in with yourself: 12 ratings since Sunday 1 November 2026.
    First six between 3 and 5, on average 3.8. Last six between 3 and 5, on
    average 4.2. That’s within the usual ups and downs of your ratings.

    7 a lot              |
    6                    |
    5                    |        o              o           o
    4                    |  o        o     o  o        o  o
    3                    |     o        o           o
    2                    |
    1 none at the moment |
                         +-------------------------------------
                            Nov               Dec         Jan

    These ratings are yours, on your own scale. They prove nothing about
    anybody.
    ");
    let args = ["report", "--output", "-", "--days"];
    let named = rated.iter().flat_map(|rated| ["--measure", rated]);
    let args: Vec<&str> = args.into_iter().chain(named).collect();
    let page = done(sandbox, after, &args);
    let changed = "The last six are higher by 3.2, for the better. That’s more than the usual ups and downs of your ratings.";
    let same = "That’s within the usual ups and downs of your ratings.";
    for words in [changed, same] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert_eq!(page.matches("<svg").count(), 3, "two charts and the days");
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
    rates(&sandbox, 0, 2, 4);
    told(&sandbox, 0, story);
    verdict(1, "kept");
    rates(&sandbox, 1, 2, 3);
    verdict(2, "kept");
    rates(&sandbox, 2, 3, 5);
    told(&sandbox, 7, story);
    rates(&sandbox, 7, 2, 4);
    // Three weeks in which nothing happens.
    told(&sandbox, 28, story);
    reviews(&sandbox, 28);
    rates(&sandbox, 28, 3, 3);
    told(&sandbox, 28, story);
    does(&sandbox, 29, "promise", "ada");
    rates(&sandbox, 29, 2, 4);
    told(&sandbox, 29, story);
    done(&sandbox, 31, &["plan", "pause"]);
    told(&sandbox, 40, story);
    done(&sandbox, 52, &["plan", "resume"]);
    told(&sandbox, 52, story);
    rates(&sandbox, 52, 5, 4);
    told(&sandbox, 57, story);
    rates(&sandbox, 57, 6, 5);
    reviews(&sandbox, 58);
    told(&sandbox, 58, story);
    does(&sandbox, 58, "promise", "ada");
    for (after, kept, hope) in [(58, 5, 3), (60, 6, 4), (62, 6, 4), (64, 5, 5)] {
        rates(&sandbox, after, kept, hope);
    }
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
            // They do it alone, so what is for two is passed.
            Some("rituals" | "thanks") => drop(done(&sandbox, after, &["plan", "skip"])),
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
    day  65, week 7: do same-each-week - (stage-done, wait)
    day  65, week 7: wait weekly-look 2027-01-12 (repeat)
    day  72, week 8: do weekly-look - (repeat)
    day  72, week 8: do bad-day - (stage-done, wait)
    day  72, week 8: wait weekly-look 2027-01-19 (repeat)
    day  79, week 9: do weekly-look - (repeat)
    day  79, week 9: do noticed - (stage-done)
    day  79, week 9: do what-it-takes - (stage-done)
    day  79, week 9: ended - - (all-over)
    ");
    looks_back(&sandbox, after);
    assert_snapshot!(done(&sandbox, after, &["next"]), @"
    “Reliable again” is over. Every stage is done or was skipped.

    Look at your first promise and your last one side by side: trust-coach
    promise list --all

    From here on, looking back once a month is enough. What you’ve kept
    stays kept, whatever comes next.

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
      skipped      Three things that stay the same

    Looking back
      skipped      A thank-you each
      done 19 Jan  How much, and how sure

    What’s next: trust-coach next
    ");
}
