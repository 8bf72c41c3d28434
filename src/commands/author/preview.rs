//! `author preview`: every screen of an exercise, without doing it.

use std::cell::RefCell;
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use crate::ask::{Note, Prompter, Tone};
use crate::commands::plan::preview_of;
use crate::engine::preview::{PreviewScreen, closing, screens};
use crate::error::{Error, Exit, Result};
use crate::exercise::condition_words;
use crate::exercise::{Answerer, Exercise, Partner, Step, StepKind, library};
use crate::home::settings::{SettingKind, SettingSource, Settings};
use crate::home::world::World;
use crate::plain::{Keyboard, KeyboardLine, PlainPrompter};
use crate::plan;
use crate::sessions::runner;
use crate::terminal::preview::{self, Misfit, Preview};
use crate::text::language::Language;
use crate::text::{inert, pad, width};

/// Show every screen of an exercise as people see it, without doing it
///
/// That includes the screens that depend on answers, each with its condition. Where a screen quotes
/// an answer, you see its name in brackets. Anything that doesn’t fit is pointed out. With --plain
/// you see the lines that plain mode adds.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// An exercise, or the file of an exercise or a plan; `-` is standard input
    #[arg(value_name = "EXERCISE")]
    exercise: String,
    /// The screen’s width in columns
    #[arg(long, value_name = "COLUMNS", default_value_t = 40,
        value_parser = clap::value_parser!(u16).range(20..=500))]
    width: u16,
    /// The screen’s height in rows
    #[arg(long, value_name = "ROWS", default_value_t = 15,
        value_parser = clap::value_parser!(u16).range(8..=200))]
    height: u16,
}

/// Prints them.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    if let Some(text) = of_plan(&args.exercise, world)? {
        return world.page(&text).map(|()| Exit::Done);
    }
    let exercise = load(&args.exercise, world)?;
    let size = (usize::from(args.width), usize::from(args.height));
    let language = exercise.head.language();
    let at = world.terminal;
    let mut sheet = PreviewSheet {
        exercise: &exercise,
        language,
        size,
        has_sides: !at.stdout || size.0 + 2 <= at.columns,
        plain: asked_for_plain(&world.config.settings).then(|| PreviewLines::new(size.0, language)),
        text: String::new(),
        misfits: 0,
    };
    sheet
        .write()
        .map_err(|error| Error::failed("could not draw a screen").because(&error))?;
    let text = sheet.text;
    world.page(&text)?;
    Ok(Exit::Done)
}

/// The page of a plan, where a file is one.
fn of_plan(named: &str, world: &World<'_>) -> Result<Option<String>> {
    let path = Path::new(named);
    let is_file = path.extension().is_some_and(|end| end == "toml");
    let text = is_file.then(|| library::read(path).ok()).flatten();
    let Some(text) = text.filter(|text| plan::parse::is_plan(text)) else {
        return Ok(None);
    };
    let id = path.file_stem().unwrap_or_default().to_string_lossy();
    match plan::parse::plan(&id, &text) {
        Ok(plan) => preview_of(&plan, world).map(Some),
        Err(_) => {
            let error = Error::new(Exit::BadExercise, format!("plan {id} isn’t right"));
            Err(error.hint(format!(
                "`trust-coach check {}` shows where",
                library::quoted(path)
            )))
        }
    }
}

/// An exercise by its id, or out of a file.
fn load(named: &str, world: &World<'_>) -> Result<Exercise> {
    let path = Path::new(named);
    let is_file = named == "-" || path.extension().is_some_and(|end| end == "toml");
    if !is_file {
        return Ok(crate::home::library(world).load(named)?);
    }
    let text = match named {
        "-" => library::read_from(io::stdin()),
        _ => library::read(path),
    };
    let unreadable = |reason| Error::failed(format!("could not read {named}")).detail(reason);
    Ok(library::of_file(path, &text.map_err(unreadable)?)?)
}

/// Whether plain mode is wanted, and not only all that this terminal can do.
fn asked_for_plain(settings: &Settings) -> bool {
    let mut all = settings.all().iter();
    settings.plain()
        && all.any(|one| {
            one.key.kind == SettingKind::Switch && one.by != SettingSource::Variable("TERM")
        })
}

/// What is printed.
struct PreviewSheet<'e> {
    exercise: &'e Exercise,
    language: Language,
    /// Its columns and rows.
    size: (usize, usize),
    /// Whether there is room for the edges at the sides.
    has_sides: bool,
    plain: Option<PreviewLines>,
    text: String,
    misfits: usize,
}

impl PreviewSheet<'_> {
    fn write(&mut self) -> io::Result<()> {
        let head = &self.exercise.head;
        self.line(&head.title);
        self.line(&match self.plain.is_some() {
            true => format!("{}, in plain mode, {} columns", head.id, self.size.0),
            false => format!("{}, {} columns, {} rows", head.id, self.size.0, self.size.1),
        });
        if head.gate {
            self.line(GATE);
        }
        if head.for_two {
            self.line(FOR_TWO);
        }
        self.heading("Before the first step");
        self.notes(&runner::opening(self.exercise))?;
        for screen in screens(self.exercise) {
            self.screen(&screen)?;
        }
        self.heading("At the end");
        self.notes(&[Note::new(Tone::Text, closing(self.exercise))])?;
        if self.plain.is_none() {
            self.line("");
            self.line(&match self.misfits {
                0 => String::from("Everything fits."),
                1 => String::from("1 thing doesn’t fit; look for the line with !."),
                count => format!("{count} things don’t fit; look for the lines with !."),
            });
        }
        Ok(())
    }

    fn line(&mut self, words: &str) {
        self.text.push_str(inert(words).trim_end());
        self.text.push('\n');
    }

    fn heading(&mut self, words: &str) {
        self.line("");
        self.line(words);
    }

    fn screen(&mut self, screen: &PreviewScreen<'_>) -> io::Result<()> {
        let (step, ask) = (screen.step, &screen.ask);
        let number = ask.place.map_or(0, |place| place.step);
        let kind = step.kind().name();
        self.heading(&format!("{number}. `{}` ({kind})", step.id));
        if let Some((item, at, of)) = screen.item {
            self.line(&format!("draws `{}`, item {at} of {of}", item.id));
        }
        if self.exercise.head.for_two {
            self.line(who_answers(step));
        }
        if let Some(when) = &step.when {
            self.line(&format!("only when {}", condition_words::words(when)));
        }
        if let Some(group) = step.group.as_deref().and_then(|g| self.exercise.group(g)) {
            let (name, most) = (&group.name, group.at_most);
            let until = condition_words::words(&group.repeat_until);
            self.line(&format!(
                "in each round of `{name}`, until {until}, at most {most}"
            ));
            if group.swap {
                self.line(SWAPPED);
            }
        }
        if let Some(plain) = &mut self.plain {
            plain.prompter.ask(ask)?;
            self.said_plainly();
        } else {
            let title = &self.exercise.head.title;
            let shown = preview::question(ask, title, self.language, self.size);
            self.drawn(&shown);
        }
        // What belongs to a step, and not to one item, is shown once.
        if screen.item.is_some_and(|(_, at, of)| at < of) {
            return Ok(());
        }
        if let Some(why) = &screen.why {
            self.line("/why");
            self.notes(&[Note::new(Tone::Aside, why.as_str())])?;
        }
        for (at, hint) in screen.hints.iter().enumerate() {
            self.line("/hint");
            let hint = runner::hint_in_words(at + 1, screen.hints.len(), hint, self.language);
            self.notes(&[Note::new(Tone::Aside, hint)])?;
        }
        Ok(())
    }

    fn drawn(&mut self, shown: &Preview) {
        for page in &shown.before {
            self.frame(page);
        }
        self.frame(&shown.screen);
        for misfit in &shown.misfits {
            self.misfits += 1;
            self.line(&format!("! {}", in_words(*misfit)));
        }
    }

    fn notes(&mut self, notes: &[Note]) -> io::Result<()> {
        if let Some(plain) = &mut self.plain {
            for note in notes {
                plain.prompter.say(note)?;
            }
            self.said_plainly();
            return Ok(());
        }
        for page in preview::notes(notes, self.language, self.size) {
            self.frame(&page);
        }
        Ok(())
    }

    /// Rows between the edges of a screen.
    fn frame(&mut self, rows: &[String]) {
        let (corner, side) = if self.has_sides { ("+", "|") } else { ("", "") };
        let edge = format!("{corner}{}{corner}", "-".repeat(self.size.0));
        self.line(&edge);
        for row in rows {
            let row = pad(&inert(row), self.size.0);
            self.line(&format!("{side}{row}{side}"));
        }
        self.line(&edge);
    }

    /// Takes over what plain mode has added.
    fn said_plainly(&mut self) {
        let said = self.plain.as_ref().map(|plain| plain.said.0.take());
        self.line(String::from_utf8_lossy(&said.unwrap_or_default()).trim_end());
    }
}

/// Plain mode, and the lines that it adds.
struct PreviewLines {
    prompter: PlainPrompter<NoKeyboard, PreviewOutput>,
    said: PreviewOutput,
}

impl PreviewLines {
    fn new(columns: usize, language: Language) -> Self {
        let said = PreviewOutput::default();
        let prompter = PlainPrompter::new(NoKeyboard, said.clone(), width(columns), Arc::new(()));
        Self {
            prompter: prompter.speaking(language),
            said,
        }
    }
}

/// What was written, in two hands.
#[derive(Clone, Default)]
struct PreviewOutput(Rc<RefCell<Vec<u8>>>);

impl Write for PreviewOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A keyboard at which nobody sits.
struct NoKeyboard;

impl Keyboard for NoKeyboard {
    fn line(&mut self) -> io::Result<Option<KeyboardLine>> {
        Ok(None)
    }

    fn waiting(&mut self) -> bool {
        false
    }
}

/// Who answers a step of an exercise for two.
fn who_answers(step: &Step) -> &'static str {
    let part = &step.participation;
    match (step.kind(), part.by, part.seal) {
        (StepKind::Share, ..) => "asks A, then B, each alone; then both see it, or nobody",
        (StepKind::Promise, ..) => "A and B together; then asks each alone for a yes",
        (_, Answerer::Each, true) => "A, then B, each alone and closed; here as A reads it",
        (_, Answerer::Each, false) => "A, then B, each alone; here as A reads it",
        (_, Answerer::One(Partner::A), _) => "A answers",
        (_, Answerer::One(Partner::B), _) => "B answers",
        (_, Answerer::Both, _) => "A and B together",
    }
}

fn in_words(misfit: Misfit) -> String {
    match misfit {
        Misfit::Question { rows, of } => {
            format!("only {rows} of the last paragraph’s {of} rows stay in view while answering")
        }
        Misfit::Place => String::from("there’s no room to say which step this is"),
        Misfit::Pins => String::from("there’s no room for the pinned answers"),
        Misfit::Entries { seen, of } => {
            format!(
                "only {seen} of the list’s {of} entries are in view; the arrow keys bring the rest"
            )
        }
        Misfit::Details => {
            String::from("the list’s notes show one at a time, as the arrow keys move")
        }
    }
}

// Texts for people.
const FOR_TWO: &str = "For two: A and B stand for their names.";
const SWAPPED: &str = "then all of it once more, with A and B exchanged";
const GATE: &str = "The private safety questions come first.";
