//! From TOML text to a plan that cannot be wrong. Everything is reported at once, with its place.
//!
//! A plan that somebody does must be read also when an exercise of it is gone; whether the exercises
//! and their steps are there is looked at only where a [`Library`] is handed in.

mod condition;
mod stage;
#[cfg(test)]
mod tests;

use toml::Spanned;
use toml::de::DeTable;

use crate::exercise::library::Library;
use crate::exercise::works;
use crate::format::problem::{Code, Problem, Span, in_order};
use crate::format::read::{as_text, flag, list, number, tables, text};
use crate::format::{check, did_you_mean, is_id, syntax};
use crate::plan::table::PLAN;
use crate::plan::{
    Plan, PlanCondition, PlanEnding, PlanPhase, PlanRole, PlanRule, PlanStage, RuleEffect,
};

/// Reads a plan.
///
/// # Errors
///
/// Everything that is wrong with it, in the order of the text.
pub fn plan(id: &str, text: &str) -> Result<Plan, Vec<Problem>> {
    read(id, text, None)
}

/// Returns everything that is wrong with a plan, also with the exercises that it names.
pub fn problems(id: &str, text: &str, library: &Library) -> Vec<Problem> {
    read(id, text, Some(library)).err().unwrap_or_default()
}

/// Whether a TOML text means to be a plan and not an exercise.
pub fn is_plan(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    lines.any(|line| line == "[[stage]]")
}

fn read(id: &str, text: &str, library: Option<&Library>) -> Result<Plan, Vec<Problem>> {
    let mut problems = Vec::new();
    let tree = syntax::tree(text, &mut problems);
    let is_known = check::check(&PLAN, text, &tree, &mut problems);
    if !is_known || !tree.is_whole() {
        return Err(in_order(problems));
    }
    let mut reader = PlanReader {
        library,
        role: PlanRole::Anyone,
        stages: Vec::new(),
        problems: &mut problems,
    };
    let plan = reader.plan(id, tree.root.get_ref());
    match problems.is_empty() {
        true => Ok(plan),
        false => Err(in_order(problems)),
    }
}

/// What is known while a plan is read.
struct PlanReader<'r> {
    library: Option<&'r Library>,
    /// Who the plan is for.
    role: PlanRole,
    /// The stages so far; a place for each, also where it could not be read.
    stages: Vec<PlanStage>,
    problems: &'r mut Vec<Problem>,
}

fn span(table: &DeTable<'_>, key: &str) -> Span {
    table.get(key).map(Spanned::span).unwrap_or_default()
}

impl PlanReader<'_> {
    fn report(&mut self, code: Code, span: Span, message: String, help: impl Into<String>) {
        let problem = Problem::new(code, span, message);
        self.problems.push(problem.help(help));
    }

    fn plan(&mut self, id: &str, root: &DeTable<'_>) -> Plan {
        let line = |key| text(root, key).unwrap_or_default();
        self.role = PlanRole::from_name(&line("role")).unwrap_or(PlanRole::Anyone);
        let phases: Vec<PlanPhase> = self.phases(root);
        for name in ["stage", "rule"] {
            self.repeated_ids(tables(root, name), name);
        }
        for table in tables(root, "stage") {
            let stage = self.stage(table, &phases);
            self.stages.push(stage);
        }
        self.unused_phases(root);
        let rules = tables(root, "rule").map(|table| self.rule(table)).collect();
        let sources = self.sources(root);
        let ending = |table: &DeTable<'_>| PlanEnding {
            id: text(table, "id").unwrap_or_default(),
            title: text(table, "title").unwrap_or_default(),
            text: text(table, "text").unwrap_or_default(),
        };
        Plan {
            id: id.to_string(),
            version: number(root, "version").unwrap_or(1),
            title: line("title"),
            role: self.role,
            weeks: number(root, "weeks").unwrap_or(1),
            minutes_a_week: number(root, "minutes_a_week").unwrap_or_default(),
            summary: line("summary"),
            opening: line("opening"),
            closing: line("closing"),
            caution: line("caution"),
            evidence: line("evidence"),
            sources,
            endings: tables(root, "endings").map(ending).collect(),
            phases,
            stages: std::mem::take(&mut self.stages),
            rules,
            pack: None,
        }
    }

    /// The phases, in the order in which stages name them.
    fn phases(&mut self, root: &DeTable<'_>) -> Vec<PlanPhase> {
        let Some(named) = root.get("phase").and_then(|it| it.get_ref().as_table()) else {
            return Vec::new();
        };
        let title = |id: &str| text(named.get(id)?.get_ref().as_table()?, "title");
        let mut phases: Vec<PlanPhase> = Vec::new();
        for id in tables(root, "stage").filter_map(|stage| text(stage, "phase")) {
            let is_new = phases.iter().all(|phase| phase.id != id);
            if let Some(title) = title(&id).filter(|_| is_new) {
                phases.push(PlanPhase { id, title });
            }
        }
        phases
    }

    fn unused_phases(&mut self, root: &DeTable<'_>) {
        let named = root.get("phase").and_then(|it| it.get_ref().as_table());
        for (name, _) in named.into_iter().flatten() {
            let id = name.get_ref().as_ref();
            let is_used = self
                .stages
                .iter()
                .any(|stage| stage.phase.as_deref() == Some(id));
            if !is_used && is_id(id) {
                let message = format!("phase `{id}` has no stages");
                self.report(
                    Code::UnusedGroup,
                    name.span(),
                    message,
                    "name it in a stage, or remove it",
                );
            }
        }
    }

    fn repeated_ids<'t>(&mut self, all: impl Iterator<Item = &'t DeTable<'t>>, what: &str) {
        let mut known: Vec<(String, Span)> = Vec::new();
        for table in all {
            let Some(id) = text(table, "id") else {
                continue;
            };
            let place = span(table, "id");
            match known.iter().find(|(other, _)| *other == id) {
                Some((_, first)) => {
                    let message = format!("the {what} id `{}` is used twice", id.escape_debug());
                    let problem = Problem::new(Code::DuplicateId, place, message);
                    let problem = problem.second(first.clone(), "first used here");
                    self.problems
                        .push(problem.help(format!("give each {what} an id of its own")));
                }
                None => known.push((id, place)),
            }
        }
    }

    fn sources(&mut self, root: &DeTable<'_>) -> Vec<String> {
        let mut sources = Vec::new();
        for value in list(root, "sources") {
            let Some(id) = as_text(value) else { continue };
            if works::find(&id).is_none() {
                let message = format!("there’s no listed work `{}`", id.escape_debug());
                let ids = works::built_in().iter().map(|work| work.id.as_str());
                let help = did_you_mean(&id, ids);
                let help = help
                    .unwrap_or_else(|| String::from("say in `evidence` what else it’s based on"));
                self.report(Code::UnknownName, value.span(), message, help);
            }
            sources.push(id);
        }
        sources
    }

    /// The exercise that a key names.
    fn exercise(&mut self, table: &DeTable<'_>, key: &str) -> String {
        let id = text(table, key).unwrap_or_default();
        if let Some(library) = self.library
            && !id.is_empty()
            && library.origin(&id).is_none()
        {
            let message = format!("there’s no exercise `{}`", id.escape_debug());
            let heads = library.heads();
            let help = did_you_mean(&id, heads.iter().map(|entry| entry.id.as_str()));
            let help = help.unwrap_or_else(|| String::from("`trust-coach list` shows all of them"));
            self.report(Code::UnknownName, span(table, key), message, help);
        }
        let head = self.library.and_then(|library| library.head(&id).ok());
        let can_be_passed = self::flag(table, "optional");
        let both = self.role == PlanRole::Both || can_be_passed;
        if head.is_some_and(|head| head.for_two) && !both {
            let message = format!("exercise `{id}` is for two people");
            let help =
                "it takes two: give the stage `optional = true`, or the plan role = \"both\"";
            self.report(Code::TestDoesNotFit, span(table, key), message, help);
        }
        id
    }

    fn rule(&mut self, table: &DeTable<'_>) -> PlanRule {
        let mut effects = Vec::new();
        if table.contains_key("offer") {
            effects.push(RuleEffect::Offer(self.exercise(table, "offer")));
        }
        if table.contains_key("pause") {
            effects.push(RuleEffect::Pause(self.days(table, "pause").unwrap_or(0)));
        }
        if let Some(id) = text(table, "pass") {
            match self.stages.iter().position(|stage| stage.id == id) {
                Some(at) => effects.push(RuleEffect::Pass(at)),
                None => {
                    self.no_stage(&id, span(table, "pass"), Code::UnknownName);
                    effects.push(RuleEffect::End);
                }
            }
        }
        if flag(table, "end") {
            effects.push(RuleEffect::End);
        }
        let id = text(table, "id").unwrap_or_default();
        if effects.len() != 1 {
            let message = format!(
                "rule `{id}` does {}",
                match effects.len() {
                    0 => "nothing",
                    _ => "more than one thing",
                }
            );
            self.report(
                Code::RuleEffects,
                span(table, "id"),
                message,
                "give it one of offer, pause, pass, or end = true",
            );
        }
        let unclear = || PlanCondition::Any(Vec::new());
        PlanRule {
            id,
            when: self.condition(table, "when").unwrap_or_else(unclear),
            why: text(table, "why").unwrap_or_default(),
            effect: effects.pop().unwrap_or(RuleEffect::End),
        }
    }

    /// A length of time in days.
    fn days(&mut self, table: &DeTable<'_>, key: &str) -> Option<u32> {
        let words = text(table, key)?;
        let days = days_of(&words);
        if days.is_none() {
            let message = format!("`{key}` is no length of time: \"{}\"", words.escape_debug());
            self.report(
                Code::NotADuration,
                span(table, key),
                message,
                "write so many days or weeks: \"3 days\", \"1 week\"",
            );
        }
        days
    }
}

/// Reads `3 days`, `1 week`.
fn days_of(words: &str) -> Option<u32> {
    let (number, unit) = words.trim().split_once(' ')?;
    let number: u32 = number.parse().ok()?;
    let days = match unit.trim() {
        "day" | "days" => number,
        "week" | "weeks" => number.checked_mul(7)?,
        _ => return None,
    };
    (1..=MOST_DAYS).contains(&days).then_some(days)
}

/// Longer than this, nobody waits in a plan.
const MOST_DAYS: u32 = 366;
