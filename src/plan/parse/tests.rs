//! What is read, and what is told of what cannot be.

use super::*;
use crate::format::report::brief;
use crate::plan::library::BUILT_IN;
use crate::plan::{PlanTest, StageEnd};

/// A plan with these stages, and whatever else stands before or behind them.
fn text(stages: &str) -> String {
    format!(
        "format = 1\nversion = 1\ntitle = \"T\"\nrole = \"anyone\"\nweeks = 2\n\
         minutes_a_week = 5\nsummary = \"S.\"\nopening = \"O.\"\nclosing = \"C.\"\n\
         caution = \"N.\"\nevidence = \"Weak.\"\n\
         endings = [{{ id = \"we-part\", title = \"We part\", text = \"Fine.\" }}]\n{stages}"
    )
}

const TWO: &str = "[[stage]]\nid = \"a\"\nexercise = \"promise\"\n\
    [[stage]]\nid = \"b\"\nexercise = \"check-in\"\n";

fn told(stages: &str) -> Vec<String> {
    let text = text(stages);
    let problems = problems("mine", &text, &Library::open(None));
    let told = problems.iter().map(|problem| {
        let line = brief(&text, problem);
        format!("{} {line}", problem.code.id())
    });
    told.collect()
}

#[test]
fn the_built_in_plans_have_no_problem() {
    for (id, text) in BUILT_IN {
        assert_eq!(problems(id, text, &Library::open(None)), [], "{id}");
    }
}

#[test]
fn a_plan_is_read_whole() {
    let stages = "[phase.one]\ntitle = \"One\"\n\
        [[stage]]\nid = \"a\"\nexercise = \"promise\"\nphase = \"one\"\n\
        [[stage]]\nid = \"b\"\nexercise = \"check-in\"\nwait = \"2 weeks\"\nevery = \"1 week\"\n\
        at_least = 2\nat_most = 4\n\
        until = { measure = \"check-in/own-open\", last = 3, at_least = 5 }\n\
        [[stage]]\nid = \"c\"\nexercise = \"setback\"\n\
        only_when = { promise = \"missed\", within = \"7 days\" }\n\
        [[stage]]\nid = \"d\"\nexercise = \"why-us\"\nafter = [\"a\"]\n\
        when = { not = { stage = \"a\", is = \"passed\" } }\n\
        [[rule]]\nid = \"r\"\nwhen = { answer = \"check-in/side\", is = \"hurt\" }\n\
        pass = \"d\"\nwhy = \"Because.\"\n";
    assert_eq!(told(stages), [""; 0]);
    let plan = plan("mine", &text(stages)).unwrap();
    let after: Vec<&[usize]> = plan.stages.iter().map(|stage| &*stage.after).collect();
    assert_eq!(after, [&[][..], &[0], &[1], &[0]]);
    assert_eq!(plan.stages[1].wait, 14);
    let repeat = plan.stages[1].repeat.as_ref().unwrap();
    let until = PlanCondition::Ratings {
        exercise: "check-in".into(),
        step: "own-open".into(),
        last: 3,
        test: PlanTest::AtLeast(5),
    };
    assert_eq!(
        (repeat.every, repeat.at_most, &repeat.until),
        (7, 4, &Some(until))
    );
    let passed = PlanCondition::Stage {
        stage: "a".into(),
        end: StageEnd::Passed,
    };
    let not = PlanCondition::Not(Box::new(passed));
    assert_eq!(plan.stages[3].when, Some(not));
    assert_eq!(plan.rules[0].effect, RuleEffect::Pass(3));
}

#[test]
fn all_that_is_wrong_is_told_at_once_with_its_line() {
    let stages = "[phase.one]\ntitle = \"One\"\n\
        [[stage]]\nid = \"a\"\nexercise = \"promis\"\nphase = \"won\"\nwait = \"soon\"\n\
        [[stage]]\nid = \"a\"\nexercise = \"check-in\"\nafter = [\"c\"]\nevery = \"1 week\"\n\
        [[stage]]\nid = \"c\"\nexercise = \"why-us\"\nafter = []\nat_most = 3\n\
        [[stage]]\nid = \"d\"\nexercise = \"why-us\"\nafter = [\"a\"]\n\
        [[rule]]\nid = \"r\"\nwhen = { answer = \"check-in/sid\", is = \"x\" }\nwhy = \"W.\"\n";
    assert_eq!(
        told(stages),
        [
            "TC0309 line 13: phase `one` has no stages; name it in a stage, or remove it",
            "TC0322 line 17: there’s no exercise `promis`; did you mean `promise`?",
            "TC0308 line 18: there’s no phase `won`; add [phase.won] with its title, above the first [[stage]]",
            "TC0331 line 19: `wait` is no length of time: \"soon\"; write so many days or weeks: \"3 days\", \"1 week\"",
            "TC0301 line 21: the stage id `a` is used twice; give each stage an id of its own",
            "TC0303 line 23: no stage `c` comes before this one; name an earlier stage that stands in the order, without `only_when`",
            "TC0202 line 24: this stage is repeated without an end; add `at_most`: how often it’s repeated at most",
            "TC0210 line 29: `at_most` does nothing in a stage that isn’t repeated; add `every`, or remove it",
            "TC0332 line 32: stage `c` has the same exercise, and nothing keeps them apart; put `c` into `after`, so that one comes first",
            "TC0333 line 35: rule `r` does nothing; give it one of offer, pause, pass, or end = true",
            "TC0302 line 36: exercise `check-in` has no step `sid`; did you mean `side`?",
        ]
    );
}

#[test]
fn a_test_has_to_fit_what_it_looks_at() {
    for (when, code) in [
        ("{ answer = \"check-in/side\", is = \"hurt\" }", ""),
        ("{ answer = \"check-in/side\", is = \"hut\" }", "TC0305"),
        ("{ answer = \"check-in/side\", at_least = 3 }", "TC0304"),
        ("{ answer = \"check-in/fear\", answered = true }", "TC0304"),
        ("{ answer = \"check-in\", answered = true }", "TC0302"),
        ("{ answer = \"nothing/here\", answered = true }", "TC0322"),
        ("{ answer = \"check-in/own-open\", at_least = 9 }", "TC0304"),
        (
            "{ answer = \"check-in/side\", is = \"hurt\", last = 2 }",
            "TC0209",
        ),
        (
            "{ measure = \"check-in/side\", last = 2, at_most = 2 }",
            "TC0304",
        ),
        ("{ measure = \"check-in/own-open\", at_most = 2 }", "TC0209"),
        ("{ stage = \"a\", is = \"over\" }", "TC0304"),
        ("{ stage = \"z\", is = \"done\" }", "TC0303"),
        (
            "{ promise = \"kept\", within = \"7 days\", at_least = 3 }",
            "",
        ),
        ("{ promise = \"kept\" }", "TC0209"),
        (
            "{ all = [{ stage = \"a\", is = \"done\" }], any = [] }",
            "TC0207",
        ),
        ("{ }", "TC0209"),
    ] {
        let rule = format!("{TWO}[[rule]]\nid = \"r\"\nwhen = {when}\nend = true\nwhy = \"W.\"\n");
        let told = told(&rule);
        let codes: Vec<&str> = told.iter().map(|line| &line[..6]).collect();
        let wanted: &[&str] = if code.is_empty() { &[] } else { &[code] };
        assert!(
            codes.starts_with(wanted) && codes.is_empty() == wanted.is_empty(),
            "{when}: {told:?}"
        );
    }
}

#[test]
fn a_plan_is_read_also_when_its_exercise_is_gone() {
    let stages = TWO.replace("check-in", "gone");
    assert!(plan("mine", &text(&stages)).is_ok());
    assert_eq!(told(&stages).len(), 1);
    assert!(is_plan(&stages) && !is_plan("[[step]]\n"));
}

#[test]
fn what_is_for_two_is_in_plans_for_both_or_can_be_passed_and_nothing_closed_is_looked_at() {
    let library = Library::open([std::path::Path::new("tests/fixtures/exercises/good")]);
    let stages = TWO.replace("check-in", "two");
    let rule = "[[rule]]\nid = \"r\"\nwhen = { answer = \"two/close\", answered = true }\n\
        end = true\nwhy = \"W.\"\n";
    let codes = |text: &str| {
        let problems = problems("mine", text, &library);
        problems
            .iter()
            .map(|problem| problem.code.id())
            .collect::<Vec<_>>()
    };
    let both = text(&stages).replace("anyone", "both");
    assert_eq!(codes(&both), [""; 0]);
    assert_eq!(codes(&text(&stages)), ["TC0304"]);
    // In the plan of one it can join where it can be passed.
    let optional = stages.replace(
        "exercise = \"two\"\n",
        "exercise = \"two\"\noptional = true\n",
    );
    assert_eq!(codes(&text(&optional)), [""; 0]);
    assert_eq!(codes(&(both + rule)), ["TC0501"]);
}
