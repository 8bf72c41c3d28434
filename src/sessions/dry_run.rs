//! What a session by a script would be: the steps in their order, with their conditions, and what
//! each would get. Nothing is written.

use serde_json::{Value as Json, json};

use super::AnswerOptions;
use super::checked::{CheckedAnswers, listed};
use crate::answers::AnswerProblem;
use crate::error::Result;
use crate::exercise::condition_words;
use crate::exercise::{Exercise, Step, StepKind};
use crate::home::world::World;
use crate::session::{Answer, Outcome};
use crate::text::json;
use crate::text::{columns, first_words, inert, width, wrap_indented};

/// One line of the list: a step, and what it gets where it is asked.
struct DryRunLine<'t> {
    step: &'t Step,
    answer: Option<&'t Answer>,
}

/// Prints the list.
pub(super) fn print(
    world: &mut World<'_>,
    options: &AnswerOptions,
    checked: &CheckedAnswers,
) -> Result<()> {
    let exercise = checked.engine.exercise();
    let lines = lines(exercise, &checked.engine.session().answers);
    if options.json {
        let steps: Vec<Json> = lines.iter().map(|line| line.object(checked)).collect();
        let problems: Vec<&AnswerProblem> = checked.problems.iter().collect();
        let object = json!({ "format": "1.0", "steps": steps, "problems": listed(&problems) });
        return world.print(&json::line(&object));
    }
    let width = width(world.terminal.columns);
    let names = lines.iter().map(|line| columns(&line.name())).max();
    let mut page = String::new();
    let mut number = 0;
    for line in &lines {
        let place = if line.answer.is_some() {
            number += 1;
            format!("{number:>3}.")
        } else {
            String::from("   -")
        };
        let (name, names) = (line.name(), names.unwrap_or(0));
        let first = format!("{place} {name:<names$}  {:<8}", line.step.kind().name());
        let room = width.saturating_sub(columns(&first) + 1).max(12);
        page.push_str(format!("{first} {}", first_words(&line.gets(checked), room)).trim_end());
        page.push('\n');
        if let Some(when) = &line.step.when {
            let when = format!("only when {}", condition_words::words(when));
            for line in wrap_indented(&inert(&when), width, "       ", "         ") {
                page.push_str(&line);
                page.push('\n');
            }
        }
    }
    world.print(&page)
}

/// The steps on the way in the order in which they are asked, and each step that is not on it
/// where it stands in the exercise.
fn lines<'t>(exercise: &'t Exercise, answers: &'t [Answer]) -> Vec<DryRunLine<'t>> {
    let at = |id: &str| exercise.steps.iter().position(|step| step.id == id);
    let on_the_way = answers.iter().filter(|answer| !answer.unreached);
    let mut lines: Vec<DryRunLine<'_>> = on_the_way
        .filter_map(|answer| {
            let step = exercise.step(&answer.step)?;
            Some(DryRunLine {
                step,
                answer: Some(answer),
            })
        })
        .collect();
    for (here, step) in exercise.steps.iter().enumerate() {
        if lines.iter().any(|line| line.step.id == step.id) {
            continue;
        }
        let later = |line: &DryRunLine<'_>| at(&line.step.id).is_some_and(|at| at > here);
        let before = lines.iter().position(later).unwrap_or(lines.len());
        lines.insert(before, DryRunLine { step, answer: None });
    }
    lines
}

impl DryRunLine<'_> {
    fn name(&self) -> String {
        match self.answer {
            Some(answer) => answer.id().to_string(),
            None => self.step.id.clone(),
        }
    }

    fn problem<'t>(&self, checked: &'t CheckedAnswers) -> Option<&'t AnswerProblem> {
        let name = self.name();
        checked.problems.iter().find(|problem| problem.id == name)
    }

    /// Whether the answers cannot tell if the step is on the way.
    fn is_open(&self, checked: &CheckedAnswers) -> bool {
        let of = |problem: &AnswerProblem, step: &str| problem.id.split('@').next() == Some(step);
        let is_open = |step: &&str| checked.problems.iter().any(|problem| of(problem, step));
        let when = self.step.when.as_ref();
        when.is_some_and(|when| when.steps().iter().any(is_open))
    }

    /// What the step gets, in words.
    fn gets(&self, checked: &CheckedAnswers) -> String {
        let Some(answer) = self.answer else {
            if self.step.participation.seal {
                return String::from(CLOSED);
            }
            return String::from(if self.is_open(checked) {
                DEPENDS
            } else {
                "not on this path"
            });
        };
        match (&answer.given, self.problem(checked)) {
            (_, Some(problem)) if problem.is_missing() => String::from("missing"),
            (_, Some(_)) => String::from("(see below)"),
            (Outcome::Seen | Outcome::Pending, None) => String::new(),
            (Outcome::Skipped, None) if checked.answers.given.contains_key(&self.name()) => {
                String::from("rather not say")
            }
            (Outcome::Skipped, None) => String::from(DEPENDS),
            (Outcome::Closed(_), None) => String::from(CLOSED),
            (Outcome::Value(_), None) if self.step.sensitive => String::from("(not shown)"),
            (Outcome::Value(_), None) => {
                let words = answer.words().unwrap_or_default();
                format!("{}{words}", self.whence(checked))
            }
        }
    }

    /// Where words come from that are not in the answers.
    fn whence(&self, checked: &CheckedAnswers) -> &'static str {
        match self.step.kind() {
            _ if checked.answers.given.contains_key(&self.name()) => "",
            StepKind::Compose => "(put together) ",
            _ => "(default) ",
        }
    }

    fn object(&self, checked: &CheckedAnswers) -> Json {
        json!({
            "id": self.name(),
            "kind": self.step.kind().name(),
            "when": self.step.when.as_ref().map(condition_words::words),
            "asked": self.answer.is_some(),
            "gets": self.answer.filter(|_| self.problem(checked).is_none()).map(|_| self.gets(checked)),
        })
    }
}

// Texts for people.
const CLOSED: &str = "(closed)";
const DEPENDS: &str = "depends on what’s missing";
