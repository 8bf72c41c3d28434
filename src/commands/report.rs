//! `trust-coach report`: a page on how the weeks went.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::civil::Date;

use super::agreed::{self, told_in};
use super::export::product::ExportOutput;
use super::export::recipients::LeavingFlags;
use super::export::{NOTHING_WRITTEN, refuses, tell_written};
use super::history::left_out;
use super::open::{self, UnlockFlags};
use super::progress::chosen;
use super::progress::read::RatedHistory;
use super::scope::SessionFilter;
use super::text_file::title;
use crate::dates::day_in_words;
use crate::error::{Error, Exit, Result};
use crate::export::{ExportFormat, PromiseCount, Report};
use crate::home::new_file;
use crate::home::world::World;
use crate::journal::Store;
use crate::ledger::{DayTally, promises, without_guests};
use crate::session::Household;
use crate::text::language::Language;
use crate::text::{counted, inert};

/// Write a page on how the weeks went, to read or print
///
/// Shows what you rated as charts, with the same in words and as a table. The page has no script and
/// asks for nothing from anywhere. Ratings marked as sensitive stay here unless --measure names them.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only this: an exercise, or one rating of it; can be given several times
    #[arg(long, value_name = "MEASURE")]
    measure: Vec<String>,
    #[command(flatten)]
    scope: SessionFilter,
    /// Add the days on which you finished an exercise
    #[arg(long)]
    days: bool,
    /// Add how the days of your promises went, without their words
    #[arg(long)]
    promises: bool,
    /// With --promises: each promise by its words
    #[arg(long, requires = "promises")]
    with_text: bool,
    /// The title of the page
    #[arg(long, value_name = "TEXT", default_value = Report::TITLE, value_parser = title)]
    title: String,
    /// The format; by default the ending of FILE decides, or else it’s html
    #[arg(long, value_parser = formats())]
    format: Option<ExportFormat>,
    /// Write to a new file that only you can read; `-` is standard output
    #[arg(long, short, value_name = "FILE", required_unless_present = "preview")]
    output: Option<PathBuf>,
    #[command(flatten)]
    guard: LeavingFlags,
    #[command(flatten)]
    key: UnlockFlags,
}

impl Args {
    fn rated(
        &self,
        world: &mut World<'_>,
        store: &Store,
        household: &Household,
    ) -> Result<RatedHistory> {
        RatedHistory::read(world, store, &self.scope, &self.measure, Some(household))
    }

    fn format(&self, file: Option<&Path>) -> ExportFormat {
        let is_markdown = file.is_some_and(|path| {
            let name = path.to_string_lossy();
            let name = name.strip_suffix(".age").unwrap_or(&name);
            name.to_ascii_lowercase().ends_with(".md")
        });
        self.format.unwrap_or(match is_markdown {
            true => ExportFormat::Markdown,
            false => ExportFormat::Html,
        })
    }
}

/// Reads what was rated and writes the page.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let file = args.output.as_deref();
    let file = file.filter(|path| *path != Path::new("-"));
    if let Some(path) = file.filter(|_| !args.guard.preview) {
        new_file::refuse_existing(path, world)?;
    }
    let recipients = args.guard.recipients()?;
    let store = open::to_read(world, &args.key)?;
    args.guard.agreed.refuse_unknown(&store)?;
    let mut household = args.guard.agreed.household(world);
    let mut read = args.rated(world, &store, &household)?;
    if file.is_some() && !args.guard.yes && !args.guard.preview && open::can_ask(world) {
        let agreed = agreed::ask(world, &read.kept_back)?;
        if !agreed.is_empty() {
            household.agreed.extend(agreed);
            read = args.rated(world, &store, &household)?;
        }
    }
    let today = world.today().date;
    let report = Report {
        title: args.title.clone(),
        made: format!("Made on {}", day_in_words(today, Language::English)),
        measures: chosen(read.measures, &args.measure)?,
        days: args.days.then_some(read.days),
        promises: match args.promises {
            true => promise_counts(world, &store, today, args.with_text, &household),
            false => Vec::new(),
        },
        kept_back: read.kept_back,
    };
    if report.is_empty() {
        let nothing = Error::failed("there’s nothing to report yet");
        return Err(nothing.hint("`trust-coach exercise check-in` asks for ratings, week by week"));
    }
    let summary = report.summary();
    if args.guard.preview {
        world.print(&inert(&summary))?;
        return Ok(Exit::Done);
    }
    let is_sealed = !recipients.is_empty();
    if let Some(path) = file.filter(|_| !args.guard.yes)
        && refuses(world, path, is_sealed, &summary)?
    {
        world.tell(NOTHING_WRITTEN);
        return Ok(Exit::Failed);
    }
    let mut output = ExportOutput::open(file, world.out, &recipients)?;
    output.write_piece(&report.page(args.format(file)))?;
    output.finish()?;
    agreed::tell(world, &report.kept_back);
    if let Some(path) = file {
        tell_written(world, path, is_sealed);
    }
    Ok(Exit::Done)
}

/// What came of all promises together, or of each by its words.
fn promise_counts(
    world: &mut World<'_>,
    store: &Store,
    today: Date,
    with_text: bool,
    household: &Household,
) -> Vec<PromiseCount> {
    let (facts, problems) = store.facts().all();
    for problem in problems {
        world.tell(&left_out(problem));
    }
    let all = promises(without_guests(facts, household, told_in(store)).0);
    let mut together = Vec::new();
    let mut each = Vec::new();
    for promise in &all {
        let days = promise.days(promise.first_day()..=today, today);
        if with_text {
            each.push(PromiseCount {
                name: promise.terms().what.clone(),
                tally: DayTally::of(&days),
            });
        }
        together.extend(days);
    }
    if with_text || all.is_empty() {
        return each;
    }
    vec![PromiseCount {
        name: counted(all.len(), "promise"),
        tally: DayTally::of(&together),
    }]
}

fn formats() -> impl TypedValueParser<Value = ExportFormat> {
    PossibleValuesParser::new(["html", "markdown"])
        .try_map(|name| ExportFormat::from_name(&name).ok_or("no such format"))
}
