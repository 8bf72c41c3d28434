//! `trust-coach export`: sessions, or parts of them, for other programs and other people.

mod product;
mod source;

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::open::{self, Key};
use super::output;
use super::scope::Scope;
use crate::error::{Error, Exit, Result};
use crate::export::{Format, Name, Summary, Wish};
use crate::view::text::inert;
use crate::world::World;
use product::Product;
use source::Source;

/// Write sessions out, to keep them elsewhere or to give them to somebody
///
/// Writes all sessions, some by name, or those that the flags let through, oldest first. Answers
/// that are marked sensitive stay here unless --answers names them, and so do branches that were not taken.
/// With --output, at a terminal, you see what leaves before anything is written.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// `last`, or any beginning of its eight characters
    #[arg(value_name = "SESSION", conflicts_with_all = ["since", "until", "strategy", "exercise", "tag"])]
    sessions: Vec<String>,
    #[command(flatten)]
    scope: Scope,
    /// Only these answers, by the ids of their steps: act, act@2, apology/act
    #[arg(long, value_name = "STEP,...", value_delimiter = ',')]
    answers: Vec<Name>,
    /// Also what is marked sensitive, and branches that were not taken
    #[arg(long)]
    all: bool,
    /// How to write them; without it the ending of FILE decides, else json
    #[arg(long, value_parser = formats())]
    format: Option<Format>,
    /// One page for a counsellor, as Markdown or HTML: your own words, ratings, what you worked on
    #[arg(long, value_parser = ["hand-over"])]
    layout: Option<String>,
    /// Write into a new file that only you can read
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show what would leave, and write nothing
    #[arg(long)]
    preview: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    key: Key,
}

impl Args {
    fn format(&self) -> Format {
        let ending = self
            .output
            .as_ref()
            .and_then(|path| path.extension()?.to_str());
        self.format
            .or_else(|| Format::from_ending(ending?))
            .unwrap_or(match self.layout {
                Some(_) => Format::Markdown,
                None => Format::Json,
            })
    }
}

/// Writes them, and tells what was left out.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    if let Some(path) = args.output.as_deref().filter(|_| !args.preview) {
        output::refuse_existing(path)?;
    }
    let format = args.format();
    let wish = Wish {
        answers: args.answers.clone(),
        all: args.all,
        depth: format.depth(),
    };
    let store = open::to_read(world, &args.key)?;
    store.check()?;
    let mut source = Source::new(store, super::library(world), wish);
    let mut ids = source.ids(&args.sessions, &args.scope.at(&world.clock))?;
    let mut exporter = format.exporter();
    if args.layout.is_some() {
        let brought = source.for_a_page(&mut ids)?;
        let no_page = || {
            Error::usage(format!("a page cannot be written as {}", format.name()))
                .hint("add --format markdown, or --format html")
        };
        exporter = format.hand_over(brought).ok_or_else(no_page)?;
    }
    let mut summary = Summary::default();
    source.each(&ids, &mut |leaving, _| {
        summary.add(leaving);
        Ok(())
    })?;
    if let Some(name) = summary.nobody_has(&args.answers) {
        return Err(no_answer(name, &summary));
    }
    if args.preview {
        world.print(&inert(&summary.to_string()))?;
        source.tell(world);
        return Ok(source.exit());
    }
    if summary.is_empty() {
        source.tell(world);
        let nothing = Error::failed("there is nothing to export");
        return Err(nothing.hint("`trust-coach history --limit 0` shows all sessions"));
    }
    if args.output.is_some() && !args.yes && asked_no(world, &summary)? {
        world.tell(NOTHING_WRITTEN);
        return Ok(Exit::Failed);
    }
    let mut product = Product::open(args.output.as_deref(), world.out)?;
    product.put(&exporter.begin())?;
    source.each(&ids, &mut |leaving, exercise| {
        if leaving.leaves {
            product.put(&exporter.session(&leaving.session, exercise))?;
        }
        Ok(())
    })?;
    product.put(&exporter.end())?;
    product.finish()?;
    if let Some(path) = &args.output {
        world.tell(&format!("{} {IN_PLAIN}", inert(&path.to_string_lossy())));
    }
    if let Some(exercise) = source.missing() {
        world.tell(&inert(&format!(
            "{NO_WORDS}trust-coach exercise {exercise}\n"
        )));
    }
    source.tell(world);
    Ok(source.exit())
}

/// Shows a person at a terminal what leaves; whether they do not want it.
fn asked_no(world: &mut World<'_>, summary: &Summary) -> Result<bool> {
    // Outside of a person's terminal only steps ask.
    if !(world.terminal.stdin && world.terminal.stderr) {
        return Ok(false);
    }
    world.tell(&inert(&summary.to_string()));
    world.tell(ASK);
    let mut typed = String::new();
    std::io::stdin()
        .read_line(&mut typed)
        .map_err(|error| Error::failed("could not read what was typed").because(&error))?;
    Ok(!matches!(typed.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn no_answer(name: &Name, summary: &Summary) -> Error {
    let error = Error::usage(format!("no answer {name} in these sessions"));
    match summary.nearest(name) {
        Some(near) => error.hint(format!("perhaps {near}")),
        None => error.hint("`trust-coach history show SESSION --json` shows the ids of steps"),
    }
}

fn formats() -> impl TypedValueParser<Value = Format> {
    let names = Format::ALL.map(|(_, name, _, about)| PossibleValue::new(name).help(about));
    PossibleValuesParser::new(names)
        .try_map(|name| Format::from_name(&name).ok_or("no such format"))
}

// Texts for people.
const ASK: &str = "Write this? Type y to write it, or press Enter to leave it: ";
const NO_WORDS: &str = "The page has none of your own words yet; this makes them: ";
const NOTHING_WRITTEN: &str = "Nothing was written.\n";
const IN_PLAIN: &str = "is written, in plain text: who can open it can read it.\n";
