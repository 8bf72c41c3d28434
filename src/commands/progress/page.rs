//! Ratings over time as a person reads them: words first, a picture below.

use crate::home::world::Streams;
use crate::progress::{DayStrip, Measure, PairHistory, chart, words};
use crate::text::look::Signs;
use crate::text::{columns, first_words, inert, width, wrap};

/// Which picture stands below the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum ChartStyle {
    /// A row for each point of the scale
    Dots,
    /// One line of heights, or of digits where the terminal has none
    Spark,
    /// No picture
    None,
}

/// Everything that was rated, a line each, or two where the screen is narrow.
pub(super) fn overview(measures: &[Measure], terminal: &Streams) -> String {
    const NARROW: usize = 60;
    let width = width(terminal.columns);
    let name = |measure: &Measure| first_words(&measure.name, NAME);
    let id = |measure: &Measure| inert(&measure.id).replace('\n', " ");
    let room = |text: &dyn Fn(&Measure) -> String| {
        measures
            .iter()
            .map(|measure| columns(&text(measure)))
            .max()
            .unwrap_or(0)
    };
    let (ids, names) = (room(&id), room(&name));
    let line = |measure: &Measure, room: usize| in_a_line(measure, terminal, room);
    let padded = |text: &str, to: usize| format!("{text}{}", " ".repeat(to - columns(text)));
    let mut page = String::new();
    for exercise in measures.chunk_by(|one, other| one.exercise == other.exercise) {
        page.push_str(&format!("{}\n", first_words(&exercise[0].title, width)));
        for measure in exercise {
            let (id, name) = (id(measure), name(measure));
            if terminal.columns < NARROW || ids + names + 20 > width {
                let digits = line(measure, width.saturating_sub(4));
                page.push_str(&format!("  {id}\n    {name}\n    {digits}\n"));
            } else {
                let start = format!("  {}  {}  ", padded(&id, ids), padded(&name, names));
                let digits = line(measure, width.saturating_sub(columns(&start)));
                page.push_str(&format!("{start}{digits}\n"));
            }
        }
        page.push('\n');
    }
    let id = id(&measures[0]);
    page + &wrapped(
        &[
            String::from(DIGITS),
            format!("One of them, in words: trust-coach progress {id}"),
        ],
        terminal,
    )
}

/// The newest ratings in a line: heights where the terminal can show them, else digits.
fn in_a_line(measure: &Measure, terminal: &Streams, room: usize) -> String {
    match terminal.stdout && !terminal.plain && terminal.signs == Signs::of(true) {
        true => chart::spark(measure, room),
        false => chart::digits(measure, room),
    }
}

/// The days on which something was done: the words, then a letter a day.
pub(super) fn days(days: &DayStrip, terminal: &Streams) -> String {
    let words = wrapped(&[days.words()], terminal);
    if terminal.plain {
        return words;
    }
    let rows = days.rows().into_iter().map(|row| row + "\n");
    let words = wrapped(&[format!("{} {HOW}", days.words())], terminal);
    format!("{words}\n{}", rows.collect::<String>())
}

/// What two people showed each other, behind an empty line; nothing where there's nothing.
pub(super) fn pair(pair: &PairHistory, terminal: &Streams) -> String {
    let words = pair.words();
    let gap = if words.is_empty() { "" } else { "\n" };
    format!("{gap}{}", wrapped(&words, terminal))
}

/// What was rated in sessions that aren’t finished, behind an empty line.
pub(super) fn paused(count: usize, terminal: &Streams) -> String {
    let words = match count {
        1 => format!("One session with ratings is paused. {COUNTS_THEN}"),
        _ => format!("{count} sessions with ratings are paused. {COUNTS_THEN}"),
    };
    format!("\n{}  trust-coach resume\n", wrapped(&[words], terminal))
}

/// A page for each measure, and at the end what ratings are.
pub(super) fn pages(measures: &[Measure], terminal: &Streams, chart: ChartStyle) -> String {
    let pages = measures
        .iter()
        .map(|measure| page(measure, terminal, chart));
    let whose = match measures.iter().any(|measure| measure.by.is_some()) {
        true => EACH,
        false => YOURS,
    };
    pages.collect::<Vec<_>>().join("\n") + &wrapped(&[whose.to_string()], terminal)
}

/// One measure: the words, which are complete, then the picture.
fn page(measure: &Measure, terminal: &Streams, chart: ChartStyle) -> String {
    let head = [measure.name.clone(), words::since(measure)];
    let mut page = wrapped(&head, terminal);
    page += &wrapped(&[words::change(measure)], terminal);
    let width = width(terminal.columns);
    let rows = match chart {
        ChartStyle::Dots => chart::dots(measure, width),
        ChartStyle::Spark => vec![in_a_line(measure, terminal, width)],
        ChartStyle::None => Vec::new(),
    };
    if !rows.is_empty() {
        page.push('\n');
    }
    for row in rows {
        page.push_str(&format!("{}\n", inert(&row)));
    }
    page
}

fn wrapped(paragraphs: &[String], terminal: &Streams) -> String {
    let width = width(terminal.columns);
    let lines = paragraphs.iter().flat_map(|text| wrap(&inert(text), width));
    lines.map(|line| line + "\n").collect()
}

/// The most columns of a name in the list.
const NAME: usize = 24;

// Texts for people.
const HOW: &str = "Each column is a week, and a number says how often that day.";
const DIGITS: &str = "The newest ratings, oldest first; a dot is one that you left out.";
const COUNTS_THEN: &str = "What you rated counts once you finish it:";
const EACH: &str =
    "\nEach rating is one person’s own, on their own scale. It proves nothing about anybody.";
const YOURS: &str =
    "\nThese ratings are yours, on your own scale. They prove nothing about anybody.";
