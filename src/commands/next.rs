//! `next`: the one thing to do now in a plan, and why.

use serde_json::{Value, json};

use super::due::days_to_look_at;
use super::exercise;
use super::open::{self, UnlockFlags};
use super::plan::due::{DueStep, due_step, first, note_for_later};
use super::plan::ledger::{PlanLedger, RunningPlan, UNCLEAR};
use super::plan::standing::week_words;
use super::plan::words::{condition_words, length_words, reason_words};
use super::promise::words::day_words;
use super::returns::AgreedReturn;
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::plan::{NextReason, NextStep, PlanAnswer, next};
use crate::text::{columns, inert, json, width, wrap};

/// Show the one thing that’s next in your plan, and why
#[derive(Debug, Default, clap::Args)]
pub(super) struct Args {
    /// Begin it
    #[arg(long, conflicts_with_all = ["short", "json"])]
    go: bool,
    /// Also show why it’s in the plan, and how strong the evidence is
    #[arg(long, conflicts_with_all = ["short", "json", "go"])]
    why: bool,
    /// Print at most one short line; nothing when there’s nothing to do. It never asks
    #[arg(long)]
    short: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "short")]
    json: bool,
    /// End with exit code 6 when there’s something to do
    #[arg(long, conflicts_with = "go")]
    exit_code: bool,
    #[command(flatten)]
    key: UnlockFlags,
}

/// Carries it out.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    if args.short {
        return short(args, world);
    }
    let state = open::to_write(world)?.plan_state();
    let ledger = PlanLedger::to_read(world, &args.key)?;
    // What can’t be read may say that a plan was stopped.
    ledger.needs_all(UNCLEAR)?;
    if !args.json && !args.go {
        for agreed in AgreedReturn::all(world, ledger.store()) {
            world.print(&agreed.lines(ledger.today))?;
        }
    }
    let running = ledger.running(world);
    note_for_later(world, ledger.store(), &running, &state);
    let steps: Vec<NextStep<'_>> = running.iter().map(|plan| next(&plan.at())).collect();
    let Some(at) = first(&steps) else {
        if args.json {
            if ledger.exit(&running) != Exit::Done {
                return Ok(Exit::Failed);
            }
            world.print(&json::pretty(&json!({ "format": "1.0", "now": "none" })))?;
        } else {
            return Ok(ledger.none(world));
        }
        return Ok(Exit::Done);
    };
    let (plan, step) = (&running[at], &steps[at]);
    if args.go {
        let Some(exercise) = step.answer.exercise() else {
            world.tell(&page(
                plan,
                step,
                &ledger,
                false,
                width(world.terminal.columns),
            ));
            return Ok(Exit::Done);
        };
        return exercise::begin(exercise, plan.at().gate_is_due(), world);
    }
    if args.json {
        world.print(&json::pretty(&object(plan, step)))?;
    } else {
        let text = page(plan, step, &ledger, args.why, width(world.terminal.columns));
        world.print(&text)?;
    }
    let is_due = step.answer.exercise().is_some();
    Ok(if args.exit_code && is_due {
        Exit::Found
    } else {
        ledger.exit(&running)
    })
}

/// Begins what is next, for somebody at their terminal.
pub(super) fn go(world: &mut World<'_>) -> Result<Exit> {
    let args = Args {
        go: true,
        ..Args::default()
    };
    run(&args, world)
}

/// One line for a prompt: what is to be looked at, and what is next, by a name that others may see.
fn short(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let Some(days) = days_to_look_at(world)? else {
        return Ok(Exit::Failed);
    };
    let looks = (days > 0).then(|| format!("{days} to look at"));
    let named = |step: DueStep| match step.exercise {
        Some(exercise) => format!("{exercise} today"),
        None => String::from(UNNAMED),
    };
    let step = due_step(world)?.map(named);
    let is_wide = |step: &str| columns(step) + looks.as_ref().map_or(0, |it| it.len() + 2) > WIDEST;
    let step = step.map(|step| match is_wide(&step) {
        true => String::from(UNNAMED),
        false => step,
    });
    let parts: Vec<String> = looks.into_iter().chain(step).collect();
    if !parts.is_empty() {
        world.print(&format!("{}\n", parts.join(", ")))?;
    }
    match args.exit_code && !parts.is_empty() {
        true => Ok(Exit::Found),
        false => Ok(Exit::Done),
    }
}

fn page(
    plan: &RunningPlan<'_>,
    step: &NextStep<'_>,
    ledger: &PlanLedger,
    why: bool,
    width: usize,
) -> String {
    let day = |day| day_words(day, ledger.today);
    let week = format!("{} in “{}”", week_words(plan), plan.plan.title);
    let reasons = step.reasons.iter().map(|it| reason_words(it, ledger));
    let reasons = reasons.collect::<Vec<_>>().join(" ");
    let mut lines = Vec::new();
    match step.answer {
        PlanAnswer::Do(_) | PlanAnswer::Offer(..) => {
            let exercise = step.answer.exercise().unwrap_or_default();
            let head = ledger.library.head(exercise);
            lines.push(match &head {
                Ok(head) => format!("Next: {}, about {} minutes", head.title, head.minutes),
                Err(_) => format!("Next: {exercise}, which isn’t among your exercises any more"),
            });
            lines.push(week);
            lines.push(format!("\nWhy now: {reasons}"));
            if plan.is_gated(exercise) {
                lines.push(String::from(GATED));
            } else if plan.at().gate_is_due() {
                lines.push(String::from(GATE_IS_DUE));
            }
            lines.extend(repeats(step, ledger));
            if why {
                lines.extend(in_the_plan(step));
                lines.push(format!(
                    "\nHow strong the evidence is: {}",
                    plan.plan.evidence.trim()
                ));
            }
            lines.push(String::new());
            if head.is_ok() {
                lines.push(String::from("Do it: trust-coach next --go"));
            }
            lines.push(String::from(OTHERWISE));
        }
        PlanAnswer::Wait(stage, until) => {
            let title = ledger.title(&stage.exercise);
            lines.push(format!("Nothing today. Next is on {}: {title}", day(until)));
            lines.push(week);
            lines.push(format!("\nWhy then: {reasons}"));
        }
        PlanAnswer::Paused(until) => {
            lines.push(match until {
                Some(until) => format!(
                    "Nothing today. “{}” waits until {}.",
                    plan.plan.title,
                    day(until)
                ),
                None => format!(
                    "Nothing today. “{}” waits until you go on.",
                    plan.plan.title
                ),
            });
            lines.push(reasons);
            // What a rule of the plan makes wait can't be resumed.
            if plan.run.paused(ledger.today).is_some() {
                lines.push(String::from("Go on now: trust-coach plan resume"));
            }
        }
        PlanAnswer::Ended => {
            lines.push(format!("“{}” is over. {reasons}", plan.plan.title));
            lines.push(format!("\n{}", plan.plan.closing.trim()));
            lines.push(format!(
                "\nSay how it ends: trust-coach plan stop --plan {}",
                plan.plan.id
            ));
        }
    }
    wrap(&inert(&lines.join("\n")), width).join("\n") + "\n"
}

/// How often a repeated stage comes, and until when.
fn repeats(step: &NextStep<'_>, ledger: &PlanLedger) -> Option<String> {
    let PlanAnswer::Do(stage) = step.answer else {
        return None;
    };
    let repeat = stage.repeat.as_ref()?;
    let most = repeat.at_most;
    Some(match &repeat.until {
        Some(until) => {
            let until = condition_words(until, ledger);
            format!(
                "It ends after {most}, or after {} once {until}.",
                repeat.at_least
            )
        }
        None => format!(
            "It ends after {most} of them, {} apart.",
            length_words(repeat.every)
        ),
    })
}

/// Why it stands in the plan.
fn in_the_plan(step: &NextStep<'_>) -> Option<String> {
    match step.answer {
        PlanAnswer::Do(stage) => stage
            .why
            .as_ref()
            .map(|why| format!("\nWhy it’s in the plan: {}", why.trim())),
        _ => None,
    }
}

fn object(plan: &RunningPlan<'_>, step: &NextStep<'_>) -> Value {
    let reason = |reason: &NextReason<'_>| {
        json!({
            "code": reason.code(),
            "of": reason.of(),
            "day": reason.day().map(|day| day.to_string()),
        })
    };
    let exercise = step.answer.exercise();
    json!({
        "format": "1.0",
        "now": step.answer.name(),
        "plan": plan.plan.id,
        "run": plan.run.id,
        "week": plan.run.week(plan.at().today),
        "stage": step.answer.name_of(),
        "exercise": exercise,
        "gate": exercise.is_some_and(|id| plan.is_gated(id) || plan.at().gate_is_due()),
        "until": step.answer.until().map(|day| day.to_string()),
        "reasons": step.reasons.iter().map(reason).collect::<Vec<_>>(),
    })
}

/// The columns that a prompt has room for.
const WIDEST: usize = 40;

// Texts for people.
const UNNAMED: &str = "a plan step today";
const GATED: &str = "A short private page on safety comes first. Nothing about it is kept.";
const GATE_IS_DUE: &str = "When a plan begins and every four weeks, a short private page on safety comes \
    first. Nothing about it is kept.";
const OTHERWISE: &str = "Another day: trust-coach plan postpone\nSkip it: trust-coach plan skip";
