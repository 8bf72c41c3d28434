//! What is next, for any plan and any history.

use jiff::civil::Weekday;
use proptest::prelude::*;

use super::*;
use crate::exercise::AnswerTest;
use crate::ledger::Verdict;

/// Numbers handed out one by one, and zero when they are used up.
struct Dice(std::vec::IntoIter<u16>);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        usize::from(self.0.next().unwrap_or(0)) % bound.max(1)
    }

    fn days(&mut self, bound: usize) -> u32 {
        u32::try_from(self.below(bound)).unwrap()
    }

    fn day(&mut self) -> i64 {
        i64::try_from(self.below(120)).unwrap() - 10
    }
}

const EXERCISES: [&str; 5] = ["vow", "week", "hurt", "missed", "gone"];

fn random_condition(dice: &mut Dice, stages: usize, depth: usize) -> PlanCondition {
    let exercise = EXERCISES[dice.below(5)].to_string();
    let step = String::from("s");
    match dice.below(if depth > 2 { 4 } else { 7 }) {
        0 => PlanCondition::Answer {
            exercise,
            step,
            test: match dice.below(3) {
                0 => AnswerTest::AtMost(3),
                1 => AnswerTest::Answered(false),
                _ => AnswerTest::IsNot("2".into()),
            },
        },
        1 => PlanCondition::Ratings {
            exercise,
            step,
            last: 1 + dice.below(4),
            test: match dice.below(3) {
                0 => PlanTest::AtLeast(3),
                1 => PlanTest::FallsBy(1),
                _ => PlanTest::RisesBy(1),
            },
        },
        2 => PlanCondition::Stage {
            stage: format!("s{}", dice.below(stages + 1)),
            end: [StageEnd::Done, StageEnd::Passed][dice.below(2)],
        },
        3 => PlanCondition::Promise {
            verdict: Verdict::Missed,
            at_least: 1 + dice.below(2),
            within: dice.days(30),
        },
        4 => PlanCondition::Not(Box::new(random_condition(dice, stages, depth + 1))),
        kind => {
            let parts = (0..dice.below(3)).map(|_| random_condition(dice, stages, depth + 1));
            let parts = parts.collect();
            if kind == 5 {
                PlanCondition::All(parts)
            } else {
                PlanCondition::Any(parts)
            }
        }
    }
}

fn maybe(dice: &mut Dice, stages: usize) -> Option<PlanCondition> {
    (dice.below(3) == 0).then(|| random_condition(dice, stages, 0))
}

fn random_plan(dice: &mut Dice) -> Plan {
    let mut plan = Doer::new(WEEKLY).plan;
    plan.stages.clear();
    for at in 0..1 + dice.below(6) {
        let in_order: Vec<usize> = (0..at)
            .filter(|at| plan.stages[*at].only_when.is_none())
            .collect();
        let after = in_order
            .into_iter()
            .filter(|_| dice.below(2) == 0)
            .collect();
        let only_when = maybe(dice, at).filter(|_| at > 0 && dice.below(3) == 0);
        let repeat = (dice.below(3) == 0 && only_when.is_none()).then(|| StageRepeat {
            every: 1 + dice.days(15),
            at_least: 1 + dice.days(3),
            at_most: 3 + dice.days(3),
            until: maybe(dice, at),
        });
        plan.stages.push(PlanStage {
            id: format!("s{at}"),
            exercise: EXERCISES[dice.below(5)].into(),
            phase: None,
            why: None,
            optional: false,
            after,
            wait: dice.days(20),
            when: maybe(dice, at),
            only_when,
            repeat,
        });
    }
    for at in 0..dice.below(3) {
        plan.rules.push(PlanRule {
            id: format!("r{at}"),
            when: random_condition(dice, plan.stages.len(), 0),
            why: "W.".into(),
            effect: match dice.below(4) {
                0 => RuleEffect::Pass(dice.below(plan.stages.len())),
                1 => RuleEffect::Pause(dice.days(20)),
                2 => RuleEffect::End,
                _ => RuleEffect::Offer(EXERCISES[dice.below(5)].into()),
            },
        });
    }
    plan
}

fn random_doer(dice: &mut Dice) -> Doer {
    let mut doer = Doer::of(random_plan(dice));
    let counted = (dice.below(3) == 0).then(|| day(dice.day()));
    let weekday = (dice.below(3) == 0).then_some(Weekday::Friday);
    doer.start(counted, weekday);
    doer.gated = EXERCISES
        .iter()
        .filter(|_| dice.below(2) == 0)
        .map(ToString::to_string)
        .collect();
    for _ in 0..dice.below(12) {
        let (on, stage) = (dice.day(), format!("s{}", dice.below(7)));
        match dice.below(12) {
            0 => doer.say(on, PlanStatement::Paused { until: None }),
            1 => {
                let until = Some(day(dice.day()));
                doer.say(on, PlanStatement::Paused { until });
            }
            2 => doer.say(on, PlanStatement::Resumed),
            3 => {
                let until = day(dice.day());
                doer.say(on, PlanStatement::Postponed { stage, until });
            }
            4 => doer.say(on, PlanStatement::Skipped { stage }),
            5 => doer.misses(on),
            _ => {
                let given = Outcome::Value(Value::Number(i64::from(dice.days(7))));
                let session = doer.does(on, EXERCISES[dice.below(5)]);
                session.answers.push(answer("s", StepKind::Rate, given));
            }
        }
    }
    doer
}

proptest! {
    #[test]
    fn any_plan_and_any_history_give_one_answer_with_a_reason(numbers in prop::collection::vec(any::<u16>(), 0..160)) {
        let mut dice = Dice(numbers.into_iter());
        let mut doer = random_doer(&mut dice);
        for after in [0, 1, 6, 7, 30, 31, 100, 400] {
            doer.next(after);
            // The order in which facts and sessions arrive is all the same.
            let straight = doer.next(after);
            doer.facts.reverse();
            doer.sessions.reverse();
            prop_assert_eq!(straight, doer.next(after));
        }
    }

    #[test]
    fn doing_what_is_next_never_brings_it_again_on_that_day(numbers in prop::collection::vec(any::<u16>(), 0..160)) {
        let mut dice = Dice(numbers.into_iter());
        let mut doer = random_doer(&mut dice);
        // A rule that passes over a stage can stop applying by what was just done; then that was the stage.
        doer.plan.rules.retain(|rule| !matches!(rule.effect, RuleEffect::Pass(_)));
        for after in [130, 150, 200, 300] {
            let runs = plan_runs(&doer.facts);
            let step = next(&doer.at(&runs[0], after));
            let (Some(exercise), answer) = (step.answer.exercise(), format!("{:?}", step.answer)) else {
                continue;
            };
            let exercise = exercise.to_string();
            doer.does(after, &exercise);
            let then = format!("{:?}", next(&doer.at(&runs[0], after)).answer);
            prop_assert_ne!(answer, then);
        }
    }

    #[test]
    fn a_built_in_plan_with_lines_torn_out_or_swapped_is_read_or_refused_and_what_is_read_has_an_answer(
        which in 0..library::BUILT_IN.len(),
        cuts in prop::collection::vec((0_usize..200, 0_usize..200), 1..6),
    ) {
        let mut lines: Vec<&str> = library::BUILT_IN[which].1.lines().collect();
        for (one, other) in cuts {
            let (one, other) = (one % lines.len(), other % lines.len());
            match (one + other) % 3 {
                0 => _ = lines.remove(one),
                1 => lines.swap(one, other),
                _ => lines.insert(one, lines[other]),
            }
        }
        if let Ok(plan) = parse::plan("mine", &lines.join("\n")) {
            let mut doer = Doer::of(plan);
            doer.say(3, PlanStatement::Skipped { stage: "first-weeks".into() });
            for after in [0, 10, 300] {
                doer.next(after);
            }
        }
    }
}
