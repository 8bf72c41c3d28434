//! Two people follow the plan of six weeks from its first week to its last, with a pause in the middle
//! and an evening that was missed, and look at the end at how often each felt understood.

use insta::assert_snapshot;
use jiff::civil::Date;

use super::weeks::told;
use super::{does, done, next, on};
use crate::common::Sandbox;

/// Whose answers an exercise of the plan is done with.
fn who(exercise: &str) -> &str {
    match exercise {
        "stories" => "ned",
        "validation" => "desk",
        "speaker-listener" => "saturday",
        "support-kind" => "company",
        "guesses" => "nights",
        "same-fight" => "tumble-dryer",
        "time-out" => "kettle",
        "agreement" => "evenings",
        "weekly-meeting" => "walk",
        "small-repair" => "late",
        other => panic!("{other}"),
    }
}

/// The day until which nothing is to be done, counted as the tests count.
fn until(day: &serde_json::Value) -> Option<i64> {
    let day: Date = day.as_str()?.parse().ok()?;
    let first = jiff::civil::date(2026, 11, 1);
    Some(i64::from((day - first).get_days()))
}

#[test]
fn two_follow_six_weeks_to_their_end_with_a_pause_and_a_repair() {
    let sandbox = Sandbox::new();
    done(&sandbox, 0, &["plan", "start", "talk-again"]);
    let (mut story, mut after) = (String::new(), 0);
    let (mut paused, mut missed) = (false, false);
    while after < 200 && told(&sandbox, after, &mut story) != "ended" {
        let next = next(&sandbox, after);
        let Some(exercise) = next["exercise"].as_str() else {
            after = until(&next["until"]).unwrap();
            continue;
        };
        does(&sandbox, after, exercise, who(exercise));
        match exercise {
            // Two weeks away, in the middle of it.
            "guesses" if !std::mem::replace(&mut paused, true) => {
                done(&sandbox, after, &["plan", "pause"]);
                told(&sandbox, after + 10, &mut story);
                after += 14;
                done(&sandbox, after, &["plan", "resume"]);
            }
            "agreement" => {
                // The first evening is missed, and both say so.
                after += 7;
                let due = done(&sandbox, after, &["due"]);
                assert!(
                    due.contains("Hanna and Milo: On Mondays and Thursdays"),
                    "{due}"
                );
                for by in ["a", "b"] {
                    let said = ["promise", "missed", "last", "--every", "--by", by];
                    missed |= on(&sandbox, after, &said).code == Some(0);
                }
            }
            _ => {}
        }
    }
    assert!(paused && missed);
    assert_snapshot!(story, @"
    day   0, week 1: do stories - (first)
    day   0, week 1: wait makes-sense 2026-11-03 (stage-done, wait)
    day   2, week 1: do makes-sense - (stage-done, wait)
    day   2, week 1: wait floor 2026-11-06 (stage-done, wait)
    day   5, week 1: do floor - (stage-done, wait)
    day   5, week 1: wait floor-again 2026-11-09 (stage-done, wait)
    day   8, week 2: do floor-again - (stage-done, wait)
    day   8, week 2: wait what-helps 2026-11-13 (stage-done, wait)
    day  12, week 2: do what-helps - (stage-done, wait)
    day  12, week 2: wait guess-and-ask 2026-11-16 (stage-done, wait)
    day  15, week 3: do guess-and-ask - (stage-done, wait)
    day  25, week 3: paused - - (paused)
    day  29, week 3: wait loop 2026-12-04 (stage-done, wait)
    day  33, week 3: do loop - (passed-by-itself, wait)
    day  33, week 3: wait break 2026-12-06 (passed-by-itself, wait)
    day  35, week 4: do break - (passed-by-itself, wait)
    day  35, week 4: wait floor-warmer 2026-12-10 (passed-by-itself, wait)
    day  39, week 4: do floor-warmer - (passed-by-itself, wait)
    day  39, week 4: wait agreement 2026-12-13 (passed-by-itself, wait)
    day  42, week 5: do agreement - (passed-by-itself, wait)
    day  49, week 6: do slip - (became-true)
    day  49, week 6: do meeting - (passed-by-itself, wait, repeat)
    day  49, week 6: wait meeting 2026-12-27 (repeat)
    day  56, week 7: do meeting - (repeat)
    day  56, week 7: wait meeting 2027-01-03 (repeat)
    day  63, week 8: do meeting - (repeat)
    day  63, week 8: wait meeting 2027-01-10 (repeat)
    day  70, week 9: do meeting - (repeat)
    day  70, week 9: ended - - (all-over)
    ");
    let progress = |args: &[&str]| {
        let page = done(&sandbox, after, &[&["progress"], args].concat());
        // Below it a text is offered to be answered again.
        page.split("\nA text from")
            .next()
            .unwrap_or_default()
            .to_string()
    };
    assert_snapshot!(progress(&["felt-understood", "--by", "b", "--chart", "none"]), @"
    Felt understood, Jon
    The weekly meeting: 8 ratings since Tuesday 3 November 2026.
    So far between 5 and 7, the newest 5. Too few to say whether anything
    changed: it takes 12, and there are 8.

    Each rating is one person’s own, on their own scale. It proves nothing
    about anybody.

    Felt understood on the first try 9 of 9 times.
      Jon: 9 of 9
    ");
    let guessed = progress(&["guesses", "--by", "a"]);
    let within = "Guessed within one point 3 of 3 times.\n  Mara: off by 0 0 1\n";
    assert!(guessed.contains(within), "{guessed}");
    assert_snapshot!(done(&sandbox, after, &["plan"]), @"
    Talk again, since Sunday 1 November 2026. Week 9.

    Listening first
      done 1 Nov   Other people’s stories
      done 3 Nov   I can see why
      done 6 Nov   Speaker and listener
      done 9 Nov   Speaker and listener

    What’s weighing on each of you
      done 13 Nov  Ten minutes of what helps
      done 16 Nov  Guess, then ask

    The fight you keep having
      done 4 Dec   The pattern we get into
      done 6 Dec   A break, and a way back

    Agreeing on things
      done 10 Dec  Speaker and listener
      done 13 Dec  An agreement between you

    Once a week
      4 done       The weekly meeting

    Whenever it fits
      1 done       A small repair

    What’s next: trust-coach next
    ");
}
