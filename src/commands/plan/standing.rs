//! `plan` alone: where somebody stands in the plans they do.

use serde_json::{Value, json};

use super::ledger::{PlanLedger, RunningPlan};
use crate::commands::open::UnlockFlags;
use crate::commands::promise::words::day_words;
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::plan::{PlanAnswer, StageState, StageStatus, next, stages};
use crate::text::{columns, inert, json, pad, width, wrap_indented};

/// What is shown of it.
#[derive(Debug, clap::Args)]
pub(super) struct PlanStanding {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &PlanStanding, world: &mut World<'_>, key: &UnlockFlags) -> Result<Exit> {
    let ledger = PlanLedger::to_read(world, key)?;
    let running = ledger.running(world);
    if args.json {
        let plans: Vec<Value> = running.iter().map(object).collect();
        world.print(&json::pretty(&json!({ "format": "1.0", "plans": plans })))?;
        return Ok(ledger.exit(&running));
    }
    if running.is_empty() {
        return Ok(ledger.none(world));
    }
    let width = width(world.terminal.columns);
    let texts = running.iter().map(|plan| page(plan, &ledger, width));
    let text = texts.collect::<Vec<_>>().join("\n");
    world.page(&inert(&text))?;
    Ok(ledger.exit(&running))
}

fn page(running: &RunningPlan<'_>, ledger: &PlanLedger, width: usize) -> String {
    let (plan, run, today) = (&running.plan, running.run, ledger.today);
    let mut lines = Vec::new();
    let begun = day_words(run.began, today);
    let head = format!("{}, since {begun}. {}.", plan.title, week_words(running));
    lines.extend(wrap_indented(&head, width, "", ""));
    if plan.version != run.start.version {
        lines.extend(wrap_indented(CHANGED, width, "", ""));
    }
    let situation = running.at();
    if let PlanAnswer::Paused(until) = next(&situation).answer {
        lines.push(match (until, run.paused(today)) {
            (Some(until), None) => format!("It waits until {}.", day_words(until, today)),
            (Some(until), Some(_)) => format!("Paused until {}.", day_words(until, today)),
            (None, _) => String::from("Paused. Go on: trust-coach plan resume"),
        });
    }
    let states = stages(&situation);
    let words: Vec<String> = states
        .iter()
        .map(|state| status_words(state, ledger))
        .collect();
    let column = words.iter().map(|word| columns(word)).max().unwrap_or(0);
    let phases = plan
        .phases
        .iter()
        .map(|phase| (Some(&phase.id), phase.title.as_str()));
    let others = if plan.phases.is_empty() {
        STAGES
    } else {
        BESIDE
    };
    for (id, title) in phases.chain([(None, others)]) {
        let inside = states.iter().zip(&words);
        let inside = inside.filter(|(state, _)| state.stage.phase.as_ref() == id);
        let inside: Vec<_> = inside.filter(|(_, word)| !word.is_empty()).collect();
        if inside.is_empty() {
            continue;
        }
        lines.push(String::new());
        lines.push(title.to_string());
        for (state, word) in inside {
            let first = format!("  {}  ", pad(word, column));
            let title = ledger.title(&state.stage.exercise);
            lines.extend(wrap_indented(&title, width, &first, "      "));
        }
    }
    lines.push(String::new());
    lines.extend(wrap_indented(COMMANDS, width, "", ""));
    lines
        .iter()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

/// `Week 4 of about 8`.
pub(crate) fn week_words(running: &RunningPlan<'_>) -> String {
    let (week, weeks) = (
        running.at().run.week(running.at().today),
        running.plan.weeks,
    );
    match week > weeks {
        true => format!("Week {week}"),
        false => format!("Week {week} of about {weeks}"),
    }
}

/// How a stage stands, in a word or two; nothing for one beside the order that never was its time.
fn status_words(state: &StageState<'_>, ledger: &PlanLedger) -> String {
    let often = match state.stage.repeat.as_ref().map(|_| state.done.len()) {
        None | Some(0) => String::new(),
        Some(count) => format!("{count} done, "),
    };
    let short = |day: jiff::civil::Date| day.strftime("%-d %b").to_string();
    let word = match state.status {
        StageStatus::Done(day) => format!("done {}", short(day)),
        StageStatus::Passed(_) => String::from("skipped"),
        StageStatus::Open(_) => String::from("now"),
        StageStatus::Waiting(day) if day > ledger.today => format!("from {}", short(day)),
        StageStatus::Waiting(_) | StageStatus::Later => String::from("later"),
        StageStatus::Beside if state.done.is_empty() => return String::new(),
        StageStatus::Beside => format!("{} done", state.done.len()),
    };
    match state.status {
        StageStatus::Done(_) if !often.is_empty() => format!("{} done", state.done.len()),
        _ => often + &word,
    }
}

fn object(running: &RunningPlan<'_>) -> Value {
    let situation = running.at();
    let day = |day: jiff::civil::Date| day.to_string();
    let stages = stages(&situation).into_iter().map(|state| {
        let (status, on) = match state.status {
            StageStatus::Done(on) => ("done", Some(on)),
            StageStatus::Passed(on) => ("passed", Some(on)),
            StageStatus::Open(on) => ("open", Some(on)),
            StageStatus::Waiting(on) => ("waiting", Some(on)),
            StageStatus::Later => ("later", None),
            StageStatus::Beside => ("beside", None),
        };
        json!({
            "id": state.stage.id,
            "exercise": state.stage.exercise,
            "status": status,
            "day": on.map(day),
            "done": state.done.iter().copied().map(day).collect::<Vec<_>>(),
        })
    });
    json!({
        "plan": running.plan.id,
        "run": running.run.id,
        "began": day(running.run.began),
        "week": running.run.week(situation.today),
        "weeks": running.plan.weeks,
        "stages": stages.collect::<Vec<_>>(),
    })
}

// Texts for people.
const CHANGED: &str = "This plan has changed since you began. What you’ve done still counts.";
pub(super) const BESIDE: &str = "Whenever it fits";
pub(super) const STAGES: &str = "The stages";
const COMMANDS: &str = "What’s next: trust-coach next";
