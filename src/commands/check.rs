//! `trust-coach check`: everything that is wrong with an exercise file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::Value;

use crate::error::{Error, Exit, Result};
use crate::exercise::library::ExerciseOrigin;
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
    /// Count how often each pattern of a rules file matches in the texts below this folder
    #[arg(
        long,
        value_name = "FOLDER",
        conflicts_with_all = ["message_format", "deny_warnings"],
        long_help = "Count how often each pattern of a rules file matches in the texts below this folder\n\n\
            A .txt or .md file is one text. In a .jsonl file each line is one: whatever stands in it under \
            “text” or “reply”. What cancels a match isn’t looked at."
    )]
    corpus: Option<PathBuf>,
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
    if let Some(folder) = &args.corpus {
        return count_matches(&args.files, folder, world);
    }
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
                let own = own_file(path, world);
                bar.aside(|| {
                    world.tell(&format!(
                        "error: could not read {name}\ncaused by: {}\n{own}",
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

/// Prints for each pattern how many matches it has and in how many texts, the rarest first.
fn count_matches(files: &[PathBuf], folder: &Path, world: &mut World<'_>) -> Result<Exit> {
    let unread = |path: &Path, reason: &str| {
        let what = format!("could not read {}", inert(&path.to_string_lossy()));
        Error::new(Exit::Failed, what).because(&io::Error::other(reason.to_string()))
    };
    let mut texts = Vec::new();
    collect(folder, &mut texts).map_err(|(path, reason)| unread(&path, &reason))?;
    for path in files {
        let text = read(path).map_err(|reason| unread(path, &reason))?;
        if !review::is_rules(&text) {
            let what = format!("{} isn’t a rules file", name(path));
            return Err(Error::usage(what).hint("--corpus counts what the patterns of rules match"));
        }
        let mut uses = review::pattern_uses(&text, &texts);
        uses.sort_by_key(|one| one.matches);
        world.print("matches  texts  rule: pattern\n")?;
        for one in &uses {
            let (matches, texts) = (one.matches, one.texts);
            let line = format!("{matches:7} {texts:6}  {}: {}\n", one.rule, one.pattern);
            world.print(&inert(&line))?;
        }
        let never = uses.iter().filter(|one| one.matches == 0).count();
        let (all, texts) = (count(uses.len(), "pattern"), count(texts.len(), "text"));
        let name = name(path);
        world.tell(&format!(
            "{name}: {never} of {all} match nowhere in {texts}\n"
        ));
    }
    Ok(Exit::Done)
}

/// Reads the texts below a folder, in the order of their names.
fn collect(folder: &Path, texts: &mut Vec<String>) -> Result<(), (PathBuf, String)> {
    let entries = fs::read_dir(folder).map_err(|why| (folder.into(), why.to_string()))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            collect(&path, texts)?;
            continue;
        }
        let lines = path.extension().is_some_and(|kind| kind == "jsonl");
        if !lines
            && path
                .extension()
                .is_none_or(|kind| kind != "txt" && kind != "md")
        {
            continue;
        }
        let text = library::read(&path).map_err(|why| (path, why))?;
        if lines {
            let values = text.lines().map(serde_json::from_str);
            texts.extend(values.flatten().map(|value| words_in(&value)));
        } else {
            texts.push(text);
        }
    }
    Ok(())
}

/// What stands in a value under “text” or “reply”, at any depth.
fn words_in(value: &Value) -> String {
    let inside: Vec<String> = match value {
        Value::Array(values) => values.iter().map(words_in).collect(),
        Value::Object(fields) => {
            let words = fields.iter().map(|(key, value)| match value {
                Value::String(text) if matches!(&**key, "text" | "reply") => text.clone(),
                value => words_in(value),
            });
            words.collect()
        }
        _ => Vec::new(),
    };
    let inside = inside.iter().filter(|words| !words.is_empty());
    inside.map(|words| &**words).collect::<Vec<_>>().join(" ")
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

/// How to check the exercise of one's own that has this id, where a file was meant by it.
fn own_file(path: &Path, world: &World<'_>) -> String {
    let origin = path.to_str().and_then(|id| library_of(world).origin(id));
    let file = origin.as_ref().and_then(ExerciseOrigin::path);
    file.map_or(String::new(), |file| {
        format!("hint: trust-coach check {}\n", library::quoted(file))
    })
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
