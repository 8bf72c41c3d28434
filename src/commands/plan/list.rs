//! `plan list`: the plans there are.

use clap::builder::PossibleValuesParser;
use serde_json::{Value, json};

use super::ledger::plans;
use crate::commands::list::mark;
use crate::error::{Exit, Result};
use crate::exercise::library::ExerciseOrigin;
use crate::home::within_reach;
use crate::home::world::World;
use crate::plan::{Plan, PlanRole};
use crate::text::{inert, json, width, wrap_indented};

/// List the plans there are
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only those for this person
    #[arg(long, value_parser = PossibleValuesParser::new(PlanRole::ALL.map(|(_, name)| name)))]
    role: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print only the ids, one per line, for shell completion
    #[arg(long, hide = true, conflicts_with = "json")]
    ids: bool,
}

pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    within_reach(&world.folders()?.plans())?;
    let library = plans(world);
    if args.ids {
        let ids = library.ids().into_iter().map(|id| format!("{id}\n"));
        return world.print(&ids.collect::<String>()).map(|()| Exit::Done);
    }
    for path in library.misnamed() {
        let path = path.display();
        world.tell(&inert(&format!("warning: skipped {path}: {MISNAMED}\n")));
    }
    let mut listed = Vec::new();
    for id in library.ids() {
        match library.load(id) {
            Ok(plan) => listed.push((plan, library.origin(id))),
            Err(error) => _ = world.tell_error(&error),
        }
    }
    let is_meant = |plan: &Plan| {
        args.role
            .as_ref()
            .is_none_or(|role| plan.role.name() == role)
    };
    listed.retain(|(plan, _)| is_meant(plan));
    if args.json {
        let plans: Vec<Value> = listed
            .iter()
            .map(|(plan, from)| object(plan, from))
            .collect();
        world.print(&json::pretty(&json!({ "format": "1.0", "plans": plans })))?;
        return Ok(Exit::Done);
    }
    let width = width(world.terminal.columns);
    let texts = listed.iter().map(|(plan, origin)| {
        let mark = mark(origin).map_or(String::new(), |mark| format!(" ({mark})"));
        let head = format!("{}  {}{mark}", plan.id, plan.title);
        let about = format!("{} About {}.", plan.summary, size_words(plan));
        let lines = wrap_indented(&inert(&head), width, "", "    ").into_iter();
        let about = wrap_indented(&inert(&about), width, "    ", "    ");
        lines
            .chain(about)
            .map(|line| line + "\n")
            .collect::<String>()
    });
    let text = texts.collect::<Vec<_>>().join("\n");
    world.print(&text)?;
    world.tell(match text.is_empty() {
        true => "no plan matches; `trust-coach plan list` shows all of them\n",
        false => "\nMore about one: trust-coach plan show PLAN\n",
    });
    Ok(Exit::Done)
}

// Texts for people.
const MISNAMED: &str = "its name isn’t a plan’s id\n\
    hint: give it a name such as my-plan.toml";

/// `8 weeks, 20 minutes a week`.
pub(super) fn size_words(plan: &Plan) -> String {
    format!(
        "{} weeks, {} minutes a week",
        plan.weeks, plan.minutes_a_week
    )
}

/// A plan as programs read it.
pub(super) fn object(plan: &Plan, origin: &ExerciseOrigin) -> Value {
    json!({
        "id": plan.id,
        "version": plan.version,
        "title": plan.title,
        "role": plan.role.name(),
        "weeks": plan.weeks,
        "minutes_a_week": plan.minutes_a_week,
        "summary": plan.summary,
        "pack": plan.pack.as_ref().map(|pack| &pack.name),
        "path": origin.path().map(|path| path.to_string_lossy()),
    })
}
