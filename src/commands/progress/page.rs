//! Ratings over time as a person reads them: words first, a picture below.

use crate::dates::day_in_words;
use crate::home::world::Streams;
use crate::progress::{ChangeNote, LookedAt, Measure, chart};
use crate::text::{columns, counted, first_words, inert, width, wrap};

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
    let padded = |text: &str, to: usize| format!("{text}{}", " ".repeat(to - columns(text)));
    let mut page = String::new();
    for exercise in measures.chunk_by(|one, other| one.exercise == other.exercise) {
        page.push_str(&format!("{}\n", first_words(&exercise[0].title, width)));
        for measure in exercise {
            let (id, name) = (id(measure), name(measure));
            if terminal.columns < NARROW || ids + names + 20 > width {
                let digits = chart::digits(measure, width.saturating_sub(4));
                page.push_str(&format!("  {id}\n    {name}\n    {digits}\n"));
            } else {
                let start = format!("  {}  {}  ", padded(&id, ids), padded(&name, names));
                let digits = chart::digits(measure, width.saturating_sub(columns(&start)));
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

/// A page for each measure, and at the end what ratings are.
pub(super) fn pages(measures: &[Measure], terminal: &Streams, picture: bool) -> String {
    let pages = measures
        .iter()
        .map(|measure| page(measure, terminal, picture));
    pages.collect::<Vec<_>>().join("\n") + &wrapped(&[YOURS.to_string()], terminal)
}

/// One measure: the words, which are complete, then the picture.
fn page(measure: &Measure, terminal: &Streams, picture: bool) -> String {
    let head = [measure.name.clone(), since(measure)];
    let mut page = wrapped(&head, terminal);
    page += &wrapped(&[words(measure)], terminal);
    if picture {
        let rows = chart::dots(measure, width(terminal.columns));
        if !rows.is_empty() {
            page.push('\n');
        }
        for row in rows {
            page.push_str(&format!("{}\n", inert(&row)));
        }
    }
    page
}

fn since(measure: &Measure) -> String {
    let first = measure.points.first().map(|point| day_in_words(point.day));
    format!(
        "{}: {} since {}.",
        measure.title,
        counted(measure.rated(), "rating"),
        first.unwrap_or_default()
    )
}

/// What changed and what didn't, in words.
fn words(measure: &Measure) -> String {
    let between = |(low, high): (i64, i64)| match low == high {
        true => format!("all {low}"),
        false => format!("between {low} and {high}"),
    };
    let ends = |looked: &LookedAt| {
        format!(
            "First six {}, on average {:.1}. Last six {}, on average {:.1}.",
            between(looked.first_range),
            looked.first,
            between(looked.last_range),
            looked.last
        )
    };
    let mut words = match ChangeNote::of(measure) {
        ChangeNote::TooFew { have } => format!(
            "{} Too few to say whether anything changed: it takes {}, and there {} {have}.",
            so_far(&measure.values()),
            ChangeNote::NEEDED,
            if have == 1 { "is" } else { "are" }
        ),
        ChangeNote::Within(looked) => {
            format!("{} {WITHIN}{}", ends(&looked), later(measure, &looked))
        }
        ChangeNote::Beyond(looked) => {
            let way = if looked.difference() > 0.0 {
                "higher"
            } else {
                "lower"
            };
            let by = looked.difference().abs();
            let ends = ends(&looked);
            let later = later(measure, &looked);
            let rises = looked.difference() > 0.0;
            let end = match measure.scale.up_is_better.map(|up| up == rises) {
                Some(true) => ", for the better",
                Some(false) => ", for the worse",
                None => "",
            };
            format!("{ends} The last six are {way} by {by:.1}{end}. {BEYOND}{later}")
        }
    };
    match measure.left_out() {
        0 => {}
        1 => words += " Once you chose not to say.",
        count => words += &format!(" {count} times you chose not to say."),
    }
    if measure.other_scale > 0 {
        let older = counted(measure.other_scale, "older rating");
        words += &format!(" {older} on another scale left out.");
    }
    words
}

/// Where the numbers lie.
fn so_far(values: &[i64]) -> String {
    match (values.iter().min(), values.iter().max(), values.last()) {
        (Some(low), Some(high), _) if low == high => format!("So far {low}."),
        (Some(low), Some(high), Some(newest)) => {
            format!("So far between {low} and {high}, the newest {newest}.")
        }
        _ => String::new(),
    }
}

/// Between two looks the words of the last one stand.
fn later(measure: &Measure, looked: &LookedAt) -> String {
    match measure.rated() - looked.count {
        0 => String::new(),
        since => format!(
            " That covers the first {}; the next comparison comes after {} more.",
            looked.count,
            6 - since
        ),
    }
}

fn wrapped(paragraphs: &[String], terminal: &Streams) -> String {
    let width = width(terminal.columns);
    let lines = paragraphs.iter().flat_map(|text| wrap(&inert(text), width));
    lines.map(|line| line + "\n").collect()
}

/// The most columns of a name in the list.
const NAME: usize = 24;

// Texts for people.
const DIGITS: &str = "The newest ratings, oldest first; a dot is one that you left out.";
const WITHIN: &str = "That’s within what your ratings vary by anyway.";
const BEYOND: &str = "That’s more than your ratings vary by.";
const YOURS: &str =
    "\nThese ratings are yours, on your own scale. They prove nothing about anybody.";
