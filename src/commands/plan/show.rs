//! `plan show`: every stage of a plan, why it stands there, and what the plan rests on.

use std::io;

use serde_json::{Value, json};

use super::ledger::PlanLedger;
use super::list::{object, size_words};
use super::standing::{BESIDE, STAGES};
use super::words::{condition_words, each_words, length_words};
use crate::commands::open;
use crate::error::{Error, Exit, Result};
use crate::exercise::works;
use crate::home::world::World;
use crate::plan::{Plan, PlanStage};
use crate::text::{inert, json, width, wrap_indented};

/// Show every stage of a plan, and how strong the evidence for it is
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The plan’s id, as `trust-coach plan list` shows it; at a terminal you can choose one
    plan: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let ledger = PlanLedger::closed(world)?;
    let Some(plan) = chosen(&ledger, world, args.plan.as_deref())? else {
        return Ok(Exit::Done);
    };
    if args.json {
        let mut shown = object(&plan, &ledger.plans.origin(&plan.id));
        shown["evidence"] = json!(plan.evidence);
        shown["stages"] = plan
            .stages
            .iter()
            .map(|it| stage(it, &plan, &ledger))
            .collect();
        world.print(&json::pretty(&json!({ "format": "1.0", "plan": shown })))?;
        return Ok(Exit::Done);
    }
    let text = page(&plan, &ledger, width(world.terminal.columns));
    world.page(&inert(&text))?;
    Ok(Exit::Done)
}

/// The plan that is named, or one that a person chooses at their terminal.
pub(super) fn chosen(
    ledger: &PlanLedger,
    world: &mut World<'_>,
    named: Option<&str>,
) -> Result<Option<Plan>> {
    if let Some(named) = named {
        return ledger.plans.load(named).map(Some);
    }
    if !open::can_ask(world) {
        let error = Error::usage("no plan is named");
        return Err(error.hint("`trust-coach plan list` shows them all"));
    }
    let ids = ledger.plans.ids().into_iter();
    let mut plans: Vec<Plan> = ids.filter_map(|id| ledger.plans.load(id).ok()).collect();
    let entry = |plan: &Plan| {
        format!(
            "{} · {} weeks · {}",
            plan.title,
            plan.weeks,
            plan.role.words()
        )
    };
    let entries: Vec<String> = plans.iter().map(entry).collect();
    let at = open::asker(world, &mut io::stdin().lock()).choose(WHICH, &entries)?;
    Ok(at.map(|at| plans.swap_remove(at)))
}

pub(super) fn page(plan: &Plan, ledger: &PlanLedger, width: usize) -> String {
    let mut page = PlanPage::new(width);
    page.line(&plan.title, "");
    page.line(
        &format!(
            "{} · {} · about {}",
            plan.id,
            plan.role.words(),
            size_words(plan)
        ),
        "",
    );
    if let Some(pack) = &plan.pack {
        page.line(
            &format!(
                "Third-party, from the pack {} by {}",
                pack.name, pack.author
            ),
            "",
        );
    }
    page.block("", &plan.summary);
    page.block("When not to do this", &plan.caution);
    page.block("How strong the evidence is", &plan.evidence);
    for phase in &plan.phases {
        page.block(&phase.title, "");
        let stages = plan
            .stages
            .iter()
            .filter(|stage| stage.phase.as_ref() == Some(&phase.id));
        stages.for_each(|stage| page.stage(stage, ledger));
    }
    let others: Vec<&PlanStage> = plan
        .stages
        .iter()
        .filter(|stage| stage.phase.is_none())
        .collect();
    if !others.is_empty() {
        page.block(
            if plan.phases.is_empty() {
                STAGES
            } else {
                BESIDE
            },
            "",
        );
        others
            .into_iter()
            .for_each(|stage| page.stage(stage, ledger));
    }
    page.block("How it can end", "");
    plan.endings
        .iter()
        .for_each(|ending| page.line(&ending.title, "  "));
    if !plan.sources.is_empty() {
        page.block("What it rests on", "");
        for work in plan.sources.iter().filter_map(|id| works::find(id)) {
            page.line(
                &format!("{} ({}). {}", work.author, work.year, work.title),
                "  ",
            );
        }
    }
    page.block("", &format!("Begin it: trust-coach plan start {}", plan.id));
    page.0
}

/// Text set in blocks.
struct PlanPage(String, usize);

impl PlanPage {
    fn new(width: usize) -> Self {
        Self(String::new(), width)
    }

    fn line(&mut self, text: &str, indent: &str) {
        for line in wrap_indented(text.trim(), self.1, indent, indent) {
            self.0 += line.trim_end();
            self.0.push('\n');
        }
    }

    /// A heading, and what stands below it.
    fn block(&mut self, heading: &str, text: &str) {
        self.0.push('\n');
        if !heading.is_empty() {
            self.line(heading, "");
        }
        if !text.is_empty() {
            self.line(text, if heading.is_empty() { "" } else { "  " });
        }
    }

    fn stage(&mut self, stage: &PlanStage, ledger: &PlanLedger) {
        let mut facts = Vec::new();
        if stage.wait > 0 {
            facts.push(format!("{} later", length_words(stage.wait)));
        }
        if let Some(repeat) = &stage.repeat {
            let often = match repeat.at_least {
                least if least < repeat.at_most => format!("{least} to {}", repeat.at_most),
                _ => repeat.at_most.to_string(),
            };
            facts.push(format!("every {}, {often} times", each_words(repeat.every)));
        }
        if stage.optional {
            facts.push(String::from("can be left out"));
        }
        if ledger
            .library
            .head(&stage.exercise)
            .is_ok_and(|head| head.gate)
        {
            facts.push(String::from(GATED));
        }
        let facts = match facts.is_empty() {
            true => String::new(),
            false => format!(" ({})", facts.join("; ")),
        };
        self.line(&format!("{}{facts}", ledger.title(&stage.exercise)), "  ");
        let until = stage
            .repeat
            .as_ref()
            .and_then(|repeat| repeat.until.as_ref());
        let conditions = [
            ("Only when", &stage.when),
            ("Whenever", &stage.only_when),
            ("Until", &until.cloned()),
        ];
        for (word, condition) in conditions {
            if let Some(condition) = condition {
                self.line(
                    &format!("{word} {}.", condition_words(condition, ledger)),
                    "    ",
                );
            }
        }
        if let Some(why) = &stage.why {
            self.line(why, "    ");
        }
    }
}

fn stage(stage: &PlanStage, plan: &Plan, ledger: &PlanLedger) -> Value {
    let after = stage.after.iter().map(|at| plan.stages[*at].id.as_str());
    json!({
        "id": stage.id,
        "exercise": stage.exercise,
        "phase": stage.phase,
        "why": stage.why,
        "optional": stage.optional,
        "after": after.collect::<Vec<_>>(),
        "wait_days": stage.wait,
        "conditional": stage.when.is_some() || stage.only_when.is_some(),
        "every_days": stage.repeat.as_ref().map(|repeat| repeat.every),
        "gate": ledger.library.head(&stage.exercise).is_ok_and(|head| head.gate),
    })
}

// Texts for people.
const WHICH: &str = "Which plan?";
const GATED: &str = "a private page on safety comes first";
