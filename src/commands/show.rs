//! `trust-coach show`: what an exercise asks and rests on, without doing it.

use serde_json::{Value, json};

use super::list;
use crate::error::{Exit, Result};
use crate::exercise::library::ExerciseOrigin;
use crate::exercise::{Asking, Exercise, Source, Step, Template};
use crate::home::world::World;
use crate::sessions::runner::from;
use crate::text::json;
use crate::text::{inert, width, wrap_indented};

/// Show what an exercise asks, why, how long it takes and what it rests on
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The exercise's id, as `trust-coach list` shows it
    exercise: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Prints the page.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let library = crate::home::library(world);
    let exercise = library.load(&args.exercise)?;
    let origin = library
        .origin(&args.exercise)
        .unwrap_or(ExerciseOrigin::BuiltIn);
    if args.json {
        world.print(&json::pretty(&object(&exercise, &origin)))?;
    } else {
        world.page(&ShowPage::new(width(world.terminal.columns)).write(&exercise, &origin))?;
    }
    Ok(Exit::Done)
}

/// Text set in blocks.
struct ShowPage {
    width: usize,
    text: String,
}

impl ShowPage {
    fn new(width: usize) -> Self {
        let text = String::new();
        Self { width, text }
    }

    fn write(mut self, exercise: &Exercise, origin: &ExerciseOrigin) -> String {
        let head = &exercise.head;
        self.line(&head.title, "");
        let mark = list::mark(origin).map(|mark| format!(" · {mark}"));
        let (strategy, minutes) = (head.strategy.id(), head.minutes);
        let mark = mark.unwrap_or_default();
        self.line(
            &format!("{} · {strategy} · about {minutes} min{mark}", head.id),
            "",
        );
        if let Some(pack) = &head.pack {
            self.line(&from(pack), "");
        }
        self.gap();
        self.line(&head.summary, "");
        self.gap();
        self.line(&exercise.opening, "");
        if head.gate {
            self.gap();
            self.line(GATE, "");
        }
        if let Some(caution) = &exercise.caution {
            self.heading("When not to do this");
            self.line(caution, "  ");
        }
        self.heading("What it asks");
        for (index, step) in exercise.steps.iter().enumerate() {
            self.step(index + 1, step);
        }
        if !exercise.sources.is_empty() {
            self.heading("What it rests on");
        }
        for source in &exercise.sources {
            self.source(source);
        }
        self.text
    }

    fn line(&mut self, text: &str, indent: &str) {
        self.hanging(text, indent, indent);
    }

    fn hanging(&mut self, text: &str, first: &str, rest: &str) {
        for line in wrap_indented(&inert(text.trim()), self.width, first, rest) {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    fn gap(&mut self) {
        self.text.push('\n');
    }

    fn heading(&mut self, text: &str) {
        self.gap();
        self.line(text, "");
    }

    fn step(&mut self, number: usize, step: &Step) {
        // The number stands out; every paragraph of the prompt is set below it.
        let mut first = format!("{number:>3}. ");
        for paragraph in step.prompt.outline().trim().split('\n') {
            self.hanging(paragraph, &first, "     ");
            first = String::from("     ");
        }
        if let Some(note) = note(step) {
            self.hanging(&format!("({note})"), "     ", "      ");
        }
        if let Some(why) = &step.why {
            self.hanging(&format!("Why: {}", why.outline()), "     ", "     ");
        }
    }

    fn source(&mut self, source: &Source) {
        let work = &source.work;
        let cited = format!("{} ({}). {}", work.author, work.year, work.title);
        self.hanging(&cited, "  ", "    ");
        if let Some(doi) = &work.doi {
            self.line(&format!("doi: {doi}"), "    ");
        }
        if let Some(address) = &work.address {
            self.line(address, "    ");
        }
        if let Some(found) = &work.found {
            self.line(&format!("Found: {found}"), "    ");
        }
        self.line(&format!("Supports: {}", source.supports), "    ");
        self.line(&format!("How strong: {}", strength(source)), "    ");
    }
}

/// What is shown where the safety questions come first.
const GATE: &str = "A short private page on safety comes first. Nothing of it is kept.";

/// What kind of answer a step takes, and whether it is asked of everyone.
fn note(step: &Step) -> Option<String> {
    let mut notes = Vec::new();
    match &step.ask {
        Asking::Say => {}
        Asking::Choose { .. } => notes.push(format!("one of: {}", labels(step))),
        Asking::Pick { .. } => notes.push(format!("any of: {}", labels(step))),
        Asking::Rate { from, to, .. } => notes.push(format!("a number from {from} to {to}")),
        Asking::Draw { pool, .. } => {
            notes.push(format!("one of {} is drawn; in your own words", pool.len()));
        }
        _ => notes.push(String::from(step.kind().spec().asks)),
    }
    if step.when.is_some() {
        notes.push(String::from("depends on earlier answers"));
    }
    if step.group.is_some() {
        notes.push(String::from("can be repeated"));
    }
    (!notes.is_empty()).then(|| notes.join("; "))
}

fn labels(step: &Step) -> String {
    let labels = step.options().iter().map(|option| option.label.as_str());
    labels.collect::<Vec<_>>().join(" / ")
}

fn object(exercise: &Exercise, origin: &ExerciseOrigin) -> Value {
    let mut object = json!({ "format": "1.0" });
    object["exercise"] = list::exercise(&exercise.head, origin, &[]);
    object["opening"] = json!(exercise.opening);
    object["closing"] = json!(exercise.closing.outline());
    object["caution"] = json!(exercise.caution);
    object["steps"] = exercise.steps.iter().map(step).collect();
    object["sources"] = exercise.sources.iter().map(source).collect();
    object
}

fn step(step: &Step) -> Value {
    let options = step.options().iter();
    json!({
        "id": step.id,
        "kind": step.kind().name(),
        "prompt": step.prompt.outline(),
        "name": step.name,
        "why": step.why.as_ref().map(Template::outline),
        "options": options.map(|o| json!({ "id": o.id, "label": o.label })).collect::<Vec<_>>(),
        "group": step.group,
        "conditional": step.when.is_some(),
        "optional": step.optional,
        "sensitive": step.sensitive,
    })
}

/// The limits of the work, and what else weakens its support here.
fn strength(source: &Source) -> String {
    let parts = [Some(&source.work.limits), source.strength.as_ref()];
    let parts = parts.into_iter().flatten().map(String::as_str);
    parts.collect::<Vec<_>>().join(" ")
}

fn source(source: &Source) -> Value {
    let work = &source.work;
    json!({
        "id": (!work.id.is_empty()).then_some(&work.id),
        "author": work.author,
        "year": work.year,
        "title": work.title,
        "doi": work.doi,
        "address": work.address,
        "kind": work.kind,
        "found": work.found,
        "supports": source.supports,
        "strength": strength(source),
    })
}
