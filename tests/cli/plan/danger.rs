//! Somebody who follows a plan answers that they're afraid, or not free.

use trust_coach::plan::library::BUILT_IN;
use trust_coach::plan::{PlanRule, parse};

use super::{does, done, next};
use crate::common::Sandbox;

#[test]
fn danger_comes_before_every_other_rule_of_a_plan() {
    let is_danger = |rule: &&PlanRule| rule.id.ends_with("-first") || rule.id.ends_with("not-free");
    let mut found = 0;
    for (id, text) in BUILT_IN {
        let plan = parse::plan(id, text).unwrap();
        let first = plan.rules.iter().take_while(is_danger).count();
        assert_eq!(first, plan.rules.iter().filter(is_danger).count(), "{id}");
        found += first;
    }
    // What it offers, and the wait after that, in each plan for one person.
    assert_eq!(found, 6);
}

#[test]
fn after_an_answer_that_leads_to_help_a_plan_offers_help_once_and_waits() {
    for (plan, exercise, who) in [
        ("after-you-were-hurt", "first-weeks-hurt", "ik"),
        ("after-you-were-hurt", "check-in", "yael"),
        ("after-you-were-hurt", "money-facts", "suki"),
        ("after-you-were-hurt", "long-road", "noor"),
        ("after-you-broke-trust", "first-weeks-broke", "rosa"),
        ("after-you-broke-trust", "check-in", "ben"),
        ("after-you-broke-trust", "tell-truth", "zeno"),
        ("reliable-again", "promise", "noa"),
    ] {
        let sandbox = Sandbox::new();
        done(&sandbox, 0, &["plan", "start", plan]);
        does(&sandbox, 1, exercise, who);
        let offered = next(&sandbox, 2);
        let is = |key: &str, word: &str| offered[key] == word;
        assert!(
            is("now", "offer") && is("exercise", "find-help"),
            "{exercise} {who}: {offered}"
        );
        does(&sandbox, 3, "find-help", "petra");
        for day in [4, 20, 28] {
            let waiting = next(&sandbox, day);
            assert_eq!(waiting["now"], "paused", "{exercise} {who}: {waiting}");
        }
        // Nobody paused it, so that it can't be resumed; that it waits is said wherever it's shown.
        let page = done(&sandbox, 4, &["next"]);
        assert!(!page.contains("plan resume"), "{page}");
        let standing = done(&sandbox, 4, &["plan"]);
        assert!(standing.contains("It waits until"), "{standing}");
        assert_eq!(next(&sandbox, 30)["now"], "do", "{exercise} {who}");
    }
}
