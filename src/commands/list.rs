//! `trust-coach list`: the exercises there are.

use clap::builder::PossibleValuesParser;
use serde_json::{Value, json};

use crate::error::{Exit, Result};
use crate::exercise::library::{ExerciseOrigin, FileFault, LibraryEntry, quoted};
use crate::exercise::{ExerciseHead, Strategy};
use crate::home::world::World;
use crate::text::json;
use crate::text::{inert, width, wrap_indented};

/// List the exercises, by what they work on
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those that work on this
    #[arg(long, value_parser = PossibleValuesParser::new(Strategy::ALL.map(|(_, id)| id)))]
    strategy: Option<String>,
    /// Only those that take at most so many minutes
    #[arg(long, value_name = "MINUTES")]
    max_minutes: Option<i64>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print the ids alone, one a line: for completion in a shell
    #[arg(long, hide = true, conflicts_with = "json")]
    ids: bool,
}

/// Prints the list; tells of files that cannot be used.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let entries = crate::home::library(world).heads();
    let wanted: Vec<_> = entries.iter().filter(|entry| args.wants(entry)).collect();
    if args.ids {
        let ids = wanted.iter().map(|entry| format!("{}\n", entry.id));
        return world.print(&ids.collect::<String>()).map(|()| Exit::Done);
    }
    if args.json {
        world.print(&json::pretty(&object(&wanted, &entries)))?;
    } else {
        world.print(&text(&wanted, width(world.terminal.columns)))?;
    }
    for entry in &entries {
        tell_broken(entry, world);
    }
    if wanted.is_empty() && !args.json {
        world.tell("no exercise matches; `trust-coach list` shows all of them\n");
    }
    Ok(Exit::Done)
}

impl Args {
    fn wants(&self, entry: &LibraryEntry) -> bool {
        entry.head.as_ref().is_ok_and(|head| {
            let strategy = self.strategy.as_deref();
            strategy.is_none_or(|wanted| wanted == head.strategy.id())
                && self.max_minutes.is_none_or(|most| head.minutes <= most)
        })
    }
}

fn tell_broken(entry: &LibraryEntry, world: &mut World<'_>) {
    let (Err(broken), Some(path)) = (&entry.head, entry.origin.path()) else {
        return;
    };
    let hint = match broken {
        FileFault::Name => String::from("give it a name such as my-exercise.toml"),
        FileFault::Unreadable(_) | FileFault::Problems(_) => {
            format!("trust-coach check {}", quoted(path))
        }
    };
    let warning = format!(
        "warning: left out {}: {broken}\nhint: {hint}\n",
        path.display()
    );
    world.tell(&inert(&warning));
}

/// How lists and pages mark what is not built in.
pub(super) fn mark(origin: &ExerciseOrigin) -> Option<&'static str> {
    match origin {
        ExerciseOrigin::BuiltIn => None,
        ExerciseOrigin::Own(_) => Some("yours"),
        ExerciseOrigin::OwnReplacing(_) => Some("yours, replaces the built-in one"),
        ExerciseOrigin::Pack(_) => Some(THIRD_PARTY),
    }
}

/// How everything that comes from a pack is marked.
pub(super) const THIRD_PARTY: &str = "third-party";

fn text(entries: &[&LibraryEntry], width: usize) -> String {
    let mut blocks = Vec::new();
    for (strategy, name) in Strategy::ALL {
        let mut lines: Vec<String> = Vec::new();
        for entry in entries {
            if let Ok(head) = &entry.head
                && head.strategy == strategy
            {
                lines.extend(item(entry, head, width));
            }
        }
        if !lines.is_empty() {
            blocks.push(format!("{name}\n{}\n", lines.join("\n")));
        }
    }
    blocks.join("\n")
}

/// One exercise: its id, time and mark on a line, then what it is.
fn item(entry: &LibraryEntry, head: &ExerciseHead, width: usize) -> Vec<String> {
    let mut first = format!("{}  {} min", entry.id, head.minutes);
    if let Some(mark) = mark(&entry.origin) {
        first = format!("{first}  ({mark})");
    }
    let mut lines = wrap_indented(&first, width, "  ", "      ");
    let stop = if head.title.ends_with(['.', '?', '!', '…']) {
        ""
    } else {
        "."
    };
    let about = format!("{}{stop} {}", head.title, head.summary);
    lines.extend(wrap_indented(&inert(&about), width, "    ", "    "));
    lines
}

fn object(wanted: &[&LibraryEntry], all: &[LibraryEntry]) -> Value {
    let exercises = wanted.iter().filter_map(|entry| {
        let head = entry.head.as_ref().ok()?;
        Some(exercise(head, &entry.origin, &entry.translations))
    });
    let broken = all.iter().filter_map(|entry| {
        let (Err(broken), Some(path)) = (&entry.head, entry.origin.path()) else {
            return None;
        };
        Some(json!({ "path": path.to_string_lossy(), "reason": broken.to_string() }))
    });
    json!({
        "format": "1.0",
        "exercises": exercises.collect::<Vec<_>>(),
        "broken": broken.collect::<Vec<_>>(),
    })
}

/// The head of an exercise as an object; `origin` is `built-in`, `own`,
/// `own-replacing` or `pack`.
pub(super) fn exercise(
    head: &ExerciseHead,
    origin: &ExerciseOrigin,
    translations: &[String],
) -> Value {
    let from = match origin {
        ExerciseOrigin::BuiltIn => "built-in",
        ExerciseOrigin::Own(_) => "own",
        ExerciseOrigin::OwnReplacing(_) => "own-replacing",
        ExerciseOrigin::Pack(_) => "pack",
    };
    json!({
        "id": head.id,
        "version": head.version,
        "title": head.title,
        "strategy": head.strategy.id(),
        "minutes": head.minutes,
        "summary": head.summary,
        "lang": head.lang,
        "gate": head.gate,
        "tags": head.tags,
        "translations": translations,
        "origin": from,
        "pack": head.pack.as_ref().map(super::pack::object),
        "path": origin.path().map(|path| path.to_string_lossy()),
    })
}
