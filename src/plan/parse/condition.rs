//! Conditions, each test checked against the step that it tests, where that is known.

use toml::de::{DeTable, DeValue};

use super::{PlanReader, span};
use crate::exercise::parse::answer_test;
use crate::exercise::{AnswerTest, Asking, Step};
use crate::format::did_you_mean;
use crate::format::problem::Code;
use crate::format::read::{SpannedValue, count, list, number, text};
use crate::ledger::Verdict;
use crate::plan::{PlanCondition, PlanTest, StageEnd};

impl PlanReader<'_> {
    /// The condition that stands at a key; none where some of it is wrong.
    pub(super) fn condition(&mut self, table: &DeTable<'_>, key: &str) -> Option<PlanCondition> {
        self.one(table.get(key)?)
    }

    fn one(&mut self, value: &SpannedValue<'_>) -> Option<PlanCondition> {
        let table = value.get_ref().as_table()?;
        for (key, make) in [
            (
                "all",
                PlanCondition::All as fn(Vec<PlanCondition>) -> PlanCondition,
            ),
            ("any", PlanCondition::Any),
        ] {
            if table.contains_key(key) {
                // Every part is read, so that every part's problems are told.
                let parts: Vec<_> = list(table, key).iter().map(|part| self.one(part)).collect();
                return parts.into_iter().collect::<Option<_>>().map(make);
            }
        }
        if let Some(inner) = table.get("not") {
            return Some(PlanCondition::Not(Box::new(self.one(inner)?)));
        }
        if table.contains_key("answer") {
            return self.answer(table);
        }
        if table.contains_key("measure") {
            return self.ratings(table);
        }
        if let Some(stage) = text(table, "stage") {
            return self.stage_end(stage, table);
        }
        let days = self.days(table, "within")?;
        Some(PlanCondition::Promise {
            verdict: Verdict::from_name(&text(table, "promise")?)?,
            at_least: usize::try_from(count(table, "at_least").unwrap_or(1)).ok()?,
            within: days,
        })
    }

    fn answer(&mut self, table: &DeTable<'_>) -> Option<PlanCondition> {
        let (exercise, step) = self.exercise_and_step(table, "answer")?;
        if let Some(found) = self.step(&exercise, &step, table, "answer")?
            && let Err(problem) = answer_test(table, &found)
        {
            self.problems.push(problem);
            return None;
        }
        let literal = |key| match table.get(key)?.get_ref() {
            DeValue::Boolean(yes) => Some(yes.to_string()),
            DeValue::Integer(_) => number(table, key).map(|number| number.to_string()),
            _ => text(table, key),
        };
        let answered = || table.get("answered")?.get_ref().as_bool();
        let test = None
            .or_else(|| literal("is").map(AnswerTest::Is))
            .or_else(|| literal("is_not").map(AnswerTest::IsNot))
            .or_else(|| text(table, "includes").map(AnswerTest::Includes))
            .or_else(|| number(table, "at_least").map(AnswerTest::AtLeast))
            .or_else(|| number(table, "at_most").map(AnswerTest::AtMost))
            .or_else(|| answered().map(AnswerTest::Answered));
        Some(PlanCondition::Answer {
            exercise,
            step,
            test: test?,
        })
    }

    fn ratings(&mut self, table: &DeTable<'_>) -> Option<PlanCondition> {
        let (exercise, step) = self.exercise_and_step(table, "measure")?;
        let found = self.step(&exercise, &step, table, "measure")?;
        if found.is_some_and(|found| !matches!(found.ask, Asking::Rate { .. })) {
            let message = format!("step `{step}` of `{exercise}` isn’t a rating");
            let help = "for other answers write { answer = \"exercise/step\", is = \"…\" }";
            self.report(Code::TestDoesNotFit, span(table, "measure"), message, help);
            return None;
        }
        let test = None
            .or_else(|| number(table, "at_least").map(PlanTest::AtLeast))
            .or_else(|| number(table, "at_most").map(PlanTest::AtMost))
            .or_else(|| number(table, "falls_by").map(PlanTest::FallsBy))
            .or_else(|| number(table, "rises_by").map(PlanTest::RisesBy));
        Some(PlanCondition::Ratings {
            exercise,
            step,
            last: usize::try_from(count(table, "last")?).ok()?,
            test: test?,
        })
    }

    fn stage_end(&mut self, stage: String, table: &DeTable<'_>) -> Option<PlanCondition> {
        if self.stages.iter().all(|there| there.id != stage) {
            self.no_stage(&stage, span(table, "stage"), Code::LaterStep);
            return None;
        }
        let end = match text(table, "is").as_deref() {
            Some("done") => StageEnd::Done,
            Some("passed") => StageEnd::Passed,
            _ => {
                let message = String::from("a stage can only be \"done\" or \"passed\"");
                let help = "write { stage = \"id\", is = \"done\" }";
                self.report(Code::TestDoesNotFit, span(table, "is"), message, help);
                return None;
            }
        };
        Some(PlanCondition::Stage { stage, end })
    }

    /// `exercise/step`; the exercise may be one of a pack.
    fn exercise_and_step(&mut self, table: &DeTable<'_>, key: &str) -> Option<(String, String)> {
        let name = text(table, key)?;
        let Some((exercise, step)) = name.rsplit_once('/') else {
            let message = format!("`{key}` names no step: \"{}\"", name.escape_debug());
            self.report(
                Code::UnknownStep,
                span(table, key),
                message,
                "write the exercise, then the step: \"check-in/told\"",
            );
            return None;
        };
        Some((exercise.to_string(), step.to_string()))
    }

    /// The step that is tested, where the exercises are known; nothing where it isn't there.
    fn step(
        &mut self,
        exercise: &str,
        step: &str,
        table: &DeTable<'_>,
        key: &str,
    ) -> Option<Option<Step>> {
        let Some(library) = self.library else {
            return Some(None);
        };
        let place = span(table, key);
        let Ok(exercise) = library.load(exercise) else {
            let message = format!(
                "there’s no exercise `{}` that can be read",
                exercise.escape_debug()
            );
            self.report(
                Code::UnknownName,
                place,
                message,
                "`trust-coach list` shows all of them",
            );
            return None;
        };
        let Some(found) = exercise.step(step) else {
            let id = &exercise.head.id;
            let message = format!("exercise `{id}` has no step `{}`", step.escape_debug());
            let ids = exercise.steps.iter().map(|step| step.id.as_str());
            let help = did_you_mean(step, ids);
            let help =
                help.unwrap_or_else(|| format!("`trust-coach show {id} --json` has its steps"));
            self.report(Code::UnknownStep, place, message, help);
            return None;
        };
        if matches!(found.ask, Asking::Say { .. }) {
            let message = format!("step `{step}` only shows text, so it has no answer");
            self.report(
                Code::TestDoesNotFit,
                place,
                message,
                "test a step that asks something",
            );
            return None;
        }
        if found.participation.seal {
            let message = format!("the answer to `{step}` is closed");
            let help = "what is offered next would give it away; test an answer that both see";
            self.report(Code::StillClosed, place, message, help);
            return None;
        }
        Some(Some(found.clone()))
    }
}
