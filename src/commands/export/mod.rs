//! `trust-coach export`: sessions, or parts of them, for other programs and other people.

pub(super) mod product;
pub(super) mod recipients;
mod source;

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::agreed;
use super::open::{self, UnlockFlags};
use super::scope::SessionFilter;
use crate::error::{Error, Exit, Result};
use crate::export::{AnswerName, ExportFormat, ExportSelection, Exporter, PromiseDayRows, Summary};
use crate::home::new_file;
use crate::home::world::World;
use crate::ledger::Fact;
use crate::session::SessionId;
use crate::terminal::work_bar::WorkBar;
use crate::text::{inert, width, wrap_indented};
use product::ExportOutput;
use recipients::LeavingFlags;
use source::ExportSource;

/// Export sessions, to keep them elsewhere or give them to somebody
///
/// Exports all sessions, the ones you name, or the ones that match the flags, oldest first. Answers
/// marked as sensitive stay here unless --answers names them, and so do branches you didn’t take.
/// With --output at a terminal, you see what goes out before anything is written.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// `last`, or the first few of its eight characters
    #[arg(value_name = "SESSION", conflicts_with_all = ["since", "until", "strategy", "exercise", "tag"])]
    sessions: Vec<String>,
    #[command(flatten)]
    scope: SessionFilter,
    /// Only these answers, by the ids of their steps: act, act@2, apology/act
    #[arg(long, value_name = "STEP,...", value_delimiter = ',')]
    answers: Vec<AnswerName>,
    /// Include what’s marked as sensitive, and branches you didn’t take
    #[arg(long)]
    all: bool,
    /// Also what was said about promises, in JSON and JSON Lines, where `--all` includes it; in CSV
    /// only the days of promises, a row a day
    #[arg(long)]
    ledger: bool,
    /// The format; by default the ending of FILE decides, or else it’s json
    #[arg(long, value_parser = formats())]
    format: Option<ExportFormat>,
    /// One page for a counsellor, as Markdown or HTML: your own words, your ratings, and what you
    /// worked on
    #[arg(long, value_parser = ["hand-over"])]
    layout: Option<String>,
    /// Write to a new file that only you can read; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    guard: LeavingFlags,
    #[command(flatten)]
    key: UnlockFlags,
}

impl Args {
    /// The file to write; none where it goes to standard output.
    fn file(&self) -> Option<&Path> {
        self.output
            .as_deref()
            .filter(|path| *path != Path::new("-"))
    }

    fn format(&self) -> ExportFormat {
        let ending = self.file().and_then(|path| {
            // What is in page.html.age is HTML.
            let sealed = path.extension().is_some_and(|ending| ending == "age");
            let inner = sealed.then(|| path.file_stem().map(Path::new));
            inner.unwrap_or(Some(path))?.extension()?.to_str()
        });
        self.format
            .or_else(|| ExportFormat::from_ending(ending?))
            .unwrap_or(match self.layout {
                Some(_) => ExportFormat::Markdown,
                None => ExportFormat::Json,
            })
    }

    /// Whether what was said about promises leaves too.
    fn has_ledger(&self) -> Result<bool> {
        let format = self.format();
        if self.ledger && !format.has_facts() && !self.is_of_days() {
            let name = format.name();
            let error = Error::usage(format!("promises can’t be written as {name}"));
            return Err(error.hint("add --format json, --format jsonl, or --format csv"));
        }
        let whole = self.all && self.sessions.is_empty() && self.answers.is_empty();
        Ok(self.ledger || (whole && format.has_facts()))
    }

    /// Whether it's a table of the days of promises.
    fn is_of_days(&self) -> bool {
        self.ledger && self.format() == ExportFormat::Csv
    }

    /// Whether a person at a terminal chooses what leaves.
    fn chooses(&self, world: &World<'_>) -> bool {
        let is_open = self.answers.is_empty() && !self.all;
        let is_whole = self.layout.is_none() && self.format() != ExportFormat::Csv;
        is_open && is_whole && self.asks(world)
    }

    /// Whether people at a terminal are asked about what goes to a file.
    fn asks(&self, world: &World<'_>) -> bool {
        let asks = !self.guard.yes && !self.guard.preview;
        asks && self.file().is_some() && open::can_ask(world)
    }

    fn wish(&self, world: &World<'_>) -> ExportSelection {
        ExportSelection {
            household: self.guard.agreed.household(world),
            answers: self.answers.clone(),
            all: self.all,
            depth: self.format().depth(),
        }
    }
}

/// Writes them, and tells what was left out.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    if let Some(path) = args.file().filter(|_| !args.guard.preview) {
        new_file::refuse_existing(path, world)?;
    }
    let has_ledger = args.has_ledger()?;
    let recipients = args.guard.recipients()?;
    let store = open::to_read(world, &args.key)?;
    store.check()?;
    let within = args.scope.at(world, &store)?;
    args.guard.agreed.refuse_unknown(&store)?;
    let mut source = ExportSource::new(store, crate::home::library(world), args.wish(world));
    let mut ids = source.ids(&args.sessions, &within, &world.clock.now())?;
    let exporter: Box<dyn Exporter> = if args.is_of_days() {
        ids.clear();
        Box::new(PromiseDayRows::new(world.today().date))
    } else {
        exporter(args, &mut source, &mut ids)?
    };
    if args.asks(world) {
        let guests = source.guests(&ids, has_ledger)?;
        source.agree(agreed::ask(world, &guests)?);
    }
    if args.chooses(world) && ids.len() <= FEW && !asked_for_answers(world, &mut source, &ids)? {
        world.tell(NOTHING_WRITTEN);
        return Ok(Exit::Failed);
    }
    let (facts, left_out) = match has_ledger {
        true => source.facts(),
        false => (Vec::new(), Vec::new()),
    };
    let mut summary = Summary::default();
    summary.add_facts(facts.len());
    left_out.iter().for_each(|name| summary.keep_back(name, 1));
    let mut bar = world.work_bar("Reading", ids.len(), "session");
    source.each(&ids, &mut |leaving, _| {
        summary.add(leaving);
        one_more(&mut bar)
    })?;
    drop(bar);
    if let Some(name) = summary.nobody_has(&args.answers) {
        return Err(no_answer(name, &summary));
    }
    if let Some(exercise) = source.missing().filter(|_| !summary.is_empty()) {
        world.tell(&inert(&format!(
            "{NO_WORDS}trust-coach exercise {exercise}\n"
        )));
    }
    if args.guard.preview {
        world.print(&inert(&summary.to_string()))?;
    } else if summary.is_empty() {
        source.tell(world);
        let nothing = Error::failed("there’s nothing to export");
        if let Some(id) = source.paused() {
            return Err(nothing.hint(format!(
                "{id} is paused, and a page has only what is finished. To go on with it: \
                 trust-coach resume {id}\nTo export it as it is: trust-coach export {id}"
            )));
        }
        return Err(nothing.hint("`trust-coach history --limit 0` shows all sessions"));
    } else if !args.guard.yes && asked_no(args, world, &summary)? {
        world.tell(NOTHING_WRITTEN);
        return Ok(Exit::Failed);
    } else {
        let path = args.file();
        // What is printed on the same screen shows itself how far it is.
        let shown = world.terminal.stderr && !world.terminal.plain;
        let shown = shown && (path.is_some() || !world.terminal.stdout);
        let bar = WorkBar::new(shown, "Exporting", ids.len(), "session");
        let product = ExportOutput::open(path, world.out, &recipients)?;
        write(product, exporter, &mut source, (&ids, &facts), bar)?;
        if let Some(path) = path {
            tell_written(world, path, !recipients.is_empty());
        }
    }
    if !args.guard.preview {
        agreed::tell(world, summary.kept_back());
    }
    source.tell(world);
    Ok(source.exit())
}

/// What writes them. For a page it also keeps only what belongs there.
fn exporter(
    args: &Args,
    source: &mut ExportSource,
    ids: &mut Vec<SessionId>,
) -> Result<Box<dyn Exporter>> {
    let format = args.format();
    if args.layout.is_none() {
        return Ok(format.exporter());
    }
    let brought = source.for_a_page(ids)?;
    format.hand_over(brought).ok_or_else(|| {
        Error::usage(format!("a page can’t be written as {}", format.name()))
            .hint("add --format markdown, or --format html")
    })
}

fn write(
    mut product: ExportOutput<'_>,
    mut exporter: Box<dyn Exporter>,
    source: &mut ExportSource,
    (ids, facts): (&[SessionId], &[Fact]),
    mut bar: WorkBar,
) -> Result<()> {
    product.write_piece(&exporter.begin())?;
    source.each(ids, &mut |leaving, exercise| {
        if leaving.leaves {
            product.write_piece(&exporter.session(&leaving.session, exercise))?;
        }
        one_more(&mut bar)
    })?;
    for fact in facts {
        product.write_piece(&exporter.fact(fact))?;
    }
    product.write_piece(&exporter.end())?;
    product.finish()
}

/// Asks which answers leave, what is sensitive unmarked; whether any do.
fn asked_for_answers(
    world: &mut World<'_>,
    source: &mut ExportSource,
    ids: &[SessionId],
) -> Result<bool> {
    let answers = source.answers(ids);
    if answers.is_empty() {
        return Ok(true);
    }
    let usual: Vec<bool> = answers.iter().map(|answer| !answer.sensitive).collect();
    let entries: Vec<String> = answers.iter().map(|answer| answer.label.clone()).collect();
    let mut input = std::io::stdin().lock();
    let chosen = open::asker(world, &mut input).mark(WHICH_ANSWERS, &entries, &usual)?;
    let Some(chosen) = chosen.filter(|chosen| !chosen.is_empty()) else {
        return Ok(false);
    };
    let is_usual = (0..answers.len()).all(|at| chosen.contains(&at) == usual[at]);
    if !is_usual {
        source.only(chosen.iter().map(|at| answers[*at].name.clone()).collect());
    }
    Ok(true)
}

/// One more session is done; an error where it is to stop here.
fn one_more(bar: &mut WorkBar) -> Result<()> {
    if bar.at_next().is_break() {
        return Err(bar.stopped());
    }
    Ok(())
}

/// Shows a person at a terminal what leaves; whether they do not want it.
fn asked_no(args: &Args, world: &mut World<'_>, summary: &Summary) -> Result<bool> {
    let is_sealed = args.guard.is_sealed();
    match args.file() {
        Some(path) => refuses(world, path, is_sealed, &summary.to_string()),
        None => Ok(false),
    }
}

/// Shows a person at a terminal what goes to a file; whether they do not want it.
pub(super) fn refuses(
    world: &mut World<'_>,
    path: &Path,
    is_sealed: bool,
    summary: &str,
) -> Result<bool> {
    // Outside of a person’s terminal only steps ask.
    if !open::can_ask(world) {
        return Ok(false);
    }
    let how = if is_sealed { "sealed" } else { "in plain text" };
    let path = path.display();
    let text = format!("{summary}This goes to {path}, {how}.");
    let width = width(world.terminal.columns);
    for line in inert(&text).lines() {
        let words = line.trim_start();
        let indent = " ".repeat(line.len() - words.len());
        for line in wrap_indented(words, width, &indent, &format!("{indent}  ")) {
            world.tell(&format!("{line}\n"));
        }
    }
    let yes = open::asker(world, &mut std::io::stdin().lock()).confirm("Write it?")?;
    Ok(!yes)
}

/// Tells that a file was written, and who can read it.
pub(super) fn tell_written(world: &mut World<'_>, path: &Path, is_sealed: bool) {
    let who = if is_sealed { SEALED } else { IN_PLAIN };
    world.tell(&format!("{} {who}", inert(&path.to_string_lossy())));
}

fn no_answer(name: &AnswerName, summary: &Summary) -> Error {
    let error = Error::usage(format!("no answer {name} in these sessions"));
    match summary.did_you_mean(name) {
        Some(question) => error.hint(question),
        None => error.hint("`trust-coach history show SESSION --json` shows the ids of steps"),
    }
}

fn formats() -> impl TypedValueParser<Value = ExportFormat> {
    let names = ExportFormat::ALL.map(|(_, name, _, about)| PossibleValue::new(name).help(about));
    PossibleValuesParser::new(names)
        .try_map(|name| ExportFormat::from_name(&name).ok_or("no such format"))
}

/// Of so many sessions at most a person chooses the answers that leave.
const FEW: usize = 5;

// Texts for people.
const WHICH_ANSWERS: &str = "Which answers should go out? Sensitive ones start unmarked.";
const NO_WORDS: &str =
    "The page has none of your own words yet. This exercise helps you write them: ";
pub(super) const NOTHING_WRITTEN: &str = "Nothing was written.\n";
const IN_PLAIN: &str = "is written in plain text: anyone who can open the file can read it.\n";
const SEALED: &str = "is written and sealed: only someone with one of its keys can open it.\n";
