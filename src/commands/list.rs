//! `trust-coach list`: the exercises there are.

use clap::builder::PossibleValuesParser;
use serde_json::{Value, json};

use crate::error::{Exit, Result};
use crate::exercise::library::{ExerciseOrigin, FileFault, LibraryEntry, quoted};
use crate::exercise::{ExerciseHead, Strategy};
use crate::home::world::World;
use crate::text::json;
use crate::text::look::Look;
use crate::text::{MAX_WIDTH, columns, first_words, inert, pad, width, wrap, wrap_indented};

/// List the exercises, grouped by what they work on
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those that work on this
    #[arg(long, value_parser = PossibleValuesParser::new(Strategy::ALL.map(|(_, id)| id)))]
    strategy: Option<String>,
    /// Only those that take this many minutes or fewer
    #[arg(long, value_name = "MINUTES")]
    max_minutes: Option<i64>,
    /// Only those for one person, or for two at one keyboard
    #[arg(long = "for", value_name = "PEOPLE", value_parser = PossibleValuesParser::new(PEOPLE))]
    people: Option<String>,
    /// Also show what each one is about
    #[arg(long)]
    long: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "long")]
    json: bool,
    /// Print only the ids, one per line, for shell completion
    #[arg(long, hide = true, conflicts_with = "json")]
    ids: bool,
}

/// For how many people an exercise can be, as flags and JSON say it.
const PEOPLE: [&str; 2] = ["one", "two"];

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
        let text = ListText {
            entries: &wanted,
            screen: world.terminal.stdout.then_some(world.terminal.columns),
            long: args.long,
            paints: world.terminal.paints,
        };
        world.print(&text.write())?;
    }
    for entry in &entries {
        tell_broken(entry, world);
    }
    if wanted.is_empty() && !args.json {
        world.tell("No exercise matches. `trust-coach list` shows all of them.\n");
    }
    let whole = !entries
        .iter()
        .any(|entry| matches!(entry.head, Err(FileFault::Missing | FileFault::Closed(_))));
    Ok(if whole { Exit::Done } else { Exit::Failed })
}

impl Args {
    fn wants(&self, entry: &LibraryEntry) -> bool {
        entry.head.as_ref().is_ok_and(|head| {
            let strategy = self.strategy.as_deref();
            strategy.is_none_or(|wanted| wanted == head.strategy.id())
                && self.max_minutes.is_none_or(|most| head.minutes <= most)
                && self
                    .people
                    .as_deref()
                    .is_none_or(|wanted| wanted == people(head))
        })
    }
}

/// For how many people an exercise is.
fn people(head: &ExerciseHead) -> &'static str {
    PEOPLE[usize::from(head.for_two)]
}

fn tell_broken(entry: &LibraryEntry, world: &mut World<'_>) {
    let (Err(broken), Some(path)) = (&entry.head, entry.origin.path()) else {
        return;
    };
    let hint = match broken {
        FileFault::Name => String::from("give it a name such as my-exercise.toml"),
        FileFault::Missing => String::from(
            "is its disk plugged in and mounted? `trust-coach config --explain` has the setting",
        ),
        FileFault::Closed(_) => String::from("`trust-coach doctor` says what’s wrong with it"),
        FileFault::Unreadable(_) | FileFault::Problems(_) => {
            format!("trust-coach check {}", quoted(path))
        }
    };
    let warning = format!(
        "warning: skipped {}: {broken}\nhint: {hint}\n",
        path.display()
    );
    world.tell(&inert(&warning));
}

/// How lists and pages mark what is not built in.
pub(crate) fn mark(origin: &ExerciseOrigin) -> Option<&'static str> {
    match origin {
        ExerciseOrigin::BuiltIn => None,
        ExerciseOrigin::Own(_) => Some("yours"),
        ExerciseOrigin::OwnReplacing(_) => Some("yours, replaces the built-in one"),
        ExerciseOrigin::Pack(_) => Some(THIRD_PARTY),
    }
}

/// How lists and pages mark what is translated.
pub(super) fn also_in(translations: &[String]) -> Option<String> {
    let names = translations.iter().map(|lang| match lang.as_str() {
        "de" => "German",
        other => other,
    });
    let names: Vec<&str> = names.collect();
    (!names.is_empty()).then(|| format!("also in {}", names.join(", ")))
}

/// How everything that comes from a pack is marked.
pub(super) const THIRD_PARTY: &str = "third-party";

/// Exercises as people read them.
struct ListText<'a> {
    entries: &'a [&'a LibraryEntry],
    /// The columns of the screen; none in a pipe.
    screen: Option<usize>,
    /// Whether each has its summary below it.
    long: bool,
    paints: bool,
}

impl ListText<'_> {
    fn write(&self) -> String {
        let ids = self.entries.iter().map(|entry| columns(&entry.id));
        let column = ids.max().unwrap_or_default();
        let mut blocks = Vec::new();
        for (strategy, _) in Strategy::ALL {
            let mut lines = String::new();
            for entry in self.entries {
                if let Ok(head) = &entry.head
                    && head.strategy == strategy
                {
                    lines += &self.item(entry, head, column);
                }
            }
            if !lines.is_empty() {
                let screen = self.screen.unwrap_or(usize::MAX);
                let heading = wrap(strategy.heading(), screen).into_iter();
                let heading = heading.map(|row| Look::Strong.paint(&row, self.paints) + "\n");
                blocks.push(heading.collect::<String>() + &lines);
            }
        }
        blocks.join("\n")
    }

    /// One exercise: its id, minutes, title and mark on a line, or the title below where it has no room.
    fn item(&self, entry: &LibraryEntry, head: &ExerciseHead, column: usize) -> String {
        let translated = also_in(&entry.translations);
        let for_two = head.for_two.then_some("for two");
        let marks = [for_two, translated.as_deref(), mark(&entry.origin)];
        let marks: Vec<_> = marks.into_iter().flatten().collect();
        let mark = match &marks[..] {
            [] => String::new(),
            marks => format!("  ({})", marks.join("; ")),
        };
        let (id, minutes) = (pad(&entry.id, column), head.minutes);
        let title = first_words(&head.title, usize::MAX) + &mark;
        let mut place = format!("  {id}  {minutes:>3} min");
        let screen = self.screen.unwrap_or(usize::MAX);
        let mut lines = [&place, "  ", &title, "\n"].concat();
        if columns(lines.trim_end()) > screen {
            if columns(&place) > screen {
                // The id is what commands are told, so it's never cut.
                place = format!("  {}  {minutes} min", entry.id);
            }
            lines = place + "\n";
            for line in wrap_indented(&title, screen, "      ", "      ") {
                lines += &format!("{line}\n");
            }
        }
        if self.long {
            let width = width(self.screen.unwrap_or(MAX_WIDTH));
            for line in wrap_indented(&inert(&head.summary), width, "    ", "    ") {
                lines += &format!("{line}\n");
            }
        }
        lines
    }
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
        "for": people(head),
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
