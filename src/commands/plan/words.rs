//! How plans are spoken of.

use jiff::civil::Date;

use super::ledger::PlanLedger;
use crate::commands::promise::words::day_words;
use crate::exercise::condition_words::tested;
use crate::ledger::Verdict;
use crate::plan::{NextReason, PlanCondition, PlanTest, StageEnd};
use crate::text::counted;

/// `3 days`, `1 week`.
pub(crate) fn length_words(days: u32) -> String {
    let count = usize::try_from(days).unwrap_or(usize::MAX);
    match days % 7 {
        0 if days > 0 => counted(count / 7, "week"),
        _ => counted(count, "day"),
    }
}

/// `3 days`, `week`: behind "every" or "the last".
pub(crate) fn each_words(days: u32) -> String {
    let words = length_words(days);
    words.strip_prefix("1 ").map_or(words.clone(), String::from)
}

/// Why something is next, each reason a sentence.
pub(crate) fn reason_words(reason: &NextReason<'_>, ledger: &PlanLedger) -> String {
    let day = |day: Date| day_words(day, ledger.today);
    let title = |exercise: &str| format!("“{}”", ledger.title(exercise));
    match reason {
        NextReason::First => String::from("The plan begins with it."),
        NextReason::StageDone(stage, on) => {
            format!("You did {} on {}.", title(&stage.exercise), day(*on))
        }
        NextReason::StagePassed(stage, _) => {
            format!("{} before it was skipped.", title(&stage.exercise))
        }
        NextReason::PassedByItself(stage, _) => format!(
            "{} was open for two weeks, so the plan went on without it. You can still do it.",
            title(&stage.exercise)
        ),
        NextReason::Wait(days) => format!("It comes {} later.", length_words(*days)),
        NextReason::Repeat {
            last,
            every,
            weekday,
        } => {
            let every = match weekday {
                Some(weekday) if *every == 7 => format!("each {weekday:?}"),
                _ => format!("every {}", each_words(*every)),
            };
            match last {
                Some(last) => format!("The last one was on {}, and it comes {every}.", day(*last)),
                None => format!("It comes {every}."),
            }
        }
        NextReason::PutOff(until) => format!("You put it off until {}.", day(*until)),
        NextReason::BecameTrue(stage, _) => match &stage.only_when {
            Some(condition) => format!("It fits now: {}.", condition_words(condition, ledger)),
            None => String::from("It fits now."),
        },
        NextReason::Rule(rule, _) => rule.why.trim().to_string(),
        NextReason::Paused(from) => format!("You paused the plan on {}.", day(*from)),
        NextReason::Stopped(on) => format!("You stopped the plan on {}.", day(*on)),
        NextReason::AllOver => String::from("Every stage is done or was skipped."),
    }
}

/// A condition as it reads behind "only when".
pub(crate) fn condition_words(condition: &PlanCondition, ledger: &PlanLedger) -> String {
    let step = |exercise: &str, step: &str| {
        let loaded = ledger.library.load(exercise).ok();
        let name = loaded.and_then(|it| it.step(step)?.name.clone());
        let name = name.unwrap_or_else(|| step.to_string());
        format!("“{name}” in “{}”", ledger.title(exercise))
    };
    let joined = |parts: &[PlanCondition], with: &str| {
        let parts = parts.iter().map(|part| condition_words(part, ledger));
        parts.collect::<Vec<_>>().join(with)
    };
    match condition {
        PlanCondition::Answer {
            exercise,
            step: id,
            test,
        } => format!("{} {}", step(exercise, id), tested(test)),
        PlanCondition::Ratings {
            exercise,
            step: id,
            last,
            test,
        } => {
            let of = step(exercise, id);
            match test {
                PlanTest::AtLeast(bound) => {
                    format!("{of} was {bound} or more {last} times in a row")
                }
                PlanTest::AtMost(bound) => {
                    format!("{of} was {bound} or less {last} times in a row")
                }
                PlanTest::FallsBy(by) => format!("{of} fell by {by} or more over {last} times"),
                PlanTest::RisesBy(by) => format!("{of} rose by {by} or more over {last} times"),
            }
        }
        PlanCondition::Stage { stage, end } => match end {
            StageEnd::Done => format!("the stage {stage} was done"),
            StageEnd::Passed => format!("the stage {stage} was skipped"),
        },
        PlanCondition::Promise {
            verdict,
            at_least,
            within,
        } => {
            let came = match verdict {
                Verdict::Kept => "kept",
                Verdict::Part => "partly kept",
                Verdict::Missed => "missed",
                Verdict::Repaired => "put right",
            };
            let days = match at_least {
                1 => String::new(),
                several => format!(" on {several} days or more"),
            };
            format!(
                "a promise has been {came}{days} in the last {}",
                each_words(*within)
            )
        }
        PlanCondition::All(parts) => joined(parts, " and "),
        PlanCondition::Any(parts) => joined(parts, " or "),
        PlanCondition::Not(inner) => format!("not: {}", condition_words(inner, ledger)),
    }
}
