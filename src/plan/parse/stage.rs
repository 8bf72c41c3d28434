//! A stage, checked against those before it.

use std::collections::BTreeSet;

use toml::de::DeTable;

use super::{PlanReader, span};
use crate::format::did_you_mean;
use crate::format::problem::{Code, Span};
use crate::format::read::{as_text, count, flag, list, number, text};
use crate::plan::{PlanPhase, PlanStage, StageRepeat};

impl PlanReader<'_> {
    pub(super) fn stage(&mut self, table: &DeTable<'_>, phases: &[PlanPhase]) -> PlanStage {
        let id = text(table, "id").unwrap_or_default();
        let exercise = self.exercise(table, "exercise");
        let phase = text(table, "phase");
        if let Some(phase) = phase
            .as_ref()
            .filter(|it| phases.iter().all(|there| there.id != **it))
        {
            let message = format!("there’s no phase `{}`", phase.escape_debug());
            let help = format!("add [phase.{phase}] with its title, above the first [[stage]]");
            self.report(Code::UnknownGroup, span(table, "phase"), message, help);
        }
        let after = self.after(table);
        let every = self.days(table, "every");
        let repeat = every.map(|every| StageRepeat {
            every,
            at_least: count(table, "at_least").unwrap_or(1),
            at_most: count(table, "at_most").unwrap_or(1),
            until: self.condition(table, "until"),
        });
        self.repeat_is_whole(table);
        let stage = PlanStage {
            exercise,
            phase,
            why: text(table, "why"),
            optional: flag(table, "optional"),
            wait: self.days(table, "wait").unwrap_or(0),
            when: self.condition(table, "when"),
            only_when: self.condition(table, "only_when"),
            after,
            repeat,
            id,
        };
        self.is_kept_apart(&stage, table);
        stage
    }

    /// A repeat has an end, and what belongs to one stands nowhere else.
    fn repeat_is_whole(&mut self, table: &DeTable<'_>) {
        let has = |key: &str| table.contains_key(key);
        if has("every") && !has("at_most") {
            let message = String::from("this stage is repeated without an end");
            self.report(
                Code::MissingKey,
                span(table, "every"),
                message,
                "add `at_most`: how often it’s repeated at most",
            );
        }
        let (least, most) = (number(table, "at_least"), number(table, "at_most"));
        if least.zip(most).is_some_and(|(least, most)| least > most) {
            let message = String::from("`at_least` is above `at_most`");
            self.report(
                Code::Crossed,
                span(table, "at_least"),
                message,
                "raise `at_most`, or lower `at_least`",
            );
        }
        for key in ["at_least", "at_most", "until"] {
            if has(key) && !has("every") {
                let message = format!("`{key}` does nothing in a stage that isn’t repeated");
                self.report(
                    Code::Misplaced,
                    span(table, key),
                    message,
                    "add `every`, or remove it",
                );
            }
        }
        for key in ["after", "wait", "when", "every"] {
            if has(key) && has("only_when") {
                let message = format!("`{key}` does nothing in a stage with `only_when`");
                self.report(
                    Code::Misplaced,
                    span(table, key),
                    message,
                    "it stands beside the order; remove one of them",
                );
            }
        }
    }

    /// The places of the stages before one.
    fn after(&mut self, table: &DeTable<'_>) -> Vec<usize> {
        let in_order = |stage: &PlanStage| stage.only_when.is_none();
        if !table.contains_key("after") {
            let before = self.stages.iter().rposition(in_order);
            return before.into_iter().collect();
        }
        let mut after = Vec::new();
        for value in list(table, "after") {
            let Some(id) = as_text(value) else { continue };
            let earlier = self.stages.iter().position(|stage| stage.id == id);
            match earlier.filter(|at| in_order(&self.stages[*at])) {
                Some(at) => after.push(at),
                None => self.no_stage(&id, value.span(), Code::LaterStep),
            }
        }
        after
    }

    /// Says that a stage can't be meant.
    pub(super) fn no_stage(&mut self, id: &str, span: Span, code: Code) {
        let message = match code {
            Code::LaterStep => format!("no stage `{}` comes before this one", id.escape_debug()),
            _ => format!("there’s no stage `{}`", id.escape_debug()),
        };
        let ids = self.stages.iter().map(|stage| stage.id.as_str());
        let help = did_you_mean(id, ids).unwrap_or_else(|| {
            String::from("name an earlier stage that stands in the order, without `only_when`")
        });
        self.report(code, span, message, help);
    }

    /// Two stages with one exercise: it must be clear which of them a session is of.
    fn is_kept_apart(&mut self, stage: &PlanStage, table: &DeTable<'_>) {
        let mut before: BTreeSet<usize> = BTreeSet::new();
        let mut open: Vec<usize> = stage.after.clone();
        while let Some(at) = open.pop() {
            if before.insert(at) {
                open.extend(&self.stages[at].after);
            }
        }
        let beside = |other: &PlanStage| other.only_when.is_some() || stage.only_when.is_some();
        let mut others = self.stages.iter().enumerate();
        let other = others.find(|(at, other)| {
            other.exercise == stage.exercise && !beside(other) && !before.contains(at)
        });
        if let Some((_, other)) = other {
            let message = format!(
                "stage `{}` has the same exercise, and nothing keeps them apart",
                other.id
            );
            let help = format!("put `{}` into `after`, so that one comes first", other.id);
            self.report(Code::NotApart, span(table, "exercise"), message, help);
        }
    }
}
