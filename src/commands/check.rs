//! `trust-coach check`: everything that is wrong with an exercise file.

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::error::{Exit, Result};
use crate::exercise::{MANIFEST, library, parse, works};
use crate::format::problem::{Level, Problem};
use crate::format::report;
use crate::home::library as library_of;
use crate::home::world::World;
use crate::plan;
use crate::review;
use crate::text::inert;
use crate::text::json;

/// Check exercise and plan files, and show everything that’s wrong with them
///
/// Exits with 5 if there are errors. Things that could just be better are warnings.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The files; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How problems are shown
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    message_format: MessageFormat,
    /// Treat warnings as errors
    #[arg(long)]
    deny_warnings: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum MessageFormat {
    /// Each problem under its line
    #[default]
    Human,
    /// One line each: file:line:column: level[code]: message
    Short,
    /// One JSON object each, one per line
    Json,
}

/// What was found in all files.
#[derive(Default)]
struct CheckTally {
    unreadable: usize,
    errors: usize,
    warnings: usize,
}

/// Checks each file; one that cannot be read does not stop the others.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let mut tally = CheckTally::default();
    let mut bar = world.work_bar("Checking", args.files.len(), "file");
    for (checked, path) in args.files.iter().enumerate() {
        if bar.at(checked).is_break() {
            return Err(bar.stopped());
        }
        let name = name(path);
        match read(path) {
            Ok(text) => {
                let problems = problems(path, &text, world);
                tally.add(&problems);
                bar.aside(|| {
                    world.tell(&third_party(path, &name, world));
                    show(args.message_format, &name, &text, &problems, world)
                })?;
            }
            Err(reason) => {
                tally.unreadable += 1;
                bar.aside(|| {
                    world.tell(&format!(
                        "error: could not read {name}\ncaused by: {}\n",
                        inert(&reason)
                    ));
                });
            }
        }
    }
    drop(bar);
    world.tell(&tally.summary(args.files.len()));
    Ok(tally.exit(args.deny_warnings))
}

/// A word on files that somebody else wrote.
fn third_party(path: &Path, name: &str, world: &World<'_>) -> String {
    let packs = world.folders().ok().map(|folders| folders.packs());
    let packs = packs.and_then(|packs| packs.canonicalize().ok());
    let inside = path.canonicalize().ok().zip(packs);
    let pack = inside.and_then(|(path, packs)| {
        let below = path.strip_prefix(packs).ok()?;
        Some(below.iter().next()?.to_string_lossy().into_owned())
    });
    pack.map_or(String::new(), |pack| {
        let pack = inert(&pack);
        format!("{name} is third-party, from the pack {pack}; only its author can fix it\n")
    })
}

fn name(path: &Path) -> String {
    if path == Path::new("-") {
        return String::from("<stdin>");
    }
    inert(&path.to_string_lossy()).into_owned()
}

fn read(path: &Path) -> Result<String, String> {
    if path == Path::new("-") {
        library::read_from(io::stdin())
    } else {
        library::read(path)
    }
}

fn problems(path: &Path, text: &str, world: &World<'_>) -> Vec<Problem> {
    if path.file_name().is_some_and(|name| name == MANIFEST) {
        return parse::pack(text).err().unwrap_or_default();
    }
    let id = path.file_stem().unwrap_or_default().to_string_lossy();
    if plan::parse::is_plan(text) {
        return plan::parse::problems(&id, text, &library_of(world));
    }
    if review::is_rules(text) {
        return review::meaning::check(text);
    }
    if works::is_works(text) {
        return works::problems(text);
    }
    parse::check(&id, text)
}

fn show(
    format: MessageFormat,
    name: &str,
    text: &str,
    problems: &[Problem],
    world: &mut World<'_>,
) -> Result<()> {
    let most = match format {
        MessageFormat::Human => MOST_SHOWN,
        MessageFormat::Short | MessageFormat::Json => problems.len(),
    };
    for found in &problems[..most.min(problems.len())] {
        let shown = match format {
            MessageFormat::Human => report::human(name, text, found, world.terminal.columns),
            MessageFormat::Short => report::short(name, text, found),
            MessageFormat::Json => json::line(&report::json(name, text, found)),
        };
        world.print(&shown)?;
    }
    if problems.len() > most {
        let more = problems.len() - most;
        world.print(&format!("and {more} more in {name}\n\n"))?;
    }
    Ok(())
}

/// Who sees so many problems of one file mends some of them first.
const MOST_SHOWN: usize = 100;

impl CheckTally {
    fn add(&mut self, problems: &[Problem]) {
        let errors = problems
            .iter()
            .filter(|p| p.level() == Level::Error)
            .count();
        self.errors += errors;
        self.warnings += problems.len() - errors;
    }

    /// The last line; none where all that can be said is that a file could not be read.
    fn summary(&self, files: usize) -> String {
        let checked = count(files - self.unreadable, "file");
        let mut found = Vec::new();
        if self.errors > 0 {
            found.push(count(self.errors, "error"));
        }
        if self.warnings > 0 {
            found.push(count(self.warnings, "warning"));
        }
        if found.is_empty() && self.unreadable > 0 {
            return String::new();
        }
        if found.is_empty() {
            return format!("{checked} checked, nothing to fix\n");
        }
        format!("{checked} checked: {}\n", found.join(", "))
    }

    fn exit(&self, deny_warnings: bool) -> Exit {
        if self.errors > 0 || (deny_warnings && self.warnings > 0) {
            Exit::BadExercise
        } else if self.unreadable > 0 {
            Exit::Failed
        } else {
            Exit::Done
        }
    }
}

fn count(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}
