//! `trust-coach show`: what an exercise asks and rests on, without doing it.

use std::cmp::Reverse;

use serde_json::{Value, json};

use super::{choose, list};
use crate::engine::usual_steps;
use crate::error::{Exit, Result};
use crate::exercise::library::ExerciseOrigin;
use crate::exercise::{Asking, Exercise, Source, Step, StepKind, Work};
use crate::home::world::World;
use crate::sessions::runner::from;
use crate::text::json;
use crate::text::{first_words, inert, width, wrap_indented};

/// Show on one screen what an exercise is for, what it asks and what it’s based on
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The exercise’s id, as `trust-coach list` shows it; at a terminal you can choose one
    exercise: Option<String>,
    /// Show how it begins, and every step on every path through it
    #[arg(long, conflicts_with = "json")]
    steps: bool,
    /// Show the works it’s based on, what they found and how far that goes
    #[arg(long, conflicts_with = "json")]
    sources: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Prints the page.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let library = crate::home::library(world);
    let Some(id) = choose::exercise(world, &library, args.exercise.as_deref())? else {
        return Ok(Exit::Done);
    };
    let exercise = library.load(&id)?;
    let origin = library.origin(&id).unwrap_or(ExerciseOrigin::BuiltIn);
    if args.json {
        world.print(&json::pretty(&object(&exercise, &origin)))?;
    } else {
        let page = ShowPage::new(width(world.terminal.columns));
        let whole = args.steps || args.sources;
        let page = page.begin(&exercise, &origin, &library.translations(&id));
        let page = if whole {
            page.in_full(&exercise, args)
        } else {
            page.in_short(&exercise)
        };
        world.page(&page.text)?;
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

    /// What it is called, and what is known before anything is read.
    fn begin(mut self, exercise: &Exercise, origin: &ExerciseOrigin, also: &[String]) -> Self {
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
        if let (Some(translated), [first, ..]) = (list::also_in(also), also) {
            let text = format!(
                "{translated}: trust-coach exercise {} --lang {first}",
                head.id
            );
            self.line(&text, "");
        }
        self
    }

    /// What fits one screen: what it is for, when not to do it, its main steps, what it rests on.
    fn in_short(mut self, exercise: &Exercise) -> Self {
        self.gap();
        self.line(&exercise.head.summary, "");
        if exercise.head.gate {
            self.line(GATE, "");
        }
        if let Some(caution) = &exercise.caution {
            self.heading("When not to do this");
            self.line(caution, "  ");
        }
        self.heading("What it asks");
        self.line(&main_steps(exercise), "  ");
        if !exercise.sources.is_empty() {
            self.heading(&match kinds(exercise) {
                kinds if kinds.is_empty() => String::from(RESTS_ON),
                kinds => format!("{RESTS_ON}: {kinds}"),
            });
            let works = exercise.sources.iter().map(|source| &source.work);
            self.line(&works.map(in_short).collect::<Vec<_>>().join(", "), "  ");
        }
        self.gap();
        let id = &exercise.head.id;
        self.line(&format!("{MORE} {id} --steps --sources"), "");
        self
    }

    /// The steps, the works, or both, with all there is to them.
    fn in_full(mut self, exercise: &Exercise, wanted: &Args) -> Self {
        if wanted.steps {
            self.gap();
            self.line(&exercise.opening, "");
            self.heading("What it asks");
            for (index, step) in exercise.steps.iter().enumerate() {
                self.step(index + 1, step);
            }
        }
        if wanted.sources && exercise.sources.is_empty() {
            self.gap();
            self.line(NO_SOURCES, "");
        } else if wanted.sources {
            self.heading(RESTS_ON);
            for source in &exercise.sources {
                self.source(source);
            }
        }
        self
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
        for paragraph in step.prompt.outline_for(step.reader()).trim().split('\n') {
            self.hanging(paragraph, &first, "     ");
            first = String::from("     ");
        }
        if let Some(note) = note(step) {
            self.hanging(&format!("({note})"), "     ", "      ");
        }
        if let Some(why) = &step.why {
            self.hanging(
                &format!("Why: {}", why.outline_for(step.reader())),
                "     ",
                "     ",
            );
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

/// The names of the steps that most people meet, or what those without a name ask.
fn main_steps(exercise: &Exercise) -> String {
    let asking = usual_steps(exercise).into_iter();
    // A yes or no mostly decides on the way.
    let is_main =
        |step: &&Step| !step.optional && !matches!(step.kind(), StepKind::Say | StepKind::Confirm);
    let name = |step: &Step| match &step.name {
        Some(name) => name.clone(),
        None => first_words(&step.prompt.outline_for(step.reader()), NAME_WIDTH),
    };
    let mut names: Vec<String> = asking.filter(is_main).map(name).collect();
    let more = names.len().saturating_sub(MOST_STEPS);
    if more > 1 {
        names.truncate(MOST_STEPS);
        names.push(format!("and {more} more"));
    }
    names.join("; ")
}

/// So many steps say what an exercise is like.
const MOST_STEPS: usize = 14;

/// The columns that a step's name may take at most.
const NAME_WIDTH: usize = 24;

/// A work by the first of its authors and its year.
fn in_short(work: &Work) -> String {
    let author = work.author.split([',', '(']).next().unwrap_or_default();
    format!("{} {}", author.trim(), work.year)
}

/// How many works of each kind there are, most first. Nothing where no kind is known.
fn kinds(exercise: &Exercise) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for kind in exercise
        .sources
        .iter()
        .filter_map(|source| source.work.kind.as_deref())
    {
        match counts.iter_mut().find(|(one, _)| *one == kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((kind, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| Reverse(*count));
    let told = counts.into_iter().map(|(kind, count)| match kind {
        "meta-analysis" if count > 1 => format!("{count} meta-analyses"),
        "study" if count > 1 => format!("{count} studies"),
        "case-study" if count > 1 => format!("{count} case studies"),
        "case-study" => format!("{count} case study"),
        "guidance" if count > 1 => format!("{count} pages of guidance"),
        "guidance" => format!("{count} page of guidance"),
        kind if count > 1 => format!("{count} {kind}s"),
        kind => format!("{count} {kind}"),
    });
    told.collect::<Vec<_>>().join(", ")
}

// Texts for people.
const RESTS_ON: &str = "What it rests on";
const MORE: &str = "All of it: trust-coach show";
const NO_SOURCES: &str = "It names no sources.";

/// What is shown where the safety questions come first.
const GATE: &str = "A short private page on safety comes first. Nothing about it is kept.";

/// What kind of answer a step takes, and whether it is asked of everyone.
fn note(step: &Step) -> Option<String> {
    let mut notes = Vec::new();
    match &step.ask {
        Asking::Say { .. } => {}
        Asking::Choose { .. } => notes.push(format!("one of: {}", labels(step))),
        Asking::Pick { .. } => notes.push(format!("any of: {}", labels(step))),
        Asking::Rate { from, to, .. } => notes.push(format!("a number from {from} to {to}")),
        Asking::Draw { pool, .. } => {
            notes.push(format!(
                "one of {} is drawn; answer in your own words",
                pool.len()
            ));
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
        "prompt": step.prompt.outline_for(step.reader()),
        "name": step.name,
        "why": step.why.as_ref().map(|why| why.outline_for(step.reader())),
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
