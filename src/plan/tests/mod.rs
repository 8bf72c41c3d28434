//! What is next, over weeks, breaks and pauses.

mod doer;
mod random;

use jiff::civil::{Time, Weekday};

use super::*;
use crate::exercise::StepKind;
use crate::ledger::PlanStatement;
use crate::session::{Moment, Outcome, SessionState, Value};
use crate::test_support::answer;
use doer::{Doer, day};

const THREE: &str = "[[stage]]\nid = \"a\"\nexercise = \"vow\"\n\
    [[stage]]\nid = \"b\"\nexercise = \"week\"\nwait = \"3 days\"\n\
    [[stage]]\nid = \"c\"\nexercise = \"why\"\n";

const WEEKLY: &str =
    "[[stage]]\nid = \"w\"\nexercise = \"week\"\nevery = \"1 week\"\nat_most = 3\n";

#[test]
fn one_stage_comes_after_the_other_each_when_its_wait_is_over() {
    let mut doer = Doer::new(THREE);
    assert_eq!(doer.next(0), "do a");
    // What was only begun isn't done, and what is no stage changes nothing.
    doer.does(1, "vow").state = SessionState::Open;
    doer.does(1, "sorry");
    assert_eq!(doer.next(1), "do a");
    doer.does(2, "vow");
    assert_eq!(doer.next(2), "wait b 5");
    assert_eq!(doer.next(5), "do b");
    doer.does(6, "week");
    assert_eq!(doer.next(6), "do c");
    doer.does(7, "why");
    assert_eq!(doer.next(7), "ended");
    // What is deleted is open again.
    doer.sessions.retain(|session| session.exercise != "vow");
    assert_eq!(doer.next(8), "do a");
}

#[test]
fn what_is_done_after_midnight_belongs_to_the_evening_before_as_long_as_that_day_lasts() {
    let mut doer = Doer::new(THREE);
    let night = Moment(String::from("2026-11-04T01:30:00+01:00[Europe/Berlin]"));
    doer.does(3, "vow").ended = Some(night);
    assert_eq!(doer.next(3), "wait b 6");
    doer.day_ends = Time::constant(3, 0, 0, 0);
    assert_eq!(doer.next(2), "wait b 5");
}

#[test]
fn a_break_of_weeks_leaves_one_thing_to_do_and_no_backlog() {
    let mut doer = Doer::new(WEEKLY);
    doer.does(0, "week");
    assert_eq!(doer.next(1), "wait w 7");
    assert_eq!(doer.next(50), "do w");
    doer.does(50, "week");
    assert_eq!(doer.next(50), "wait w 57");
    doer.does(57, "week");
    assert_eq!(doer.next(57), "ended");
}

#[test]
fn a_pause_makes_each_wait_as_long_as_it_was() {
    let mut doer = Doer::new(THREE);
    doer.does(2, "vow");
    doer.say(3, PlanStatement::Paused { until: None });
    assert_eq!(doer.next(10), "paused None");
    doer.say(24, PlanStatement::Resumed);
    assert_eq!(doer.next(24), "wait b 26");
    assert_eq!(doer.next(26), "do b");
    assert_eq!(plan_runs(&doer.facts)[0].week(day(26)), 1);
    // One that ends by itself, and begins while the stage is open already.
    let mut doer = Doer::new(THREE);
    doer.say(
        0,
        PlanStatement::Paused {
            until: Some(day(9)),
        },
    );
    assert_eq!(doer.next(8), "paused Some(9)");
    assert_eq!(doer.next(9), "do a");
    // Said twice, the last one counts.
    doer.say(
        4,
        PlanStatement::Paused {
            until: Some(day(6)),
        },
    );
    assert_eq!(doer.next(6), "do a");
}

#[test]
fn what_is_put_off_or_skipped_or_stopped_is_so() {
    let mut doer = Doer::new(THREE);
    let put_off = |stage: &str, after| PlanStatement::Postponed {
        stage: stage.into(),
        until: day(after),
    };
    let skipped = |stage: &str| PlanStatement::Skipped {
        stage: stage.into(),
    };
    doer.say(0, put_off("a", 4));
    assert_eq!(doer.next(1), "wait a 4");
    assert_eq!(doer.next(4), "do a");
    doer.say(4, skipped("a"));
    assert_eq!(doer.next(5), "wait b 7");
    // What isn't there in this version of the plan changes nothing.
    doer.say(5, skipped("gone"));
    doer.say(7, skipped("b"));
    assert_eq!(doer.next(7), "do c");
    // One that was skipped and is done after all is done.
    doer.does(8, "vow");
    let runs = plan_runs(&doer.facts);
    let states = stages(&doer.at(&runs[0], 8));
    assert_eq!(states[0].status, StageStatus::Done(day(8)));
    doer.say(9, PlanStatement::Stopped { ending: None });
    assert_eq!(doer.next(9), "ended");
    // Of one that is repeated, this time alone is skipped.
    let mut doer = Doer::new(WEEKLY);
    doer.say(0, skipped("w"));
    assert_eq!(doer.next(1), "wait w 7");
}

#[test]
fn a_weekly_stage_keeps_to_the_day_of_the_week_that_was_chosen() {
    let mut doer = Doer::new(WEEKLY);
    // The plan begins on a Sunday.
    doer.start(None, Some(Weekday::Wednesday));
    assert_eq!(doer.next(0), "wait w 3");
    assert_eq!(doer.next(3), "do w");
    // A day late, the next one is on its day again; far too late, the one after that.
    doer.does(4, "week");
    assert_eq!(doer.next(4), "wait w 10");
    doer.does(15, "week");
    assert_eq!(doer.next(15), "wait w 24");
}

#[test]
fn what_was_done_before_counts_only_where_that_was_said() {
    let mut doer = Doer::new(THREE);
    doer.does(-9, "vow");
    assert_eq!(doer.next(0), "do a");
    doer.start(Some(day(-10)), None);
    assert_eq!(doer.next(0), "do b");
    doer.start(Some(day(-8)), None);
    assert_eq!(doer.next(0), "do a");
}

#[test]
fn two_stages_with_one_exercise_need_it_twice() {
    let mut doer = Doer::new(
        "[[stage]]\nid = \"a\"\nexercise = \"vow\"\n\
         [[stage]]\nid = \"b\"\nexercise = \"week\"\n\
         [[stage]]\nid = \"c\"\nexercise = \"vow\"\n",
    );
    doer.does(0, "vow");
    doer.does(1, "vow");
    assert_eq!(doer.next(1), "do b");
    doer.does(2, "week");
    assert_eq!(doer.next(2), "do c");
    doer.does(3, "vow");
    assert_eq!(doer.next(3), "ended");
}

#[test]
fn a_stage_that_does_not_fit_is_passed_over_when_its_turn_comes() {
    let stages = THREE.replace(
        "exercise = \"week\"\n",
        "exercise = \"week\"\nwhen = { answer = \"vow/role\", is = \"broke\" }\n",
    );
    for (role, then) in [("broke", "do b"), ("hurt", "do c")] {
        let mut doer = Doer::new(&stages);
        let given = Outcome::Value(Value::Choice(role.into()));
        let role = answer("role", StepKind::Choose, given);
        doer.does(0, "vow").answers.push(role);
        assert_eq!(doer.next(1), "wait b 3");
        assert_eq!(doer.next(4), then);
    }
}

#[test]
fn what_stands_beside_the_order_comes_once_each_time_it_becomes_true() {
    let mut doer = Doer::new(&format!(
        "{THREE}[[stage]]\nid = \"s\"\nexercise = \"missed\"\n\
         only_when = {{ promise = \"missed\", within = \"7 days\" }}\n"
    ));
    assert_eq!(doer.next(2), "do a");
    doer.misses(3);
    assert_eq!(doer.next(4), "do s");
    doer.does(5, "missed");
    assert_eq!(doer.next(5), "do a");
    assert_eq!(doer.next(12), "do a");
}

#[test]
fn a_rule_offers_pauses_passes_and_ends() {
    let rule = |effect: &str| {
        let when = "{ measure = \"week/own-open\", last = 2, at_most = 2 }";
        format!(
            "{WEEKLY}{}[[rule]]\nid = \"low\"\nwhen = {when}\n{effect}\nwhy = \"W.\"\n",
            THREE
                .replace("\"week\"", "\"ask\"")
                .replace("id = \"a\"", "id = \"a\"\nafter = []")
        )
    };
    let low = |effect: &str| {
        let mut doer = Doer::new(&rule(effect));
        for after in [0, 7] {
            let given = Outcome::Value(Value::Number(2));
            let rating = answer("own-open", StepKind::Rate, given);
            doer.does(after, "week").answers.push(rating);
        }
        doer
    };
    let mut doer = low("offer = \"help\"");
    assert_eq!(doer.next(8), "low offers help");
    doer.sessions.truncate(1);
    assert_eq!(doer.next(3), "do a");
    let mut doer = low("offer = \"help\"");
    doer.does(8, "help");
    assert_eq!(doer.next(8), "do a");
    let mut doer = low("offer = \"help\"");
    doer.say(
        8,
        PlanStatement::Skipped {
            stage: "low".into(),
        },
    );
    assert_eq!(doer.next(8), "do a");
    let doer = low("pause = \"2 weeks\"");
    assert_eq!(doer.next(8), "paused Some(21)");
    assert_eq!(doer.next(21), "do w");
    assert_eq!(low("pass = \"a\"").next(12), "do b");
    assert_eq!(low("end = true").next(8), "ended");
}

#[test]
fn a_stage_with_safety_questions_is_passed_after_two_weeks_and_never_two_in_a_row() {
    let mut doer = Doer::new(
        "[[stage]]\nid = \"a\"\nexercise = \"hurt\"\n\
         [[stage]]\nid = \"b\"\nexercise = \"sorry\"\n\
         [[stage]]\nid = \"c\"\nexercise = \"why\"\n",
    );
    doer.gated = ["hurt".into(), "sorry".into()].into();
    assert_eq!(doer.next(13), "do a");
    assert_eq!(doer.next(14), "do b");
    assert_eq!(doer.next(60), "do b");
    doer.does(60, "ask");
    assert_eq!(doer.next(60), "do c");
    // It can still be done.
    doer.does(61, "sorry");
    let runs = plan_runs(&doer.facts);
    let states = stages(&doer.at(&runs[0], 61));
    assert_eq!(states[1].status, StageStatus::Done(day(61)));
    // The last one stays.
    doer.does(62, "why");
    doer.plan.stages.truncate(1);
    doer.sessions.clear();
    assert_eq!(doer.next(90), "do a");
}

#[test]
fn the_safety_questions_come_when_it_begins_and_every_four_weeks() {
    let mut doer = Doer::new(THREE);
    let due = |doer: &Doer, after| {
        let runs = plan_runs(&doer.facts);
        doer.at(&runs[0], after).gate_is_due()
    };
    assert!(due(&doer, 0) && due(&doer, 5));
    // What was done before doesn't count, nor what isn't of the plan.
    doer.does(-2, "vow");
    doer.does(2, "sorry");
    assert!(due(&doer, 5));
    doer.does(5, "vow").state = SessionState::Open;
    assert!(!due(&doer, 5) && !due(&doer, 27));
    assert!(due(&doer, 28) && due(&doer, 40));
    doer.does(41, "week");
    assert!(!due(&doer, 55) && due(&doer, 56));
}

#[test]
fn what_comes_after_a_repeat_is_over_is_of_the_next_stage() {
    let mut doer = Doer::new(&format!(
        "{}[[stage]]\nid = \"b\"\nexercise = \"week\"\n",
        WEEKLY.replace("at_most = 3", "at_most = 2")
    ));
    doer.does(0, "week");
    doer.does(7, "week");
    assert_eq!(doer.next(7), "do b");
    doer.does(8, "week");
    assert_eq!(doer.next(8), "ended");
}
